import { roleWords } from '#access/words.ts';
import type { CaseWords } from '#casework/contract.ts';
import { caseworkRefusalWords } from '#casework/words.ts';
import type { Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { groupedDigits, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import type {
  BoardOffice,
  CooperativeAct,
  CooperativeKind,
  CooperativeRefusal,
  CooperativeState,
  Membership,
  RuleKey,
} from './contract.ts';

const fa = (value: number | Rial | Day): string =>
  persianDigits(typeof value === 'string' ? value.replaceAll('-', '/') : value.toString());

/** A row as people count it, from the path of its field: `founders.0.shares` is of the first. */
const rowOf = (field: string): number => Number.parseInt(field.split('.')[1] ?? '', 10) + 1;

export const cooperativeStateWords = {
  founding: { fa: 'در انتظار موافقت‌نامه', en: 'waits for its agreement' },
  returned: { fa: 'برگشت برای اصلاح', en: 'returned for correction' },
  agreed: { fa: 'موافقت‌نامه دارد', en: 'has its agreement' },
  paid_up: { fa: 'سرمایهٔ نخست پرداخت شد', en: 'first capital paid' },
  constituted: { fa: 'مجمع برگزار شد', en: 'assembly held' },
  registered: { fa: 'ثبت‌شده', en: 'registered' },
  active: { fa: 'فعال', en: 'active' },
  stagnant: { fa: 'راکد', en: 'stagnant' },
  revived: { fa: 'احیاشده', en: 'revived' },
  dissolved: { fa: 'منحل', en: 'dissolved' },
  turned_down: { fa: 'رد شد', en: 'turned down' },
  withdrawn: { fa: 'انصراف', en: 'withdrawn' },
} as const satisfies Record<CooperativeState, Bilingual>;

export const cooperativeActWords = {
  found: { fa: 'درخواست تشکیل', en: 'ask to form it' },
  agree: { fa: 'صدور موافقت‌نامه', en: 'issue the agreement' },
  return: { fa: 'برگرداندن برای اصلاح', en: 'return for correction' },
  resubmit: { fa: 'فرستادن دوباره', en: 'send again' },
  refuse: { fa: 'رد درخواست', en: 'turn down' },
  pay: { fa: 'ثبت پرداخت سرمایه', en: 'record the paid capital' },
  constitute: { fa: 'ثبت نخستین مجمع', en: 'record the first assembly' },
  register: { fa: 'ثبت شرکت', en: 'enter the registration' },
  start: { fa: 'آغاز کار', en: 'start work' },
  change_capital: { fa: 'تغییر سرمایه و اعضا', en: 'change capital and members' },
  elect_board: { fa: 'انتخاب هیئت مدیره', en: 'elect the board' },
  stagnate: { fa: 'اعلام رکود', en: 'declare stagnant' },
  revive: { fa: 'احیا', en: 'revive' },
  dissolve: { fa: 'انحلال', en: 'dissolve' },
  withdraw: { fa: 'انصراف', en: 'withdraw' },
} as const satisfies Record<CooperativeAct | 'found', Bilingual>;

export const kindWords = {
  producer: { fa: 'تولیدی', en: 'producer' },
  distributor: { fa: 'توزیعی', en: 'distributor' },
  supply: { fa: 'تأمین نیاز', en: 'supply' },
  housing: { fa: 'مسکن', en: 'housing' },
  construction: { fa: 'توسعه و عمران', en: 'development and construction' },
  village: { fa: 'دهیاری', en: 'village' },
  rural: { fa: 'روستایی', en: 'rural' },
  knowledge: { fa: 'دانش‌بنیان', en: 'knowledge-based' },
  employment_services: { fa: 'خدمات اشتغال', en: 'employment services' },
} as const satisfies Record<CooperativeKind, Bilingual>;

export const membershipWords = {
  special: { fa: 'خاص', en: 'special' },
  public: { fa: 'عام', en: 'public' },
} as const satisfies Record<Membership, Bilingual>;

export const boardOfficeWords = {
  chair: { fa: 'رئیس هیئت مدیره', en: 'chair of the board' },
  member: { fa: 'عضو هیئت مدیره', en: 'member of the board' },
  inspector: { fa: 'بازرس', en: 'inspector' },
  manager: { fa: 'مدیرعامل', en: 'manager' },
} as const satisfies Record<BoardOffice, Bilingual>;

export const ruleWords = {
  least_members: { fa: 'کمترین شمار اعضا', en: 'least members' },
  representatives: { fa: 'نمایندگان بنیان‌گذاران', en: 'representatives of the founders' },
  paid_part: { fa: 'سهم پرداختی سرمایه پیش از ثبت', en: 'part of the capital paid before registration' },
  board_seats: { fa: 'کمترین اعضای هیئت مدیره', en: 'least members of the board' },
  board_term_months: { fa: 'دورهٔ هیئت مدیره (ماه)', en: 'term of the board (months)' },
} as const satisfies Record<RuleKey, Bilingual>;

export const cooperativeRefusalWords = {
  CooperativeMissing: () => ({
    fa: 'چنین تعاونی در محدودهٔ شما نیست؛ آن را از فهرست تعاونی‌ها برگزینید.',
    en: 'There is no such cooperative within your scope: choose it from the list.',
  }),
  CountyNotYours: () => ({
    fa: 'این شهرستان بیرون از محدودهٔ شماست؛ شهرستان خود را برگزینید.',
    en: 'That county is outside your scope: choose your own.',
  }),
  FounderUnknown: () => ({
    fa: 'یکی از این کسان نزد ادارهٔ شما ثبت نیست؛ نخست او را در «اشخاص» ثبت کنید.',
    en: 'One of these persons is not known to your office: enter them among the persons first.',
  }),
  PersonTwice: () => ({
    fa: 'یک شخص دو بار نوشته شده است؛ یکی را بردارید.',
    en: 'A person stands here twice: take one away.',
  }),
  TooFewFounders: ({ least, given }) => ({
    fa: `درخواست را دست‌کم ${fa(least)} نماینده می‌دهند و ${fa(given)} نفر نوشته شده‌اند؛ ${fa(least - given)} نفر دیگر بیفزایید.`,
    en: `At least ${least} representatives ask for it, and there are ${given}: add ${least - given}.`,
  }),
  FoundedAlready: ({ name, foundedOn }) => ({
    fa: `همین بنیان‌گذاران از ${fa(foundedOn)} درخواست «${name}» را دارند و پروندهٔ آن باز است؛ همان را پیگیری کنید، یا برای تعاونی دیگر نام دیگری بنویسید.`,
    en: `The same founders have asked for “${name}” since ${foundedOn} (Jalali), and its case is open: follow that one, or give another cooperative another name.`,
  }),
  CapitalTooLarge: ({ most, field }) =>
    field === null
      ? {
          fa: `سرمایهٔ این تعاونی، شمار سهم‌ها در بهای هر سهم، از ${fa(most)} ریال که دفتر نگه می‌دارد بیشتر است و با آن پیش نمی‌رود؛ درخواست را رد کنید و با بهای درست دوباره ثبت کنید.`,
          en: `The capital of this cooperative, its shares at their price, passes the ${most} rials that an account can hold, and it goes no further with it: turn it down and enter it again at the right price.`,
        }
      : {
          fa: `شمار سهم‌ها در بهای هر سهم از ${fa(most)} ریال که دفتر نگه می‌دارد بیشتر می‌شود؛ ${field === 'sharePrice' ? 'بهای سهم' : `سهم ردیف ${fa(rowOf(field))}`} را کم کنید.`,
          en: `The shares at their price pass the ${most} rials that an account can hold: lower ${field === 'sharePrice' ? 'the price' : `the shares of row ${rowOf(field)}`}.`,
        },
  SharesTooMany: ({ most, field }) => ({
    fa: `سهم‌های تعاونی روی هم از ${fa(most)} بیشتر می‌شود؛ سهم ردیف ${fa(rowOf(field))} را کم کنید.`,
    en: `The cooperative would have more than ${most} shares in all: lower the shares of row ${rowOf(field)}.`,
  }),
  TooFewMembers: ({ least, members }) => ({
    fa: `تعاونی دست‌کم ${fa(least)} عضو می‌خواهد و ${fa(members)} عضو می‌ماند؛ ${fa(least - members)} عضو دیگر لازم است.`,
    en: `A cooperative needs at least ${least} members, and there would be ${members}: ${least - members} more are needed.`,
  }),
  EntriesMissing: () => ({
    fa: 'ننوشته‌اید چه کسی چه پرداخته یا گرفته است؛ دست‌کم یک ردیف بنویسید.',
    en: 'It is not said who pays or takes what: write at least one row.',
  }),
  SharesNotPaidFor: () => ({
    fa: 'هنگام پرداخت سرمایهٔ نخست سهم‌ها تغییر نمی‌کند؛ تنها پرداخت‌ها را بنویسید.',
    en: 'The payment of the first capital changes no shares: write payments only.',
  }),
  SharesBelowNone: () => ({
    fa: 'کسی بیش از آنچه دارد پس نمی‌دهد؛ شمار سهم یا مبلغ را کم کنید.',
    en: 'Nobody gives back more than they have: lower the shares or the sum.',
  }),
  PaidBeyondShares: ({ most }) => ({
    fa: `پرداخت از بهای سهم‌ها بیشتر است؛ این عضو تا ${groupedDigits(most)} ریال می‌پردازد.`,
    en: `More is paid than the shares cost: this member pays ${most} rials at most.`,
  }),
  PaidTooLittle: ({ needed, paid }) => ({
    fa: `پیش از مجمع باید دست‌کم یک‌سوم سرمایه، ${groupedDigits(needed)} ریال، پرداخت شده باشد (مادهٔ ۲۱) و ${groupedDigits(paid)} ریال پرداخت می‌شود.`,
    en: `One third of the capital, ${needed} rials, is paid before the assembly (article 21), and ${paid} rials would be.`,
  }),
  BoardMissing: () => ({
    fa: 'هیئت مدیرهٔ برگزیدهٔ مجمع را بنویسید.',
    en: 'Write whom the assembly elected to the board.',
  }),
  BoardTooSmall: ({ least, seats }) => ({
    fa: `هیئت مدیره دست‌کم ${fa(least)} عضو دارد و ${fa(seats)} نفر نوشته شده‌اند؛ ${fa(least - seats)} نفر دیگر برگزینید.`,
    en: `A board has at least ${least} members, and there are ${seats}: choose ${least - seats} more.`,
  }),
  BoardNotMember: () => ({
    fa: 'عضو هیئت مدیره از میان اعضای تعاونی برگزیده می‌شود؛ نخست عضویت او را ثبت کنید.',
    en: 'The board is elected among the members: enter the membership first.',
  }),
  AssemblyAhead: ({ heldOn, today }) => ({
    fa: `روز مجمع (${fa(heldOn)}) نرسیده است؛ روزی تا ${fa(today)} بنویسید.`,
    en: `The assembly of ${heldOn} (Jalali) is still to come: write a day up to ${today}.`,
  }),
  AssemblyTooEarly: ({ heldOn, agreedOn }) => ({
    fa: `با درخواست بنیان‌گذاران در ${fa(agreedOn)} موافقت شده است و مجمع (${fa(heldOn)}) پیش از آن برگزار نمی‌شود؛ روزی از ${fa(agreedOn)} به بعد بنویسید.`,
    en: `The founders’ request was agreed to on ${agreedOn}, and no assembly is held before that (${heldOn}, Jalali): write a day from ${agreedOn} on.`,
  }),
  RegistrationMissing: () => ({
    fa: 'شمارهٔ ثبت و شناسهٔ ملی را از آگهی ثبت بنویسید.',
    en: 'Write the registry number and the national legal id from the notice.',
  }),
  RegistrationLegalIdWrong: () => ({
    fa: 'شناسهٔ ملی یازده رقم است و رقم کنترل آن درست نیست؛ از آگهی ثبت دوباره بنویسید.',
    en: 'A national legal id has eleven digits, and the check digit of this one is wrong: copy it again.',
  }),
} as const satisfies {
  [Kind in CooperativeRefusal['kind']]: (refusal: Extract<CooperativeRefusal, { kind: Kind }>) => Bilingual;
};

export const allRefusalWords = {
  ...caseworkRefusalWords({ states: cooperativeStateWords, acts: cooperativeActWords, roles: roleWords }),
  ...cooperativeRefusalWords,
};

const told = {
  founding: {
    fa: 'درخواست تعاونی شما رسیده است؛ موافقت‌نامه تا هفت روز داده می‌شود.',
    en: 'Your request for a cooperative has arrived; the agreement comes within seven days.',
  },
  agreed: {
    fa: 'موافقت‌نامهٔ تعاونی شما صادر شد. اکنون یک‌سوم سرمایه را بپردازید.',
    en: 'The agreement of your cooperative is issued. Pay one third of the capital now.',
  },
  paid_up: {
    fa: 'سرمایهٔ نخست پرداخت شد؛ نخستین مجمع را برگزار کنید.',
    en: 'The first capital is paid; hold the first assembly.',
  },
  constituted: {
    fa: 'مجمع برگزار شد؛ ثبت شرکت در جریان است.',
    en: 'The assembly was held; the registration is under way.',
  },
} as const satisfies Partial<Record<CooperativeState, Bilingual>>;

/** What cooperatives are called in the inbox and in messages. */
export const cooperativeCaseWords = {
  title: { fa: 'تعاونی', en: 'Cooperative' },
  states: Object.fromEntries(
    Object.entries(cooperativeStateWords).map(([state, title]) => [
      state,
      { title, told: Object.entries(told).find(([name]) => name === state)?.[1] ?? title },
    ]),
  ),
  acts: cooperativeActWords,
} as const satisfies CaseWords;

/** Texts of the pages. */
export const cooperativeLabels = {
  cooperatives: { fa: 'تعاونی‌ها', en: 'Cooperatives' },
  cooperative: { fa: 'تعاونی', en: 'Cooperative' },
  lead: {
    fa: 'تعاونی‌های استان از درخواست بنیان‌گذاران تا ثبت و کار، و خوشه‌های دارندگان مجوز که می‌توانند تعاونی تشکیل دهند.',
    en: 'Cooperatives from the request of their founders to their work, and clusters of licence holders who could form one.',
  },
  register: { fa: 'دفتر تعاونی‌ها', en: 'Register' },
  rules: { fa: 'قاعده‌ها', en: 'Rules' },
  rule: { fa: 'قاعده', en: 'Rule' },
  value: { fa: 'مقدار', en: 'Value' },
  from: { fa: 'از روز', en: 'From' },
  basis: { fa: 'پایه', en: 'Basis' },
  confirmed: { fa: 'از منبع', en: 'stated by a source' },
  reading: { fa: 'برداشت ما؛ تأیید نشده', en: 'our reading, not confirmed' },
  name: { fa: 'نام', en: 'Name' },
  nameNeeded: { fa: 'نام تعاونی را بنویسید.', en: 'Write the name of the cooperative.' },
  kind: { fa: 'گونه', en: 'Kind' },
  membership: { fa: 'عضویت', en: 'Membership' },
  county: { fa: 'شهرستان', en: 'County' },
  occupation: { fa: 'رشته', en: 'Occupation' },
  state: { fa: 'وضعیت', en: 'State' },
  members: { fa: 'اعضا', en: 'Members' },
  least: { fa: 'کمترین شمار قانونی', en: 'Legal minimum' },
  capital: { fa: 'سرمایه', en: 'Capital' },
  beyond: { fa: 'بیش از آنچه دفتر نگه می‌دارد', en: 'more than an account can hold' },
  beyondHelp: {
    fa: 'شمار سهم‌ها در بهای هر سهم از بزرگ‌ترین مبلغ دفتر بیشتر است؛ بهای سهم نادرست ثبت شده است. درخواست را رد کنید یا انصراف بنیان‌گذاران را ثبت کنید.',
    en: 'The shares at their price pass the largest sum there is: the price was entered wrong. Turn the request down, or enter that the founders withdrew.',
  },
  pooled: { fa: 'سرمایهٔ خرد گردآمده', en: 'Pooled small capital' },
  paid: { fa: 'پرداخت‌شده', en: 'Paid' },
  needed: { fa: 'باید پیش از مجمع پرداخت شود', en: 'To be paid before the assembly' },
  shares: { fa: 'سهم', en: 'Shares' },
  sharePrice: { fa: 'بهای هر سهم', en: 'Price of a share' },
  sharesEach: { fa: 'سهم هر بنیان‌گذار', en: 'Shares of each founder' },
  due: { fa: 'مانده', en: 'Due' },
  foundedOn: { fa: 'روز درخواست', en: 'Asked on' },
  registryNumber: { fa: 'شمارهٔ ثبت', en: 'Registry number' },
  legalId: { fa: 'شناسهٔ ملی', en: 'National legal id' },
  board: { fa: 'هیئت مدیره و ارکان', en: 'Board and offices' },
  office: { fa: 'سمت', en: 'Office' },
  until: { fa: 'تا', en: 'Until' },
  over: { fa: 'دوره گذشته', en: 'term over' },
  reserves: { fa: 'سهم قفل‌شدهٔ تعاونی‌ها در این شهرستان', en: 'Locked share of cooperatives in this county' },
  line: { fa: 'خط اعتباری', en: 'Credit line' },
  deadline: { fa: 'مهلت', en: 'Deadline' },
  locked: { fa: 'قفل‌شده', en: 'Locked' },
  reachable: { fa: 'در دسترس این شمار عضو', en: 'Within reach of so many' },
  noReserve: {
    fa: 'اکنون خط اعتباری با مهلت باز، که سهمی برای تعاونی‌ها در این شهرستان قفل کرده باشد، نیست.',
    en: 'No line with a running deadline holds a locked share for cooperatives in this county now.',
  },
  noCooperatives: { fa: 'تعاونی‌ای نیست', en: 'There is no cooperative' },
  noCooperativesHelp: {
    fa: 'درخواست بنیان‌گذاران را با «ثبت درخواست تشکیل» ثبت کنید؛ «خوشه‌ها» کسانی را نشان می‌دهد که می‌توانند با هم تعاونی بسازند.',
    en: 'Enter the request of the founders; the clusters show who could form one together.',
  },
  noMembers: { fa: 'عضوی نیست', en: 'There are no members' },
  noBoard: { fa: 'هنوز مجمعی برگزار نشده است.', en: 'No assembly was held yet.' },
  person: { fa: 'نام', en: 'Name' },
  reason: { fa: 'دلیل', en: 'Reason' },
  heldOn: { fa: 'روز مجمع', en: 'Day of the assembly' },
  noOffice: { fa: 'بی‌سمت', en: 'no office' },
  pays: { fa: 'پرداخت', en: 'Pays' },
  takes: { fa: 'تغییر سهم', en: 'Change of shares' },
  found: { fa: 'ثبت درخواست تشکیل', en: 'Enter the request' },
  founders: { fa: 'بنیان‌گذاران', en: 'Founders' },
  fromPersons: { fa: 'بنیان‌گذاران دیگر، یک‌به‌یک', en: 'Other founders, one by one' },
  addFounder: { fa: 'افزودن بنیان‌گذار', en: 'Add a founder' },
  takeAway: { fa: 'برداشتن', en: 'Take away' },
  foundersNeeded: { fa: 'بنیان‌گذاران را برگزینید.', en: 'Choose the founders.' },
  countyNeeded: { fa: 'شهرستان را برگزینید.', en: 'Choose the county.' },
  occupationHint: {
    fa: 'اگر تعاونی یک رشته است بخشی از نام رشته را بنویسید و برگزینید',
    en: 'of a cooperative of one occupation: type a part of it and choose',
  },
  noOccupation: { fa: 'رشته‌ای با این نام نیست.', en: 'There is no occupation of that name.' },
  search: { fa: 'جست‌وجو', en: 'Search' },
  all: { fa: 'همه', en: 'All' },
} as const satisfies Record<string, Bilingual>;

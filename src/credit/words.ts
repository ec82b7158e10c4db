import { caseworkRefusalWords, type CaseNames } from '#casework/words.ts';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import { ledgerRefusalWords } from '#ledger/words.ts';
import { axisWords, beneficiaryWords } from './axis/words.ts';
import { bankListNames } from './banklist/words.ts';
import { correctionActWords } from './correction/words.ts';
import { formulaWords } from './formula/words.ts';
import { type AwardAct, type CreditRefusal, type Programme, type Stage, openShare } from './contract.ts';
import { openingActWords, openingStateWords, openingTransferWords } from './opening/words.ts';
import { reallocationActWords, reallocationTransferWords } from './reallocation/words.ts';
import { releaseActWords, releaseTransferWords } from './release/words.ts';
import { redivisionActWords, redivisionTransferWords } from './redivision/words.ts';
import { groups } from './share/contract.ts';
import { ruleActWords, shareName } from './share/words.ts';

export const programmeWords = {
  home_jobs: { fa: 'مشاغل خانگی', en: 'Home-based jobs' },
  ministry_bank_mou: { fa: 'تفاهم‌نامهٔ وزارت و بانک‌های عامل', en: 'Ministry–bank memorandum' },
  rural: { fa: 'اشتغال روستایی', en: 'Rural employment' },
  note_18: { fa: 'تبصرهٔ ۱۸', en: 'Note 18' },
} as const satisfies Record<Programme, Bilingual>;

export const stageWords = {
  available: { fa: 'آزاد', en: 'Available' },
  reserved: { fa: 'رزرو', en: 'Reserved' },
  referred: { fa: 'معرفی به بانک', en: 'Referred to bank' },
  contracted: { fa: 'قرارداد', en: 'Contracted' },
  paid: { fa: 'پرداخت', en: 'Paid' },
  repaid: { fa: 'بازپرداخت', en: 'Repaid' },
  handed_back: { fa: 'عودت', en: 'Handed back' },
} as const satisfies Record<Stage, Bilingual>;

/** What an account holds: a stage of a slice, or one of the accounts beside it. */
export const accountKindWords: ReadonlyMap<string, Bilingual> = new Map(
  Object.entries({
    ...stageWords,
    notifier: { fa: 'ابلاغ‌کننده', en: 'Notifier' },
    beyond_slice: { fa: 'بیش از برش', en: 'Beyond the slice' },
    bank_reports: { fa: 'گزارش بانک', en: 'Bank’s reports' },
  }),
);

export { beneficiaryWords };

export const potWords = {
  national: { fa: 'منابع ملی', en: 'National pot' },
  provincial: { fa: 'منابع استانی', en: 'Provincial pot' },
} as const satisfies Record<'national' | 'provincial', Bilingual>;

export const rateWords = {
  fee: { fa: 'کارمزد', en: 'Service fee' },
  profit: { fa: 'سود', en: 'Profit rate' },
  subsidy: { fa: 'یارانهٔ سود', en: 'Interest subsidy' },
} as const satisfies Record<'fee' | 'profit' | 'subsidy', Bilingual>;

const awardActWords = {
  refer: { fa: 'معرفی به بانک', en: 'Refer to the bank' },
  contract: { fa: 'ثبت قرارداد', en: 'Record the contract' },
  report_payment: { fa: 'ثبت گزارش پرداخت شعبه', en: 'Record the branch’s report of payment' },
  decline_report: { fa: 'کنار گذاشتن گزارش پرداخت', en: 'Drop the report of payment' },
  expire_report: { fa: 'پایان مهلت گزارش پرداخت', en: 'Expiry of the report of payment' },
  confirm_part_payment: { fa: 'تأیید پرداخت بخشی از مبلغ', en: 'Confirm a part payment' },
  confirm_last_payment: { fa: 'تأیید آخرین پرداخت', en: 'Confirm the last payment' },
  release: { fa: 'آزاد کردن اعتبار', en: 'Release the credit' },
} as const satisfies Record<AwardAct, Bilingual>;

/** The names of states, acts and roles of every case of the room. */
export const creditNames = {
  states: {
    draft: { fa: 'پیش‌نویس', en: 'Draft' },
    notified: { fa: 'ابلاغ‌شده', en: 'Notified' },
    open: { fa: 'باز', en: 'Open' },
    extended: { fa: 'تمدیدشده', en: 'Extended' },
    closed: { fa: 'بسته', en: 'Closed' },
    proposed: { fa: 'پیشنهادشده', en: 'Proposed' },
    approved: { fa: 'تصویب‌شده', en: 'Approved' },
    withdrawn: { fa: 'پس‌گرفته', en: 'Withdrawn' },
    reserved: { fa: 'رزروشده', en: 'Reserved' },
    referred: { fa: 'معرفی‌شده به بانک', en: 'Referred' },
    contracted: { fa: 'قرارداد بسته', en: 'Contracted' },
    part_paid: { fa: 'بخشی پرداخت‌شده', en: 'Part paid' },
    paid: { fa: 'پرداخت‌شده', en: 'Paid' },
    ended: { fa: 'پایان‌یافته با پرداخت بخشی', en: 'Ended, part paid' },
    released: { fa: 'آزادشده', en: 'Released' },
    ...bankListNames.states,
    ...openingStateWords,
  },
  acts: {
    draft: { fa: 'نوشتن خط اعتباری', en: 'Draft the line' },
    notify: { fa: 'ثبت ابلاغ', en: 'Record the notification' },
    top_up: { fa: 'ثبت افزایش', en: 'Record the top-up' },
    open: { fa: 'باز کردن خط', en: 'Open the line' },
    extend: { fa: 'تمدید مهلت', en: 'Extend the deadline' },
    cut: { fa: 'ثبت کاهش', en: 'Record a cut' },
    close: { fa: 'بستن خط', en: 'Close the line' },
    set_term: { fa: 'ثبت شرط تازه', en: 'Set a term' },
    propose: { fa: 'پیشنهاد برش', en: 'Propose the division' },
    approve: { fa: 'تصویب برش', en: 'Approve the division' },
    withdraw: { fa: 'پس گرفتن پیشنهاد', en: 'Withdraw the proposal' },
    reserve: { fa: 'رزرو اعتبار', en: 'Reserve the credit' },
    ...awardActWords,
    ...correctionActWords,
    ...bankListNames.acts,
    ...reallocationActWords,
    ...redivisionActWords,
    ...ruleActWords,
    ...releaseActWords,
    ...openingActWords,
  },
  roles: {
    administrator: { fa: 'مدیر سامانه', en: 'administrator' },
    director: { fa: 'مدیرکل', en: 'director-general' },
    deputy: { fa: 'معاون', en: 'deputy' },
    county_office: { fa: 'ادارهٔ شهرستان', en: 'county office' },
    agency: { fa: 'دستگاه اجرایی', en: 'executive agency' },
    bank: { fa: 'بانک', en: 'bank' },
    applicant: { fa: 'متقاضی', en: 'applicant' },
    auditor: { fa: 'حسابرس', en: 'auditor' },
    editor: { fa: 'روابط عمومی', en: 'public relations' },
    ministry: { fa: 'وزارت', en: 'ministry' },
    clock: { fa: 'سامانه', en: 'the system' },
  },
} as const satisfies CaseNames;

/** A kind of beneficiary by its name; the key of an agency or the code of a bank as it stands. */
const coordinateName = (key: string): Bilingual =>
  new Map<string, Bilingual>(Object.entries(beneficiaryWords)).get(key) ?? {
    fa: persianDigits(key),
    en: key,
  };

const fa = moneyCompared;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;
const persianDay = (day: Day): string => persianDigits(day.replaceAll('-', '/'));

type Refusals = { readonly [Kind in CreditRefusal['kind']]: Extract<CreditRefusal, { kind: Kind }> };
type Words = { readonly [Kind in CreditRefusal['kind']]: (refusal: Refusals[Kind]) => Bilingual };

const missing = (what: Bilingual) => (): Bilingual => ({
  fa: `${what.fa} در محدودهٔ شما پیدا نشد؛ از فهرست اعتبارات برگزینید.`,
  en: `${what.en} was not found within your scope; choose it from the list of credits.`,
});

const paymentWords = {
  ReportAmountMissing: () => ({
    fa: 'مبلغی که شعبه گزارش کرده است نوشته نشده؛ مبلغ را به ریال بنویسید.',
    en: 'The sum that the branch reported is missing; give it in rials.',
  }),
  ReportBeyondContract: ({ left, asked }) => ({
    fa: `گزارش شعبه ${fa(asked)} است و از قرارداد تنها ${fa(left)} مانده؛ مبلغ را با فهرست بانک بسنجید.`,
    en: `The branch reports ${en(asked)} and only ${en(left)} of the contract is left; compare it with the bank’s list.`,
  }),
  ReportMissing: () => ({
    fa: 'گزارش پرداختی در انتظار تأیید نیست؛ نخست گزارش شعبه را ثبت کنید.',
    en: 'No report of payment waits for confirmation; record the branch’s report first.',
  }),
  ReportOpen: ({ reported }) => ({
    fa: `گزارش پرداخت ${fa(reported)} هنوز تأیید یا کنار گذاشته نشده است؛ نخست آن را روشن کنید.`,
    en: `A report of ${en(reported)} is neither confirmed nor dropped yet; settle it first.`,
  }),
  NotTheLast: ({ left }) => ({
    fa: `پس از این پرداخت هنوز ${fa(left)} می‌ماند، پس آخرین پرداخت نیست؛ «تأیید پرداخت بخشی از مبلغ» را برگزینید.`,
    en: `${en(left)} would still be left after it, so it is not the last payment; confirm a part payment instead.`,
  }),
  NothingLeft: ({ paid }) => ({
    fa: `با این پرداخت همهٔ ${fa(paid)} پرداخت می‌شود؛ «تأیید آخرین پرداخت» را برگزینید.`,
    en: `With it all ${en(paid)} are paid; confirm the last payment instead.`,
  }),
  AmountNotAsked: ({ act }) => ({
    fa: `برای «${awardActWords[act].fa}» مبلغی نوشته نمی‌شود؛ مبلغ تنها با گزارش پرداخت شعبه می‌آید. آن را پاک کنید.`,
    en: `“${awardActWords[act].en}” takes no sum; a sum comes with the branch’s report only. Clear it.`,
  }),
} as const satisfies Partial<Words>;

const creditOwnWords: Words = {
  ...paymentWords,
  LineMissing: missing({ fa: 'این خط اعتباری', en: 'This credit line' }),
  SliceMissing: missing({ fa: 'این برش', en: 'This slice' }),
  SlicingMissing: missing({ fa: 'این پیشنهاد برش', en: 'This proposal' }),
  AwardMissing: missing({ fa: 'این تسهیلات', en: 'This award' }),
  LineNotOpen: ({ state }) => {
    const name = (creditNames.states as Record<string, Bilingual>)[state];
    return {
      fa: `خط اعتباری «${name?.fa ?? state}» است و باز نیست؛ تنها از خط باز یا تمدیدشده برش زده یا رزرو می‌شود: خط ابلاغ‌شده را باز کنید یا خط دیگری برگزینید.`,
      en: `The line is ${name?.en ?? state}, not open; only an open or extended line is sliced and reserved: open it once it is notified, or choose another.`,
    };
  },
  ReserveWithoutReference: () => ({
    fa: 'سهم تعاونی‌ها بدون مستند قانونی ثبت نمی‌شود؛ شمارهٔ ماده یا مصوبه را بنویسید.',
    en: 'A reserve needs its legal reference; give the article or the resolution.',
  }),
  DeadlineBeforeYear: ({ first }) => ({
    fa: `مهلت پیش از آغاز سال بودجه است؛ روزی از ${persianDay(first)} به بعد بنویسید، یا سال بودجه را درست کنید.`,
    en: `The deadline lies before the budget year; give a day from ${isoOf(first)} on, or correct the year.`,
  }),
  LetterBeforeYear: ({ first }) => ({
    fa: `روز نامه بیش از یک سال پیش از سال بودجهٔ خط است؛ روزی از ${persianDay(first)} به بعد بنویسید.`,
    en: `The letter is dated more than a year before the budget year of the line; give a day from ${isoOf(first)} on.`,
  }),
  LetterTwice: ({ letterNumber }) => ({
    fa: `نامهٔ شمارهٔ «${persianDigits(letterNumber)}» پیش‌تر برای همین خط ثبت شده است؛ شماره را با دبیرخانه بسنجید.`,
    en: `Letter ${letterNumber} is recorded for this line already; check its number.`,
  }),
  SliceExhausted: ({ left, asked, share }) => ({
    fa: `در ${shareName(share).fa} این برش ${fa(left)} مانده و ${fa(asked)} خواسته شده است؛ مبلغ را کم کنید یا برش را با مصوبه بزرگ‌تر کنید.`,
    en: `${en(left)} are left in ${shareName(share).en} of this slice and ${en(asked)} were asked for; lower the sum, or enlarge the slice by a resolution.`,
  }),
  RestTooSmall: ({ left, asked }) => ({
    fa: `از این سطح ${fa(left)} برش‌نخورده مانده و ${fa(asked)} پیشنهاد شده است؛ مبلغ را تا همین اندازه کم کنید.`,
    en: `${en(left)} are unsliced here and ${en(asked)} were proposed; lower the sum to that.`,
  }),
  SliceNotLeaf: () => ({
    fa: 'این برش به برش‌های کوچک‌تر بخش شده است؛ از یکی از زیرشاخه‌های آن رزرو کنید.',
    en: 'This slice is divided further; reserve from one of its parts.',
  }),
  AxisNotHere: ({ axis, fits }) =>
    fits.length === 0
      ? {
          fa: `همهٔ محورها بالای این برش به کار رفته‌اند و کوچک‌تر نمی‌شود؛ برش بر پایهٔ «${axisWords[axis].fa}» را بر برشی بالاتر بزنید.`,
          en: `Every axis is used above this slice and it is not divided further; divide one above it by ${axisWords[axis].en.toLowerCase()}.`,
        }
      : {
          fa: `اینجا بر پایهٔ «${axisWords[axis].fa}» برش زده نمی‌شود؛ این برش را بر پایهٔ ${fits.map((one) => `«${axisWords[one].fa}»`).join(' یا ')} بزنید.`,
          en: `This slice is not divided by ${axisWords[axis].en.toLowerCase()}; divide it by ${fits.map((one) => axisWords[one].en.toLowerCase()).join(' or ')}.`,
        },
  DayAhead: ({ day, today }) => ({
    fa: `روز ${persianDay(day)} هنوز نیامده است (امروز ${persianDay(today)})؛ روزی را بنویسید که کار در آن انجام شد.`,
    en: `${isoOf(day)} has not come yet (today is ${isoOf(today)}); give the day on which it was done.`,
  }),
  DayBeforeLetter: ({ day, letterDay }) => ({
    fa: `از خط اعتباری پیش از نامهٔ ابلاغ آن چیزی برداشته نمی‌شود و ${persianDay(day)} پیش از آن است؛ نخستین روز درست ${persianDay(letterDay)} است.`,
    en: `Nothing is drawn from a line before its first letter, and ${isoOf(day)} is before it; the first day that will do is ${isoOf(letterDay)}.`,
  }),
  DayBeforeSlice: ({ day, firstDay }) => ({
    fa: `پیش از آنکه اعتباری به برش برسد از آن رزرو نمی‌شود و ${persianDay(day)} پیش از آن است؛ نخستین روز درست ${persianDay(firstDay)} است.`,
    en: `Nothing is awarded out of a slice before credit came into it, and ${isoOf(day)} is before that; the first day that will do is ${isoOf(firstDay)}.`,
  }),
  DayBeforeLastAct: ({ day, lastDay }) => ({
    fa: `کارهای یک تسهیلات به ترتیب روزشان ثبت می‌شود و ${persianDay(day)} پیش از کار پیشین آن است؛ نخستین روز درست ${persianDay(lastDay)} است.`,
    en: `The acts on an award follow one another, and ${isoOf(day)} is before the last of them; the first day that will do is ${isoOf(lastDay)}.`,
  }),
  DayPastDeadline: ({ day, deadline }) => ({
    fa: `پس از مهلت خط اعتباری از آن رزرو یا جابه‌جا نمی‌شود و ${persianDay(day)} پس از مهلت است؛ آخرین روز درست ${persianDay(deadline)} است.`,
    en: `Nothing is reserved or moved out of a line after its deadline, and ${isoOf(day)} is after it; the last day that will do is ${isoOf(deadline)}.`,
  }),
  ReasonMissing: ({ act }) => ({
    fa: `«${awardActWords[act].fa}» بی‌دلیل ثبت نمی‌شود؛ دلیل آن را بنویسید.`,
    en: `“${awardActWords[act].en}” is not recorded without a reason; give it.`,
  }),
  PartUnknown: ({ axis, key }) => ({
    fa: `«${persianDigits(key)}» در فهرست «${axisWords[axis].fa}» نیست؛ آن را از فهرست برگزینید.`,
    en: `“${key}” is not in the list of the axis “${axisWords[axis].en}”; choose one from the list.`,
  }),
  PartTwice: ({ axis, key }) => ({
    fa: `«${axisWords[axis].fa} ${persianDigits(key)}» دو بار آمده است؛ مبلغ هر دو را در یک سطر بنویسید.`,
    en: `${axisWords[axis].en} ${key} stands twice; put both sums in one row.`,
  }),
  AwardNotOfSlice: ({ axis, slice, award }) => ({
    fa: `این برش برای «${axisWords[axis].fa} ${coordinateName(slice).fa}» است و این تسهیلات برای «${coordinateName(award).fa}»؛ از برش همان ${axisWords[axis].fa} رزرو کنید.`,
    en: `This slice is for ${axisWords[axis].en.toLowerCase()} ${coordinateName(slice).en} and the award is for ${coordinateName(award).en}; reserve from the slice of its own ${axisWords[axis].en.toLowerCase()}.`,
  }),
  PartsDoNotAddUp: ({ parts, amount }) => ({
    fa: `جمع بخش‌ها ${fa(parts)} است و مبلغ برش ${fa(amount)}؛ این دو باید تا ریال برابر باشند.`,
    en: `The parts add up to ${en(parts)} and the division is of ${en(amount)}; they must be equal to the rial.`,
  }),
  FormulaRefused: ({ formula }) => formulaWords(formula),
  OwnProposal: () => ({
    fa: 'پیشنهاددهنده نمی‌تواند پیشنهاد خود را تصویب کند؛ شخص دیگری، مدیرکل یا معاون، باید آن را تصویب کند.',
    en: 'The proposer may not approve the proposal; another person, the director-general or a deputy, must.',
  }),
  OwnReport: () => ({
    fa: 'کسی که پرداخت را گزارش کرده آن را تأیید نمی‌کند؛ شخص دیگری، مدیرکل یا معاون، باید با فهرست امضاشدهٔ بانک تأیید کند.',
    en: 'Whoever reported a payment does not confirm it; another person, the director-general or a deputy, must, by the bank’s signed list.',
  }),
};

/** Every refusal that a route of the room can answer with. */
export const creditRefusalWords = {
  ...creditOwnWords,
  ...caseworkRefusalWords(creditNames),
  ...ledgerRefusalWords,
};

/** The sentence of one refusal of the room. */
export const wordsOf = <Kind extends CreditRefusal['kind']>(
  refusal: Refusals[Kind] & { readonly kind: Kind },
): Bilingual => creditOwnWords[refusal.kind](refusal);

/** Labels of the room's pages. */
export const creditLabels = {
  credits: { fa: 'اعتبارات', en: 'Credits' },
  creditsHelp: {
    fa: 'هر خط اعتباری سهمیهٔ وام بانک‌های عامل در یک سال بودجه است؛ اینجا پیداست هر ریال آن کجا ایستاده است.',
    en: 'A credit line is a lending quota on the agent banks in one budget year; here one sees where each rial stands.',
  },
  noLines: { fa: 'هنوز خط اعتباری‌ای ابلاغ نشده است', en: 'No credit line is notified yet' },
  noLinesHelp: {
    fa: 'با ثبت نامهٔ ابلاغ، خط اعتباری و برش‌های آن اینجا دیده می‌شود.',
    en: 'Once a letter of notification is recorded, the line and its slices appear here.',
  },
  budgetYear: { fa: 'سال بودجه', en: 'Budget year' },
  note: { fa: 'تبصره', en: 'Note' },
  deadline: { fa: 'مهلت', en: 'Deadline' },
  rate: { fa: 'نرخ', en: 'Rate' },
  term: { fa: 'بازپرداخت', en: 'Repayment' },
  months: { fa: 'ماه', en: 'months' },
  grace: { fa: 'تنفس', en: 'Grace' },
  pot: { fa: 'منبع', en: 'Pot' },
  state: { fa: 'وضعیت', en: 'State' },
  notified: { fa: 'ابلاغ‌شده', en: 'Notified' },
  reserve: { fa: 'سهم تعاونی‌ها', en: 'Cooperatives’ share' },
  locked: { fa: 'قفل تعاونی‌ها', en: 'Locked for cooperatives' },
  lockedNow: { fa: 'قفل مانده', en: 'Still locked' },
  open: { fa: 'آزاد', en: 'Open' },
  slice: { fa: 'برش', en: 'Slice' },
  referredSoFar: { fa: 'معرفی تاکنون', en: 'Referred so far' },
  contractedSoFar: { fa: 'قرارداد تاکنون', en: 'Contracted so far' },
  paidSoFar: { fa: 'پرداخت تأییدشده تاکنون', en: 'Confirmed payments so far' },
  nowAtBank: { fa: 'اکنون در بانک', en: 'Now at the bank' },
  reported: { fa: 'گزارش‌شده، تأییدنشده', en: 'Reported, not confirmed' },
  absorption: { fa: 'جذب', en: 'Absorption' },
  time: { fa: 'زمان', en: 'Time' },
  flow: { fa: 'گردش', en: 'Flow' },
  county: { fa: 'شهرستان', en: 'County' },
  category: { fa: 'رسته', en: 'Category' },
  jobTarget: { fa: 'هدف اشتغال', en: 'Job target' },
  jobs: { fa: 'شغل', en: 'jobs' },
  provinceTotal: { fa: 'جمع استان', en: 'Province total' },
  unsliced: { fa: 'برش‌نخورده', en: 'Not sliced yet' },
  wayOfRial: { fa: 'راه یک ریال', en: 'The way of a rial' },
  slices: { fa: 'برش شهرستان‌ها', en: 'Slices of the counties' },
  categories: { fa: 'برش رسته‌ها', en: 'Slices of the categories' },
  explained: { fa: 'این عدد از کجا آمد', en: 'Where this number comes from' },
  explainedHelp: {
    fa: 'هر سطر بر سطر پیش افزوده می‌شود؛ جمع سطرها تا ریال برابر برش شهرستان است.',
    en: 'Each row adds to the one before; the rows add up to the slice of the county, to the rial.',
  },
  notByFormula: {
    fa: 'این برش با فرمول حساب نشده و مبلغ آن در پیشنهاد نوشته شده است.',
    en: 'This slice was not made by a formula; its sum was written in the proposal.',
  },
  indicator: { fa: 'شاخص', en: 'Indicator' },
  value: { fa: 'مقدار شهرستان', en: 'County’s value' },
  ofTotal: { fa: 'از جمع استان', en: 'Of the province' },
  weight: { fa: 'وزن', en: 'Weight' },
  rials: { fa: 'ریال', en: 'Rials' },
  proportional: { fa: 'سهم بر پایهٔ شاخص‌ها', en: 'Share by the indicators' },
  levelling: { fa: 'اثر کف، سقف و تعدیل شهرستان‌های دیگر', en: 'Effect of the bounds and adjustments of all' },
  adjustment: { fa: 'تعدیل دستی', en: 'Manual adjustment' },
  heldByFloor: { fa: 'رسیدن به کف', en: 'Raised to the floor' },
  heldByCap: { fa: 'ماندن در سقف', en: 'Held at the cap' },
  notHeld: { fa: 'کف و سقف اثری نداشت', en: 'No floor or cap applied' },
  rounding: { fa: 'گرد کردن', en: 'Rounding' },
  sum: { fa: 'جمع', en: 'Sum' },
  source: { fa: 'منبع', en: 'Source' },
  transfers: { fa: 'جابه‌جایی‌ها', en: 'Transfers' },
  noTransfers: { fa: 'هنوز جابه‌جایی‌ای نیست', en: 'No transfer yet' },
  day: { fa: 'روز', en: 'Day' },
  deed: { fa: 'کار', en: 'Deed' },
  from: { fa: 'از', en: 'From' },
  to: { fa: 'به', en: 'To' },
  amount: { fa: 'مبلغ', en: 'Sum' },
  share: { fa: 'بخش', en: 'Part' },
  divide: { fa: 'برش اعتبار', en: 'Divide the credit' },
  divideHelp: {
    fa: 'وزن شاخص‌ها، کف و سقف را بنویسید و پیش‌نمایش را ببینید. تا پیشنهاد ندهید چیزی نوشته نمی‌شود و تا شخص دیگری تصویب نکند پولی جابه‌جا نمی‌شود.',
    en: 'Give the weights, floor and cap and look at the preview. Nothing is written until you propose it, and no money moves until another person approves.',
  },
  amountToDivide: { fa: 'مبلغ برش', en: 'Sum to divide' },
  floor: { fa: 'کف هر شهرستان', en: 'Floor of each county' },
  cap: { fa: 'سقف هر شهرستان', en: 'Cap of each county' },
  unit: { fa: 'واحد گرد کردن', en: 'Rounding unit' },
  preview: { fa: 'پیش‌نمایش', en: 'Preview' },
  propose: { fa: 'پیشنهاد برش', en: 'Propose the division' },
  proposed: {
    fa: 'پیشنهاد ثبت شد و در انتظار تصویب شخص دیگری است.',
    en: 'Proposed; another person must approve it.',
  },
  proposals: { fa: 'پیشنهادهای برش', en: 'Proposals' },
  noProposals: { fa: 'پیشنهادی نیست', en: 'No proposals' },
  proposal: { fa: 'پیشنهاد برش', en: 'Proposal' },
  proposedBy: { fa: 'پیشنهاددهنده', en: 'Proposed by' },
  approve: { fa: 'تصویب برش', en: 'Approve the division' },
  approved: { fa: 'برش تصویب شد و اعتبار جابه‌جا شد.', en: 'Approved; the credit has moved.' },
  withdraw: { fa: 'پس گرفتن پیشنهاد', en: 'Withdraw' },
  withdrawn: { fa: 'پیشنهاد پس گرفته شد.', en: 'The proposal is withdrawn.' },
  reason: { fa: 'دلیل', en: 'Reason' },
  resolutionNumber: { fa: 'شمارهٔ مصوبه', en: 'Resolution number' },
  resolutionDay: { fa: 'روز مصوبه', en: 'Day of the resolution' },
  zeroBecause: { fa: 'شاخص صفر گرفته می‌شود', en: 'Counted as zero' },
  zeroReason: {
    fa: 'در سرشماری هنوز جزو شهرستان دیگری بود',
    en: 'At the census it was still part of another county',
  },
  zeroHelp: {
    fa: 'شهرستانی که در این سال عدد جدا ندارد، با این دلیل صفر گرفته می‌شود و دست‌کم کف را می‌گیرد.',
    en: 'A county without a figure of its own in this year counts as zero, for this reason, and gets the floor at least.',
  },
  awards: { fa: 'تسهیلات این برش', en: 'Awards of this slice' },
  noAwards: { fa: 'هنوز از این برش رزرو نشده است', en: 'Nothing is reserved from this slice yet' },
  beneficiary: { fa: 'گیرنده', en: 'Beneficiary' },
  reserveAward: { fa: 'رزرو اعتبار', en: 'Reserve' },
  numberOfJobs: { fa: 'شمار شغل', en: 'Jobs' },
  happenedOn: { fa: 'روز انجام', en: 'Day' },
  reportedAmount: { fa: 'مبلغ گزارش شعبه', en: 'Sum reported by the branch' },
  population: { fa: 'جمعیت', en: 'Population' },
  exactRials: { fa: 'مبلغ به ریال', en: 'Exact rials' },
  cooperativeNote: {
    fa: 'رزرو تعاونی نخست از سهم قفل‌شدهٔ تعاونی‌ها برداشته می‌شود.',
    en: 'A cooperative draws on the locked share first.',
  },
} as const satisfies Record<string, Bilingual>;

/** The kinds of transfer of this room. */
export const transferWords: Readonly<Record<string, Bilingual>> = {
  notify: { fa: 'ابلاغ', en: 'Notification' },
  slice: { fa: 'برش', en: 'Division' },
  reserve: { fa: 'رزرو', en: 'Reservation' },
  refer: { fa: 'معرفی به بانک', en: 'Referral' },
  contract: { fa: 'قرارداد', en: 'Contract' },
  pay: { fa: 'پرداخت', en: 'Payment' },
  correct: { fa: 'برگرداندن پرداخت نادرست', en: 'Wrong payment taken back' },
  expire: { fa: 'پایان مهلت گزارش', en: 'Expiry of a report' },
  release: { fa: 'آزادسازی', en: 'Release' },
  unslice: { fa: 'برگشت به برش بالاتر', en: 'Back to the parent slice' },
  cut: { fa: 'کاهش اعتبار', en: 'Cut' },
  hand_back: { fa: 'عودت به ابلاغ‌کننده', en: 'Handed back' },
  ...reallocationTransferWords,
  ...releaseTransferWords,
  ...redivisionTransferWords,
  ...openingTransferWords,
  take_in: { fa: 'گرفتن پرداخت بیش از برش', en: 'Payment beyond the slice taken in' },
};

export const phaseWords: Readonly<Record<string, Bilingual>> = {
  post: { fa: 'ثبت', en: 'posted' },
  pend: { fa: 'گزارش‌شده', en: 'reported' },
  confirm: { fa: 'تأیید', en: 'confirmed' },
  void: { fa: 'کنار گذاشته', en: 'dropped' },
};

/** Each share by its name; a figure of a reserve counts what is locked inside it too. */
export const shareWords: Readonly<Record<string, Bilingual>> = Object.fromEntries(
  [openShare, ...groups].map((share) => [share, shareName(share)]),
);

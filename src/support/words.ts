import { roleWords } from '#access/words.ts';
import type { CaseWords } from '#casework/contract.ts';
import { caseworkRefusalWords } from '#casework/words.ts';
import type { Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { personRefusalWords } from '#party/person/words.ts';
import type {
  Capacity,
  OrderPeriod,
  OrderUnit,
  SupporterAct,
  SupporterKind,
  SupporterRefusal,
  SupporterState,
} from './contract.ts';

export const fa = (value: number | bigint | Day): string =>
  persianDigits(typeof value === 'string' ? value.replaceAll('-', '/') : value.toString());

export const supporterStateWords = {
  entered: { fa: 'در انتظار تأیید', en: 'waits for approval' },
  returned: { fa: 'برگشت برای اصلاح', en: 'returned for correction' },
  active: { fa: 'فعال', en: 'active' },
  capacity_proposed: { fa: 'فعال؛ تغییر ظرفیت در انتظار تأیید', en: 'active; a change of capacity waits' },
  suspended: { fa: 'تعلیق‌شده', en: 'suspended' },
  ended: { fa: 'پایان‌یافته', en: 'ended' },
  turned_down: { fa: 'رد شد', en: 'turned down' },
  withdrawn: { fa: 'انصراف', en: 'withdrawn' },
} as const satisfies Record<SupporterState, Bilingual>;

export const supporterActWords = {
  enter: { fa: 'ثبت پشتیبان', en: 'enter the supporter' },
  approve: { fa: 'تأیید پشتیبان', en: 'approve the supporter' },
  return: { fa: 'برگرداندن برای اصلاح', en: 'return for correction' },
  resubmit: { fa: 'فرستادن دوباره', en: 'send again' },
  refuse: { fa: 'رد درخواست', en: 'turn down' },
  withdraw: { fa: 'انصراف', en: 'withdraw' },
  propose_capacity: { fa: 'پیشنهاد ظرفیت تازه', en: 'propose a new capacity' },
  accept_capacity: { fa: 'تأیید ظرفیت', en: 'approve the capacity' },
  reject_capacity: { fa: 'رد ظرفیت', en: 'reject the capacity' },
  change_listing: { fa: 'تغییر نمایش به همگان', en: 'change what everybody sees' },
  suspend: { fa: 'تعلیق', en: 'suspend' },
  resume: { fa: 'رفع تعلیق', en: 'lift the suspension' },
  end: { fa: 'پایان همکاری', en: 'end' },
} as const satisfies Record<SupporterAct | 'enter', Bilingual>;

export const supporterKindWords = {
  supporter: { fa: 'پشتیبان', en: 'supporter' },
  driver: { fa: 'پیشران', en: 'driver' },
} as const satisfies Record<SupporterKind, Bilingual>;

export const orderUnitWords = {
  piece: { fa: 'عدد', en: 'pieces' },
  rial: { fa: 'ریال', en: 'rials' },
} as const satisfies Record<OrderUnit, Bilingual>;

export const orderPeriodWords = {
  month: { fa: 'در ماه', en: 'a month' },
  year: { fa: 'در سال', en: 'a year' },
} as const satisfies Record<OrderPeriod, Bilingual>;

export const capacityStandingWords = {
  proposed: { fa: 'پیشنهادشده', en: 'proposed' },
  coming: { fa: 'هنوز آغاز نشده', en: 'to come' },
  in_force: { fa: 'برقرار', en: 'in force' },
  held: { fa: 'پیشین', en: 'earlier' },
  rejected: { fa: 'پذیرفته نشد', en: 'not accepted' },
} as const satisfies Record<Capacity['standing'], Bilingual>;

export const supporterRefusalWords = {
  SupporterMissing: () => ({
    fa: 'چنین پشتیبانی در محدودهٔ شما نیست؛ او را از فهرست پشتیبانان برگزینید.',
    en: 'There is no such supporter within your scope: choose one from the list.',
  }),
  CountyNotYours: () => ({
    fa: 'این شهرستان بیرون از محدودهٔ شماست؛ شهرستان خود را برگزینید یا از معاونت بخواهید آن را ثبت کند.',
    en: 'That county is outside your scope: choose your own, or ask the deputy to enter it.',
  }),
  PersonNotKnown: () => ({
    fa: 'این شخص یا بنگاه نزد ادارهٔ شما ثبت نیست؛ نخست آن را در «اشخاص» ثبت کنید.',
    en: 'That person or enterprise is not known to your office: enter it among the persons first.',
  }),
  DriverNotFirm: () => ({
    fa: 'پیشران بنگاهی است که بازار را می‌گرداند؛ برای شخص حقیقی «پشتیبان» را برگزینید یا بنگاه او را ثبت کنید.',
    en: 'A driver is a firm: choose “supporter” for a natural person, or enter their enterprise.',
  }),
  SupporterStands: ({ enteredOn }) => ({
    fa: `این شخص از ${fa(enteredOn)} پروندهٔ پشتیبانی دارد؛ همان پرونده را ادامه دهید.`,
    en: `This person has a file as a supporter since ${enteredOn} (Jalali): go on with that one.`,
  }),
  RecordTooShort: ({ least, given }) => ({
    fa: `پشتیبان دست‌کم ${fa(least)} سال سابقهٔ قرارداد و فاکتور می‌خواهد و ${fa(given)} سال نوشته شده است؛ پس از رسیدن به آن دوباره ثبت کنید.`,
    en: `A supporter shows contracts and invoices of at least ${least} years, and ${given} are written: enter it once they are reached.`,
  }),
  CapacityMissing: () => ({
    fa: 'ظرفیتی ننوشته‌اید؛ دست‌کم برای یک رسته و شهرستان جای شاغل خانگی بنویسید.',
    en: 'No capacity is written: write the places of at least one category and county.',
  }),
  CapacityTwice: () => ({
    fa: 'یک رسته و شهرستان دو بار نوشته شده است؛ یکی را بردارید.',
    en: 'A category and county stands here twice: take one away.',
  }),
  CategoryUnknown: () => ({
    fa: 'چنین رسته‌ای در فهرست نیست؛ آن را از فهرست رسته‌ها برگزینید.',
    en: 'There is no such category: choose it from the list.',
  }),
  CapacityBackdated: ({ fromOn, today }) => ({
    fa: `ظرفیت از روز گذشته (${fa(fromOn)}) آغاز نمی‌شود؛ روزی از ${fa(today)} به بعد بنویسید.`,
    en: `A capacity does not begin in the past (${fromOn}, Jalali): write a day from ${today} on.`,
  }),
  CapacityBeforeLater: ({ latestOn }) => ({
    fa: `برای این رسته و شهرستان ظرفیتی از ${fa(latestOn)} تأیید شده است؛ روزی از همان روز به بعد بنویسید.`,
    en: `A capacity from ${latestOn} (Jalali) stands for this category and county: write a day from then on.`,
  }),
  CapacityBelowLinks: ({ jobs, links }) => ({
    fa: `${fa(links)} شاغل خانگی به این ظرفیت پیوسته‌اند و ${fa(jobs)} جا نوشته شده است؛ دست‌کم ${fa(links)} بنویسید یا نخست ${fa(links - jobs)} قرارداد را پایان دهید.`,
    en: `${links} home workers are linked here, and ${jobs} places are written: write at least ${links}, or end ${links - jobs} contracts first.`,
  }),
  OrdersBelowPromised: ({ orders, promised }) => ({
    fa: `در قراردادهای برقرار ${fa(promised)} سفارش وعده داده شده و ${fa(orders)} نوشته شده است؛ دست‌کم ${fa(promised)} بنویسید.`,
    en: `Contracts in force promise orders of ${promised}, and ${orders} is written: write at least ${promised}.`,
  }),
  OwnCapacity: () => ({
    fa: 'این ظرفیت را خودتان پیشنهاد داده‌اید؛ تأیید آن با همکار دیگری است.',
    en: 'You proposed this capacity yourself: another person approves it.',
  }),
  OwnFile: () => ({
    fa: 'این پروندهٔ خود شماست؛ همکار دیگری آن را تأیید کند.',
    en: 'This is your own file: a colleague approves it.',
  }),
  ListingMissing: () => ({
    fa: 'بگویید این پشتیبان به همگان نشان داده شود یا نه.',
    en: 'Say whether everybody is shown this supporter.',
  }),
  LinksStand: ({ links }) => ({
    fa: `هنوز ${fa(links)} شاغل خانگی به این پشتیبان پیوسته‌اند؛ نخست قراردادهای آنان را پایان دهید.`,
    en: `${links} home workers are still linked to this supporter: end their contracts first.`,
  }),
} as const satisfies {
  [Kind in SupporterRefusal['kind']]: (refusal: Extract<SupporterRefusal, { kind: Kind }>) => Bilingual;
};

export const allRefusalWords = {
  ...personRefusalWords,
  ...caseworkRefusalWords({ states: supporterStateWords, acts: supporterActWords, roles: roleWords }),
  ...supporterRefusalWords,
};

const told = {
  entered: {
    fa: 'درخواست پشتیبانی شما ثبت شد و در انتظار تأیید اداره کل است.',
    en: 'Your file as a supporter is entered and waits for the directorate.',
  },
  active: {
    fa: 'پشتیبانی شما تأیید شد؛ اکنون می‌توانید با شاغلان خانگی قرارداد سه‌جانبه ببندید.',
    en: 'You are approved as a supporter: three-party contracts with home workers may be signed now.',
  },
  suspended: {
    fa: 'پشتیبانی شما تعلیق شد؛ قراردادهای برقرار می‌ماند و قرارداد تازه بسته نمی‌شود.',
    en: 'You are suspended as a supporter: contracts in force stay, and no new ones are signed.',
  },
} as const satisfies Partial<Record<SupporterState, Bilingual>>;

/** What supporters are called in the inbox and in messages. */
export const supporterCaseWords = {
  title: { fa: 'پشتیبان', en: 'Supporter' },
  states: Object.fromEntries(
    Object.entries(supporterStateWords).map(([state, title]) => [
      state,
      { title, told: Object.entries(told).find(([name]) => name === state)?.[1] ?? title },
    ]),
  ),
  acts: supporterActWords,
} as const satisfies CaseWords;

/** Texts of the pages. */
export const supporterLabels = {
  supporters: { fa: 'پشتیبانان و پیشران‌ها', en: 'Supporters and drivers' },
  supporter: { fa: 'پشتیبان', en: 'Supporter' },
  lead: {
    fa: 'پشتیبانان و پیشران‌های مشاغل خانگی، ظرفیت آن‌ها به سفارش و به جای کار، و شاغلان خانگی پیوسته به آن‌ها.',
    en: 'Supporters and drivers of home-based jobs, their capacity in orders and in places, and the home workers linked to them.',
  },
  register: { fa: 'فهرست', en: 'List' },
  add: { fa: 'ثبت پشتیبان', en: 'Enter a supporter' },
  search: { fa: 'جست‌وجوی نام', en: 'Search by name' },
  all: { fa: 'همه', en: 'All' },
  name: { fa: 'نام', en: 'Name' },
  kind: { fa: 'گونه', en: 'Kind' },
  county: { fa: 'شهرستان', en: 'County' },
  category: { fa: 'رسته', en: 'Category' },
  state: { fa: 'وضعیت', en: 'State' },
  order: { fa: 'ترتیب', en: 'Order' },
  sort_name: { fa: 'به نام', en: 'by name' },
  sort_newest: { fa: 'تازه‌ترین', en: 'newest first' },
  sort_links: { fa: 'بیشترین شاغل پیوسته', en: 'most linked workers' },
  links: { fa: 'شاغل خانگی پیوسته', en: 'Linked home workers' },
  jobs: { fa: 'جای برقرار', en: 'Places in force' },
  free: { fa: 'جای خالی', en: 'Free places' },
  places: { fa: 'جا', en: 'Places' },
  orders: { fa: 'سفارش', en: 'Orders' },
  noLimit: { fa: 'بی‌حد', en: 'no limit' },
  promised: { fa: 'وعده‌داده در قراردادها', en: 'Promised in contracts' },
  enteredOn: { fa: 'روز ثبت', en: 'Entered on' },
  endedOn: { fa: 'روز پایان', en: 'Ended on' },
  record: { fa: 'سابقهٔ سفارش (سال)', en: 'Record of orders (years)' },
  recordHint: {
    fa: 'شمار سال‌هایی که قرارداد و فاکتور آن‌ها دیده شده است.',
    en: 'Years of which contracts and invoices were seen.',
  },
  ordersUnit: { fa: 'یکای سفارش', en: 'Unit of orders' },
  ordersPeriod: { fa: 'دورهٔ سفارش', en: 'Period of orders' },
  listed: { fa: 'نمایش به همگان', en: 'Shown to everybody' },
  yes: { fa: 'بله', en: 'yes' },
  no: { fa: 'خیر', en: 'no' },
  person: { fa: 'شخص یا بنگاه', en: 'Person or enterprise' },
  personForm: { fa: 'نوع شخص', en: 'Form' },
  natural: { fa: 'شخص حقیقی', en: 'natural person' },
  legal: { fa: 'بنگاه یا تعاونی', en: 'enterprise or cooperative' },
  capacity: { fa: 'ظرفیت', en: 'Capacity' },
  capacityNow: { fa: 'ظرفیت امروز', en: 'Capacity today' },
  versions: { fa: 'نسخه‌های ظرفیت', en: 'Versions of the capacity' },
  fromOn: { fa: 'از روز', en: 'From' },
  standing: { fa: 'جایگاه', en: 'Standing' },
  proposedBy: { fa: 'پیشنهاد', en: 'Proposed by' },
  approvedBy: { fa: 'تأیید', en: 'Approved by' },
  addRow: { fa: 'یک رسته و شهرستان دیگر', en: 'One more category and county' },
  removeRow: { fa: 'برداشتن', en: 'Take away' },
  ordersHint: { fa: 'خالی: سفارش حدی نمی‌گذارد.', en: 'Empty: orders set no limit.' },
  reason: { fa: 'دلیل', en: 'Reason' },
  needed: { fa: 'این خانه را پر کنید.', en: 'Fill this in.' },
  personPage: { fa: 'پروندهٔ شخص', en: 'Page of the person' },
  noSupporters: { fa: 'پشتیبانی نیست', en: 'There is no supporter' },
  noSupportersHelp: {
    fa: 'اداره شهرستان یا معاونت پشتیبان را ثبت می‌کند و همکار دیگری تأیید می‌کند.',
    en: 'The county office or the deputy enters a supporter, and another person approves it.',
  },
  noCapacity: { fa: 'هنوز ظرفیت تأییدشده‌ای نیست', en: 'No capacity is approved yet' },
  noCapacityHelp: {
    fa: 'ظرفیت پس از تأیید همکاری دیگر برقرار می‌شود.',
    en: 'A capacity holds once another person has approved it.',
  },
  sheet: { fa: 'برگهٔ اکسل', en: 'Excel sheet' },
} as const satisfies Record<string, Bilingual>;

/** Texts of the public directory. */
export const directoryWords = {
  title: { fa: 'پشتیبانان مشاغل خانگی', en: 'Supporters of home-based jobs' },
  brief: { fa: 'پشتیبانان', en: 'Supporters' },
  lead: {
    fa: 'پشتیبانان و پیشران‌هایی که شاغل خانگی می‌پذیرند و خواسته‌اند نامشان این‌جا باشد.',
    en: 'Supporters and drivers who take in home workers and asked to be named here.',
  },
  province: { fa: 'استان', en: 'Province' },
  look: { fa: 'نشان بده', en: 'Show' },
  name: { fa: 'نام', en: 'Name' },
  kind: { fa: 'گونه و شهرستان', en: 'Kind and county' },
  fields: { fa: 'رسته‌ها', en: 'Categories' },
  free: { fa: 'جای خالی', en: 'Free places' },
  full: { fa: 'پر', en: 'full' },
  none: {
    fa: 'در این استان پشتیبانی نخواسته است نامش این‌جا باشد.',
    en: 'No supporter of this province asked to be named here.',
  },
} as const satisfies Record<string, Bilingual>;

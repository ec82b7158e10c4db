import { roleWords } from '#access/words.ts';
import type { CaseWords } from '#casework/contract.ts';
import { caseworkRefusalWords } from '#casework/words.ts';
import type { Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type {
  AgencyAct,
  AgencyChannel,
  AgencyKind,
  AgencyStanding,
  AgencyState,
  Permit,
  PlacementRefusal,
} from './contract.ts';

const fa = (value: Day): string => persianDigits(value.replaceAll('-', '/'));

const agencyStateWords = {
  entered: { fa: 'در انتظار تأیید', en: 'waits for approval' },
  returned: { fa: 'برگشت برای اصلاح', en: 'returned for correction' },
  valid: { fa: 'معتبر', en: 'valid' },
  renewal_proposed: { fa: 'معتبر؛ تمدید در انتظار تأیید', en: 'valid; a renewal waits' },
  suspended: { fa: 'تعلیق‌شده', en: 'suspended' },
  annulled: { fa: 'لغوشده', en: 'annulled' },
  ended: { fa: 'پایان‌یافته', en: 'ended' },
  turned_down: { fa: 'رد شد', en: 'turned down' },
  withdrawn: { fa: 'انصراف', en: 'withdrawn' },
} as const satisfies Record<AgencyState, Bilingual>;

export const agencyStandingWords = {
  ...agencyStateWords,
  expired: { fa: 'اعتبار گذشته', en: 'expired' },
  coming: { fa: 'هنوز آغاز نشده', en: 'not yet begun' },
} as const satisfies Record<AgencyStanding, Bilingual>;

export const agencyActWords = {
  enter: { fa: 'ثبت کاریابی', en: 'enter the agency' },
  approve: { fa: 'تأیید کاریابی', en: 'approve the agency' },
  return: { fa: 'برگرداندن برای اصلاح', en: 'return for correction' },
  resubmit: { fa: 'فرستادن دوباره', en: 'send again' },
  refuse: { fa: 'رد', en: 'turn down' },
  withdraw: { fa: 'انصراف', en: 'withdraw' },
  change_contact: { fa: 'تغییر نشانی، تلفن یا نمایش', en: 'change address, phone or listing' },
  propose_renewal: { fa: 'پیشنهاد تمدید', en: 'propose a renewal' },
  accept_renewal: { fa: 'تأیید تمدید', en: 'approve the renewal' },
  reject_renewal: { fa: 'رد تمدید', en: 'reject the renewal' },
  suspend: { fa: 'تعلیق پروانه', en: 'suspend the permit' },
  resume: { fa: 'رفع تعلیق', en: 'lift the suspension' },
  annul: { fa: 'لغو پروانه', en: 'annul the permit' },
  end: { fa: 'پایان کار', en: 'end' },
} as const satisfies Record<AgencyAct | 'enter', Bilingual>;

export const agencyKindWords = {
  domestic: { fa: 'کاریابی داخلی', en: 'for work in the country' },
  abroad: { fa: 'کاریابی خارجی', en: 'for work abroad' },
} as const satisfies Record<AgencyKind, Bilingual>;

export const agencyChannelWords = {
  office: { fa: 'حضوری', en: 'in an office' },
  online: { fa: 'اینترنتی', en: 'online' },
} as const satisfies Record<AgencyChannel, Bilingual>;

export const permitStandingWords = {
  proposed: { fa: 'پیشنهادشده', en: 'proposed' },
  approved: { fa: 'تأییدشده', en: 'approved' },
  not_accepted: { fa: 'پذیرفته نشد', en: 'not accepted' },
} as const satisfies Record<Permit['standing'], Bilingual>;

export const placementRefusalWords = {
  PlacementAgencyMissing: () => ({
    fa: 'چنین کاریابی‌ای در محدودهٔ شما نیست؛ آن را از فهرست کاریابی‌ها برگزینید.',
    en: 'There is no such placement agency within your scope: choose one from the list.',
  }),
  CountyNotYours: () => ({
    fa: 'این شهرستان بیرون از محدودهٔ شماست؛ شهرستان خود را برگزینید یا از معاونت بخواهید آن را ثبت کند.',
    en: 'That county is outside your scope: choose your own, or ask the deputy to enter it.',
  }),
  PermitNumberTaken: ({ permitNumber }) => ({
    fa: `پروانهٔ شمارهٔ ${permitNumber} در این استان برای کاریابی دیگری ثبت است؛ شماره را با پروانه بسنجید یا همان پرونده را ادامه دهید.`,
    en: `Permit ${permitNumber} is entered for another agency of this province: compare the number with the permit, or go on with that file.`,
  }),
  PermitDaysReversed: ({ validFrom }) => ({
    fa: `پایان اعتبار پیش از آغاز آن نوشته شده است؛ روزی از ${fa(validFrom)} به بعد بنویسید.`,
    en: `The permit ends before it begins: write a day from ${validFrom} (Jalali) on.`,
  }),
  PermitOver: ({ validUntil, today }) => ({
    fa: `اعتبار این پروانه در ${fa(validUntil)} گذشته است؛ پروانه‌ای بنویسید که در ${fa(today)} یا پس از آن معتبر باشد.`,
    en: `This permit ran out on ${validUntil} (Jalali): write one that is valid on ${today} or later.`,
  }),
  RenewalNotLater: ({ validUntil }) => ({
    fa: `پروانه تا ${fa(validUntil)} تأیید شده است و تمدید باید پس از آن پایان یابد؛ روزی پس از ${fa(validUntil)} بنویسید.`,
    en: `The permit is approved until ${validUntil} (Jalali), and a renewal ends later: write a day after it.`,
  }),
  AddressMissing: () => ({
    fa: 'کاریابی حضوری نشانی می‌خواهد؛ آن را بنویسید یا شیوهٔ کار را «اینترنتی» بگذارید.',
    en: 'An agency with an office has an address: write it, or choose “online”.',
  }),
  PhoneWrong: () => ({
    fa: 'تلفن یازده رقم دارد و با صفر آغاز می‌شود، مانند ۰۲۶۳۲۲۰۰۰۰۰؛ آن را با کد شهر بنویسید.',
    en: 'A phone has eleven digits and begins with zero, such as 02632200000: write it with the code of its place.',
  }),
  CorrectionMissing: () => ({
    fa: 'اصلاحی ننوشته‌اید؛ همهٔ خانه‌های کاریابی را دوباره بفرستید.',
    en: 'No correction is written: send all fields of the agency again.',
  }),
  ContactMissing: () => ({
    fa: 'نشانی و تلفن تازه‌ای ننوشته‌اید؛ آن‌ها را بنویسید.',
    en: 'No new address and phone are written: write them.',
  }),
  PermitMissing: () => ({
    fa: 'روزهای اعتبار پروانه نوشته نشده است؛ آغاز و پایان را بنویسید.',
    en: 'The days of the permit are missing: write the first and the last.',
  }),
  OwnPermit: () => ({
    fa: 'این پروانه را خودتان پیشنهاد داده‌اید؛ تأیید آن با همکار دیگری است.',
    en: 'You proposed this permit yourself: another person approves it.',
  }),
} as const satisfies {
  [Kind in PlacementRefusal['kind']]: (refusal: Extract<PlacementRefusal, { kind: Kind }>) => Bilingual;
};

export const allRefusalWords = {
  ...caseworkRefusalWords({ states: agencyStateWords, acts: agencyActWords, roles: roleWords }),
  ...placementRefusalWords,
};

/** What placement agencies are called in the inbox. */
export const agencyCaseWords = {
  title: { fa: 'کاریابی', en: 'Placement agency' },
  states: Object.fromEntries(
    Object.entries(agencyStateWords).map(([state, title]) => [state, { title, told: title }]),
  ),
  acts: agencyActWords,
} as const satisfies CaseWords;

/** Texts of the desk. */
export const agencyLabels = {
  agencies: { fa: 'کاریابی‌ها', en: 'Placement agencies' },
  agency: { fa: 'کاریابی', en: 'Placement agency' },
  lead: {
    fa: 'مؤسسه‌های غیردولتی مشاوره و کاریابی استان، پروانهٔ کار آن‌ها و اعتبارش.',
    en: 'Private advice and placement agencies of the province, with their work permits and how long each is valid.',
  },
  register: { fa: 'فهرست', en: 'List' },
  add: { fa: 'ثبت کاریابی', en: 'Enter an agency' },
  search: { fa: 'نام یا شمارهٔ پروانه', en: 'Name or number of the permit' },
  all: { fa: 'همه', en: 'All' },
  name: { fa: 'نام کاریابی', en: 'Name of the agency' },
  kind: { fa: 'گونه', en: 'Kind' },
  channel: { fa: 'شیوهٔ کار', en: 'How it works' },
  county: { fa: 'شهرستان', en: 'County' },
  standing: { fa: 'وضعیت', en: 'State' },
  order: { fa: 'ترتیب', en: 'Order' },
  sort_name: { fa: 'به نام', en: 'by name' },
  sort_newest: { fa: 'تازه‌ترین', en: 'newest first' },
  sort_ending: { fa: 'نزدیک‌ترین پایان اعتبار', en: 'first to run out' },
  permitNumber: { fa: 'شمارهٔ پروانه', en: 'Number of the permit' },
  permits: { fa: 'پروانه‌ها', en: 'Permits' },
  validFrom: { fa: 'اعتبار از', en: 'Valid from' },
  validUntil: { fa: 'اعتبار تا', en: 'Valid until' },
  validHint: {
    fa: 'همان‌گونه که در پروانه نوشته شده است؛ کارساز مدتی پیشنهاد نمی‌کند.',
    en: 'As it stands in the permit; Karsaz proposes no length.',
  },
  address: { fa: 'نشانی', en: 'Address' },
  addressHint: { fa: 'برای کاریابی اینترنتی لازم نیست.', en: 'Not needed of one that works online.' },
  phone: { fa: 'تلفن', en: 'Phone' },
  phoneHint: {
    fa: 'تلفن کار، با کد شهر؛ همگان آن را می‌بینند.',
    en: 'The business phone with the code of its place; everybody sees it.',
  },
  listed: { fa: 'نمایش به همگان', en: 'Shown to everybody' },
  yes: { fa: 'بله', en: 'yes' },
  no: { fa: 'خیر', en: 'no' },
  enteredOn: { fa: 'روز ثبت', en: 'Entered on' },
  endedOn: { fa: 'روز پایان', en: 'Ended on' },
  permitStanding: { fa: 'جایگاه', en: 'Standing' },
  proposedBy: { fa: 'پیشنهاد', en: 'Proposed by' },
  approvedBy: { fa: 'تأیید', en: 'Approved by' },
  reason: { fa: 'دلیل', en: 'Reason' },
  needed: { fa: 'این خانه را پر کنید.', en: 'Fill this in.' },
  noAgencies: { fa: 'کاریابی‌ای نیست', en: 'There is no placement agency' },
  noAgenciesHelp: {
    fa: 'اداره شهرستان یا معاونت کاریابی را ثبت می‌کند و همکار دیگری تأیید می‌کند.',
    en: 'The county office or the deputy enters an agency, and another person approves it.',
  },
  noPermits: { fa: 'پروانه‌ای برای نمایش نیست', en: 'There is no permit to show' },
} as const satisfies Record<string, Bilingual>;

/** Texts of the public directory. */
export const directoryWords = {
  title: { fa: 'کاریابی‌های دارای پروانه', en: 'Licensed placement agencies' },
  brief: { fa: 'کاریابی‌ها', en: 'Placement' },
  lead: {
    fa: 'کاریابی‌هایی که امروز پروانهٔ معتبر دارند و خواسته‌اند نامشان این‌جا باشد؛ نام هیچ شخصی در آن نیست.',
    en: 'Placement agencies whose permit is valid today and who asked to be named here; no person is named.',
  },
  province: { fa: 'استان', en: 'Province' },
  search: { fa: 'بخشی از نام', en: 'A part of the name' },
  county: { fa: 'شهرستان', en: 'County' },
  kind: { fa: 'گونه', en: 'Kind' },
  every: { fa: 'همه', en: 'All' },
  look: { fa: 'نشان بده', en: 'Show' },
  name: { fa: 'کاریابی', en: 'Agency' },
  permit: { fa: 'پروانه', en: 'Permit' },
  until: { fa: 'معتبر تا', en: 'Valid until' },
  contact: { fa: 'نشانی و تلفن', en: 'Address and phone' },
  choose: {
    fa: 'استانی را برگزینید تا کاریابی‌های آن را ببینید؛ پس از آن شهرستان را هم می‌توان برگزید.',
    en: 'Choose a province to see its agencies; then a county may be chosen too.',
  },
  none: {
    fa: 'کاریابی معتبری با این مشخصات نخواسته است نامش این‌جا باشد؛ بخش کوتاه‌تری از نام بنویسید یا شهرستان را «همه» بگذارید.',
    en: 'No valid agency of that kind asked to be named here: write a shorter part of the name, or choose all counties.',
  },
  first: { fa: 'صفحهٔ نخست', en: 'First page' },
  more: { fa: 'صفحهٔ بعد', en: 'Next page' },
} as const satisfies Record<string, Bilingual>;

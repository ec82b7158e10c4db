import type { CaseWords } from '#casework/contract.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { ComplaintAct, ComplaintRefusal, ComplaintState, Offence } from './contract.ts';

export const offenceWords = {
  extra_condition: { fa: 'شرط اضافی', en: 'Extra condition' },
  extra_fee: { fa: 'هزینهٔ اضافی', en: 'Extra fee' },
  overdue: { fa: 'دیرکرد در پاسخ', en: 'Overdue answer' },
  refusal_without_reason: { fa: 'رد بدون دلیل', en: 'Refusal without reason' },
  market_saturated: { fa: 'رد به بهانهٔ اشباع بازار', en: 'Refusal because the “market is saturated”' },
  forced_visit: { fa: 'مراجعهٔ اجباری', en: 'Forced visit' },
} as const satisfies Record<Offence, Bilingual>;

/** What an offence is, for whoever looks for theirs. */
export const offenceHelp = {
  extra_condition: {
    fa: 'مدرک یا شرطی خواسته‌اند که در فهرست شرط‌های منتشرشده نیست.',
    en: 'A paper or condition was asked for that the published list does not have.',
  },
  extra_fee: {
    fa: 'پولی خواسته‌اند که برای صدور مجوز گفته نشده است.',
    en: 'Money was asked for that no rule of the licence names.',
  },
  overdue: {
    fa: 'وعدهٔ پاسخ گذشته و پاسخی نیامده است.',
    en: 'The promised day has passed without an answer.',
  },
  refusal_without_reason: {
    fa: 'درخواست را رد کرده‌اند و شمارهٔ شرط یا مدرک را نگفته‌اند.',
    en: 'The request was refused without the number of a condition or paper.',
  },
  market_saturated: {
    fa: 'گفته‌اند بازار این کار پر است.',
    en: 'The reason given was that there are enough in this trade.',
  },
  forced_visit: {
    fa: 'برای کاری که بی‌مراجعه انجام می‌شود به اداره کشانده‌اند.',
    en: 'A visit was demanded for what is done without one.',
  },
} as const satisfies Record<Offence, Bilingual>;

export const complaintStateWords = {
  lodged: { fa: 'در انتظار پذیرش', en: 'Waits to be taken in' },
  under_review: { fa: 'در رسیدگی', en: 'Being looked into' },
  with_agency: { fa: 'در انتظار پاسخ دستگاه', en: 'Waits for the agency’s answer' },
  answered: { fa: 'دستگاه پاسخ داد', en: 'The agency has answered' },
  upheld: { fa: 'وارد دانسته شد', en: 'Upheld' },
  dismissed: { fa: 'وارد دانسته نشد', en: 'Dismissed' },
} as const satisfies Record<ComplaintState, Bilingual>;

export const complaintActWords = {
  lodge: { fa: 'ثبت شکایت', en: 'Lodge' },
  accept: { fa: 'پذیرش برای رسیدگی', en: 'Take in' },
  send_to_agency: { fa: 'ارجاع به دستگاه', en: 'Send to the agency' },
  answer: { fa: 'پاسخ دستگاه', en: 'Answer of the agency' },
  uphold: { fa: 'وارد دانستن', en: 'Uphold' },
  dismiss: { fa: 'وارد ندانستن', en: 'Dismiss' },
} as const satisfies Record<ComplaintAct | 'lodge', Bilingual>;

/** Texts of the public pages and of the desk. */
export const complaintLabels = {
  title: { fa: 'شکایت از روند صدور مجوز', en: 'Complain about the issue of a licence' },
  short: { fa: 'شکایت', en: 'Complaint' },
  lead: {
    fa: 'اگر دستگاهی در صدور مجوز مشاغل خانگی شرط یا هزینهٔ اضافی خواسته، دیر پاسخ داده یا بی‌دلیل رد کرده است، این‌جا بنویسید. نام شما پرسیده نمی‌شود.',
    en: 'If an agency asked for an extra condition or fee, is late, or refused a home-job licence without a reason, write it here. You are not asked for your name.',
  },
  choose: { fa: 'استان را برگزینید', en: 'Choose the province' },
  begin: { fa: 'نوشتن شکایت', en: 'Write the complaint' },
  province: { fa: 'استان', en: 'Province' },
  otherProvince: { fa: 'استان دیگر', en: 'Another province' },
  who: {
    fa: 'متن شکایت را اداره کل و، اگر به آن ارجاع شود، دستگاهی که از آن شکایت شده است می‌خوانند. شمارهٔ تلفن را آن دستگاه نمی‌بیند.',
    en: 'The directorate reads what you write, and so does the agency you complain of if it is asked for an answer. That agency never sees your telephone number.',
  },
  pick: { fa: 'برگزینید', en: 'Choose' },
  optional: { fa: 'اختیاری', en: 'optional' },
  offence: { fa: 'موضوع شکایت', en: 'What the complaint is about' },
  county: { fa: 'شهرستان', en: 'County' },
  agency: { fa: 'دستگاهی که از آن شکایت دارید', en: 'The agency you complain of' },
  licenceNumber: { fa: 'شمارهٔ مجوز، اگر صادر شده است', en: 'Number of the licence, if there is one' },
  body: { fa: 'چه پیش آمده است؟', en: 'What happened?' },
  bodyHelp: {
    fa: 'روز، محل و آنچه خواسته یا گفته‌اند را بنویسید. کد ملی ننویسید.',
    en: 'Write the day, the place and what was asked or said. Do not write a national id.',
  },
  phone: { fa: 'شمارهٔ تلفن برای پاسخ', en: 'Telephone number for an answer' },
  phoneHelp: {
    fa: 'اگر بنویسید، اداره کل می‌تواند با شما تماس بگیرد و تصمیم و دلیل آن به تلفن همراه پیامک می‌شود.',
    en: 'With it the directorate can call you, and a mobile phone is told the decision and its reason by SMS.',
  },
  send: { fa: 'ثبت شکایت', en: 'Lodge the complaint' },
  repair: {
    fa: 'شکایت ثبت نشد. این‌ها را درست کنید؛ آنچه نوشته‌اید سر جایش است.',
    en: 'The complaint was not lodged. Mend these; what you wrote is kept.',
  },
  again: {
    fa: 'این فرم پیش‌تر با متن دیگری ثبت شده است. اگر این شکایت دیگری است، دوباره بفرستید.',
    en: 'This form was lodged before with another text. If this is another complaint, send it again.',
  },
  received: { fa: 'شکایت شما ثبت شد', en: 'Your complaint is lodged' },
  number: { fa: 'شمارهٔ رهگیری', en: 'Tracking number' },
  keep: {
    fa: 'این شماره را نگه دارید؛ تنها با آن می‌توان شکایت را پیگیری کرد و تصمیم و دلیل آن را خواند.',
    en: 'Keep this number: only with it can the complaint be followed and the decision read with its reason.',
  },
  follow: { fa: 'مرحلهٔ شکایت را ببینید', en: 'See its stage' },
  notReceived: {
    fa: 'شکایتی با این شماره نیست. شماره را از رسید خود بردارید.',
    en: 'No complaint has this number. Take it from your receipt.',
  },
  noProvince: {
    fa: 'استانی با این نشانی نیست. استان را از صفحهٔ شکایت برگزینید.',
    en: 'There is no province at this address. Choose it on the page of complaints.',
  },
  complaints: { fa: 'شکایت‌ها', en: 'Complaints' },
  deskLead: {
    fa: 'شکایت‌هایی که مردم از روند صدور مجوز ثبت کرده‌اند، تازه‌ترین در آغاز. کارها در پروندهٔ هر شکایت انجام می‌شود.',
    en: 'What people have complained of in the issue of licences, the newest first. Acts are done in the case of each.',
  },
  register: { fa: 'دفتر شکایت‌ها', en: 'Register of complaints' },
  trackingNumber: { fa: 'شمارهٔ رهگیری', en: 'Tracking number' },
  about: { fa: 'دربارهٔ دستگاه', en: 'About the agency' },
  state: { fa: 'وضعیت', en: 'State' },
  lodgedOn: { fa: 'روز ثبت', en: 'Lodged on' },
  licence: { fa: 'مجوز', en: 'Licence' },
  all: { fa: 'همه', en: 'All' },
  search: { fa: 'شمارهٔ رهگیری یا شمارهٔ مجوز', en: 'Tracking number or number of a licence' },
  none: { fa: 'شکایتی نیست', en: 'There is no complaint' },
  noneHelp: {
    fa: 'شکایت‌هایی که در صفحهٔ همگانی ثبت می‌شوند این‌جا می‌آیند.',
    en: 'Complaints that are lodged on the public page appear here.',
  },
  text: { fa: 'متن شکایت', en: 'The complaint' },
  reasonTold: {
    fa: 'دلیل تصمیم را هر کس شمارهٔ رهگیری را دارد می‌خواند و به تلفن همراه شاکی پیامک می‌شود؛ نام، شماره و نشانی کسی را در آن ننویسید.',
    en: 'Whoever has the tracking number reads the reason of the decision, and it goes to the mobile phone that was left: write nobody’s name, number or address in it.',
  },
  noPhone: { fa: 'ننوشته است', en: 'none left' },
  erased: { fa: 'امحا شده است', en: 'erased' },
  erase: { fa: 'امحای متن و تلفن', en: 'Erase text and telephone number' },
  eraseHelp: {
    fa: 'متن و شمارهٔ تلفن برای همیشه پاک می‌شود و پرونده با کارهایش می‌ماند. شمارهٔ نامه‌ای را بنویسید که آن را خواسته است.',
    en: 'Text and telephone number go for good; the case stays with its acts. Write the number of the letter that orders it.',
  },
  letterNumber: { fa: 'شمارهٔ نامه', en: 'Letter number' },
} as const satisfies Record<string, Bilingual>;

/** What is asked for where a field that is needed was left empty. */
export const neededWords = {
  offence: { fa: 'بگویید شکایت از چیست.', en: 'Say what the complaint is about.' },
  countyCode: { fa: 'شهرستان را برگزینید.', en: 'Choose the county.' },
  agencyKey: {
    fa: 'دستگاهی را که از آن شکایت دارید برگزینید.',
    en: 'Choose the agency you complain of.',
  },
  body: { fa: 'بنویسید چه پیش آمده است.', en: 'Write what happened.' },
} as const satisfies Record<string, Bilingual>;

/** What each state means for whoever complained, as `/track` tells it. */
const toldWords = {
  lodged: {
    fa: 'شکایت شما ثبت شده است و اداره کل آن را برای رسیدگی می‌پذیرد.',
    en: 'Your complaint is lodged; the directorate will take it in.',
  },
  under_review: { fa: 'به شکایت شما رسیدگی می‌شود.', en: 'Your complaint is being looked into.' },
  with_agency: {
    fa: 'از دستگاهی که از آن شکایت کرده‌اید پاسخ خواسته‌ایم.',
    en: 'The agency you complained of was asked for its answer.',
  },
  answered: {
    fa: 'پاسخ دستگاه رسیده است و اداره کل آن را بررسی می‌کند.',
    en: 'The agency has answered; the directorate weighs the answer.',
  },
  upheld: {
    fa: 'شکایت شما وارد دانسته شد.',
    en: 'Your complaint was upheld.',
  },
  dismissed: {
    fa: 'شکایت شما وارد دانسته نشد.',
    en: 'Your complaint was dismissed.',
  },
} as const satisfies Record<ComplaintState, Bilingual>;

const stated = (state: ComplaintState) => ({ title: complaintStateWords[state], told: toldWords[state] });
const said = (fa: string, en: string): CaseWords['states'][string] => ({
  title: { fa, en },
  told: { fa, en },
});

export const complaintCaseWords = {
  complaint: {
    title: complaintLabels.short,
    states: {
      lodged: stated('lodged'),
      under_review: stated('under_review'),
      with_agency: stated('with_agency'),
      answered: stated('answered'),
      upheld: stated('upheld'),
      dismissed: stated('dismissed'),
    },
    acts: complaintActWords,
  },
  complaint_answer: {
    title: { fa: 'پاسخ به شکایت', en: 'Answer to a complaint' },
    states: {
      asked: said('اداره کل پاسخ می‌خواهد', 'The directorate asks for an answer'),
      answered: said('پاسخ داده شد', 'Answered'),
      recalled: said('بی‌پاسخ بسته شد', 'Closed without an answer'),
    },
    acts: {
      ask: { fa: 'درخواست پاسخ', en: 'Ask for an answer' },
      answer: { fa: 'پاسخ', en: 'Answer' },
      recall: { fa: 'بستن بی‌پاسخ', en: 'Close without an answer' },
    },
  },
} as const satisfies Record<string, CaseWords>;

export const complaintRefusalWords = {
  ComplaintMissing: () => ({
    fa: 'چنین شکایتی در محدودهٔ شما نیست. آن را از دفتر شکایت‌ها برگزینید.',
    en: 'There is no such complaint within your scope. Choose it from the register of complaints.',
  }),
  CountyNotThere: () => ({
    fa: 'این شهرستان در این استان نیست؛ یکی از شهرستان‌های فهرست را برگزینید.',
    en: 'This county is not in this province: choose one of the list.',
  }),
  AgencyNotListed: () => ({
    fa: 'این دستگاه در صدور مجوز دستی ندارد؛ یکی از دستگاه‌های فهرست را برگزینید.',
    en: 'This agency takes no part in the issue of licences: choose one of the list.',
  }),
  LicenceNotThere: () => ({
    fa: 'مجوزی با این شماره در این استان نیست. رقم‌ها را از روی گواهی بنویسید یا این خانه را خالی بگذارید.',
    en: 'No licence of this province has this number. Write the digits from the certificate, or leave this empty.',
  }),
  PhoneUnreadable: () => ({
    fa: 'شمارهٔ تلفن یازده رقم دارد و با ۰ آغاز می‌شود، مانند ۰۹۱۲۰۰۰۰۰۰۰ یا ۰۲۶۳۰۰۰۰۰۰۰. آن را درست کنید یا خالی بگذارید.',
    en: 'A telephone number has eleven digits from 0 on, such as 09120000000 or 02630000000. Mend it or leave it empty.',
  }),
  AboutDirectorate: () => ({
    fa: 'این شکایت از خود اداره کل است و دستگاه دیگری نیست که به آن ارجاع شود؛ دربارهٔ آن تصمیم بگیرید.',
    en: 'This complaint is about the directorate itself, and there is no other agency to send it to: decide it.',
  }),
  AgencyWithoutOffice: ({ agencyFa, agencyEn }) => ({
    fa: `«${agencyFa}» در این استان دفتری در سامانه ندارد؛ پاسخ را با نامه بخواهید، یا دفتر آن را در سامانه بگشایید.`,
    en: `${agencyEn} has no office here in this province: ask by letter, or have its office opened.`,
  }),
  ComplaintErased: () => ({
    fa: 'متن و تلفن این شکایت پیش‌تر امحا شده است.',
    en: 'Text and telephone number of this complaint were erased already.',
  }),
} as const satisfies {
  [Kind in ComplaintRefusal['kind']]: (refusal: Extract<ComplaintRefusal, { kind: Kind }>) => Bilingual;
};

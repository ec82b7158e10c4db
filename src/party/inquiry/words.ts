import type { Bilingual } from '#kernel/indicator.ts';
import type { InquiryFailure, InquiryKind, InquiryRefusal, InquiryVerdict } from './contract.ts';

export const inquiryKindWords = {
  civil_registry: { fa: 'ثبت احوال', en: 'Civil registry' },
  decile: { fa: 'دهک درآمدی', en: 'Income decile' },
  tax: { fa: 'بدهی مالیاتی', en: 'Tax debt' },
  bounced_cheque: { fa: 'چک برگشتی', en: 'Bounced cheques' },
  other_loan: { fa: 'وام اشتغال از جای دیگر', en: 'Job loans of other bodies' },
} as const satisfies Record<InquiryKind, Bilingual>;

export const verdictWords = {
  clear: { fa: 'بی‌مانع', en: 'Clear' },
  conflict: { fa: 'مانع دارد', en: 'Stands against' },
  told: { fa: 'پاسخ رسید', en: 'Answered' },
  unknown: { fa: 'بی‌پاسخ', en: 'Unknown' },
} as const satisfies Record<InquiryVerdict, Bilingual>;

/** What a failed try means for who waits. */
export const failureWords = {
  down: { fa: 'سامانه در دسترس نبود', en: 'the register could not be reached' },
  slow: { fa: 'سامانه به‌هنگام پاسخ نداد', en: 'the register did not answer in time' },
  malformed: {
    fa: 'آنچه سامانه فرستاد پاسخ این پرسش نبود و کنار گذاشته شد',
    en: 'what the register sent was no answer to this question and was put aside',
  },
} as const satisfies Record<InquiryFailure, Bilingual>;

export const inquiryRefusalWords = {
  PersonMissing: () => ({
    fa: 'چنین شخصی در دامنهٔ دید شما نیست؛ استعلام با شهرستان خود او یا اداره کل است.',
    en: 'There is no such person in your scope: their own county or the directorate asks.',
  }),
  PersonErased: () => ({
    fa: 'اطلاعات این شخص به حکم قانون پاک شده است و دربارهٔ او پرسیده نمی‌شود.',
    en: 'The facts of this person were lawfully erased: nothing is asked about them.',
  }),
  PersonMerged: () => ({
    fa: 'این پرونده با پروندهٔ دیگری یکی شده است؛ استعلام را در همان بگیرید.',
    en: 'This record was merged into another: ask there.',
  }),
  InquiryNotOfForm: ({ inquiry }) => ({
    fa: `«${inquiryKindWords[inquiry].fa}» برای بنگاه پرسیده نمی‌شود.`,
    en: `"${inquiryKindWords[inquiry].en}" is not asked about an enterprise.`,
  }),
  InquiryNotConnected: ({ inquiry }) => ({
    fa: `هنوز سامانه‌ای برای «${inquiryKindWords[inquiry].fa}» وصل نیست؛ پاسخ کاغذی را با «اطلاع تازه» و منبع «مدرک» ثبت کنید.`,
    en: `No register is connected for "${inquiryKindWords[inquiry].en}" yet: record an answer on paper by "New fact" with the source "Document".`,
  }),
  InquiryWaits: ({ inquiry }) => ({
    fa: `«${inquiryKindWords[inquiry].fa}» پیش‌تر پرسیده شده و در راه است؛ پاسخ که برسد همین‌جا می‌آید.`,
    en: `"${inquiryKindWords[inquiry].en}" was asked already and is under way: the answer will appear here.`,
  }),
} as const satisfies {
  [Kind in InquiryRefusal['kind']]: (refusal: Extract<InquiryRefusal, { kind: Kind }>) => Bilingual;
};

export const inquiryLabels = {
  title: { fa: 'استعلام‌ها', en: 'Inquiries' },
  earlier: { fa: 'همهٔ پاسخ‌ها', en: 'Every answer' },
  simulatedTitle: { fa: 'استعلام‌ها شبیه‌سازی‌شده است', en: 'These inquiries are simulated' },
  simulatedBody: {
    fa: 'هیچ سامانه‌ای بیرون از اینجا پرسیده نمی‌شود؛ پاسخ‌ها ساختگی است و مدرک نیست.',
    en: 'No register outside is asked: the answers are made up and no evidence.',
  },
  notConnected: { fa: 'سامانه‌ای وصل نیست', en: 'no register is connected' },
  kind: { fa: 'استعلام', en: 'Inquiry' },
  answer: { fa: 'پاسخ', en: 'Answer' },
  verdict: { fa: 'نتیجه', en: 'Result' },
  day: { fa: 'روز پاسخ', en: 'Answered on' },
  validUntil: { fa: 'معتبر تا', en: 'Good until' },
  provider: { fa: 'سامانه', en: 'Register' },
  reference: { fa: 'شمارهٔ پاسخ', en: 'Reference' },
  state: { fa: 'وضع', en: 'State' },
  ask: { fa: 'استعلام', en: 'Ask' },
  askAgain: { fa: 'استعلام دوباره', en: 'Ask again' },
  never: { fa: 'پرسیده نشده', en: 'not asked' },
  expired: { fa: 'منقضی', en: 'Expired' },
  valid: { fa: 'معتبر', en: 'Good' },
  simulated: { fa: 'شبیه‌سازی‌شده', en: 'simulated' },
  asking: { fa: 'در حال پرسش', en: 'being asked' },
  tryNumber: { fa: 'بار', en: 'try' },
  nextTry: { fa: 'دوباره پرسیده می‌شود در', en: 'is asked again at' },
  emptied: { fa: 'پاک شده', en: 'erased' },
  alive: { fa: 'زنده است و مشخصات می‌خواند', en: 'alive, and the particulars agree' },
  dead: { fa: 'ثبت وفات دارد', en: 'recorded as deceased' },
  disagrees: { fa: 'مشخصات با ثبت احوال نمی‌خواند', en: 'the particulars do not agree with the registry' },
  decile: { fa: 'دهک', en: 'Decile' },
  noDebt: { fa: 'بدهی ندارد', en: 'no debt' },
  debt: { fa: 'بدهی', en: 'Debt' },
  noCheque: { fa: 'چک برگشتی ندارد', en: 'no bounced cheque' },
  cheques: { fa: 'چک برگشتی، جمعاً', en: 'bounced cheques, in all' },
  noLoan: { fa: 'وام دیگری ندارد', en: 'no other loan' },
  asFact: { fa: 'در اطلاعات شخص ثبت شد', en: 'recorded as a fact' },
} as const;

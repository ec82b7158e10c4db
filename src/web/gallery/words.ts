import type { Bilingual } from '#kernel/indicator.ts';

/** The texts of the gallery. Invented: no figure here is of a province. */
export const words = {
  csvName: { fa: 'برش', en: 'slices' },
  title: { fa: 'اعتبار مشاغل خانگی استان نمونه', en: 'Home-job credit of a sample province' },
  credits: { fa: 'اعتبارات', en: 'Credits' },
  homeJobs: { fa: 'مشاغل خانگی ۱۴۰۲', en: 'Home jobs 1402' },
  note18: { fa: 'تبصره ۱۸', en: 'Note 18' },
  whatIf: { fa: 'اگر چنین شود…', en: 'What if…' },
  propose: { fa: 'پیشنهاد جابه‌جایی اعتبار', en: 'Propose a reallocation' },
  line: { fa: 'مشاغل خانگی ۱۴۰۲', en: 'Home jobs 1402' },
  notified: { fa: 'ابلاغ‌شده', en: 'Notified' },
  notifiedDefinition: {
    fa: 'جمع ابلاغ‌های ثبت‌شدهٔ این ردیف برای استان، پس از کسر برگشت‌ها. سهمیهٔ تسهیلات است، نه نقدینگی.',
    en: 'All recorded notifications of this line to the province, less returns. A lending quota, not cash.',
  },
  notifiedBase: { fa: 'دو نامهٔ ابلاغ سال ۱۴۰۲', en: 'Two letters of notification of 1402' },
  notifiedChange: { fa: '۶۲ درصد بیش از ۱۴۰۱', en: '62 percent above 1401' },
  notifiedList: { fa: '۲ سند ابلاغ', en: '2 notifications' },
  erratum: { fa: '«۸۹» خوانده شد؛ ۹۸٫۵ درست است.', en: '“89” was read out; 98.5 is right.' },
  lockedShare: { fa: 'قفل تعاونی‌ها، آنچه مانده', en: 'Locked for cooperatives, what is left' },
  lockedShort: { fa: 'قفل تعاونی', en: 'Locked' },
  paid: { fa: 'پرداخت تأییدشده تا امروز', en: 'Confirmed payments so far' },
  left: { fa: 'پیش‌بینی مانده در پایان مهلت', en: 'Forecast left at the deadline' },
  county: { fa: 'شهرستان', en: 'County' },
  slice: { fa: 'برش', en: 'Slice' },
  course: { fa: 'گردش', en: 'Course' },
  state: { fa: 'وضعیت', en: 'State' },
  slicesOf: { fa: 'برش شهرستان‌ها', en: 'Slices of the counties' },
  statementTitle: { fa: 'بیانیهٔ نشست اشتغال تعاونی', en: 'Statement on cooperative employment' },
  caseTitle: { fa: 'درخواست مجوز · دوخت کیف چرمی', en: 'Licence request · leather bags' },
  formTitle: { fa: 'ابلاغ تازه', en: 'A new notification' },
  statesTitle: { fa: 'حالت‌ها', en: 'States' },
  letterNumber: { fa: 'شمارهٔ نامهٔ ابلاغ', en: 'Number of the letter' },
  letterHint: { fa: 'همان که بالای نامه نوشته است', en: 'As written at the top of the letter' },
  letterError: {
    fa: 'شمارهٔ نامه خالی است. شماره را از بالای نامه بنویسید.',
    en: 'The number is empty. Copy it from the letter.',
  },
  letterDay: { fa: 'تاریخ نامه', en: 'Day of the letter' },
  budgetYear: { fa: 'سال بودجه', en: 'Budget year' },
  amount: { fa: 'مبلغ ابلاغ', en: 'Notified sum' },
  bank: { fa: 'بانک عامل', en: 'Agent bank' },
  note: { fa: 'یادداشت', en: 'Note' },
  send: { fa: 'ثبت ابلاغ', en: 'Record the notification' },
  ask: { fa: 'پس‌گرفتن پیشنهاد', en: 'Withdraw the proposal' },
  askBody: {
    fa: 'پیشنهاد برش از دستور کار برداشته می‌شود و در روند پرونده می‌ماند. هر زمان می‌توانید پیشنهاد تازه بدهید.',
    en: 'The proposal leaves the agenda and stays in the course of the case. You can propose anew at any time.',
  },
  refer: { fa: 'معرفی به بانک', en: 'Refer to the bank' },
  addDocument: { fa: 'افزودن سند', en: 'Add a document' },
  withdraw: { fa: 'پس‌گرفتن به خواست متقاضی', en: 'Withdraw at the applicant’s wish' },
  correct: { fa: 'اصلاح متن', en: 'Correct the text' },
  secondSignature: { fa: 'امضای دوم', en: 'Second signature' },
  refusedBecause: {
    fa: 'هنوز نه: امضای نخست میراث فرهنگی نرسیده است (شرط ۴).',
    en: 'Not yet: the first signature of Cultural Heritage is missing (condition 4).',
  },
  infoTitle: {
    fa: 'برش تازه پس از تصویب کارگروه اثر می‌کند.',
    en: 'The new slicing takes effect once the group has resolved it.',
  },
  infoBody: { fa: 'تا آن زمان برش پیشین برقرار است.', en: 'Until then the former one holds.' },
  greenTitle: { fa: 'ابلاغ ثبت شد و به دفتر رفت.', en: 'The notification was recorded and posted.' },
  amberTitle: {
    fa: '۵٫۸ میلیارد تومان نظرآباد تا پایان مهلت می‌ماند.',
    en: '5.8 billion toman of Nazarabad will be left at the deadline.',
  },
  amberBody: { fa: 'پیشنهاد جابه‌جایی اعتبار آماده است.', en: 'A draft reallocation is ready.' },
  emptyTitle: { fa: 'هنوز ابلاغی ثبت نشده است', en: 'No notification yet' },
  emptyBody: {
    fa: 'نامهٔ ابلاغ را که ثبت کنید، اعتبار در همین جا با برش‌هایش دیده می‌شود.',
    en: 'Once you record the letter, the credit appears here with its slices.',
  },
  tracking: { fa: 'شمارهٔ رهگیری', en: 'Tracking number' },
  applicant: { fa: 'متقاضی', en: 'Applicant' },
  applicantValue: {
    fa: 'متقاضی نمونه · زن سرپرست خانوار · دهک ۳',
    en: 'Sample applicant · head of household · decile 3',
  },
  asked: { fa: 'استعلام', en: 'Inquiry' },
  onTime: { fa: 'به‌هنگام', en: 'On time' },
  leftOver: { fa: 'ماندهٔ محتمل ۵٫۸', en: 'Likely left 5.8' },
  silent: { fa: 'شعبه ۴۱ روز بی‌پاسخ', en: 'Branch silent for 41 days' },
  inBranch: { fa: '۱۱ پرونده در شعبه', en: '11 cases at the branch' },
} as const satisfies Record<string, Bilingual>;

export const countyNames = {
  karaj: { fa: 'کرج', en: 'Karaj' },
  savojbolagh: { fa: 'ساوجبلاغ', en: 'Savojbolagh' },
  nazarabad: { fa: 'نظرآباد', en: 'Nazarabad' },
  fardis: { fa: 'فردیس', en: 'Fardis' },
  eshtehard: { fa: 'اشتهارد', en: 'Eshtehard' },
  chaharbagh: { fa: 'چهارباغ', en: 'Chaharbagh' },
  taleqan: { fa: 'طالقان', en: 'Taleqan' },
} as const satisfies Record<string, Bilingual>;

export const bankNames = {
  melliCentral: { fa: 'بانک ملی، مرکزی', en: 'Melli, central' },
  post: { fa: 'پست‌بانک', en: 'Post Bank' },
  locked: { fa: 'قفل تعاونی‌ها', en: 'Locked for cooperatives' },
  taavon: { fa: 'توسعهٔ تعاون', en: 'Tose’e Ta’avon' },
  keshavarzi: { fa: 'بانک کشاورزی', en: 'Keshavarzi' },
  melli: { fa: 'بانک ملی', en: 'Bank Melli' },
} as const satisfies Record<string, Bilingual>;

export const refusalText: Bilingual = {
  fa: 'از برش نظرآباد ۲٫۱ میلیارد تومان آزاد مانده و شما ۳ میلیارد خواسته‌اید. مبلغ را کم کنید یا جابه‌جایی اعتبار بخواهید.',
  en: '2.1 billion toman of Nazarabad’s slice are open and you asked for 3 billion. Lower the sum or ask for a reallocation.',
};

export const statementText: Bilingual = {
  fa: 'سهم استان از اعتبار مشاغل خانگی امسال از ۹۸ میلیارد تومان گذشته و برش شهرستان‌ها نهایی شده است. یک‌چهارم آن برای تعاونی‌ها کنار گذاشته شده و تا پایان سال پرداخت می‌شود. تاکنون ۳۷۱ میلیارد تومان به ۶۱۲ متقاضی رسیده و ۲۱۴ طرح دیگر در بانک است.\nشمار رشته‌های مصوب از ۵۲۱ بیشتر شده و سهم ساختمان از حوادث کار ۱۷ درصد بوده است. این نشست به ریاست مدیرکل در طبقهٔ ۳ برگزار شد.',
  en: 'The province’s share of this year’s home-job credit exceeds 98 billion toman and its slicing is final. A quarter of it is set aside for cooperatives and will be paid by the end of the year. So far 371 billion toman have reached 612 applicants, and 214 more plans are with the bank.\nApproved occupations now exceed 521, and construction had 17 percent of work accidents. The meeting was held on floor 3.',
};

/** A figure of the text by its words, with what a check would say of it. */
type MarkSample = {
  readonly words: Bilingual;
  readonly verdict: 'supported' | 'contradicted' | 'ambiguous' | 'promise' | 'no_record' | 'not_a_claim';
  readonly heading: Bilingual;
  readonly reason: Bilingual;
  readonly records?: Bilingual;
};

export const markSamples: readonly MarkSample[] = [
  {
    words: { fa: '۹۸ میلیارد تومان', en: '98 billion toman' },
    verdict: 'supported',
    heading: { fa: '۹۸٫۵ میلیارد تومان ابلاغ‌شده', en: '98.5 billion toman notified' },
    reason: {
      fa: '«از … گذشته» با ابلاغ ۲۱ خرداد ۱۴۰۲ می‌خواند.',
      en: '“Exceeds” agrees with the notification of 21 Khordad 1402.',
    },
    records: { fa: '۲ سند ابلاغ', en: '2 notifications' },
  },
  {
    words: { fa: 'تا پایان سال پرداخت می‌شود', en: 'will be paid by the end of the year' },
    verdict: 'promise',
    heading: { fa: 'سهم تعاونی‌ها', en: 'the cooperatives’ share' },
    reason: {
      fa: '۲۴٫۳۵ میلیارد تومان قفل شد؛ تا امروز ۸٫۱ میلیارد پرداخت شده.',
      en: '24.35 billion toman were locked; 8.1 billion are paid so far.',
    },
    records: { fa: 'حساب قفل', en: 'the locked account' },
  },
  {
    words: { fa: '۳۷۱ میلیارد تومان', en: '371 billion toman' },
    verdict: 'contradicted',
    heading: { fa: 'ده برابر شده است', en: 'ten times too much' },
    reason: {
      fa: 'پرداخت تأییدشده ۳۷٫۱ میلیارد تومان است. ۳۷۱ میلیارد ریال درست بود: ریال و تومان جابه‌جا شده.',
      en: 'Confirmed payments are 37.1 billion toman. 371 billion rial were right: rial and toman were exchanged.',
    },
    records: { fa: '۶۱۲ پرداخت', en: '612 payments' },
  },
  {
    words: { fa: '۶۱۲ متقاضی', en: '612 applicants' },
    verdict: 'supported',
    heading: { fa: '۶۱۲ نفر', en: '612 persons' },
    reason: {
      fa: 'برابر با شمار گیرندگان پرداخت تأییدشده.',
      en: 'Equals the recipients of confirmed payments.',
    },
  },
  {
    words: { fa: '۵۲۱', en: '521' },
    verdict: 'no_record',
    heading: { fa: 'رشته‌های مصوب', en: 'approved occupations' },
    reason: {
      fa: 'فهرست رشته‌ها برای این تاریخ ثبت نشده است.',
      en: 'The catalogue of that date is not recorded.',
    },
  },
  {
    words: { fa: '۱۷ درصد', en: '17 percent' },
    verdict: 'ambiguous',
    heading: { fa: 'سهم یا کاهش', en: 'share or fall' },
    reason: {
      fa: 'سهم ساختمان از حوادث ۱۶٫۸ درصد است؛ کاهش آن ۹ درصد. کدام منظور است؟',
      en: 'Construction has 16.8 percent of accidents; they fell by 9. Which is meant?',
    },
  },
  {
    words: { fa: '۳ ', en: '3.' },
    verdict: 'not_a_claim',
    heading: { fa: 'شمارهٔ طبقه', en: 'a floor' },
    reason: { fa: 'شماره است، نه مقدار.', en: 'A number of a place, not a quantity.' },
  },
];

export const caseTexts = {
  asked: { fa: 'ثبت درخواست', en: 'Request recorded' },
  applicantPhone: { fa: 'متقاضی، از تلفن همراه', en: 'Applicant, by phone' },
  identity: { fa: 'استعلام هویت و دهک پاسخ داد', en: 'Identity and decile answered' },
  automatic: { fa: 'خودکار', en: 'Automatic' },
  returned: { fa: 'برگشت برای اصلاح', en: 'Returned for correction' },
  returnedWhy: { fa: 'نشانی کارگاه ناقص است.', en: 'The address of the workshop is incomplete.' },
  officer: { fa: 'کارشناس شهرستان', en: 'County officer' },
  corrected: { fa: 'اصلاح شد', en: 'Corrected' },
  waiting: {
    fa: 'در انتظار امضای نخست · میراث فرهنگی',
    en: 'Waiting for the first signature · Cultural Heritage',
  },
  sevenDays: { fa: 'وعدهٔ ۷ روز کاری', en: 'promised in 7 working days' },
  remind: { fa: 'یادآوری به دستگاه', en: 'Remind the agency' },
  noSignature: {
    fa: 'امضای نخست میراث فرهنگی نرسیده است (شرط ۴).',
    en: 'the first signature of Cultural Heritage is missing (condition 4).',
  },
  noLicence: { fa: 'مجوز صادر نشده است.', en: 'the licence is not issued.' },
} as const satisfies Record<string, Bilingual>;

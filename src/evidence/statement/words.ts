import type { Bilingual } from '#kernel/indicator.ts';
import type { Verdict } from '../contract.ts';

/** What each verdict means, beside its sign in the help of the form. */
export const verdictMeanings = {
  supported: {
    fa: 'سند همین را می‌گوید؛ با گردکردن، یا با همان «بیش از» و «حدود» جمله.',
    en: 'The record says so: rounded as printed, or within “over” and “about” of the sentence.',
  },
  contradicted: {
    fa: 'سند چیز دیگری می‌گوید. اگر ریال و تومان جابه‌جا شده باشد، دلیل آن را می‌گوید.',
    en: 'The record says otherwise. If rial and toman were mixed up, the reason says so.',
  },
  ambiguous: {
    fa: 'دو گونه خوانده می‌شود، یا درست است ولی از سند دور است.',
    en: 'It reads in two ways, or is true but far from the record.',
  },
  promise: {
    fa: 'هنوز نشده است؛ دلیل می‌گوید تاکنون چه اندازه پیش رفته.',
    en: 'Not done yet; the reason says how far it has come.',
  },
  no_record: {
    fa: 'سندی نیست که این رقم را بسنجد.',
    en: 'There is no record to hold it against.',
  },
  not_a_claim: {
    fa: 'تاریخ، شماره یا نام است و چیزی را نمی‌شمارد.',
    en: 'A date, number or name that counts nothing.',
  },
} as const satisfies Record<Verdict, Bilingual>;

/** The units of a finding, as a column of a file names them. */
export const unitLabels = {
  rial: { fa: 'ریال', en: 'rial' },
  percent: { fa: 'درصد', en: 'percent' },
  count: { fa: 'شمار', en: 'count' },
} as const satisfies Record<string, Bilingual>;

export const statementLabels = {
  checked: { fa: 'سنجش متن', en: 'The text, checked' },
  help: {
    fa: 'متن خبر یا سخنرانی را بچسبانید تا هر رقم آن با سندهای استان سنجیده شود.',
    en: 'Paste a news item or a talk, and each of its figures is held against the records of the province.',
  },
  text: { fa: 'متن بیانیه', en: 'Statement' },
  textHint: {
    fa: 'بی کم‌وکاست. متن در کارساز ذخیره نمی‌شود؛ برای همین نتیجه نشانی ندارد و با چاپ یا خروجی نگه داشته می‌شود.',
    en: 'The whole of it. Karsaz does not store the text: the result has no address of its own, so keep it by printing or exporting.',
  },
  noText: {
    fa: 'متنی برای سنجیدن نیست؛ متن بیانیه را در این کادر بچسبانید.',
    en: 'There is no text to check: paste the statement into this box.',
  },
  noProvince: {
    fa: 'بگویید متن از کدام استان است تا با سندهای همان سنجیده شود.',
    en: 'Choose the province whose statement this is, to hold it against its records.',
  },
  published: { fa: 'روز انتشار', en: 'Published on' },
  publishedHint: {
    fa: 'مانند ۱۴۰۲/۱۰/۱۵؛ سندهای پس از آن روز شمرده نمی‌شود. اگر ندانید خالی بگذارید.',
    en: 'Such as 1402/10/15; records after that day do not count. Leave it empty if unknown.',
  },
  run: { fa: 'سنجیدن رقم‌ها', en: 'Check the figures' },
  running: { fa: 'رقم‌ها با سندها سنجیده می‌شود…', en: 'Holding the figures against the records…' },
  clear: { fa: 'پاک‌کردن متن', en: 'Clear the text' },
  samples: { fa: 'متن نمونه:', en: 'Sample text:' },
  verdicts: { fa: 'شش داوری', en: 'Six verdicts' },
  edit: { fa: 'ویرایش متن', en: 'Edit the text' },
  export: { fa: 'خروجی', en: 'Export' },
  copy: { fa: 'رونوشت متن و داوری‌ها', en: 'Copy text and verdicts' },
  copied: { fa: 'رونوشت برداشته شد.', en: 'Copied.' },
  notCopied: {
    fa: 'مرورگر رونوشت را نپذیرفت؛ از خروجی CSV یا چاپ استفاده کنید.',
    en: 'The browser refused to copy; take the CSV or print.',
  },
  saveCsv: { fa: 'یافته‌ها، CSV', en: 'Findings, CSV' },
  saveJson: { fa: 'یافته‌ها، JSON', en: 'Findings, JSON' },
  print: { fa: 'چاپ با حاشیه', en: 'Print with notes' },
  recordsUntil: { fa: 'سندها تا', en: 'Records as of' },
  publishedOn: { fa: 'انتشار', en: 'Published' },
  undated: { fa: 'بی‌تاریخ', en: 'undated' },
  filter: { fa: 'نمایش بر پایهٔ داوری', en: 'Show by verdict' },
  all: { fa: 'همه', en: 'All' },
  next: { fa: 'رقم بعدی', en: 'Next figure' },
  previous: { fa: 'رقم پیشین', en: 'Previous figure' },
  keys: {
    fa: 'کلیدهای چپ و راست از رقمی به رقم دیگر می‌برند.',
    en: 'The left and right arrow keys go from figure to figure.',
  },
  claims: { fa: 'ادعا', en: 'claims' },
  figure: { fa: 'رقم', en: 'Figure' },
  verdict: { fa: 'داوری', en: 'Verdict' },
  indicator: { fa: 'شاخص', en: 'Indicator' },
  unit: { fa: 'واحد', en: 'Unit' },
  reason: { fa: 'دلیل', en: 'Reason' },
  noFigures: { fa: 'رقمی در این متن پیدا نشد', en: 'No figure was found in this text' },
  noFiguresHelp: {
    fa: 'عدد و واژه‌های عددی («شصت میلیارد») خوانده می‌شود. متنی با رقم بچسبانید.',
    en: 'Digits and number words are read. Paste a text with figures.',
  },
  seeRecords: { fa: 'دیدن سندها', en: 'See the records' },
  growth: {
    fa: 'رشد نسبت به سال پیش از آن سنجیده شده؛ این‌ها سندهای خود سال است.',
    en: 'The change against the year before was checked; these are the records of the year itself.',
  },
} as const satisfies Record<string, Bilingual>;

import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { factForms } from '../person/words.ts';
import type { RosterRefusal, RosterState } from './contract.ts';

export const rosterStateWords = {
  received: { fa: 'در حال بررسی', en: 'Being checked' },
  checked: { fa: 'بررسی شد؛ منتظر ثبت', en: 'Checked, not taken in yet' },
  waiting: { fa: 'در حال ثبت', en: 'Being taken in' },
  taken: { fa: 'ثبت شد', en: 'Taken in' },
  dropped: { fa: 'کنار گذاشته شد', en: 'Dropped' },
  unreadable: { fa: 'خوانده نشد', en: 'Could not be read' },
} as const satisfies Record<RosterState, Bilingual>;

export const rosterRefusalWords = {
  RosterMissing: () => ({
    fa: 'چنین فهرستی در دامنهٔ دید شما نیست.',
    en: 'There is no such list in your scope.',
  }),
  RosterNotChecked: ({ state }) => ({
    fa: `این فهرست اکنون «${rosterStateWords[state].fa}» است؛ تنها فهرست بررسی‌شده را می‌توان ثبت کرد یا کنار گذاشت.`,
    en: `This list is “${rosterStateWords[state].en}”: only a checked one can be taken in or dropped.`,
  }),
  RosterEmpty: () => ({
    fa: 'هیچ سطر درستی در این فهرست نیست؛ پروندهٔ خطاها را بگیرید، سطرها را درست کنید و دوباره بفرستید.',
    en: 'No row of this list is right: take the file of errors, mend the rows and send it again.',
  }),
  RosterOtherContent: () => ({
    fa: 'با همین شناسه فهرست دیگری رسیده است و این یکی نگه داشته نشد؛ صفحه را از نو باز کنید و دوباره بفرستید.',
    en: 'Another list came under the same id, and this one was not kept: open the page anew and send it again.',
  }),
  RosterInFuture: () => ({
    fa: 'روز فهرست هنوز نرسیده است؛ روزی تا امروز بنویسید.',
    en: 'The day of the list has not come: give a day up to today.',
  }),
} as const satisfies {
  [Kind in RosterRefusal['kind']]: (refusal: Extract<RosterRefusal, { kind: Kind }>) => Bilingual;
};

type Told = { readonly title: Bilingual; readonly written: string };

/** What is wrong with a cell beyond what any sheet can tell, naming the field and how it must be. */
export const rowFaultWords = {
  national_id: ({ written }: Told) => ({
    fa: `کد ملی «${written}» درست نیست؛ رقم کنترل آن نمی‌خواند.`,
    en: `The national id “${written}” is not right: its check digit does not agree.`,
  }),
  legal_id: ({ written }: Told) => ({
    fa: `شناسهٔ ملی «${written}» درست نیست؛ یازده رقم با رقم کنترل است.`,
    en: `The id “${written}” is not right: eleven digits, the last of which checks the others.`,
  }),
  twice: ({ written }: Told) => ({
    fa: `این شناسه در سطر ${persianDigits(written)} همین فهرست هم آمده است؛ یکی را بردارید.`,
    en: `The same id stands in row ${written} of this list: take one out.`,
  }),
  county: ({ written }: Told) => ({
    fa: `شهرستان «${written}» در این استان نیست؛ نام یا کد چهاررقمی آن را بنویسید.`,
    en: `“${written}” is no county of this province: give its name or its code of four digits.`,
  }),
  too_early: ({ title, written }: Told) => ({
    fa: `«${title.fa}» پیش از سال ۱۲۷۹ خورشیدی است («${written}»)؛ روز را بازبینی کنید.`,
    en: `“${title.en}” is before 1900 (“${written}”): look at the day again.`,
  }),
  future: ({ title, written }: Told) => ({
    fa: `«${title.fa}» (${written}) هنوز نرسیده است.`,
    en: `“${title.en}” (${written}) has not come yet.`,
  }),
  after_list: ({ title, written }: Told) => ({
    fa: `«${title.fa}» (${written}) پس از روز این فهرست است؛ یکی از دو روز را بازبینی کنید.`,
    en: `“${title.en}” (${written}) is after the day of this list: look at one of the two again.`,
  }),
  other_name: ({ title }: Told) => ({
    fa: `این شناسه در استان با نام دیگری ثبت شده است؛ «${title.fa}» را با کارت ملی بسنجید.`,
    en: `The id is kept in the province under another name: compare “${title.en}” with the card.`,
  }),
  erased: () => ({
    fa: 'اطلاعات این شخص به حکم قانون پاک شده است و چیزی به آن افزوده نمی‌شود.',
    en: 'The facts of this person were lawfully erased; nothing is added to them.',
  }),
} as const;

export const formFault = (kind: keyof typeof factForms, { title, written }: Told): Bilingual => ({
  fa: `«${title.fa}» («${written}») خوانده نشد؛ باید چنین باشد: ${factForms[kind].fa}.`,
  en: `“${title.en}” (“${written}”) cannot be read: it must be ${factForms[kind].en}.`,
});

export const rosterLabels = {
  rosters: { fa: 'ورود فهرست', en: 'Lists taken in' },
  lead: {
    fa: 'فهرست را از صفحهٔ گسترده (‎.xlsx یا ‎.csv) بفرستید؛ نخست بررسی می‌شود و چیزی ثبت نمی‌شود تا خودتان بگویید.',
    en: 'Send a list as a spreadsheet (.xlsx or .csv). It is checked first; nothing is stored until you say so.',
  },
  send: { fa: 'فرستادن و بررسی', en: 'Send and check' },
  file: { fa: 'پرونده', en: 'File' },
  fileHint: {
    fa: 'تا ۱۲۰ هزار سطر. ستون‌ها به هر ترتیب؛ «کد ملی»، «نام»، «نام خانوادگی» و «شهرستان» لازم‌اند.',
    en: 'Up to 120,000 rows. Columns in any order; national id, names and county are needed.',
  },
  chooseFile: { fa: 'پرونده و روز فهرست را برگزینید.', en: 'Choose the file and the day of the list.' },
  template: { fa: 'نمونهٔ خالی', en: 'Empty sample' },
  toldOn: { fa: 'روز فهرست', en: 'Day of the list' },
  toldOnHint: {
    fa: 'روزی که دستگاه این اطلاعات را داده است؛ روز استعلام هر اطلاع می‌شود.',
    en: 'The day on which the body told this; it becomes the day of inquiry of each fact.',
  },
  none: { fa: 'هنوز فهرستی فرستاده نشده است', en: 'No list was sent yet' },
  noneBody: {
    fa: 'فهرست مددجویان یک نهاد یا متقاضیان یک شهرستان را بفرستید تا اینجا بیاید.',
    en: 'Send the list of a body’s clients or of a county’s applicants, and it appears here.',
  },
  rows: { fa: 'سطر', en: 'Rows' },
  bad: { fa: 'سطر نادرست', en: 'Bad rows' },
  good: { fa: 'سطر درست', en: 'Good rows' },
  entered: { fa: 'شخص تازه', en: 'New persons' },
  known: { fa: 'از پیش شناخته', en: 'Known before' },
  facts: { fa: 'اطلاع تازه', en: 'New facts' },
  state: { fa: 'وضع', en: 'State' },
  sentAt: { fa: 'فرستاده در', en: 'Sent at' },
  take: { fa: 'ثبت سطرهای درست', en: 'Take the good rows in' },
  drop: { fa: 'کنار گذاشتن', en: 'Drop the list' },
  errorFile: { fa: 'پروندهٔ خطاها', en: 'File of errors' },
  errorFileHint: {
    fa: 'همان سطرهای نادرست با دلیل هر یک؛ آن‌ها را درست کنید و همین پرونده را دوباره بفرستید.',
    en: 'The bad rows with their reasons: mend them and send this very file again.',
  },
  faults: { fa: 'سطرهای نادرست', en: 'Bad rows' },
  firstFaults: { fa: 'نخستین سطرهای نادرست', en: 'The first bad rows' },
  noFaults: { fa: 'سطر نادرستی نیست', en: 'There is no bad row' },
  sample: {
    fa: 'پیش‌نمایش: نخستین سطرهای درست، آن‌گونه که خوانده شد',
    en: 'Preview: the first good rows as read',
  },
  line: { fa: 'سطر', en: 'Row' },
  reasons: { fa: 'دلیل', en: 'Reason' },
  progress: { fa: 'پیشرفت', en: 'Progress' },
  open: { fa: 'بازکردن', en: 'Open' },
  lineColumn: { fa: 'سطر در پروندهٔ پیشین', en: 'Row in the earlier file' },
  reasonColumn: { fa: 'دلیل رد', en: 'Why it was refused' },
  unreadable: { fa: 'این پرونده خوانده نشد', en: 'This file could not be read' },
} as const;

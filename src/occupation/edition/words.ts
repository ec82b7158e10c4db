import type { CaseWords } from '#casework/contract.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { EditionRefusal, EditionState, FaultKind, RowFault } from './contract.ts';

const faDay = (day: string): string => persianDigits(day.replaceAll('-', '/'));
const faNumber = (count: number): string => persianDigits(String(count));

export const editionRefusalWords = {
  EditionMissing: () => ({
    fa: 'چنین ویرایشی از فهرست رشته‌ها نیست. آن را از صفحهٔ ویرایش‌ها برگزینید.',
    en: 'There is no such edition of the list of occupations. Choose one on the page of editions.',
  }),
  EditionFileWrong: ({ faults, firstRow }) => ({
    fa: `فهرست ${faNumber(faults)} خطا دارد و ثبت نشد؛ نخستین خطا در سطر ${faNumber(firstRow)} است. خطاها را در پیش‌نمایش ببینید، فایل را درست کنید و دوباره بفرستید.`,
    en: `The list has ${faults} faults and was not entered; the first is in row ${firstRow}. See them in the preview, mend the file and send it again.`,
  }),
  EditionOfDayStands: ({ inForceFrom, nameFa }) => ({
    fa: `از روز ${faDay(inForceFrom)} ویرایش دیگری («${nameFa}») برقرار است؛ برای این ویرایش روزی پس از آن برگزینید.`,
    en: `Another edition ("${nameFa}") is in force from ${inForceFrom} (Jalali): choose a later day for this one.`,
  }),
  EditionNeedsSecondPerson: () => ({
    fa: 'این ویرایش را خودتان پیشنهاد کرده‌اید؛ انتشار آن با شخص دیگری است.',
    en: 'You proposed this edition yourself: another person publishes it.',
  }),
} as const satisfies {
  [Kind in EditionRefusal['kind']]: (refusal: Extract<EditionRefusal, { kind: Kind }>) => Bilingual;
};

export const faultWords = {
  CodeUnknown: ({ value }) => ({
    fa: `رشته‌ای با کد «${persianDigits(value)}» نداریم؛ برای رشتهٔ تازه کد را خالی بگذارید.`,
    en: `No occupation has the code "${value}": leave it empty for a new one.`,
  }),
  CategoryNotKnown: ({ value }) => ({
    fa: `رسته‌ای به نام «${value}» نداریم؛ نام آن را از فهرست رسته‌ها بردارید.`,
    en: `There is no category "${value}": take its name from the list of categories.`,
  }),
  BodyNotKnown: ({ value }) => ({
    fa: `دستگاهی به نام «${value}» نداریم؛ نام آن را از فهرست دستگاه‌ها بردارید.`,
    en: `There is no body "${value}": take its name from the list of agencies.`,
  }),
  TitleTwice: ({ firstRow }) => ({
    fa: `این رشته پیش‌تر در سطر ${faNumber(firstRow ?? 1)} آمده است.`,
    en: `This occupation stands in row ${firstRow ?? 1} already.`,
  }),
  CodeTwice: ({ firstRow }) => ({
    fa: `این کد پیش‌تر در سطر ${faNumber(firstRow ?? 1)} آمده است.`,
    en: `This code stands in row ${firstRow ?? 1} already.`,
  }),
} as const satisfies Record<FaultKind, (fault: RowFault) => Bilingual>;

export const editionStateWords = {
  proposed: { fa: 'در انتظار انتشار', en: 'waits for publication' },
  published: { fa: 'منتشرشده', en: 'published' },
  withdrawn: { fa: 'پس‌گرفته', en: 'withdrawn' },
} as const satisfies Record<EditionState, Bilingual>;

export const editionActWords = {
  propose: { fa: 'پیشنهاد ویرایش', en: 'propose the edition' },
  publish: { fa: 'انتشار', en: 'publish' },
  withdraw: { fa: 'پس‌گرفتن', en: 'withdraw' },
} as const satisfies Record<string, Bilingual>;

/** Texts of the pages of editions. */
export const editionLabels = {
  lead: {
    fa: 'فهرست رشته‌ها را ستاد مصوب می‌کند. هر ویرایش را یک نفر وارد و نفر دیگری منتشر می‌کند و از روز خود برقرار است.',
    en: 'The headquarters approves the list. One person enters an edition, another publishes it, and it is in force from its day.',
  },
  name: { fa: 'نام فهرست', en: 'Name of the list' },
  nameEn: { fa: 'نام لاتین', en: 'English name' },
  decision: { fa: 'شمارهٔ مصوبه', en: 'Decision' },
  inForceFrom: { fa: 'از روز', en: 'In force from' },
  count: { fa: 'شمار رشته‌ها', en: 'Occupations' },
  state: { fa: 'وضعیت', en: 'State' },
  inForce: { fa: 'برقرار', en: 'in force' },
  compare: { fa: 'مقایسهٔ دو ویرایش', en: 'Compare two editions' },
  compareHelp: {
    fa: 'آنچه ویرایش تازه‌تر نسبت به پیشین افزوده، برداشته، نام یا رستهٔ آن را عوض کرده است.',
    en: 'What the newer edition added, removed, renamed or moved to another category.',
  },
  older: { fa: 'ویرایش پیشین', en: 'Earlier edition' },
  newer: { fa: 'ویرایش تازه‌تر', en: 'Newer edition' },
  added: { fa: 'افزوده', en: 'Added' },
  removed: { fa: 'برداشته', en: 'Removed' },
  renamed: { fa: 'تغییر نام', en: 'Renamed' },
  recategorised: { fa: 'تغییر رسته', en: 'Moved category' },
  reassigned: { fa: 'تغییر دستگاه', en: 'Other agency' },
  starred: { fa: 'تغییر تأیید افزون', en: 'Other further approval' },
  unchanged: { fa: 'بی‌تغییر', en: 'Unchanged' },
  kind: { fa: 'گونهٔ تغییر', en: 'Change' },
  from: { fa: 'پیش‌تر', en: 'Before' },
  to: { fa: 'اکنون', en: 'Now' },
  nobody: { fa: 'ندارد', en: 'none' },
  same: { fa: 'این دو ویرایش یکسان‌اند', en: 'The two editions are the same' },
  none: { fa: 'هنوز ویرایشی منتشر نشده است', en: 'No edition is published yet' },
  noneHelp: {
    fa: 'پس از انتشار نخستین فهرست، ویرایش‌ها این‌جا می‌آیند.',
    en: 'Editions will appear here once the first list is published.',
  },
  enter: { fa: 'ورود ویرایش تازه', en: 'Enter a new edition' },
  file: { fa: 'فایل فهرست (‎.xlsx یا ‎.csv)', en: 'File of the list (.xlsx or .csv)' },
  fileHelp: {
    fa: 'ستون‌ها: کد (اختیاری)، عنوان رشته، رسته، دستگاه، تأیید افزون. سطر نخست نام ستون‌هاست.',
    en: 'Columns: Code (optional), Title, Category, Agency, Extra approval. The first row names them.',
  },
  preview: { fa: 'پیش‌نمایش', en: 'Preview' },
  propose: { fa: 'پیشنهاد ویرایش', en: 'Propose the edition' },
  publish: { fa: 'انتشار', en: 'Publish' },
  withdraw: { fa: 'پس‌گرفتن', en: 'Withdraw' },
  yours: {
    fa: 'پیشنهاد خودتان است؛ انتشار با شخص دیگری است.',
    en: 'You proposed it: another person publishes it.',
  },
  faults: { fa: 'خطاهای فایل', en: 'Faults of the file' },
  row: { fa: 'سطر', en: 'Row' },
  column: { fa: 'ستون', en: 'Column' },
  value: { fa: 'مقدار', en: 'Value' },
  fault: { fa: 'خطا', en: 'Fault' },
  faultFile: { fa: 'خطاهای-فهرست', en: 'faults-of-list' },
  right: { fa: 'فایل درست است و این تغییرها را می‌آورد', en: 'The file is right and brings these changes' },
  fileMissing: { fa: 'فایل را برگزینید.', en: 'Choose the file.' },
  nameMissing: { fa: 'نام فهرست را بنویسید.', en: 'Write the name of the list.' },
  decisionMissing: { fa: 'شمارهٔ مصوبه را بنویسید.', en: 'Write the number of the decision.' },
  dayMissing: { fa: 'روز آغاز اعتبار را بنویسید.', en: 'Write the day from which it is in force.' },
} as const satisfies Record<string, Bilingual>;

/** How the case of an edition is called in the inbox. */
export const editionCaseWords: CaseWords = {
  title: { fa: 'ویرایش فهرست رشته‌ها', en: 'Edition of the list of occupations' },
  states: {
    proposed: {
      title: { fa: 'پیشنهادشده', en: 'Proposed' },
      told: {
        fa: 'ویرایش تازه منتظر انتشار با شخص دیگری است.',
        en: 'The edition waits for another person to publish it.',
      },
    },
    published: {
      title: { fa: 'منتشرشده', en: 'Published' },
      told: { fa: 'ویرایش تازه منتشر شده است.', en: 'The edition is published.' },
    },
    withdrawn: {
      title: { fa: 'پس‌گرفته', en: 'Withdrawn' },
      told: { fa: 'ویرایش پیشنهادی پس گرفته شده است.', en: 'The proposed edition was withdrawn.' },
    },
  },
  acts: {
    propose: { fa: 'پیشنهاد ویرایش', en: 'Propose the edition' },
    publish: { fa: 'انتشار', en: 'Publish' },
    withdraw: { fa: 'پس گرفتن', en: 'Withdraw' },
  },
};

import { beneficiaryWords, programmeWords, shareWords } from '#credit/words.ts';
import type { Bilingual } from '#kernel/indicator.ts';

type DimensionWords = { readonly title: Bilingual; readonly values: Readonly<Record<string, Bilingual>> };

/**
 * The columns by which records are narrowed, in words. The names of categories come from their catalogue; a
 * value that has no word here is shown as its code.
 */
export const dimensionWords: Readonly<Record<string, DimensionWords>> = {
  programme: { title: { fa: 'برنامه', en: 'Programme' }, values: programmeWords },
  category_key: { title: { fa: 'رسته', en: 'Category' }, values: {} },
  share: { title: { fa: 'حساب', en: 'Account' }, values: shareWords },
  beneficiary_kind: { title: { fa: 'گیرنده', en: 'Receiver' }, values: beneficiaryWords },
  money_kind: {
    title: { fa: 'نوع مبلغ', en: 'Kind of sum' },
    values: { capital: { fa: 'سرمایه', en: 'capital' } },
  },
};

export const recordsLabels = {
  value: { fa: 'مقدار', en: 'Value' },
  count: { fa: 'سند', en: 'records' },
  all: { fa: 'همهٔ', en: 'All' },
  budgetYear: { fa: 'سال بودجه', en: 'Budget year' },
  happenedYear: { fa: 'سال انجام', en: 'Year of the deed' },
  standingYear: { fa: 'پایان سال', en: 'End of the year' },
  from: { fa: 'از روز', en: 'From' },
  until: { fa: 'تا پایان روز', en: 'Until the end of' },
  without: { fa: 'به جز', en: 'Without' },
  counted: { fa: 'شناسهٔ گیرنده', en: 'Receiver’s id' },
  record: { fa: 'شناسهٔ سند', en: 'Record’s id' },
  day: { fa: 'روز انجام', en: 'Day of the deed' },
  county: { fa: 'شهرستان', en: 'County' },
  amount: { fa: 'مقدار در رقم', en: 'Amount in the figure' },
  rials: { fa: 'ریال', en: 'rials' },
  sumLoaded: { fa: 'جمع این ردیف‌ها', en: 'Sum of these rows' },
  sumAll: { fa: 'جمع همهٔ سندها', en: 'Sum of all records' },
  addsUp: {
    fa: 'همهٔ سندها بارگذاری شده و جمع آن‌ها برابر مقدار بالاست.',
    en: 'All records are loaded, and they add up to the value above.',
  },
  countsUp: {
    fa: 'همهٔ سندها بارگذاری شده و شمار گیرندگان آن‌ها، هر یک یک بار، برابر مقدار بالاست.',
    en: 'All records are loaded, and their receivers, each counted once, are the value above.',
  },
  doesNotAddUp: {
    fa: 'جمع سندها با مقدار بالا نمی‌خواند؛ شاید میان دو درخواست سندی ثبت شده است. فهرست را از نو بخوانید.',
    en: 'The records do not add up to the value above; one may have been added in between. Read the list anew.',
  },
  allCsv: { fa: 'همهٔ سندها، CSV', en: 'All records, CSV' },
  noRecords: { fa: 'سندی با این مشخصات نیست', en: 'There is no such record' },
  noRecordsHelp: {
    fa: 'وقتی کاری با این شرط‌ها ثبت شود، سند آن همین‌جا می‌آید.',
    en: 'Once a deed with these conditions is recorded, it appears here.',
  },
  noAddress: {
    fa: 'این نشانی نمی‌گوید سندهای کدام استان؛ آن را از نتیجهٔ سنجش باز کنید.',
    en: 'The address does not name a province; open it from a checked statement.',
  },
  ratio: { fa: 'این درصد از تقسیم دو رقم است', en: 'This percentage is one figure over another' },
  ratioHelp: { fa: 'هر رقم فهرست سندهای خود را دارد.', en: 'Each figure has its own list of records.' },
  numerator: { fa: 'صورت', en: 'Numerator' },
  denominator: { fa: 'مخرج', en: 'Denominator' },
} as const satisfies Record<string, Bilingual>;

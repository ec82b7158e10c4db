import { isoOf, partsOf, type Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { groupedDigits, persianDigits } from '#kernel/persian.ts';

export type Language = 'fa' | 'en';

const monthNames = [
  'فروردین',
  'اردیبهشت',
  'خرداد',
  'تیر',
  'مرداد',
  'شهریور',
  'مهر',
  'آبان',
  'آذر',
  'دی',
  'بهمن',
  'اسفند',
];

/** «۳۱ مرداد ۱۴۰۲» or an ISO day, as a printed page has it. */
export function printedDay(day: Day, language: Language): string {
  if (language === 'en') return isoOf(day);
  const { year, month, dayOfMonth } = partsOf(day);
  return persianDigits(`${dayOfMonth} ${monthNames[month - 1] ?? ''} ${year}`);
}

/** Whole rials with thousands separators. */
export const printedRials = (rials: bigint | string, language: Language): string =>
  language === 'fa' ? groupedDigits(rials) : BigInt(rials).toLocaleString('en');

export const printedCount = (count: number, language: Language): string =>
  language === 'fa' ? persianDigits(String(count)) : String(count);

export const exportLabels = {
  overview: { fa: 'خطوط اعتباری', en: 'Credit lines' },
  tree: { fa: 'برش‌های خط اعتباری', en: 'Slices of the credit line' },
  line: { fa: 'خط اعتباری', en: 'Credit line' },
  place: { fa: 'برش', en: 'Slice' },
  amount: { fa: 'مبلغ (ریال)', en: 'Sum (rials)' },
  open: { fa: 'آزاد', en: 'Available' },
  locked: { fa: 'قفل تعاونی‌ها', en: 'Cooperatives’ lock' },
  reserved: { fa: 'رزرو', en: 'Reserved' },
  referred: { fa: 'نزد بانک', en: 'At the bank' },
  contracted: { fa: 'قرارداد', en: 'Contracted' },
  paid: { fa: 'پرداخت تأییدشده', en: 'Paid, confirmed' },
  handedBack: { fa: 'عودت', en: 'Handed back' },
  filter: { fa: 'تنها', en: 'Only' },
  reported: { fa: 'گزارش تأییدنشده', en: 'Reported, not confirmed' },
  jobs: { fa: 'هدف اشتغال', en: 'Job target' },
  deadline: { fa: 'مهلت', en: 'Deadline' },
  state: { fa: 'وضعیت', en: 'State' },
  total: { fa: 'جمع', en: 'Total' },
  province: { fa: 'استان', en: 'Province' },
  asOf: { fa: 'تا روز', en: 'As of' },
  seal: { fa: 'سرِ مُهر', en: 'Head of the seal' },
  sheet: { fa: 'صفحهٔ گسترده', en: 'Spreadsheet' },
  csv: { fa: 'متن (CSV)', en: 'CSV' },
  pdf: { fa: 'PDF', en: 'PDF' },
} as const satisfies Record<string, Bilingual>;

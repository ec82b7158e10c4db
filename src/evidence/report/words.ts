import type { Bilingual } from '#kernel/indicator.ts';
import type { ByKind } from '#kernel/result.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { ReportRefusal, ReportWords } from './contract.ts';

export const reportRefusalWords: ByKind<ReportRefusal, Bilingual> = {
  ReportNotYours: () => ({
    fa: 'سنجش استان‌ها با هم را کسی می‌بیند که همهٔ استان‌ها را می‌بیند؛ گزارش استان خود را باز کنید.',
    en: 'Provinces are compared for those who read them all; open the report of your own province.',
  }),
  TableMissing: ({ table }) => ({
    fa: `این گزارش جدول «${table}» ندارد؛ یکی از جدول‌های همین صفحه را بخواهید.`,
    en: `The report has no table ${table}; ask for one of those on its page.`,
  }),
};

export const performanceTitle = (place: Bilingual, year: number): Bilingual => ({
  fa: `گزارش عملکرد ${place.fa}، سال ${persianDigits(String(year))}`,
  en: `Performance of ${place.en}, ${year}`,
});
export const comparisonTitle = (year: number): Bilingual => ({
  fa: `سنجش استان‌ها، سال ${persianDigits(String(year))}`,
  en: `Comparison of provinces, ${year}`,
});

export const yearTitle = (year: number, part: 'whole' | 'so_far'): Bilingual =>
  part === 'whole'
    ? { fa: `سال ${persianDigits(String(year))}`, en: String(year) }
    : { fa: `${persianDigits(String(year))} تا همین روز`, en: `${year} to the same day` };

/** How a change is reckoned; `isMixed` where one is left out because the two years are of other programmes. */
export function changeNote(part: 'whole' | 'so_far', isMixed: boolean): Bilingual {
  const mixed = {
    fa: ' رقم‌ها جمع همهٔ برنامه‌هاست؛ جایی که برنامه‌های دو سال یکی نیست، تغییر گفته نمی‌شود.',
    en: ' Figures are of all programmes together; where the two years are of other programmes, no change is told.',
  };
  const base =
    part === 'whole'
      ? {
          fa: 'تغییر نسبت به سال پیش؛ برای درصدها، تفاوت به واحد درصد.',
          en: 'Change against the year before; of percentages, the difference in points.',
        }
      : {
          fa: 'تغییر نسبت به همین روزهای سال پیش؛ برای درصدها، تفاوت به واحد درصد.',
          en: 'Change against the same days of the year before; of percentages, the difference in points.',
        };
  return isMixed ? { fa: base.fa + mixed.fa, en: base.en + mixed.en } : base;
}

/** Texts of reports. */
export const reportLabels = {
  reports: { fa: 'گزارش‌ها', en: 'Reports' },
  lead: {
    fa: 'هر رقم از سندهای خود خوانده می‌شود و به فهرست آنها راه دارد؛ صفحه، صفحهٔ گسترده و PDF یک چیز می‌گویند.',
    en: 'Each figure is read from its records and leads to their list; page, spreadsheet and PDF say the same.',
  },
  figures: { fa: 'شاخص‌ها', en: 'Figures' },
  figure: { fa: 'شاخص', en: 'Figure' },
  counties: { fa: 'شهرستان‌ها', en: 'Counties' },
  county: { fa: 'شهرستان', en: 'County' },
  wholeProvince: { fa: 'همهٔ استان', en: 'The whole province' },
  provinces: { fa: 'استان‌ها', en: 'Provinces' },
  province: { fa: 'استان', en: 'Province' },
  allProvinces: { fa: 'همهٔ استان‌ها', en: 'All provinces' },
  year: { fa: 'سال', en: 'Year' },
  years: { fa: 'روند سال‌ها', en: 'Trend over the years' },
  change: { fa: 'تغییر', en: 'Change' },
  rank: { fa: 'رتبه', en: 'Rank' },
  until: { fa: 'تا پایان', en: 'Until the end of' },
  none: { fa: 'برای این سال سندی نیست', en: 'No records of this year' },
  silent: { fa: 'استان در این سال سندی ندارند.', en: 'provinces have no records of this year.' },
  amountsIn: { fa: 'رقم‌ها به', en: 'Amounts in' },
  sheet: { fa: 'صفحهٔ گسترده', en: 'Spreadsheet' },
  pdf: { fa: 'PDF', en: 'PDF' },
  unit: { fa: 'واحد', en: 'Unit' },
  rial: { fa: 'ریال', en: 'rials' },
  count: { fa: 'شمار', en: 'number' },
  percent: { fa: 'درصد', en: 'percent' },
  points: { fa: 'واحد درصد', en: 'points' },
  map: { fa: 'نقشهٔ استان‌ها', en: 'Map of provinces' },
} as const satisfies Record<string, Bilingual>;

export const reportWords: ReportWords = {
  performanceTitle,
  comparisonTitle,
  yearTitle,
  changeNote,
  labels: reportLabels,
};

import type { Bilingual } from '#kernel/indicator.ts';
import type { DatasetRefusal } from './contract.ts';

export const datasetRefusalWords = {
  DatasetMissing: ({ indicator }: { readonly indicator: string }) => ({
    fa: `دادهٔ بازی با نام «${indicator}» نداریم؛ از فهرست داده‌ها برگزینید.`,
    en: `There is no open dataset ${indicator}; choose one of the list.`,
  }),
} as const satisfies { [Kind in DatasetRefusal['kind']]: (refusal: never) => Bilingual };

export const datasetLabels = {
  data: { fa: 'دادهٔ باز', en: 'Open data' },
  dataHelp: {
    fa: 'هر رقم برنامهٔ اعتبار اشتغال به تفکیک استان، شهرستان، سال و برنامه، مستقیم از سندها؛ به صورت CSV و JSON.',
    en: 'Every figure of the employment-credit programme by province, county, year and programme, straight from the records; as CSV and JSON.',
  },
  dataset: { fa: 'مجموعهٔ داده', en: 'Dataset' },
  unit: { fa: 'واحد', en: 'Unit' },
  files: { fa: 'فایل‌ها', en: 'Files' },
  definition: { fa: 'تعریف', en: 'Definition' },
  version: { fa: 'ویرایش تعریف', en: 'Version of the definition' },
  year: { fa: 'سال', en: 'Year' },
  budgetYear: { fa: 'سال بودجه', en: 'budget year' },
  happenedYear: { fa: 'سال انجام', en: 'year of the deed' },
  asOf: { fa: 'خوانده‌شده از سندها در', en: 'Read from the records at' },
  licence: { fa: 'پروانهٔ استفاده', en: 'Licence' },
  licenceHelp: {
    fa: 'با ذکر نام کارساز و نشانی داده، برای هر کاری آزاد است.',
    en: 'Free for any use, with attribution to Karsaz and the address of the dataset.',
  },
  catalogue: { fa: 'فهرست ماشین‌خوان (DCAT)', en: 'Machine-readable catalogue (DCAT)' },
  province: { fa: 'استان', en: 'Province' },
  county: { fa: 'شهرستان', en: 'County' },
  whole: { fa: 'همهٔ استان', en: 'Whole province' },
  rest: { fa: 'شهرستان‌های دیگر', en: 'Other counties' },
  programme: { fa: 'برنامه', en: 'Programme' },
  value: { fa: 'مقدار', en: 'Value' },
  records: { fa: 'سند', en: 'Records' },
  withheld: { fa: 'پوشیده', en: 'withheld' },
  map: { fa: 'نقشهٔ استان‌ها، سال', en: 'Map of provinces,' },
  withheldHelp: {
    fa: 'جایی که کمتر از پنج گیرنده دارد در «شهرستان‌های دیگر» آمده یا پوشیده است تا از دریافت کسی خبر ندهد.',
    en: 'Where fewer than five receivers stand behind a cell it is part of “Other counties”, or withheld, so that it tells of nobody.',
  },
  adds: { fa: 'ردیف‌ها با هم جمع می‌شوند.', en: 'The rows add up.' },
  addsNot: {
    fa: 'ردیف‌ها با هم جمع نمی‌شوند: هر گیرنده در هر ردیف یک بار شمرده شده است.',
    en: 'The rows do not add up: a receiver is counted once in each row.',
  },
  ratioNot: {
    fa: 'ردیف‌ها نسبت‌اند و با هم جمع نمی‌شوند.',
    en: 'The rows are ratios and do not add up.',
  },
  none: { fa: 'هنوز سندی ثبت نشده است', en: 'No record yet' },
  noneHelp: {
    fa: 'با ثبت نخستین سند این رقم، ردیف‌هایش این‌جا و در فایل‌ها می‌آید.',
    en: 'Once the first record of this figure is made, its rows appear here and in the files.',
  },
  first: { fa: 'تازه‌ترین سال‌ها؛ همه در فایل‌هاست.', en: 'The newest years; the files hold all.' },
  back: { fa: 'همهٔ داده‌های باز', en: 'All open data' },
} as const satisfies Record<string, Bilingual>;

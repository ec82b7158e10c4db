import type { Bilingual } from '#kernel/indicator.ts';

/** The letter by which a county is told its slice. */
export const letterLabels = {
  title: { fa: 'ابلاغ سهمیهٔ اعتبار', en: 'Notification of a credit slice' },
  download: { fa: 'نامهٔ ابلاغ (PDF)', en: 'Letter of notification (PDF)' },
  number: { fa: 'شماره', en: 'Number' },
  day: { fa: 'تاریخ', en: 'Date' },
  enclosure: { fa: 'پیوست', en: 'Enclosure' },
  none: { fa: 'ندارد', en: 'none' },
  blank: { fa: '…………………', en: '…………………' },
  lineTerms: { fa: 'مشخصات اعتبار', en: 'Terms of the credit' },
  programme: { fa: 'برنامه و سال بودجه', en: 'Programme and budget year' },
  legal: { fa: 'مستند قانونی', en: 'Legal reference' },
  pot: { fa: 'منبع', en: 'Source' },
  rate: { fa: 'نرخ', en: 'Rate' },
  term: { fa: 'تنفس و بازپرداخت', en: 'Grace and term' },
  deadline: { fa: 'مهلت جذب', en: 'Deadline' },
  notified: { fa: 'ابلاغ وزارت', en: 'Notified by the ministry' },
  resolution: { fa: 'مصوبهٔ کارگروه', en: 'Resolution of the working group' },
  slice: { fa: 'سهمیهٔ ابلاغی', en: 'The slice' },
  amount: { fa: 'مبلغ سهمیه', en: 'Sum of the slice' },
  locked: { fa: 'از آن، قفل‌شده برای تعاونی‌ها', en: 'Of which locked for cooperatives' },
  reserveLaw: { fa: 'مستند سهم تعاونی‌ها', en: 'Legal reference of the cooperatives’ share' },
  jobs: { fa: 'هدف اشتغال', en: 'Job target' },
  jobsUnit: { fa: 'نفر', en: 'persons' },
  categories: { fa: 'تقسیم سهمیه به رسته‌ها', en: 'The slice by categories' },
  category: { fa: 'رسته', en: 'Category' },
  rest: { fa: 'تقسیم‌نشده', en: 'Not divided' },
  sum: { fa: 'مبلغ (ریال)', en: 'Sum (rials)' },
  lockedSum: { fa: 'قفل تعاونی‌ها (ریال)', en: 'Cooperatives’ lock (rials)' },
  total: { fa: 'جمع', en: 'Total' },
  rial: { fa: 'ریال', en: 'rials' },
  director: { fa: 'مدیرکل', en: 'Director-general' },
  signature: { fa: 'امضا', en: 'Signature' },
  months: { fa: 'ماه', en: 'months' },
  percent: { fa: 'درصد', en: 'percent' },
} as const satisfies Record<string, Bilingual>;

type Clause = { readonly note: string; readonly paragraph: string | null; readonly item: string | null };
type Named = { readonly province: string; readonly place: string };

export const letterTexts = {
  organisation: ({ province }: Named): Bilingual => ({
    fa: `ادارهٔ کل تعاون، کار و رفاه اجتماعی استان ${province}`,
    en: `General Directorate of Cooperatives, Labour and Social Welfare of ${province}`,
  }),
  to: ({ place }: Named): Bilingual => ({
    fa: `به: ادارهٔ تعاون، کار و رفاه اجتماعی شهرستان ${place}`,
    en: `To: the office of Cooperatives, Labour and Social Welfare of ${place} county`,
  }),
  legal: ({ note, paragraph, item }: Clause): Bilingual => ({
    fa: [`تبصرهٔ ${note}`, paragraph && `بند ${paragraph}`, item && `جزء ${item}`].filter(Boolean).join('، '),
    en: [`note ${note}`, paragraph && `paragraph ${paragraph}`, item && `item ${item}`]
      .filter(Boolean)
      .join(', '),
  }),
  toSlice: ({ place }: Named): Bilingual => ({ fa: `موضوع: برش ${place}`, en: `Subject: slice ${place}` }),
  opening: {
    fa: 'با سلام و احترام؛ سهمیهٔ آن شهرستان از اعتبار یادشده به شرح زیر ابلاغ می‌شود. این سهمیه ظرفیت تسهیلات بانک‌های عامل است و وجه نقد نیست؛ آنچه از آن تا پایان مهلت به قرارداد نرسد بازمی‌گردد.',
    en: 'The slice of your county out of the credit named below is notified herewith. A slice is a lending quota on the agent banks and no cash; what is not contracted by the deadline returns.',
  },
  locked: {
    fa: 'بخش قفل‌شده تنها به تعاونی‌ها داده می‌شود و آزادسازی آن مصوبهٔ امضاشده می‌خواهد.',
    en: 'The locked part goes to cooperatives only; to release it takes a signed resolution.',
  },
} as const;

import type { Indicator } from '#kernel/indicator.ts';

const view = 'credit.read_rate';
const common = {
  version: 1,
  year: 'budget_year',
  place: 'province',
  // Said by a word beside the number; the parts of the ratio are named by no statement.
  verbs: [],
  nouns: [],
  narrowedBy: ['programme'],
  needs: {},
  progress: [],
} as const;

/** The rate of the loans of the credit lines (press pattern «تسهیلات ۴ درصدی»). */
export const indicators: readonly Indicator[] = [
  {
    ...common,
    id: 'credit.rate_sum',
    partOnly: true,
    title: { fa: 'جمع نرخ خطوط اعتباری', en: 'sum of the rates of the credit lines' },
    definition: {
      fa: 'جمع نرخ سود یا کارمزد خطوط اعتباری ابلاغ‌شده، به صدم درصد',
      en: 'sum of the rates of profit or fee of the notified credit lines, in hundredths of a percent',
    },
    unit: 'count',
    measure: { kind: 'sum', view, column: 'rate', where: {} },
  },
  {
    ...common,
    id: 'credit.rate_lines',
    partOnly: true,
    title: { fa: 'خطوط اعتباری، هر خط ده هزار', en: 'credit lines, each as ten thousand' },
    definition: {
      fa: 'شمار خطوط اعتباری ابلاغ‌شده ضرب در ده هزار، تا حاصل تقسیم درصد باشد',
      en: 'notified credit lines times ten thousand, so that the quotient is a percentage',
    },
    unit: 'count',
    measure: { kind: 'sum', view, column: 'lines_hundredths', where: {} },
  },
  {
    ...common,
    id: 'credit.rate',
    title: { fa: 'نرخ تسهیلات', en: 'rate of the loans' },
    definition: {
      fa: 'میانگین نرخ سود یا کارمزد خطوط اعتباری ابلاغ‌شدهٔ سال بودجه',
      en: 'mean rate of profit or fee of the credit lines notified in the budget year',
    },
    unit: 'percent',
    measure: { kind: 'ratio', numerator: 'credit.rate_sum', denominator: 'credit.rate_lines' },
    rateWords: ['تسهیلات', 'وام', 'کارمزد', 'با کارمزد', 'کارمزد سالانه', 'سود', 'نرخ', 'نرخ سود', 'بهره'],
    sentence: 'در سال {year} تسهیلات {programme} در استان {province} با نرخ {value} پرداخت می‌شود.',
  },
];

import type { Dimension, Indicator } from '#kernel/indicator.ts';

/** Said of both, once for the two: «۲۰ تعاونی با سرمایه‌ای بالغ بر ۵ میلیارد تومان». */
const capitalWords = ['سرمایه', 'سرمایهٔ', 'سرمایه‌ای', 'سرمایهای'] as const;

const common = {
  version: 1,
  year: 'happened',
  place: 'either',
  progress: [],
  narrowedBy: ['beneficiary_kind', 'money_kind'],
  // Said of receivers of loans too; which is meant, the deed tells.
  needs: { beneficiary_kind: ['cooperative'] },
  verbs: [
    'تشکیل',
    'تشکیل شد',
    'تشکیل شده',
    'تشکیل دادند',
    'ثبت',
    'ثبت شد',
    'ثبت شده',
    'تأسیس',
    'تأسیس شد',
    // With what they were formed; «سرمایهٔ تعاونی‌های استان» is of all there are.
    'با سرمایه',
    'با سرمایه‌ای',
    'با مجموع سرمایه',
    'مجموع سرمایه این تعاونی',
    'سرمایه این تعاونی',
  ],
} as const;
const registered = { view: 'cooperative.read_registration', where: {} } as const;

export const dimensions: readonly Dimension[] = [
  {
    id: 'money_kind',
    column: 'money_kind',
    carried: false,
    values: [{ value: 'capital', names: capitalWords }],
  },
];

/** The figures that the room answers for: cooperatives formed, with their capital (press pattern 46). */
export const indicators: readonly Indicator[] = [
  {
    ...common,
    id: 'cooperative.registered',
    compared: true,
    title: { fa: 'تعاونی‌های ثبت‌شده', en: 'cooperatives registered' },
    definition: {
      fa: 'شمار تعاونی‌هایی که در دوره در مرجع ثبت شرکت‌ها ثبت شده‌اند',
      en: 'cooperatives that the registry of companies entered in the period',
    },
    unit: 'count',
    measure: { ...registered, kind: 'count', distinct: 'record_id', column: 'cooperatives' },
    nouns: ['تعاونی', 'شرکت تعاونی'],
    sentence: 'در سال {year} {value} تعاونی در {where} تشکیل شد.',
  },
  {
    ...common,
    id: 'cooperative.capital',
    compared: true,
    title: { fa: 'سرمایهٔ تعاونی‌های ثبت‌شده', en: 'capital of cooperatives registered' },
    definition: {
      fa: 'جمع سرمایه‌ای که تعاونی‌های ثبت‌شده در دوره در روز ثبت داشته‌اند، پرداخت‌شده و تعهدشده با هم',
      en: 'what the cooperatives registered in the period had as capital on that day, paid and subscribed together',
    },
    unit: 'rial',
    // A sum that no word calls capital may be anything: loans, contributions.
    needs: { ...common.needs, money_kind: ['capital'] },
    measure: { ...registered, kind: 'sum', column: 'capital' },
    nouns: [],
    sentence: 'در سال {year} تعاونی‌هایی با سرمایهٔ {value} در {where} تشکیل شد.',
  },
];

import type { Indicator } from '#kernel/indicator.ts';

/** The figures that the room answers for (press patterns of the list of occupations). */
export const indicators: readonly Indicator[] = [
  {
    id: 'occupation.listed',
    version: 1,
    title: { fa: 'رشته‌های فهرست مشاغل خانگی', en: 'occupations in the list of home-based jobs' },
    definition: {
      fa: 'شمار رشته‌هایی که فهرست مصوب مشاغل خانگی در پایان دوره نام می‌برد',
      en: 'occupations that the approved list of home-based jobs names at the end of the period',
    },
    unit: 'count',
    measure: {
      kind: 'count',
      view: 'occupation.read_listing',
      distinct: 'occupation_id',
      column: 'listed',
      where: {},
    },
    year: 'standing',
    place: 'province',
    verbs: ['شناسایی', 'تعریف', 'تعریف شده', 'مصوب', 'تصویب'],
    nouns: ['رشته', 'رشته شغلی', 'رشتهٔ شغلی', 'عنوان شغلی', 'رشته مشاغل خانگی'],
    narrowedBy: ['programme'],
    needs: { programme: ['home_jobs'] },
    progress: ['occupation.listed'],
    sentence: 'در پایان سال {year} فهرست {programme} {value} رشته دارد.',
  },
];

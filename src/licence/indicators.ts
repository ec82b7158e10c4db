import type { Condition, Indicator } from '#kernel/indicator.ts';

const issued = (where: Condition) =>
  ({ kind: 'count', view: 'licence.read_issue', distinct: 'record_id', column: 'licences', where }) as const;

const common = {
  version: 1,
  unit: 'count',
  year: 'happened',
  place: 'either',
  progress: [],
  narrowedBy: ['programme', 'category'],
} as const;
const verbs = ['صدور', 'صادر', 'صادر شد', 'صادر شده', 'صادره', 'اعطا'];
const nouns = ['مجوز', 'فقره مجوز', 'مجوز مشاغل خانگی', 'فقره مجوز مشاغل خانگی'];

/** The figures that the room answers for (M10; press patterns of licences). */
export const indicators: readonly Indicator[] = [
  {
    ...common,
    id: 'licence.issued',
    compared: true,
    title: { fa: 'مجوزهای صادرشدهٔ مشاغل خانگی', en: 'licences of home-based jobs issued' },
    definition: {
      fa: 'شمار مجوزهای صادرشده در دوره، تازه و تمدید با هم',
      en: 'licences issued in the period, new ones and renewals together',
    },
    measure: issued({}),
    verbs,
    nouns,
    sentence: 'در سال {year} {value} مجوز {programme} در {where} صادر شد.',
    needs: {},
  },
  {
    ...common,
    id: 'licence.renewed',
    title: { fa: 'مجوزهای تمدیدشدهٔ مشاغل خانگی', en: 'licences of home-based jobs renewed' },
    definition: {
      fa: 'شمار مجوزهایی که در دوره به جای مجوز پیشین صادر شده‌اند',
      en: 'licences issued in the period in place of an earlier one',
    },
    measure: issued({ issue_kind: ['renewal'] }),
    verbs: ['تمدید', 'تمدید شد', 'تمدید شده'],
    nouns,
    sentence: 'در سال {year} {value} مجوز {programme} در {where} تمدید شد.',
    needs: {},
  },
];

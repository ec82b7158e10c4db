import type { Indicator } from '#kernel/indicator.ts';

const common = {
  version: 1,
  unit: 'count',
  year: 'happened',
  place: 'either',
  progress: [],
  // What backs home workers is said with the figure, and is the same word as a receiver of loans.
  needs: { beneficiary_kind: ['supporter'] },
} as const;
const links = { kind: 'count', view: 'support.read_link', column: 'links', where: {} } as const;
const supporters = (kind: 'supporter' | 'driver') =>
  ({
    kind: 'count',
    view: 'support.read_supporter',
    distinct: 'supporter_id',
    column: 'supporters',
    where: { kind: [kind] },
  }) as const;
const approvalVerbs = ['تأیید', 'تأیید شد', 'تأیید شده', 'تایید', 'تایید شد', 'پذیرفته', 'پذیرفته شد'];
const linkVerbs = ['متصل', 'متصل شد', 'متصل شدند', 'متصل شده', 'اتصال', 'پیوست', 'پیوستند'];

/** The figures that the room answers for (M4). */
export const indicators: readonly Indicator[] = [
  {
    ...common,
    id: 'support.supporters',
    title: { fa: 'پشتیبانان تأییدشده', en: 'supporters approved' },
    definition: {
      fa: 'شمار پشتیبانانی که در دوره تأیید شده‌اند، منهای آنان که در همان دوره پایان یافته‌اند',
      en: 'supporters approved in the period, less those who ended within it',
    },
    measure: supporters('supporter'),
    narrowedBy: ['programme', 'beneficiary_kind'],
    verbs: approvalVerbs,
    nouns: ['پشتیبان'],
    sentence: 'در سال {year} {value} پشتیبان {programme} در {where} تأیید شد.',
  },
  {
    ...common,
    id: 'support.drivers',
    title: { fa: 'پیشران‌های تأییدشده', en: 'drivers approved' },
    definition: {
      fa: 'شمار پیشران‌هایی که در دوره تأیید شده‌اند، منهای آنان که در همان دوره پایان یافته‌اند',
      en: 'drivers approved in the period, less those who ended within it',
    },
    measure: supporters('driver'),
    narrowedBy: ['programme'],
    needs: {},
    verbs: approvalVerbs,
    nouns: ['پیشران'],
    sentence: 'در سال {year} {value} پیشران {programme} در {where} تأیید شد.',
  },
  {
    ...common,
    id: 'support.linked_workers',
    compared: true,
    title: { fa: 'شاغلان خانگی پیوسته به پشتیبان', en: 'home workers linked to a supporter' },
    definition: {
      fa: 'شمار کسانی که در دوره با قرارداد سه‌جانبهٔ برقرار به پشتیبان یا پیشرانی پیوسته‌اند، هر کس یک بار، منهای پایان‌ها',
      en: 'persons linked to a supporter or driver by a contract in force in the period, each once, less endings',
    },
    measure: { ...links, distinct: 'worker_id' },
    narrowedBy: ['programme', 'category', 'beneficiary_kind'],
    verbs: linkVerbs,
    nouns: ['شاغل', 'شاغل خانگی'],
    sentence: 'در سال {year} {value} شاغل {programme} در {where} به پشتیبان متصل شد.',
  },
  {
    ...common,
    id: 'support.contracts',
    title: { fa: 'قراردادهای سه‌جانبهٔ برقرار', en: 'three-party contracts in force' },
    definition: {
      fa: 'شمار قراردادهای سه‌جانبه‌ای که در دوره با هر سه امضا برقرار شده‌اند، منهای پایان‌ها',
      en: 'three-party contracts that all three had signed in the period, less endings',
    },
    measure: { ...links, distinct: 'contract_id' },
    narrowedBy: ['programme', 'category', 'beneficiary_kind'],
    // «قرارداد» is said of bank contracts too: the check reads neither this nor places out of a text.
    verbs: [],
    nouns: [],
  },
  {
    ...common,
    id: 'support.capacity',
    title: { fa: 'ظرفیت پشتیبانان به جای کار', en: 'capacity of supporters in places' },
    definition: {
      fa: 'جای کار شاغلان خانگی در ظرفیت‌های تأییدشده‌ای که در دوره آغاز شده‌اند، منهای کاهش‌ها و پایان‌ها',
      en: 'places for home workers in capacities that began in the period, less what was lowered or ended',
    },
    measure: { kind: 'sum', view: 'support.read_capacity', column: 'places', where: {} },
    narrowedBy: ['programme', 'category', 'beneficiary_kind'],
    verbs: [],
    nouns: [],
  },
];

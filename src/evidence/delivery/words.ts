import type { Bilingual } from '#kernel/indicator.ts';
import type { ByKind } from '#kernel/result.ts';
import type { DeliveryRefusal, Rhythm } from './contract.ts';

export const deliveryRefusalWords: ByKind<DeliveryRefusal, Bilingual> = {
  SubscriptionStands: () => ({
    fa: 'گزارش این جا را از پیش می‌گیرید؛ برای تغییر نوبت، نخست آن را بردارید.',
    en: 'You are given the report of this place already; to change how often, end that one first.',
  }),
  SubscriptionMissing: () => ({
    fa: 'چنین گزارشی برای شما زمان‌بندی نشده است، یا پایان یافته است.',
    en: 'No such report is scheduled for you, or it has ended.',
  }),
  DeliveryMissing: () => ({
    fa: 'چنین گزارشی به شما نرسیده است؛ آن را از فهرست گزارش‌های رسیده باز کنید.',
    en: 'You were given no such report; open one from the list of reports given.',
  }),
  CountyNotYours: () => ({
    fa: 'این شهرستان در این استان نیست یا آن را نمی‌بینید.',
    en: 'The county is not in this province, or you do not see it.',
  }),
};

export const rhythmWords = {
  week: { fa: 'هر شنبه', en: 'Every Saturday' },
  month: { fa: 'نخستین روز هر ماه', en: 'On the first of every month' },
} as const satisfies Record<Rhythm, Bilingual>;

/** Texts of reports that come by themselves. */
export const deliveryLabels = {
  scheduled: { fa: 'گزارش‌های زمان‌بندی‌شده', en: 'Scheduled reports' },
  help: {
    fa: 'همین گزارش در نوبت خود آماده می‌شود و همان‌گونه که آن روز بود می‌ماند.',
    en: 'The same report is made when it is due, and stays as it stood on that day.',
  },
  rhythm: { fa: 'هر چند وقت', en: 'How often' },
  begin: { fa: 'برای من آماده کن', en: 'Make it for me' },
  end: { fa: 'دیگر آماده نکن', en: 'End it' },
  standing: { fa: 'آنچه آماده می‌شود', en: 'What is scheduled' },
  wholeProvince: { fa: 'همهٔ استان', en: 'The whole province' },
  from: { fa: 'از', en: 'from' },
  given: { fa: 'گزارش‌های رسیده', en: 'Reports given' },
  due: { fa: 'روز', en: 'Day' },
  report: { fa: 'گزارش', en: 'Report' },
  none: { fa: 'هنوز گزارشی نرسیده است', en: 'No report was given yet' },
  asItStood: { fa: 'همان‌گونه که بود در', en: 'As it stood on' },
} as const satisfies Record<string, Bilingual>;

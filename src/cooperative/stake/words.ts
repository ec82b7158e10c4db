import type { Bilingual } from '#kernel/indicator.ts';

export const stakeLabels = {
  title: { fa: 'تعاونی‌های شخص', en: 'Cooperatives of the person' },
  none: { fa: 'عضو تعاونی‌ای نیست', en: 'Member of no cooperative' },
  noneHelp: {
    fa: 'در دامنهٔ دید شما این شخص بنیان‌گذار یا عضو تعاونی‌ای نبوده است.',
    en: 'Within your scope this person founded or joined no cooperative.',
  },
  left: { fa: 'دیگر سهمی ندارد', en: 'holds no share any more' },
} as const satisfies Record<string, Bilingual>;

import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the public page on which a case is followed by its number. */
export const statusWords = {
  track: { fa: 'پیگیری پرونده', en: 'Follow a case' },
  lead: {
    fa: 'شمارهٔ رهگیری را که هنگام ثبت درخواست گرفته‌اید بنویسید. این صفحه مرحلهٔ پرونده و دلیل تصمیم دربارهٔ شکایت را می‌گوید و نامی از کسی نمی‌برد.',
    en: 'Type the tracking number that you were given with your request. The page tells the stage of the case, and of a decided complaint the reason, and names nobody.',
  },
  kind: { fa: 'درخواست', en: 'Request' },
  province: { fa: 'استان', en: 'Province' },
  stage: { fa: 'مرحله', en: 'Stage' },
  reason: { fa: 'دلیل', en: 'Reason' },
  wrongNumber: {
    fa: 'شمارهٔ رهگیری نُه رقم دارد و رقم آخر آن با بقیه می‌خواند؛ این شماره چنین نیست. رقم‌ها را دوباره ببینید.',
    en: 'A tracking number has nine digits, the last of which fits the others; this one does not. Look at the digits again.',
  },
  notFound: {
    fa: 'پرونده‌ای با این شماره نیست. شماره را از رسید خود بردارید؛ اگر درست است، از ادارهٔ شهرستان بپرسید.',
    en: 'No case has this number. Take it from your receipt; if it is right, ask the county office.',
  },
} as const satisfies Record<string, Bilingual>;

/** The form that asks for the number. */
export const statusAsk = {
  path: '/track',
  label: { fa: 'شمارهٔ رهگیری', en: 'Tracking number' },
  button: { fa: 'ببین', en: 'Look' },
} as const;

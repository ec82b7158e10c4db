import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the scans of letters and resolutions. */
export const scanLabels = {
  scan: { fa: 'اسکن', en: 'Scan' },
  ofResolution: { fa: 'اسکن مصوبه', en: 'Scan of the resolution' },
  ofLetter: { fa: 'اسکن نامه', en: 'Scan of the letter' },
  attach: { fa: 'پیوست اسکن', en: 'Attach a scan' },
  attachHelp: {
    fa: 'PDF یا عکس، تا ۱۰ مگابایت. اسکن پیوست‌شده جایگزین نمی‌شود؛ اسکن تازه کنار آن می‌نشیند.',
    en: 'A PDF or a picture, up to 10 MB. An attached scan is never replaced; another one stands beside it.',
  },
  none: { fa: 'هنوز اسکنی پیوست نشده است.', en: 'No scan is attached yet.' },
  erased: { fa: 'محتوا به‌طور قانونی امحا شده است', en: 'The content was lawfully erased' },
  hash: { fa: 'اثر انگشت', en: 'Fingerprint' },
  kilobytes: { fa: 'کیلوبایت', en: 'KB' },
} as const satisfies Record<string, Bilingual>;

import type { Bilingual } from '#kernel/indicator.ts';

export const messageStateWords = {
  waiting: { fa: 'در صف فرستادن', en: 'Waiting to be sent' },
  sent: { fa: 'فرستاده شد', en: 'Sent' },
  refused: { fa: 'فرستاده نشد', en: 'Not sent' },
  given_up: { fa: 'پس از چند بار رها شد', en: 'Given up after many tries' },
} as const satisfies Record<string, Bilingual>;

export const messageTones = { waiting: 'amber', sent: 'green', refused: 'red', given_up: 'red' } as const;

export const channelWords = {
  sms: { fa: 'پیامک', en: 'SMS' },
  email: { fa: 'رایانامه', en: 'E-mail' },
  desk: { fa: 'میز کار', en: 'Desk' },
} as const satisfies Record<string, Bilingual>;

const adapters: ReadonlyMap<string, Bilingual> = new Map([
  ['log', { fa: 'نمایشی', en: 'shown only' }],
  ['sms_http', { fa: 'سامانهٔ پیامک', en: 'SMS operator' }],
  ['smtp', { fa: 'کارساز رایانامه', en: 'mail server' }],
]);
export const adapterWords = (carrier: string): Bilingual =>
  adapters.get(carrier) ?? { fa: carrier, en: carrier };

/** Why a message did not go out, and what would help. */
export const reasonWords = {
  no_phone: {
    fa: 'تلفن همراهی ثبت نشده است؛ آن را در صفحهٔ شخص ثبت کنید',
    en: 'no mobile phone is known: enter it on the page of the person',
  },
  no_email: {
    fa: 'نشانی رایانامه‌ای ثبت نشده است؛ آن را در صفحهٔ شخص ثبت کنید',
    en: 'no e-mail address is known: enter it on the page of the person',
  },
  wordless: {
    fa: 'نوع این پیام دیگر شناخته نیست و چیزی برای گفتن ندارد',
    en: 'its kind is not known any more and it has nothing to say',
  },
  refused: {
    fa: 'طرف مقابل نپذیرفت؛ شماره یا نشانی گیرنده را بررسی کنید',
    en: 'the other side refused it: check the number or address',
  },
  sign_in: {
    fa: 'طرف مقابل ما را نشناخت؛ رمز یا گذرواژهٔ تنظیم‌شده را بررسی کنید',
    en: 'the other side did not let us in: check the token or password that is set',
  },
  encryption: {
    fa: 'ارتباط رمزنگاری‌شده برقرار نشد؛ گواهی کارساز رایانامه را بررسی کنید',
    en: 'no encrypted connection came about: check the certificate of the mail server',
  },
  timeout: { fa: 'در مهلت پاسخ نداد', en: 'no answer came in time' },
  unavailable: { fa: 'طرف مقابل در دسترس نبود', en: 'the other side was not available' },
} as const satisfies Record<string, Bilingual>;

export const messageLabels = {
  answer: { fa: 'پاسخ:', en: 'Answer:' },
} as const satisfies Record<string, Bilingual>;

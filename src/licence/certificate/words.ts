import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the public check. */
export const checkWords = {
  check: { fa: 'درستی مجوز', en: 'Check a licence' },
  checkLead: {
    fa: 'شمارهٔ مجوز مشاغل خانگی را از روی گواهی بنویسید. آنچه می‌بینید همان است که روی گواهی آمده است.',
    en: 'Write the number of a home-job licence as it stands on its certificate. You see what the certificate shows.',
  },
  number: { fa: 'شمارهٔ مجوز', en: 'Number of the licence' },
  look: { fa: 'بررسی', en: 'Check' },
  notFound: {
    fa: 'مجوزی با این شماره نیست. رقم‌ها را از روی گواهی دوباره بنویسید.',
    en: 'There is no licence of this number. Write the digits again from the certificate.',
  },
  holder: { fa: 'دارندهٔ مجوز', en: 'Holder' },
  occupation: { fa: 'رشته', en: 'Occupation' },
  place: { fa: 'شهرستان و استان', en: 'County and province' },
  issuedOn: { fa: 'روز صدور', en: 'Issued on' },
  validity: { fa: 'اعتبار', en: 'Valid' },
  to: { fa: 'تا', en: 'to' },
  state: { fa: 'وضعیت امروز', en: 'State today' },
  history: {
    fa: 'این مجوز از سامانهٔ پیشین گرفته شده و نام دارنده در آن نیامده است.',
    en: 'This licence was taken over from an earlier register, which names no holder.',
  },
  verify: { fa: 'سنجش امضای رمزینه', en: 'Verify a signed code' },
  verifyLead: {
    fa: 'متن رمزینهٔ (QR) گواهی مجوز یا قرارداد سه‌جانبه را این‌جا بگذارید؛ با کلید همین سامانه سنجیده می‌شود.',
    en: 'Put the text of the QR code of a certificate or of a three-party contract here: it is verified with the key of this installation.',
  },
  payload: { fa: 'متن رمزینه', en: 'Text of the QR code' },
  genuine: { fa: 'امضا درست است', en: 'The signature is genuine' },
  genuineHelp: {
    fa: 'آنچه در رمزینه آمده دست نخورده است؛ امضا از روز صدور است و وضعیت امروز را نمی‌گوید.',
    en: 'What the code says is untouched. The signature is of the day of issue and tells nothing of how things stand today.',
  },
  forged: { fa: 'امضا نادرست است', en: 'The signature is false' },
  forgedHelp: {
    fa: 'این متن را این سامانه امضا نکرده یا دست خورده است؛ به آن اعتماد نکنید.',
    en: 'This installation did not sign it, or it was changed: do not trust it.',
  },
  unreadable: {
    fa: 'این متن رمزینهٔ گواهی یا قرارداد نیست؛ همهٔ متن را، از KARSAZ تا پایان، بگذارید.',
    en: 'This is no text of a certificate or a contract: put the whole of it, from KARSAZ to the end.',
  },
  key: { fa: 'کلید عمومی', en: 'Public key' },
  keyLead: {
    fa: 'گواهی‌ها با کلید Ed25519 این سامانه امضا می‌شوند. با این کلید، بی‌نیاز از ما و بی اتصال، می‌توان هر گواهی را سنجید: متن رمزینه تا پیش از آخرین «|» امضا شده و پس از آن امضا به base64url آمده است.',
    en: 'Certificates are signed with the Ed25519 key of this installation. With it anybody can verify a certificate without us and without a connection: the text before the last “|” is what was signed, after it stands the signature in base64url.',
  },
  keyId: { fa: 'شناسهٔ کلید', en: 'Id of the key' },
  keyText: { fa: 'کلید (base64url)', en: 'Key (base64url)' },
} as const satisfies Record<string, Bilingual>;

/** Texts on the certificate itself, which is printed in Persian. */
export const printedWords = {
  title: { fa: 'مجوز مشاغل خانگی', en: 'Licence of a home-based job' },
  province: { fa: 'استان', en: 'Province' },
  number: { fa: 'شمارهٔ مجوز', en: 'Number' },
  holder: { fa: 'دارندهٔ مجوز', en: 'Holder' },
  occupation: { fa: 'رشته', en: 'Occupation' },
  county: { fa: 'شهرستان', en: 'County' },
  issuedOn: { fa: 'روز صدور', en: 'Issued on' },
  validFrom: { fa: 'آغاز اعتبار', en: 'Valid from' },
  expiresOn: { fa: 'پایان اعتبار', en: 'Expires on' },
  law: {
    fa: 'این مجوز به موجب قانون ساماندهی و حمایت از مشاغل خانگی مصوب ۱۳۸۹ صادر شده است و به معنای حق دریافت تسهیلات نیست.',
    en: 'Issued under the Home-Jobs Act of 1389. It is no right to a loan.',
  },
  how: {
    fa: 'درستی مجوز را در صفحهٔ «درستی مجوز» با شماره، یا در «سنجش امضای رمزینه» با متن این رمزینه بسنجید. شناسهٔ کلید:',
    en: 'Check it by its number, or verify the text of this code. Id of the key:',
  },
  address: { fa: 'نشانی صفحهٔ «درستی مجوز»:', en: 'Address of the check:' },
  first: { fa: 'امضای نخست: دستگاه اجرایی', en: 'First signature: the agency' },
  second: {
    fa: 'امضای دوم: اداره کل تعاون، کار و رفاه اجتماعی',
    en: 'Second signature: the directorate',
  },
} as const satisfies Record<string, Bilingual>;

/** The page on which every signed code of this installation is verified. */
export const verifyPath = '/licences/verify';

/** The page of the key with which they are verified elsewhere. */
export const keyPath = '/licences/key';

/** The form that asks for the number. */
export const checkAsk = {
  path: '/licences/check',
  label: checkWords.number,
  button: checkWords.look,
} as const;

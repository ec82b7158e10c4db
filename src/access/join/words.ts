import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { accessRefusalWords, waitWords } from '../words.ts';
import type { JoinRefusal } from './contract.ts';

export const joinRefusalWords = {
  NationalIdWrong: () => accessRefusalWords.NationalIdWrong(),
  MobileWrong: () => ({
    fa: 'شمارهٔ تلفن همراه درست نیست: یازده رقم است و با ۰۹ آغاز می‌شود.',
    en: 'The mobile phone is not right: it has eleven digits and begins with 09.',
  }),
  ProvinceUnknown: () => ({ fa: 'استان را از فهرست برگزینید.', en: 'Choose the province from the list.' }),
  TooManyCodes: ({ waitSeconds }) => {
    const wait = waitWords(waitSeconds);
    return {
      fa: `چند کد پیاپی خواسته شده است. ${wait.fa} دوباره بخواهید.`,
      en: `Several codes were asked for in a row. Ask again ${wait.en}.`,
    };
  },
  CodeUnreadable: () => ({ fa: 'کد شش رقم است.', en: 'The code has six digits.' }),
  CodeWrong: ({ triesLeft }) => ({
    fa:
      triesLeft > 0
        ? `کد درست نیست. ${persianDigits(String(triesLeft))} بار دیگر می‌توانید بنویسید.`
        : 'کد درست نیست و دیگر پذیرفته نمی‌شود. کد تازه بخواهید.',
    en:
      triesLeft > 0
        ? `The code is not right. You can try ${triesLeft} more times.`
        : 'The code is not right and is accepted no more. Ask for a new one.',
  }),
  CodeUnusable: () => ({
    fa: 'این کد دیگر پذیرفته نمی‌شود: یا به کار رفته، یا پنج دقیقهٔ آن گذشته، یا پنج بار نادرست نوشته شده است. کد تازه بخواهید.',
    en: 'This code is accepted no more: it was used, its five minutes are over, or it was typed wrongly five times. Ask for a new one.',
  }),
  AdministratorOpens: () => ({
    fa: 'گذرواژهٔ این حساب را مدیر سامانه باز می‌کند.',
    en: 'The password of this account is opened by an administrator.',
  }),
  AccountClosed: () => accessRefusalWords.AccountLocked(),
  PersonApart: () => ({
    fa: 'شما در این استان پیش‌تر به نام خود پرونده‌ای دارید که به این حساب بسته نیست. با کارت ملی و همان تلفن به ادارهٔ شهرستان بروید تا هویت شما را تأیید کند؛ همان دم می‌توانید ثبت‌نام کنید.',
    en: 'This province already keeps a record of you that is not tied to this account. Take your national card and your phone to the county office, which confirms your identity; you can register at once.',
  }),
} as const satisfies {
  [Kind in JoinRefusal['kind']]: (refusal: Extract<JoinRefusal, { kind: Kind }>) => Bilingual;
};

/** What comes as SMS. In Latin digits: phones offer no other to be filled in. */
export const codeMessage = (code: string): Bilingual => ({
  fa: `کد کارساز: ${code}\nتا پنج دقیقه. آن را به کسی نگویید؛ کارکنان ما هم آن را نمی‌پرسند.`,
  en: `Karsaz code: ${code}\nFor five minutes. Tell it to nobody; our staff do not ask for it.`,
});

/** The texts of the page. */
export const joinWords = {
  title: { fa: 'ثبت‌نام متقاضی', en: 'Register as an applicant' },
  lead: {
    fa: 'برای درخواست مجوز مشاغل خانگی و پیگیری آن. اگر حساب دارید و گذرواژه را فراموش کرده‌اید، از همین‌جا گذرواژهٔ تازه بگذارید.',
    en: 'For asking for a licence of a home-based job and following it. With an account whose password is forgotten, set a new one here.',
  },
  toJoin: { fa: 'حساب ندارید؟ ثبت‌نام متقاضی', en: 'No account? Register as an applicant' },
  toJoinHelp: {
    fa: 'متقاضی با کدی که پیامک می‌شود حساب می‌سازد، یا گذرواژهٔ تازه می‌گذارد.',
    en: 'An applicant opens an account, or sets a new password, by a code that comes as SMS.',
  },
  toSignIn: { fa: 'حساب دارید؟ ورود', en: 'You have an account? Sign in' },
  stepOne: { fa: 'گام ۱ از ۲: مشخصات شما', en: 'Step 1 of 2: who you are' },
  stepTwo: { fa: 'گام ۲ از ۲: کد و گذرواژه', en: 'Step 2 of 2: code and password' },
  province: { fa: 'استان', en: 'Province' },
  nationalId: { fa: 'کد ملی', en: 'National id' },
  nationalIdHint: {
    fa: 'برای بازشناختن شما. در حساب شما خود کد نمی‌ماند؛ با نخستین درخواست، در پروندهٔ شما نگه داشته می‌شود.',
    en: 'To tell you apart. Your account does not keep the id itself; with your first request it is kept in your record.',
  },
  firstName: { fa: 'نام', en: 'First name' },
  lastName: { fa: 'نام خانوادگی', en: 'Last name' },
  phone: { fa: 'تلفن همراه', en: 'Mobile phone' },
  phoneHint: {
    fa: 'اگر پیش‌تر پرونده داشته‌اید، همان شماره‌ای که به اداره داده‌اید.',
    en: 'If you have had a case before, the number that you gave the office.',
  },
  nameMissing: { fa: 'نام را بنویسید.', en: 'Write the name.' },
  provinceMissing: { fa: 'استان را برگزینید.', en: 'Choose the province.' },
  sendCode: { fa: 'فرستادن کد', en: 'Send the code' },
  /** It says the same whether a code went out or not. */
  sentTitle: { fa: 'کد در راه است', en: 'The code is on its way' },
  sentBody: {
    fa: 'کد شش‌رقمی تا یک دقیقه پیامک می‌شود و پنج دقیقه اعتبار دارد. اگر پیش‌تر شمارهٔ دیگری از شما ثبت شده باشد کدی نمی‌آید: شماره را بازبینی کنید یا از ادارهٔ شهرستان بپرسید.',
    en: 'A code of six digits comes as SMS within a minute and holds for five. If another number of yours was entered before, none comes: check the number, or ask the county office.',
  },
  demonstrationTitle: { fa: 'کد نمایشی', en: 'Code of the demonstration' },
  demonstrationBody: {
    fa: 'تنها در نسخهٔ نمایشی، که پیامکی از آن بیرون نمی‌رود، کد این‌جا دیده می‌شود.',
    en: 'The code is shown here only in the demonstration, from which no SMS goes out.',
  },
  code: { fa: 'کد شش‌رقمی', en: 'Code of six digits' },
  passwordShort: { fa: 'گذرواژه دست‌کم ده نویسه است.', en: 'The password has at least ten characters.' },
  finish: { fa: 'ثبت گذرواژه', en: 'Set password' },
  again: { fa: 'بازگشت و فرستادن کد تازه', en: 'Go back and send a new code' },
  joinedTitle: { fa: 'حساب شما باز شد.', en: 'Your account is open.' },
  passwordSetTitle: { fa: 'گذرواژهٔ تازه ثبت شد.', en: 'The new password is set.' },
  joinedBody: {
    fa: 'با این نام کاربری و گذرواژه‌ای که برگزیدید وارد شوید:',
    en: 'Sign in with this username and the password that you chose:',
  },
} as const satisfies Record<string, Bilingual>;

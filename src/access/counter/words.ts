import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the door of the counter; what the forms ask is called as on the desk. */
export const counterWords = {
  title: { fa: 'میز متقاضی', en: 'Applicant’s counter' },
  lead: {
    fa: 'درخواست مجوز مشاغل خانگی و پیگیری پرونده‌ها با هر گوشی، بدون جاوااسکریپت.',
    en: 'Ask for a licence of a home-based job and follow your cases on any phone, without JavaScript.',
  },
  haveAccount: { fa: 'حساب دارم', en: 'I have an account' },
  noAccount: { fa: 'حساب ندارم، یا گذرواژه را فراموش کرده‌ام', en: 'I have none, or forgot the password' },
  byPhone: {
    fa: 'نام کاربری متقاضی، شمارهٔ تلفن همراه اوست.',
    en: 'The username of an applicant is their mobile number.',
  },
  otherRole: {
    fa: 'این میز برای متقاضیان است و شما با سمت دیگری وارد شده‌اید. کار خود را در میز کار انجام دهید یا خارج شوید.',
    en: 'This counter is for applicants, and you are signed in under another role. Work on the desk, or sign out.',
  },
  noRole: {
    fa: 'وارد شده‌اید، ولی نقش برقراری ندارید. خارج شوید یا از ادارهٔ شهرستان بپرسید.',
    en: 'You are signed in and have no role in force. Sign out, or ask the county office.',
  },
  desk: { fa: 'میز کار', en: 'Desk' },
  signOut: { fa: 'خروج', en: 'Sign out' },
} as const satisfies Record<string, Bilingual>;

import { identityRefusalWords } from '#access/confirmation/words.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { personRefusalWords } from '../person/words.ts';
import type { ConfirmationRefusal } from './contract.ts';

export const confirmationRefusalWords = {
  ...identityRefusalWords,
  PersonMissing: () => personRefusalWords.PersonMissing(),
  PersonErased: () => personRefusalWords.PersonErased(),
  PersonMerged: () => personRefusalWords.PersonMerged(),
  CardUnseen: () => ({
    fa: 'تأیید هویت تنها با دیدن خود شخص و کارت ملی اوست؛ پس از دیدن، همین را نشان بزنید.',
    en: 'An identity is confirmed only with the person and their national card before you: mark that once you have seen them.',
  }),
  NaturalNeeded: () => ({
    fa: 'هویت تنها از آن شخص حقیقی است؛ برای بنگاه، پروندهٔ صاحب آن را باز کنید.',
    en: 'Only a natural person has an identity to confirm: for an enterprise open the record of its owner.',
  }),
  MobileNeeded: () => ({
    fa: 'تلفن همراهی از این شخص ثبت نیست تا کد به آن برود؛ نخست با «اطلاع تازه» تلفن همراه او را ثبت کنید.',
    en: 'No mobile phone of this person is kept for the code to go to: add it with “New fact” first.',
  }),
} as const satisfies {
  [Kind in ConfirmationRefusal['kind']]: (refusal: Extract<ConfirmationRefusal, { kind: Kind }>) => Bilingual;
};

export const confirmationLabels = {
  title: { fa: 'حساب کاربری و هویت', en: 'Account and identity' },
  apartTitle: {
    fa: 'با این کد ملی، جدا از این پرونده، حسابی باز است',
    en: 'An account apart from this record stands under this national id',
  },
  apartBody: {
    fa: 'این حساب به این پرونده بسته نیست و اداره‌ای از این استان دارندهٔ آن را با کارت ملی ندیده است. تا هویت در اداره تأیید نشود، صاحب این پرونده نمی‌تواند ثبت‌نام کند.',
    en: 'The account is not tied to this record, and no office of this province saw its holder with a national card. Until the identity is confirmed at the desk, the person of this record cannot register.',
  },
  since: { fa: 'از', en: 'Since' },
  provinces: { fa: 'شمار استان‌هایی که در آن‌ها متقاضی است', en: 'Provinces in which it is an applicant’s' },
  phone: { fa: 'تلفنی که کد به آن می‌رود', en: 'Phone that the code goes to' },
  confirm: { fa: 'تأیید هویت', en: 'Confirm the identity' },
  dialogTitle: { fa: 'تأیید هویت در اداره', en: 'Identity confirmed at the desk' },
  willClose: {
    fa: 'آن حساب بسته می‌شود: نشست‌ها و نقش‌های آن پایان می‌یابد و دیگر با این کد ملی کاری نمی‌کند. باز گرداندنی نیست.',
    en: 'That account is closed: its sessions and roles end, and it acts under this national id no more. This is not taken back.',
  },
  willJoin: {
    fa: 'صاحب این پرونده همان دم با کدی که به این تلفن می‌رود ثبت‌نام می‌کند. کد تنها به همین تلفن می‌رود؛ آن را با خود شخص بسنجید.',
    en: 'The person of this record registers at once with a code to this phone. A code goes to no other: compare it with the person.',
  },
  willStay: {
    fa: 'درخواست‌ها و پرونده‌هایی که با آن حساب ثبت شده است در همان استان و به همان شناسه می‌ماند و به صاحب این پرونده داده نمی‌شود. اگر آن حساب از آن خود او بوده است هم بسته می‌شود؛ پیگیری آن پرونده‌ها در ادارهٔ همان استان است.',
    en: 'Requests and cases entered with that account stay in their province under its own id, and are not given to the person of this record. Should the account have been their own, it is closed all the same, and those cases are followed at the office of that province.',
  },
  cardSeen: {
    fa: 'خود شخص نزد من است و کارت ملی او را با این پرونده سنجیدم',
    en: 'The person is before me, and I compared their national card with this record',
  },
  reason: { fa: 'دلیل', en: 'Reason' },
  reasonMissing: {
    fa: 'دیدن کارت را نشان بزنید و دلیل را بنویسید.',
    en: 'Mark that you saw the card, and write the reason.',
  },
  confirmed: { fa: 'هویت این شخص در اداره تأیید شده است', en: 'The identity was confirmed at the desk' },
  confirmedBody: {
    fa: 'حساب پیشین این کد ملی بسته شد. آنچه با آن ثبت شده بود سر جای خود مانده و از آن این پرونده نیست. کد ثبت‌نام تنها به تلفن این پرونده می‌رود.',
    en: 'The former account of this national id was closed. What was entered with it stays where it is and is not of this record. A code goes to the phone of this record only.',
  },
  by: { fa: 'تأییدکننده', en: 'Confirmed by' },
} as const satisfies Record<string, Bilingual>;

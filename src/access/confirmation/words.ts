import type { Bilingual } from '#kernel/indicator.ts';
import type { IdentityRefusal } from './contract.ts';

export const identityRefusalWords = {
  NothingApart: () => ({
    fa: 'حسابی جدا از این پرونده با این کد ملی باز نیست؛ شخص می‌تواند با همین تلفن ثبت‌نام کند.',
    en: 'No account apart from this record stands under this national id: the person can register with this phone.',
  }),
  OwnIdentity: () => ({
    fa: 'هویت خودتان را خودتان تأیید نمی‌کنید؛ همکار دیگری باید آن را ببیند.',
    en: 'You do not confirm your own identity: another colleague has to see it.',
  }),
  HoldsOffice: () => ({
    fa: 'حسابی که با این کد ملی باز است نقش دیگری جز متقاضی دارد؛ نخست مدیر سامانه باید آن نقش را پایان دهد.',
    en: 'The account under this national id holds another role than an applicant’s: an administrator has to end that role first.',
  }),
  ConfirmedElsewhere: () => ({
    fa: 'هویت این کد ملی را پیش‌تر اداره‌ای دیگر با دیدن شخص تأیید کرده است و یک اداره تأیید دیگری را بر هم نمی‌زند. درخواست شخص را در همین اداره ثبت کنید.',
    en: 'Another office has confirmed the identity of this national id with the person before it, and no office undoes what another confirmed. Enter the person’s requests at this desk.',
  }),
  RecordOfAnother: () => ({
    fa: 'شناسهٔ این پرونده در حساب‌ها از آن کد ملی دیگری است. موضوع را با شمارهٔ پرونده به مدیر سامانه بگویید.',
    en: 'Among the accounts the id of this record belongs to another national id. Tell an administrator of it with the id of the record.',
  }),
} as const satisfies {
  [Kind in IdentityRefusal['kind']]: (refusal: Extract<IdentityRefusal, { kind: Kind }>) => Bilingual;
};

import type { Role } from '#kernel/actor.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { AccessRefusal, grantStandings } from './contract.ts';

export const roleWords = {
  administrator: { fa: 'مدیر سامانه', en: 'Administrator' },
  director: { fa: 'مدیرکل', en: 'Director-general' },
  deputy: { fa: 'معاون', en: 'Deputy' },
  county_office: { fa: 'اداره شهرستان', en: 'County office' },
  agency: { fa: 'دستگاه اجرایی', en: 'Executive agency' },
  bank: { fa: 'بانک عامل', en: 'Agent bank' },
  applicant: { fa: 'متقاضی', en: 'Applicant' },
  auditor: { fa: 'حسابرس', en: 'Auditor' },
  editor: { fa: 'روابط عمومی', en: 'Public relations' },
  ministry: { fa: 'وزارتخانه', en: 'Ministry' },
} as const satisfies Record<Role, Bilingual>;

export const standingWords = {
  proposed: { fa: 'در انتظار تأیید', en: 'Waiting for approval' },
  granted: { fa: 'تأیید شده', en: 'Granted' },
  ended: { fa: 'پایان یافته', en: 'Ended' },
} as const satisfies Record<(typeof grantStandings)[number], Bilingual>;

const partWords = {
  province: { fa: 'استان', en: 'a province' },
  county: { fa: 'شهرستان', en: 'a county' },
  office: { fa: 'اداره یا شعبه', en: 'an office or branch' },
} as const;

function waitWords(seconds: number): Bilingual {
  const minutes = Math.ceil(seconds / 60);
  return seconds < 60
    ? { fa: `${persianDigits(String(seconds))} ثانیهٔ دیگر`, en: `in ${seconds} seconds` }
    : { fa: `${persianDigits(String(minutes))} دقیقهٔ دیگر`, en: `in ${minutes} minutes` };
}

export const accessRefusalWords = {
  WrongPassword: () => ({
    fa: 'نام کاربری یا گذرواژه درست نیست. زبان صفحه‌کلید و حروف بزرگ را ببینید و دوباره بنویسید.',
    en: 'The username or the password is not right. Check the keyboard language and capitals, then try again.',
  }),
  TooManyTries: ({ waitSeconds }) => {
    const wait = waitWords(waitSeconds);
    return {
      fa: `چند بار پیاپی گذرواژهٔ نادرست آمده است. ${wait.fa} دوباره بکوشید، یا از مدیر سامانه گذرواژهٔ تازه بخواهید.`,
      en: `The password was wrong several times in a row. Try again ${wait.en}, or ask an administrator for a new one.`,
    };
  },
  AccountLocked: () => ({
    fa: 'این حساب بسته است. مدیر سامانه می‌تواند آن را باز کند.',
    en: 'This account is closed. An administrator can open it.',
  }),
  UserMissing: () => ({
    fa: 'چنین کاربری در دامنهٔ دید شما نیست.',
    en: 'There is no such user in your scope.',
  }),
  UsernameTaken: ({ username }) => ({
    fa: `نام کاربری «${username}» گرفته شده است؛ نام دیگری بنویسید.`,
    en: `The username "${username}" is taken; choose another.`,
  }),
  NationalIdWrong: () => ({
    fa: 'کد ملی درست نیست: ده رقم است و رقم آخر آن با بقیه می‌خواند. دوباره بنویسید.',
    en: 'The national id is not right: it has ten digits and the last one checks the others.',
  }),
  ScopeNotFitting: ({ role, part, need }) => ({
    fa:
      need === 'needed'
        ? `برای نقش «${roleWords[role].fa}» ${partWords[part].fa} لازم است.`
        : `نقش «${roleWords[role].fa}» ${partWords[part].fa} ندارد؛ آن را خالی بگذارید.`,
    en:
      need === 'needed'
        ? `The role "${roleWords[role].en}" needs ${partWords[part].en}.`
        : `The role "${roleWords[role].en}" has no ${part}; leave it empty.`,
  }),
  PlaceUnknown: () => ({
    fa: 'چنین استان یا شهرستانی در فهرست نیست، یا شهرستان در آن استان نیست.',
    en: 'There is no such province or county, or the county is not in that province.',
  }),
  OfficeUnknown: () => ({
    fa: 'چنین اداره یا شعبه‌ای در این استان ثبت نشده است.',
    en: 'No such office or branch is entered in this province.',
  }),
  OutsideYourScope: () => ({
    fa: 'این کار در دامنهٔ دید شما نیست؛ از مدیر سامانهٔ همان دامنه بخواهید.',
    en: 'This is outside your scope; ask the administrator of that scope.',
  }),
  DaysOutOfOrder: () => ({
    fa: 'روز پایان پیش از روز آغاز است.',
    en: 'The last day is before the first.',
  }),
  AlreadyGranted: ({ standing }) => ({
    fa:
      standing === 'proposed'
        ? 'همین نقش در همین دامنه پیشنهاد شده و در انتظار تأیید است.'
        : 'کاربر همین نقش را در همین دامنه دارد.',
    en:
      standing === 'proposed'
        ? 'The same role in the same scope is already waiting for approval.'
        : 'The user already has this role in this scope.',
  }),
  GrantMissing: () => ({
    fa: 'چنین نقشی در دامنهٔ دید شما ثبت نشده است.',
    en: 'There is no such grant in your scope.',
  }),
  GrantNotWaiting: ({ standing }) => ({
    fa: standing === 'granted' ? 'این نقش پیش‌تر تأیید شده است.' : 'این نقش پایان یافته است و تأیید نمی‌شود.',
    en:
      standing === 'granted'
        ? 'This grant was approved before.'
        : 'This grant has ended and cannot be approved.',
  }),
  OwnProposal: () => ({
    fa: 'پیشنهاددهنده نمی‌تواند تأییدکننده باشد؛ مدیر دیگری باید تأیید کند.',
    en: 'Whoever proposed it cannot approve it; another administrator has to.',
  }),
  OwnGrant: () => ({
    fa: 'کسی نقش خود را تأیید نمی‌کند؛ مدیر دیگری باید تأیید کند.',
    en: 'Nobody approves their own role; another administrator has to.',
  }),
  GrantEnded: () => ({
    fa: 'این نقش پیش‌تر پایان یافته است.',
    en: 'This grant has ended before.',
  }),
  GrantNotInForce: () => ({
    fa: 'این نقش اکنون برقرار نیست؛ نقش دیگری برگزینید.',
    en: 'This role is not in force now; choose another one.',
  }),
  LastAdministrator: () => ({
    fa: 'این آخرین مدیر سامانه است و بدون او کسی نمی‌تواند دسترسی بدهد. نخست مدیر دیگری بگمارید.',
    en: 'This is the last administrator; without one nobody could grant access. Appoint another one first.',
  }),
  OwnAccount: () => ({
    fa: 'این کار را برای حساب خود نمی‌توانید انجام دهید؛ از مدیر دیگری بخواهید.',
    en: 'You cannot do this to your own account; ask another administrator.',
  }),
  LinkUnusable: () => ({
    fa: 'این نشانی دیگر باز نمی‌شود: یا به کار رفته، یا زمانش گذشته، یا نشانی تازه‌تری جای آن را گرفته است. نشانی تازه بخواهید.',
    en: 'This address opens no more: it was used, its time is over, or a newer one replaced it. Ask for a new one.',
  }),
  LinkUnconfirmed: () => ({
    fa: 'این نشانی هنوز در انتظار تأیید مدیر دوم است. پس از تأیید او دوباره باز کنید.',
    en: 'This address is waiting for the confirmation of a second administrator. Open it again afterwards.',
  }),
  SamePerson: () => ({
    fa: 'مدیر نخست همین شخص است. دو مدیر باید دو شخص باشند تا هر کار مهم دو چشم دیگر ببیند.',
    en: 'The first administrator is the same person. The two must be two persons, so that a second pair of eyes sees what matters.',
  }),
} as const satisfies {
  [Kind in AccessRefusal['kind']]: (refusal: Extract<AccessRefusal, { kind: Kind }>) => Bilingual;
};

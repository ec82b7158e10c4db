import { roleTitles } from '#kernel/actor.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { AccessRefusal, grantStandings } from './contract.ts';

/** The titles of the roles, as the kernel has them for whoever refuses by role before any room was asked. */
export const roleWords = roleTitles;

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

export function waitWords(seconds: number): Bilingual {
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

/** The texts of this room's pages. */
export const accessWords = {
  username: { fa: 'نام کاربری', en: 'Username' },
  password: { fa: 'گذرواژه', en: 'Password' },
  newPassword: { fa: 'گذرواژهٔ تازه', en: 'New password' },
  passwordHint: {
    fa: 'دست‌کم ۱۰ نویسه؛ چند واژه بی‌ربط بهتر از یک واژهٔ پیچیده است.',
    en: 'At least 10 characters; a few unrelated words beat one intricate word.',
  },
  name: { fa: 'نام و نام خانوادگی', en: 'Name' },
  nationalId: { fa: 'کد ملی', en: 'National id' },
  nationalIdHint: {
    fa: 'تنها برای بازشناختن اشخاص از هم؛ خود کد نگه‌داری نمی‌شود.',
    en: 'Only to tell persons apart; the id itself is not kept.',
  },

  signIn: { fa: 'ورود', en: 'Sign in' },
  signInLead: {
    fa: 'با نام کاربری و گذرواژهٔ خود وارد شوید. کارکنان آن را از مدیر سامانه می‌گیرند و متقاضیان خود حساب می‌سازند.',
    en: 'Sign in with your username and password. Staff are given them by an administrator, applicants open an account of their own.',
  },
  forgotten: {
    fa: 'گذرواژه را فراموش کرده‌اید؟ متقاضی با کد پیامکی گذرواژهٔ تازه می‌گذارد؛ به کارکنان مدیر سامانه نشانی گذرواژهٔ تازه می‌دهد.',
    en: 'Forgotten the password? An applicant sets a new one by a code that comes as SMS; staff are given an address for it by an administrator.',
  },
  demonstrationTitle: { fa: 'ورود نمایشی', en: 'Demonstration' },
  demonstrationLead: {
    fa: 'یکی از کاربران ساختگی را برگزینید؛ گذرواژهٔ همه یکی است.',
    en: 'Choose one of the made-up users; they all have the same password.',
  },

  firstTitle: { fa: 'دو مدیر نخست', en: 'The first two administrators' },
  firstLead: {
    fa: 'سامانه خالی است. دو شخص، هر یک با همین نشانی، خود را به عنوان مدیر سامانه ثبت می‌کنند. نفر دوم با ثبت خود نقش نفر اول را تأیید می‌کند و نفر اول سپس نقش نفر دوم را در میز کار.',
    en: 'The system is empty. Two persons enter themselves as administrators under this address. The second approves the first by entering, and the first then approves the second on the desk.',
  },
  firstNow: { fa: 'اکنون نفر اول ثبت می‌شود.', en: 'The first person is entered now.' },
  secondNow: {
    fa: 'نفر اول ثبت شده است؛ اکنون نفر دوم ثبت می‌شود.',
    en: 'The first person has entered; the second is entered now.',
  },
  enterAdministrator: { fa: 'ثبت مدیر سامانه', en: 'Enter administrator' },
  enteredFirst: {
    fa: 'ثبت شدید. نقش شما هنگامی برقرار می‌شود که نفر دوم با همین نشانی خود را ثبت کند. نشانی را به او بدهید.',
    en: 'You are entered. Your role begins when the second person enters under the same address. Hand the address on.',
  },
  enteredSecond: {
    fa: 'ثبت شدید و نقش نفر اول تأیید شد. پس از آنکه او نقش شما را در میز کار تأیید کند، کارتان آغاز می‌شود.',
    en: 'You are entered and the first person is approved. You can begin when they approve your role on the desk.',
  },
  toSignIn: { fa: 'رفتن به صفحهٔ ورود', en: 'Go to sign-in' },

  passwordTitle: { fa: 'تعیین گذرواژه', en: 'Set a password' },
  passwordFor: { fa: 'گذرواژهٔ حساب', en: 'Password of the account' },
  repeat: { fa: 'تکرار گذرواژه', en: 'Repeat the password' },
  repeatDiffers: { fa: 'با گذرواژهٔ بالا یکی نیست.', en: 'It differs from the password above.' },
  setPassword: { fa: 'ثبت گذرواژه', en: 'Set password' },
  passwordSet: {
    fa: 'گذرواژه ثبت شد. اکنون با آن وارد شوید.',
    en: 'The password is set. Sign in with it now.',
  },
  awaitsConfirmation: {
    fa: 'این حساب نقش مدیریتی دارد؛ نشانی پس از تأیید مدیر دوم باز می‌شود.',
    en: 'The account holds a powerful role; the address opens after a second administrator has confirmed it.',
  },

  users: { fa: 'کاربران و نقش‌ها', en: 'Users and roles' },
  usersLead: {
    fa: 'هر کاربر با نقش و دامنهٔ دید خود. نقش مدیرکل و مدیر سامانه با تأیید مدیر دوم برقرار می‌شود.',
    en: 'Each user with their roles and scopes. A director’s or administrator’s role takes a second administrator.',
  },
  newUser: { fa: 'افزودن کاربر', en: 'Add a user' },
  search: { fa: 'جست‌وجوی نام', en: 'Search a name' },
  filterRole: { fa: 'نقش', en: 'Role' },
  allRoles: { fa: 'همهٔ نقش‌ها', en: 'All roles' },
  user: { fa: 'کاربر', en: 'User' },
  noUsers: { fa: 'کاربری با این نام و نقش نیست', en: 'No user of that name and role' },
  noUsersBody: {
    fa: 'جست‌وجو را کوتاه‌تر کنید یا کاربر تازه‌ای بیفزایید.',
    en: 'Shorten the search, or add a user.',
  },
  state: { fa: 'وضع', en: 'State' },
  open: { fa: 'باز', en: 'Open' },
  locked: { fa: 'بسته', en: 'Closed' },
  noPassword: { fa: 'بی‌گذرواژه', en: 'No password yet' },
  waiting: { fa: 'در انتظار تأیید', en: 'Waiting' },

  grants: { fa: 'نقش‌ها', en: 'Roles' },
  noGrants: { fa: 'نقشی در دامنهٔ دید شما ندارد', en: 'No role within your scope' },
  noGrantsBody: {
    fa: 'بدون نقش، ورود کاربر هیچ صفحه‌ای را باز نمی‌کند.',
    en: 'Without a role signing in opens no page.',
  },
  role: { fa: 'نقش', en: 'Role' },
  scope: { fa: 'دامنهٔ دید', en: 'Scope' },
  allProvinces: { fa: 'همهٔ استان‌ها', en: 'All provinces' },
  wholeInstallation: { fa: 'کل سامانه', en: 'The whole installation' },
  province: { fa: 'استان', en: 'Province' },
  county: { fa: 'شهرستان', en: 'County' },
  wholeProvince: { fa: 'همهٔ استان', en: 'The whole province' },
  office: { fa: 'اداره یا شعبه', en: 'Office or branch' },
  noOffices: {
    fa: 'برای این استان هنوز اداره یا شعبه‌ای ثبت نشده است.',
    en: 'No office or branch is entered for this province yet.',
  },
  from: { fa: 'از', en: 'From' },
  until: { fa: 'تا', en: 'Until' },
  noEnd: { fa: 'بی‌پایان', en: 'Open' },
  proposedBy: { fa: 'پیشنهاد', en: 'Proposed by' },
  approvedBy: { fa: 'تأیید', en: 'Approved by' },
  deeds: { fa: 'کار', en: 'Action' },
  grantRole: { fa: 'دادن نقش', en: 'Grant a role' },
  approve: { fa: 'تأیید نقش', en: 'Approve role' },
  endGrant: { fa: 'پایان‌دادن به نقش', en: 'End role' },
  reason: { fa: 'دلیل', en: 'Reason' },
  endLead: {
    fa: 'نقش همین حالا پایان می‌یابد و در سابقه می‌ماند.',
    en: 'The role ends at once and stays in the record.',
  },
  powerfulHint: {
    fa: 'این نقش پس از تأیید مدیر دوم برقرار می‌شود.',
    en: 'This role begins when a second administrator has approved it.',
  },

  reset: { fa: 'گذرواژهٔ تازه', en: 'New password' },
  lock: { fa: 'بستن حساب', en: 'Close account' },
  unlock: { fa: 'بازکردن حساب', en: 'Open account' },
  linkTitle: { fa: 'نشانی یک‌بارمصرف', en: 'One-time address' },
  linkLead: {
    fa: 'این نشانی را تنها به خود کاربر بدهید. یک بار باز می‌شود و سه روز اعتبار دارد؛ دوباره نشان داده نمی‌شود.',
    en: 'Give this address to the user only. It opens once, within three days, and is not shown again.',
  },
  waitingResets: {
    fa: 'گذرواژه‌های در انتظار تأیید مدیر دوم',
    en: 'Password resets waiting for a second administrator',
  },
  askedBy: { fa: 'درخواست‌کننده', en: 'Asked by' },
  confirm: { fa: 'تأیید درخواست', en: 'Confirm reset' },
} as const satisfies Record<string, Bilingual>;

import type { Bilingual } from '#kernel/indicator.ts';
import type { Outcome } from './contract.ts';

export const trailWords = {
  title: { fa: 'رد کارها', en: 'Trail' },
  lead: {
    fa: 'چه کسی چه چیزی را خواند، چه کرد و چه چیزی به او داده نشد. این فهرست تنها افزوده می‌شود و تا سامانه هست می‌ماند؛ در آن تنها شناسه‌هاست و هیچ مشخصهٔ شخصی متقاضیان نیست.',
    en: 'Who read what, did what and was refused what. The list is only ever added to and stays as long as the installation; it holds ids and no personal facts of applicants.',
  },
  search: { fa: 'نام یا نام کاربری', en: 'Name or username' },
  outcome: { fa: 'نتیجه', en: 'Outcome' },
  allOutcomes: { fa: 'همه', en: 'All' },
  from: { fa: 'از روز', en: 'From' },
  until: { fa: 'تا روز', en: 'Until' },
  record: { fa: 'رکورد', en: 'Record' },
  recordLabel: { fa: 'شناسهٔ پرونده، حساب یا رکورد', en: 'Id of a case, account or record' },
  notAnId: { fa: 'شناسه را کامل بنویسید (UUID).', en: 'Write the whole id (UUID).' },
  show: { fa: 'نمایش', en: 'Show' },
  clear: { fa: 'همهٔ رد کارها', en: 'The whole trail' },
  onlyUser: { fa: 'تنها این کاربر', en: 'This user only' },
  onlyRecord: { fa: 'تنها این رکورد', en: 'This record only' },
  when: { fa: 'زمان', en: 'When' },
  who: { fa: 'چه کسی', en: 'Who' },
  what: { fa: 'چه چیزی', en: 'What' },
  where: { fa: 'استان', en: 'Province' },
  records: { fa: 'رکوردها', en: 'Records' },
  because: { fa: 'قاعده', en: 'Rule' },
  route: { fa: 'مسیر', en: 'Route' },
  status: { fa: 'کد پاسخ', en: 'Status' },
  username: { fa: 'نام کاربری', en: 'Username' },
  role: { fa: 'نقش', en: 'Role' },
  instant: { fa: 'زمان (ISO)', en: 'Instant (ISO)' },
  nobody: { fa: 'نام‌نبرده', en: 'Not named' },
  nationwide: { fa: 'سراسری', en: 'Nationwide' },
  seals: { fa: 'تابلوی مُهرها', en: 'Board of seals' },
  more: { fa: 'رویدادهای پیشین', en: 'Earlier events' },
  exported: { fa: 'دریافت CSV', en: 'Download CSV' },
  empty: { fa: 'رویدادی با این ویژگی‌ها نیست', en: 'No event like that' },
  emptyBody: {
    fa: 'صافی‌ها را کمتر کنید یا بازهٔ روزها را بازتر بگیرید.',
    en: 'Take filters away or widen the days.',
  },
} as const satisfies Record<string, Bilingual>;

export const outcomeWords = {
  read: { fa: 'خواند', en: 'Read' },
  did: { fa: 'انجام داد', en: 'Did' },
  refused: { fa: 'پذیرفته نشد', en: 'Refused' },
} as const satisfies Record<Outcome, Bilingual>;

const eventWords: ReadonlyMap<string, Bilingual> = new Map(
  Object.entries({
    'access.signed_in': { fa: 'ورود به سامانه', en: 'Signed in' },
    'access.signed_out': { fa: 'خروج از سامانه', en: 'Signed out' },
    'access.sign_in_refused': { fa: 'ورود با گذرواژهٔ نادرست یا حساب بسته', en: 'Sign-in refused' },
    'access.grant_proposed': { fa: 'پیشنهاد نقش', en: 'Proposed a role' },
    'access.grant_approved': { fa: 'تأیید نقش', en: 'Approved a role' },
    'access.role_granted': { fa: 'دادن نقش', en: 'Granted a role' },
    'access.grant_ended': { fa: 'پایان دادن به نقش', en: 'Ended a role' },
    'access.account_locked': { fa: 'بستن حساب کاربری', en: 'Locked an account' },
    'access.account_unlocked': { fa: 'بازکردن حساب کاربری', en: 'Unlocked an account' },
    'access.password_reset_opened': { fa: 'درخواست گذرواژهٔ تازه', en: 'Asked for a new password' },
    'access.password_reset_confirmed': { fa: 'تأیید گذرواژهٔ تازه', en: 'Confirmed a new password' },
    'access.password_set': { fa: 'تعیین گذرواژه', en: 'Set a password' },
    'access.trail_lost': {
      fa: 'شماری از خواندن‌ها ثبت نشد، چون پایگاه داده در دسترس نبود',
      en: 'Some readings were not kept: the database was away',
    },
  }),
);

/** The parts of the addresses of the interface, as a clerk calls them; what has no word stays as it is. */
const partWords: ReadonlyMap<string, Bilingual> = new Map(
  Object.entries({
    access: { fa: 'دسترسی', en: 'access' },
    accounts: { fa: 'حساب‌های دفتر', en: 'ledger accounts' },
    acts: { fa: 'اقدام‌ها', en: 'acts' },
    agencies: { fa: 'دستگاه‌ها', en: 'agencies' },
    approval: { fa: 'تأیید', en: 'approval' },
    awards: { fa: 'تصویب‌های وام', en: 'awards' },
    'agent-banks': { fa: 'بانک‌های عامل', en: 'agent banks' },
    banks: { fa: 'بانک‌ها', en: 'banks' },
    branches: { fa: 'شعبه‌ها', en: 'branches' },
    cases: { fa: 'پرونده‌ها', en: 'cases' },
    categories: { fa: 'رسته‌ها', en: 'categories' },
    confirmation: { fa: 'تأیید', en: 'confirmation' },
    counties: { fa: 'شهرستان‌ها', en: 'counties' },
    credit: { fa: 'اعتبار', en: 'credit' },
    documents: { fa: 'اسناد', en: 'documents' },
    end: { fa: 'پایان', en: 'end' },
    events: { fa: 'رد کارها', en: 'trail' },
    export: { fa: 'خروجی', en: 'export' },
    figures: { fa: 'رقم‌ها', en: 'figures' },
    grants: { fa: 'نقش‌های داده‌شده', en: 'grants' },
    heads: { fa: 'سرهای مُهر', en: 'heads' },
    imports: { fa: 'ورود داده', en: 'imports' },
    lines: { fa: 'ردیف‌های اعتبار', en: 'lines' },
    'loan-openings': { fa: 'رسته‌های قابل پرداخت', en: 'loan openings' },
    notifications: { fa: 'نامه‌های ابلاغ', en: 'notifications' },
    occupations: { fa: 'رشته‌ها', en: 'occupations' },
    offices: { fa: 'اداره‌ها', en: 'offices' },
    opening: { fa: 'گشودن', en: 'opening' },
    'password-reset': { fa: 'گذرواژهٔ تازه', en: 'password reset' },
    'password-resets': { fa: 'گذرواژه‌های تازه', en: 'password resets' },
    persons: { fa: 'اشخاص', en: 'persons' },
    preview: { fa: 'پیش‌نمایش', en: 'preview' },
    proof: { fa: 'برهان مُهر', en: 'proof' },
    provinces: { fa: 'استان‌ها', en: 'provinces' },
    records: { fa: 'سندهای رقم', en: 'records' },
    seals: { fa: 'مُهرها', en: 'seals' },
    slices: { fa: 'برش‌ها', en: 'slices' },
    slicings: { fa: 'برش‌زدن‌ها', en: 'slicings' },
    sources: { fa: 'منبع‌ها', en: 'sources' },
    statement: { fa: 'صورت حساب', en: 'statement' },
    'statement-check': { fa: 'سنجش متن خبر', en: 'statement check' },
    transfers: { fa: 'انتقال‌ها', en: 'transfers' },
    users: { fa: 'کاربران', en: 'users' },
    withdrawal: { fa: 'پس‌گرفتن', en: 'withdrawal' },
  }),
);

const sentenceOf = (code: string): Bilingual => partWords.get(code) ?? { fa: code, en: code };

/** «اعتبار › برش‌ها › انتقال‌ها»: the address of a request in words, or what a room noted of itself. */
export function wordsOfEvent({ event, route }: { event: string; route: string | null }): Bilingual {
  if (route === null) return eventWords.get(event) ?? { fa: event, en: event };
  const parts = route
    .replace(/^[A-Z]+ \/api\//, '')
    .replace(/^provinces\/:\w+\//, '')
    .split('/')
    .filter((part) => part !== '' && !part.startsWith(':'));
  const said = parts.map(sentenceOf);
  return { fa: said.map(({ fa }) => fa).join(' › '), en: said.map(({ en }) => en).join(' › ') };
}

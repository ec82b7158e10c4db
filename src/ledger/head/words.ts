import type { Bilingual } from '#kernel/indicator.ts';

export const headWords = {
  title: { fa: 'تابلوی مُهرها', en: 'Board of seals' },
  lead: {
    fa: 'هر انتقال و هر اقدامی که در کارساز ثبت شود، چند دم بعد به زنجیره‌ای از درهم‌سازی‌ها افزوده و مُهر می‌شود. سرِ مُهر شصت‌وچهار نویسه است و به جای همهٔ آنچه پیش از آن ثبت شده می‌نشیند: اگر پس از آن حتی یک ریال یا یک نام دگرگون شود، سر دیگر همان نیست.',
    en: 'Every transfer and act recorded in Karsaz is moments later added to a chain of hashes and sealed. A head is sixty-four characters that stand for everything recorded before: if a single rial or name is changed later, the head is no longer the same.',
  },
  province: { fa: 'استان', en: 'Province' },
  nation: { fa: 'سراسری', en: 'Nationwide' },
  newest: { fa: 'تازه‌ترین سرِ مُهر', en: 'The newest head' },
  number: { fa: 'شمارهٔ مُهر', en: 'Seal number' },
  rows: { fa: 'ردیف‌های مُهرشده تا اینجا', en: 'Rows sealed so far' },
  sealedAt: { fa: 'زمان مُهر', en: 'Sealed at' },
  signedBy: { fa: 'کلید امضا', en: 'Signed with' },
  head: { fa: 'سرِ مُهر', en: 'Head' },
  days: { fa: 'آخرین سرِ هر روز', en: 'The last head of each day' },
  day: { fa: 'روز', en: 'Day' },
  keepDays: { fa: 'دریافت سرِ روزها', en: 'Download the daily heads' },
  keepAll: { fa: 'دریافت همهٔ سرها', en: 'Download all heads' },
  none: { fa: 'هنوز چیزی مُهر نشده است', en: 'Nothing has been sealed yet' },
  noneHelp: {
    fa: 'چند ثانیه پس از نخستین ثبت، سرِ آن اینجا می‌آید.',
    en: 'A few seconds after the first record its head appears here.',
  },
  how: { fa: 'چگونه نگه داریم و بسنجیم', en: 'How to keep and to check' },
  keepTitle: { fa: 'نگه‌داشتن', en: 'Keep' },
  keep: {
    fa: 'پروندهٔ سرها را دریافت کنید یا همین صفحه را چاپ کنید و جایی بگذارید که دست مدیران این سامانه به آن نرسد: رایانه‌ای دیگر، بایگانی کاغذی، یا روزنامه. هرچه جاهای بیشتری آن را داشته باشند، دگرگون‌کردن پنهانی سخت‌تر است.',
    en: 'Download the file of heads or print this page, and put it where those who run this system cannot reach: another machine, a paper archive, a newspaper. The more places keep it, the harder it is to change anything unseen.',
  },
  compareTitle: { fa: 'سنجیدن برگهٔ چاپی', en: 'Compare a printed page' },
  compare: {
    fa: 'زیر هر PDF کارساز شمارهٔ مُهر و شانزده نویسهٔ نخست سر آن چاپ شده است. همان شماره را در این تابلو بیابید و نویسه‌ها را کنار هم بگذارید.',
    en: 'Under every PDF of Karsaz stand the number of a seal and the first sixteen characters of its head. Find the number on this board and compare.',
  },
  verifyTitle: { fa: 'سنجیدن همهٔ دفتر', en: 'Check the whole ledger' },
  verify: {
    fa: 'هر کس که به سرور دسترسی دارد با فرمان زیر همه چیز را از صفر حساب می‌کند و با سرهای نگه‌داشتهٔ شما می‌سنجد؛ نخستین ردیف نادرست نام برده می‌شود.',
    en: 'Whoever has access to the server recomputes everything from zero with this command and holds it against the heads that you kept; the first wrong row is named.',
  },
  browserTitle: { fa: 'سنجیدن بی‌سرور', en: 'Check without the server' },
  browser: {
    fa: 'حسابرس خروجی مُهرها را دریافت می‌کند و در صفحه‌ای که بی‌شبکه هم کار می‌کند، در مرورگر خود می‌سنجد.',
    en: 'An auditor downloads an export of the seals and checks it in the browser, on a page that works without a network too.',
  },
  toVerifier: { fa: 'صفحهٔ سنجش مُهرها', en: 'The page that verifies seals' },
} as const satisfies Record<string, Bilingual>;

import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { oldAfterDays } from './contract.ts';

const days = persianDigits(String(oldAfterDays));

export const backupWords = {
  title: { fa: 'نگهداری سامانه', en: 'Installation' },
  lead: {
    fa: 'پشتیبان‌ها، آخرین سنجش آن‌ها و کارهایی که سامانه در پس‌زمینه انجام می‌دهد.',
    en: 'Backups, the last check of them, and the work that the system does in the background.',
  },
  none: { fa: 'هنوز پشتیبان درستی نیست', en: 'There is no good backup yet' },
  old: {
    fa: `آخرین پشتیبانی که درست یافته شد بیش از ${days} روز پیش است`,
    en: `The last backup that was found right is more than ${oldAfterDays} days old`,
  },
  fresh: { fa: 'پشتیبان تازه و سنجیده است', en: 'The backup is recent and was checked' },
  remedy: {
    fa: 'متصدی سرور KARSAZ_BACKUP را به پوشه‌ای روی دیسکی دیگر بدهد تا هر روز یک پشتیبان گرفته و سنجیده شود، یا همین امروز فرمان زیر را اجرا کند:',
    en: 'Let whoever runs the server point KARSAZ_BACKUP at a folder on another disk, so that a backup is made and checked every day, or run this command today:',
  },
  server: {
    fa: 'داده‌ها در سرور DATABASE_URL است و با ابزار همان سرور پشتیبان گرفته می‌شود (pg_basebackup یا pg_dump).',
    en: 'The data are on the server of DATABASE_URL and are backed up by its own tools (pg_basebackup or pg_dump).',
  },
  schedule: { fa: 'برنامهٔ پشتیبان‌گیری', en: 'Schedule' },
  daily: { fa: 'هر روز یک بار', en: 'Once a day' },
  never: { fa: 'برنامه‌ای نیست', en: 'None' },
  byServer: { fa: 'با ابزار سرور', en: 'By the server’s tools' },
  kept: { fa: 'شمار نگه‌داشته', en: 'Kept' },
  lastGood: { fa: 'آخرین پشتیبان درست', en: 'Last good backup' },
  backups: { fa: 'پشتیبان‌ها', en: 'Backups' },
  madeAt: { fa: 'زمان', en: 'Made' },
  name: { fa: 'پرونده', en: 'File' },
  size: { fa: 'اندازه (کیلوبایت)', en: 'Size (kB)' },
  verified: { fa: 'سنجش', en: 'Check' },
  right: { fa: 'بازگردانده و درست یافته شد', en: 'Restored and found right' },
  unchecked: { fa: 'سنجیده یا درست نیست', en: 'Not checked, or not right' },
  noBackups: { fa: 'پشتیبانی گرفته نشده است', en: 'No backup was made' },
  noBackupsBody: {
    fa: 'پشتیبان‌های این سامانه، هر کدام با نتیجهٔ بازگرداندن و سنجیدن آن، اینجا می‌آید.',
    en: 'The backups of this installation appear here, each with the outcome of restoring and checking it.',
  },
  work: { fa: 'کارهای پس‌زمینه', en: 'Background work' },
  workName: { fa: 'کار', en: 'Work' },
  doneAt: { fa: 'آخرین انجام', en: 'Last done' },
  state: { fa: 'وضعیت', en: 'State' },
  fine: { fa: 'درست', en: 'Fine' },
  failed: { fa: 'ناکام؛ دوباره می‌کوشد', en: 'Failed; it tries again' },
} as const satisfies Record<string, Bilingual>;

export const jobWords: Readonly<Record<string, Bilingual>> = {
  seal: { fa: 'زدن مُهر', en: 'Sealing' },
  backup: { fa: 'پشتیبان روزانه', en: 'Daily backup' },
  escalate: { fa: 'پیگیری مهلت پرونده‌ها', en: 'Following up the deadlines of cases' },
  post: { fa: 'فرستادن پیام‌ها', en: 'Sending messages' },
  deliver: { fa: 'دادن گزارش‌های دوره‌ای', en: 'Giving scheduled reports' },
  inquiry: { fa: 'پرسیدن استعلام‌ها', en: 'Asking registers' },
  roster: { fa: 'خواندن فهرست‌های اشخاص', en: 'Reading lists of persons' },
  laws: { fa: 'سنجش قانون‌های تابلو', en: 'Asking the laws of the board' },
  tallies: { fa: 'جمع‌بستن رقم‌ها', en: 'Adding up figures' },
  'licence-expiry': { fa: 'خبر پایان مجوزها', en: 'Telling of the end of licences' },
  'expire-reports': { fa: 'پایان مهلت گزارش‌های تأییدنشده', en: 'Expiry of unconfirmed reports' },
};

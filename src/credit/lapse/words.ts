import type { Bilingual } from '#kernel/indicator.ts';

/** How near a slice is to lapsing, in one word. */
export const riskWords = {
  on_time: { fa: 'به‌هنگام', en: 'On course' },
  lapse_near: { fa: 'شاید بسوزد', en: 'May lapse' },
  lapsing: { fa: 'در راه سوختن', en: 'Lapsing' },
  lapsed: { fa: 'سوخته', en: 'Lapsed' },
  unknown: { fa: 'هنوز روشن نیست', en: 'Not known yet' },
} as const satisfies Record<string, Bilingual>;

/** Texts of the forecast at the deadline. */
export const lapseLabels = {
  title: { fa: 'پیش‌بینی تا مهلت', en: 'Forecast to the deadline' },
  lead: {
    fa: 'آنچه تا پایان مهلت رزرو نشود می‌سوزد. این برآورد از برداشت هفته‌های اخیر هر برش است و تردیدش را نشان می‌دهد.',
    en: 'What is not reserved by the deadline lapses. This is estimated from each slice’s draws of recent weeks, and shows its doubt.',
  },
  method: {
    fa: 'روش: خالص رزرو (رزرو منهای آزادشده) در دوازده هفتهٔ کامل اخیر که در آن پولی برای برداشت بوده است؛ هفته‌های مانده هزار بار به قید قرعه از همان هفته‌ها برداشته می‌شود. کم و زیاد، صدک دهم و نودم است: از هر پنج بار نزدیک به چهار بار نتیجه در این بازه می‌افتد. فصل و تعطیلات به حساب نیامده است. رقم‌ها تا دو رقم معنادار گرد شده‌اند.',
    en: 'Method: net reservations (less releases) of the last twelve whole weeks in which there was something to draw on; the weeks to come are drawn by lot from these a thousand times. Low and high are the tenth and ninetieth percentile: about four times in five the outcome lies between. Seasons and holidays are not counted. Sums are rounded to two digits.',
  },
  unspent: { fa: 'مانده در پایان مهلت', en: 'Unspent at the deadline' },
  about: { fa: 'حدود', en: 'about' },
  between: { fa: 'میان', en: 'between' },
  and: { fa: 'و', en: 'and' },
  perWeek: { fa: 'برداشت هفتگی', en: 'Drawn a week' },
  daysLeft: { fa: 'روز تا مهلت', en: 'days to the deadline' },
  past: { fa: 'مهلت گذشته است', en: 'The deadline has passed' },
  tooShort: { fa: 'کمتر از چهار هفته سابقه', en: 'Less than four weeks on record' },
  noneDrawn: { fa: 'برداشتی نبوده', en: 'Nothing drawn' },
  weeks: { fa: 'هفته‌های اخیر', en: 'Recent weeks' },
  available: { fa: 'رزرونشده', en: 'Not reserved' },
  risk: { fa: 'وضعیت', en: 'Outlook' },
  slices: { fa: 'برش‌ها', en: 'Slices' },
  under: { fa: 'زیر', en: 'Below' },
  wholeLine: { fa: 'کل خط', en: 'The whole line' },
  noSlices: { fa: 'این خط هنوز برش نخورده است', en: 'This line is not divided yet' },
  draftMove: { fa: 'پیش‌نویس جابه‌جایی', en: 'Draft a transfer' },
  moves: { fa: 'جابه‌جایی‌ها', en: 'Transfers' },
  noMoves: { fa: 'هنوز جابه‌جایی‌ای پیشنهاد نشده است', en: 'No transfer is proposed yet' },
} as const satisfies Record<string, Bilingual>;

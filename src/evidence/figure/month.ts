/** Months, weekdays, seasons and what turns two or four digits into a year. */
export type Month = { readonly number: number; readonly calendar: 'jalali' | 'gregorian' | 'lunar' };

const names = {
  jalali: 'فروردین اردیبهشت خرداد تیر مرداد|امرداد شهریور مهر آبان آذر دی بهمن اسفند',
  gregorian:
    'ژانویه فوریه مارس|مارچ آوریل|اوریل مه ژوئن|ژوين|جون ژوئیه|جولای|ژولای اوت|آگوست|اگوست سپتامبر اکتبر|اکتوبر نوامبر دسامبر',
  lunar:
    'محرم صفر ربیعالاول|ربیعالاولی ربیعالثانی جمادیالاول|جمادیالاولی جمادیالثانی رجب شعبان رمضان شوال ذیقعده|ذیالقعده ذیحجه|ذیالحجه',
} as const;

const fold = (word: string): string => word.replace(/ئ/g, 'ی');

export const MONTHS: ReadonlyMap<string, Month> = new Map(
  (['lunar', 'gregorian', 'jalali'] as const).flatMap((calendar) =>
    names[calendar].split(' ').flatMap((spellings, index) =>
      spellings.split('|').flatMap((word): [string, Month][] => {
        const month = { number: index + 1, calendar };
        return calendar === 'jalali'
          ? [word, `${word}ماه`].map((each): [string, Month] => [fold(each), month])
          : [[fold(word), month]];
      }),
    ),
  ),
);

export const WEEKDAYS: readonly string[] = [
  'شنبه',
  'یکشنبه',
  'دوشنبه',
  'سهشنبه',
  'چهارشنبه',
  'پنجشنبه',
  'پنجشنبهها',
  'شنبهها',
  'جمعه',
  'آدینه',
];

/** Words after which two or four bare digits are a year: «مزد ۹۸»، «بودجه ۱۴۰۴»، «بهار ۱۴۰۲». */
export const YEAR_CUES: readonly string[] = [
  'سال',
  'سالهای',
  'سالها',
  'درسال',
  'ازسال',
  'تاسال',
  'طیسال',
  'بهسال',
  'درسال',
  'ازسال',
  'تاسال',
  'طیسال',
  'بهسال',
  'سنه',
  'بودجه',
  'مزد',
  'دستمزد',
  'نوروز',
  'یلدای',
  'عملکرد',
  'بیکاری',
  'تورم',
  'حقوق',
  'عیدی',
  'آمار',
  'برنامه',
  'بهار',
  'تابستان',
  'پاییز',
  'زمستان',
  'بهاره',
  'اربعین',
  'مصوب',
  'زراعی',
  'تحصیلی',
  'مالی',
];

/** Words after which four digits are a year though a noun follows: «شش ماهه نخست ۱۴۰۲ استان». */
export const FOUR_DIGIT_CUES: readonly string[] =
  'پایان ابتدای انتهای اواخر اوایل اواسط آغاز شروع افق سند لایحه قانون اعتبارات سرشماری نیمه ماهه فصل نخست اول دوم سوم چهارم گذشته جاری'.split(
    ' ',
  );

/** Words after which four digits are a year when nothing is counted by them: «در ۱۴۰۲». */
export const WEAK_CUES: readonly string[] = 'در تا از طی برای نسبت به'.split(' ');

/** A year as printed: four digits stay, two become Jalali (۹۳ is 1393, ۰۲ is 1402); undefined otherwise. */
export function yearOf(digits: string): number | undefined {
  const value = Number(digits);
  if (digits.length === 4) return isJalali(value) || isGregorian(value) ? value : undefined;
  if (digits.length !== 2) return undefined;
  return value < 30 ? 1400 + value : 1300 + value;
}

export const isJalali = (year: number): boolean => year >= 1200 && year < 1500;
export const isGregorian = (year: number): boolean => year >= 1800 && year < 2100;

export const pad = (part: number | bigint): string => String(part).padStart(2, '0');

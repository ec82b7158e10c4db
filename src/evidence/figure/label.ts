/** Nouns whose number names a thing instead of counting it: «رتبه ۲»، «کد خبر: ۳۲۹۰»، «خیابان ۱۷». */
export type Label = {
  readonly kind: 'ordinal' | 'code' | 'phone' | 'name' | 'legal';
  /**
   * A strong label takes any number; a weak one only a number with no unit and no counted noun after it
   * («دوره ۳ ساله» is a duration). Of the legal ones, the strong are the main units.
   */
  readonly strong: boolean;
  /** In normal spelling. */
  readonly noun: string;
};

const table: readonly (readonly [Label['kind'], boolean, string])[] = [
  ['legal', true, 'ماده|مواد|ماده‌های تبصره|تبصره‌های|تبصره‌ها|تباصر اصل|اصول|اصل‌های'],
  ['legal', false, 'بند|بندهای|بندها جزء|اجزای|اجزا|جز|جزو|جزءهای'],
  ['ordinal', true, 'رتبه|رتبه‌های مقام|مقام‌های جایگاه|جایگاه‌های دهک|دهک‌های|دهک‌ها رده|رده‌های'],
  ['ordinal', false, 'مرحله|مراحل گام|گام‌های نوبت|نوبت‌های دور|دورهای دوره|دوره‌های طبقه|طبقات پایه|پایه‌های'],
  ['ordinal', false, 'گروه|گروه‌های سطح|سطوح ردیف|ردیف‌های دولت هفته ترم نسل درجه کلاس فصل برنامه لیگ'],
  ['code', true, 'کد شناسه شماره سریال پلاک کدپستی کدملی کدخبر کدرهگیری'],
  ['phone', true, 'تلفن|تلفن‌های تماس فکس نمابر تلفکس موبایل سامانه پیامک سرشماره'],
  [
    'name',
    true,
    'خیابان کوچه بلوار فاز|فازهای کانال شبکه کووید کرونا اتوبان بزرگراه پارت جدول نمودار شکل تصویر',
  ],
  ['name', false, 'میدان منطقه|مناطق ناحیه|نواحی بلوک باجه غرفه سالن ایستگاه خط لاین زون کیلومتر'],
];

const fold = (word: string): string => word.replace(/\u200c/g, '').replace(/ء/g, '');

export const LABELS: ReadonlyMap<string, Label> = new Map(
  table.flatMap(([kind, strong, words]) =>
    words.split(' ').flatMap((forms) => {
      const [noun = ''] = forms.split('|');
      return forms.split('|').map((form): [string, Label] => [fold(form), { kind, strong, noun }]);
    }),
  ),
);

/** Words that may stand between a label and its number: «کد خبر: ۳۲۹۰»، «گروه شغلی ۱». */
export const BETWEEN: ReadonlySet<string> = new Set(
  'خبر ملی شغلی خبری تماس تلفن پستی رهگیری ثبت شناسه همراه اقتصادی مطلب های ها ی ثابت پیگیری سیما ویژه شهرداری شهری درآمدی جغرافیایی بخشنامه نامه پیامکی گویا گویای دورنگار'.split(
    ' ',
  ),
);

/** «بخش» names a news hour only in this pair. */
export const NEWS_HOUR: readonly [string, string] = ['بخش', 'خبری'];

/** Places that are named after a day or a number («میدان هفت تیر»، «پایگاه ۲۲ بهمن»). */
export const NAMED_PLACES: ReadonlySet<string> = new Set(
  'خیابان میدان بلوار کوچه بزرگراه پایگاه شهرک بیمارستان مدرسه پارک پل مسجد هنرستان ورزشگاه سالن کوی محله'.split(
    ' ',
  ),
);

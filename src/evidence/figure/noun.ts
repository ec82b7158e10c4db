/**
 * Nouns that the directorates count, in normal spelling. A text may name anything else as well; these are
 * the ones whose half-spaces we can restore and which tell a count from a year («۱۴۰۰ خانوار»).
 */
const counted = `
اتاق اتحادیه اتوبوس اثر اداره استان استخر اشتغال اقدام انجمن ایثارگر ایستگاه
بازارچه بازدید بازرس بازرسی بازنشسته بانک بانو برنامه بسته بخش بخشنامه بلوک بنا بنگاه بهره‌بردار بیکار بیمار بیمارستان بیمه‌شده
پارک پایگاه پرسنل پرونده پروانه پروژه پست پلاک پیام پیشنهاد
تابلو تبعه تخت تخلف ترم تسهیلات تشکل تعاونی تفاهم‌نامه تکلیف تماس توافق‌نامه تیم
جانباز جایزه جشنواره جلسه جنازه جوان
چاه چهارچوب
حادثه حادثه‌دیده حکم حلقه حوزه
خانم خانه خانوار خانواده خبر خبرنگار خدمت خوابگاه خودرو
دادخواست داوطلب دانش‌آموز دانشجو دانشکده دانشگاه داروخانه دام دختر درخواست درمانگاه دستگاه دستورالعمل دفتر دهستان دهیاری دهک دوره دیدار دهیار
رأی راننده رسته رشته رکعت روستا رویداد
زائر زن زندانی زوج زیارتگاه
ساختمان سازش سازمان سالن سامانه سانحه سبد سکونتگاه سند سوله سهم
شاغل شاکی شاخص شبکه شرکت شرکت‌کننده شعبه شغل شکایت شهر شهرستان شهرک شهید شورا شیوه‌نامه
صندوق صنف صنعت‌گر
طرح
عضو عملیات عنوان
غرفه غواص
فارغ‌التحصیل فرد فرزند فرصت فرم فروشگاه فعالیت فوتی
قاضی قالی‌باف قانون قرارداد قلم قلم‌کالا قطار
کارآفرین کارآموز کارخانه کارجو کارشناس کارفرما کارگاه کارگر کارگروه کارگزاری کارمند کارکن کاریابی کالا کامیون کانون کتاب کتابخانه کشاورز کشور کلاس کلاس‌درس کمیته کودک کسب‌وکار
گام گرایش گره گروه گزارش گلخانه گواهی گواهینامه
لایحه
ماده ماشین ماموریت مانع متخصص متقاضی متولی مجتمع مجروح مجمع مجوز محصول محقق محور محله مدرسه مدیر مددجو مددکار مراجعه مربی مرحله مرد مرغ مرکز مزرعه مسابقه مستمری‌بگیر مسجد مسکن مسیر مشاوره مشترک مصوبه مطالبه معدن معرفی معلول معلم معتاد مغازه مقاله ملاقات مشکل منطقه مهارت مهارت‌آموز مهندس موسسه موضوع موکب میدان میز
نامزد نامه ناوگان نشست نقص نقطه نماینده نمایشگاه نهاد نوبت نوزاد نیرو نیازمند
واحد وام وزارتخانه ورزشکار وسیله وعده
هتل همایش هنرجو هنرمند هیأت
یتیم یارانه
`;

/** Two-word nouns that are one term: the count is of the pair. */
const pairs = `
شرکت تعاونی;فرصت شغلی;واحد تولیدی;واحد صنعتی;واحد مسکونی;واحد صنفی;واحد مسکن;واحد کارگاهی;مجتمع تولیدی
بسته غذایی;بسته حمایتی;سبد غذایی;سبد کالا;دستگاه اجرایی;زن سرپرست;سرپرست خانوار;تشکل کارگری;تشکل کارفرمایی
گروه شغلی;رشته شغلی;حادثه کاری;جلسه کارگروه;کارگاه تولیدی;کارگاه آموزشی;دوره آموزشی;طرح اشتغال‌زایی;مرکز کاریابی
اتحادیه تعاونی;صندوق قرض‌الحسنه;خانه بهداشت;پروژه عمرانی;شغل خانگی;مشاغل خانگی
`;

/** Plurals that are not made with «ها» or «ان», with their singular. */
const broken: readonly (readonly [string, string])[] = [
  ['مشاغل', 'شغل'],
  ['مراکز', 'مرکز'],
  ['شرکا', 'شریک'],
  ['اعضا', 'عضو'],
  ['اعضای', 'عضو'],
  ['افراد', 'نفر'],
  ['حوادث', 'حادثه'],
  ['دفاتر', 'دفتر'],
  ['مجامع', 'مجمع'],
  ['معادن', 'معدن'],
  ['مدارس', 'مدرسه'],
  ['مساجد', 'مسجد'],
  ['مناطق', 'منطقه'],
  ['مصوبات', 'مصوبه'],
  ['جلسات', 'جلسه'],
  ['ادارات', 'اداره'],
  ['شعب', 'شعبه'],
  ['آرا', 'رأی'],
  ['آرای', 'رأی'],
  ['نواحی', 'ناحیه'],
];

/** What an amount or a share is of. Not counted in pieces, so never the noun of a count. */
const masses = `
اعتبار تسهیلات سرمایه سرمایه‌گذاری بودجه درآمد صادرات واردات فروش خسارت مستمری یارانه وام سهمیه تعهد مطالبات حقوق بیمه جمعیت عضویت
هزینه منابع قرض‌الحسنه سود کارمزد تولید اشتغال بیکاری تورم نرخ پرداخت جذب تحقق پیشرفت سهم ارزش مبلغ بدهی معوقات غرامت مشارکت
`;

const fold = (word: string): string =>
  word
    .replace(/\u200c/g, '')
    .replace(/[أإ]/g, 'ا')
    .replace(/ئ/g, 'ی')
    .replace(/ؤ/g, 'و');

const list = (text: string): string[] => text.trim().split(/\s+/);

/** Folded word → singular in normal spelling, for what is counted in pieces. */
export const COUNTED: ReadonlyMap<string, string> = new Map([
  ...list(counted).map((word): [string, string] => [fold(word), word]),
  ...broken.map(([plural, singular]): [string, string] => [fold(plural), singular]),
]);

/** Folded word → normal spelling, for what is measured. */
export const MASSES: ReadonlyMap<string, string> = new Map(
  list(masses).flatMap((word) =>
    ['', 'ی', 'ات', 'ها', 'های'].map((suffix): [string, string] => [`${fold(word)}${suffix}`, word]),
  ),
);

/** «folded first folded second» → the pair in normal spelling. */
export const PAIRS: ReadonlyMap<string, string> = new Map(
  pairs
    .trim()
    .split(/[;\n]/)
    .map((pair): [string, string] => [pair.trim().split(' ').map(fold).join(' '), pair.trim()]),
);

const SUFFIXES = ['هایی', 'های', 'ها', 'ای', 'ی', 'ان', 'یی'];

/** The singular of a counted noun in normal spelling («تعاونیهای» → تعاونی), or undefined for other words. */
export function countedNoun(word: string): string | undefined {
  const direct = COUNTED.get(word);
  if (direct !== undefined) return direct;
  for (const suffix of SUFFIXES) {
    if (word.length > suffix.length + 1 && word.endsWith(suffix)) {
      const stem = COUNTED.get(word.slice(0, -suffix.length));
      if (stem !== undefined) return stem;
    }
  }
  return undefined;
}

import type { Hint, Remark } from './contract.ts';
import { type Folded, type Token, collapse, collapsed, fold, placeOf, tokensOf } from './folding.ts';

/**
 * Whether a comment speaks of the item it stands under: by its words, by the fields of the programme that both speak
 * of, and by fields in which no item of this programme ever stands. A short word of thanks or blame is on topic.
 */
export function strays({ article, comment }: Remark): Hint[] {
  const folded = collapse(fold(comment));
  const words = contentOf(folded);
  if (words.length === 0) return [];
  const { told, subjects } = matterOf(article);
  const foreign = words.filter(({ word }) => isOf(word, elsewhere));
  const related = words.filter(
    ({ word }) =>
      !isOf(word, elsewhere) && (told.has(stemOf(word)) || subjects.some((field) => isOf(word, field))),
  );
  const speaking = words.filter(({ word }) => !isOf(word, common));
  const known = related.filter(({ word }) => !isOf(word, common));
  if (foreign.length === 0 && (speaking.length < 3 || known.length > 0)) return [];
  if (foreign.length > 0 && known.length >= foreign.length) return [];
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  const clear = foreign.length >= 3 && known.length === 0;
  return [{ rule: 'off_topic', ...placeOf(folded, first.from, last.to), clear }];
}

type Matter = { readonly told: ReadonlySet<string>; readonly subjects: readonly ReadonlySet<string>[] };

/** What the last items speak of: many comments come under one item, and its words are the same for all of them. */
const matters = new Map<string, Matter>();
const mostMatters = 50;

function matterOf(article: string): Matter {
  const known = matters.get(article);
  if (known !== undefined) return known;
  const told = new Set(contentOf(collapse(fold(article))).map(({ word }) => stemOf(word)));
  const matter = { told, subjects: fieldsOf([...told]) };
  if (matters.size >= mostMatters) matters.clear();
  matters.set(article, matter);
  return matter;
}

const setOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .trim()
      .split(/\s+/)
      .map((word) => stemOf(collapsed(word))),
  );

const suffix =
  /(?:هایشان|هایمان|هایتان|هاشون|هامون|هاتون|هایی|های|ها|مان|تان|شان|مون|تون|شون|ترین|تر|گان|ات|ان|ای|ی|م|ت|ش|ه)$/;

/** A word without its ending, so that «وام‌ها», «وامم» and «وام» are one. */
function stemOf(word: string): string {
  const stem = word.replace(suffix, '');
  return stem.length >= 3 ? stem : word;
}

const isOf = (word: string, field: ReadonlySet<string>): boolean => field.has(stemOf(word));

const stops = setOf(`
از به در با برای که را رو و یا تا بر بی هم نیز این آن اون همین همان من تو او ما شما آنها آنان اینها خود خودم خودش خودتان هر هیچ چه چرا چطور چگونه کی کجا کدام چند چقدر
است هست هستم هستی هستیم هستید هستند نیست نیستم نیستند بود بودم بودیم بودند نبود باشد باشید باشم باشند نباشد شد شدم شدیم شدند شده نشد نشده شود شوند بشه میشه نمیشه می نمی میشود نمیشود شدن
کرد کردم کردیم کردید کردند کرده نکرد نکرده کند کنم کنیم کنید کنند کنه کنن کردن بکنه میکنم میکنیم میکنید میکنند میکنه میکنن نمیکنه نمیکنند بکنید نکنید
دارد دارم داریم دارید دارند داره دارن ندارد نداریم ندارند داشت داشتم داشته داشتند دادن داد دادم دادند داده میدهد میدهند میده میدن نمیدن بدهید بدید بدن دهید دهند
گفت گفتند گفته میگویند میگن میگه بگید بگویید گرفت گرفتم گرفته میگیرند بگیرم بگیریم بگیرید رفت رفتم رفتیم رفته برم برود بروید آمد آمده بیاید بیاد میاد خواهد خواهند میخواهم میخوام میخواهیم باید نباید شاید
یک دو سه چهار پنج شش هفت هشت نه ده صد هزار میلیون میلیارد بعد قبل پس پیش روی زیر بالا پایین بین میان هنوز دیگر دیگه فقط حتی اگر اگه ولی اما چون وقتی مثل مانند همه همش خیلی بسیار زیاد کم بیشتر کمتر اصلا واقعا لطفا مگر البته حالا الان امروز دیروز فردا امسال پارسال سال ماه روز هفته
`);

// Words of any item and of any comment: they neither bind a comment to its item nor part it from it.
const common = setOf(`
سلام درود ممنون متشکرم تشکر سپاس خسته نباشید مرسی خدا قوت دست درد عالی خوب خوبی بد بهتر بدتر جالب مفید آفرین احسنت موفق پیروز پایدار انشالله امیدوارم امیدواریم کاش کاشکی دم گرم
فایل فرم سامانه لینک آیین‌نامه دستورالعمل قانون بخشنامه آدرس نشانی پیامک ساعت صفحه عکس
خبر مطلب متن اطلاع اطلاعات اطلاع‌رسانی توضیح توضیحات سوال پرسش جواب پاسخ نظر دیدگاه مشکل مشکلات مردم کشور استان شهر شهرستان منطقه جامعه دولت مسئول مسئولان مسئولین مسوولین مدیر مدیران مدیرکل رئیس اداره کارمند وزیر وزارت آقا آقای خانم جناب عزیز گرامی محترم
کار کارها چیز جا راه حرف وعده عمل دروغ راست حق واقعیت وضع وضعیت شرایط زندگی خانه خانواده بچه جوان جوانان پیگیری رسیدگی اجرا انجام نتیجه کمک حمایت نفر کسی عده همه‌ آدم دنیا سایت شماره تلفن زنگ تماس زمان وقت تاریخ
`);

const fields: readonly ReadonlySet<string>[] = [
  'وام تسهیلات اعتبار اعتبارات بانک بانک‌ها شعبه ضامن ضمانت وثیقه سفته چک قسط اقساط سود کارمزد بهره بازپرداخت تنفس پرداخت سهمیه قرض‌الحسنه معرفی صف نوبت مبلغ سقف تومان ریال پول سرمایه بدهی معوق اعتبارسنجی میلیون',
  'شغل اشتغال مشاغل خانگی شغلی بیکار بیکاری کارآفرین کارآفرینی استخدام درآمد مجوز پروانه متقاضی متقاضیان ثبت‌نام رشته رسته خیاطی قالی قالیبافی فرش صنایع‌دستی دستی کارگاه تولید تولیدی فروش بازار مشتری محصول پشتیبان پیشران کسب چرم چوب گلیم عروسک شیرینی دوخت پوشاک لباس',
  'تعاونی تعاون تعاونی‌ها شرکت سهام سهامدار مجمع هیئت‌مدیره اعضا عضو اتاق اتحادیه اساسنامه',
  'روستا روستایی روستاییان عشایر دام دامداری دامدار کشاورزی کشاورز گلخانه زنبور عسل باغ مرغ گوسفند گاو نهاده علوفه آب دهیاری نهال دامی شیر زراعت مزرعه',
  'کارگر کارگران کارفرما کارفرمایان دستمزد حقوق بیمه بازنشسته بازنشستگی تأمین‌اجتماعی سنوات عیدی قرارداد اخراج شکایت دادخواست رأی حل‌اختلاف سازش هیئت تشخیص تشکل صنفی شورا نماینده کارخانه',
  'حادثه حوادث ایمنی بازرسی بازرس ساختمان داربست کلاه فوت مصدوم آموزش',
  'سبد کالا کالابرگ بسته غذایی غذا معیشت معیشتی یارانه دهک مددجو کمیته امداد بهزیستی سرپرست خانوار محروم نیازمند فقیر فقر مستمری معلول معلولان برنج روغن مرحله',
  'کاریابی کارجو مهارت آموزش آموزشی دوره فنی حرفه‌ای هنرجو مرکز کارورزی فارغ‌التحصیل دانشگاه مدرک لیسانس',
  'مسکن واحد مهر آپارتمان زمین تحویل افتتاح اجاره مستأجر',
  'جلسه کارگروه مصوبه مصوبات استاندار فرماندار نشست تفاهم‌نامه برنامه تصمیم دستگاه دستگاه‌های اجرایی هماهنگی',
].map(setOf);

/** The fields that an item speaks of: with two of their words at least, or one where the item is short. */
const fieldsOf = (stems: readonly string[]): ReadonlySet<string>[] => {
  const enough = stems.length < 12 ? 1 : 2;
  return fields.filter((field) => stems.filter((stem) => field.has(stem)).length >= enough);
};

// What no item of this programme is about.
const elsewhere = setOf(`
فوتبال پرسپولیس استقلال سپاهان تراکتور لیگ گل مربی دروازه‌بان بازیکن داور تیم‌ملی والیبال کشتی المپیک جام‌جهانی رئال بارسلونا مسی رونالدو دربی قهرمانی ورزشگاه
فیلم سریال سینما بازیگر کارگردان خواننده آهنگ کنسرت موسیقی تلویزیون نتفلیکس قسمت‌آخر پایتخت سلبریتی جشنواره‌فیلم انیمیشن
هوا باران برف گرما سرما آلودگی زلزله هواشناسی بارندگی طوفان سیل دما
آشپزی قورمه قرمه‌سبزی کیک دستور‌پخت خورشت قیمه پیتزا کباب ماکارونی سوپ
بیت‌کوین ارز‌دیجیتال تتر اتریوم ترید بورس سهام‌عدالت طلا سکه دلار یورو فارکس
آمریکا اسرائیل ترامپ بایدن روسیه اوکراین برجام تحریم انتخابات مجلس نماینده‌مجلس کاندیدا غزه جنگ
فال طالع‌بینی متولدین عشق عاشق ازدواج طلاق دوست‌دختر دوست‌پسر دلم خواستگار نامزدم
گوشی آیفون سامسونگ لپ‌تاپ بازی‌کامپیوتری پابجی کالاف پلی‌استیشن اندروید آپدیت اینترنت فیلترینگ فیلترشکن وی‌پی‌ان
ماشین پراید پژو خودرو ایران‌خودرو سایپا بنزین ترافیک جاده تصادف تیبا کوییک شاهین قرعه‌کشی
کرونا واکسن دکتر سرماخوردگی رژیم لاغری قلب سردرد بیمارستان قرص
کنکور رتبه مدرسه معلم امتحان تعطیلی کلاس تکلیف مشق نمره
گربه سگم طوطی آکواریوم حیوان‌خانگی
سفر شمال مسافرت کیش تور ویلا دریا استانبول ترکیه
شعر غزل حافظ سعدی رمان
شهرداری زباله فاضلاب آسفالت پارک اتوبوس مترو تاکسی پارکینگ چراغ کوچه پلیس راهور گواهینامه پلاک خلافی جریمه کارت‌سوخت گازوئیل
بلیط بلیت پرواز هواپیما فرودگاه قطار هتل گمرک خودروی تعرفه واردات
قطعی برق گاز کنتور مخابرات ایرانسل همراه‌اول سیم‌کارت
آموزش‌وپرورش فرهنگیان دانشجوی پزشکی پرستار پزشک اورژانس بهداشت
مهریه قاضی دادگاه حضانت ورثه
سجام کارگزاری شاخص سهام‌داران
نهضت‌ملی شهرسازی ودیعه بانک‌مسکن فونداسیون
باشگاه مسابقه مجری تیم هوادار ورزشکار
استاندار معارفه کلیپ ترجمه
`);

function contentOf(folded: Folded): Token[] {
  return tokensOf(folded).filter(
    ({ word }) => word.length > 1 && !/^[0-9a-z]/.test(word) && !isOf(word, stops),
  );
}

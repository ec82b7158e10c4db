import type { Hint } from './contract.ts';
import {
  type Folded,
  type Token,
  collapse,
  collapsed,
  fold,
  phrasesIn,
  placeOf,
  tokensOf,
} from './folding.ts';

/**
 * Insults to persons and groups, however they are spelt: half-spaces, signs between letters, letters drawn out or
 * taken from other alphabets. What somebody else is quoted with is no insult of the author's, and a denial is none.
 */
export function insults(comment: string): Hint[] {
  const folded = collapse(fold(comment));
  const plain = tokensOf(folded);
  const hidden = respelt(folded);
  const joined = pairsOf(plain);
  const found = [
    ...named([...plain, ...joined, ...hidden], gross, true),
    // Whoever hides a hard word means it.
    ...[rude, things, beasts, livestock].flatMap((list) => named(hidden, list, true)),
    ...named([...plain, ...joined], rude, false),
    ...named(plain, beasts, false),
    ...[things, livestock].flatMap((list) => named(plain, list, false)).filter((one) => isCalled(plain, one)),
    ...phrasesIn(plain, grossPhrases).map((span) => ({ ...span, clear: true })),
    ...phrasesIn(plain, rudePhrases).map((span) => ({ ...span, clear: false })),
  ];
  const meant = found.filter((one) => !isQuoted(folded, one) && !isDenied(plain, one));
  const aimed = meant.map((one) => (isAimed(plain, one) ? { ...one, clear: true } : one));
  return aimed
    .filter((one) => !aimed.some((other) => other !== one && covers(other, one)))
    .map(({ from, to, clear }) => ({ rule: 'insult', ...placeOf(folded, from, to), clear }));
}

const named = (tokens: readonly Token[], list: ReadonlySet<string>, clear: boolean): Place[] =>
  tokens.filter(({ word }) => isAny(word, list)).map(({ from, to }) => ({ from, to, clear }));

/** Two words that stand beside each other as one: «بی شعور», «مفت خور». */
const pairsOf = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap(({ word, from }, at) => {
    const next = tokens[at + 1];
    return next === undefined || word.length < 2 ? [] : [{ word: word + next.word, from, to: next.to }];
  });

type Place = { readonly from: number; readonly to: number; readonly clear: boolean };

const covers = (outer: Place, inner: Place): boolean =>
  outer.from <= inner.from && inner.to <= outer.to && outer.to - outer.from > inner.to - inner.from;

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/).map(collapsed));
const listOf = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => collapsed(line.trim()));

// Never said of anything but to hurt. Single words; endings are taken off before looking.
const gross = wordsOf(`
احمق ابله خنگ کودن نفهم بیشعور بی‌شعور بی‌شعورتر بیشرف بی‌شرف بیناموس بی‌ناموس بیهمه‌چیز بی‌پدر بی‌پدرومادر بی‌وجدان بی‌وجود
بی‌غیرت بی‌شخصیت بی‌عرضه بی‌خاصیت بی‌لیاقت بی‌کفایت‌ها بی‌حیا بی‌چشم‌ورو بی‌سروپا بی‌مغز بی‌سواد‌ها بی‌خرد پست‌فطرت پدرسگ پدرسوخته پدرنامرد
حرامزاده حرام‌زاده حرومزاده حروم‌زاده حروملقمه حرام‌لقمه حرام‌خور حرومخور مفتخور مفت‌خور        رذل رذالت 
            سگ‌صفت سگصفت توله‌سگ خرفهم مرتیکه مرتیکه‌ها زنیکه مردک مردکه زنک ضعیفه 
دیوانه‌ها دیوث دیوس جاکش قرمساق قرمدنگ کسکش کسخل کصخل کسشعر کصشعر جنده فاحشه هرزه  کونی   گوهخور گه‌خور لاشی لاشخور لاشخورها
بدبخت‌ها گدا‌صفت گداگشنه گداگشنه‌ها تن‌لش تنلش مزدور مزدورها خودفروخته خائن‌ها نامرد نامردا ناکس ناکسا شیاد شارلاتان کلاش کلاهبردارها
چلمن پخمه پپه هالو اسکل اسگل منگل منگول عقب‌افتاده عقب‌مونده عقده‌ای عقده‌ای‌ها   دهاتی‌ها پاپتی پاپتی‌ها گشنه‌گدا  وقیح بی‌شرم بی‌آبرو بی‌حیثیت
ahmagh ahmaq ahmagha bishoor bishour bisho'ur kesafat ashghal kosenane koskesh kiri jende khar olagh  avazi bisharaf binamoos haromzade pedarsag
idiot idiots stupid moron morons fool fools asshole bastard bastards bitch fuck fucking shit bullshit dumb scum loser losers jerk trash
`);
// Hard words that also have an honest use: a person looks, unless they are said to somebody's face.
const rude = wordsOf(`
دزد دزدا دروغگو دروغ‌گو کلاهبردار خائن خاین فاسد ظالم رشوه‌خوار رشوه‌خور نادان جاهل بی‌کفایت نالایق زالوصفت انگل نوکر سربار لات بی‌ادب بی‌شخصیت برده‌دار
چاپلوس پاچه‌خوار پاچه‌خار متملق ریاکار دورو بی‌فکر بی‌مسئولیت بی‌رحم بی‌ادب بی‌فرهنگ بی‌تربیت بی‌انصاف         روانی بیمار‌روانی
بیکاره مسخره حقه‌باز شعبده‌باز پول‌پرست دلقک جیب‌بر غارتگر غارتگران چپاولگر جنایتکار  قاتل خسیس گدا   دهاتی غربتی  بچه‌ننه بزدل ترسو
`);
// What also has an honest use beside persons: an insult only where somebody is called it.
const things = wordsOf('آشغال کثافت لجن وحشی عوضی بی‌سواد دیوانه روانی گدا معتاد دلقک طویله جوجه مترسک');
// Animals of which a livestock loan speaks too, and those it never means.
const livestock = wordsOf('گاو گوسفند سگ بز گوساله بزغاله اسب مرغ');
const beasts = wordsOf('خر خوک میمون الاغ یابو انتر شغال کفتار روباه زالو چهارپا حیوون');
const grossPhrases = listOf(`
خاک بر سر
خاک تو سر
خاک تو سرت
خاک تو سرتون
خاک بر سرتان
خاک عالم بر سر
مرده شور
مرده‌شورتو
مرده شورشون
مرده شور ببرتت
گور بابای
گور پدر
گورتون رو گم
گورتو گم کن
گم شو
گم شید
گمشو
گمشید
خفه شو
خفه شید
خفه شین
دهنتو ببند
دهنتون رو ببندید
ببند دهنتو
زر نزن
زر زدن
زر مفت
زر می زنید
زر میزنی
عرعر
عر عر
عر می زنید
پارس نکن
واق واق
گه خوردی
گه خوردید
گوه خوردید
گه می خورید
گه نخور
غلط کردید
غلط کردی
غلط اضافه
بی همه چیز
بی پدر و مادر
بی پدر مادر
بی سر و پا
بی چشم و رو
حیوان صفت
از حیوان کمتر
از گاو کمتر
از خر نفهم تر
مثل گاو
مثل خر
مثل سگ دروغ
مثل سگ
عین گاو
عین خر
خر هستید
خر خودتی
گاو هستید
مغز خر
عقل ندارید
عقل ندارند
شعور ندارید
شعور ندارند
شعور نداری
مخ ندارید
یک مشت دزد
یه مشت دزد
مشتی دزد
یک مشت احمق
یک مشت بی سواد
یه مشت بی سواد
یه مشت مفت خور
مشتی مفت خور
یک عده دزد
دزدهای بی شرف
لعنت به شما
لعنت بهتون
لعنت بر شما
لعنت به هرچی
لعنت به همتون
مرگ بر شما
کارمندان مفت خور
مال مردم خور
مال مردم خورها
زن صفت
نفهم ها
حقتونه گرسنه بمونید
سگ صفت
سگ شرف داره
سگ به شما شرف
شما آدم نیستید
آدم نیستید
کله پوک
بچه پررو
بی مغز
مغز فندقی
دری وری
چرت و پرت نگو
ننه من غریبم
تف به
تف تو
`);
const rudePhrases = listOf(`
به درد نخور
آدم نما
تو روحتون
تو روح
شرف ندارد
شرف نداره
شرف ندارند
شعور نداره
شعور ندارد
آدم باش
آدم باشه
آدم باشید
ندید بدید
کله خراب
جلبک مغز
افسار
حالیشه
حالیشون
به ریش همه
عقل کل
نون به نرخ روز
دور از جون حیوان
برید گمشید
چرت و پرت
شرم کنید
خجالت بکشید
حیا کنید
خجالت نمی کشید
دزد بازار
دروغ می گویید
دروغ میگید
چرند
مزخرف
`);

// Endings of plural, person, copula and degree; what is left must be the word itself.
const endings =
  'هایشان هاشون هاتون هایتان هایی های هاست ها ا ان انی انه ترین تر م ی یی ای اید ید ین ند اند ایم یم ه ت ش تون تان شون شان مون است و رو ن'.split(
    ' ',
  );

const stemsOf = (word: string): string[] =>
  endings
    .filter((ending) => word.length - ending.length >= 3 && word.endsWith(ending))
    .map((ending) => word.slice(0, -ending.length));

function isAny(word: string, list: ReadonlySet<string>): boolean {
  if (list.has(word)) return true;
  const stems = stemsOf(word);
  return (
    stems.some((stem) => list.has(stem)) ||
    stems
      .filter((stem) => stem.length > 4)
      .some((stem) => stemsOf(stem).some((one) => one.length > 3 && list.has(one)))
  );
}

const latinSigns: ReadonlyMap<string, string> = new Map(
  Object.entries({ '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }),
);

/**
 * The words with what was put between or in the place of letters taken out: «ا.ح.م.ق», «ا ح م ق», «st*pid», «1d10t».
 * A word so found keeps its whole stretch.
 */
function respelt(folded: Folded): Token[] {
  const apart = [...folded.text.matchAll(/(?<!\p{L})\p{L}(?:[\s.\-_*~+|،/\\'"]{1,3}\p{L}(?!\p{L})){2,}/gu)];
  const signed = [...folded.text.matchAll(/\p{L}+(?:[.\-_*~+|/\\'"^#]{1,3}\p{L}+)+/gu)];
  const coded = [...folded.text.matchAll(/[a-z@$!0134570]*[a-z][a-z@$!0134570]*/g)].filter(([found]) =>
    /[^a-z]/.test(found),
  );
  const joined = [...apart, ...signed].map((match) => ({ match, word: match[0].replace(/[^\p{L}]/gu, '') }));
  const decoded = coded.map((match) => ({
    match,
    word: Array.from(match[0])
      .map((sign) => latinSigns.get(sign) ?? sign)
      .join(''),
  }));
  return [...joined, ...decoded].map(({ match, word }) => tokenOf(match, collapsed(word)));
}

const tokenOf = (match: RegExpExecArray, word: string): Token => ({
  word,
  from: match.index,
  to: match.index + match[0].length,
});

const saying =
  /(?:گفت|گفتن|گفتند|گفته|میگفت|میگوید|میگویند|میگه|میگن|خطاب|صدا زد|نوشت|نوشته|نوشتند|فحش|توهین|لفظ|کلمه|واژه|عبارت|جمله|ضرب المثل|شعار)/;

/** Between quotation marks with somebody said to have spoken, or right after «به من گفت»: not the author's word. */
function isQuoted({ text }: Folded, { from, to }: Place): boolean {
  const before = text.slice(Math.max(0, from - 70), from);
  const after = text.slice(to, to + 45);
  const marked = /[«"“'][^»"”']*$/.test(before) && /^[^«"“]*[»"”']/.test(after);
  if (marked && (saying.test(before) || saying.test(after))) return true;
  return /(?:به|با)\s?(?:من|ما|او|مادرم|پدرم|همسرم|مردم|ارباب رجوع|متقاضی|خانمم|وی|ایشان|کسی)[^.!؟\n]{0,25}(?:گفت|گفتن|گفتند|گفته|میگوید|میگویند|میگه|میگن|خطاب کرد)[^.!؟\n]{0,20}$/.test(
    before,
  );
}

const denials = new Set(
  [
    'نیستیم',
    'نیستم',
    'نیست',
    'نبودیم',
    'نباشیم',
    'نگویید',
    'نگوییم',
    'نکنید',
    'نگین',
    'ندانید',
    'نخوانید',
  ].map(collapsed),
);

/** «ما احمق نیستیم» answers an insult and makes none. */
function isDenied(tokens: readonly Token[], { to }: Place): boolean {
  const next = tokens.filter((token) => token.from >= to).slice(0, 2);
  return next.some(({ word }) => denials.has(word));
}

const aims = new Set(
  [
    'هستید',
    'هستین',
    'هستی',
    'اید',
    'شما',
    'شماها',
    'تو',
    'اینا',
    'اینها',
    'همتون',
    'همه‌تان',
    'همشون',
    'همه‌شون',
  ].map(collapsed),
);

/** A hard word is an insult when it is said to a face: «شما دزد هستید». */
function isAimed(tokens: readonly Token[], { from, to }: Place): boolean {
  const next = tokens.find((token) => token.from >= to);
  const before = tokens.findLast((token) => token.to <= from);
  return [next, before].some((token) => token !== undefined && aims.has(token.word));
}

const callers = new Set(
  'مثل عین مشت مشتی عده گله ای آدم کارمند مدیر رئیس مسئول شما تو از آفرین اون این یک یه'
    .split(' ')
    .map(collapsed),
);
const likening = new Set('مثل عین مشت مشتی ای آفرین عده گله'.split(' ').map(collapsed));

/** Somebody is called it: «مثل گاو», «یه آشغال», «شما وحشی هستید»; an animal only by likening or to a face. */
function isCalled(tokens: readonly Token[], place: Place): boolean {
  if (isAimed(tokens, place)) return true;
  const before = tokens.findLast((token) => token.to <= place.from)?.word ?? '';
  const self = tokens.find((token) => token.from === place.from)?.word ?? '';
  return isAny(self, livestock) ? likening.has(before) : callers.has(before) && before !== collapsed('از');
}

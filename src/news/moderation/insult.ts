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
import {
  beasts,
  gross,
  grossPhrases,
  honest,
  keeping,
  livestock,
  rude,
  rudePhrases,
  things,
  warning,
} from './slur.ts';

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
    ...named([...plain, ...joined].map(soundOf), sounds, true),
    ...[pictures, bunch].flatMap((expression) => unclear(folded, expression)),
    ...unclear(folded, death).map((one) => ({ ...one, clear: true })),
    // Whoever hides a hard word means it.
    ...[rude, things, beasts, livestock].flatMap((list) => named(hidden, list, true)),
    ...named([...plain, ...joined], rude, false).filter((one) => !isWarning(plain, one)),
    ...(plain.some(({ word }) => isAny(word, keeping)) ? [] : named(plain, beasts, false)),
    ...[things, livestock]
      .flatMap((list) => named(plain, list, false))
      .filter((one) => isCalled(folded, plain, one)),
    ...phrasesIn(plain, grossPhrases).map((span) => ({ ...span, clear: true })),
    ...phrasesIn(plain, rudePhrases).map((span) => ({ ...span, clear: false })),
  ];
  const meant = found.filter((one) => !isQuoted(folded, one) && !isDenied(plain, one));
  const aimed = meant.map((one) => ({
    ...one,
    clear: (one.clear || isAimed(folded, plain, one)) && !isSaid(folded, one),
  }));
  return aimed
    .filter((one) => !aimed.some((other) => other !== one && covers(other, one)))
    .map(({ from, to, clear }) => ({ rule: 'insult', ...placeOf(folded, from, to), clear }));
}

const named = (tokens: readonly Token[], list: ReadonlySet<string>, clear: boolean): Place[] =>
  tokens.filter(({ word }) => isAny(word, list)).map(({ from, to }) => ({ from, to, clear }));

const unclear = ({ text }: Folded, expression: RegExp): Place[] =>
  [...text.matchAll(expression)].map(({ index, 0: words }) => ({
    from: index,
    to: index + words.length,
    clear: false,
  }));

/** Two or three words that stand beside each other as one: «بی شعور», «مفت خور», «بی چشم ورو». */
const pairsOf = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap(({ word, from }, at) => {
    const [next, third] = tokens.slice(at + 1, at + 3);
    if (next === undefined || word.length < 2 || next.word.length < 2) return [];
    const two = { word: word + next.word, from, to: next.to };
    return third === undefined ? [two] : [two, { word: two.word + third.word, from, to: third.to }];
  });

// «یه مشت …»: of persons only to belittle them; of things it is a measure.
const bunch =
  /(?<!\p{L})(?:یه|یک)\s?مشت\s(?!خاک|برنج|کاغذ|وعده|عدد|رقم|امار|حرف|شعار|قرص|نخود|لوبیا|پول|کار\b|فرم|برگه|دروغ|خبر|مدرک|سنگ|اهن|اجر|مصوبه|بخشنامه|ادعا|کلمه|عکس|جمله|قول|گزارش|نامه|پرونده|وسیله|جنس|کالا)\p{L}+/gu;

// «مرگ بر اثر سقوط» wishes nobody dead.
const death =
  /(?<!\p{L})مرگ (?:بر|به) (?!اثر|سر|علت|دلیل|خاطر|واسطه|وسیله|همراه|دست|حساب|دنبال|طور|موقع|هنگام)\p{L}+/gu;
const pictures = /[🖕💩🤡🐷🐽🐒🐵🫏]/gu;

const alike: ReadonlyMap<string, string> = new Map(
  Object.entries({ س: 'ثص', ز: 'ذضظ', ت: 'ط', ه: 'ح', ق: 'غ' }).flatMap(([letter, others]) =>
    Array.from(others).map((other) => [other, letter] as const),
  ),
);
const heard = (word: string): string =>
  Array.from(word)
    .map((letter) => alike.get(letter) ?? letter)
    .join('')
    .replace(/(?<=.)ع/g, '');

/** As a word is heard, for who writes «احمغ» or «بیشور»: letters that sound alike have become one. */
const soundOf = (token: Token): Token => ({ ...token, word: heard(token.word) });
const sounds = new Set(
  [...gross]
    .filter((word) => word.length > 3)
    .map(heard)
    .filter((word) => word.length > 3),
);

type Place = { readonly from: number; readonly to: number; readonly clear: boolean };

const covers = (outer: Place, inner: Place): boolean =>
  outer.from <= inner.from && inner.to <= outer.to && outer.to - outer.from > inner.to - inner.from;

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
  if (honest.has(word)) return false;
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
  return [...joined, ...decoded]
    .map(({ match, word }) => tokenOf(match, collapsed(word)))
    .concat([...folded.text.matchAll(masked)].flatMap((match) => unmasked(match)));
}

const masked = /\p{L}+(?:[*#×•$%&]+\p{L}+)+/gu;
const words = [...gross, ...rude];

/** «د*د», «بی‌ش**ف»: the hard words that fit where signs stand for letters and at least half the letters are left. */
function unmasked(match: RegExpExecArray): Token[] {
  const [found] = match;
  const pattern = found.replace(/[^\p{L}]+/gu, (signs) => `.{${signs.length},${signs.length + 1}}`);
  const fitting = new RegExp(`^${pattern}$`, 'u');
  const left = found.replace(/[^\p{L}]/gu, '').length;
  return words
    .filter((word) => word.length > 2 && left * 2 >= word.length && fitting.test(word))
    .map((word) => tokenOf(match, word));
}

const tokenOf = (match: RegExpExecArray, word: string): Token => ({
  word,
  from: match.index,
  to: match.index + match[0].length,
});

const saying =
  /(?:گفت|گفتن|گفتند|گفته|میگفت|میگوید|میگویند|میگه|میگن|خطاب|صدا زد|صدا کرد|صدام|داد زد|داد کشید|نوشت|نوشته|نوشتند|پرسید|فحش|توهین|تحقیر|ناسزا|دشنام|لفظ|کلمه|واژه|عبارت|جمله|ضرب المثل|شعار|لقب|معروف|برچسب|تیتر|پیام داد|جواب داد|شنیدم|میخوان|میخوانند|مینامند|نسبت داد)/;
const opening = '«"“‹';
const closing = '»"”›';

/** Between quotation marks with somebody said to have spoken, or right after «به من گفت»: not the author's word. */
function isQuoted({ text }: Folded, { from, to }: Place): boolean {
  const before = text.slice(Math.max(0, from - 90), from);
  const after = text.slice(to, to + 70);
  const opened = new RegExp(`[${opening}][^${closing}]*$`).exec(before);
  const closed = new RegExp(`^[^${opening}]*?[${closing}]`).exec(after);
  if (opened !== null && closed !== null) {
    const around = before.slice(0, opened.index) + after.slice(closed[0].length);
    if (saying.test(around)) return true;
  }
  return toldTo.test(before) || ofOneself.test(before) || calledSo.test(after);
}

// «من احمق باور کردم», «ما دهاتی‌ها»: whoever says it means themselves.
const ofOneself = /(?:^|[.!؟،؛:]\s?|\s(?:که|به|با|از|چون|و|یعنی|اگه|اگر|مگه|مگر)\s)(?:من|ما)\s?$/;
// «احمق صدایم کرد», «خر حساب می‌کنند»: somebody else said or thought so.
const calledSo =
  /^\s?(?:خطاب|صدا|صدام|نامید|مینامند|میخوانند|میخونن|حساب می ?کن|تصور می ?کن|فرض می ?کن|میدانند|میدونن|میپندارند)/;

/** Within quotation marks, or with somebody said to speak nearby: whose word it is a person must see. */
function isSaid({ text }: Folded, { from, to }: Place): boolean {
  const before = text.slice(Math.max(0, from - 45), from);
  const quoted =
    new RegExp(`[${opening}][^${closing}]*$`).test(before) &&
    new RegExp(`^[^${opening}]*?[${closing}]`).test(text.slice(to, to + 45));
  return quoted || told.test(before);
}

const told = /(?:گفت|گفتن|گفتند|گفته|میگفت|خطاب|صدا زد|فحش|توهین|لفظ|کلمه|نوشته)[^.!؟\n]*$/;

const listener =
  '(?:(?:به|با)\\s?(?:من|ما|او|اون|مادرم|پدرم|همسرم|برادرم|خواهرم|پسرم|دخترم|زنم|شوهرم|مردم|ارباب رجوع|مراجع|متقاضی|خانمم|وی|ایشان|کسی|کارگر|کارگرا|کارگرها|همکارم|دوستم|یکی|همه)|بهم|بهش|بهمون|بهمان|منو|من را|من رو|ما را|ما رو|مرا|جلوی? \\S+)';
const spoke =
  '(?:گفت|گفتن|گفتند|گفته|میگفت|میگفتن|میگوید|میگویند|میگه|میگن|خطاب کرد|صدا زد|صدا کرد|صدا میزنه|داد زد|برگشت گفت|فحش داد)';
const toldTo = new RegExp(
  `(?:${listener}[^.!؟\\n]{0,25}${spoke}[^.!؟\\n]{0,24}|${spoke}(?: که)?\\s?[:：]\\s?[^.!؟\\n]{0,24})$`,
);

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

/** A hard word is an insult when it is said to a face: «شما دزد هستید», «دزدها!», «یک دزد به تمام معنا». */
function isAimed({ text }: Folded, tokens: readonly Token[], { from, to }: Place): boolean {
  const next = tokens.find((token) => token.from >= to);
  const before = tokens.findLast((token) => token.to <= from);
  if ([next, before].some((token) => token !== undefined && aims.has(token.word))) return true;
  if (/^\s?(?:به تمام معنا|تمام ?عیار|تشریف|بیش نیست)/.test(text.slice(to))) return true;
  return /(?:^|[.!؟\n])\s?$/.test(text.slice(0, from)) && /^\s?!/.test(text.slice(to));
}

const callers = new Set(
  'مثل عین مشت مشتی عده گله ای آدم آدمهای آدمای کارمند کارمندای کارمندان کارمندهای مدیر مدیرای مدیران رئیس مسئول مسئولای مسئولین مسئولان کارشناس کارفرما کارفرمای مربی بازرس منشی راننده رانندهها جماعت قوم نسل طرف بابا یارو مرد زن پسر دختر پیرمرد پیرزن بچه کارگر شما تو از آفرین اون این یک یه همهشون همشون'
    .split(' ')
    .map(collapsed),
);
const likening = new Set('مثل عین مشت مشتی ای آفرین عده گله شبیه انگار چه کدوم'.split(' ').map(collapsed));

/** «گاو هم … بهتر می‌فهمد»: the animal is set above a person. */
/** «مراقب کلاهبردارها باشید», «شب دزد به کارگاه زد»: nobody is called it. */
const isWarning = (tokens: readonly Token[], { from, to }: Place): boolean =>
  tokens.some((token) => token.to > from - 30 && token.from < to + 30 && warning.has(token.word));

const better = /^(?:\S{0,2}\s)?(?:هم|بهتر|بیشتر)(?=[\s.])[^.!؟\n]{0,60}(?:بهتر|بیشتر|میفهم|شرف|شعور|حالیش)/;

/** Somebody is called it: «مثل گاو», «یه آشغال», «شما وحشی هستید»; an animal only by likening or to a face. */
function isCalled(folded: Folded, tokens: readonly Token[], place: Place): boolean {
  if (isAimed(folded, tokens, place)) return true;
  const [before = '', further = ''] = tokens
    .filter((token) => token.to <= place.from)
    .slice(-2)
    .toReversed()
    .map(({ word }) => word);
  const self = tokens.find((token) => token.from === place.from)?.word ?? '';
  if (!isAny(self, livestock)) return callers.has(before) && before !== collapsed('از');
  const praised = before === 'به' && further === collapsed('آفرین');
  return likening.has(before) || praised || better.test(folded.text.slice(place.to));
}

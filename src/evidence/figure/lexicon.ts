import { LABELS, type Label } from './label.ts';
import { MONTHS, type Month, WEEKDAYS, YEAR_CUES } from './month.ts';
import { MASSES, countedNoun } from './noun.ts';
import { HALVES, MANY, NUMERALS, type Numeral, ORDINALS, type Ordinal, SCALES } from './numeral.ts';
import { UNITS, type Unit } from './unit.ts';

/** Everything the reader knows of one word. A word it does not know is taken for a noun or an adjective. */
export type Entry = {
  readonly numeral?: Numeral;
  readonly ordinal?: Ordinal;
  /** Power of ten; `adjective` for «میلیاردی». */
  readonly scale?: number;
  readonly unit?: Unit;
  readonly month?: Month;
  readonly weekday?: true;
  readonly yearCue?: true;
  readonly many?: true;
  readonly label?: Label;
  /** In normal spelling: what is counted, or what is measured. */
  readonly noun?: string;
  readonly mass?: string;
  /** A word that cannot be part of a noun phrase: prepositions, conjunctions, pronouns, verbs. */
  readonly stop?: true;
  readonly change?: 'increase' | 'decrease';
  readonly link?: Link;
  readonly half?: true;
};

/** Little words of the number grammar. */
export type Link = 'and' | 'to' | 'from' | 'between' | 'or' | 'into' | 'point';

const STOPS = `
به از در با برای که را و یا تا بر بی تنها فقط نیز هم همچنین اما ولی اگر چون چه پس سپس ضمن طی بین میان توسط درباره علیه جهت بدون ضمنا
این آن همین همان وی او ما شما آنها آنان اینکه آنکه کرد کرده کردند کردیم کند کنند کنیم است هست هستند هستیم نیست بود بوده بودند باشد باشند
شد شده شدند شود شوند شده‌اند می نمی خواهد خواهند خواهیم دارد دارند داریم داشت داشته داشتند داد داده دادند دهد دهند گفت افزود اظهار بیان
تصریح عنوان‌کرد خاطرنشان رسید رسیده رسیدند رسد گرفت گرفته گرفتند یافت یافته یافتند یابد رفت رفته آمد آمده گردید گردیده گشت
برخوردار صادر پرداخت‌شد تشکیل ایجاد ثبت برگزار انجام اختصاص معرفی‌شد اعلام ابلاغ تامین جذب واگذار ارائه ارایه توزیع دریافت وجود اجرا مشغول
بیشتر کمتر بوده‌است امسال پارسال دیروز امروز فردا اکنون تاکنون هستم اند ام
جاری گذشته آینده اخیر نسبت مقایسه منجر همراه محقق تعیین ارسال مصوب حدود حدودا تقریبا بالغ بالغبر بیش بیشاز افزون حداقل حداکثر نزدیک قریب دستکم معادل مبلغ تعداد بالای زیر
`;

const INCREASES =
  'افزایش رشد افزایشی ارتقا ارتقاء ارتقای بیشتر جهش صعود افزایشیافته افزوده رشدی بالاتر فزونی افزایشی';
const DECREASES = 'کاهش کمتر افت تنزل نزول کاهشی پایینتر پایینترین کاسته افول کاهشیافته';

const LINKS: readonly (readonly [string, Link])[] = [
  ['و', 'and'],
  ['تا', 'to'],
  ['الی', 'to'],
  ['لغایت', 'to'],
  ['از', 'from'],
  ['بین', 'between'],
  ['مابین', 'between'],
  ['میان', 'between'],
  ['یا', 'or'],
  ['به', 'into'],
  ['ممیز', 'point'],
];

const fold = (word: string): string =>
  word
    .replace(/\u200c/g, '')
    .replace(/ئ/g, 'ی')
    .replace(/ء/g, '');

function lexicon(): Map<string, Entry> {
  const all = new Map<string, Entry>();
  const add = (word: string, part: Entry): void => {
    all.set(word, { ...all.get(word), ...part });
  };
  for (const [word, numeral] of NUMERALS) add(word, { numeral });
  for (const [word, ordinal] of ORDINALS) add(word, { ordinal });
  for (const [word, scale] of SCALES) {
    add(word, { scale });
    add(`${word}ی`, { scale });
  }
  for (const word of MANY) add(word, { many: true, stop: true });
  for (const [word, unit] of UNITS) add(word, { unit });
  for (const [word, month] of MONTHS) add(word, { month });
  for (const word of WEEKDAYS) add(word, { weekday: true, stop: true });
  for (const word of YEAR_CUES) add(word, { yearCue: true });
  for (const [word, label] of LABELS) add(word, { label });
  for (const [word, mass] of MASSES) if (all.get(word)?.unit === undefined) add(word, { mass });
  for (const word of STOPS.trim().split(/\s+/)) add(fold(word), { stop: true });
  for (const word of INCREASES.split(' ')) add(fold(word), { change: 'increase' });
  for (const word of DECREASES.split(' ')) add(fold(word), { change: 'decrease' });
  for (const [word, link] of LINKS) add(word, { link, stop: true });
  add('نیم', { half: true });
  for (const word of HALVES) add(word, { half: true });
  for (const [word, entry] of all) {
    const noun = countedNoun(word);
    if (noun !== undefined && entry.mass === undefined) all.set(word, { ...entry, noun });
  }
  return all;
}

const ENTRIES = lexicon();

/** What one word of a text is: its entry, or the words of which it is glued («هزارنفرجمعیت»، «هزارو»). */
export type Known = { readonly entry: Entry | undefined; readonly pieces: readonly string[] | undefined };

// Words met so far with what was found for them: a press text repeats its words, and the work for a new one
// (suffixes, glued pieces) is many times that of a look-up. Emptied when full, so memory is bounded.
const met = new Map<string, Known>();
const MOST_MET = 20_000;

export const entryOf = (word: string): Entry | undefined => ENTRIES.get(word) ?? lookUp(word).entry;

export function lookUp(word: string): Known {
  const known = met.get(word);
  if (known !== undefined) return known;
  if (met.size >= MOST_MET) met.clear();
  const found = findOut(word);
  met.set(word, found);
  return found;
}

function findOut(word: string): Known {
  const entry = ENTRIES.get(word);
  if (entry !== undefined) return { entry, pieces: undefined };
  const noun = countedNoun(word);
  return noun === undefined
    ? { entry: undefined, pieces: split(word) }
    : { entry: { noun }, pieces: undefined };
}

const FIRST_PIECE =
  /^(?:(?:و|در|از|به|با|تا|برای|تعداد|مبلغ|حدود|معادل)?(?:صفر|یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|یازده|سیزده|پانزده|شانزده|هفده|هجده|نوزده|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|صد|پانصد|هزار|میلیون|میلیارد|نیم))/;

/** Nouns that stick to a number in print. Short or ambiguous ones («سیمرغ») are left out. */
const STICKING = new Set(
  'تعاونی شرکت طرح واحد فرصت شغل مجوز جلسه کارگاه کارگر خانوار خانواده روستا دستگاه پرونده پروژه جمعیت مرحله شهرستان استان بازرسی مشاوره متقاضی مددجو'.split(
    ' ',
  ),
);

/** What may follow a number without a space; «یکتا» and «نیمسال» are words of their own. */
function canFollow(piece: string, before: string): boolean {
  if (STICKING.has(piece)) return true;
  if (piece === 'شنبه') return true;
  const entry = ENTRIES.get(piece);
  if (entry === undefined) return false;
  if (before === 'نیم') return entry.scale !== undefined || piece === 'درصد';
  if (entry.link === 'and' || entry.numeral !== undefined || entry.scale !== undefined) return true;
  if (entry.half === true) return before === 'و';
  if (entry.ordinal !== undefined) return before === 'و' || isAbove(before, entry.ordinal.value);
  if (piece === 'تا') return before !== 'یک' && before !== 'سی';
  return entry.unit !== undefined && piece !== 'دانگ' && before !== 'و';
}

/** «دوسوم», «یکدهم»: the upper part of a fraction. */
function isAbove(before: string, below: number): boolean {
  const above = NUMERALS.get(before)?.value ?? 0;
  return above > 0 && above < 10 && above < below && below > 2;
}

function split(word: string): string[] | undefined {
  if (word.length < (word.startsWith('و') ? 3 : 4) || word.length > 30 || !FIRST_PIECE.test(word))
    return undefined;
  for (let length = word.length - 1; length >= 1; length -= 1) {
    const first = word.slice(0, length);
    const entry = ENTRIES.get(first);
    if (entry === undefined) continue;
    const opens =
      entry.numeral !== undefined ||
      entry.scale !== undefined ||
      entry.half === true ||
      first === 'و' ||
      PREPOSITIONS.has(first);
    if (!opens) continue;
    const rest = splitRest(word.slice(length), first);
    if (rest !== undefined && isNumber(first, rest)) return [first, ...rest];
  }
  return undefined;
}

const PREPOSITIONS = new Set(['در', 'از', 'به', 'با', 'تا', 'برای', 'تعداد', 'مبلغ', 'حدود', 'معادل']);

/**
 * A leading «و» must join a number («وپنج»); a preposition needs a number with company («دردوماه»), because
 * with a number alone it may be any word.
 */
function isNumber(first: string, rest: readonly string[]): boolean {
  if (PREPOSITIONS.has(first)) return (rest.length > 1 || first.length > 4) && NUMERALS.has(rest[0] ?? '');
  if (first !== 'و') return true;
  const next = ENTRIES.get(rest[0] ?? '');
  if (next?.ordinal !== undefined || next?.half === true) return true;
  return next?.numeral !== undefined && (next.numeral.value > 2 || rest.length > 1);
}

function splitRest(rest: string, before: string): string[] | undefined {
  if (rest === '') return [];
  for (let length = rest.length; length >= 1; length -= 1) {
    const piece = rest.slice(0, length);
    if (!canFollow(piece, before)) continue;
    const tail = splitRest(rest.slice(length), piece);
    if (tail !== undefined) return [piece, ...tail];
  }
  return undefined;
}

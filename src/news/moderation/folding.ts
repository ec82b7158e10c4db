/**
 * A text in the form in which the rules compare it, with the way back to the text as it was typed. Marks, half-spaces
 * and invisible signs are gone, and look-alikes of other alphabets have become the letters they are taken for.
 */
export type Folded = {
  readonly text: string;
  /** For each unit of `text`: the code point of the original at which it begins, and the one after its last. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

/** Marks above and below, signs without width or ink, and the line that draws a word out. */
const invisible = /[\p{Mn}\p{Me}\p{Cf}\u0640\u00ac\u115f\u1160\u2800]/u;

// What looks like the letter on the right, from keyboards and alphabets beside the Persian and the Latin one.
const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ی: 'يىېۍێےئ',
    ک: 'كڪګڬڭڮ',
    گ: 'ڰڱڲڳڴ',
    ه: 'ةۀۂہھەۃۿ',
    ا: 'آأإٱٲٳ',
    و: 'ؤۆۇۈۉۊۋۏٶٷ',
    ن: 'ںڻڼڽ',
    ر: 'ڕڒړڔڗ',
    س: 'ښڛڜ',
    ت: 'ٹټٺٿ',
    د: 'ڈډڊڌڍڎڐ',
    ب: 'ٻڀ',
    ف: 'ڡڢڤڦ',
    ق: 'ڧڨ',
    ح: 'ځڂ',
    ل: 'ڵڶڷڸ',
    ع: 'ڠ',
    a: 'аαɑàáâãäåā',
    b: 'Ьв',
    c: 'сϲç',
    d: 'ԁ',
    e: 'еεèéêëēё',
    h: 'һн',
    i: 'іιìíîïīɩ',
    j: 'ј',
    k: 'кκ',
    m: 'м',
    n: 'пηñ',
    o: 'оοòóôõöōø',
    p: 'рρ',
    r: 'г',
    s: 'ѕş',
    t: 'тτ',
    u: 'υùúûüūц',
    v: 'ѵν',
    w: 'ԝω',
    x: 'хχ',
    y: 'уγý',
    z: 'ʐž',
  }).flatMap(([letter, alikes]) => Array.from(alikes).map((alike) => [alike, letter] as const)),
);

const digits: ReadonlyMap<string, string> = new Map(
  Array.from('0123456789').flatMap((digit, value) =>
    // Persian, Arabic, N'Ko, Devanagari, Bengali.
    [0x06f0, 0x0660, 0x07c0, 0x0966, 0x09e6].map(
      (zero) => [String.fromCharCode(zero + value), digit] as const,
    ),
  ),
);

/** What has been folded already: a comment has some sixty letters, again and again. */
const foldedPoints = new Map<string, string>();
const mostPoints = 4_000;

function foldPoint(point: string): string {
  const known = foldedPoints.get(point);
  if (known !== undefined) return known;
  let folded = '';
  for (const letter of point.normalize('NFKD').toLowerCase()) {
    if (!invisible.test(letter)) folded += lookAlikes.get(letter) ?? digits.get(letter) ?? letter;
  }
  folded = folded.replace(/\s/g, ' ');
  if (foldedPoints.size < mostPoints) foldedPoints.set(point, folded);
  return folded;
}

export function fold(original: string): Folded {
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const point of original) {
    // Unit by unit as expressions count them, of which a sign beyond the first plane has two.
    for (const unit of foldPoint(point).split('')) {
      units.push(unit);
      starts.push(at);
      ends.push(at + 1);
    }
    at += 1;
  }
  return { text: units.join(''), starts, ends };
}

/** Of a letter that is drawn out only one stands: «احمممق». Digits stand however often. */
export function collapse({ text, starts, ends }: Folded): Folded {
  const kept = { units: [] as string[], starts: [] as number[], ends: [] as number[] };
  text.split('').forEach((unit, index) => {
    const last = kept.units.length - 1;
    if (kept.units[last] === unit && /\p{L}/u.test(unit)) kept.ends[last] = ends[index] ?? 0;
    else {
      kept.units.push(unit);
      kept.starts.push(starts[index] ?? 0);
      kept.ends.push(ends[index] ?? 0);
    }
  });
  return { text: kept.units.join(''), starts: kept.starts, ends: kept.ends };
}

/** A word or phrase of a list in the form in which a collapsed text has it, without its spaces. */
export const collapsed = (phrase: string): string => collapse(fold(phrase)).text.replaceAll(' ', '');

/** From a stretch of the folded text back to the code points of the original. */
export const placeOf = (folded: Folded, from: number, to: number): { start: number; end: number } => ({
  start: folded.starts[from] ?? 0,
  end: folded.ends[to - 1] ?? 0,
});

export type Token = { readonly word: string; readonly from: number; readonly to: number };

/** The words of a folded text, letters and digits apart from everything else. */
export const tokensOf = ({ text }: Folded): Token[] =>
  [...text.matchAll(/[\p{L}]+|[0-9]+/gu)].map((match) => ({
    word: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));

export type Span = { readonly from: number; readonly to: number };

/**
 * Where phrases of a list (`collapsed`) stand in a collapsed text as whole words, however their words are joined:
 * «می پذیریم», «می‌پذیریم» and «میپذیریم» are one.
 */
export function phrasesIn(tokens: readonly Token[], phrases: readonly string[]): Span[] {
  const joined = tokens.map(({ word }) => word).join('');
  const begins = new Map<number, number>();
  const finishes = new Map<number, number>();
  let length = 0;
  for (const { word, from, to } of tokens) {
    begins.set(length, from);
    length += word.length;
    finishes.set(length, to);
  }
  return phrases.flatMap((phrase) => {
    const found: Span[] = [];
    for (let at = joined.indexOf(phrase); at !== -1; at = joined.indexOf(phrase, at + 1)) {
      const from = begins.get(at);
      const to = finishes.get(at + phrase.length);
      if (from !== undefined && to !== undefined) found.push({ from, to });
    }
    return found;
  });
}

const plural = /(?:هایشان|هایمان|هایتان|هاشون|هامون|هاتون|هایی|های|هام|هاش|ها)$/;
const suffix = /(?:مان|تان|شان|مون|تون|شون|ترین|تر|گان|ات|ان|ای|ی|م|ت|ش|ه|ا)$/;

/** A word without its ending, so that «وام‌ها» and «وام» are one; a short word keeps what may be its own letters. */
export function stemOf(word: string): string {
  const single = word.replace(plural, '');
  if (single !== word && single.length >= 3) return single;
  const stem = word.replace(suffix, '');
  return stem.length >= 4 ? stem : word;
}

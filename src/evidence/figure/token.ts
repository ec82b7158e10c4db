import { digitOf, foldWord } from '#kernel/persian.ts';
import { type Literal, literalsOf } from './literal.ts';
import { type Entry, entryOf, lookUp } from './lexicon.ts';

/** A piece of the text: positions are UTF-16 units of the input, `joined` has no space before it. */
export type Token = {
  readonly kind: 'word' | 'number' | 'mark' | 'break' | 'latin';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly joined: boolean;
  readonly entry: Entry | undefined;
  readonly literal: Literal | undefined;
};

const OTHER = 0;
const LETTER = 1;
const FOLDED = 2;
const DIGIT = 3;
const IGNORED = 4;
const HALF_SPACE = 5;
const SPACE = 6;
const LINE = 7;
const LATIN = 8;

const CLASSES = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(65536);
  const set = (from: number, to: number, kind: number): void => {
    table.fill(kind, from, to + 1);
  };
  set(0x0620, 0x064a, LETTER);
  set(0x066e, 0x06d3, LETTER);
  set(0x06fa, 0x06ff, LETTER);
  set(0xfb50, 0xfdfb, FOLDED);
  set(0xfe70, 0xfefc, FOLDED);
  for (const letter of 'يىېۍكڪةۀۂہھەأإٱؤئء') table[letter.charCodeAt(0)] = FOLDED;
  set(0x0610, 0x061a, IGNORED);
  set(0x064b, 0x065f, IGNORED);
  set(0x0670, 0x0670, IGNORED);
  set(0x06d6, 0x06ed, IGNORED);
  for (const unit of [0x0640, 0x200d, 0x200e, 0x200f, 0xfeff, 0x00ad]) table[unit] = IGNORED;
  set(0x202a, 0x202e, IGNORED);
  set(0x2060, 0x2069, IGNORED);
  // What else takes no ink parts no number either.
  for (const unit of [0x034f, 0x061c, 0x115f, 0x1160, 0x180e, 0x3164, 0xffa0]) table[unit] = IGNORED;
  set(0x180b, 0x180d, IGNORED);
  set(0xfe00, 0xfe0f, IGNORED);
  for (const unit of [0x200b, 0x200c, 0x00ac]) table[unit] = HALF_SPACE;
  for (const unit of [0x09, 0x20, 0xa0, 0x1680, 0x202f, 0x205f, 0x3000]) table[unit] = SPACE;
  set(0x2000, 0x200a, SPACE);
  for (const unit of [0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029]) table[unit] = LINE;
  set(0x41, 0x5a, LATIN);
  set(0x61, 0x7a, LATIN);
  set(0xc0, 0x24f, LATIN);
  for (let unit = 0; unit < 0x0700; unit += 1) if (digitOf(unit) >= 0) table[unit] = DIGIT;
  return table;
}

const classAt = (text: string, at: number): number => CLASSES[text.charCodeAt(at)] ?? OTHER;

// A longer run of letters is no word of any language; it is kept whole and never looked up.
const LONGEST_WORD = 40;

/** Cuts `text` from `from` to `to` into words, numbers, marks and line breaks, in one pass, in reading order. */
export function tokensOf(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  let at = from;
  let joined = false;
  while (at < to) {
    const kind = classAt(text, at);
    if (kind === SPACE) {
      joined = false;
      at += 1;
    } else if (kind === IGNORED || kind === HALF_SPACE) {
      at += 1;
    } else if (kind === LETTER || kind === FOLDED) {
      at = takeWord(text, at, joined, tokens);
      joined = true;
    } else if (kind === DIGIT) {
      at = takeNumber(text, at, joined, tokens);
      joined = true;
    } else if (kind === LATIN) {
      at = takeLatin(text, at, joined, tokens);
      joined = true;
    } else {
      const mark = kind === LINE ? 'break' : 'mark';
      tokens.push(
        token(mark, { start: at, end: at + 1, text: text.charAt(at), joined: kind !== LINE && joined }),
      );
      joined = kind !== LINE;
      at += 1;
    }
  }
  return tokens;
}

type Place = { start: number; end: number; text: string; joined: boolean };

const token = (kind: Token['kind'], place: Place, entry?: Entry, literal?: Literal): Token => ({
  kind,
  start: place.start,
  end: place.end,
  text: place.text,
  joined: place.joined,
  entry,
  literal,
});

function takeWord(text: string, start: number, joined: boolean, tokens: Token[]): number {
  let end = start + 1;
  let last = end;
  let folded = classAt(text, start) === FOLDED;
  for (; end < text.length; end += 1) {
    const kind = classAt(text, end);
    if (kind === LETTER) last = end + 1;
    else if (kind === FOLDED || kind === IGNORED) {
      folded = true;
      if (kind === FOLDED) last = end + 1;
    } else break;
  }
  const raw = text.slice(start, last);
  if (raw.length > LONGEST_WORD) {
    tokens.push(token('word', { start, end: last, text: '', joined }));
    return end;
  }
  const word = folded ? foldWord(raw) : raw;
  const known = lookUp(word);
  const { entry } = known;
  const pieces =
    known.pieces ?? (entry === undefined && isNumber(tokens.at(-1)) ? afterNumber(word) : undefined);
  if (pieces === undefined) {
    tokens.push(token('word', { start, end: last, text: word, joined }, entry));
    return end;
  }
  // Pieces of a folded word keep the place of the whole: dropped marks have moved its letters.
  const exact = word.length === raw.length;
  let from = start;
  for (const [index, piece] of pieces.entries()) {
    const to = exact && index < pieces.length - 1 ? from + piece.length : last;
    tokens.push(
      token('word', { start: from, end: to, text: piece, joined: joined || index > 0 }, entryOf(piece)),
    );
    if (exact) from = to;
  }
  return end;
}

const isNumber = (last: Token | undefined): boolean =>
  last?.kind === 'number' || last?.entry?.numeral !== undefined || last?.entry?.scale !== undefined;

/** After a number a scale or a unit may have lost the space behind it: «۲۰ هزارسبد», «۲۵ درصداعتبارات». */
function afterNumber(word: string): readonly string[] | undefined {
  const parts = /^(هزار|میلیون|میلیارد|درصد|تومان|ریال|نفر)(و|.{3,})$/u.exec(word);
  return parts === null ? undefined : [parts[1] ?? '', parts[2] ?? ''];
}

const SEPARATORS = new Set(".,،٬٫/-–—−:'’⁄_");
const MOST_GROUPS = 12;

/** Groups of digits with what stands between them, as far as they touch: «۱۲٬۳۴۵/۶»، «1395/04/25». */
function takeNumber(text: string, start: number, joined: boolean, tokens: Token[]): number {
  const groups: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const separators: string[] = [];
  let at = start;
  for (;;) {
    starts.push(at);
    const [digits, end] = digitsFrom(text, at);
    groups.push(digits);
    ends.push(end);
    at = end;
    const next = skipIgnored(text, at);
    const separator = text.charAt(next);
    const after = skipIgnored(text, next + 1);
    if (groups.length >= MOST_GROUPS || !SEPARATORS.has(separator) || classAt(text, after) !== DIGIT) break;
    separators.push(separator);
    at = after;
  }
  const read = literalsOf(groups, separators);
  for (const [index, { first, last, literal }] of read.entries()) {
    const from = starts[first] ?? start;
    const to = ends[last] ?? at;
    if (index > 0) {
      const gap = ends[first - 1] ?? from;
      const mark = separators[first - 1] ?? '';
      tokens.push(token('mark', { start: gap, end: from, text: mark, joined: true }));
    }
    tokens.push(
      token(
        'number',
        { start: from, end: to, text: literal.digits, joined: joined || index > 0 },
        undefined,
        literal,
      ),
    );
  }
  return at;
}

// A number of more digits is no figure; reading it would only cost time.
const MOST_DIGITS = 60;

function digitsFrom(text: string, start: number): [string, number] {
  let digits = '';
  let end = start;
  let at = start;
  for (; at < text.length; at += 1) {
    const digit = digitOf(text.charCodeAt(at));
    if (digit >= 0) {
      if (digits.length <= MOST_DIGITS) digits += String(digit);
      end = at + 1;
    } else if (!isUnseen(text, at)) break;
  }
  return [digits, end];
}

function skipIgnored(text: string, start: number): number {
  let at = start;
  while (at < text.length && isUnseen(text, at)) at += 1;
  return at;
}

/** Between letters a half-space is a boundary; between digits nobody sees it, and the number is one. */
function isUnseen(text: string, at: number): boolean {
  const kind = classAt(text, at);
  return kind === IGNORED || (kind === HALF_SPACE && text.charCodeAt(at) !== 0xac);
}

/** Latin letters with the digits that stick to them («P2P»، «IR12…»), or a whole address on the web. */
function takeLatin(text: string, start: number, joined: boolean, tokens: Token[]): number {
  const address = /^(?:https?:|www\.)/i.test(text.slice(start, start + 8));
  let end = start;
  while (end < text.length) {
    const kind = classAt(text, end);
    if (kind === SPACE || kind === LINE) break;
    if (!address && kind !== LATIN && kind !== DIGIT) {
      const inside = '@._-'.includes(text.charAt(end)) && [LATIN, DIGIT].includes(classAt(text, end + 1));
      if (!inside) break;
    }
    end += 1;
  }
  tokens.push(token('latin', { start, end, text: text.slice(start, Math.min(end, start + 40)), joined }));
  return end;
}

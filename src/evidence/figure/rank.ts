import { isCountable, isMeasured, isNumeric } from './measure.ts';
import { plain } from './decimal.ts';
import { type Draft, draft } from './draft.ts';
import { BETWEEN, type Label, NEWS_HOUR } from './label.ts';
import { type NumberRead, readNumber } from './number.ts';
import { headNoun } from './subject.ts';
import type { Token } from './token.ts';

type Tokens = readonly Token[];

/** «نیمه نخست»، «درجه یک»، «حرف اول»: turns of phrase that rank nothing. */
const NO_RANK = new Set('نیمه درجه حرف دست وهله معاون نظر نگاه بار ماهه همان'.split(' '));
const FIRSTS = new Set(['اول', 'نخست']);

/** An ordinal word with its noun: «بیستمین جشنواره»، «رتبه چهارم»، «رتبه‌های اول تا سوم». */
export function readRank(tokens: Tokens, at: number, read: NumberRead): Draft | undefined {
  if (read.ordinal === 'before') {
    const noun = tokens[read.next];
    if (noun?.kind !== 'word' || noun.entry?.stop === true) return undefined;
    if (read.value.digits === 1n && (noun.text === 'بار' || noun.text === 'باری')) return undefined;
    return rank({ from: at, next: read.next + 1, read, at, noun: headNoun(tokens, read.next) });
  }
  const nounAt = nounBefore(tokens, at);
  if (nounAt === undefined) return undefined;
  const noun = tokens[nounAt];
  if (noun === undefined || NO_RANK.has(noun.text)) return undefined;
  if (FIRSTS.has(read.word ?? '') && noun.entry?.month !== undefined) return undefined;
  // «نخست وزیر» is an office.
  if (read.word === 'نخست' && tokens[read.next]?.text === 'وزیر') return undefined;
  const label = noun.entry?.label;
  return listed(
    tokens,
    rank({ from: nounAt, next: read.next, read, at, noun: label?.noun ?? headNoun(tokens, nounAt) }),
  );
}

function rank(part: {
  from: number;
  next: number;
  read: NumberRead;
  at: number;
  noun: string | null;
}): Draft {
  return draft({
    from: part.from,
    next: part.next,
    numberFrom: part.at,
    numberNext: part.read.next,
    kind: 'ordinal',
    value: part.read.value,
    noun: part.noun,
    isQuantity: false,
    read: part.read,
  });
}

/** The noun an ordinal follows: on the same line, no preposition, no number, no verb. */
function nounBefore(tokens: Tokens, at: number): number | undefined {
  let place = at - 1;
  while (
    place > at - 3 &&
    (tokens[place]?.text === 'های' || tokens[place]?.text === 'ها' || tokens[place]?.text === 'ی')
  ) {
    place -= 1;
  }
  const token = tokens[place];
  if (token?.kind !== 'word' || isNumeric(token)) return undefined;
  return token.entry?.stop === true ? undefined : place;
}

/** Further labels of the same noun: a range with «تا», otherwise «also». */
function listed(tokens: Tokens, first: Draft): Draft {
  let found = first;
  for (let more = 0; more < 12; more += 1) {
    const link = tokens[found.next];
    const to = link?.entry?.link === 'to';
    if (!to && link?.entry?.link !== 'and' && link?.text !== '،') return found;
    const read = readNumber(tokens, found.next + 1);
    if (read === undefined || read.power > 0 || read.fraction !== null || read.literal?.date !== undefined)
      return found;
    if (read.ordinal !== (first.read?.ordinal ?? 'no') || isCountable(tokens, read.next)) return found;
    if (tokens[read.next]?.entry?.month !== undefined) return found;
    if (read.ordinal === 'no' && !to && tokens[read.next]?.entry?.numeral !== undefined) return found;
    const reached = { ...found, next: read.next, numberNext: read.next };
    if (to) return { ...reached, kind: 'range', baseKind: 'ordinal', upper: read.value };
    found = { ...reached, also: [...found.also, plain(read.value)] };
  }
  return found;
}

/** A cardinal that names a thing by its label: «دهک‌های ۱ تا ۳»، «کد خبر: 3290»، «خیابان ۱۷». */
export function readLabelled(tokens: Tokens, at: number, read: NumberRead): Draft | undefined {
  const found = labelBefore(tokens, at);
  if (found === undefined || read.power > 0 || read.fraction !== null) return undefined;
  const { label, place } = found;
  if (!takes(tokens, { label, place, at, read })) return undefined;
  const base = {
    from: place,
    next: read.next,
    numberFrom: at,
    numberNext: read.next,
    read,
    isQuantity: false,
  };
  if (label.kind === 'ordinal') {
    return listed(tokens, draft({ ...base, kind: 'ordinal', value: read.value, noun: label.noun }));
  }
  if (label.kind === 'legal') return undefined;
  const digits = read.literal === undefined || read.literal.part !== '' ? null : read.literal.digits;
  const noun = label.kind === 'code' ? phrase(tokens, place, at) : label.noun;
  return draft({ ...base, kind: 'other', label: label.kind, value: read.value, verbatim: digits, noun });
}

const phrase = (tokens: Tokens, from: number, next: number): string =>
  tokens
    .slice(from, next)
    .filter(({ kind }) => kind === 'word')
    .map(({ text }) => text)
    .join(' ');

function labelBefore(tokens: Tokens, at: number): { label: Label; place: number } | undefined {
  for (let place = at - 1; place >= at - 4 && place >= 0; place -= 1) {
    const token = tokens[place];
    if (token === undefined || token.kind === 'break') return undefined;
    if (token.text === NEWS_HOUR[1] && tokens[place - 1]?.text === NEWS_HOUR[0]) {
      return { label: { kind: 'name', strong: false, noun: 'نام بخش خبری' }, place: place - 1 };
    }
    const label = token.entry?.label;
    const code = place > 0 && BETWEEN.has(token.text) && tokens[place - 1]?.entry?.label?.kind === 'code';
    if (label !== undefined && !code) return { label, place };
    if (token.text !== ':' && token.text !== '(' && !BETWEEN.has(token.text)) return undefined;
  }
  return undefined;
}

function takes(tokens: Tokens, part: { label: Label; place: number; at: number; read: NumberRead }): boolean {
  const { label, place, at, read } = part;
  const before = tokens[place - 1];
  if (
    before !== undefined &&
    (before.text === 'این' || before.text === 'هر' || (!label.strong && isNumeric(before)))
  )
    return false;
  const measured =
    isMeasured(tokens, read.next) && !(label.kind === 'ordinal' && tokens[read.next]?.text === 'تا');
  if (measured) return false;
  if (label.kind === 'phone')
    return (read.literal?.digits.length ?? 0) >= 3 && !isCountable(tokens, read.next);
  if (label.kind === 'code')
    return read.literal !== undefined || read.word === 'یک' || read.value.digits < 100n;
  // A colon or another word between says that a list begins, unless the label is of the whole phrase.
  if (tokens[at - 1]?.text === ':') return false;
  return label.strong || (!isCountable(tokens, read.next) && read.value.digits <= 40n);
}

/** Digits that can only be a telephone number, a bank account or a code. */
export function readCode(tokens: Tokens, at: number): Draft | undefined {
  const token = tokens[at];
  if (token?.kind === 'latin') return readSheba(tokens, at);
  const digits = token?.literal?.digits ?? '';
  const plainDigits =
    token?.literal?.part === '' && token.literal.date === undefined && !token.literal.grouped;
  if (!plainDigits) return undefined;
  let next = at + 1;
  let joined = digits;
  if (digits.startsWith('0') && digits.length >= 3 && tokens[next]?.text === '-' && tokens[next]?.joined) {
    const rest = tokens[next + 1];
    if (rest?.kind === 'number' && rest.joined && rest.literal?.part === '') {
      joined += rest.literal.digits;
      next += 2;
    }
  }
  const leading = joined.startsWith('0') && joined.length >= 4;
  if (!leading && joined.length < 10) return undefined;
  if (joined.length > 40 || (!leading && isMeasured(tokens, next))) return undefined;
  if (!leading && isCountable(tokens, next)) return undefined;
  const label = leading && joined.length >= 8 && joined.length <= 11 ? 'phone' : 'code';
  return draft({
    from: at,
    next,
    kind: 'other',
    value: { digits: BigInt(joined), places: 0 },
    verbatim: joined,
    label,
    noun: label === 'phone' ? 'تلفن' : 'کد',
    isQuantity: false,
  });
}

/** «IR» and 24 digits, together or in groups. */
function readSheba(tokens: Tokens, at: number): Draft | undefined {
  let digits = /^ir([0-9]*)$/i.exec(tokens[at]?.text ?? '')?.[1];
  if (digits === undefined) return undefined;
  let next = at + 1;
  while (digits.length < 24 && tokens[next]?.kind === 'number' && next < at + 26) {
    digits += tokens[next]?.literal?.digits ?? '';
    next += 1;
  }
  if (digits.length !== 24) return undefined;
  return draft({
    from: at,
    next,
    kind: 'other',
    value: { digits: BigInt(digits), places: 0 },
    verbatim: digits,
    label: 'code',
    noun: 'شبا',
    isQuantity: false,
  });
}

import { changeOf, isCompared } from './change.ts';
import { readDate } from './date.ts';
import { type Decimal, plain, shift, times } from './decimal.ts';
import type { Draft } from './draft.ts';
import type { Figure, Span } from './figure.ts';
import { readLegal } from './legal.ts';
import { type NumberRead, readNumber } from './number.ts';
import { readQuantity } from './quantity.ts';
import { readCode, readLabelled, readRank } from './rank.ts';
import { shareUnits } from './share.ts';
import { type Token, tokensOf } from './token.ts';

/**
 * Every figure of a Persian text, in reading order, none overlapping another. Offsets count Unicode code
 * points; numbers are plain decimal strings in base units. Pure, in time linear in the text, and total: any
 * string has an answer.
 */
export function readFigures(text: string): Figure[] {
  const figures: Figure[] = [];
  const place = placer(text);
  for (let from = 0; from < text.length;) {
    const to = endOfPart(text, from);
    const tokens = tokensOf(text, from, to);
    const drafts = shareUnits(tokens, draftsOf(tokens));
    for (const [index, found] of drafts.entries()) {
      const floor = drafts[index - 1]?.next ?? 0;
      const ceiling = drafts[index + 1]?.from ?? tokens.length;
      figures.push(figureOf({ tokens, found, floor, ceiling, place }));
    }
    from = to;
  }
  return figures;
}

// No figure crosses a line. Reading a long text by a few pages at a time keeps the tokens short-lived, which
// took a quarter off the time of five megabytes.
const PART = 8_192;

function endOfPart(text: string, from: number): number {
  const feed = text.indexOf('\n', from + PART);
  return feed === -1 ? text.length : feed + 1;
}

function draftsOf(tokens: readonly Token[]): Draft[] {
  const drafts: Draft[] = [];
  let floor = 0;
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    const begins =
      token !== undefined && (token.kind === 'number' || token.kind === 'latin' || token.entry !== undefined);
    const found = begins ? draftsAt(tokens, at, floor) : undefined;
    if (found === undefined || found.length === 0) {
      at += found === undefined ? 1 : 2;
      continue;
    }
    for (const each of found) {
      drafts.push(each.from < floor ? { ...each, from: floor } : each);
      floor = Math.max(each.next, at + 1);
    }
    at = floor;
  }
  return drafts;
}

/** The figures that begin at `at`; an empty list when the word there and the next belong together. */
function draftsAt(tokens: readonly Token[], at: number, floor: number): Draft[] | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.entry?.numeral !== undefined && tokens[at + 1]?.text === 'شنبه') return [];
  if (token.entry?.label?.kind === 'legal') {
    const legal = readLegal(tokens, at);
    if (legal !== undefined) return [legal];
  }
  const code = readCode(tokens, at);
  if (code !== undefined) return [code];
  const dates = readDate(tokens, at);
  if (dates !== undefined) return dates;
  if (token.kind === 'word' && !opensNumber(token)) return undefined;
  const read = readNumber(tokens, at);
  if (read === undefined || (read.literal?.digits.length ?? 0) > 40) return undefined;
  const found = figureAt(tokens, at, read, floor);
  return found === undefined ? undefined : [found];
}

const opensNumber = ({ entry }: Token): boolean =>
  entry?.numeral !== undefined ||
  entry?.ordinal !== undefined ||
  entry?.scale !== undefined ||
  entry?.half === true;

function figureAt(tokens: readonly Token[], at: number, read: NumberRead, floor: number): Draft | undefined {
  if (read.ordinal !== 'no') return readRank(tokens, at, read);
  return readLabelled(tokens, at, read) ?? readQuantity(tokens, at, read, floor);
}

type Context = {
  readonly tokens: readonly Token[];
  readonly found: Draft;
  readonly floor: number;
  readonly ceiling: number;
  readonly place: (from: number, end: number) => Span;
};

function figureOf({ tokens, found, floor, ceiling, place }: Context): Figure {
  const spanOf = (from: number, next: number): Span =>
    place(tokens[from]?.start ?? 0, tokens[next - 1]?.end ?? 0);
  const money = found.unit?.kind === 'money' ? found.unit : null;
  const inRials = (value: Decimal | null): string | null =>
    value === null || money === null || money.rials === null ? null : plain(times(value, money.rials));
  const whole = spanOf(found.from, found.next);
  const name = found.unit === null || found.unit.name === '' ? null : found.unit.name;
  return {
    ...whole,
    number: spanOf(Math.max(found.numberFrom, found.from), Math.min(found.numberNext, found.next)),
    value: found.verbatim ?? plain(found.value),
    upper: found.upper === null ? null : plain(found.upper),
    lastDigit: plain(shift({ digits: 1n, places: Math.max(0, -found.last) }, Math.max(0, found.last))),
    valueRial: inRials(found.value),
    upperRial: inRials(found.upper),
    kind: found.kind,
    baseKind: found.baseKind,
    unit: name,
    currency: money === null ? null : name,
    approx: found.approx,
    qualifier: found.cue === null ? null : spanOf(found.cue.from, found.cue.next),
    noun: found.noun,
    date: found.date,
    change: found.isQuantity ? changeOf(tokens, found, floor, ceiling) : 'none',
    compare: found.isQuantity && isCompared(tokens, found),
    isQuantity: found.isQuantity,
    fraction: found.fraction,
    also: found.also,
    alternative: found.alternative === null ? null : plain(found.alternative),
    label: found.label,
  };
}

/** Spans in code points from spans in UTF-16 units; asked in rising order it walks the text once. */
function placer(text: string): (from: number, end: number) => Span {
  if (!/[\ud800-\udbff]/.test(text))
    return (from, end) => ({ start: from, end, text: text.slice(from, end) });
  let unit = 0;
  let point = 0;
  const pointAt = (target: number): number => {
    if (target < unit) {
      // A span inside the last one: step back over it, which is never far.
      while (unit > target) {
        unit -= isPair(text, unit - 2) ? 2 : 1;
        point -= 1;
      }
    }
    while (unit < target) {
      unit += isPair(text, unit) ? 2 : 1;
      point += 1;
    }
    return point;
  };
  return (from, end) => ({ start: pointAt(from), end: pointAt(end), text: text.slice(from, end) });
}

const isPair = (text: string, at: number): boolean =>
  at >= 0 && (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;

import { must } from '#kernel/result.ts';
import type { Figure } from '../figure/figure.ts';
import type { Clause, Reading, Run } from './clause.ts';
import { participles, partsOfYear, purposes, respectively, spans, verbs } from './lexicon.ts';
import type { Found } from './token.ts';
import type { Deed, Vocabulary } from './vocabulary.ts';

/**
 * The words of a clause that speak of one figure. «۵ میلیارد به کرج و ۳ میلیارد به فردیس پرداخت شد»: each sum
 * has its own words, and the verb at the end is of both.
 */
export type Reach = {
  /** Its own words, with the figure itself, from the boundary before it to the boundary after it. */
  readonly own: Run;
  /** Its number and unit. */
  readonly place: Run;
  /** What stands before the first figure of the clause and so is said of all. */
  readonly lead: Run;
  /** What stands after the last figure of its list: the verb, and what is said of all. */
  readonly trail: Run | null;
  /** The figures of its kind that share its verb, itself among them, in order. */
  readonly list: readonly number[];
  /** Set where the list is the same sum in other words («۵۰۰ میلیارد ریال، معادل …»). */
  readonly sameSum: boolean;
  readonly inOrder: boolean;
};

/** So many words on either side are read for a figure; a clause that is longer is not understood. */
export const farthest = 80;

export const kindOf = (figure: Figure): string => figure.baseKind ?? figure.kind;

/** Whether the figure counts what one of these nouns names, by the noun that the reader found. */
export function counts(nouns: readonly string[], figure: Figure): boolean {
  const noun = (figure.noun ?? figure.unit ?? '').replaceAll('\u200c', ' ');
  const unit = figure.unit ?? '';
  return nouns.some((name) => {
    const plain = name.replaceAll('\u200c', ' ');
    return noun === plain || noun.startsWith(`${plain} `) || unit === plain;
  });
}

/** «در شش ماه دوم سال» holds a number that measures nothing: it is a time. */
function isMeasure({ tokens, figures, places }: Reading, index: number): boolean {
  const figure = must(figures[index], 'a figure');
  const isTime =
    spans.has(figure.unit ?? '') && partsOfYear.at(tokens, must(places[index], 'a place').from) !== undefined;
  return figure.isQuantity && !isTime;
}

type Joint = { readonly kind: 'list' | 'same' | 'apart'; readonly boundary: number };

/** The reach of every figure of a clause that is a quantity. Linear in the clause. */
export function reachesOf(reading: Reading, vocabulary: Vocabulary, clause: Clause): Map<number, Reach> {
  const reaches = new Map<number, Reach>();
  const quantities = clause.figures.filter((index) => isMeasure(reading, index));
  const first = quantities[0];
  if (first === undefined) return reaches;
  const start = must(reading.cues[first], 'a cue');
  const lead = { from: Math.max(clause.from, start - farthest), until: start };
  const inOrder = respectively.all(reading.tokens, clause.from, clause.until).length > 0;
  const byKind = new Map<string, number[]>();
  for (const index of quantities) {
    const kind = kindOf(must(reading.figures[index], 'a figure'));
    const alike = byKind.get(kind);
    if (alike === undefined) byKind.set(kind, [index]);
    else alike.push(index);
  }
  for (const alike of byKind.values()) {
    const joints = alike
      .slice(1)
      .map((next, at) => jointOf({ reading, vocabulary }, must(alike[at], 'one'), next));
    for (const { from, until } of chainsOf(joints, alike.length)) {
      const list = alike.slice(from, until);
      const sameSum =
        list.length > 1 && joints.slice(from, until - 1).every((joint) => joint.kind === 'same');
      const end = joints[until - 1]?.boundary ?? clause.until;
      const last = must(reading.places[must(list.at(-1), 'the last')], 'a place');
      for (const [at, index] of list.entries()) {
        const place = must(reading.places[index], 'a place');
        const before = joints[from + at - 1];
        const after = joints[from + at];
        const own = sameSum
          ? { from: joints[from - 1]?.boundary ?? clause.from, until: end }
          : { from: before?.boundary ?? clause.from, until: after?.boundary ?? clause.until };
        const trail =
          at < list.length - 1 && !sameSum
            ? { from: last.until, until: Math.min(end, last.until + farthest) }
            : null;
        reaches.set(index, { own, place, lead, trail, list, sameSum, inOrder });
      }
    }
  }
  return reaches;
}

/** Runs of figures that share one verb. */
function chainsOf(joints: readonly Joint[], count: number): Run[] {
  const chains: Run[] = [];
  let from = 0;
  for (let at = 0; at < count; at++) {
    if (joints[at] !== undefined && joints[at]?.kind !== 'apart') continue;
    chains.push({ from, until: at + 1 });
    from = at + 1;
  }
  return chains;
}

const ands = new Set(['و', '،', ',', 'نیز', 'که']);
const glue = new Set(['(', '«', 'معادل', 'یعنی', 'برابر', 'با', '،', 'یا', 'حدود']);
const small = new Set([
  'به',
  'از',
  'در',
  'مبلغ',
  'معادل',
  'نیز',
  'هم',
  'تعداد',
  'رقم',
  'برای',
  'تا',
  'میزان',
]);

type Asked = { readonly reading: Reading; readonly vocabulary: Vocabulary };

/** How two figures of one kind hang together, and where the words of the second begin. */
function jointOf({ reading, vocabulary }: Asked, first: number, second: number): Joint {
  const { tokens, places, cues } = reading;
  const a = must(places[first], 'a place');
  const b = must(cues[second], 'a cue');
  const between = { from: a.until, until: Math.max(a.until, b) };
  const stems = tokens.slice(between.from, between.until).map((token) => token.stem);
  const bothMoney =
    kindOf(must(reading.figures[first], 'a figure')) === 'money' &&
    reading.figures[first]?.currency !== reading.figures[second]?.currency;
  if (bothMoney && stems.length > 0 && stems.every((stem) => glue.has(stem)))
    return { kind: 'same', boundary: between.until };
  // «۱۲۹ نفر که معرفی شدند، | ۸۵ نفر»: a verb ends what is said of the first.
  const told = verbs.all(tokens, between.from, between.until).findLast(({ from, until, meaning }) => {
    return meaning !== 'is' && (until - from > 1 || !participles.has(tokens[from]?.stem ?? ''));
  });
  const boundary = told?.until ?? boundaryIn(stems) + between.from;
  const word = tokens[must(cues[first], 'a cue') - 1]?.stem;
  const isList =
    word !== 'از' &&
    stems.some((stem) => ands.has(stem)) &&
    !stems.includes('که') &&
    verbs.all(tokens, between.from, between.until).length === 0 &&
    deedsIn({ reading, vocabulary }, between).length === 0;
  return { kind: isList ? 'list' : 'apart', boundary };
}

// What stands before a comma and the next figure is of the latter: «… و در سال ۹۳، | ۳ میلیارد».
const openings = new Set('در به از برای طی سهم سال نیمه بابت بخش'.split(' '));

/** The words before a figure that already belong to it: «… به کرج و به فردیس | ۳ میلیارد». */
function boundaryIn(stems: readonly string[]): number {
  if (stems.at(-1) === '،' || stems.at(-1) === ',') {
    const before = stems.slice(0, -1).findLastIndex((stem) => ands.has(stem));
    if (before >= 0 && openings.has(stems[before + 1] ?? '')) return before;
  }
  let at = stems.length;
  while (at > 0 && small.has(stems[at - 1] ?? '')) at -= 1;
  if (at > 0 && ands.has(stems[at - 1] ?? '')) return at - 1;
  for (let back = stems.length - 2; back >= 0; back--)
    if (ands.has(stems[back] ?? '') && (small.has(stems[back + 1] ?? '') || stems[back] !== 'و')) return back;
  const conjunction = stems.lastIndexOf('و');
  return conjunction >= 0 ? conjunction : at;
}

/** The deeds of a run, without those that are only a purpose («برای پرداخت تسهیلات»). */
export function deedsIn({ reading, vocabulary }: Asked, run: Run): Found<Deed>[] {
  return vocabulary.deeds
    .all(reading.tokens, run.from, run.until)
    .filter(
      ({ from, meaning }) =>
        meaning.indicators.size === 0 || purposes.at(reading.tokens, from - 1) === undefined,
    );
}

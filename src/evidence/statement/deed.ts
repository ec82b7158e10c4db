import { must } from '#kernel/result.ts';
import { type Clause, type Reading, type Run } from './clause.ts';
import {
  holders,
  lightVerbs,
  loanHeads,
  moneyHeads,
  otherBases,
  otherMeasures,
  otherObjects,
  otherSums,
  participles,
  perUnit,
  rates,
  standingVerbs,
  verbs,
} from './lexicon.ts';
import { type Reach, counts, deedsIn, farthest, kindOf } from './reach.ts';
import type { Found, Token } from './token.ts';
import type { Deed, Vocabulary } from './vocabulary.ts';

export type DeedOrder = {
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
  readonly clause: Clause;
  readonly index: number;
  readonly reach: Reach;
};

/** A measure that the records do not hold: a ceiling, an average, a rate, a share of something else. */
const other: Deed = { indicators: new Set() };

/**
 * What a sentence says was done with a figure. Several deeds («معرفی و پرداخت شد») are all claimed. Empty when
 * no known deed stands with it.
 */
export function deedsOf(order: DeedOrder): readonly Deed[] {
  const rate = rateIn(order);
  if (rate !== undefined) return [rate.meaning];
  if (isOtherMeasure(order) || hasOtherObject(order) || isOtherSum(order)) return [other];
  const { reading, clause, reach, index } = order;
  const { own, place, lead, trail, list } = reach;
  const after = [
    ...deedsIn(order, { from: place.until, until: own.until }),
    ...(trail === null ? [] : deedsIn(order, trail)),
  ];
  const before = deedsIn(order, { from: Math.min(own.from, place.from), until: place.from });
  const shared = list[0] === index ? before : deedsIn(order, { from: lead.from, until: lead.until });
  const ahead = before.length > 0 ? before : shared;
  const describes = (found: Found<Deed>): boolean => isAttribute(reading, clause, found);
  const told = after.filter((found) => !describes(found));
  const named = ahead.filter((found) => !describes(found));
  if (kindOf(must(reading.figures[index], 'a figure')) === 'percent' && isOfOtherBase(order, after))
    return [other];
  const inOrder = reach.inOrder ? ordered(told, reach, index) : undefined;
  if (inOrder !== undefined) return [inOrder.meaning];
  if (told.length > 0) {
    const governing = named.at(-1);
    // «پرداخت ۵ میلیارد تصویب شد» claims of a payment only that it was approved: both must hold.
    const also = governing !== undefined && governing.until >= must(reading.cues[index], 'a cue');
    return [...together(reading, told), ...(also ? [governing.meaning] : [])];
  }
  if (named.length > 0) return together(reading, named);
  const described = after.at(-1) ?? ahead.at(-1);
  if (described !== undefined) return [described.meaning];
  const head = headOf(order);
  if (head !== undefined) return [head];
  const far = loanOf(order) ?? farDeed(order) ?? standingOf(order);
  return far === undefined ? [] : [far];
}

/** «۵ میلیارد سود تسهیلات»: a sum of something else than the loans. */
function isOtherSum({ reading: { tokens, figures, cues }, reach: { place }, index }: DeedOrder): boolean {
  const beside = [tokens[place.until], tokens[must(cues[index], 'a cue') - 1]];
  return (
    kindOf(must(figures[index], 'a figure')) === 'money' &&
    beside.some((token) => otherSums.has(token?.stem ?? ''))
  );
}

/** «۸۵ نفر مجوز دریافت کردند»: they got something else than a loan. Where licences are counted, they are its noun. */
function hasOtherObject({ reading, reach, index }: DeedOrder): boolean {
  const figure = must(reading.figures[index], 'a figure');
  const { own, place } = reach;
  if (kindOf(figure) !== 'count') return false;
  const isCounted = figure.unit !== 'نفر' && otherObjects.at(reading.tokens, place.until) !== undefined;
  return (
    !isCounted &&
    otherObjects
      .all(reading.tokens, place.until, own.until)
      .some(({ from }) => !holders.has(reading.tokens[from - 1]?.stem ?? ''))
  );
}

/** «۸۵ نفر تسهیلات مشاغل خانگی گرفتند»: a verb that says nothing by itself, of a loan. */
function loanOf({ reading, vocabulary, reach: { own, trail } }: DeedOrder): Deed | undefined {
  const { tokens } = reading;
  const until = trail?.until ?? own.until;
  const verb = lightVerbs.all(tokens, own.from, until).at(-1);
  const isLoan = verb !== undefined && loanHeads.all(tokens, own.from, verb.from).length > 0;
  return isLoan ? { indicators: vocabulary.payment } : undefined;
}

/** «به ۸ طرح با اشتغال ۲۰ نفر … پرداخت شد», «اعتبار ابلاغی از ۵ به ۸ میلیارد رسید»: a deed said further off. */
function farDeed({ reading, vocabulary, clause, reach, index }: DeedOrder): Deed | undefined {
  const { own, lead } = reach;
  const asked = { reading, vocabulary };
  const kind = kindOf(must(reading.figures[index], 'a figure'));
  const word = reading.tokens[must(reading.cues[index], 'a cue') - 1]?.stem;
  if (word === 'به' && kind === 'money') return deedsIn(asked, lead).at(-1)?.meaning;
  if (kind !== 'count' || clause.mood === null) return undefined;
  const rest = { from: own.until, until: Math.min(clause.until, own.until + farthest) };
  return deedsIn(asked, rest).at(-1)?.meaning;
}

/** «به ترتیب ۵ و ۳ میلیارد معرفی و پرداخت شد»: as many deeds as figures. */
const ordered = (told: readonly Found<Deed>[], { list }: Reach, index: number): Found<Deed> | undefined =>
  told.length === list.length && list.length > 1 ? told[list.indexOf(index)] : undefined;

/** The last deed, and those before it that only an «و» parts from it. */
function together(reading: Reading, deeds: readonly Found<Deed>[]): Deed[] {
  const kept: Deed[] = [];
  for (let at = deeds.length - 1; at >= 0; at--) {
    const deed = must(deeds[at], 'a deed');
    const next = deeds[at + 1];
    if (next !== undefined && !isJoined(reading, deed, next)) break;
    kept.push(deed.meaning);
  }
  return kept;
}

function isJoined({ tokens }: Reading, first: Run, second: Run): boolean {
  const between = tokens.slice(first.until, second.from).map((token) => token.stem);
  return (
    between.includes('و') && between.length <= 4 && between.every((stem) => light.has(stem) || stem === 'و')
  );
}
const light = new Set([...participles, 'شد', 'گردید', 'به', 'بانک', 'آن', '،', 'هم', 'نیز', 'است', 'متقاضی']);

const attributes = new Set(['ابلاغی', 'مصوب', 'پرداختی', 'تصویبی', 'سهمیه', 'سهم']);
const partitives = new Set(['از', 'محل', 'کل', 'این', 'مجموع', 'آن']);

/** «از اعتبارات ابلاغی», «تسهیلات پرداخت‌شده»: the deed describes a noun and is not what the clause tells. */
function isAttribute({ tokens }: Reading, clause: Clause, found: Run): boolean {
  const word = tokens[found.from]?.stem ?? '';
  const last = tokens[found.until - 1]?.stem ?? '';
  const next = tokens[found.until]?.stem ?? '';
  const ends = clause.verb !== null && found.until >= clause.verb.from;
  const participle = participles.has(last) ? !ends : participles.has(next) && !isVerb(clause, found.until);
  if (!attributes.has(word) && !participle) return false;
  const behind = tokens.slice(Math.max(0, found.from - 3), found.from).map((token) => token.stem);
  if (word === 'سهم' || word === 'سهمیه') return true;
  return moneyHeads.all(tokens, Math.max(0, found.from - 2), found.from).length > 0 || behind.at(-1) === 'از';
}

const isVerb = (clause: Clause, at: number): boolean => clause.verb !== null && at >= clause.verb.from;

/** «اعتبار … ۹۷ میلیارد تومان است»: credit by itself is a lending quota, so the sentence says an allocation. */
function headOf({ reading, vocabulary, clause, reach, index }: DeedOrder): Deed | undefined {
  const { own, place, lead, list } = reach;
  const isPart = reading.tokens[must(reading.cues[index], 'a cue') - 1]?.stem === 'از';
  if (isPart)
    return vocabulary.heads.all(reading.tokens, place.until, Math.min(own.until, place.until + 3))[0]
      ?.meaning;
  if (clause.mood !== 'is' && clause.mood !== null && !isChange(reading, index)) return undefined;
  const ahead =
    vocabulary.heads.all(reading.tokens, own.from, place.from).at(-1) ??
    (list[0] === index ? undefined : vocabulary.heads.all(reading.tokens, lead.from, lead.until).at(-1));
  if (isChange(reading, index) && ahead === undefined)
    return vocabulary.heads.all(reading.tokens, place.until, own.until)[0]?.meaning;
  // A headline («اعتبار ۵ میلیارد تومانی …») has its noun right before the sum.
  if (
    clause.mood === null &&
    ahead !== undefined &&
    place.from - ahead.until > 4 &&
    !isChange(reading, index)
  )
    return undefined;
  return ahead?.meaning;
}

const isChange = ({ figures }: Reading, index: number): boolean => figures[index]?.change !== 'none';

/** «هم‌اکنون ۵۲۱ رشته», «فهرست ۵۲۱ رشته دارد»: what there is needs no deed, only its noun. */
function standingOf({ reading, vocabulary, clause, index }: DeedOrder): Deed | undefined {
  const figure = must(reading.figures[index], 'a figure');
  const isOne = kindOf(figure) === 'count' && counts(vocabulary.standing.nouns, figure);
  return isOne && tellsWhatIs(reading, clause) ? vocabulary.standing : undefined;
}

function tellsWhatIs({ tokens }: Reading, { mood, verb, from, until }: Clause): boolean {
  if (mood === 'not') return false;
  if (mood === 'is') return tokens[(verb?.from ?? from) - 1]?.stem !== 'فعال';
  return (
    mood !== 'done' || standingVerbs.all(tokens, from, until).some((found) => found.until === verb?.until)
  );
}

type RateOrder = Omit<DeedOrder, 'clause' | 'reach'>;

/** «تسهیلات ۴ درصدی», «با کارمزد ۴ درصد», «نرخ سود تسهیلات مشاغل خانگی ۴ درصد است»: the rate of a loan. */
function rateIn({ reading, vocabulary, index }: RateOrder): Found<Deed> | undefined {
  const { tokens, cues, figures, places } = reading;
  if (kindOf(must(figures[index], 'a figure')) !== 'percent') return undefined;
  const cue = must(cues[index], 'a cue');
  const beside = vocabulary.rates
    .all(tokens, Math.max(0, cue - 3), cue)
    .find((found) => cue - found.until <= 1);
  if (beside !== undefined) return beside;
  const isTold = verbs.at(tokens, must(places[index], 'a place').until)?.meaning === 'is';
  const from = tokens.slice(0, cue).findLastIndex(isEnd) + 1;
  return isTold
    ? vocabulary.rates.all(tokens, from, cue).find(({ from: at }) => rateNames.has(tokens[at]?.stem ?? ''))
    : undefined;
}

const rateNames = new Set(['نرخ', 'سود', 'کارمزد', 'بهره']);

const isEnd = ({ mark, stem }: Token): boolean => mark || stem === 'و';

/** A rate is said of its own phrase alone («تسهیلات ۴ درصدی برای مشاغل خانگی»), whatever the sentence goes on to tell. */
export function reachOfRate(order: RateOrder, reach: Reach): Reach {
  const rate = rateIn(order);
  if (rate === undefined) return reach;
  const { tokens } = order.reading;
  const { own: whole, place } = reach;
  const end = tokens.slice(place.until, whole.until).findIndex(isEnd);
  const own = {
    from: Math.max(whole.from, tokens.slice(0, rate.from).findLastIndex(isEnd) + 1),
    until: end === -1 ? whole.until : place.until + end,
  };
  return { ...reach, own, lead: { from: own.from, until: own.from }, trail: null };
}

function isOtherMeasure({ reading, reach, index }: DeedOrder): boolean {
  const { tokens } = reading;
  const { own, place } = reach;
  const kind = kindOf(must(reading.figures[index], 'a figure'));
  if (otherMeasures.all(tokens, own.from, place.from).length > 0) return true;
  if (perUnit.all(tokens, own.from, own.until).length > 0) return true;
  const cue = must(reading.cues[index], 'a cue');
  if (kind === 'count')
    return rates.count.all(tokens, Math.max(0, cue - 3), cue).some((found) => cue - found.until <= 1);
  if (kind !== 'percent') return false;
  return (
    rates.percent.all(tokens, Math.max(0, cue - 3), cue).some((found) => cue - found.until <= 1) ||
    rates.after.at(tokens, place.until) !== undefined
  );
}

/** «۲۵ درصد تسهیلات پرداخت‌شده», «۴۰ درصد متقاضیان»: a share of something else than the credit notified. */
function isOfOtherBase({ reading, vocabulary, clause, reach }: DeedOrder, after: readonly Found<Deed>[]) {
  const { tokens } = reading;
  const { own, place } = reach;
  const isOther = (from: number): boolean => {
    const skip = tokens.slice(from, from + 3).findIndex(({ stem }) => !partitives.has(stem) && stem !== 'ی');
    return skip >= 0 && otherBases.at(tokens, from + skip) !== undefined;
  };
  if (isOther(place.until)) return true;
  // «از اشتغال ایجادشده، ۲۵ درصد …»: the whole stands before its part.
  const from = tokens.slice(own.from, place.from).findLastIndex(({ stem }) => stem === 'از');
  if (from >= 0 && isOther(own.from + from)) return true;
  const allocation = vocabulary.allocation;
  const ahead =
    from < 0 ? [] : deedsIn({ reading, vocabulary }, { from: own.from + from, until: place.from });
  return [...ahead, ...after].some(
    (found) =>
      found.from < own.until &&
      isAttribute(reading, clause, found) &&
      ![...found.meaning.indicators].some((id) => allocation.has(id)),
  );
}

import { must } from '#kernel/result.ts';
import { type Clause, type Reading, type Run, within } from './clause.ts';
import {
  activeDeeds,
  adjuncts,
  against,
  beyond,
  everyone,
  growth,
  introductions,
  loanHeads,
  moneyHeads,
  otherWholes,
  partWords,
  participles,
  partsOfYear,
  payers,
  relativeYears,
  unknownNarrowings,
} from './lexicon.ts';
import { phraseIn, timesIn } from './period.ts';
import { placesIn } from './place.ts';
import { type Reach, farthest, kindOf } from './reach.ts';
import { type Narrowed, type RemarkOrder, isSaidIn, remarkOn } from './remark.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Words around a figure that the records cannot answer for. `surely` narrowing words («زنان») make it another
 * figure whatever it is; a word that nobody knows only keeps it from being called supported.
 */
export type Narrowing = { readonly word: string; readonly surely: boolean };

export type NarrowingOrder = RemarkOrder & {
  readonly clause: Clause;
  readonly heading: readonly Narrowed[];
  /** Whether the figure is a growth or a difference, and whether a year is named that it is against. */
  readonly change: { readonly hasBase: boolean } | null;
  readonly index: number;
  readonly reach: Reach;
  /** Runs whose words are answered for elsewhere: what is left out, what the adjuncts hold. */
  readonly answered: readonly Run[];
};

/**
 * The first word of a figure's reach that is not answered for. Every word must be known to narrow nothing, or to
 * narrow in a way that the records know: a figure wrongly called supported is the worst error there is.
 */
export function narrowingOf(order: NarrowingOrder): Narrowing | null {
  const { reading, vocabulary, reach } = order;
  const { tokens } = reading;
  if (order.clause.until - order.clause.from > 3 * farthest) return { word: '…', surely: false };
  const runs = runsOf(reach);
  for (const run of runs) {
    const named = unknownNarrowings
      .all(tokens, run.from, run.until)
      .find((found) => !order.answered.some((left) => within(found.from, left)) && !isInPhrase(order, found));
    if (named !== undefined) return { word: must(phraseIn(tokens, named), 'a phrase'), surely: true };
  }
  const other =
    barelyListed(order) ??
    wholeOfPart(order) ??
    comparedWith(order) ??
    sumOfEach(order) ??
    ofEveryone(order) ??
    otherActor(order);
  if (other !== null) return { word: other, surely: false };
  for (const run of runs) {
    const legal = legalIn(reading, vocabulary, run);
    if (legal !== null) return { word: legal, surely: true };
  }
  for (const run of runs) {
    const word = unexplained(order, run);
    if (word !== null) return { word, surely: false };
  }
  const later = remarkOn(order, runs) ?? underHeading(order, runs);
  return later === null ? null : { word: later, surely: false };
}

/** What the heading over it says and the figure itself does not. */
function underHeading(
  { reading, vocabulary, heading, times }: NarrowingOrder,
  runs: readonly Run[],
): string | null {
  const hasPlace = runs.some((run) => placesIn({ reading, vocabulary }, run).length > 0);
  const hasPart = times.every(({ part }) => part !== null);
  const open = heading.find(
    ({ phrase, isPlace, kind }) =>
      !(isPlace && hasPlace) &&
      !(kind === 'time' && hasPart) &&
      !isSaidIn({ reading, vocabulary }, runs, phrase),
  );
  return open?.phrase ?? null;
}

/** «۵ و ۳ میلیارد پرداخت شد»: sums in a row that no word tells apart are parts of something, not each the whole. */
function barelyListed(order: NarrowingOrder): string | null {
  const { reading, reach, index } = order;
  const { list, inOrder, sameSum } = reach;
  if (list.length < 2 || sameSum) return null;
  if (inOrder) return isDealtOut(order) ? null : 'به ترتیب';
  const at = list.indexOf(index);
  for (const [first, second] of [
    [list[at - 1], index],
    [index, list[at + 1]],
  ] as const) {
    if (first === undefined || second === undefined) continue;
    const between = reading.tokens.slice(
      must(reading.places[first], 'a place').until,
      must(reading.cues[second], 'a cue'),
    );
    if (between.every(({ stem, mark }) => mark || stem === 'و'))
      return must(reading.figures[first === index ? second : first], 'a figure').number.text;
  }
  return null;
}

/** «به ترتیب ۵ و ۳ میلیارد»: as many deeds, places, years or groups are named in the clause as there are figures. */
function isDealtOut({ reading, vocabulary, clause, reach: { list } }: NarrowingOrder): boolean {
  const { tokens } = reading;
  const named = [vocabulary.deeds, vocabulary.places, vocabulary.mentions].map(
    (names) => names.all(tokens, clause.from, clause.until).length,
  );
  return [...named, timesIn(reading, clause, { inOrder: true }).years.length].includes(list.length);
}

/** «نیمی از ۵ میلیارد», «دو برابر ۵ میلیارد»: the sum itself is not what is claimed. */
function wholeOfPart({
  reading: { tokens, figures, figureAt, cues },
  reach,
  index,
}: NarrowingOrder): string | null {
  const cue = must(cues[index], 'a cue');
  const [first, second] = [tokens[cue - 2], tokens[cue - 1]];
  if (first === undefined || second === undefined) return null;
  const before = figures[figureAt[cue - 2] ?? -1] ?? figures[figureAt[cue - 1] ?? -1];
  const isShare = before !== undefined && (kindOf(before) === 'percent' || before.unit === 'کسر');
  const isNumber = before !== undefined && kindOf(before) !== 'date_year';
  const isTimes = isNumber || first.stem === 'چند' || first.stem === 'چندین';
  const isPart = second.stem === 'از' && (partWords.has(first.stem) || isShare);
  if (isPart || (second.stem === 'برابر' && isTimes)) return `${first.stem} ${second.stem}`;
  // «از ۵ میلیارد تسهیلات، نیمی پرداخت شد»: nor is it where its part comes later.
  const later = tokens.slice(reach.place.until, reach.own.until).find(({ stem }) => partWords.has(stem));
  if (second.stem === 'از' && later !== undefined) return later.stem;
  // «به ۵ میلیارد کاهش یافت»: that it fell to there is claimed too, and is not asked of the records.
  const { place, own } = reach;
  const to =
    second.stem === 'به'
      ? growth.all(tokens, place.until, Math.min(own.until, place.until + 3))[0]
      : undefined;
  return to === undefined ? null : phraseIn(tokens, to);
}

/** «۵ میلیارد بیش از سهمیه», «۸۰ درصد سال قبل», «نسبت به برنامه ۸۰ درصد رشد»: measured by what is not asked. */
function comparedWith(order: NarrowingOrder): string | null {
  const { reading, reach, index, change } = order;
  const { own, place } = reach;
  const { tokens, figureAt } = reading;
  const figure = must(reading.figures[index], 'a figure');
  if (change?.hasBase !== true) {
    const found = beyond
      .all(tokens, place.until, own.until)
      .find(({ until }) => (figureAt[until] ?? -1) === -1);
    const isBeside = found !== undefined && tokens.slice(place.until, found.from).every(({ mark }) => !mark);
    if (isBeside) return phraseIn(tokens, found);
  }
  if (change?.hasBase === false) {
    const found = against.all(tokens, own.from, own.until)[0];
    if (found !== undefined) return phraseIn(tokens, found);
  }
  if (kindOf(figure) === 'percent' && change === null) {
    const whole = otherWholeAt(order);
    if (whole !== null) return whole;
  }
  const next = reading.figures[figureAt[place.until] ?? -1];
  const ofYear = relativeYears.at(tokens, place.until) ?? (next?.kind === 'date_year' ? place : undefined);
  if (kindOf(figure) === 'percent' && ofYear !== undefined) return phraseIn(tokens, ofYear);
  const more = figure.unit === 'برابر' ? growth.at(tokens, place.until) : undefined;
  const points = tokens.slice(place.from, place.until).find(({ stem }) => stem === 'واحد');
  return phraseIn(tokens, more) ?? points?.stem ?? null;
}

/** «۷ درصد از سهم تعاونی‌ها», «۲۵ درصد از اعتبار قابل پرداخت»: of another whole than the credit notified. */
function otherWholeAt({
  reading: { tokens },
  vocabulary,
  reach: { place, own },
}: NarrowingOrder): string | null {
  const from = tokens.slice(place.until, place.until + 3).findIndex(({ stem }) => stem === 'از');
  if (from === -1) return null;
  const at = place.until + from + 1;
  const skip = tokens
    .slice(at, at + 3)
    .findIndex(({ stem }) => !['کل', 'این', 'مجموع', 'محل'].includes(stem));
  const found = otherWholes.at(tokens, at + skip);
  if (found !== undefined) return phraseIn(tokens, found);
  // «از اعتبار تعاونی‌ها», «از اعتبار قفل‌شده»
  const next = at + skip + 1;
  const described =
    otherWholes.at(tokens, next) ??
    vocabulary.mentions.at(tokens, next) ??
    unknownNarrowings.at(tokens, next);
  const isProgramme =
    described !== undefined && vocabulary.mentions.at(tokens, next)?.meaning.some(({ carried }) => carried);
  return next < own.until && described !== undefined && isProgramme !== true
    ? phraseIn(tokens, described)
    : null;
}

/** «۸ نفر تسهیلات یک میلیارد تومانی گرفتند»: what each of them had is claimed too. */
function sumOfEach({ reading, reach: { own, place }, index }: NarrowingOrder): string | null {
  const { tokens, figureAt } = reading;
  if (kindOf(must(reading.figures[index], 'a figure')) !== 'count') return null;
  for (const head of loanHeads.all(tokens, place.until, own.until)) {
    const sum = figureAt[head.until] ?? -1;
    const last = sum === -1 ? undefined : tokens[must(reading.places[sum], 'a place').until - 1]?.stem;
    if (last === 'تومانی' || last === 'ریالی') return must(reading.figures[sum], 'a figure').text;
  }
  return null;
}

/** «همه ۸۵ متقاضی», «به تک تک متقاضیان»: how many there were besides is claimed too; «در سه شهرستان» where. */
function ofEveryone({ reading, clause, reach: { own }, index }: NarrowingOrder): string | null {
  const { tokens, figureAt, figures } = reading;
  const all = everyone
    .all(tokens, own.from, own.until)
    .find(({ until }) => figureAt[until] === index || receivers.has(tokens[until]?.stem ?? ''));
  if (all !== undefined) return phraseIn(tokens, all);
  const places = clause.figures
    .map((other) => must(figures[other], 'a figure'))
    .find(({ noun, unit }) => placeNouns.has((noun ?? unit ?? '').split(' ')[0] ?? ''));
  if (places !== undefined && places !== figures[index]) return places.text;
  return null;
}

/** «تعاونی‌ها ۷ میلیارد پرداخت کردند», «بانک‌ها ۲۴ میلیارد دریافت کردند», «برای متقاضیان گرفتند»: not by them. */
function otherActor({ reading: { tokens }, clause }: NarrowingOrder): string | null {
  const verb = activeDeeds.all(tokens, clause.from, clause.until).at(-1);
  if (verb === undefined) return null;
  const actors = tokens
    .slice(clause.from, verb.from)
    .filter(({ stem }, at) => payers.has(stem) && !toWhom.has(tokens[clause.from + at - 1]?.stem ?? ''));
  const isBank = actors.some(({ stem }) => stem === 'بانک' || stem === 'شعب');
  const isFor = tokens
    .slice(clause.from, verb.from)
    .some(({ stem }, at) => stem === 'برای' && receivers.has(tokens[clause.from + at + 1]?.stem ?? ''));
  const isOther = verb.meaning === 'pay' ? actors.length === 0 : isBank || isFor;
  return isOther ? phraseIn(tokens, verb) : null;
}
const toWhom = new Set(['به', 'از', 'توسط', 'سوی', 'با', 'در', 'طریق', 'میان', 'بین']);
const receivers = new Set(['متقاضی', 'متقاضیان', 'واجد', 'واجدان', 'واجدین', 'مشمول', 'مشمولان', 'معرفی']);
const placeNouns = new Set(['شهرستان', 'شهر', 'روستا', 'بانک', 'شعبه', 'منطقه']);

/** Its own words, what is said of all figures of the clause, and what follows the list it stands in. */
function runsOf({ own, lead, trail, place }: Reach): Run[] {
  const runs = [{ from: Math.min(own.from, place.from), until: Math.max(own.until, place.until) }];
  if (lead.from < own.from) runs.push({ from: lead.from, until: Math.min(lead.until, own.from) });
  if (trail !== null && trail.from >= own.until) runs.push(trail);
  return runs;
}

/** A word that narrows by itself may be part of a name that the records know («اشتغال روستایی و عشایری»). */
function isInPhrase({ reading, vocabulary }: NarrowingOrder, found: Run): boolean {
  for (let at = Math.max(0, found.from - 5); at <= found.from; at++) {
    const known = vocabulary.mentions.at(reading.tokens, at) ?? vocabulary.places.at(reading.tokens, at);
    if (known !== undefined && known.until > found.from && known.until - known.from > 1) return true;
  }
  return false;
}

/** «از محل تبصره ۱۵»: a reference that is no name of a programme. */
function legalIn({ figures, figureAt, places, tokens }: Reading, vocabulary: Vocabulary, run: Run) {
  for (let at = run.from; at < run.until; at++) {
    const index = figureAt[at] ?? -1;
    if (index === -1 || figures[index]?.kind !== 'legal_reference') continue;
    const place = must(places[index], 'a place');
    const isNamed = [place.from, place.from - 1].some(
      (from) => from >= 0 && (vocabulary.mentions.at(tokens, from)?.until ?? 0) >= place.until,
    );
    if (!isNamed) return must(figures[index], 'a figure').text;
  }
  return null;
}

/** The first word of a run that nothing explains. */
function unexplained(order: NarrowingOrder, run: Run): string | null {
  const { reading, vocabulary, answered } = order;
  const { tokens, figureAt } = reading;
  const quiet = speakerUntil(order);
  for (let at = run.from; at < run.until;) {
    const token = must(tokens[at], 'a token');
    const left = answered.find((one) => within(at, one));
    if (left !== undefined) {
      at = left.until;
      continue;
    }
    // «معرفی شده‌اند»: the deed is «معرفی شده», and its ending narrows nothing.
    const isEnding = token.stem === 'اند' && participles.has(tokens[at - 1]?.stem ?? '');
    if (token.mark || figureAt[at] !== -1 || at < quiet || isEnding) {
      // «شش ماهه دوم» holds a number, and is a time.
      at = figureAt[at] === -1 ? at + 1 : (partsOfYear.at(tokens, at)?.until ?? at + 1);
      continue;
    }
    const adjunct = adjuncts.at(tokens, at);
    const known = vocabulary.known.at(tokens, at);
    if (adjunct !== undefined && adjunct.until >= (known?.until ?? 0))
      at = adjunctUntil(reading, adjunct, run);
    else if (known === undefined) return token.stem;
    else at = known.until;
  }
  return null;
}

const reopeners = new Set(['به', 'در', 'از', 'برای', 'تاکنون', 'بیش', 'مبلغ', 'طی', 'که']);

/** «با همکاری دستگاه‌های اجرایی» ends at a comma, a figure, a preposition or a noun of money. */
function adjunctUntil({ tokens, figureAt }: Reading, adjunct: Run, run: Run): number {
  let at = adjunct.until;
  while (at < run.until) {
    const token = must(tokens[at], 'a token');
    if (token.mark || figureAt[at] !== -1 || reopeners.has(token.stem)) break;
    if (moneyHeads.at(tokens, at) !== undefined) break;
    at += 1;
  }
  return at;
}

/** «علی رضایی از پرداخت … خبر داد»: who tells it narrows nothing. */
function speakerUntil({ reading: { tokens }, clause }: NarrowingOrder): number {
  const reports = clause.verb !== null && introductions.at(tokens, clause.verb.from)?.meaning === 'reports';
  if (!reports) return clause.from;
  for (let at = clause.from; at < Math.min(clause.until, clause.from + 24); at++)
    if (tokens[at]?.stem === 'از') return at;
  return clause.from;
}

import { must } from '#kernel/result.ts';
import type { Figure } from '../figure/figure.ts';
import { type Clause, type Reading, type Run, type Sentence, isItem, within } from './clause.ts';
import { deedsOf, reachOfRate } from './deed.ts';
import { anaphora, exclusions, growth, moneyHeads, openLists, unitNotes } from './lexicon.ts';
import { type Mood, moodOf } from './mood.ts';
import { type Narrowing, narrowingOf } from './narrowing.ts';
import { type TimeSaid, type YearSaid, noTime, phraseIn, timeUntil, timesIn } from './period.ts';
import { type Places, placesOf } from './place.ts';
import { type Reach, farthest, kindOf, reachesOf } from './reach.ts';
import { type Said, afterClause, afterSentence, nothingSaid } from './said.ts';
import type { Deed, Mention, Vocabulary } from './vocabulary.ts';

/**
 * One figure as the statement claims it: the deed, what narrows it, place and time, and how it is said.
 * Everything that a word of the statement changes about the meaning stands here; binding only looks it up.
 */
export type Claim = {
  readonly figure: Figure;
  readonly mood: Mood;
  /** What is said to have been done with the figure: all of it is claimed. */
  readonly deeds: readonly Deed[];
  /** Whether the words around it are about credit at all. */
  readonly isOfCredit: boolean;
  /** Set where the figure is a change of another one («۸۰ درصد رشد»), not a level. */
  readonly change: 'rise' | 'fall' | 'times' | null;
  /** The figure beside it in the same sentence whose change it is. */
  readonly changeOf: number | null;
  readonly mentions: readonly Mention[];
  /** Values left out («به غیر از دام»), in the order in which they are named. */
  readonly excluded: readonly Mention[];
  /** Whether the list of what is named goes on («و بخش‌های دیگر»), so that it names examples. */
  readonly openList: boolean;
  readonly places: Places;
  /** The times it may be of; more than one means that the text leaves it open. */
  readonly times: readonly TimeSaid[];
  /** The year compared with («نسبت به سال ۹۲»). */
  readonly base: YearSaid;
  readonly narrowing: Narrowing | null;
};

export type Setting = {
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
  readonly sentence: Sentence;
  readonly later: readonly Sentence[];
  readonly clause: Clause;
  readonly clauseAt: number;
  readonly index: number;
  readonly reach: Reach;
  readonly said: Said;
};

/** The claims of a statement, one for each figure that is a quantity, in the order of the figures. */
export function claimsOf(reading: Reading, vocabulary: Vocabulary): Map<number, Claim> {
  const claims = new Map<number, Claim>();
  let said = nothingSaid;
  for (const [sentenceAt, sentence] of reading.sentences.entries()) {
    const later = reading.sentences.slice(sentenceAt + 1, sentenceAt + 4);
    for (const [clauseAt, clause] of sentence.clauses.entries()) {
      const made: Claim[] = [];
      for (const [index, whole] of reachesOf(reading, vocabulary, clause)) {
        const reach = reachOfRate({ reading, vocabulary, index }, whole);
        const claim = claimOf({ reading, vocabulary, sentence, later, clause, clauseAt, index, reach, said });
        claims.set(index, claim);
        made.push(claim);
      }
      said = afterClause({ reading, vocabulary, clause, claims: made }, said);
    }
    said = afterSentence(said, isItem(reading.tokens, sentence));
  }
  return datedByBody(claims);
}

/**
 * A title says no year and means the one that the text says with the same figure further on («۱۲۶۴ مجوز صادر شد» and
 * then «در سال گذشته ۱۲۶۴ مجوز … صادر شد»); only what stands before any year is said is a title.
 */
function datedByBody(claims: ReadonlyMap<number, Claim>): Map<number, Claim> {
  const all = [...claims];
  const firstDated = all.findIndex(([, { times }]) => times.some(({ year }) => year.kind !== 'none'));
  return new Map(
    all.map(([index, claim], at) => {
      if (at >= firstDated || claim.times.length !== 1 || claim.times[0]?.part !== null)
        return [index, claim];
      const again = all.slice(firstDated).filter(([, other]) => isSaidAgain(claim, other));
      const [first] = again;
      const times = JSON.stringify(first?.[1].times);
      const isSettled = again.every(([, other]) => JSON.stringify(other.times) === times);
      return first === undefined || !isSettled
        ? [index, claim]
        : [index, { ...claim, times: first[1].times }];
    }),
  );
}

const isSaidAgain = (claim: Claim, other: Claim): boolean =>
  other.figure.value === claim.figure.value &&
  other.figure.unit === claim.figure.unit &&
  kindOf(other.figure) === kindOf(claim.figure) &&
  claim.deeds.some(({ indicators }) =>
    other.deeds.some((deed) => [...indicators].some((id) => deed.indicators.has(id))),
  );

function claimOf(setting: Setting): Claim {
  const { reading, vocabulary, sentence, clause, clauseAt, index, reach, said } = setting;
  const figure = must(reading.figures[index], 'a figure');
  const outside = excludedIn(setting);
  const level = said.level !== null && isAnaphoric(setting) ? said.level : null;
  const again = level !== null && isSameAgain(setting, level) ? level : null;
  const named = mentionsOf(setting, outside);
  const times = timesOf(setting, level);
  const change = changeOf(setting);
  const deeds = again?.deeds ?? deedsOf({ reading, vocabulary, clause, index, reach });
  const narrowing =
    named.doubt ??
    times.narrowing ??
    narrowingOf({
      reading,
      vocabulary,
      sentence,
      later: setting.later,
      clause,
      clauseAt,
      index,
      reach,
      answered: outside,
      times: times.options,
      deeds,
      heading: said.headingAge < 0 ? [] : said.heading,
      change: change === null ? null : { hasBase: times.base.kind !== 'none' },
    }) ??
    level?.narrowing ??
    unitNote(setting) ??
    (said.speakerDoubt === null ? null : { word: said.speakerDoubt, surely: false });
  const places = placesOf({ reading, vocabulary, reach, index, before: said.places });
  return {
    figure,
    mood: moodOf(setting),
    deeds,
    isOfCredit:
      vocabulary.mentions.all(reading.tokens, reach.own.from, reach.own.until).length > 0 ||
      moneyHeads.all(reading.tokens, reach.own.from, reach.own.until).length > 0,
    change,
    changeOf: change === null ? null : levelBeside(setting),
    mentions: level === null ? named.mentions : union(named.mentions, level.mentions),
    excluded: outside.flatMap((run) => mentionsWithin(vocabulary, reading, run)),
    openList: openLists.all(reading.tokens, reach.own.from, reach.own.until).length > 0,
    places: level !== null && !hasOwnPlace(setting) ? level.places : places,
    times: again === null ? times.options : times.options.map((time) => sinceThen(time, again)),
    base: times.base,
    narrowing,
  };
}

/** «ارقام به ریال است», anywhere in the text: no sum is what it says. */
function unitNote({ reading: { tokens, figures }, index }: Setting): Narrowing | null {
  if (kindOf(must(figures[index], 'a figure')) !== 'money') return null;
  const [note] = unitNotes.all(tokens);
  return note === undefined ? null : { word: must(phraseIn(tokens, note), 'a phrase'), surely: false };
}

const hasOwnPlace = ({ reading, vocabulary, reach }: Setting): boolean =>
  vocabulary.places.all(reading.tokens, reach.own.from, reach.own.until).length > 0;

/** «که ۲۰ میلیارد آن», «از این مبلغ»: part of the figure before, with all that narrows it. */
const isAnaphoric = ({ reading, reach }: Setting): boolean =>
  anaphora.all(reading.tokens, reach.own.from, reach.own.until).length > 0;

/** «این رقم در سال قبل … بود»: the year before the one that was spoken of. */
function sinceThen(time: TimeSaid, { times }: Claim): TimeSaid {
  const before = times[0]?.year;
  return time.year.kind === 'relative' && time.year.to === 'before' && before?.kind === 'year'
    ? { ...time, year: { kind: 'year', year: before.year - 1 } }
    : time;
}

/** «این رقم در سال ۱۴۰۱، ۵ میلیارد بود»: the deed of the figure before, in another year. */
function isSameAgain({ reading, vocabulary, clause, reach: { own }, index }: Setting, level: Claim): boolean {
  const { tokens } = reading;
  const [said] = anaphora.all(tokens, own.from, own.until);
  return (
    said !== undefined &&
    tokens[said.from]?.stem === 'این' &&
    tokens[said.from - 1]?.stem !== 'از' &&
    kindOf(must(reading.figures[index], 'a figure')) === kindOf(level.figure) &&
    timesIn(reading, own).years.length === 1 &&
    vocabulary.deeds.all(tokens, own.from, own.until).length === 0 &&
    (clause.mood === 'is' ||
      (clause.verb !== null && must(tokens[clause.verb.from], 'its verb').stem.startsWith('رسید')))
  );
}

const union = (own: readonly Mention[], before: readonly Mention[]): Mention[] => [
  ...own,
  ...before.filter((mention) => !own.some((said) => said.dimension === mention.dimension)),
];

const mentionsWithin = (vocabulary: Vocabulary, reading: Reading, run: Run): Mention[] =>
  vocabulary.mentions.all(reading.tokens, run.from, run.until).flatMap((found) => [...found.meaning]);

/** What stands after «به غیر از», up to the deed or the end. */
function excludedIn({ reading, vocabulary, reach: { own } }: Setting): Run[] {
  return exclusions.all(reading.tokens, own.from, own.until).map(({ until }) => ({
    from: until,
    until: vocabulary.deeds.all(reading.tokens, until, own.until)[0]?.from ?? own.until,
  }));
}

const joiners = new Set(['و', '،', 'یا', 'تا', 'نیز', 'به', 'از', 'برای', 'در']);

type Named = { readonly mentions: readonly Mention[]; readonly doubt: Narrowing | null };

/** What narrows a figure: its own words, those said of all figures of its clause, and what is carried. */
function mentionsOf(setting: Setting, outside: readonly Run[]): Named {
  const { reading, vocabulary, clause, reach, said, index } = setting;
  const found = (run: Run) =>
    vocabulary.mentions
      .all(reading.tokens, run.from, run.until)
      .filter(({ from }) => !outside.some((left) => within(from, left)));
  const own = found(reach.own);
  const lead = reach.lead.from < reach.own.from ? found(reach.lead) : [];
  const trail = reach.trail === null ? [] : found(reach.trail);
  const inTurn = reach.inOrder
    ? [lead, trail, own].find((list) => list.length === reach.list.length && list.length > 1)
    : undefined;
  const turn = inTurn?.[reach.list.indexOf(index)];
  if (turn !== undefined) return { mentions: turn.meaning, doubt: null };
  const kept = union(
    own.flatMap((one) => one.meaning),
    lead.flatMap((one) => one.meaning),
  );
  // «از ۵ میلیارد اعتبار مشاغل خانگی، ۳ میلیارد پرداخت شد»: the programme stays within the clause.
  const before = found({ from: Math.max(clause.from, reach.own.from - farthest), until: reach.own.from });
  const standing = before.findLast(({ meaning }) => meaning.some((mention) => mention.carried));
  const shared = union(
    kept,
    [...trail, ...(standing === undefined ? [] : [standing])].flatMap((one) =>
      one.meaning.filter((mention) => mention.carried),
    ),
  );
  // Two values of one column that no «و» joins narrow each other, which the records do not know.
  const apart = own.find((one, at) => {
    const next = own[at + 1];
    if (next === undefined) return false;
    const isOther = next.meaning.some((mention) =>
      one.meaning.some(({ column, value }) => column === mention.column && value !== mention.value),
    );
    if (!isOther) return false;
    return !reading.tokens.slice(one.until, next.from).some(({ stem }) => joiners.has(stem));
  });
  const doubt =
    apart === undefined ? null : { word: must(apart.meaning[0], 'a meaning').value, surely: false };
  return { mentions: union(shared, said.mentions), doubt };
}

type TimeNamed = {
  readonly options: readonly TimeSaid[];
  readonly base: YearSaid;
  readonly narrowing: Narrowing | null;
};

function timesOf({ reading, reach, said, index }: Setting, level: Claim | null): TimeNamed {
  const { inOrder } = reach;
  const own = timesIn(reading, reach.own, { inOrder });
  const lead = reach.lead.from < reach.own.from ? timesIn(reading, reach.lead, { inOrder }) : null;
  const trail = reach.trail === null ? null : timesIn(reading, reach.trail, { inOrder });
  const loose = own.loose ?? lead?.loose ?? trail?.loose ?? null;
  const years = [own.years, lead?.years ?? [], trail?.years ?? []].find((list) => list.length > 0) ?? [];
  const inTurn =
    reach.inOrder && years.length === reach.list.length ? years[reach.list.indexOf(index)] : undefined;
  const part = own.part ?? lead?.part ?? trail?.part ?? null;
  const bases = [own.base, lead?.base, trail?.base].find((one) => one !== undefined && one.kind !== 'none');
  const base = bases ?? { kind: 'none' };
  const narrowing = loose === null ? null : { word: loose, surely: true };
  const year = years[0];
  const unsaid = said.namedYear === null ? noTime : timeUntil(said.namedYear);
  if (years.length > 1 && inTurn === undefined)
    return { options: years.map((one) => ({ year: one, part })), base, narrowing };
  if (year !== undefined) return { options: [{ year: inTurn ?? year, part }], base, narrowing };
  if (level !== null)
    return { options: part === null ? level.times : [{ ...unsaid, part }], base, narrowing };
  const before = said.time;
  const isSure = before === null || said.timeAge === 0;
  const carried = before ?? unsaid;
  const now = { year: carried.year, part: part ?? (said.timeAge === 0 ? carried.part : null) };
  return { options: isSure ? [now] : [now, { ...unsaid, part }], base, narrowing };
}

/** Whether the figure is a growth or a difference; a level that something has grown *to* is a level. */
function changeOf({ reading, index, reach, clause }: Setting): Claim['change'] {
  const figure = must(reading.figures[index], 'a figure');
  const { tokens } = reading;
  const cue = must(reading.cues[index], 'a cue');
  if (figure.unit === 'برابر') return 'times';
  const ahead = tokens.slice(Math.max(0, cue - 2), cue).map((token) => token.stem);
  const reached = ahead.at(-1) === 'به' || (ahead.at(-1) === 'رقم' && ahead[0] === 'به');
  const risesAfter = growth.all(tokens, reach.place.until, reach.own.until).length > 0;
  if (reached && (kindOf(figure) !== 'percent' || !risesAfter)) return null;
  // «از ۵ به ۸ میلیارد افزایش یافت»: where it came from is a level too.
  if (
    ahead.at(-1) === 'از' &&
    tokens.slice(reach.place.until, clause.until).some(({ stem }) => stem === 'به')
  )
    return null;
  const found = growth.all(tokens, reach.own.from, reach.own.until);
  const trailing = reach.trail === null ? [] : growth.all(tokens, reach.trail.from, reach.trail.until);
  const word = found.at(-1) ?? trailing.at(-1);
  if (word !== undefined && kindOf(figure) === 'percent') return word.meaning;
  if (figure.change !== 'none') return figure.change === 'increase' ? 'rise' : 'fall';
  // Of two numbers, only one that a word of change follows in its own words is a change.
  const after = found.find((one) => one.from >= reach.place.until);
  return after === undefined ? null : after.meaning;
}

/** The money or count beside it: before it in the sentence, or after it in the clause. */
function levelBeside({ reading, sentence, clause, index }: Setting): number | null {
  const isLevel = (other: number): boolean => {
    const figure = must(reading.figures[other], 'a figure');
    return figure.isQuantity && (kindOf(figure) === 'money' || kindOf(figure) === 'count');
  };
  for (let other = index - 1; other >= Math.max(0, index - 4); other--) {
    if (must(reading.places[other], 'a place').from < sentence.from) break;
    if (isLevel(other)) return other;
  }
  for (let other = index + 1; other <= index + 2 && other < reading.figures.length; other++)
    if (within(must(reading.places[other], 'a place').from, clause) && isLevel(other)) return other;
  return null;
}

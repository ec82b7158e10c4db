import type { Clause, Reading, Run, Sentence } from './clause.ts';
import { conditions, doubts, laterTimes, nowWords, promises, verbs } from './lexicon.ts';
import type { Reach } from './reach.ts';

/** How a figure is said: only a fact can be supported. */
export type Mood = 'fact' | 'promise' | 'denied' | 'condition';

type MoodOrder = {
  readonly reading: Reading;
  readonly sentence: Sentence;
  readonly clause: Clause;
  readonly clauseAt: number;
  readonly reach: Reach;
};

export function moodOf(order: MoodOrder): Mood {
  const { reading, clause, sentence, reach, clauseAt } = order;
  const { tokens } = reading;
  if (sentence.isQuestion || isDoubted(order)) return 'condition';
  if (isDenied(order)) return 'denied';
  const isPlan = [clause, ...sentence.clauses.filter(({ role }) => role === 'heading')].some(
    ({ from, until }) => promises.all(tokens, from, until).length > 0,
  );
  const isLater = laterTimes.all(tokens, clause.from, clause.until).length > 0;
  const mood = clause.mood ?? moodAfter(sentence, clauseAt);
  if (mood === 'will' && isStillNow(order)) return 'fact';
  if (mood === 'will' || isPlan) return 'promise';
  // «تا پایان سال» makes a plan of a headline; before a verb in the past it is only a time.
  if (isLater && clause.mood === null) return 'promise';
  return verbs.all(tokens, reach.place.until, reach.own.until).some(({ meaning }) => meaning === 'will')
    ? 'promise'
    : 'fact';
}

/** A phrase without its own verb («۵ میلیارد …، که …») takes the mood of a promise that follows it. */
const moodAfter = (sentence: Sentence, clauseAt: number): Clause['mood'] => {
  const next = sentence.clauses[clauseAt + 1];
  return next?.mood === 'will' && next.figures.length === 0 ? 'will' : null;
};

/** «هم‌اکنون پانصد و تا پایان سال هزار رشته خواهد شد»: the first is of now, the verb is of the second. */
function isStillNow({ reading, reach, clause }: MoodOrder): boolean {
  const { tokens } = reading;
  const isNow = nowWords.all(tokens, reach.own.from, reach.place.until).length > 0;
  const rest: Run = { from: reach.place.until, until: clause.until };
  return isNow && laterTimes.all(tokens, rest.from, rest.until).length > 0;
}

/** A condition, a question or hearsay, anywhere up to the clause, or right after it. */
function isDoubted({ reading: { tokens }, sentence, clause, clauseAt }: MoodOrder): boolean {
  if (doubts.at(tokens, sentence.from) !== undefined) return true;
  const from = Math.max(sentence.from, clause.from - 80);
  if (conditions.all(tokens, from, clause.until).length > 0) return true;
  const next = sentence.clauses[clauseAt + 1];
  if (next === undefined) return false;
  const opens = tokens[next.from]?.stem === '،' ? next.from + 1 : next.from;
  if (conditions.at(tokens, opens) !== undefined) return true;
  return doubts.all(tokens, next.from, Math.min(next.until, next.from + 40)).length > 0;
}

function isDenied({ reading, clause, reach }: MoodOrder): boolean {
  const { tokens } = reading;
  if (clause.mood === 'not') return true;
  // «نه ۵ میلیارد بلکه …»; as a number «نه» is nine.
  const word = reach.place.from - 1;
  if (tokens[word]?.stem === 'نه' && reading.figureAt[word] === -1) return true;
  const runs = [reach.own, ...(reach.trail === null ? [] : [reach.trail])];
  return runs.some((run) => verbs.all(tokens, run.from, run.until).some(({ meaning }) => meaning === 'not'));
}

import { type Ratio, nearestDouble } from '#kernel/rial.ts';
import { assert, must } from '#kernel/result.ts';

/**
 * Bounded proportional division, exact. Part `i` is `adjustment + score × level`, held between its floor and
 * its cap; the level is the one at which the parts add up to the amount. Then the free parts are rounded to
 * the unit. Knows no counties: parts are numbered, and an earlier part wins a tie.
 *
 * `divideExactly` answers by whole numbers alone. `divideByFilter` finds the same parts with doubles, about
 * a hundred times faster: it decides by a double what lies farther from the border than a bound on the
 * rounding error, and by whole numbers the rest; where those contradict, there is no answer.
 */
export type Division = {
  readonly amount: bigint;
  readonly unit: bigint;
  readonly scores: Scores;
  /** None below zero. */
  readonly floors: readonly bigint[];
  /** A part without cap has the amount as its cap. None is above the amount. */
  readonly caps: readonly bigint[];
  readonly adjustments: readonly bigint[];
};

export type Scores = {
  /** Whole numbers in the ratio of the scores; none below zero. */
  readonly exact: (part: number) => bigint;
  /** The same ratio in doubles (the scale may differ), or undefined when doubles cannot hold it safely. */
  readonly near: Float64Array | undefined;
  /** How many roundings lie between a score and its double, at most. */
  readonly roundings: number;
};

export type Held = 'floor' | 'cap' | 'free';

export type Solution = {
  /** In the scale of the exact scores; the smallest, where several lead to the same parts. */
  readonly level: Ratio;
  readonly held: readonly Held[];
  readonly parts: readonly bigint[];
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);

type Row = {
  readonly part: number;
  readonly floor: bigint;
  readonly cap: bigint;
  readonly adjustment: bigint;
  readonly score: bigint;
};

const rowOf = (division: Division, part: number): Row => ({
  part,
  floor: must(division.floors[part], 'a floor for each part'),
  cap: must(division.caps[part], 'a cap for each part'),
  adjustment: must(division.adjustments[part], 'an adjustment for each part'),
  score: division.scores.exact(part),
});

/** The part before bounds and rounding, over the denominator of the level. */
const scaled = (row: Row, level: Ratio): bigint =>
  row.adjustment * level.denominator + level.numerator * row.score;

function holdOf(row: Row, level: Ratio): Held {
  const value = scaled(row, level);
  if (value <= row.floor * level.denominator) return 'floor';
  return value >= row.cap * level.denominator ? 'cap' : 'free';
}

/** What changes when the level passes a place where a part leaves its floor or meets its cap. */
type Event = { readonly at: Ratio; readonly constant: bigint; readonly slope: bigint };

/** The parts' sum is `constant + slope × level` until the first event. */
function eventsOf(rows: readonly Row[]): { constant: bigint; slope: bigint; events: Event[] } {
  let constant = 0n;
  let slope = 0n;
  const events: Event[] = [];
  for (const { floor, cap, adjustment, score } of rows) {
    if (score === 0n || floor === cap || adjustment >= cap) {
      constant += most(floor, least(cap, adjustment));
      continue;
    }
    if (adjustment < floor) {
      constant += floor;
      const at = { numerator: floor - adjustment, denominator: score };
      events.push({ at, constant: adjustment - floor, slope: score });
    } else {
      constant += adjustment;
      slope += score;
    }
    const at = { numerator: cap - adjustment, denominator: score };
    events.push({ at, constant: cap - adjustment, slope: -score });
  }
  events.sort((a, b) => {
    const left = a.at.numerator * b.at.denominator;
    const right = b.at.numerator * a.at.denominator;
    return left < right ? -1 : left > right ? 1 : 0;
  });
  return { constant, slope, events };
}

/** Sorts the events once and walks over them until the sum reaches the amount. */
function levelOf(rows: readonly Row[], amount: bigint): Ratio {
  const { events, ...start } = eventsOf(rows);
  let { constant, slope } = start;
  let reached: Ratio = { numerator: 0n, denominator: 1n };
  for (const event of events) {
    if (
      slope === 0n
        ? constant === amount
        : (amount - constant) * event.at.denominator <= event.at.numerator * slope
    )
      break;
    constant += event.constant;
    slope += event.slope;
    reached = event.at;
  }
  if (slope > 0n) return { numerator: amount - constant, denominator: slope };
  assert(constant === amount, 'no level leads to the amount');
  return reached;
}

type Remainder = { readonly part: number; readonly remainder: bigint };

/** The largest first, of equals the earlier part. */
const byRemainder = (a: Remainder, b: Remainder): number =>
  a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : a.part - b.part;

/**
 * A part at its floor or cap gets it to the rial. A free part is rounded down to the unit (never below its
 * floor); what is left goes by one step each, to the next unit (never above the cap), to the largest
 * remainders. When less than a step is left, the next in that order gets it: so at most one part is off the
 * unit for that reason, each is less than a unit from its exact share, and the sum is the amount.
 */
function roundExactly(division: Division, rows: readonly Row[], level: Ratio): Solution {
  const { amount, unit } = division;
  const held = rows.map((row) => holdOf(row, level));
  const parts: bigint[] = [];
  const steps: (Remainder & { readonly step: bigint })[] = [];
  let left = amount;
  for (const row of rows) {
    const hold = held[row.part];
    let down = hold === 'floor' ? row.floor : row.cap;
    if (hold === 'free') {
      const value = scaled(row, level);
      const grid = (value / (level.denominator * unit)) * unit;
      down = most(row.floor, grid);
      const step = least(row.cap, grid + unit) - down;
      steps.push({ part: row.part, remainder: value - down * level.denominator, step });
    }
    parts.push(down);
    left -= down;
  }
  steps.sort(byRemainder);
  for (const { part, step } of steps) {
    if (left === 0n) break;
    const given = least(left, step);
    parts[part] = must(parts[part], 'a rounded part') + given;
    left -= given;
  }
  assert(left === 0n, 'the parts do not add up to the amount');
  return { level, held, parts };
}

/** The division must have a solution: see `reachOf`. */
export function divideExactly(division: Division): Solution {
  const rows = division.floors.map((_, part) => rowOf(division, part));
  return roundExactly(division, rows, levelOf(rows, division.amount));
}

/** The sums between which an amount must lie to be divided: at level zero, and at the highest that helps. */
export function reachOf(division: Division): { readonly least: bigint; readonly most: bigint } {
  let lowest = 0n;
  let highest = 0n;
  for (const [part] of division.floors.entries()) {
    const { floor, cap, adjustment, score } = rowOf(division, part);
    const start = most(floor, least(cap, adjustment));
    lowest += start;
    highest += score > 0n ? cap : start;
  }
  return { least: lowest, most: highest };
}

// ---- the filter

/** Whole numbers below this are exact in doubles, their sums with a unit below it too. */
const safe = 2 ** 52;

/** A division in doubles, all money exact. */
type Doubles = {
  readonly size: number;
  readonly amount: number;
  readonly unit: number;
  readonly near: Float64Array;
  readonly floors: Float64Array;
  readonly caps: Float64Array;
  readonly adjustments: Float64Array;
};

function doublesOf(division: Division): Doubles | undefined {
  const { near } = division.scores;
  const amount = nearestDouble(division.amount);
  const unit = nearestDouble(division.unit);
  const adjustments = inDoubles(division.adjustments);
  const moved = adjustments.reduce((sum, adjustment) => sum + Math.abs(adjustment), 0);
  if (near === undefined || unit > safe || !(amount + moved < safe)) return undefined;
  const floors = inDoubles(division.floors);
  const caps = inDoubles(division.caps);
  return { size: near.length, amount, unit, near, floors, caps, adjustments };
}

function inDoubles(values: readonly bigint[]): Float64Array {
  const doubles = new Float64Array(values.length);
  for (let part = 0; part < values.length; part += 1) doubles[part] = nearestDouble(values[part] ?? 0n);
  return doubles;
}

/** A level and who is held at it; `rest` is what the free parts share by score, exact. */
type Proposal = { readonly level: number; readonly rest: number; readonly held: Held[] };

/** Says who is held at a level, and the sums of the held parts, of the free adjustments and scores. */
function holdAll(doubles: Doubles, level: number, held: Held[]) {
  const { size, near, floors, caps, adjustments } = doubles;
  let bounded = 0;
  let adjusted = 0;
  let slope = 0;
  for (let part = 0; part < size; part += 1) {
    const score = near[part] ?? 0;
    const adjustment = adjustments[part] ?? 0;
    const floor = floors[part] ?? 0;
    const cap = caps[part] ?? 0;
    const value = score * level + adjustment;
    if (value <= floor) {
      held[part] = 'floor';
      bounded += floor;
    } else if (value >= cap) {
      held[part] = 'cap';
      bounded += cap;
    } else {
      held[part] = 'free';
      adjusted += adjustment;
      slope += score;
    }
  }
  return { bounded, adjusted, slope };
}

/** The sum of the free scores with its rounding errors carried along (Neumaier): as good as two roundings. */
function freeScores(near: Float64Array, held: Held[]): number {
  let sum = 0;
  let lost = 0;
  for (let part = 0; part < near.length; part += 1) {
    if (held[part] !== 'free') continue;
    const score = near[part] ?? 0;
    const next = sum + score;
    lost += sum >= score ? sum - next + score : score - next + sum;
    sum = next;
  }
  return sum + lost;
}

/** Newton's steps inside a shrinking bracket; settled when a step leaves every part where it was. */
function propose(doubles: Doubles): Proposal | undefined {
  const { amount, near } = doubles;
  const held: Held[] = [];
  let low = 0;
  let high = Infinity;
  let level = amount / near.reduce((sum, score) => sum + score, 0);
  let before = { bounded: -1, adjusted: 0, slope: -1 };
  for (let step = 0; step < 100; step += 1) {
    const sums = holdAll(doubles, level, held);
    const rest = amount - sums.bounded - sums.adjusted;
    const settled =
      sums.bounded === before.bounded && sums.adjusted === before.adjusted && sums.slope === before.slope;
    if (settled) {
      // Sums of money are exact because none of their terms, all of one sign, passes the amount.
      const sound = sums.bounded <= amount && rest >= 0 && sums.slope > 0;
      return sound ? { level: rest / freeScores(near, held), rest, held } : undefined;
    }
    if (sums.slope * level > rest) high = level;
    else low = level;
    const next = rest / sums.slope;
    if (next >= low && next <= high) {
      before = sums;
      level = next;
    } else {
      before = { bounded: -1, adjusted: 0, slope: -1 };
      level = high === Infinity ? level * 2 : (low + high) / 2;
    }
  }
  return undefined;
}

/** The proposal in whole numbers, made only when a decision needs it. */
function exactLevel(division: Division, proposal: Proposal): () => Ratio {
  let level: Ratio | undefined;
  return () => {
    if (level === undefined) {
      let slope = 0n;
      for (const [part, hold] of proposal.held.entries())
        if (hold === 'free') slope += division.scores.exact(part);
      level = { numerator: BigInt(proposal.rest), denominator: slope };
    }
    return level;
  };
}

/**
 * The bound on the error of `score × level + adjustment`, relative to `score × level + |adjustment|`. With r
 * roundings in each score, the level carries r + 3 (two for the sum of the scores, one for the division) and
 * the whole 2r + 5, each of at most 2⁻⁵³. Counted in 2⁻⁵², and 32 more, it also covers the roundings of the
 * comparisons made with it, and what is of second order in the sum.
 */
const errorBound = (roundings: number): number => (2 * roundings + 32) * 2 ** -52;

type Rounded = {
  readonly parts: Float64Array;
  readonly remainders: Float64Array;
  /** Of the remainders, at most. */
  readonly error: number;
  readonly steps: Float64Array;
  readonly frees: number[];
};

/** Proves who is held, and rounds the free parts down; undefined when the proposal is wrong. */
function certify(
  division: Division,
  doubles: Doubles,
  proposal: Proposal,
  level: () => Ratio,
): Rounded | undefined {
  const { size, unit, near, floors, caps, adjustments } = doubles;
  const bound = errorBound(division.scores.roundings);
  const parts = new Float64Array(size);
  const remainders = new Float64Array(size);
  const steps = new Float64Array(size);
  const frees: number[] = [];
  let largestError = 0;
  for (let part = 0; part < size; part += 1) {
    const hold = proposal.held[part];
    const floor = floors[part] ?? 0;
    const cap = caps[part] ?? 0;
    const adjustment = adjustments[part] ?? 0;
    const share = (near[part] ?? 0) * proposal.level;
    const value = share + adjustment;
    const error = bound * (share + Math.abs(adjustment));
    const proven =
      floor <= cap &&
      (hold === 'floor'
        ? value + error <= floor
        : hold === 'cap'
          ? value - error >= cap
          : value - error > floor && value + error < cap);
    if (!proven) {
      const row = rowOf(division, part);
      if (row.floor > row.cap || holdOf(row, level()) !== hold) return undefined;
    }
    if (hold !== 'free') {
      parts[part] = hold === 'floor' ? floor : cap;
      continue;
    }
    let grid = Math.floor(value / unit) * unit;
    if (!(value - error >= grid && value + error < grid + unit)) {
      const units = scaled(rowOf(division, part), level()) / (level().denominator * division.unit);
      grid = nearestDouble(units * division.unit);
    }
    const down = Math.max(floor, grid);
    parts[part] = down;
    remainders[part] = value - down;
    largestError = Math.max(largestError, error);
    steps[part] = Math.min(cap, grid + unit) - down;
    frees.push(part);
  }
  return { parts, remainders, error: largestError, steps, frees };
}

/** The remainder, as a double, of the part at which `left` ends when the largest are served first. */
function lastRemainder({ remainders, steps, frees }: Rounded, left: number): number {
  let among = frees;
  let need = left;
  for (;;) {
    const pivot = remainders[among[among.length >> 1] ?? 0] ?? 0;
    const larger: number[] = [];
    const smaller: number[] = [];
    let [toLarger, toEqual] = [0, 0];
    for (const part of among) {
      const remainder = remainders[part] ?? 0;
      const step = steps[part] ?? 0;
      if (remainder > pivot) {
        larger.push(part);
        toLarger += step;
      } else if (remainder < pivot) smaller.push(part);
      else toEqual += step;
    }
    if (toLarger >= need) among = larger;
    else if (toLarger + toEqual >= need || smaller.length === 0) return pivot;
    else {
      among = smaller;
      need -= toLarger + toEqual;
    }
  }
}

/**
 * Gives what is left to the largest remainders. The true place where it ends is within one error of the place
 * that the doubles say: a part more than two errors above it is served in full, one as far below gets nothing,
 * and only those between are put in order by whole numbers.
 */
function giveRest(division: Division, rounded: Rounded, sum: number, level: () => Ratio): void {
  const { parts, remainders, error, steps, frees } = rounded;
  const last = lastRemainder(rounded, sum);
  let left = sum;
  const give = (part: number): void => {
    const step = Math.min(left, steps[part] ?? 0);
    parts[part] = (parts[part] ?? 0) + step;
    left -= step;
  };
  const unclear: number[] = [];
  for (const part of frees) {
    const above = (remainders[part] ?? 0) - last;
    if (above > 2 * error) give(part);
    else if (above >= -2 * error) unclear.push(part);
  }
  if (unclear.length === 1) give(unclear[0] ?? 0);
  else {
    const exact = unclear.map((part) => ({
      part,
      remainder: scaled(rowOf(division, part), level()) - BigInt(parts[part] ?? 0) * level().denominator,
    }));
    for (const { part } of exact.sort(byRemainder)) give(part);
  }
  assert(left === 0, 'the parts do not add up to the amount');
}

/** The parts of `divideExactly`, proven, or undefined when they cannot be had this way. */
export function divideByFilter(division: Division): readonly bigint[] | undefined {
  const doubles = doublesOf(division);
  const proposal = doubles && propose(doubles);
  if (doubles === undefined || proposal === undefined) return undefined;
  const level = exactLevel(division, proposal);
  const rounded = certify(division, doubles, proposal, level);
  if (rounded === undefined) return undefined;
  let left = doubles.amount;
  for (const part of rounded.parts) left -= part;
  if (left > 0) giveRest(division, rounded, left, level);
  const parts: bigint[] = [];
  for (const part of rounded.parts) parts.push(BigInt(part));
  return parts;
}

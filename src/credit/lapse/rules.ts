import { type Day, daysBetween } from '#kernel/day.ts';
import { type Rial, minus, most, plus, rial, total, zero } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';

/**
 * What of a slice will stand unspent at the deadline. After it nothing is reserved any more, so what is available
 * then lapses. The method is plain and says its doubt:
 *
 * - A slice's draw of a week is what was reserved in it less what was released. The last twelve whole weeks
 *   count, from the first letter on, without those that ended with (almost) nothing to draw on: who has no money
 *   left draws nothing, and that says nothing about need.
 * - The weeks to come are drawn by lot from those weeks, a thousand times; before each, the weeks themselves are
 *   drawn by lot anew, since few weeks know their own mean badly (a bootstrap of the bootstrap).
 * - Low and high are the tenth and the ninetieth percentile of the thousand. The lot is seeded by the slice: the
 *   same records give the same forecast.
 * - Under four weeks there is no forecast, and sums are told to two digits.
 *
 * It knows no season: a rush in the last weeks of a year makes it too gloomy, a holiday ahead too bright.
 */
const weeksCounted = 12;
const weeksNeeded = 4;
const trials = 1000;

/** What was reserved of a slice on a day, less what was released. */
export type DayDraw = { readonly happenedOn: Day; readonly amount: Rial };

/** The draws of whole weeks up to today, the oldest first; weeks that begin before `from` are left out. */
export function weeksOf(
  draws: readonly DayDraw[],
  { from, today }: { readonly from: Day; readonly today: Day },
): Rial[] {
  const count = Math.min(weeksCounted, Math.floor((daysBetween(from, today) + 1) / 7));
  const weeks: Rial[] = Array.from({ length: Math.max(0, count) }, () => zero);
  for (const { happenedOn, amount } of draws) {
    const back = Math.floor(daysBetween(happenedOn, today) / 7);
    const place = weeks.length - 1 - back;
    if (back < 0 || place < 0) continue;
    weeks[place] = plus(must(weeks[place], 'a week'), amount);
  }
  return weeks;
}

/** Without the weeks that ended with less than a hundredth of the slice to draw on, except those that drew it. */
export function weeksWithMoney(
  weeks: readonly Rial[],
  { available, amount }: Pick<Facts, 'available' | 'amount'>,
): Rial[] {
  const kept: Rial[] = [];
  let atEnd = available;
  for (const draw of weeks.toReversed()) {
    const atStart = plus(atEnd, draw);
    if (atStart * 100n >= amount) kept.push(draw);
    atEnd = atStart;
  }
  return kept.toReversed();
}

export type Facts = {
  /** What the slice holds in all stages. */
  readonly amount: Rial;
  /** Open and locked together, not reserved yet. */
  readonly available: Rial;
  readonly weeks: readonly Rial[];
  readonly today: Day;
  readonly deadline: Day;
  /** Any text; the same one draws the same lots. */
  readonly seed: string;
};

export type Band = { readonly low: Rial; readonly median: Rial; readonly high: Rial };

export type Forecast =
  | {
      readonly kind: 'forecast';
      /** Drawn in a week, on average of the weeks that count. */
      readonly perWeek: Rial;
      readonly weeks: number;
      readonly daysLeft: number;
      /** What would be drawn until the deadline if there were money enough. */
      readonly wanted: Band;
      readonly unspent: Band;
    }
  | { readonly kind: 'too_short'; readonly weeks: number; readonly daysLeft: number }
  | { readonly kind: 'past'; readonly lapsed: Rial };

export function forecastOf(facts: Facts): Forecast {
  const { available, today, deadline } = facts;
  // The deadline itself is a day on which one may still reserve.
  const daysLeft = daysBetween(today, deadline);
  if (daysLeft < 0) return { kind: 'past', lapsed: available };
  const weeks = weeksWithMoney(facts.weeks, facts);
  if (weeks.length < weeksNeeded) return { kind: 'too_short', weeks: weeks.length, daysLeft };
  const wanted = bandOf(drawnBy(weeks, daysLeft, facts.seed));
  const left = (drawn: Rial): Rial => most(zero, minus(available, drawn));
  return {
    kind: 'forecast',
    perWeek: rial(total(weeks) / BigInt(weeks.length)),
    weeks: weeks.length,
    daysLeft,
    wanted,
    unspent: { low: left(wanted.high), median: left(wanted.median), high: left(wanted.low) },
  };
}

/** So many weeks are drawn one by one; past two years chance evens out, and each further one counts as the average. */
const weeksDrawn = 104;

/** The sums drawn until the deadline in a thousand drawings by lot, the smallest first. */
function drawnBy(weeks: readonly Rial[], daysLeft: number, seed: string): Rial[] {
  const lot = lotOf(seed);
  const [whole, days] = [Math.floor(daysLeft / 7), daysLeft % 7];
  const pick = (from: readonly Rial[]): Rial => must(from[lot(from.length)], 'a week');
  const sums = Array.from({ length: trials }, () => {
    const history = weeks.map(() => pick(weeks));
    const far = BigInt(Math.max(0, whole - weeksDrawn));
    let sum: bigint = (pick(history) * BigInt(days)) / 7n + (total(history) * far) / BigInt(history.length);
    for (let week = 0; week < Math.min(whole, weeksDrawn); week += 1) sum += pick(history);
    return rial(sum < 0n ? 0n : sum);
  });
  return sums.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

const bandOf = (sorted: readonly Rial[]): Band => {
  const at = (percent: number): Rial =>
    must(sorted[Math.floor((percent * (sorted.length - 1)) / 100)], 'a sum');
  return { low: at(10), median: at(50), high: at(90) };
};

/** xorshift32, seeded by the letters of a text (FNV-1a). */
function lotOf(seed: string): (below: number) => number {
  let state = 2_166_136_261;
  for (const letter of seed) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  state = state === 0 ? 1 : state;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export type Risk = 'on_time' | 'lapse_near' | 'lapsing' | 'lapsed' | 'unknown';

/**
 * Less than a twentieth of the slice unspent even if draws stay low: on time. More than that even if they stay
 * high: lapsing. Between the two: near.
 */
export function riskOf(forecast: Forecast, amount: Rial): Risk {
  if (forecast.kind === 'too_short') return 'unknown';
  if (forecast.kind === 'past') return forecast.lapsed > 0n ? 'lapsed' : 'on_time';
  const much = (sum: Rial): boolean => sum * 20n > amount;
  if (much(forecast.unspent.low)) return 'lapsing';
  return much(forecast.unspent.high) ? 'lapse_near' : 'on_time';
}

/** A forecast sum to two digits: the others would pretend to know. */
export function about(sum: Rial): Rial {
  const digits = sum.toString().replace('-', '').length;
  if (digits <= 2) return sum;
  const step = 10n ** BigInt(digits - 2);
  return rial(((sum + (sum < 0n ? -step : step) / 2n) / step) * step);
}

// ---- the tree

export type LapseNode = { readonly id: string; readonly parentId: string | null };

/** The draws of a slice and of all slices below it. */
export function drawsBelow(
  nodes: readonly LapseNode[],
  draws: readonly (DayDraw & { readonly sliceId: string })[],
): ReadonlyMap<string, readonly DayDraw[]> {
  const parentOf = new Map(nodes.map(({ id, parentId }) => [id, parentId]));
  const found = new Map<string, DayDraw[]>(nodes.map(({ id }) => [id, []]));
  for (const draw of draws) {
    let at: string | null = draw.sliceId;
    while (at !== null) {
      found.get(at)?.push(draw);
      at = parentOf.get(at) ?? null;
    }
  }
  return found;
}

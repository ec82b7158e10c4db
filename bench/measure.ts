/**
 * The harness that every bench shares. Ours and the reference are timed in one process by turns, so that a
 * machine that slows down slows both; what is compared is the median, and the spread stands beside it.
 */
export type Figure = {
  readonly bench: string;
  readonly case: string;
  readonly unit: string;
  readonly ours: number;
  /** Null where a claim stands alone, without something else to measure it against. */
  readonly reference: number | null;
  /** How many times better than the reference, whatever the unit: above 1 is better, null without reference. */
  readonly ratio: number | null;
  /** The ratio that was promised; null when the case only informs. */
  readonly target: number | null;
  /** Runs of ours. */
  readonly n: number;
  /** Difference of the quartiles of ours, as a part of the median: 0.1 is ten percent. */
  readonly spread: number;
};

/** `lower`: the unit is a time; `higher`: the unit is a speed. */
export type Better = 'lower' | 'higher';

type Work = () => unknown;

export type Claim = {
  readonly bench: string;
  readonly case: string;
  readonly unit: string;
  readonly better: Better;
  readonly target: number | null;
  readonly ours: Work;
  readonly reference: Work | null;
  /** Runs of ours that count; two more go before and do not. */
  readonly runs: number;
  /** Runs of the reference, when it is too slow to run as often; by default as many as ours. */
  readonly referenceRuns?: number;
  /** A figure in `unit` from the milliseconds of one run; by default the milliseconds themselves. */
  readonly figureOf?: (milliseconds: number) => number;
};

async function timed(work: Work): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value below which `part` of the sorted values lie, between two neighbours in proportion. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

const short = (value: number): number => Math.round(value * 1000) / 1000;

/** Runs a claim: ours and the reference by turns, each warmed up before. */
export async function measure(claim: Claim): Promise<Figure> {
  const figureOf = claim.figureOf ?? ((milliseconds) => milliseconds);
  const ours: number[] = [];
  const reference: number[] = [];
  const referenceRuns = claim.reference === null ? 0 : (claim.referenceRuns ?? claim.runs);
  for (let warm = 0; warm < 2; warm += 1) await timed(claim.ours);
  for (let run = 0; run < Math.max(claim.runs, referenceRuns); run += 1) {
    if (run < claim.runs) ours.push(figureOf(await timed(claim.ours)));
    if (run < referenceRuns && claim.reference !== null)
      reference.push(figureOf(await timed(claim.reference)));
  }
  const mine = median(ours);
  const theirs = reference.length === 0 ? null : median(reference);
  const ratio = theirs === null ? null : claim.better === 'lower' ? theirs / mine : mine / theirs;
  return {
    bench: claim.bench,
    case: claim.case,
    unit: claim.unit,
    ours: short(mine),
    reference: theirs === null ? null : short(theirs),
    ratio: ratio === null ? null : short(ratio),
    target: claim.target,
    n: ours.length,
    spread: short((quantile(ours, 0.75) - quantile(ours, 0.25)) / mine),
  };
}

/** The same figure held against an absolute limit: the limit is the reference, and the promised ratio is 1. */
export const againstLimit = (figure: Figure, limit: number, better: Better): Figure => ({
  ...figure,
  case: `${figure.case.replace(/; reference: .*$/, '')}; reference: the limit`,
  reference: limit,
  ratio: short(better === 'lower' ? limit / figure.ours : figure.ours / limit),
  target: 1,
});

/** One figure on standard output: a JSON line, or a line for the eye. */
export function print(figure: Figure, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(figure));
    return;
  }
  const beside = figure.ratio === null ? '' : `, reference ${figure.reference}, ratio ${figure.ratio}`;
  const target = figure.target === null ? '' : `, target ${figure.target}`;
  console.log(
    `${figure.bench}: ${figure.case}: ${figure.ours} ${figure.unit}${beside}${target}` +
      ` (n ${figure.n}, spread ${figure.spread})`,
  );
}

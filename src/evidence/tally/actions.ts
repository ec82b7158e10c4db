import { type Day, addDays, addMonths } from '#kernel/day.ts';
import { must, ok } from '#kernel/result.ts';
import { closeInstant } from '#ledger/watermark/actions.ts';
import type { Clock } from '#platform/clock.ts';
import { type Database, type Tx, inTransaction, noScope, read } from '#platform/db.ts';
import type { Job } from '#platform/jobs.ts';
import type { Catalogue } from '../actions.ts';
import type { EvidenceBreach } from '../law/contract.ts';
import { type Counted, type Request, type Selection, type Sum, scannedSums } from '../queries.ts';
import {
  type Mark,
  type TallyRequest,
  addRecords,
  beginMark,
  dropTallies,
  findNewestMonth,
  findMark,
  listApart,
  listLagging,
  lockMark,
  moveMark,
  newestTransfer,
  tallySums,
} from './queries.ts';
import type { TalliedView } from './contract.ts';
import { canNarrow, coverOf, measureKey, monthStarts, talliedViews } from './rules.ts';

type Keeping = { readonly db: Database; readonly clock: Clock; readonly catalogue: Catalogue };

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();

/** Adds to the tallies of every province what was recorded since; gives back in how many there was something. */
export async function keepTallies(keeping: Keeping, signal?: AbortSignal): Promise<number> {
  const { db, catalogue } = keeping;
  const views = talliedViews(catalogue.indicators, catalogue.dimensions);
  let moved = 0;
  for (const tallied of views)
    for (const provinceId of await read(db, everywhere, (tx) => listLagging(tx, tallied))) {
      if (signal?.aborted === true) return moved;
      if (await keepUp(keeping, provinceId, tallied)) moved += 1;
    }
  return moved;
}

const everywhere = { ...noScope, province: 'all' } as const;

async function keepUp({ db, clock }: Keeping, provinceId: number, tallied: TalliedView): Promise<boolean> {
  const scope = { ...noScope, province: provinceId };
  const { view, columns } = tallied;
  const of = { provinceId, view };
  // Nothing is or will be recorded at or before a closed instant that is not seen now.
  const until = await closeInstant(db, { provinceId, scope, clock });
  if (until === null) return false;
  await inTransaction<undefined, never>(db, scope, async (tx) => {
    await beginMark(tx, of);
    const mark = await lockMark(tx, of);
    // Figures are told apart by other columns than before: the tallies are made anew.
    const anew = mark === undefined || !isSame(mark.columns, columns);
    if (anew) await dropTallies(tx, of);
    else if (mark.readUntil >= until) return ok();
    const after = anew ? null : mark.readUntil;
    await addRecords(tx, { provinceId, tallied, after, until, months: monthStarts() });
    await moveMark(tx, { ...of, columns, readUntil: until });
    return ok();
  });
  return true;
}

/** Keeps tallies every second. */
export const tallyJob = (keeping: Keeping): Job => ({
  name: 'tallies',
  every: 1_000,
  run: (signal) => keepTallies(keeping, signal),
});

/** Tallies of a province that are not what the records up to their mark come to. */
export const findTalliesApart =
  ({ indicators, dimensions }: Catalogue) =>
  async (tx: Tx, provinceId: number): Promise<EvidenceBreach[]> => {
    const breaches: EvidenceBreach[] = [];
    for (const tallied of talliedViews(indicators, dimensions)) {
      const mark = await findMark(tx, { provinceId, view: tallied.view });
      if (mark === undefined || !isSame(mark.columns, tallied.columns)) continue;
      const reading = { provinceId, tallied, until: mark.readUntil, months: monthStarts() };
      for (const apart of await listApart(tx, reading))
        breaches.push({ kind: 'TallyApart', provinceId, ...apart });
    }
    return breaches;
  };

type Tallied = { readonly tally: TallyRequest; readonly after: Date };

/** The tally that can answer a request; undefined for distinct counts, past instants and other narrowings. */
function talliedBy({ measure, selection }: Request, mark: Mark | undefined): Tallied | undefined {
  if (measure.kind !== 'sum' || measure.tallied !== true || selection.recordedUntil !== undefined)
    return undefined;
  if (mark === undefined || mark.columns.length === 0 || !canNarrow(mark.columns, selection))
    return undefined;
  const { view } = measure;
  const cover = coverOf(selection);
  const tally = { view, key: measureKey(measure), cover, selection, columns: mark.columns };
  return { tally, after: mark.readUntil };
}

/**
 * Many sums: from the tallies where they can answer, with what was recorded since their mark added from the records
 * themselves, and by a scan of the records otherwise. All in the caller's one snapshot, so that a value is its list.
 */
export async function sumsOf(tx: Tx, requests: readonly Request[]): Promise<Sum[]> {
  const marks = new Map<string, Mark | undefined>();
  const newest = new Map<number, Date | null>();
  const asked = [];
  for (const request of requests) {
    const { provinceId } = request.selection;
    const { view } = request.measure;
    const key = `${provinceId} ${view}`;
    if (!marks.has(key)) marks.set(key, await findMark(tx, { provinceId, view }));
    const tallied = talliedBy(request, marks.get(key));
    if (tallied !== undefined && !newest.has(provinceId))
      newest.set(provinceId, await newestTransfer(tx, provinceId));
    const last = newest.get(provinceId) ?? null;
    const scan =
      tallied === undefined
        ? request
        : last !== null && last > tallied.after
          ? { ...request, selection: { ...request.selection, recordedAfter: tallied.after } }
          : undefined;
    asked.push({ tally: tallied?.tally, scan });
  }
  const tallies = await tallySums(
    tx,
    asked.map(({ tally }) => tally).filter((one) => one !== undefined),
  );
  const scans = await scannedSums(
    tx,
    asked.map(({ scan }) => scan).filter((one) => one !== undefined),
  );
  const [kept, rest] = [tallies.values(), scans.values()];
  return asked.map(({ tally, scan }) => {
    const from = tally === undefined ? nothing : must(kept.next().value, 'a tally');
    const since = scan === undefined ? nothing : must(rest.next().value, 'a sum');
    return {
      value: from.value + since.value,
      records: from.records + since.records,
      by: tally === undefined ? 'scan' : 'tally',
    };
  });
}

const nothing = { value: 0n, records: 0 };

/**
 * The last day of the newest month in which a request has records; null where tallies cannot tell. What was recorded
 * since their mark may lie in any month.
 */
export async function newestDay(tx: Tx, request: Request): Promise<Day | null> {
  const { provinceId, until } = request.selection;
  const tallied = talliedBy(request, await findMark(tx, { provinceId, view: request.measure.view }));
  const newest = tallied === undefined ? null : await newestTransfer(tx, provinceId);
  if (tallied === undefined || newest === null || newest > tallied.after) return null;
  const month = await findNewestMonth(tx, tallied.tally, until);
  return month === undefined ? null : addDays(addMonths(month, 1), -1);
}

/** The value of a measure and how many records stand behind it. */
export async function sumOf(tx: Tx, measure: Counted, selection: Selection): Promise<Sum> {
  return must((await sumsOf(tx, [{ measure, selection }]))[0], 'a sum for a request');
}

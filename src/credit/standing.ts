import { type Rial, plus, rial, total, zero } from '#kernel/rial.ts';
import type { AccountSum, SliceNode, Standing, TurnoverSum } from './contract.ts';
import { openShare } from './contract.ts';

/**
 * Where the money of a slice stands, own accounts and those of all slices below it added up. A slice's amount
 * is not stored: it is what its accounts and its parts hold (L1).
 */
export function standingsOf(
  slices: readonly SliceNode[],
  sums: readonly AccountSum[],
  turnovers: readonly TurnoverSum[],
): Map<string, Standing> {
  const childrenOf = Map.groupBy(slices, (slice) => slice.parentId ?? 'root');
  const sumsOf = Map.groupBy(sums, (sum): string => sum.sliceId);
  const turnoversOf = Map.groupBy(turnovers, (turnover): string => turnover.sliceId);
  const found = new Map<string, Tally>();
  const tally = (slice: SliceNode): Tally => {
    const own = ownTally(sumsOf.get(slice.id) ?? [], turnoversOf.get(slice.id) ?? []);
    const children = (childrenOf.get(slice.id) ?? []).map(tally);
    const all = children.reduce(added, { ...own, sliced: total(children.map((child) => child.amount)) });
    found.set(slice.id, all);
    return all;
  };
  const ids = new Set(slices.map((slice) => slice.id));
  for (const slice of slices) if (slice.parentId === null || !ids.has(slice.parentId)) tally(slice);
  return new Map([...found].map(([id, sum]) => [id, onTheWire(sum)]));
}

/** What a slice and all slices below it hold under one reserve: altogether, and still available. */
export type Lock = { readonly share: string; readonly amount: string; readonly available: string };

/** The reserves of each slice with what they hold, by name; one that never held anything is left out. */
export function locksOf(
  slices: readonly SliceNode[],
  sums: readonly AccountSum[],
): Map<string, readonly Lock[]> {
  const parentOf = new Map(slices.map((slice) => [slice.id, slice.parentId]));
  const found = new Map(
    slices.map((slice) => [slice.id, new Map<string, { amount: Rial; available: Rial }>()]),
  );
  for (const { sliceId, share, stage, balance } of sums) {
    if (share === openShare || stage === 'handed_back') continue;
    for (let at: string | null | undefined = sliceId; at != null; at = parentOf.get(at)) {
      const before = found.get(at)?.get(share) ?? { amount: zero, available: zero };
      const available = stage === 'available' ? plus(before.available, balance) : before.available;
      found.get(at)?.set(share, { amount: plus(before.amount, balance), available });
    }
  }
  return new Map([...found].map(([id, locks]) => [id, onWire(locks)]));
}

const onWire = (locks: ReadonlyMap<string, { amount: Rial; available: Rial }>): Lock[] =>
  [...locks]
    .filter(([, { amount }]) => amount > 0n)
    .map(([share, lock]) => ({ share, amount: `${lock.amount}`, available: `${lock.available}` }))
    .toSorted((one, other) => (one.share < other.share ? -1 : 1));

type Tally = Readonly<Record<keyof Standing, Rial>>;

function ownTally(sums: readonly AccountSum[], turnovers: readonly TurnoverSum[]): Tally {
  const at = (stage: string, keep: (share: string) => boolean = () => true): Rial =>
    total(sums.filter((sum) => sum.stage === stage && keep(sum.share)).map((sum) => sum.balance));
  const soFar = (stage: string): Rial =>
    total(turnovers.filter((turnover) => turnover.stage === stage).map((turnover) => turnover.amount));
  return {
    amount: total(sums.map((sum) => sum.balance)),
    reserve: total(
      sums.filter((sum) => sum.share !== openShare && sum.stage !== 'handed_back').map((sum) => sum.balance),
    ),
    available: at('available'),
    open: at('available', (share) => share === openShare),
    locked: at('available', (share) => share !== openShare),
    reserved: at('reserved'),
    referred: at('referred'),
    contracted: at('contracted'),
    paid: at('paid'),
    repaid: at('repaid'),
    handedBack: at('handed_back'),
    sliced: zero,
    referredSoFar: soFar('referred'),
    contractedSoFar: soFar('contracted'),
    paidSoFar: soFar('paid'),
    reportedNotConfirmed: total(sums.map((sum) => sum.pending)),
  };
}

/**
 * What a reader sees of a whole line: the standing of its root, or for a county office the sum over the slices
 * of its county that hang on none they see. Zero throughout when there is none.
 */
export function standingOfLine(
  slices: readonly SliceNode[],
  standings: ReadonlyMap<string, Standing>,
): Standing {
  const ids = new Set(slices.map((slice) => slice.id));
  const tops = slices.filter((slice) => slice.parentId === null || !ids.has(slice.parentId));
  const seen = tops.flatMap((slice) => standings.get(slice.id) ?? []);
  const sum = (name: keyof Standing): Rial => total(seen.map((standing) => rial(standing[name])));
  return onTheWire(mapped(sum));
}

const mapped = <Sum>(sum: (name: keyof Standing) => Sum): Readonly<Record<keyof Standing, Sum>> => ({
  amount: sum('amount'),
  reserve: sum('reserve'),
  available: sum('available'),
  open: sum('open'),
  locked: sum('locked'),
  reserved: sum('reserved'),
  referred: sum('referred'),
  contracted: sum('contracted'),
  paid: sum('paid'),
  repaid: sum('repaid'),
  handedBack: sum('handedBack'),
  sliced: sum('sliced'),
  referredSoFar: sum('referredSoFar'),
  contractedSoFar: sum('contractedSoFar'),
  paidSoFar: sum('paidSoFar'),
  reportedNotConfirmed: sum('reportedNotConfirmed'),
});

/** Everything but `sliced`, which is of the slice itself: what it has handed to its own parts. */
const added = (a: Tally, b: Tally): Tally => ({
  ...mapped((name) => plus(a[name], b[name])),
  sliced: a.sliced,
});

const onTheWire = (tally: Tally): Standing => mapped((name) => tally[name].toString());

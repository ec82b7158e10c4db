import { type Rial, plus, total, zero } from '#kernel/rial.ts';
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
  const sumsOf = Map.groupBy(sums, (sum) => sum.sliceId as string);
  const turnoversOf = Map.groupBy(turnovers, (turnover) => turnover.sliceId as string);
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

type Tally = Readonly<Record<keyof Standing, Rial>>;

function ownTally(sums: readonly AccountSum[], turnovers: readonly TurnoverSum[]): Tally {
  const at = (stage: string, keep: (share: string) => boolean = () => true): Rial =>
    total(sums.filter((sum) => sum.stage === stage && keep(sum.share)).map((sum) => sum.balance));
  const soFar = (stage: string): Rial =>
    total(turnovers.filter((turnover) => turnover.stage === stage).map((turnover) => turnover.amount));
  return {
    amount: total(sums.map((sum) => sum.balance)),
    reserve: total(sums.filter((sum) => sum.share !== openShare).map((sum) => sum.balance)),
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

/** Everything but `sliced`, which is of the slice itself: what it has handed to its own parts. */
const added = (a: Tally, b: Tally): Tally => ({
  amount: plus(a.amount, b.amount),
  reserve: plus(a.reserve, b.reserve),
  available: plus(a.available, b.available),
  open: plus(a.open, b.open),
  locked: plus(a.locked, b.locked),
  reserved: plus(a.reserved, b.reserved),
  referred: plus(a.referred, b.referred),
  contracted: plus(a.contracted, b.contracted),
  paid: plus(a.paid, b.paid),
  repaid: plus(a.repaid, b.repaid),
  handedBack: plus(a.handedBack, b.handedBack),
  sliced: a.sliced,
  referredSoFar: plus(a.referredSoFar, b.referredSoFar),
  contractedSoFar: plus(a.contractedSoFar, b.contractedSoFar),
  paidSoFar: plus(a.paidSoFar, b.paidSoFar),
  reportedNotConfirmed: plus(a.reportedNotConfirmed, b.reportedNotConfirmed),
});

const onTheWire = (tally: Tally): Standing =>
  Object.fromEntries(Object.entries(tally).map(([name, sum]) => [name, sum.toString()])) as Standing;

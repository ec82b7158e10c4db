import { type Rial, minus, plus, total } from '#kernel/rial.ts';
import { type No, type Ok, must, ok, refused } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import type { NamedPart, ShareSums } from '../contract.ts';
import { addShares, divideShares, sumOf, takeShares } from '../share.ts';
import type { PartChange, RedivisionRefusal } from './contract.ts';

const states = ['proposed', 'approved', 'withdrawn'] as const;
const acts = ['approve_redivision', 'withdraw_redivision'] as const;

/** A division is divided anew: one person proposes it, another approves it. */
export const redivisionKind = {
  kind: 'redivision',
  start: { act: 'propose_redivision', state: 'proposed', may: ['director', 'deputy'] },
  table: {
    proposed: { approve_redivision: 'approved', withdraw_redivision: 'withdrawn' },
    approved: { approve_redivision: 'refused', withdraw_redivision: 'refused' },
    withdrawn: { approve_redivision: 'refused', withdraw_redivision: 'refused' },
  } as const satisfies CaseTable<(typeof states)[number], (typeof acts)[number]>,
  may: { approve_redivision: ['director', 'deputy'], withdraw_redivision: ['director', 'deputy'] },
  closed: ['approved', 'withdrawn'],
} as const satisfies CaseKind<(typeof states)[number], (typeof acts)[number]>;

/** A part as it stands. */
export type Part = {
  readonly id: string;
  readonly name: NamedPart;
  /** All it holds, in every stage and in its own parts. */
  readonly amount: Rial;
  /** Neither awarded nor divided further, by share: what it can give back. */
  readonly free: ShareSums;
  readonly jobTarget: number;
};

/** The least a part can have: what of it is awarded or divided further. */
export const committedOf = ({ amount, free }: Part): Rial => minus(amount, sumOf(free));

const shrinks = ({ before, after }: PartChange): boolean => after < before;
const grows = ({ before, after }: PartChange): boolean => after > before;

/** Whether the parts can have these sums: as proposed, none below what is committed, all within what there is. */
export function decideRedivision(
  parts: readonly Part[],
  rest: ShareSums,
  changes: readonly PartChange[],
): Ok<undefined> | No<RedivisionRefusal> {
  const known = new Map(parts.map((part) => [part.id, part]));
  const seen = new Set<string>();
  for (const { sliceId, before, after, jobsBefore } of changes) {
    const part = known.get(sliceId);
    if (part === undefined) return refused({ kind: 'PartNotOfSlice', sliceId });
    const { name, amount } = part;
    if (seen.has(sliceId)) return refused({ kind: 'PartNamedTwice', name });
    seen.add(sliceId);
    if (before !== amount || jobsBefore !== part.jobTarget)
      return refused({ kind: 'PartMoved', name, seen: before, now: amount });
    const committed = committedOf(part);
    if (after < before && after < committed)
      return refused({ kind: 'PartCommitted', name, committed, asked: after });
  }
  if (!changes.some((change) => shrinks(change) || grows(change)))
    return refused({ kind: 'NothingRedivided' });
  const back = total(changes.filter(shrinks).map(({ before, after }) => minus(before, after)));
  const asked = total(changes.filter(grows).map(({ before, after }) => minus(after, before)));
  const left = plus(sumOf(rest), back);
  return asked > left ? refused({ kind: 'GrowthBeyondRest', left, asked }) : ok();
}

/** What goes from a part back to the slice above it, or from there into a part, share by share. */
export type PartSums = { readonly sliceId: string; readonly sums: ShareSums };
export type Redivided = { readonly back: readonly PartSums[]; readonly given: readonly PartSums[] };

/**
 * What a part gives back takes each of its shares along in proportion; what comes together, with the rest above, is
 * divided over the parts that grow as in any division (L3): nothing locked is freed, nothing open is locked. A rial
 * that falls to nobody goes to the earlier part, in whatever order the changes are named.
 */
export function redivide(parts: readonly Part[], rest: ShareSums, changes: readonly PartChange[]): Redivided {
  const free = new Map(parts.map((part) => [part.id, part.free]));
  const back = changes.filter(shrinks).map(({ sliceId, before, after }) => ({
    sliceId,
    sums: takeShares(must(free.get(sliceId), 'a part of the slice'), minus(before, after)),
  }));
  const asked = new Map(changes.map((change) => [change.sliceId, change]));
  const growing = parts.flatMap(({ id }) => asked.get(id) ?? []).filter(grows);
  const pool = back.reduce<ShareSums>((sums, one) => addShares(sums, one.sums), rest);
  const { parts: shares } = divideShares(
    pool,
    growing.map(({ before, after }) => minus(after, before)),
  );
  return {
    back,
    given: growing.map(({ sliceId }, place) => ({
      sliceId,
      sums: must(shares[place], 'the shares of each part'),
    })),
  };
}

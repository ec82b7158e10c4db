import { type Rial, zero } from '#kernel/rial.ts';
import { type No, type Ok, ok, refused } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import { type ShareSums, openShare } from '../contract.ts';
import type { ReleaseRefusal } from './contract.ts';

const states = ['proposed', 'approved', 'withdrawn'] as const;
const acts = ['approve_release', 'withdraw_release'] as const;

/** A reserve given up to the open part: one person proposes it, another approves it. */
export const releaseKind = {
  kind: 'reserve_release',
  start: { act: 'propose_release', state: 'proposed', may: ['director', 'deputy'] },
  table: {
    proposed: { approve_release: 'approved', withdraw_release: 'withdrawn' },
    approved: { approve_release: 'refused', withdraw_release: 'refused' },
    withdrawn: { approve_release: 'refused', withdraw_release: 'refused' },
  } as const satisfies CaseTable<(typeof states)[number], (typeof acts)[number]>,
  may: { approve_release: ['director', 'deputy'], withdraw_release: ['director', 'deputy'] },
  closed: ['approved', 'withdrawn'],
} as const satisfies CaseKind<(typeof states)[number], (typeof acts)[number]>;

/**
 * What a release may take: of one share, at most what the slice itself holds of it, neither committed nor handed to
 * its parts. `available` are the available sums of the slice's own accounts.
 */
export function decideRelease(order: {
  readonly available: ShareSums;
  readonly share: string;
  readonly amount: Rial;
}): Ok<undefined> | No<ReleaseRefusal> {
  const { available, share, amount } = order;
  const left = share === openShare ? zero : (available.get(share) ?? zero);
  if (left <= 0n) {
    const held = [...available].filter(([one, sum]) => one !== openShare && sum > 0n).map(([one]) => one);
    return refused({ kind: 'NothingLocked', field: 'share', share, held: held.toSorted() });
  }
  return amount > left
    ? refused({ kind: 'ReleaseTooLarge', field: 'amount', share, left, asked: amount })
    : ok();
}

import type { Role } from '#kernel/actor.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { AccountStanding, IdentityRefusal } from './contract.ts';

export type BearerFacts = {
  readonly personId: string;
  /** Who bears the identity among the accounts; undefined where nobody does. */
  readonly bearerId: string | undefined;
  /** Grants of the bearer's accounts, of whichever province. */
  readonly grants: readonly { readonly role: Role; readonly standing: 'proposed' | 'granted' | 'ended' }[];
  readonly isConfirmed: boolean;
  readonly isRecordOfAnother: boolean;
  readonly doerPersonId: string;
};

export const standingOf = ({
  personId,
  bearerId,
}: Pick<BearerFacts, 'personId' | 'bearerId'>): AccountStanding => {
  if (bearerId === undefined) return 'none';
  return bearerId === personId ? 'own' : 'apart';
};

/** Whether an office may take the identity from who bears it, for the person whom it has before it. */
export function decideConfirmation(facts: BearerFacts): Result<undefined, IdentityRefusal> {
  const { bearerId, personId, doerPersonId } = facts;
  if (standingOf(facts) !== 'apart') return refused({ kind: 'NothingApart' });
  if (doerPersonId === personId || doerPersonId === bearerId) return refused({ kind: 'OwnIdentity' });
  // What an office has seen stays: or two offices would take the identity from each other for ever.
  if (facts.isConfirmed) return refused({ kind: 'ConfirmedElsewhere' });
  // Nobody's office ends at a counter.
  if (facts.grants.some(({ role, standing }) => role !== 'applicant' && standing !== 'ended'))
    return refused({ kind: 'HoldsOffice' });
  return facts.isRecordOfAnother ? refused({ kind: 'RecordOfAnother' }) : ok();
}

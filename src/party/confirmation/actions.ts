import {
  accountStandingOf,
  confirmIdentity as confirmBearer,
  type SeenPerson,
  type StandingFacts,
} from '#access/confirmation/actions.ts';
import { readPhone } from '#kernel/persian.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { findChangeable, identityOf, type Doing } from '../person/actions.ts';
import type { ConfirmationOrder, ConfirmationRefusal, IdentityStanding } from './contract.ts';

type Seen = { readonly seen: SeenPerson; readonly phone: string | null };

/** The person within the doer's scope, when they have an identity that can be confirmed. */
async function findSeen(doing: Doing, personId: string): Promise<Result<Seen, ConfirmationRefusal>> {
  const found = await findChangeable(doing, personId);
  if (!found.ok) return found;
  const { form, nationalId, firstName, lastName, phone } = found.value;
  if (form !== 'natural' || nationalId === null) return refused({ kind: 'NaturalNeeded' });
  const read = phone === null ? null : readPhone(phone);
  return ok({
    seen: {
      provinceId: doing.provinceId,
      personId: found.value.personId,
      name: [firstName, lastName].filter((part) => part !== null).join(' '),
      identityHash: await identityOf(doing.keyedHash, form, nationalId),
    },
    // A code goes to a mobile phone only.
    phone: read?.startsWith('09') === true ? read : null,
  });
}

export type Standing = Omit<StandingFacts, 'refusal'> & {
  readonly phone: string | null;
  readonly refusedBecause: IdentityStanding['refusedBecause'];
};

/** How the account under a person's national id stands to the record, and what an office can do about it. */
export async function findStanding(
  doing: Doing,
  personId: string,
): Promise<Result<Standing, ConfirmationRefusal>> {
  const found = await findSeen(doing, personId);
  if (!found.ok) return found;
  const { seen, phone } = found.value;
  const { refusal, ...facts } = await accountStandingOf(doing, seen);
  return ok({ ...facts, phone, refusedBecause: refusal?.kind ?? (phone === null ? 'MobileNeeded' : null) });
}

/** An office confirms who the person before it is; see `access/confirmation`. */
export async function confirmIdentity(
  doing: Doing,
  { personId, order }: { readonly personId: string; readonly order: ConfirmationOrder },
): Promise<Result<{ readonly id: string }, ConfirmationRefusal>> {
  const found = await findSeen(doing, personId);
  if (!found.ok) return found;
  if (!order.cardSeen) return refused({ kind: 'CardUnseen', field: 'cardSeen' });
  const { seen, phone } = found.value;
  if (phone === null) return refused({ kind: 'MobileNeeded' });
  const { id: confirmationId, reason } = order;
  const done = await confirmBearer(doing, { confirmationId, seen, phone, reason });
  return done.ok ? ok({ id: confirmationId }) : done;
}

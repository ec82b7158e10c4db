import { choicesFor, timelineOf } from '#casework/actions.ts';
import type { Act, ActChoice, ActFacts, CaseRefusal } from '#casework/contract.ts';
import type { Actor } from '#kernel/actor.ts';
import type { CaseKind } from '#kernel/state.ts';
import { type Day, dayOfInstant } from '#kernel/day.ts';
import { type Id, newId } from '#kernel/id.ts';
import { latinDigits, normalise } from '#kernel/persian.ts';
import { type Rial, minus, zero } from '#kernel/rial.ts';
import { hash } from 'node:crypto';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { accountsOf, openAccounts, postTransfers } from '#ledger/actions.ts';
import type { Account, NewAccount, TransferOrder, TransferRefusal } from '#ledger/contract.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { canonical } from '#platform/once.ts';
import { type CreditRefusal, type ShareSums, type SliceFacts, openShare, stages } from './contract.ts';
import type { BeneficiaryRefusal, SignatureRefusal } from './award/contract.ts';
import type { CorrectionRefusal } from './correction/contract.ts';
import type { OpeningRefusal } from './opening/contract.ts';
import type { ParameterRefusal } from './parameter/contract.ts';
import type { ReallocationRefusal } from './reallocation/contract.ts';
import type { ReleaseRefusal } from './release/contract.ts';
import type { RedivisionRefusal } from './redivision/contract.ts';
import type { RevisionRefusal } from './revision/contract.ts';
import { type LineDays, creditKinds, isDrawable } from './rules.ts';
import { lockedIn } from './share.ts';
import type { RuleRefusal } from './share/contract.ts';
import type { VersionRefusal } from './version/contract.ts';
import {
  type ChildRow,
  type NamedSlice,
  type SliceRow,
  insertSlice,
  findLineTerms,
  listAccountSums,
  listChildren,
  listSlices,
  lockSlice,
} from './queries.ts';

/** In which transaction, province and name a deed is done. */
export type Doing = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly provinceId: number;
  readonly by: Actor;
};

export type AnyRefusal =
  | CreditRefusal
  | CorrectionRefusal
  | BeneficiaryRefusal
  | SignatureRefusal
  | OpeningRefusal
  | ParameterRefusal
  | RuleRefusal
  | ReallocationRefusal
  | ReleaseRefusal
  | RedivisionRefusal
  | RevisionRefusal
  | VersionRefusal
  | CaseRefusal
  | TransferRefusal;
export type Done<Value> = Promise<Result<Value, AnyRefusal>>;

export const fresh = ({ clock }: Doing): Id => newId(clock.now().getTime());
/** The number of a letter or resolution in the one spelling in which it is stored, whatever keyboard typed it. */
export const numberOf = (typed: string): string => latinDigits(normalise(typed));
export const today = ({ clock }: Doing): Day => dayOfInstant(clock.now().getTime());

/** What opens a case of this room; its first act bears the id of the case. */
export async function opening(doing: Doing, caseId: Id, countyCode: string | null, order: unknown) {
  return {
    id: caseId,
    caseId,
    provinceId: doing.provinceId,
    countyCode,
    officeId: null,
    subjectId: null,
    reason: null,
    facts: { order: contentHash(order) } as ActFacts,
    happenedOn: (await doneBefore(doing, caseId, caseId))?.happenedOn ?? today(doing),
  };
}

/**
 * Who may is asked before anything is looked up: a role that has no business with an act is told so, whether or
 * not it may see the case.
 */
export function decideRole(kind: CaseKind, act: string, role: string): Result<undefined, CaseRefusal> {
  const because = choicesFor(kind, kind.start.state, role).find((choice) => choice.act === act)?.because;
  return because?.kind === 'ActNotYours' ? refused(because) : ok();
}

/** Tells another order under the same id from the same order sent again (L5), without keeping what stood in it. */
const contentHash = (order: unknown): string => hash('sha256', canonical(order), 'hex');

/** The act that bears this id, when it was done already: sent again on a later day, it is still that act. */
export const doneBefore = async (
  { tx, provinceId }: Doing,
  caseId: Id,
  actId: string,
): Promise<Act | undefined> => (await timelineOf(tx, { provinceId, caseId })).find(({ id }) => id === actId);

/** What the accounts of a slice are opened with. */
type Owner = Pick<SliceRow, 'provinceId' | 'id' | 'countyCode'>;

/** Opens what accounts a slice lacks: one for each stage, open and under each of the shares. */
async function openShares(doing: Doing, owner: Owner, shares: readonly string[]): Promise<Account[]> {
  const accounts = stages.flatMap((kind) =>
    [...new Set([openShare, ...shares])].map((share): NewAccount => ({
      id: fresh(doing),
      provinceId: owner.provinceId,
      ownerId: owner.id,
      kind,
      share,
      countyCode: owner.countyCode,
      bounded: true,
    })),
  );
  return openAccounts(doing.tx, accounts);
}

/** Makes a slice, with no accounts yet: money that comes in opens them (`accountsFor`). */
export async function openSlice(doing: Doing, slice: SliceRow): Promise<Owner> {
  await insertSlice(doing.tx, slice);
  return slice;
}

export type AccountBy = (stage: string, share: string) => Id;

/** The accounts of a slice as they stand. */
export async function accountsBy({ tx, provinceId }: Doing, ownerId: Id): Promise<AccountBy> {
  return byName(await accountsOf(tx, { provinceId, ownerId }));
}

/** The accounts of a slice that money of these shares is to come into, opened where it never had that share. */
export async function accountsFor(doing: Doing, owner: Owner, sums: ShareSums): Promise<AccountBy> {
  const shares = [...sums].filter(([, sum]) => sum > 0n).map(([share]) => share);
  return byName(await openShares(doing, owner, shares));
}

function byName(accounts: readonly Account[]): AccountBy {
  const ids = new Map(accounts.map((account) => [`${account.kind} ${account.share}`, account.id]));
  return (stage, share) => must(ids.get(`${stage} ${share}`), `the ${stage} account of the share ${share}`);
}

/** The steps that carry sums of several shares from one slice to another, both where they are available. */
export const stepsOf = (sums: ShareSums, from: AccountBy, into: AccountBy): Step[] =>
  [...sums]
    .filter(([, amount]) => amount > 0n)
    .map(([share, amount]) => ({ from: from('available', share), to: into('available', share), amount }));

export type Step = { readonly from: Id; readonly to: Id; readonly amount: Rial };
export type Cause = Pick<TransferOrder, 'kind' | 'referenceId' | 'happenedOn'> &
  Partial<Pick<TransferOrder, 'phase' | 'pendingId' | 'expiresAt'>>;

/** Posts the steps of one deed together, those of nothing left out. */
export async function move(doing: Doing, steps: readonly Step[], cause: Cause): Done<undefined> {
  const orders = steps
    .filter((step) => step.amount > 0n)
    .map((step): TransferOrder => ({
      phase: 'post',
      pendingId: null,
      reversesId: null,
      ...cause,
      id: fresh(doing),
      debitAccountId: step.from,
      creditAccountId: step.to,
      amount: step.amount,
    }));
  const posted = await postTransfers(doing.tx, {
    provinceId: doing.provinceId,
    orders,
    mode: 'linked',
    clock: doing.clock,
  });
  return posted.ok ? ok() : posted;
}

/** As `factsOf`, and nobody else divides the slice or awards out of it before this transaction ends. */
export async function lockedFactsOf(doing: Doing, sliceId: string): ReturnType<typeof factsOf> {
  const { tx, provinceId } = doing;
  return (await lockSlice(tx, { provinceId, id: sliceId })) ? factsOf(doing, sliceId) : undefined;
}

/** A slice with its unsliced, unawarded money; undefined when there is none in the reader's scope. */
export async function factsOf(
  doing: Pick<Doing, 'tx' | 'provinceId'>,
  sliceId: string,
): Promise<{ facts: SliceFacts; children: ChildRow[] } | undefined> {
  const { tx, provinceId } = doing;
  const slice = (await listSlices(tx, { provinceId, lineId: null, id: sliceId }))[0];
  if (slice === undefined) return undefined;
  const children = await listChildren(tx, { provinceId, id: slice.id });
  return { facts: await withSums(doing, slice, children.length), children };
}

async function withSums(
  { tx, provinceId }: Pick<Doing, 'tx' | 'provinceId'>,
  slice: NamedSlice,
  children: number,
): Promise<SliceFacts> {
  const sums = await listAccountSums(tx, { provinceId, lineId: null, id: slice.id });
  const available = new Map(
    sums
      .filter((sum) => sum.stage === 'available')
      .map((sum): [string, Rial] => [sum.share, minus(sum.balance, sum.pending)]),
  );
  const open = available.get(openShare) ?? zero;
  return { ...slice, children, available, open, locked: lockedIn(available) };
}

export async function lineIsOpen(
  { tx, provinceId }: Doing,
  lineId: Id,
): Promise<Result<undefined, CreditRefusal>> {
  const { state } = must(await findLineTerms(tx, { provinceId, id: lineId }), 'the line of a slice');
  return isDrawable(state) ? ok() : refused({ kind: 'LineNotOpen', state });
}

/** From when to when a line that has a slice may be drawn on. */
export async function lineDays({ tx, provinceId }: Doing, lineId: Id): Promise<LineDays> {
  const { notifiedOn, deadline } = must(await findLineTerms(tx, { provinceId, id: lineId }), 'the line');
  return { notifiedOn: must(notifiedOn, 'the first letter of a line with slices'), deadline };
}

/** The buttons of a case of this room. */
export const choices = (kind: CaseKind, state: string, role: string): ActChoice[] =>
  choicesFor(kind, state, role);

/** The kinds of case of this room: `app.ts` has their lawful steps written into the database. */
export const caseKinds: readonly CaseKind[] = creditKinds;

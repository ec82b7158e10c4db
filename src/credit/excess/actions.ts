import { dayFromIso } from '#kernel/day.ts';
import { type Id, id, newId } from '#kernel/id.ts';
import { least, rial } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { openAccounts, postTransfers } from '#ledger/actions.ts';
import {
  type AnyRefusal,
  type Doing,
  accountsBy,
  decideRole,
  lockedFactsOf,
  numberOf,
  today,
} from '../actions.ts';
import { openShare } from '../contract.ts';
import { bankListKind } from '../banklist/rules.ts';
import { decideDay } from '../rules.ts';
import { type ExcessRefusal, type IntakeOrder, bankReports, beyondSlice } from './contract.ts';
import { type NewExcess, insertIntake, listAccounts, listExcesses, openExcesses } from './queries.ts';

export type ExcessAccounts = { readonly excessId: Id; readonly from: Id; readonly into: Id };

/** The accounts of a bank beyond each of these slices, opened where they are not there yet; by slice. */
export async function excessAccounts(
  { tx, clock, provinceId }: Doing,
  wanted: readonly Omit<NewExcess, 'id'>[],
): Promise<ReadonlyMap<Id, ExcessAccounts>> {
  const fresh = (): Id => newId(clock.now().getTime());
  const excesses = await openExcesses(tx, {
    provinceId,
    wanted: wanted.map((one) => ({ ...one, id: fresh() })),
  });
  await openAccounts(
    tx,
    excesses.flatMap(({ id: ownerId, countyCode }) =>
      [beyondSlice, bankReports].map((kind) => ({
        id: fresh(),
        provinceId,
        ownerId,
        kind,
        share: openShare,
        countyCode,
        // What a bank says it paid has no bound of ours; what is taken in is bounded by what it said.
        bounded: kind === beyondSlice,
      })),
    ),
  );
  const accounts = await listAccounts(tx, { provinceId, ownerIds: excesses.map((one) => one.id) });
  const account = (ownerId: Id, kind: string): Id =>
    must(
      accounts.find((one) => one.ownerId === ownerId && one.kind === kind),
      `the ${kind} account of ${ownerId}`,
    ).id;
  return new Map(
    excesses.map((one) => [
      one.sliceId,
      { excessId: one.id, from: account(one.id, bankReports), into: account(one.id, beyondSlice) },
    ]),
  );
}

/**
 * Takes in what a bank reported beyond a slice, once a top-up or a reallocation has made room: the sum leaves the
 * bank's own account and the slice pays it out of what is available. Only what a signed list confirmed is taken in.
 */
export async function takeIn(
  doing: Doing,
  { excessId, order }: { readonly excessId: string; readonly order: IntakeOrder },
): Promise<Result<{ id: Id }, AnyRefusal | ExcessRefusal>> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(bankListKind, 'confirm', by.role);
  if (!mine.ok) return mine;
  const resolutionDay = dayFromIso(order.resolutionDay);
  const timely = decideDay(resolutionDay, today(doing));
  if (!timely.ok) return timely;
  const before = (await listExcesses(tx, { provinceId, id: excessId, sliceId: null }))[0];
  if (before === undefined) return refused({ kind: 'ExcessMissing', excessId });
  const { facts } = must(await lockedFactsOf(doing, before.sliceId), 'the slice of an excess');
  const excess = must((await listExcesses(tx, { provinceId, id: excessId, sliceId: null }))[0], 'an excess');
  const intakeId = id(order.id);
  const amount = rial(order.amount);
  const stored = await insertIntake(tx, {
    provinceId,
    id: intakeId,
    excessId: excess.id,
    countyCode: excess.countyCode,
    amount,
    resolutionNumber: numberOf(order.resolutionNumber),
    resolutionDay,
    byPerson: by.personId,
    byUser: by.userId,
  });
  if (!stored) return ok({ id: intakeId });
  if (amount > excess.confirmed)
    return refused({ kind: 'ExcessTooSmall', left: excess.confirmed, asked: amount });
  if (amount > facts.open)
    return refused({ kind: 'RoomTooSmall', left: least(facts.open, excess.confirmed), asked: amount });
  const slice = await accountsBy(doing, excess.sliceId);
  const beyond = await accountsBy(doing, excess.id);
  const common = {
    pendingId: null,
    reversesId: null,
    referenceId: intakeId,
    happenedOn: resolutionDay,
    amount,
  };
  const posted = await postTransfers(tx, {
    provinceId,
    mode: 'linked',
    clock,
    orders: [
      {
        ...common,
        id: newId(clock.now().getTime()),
        phase: 'post',
        kind: 'settle',
        debitAccountId: beyond(beyondSlice, openShare),
        creditAccountId: beyond(bankReports, openShare),
      },
      {
        ...common,
        id: newId(clock.now().getTime()),
        phase: 'post',
        kind: 'take_in',
        debitAccountId: slice('available', openShare),
        creditAccountId: slice('paid', openShare),
      },
    ],
  });
  return posted.ok ? ok({ id: intakeId }) : posted;
}

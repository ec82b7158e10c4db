import { actOnRecord, decideRole, doneBefore, hashOf } from '#casework/act/actions.ts';
import { choicesFor, openCase, timelineOf } from '#casework/actions.ts';
import type { Acted, ActChoice, CaseRefusal } from '#casework/contract.ts';
import { jobCeiling } from '#credit/parameter/actions.ts';
import { dayFromIso, dayOfInstant, type Day } from '#kernel/day.ts';
import { id, newId, type Id } from '#kernel/id.ts';
import { normalise } from '#kernel/persian.ts';
import { rial, zero, type Rial } from '#kernel/rial.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { readLegalNumber } from '#party/person/actions.ts';
import type { ReadCsv } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import type { Doing } from '#platform/once.ts';
import {
  cooperativeStates,
  type CooperativeOrder,
  type CooperativeRefusal,
  type FoundingForm,
} from './contract.ts';
import {
  findPersonNames,
  insertAgreement,
  insertBoard,
  insertCooperative,
  insertEntries,
  insertRegistrations,
  listAlike,
  listCooperatives,
  listLocked,
  listMembers,
  listRules,
  lockCooperative,
  lockFounders,
  moveCooperative,
  upsertRules,
  type LockedRow,
  type NamedCooperative,
  type RegistrationRow,
} from './queries.ts';
import { boardUntil, capitalOf, cooperativeKind, decideCooperativeAct, decideFounding } from './rules.ts';

export type { Doing };
export type AnyRefusal = CooperativeRefusal | CaseRefusal;
export type Done<Value> = Promise<Result<Value, AnyRefusal>>;

export const caseKinds = [cooperativeKind] as const;

/** Brings the dated rules of `data/cooperative_rules.csv`; a second load writes nothing. */
export const loadCatalogue = (owner: Database, readCsv: ReadCsv): Promise<void> =>
  upsertRules(owner, readCsv('cooperative_rules.csv'));

export const today = ({ clock }: Pick<Doing, 'clock'>): Day => dayOfInstant(clock.now().getTime());

/** The acts of a cooperative in their order. */
export const actsOf = timelineOf;
export const choicesOf = (state: string, role: string): ActChoice[] =>
  choicesFor(cooperativeKind, state, role);

/** Enters the request of founders for a cooperative; who they are `party` knows. */
export async function foundCooperative(doing: Doing, form: FoundingForm): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(cooperativeKind, cooperativeKind.start.act, by.role);
  if (!mine.ok) return mine;
  if (by.scope.county !== null && by.scope.county !== form.countyCode)
    return refused({ kind: 'CountyNotYours', field: 'countyCode' });
  const cooperativeId = id(form.id);
  const personIds = form.founders.map(({ personId }) => personId);
  const known = new Set((await findPersonNames(tx, { provinceId, personIds })).keys());
  const on = today(doing);
  const before = await doneBefore(doing, cooperativeId, cooperativeId);
  if (before === undefined) {
    await lockFounders(tx, { provinceId, personIds });
    const decided = decideFounding({
      name: form.name,
      alike: await listAlike(tx, { provinceId, personIds, closed: cooperativeKind.closed }),
      founders: form.founders,
      sharePrice: rial(form.sharePrice),
      known,
      rules: await listRules(tx),
      today: on,
    });
    if (!decided.ok) return decided;
  }
  const subjectId = id(must(personIds[0], 'a founder'));
  const opening = {
    id: cooperativeId,
    caseId: cooperativeId,
    provinceId,
    countyCode: form.countyCode,
    officeId: null,
    subjectId,
    facts: { order: hashOf(form) },
    reason: null,
    happenedOn: before?.happenedOn ?? on,
  };
  const opened = await openCase(tx, cooperativeKind, { opening, by, clock });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: cooperativeId });
  await insertCooperative(tx, {
    provinceId,
    cooperativeId,
    name: form.name,
    kind: form.kind,
    membership: form.membership,
    countyCode: form.countyCode,
    occupationId: form.occupationId,
    sharePrice: rial(form.sharePrice),
    subjectId,
    openedByPerson: by.personId,
    foundedOn: on,
    state: 'founding',
    version: opened.value.case.version,
    movedAt: opened.value.act.recordedAt,
  });
  const of = { provinceId, cooperativeId, countyCode: form.countyCode, actId: cooperativeId, on };
  await insertEntries(
    tx,
    of,
    form.founders.map((one) => ({ ...one, paid: zero })),
  );
  return ok({ id: cooperativeId });
}

/** Does one act on a cooperative, with the entries, board or number that it brings. */
export function actOnCooperative(
  doing: Doing,
  { cooperativeId, order }: { readonly cooperativeId: string; readonly order: CooperativeOrder },
): Done<{ id: Id }> {
  const { tx, provinceId } = doing;
  const legalId = readLegalNumber(order.registration?.legalId ?? '');
  return actOnRecord<NamedCooperative, AnyRefusal>(doing, {
    kind: cooperativeKind,
    order,
    find: async () => {
      await lockCooperative(tx, { provinceId, cooperativeId });
      const [cooperative] = await listCooperatives(tx, { provinceId, cooperativeId, limit: 1 });
      return cooperative === undefined ? refused({ kind: 'CooperativeMissing' }) : ok(cooperative);
    },
    caseIdOf: (cooperative) => cooperative.cooperativeId,
    decide: (cooperative) => decideFor(doing, cooperative, { order, legalId }),
    follow: (cooperative, acted) => follow(doing, cooperative, { order, legalId, acted }),
  });
}

type Ordered = { readonly order: CooperativeOrder; readonly legalId: string | null };

async function decideFor(doing: Doing, cooperative: NamedCooperative, ordered: Ordered): Done<undefined> {
  const { tx, provinceId } = doing;
  const { cooperativeId, membership, sharePrice } = cooperative;
  const personIds = ordered.order.entries.map(({ personId }) => personId);
  const acts = await timelineOf(tx, { provinceId, caseId: cooperativeId });
  return decideCooperativeAct({
    ...ordered,
    membership,
    sharePrice,
    members: await listMembers(tx, { provinceId, cooperativeId }),
    known: new Set((await findPersonNames(tx, { provinceId, personIds })).keys()),
    rules: await listRules(tx),
    today: today(doing),
    agreedOn: acts.findLast((one) => one.act === 'agree')?.happenedOn ?? null,
  });
}

/** What an act brings about beside the case. */
async function follow(
  doing: Doing,
  cooperative: NamedCooperative,
  { order, legalId, acted }: Ordered & { readonly acted: Acted },
): Done<undefined> {
  const { tx, provinceId, by } = doing;
  const { cooperativeId, countyCode, openedByPerson } = cooperative;
  const of = { provinceId, cooperativeId, countyCode, actId: acted.act.id };
  const { registration, board } = order;
  await moveCooperative(tx, {
    provinceId,
    cooperativeId,
    state: must(
      cooperativeStates.find((name) => name === acted.case.state),
      'a state of the table',
    ),
    version: acted.case.version,
    movedAt: acted.act.recordedAt,
    registered:
      order.act === 'register' && registration !== null && legalId !== null
        ? { number: normalise(registration.number), legalId }
        : null,
  });
  if (order.act === 'register') {
    const members = await listMembers(tx, { provinceId, cooperativeId });
    await insertRegistrations(tx, [
      {
        ...of,
        registrationId: acted.act.id,
        sourceKey: null,
        name: cooperative.name,
        kind: cooperative.kind,
        capital: capitalOf(members, cooperative.sharePrice),
        members: members.length,
        on: acted.act.happenedOn,
        recordedAt: acted.act.recordedAt,
      },
    ]);
  }
  if (order.act === 'agree')
    await insertAgreement(tx, { ...of, openedByPerson, agreedByPerson: by.personId });
  if (order.act === 'pay' || order.act === 'change_capital')
    await insertEntries(
      tx,
      { ...of, on: today(doing) },
      order.entries
        .filter(({ shares, paid }) => shares !== 0 || BigInt(paid) !== 0n)
        .map((one) => ({ ...one, paid: rial(one.paid) })),
    );
  if ((order.act === 'constitute' || order.act === 'elect_board') && board !== null) {
    const fromOn = dayFromIso(board.heldOn);
    const untilOn = boardUntil(await listRules(tx), fromOn);
    await insertBoard(tx, { ...of, fromOn, untilOn }, board.seats);
  }
  return ok();
}

/** A cooperative as an earlier register tells it: it has no case here. */
export type HistoryRow = Pick<RegistrationRow, 'countyCode' | 'name' | 'kind' | 'capital' | 'members' | 'on'>;

/** Cooperatives of before the province began with Karsaz, out of the register that a source names. */
export const importHistory = (
  { tx, clock, provinceId }: Pick<Doing, 'tx' | 'clock' | 'provinceId'>,
  { rows, sourceKey }: { readonly rows: readonly HistoryRow[]; readonly sourceKey: string },
): Promise<void> =>
  insertRegistrations(
    tx,
    rows.map((row) => ({
      ...row,
      provinceId,
      registrationId: newId(clock.now().getTime()),
      cooperativeId: null,
      sourceKey,
      recordedAt: clock.now(),
    })),
  );

export type Lock = LockedRow & { readonly ceiling: Rial | null };

/** What stands locked for cooperatives in a county, or in every county, with the ceiling per job of each line. */
export async function locksIn(
  tx: Tx,
  asked: { readonly provinceId: number; readonly countyCode: string | null; readonly today: Day },
): Promise<Lock[]> {
  const { provinceId, today: on } = asked;
  const rows = await listLocked(tx, asked);
  const ceilings = new Map<Id, Rial | null>();
  for (const lineId of new Set(rows.map((row) => row.lineId)))
    ceilings.set(lineId, await jobCeiling(tx, { provinceId, lineId, on }));
  return rows.map((row) => ({ ...row, ceiling: ceilings.get(row.lineId) ?? null }));
}

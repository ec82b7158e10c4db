import { actOnRecord, decideRole, doneBefore, hashOf } from '#casework/act/actions.ts';
import { choicesFor, openCase, timelineOf } from '#casework/actions.ts';
import type { Act, Acted, ActChoice, CaseRefusal } from '#casework/contract.ts';
import { dayOfInstant, fiscalYear, isoOf, type Day } from '#kernel/day.ts';
import { id, newId, type Id } from '#kernel/id.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { reachPerson, type KeyedHash } from '#party/person/actions.ts';
import type { PersonRefusal } from '#party/person/contract.ts';
import type { Doing as DoingAnywhere } from '#platform/once.ts';
import {
  supporterStates,
  type CapacityForm,
  type SupporterForm,
  type SupporterOrder,
  type SupporterPage,
  type SupporterRefusal,
} from './contract.ts';
import {
  findPerson,
  findStanding,
  insertApproval,
  insertCapacities,
  insertCapacityApprovals,
  insertSupporter,
  listCapacities,
  listCategoryKeys,
  listCountyCodes,
  listSupporters,
  listUse,
  lockSupporter,
  moveSupporter,
  widenToProvince,
  type CapacityRow,
  type NamedSupporter,
  type UseRow,
} from './queries.ts';
import {
  decideEntry,
  decideOnSupporter,
  decideProposal,
  decideVersion,
  supporterKind,
  type CapacityFacts,
} from './rules.ts';

/** In which transaction, province and name a deed is done, and how ids become hashes. */
export type Doing = DoingAnywhere & { readonly keyedHash: KeyedHash };
export type AnyRefusal = SupporterRefusal | CaseRefusal | PersonRefusal;
export type Done<Value> = Promise<Result<Value, AnyRefusal>>;

export const today = ({ clock }: Pick<Doing, 'clock'>): Day => dayOfInstant(clock.now().getTime());
export const fresh = ({ clock }: Pick<Doing, 'clock'>): Id => newId(clock.now().getTime());

/** The acts of a case in their order. */
export const actsOf = timelineOf;
export const choicesOf = (state: string, role: string): ActChoice[] => choicesFor(supporterKind, state, role);

type Place = { readonly categoryKey: string; readonly countyCode: string };
const isAt =
  ({ categoryKey, countyCode }: Place) =>
  (row: Place): boolean =>
    row.categoryKey === categoryKey && row.countyCode === countyCode;

/** Enters a supporter or driver with the capacity that is proposed for it. */
export async function enterSupporter(doing: Doing, form: SupporterForm): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(supporterKind, supporterKind.start.act, by.role);
  if (!mine.ok) return mine;
  if (by.scope.county !== null && by.scope.county !== form.countyCode)
    return refused({ kind: 'CountyNotYours', field: 'countyCode' });
  const supporterId = id(form.id);
  const on = today(doing);
  const person = await findPerson(tx, { provinceId, personId: form.personId });
  const before = await doneBefore(doing, supporterId, supporterId);
  if (before === undefined) {
    const decided = await decideEntering(doing, form, person);
    if (!decided.ok) return decided;
  }
  const opening = {
    id: supporterId,
    caseId: supporterId,
    provinceId,
    countyCode: form.countyCode,
    officeId: null,
    subjectId: id(form.personId),
    facts: { order: hashOf(form) },
    reason: null,
    happenedOn: before?.happenedOn ?? on,
  };
  const opened = await openCase(tx, supporterKind, { opening, by, clock });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: supporterId });
  await insertSupporter(tx, {
    provinceId,
    supporterId,
    personId: opening.subjectId,
    kind: form.kind,
    countyCode: form.countyCode,
    counties: [form.countyCode],
    recordYears: form.recordYears,
    ordersUnit: form.ordersUnit,
    ordersPeriod: form.ordersPeriod,
    listed: form.listed,
    openedByPerson: by.personId,
    enteredOn: on,
    proposalId: supporterId,
    proposedByPerson: by.personId,
    state: 'entered',
    version: opened.value.case.version,
    movedAt: opened.value.act.recordedAt,
  });
  await propose(doing, { supporterId, proposalId: supporterId, rows: form.capacities });
  return ok({ id: supporterId });
}

async function decideEntering(
  doing: Doing,
  form: SupporterForm,
  person: Awaited<ReturnType<typeof findPerson>>,
): Done<undefined> {
  const { tx, provinceId, by } = doing;
  const proposed = await decideProposed(doing, null, form.capacities);
  // Whether the person is a supporter elsewhere in the province, the county's own view does not tell.
  await widenToProvince(tx);
  const standing = await findStanding(tx, { provinceId, personId: form.personId });
  const entry = decideEntry({ form, person, standing });
  if (!entry.ok) return entry;
  return by.personId === form.personId ? refused({ kind: 'OwnFile' }) : proposed;
}

/** Whether these versions may be proposed, for a new supporter (null) or one that stands. */
async function decideProposed(
  doing: Doing,
  supporterId: Id | null,
  proposed: readonly CapacityForm[],
): Done<undefined> {
  const { tx, provinceId, by } = doing;
  const rows = supporterId === null ? [] : await listCapacities(tx, { provinceId, supporterId });
  const used = supporterId === null ? [] : await listUse(tx, { provinceId, supporterId });
  return decideProposal({
    proposed,
    countyOfDoer: by.scope.county,
    counties: await listCountyCodes(tx, provinceId),
    categories: await listCategoryKeys(tx),
    ...heldBy(rows, used),
    today: today(doing),
  });
}

/** The versions that hold and what is taken of them, by category and county. */
export const heldBy = (
  rows: readonly CapacityRow[],
  used: readonly UseRow[],
): Pick<CapacityFacts, 'versionsOf' | 'useOf'> => ({
  versionsOf: (place) => rows.filter((row) => row.approved && isAt(place)(row)),
  useOf: (place) => used.find(isAt(place)) ?? { links: 0, orders: 0n },
});

type Proposed = {
  readonly supporterId: Id;
  readonly proposalId: Id;
  readonly rows: readonly CapacityForm[];
};

const propose = (doing: Doing, { supporterId, proposalId, rows }: Proposed): Promise<void> =>
  insertCapacities(
    doing.tx,
    {
      provinceId: doing.provinceId,
      supporterId,
      proposalId,
      byPerson: doing.by.personId,
      on: today(doing),
    },
    rows.map(({ id: capacityId, ...row }) => ({ ...row, capacityId, closingId: fresh(doing) })),
  );

/** Does one act on a supporter, with the capacity that it brings. */
export const actOnSupporter = (
  doing: Doing,
  { supporterId, order }: { readonly supporterId: string; readonly order: SupporterOrder },
): Done<{ id: Id }> =>
  actOnRecord<NamedSupporter, AnyRefusal>(doing, {
    kind: supporterKind,
    order,
    find: async () => {
      const { tx, provinceId } = doing;
      await lockSupporter(tx, { provinceId, supporterId });
      const asked = { provinceId, supporterId, today: today(doing), limit: 1 };
      const [supporter] = await listSupporters(tx, asked);
      return supporter === undefined ? refused({ kind: 'SupporterMissing' }) : ok(supporter);
    },
    caseIdOf: (supporter) => supporter.supporterId,
    decide: (supporter) => decideActOn(doing, supporter, order),
    follow: (supporter, acted) => follow(doing, supporter, { order, acted }),
  });

const proposes = (name: string): boolean => name === 'propose_capacity' || name === 'resubmit';
const accepts = (name: string): boolean => name === 'approve' || name === 'accept_capacity';

async function decideActOn(
  doing: Doing,
  supporter: NamedSupporter,
  { act: name, listed, capacities }: SupporterOrder,
): Done<undefined> {
  const { tx, provinceId, by } = doing;
  const { supporterId, links } = supporter;
  const decided = decideOnSupporter({ act: name, listed, byPerson: by.personId, supporter, links });
  if (!decided.ok) return decided;
  if (proposes(name)) return decideProposed(doing, supporterId, capacities);
  if (!accepts(name)) return ok();
  const rows = await listCapacities(tx, { provinceId, supporterId });
  const held = heldBy(rows, await listUse(tx, { provinceId, supporterId }));
  for (const row of rows.filter(({ proposalId }) => proposalId === supporter.proposalId)) {
    const version = { ...row, fromOn: laterOf(row.fromOn, today(doing)) };
    const lawful = decideVersion({
      version,
      versions: held.versionsOf(row),
      use: held.useOf(row),
      field: (field) => field,
    });
    if (!lawful.ok) return lawful;
  }
  return ok();
}

const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);

type Following = { readonly order: SupporterOrder; readonly acted: Acted };

/** What an act brings about beside the case. */
async function follow(doing: Doing, supporter: NamedSupporter, { order, acted }: Following): Done<undefined> {
  const { tx, provinceId, by } = doing;
  const { supporterId } = supporter;
  const { id: actId, recordedAt } = acted.act;
  const on = today(doing);
  const rows = accepts(order.act) ? await listCapacities(tx, { provinceId, supporterId }) : [];
  const pending = rows.filter(({ proposalId }) => proposalId === supporter.proposalId);
  const counties = [...new Set([...supporter.counties, ...pending.map(({ countyCode }) => countyCode)])];
  await moveSupporter(tx, {
    provinceId,
    supporterId,
    state: must(
      supporterStates.find((name) => name === acted.case.state),
      'a state of the table',
    ),
    version: acted.case.version,
    movedAt: recordedAt,
    listed: order.listed ?? supporter.listed,
    counties,
    proposal: proposes(order.act) ? { id: actId, byPerson: by.personId } : null,
    ended: order.act === 'end' ? { on, year: fiscalYear(on), at: recordedAt, actId } : null,
  });
  if (proposes(order.act)) await propose(doing, { supporterId, proposalId: actId, rows: order.capacities });
  if (order.act === 'approve')
    await insertApproval(tx, {
      provinceId,
      supporterId,
      approvalId: actId,
      countyCode: supporter.countyCode,
      counties,
      kind: supporter.kind,
      openedByPerson: supporter.openedByPerson,
      approvedByPerson: by.personId,
      on,
      year: fiscalYear(on),
      recordedAt,
    });
  if (!accepts(order.act)) return ok();
  await insertCapacityApprovals(
    tx,
    { provinceId, supporterId, byPerson: by.personId, at: recordedAt },
    pending.map((row) => {
      const fromOn = laterOf(row.fromOn, on);
      const last = rows.findLast((one) => one.approved && isAt(row)(one));
      const { categoryKey, countyCode, capacityId, jobs, proposedByPerson } = row;
      return {
        categoryKey,
        countyCode,
        capacityId,
        jobs,
        change: jobs - (last?.jobs ?? 0),
        fromOn: isoOf(fromOn),
        fromYear: fiscalYear(fromOn),
        proposedByPerson,
      };
    }),
  );
  return openToCounties(doing, supporter, counties);
}

/** Offices that draft contracts with the supporter may read whose it is. */
async function openToCounties(
  doing: Doing,
  { personId, counties: before }: NamedSupporter,
  counties: readonly string[],
): Done<undefined> {
  for (const countyCode of counties.filter((code) => !before.includes(code))) {
    const order = { countyCode, officeId: null, reason: 'supporter' };
    const opened = await reachPerson(doing, { personId, order });
    if (!opened.ok) return opened;
  }
  return ok();
}

/** An act as the pages show it. */
export const actOnWire = (done: Act, names: ReadonlyMap<Id, string>): SupporterPage['acts'][number] => ({
  id: done.id,
  seq: done.seq,
  act: done.act,
  fromState: done.fromState,
  toState: done.toState,
  byRole: done.by.role,
  byName: names.get(done.by.personId) ?? null,
  happenedOn: isoOf(done.happenedOn),
  at: done.recordedAt.toISOString(),
  facts: { ...done.facts },
  reason: done.reason,
});

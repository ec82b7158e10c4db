import { actOnRecord, decideRole, doneBefore, hashOf } from '#casework/act/actions.ts';
import { choicesFor, openCase, timelineOf } from '#casework/actions.ts';
import type { Acted, ActChoice, CaseRefusal } from '#casework/contract.ts';
import { dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import { id, type Id } from '#kernel/id.ts';
import { latinDigits, normalise, readPhone } from '#kernel/persian.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Doing } from '#platform/once.ts';
import {
  agencyStates,
  type AgencyForm,
  type AgencyOrder,
  type Contact,
  type Correction,
  type PlacementRefusal,
} from './contract.ts';
import {
  insertAgency,
  insertApproval,
  insertPermit,
  isNumberTaken,
  listAgencies,
  listPermits,
  lockAgency,
  lockNumber,
  moveAgency,
  widenToProvince,
  type AgencyFacts,
  type NamedAgency,
  type PermitRow,
} from './queries.ts';
import { agencyKind, decideEntry, decideOnAgency, type AgencyActFacts } from './rules.ts';

export type { Doing };
export type AnyRefusal = PlacementRefusal | CaseRefusal;
type Done<Value> = Promise<Result<Value, AnyRefusal>>;

/** The kinds of case of this room. */
export const caseKinds: readonly CaseKind[] = [agencyKind];

const today = ({ clock }: Pick<Doing, 'clock'>): Day => dayOfInstant(clock.now().getTime());

/** The acts of a case in their order. */
export const actsOf = timelineOf;
export const choicesOf = (state: string, role: string): ActChoice[] => choicesFor(agencyKind, state, role);

/** As they are kept: one spelling of letters, a phone in Latin digits. */
const keptContact = ({ address, phone, listed }: Contact): Contact => ({
  address: address === null ? null : normalise(address),
  phone: readPhone(phone) ?? phone,
  listed,
});
const keptFacts = ({ name, kind, channel, permitNumber, ...contact }: Correction): AgencyFacts => ({
  name: normalise(name),
  kind,
  channel,
  permitNumber: numberOf(permitNumber),
  ...keptContact(contact),
});
const numberOf = (typed: string): string => latinDigits(normalise(typed));

/** Whether the number of a permit is another agency's anywhere in the province, which a county's own view does not tell. */
async function asksNumber(doing: Doing, agencyId: Id, typed: string): Promise<boolean> {
  const { tx, provinceId } = doing;
  const asked = { provinceId, agencyId, permitNumber: numberOf(typed) };
  await lockNumber(tx, asked);
  await widenToProvince(tx);
  return isNumberTaken(tx, asked);
}

/** Enters a placement agency with its permit, which another person approves. */
export async function enterAgency(doing: Doing, form: AgencyForm): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(agencyKind, agencyKind.start.act, by.role);
  if (!mine.ok) return mine;
  if (by.scope.county !== null && by.scope.county !== form.countyCode)
    return refused({ kind: 'CountyNotYours', field: 'countyCode' });
  const { id: typedId, countyCode, ...facts } = form;
  const agencyId = id(typedId);
  const on = today(doing);
  const before = await doneBefore(doing, agencyId, agencyId);
  if (before === undefined) {
    const taken = await asksNumber(doing, agencyId, form.permitNumber);
    const decided = decideEntry({ form: facts, isNumberTaken: taken, today: on, field: (name) => name });
    if (!decided.ok) return decided;
  }
  const opening = {
    id: agencyId,
    caseId: agencyId,
    provinceId,
    countyCode,
    officeId: null,
    subjectId: null,
    facts: { order: hashOf(form) },
    reason: null,
    happenedOn: before?.happenedOn ?? on,
  };
  const opened = await openCase(tx, agencyKind, { opening, by, clock });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: agencyId });
  await insertAgency(tx, {
    ...keptFacts(facts),
    provinceId,
    agencyId,
    countyCode,
    openedByPerson: by.personId,
    enteredOn: on,
    permitId: agencyId,
    permitProposedBy: by.personId,
    state: 'entered',
    version: opened.value.case.version,
    movedAt: opened.value.act.recordedAt,
  });
  const { validFrom, validUntil } = facts;
  const { seq } = opened.value.act;
  const permit = { permitId: agencyId, countyCode, seq, validFrom, validUntil, byPerson: by.personId, on };
  await insertPermit(tx, { provinceId, agencyId, ...permit });
  return ok({ id: agencyId });
}

/** Does one act on a placement agency, with the correction, address or permit that it brings. */
export const actOnAgency = (
  doing: Doing,
  { agencyId, order }: { readonly agencyId: string; readonly order: AgencyOrder },
): Done<{ id: Id }> =>
  actOnRecord<NamedAgency, AnyRefusal>(doing, {
    kind: agencyKind,
    order,
    find: async () => {
      const { tx, provinceId } = doing;
      await lockAgency(tx, { provinceId, agencyId });
      const [agency] = await listAgencies(tx, { provinceId, agencyId, today: today(doing), limit: 1 });
      return agency === undefined ? refused({ kind: 'PlacementAgencyMissing' }) : ok(agency);
    },
    caseIdOf: (agency) => agency.agencyId,
    decide: (agency) => decideActOn(doing, agency, order),
    follow: (agency, acted) => follow(doing, agency, { order, acted }),
  });

async function decideActOn(doing: Doing, agency: NamedAgency, order: AgencyOrder): Done<undefined> {
  const { tx, provinceId, by } = doing;
  const { agencyId } = agency;
  const permits = await listPermits(tx, { provinceId, agencyId });
  const number = order.act === 'resubmit' ? order.correction?.permitNumber : undefined;
  return decideOnAgency({
    order,
    byPerson: by.personId,
    agency: factsOf(agency, permits),
    isNumberTaken: number !== undefined && (await asksNumber(doing, agencyId, number)),
    today: today(doing),
  });
}

/** What decides over an agency's acts beside its state. */
export function factsOf(
  { channel, permitId, permitProposedBy }: NamedAgency,
  permits: readonly PermitRow[],
): AgencyActFacts['agency'] {
  const approved = permits.filter(({ approvedByPerson }) => approvedByPerson !== null);
  const waiting = permits.find((permit) => permit.permitId === permitId);
  return {
    channel,
    permitProposedBy,
    proposed: waiting && {
      validFrom: isoOf(waiting.validFrom),
      validUntil: isoOf(waiting.validUntil),
    },
    lastUntil: approved.reduce<Day | null>(
      (last, { validUntil }) => (last === null || validUntil > last ? validUntil : last),
      null,
    ),
  };
}

type Following = { readonly order: AgencyOrder; readonly acted: Acted };

/** What an act brings about beside the case. */
async function follow(doing: Doing, agency: NamedAgency, { order, acted }: Following): Done<undefined> {
  const { tx, provinceId, by } = doing;
  const { agencyId, countyCode } = agency;
  const { id: actId, seq, recordedAt } = acted.act;
  const { act: name, correction, contact } = order;
  const on = today(doing);
  const brought = name === 'resubmit' ? correction : name === 'propose_renewal' ? order.permit : null;
  await moveAgency(tx, {
    ...agency,
    ...(name === 'resubmit' && correction !== null ? keptFacts(correction) : {}),
    ...(name === 'change_contact' && contact !== null ? keptContact(contact) : {}),
    ...(brought === null ? {} : { permitId: actId, permitProposedBy: by.personId }),
    state: must(
      agencyStates.find((state) => state === acted.case.state),
      'a state of the table',
    ),
    version: acted.case.version,
    movedAt: recordedAt,
    endedOn: name === 'end' || name === 'annul' ? on : null,
  });
  if (brought !== null) {
    const { validFrom, validUntil } = brought;
    const permit = { permitId: actId, countyCode, seq, validFrom, validUntil, byPerson: by.personId, on };
    await insertPermit(tx, { provinceId, agencyId, ...permit });
  }
  if (name === 'approve' || name === 'accept_renewal')
    await insertApproval(tx, {
      agency,
      openedByPerson: name === 'approve' ? agency.openedByPerson : null,
      byPerson: by.personId,
      on,
      at: recordedAt,
    });
  return ok();
}

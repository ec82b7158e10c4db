import { actOnRecord, decideRole, doneBefore, hashOf } from '#casework/act/actions.ts';
import { choicesFor, openCase } from '#casework/actions.ts';
import type { Acted, ActChoice } from '#casework/contract.ts';
import { fiscalYear, isoOf } from '#kernel/day.ts';
import { id, type Id } from '#kernel/id.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { currentHead } from '#ledger/head/actions.ts';
import { qrOf } from '#licence/certificate/actions.ts';
import { reachPerson } from '#party/person/actions.ts';
import type { Tx } from '#platform/db.ts';
import { isSigned, type SigningKey } from '#platform/signature.ts';
import { heldBy, today, type AnyRefusal as SupportRefusal, type Doing } from '../actions.ts';
import {
  listCapacities,
  listSupporters,
  listUse,
  lockSupporter,
  widenToProvince,
  type NamedSupporter,
} from '../queries.ts';
import { capacityOn, supporterKind } from '../rules.ts';
import { contractStates, type ContractForm, type ContractOrder, type ContractRefusal } from './contract.ts';
import {
  endLink,
  findHolding,
  findOffice,
  findOpenContract,
  insertContract,
  insertLink,
  insertSignature,
  listContracts,
  listSignatures,
  moveContract,
  takeNumber,
  type ContractRow,
  type HoldingRow,
  type NamedContract,
} from './queries.ts';
import { contractKind, decideLink, decideSignature, freePlace, isLast, partyOf } from './rules.ts';

export type AnyRefusal = ContractRefusal | SupportRefusal;
export type Done<Value> = Promise<Result<Value, AnyRefusal>>;

export const caseKinds = [supporterKind, contractKind] as const;

export const choicesOf = (state: string, role: string): ActChoice[] => choicesFor(contractKind, state, role);
/** The newest seal of a province, printed under a contract (L14). */
export const printedHead = currentHead;
/** The picture of a code with a text. */
export const pictureOf = qrOf;

const codeMark = 'KARSAZ-CONTRACT1';

/** `KARSAZ-CONTRACT1|number|supporter|worker|occupation|county|from|signature` (Ed25519, base64url). */
export function signContract(row: NamedContract, key: SigningKey): string {
  const from = row.linkedOn === null ? null : isoOf(row.linkedOn);
  const fields = [row.number, row.supporterName, row.workerName, row.titleFa, row.countyFa, from];
  const text = [codeMark, ...fields.map((field) => (field ?? '').replaceAll('|', '/'))].join('|');
  return `${text}|${key.sign(Buffer.from(text, 'utf8')).toString('base64url')}`;
}

export type SignedContract = Readonly<
  Record<'number' | 'supporter' | 'worker' | 'occupation' | 'county' | 'from', string>
>;

/** What a code signed with this key says; undefined where the text is none of a contract. */
export function readContract(
  payload: string,
  publicKey: Buffer,
): SignedContract | 'forged' | 'unreadable' | undefined {
  const parts = payload.trim().split('|');
  if (parts[0] !== codeMark) return undefined;
  if (parts.length !== 8) return 'unreadable';
  const [, number = '', supporter = '', worker = '', occupation = '', county = '', from = ''] = parts;
  const given = parts.at(-1) ?? '';
  const signature = Buffer.from(given, 'base64url');
  const bytes = Buffer.from(parts.slice(0, -1).join('|'), 'utf8');
  // The decoder forgives: a signature in another writing than its own is not the one that was given.
  const isGenuine = signature.toString('base64url') === given && isSigned({ publicKey, bytes, signature });
  return isGenuine ? { number, supporter, worker, occupation, county, from } : 'forged';
}

/** Drafts a contract of a supporter with a home worker; the agency of the occupation is its third party. */
export async function draftContract(doing: Doing, form: ContractForm): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(contractKind, contractKind.start.act, by.role);
  if (!mine.ok) return mine;
  const contractId = id(form.id);
  const on = today(doing);
  await lockSupporter(tx, { provinceId, supporterId: form.supporterId });
  const [supporter] = await listSupporters(tx, {
    provinceId,
    supporterId: form.supporterId,
    today: on,
    limit: 1,
  });
  if (supporter === undefined) return refused({ kind: 'SupporterMissing' });
  const holding = await findHolding(tx, { provinceId, basisId: form.basisId, personId: form.workerId });
  if (holding === undefined || (by.scope.county !== null && by.scope.county !== holding.countyCode))
    return refused({ kind: 'NothingHeld', field: 'workerId' });
  const before = await doneBefore(doing, contractId, contractId);
  await widenToProvince(tx);
  const orders = BigInt(form.orders);
  if (before === undefined) {
    const decided = await decideLinking(tx, { ...doing, supporter, holding, orders });
    if (!decided.ok) return decided;
    const stands = await findOpenContract(tx, { provinceId, ...form, occupationId: holding.occupationId });
    if (stands !== undefined)
      return refused({ kind: 'ContractStands', draftedOn: stands.draftedOn, field: 'workerId' });
  }
  const office = must(
    await findOffice(tx, { provinceId, ...holding }),
    'the agency of an occupation is known',
  );
  const officeId = holding.officeId ?? office.officeId;
  if (officeId === null) return refused({ kind: 'AgencyOfficeMissing', ...office });
  const opening = {
    id: contractId,
    caseId: contractId,
    provinceId,
    countyCode: holding.countyCode,
    officeId,
    subjectId: holding.personId,
    facts: { order: hashOf(form), supporter: supporter.supporterId },
    reason: null,
    happenedOn: before?.happenedOn ?? on,
  };
  const opened = await openCase(tx, contractKind, { opening, by, clock });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: contractId });
  const inserted = await insertContract(tx, {
    ...holding,
    provinceId,
    contractId,
    number: await nextNumber(doing),
    supporterId: supporter.supporterId,
    supporterPersonId: supporter.personId,
    workerId: holding.personId,
    officeId,
    orders,
    draftedByPerson: by.personId,
    draftedOn: on,
    state: 'drafted',
    version: opened.value.case.version,
    movedAt: opened.value.act.recordedAt,
  });
  if (!inserted) return refused({ kind: 'ContractStands', draftedOn: on, field: 'workerId' });
  return openToOffice(doing, { contractId, officeId, personIds: [supporter.personId, holding.personId] });
}

/** «۳۰-۱۴۰۳-۰۰۰۱۲»: province, year and serial. */
async function nextNumber(doing: Doing): Promise<string> {
  const { tx, provinceId } = doing;
  const year = fiscalYear(today(doing));
  const serial = await takeNumber(tx, { provinceId, year });
  return [String(provinceId).padStart(2, '0'), String(year), String(serial).padStart(5, '0')].join('-');
}

type Opening = { readonly contractId: Id; readonly officeId: Id; readonly personIds: readonly Id[] };

/** The agency reads with whom it makes the contract. */
async function openToOffice(doing: Doing, { contractId, officeId, personIds }: Opening): Done<{ id: Id }> {
  for (const personId of personIds) {
    const order = { countyCode: null, officeId, reason: 'three_party_contract' };
    const opened = await reachPerson(inProvince(doing), { personId, order });
    if (!opened.ok) return opened;
  }
  return ok({ id: contractId });
}

/** The doer in the width of the province, for what spans offices and counties. */
const inProvince = (doing: Doing): Doing => ({
  ...doing,
  by: { ...doing.by, scope: { ...doing.by.scope, county: null, office: null, person: null } },
});

type Linking = Pick<Doing, 'provinceId' | 'clock'> & {
  readonly supporter: NamedSupporter;
  readonly holding: HoldingRow;
  readonly orders: bigint;
};

/** Whether the worker may be linked today; under the lock of the supporter nobody else takes the place meanwhile. */
async function decideLinking(tx: Tx, linking: Linking): Promise<Result<undefined, ContractRefusal>> {
  const { provinceId, clock, supporter, holding, orders } = linking;
  const { supporterId } = supporter;
  const held = heldBy(
    await listCapacities(tx, { provinceId, supporterId }),
    await listUse(tx, { provinceId, supporterId }),
  );
  return decideLink({
    supporter,
    workerId: holding.personId,
    holding,
    orders,
    versions: held.versionsOf(holding),
    use: held.useOf(holding),
    today: today({ clock }),
  });
}

/** Does one act on a contract. The third signature links the home worker. */
export const actOnContract = (
  doing: Doing,
  { contractId, order }: { readonly contractId: string; readonly order: ContractOrder },
): Done<{ id: Id }> =>
  actOnRecord<NamedContract, AnyRefusal>(doing, {
    kind: contractKind,
    order,
    find: async () => {
      const { tx, provinceId } = doing;
      const [seen] = await listContracts(tx, { provinceId, contractId, limit: 1 });
      if (seen === undefined) return refused({ kind: 'ContractMissing' });
      await widenToProvince(tx);
      await lockSupporter(tx, seen);
      // As it stands now that it is this one's turn.
      const [found] = await listContracts(tx, { provinceId, contractId, limit: 1 });
      return ok(must(found, 'a contract stays'));
    },
    caseIdOf: (contract) => contract.contractId,
    decide: async (contract) => {
      const hindrance = await findHindrance(doing.tx, { ...doing, contract, act: order.act });
      return hindrance === null ? ok() : refused(hindrance);
    },
    follow: (contract, acted) => follow(doing, contract, { order, acted }),
  });

type Hindering = Pick<Doing, 'provinceId' | 'clock' | 'by'> & {
  readonly contract: NamedContract;
  readonly act: ContractOrder['act'];
};

/** What beside state and role stands against an act; null when nothing does. The transaction sees the province. */
export async function findHindrance(tx: Tx, hindering: Hindering): Promise<ContractRefusal | null> {
  const { provinceId, clock, by, contract, act: name } = hindering;
  const party = partyOf(name);
  if (party === undefined) return null;
  const signed = await listSignatures(tx, contract);
  const decided = decideSignature({ ...contract, party, byPerson: by.personId, signed });
  if (!decided.ok) return decided.refusal;
  if (!isLast(contract.state, name)) return null;
  const [supporter] = await listSupporters(tx, {
    provinceId,
    supporterId: contract.supporterId,
    today: today({ clock }),
    limit: 1,
  });
  const holding = await findHolding(tx, { ...contract, personId: contract.workerId });
  if (holding === undefined) return { kind: 'NothingHeld', field: 'workerId' };
  const linked = await decideLinking(tx, {
    provinceId,
    clock,
    supporter: must(supporter, 'a contract has its supporter'),
    holding,
    orders: contract.orders,
  });
  return linked.ok ? null : linked.refusal;
}

type Following = { readonly order: ContractOrder; readonly acted: Acted };

/** What an act brings about beside the case. */
async function follow(doing: Doing, contract: ContractRow, { order, acted }: Following): Done<undefined> {
  const { tx, by } = doing;
  const { id: actId, recordedAt } = acted.act;
  const on = today(doing);
  const state = must(
    contractStates.find((name) => name === acted.case.state),
    'a state of the table',
  );
  await moveContract(tx, { ...contract, state, version: acted.case.version, movedAt: recordedAt });
  const party = partyOf(order.act);
  if (party !== undefined)
    await insertSignature(tx, contract, {
      party,
      signatureId: actId,
      byPerson: by.personId,
      byUser: by.userId,
      at: recordedAt,
    });
  if (state === 'in_force') await link(doing, contract, { linkId: actId, at: recordedAt });
  if (state === 'ended') await endLink(tx, contract, { on, year: fiscalYear(on), at: recordedAt, actId });
  return ok();
}

async function link(
  doing: Doing,
  contract: ContractRow,
  { linkId, at }: { readonly linkId: Id; readonly at: Date },
): Promise<void> {
  const { tx } = doing;
  const on = today(doing);
  const rows = await listCapacities(tx, contract);
  const isHere = ({ categoryKey, countyCode }: { categoryKey: string; countyCode: string }): boolean =>
    categoryKey === contract.categoryKey && countyCode === contract.countyCode;
  const now = must(
    capacityOn(
      rows.filter((row) => row.approved && isHere(row)),
      on,
    ),
    'a capacity in force was decided upon',
  );
  const used = (await listUse(tx, contract)).find(isHere);
  await insertLink(tx, contract, {
    linkId,
    placeNumber: freePlace(used?.taken ?? []),
    capacityId: now.capacityId,
    capacityJobs: now.jobs,
    on,
    year: fiscalYear(on),
    at,
  });
}

import { hashOf, type CaseDeed } from '#casework/act/actions.ts';
import { act, openCase, trackingOf } from '#casework/actions.ts';
import {
  caseTopic,
  citizenBy,
  showTrackingNumber,
  type Acted,
  type ActOrder,
  type CaseRefusal,
} from '#casework/contract.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { id, newId, type Id } from '#kernel/id.ts';
import { byKind, must, ok, refused, type ByKind, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import type { Doing } from '#platform/once.ts';
import { unnamed, writeMessage } from '#platform/outbox.ts';
import type { Address } from '#platform/posting.ts';
import type { Language } from '#platform/site.ts';
import { fresh, today } from '../actions.ts';
import { widenToProvince } from '../queries.ts';
import { findOfficeOf } from '../request/queries.ts';
import { numberTyped } from '../rules.ts';
import {
  complaintRefusalStatus,
  directorateKey,
  type ComplaintForm,
  type ComplaintRefusal,
} from './contract.ts';
import {
  eraseWords,
  findLicenceId,
  insertComplaint,
  insertPhone,
  listAgencies,
  listComplaints,
  listCountyNames,
  listPhones,
  moveComplaint,
  narrowAgain,
  setAnswer,
  type ComplaintRow,
} from './queries.ts';
import { answerKind, complaintKind, decideLodging, decideSending, decideTelling } from './rules.ts';

type Lodging = { readonly tx: Tx; readonly clock: Clock; readonly provinceId: number };

/** Takes in a complaint of somebody who stays unnamed, and gives back the number by which they follow it. */
export async function lodgeComplaint(
  lodging: Lodging,
  form: ComplaintForm,
  language: Language,
): Promise<Result<{ readonly number: string; readonly id: Id }, ComplaintRefusal>> {
  const { tx, clock, provinceId } = lodging;
  const licence = await licenceOf(lodging, form.licenceNumber);
  const decided = decideLodging({
    hasCounty: (await listCountyNames(tx, provinceId)).some(({ key }) => key === form.countyCode),
    isAgencyListed: (await listAgencies(tx, directorateKey)).some(({ key }) => key === form.agencyKey),
    licence,
    phone: form.phone,
  });
  if (!decided.ok) return decided;
  const { offence, countyCode, agencyKey, body } = form;
  const complaintId = newId(clock.now().getTime());
  const opened = await openCase(tx, complaintKind, {
    by: citizenBy,
    clock,
    opening: {
      id: complaintId,
      caseId: complaintId,
      provinceId,
      countyCode,
      officeId: null,
      subjectId: null,
      facts: {
        offence,
        agency: agencyKey,
        licence: licence?.licenceId ?? null,
        order: hashOf(form),
      },
      reason: null,
      happenedOn: today(lodging),
    },
  });
  const { act: lodged } = must(opened.ok ? opened.value : undefined, 'anybody may complain');
  const number = must(await trackingOf(tx, { provinceId, caseId: complaintId }), 'a case has its number');
  const row = {
    provinceId,
    complaintId,
    number,
    offence,
    countyCode,
    agencyKey,
    licenceId: licence?.licenceId ?? null,
    body,
    language,
    lodgedAt: lodged.recordedAt,
    state: 'lodged',
    version: lodged.seq,
  } as const;
  await insertComplaint(tx, row);
  if (decided.value !== null) await insertPhone(tx, row, decided.value);
  return ok({ number, id: complaintId });
}

async function licenceOf(
  { tx, provinceId }: Lodging,
  typed: string,
): Promise<{ readonly licenceId: Id } | null | undefined> {
  if (typed === '') return null;
  const read = numberTyped(typed);
  if (read === undefined || read.provinceId !== provinceId) return undefined;
  const licenceId = await findLicenceId(tx, { provinceId, number: read.number });
  return licenceId === undefined ? undefined : { licenceId };
}

type Deed = Promise<Result<Acted, CaseRefusal | ComplaintRefusal>>;
type At = { readonly doing: Doing; readonly order: ActOrder; readonly complaint: ComplaintRow };

/** The acts on a complaint and on the answer to one, with what each brings about on the other. */
export async function actOnComplaint(doing: Doing, order: ActOrder): Deed {
  const { tx, provinceId } = doing;
  const [complaint] = await listComplaints(tx, { provinceId, caseId: order.caseId, limit: 1 });
  if (complaint === undefined) return refused({ kind: 'ComplaintMissing' });
  const at = { doing, order, complaint };
  return complaint.complaintId === order.caseId ? actOnOwn(at) : answerOf(at);
}

/** Says a refusal of the room in its words, which the caller has. */
type Say = ByKind<ComplaintRefusal, Bilingual>;
const isOurs = (refusal: CaseRefusal | ComplaintRefusal): refusal is ComplaintRefusal =>
  Object.hasOwn(complaintRefusalStatus, refusal.kind);

export const complaintDeed =
  (say: Say): CaseDeed =>
  async (doing, order) => {
    const acted = await actOnComplaint(doing, order);
    if (acted.ok) return acted;
    const { refusal } = acted;
    if (!isOurs(refusal)) return refused(refusal);
    const { kind } = refusal;
    return refused({
      kind: 'DeedRefused',
      refusal: kind,
      status: complaintRefusalStatus[kind],
      words: byKind(refusal, say),
    });
  };

async function actOnOwn(at: At): Deed {
  const { doing, order, complaint } = at;
  const { tx, clock, provinceId, by } = doing;
  const acted = await act(tx, complaintKind, { provinceId, order, by, clock });
  if (!acted.ok || acted.value.outcome === 'replayed') return acted;
  await move(tx, acted.value, complaint);
  if (order.act === 'send_to_agency') {
    const sent = await askOffice(at);
    if (!sent.ok) return sent;
  }
  if (acted.value.act.fromState === 'with_agency') await recall(at);
  await tellOutcome(at, acted.value);
  return acted;
}

/** Tells the decision with its reason to the number that was left; the number itself is looked up when it is sent. */
async function tellOutcome({ doing, complaint }: At, { case: file, act: done }: Acted): Promise<void> {
  const { state } = file;
  const reason = decideTelling({ state, reason: done.reason, phone: complaint.phone });
  if (reason === null) return;
  const number = showTrackingNumber(complaint.number);
  await writeMessage(
    doing.tx,
    {
      provinceId: file.provinceId,
      channel: 'sms',
      personId: null,
      role: unnamed,
      countyCode: complaint.countyCode,
      officeId: null,
      topic: caseTopic,
      subjectId: file.id,
      facts: { kind: complaintKind.kind, act: done.act, state, actId: done.id, reason, number },
    },
    doing.clock,
  );
}

/** Where those are reached who left a number with their complaints, in the language of the page on which they did. */
export async function complainantsAt(
  tx: Tx,
  asked: { readonly provinceId: number; readonly subjectIds: readonly Id[] },
): Promise<ReadonlyMap<Id, Address>> {
  const { provinceId, subjectIds: complaintIds } = asked;
  const rows = await listPhones(tx, { provinceId, complaintIds });
  return new Map(
    rows.map(({ complaintId, phone, language }) => [complaintId, { phone, email: null, language }]),
  );
}

const move = (tx: Tx, { case: file, act: done }: Acted, complaint: ComplaintRow): Promise<void> =>
  moveComplaint(tx, {
    provinceId: file.provinceId,
    complaintId: complaint.complaintId,
    state: file.state,
    version: file.version,
    movedAt: done.recordedAt,
  });

/** Opens the case in which the office answers. */
async function askOffice({ doing, complaint }: At): Promise<Result<undefined, ComplaintRefusal>> {
  const { tx, clock, provinceId, by } = doing;
  const { agencyKey, countyCode, complaintId } = complaint;
  const office = must(await findOfficeOf(tx, { provinceId, agencyKey, countyCode }), 'a known agency');
  const decided = decideSending({ agencyKey, office });
  if (!decided.ok) return decided;
  const officeId = must(office.officeId, 'an office that was decided for');
  const answerId = fresh(doing);
  const opened = await openCase(tx, answerKind, {
    by,
    clock,
    opening: {
      id: answerId,
      caseId: answerId,
      provinceId,
      countyCode,
      officeId,
      subjectId: null,
      facts: { complaint: complaintId },
      reason: null,
      happenedOn: today(doing),
    },
  });
  must(opened.ok ? opened.value : undefined, 'whoever sends a complaint asks its office');
  await setAnswer(tx, complaint, { officeId, answerId });
  return ok();
}

/** Nothing waits for an answer any more once the complaint is decided. */
async function recall({ doing, complaint }: At): Promise<void> {
  const recalled = await actBeside(doing, answerKind, {
    caseId: must(complaint.answerId, 'a complaint with an agency has its answer'),
    act: 'recall',
    reason: null,
  });
  must(recalled.ok ? recalled.value : undefined, 'an answer that is waited for is recalled');
}

const actBeside = (
  doing: Doing,
  kind: typeof answerKind | typeof complaintKind,
  { caseId, act: name, reason }: Pick<ActOrder, 'caseId' | 'act' | 'reason'>,
): Promise<Result<Acted, CaseRefusal>> => {
  const { tx, clock, provinceId, by } = doing;
  return act(tx, kind, {
    provinceId,
    by,
    clock,
    order: {
      id: fresh(doing),
      caseId,
      act: name,
      seenVersion: null,
      facts: {},
      reason,
      happenedOn: today(doing),
    },
  });
};

/**
 * The office answers in its own case, and the complaint moves with it. The complaint is locked first, as it is by a
 * decision on it; the office's narrow scope comes back before anything else is done in the transaction.
 */
async function answerOf({ doing, order, complaint }: At): Deed {
  const { tx, clock, provinceId, by } = doing;
  if (order.act !== 'answer') return act(tx, answerKind, { provinceId, order, by, clock });
  await widenToProvince(tx);
  const moved = await actBeside(doing, complaintKind, {
    caseId: complaint.complaintId,
    act: 'answer',
    reason: order.reason,
  });
  if (moved.ok) await move(tx, moved.value, complaint);
  await narrowAgain(tx, by.scope);
  const answered = await act(tx, answerKind, { provinceId, order, by, clock });
  if (!answered.ok || answered.value.outcome === 'replayed' || moved.ok) return answered;
  return moved;
}

/** Erases what was written, and the number to call, under the letter that orders it (L4). */
export async function eraseComplaint(
  { tx, clock, provinceId, by }: Lodging & { readonly by: Actor },
  { complaintId, letterNumber }: { readonly complaintId: string; readonly letterNumber: string },
): Promise<Result<{ readonly id: Id }, ComplaintRefusal>> {
  const [complaint] = await listComplaints(tx, { provinceId, caseId: complaintId, limit: 1 });
  if (complaint === undefined) return refused({ kind: 'ComplaintMissing' });
  const erased = await eraseWords(tx, complaint, { by, at: clock.now(), under: letterNumber });
  return erased ? ok({ id: id(complaint.complaintId) }) : refused({ kind: 'ComplaintErased' });
}

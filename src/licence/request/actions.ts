import { act, openCase } from '#casework/actions.ts';
import { decideRole, doneBefore, hashOf, type CaseDesk, type CasesAbout } from '#casework/act/actions.ts';
import { type Acted, type CaseRefusal, caseRefusalStatus } from '#casework/contract.ts';
import { dayFromIso } from '#kernel/day.ts';
import { id, type Id } from '#kernel/id.ts';
import { type Bilingual } from '#kernel/indicator.ts';
import { type ByKind, byKind, must, ok, refused } from '#kernel/result.ts';
import { occupationOn } from '#occupation/edition/actions.ts';
import { tellLacking } from '#party/own/actions.ts';
import { birthOf, reachPerson } from '#party/person/actions.ts';
import { personRefusalStatus } from '#party/person/contract.ts';
import { ownSource } from '#place/contract.ts';
import { fresh, issueLicences, today, type AnyRefusal, type Doing, type Done, lapses } from '../actions.ts';
import { inProvince, settleHolder } from '../holder/actions.ts';
import { narrowAgain } from '../complaint/queries.ts';
import {
  licenceRefusalStatus,
  requestActs,
  requestStates,
  type RequestAct,
  type RequestForm,
  type RequestOrder,
} from '../contract.ts';
import { findBar, listConditions, listLicences, widenToProvince, type NamedLicence } from '../queries.ts';
import {
  decideAge,
  decideOnAct,
  decideRequest,
  licenceKind,
  promisedOn,
  requestKind,
  usualAgency,
  type HeldLicence,
} from '../rules.ts';
import {
  findFirstSignature,
  findOfficeOf,
  findOpenRequest,
  insertFirstSignature,
  insertInquiries,
  insertRequest,
  listOccupationsAsked,
  listRequests,
  lockHolder,
  updateRequest,
  type NamedRequest,
} from './queries.ts';

const most = 200;

export const heldOf = (row: NamedLicence): HeldLicence => ({
  licenceId: row.licenceId,
  number: row.number,
  personId: row.personId,
  occupationId: row.occupationId,
  validFrom: row.validFrom,
  expiresOn: row.expiresOn,
  ending: row.ending,
  renewed: row.renewedByNumber !== null,
});

/** The occupations for which requests ask, by their cases. */
export const occupationsAsked: CasesAbout = async (tx, { provinceId, caseIds }) => {
  const rows = await listOccupationsAsked(tx, { provinceId, requestIds: caseIds });
  return new Map(rows.map(({ requestId, titleFa, titleEn }) => [requestId, { fa: titleFa, en: titleEn }]));
};

/** Enters a request: the applicant for themselves, or an office for the person before its desk. */
export async function submitRequest(doing: Doing, form: RequestForm): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(requestKind, requestKind.start.act, by.role);
  if (!mine.ok) return mine;
  const requestId = id(form.id);
  const { countyCode } = form.holder;
  if (by.scope.county !== null && by.scope.county !== countyCode)
    return refused({ kind: 'CountyElsewhere', countyCode, field: 'holder.countyCode' });
  const holder = await settleHolder(doing, form);
  if (!holder.ok) return holder;
  const { personId, phone } = holder.value;
  const subjectId = by.scope.person === null ? personId : id(by.scope.person);
  await widenToProvince(tx);
  await lockHolder(tx, provinceId, personId);
  // A double click has waited here for the first one, and now sees what that one did.
  const before = await doneBefore(doing, requestId, requestId);
  const on = today(doing);
  const opening = {
    id: requestId,
    caseId: requestId,
    provinceId,
    countyCode,
    officeId: null,
    subjectId,
    facts: { order: hashOf(form) },
    reason: null,
    happenedOn: before?.happenedOn ?? on,
  };
  const routed = await routeOf(doing, form.occupationId, countyCode);
  if (!routed.ok) return routed;
  if (before === undefined) {
    const decided = await decideFor(doing, form, personId);
    if (!decided.ok) return decided;
  }
  const { office, review, entry } = routed.value;
  const opened = await openCase(tx, requestKind, {
    opening: { ...opening, officeId: office, reviewOfficeId: review },
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: requestId });
  await insertRequest(tx, {
    provinceId,
    requestId,
    personId,
    subjectId,
    countyCode,
    occupationId: form.occupationId,
    categoryKey: entry.categoryKey,
    agencyKey: entry.agencyKey ?? usualAgency,
    officeId: office,
    extraCheck: entry.extraCheck,
    reviewOfficeId: review,
    renewsLicenceId: form.renews === null ? null : id(form.renews),
    selfService: by.scope.person !== null,
    submittedOn: on,
    promisedOn: promisedOn(on),
    state: 'submitted',
    version: opened.value.case.version,
    movedAt: opened.value.act.recordedAt,
  });
  await tellLacking(inProvince(doing), personId, { ...form.holder, phone });
  for (const officeId of [office, review])
    if (officeId !== null)
      await reachPerson(inProvince(doing), {
        personId,
        order: { countyCode: null, officeId, reason: 'licence' },
      });
  return ok({ id: requestId });
}

type Routed = {
  readonly entry: NonNullable<Awaited<ReturnType<typeof occupationOn>>>;
  readonly office: Id;
  readonly review: Id | null;
};

/** The offices with which a request for an occupation lies in this province. */
async function routeOf(
  { tx, clock, provinceId }: Doing,
  occupationId: number,
  countyCode: string,
): Done<Routed> {
  const entry = await occupationOn(tx, { occupationId, on: today({ clock }) });
  if (entry === undefined)
    return refused({ kind: 'OccupationNotListed', occupationId, field: 'occupationId' });
  const offices: Id[] = [];
  for (const agencyKey of [entry.agencyKey ?? usualAgency, entry.extraCheck]) {
    if (agencyKey === null) continue;
    const found = must(await findOfficeOf(tx, { provinceId, agencyKey, countyCode }), 'a known agency');
    if (found.officeId === null)
      return refused({ kind: 'OfficeNotThere', agencyFa: found.shortFa, agencyEn: found.shortEn });
    offices.push(found.officeId);
  }
  return ok({ entry, office: must(offices[0], 'an office'), review: offices[1] ?? null });
}

async function decideFor({ tx, clock, provinceId }: Doing, form: RequestForm, personId: Id): Done<undefined> {
  const { occupationId, renews, holder } = form;
  const bornOn =
    holder.bornOn === null ? await birthOf(tx, { provinceId, personId }) : dayFromIso(holder.bornOn);
  const age = decideAge(bornOn, today({ clock }));
  if (!age.ok) return age;
  const held = (await listLicences(tx, { provinceId, personId, limit: most })).map(heldOf);
  const [renewed] =
    renews === null ? [] : await listLicences(tx, { provinceId, licenceId: renews, limit: 1 });
  return decideRequest({
    personId,
    occupationId,
    today: today({ clock }),
    barredUntil: await findBar(tx, provinceId, personId),
    held: held.filter((one) => one.occupationId === occupationId),
    openRequest: await findOpenRequest(tx, { provinceId, personId, occupationId }),
    renews: renews === null ? null : renewed && heldOf(renewed),
  });
}

/** What a deed on a request needs: it enters no person, so that it hashes no national id. */
type Acting = Omit<Doing, 'keyedHash'>;

/** Does one act on a request. The second signature issues the licence. */
export async function actOnRequest(
  doing: Acting,
  { requestId, order }: { readonly requestId: string; readonly order: RequestOrder },
): Done<Acted> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(requestKind, order.act, by.role);
  if (!mine.ok) return mine;
  const asked = { provinceId, requestId, state: null, countyCode: null, agencyKey: null, limit: 1 };
  const [request] = await listRequests(tx, asked);
  if (request === undefined) return refused({ kind: 'RequestMissing' });
  await widenToProvince(tx);
  const before = await doneBefore(doing, request.requestId, order.id);
  if (before === undefined) {
    const decided = await decideActOn(doing, request, order);
    if (!decided.ok) return decided;
    const alone = await decideAlone(doing, request, order.act);
    if (!alone.ok) return alone;
  }
  const { conditionNumber } = order;
  const acted = await act(tx, requestKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: request.requestId,
      act: order.act,
      seenVersion: order.seenVersion,
      facts: {
        ...(order.act === 'refuse' ? { condition: conditionNumber } : {}),
        ...(order.act === 'pass_inquiry' ? { inquiry: 'clear' } : {}),
      },
      reason: order.reason,
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'acted') await follow(doing, request, order, acted.value);
  return acted;
}

/** A refusal cites a condition and an inquiry has two answers: these are asked for on the page of the request alone. */
const ownPageActs: readonly RequestAct[] = ['refuse', 'pass_inquiry'];

type OwnRefusal = Exclude<AnyRefusal, CaseRefusal>;
const ownStatus: Readonly<Record<string, number>> = { ...licenceRefusalStatus, ...personRefusalStatus };
const isOfCase = (refusal: AnyRefusal): refusal is CaseRefusal =>
  Object.hasOwn(caseRefusalStatus, refusal.kind);

/** How requests are dealt with from the page of the case and in bulk; refusals of the room are said in the caller's words. */
export const requestDesk = (say: ByKind<OwnRefusal, Bilingual>): Omit<CaseDesk, 'kind' | 'words'> => ({
  page: ({ caseId }) => `/licences/requests/${caseId}`,
  begin: '/licences/new',
  about: occupationsAsked,
  aftermath: lapses.licence_request,
  ownPageActs,
  deed: async (doing, { id: actId, caseId, act: name, seenVersion, reason }) => {
    const named = must(
      requestActs.find((known) => known === name),
      'an act of the kind',
    );
    const order = {
      id: actId,
      act: named,
      seenVersion: seenVersion ?? 0,
      reason,
      conditionNumber: null,
      inquiry: null,
    };
    const acted = await actOnRequest(doing, { requestId: caseId, order });
    // The rest of a bulk is looked for within the doer's own scope again.
    await narrowAgain(doing.tx, doing.by.scope);
    if (acted.ok) return acted;
    const { refusal } = acted;
    if (isOfCase(refusal)) return refused(refusal);
    const status = must(ownStatus[refusal.kind], 'each refusal has its status');
    return refused({ kind: 'DeedRefused', refusal: refusal.kind, status, words: byKind(refusal, say) });
  },
});

async function decideActOn(doing: Acting, request: NamedRequest, order: RequestOrder): Done<undefined> {
  const { tx, provinceId, by } = doing;
  const on = today(doing);
  const condition = (await listConditions(tx)).find((one) => one.conditionNumber === order.conditionNumber);
  const { extraCheck, countyCode } = request;
  const body =
    extraCheck === null
      ? undefined
      : await findOfficeOf(tx, { provinceId, agencyKey: extraCheck, countyCode });
  return decideOnAct({
    order,
    state: request.state,
    request,
    by,
    firstSignedBy: (await findFirstSignature(tx, request))?.signedByPerson ?? null,
    conditionInForce:
      condition !== undefined &&
      condition.inForceFrom <= on &&
      (condition.inForceUntil === null || on <= condition.inForceUntil),
    body: { fa: body?.shortFa ?? '', en: body?.shortEn ?? '' },
  });
}

/** The deeds on the way to a licence, each with the state in which it is lawful. */
const waysToLicence: Readonly<Record<string, string>> = {
  object: 'turned_down',
  reopen: 'objected',
  sign_second: 'first_signed',
};

/** Whoever asked anew while an objection lay open must not get two licences of one occupation: asked at each way to one. */
async function decideAlone(doing: Acting, request: NamedRequest, deed: string): Done<undefined> {
  if (request.renewsLicenceId !== null || waysToLicence[deed] !== request.state) return ok();
  const { tx, provinceId } = doing;
  const { personId, occupationId, requestId } = request;
  await lockHolder(tx, provinceId, personId);
  const held = (await listLicences(tx, { provinceId, personId, limit: most })).map(heldOf);
  return decideRequest({
    personId,
    occupationId,
    today: today(doing),
    barredUntil: null,
    held: held.filter((one) => one.occupationId === occupationId),
    openRequest: await findOpenRequest(tx, { provinceId, personId, occupationId, except: requestId }),
    renews: null,
  });
}

/** What an act brings about beside the case. */
async function follow(
  doing: Acting,
  request: NamedRequest,
  order: RequestOrder,
  acted: Acted,
): Promise<void> {
  const { tx, by, provinceId } = doing;
  const { requestId } = request;
  const on = today(doing);
  const state = must(
    requestStates.find((name) => name === acted.case.state),
    'a state of the table',
  );
  await updateRequest(tx, {
    provinceId,
    requestId,
    state,
    version: acted.case.version,
    movedAt: acted.act.recordedAt,
    again: order.act === 'resubmit' ? { submittedOn: on, promisedOn: promisedOn(on) } : null,
  });
  if (order.act === 'pass_inquiry' && order.inquiry !== null)
    await insertInquiries(tx, request, {
      inquiryId: acted.act.id,
      at: acted.act.recordedAt,
      answers: order.inquiry,
    });
  if (order.act === 'sign_first')
    await insertFirstSignature(tx, request, {
      firstSignatureId: acted.act.id,
      signedByPerson: by.personId,
      signedByUser: by.userId,
      at: acted.act.recordedAt,
    });
  if (order.act === 'sign_second') await issue(doing, request);
}

async function issue(doing: Acting, request: NamedRequest): Promise<void> {
  const { tx, by, clock, provinceId } = doing;
  const first = must(await findFirstSignature(tx, request), 'a request in its state has its first signature');
  const licenceId = fresh(doing);
  const [renewed] =
    request.renewsLicenceId === null
      ? []
      : await listLicences(tx, { provinceId, licenceId: request.renewsLicenceId, limit: 1 });
  await issueLicences(doing, [
    {
      licenceId,
      origin: 'signed',
      requestId: request.requestId,
      personId: request.personId,
      subjectId: request.subjectId,
      countyCode: request.countyCode,
      officeId: request.officeId,
      occupationId: request.occupationId,
      categoryKey: request.categoryKey,
      agencyKey: request.agencyKey,
      issuedOn: today(doing),
      firstSignatureId: first.firstSignatureId,
      firstSignedByPerson: first.signedByPerson,
      secondSignedByPerson: by.personId,
      secondSignedByUser: by.userId,
      renewsLicenceId: request.renewsLicenceId,
      renewsExpiresOn: renewed?.expiresOn ?? null,
      sourceKey: ownSource,
    },
  ]);
  const opening = {
    id: licenceId,
    caseId: licenceId,
    provinceId,
    countyCode: request.countyCode,
    officeId: request.officeId,
    subjectId: request.subjectId,
    facts: { request: request.requestId },
    reason: null,
    happenedOn: today(doing),
  };
  const opened = await openCase(tx, licenceKind, { opening, by, clock });
  must(opened.ok ? opened.value : undefined, 'a new licence opens its case');
}

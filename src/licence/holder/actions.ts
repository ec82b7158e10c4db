import { listJoinings, phoneOfAccount, wasOpenedBy } from '#access/join/actions.ts';
import { bearsNationalId } from '#access/user/actions.ts';
import { id, type Id } from '#kernel/id.ts';
import { readPhone } from '#kernel/persian.ts';
import { must, ok, refused } from '#kernel/result.ts';
import { addressesOf, enterPerson, isCalled, isOneName } from '#party/person/actions.ts';
import type { Tx } from '#platform/db.ts';
import { fresh, type Doing, type Done } from '../actions.ts';
import type { RequestForm } from '../contract.ts';
import { widenToProvince } from '../queries.ts';

/** The doer in the width of the province, for what spans offices and counties. */
export const inProvince = (doing: Doing): Doing => ({
  ...doing,
  by: { ...doing.by, scope: { ...doing.by.scope, county: null, office: null, person: null } },
});

/**
 * The person who asks, entered in `party` where they are new. An applicant is kept under their own account's person, and
 * asks for nobody else.
 */
export async function settleHolder(doing: Doing, form: RequestForm): Done<Settled> {
  const told = await settlePhone(doing, form.holder);
  if (!told.ok) return told;
  const phone = told.value;
  const entered = await settlePerson(doing, { ...form.holder, phone });
  if (!entered.ok) return entered;
  const personId = entered.value;
  if (doing.by.scope.person !== null || phone === null) return ok({ personId, phone });
  await widenToProvince(doing.tx);
  const proved = await listJoinings(doing.tx, personId);
  const isProved = proved.length === 0 || proved.some((joining) => joining.phone === readPhone(phone));
  if (isProved || (await phoneOf(doing, personId)) !== null) return ok({ personId, phone });
  return refused({ kind: 'PhoneNotAsJoined', field: 'holder.phone' });
}

/** The person of a request, and the phone that their record may be told. */
export type Settled = { readonly personId: Id; readonly phone: string | null };

const phoneOf = async ({ tx, provinceId }: Doing, personId: Id): Promise<string | null> =>
  (await addressesOf(tx, { provinceId, personIds: [personId] })).get(personId)?.phone ?? null;

/**
 * The phone that a request of an applicant carries: the one by whose code they joined, for nobody has proved another.
 * What the office has moved it to since then stands in the record and may be repeated.
 */
async function settlePhone(doing: Doing, { phone, nationalId }: RequestForm['holder']): Done<string | null> {
  const { tx, by } = doing;
  if (by.scope.person === null) return ok(phone);
  const personId = id(by.scope.person);
  if (!(await bearsNationalId(tx, doing.keyedHash, { personId, nationalId })))
    return refused({ kind: 'NationalIdOfAnother', field: 'holder.nationalId' });
  const proved = await phoneOfAccount(tx, by.userId);
  if (proved === undefined) return ok(phone);
  if (phone === null || readPhone(phone) === proved) return ok(proved);
  await widenToProvince(tx);
  const kept = await phoneOf(doing, personId);
  return kept !== null && kept === readPhone(phone)
    ? ok(proved)
    : refused({ kind: 'PhoneNotAsJoined', field: 'holder.phone' });
}

async function settlePerson(doing: Doing, holder: RequestForm['holder']): Done<Id> {
  const { by, provinceId } = doing;
  const isOwn = by.scope.person !== null;
  const personId = isOwn ? id(must(by.scope.person, 'an applicant is a person')) : fresh(doing);
  const order = {
    ...holder,
    id: personId,
    form: 'natural' as const,
    fatherName: null,
    gender: null,
    settlement: null,
    email: null,
  };
  if (isOwn) await widenToProvince(doing.tx);
  const entered = await enterPerson(isOwn ? inProvince(doing) : doing, order);
  if (entered.ok) return ok(entered.value.id);
  const { refusal } = entered;
  if (refusal.kind !== 'PersonKnown') return entered;
  if (refusal.personId === personId) return ok(personId);
  if (!isOwn) {
    // Whoever stands at the counter under another's national id must not ask in their name.
    const kept = { provinceId, personId: refusal.personId };
    const isThem = await isCalled(doing.tx, kept, holder);
    return isThem ? ok(refusal.personId) : refused({ kind: 'PersonNotAsKept', field: 'holder.lastName' });
  }
  // The county entered them after they had opened their account: the same national id, reached at the same phone.
  const phone = await phoneOf(doing, refusal.personId);
  const isReached = phone !== null && (await wasOpenedBy(doing.tx, by.userId, phone));
  return isReached ? ok(refusal.personId) : refused({ kind: 'HolderIsAnother', field: 'holder.nationalId' });
}

type Asker = { readonly subjectId: Id; readonly personId: Id; readonly holderName: string | null };

/**
 * The name under which the holder of a request joined, where their record bears another: a code proves a phone and no
 * name, so whoever records the inquiry must see both. The transaction must see the whole province.
 */
export async function joinedAs(tx: Tx, { subjectId, personId, holderName }: Asker): Promise<string | null> {
  if (holderName === null) return null;
  for (const theirs of new Set([subjectId, personId]))
    for (const { name } of await listJoinings(tx, theirs)) if (!isOneName(name, holderName)) return name;
  return null;
}

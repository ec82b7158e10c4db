import { phoneOfAccount } from '#access/join/actions.ts';
import { identityBehind } from '#access/user/actions.ts';
import type { Actor } from '#kernel/actor.ts';
import { isoOf } from '#kernel/day.ts';
import { id, type Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import { addressesOf, findChangeable, freshId, recordFact, todayAt, type Doing } from '../person/actions.ts';
import { findByIdentity, findPerson, isoOrNull, widenToProvince, type PersonRow } from '../person/queries.ts';
import type { OwnRecord } from './contract.ts';
import { mendableOf } from './rules.ts';

type Asked = { readonly provinceId: number; readonly by: Actor };

/**
 * What a province keeps of the person behind an account, and of nobody else. A person's fence is not widened to
 * themselves, which every search would pay for: the transaction is, once it is known whose record is meant.
 */
export async function findOwn(tx: Tx, { provinceId, by }: Asked): Promise<OwnRecord> {
  const { person } = by.scope;
  const phone = (await phoneOfAccount(tx, by.userId)) ?? null;
  const kept =
    person === null ? undefined : await findKept(tx, { provinceId, by, personId: id(person), phone });
  const addresses =
    kept === undefined ? undefined : await addressesOf(tx, { provinceId, personIds: [kept.personId] });
  const record = {
    nationalId: kept?.nationalId ?? null,
    firstName: kept?.firstName ?? null,
    lastName: kept?.lastName ?? null,
    bornOn: isoOrNull(kept?.bornOn ?? null),
    countyCode: kept?.countyCode ?? null,
    phone: (kept && addresses?.get(kept.personId)?.phone) ?? null,
  };
  // Where the record has no phone, the one by whose code the account was opened stands for it.
  return { record: { ...record, phone: record.phone ?? phone }, mendable: mendableOf(record, phone) };
}

type Account = Asked & { readonly personId: Id; readonly phone: string | null };

async function findKept(tx: Tx, { provinceId, personId, phone }: Account): Promise<PersonRow | undefined> {
  const identityHash = await identityBehind(tx, personId);
  await widenToProvince(tx);
  const own = await findPerson(tx, { provinceId, personId });
  if (own !== undefined) return own.erasureId === null ? own : undefined;
  if (identityHash === undefined || phone === null) return undefined;
  // An office entered them after they had opened their account: theirs when it is reached at the same phone.
  const entered = await findByIdentity(tx, { provinceId, identityHash });
  return entered?.phone === phone ? entered : undefined;
}

export type Told = { readonly bornOn: string | null; readonly phone: string | null };

/**
 * Adds to a kept person what they told and the record lacks. What it has stays: a form is no way to change it. The
 * transaction must see the whole province.
 */
export async function tellLacking(doing: Doing, personId: Id, told: Told): Promise<void> {
  const found = await findChangeable(doing, personId);
  const { refusal } = found.ok ? { refusal: null } : found;
  if (refusal?.kind === 'PersonMerged') return tellLacking(doing, refusal.personId, told);
  if (!found.ok) return;
  const person = found.value;
  const lacking = [
    { kind: 'born_on', value: person.bornOn === null ? told.bornOn : null },
    { kind: 'phone', value: person.phone === null ? told.phone : null },
  ] as const;
  const sinceOn = isoOf(todayAt(doing.clock));
  for (const { kind, value } of lacking)
    if (value !== null)
      await recordFact(doing, {
        personId,
        order: { id: freshId(doing.clock), kind, value, sinceOn, source: 'declared', inquiredOn: null },
      });
}

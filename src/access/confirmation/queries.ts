import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';

/** The province under whose fence the transaction stands from now on. */
export async function standIn(tx: Tx, provinceId: number): Promise<void> {
  await sql`select set_config('app.province', ${String(provinceId)}, true)`.execute(tx);
}

/** Who bears an identity among the persons behind accounts. */
export async function findBearer(
  tx: Tx,
  identityHash: Buffer,
): Promise<{ readonly personId: Id; readonly enteredAt: Date } | undefined> {
  const { rows } = await sql<{ personId: Id; enteredAt: Date }>`
    select person_id as "personId", entered_at as "enteredAt" from access.person
    where identity_hash = ${identityHash}
  `.execute(tx);
  return rows[0];
}

/** Takes an identity from a person; false when another command did. */
export async function giveUpIdentity(
  tx: Tx,
  asked: { readonly personId: Id; readonly identityHash: Buffer; readonly instead: Buffer },
): Promise<boolean> {
  const { rows } = await sql`
    update access.person set identity_hash = ${asked.instead}
    where person_id = ${asked.personId} and identity_hash = ${asked.identityHash}
    returning person_id
  `.execute(tx);
  return rows.length === 1;
}

export type NewConfirmation = {
  readonly provinceId: number;
  readonly confirmationId: string;
  readonly personId: Id;
  readonly releasedId: Id;
  readonly identityHash: Buffer;
  readonly phoneHash: Buffer;
  readonly reason: string;
  readonly by: { readonly userId: Id; readonly personId: Id; readonly at: Date };
};

export async function insertConfirmation(tx: Tx, confirmation: NewConfirmation): Promise<void> {
  const { by } = confirmation;
  await sql`
    insert into access.identity_confirmation (
      province_id, confirmation_id, person_id, released_person_id, identity_hash, phone_hash, reason,
      confirmer_user_id, confirmer_person_id, confirmed_at
    ) values (
      ${confirmation.provinceId}, ${confirmation.confirmationId}, ${confirmation.personId},
      ${confirmation.releasedId}, ${confirmation.identityHash}, ${confirmation.phoneHash},
      ${confirmation.reason}, ${by.userId}, ${by.personId}, ${by.at}
    )
  `.execute(tx);
}

/** The keyed hash of the phone at which whoever bears this identity was seen; undefined where no office saw them. */
export async function findSeenPhone(tx: Tx, identityHash: Buffer): Promise<Buffer | undefined> {
  const { rows } = await sql<{ phone_hash: Buffer }>`
    select phone_hash from access.identity_confirmation where identity_hash = ${identityHash}
    order by confirmed_at desc, confirmation_id desc limit 1
  `.execute(tx);
  return rows[0]?.phone_hash;
}

export type ConfirmationRow = {
  readonly confirmationId: Id;
  readonly reason: string;
  readonly confirmedBy: string;
  readonly confirmedAt: Date;
};

/** What the offices of a province have confirmed of a person, the newest first. */
export async function listConfirmations(
  tx: Tx,
  { provinceId, personId }: { readonly provinceId: number; readonly personId: string },
): Promise<ConfirmationRow[]> {
  const { rows } = await sql<ConfirmationRow>`
    select confirmation.confirmation_id as "confirmationId", confirmation.reason,
      confirmer.name as "confirmedBy", confirmation.confirmed_at as "confirmedAt"
    from access.identity_confirmation confirmation
    join access.person confirmer on confirmer.person_id = confirmation.confirmer_person_id
    where confirmation.province_id = ${provinceId} and confirmation.person_id = ${personId}::uuid
    order by confirmation.confirmed_at desc, confirmation.confirmation_id desc
  `.execute(tx);
  return rows;
}

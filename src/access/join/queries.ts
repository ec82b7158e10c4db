import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';

/** Whose code it is: a person and a phone in a province, both as keyed hashes. */
export type CodeKey = {
  readonly provinceId: number;
  readonly identityHash: Buffer;
  readonly phoneHash: Buffer;
};

export type NewCode = CodeKey & {
  readonly codeId: Id;
  readonly codeHash: Buffer;
  readonly triesLeft: number;
  readonly madeAt: Date;
  readonly expiresAt: Date;
};

/** Keeps a code; the older one of the same person and phone is over with it. */
export async function upsertCode(tx: Tx, code: NewCode): Promise<void> {
  await sql`
    insert into access.join_code (
      province_id, identity_hash, phone_hash, code_id, code_hash, tries_left, made_at, expires_at
    ) values (
      ${code.provinceId}, ${code.identityHash}, ${code.phoneHash}, ${code.codeId}, ${code.codeHash},
      ${code.triesLeft}, ${code.madeAt}, ${code.expiresAt}
    )
    on conflict on constraint join_code_pkey do update set
      code_id = excluded.code_id, code_hash = excluded.code_hash, tries_left = excluded.tries_left,
      made_at = excluded.made_at, expires_at = excluded.expires_at
  `.execute(tx);
}

/** Takes away the codes of a province whose time is over. */
export async function sweepCodes(
  tx: Tx,
  { provinceId, now }: { readonly provinceId: number; readonly now: Date },
): Promise<void> {
  await sql`
    delete from access.join_code where province_id = ${provinceId} and expires_at <= ${now}
  `.execute(tx);
}

export type TriedCode = { readonly codeId: Id; readonly codeHash: Buffer; readonly triesLeft: number };

/** Counts one try and gives back what it is compared with; undefined when no try is left or the time is over. */
export async function takeTry(tx: Tx, key: CodeKey, now: Date): Promise<TriedCode | undefined> {
  const { rows } = await sql<TriedCode>`
    update access.join_code set tries_left = tries_left - 1
    where province_id = ${key.provinceId} and identity_hash = ${key.identityHash}
      and phone_hash = ${key.phoneHash} and tries_left > 0 and expires_at > ${now}
    returning code_id as "codeId", code_hash as "codeHash", tries_left as "triesLeft"
  `.execute(tx);
  return rows[0];
}

/** Uses a code up; false when another request did, or a newer code stands in its place. */
export async function takeCode(tx: Tx, key: CodeKey, codeId: Id): Promise<boolean> {
  const { rows } = await sql`
    delete from access.join_code
    where province_id = ${key.provinceId} and identity_hash = ${key.identityHash}
      and phone_hash = ${key.phoneHash} and code_id = ${codeId}
    returning code_id
  `.execute(tx);
  return rows.length === 1;
}

export type AccountRow = {
  readonly userId: Id;
  readonly personId: Id;
  readonly username: string;
  readonly name: string;
  readonly lockedAt: Date | null;
};

/** The accounts of the person with this identity, the oldest first. */
export async function listAccountsOf(tx: Tx, identityHash: Buffer): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select account.user_id as "userId", account.person_id as "personId", account.username, account.name,
      account.locked_at as "lockedAt"
    from access.person person
    join access.read_user account on account.person_id = person.person_id
    where person.identity_hash = ${identityHash}
    order by account.user_id
  `.execute(tx);
  return rows;
}

/** The accounts of a person, the oldest first. */
export async function listAccountsBy(tx: Tx, personId: Id): Promise<Pick<AccountRow, 'username' | 'name'>[]> {
  const { rows } = await sql<Pick<AccountRow, 'username' | 'name'>>`
    select account.username, account.name from access.read_user account
    where account.person_id = ${personId} order by account.user_id
  `.execute(tx);
  return rows;
}

/** Whether an id is that of somebody with another identity. */
export async function isAnothers(
  tx: Tx,
  { personId, identityHash }: { readonly personId: Id; readonly identityHash: Buffer },
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from access.person where person_id = ${personId} and identity_hash <> ${identityHash}
  `.execute(tx);
  return rows.length > 0;
}

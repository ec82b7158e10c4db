import { sql } from 'kysely';
import type { Role } from '#kernel/actor.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';

// ---- persons and accounts

/** The person with this identity, entered now when unknown. */
export async function enterPerson(
  tx: Tx,
  person: { readonly personId: Id; readonly identityHash: Buffer; readonly name: string; readonly at: Date },
): Promise<Id> {
  await sql`
    insert into access.person (person_id, identity_hash, name, entered_at)
    values (${person.personId}, ${person.identityHash}, ${person.name}, ${person.at})
    on conflict on constraint person_identity_once do nothing
  `.execute(tx);
  const { rows } = await sql<{ person_id: Id }>`
    select person_id from access.person where identity_hash = ${person.identityHash}
  `.execute(tx);
  return must(rows[0], 'the person was entered').person_id;
}

/** The keyed hash by which a person is told apart. */
export async function findIdentity(tx: Tx, personId: Id): Promise<Buffer | undefined> {
  const { rows } = await sql<{ identity_hash: Buffer }>`
    select identity_hash from access.person where person_id = ${personId}
  `.execute(tx);
  return rows[0]?.identity_hash;
}

export type NewAccount = {
  readonly userId: Id;
  readonly username: string;
  readonly name: string;
  readonly personId: Id;
  readonly at: Date;
};

/** False when the username is taken; nothing is written then. */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<boolean> {
  const { userId, username, name, at } = account;
  const { rows } = await sql`
    insert into auth.user_account (id, username, name, email, created_at, updated_at)
    values (${userId}, ${username}, ${name}, ${`${username}@karsaz.invalid`}, ${at}, ${at})
    on conflict on constraint user_account_username_once do nothing
    returning id
  `.execute(tx);
  if (rows.length === 0) return false;
  await sql`
    insert into access.account_holder (user_id, person_id) values (${userId}, ${account.personId})
  `.execute(tx);
  return true;
}

type Password = { readonly credentialId: Id; readonly userId: Id; readonly hash: string; readonly at: Date };

/** Sets the password of an account, whether it had one or not. */
export async function upsertPassword(tx: Tx, { credentialId, userId, hash, at }: Password): Promise<void> {
  await sql`
    insert into auth.credential (id, user_id, provider_id, account_id, password, created_at, updated_at)
    values (${credentialId}, ${userId}, 'credential', ${userId}, ${hash}, ${at}, ${at})
    on conflict on constraint credential_once do update set password = excluded.password, updated_at = excluded.updated_at
  `.execute(tx);
}

export async function endSessions(tx: Tx, userId: Id): Promise<void> {
  await sql`delete from auth.session where user_id = ${userId}`.execute(tx);
}

export async function setLock(
  tx: Tx,
  userId: Id,
  lock: { readonly at: Date; readonly locked: boolean },
): Promise<void> {
  await sql`
    update auth.user_account set locked_at = ${lock.locked ? lock.at : null}, updated_at = ${lock.at}
    where id = ${userId}
  `.execute(tx);
}

export type Account = {
  readonly userId: Id;
  readonly personId: Id;
  readonly username: string;
  readonly name: string;
  readonly lockedAt: Date | null;
  readonly hasPassword: boolean;
};

const accountColumns = sql`
  account.user_id as "userId", account.person_id as "personId", account.username, account.name,
  account.locked_at as "lockedAt",
  exists (
    select 1 from auth.credential secret where secret.user_id = account.user_id and secret.password is not null
  ) as "hasPassword"
`;

export async function findAccount(tx: Tx, userId: Id): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from access.read_user account where account.user_id = ${userId}
  `.execute(tx);
  return rows[0];
}

export async function findAccountByName(tx: Tx, username: string): Promise<Account | undefined> {
  const { rows } = await sql<Account>`
    select ${accountColumns} from access.read_user account where account.username = ${username}
  `.execute(tx);
  return rows[0];
}

export type AccountSearch = {
  readonly search: string | undefined;
  readonly role: Role | undefined;
  readonly provinceId: number | undefined;
  /** Null for an administrator of the installation, who sees accounts without any grant too. */
  readonly within: number | null;
  readonly after: string | null;
  readonly limit: number;
};

/** Accounts by username, those only that have a grant in the asker's province. */
export async function listAccounts(tx: Tx, asked: AccountSearch): Promise<Account[]> {
  const { search, role, provinceId, within, after, limit } = asked;
  const pattern = search ? `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` : null;
  const narrowed = role !== undefined || provinceId !== undefined || within !== null;
  const { rows } = await sql<Account>`
    select ${accountColumns} from access.read_user account
    where (${pattern}::text is null or account.username ilike ${pattern} or account.name ilike ${pattern})
      and (${after}::text is null or account.username > ${after})
      and (not ${narrowed} or exists (
        select 1 from access.role_grant granted
        where granted.user_id = account.user_id
          and (${role ?? null}::text is null or granted.role = ${role ?? null})
          and (${provinceId ?? null}::smallint is null or granted.province_id = ${provinceId ?? null})
          and (${within}::smallint is null or granted.province_id = ${within})
      ))
    order by account.username
    limit ${limit}
  `.execute(tx);
  return rows;
}

// ---- one-time addresses

export type LinkRow = {
  readonly linkId: Id;
  readonly purpose: 'first_administrators' | 'password';
  readonly userId: Id | null;
  readonly personId: Id | null;
  readonly makerPersonId: Id | null;
  readonly needsConfirmation: boolean;
  readonly confirmerPersonId: Id | null;
  readonly usesLeft: number;
  readonly madeAt: Date;
  readonly expiresAt: Date;
};

const linkColumns = sql`
  link_id as "linkId", purpose, user_id as "userId", person_id as "personId",
  maker_person_id as "makerPersonId", needs_confirmation as "needsConfirmation",
  confirmer_person_id as "confirmerPersonId", uses_left as "usesLeft", made_at as "madeAt", expires_at as "expiresAt"
`;

export type NewLink = Omit<LinkRow, 'confirmerPersonId'> & { readonly tokenHash: Buffer };

export async function insertLink(tx: Tx, link: NewLink): Promise<void> {
  await sql`
    insert into access.one_time_link (
      link_id, purpose, user_id, person_id, maker_person_id, needs_confirmation, token_hash, uses_left, made_at, expires_at
    ) values (
      ${link.linkId}, ${link.purpose}, ${link.userId}, ${link.personId}, ${link.makerPersonId},
      ${link.needsConfirmation}, ${link.tokenHash}, ${link.usesLeft}, ${link.madeAt}, ${link.expiresAt}
    )
  `.execute(tx);
}

/** Closes earlier addresses of the same purpose and account: only the newest opens. */
export async function closeLinks(tx: Tx, purpose: LinkRow['purpose'], userId: Id | null): Promise<void> {
  await sql`
    update access.one_time_link set uses_left = 0
    where purpose = ${purpose} and user_id is not distinct from ${userId}::uuid and uses_left > 0
  `.execute(tx);
}

export async function findLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<LinkRow | undefined> {
  const { rows } = await sql<LinkRow>`
    select ${linkColumns} from access.one_time_link
    where token_hash = ${tokenHash} and uses_left > 0 and expires_at > ${now}
  `.execute(tx);
  return rows[0];
}

/** Takes one use away; undefined when none is left or the time is over. Two at once cannot take the same one. */
export async function takeUse(tx: Tx, tokenHash: Buffer, now: Date): Promise<LinkRow | undefined> {
  const { rows } = await sql<LinkRow>`
    update access.one_time_link set uses_left = uses_left - 1
    where token_hash = ${tokenHash} and uses_left > 0 and expires_at > ${now}
    returning ${linkColumns}
  `.execute(tx);
  return rows[0];
}

/** False when the address is used, over, or was not waiting for a confirmation. */
export async function confirmLink(
  tx: Tx,
  linkId: Id,
  confirmer: { readonly personId: Id; readonly now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update access.one_time_link set confirmer_person_id = ${confirmer.personId}
    where link_id = ${linkId} and needs_confirmation and confirmer_person_id is null
      and uses_left > 0 and expires_at > ${confirmer.now}
    returning link_id
  `.execute(tx);
  return rows.length === 1;
}

export async function findWaitingLink(tx: Tx, linkId: Id, now: Date): Promise<LinkRow | undefined> {
  const { rows } = await sql<LinkRow>`
    select ${linkColumns} from access.one_time_link
    where link_id = ${linkId} and needs_confirmation and confirmer_person_id is null
      and uses_left > 0 and expires_at > ${now}
  `.execute(tx);
  return rows[0];
}

export type WaitingLink = {
  readonly linkId: Id;
  readonly userId: Id;
  readonly username: string;
  readonly name: string;
  readonly makerPersonId: Id;
  readonly madeBy: string;
  readonly madeAt: Date;
};

export async function listWaitingLinks(tx: Tx, now: Date): Promise<WaitingLink[]> {
  const { rows } = await sql<WaitingLink>`
    select link.link_id as "linkId", account.user_id as "userId", account.username, account.name,
      link.maker_person_id as "makerPersonId", maker.name as "madeBy", link.made_at as "madeAt"
    from access.one_time_link link
    join access.read_user account on account.user_id = link.user_id
    join access.person maker on maker.person_id = link.maker_person_id
    where link.needs_confirmation and link.confirmer_person_id is null
      and link.uses_left > 0 and link.expires_at > ${now}
    order by link.made_at
  `.execute(tx);
  return rows;
}

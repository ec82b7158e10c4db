import { sql } from 'kysely';
import { isoOf, type Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Id } from '#kernel/id.ts';
import type { Database, Tx } from '#platform/db.ts';
import type { PersonForm } from '../person/contract.ts';
import { byteas } from '../fact/queries.ts';
import type { RosterState, StoredFault } from './contract.ts';

export type RosterRow = {
  readonly provinceId: number;
  readonly rosterId: Id;
  readonly form: PersonForm;
  readonly fileName: string;
  readonly fileHash: string;
  readonly toldOn: Day;
  readonly state: RosterState;
  readonly totalRows: number;
  readonly badRows: number;
  readonly passedRows: number;
  /** The last line of the file that is done: where to go on after a kill. */
  readonly passedLine: number;
  readonly enteredPersons: number;
  readonly knownPersons: number;
  readonly addedFacts: number;
  readonly problemFa: string | null;
  readonly problemEn: string | null;
  readonly sentAt: Date;
  readonly finishedAt: Date | null;
  readonly senderUserId: Id;
  readonly senderPersonId: Id;
};

const rosterColumns = sql`
  province_id as "provinceId", roster_id as "rosterId", form, file_name as "fileName",
  file_hash as "fileHash", told_on as "toldOn",
  state, total_rows as "totalRows", bad_rows as "badRows", passed_rows as "passedRows", passed_line as "passedLine",
  entered_persons as "enteredPersons", known_persons as "knownPersons", added_facts as "addedFacts",
  problem_fa as "problemFa", problem_en as "problemEn", sent_at as "sentAt", finished_at as "finishedAt",
  sender_user_id as "senderUserId", sender_person_id as "senderPersonId"
`;

export type AtRoster = { readonly provinceId: number; readonly rosterId: string };

export type NewRoster = AtRoster & {
  readonly form: PersonForm;
  readonly fileName: string;
  readonly fileHash: string;
  readonly toldOn: Day;
  readonly content: Buffer;
  readonly by: { readonly userId: Id; readonly personId: Id; readonly at: Date };
};

export async function insertRoster(tx: Tx, roster: NewRoster): Promise<void> {
  const { by } = roster;
  await sql`
    insert into party.roster (
      province_id, roster_id, form, file_name, file_hash, told_on, state, content, sent_at, sender_user_id,
      sender_person_id
    ) values (
      ${roster.provinceId}, ${roster.rosterId}, ${roster.form}, ${roster.fileName}, ${roster.fileHash},
      ${isoOf(roster.toldOn)}, 'received', ${roster.content}, ${by.at}, ${by.userId}, ${by.personId}
    )
    on conflict (province_id, roster_id) do nothing
  `.execute(tx);
}

export async function listRosters(tx: Tx, provinceId: number): Promise<RosterRow[]> {
  const { rows } = await sql<RosterRow>`
    select ${rosterColumns} from party.roster where province_id = ${provinceId}
    order by sent_at desc, roster_id limit 50
  `.execute(tx);
  return rows;
}

export async function findRoster(tx: Tx, { provinceId, rosterId }: AtRoster): Promise<RosterRow | undefined> {
  const { rows } = await sql<RosterRow>`
    select ${rosterColumns} from party.roster
    where province_id = ${provinceId} and roster_id = ${rosterId}::uuid
  `.execute(tx);
  return rows[0];
}

/** Held against who else works on the list; bad rows, which point to it, may be added by another hand meanwhile. */
export async function lockRoster(tx: Tx, { provinceId, rosterId }: AtRoster): Promise<RosterRow | undefined> {
  const { rows } = await sql<RosterRow>`
    select ${rosterColumns} from party.roster
    where province_id = ${provinceId} and roster_id = ${rosterId}::uuid for no key update
  `.execute(tx);
  return rows[0];
}

/** Waits at most so long for what another transaction holds: its holder may wait for us where no database sees it. */
export async function limitWaits(tx: Tx): Promise<void> {
  await sql`set local lock_timeout = '20s'`.execute(tx);
}

/** Lists that wait to be checked or taken in, of all provinces: `db` reads them all. */
export async function listWork(tx: Tx): Promise<RosterRow[]> {
  const { rows } = await sql<RosterRow>`
    select ${rosterColumns} from party.roster where state in ('received', 'waiting')
    order by sent_at, roster_id
  `.execute(tx);
  return rows;
}

export async function readContent(tx: Tx, { provinceId, rosterId }: AtRoster): Promise<Buffer | null> {
  const { rows } = await sql<{ content: Buffer | null }>`
    select content from party.roster where province_id = ${provinceId} and roster_id = ${rosterId}::uuid
  `.execute(tx);
  return rows[0]?.content ?? null;
}

export async function readSample(tx: Tx, { provinceId, rosterId }: AtRoster): Promise<unknown> {
  const { rows } = await sql<{ sample: unknown }>`
    select sample from party.roster where province_id = ${provinceId} and roster_id = ${rosterId}::uuid
  `.execute(tx);
  return rows[0]?.sample ?? null;
}

export type Checked = AtRoster & {
  readonly totalRows: number;
  readonly badRows: number;
  readonly sample: readonly Readonly<Record<string, string | null>>[];
  /** The good rows as they were read: what is taken in is what was shown. */
  readonly content: Buffer;
};

export async function storeChecked(tx: Tx, checked: Checked): Promise<void> {
  await sql`
    update party.roster set state = 'checked', total_rows = ${checked.totalRows},
      bad_rows = ${checked.badRows}, sample = ${JSON.stringify(checked.sample)}::jsonb, content = ${checked.content}
    where province_id = ${checked.provinceId} and roster_id = ${checked.rosterId}::uuid
      and state = 'received'
  `.execute(tx);
}

export async function storeUnreadable(
  tx: Tx,
  { provinceId, rosterId, words, at }: AtRoster & { readonly words: Bilingual; readonly at: Date },
): Promise<void> {
  await sql`
    update party.roster set state = 'unreadable', problem_fa = ${words.fa}, problem_en = ${words.en},
      content = null, sample = null, finished_at = ${at}
    where province_id = ${provinceId} and roster_id = ${rosterId}::uuid and state = 'received'
  `.execute(tx);
}

export async function storeWaiting(tx: Tx, { provinceId, rosterId }: AtRoster): Promise<void> {
  await sql`
    update party.roster set state = 'waiting'
    where province_id = ${provinceId} and roster_id = ${rosterId}::uuid
  `.execute(tx);
}

export async function closeRoster(
  tx: Tx,
  { provinceId, rosterId, state, at }: AtRoster & { readonly state: 'taken' | 'dropped'; readonly at: Date },
): Promise<void> {
  await sql`
    update party.roster set state = ${state}, content = null, sample = null, finished_at = ${at}
    where province_id = ${provinceId} and roster_id = ${rosterId}::uuid
  `.execute(tx);
}

export type Passed = AtRoster & {
  readonly line: number;
  readonly rows: number;
  readonly bad: number;
  readonly entered: number;
  readonly known: number;
  readonly facts: number;
};

/** What one part of the list came to, in the transaction that stored it: a part is never counted twice. */
export async function addPassed(tx: Tx, passed: Passed): Promise<void> {
  await sql`
    update party.roster set passed_line = ${passed.line},
      passed_rows = passed_rows + ${passed.rows - passed.bad}, bad_rows = bad_rows + ${passed.bad},
      entered_persons = entered_persons + ${passed.entered}, known_persons = known_persons + ${passed.known},
      added_facts = added_facts + ${passed.facts}
    where province_id = ${passed.provinceId} and roster_id = ${passed.rosterId}::uuid
  `.execute(tx);
}

export type BadRow = {
  readonly line: number;
  readonly cells: Readonly<Record<string, string | null>>;
  readonly faults: readonly StoredFault[];
};

export async function insertFaults(tx: Tx, at: AtRoster, rows: readonly BadRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into party.roster_fault (province_id, roster_id, line, cells, faults)
    select ${at.provinceId}::smallint, ${at.rosterId}::uuid, line, cells, faults
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (line int, cells jsonb, faults jsonb)
    on conflict (province_id, roster_id, line) do nothing
  `.execute(tx);
}

export async function listFaults(tx: Tx, at: AtRoster, limit: number | null): Promise<BadRow[]> {
  const { rows } = await sql<BadRow>`
    select line, cells, faults from party.roster_fault
    where province_id = ${at.provinceId} and roster_id = ${at.rosterId}::uuid
    order by line limit ${limit}
  `.execute(tx);
  return rows;
}

export async function listCounties(
  db: Database,
  provinceId: number,
): Promise<{ readonly code: string; readonly fa: string; readonly en: string }[]> {
  const { rows } = await sql<{ code: string; fa: string; en: string }>`
    select county_code as code, name_fa as fa, name_en as en from place.read_county
    where province_id = ${provinceId}
  `.execute(db);
  return rows;
}

export type KeptName = {
  readonly hash: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly erased: boolean;
};

/** What the persons of these ids are called here. */
export async function listKeptNames(
  tx: Tx,
  { provinceId, hashes }: { readonly provinceId: number; readonly hashes: readonly string[] },
): Promise<KeptName[]> {
  const { rows } = await sql<KeptName>`
    select encode(person.identity_hash, 'hex') as hash, person.first_name as "firstName",
      person.last_name as "lastName", person.erasure_id is not null as erased
    from party.person person
    where person.province_id = ${provinceId} and person.identity_hash = any(${byteas(hashes)}::bytea[])
  `.execute(tx);
  return rows;
}

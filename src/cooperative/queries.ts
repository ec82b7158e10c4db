import { sql } from 'kysely';
import { isoOf, partsOf, type Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import { recordset, type CatalogueRow } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import type {
  Alike,
  BoardOffice,
  CooperativeKind,
  CooperativeRule,
  CooperativeState,
  Membership,
  MemberStand,
} from './contract.ts';

export async function upsertRules(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into cooperative.rule as kept (
      rule_key, membership, value, divisor, valid_from, valid_until, confirmed, source_keys
    )
    select rule_key, membership, value, divisor, valid_from, valid_until, confirmed, string_to_array(source_keys, ';')
    from json_to_recordset(${recordset(rows)}::json) as file (
      rule_key text, membership text, value integer, divisor integer, valid_from date, valid_until date,
      confirmed boolean, source_keys text
    )
    on conflict (rule_key, membership, valid_from) do update set
      value = excluded.value,
      divisor = excluded.divisor,
      valid_until = excluded.valid_until,
      confirmed = excluded.confirmed,
      source_keys = excluded.source_keys
    where (kept.value, kept.divisor, kept.valid_until, kept.confirmed, kept.source_keys)
      is distinct from (
        excluded.value, excluded.divisor, excluded.valid_until, excluded.confirmed, excluded.source_keys
      )
  `.execute(db);
}

export async function listRules(tx: Tx | Database): Promise<CooperativeRule[]> {
  const { rows } = await sql<CooperativeRule>`
    select rule_key as "ruleKey", nullif(membership, 'any') as membership, value, divisor,
      valid_from as "validFrom", valid_until as "validUntil", confirmed, source_keys as "sourceKeys"
    from cooperative.rule order by rule_key, membership, valid_from
  `.execute(tx);
  return rows;
}

/** The second fence beside the policies (L9). */
const inScope = sql`
  (platform.scope_county() is null or cooperative.county_code = platform.scope_county())
  and platform.scope_office() is null
  and (platform.scope_person() is null or cooperative.subject_id::text = platform.scope_person())
`;

export type CooperativeRow = {
  readonly provinceId: number;
  readonly cooperativeId: Id;
  readonly name: string;
  readonly kind: CooperativeKind;
  readonly membership: Membership;
  readonly countyCode: string;
  readonly occupationId: number | null;
  readonly sharePrice: Rial;
  readonly subjectId: Id;
  readonly openedByPerson: Id;
  readonly foundedOn: Day;
  readonly state: CooperativeState;
  readonly version: number;
  readonly movedAt: Date;
};

export async function insertCooperative(tx: Tx, row: CooperativeRow): Promise<void> {
  await sql`
    insert into cooperative.cooperative (
      province_id, cooperative_id, name, kind, membership, county_code, occupation_id, share_price, subject_id,
      opened_by_person, founded_on, state, version, moved_at
    ) values (
      ${row.provinceId}, ${row.cooperativeId}, ${row.name}, ${row.kind}, ${row.membership}, ${row.countyCode},
      ${row.occupationId}, ${row.sharePrice}, ${row.subjectId}, ${row.openedByPerson}, ${isoOf(row.foundedOn)},
      ${row.state}, ${row.version}, ${row.movedAt}
    )
  `.execute(tx);
}

export type Registered = { readonly number: string; readonly legalId: string };
export type Move = Pick<CooperativeRow, 'provinceId' | 'cooperativeId' | 'state' | 'version' | 'movedAt'> & {
  readonly registered: Registered | null;
};

export async function moveCooperative(tx: Tx, row: Move): Promise<void> {
  await sql`
    update cooperative.cooperative set
      state = ${row.state}, version = ${row.version}, moved_at = ${row.movedAt},
      registry_number = coalesce(${row.registered?.number ?? null}::text, registry_number),
      legal_id = coalesce(${row.registered?.legalId ?? null}::text, legal_id)
    where province_id = ${row.provinceId} and cooperative_id = ${row.cooperativeId}
  `.execute(tx);
}

export type NamedCooperative = CooperativeRow & {
  readonly countyFa: string;
  readonly countyEn: string;
  readonly titleFa: string | null;
  readonly titleEn: string | null;
  readonly registryNumber: string | null;
  readonly legalId: string | null;
  readonly members: number;
  readonly shares: number;
  readonly paid: Rial;
  readonly boardUntil: Day | null;
};

export type CooperativesAsked = {
  readonly provinceId: number;
  readonly cooperativeId?: string;
  readonly limit: number;
};

/** Cooperatives within the reader's scope, the newest first, with what their members hold together. */
export async function listCooperatives(tx: Tx, asked: CooperativesAsked): Promise<NamedCooperative[]> {
  const { rows } = await sql<NamedCooperative>`
    select
      cooperative.province_id as "provinceId", cooperative.cooperative_id as "cooperativeId", cooperative.name,
      cooperative.kind, cooperative.membership, cooperative.county_code as "countyCode",
      cooperative.occupation_id as "occupationId", cooperative.share_price as "sharePrice",
      cooperative.subject_id as "subjectId", cooperative.opened_by_person as "openedByPerson",
      cooperative.founded_on as "foundedOn", cooperative.state, cooperative.version,
      cooperative.moved_at as "movedAt", county.name_fa as "countyFa", county.name_en as "countyEn",
      listed.title_fa as "titleFa", listed.title_en as "titleEn",
      cooperative.registry_number as "registryNumber", cooperative.legal_id as "legalId",
      coalesce(pooled.members, 0) as members, coalesce(pooled.shares, 0) as shares,
      coalesce(pooled.paid, 0)::bigint as paid,
      (
        select max(seat.until_on) from cooperative.board_seat seat
        where seat.province_id = cooperative.province_id and seat.cooperative_id = cooperative.cooperative_id
      ) as "boardUntil"
    from cooperative.cooperative cooperative
    join place.read_county county
      on county.province_id = cooperative.province_id and county.county_code = cooperative.county_code
    left join occupation.read_occupation listed on listed.occupation_id = cooperative.occupation_id
    left join lateral (
      select count(*) filter (where held.shares > 0)::integer as members, sum(held.shares)::integer as shares,
        sum(held.paid) as paid
      from (
        select sum(entry.shares) as shares, sum(entry.paid) as paid
        from cooperative.share_entry entry
        where entry.province_id = cooperative.province_id and entry.cooperative_id = cooperative.cooperative_id
        group by entry.person_id
      ) held
    ) pooled on true
    where cooperative.province_id = ${asked.provinceId}
      and ${inScope}
      and (
        ${asked.cooperativeId ?? null}::uuid is null
        or cooperative.cooperative_id = ${asked.cooperativeId ?? null}::uuid
      )
    order by cooperative.founded_on desc, cooperative.cooperative_id desc
    limit ${asked.limit}
  `.execute(tx);
  return rows;
}

/** One founding at a time by the same founders; ends with the transaction. */
export async function lockFounders(
  tx: Tx,
  { provinceId, personIds }: { readonly provinceId: number; readonly personIds: readonly string[] },
): Promise<void> {
  const key = `founders ${provinceId} ${personIds.toSorted().join(' ')}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}

/** Cooperatives that stand or are being formed and that exactly these persons asked for. */
export async function listAlike(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly personIds: readonly string[];
    readonly closed: readonly string[];
  },
): Promise<Alike[]> {
  const { rows } = await sql<Alike>`
    select cooperative.name, cooperative.founded_on as "foundedOn"
    from cooperative.cooperative cooperative
    join cooperative.share_entry entry
      on entry.province_id = cooperative.province_id and entry.entry_id = cooperative.cooperative_id
    where cooperative.province_id = ${asked.provinceId}
      and ${inScope}
      and cooperative.state <> all(${asked.closed}::text[])
      and cooperative.subject_id = any(${asked.personIds}::uuid[])
    group by cooperative.cooperative_id, cooperative.name, cooperative.founded_on
    having count(*) = ${asked.personIds.length}
      and bool_and(entry.person_id = any(${asked.personIds}::uuid[]))
    order by cooperative.founded_on
  `.execute(tx);
  return rows;
}

type Of = { readonly provinceId: number; readonly cooperativeId: string };

/** The members with what each holds, from all entries. */
export async function listMembers(tx: Tx, { provinceId, cooperativeId }: Of): Promise<MemberStand[]> {
  const { rows } = await sql<MemberStand>`
    select person_id as "personId", sum(shares)::integer as shares, sum(paid)::bigint as paid
    from cooperative.share_entry
    where province_id = ${provinceId} and cooperative_id = ${cooperativeId}::uuid
    group by person_id
    having sum(shares) > 0 or sum(paid) <> 0
    order by person_id
  `.execute(tx);
  return rows;
}

export type ShareEntry = { readonly personId: string; readonly shares: number; readonly paid: Rial };
type Bound = Of & { readonly countyCode: string; readonly actId: Id };

export async function insertEntries(
  tx: Tx,
  of: Bound & { readonly on: Day },
  entries: readonly ShareEntry[],
): Promise<void> {
  const given = entries.map(({ personId, shares, paid }) => ({ personId, shares, paid: paid.toString() }));
  await sql`
    insert into cooperative.share_entry (
      province_id, entry_id, person_id, cooperative_id, county_code, shares, paid, happened_on
    )
    select ${of.provinceId}::smallint, ${of.actId}::uuid, "personId", ${of.cooperativeId}::uuid,
      ${of.countyCode}::text, shares, paid, ${isoOf(of.on)}::date
    from json_to_recordset(${JSON.stringify(given)}::json) as given ("personId" uuid, shares integer, paid bigint)
  `.execute(tx);
}

export type Seat = { readonly personId: string; readonly office: BoardOffice };
export type SeatRow = Seat & { readonly fromOn: Day; readonly untilOn: Day };

export async function insertBoard(
  tx: Tx,
  of: Bound & { readonly fromOn: Day; readonly untilOn: Day },
  seats: readonly Seat[],
): Promise<void> {
  await sql`
    insert into cooperative.board_seat (
      province_id, election_id, person_id, cooperative_id, county_code, office, from_on, until_on
    )
    select ${of.provinceId}::smallint, ${of.actId}::uuid, "personId", ${of.cooperativeId}::uuid,
      ${of.countyCode}::text, office, ${isoOf(of.fromOn)}::date, ${isoOf(of.untilOn)}::date
    from json_to_recordset(${JSON.stringify(seats)}::json) as given ("personId" uuid, office text)
  `.execute(tx);
}

/** The board of the latest assembly. */
export async function listBoard(tx: Tx, { provinceId, cooperativeId }: Of): Promise<SeatRow[]> {
  const { rows } = await sql<SeatRow>`
    select person_id as "personId", office, from_on as "fromOn", until_on as "untilOn"
    from cooperative.board_seat
    where province_id = ${provinceId} and election_id = (
      select election_id from cooperative.board_seat
      where province_id = ${provinceId} and cooperative_id = ${cooperativeId}::uuid
      order by from_on desc, election_id desc limit 1
    )
    order by array_position(array['chair', 'member', 'inspector', 'manager'], office), person_id
  `.execute(tx);
  return rows;
}

export async function insertAgreement(
  tx: Tx,
  row: Bound & { readonly openedByPerson: Id; readonly agreedByPerson: Id },
): Promise<void> {
  await sql`
    insert into cooperative.formation_agreement (
      province_id, agreement_id, cooperative_id, county_code, opened_by_person, agreed_by_person
    ) values (
      ${row.provinceId}, ${row.actId}, ${row.cooperativeId}, ${row.countyCode}, ${row.openedByPerson},
      ${row.agreedByPerson}
    )
  `.execute(tx);
}

/** Which of these persons the reader's office knows, with their names. */
export async function findPersonNames(
  tx: Tx,
  asked: { readonly provinceId: number; readonly personIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ personId: string; name: string }>`
    select person_id as "personId", concat_ws(' ', first_name, last_name) as name from party.read_person
    where province_id = ${asked.provinceId} and person_id = any(${asked.personIds}::uuid[]) and form = 'natural'
  `.execute(tx);
  return new Map(rows.map(({ personId, name }) => [personId, name]));
}

/** The names under which persons sign in: of those who acted. */
export async function findDoers(tx: Tx, personIds: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await sql<{ personId: Id; name: string }>`
    select person_id as "personId", min(name) as name from access.read_user
    where person_id = any(${personIds}::uuid[])
    group by person_id
  `.execute(tx);
  return new Map(rows.map(({ personId, name }) => [personId, name]));
}

export type LockedRow = {
  readonly lineId: Id;
  readonly countyCode: string;
  readonly budgetYear: number;
  readonly programme: string;
  readonly deadline: Day;
  readonly locked: Rial;
};

/** What stands locked for cooperatives in the slices of counties, of lines whose deadline is not past. */
export async function listLocked(
  tx: Tx,
  asked: { readonly provinceId: number; readonly countyCode: string | null; readonly today: Day },
): Promise<LockedRow[]> {
  const { rows } = await sql<LockedRow>`
    select line.line_id as "lineId", slice.county_code as "countyCode", line.budget_year as "budgetYear",
      line.programme, line.deadline,
      sum(account.credits_posted - account.debits_posted - account.debits_pending)::bigint as locked
    from credit.read_line line
    join credit.read_slice slice on slice.province_id = line.province_id and slice.line_id = line.line_id
    join ledger.read_account account
      on account.province_id = slice.province_id and account.owner_id = slice.slice_id
    where line.province_id = ${asked.provinceId}
      and line.deadline >= ${isoOf(asked.today)}
      and slice.county_code is not null
      and (${asked.countyCode}::text is null or slice.county_code = ${asked.countyCode})
      and (platform.scope_county() is null or slice.county_code = platform.scope_county())
      and account.kind = 'available' and split_part(account.share, '/', 1) = 'cooperative'
    group by line.line_id, slice.county_code, line.budget_year, line.programme, line.deadline
    having sum(account.credits_posted - account.debits_posted - account.debits_pending) > 0
    order by line.deadline, line.line_id
  `.execute(tx);
  return rows;
}

/** Waits for whoever changes a cooperative, until this transaction ends. */
export async function lockCooperative(tx: Tx, { provinceId, cooperativeId }: Of): Promise<void> {
  await sql`
    select cooperative_id from cooperative.cooperative
    where province_id = ${provinceId} and cooperative_id = ${cooperativeId}::uuid
    for update
  `.execute(tx);
}

export type RegistrationRow = {
  readonly provinceId: number;
  readonly registrationId: Id;
  /** Null of an earlier register, which `sourceKey` names. */
  readonly cooperativeId: Id | null;
  readonly sourceKey: string | null;
  readonly countyCode: string;
  readonly name: string;
  readonly kind: CooperativeKind;
  readonly capital: Rial;
  readonly members: number;
  readonly on: Day;
  readonly recordedAt: Date;
};

/** What the registry of companies entered, with the capital and the members of that day. */
export async function insertRegistrations(tx: Tx, rows: readonly RegistrationRow[]): Promise<void> {
  const given = rows.map((row) => ({
    province_id: row.provinceId,
    registration_id: row.registrationId,
    cooperative_id: row.cooperativeId,
    source_key: row.sourceKey,
    county_code: row.countyCode,
    name: row.name,
    kind: row.kind,
    capital: row.capital.toString(),
    members: row.members,
    registered_on: isoOf(row.on),
    registered_year: partsOf(row.on).year,
    recorded_at: row.recordedAt.toISOString(),
  }));
  await sql`
    insert into cooperative.registration (
      province_id, registration_id, cooperative_id, source_key, county_code, name, kind, capital, members,
      registered_on, registered_year, recorded_at
    )
    select province_id, registration_id, cooperative_id, source_key, county_code, name, kind, capital, members,
      registered_on, registered_year, recorded_at
    from json_populate_recordset(null::cooperative.registration, ${JSON.stringify(given)}::json)
  `.execute(tx);
}

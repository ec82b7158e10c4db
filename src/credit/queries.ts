import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { AccountSum, Axis, Coordinates, Named, Programme, TurnoverSum } from './contract.ts';

/** A row of one province by its id. */
export type RowId = { readonly provinceId: number; readonly id: string };

/**
 * The second fence beside the policies (L9): on a Citus cluster a policy on anything but the province has been
 * reported to be ignored.
 */
const sliceInScope = sql`(platform.scope_county() is null or county_code = platform.scope_county())`;

export type LineRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly budgetYear: number;
  readonly note: string;
  readonly paragraph: string | null;
  readonly item: string | null;
  readonly pot: 'national' | 'provincial';
  readonly programme: Programme;
  readonly rateKind: 'fee' | 'profit' | 'subsidy';
  readonly rateHundredths: number;
  readonly graceMonths: number;
  readonly termMonths: number;
  readonly deadline: Day;
  readonly state: string;
  readonly version: number;
};

export async function insertLine(tx: Tx, line: LineRow): Promise<void> {
  await sql`
    insert into credit.line (
      province_id, id, budget_year, note, paragraph, item, pot, programme, rate_kind, rate_hundredths,
      grace_months, term_months, deadline, state, version
    ) values (
      ${line.provinceId}, ${line.id}, ${line.budgetYear}, ${line.note}, ${line.paragraph}, ${line.item},
      ${line.pot}, ${line.programme}, ${line.rateKind}, ${line.rateHundredths}, ${line.graceMonths},
      ${line.termMonths}, ${isoOf(line.deadline)}, ${line.state}, ${line.version}
    )
  `.execute(tx);
}

/** Where a line stands after an act on its case; the day is that of its first letter. */
export async function updateLine(
  tx: Tx,
  line: RowId & { readonly state: string; readonly version: number; readonly letterDay: Day | null },
): Promise<void> {
  const letterDay = line.letterDay === null ? null : isoOf(line.letterDay);
  await sql`
    update credit.line set state = ${line.state}, version = ${line.version},
      notified_on = least(notified_on, ${letterDay}::date)
    where province_id = ${line.provinceId} and id = ${line.id}
  `.execute(tx);
}

/**
 * False when there is no such line in the scope of who would change it. An award that holds its slice names the line
 * by key, and must not wait for whoever holds the line and waits for that slice: hence `no key`.
 */
export async function lockLine(tx: Tx, { provinceId, id }: RowId): Promise<boolean> {
  const { rows } = await sql`
    select id from credit.line where province_id = ${provinceId} and id = ${id} for no key update
  `.execute(tx);
  return rows.length === 1;
}

/** Whether a line may be drawn on, and in which days; it bears no letter while it is a draft. */
export type LineTerms = {
  readonly state: string;
  readonly notifiedOn: Day | null;
  readonly deadline: Day;
};

export async function findLineTerms(tx: Tx, { provinceId, id }: RowId): Promise<LineTerms | undefined> {
  const { rows } = await sql<LineTerms>`
    select state, notified_on as "notifiedOn", deadline from credit.line
    where province_id = ${provinceId} and id = ${id}
  `.execute(tx);
  return rows[0];
}

/** A line with what else stands on its first page. */
export type LinePage = LineRow & {
  readonly slug: string;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly notifiedOn: Day | null;
  readonly rootSliceId: Id | null;
  /** What letters took back mid-year; a county office sees no letter, and its slices are smaller by it already. */
  readonly cut: Rial;
};

/**
 * The lines of a province, the newest budget year first; one line when `id` is given. A county office is shown
 * the lines of which its county has a slice.
 */
export async function listLines(
  tx: Tx,
  { provinceId, id }: { readonly provinceId: number; readonly id: string | null },
): Promise<LinePage[]> {
  const { rows } = await sql<LinePage>`
    select l.province_id as "provinceId", l.id, l.budget_year as "budgetYear", l.note, l.paragraph, l.item, l.pot,
      l.programme, l.rate_kind as "rateKind", l.rate_hundredths as "rateHundredths",
      l.grace_months as "graceMonths", l.term_months as "termMonths", l.deadline,
      p.slug, p.name_fa as "provinceFa", p.name_en as "provinceEn",
      l.notified_on as "notifiedOn", l.state, l.version,
      (select s.id from credit.slice s
        where s.province_id = l.province_id and s.line_id = l.id and s.parent_id is null) as "rootSliceId",
      (select coalesce(sum(c.amount), 0)::bigint from credit.revision c
        where c.province_id = l.province_id and c.line_id = l.id and c.act = 'cut') as cut
    from credit.line l
    join place.read_province p on p.province_id = l.province_id
    where l.province_id = ${provinceId} and (${id}::uuid is null or l.id = ${id}::uuid)
      and (platform.scope_county() is null or exists (
        select from credit.slice s
        where s.province_id = l.province_id and s.line_id = l.id and s.county_code = platform.scope_county()
      ))
    order by l.budget_year desc, l.id
  `.execute(tx);
  return rows;
}

export type LetterRow = { readonly letterNumber: string; readonly amount: Rial };

/** The letters of a line, by which it was notified and topped up. */
export async function listLetters(
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: Id },
): Promise<LetterRow[]> {
  const { rows } = await sql<LetterRow>`
    select letter_number as "letterNumber", amount from credit.notification
    where province_id = ${provinceId} and line_id = ${lineId} order by id
  `.execute(tx);
  return rows;
}

export async function insertNotification(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly id: Id;
    readonly lineId: Id;
    readonly letterNumber: string;
    readonly letterDay: Day;
    readonly amount: Rial;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into credit.notification (province_id, id, line_id, letter_number, letter_day, amount)
    values (${row.provinceId}, ${row.id}, ${row.lineId}, ${row.letterNumber}, ${isoOf(row.letterDay)}, ${row.amount})
    on conflict on constraint notification_letter_once do nothing
    returning id
  `.execute(tx);
  return rows.length === 1;
}

export type SliceRow = Coordinates & {
  readonly provinceId: number;
  readonly id: Id;
  readonly lineId: Id;
  readonly parentId: Id | null;
  readonly axis: Axis;
  readonly jobTarget: number;
};

export async function insertSlice(tx: Tx, slice: SliceRow): Promise<void> {
  await sql`
    insert into credit.slice (
      province_id, id, line_id, parent_id, axis, county_code, agency_key, bank_code, beneficiary_kind,
      category_key, round_number, job_target
    ) values (
      ${slice.provinceId}, ${slice.id}, ${slice.lineId}, ${slice.parentId}, ${slice.axis}, ${slice.countyCode},
      ${slice.agencyKey}, ${slice.bankCode}, ${slice.beneficiaryKind}, ${slice.categoryKey},
      ${slice.roundNumber}, ${slice.jobTarget}
    )
  `.execute(tx);
}

export async function raiseJobTarget(
  tx: Tx,
  { provinceId, id, by }: RowId & { readonly by: number },
): Promise<void> {
  await sql`
    update credit.slice set job_target = job_target + ${by} where province_id = ${provinceId} and id = ${id}
  `.execute(tx);
}

/** False when there is no such slice in the scope of who would draw on it. */
export async function lockSlice(tx: Tx, { provinceId, id }: RowId): Promise<boolean> {
  const { rows } = await sql`
    select id from credit.slice
    where province_id = ${provinceId} and id = ${id}::uuid and ${sliceInScope}
    for update
  `.execute(tx);
  return rows.length === 1;
}

/** A slice with the names of its coordinates. */
export type NamedSlice = SliceRow & Named;

/** The slices of a line: the root, then by their codes, parts after what they are parts of; one slice by its id. */
export async function listSlices(
  tx: Tx,
  asked: { readonly provinceId: number; readonly lineId: string | null; readonly id: string | null },
): Promise<NamedSlice[]> {
  const { rows } = await sql<NamedSlice>`
    select s.province_id as "provinceId", s.slice_id as id, s.line_id as "lineId", s.parent_id as "parentId",
      s.axis, s.job_target as "jobTarget", ${coordinatesOf('s')}
    from credit.read_slice s
    where s.province_id = ${asked.provinceId}
      and (${asked.lineId}::uuid is null or s.line_id = ${asked.lineId}::uuid)
      and (${asked.id}::uuid is null or s.slice_id = ${asked.id}::uuid)
      and (platform.scope_county() is null or s.county_code = platform.scope_county())
    order by s.county_code nulls first, s.agency_key nulls first, s.bank_code nulls first,
      s.beneficiary_kind nulls first, s.category_key nulls first, s.round_number nulls first, s.slice_id
  `.execute(tx);
  return rows;
}

/** The columns of `credit.read_slice` that say where a slice stands, as they are called on the wire. */
export const coordinatesOf = (from: string) => sql`
  ${sql.ref(`${from}.county_code`)} as "countyCode", ${sql.ref(`${from}.county_fa`)} as "countyFa",
  ${sql.ref(`${from}.county_en`)} as "countyEn", ${sql.ref(`${from}.agency_key`)} as "agencyKey",
  ${sql.ref(`${from}.agency_fa`)} as "agencyFa", ${sql.ref(`${from}.agency_en`)} as "agencyEn",
  ${sql.ref(`${from}.bank_code`)} as "bankCode", ${sql.ref(`${from}.bank_fa`)} as "bankFa",
  ${sql.ref(`${from}.bank_en`)} as "bankEn", ${sql.ref(`${from}.beneficiary_kind`)} as "beneficiaryKind",
  ${sql.ref(`${from}.category_key`)} as "categoryKey", ${sql.ref(`${from}.category_fa`)} as "categoryFa",
  ${sql.ref(`${from}.category_en`)} as "categoryEn", ${sql.ref(`${from}.round_number`)} as "roundNumber"
`;

/** Whether there is such a slice in the reader's scope. */
export async function isSliceSeen(tx: Tx, { provinceId, id }: RowId): Promise<boolean> {
  const { rows } = await sql`
    select id from credit.slice where province_id = ${provinceId} and id = ${id}::uuid and ${sliceInScope}
  `.execute(tx);
  return rows.length === 1;
}

export type ChildRow = Coordinates & { readonly id: Id; readonly axis: Axis; readonly jobTarget: number };

export async function listChildren(tx: Tx, { provinceId, id }: RowId): Promise<ChildRow[]> {
  const { rows } = await sql<ChildRow>`
    select id, axis, job_target as "jobTarget", county_code as "countyCode", agency_key as "agencyKey",
      bank_code as "bankCode", beneficiary_kind as "beneficiaryKind", category_key as "categoryKey",
      round_number as "roundNumber"
    from credit.slice
    where province_id = ${provinceId} and parent_id = ${id} order by id
  `.execute(tx);
  return rows;
}

/** The balances of all slices of a line, or of one slice. Notifiers are no slices and stand outside. */
export async function listAccountSums(
  tx: Tx,
  asked: { readonly provinceId: number; readonly lineId: string | null; readonly id: string | null },
): Promise<AccountSum[]> {
  const { rows } = await sql<AccountSum>`
    select a.owner_id as "sliceId", a.kind as stage, a.share,
      a.credits_posted - a.debits_posted as balance, a.debits_pending as pending
    from credit.slice s
    join ledger.read_account a on a.province_id = s.province_id and a.owner_id = s.id
    where s.province_id = ${asked.provinceId}
      and (${asked.lineId}::uuid is null or s.line_id = ${asked.lineId}::uuid)
      and (${asked.id}::uuid is null or s.id = ${asked.id}::uuid)
      and (platform.scope_county() is null or s.county_code = platform.scope_county())
  `.execute(tx);
  return rows;
}

/** The turnovers of all slices of a line by stage, reversals taken off. */
export async function listTurnovers(
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: string },
): Promise<TurnoverSum[]> {
  const { rows } = await sql<TurnoverSum>`
    select slice_id as "sliceId", stage, sum(amount)::bigint as amount from credit.read_movement
    where province_id = ${provinceId} and line_id = ${lineId} and stage in ('referred', 'contracted', 'paid')
      and (platform.scope_county() is null or county_code = platform.scope_county())
    group by slice_id, stage
  `.execute(tx);
  return rows;
}

export type MovementRow = {
  readonly recordId: Id;
  readonly happenedOn: Day;
  readonly recordedAt: Date;
  readonly kind: string;
  readonly phase: string;
  readonly fromStage: string;
  readonly toStage: string;
  readonly share: string;
  readonly amount: Rial;
  readonly referenceId: Id;
  readonly direction: 'in' | 'out' | 'within';
  /** The axis of the slice at the other end; null where there is none, or one that is hidden. */
  readonly otherAxis: Axis | null;
} & Named;

/**
 * The transfers that touch a slice, the newest first; `before` is the id after which the page begins. The account
 * of the province from which a county's slice came is hidden from the county: it is the available one.
 */
export async function listMovements(
  tx: Tx,
  asked: RowId & { readonly before: string | null; readonly limit: number },
): Promise<MovementRow[]> {
  const { rows } = await sql<MovementRow>`
    select t.id as "recordId", t.happened_on as "happenedOn", t.recorded_at as "recordedAt", t.kind, t.phase,
      coalesce(d.kind, 'available') as "fromStage", coalesce(f.kind, 'available') as "toStage", own.share,
      t.amount, t.reference_id as "referenceId",
      case when d.owner_id = f.owner_id then 'within' when f.owner_id = own.slice_id then 'in' else 'out' end
        as direction,
      o.axis as "otherAxis", ${coordinatesOf('o')}
    from (
      select distinct on (x.id) x.id, x.province_id, a.share, s.id as slice_id
      from credit.slice s
      join ledger.read_account a on a.province_id = s.province_id and a.owner_id = s.id
      join ledger.read_transfer x on x.province_id = a.province_id
        and (x.debit_account_id = a.id or x.credit_account_id = a.id)
      where s.province_id = ${asked.provinceId} and s.id = ${asked.id}::uuid
        and (platform.scope_county() is null or s.county_code = platform.scope_county())
        and (${asked.before}::uuid is null or x.id < ${asked.before}::uuid)
      order by x.id desc limit ${asked.limit}
    ) own
    join ledger.read_transfer t on t.province_id = own.province_id and t.id = own.id
    left join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
    left join ledger.read_account f on f.province_id = t.province_id and f.id = t.credit_account_id
    left join credit.read_slice o on o.province_id = t.province_id and o.slice_id in (d.owner_id, f.owner_id)
      and o.slice_id <> own.slice_id
    order by t.id desc
  `.execute(tx);
  return rows;
}

export type CountyValue = {
  readonly countyCode: string;
  readonly indicator: string;
  readonly value: string;
  readonly sourceKey: string;
};

/** The values of a whole year of the counties of a province; one figure for each county and indicator. */
export async function listCountyValues(
  tx: Tx,
  asked: { readonly provinceId: number; readonly indicators: readonly string[]; readonly year: number },
): Promise<CountyValue[]> {
  const { rows } = await sql<CountyValue>`
    select distinct on (v.county_code, v.indicator) v.county_code as "countyCode", v.indicator,
      v.value::text as value, v.source_key as "sourceKey"
    from place.read_indicator_value v
    where v.province_id = ${asked.provinceId} and v.county_code is not null and v.year = ${asked.year}
      and v.sex = 'all' and v.period in ('census', 'year') and v.indicator = any(${asked.indicators})
    order by v.county_code, v.indicator, v.source_key
  `.execute(tx);
  return rows;
}

export type NamedKey = { readonly key: string; readonly fa: string; readonly en: string };

export async function listCounties(tx: Tx, provinceId: number): Promise<NamedKey[]> {
  const { rows } = await sql<NamedKey>`
    select county_code as key, name_fa as fa, name_en as en from place.read_county
    where province_id = ${provinceId} order by county_code
  `.execute(tx);
  return rows;
}

export async function listCategories(tx: Tx): Promise<NamedKey[]> {
  const { rows } = await sql<NamedKey>`
    select category_key as key, name_fa as fa, name_en as en from occupation.read_category order by category_key
  `.execute(tx);
  return rows;
}

export async function listAgencies(tx: Tx): Promise<NamedKey[]> {
  const { rows } = await sql<NamedKey>`
    select agency_key as key, short_fa as fa, short_en as en from party.read_agency order by agency_key
  `.execute(tx);
  return rows;
}

/** The banks that a slice may be cut for today. */
export async function listBanks(tx: Tx): Promise<NamedKey[]> {
  const { rows } = await sql<NamedKey>`
    select bank_code as key, name_fa as fa, name_en as en from party.read_bank where status = 'open' order by bank_code
  `.execute(tx);
  return rows;
}

/** The code of a province by its slug; undefined when there is none. */
export async function findProvinceId(tx: Tx, slug: string): Promise<number | undefined> {
  const { rows } = await sql<{ provinceId: number }>`
    select province_id as "provinceId" from place.read_province where slug = ${slug}
  `.execute(tx);
  return rows[0]?.provinceId;
}

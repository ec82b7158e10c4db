import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { AccountSum, Axis, Programme, TurnoverSum } from './contract.ts';

/** A row of one province by its id. */
export type RowId = { readonly provinceId: number; readonly id: string };

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
};

export async function insertLine(tx: Tx, line: LineRow): Promise<void> {
  await sql`
    insert into credit.line (
      province_id, id, budget_year, note, paragraph, item, pot, programme, rate_kind, rate_hundredths,
      grace_months, term_months, deadline
    ) values (
      ${line.provinceId}, ${line.id}, ${line.budgetYear}, ${line.note}, ${line.paragraph}, ${line.item},
      ${line.pot}, ${line.programme}, ${line.rateKind}, ${line.rateHundredths}, ${line.graceMonths},
      ${line.termMonths}, ${isoOf(line.deadline)}
    )
  `.execute(tx);
}

/** A line with what else stands on its first page. */
export type LinePage = LineRow & {
  readonly slug: string;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly notifiedOn: Day | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly legalReference: string | null;
  readonly state: string;
  readonly version: number;
  readonly rootSliceId: Id | null;
};

/** The lines of a province, the newest budget year first; one line when `id` is given. */
export async function listLines(
  tx: Tx,
  { provinceId, id }: { readonly provinceId: number; readonly id: string | null },
): Promise<LinePage[]> {
  const { rows } = await sql<LinePage>`
    select l.province_id as "provinceId", l.id, l.budget_year as "budgetYear", l.note, l.paragraph, l.item, l.pot,
      l.programme, l.rate_kind as "rateKind", l.rate_hundredths as "rateHundredths",
      l.grace_months as "graceMonths", l.term_months as "termMonths", l.deadline,
      p.slug, p.name_fa as "provinceFa", p.name_en as "provinceEn",
      (select min(n.letter_day) from credit.notification n
        where n.province_id = l.province_id and n.line_id = l.id) as "notifiedOn",
      r.numerator, r.denominator, r.legal_reference as "legalReference",
      c.state, c.version,
      (select s.id from credit.slice s
        where s.province_id = l.province_id and s.line_id = l.id and s.parent_id is null) as "rootSliceId"
    from credit.line l
    join place.read_province p on p.province_id = l.province_id
    join casework.read_case c on c.province_id = l.province_id and c.id = l.id
    left join credit.share_rule r on r.province_id = l.province_id and r.line_id = l.id
    where l.province_id = ${provinceId} and (${id}::uuid is null or l.id = ${id}::uuid)
    order by l.budget_year desc, l.id
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

export async function insertShareRule(
  tx: Tx,
  rule: {
    readonly provinceId: number;
    readonly lineId: Id;
    readonly share: string;
    readonly percent: number;
    readonly validFrom: Day;
    readonly legalReference: string;
  },
): Promise<void> {
  await sql`
    insert into credit.share_rule (
      province_id, line_id, share, rule_type, numerator, denominator, valid_from, legal_reference
    ) values (
      ${rule.provinceId}, ${rule.lineId}, ${rule.share}, 'reserve', ${rule.percent}, 100, ${isoOf(rule.validFrom)},
      ${rule.legalReference}
    )
  `.execute(tx);
}

export type Reserve = { readonly share: string; readonly numerator: number; readonly denominator: number };

/** The reserve of a line in force on a day; undefined where none is. */
export async function findReserve(
  tx: Tx,
  { provinceId, lineId, on }: { readonly provinceId: number; readonly lineId: string; readonly on: Day },
): Promise<Reserve | undefined> {
  const { rows } = await sql<Reserve>`
    select share, numerator, denominator from credit.share_rule
    where province_id = ${provinceId} and line_id = ${lineId} and valid_from <= ${isoOf(on)}
    order by valid_from desc limit 1
  `.execute(tx);
  return rows[0];
}

export type SliceRow = {
  readonly provinceId: number;
  readonly id: Id;
  readonly lineId: Id;
  readonly parentId: Id | null;
  readonly axis: Axis;
  readonly countyCode: string | null;
  readonly categoryKey: string | null;
  readonly jobTarget: number;
};

export async function insertSlice(tx: Tx, slice: SliceRow): Promise<void> {
  await sql`
    insert into credit.slice (province_id, id, line_id, parent_id, axis, county_code, category_key, job_target)
    values (${slice.provinceId}, ${slice.id}, ${slice.lineId}, ${slice.parentId}, ${slice.axis},
      ${slice.countyCode}, ${slice.categoryKey}, ${slice.jobTarget})
  `.execute(tx);
}

/** A slice with the names of its place and category. */
export type NamedSlice = SliceRow & {
  readonly countyFa: string | null;
  readonly countyEn: string | null;
  readonly categoryFa: string | null;
  readonly categoryEn: string | null;
};

/** The slices of a line from the root down, in the order in which they were made; one slice by its id. */
export async function listSlices(
  tx: Tx,
  asked: { readonly provinceId: number; readonly lineId: string | null; readonly id: string | null },
): Promise<NamedSlice[]> {
  const { rows } = await sql<NamedSlice>`
    select s.province_id as "provinceId", s.id, s.line_id as "lineId", s.parent_id as "parentId", s.axis,
      s.county_code as "countyCode", s.category_key as "categoryKey", s.job_target as "jobTarget",
      c.name_fa as "countyFa", c.name_en as "countyEn", k.name_fa as "categoryFa", k.name_en as "categoryEn"
    from credit.slice s
    left join place.read_county c on c.province_id = s.province_id and c.county_code = s.county_code
    left join occupation.read_category k on k.category_key = s.category_key
    where s.province_id = ${asked.provinceId}
      and (${asked.lineId}::uuid is null or s.line_id = ${asked.lineId}::uuid)
      and (${asked.id}::uuid is null or s.id = ${asked.id}::uuid)
    order by s.id
  `.execute(tx);
  return rows;
}

export type ChildRow = {
  readonly id: Id;
  readonly axis: Axis;
  readonly countyCode: string | null;
  readonly categoryKey: string | null;
};

export async function listChildren(tx: Tx, { provinceId, id }: RowId): Promise<ChildRow[]> {
  const { rows } = await sql<ChildRow>`
    select id, axis, county_code as "countyCode", category_key as "categoryKey" from credit.slice
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
};

/** The transfers that touch a slice, the newest first; `before` is the id after which the page begins. */
export async function listMovements(
  tx: Tx,
  asked: RowId & { readonly before: string | null; readonly limit: number },
): Promise<MovementRow[]> {
  const { rows } = await sql<MovementRow>`
    select t.id as "recordId", t.happened_on as "happenedOn", t.recorded_at as "recordedAt", t.kind, t.phase,
      d.kind as "fromStage", f.kind as "toStage", f.share, t.amount, t.reference_id as "referenceId"
    from ledger.read_transfer t
    join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
    join ledger.read_account f on f.province_id = t.province_id and f.id = t.credit_account_id
    where t.province_id = ${asked.provinceId} and (d.owner_id = ${asked.id} or f.owner_id = ${asked.id})
      and (${asked.before}::uuid is null or t.id < ${asked.before}::uuid)
    order by t.id desc limit ${asked.limit}
  `.execute(tx);
  return rows;
}

export type CountyValue = {
  readonly countyCode: string;
  readonly indicator: string;
  readonly value: string;
  readonly sourceKey: string;
};

/** The census values of the counties of a province; one figure for each county and indicator. */
export async function listCountyValues(
  tx: Tx,
  asked: { readonly provinceId: number; readonly indicators: readonly string[]; readonly year: number },
): Promise<CountyValue[]> {
  const { rows } = await sql<CountyValue>`
    select distinct on (v.county_code, v.indicator) v.county_code as "countyCode", v.indicator,
      v.value::text as value, v.source_key as "sourceKey"
    from place.read_indicator_value v
    where v.province_id = ${asked.provinceId} and v.county_code is not null and v.year = ${asked.year}
      and v.sex = 'all' and v.indicator = any(${asked.indicators})
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

/** The code of a province by its slug; undefined when there is none. */
export async function findProvinceId(tx: Tx, slug: string): Promise<number | undefined> {
  const { rows } = await sql<{ provinceId: number }>`
    select province_id as "provinceId" from place.read_province where slug = ${slug}
  `.execute(tx);
  return rows[0]?.provinceId;
}

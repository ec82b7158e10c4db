import { sql } from 'kysely';
import { day, isoOf } from '#kernel/day.ts';
import type { YearMeant } from '#kernel/indicator.ts';
import type { Tx } from '#platform/db.ts';
import type { Counted } from '../queries.ts';
import type { Cell } from './contract.ts';

const firstYear = 1350;
const lastYear = 1500;
/** The first day of each year of the Iranian calendar, as the database knows days. */
const yearStarts = (): string[] =>
  Array.from({ length: lastYear - firstYear + 1 }, (_, at) => isoOf(day(`${firstYear + at}-01-01`)));

export type CellsAsked = {
  readonly year: YearMeant;
  /** The column of the programme, or null where the figure is not told apart by it. */
  readonly programme: string | null;
  readonly byCounty: boolean;
  /** The column that tells receivers apart, or null where the figure is not of persons. */
  readonly receiver: string | null;
};

/** What the records of a measure come to in every province, county, year and programme, in one pass. */
export async function listCells(tx: Tx, measure: Counted, asked: CellsAsked): Promise<Cell[]> {
  const { year, programme, byCounty, receiver } = asked;
  const amount = sql.ref(measure.column);
  const place = byCounty ? sql`coalesce(county_code, '')` : sql`''`;
  const time =
    year === 'budget_year'
      ? sql`budget_year::integer`
      : sql`${firstYear - 1}::integer + width_bucket(happened_on::date, ${yearStarts()}::date[])`;
  const where = Object.entries(measure.where).map(
    ([column, values]) => sql`${sql.ref(column)} = any(${values}::text[])`,
  );
  const named = measure.kind === 'count' ? sql`${sql.ref(measure.distinct)} is not null` : sql`true`;
  const who = receiver === null ? sql`null::text` : sql`${sql.ref(receiver)}::text`;
  const each = sql`
    select province_id, ${place} as county, ${time} as year,
      ${programme === null ? sql`null::text` : sql`${sql.ref(programme)}::text`} as programme, ${who} as who,
      sum(${amount})::bigint as amount, count(*) as records
    from ${sql.table(measure.view)} where ${sql.join([named, ...where], sql` and `)}
    group by 1, 2, 3, 4, 5`;
  const value = measure.kind === 'count' ? sql`count(*) filter (where amount > 0)` : sql`sum(amount)::bigint`;
  const { rows } = await sql<Cell>`
    select province_id as "provinceId", county, year, programme, ${value} as value,
      sum(records)::integer as records, ${receiver === null ? sql`null::integer` : sql`count(who)::integer`} as receivers
    from (${each}) as each group by 1, 2, 3, 4 order by 1, 3, 4, 2
  `.execute(tx);
  return rows;
}

export type PlaceRow = {
  readonly provinceId: number;
  readonly province: string;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly countyCode: string | null;
  readonly countyFa: string | null;
  readonly countyEn: string | null;
};

/** Every province, and every county of each. */
export async function listPlaces(tx: Tx): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`
    select p.province_id as "provinceId", p.slug as province, p.name_fa as "provinceFa", p.name_en as "provinceEn",
      c.county_code as "countyCode", c.name_fa as "countyFa", c.name_en as "countyEn"
    from place.read_province p left join place.read_county c on c.province_id = p.province_id
  `.execute(tx);
  return rows;
}

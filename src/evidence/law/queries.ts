import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';

type Saved = {
  readonly provinceId: number;
  readonly law: string;
  readonly breaches: number;
  readonly at: Date;
};

/** Writes down what a law came to; it stands since then only where it turned. */
export async function saveLaw(tx: Tx, { provinceId, law, breaches, at }: Saved): Promise<void> {
  await sql`
    insert into evidence.law_state (province_id, law, breaches, asked_at, since)
    values (${provinceId}, ${law}, ${breaches}, ${at}, ${at})
    on conflict (province_id, law) do update
    set breaches = excluded.breaches,
      asked_at = greatest(law_state.asked_at, excluded.asked_at),
      since = case when (law_state.breaches = 0) = (excluded.breaches = 0) then law_state.since
        else greatest(law_state.asked_at, excluded.asked_at) end
  `.execute(tx);
}

export type LawRow = {
  readonly law: string;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly breaches: number;
  readonly askedAt: Date;
  readonly since: Date;
};

/** What every law came to in every province that the reader sees. */
export async function listLawStates(tx: Tx): Promise<LawRow[]> {
  const { rows } = await sql<LawRow>`
    select s.law, p.name_fa as "nameFa", p.name_en as "nameEn", s.breaches, s.asked_at as "askedAt", s.since
    from evidence.law_state s
    join place.read_province p on p.province_id = s.province_id
    order by s.law, s.province_id
  `.execute(tx);
  return rows;
}

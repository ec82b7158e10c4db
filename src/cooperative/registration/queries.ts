import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/db.ts';
import type { CooperativeKind } from '../contract.ts';
import type { NamedProvince, Registered } from './contract.ts';

export async function listProvinces(tx: Tx): Promise<NamedProvince[]> {
  const { rows } = await sql<NamedProvince>`
    select province_id as "provinceId", slug as key, json_build_object('fa', name_fa, 'en', name_en) as name
    from place.read_province order by name_fa
  `.execute(tx);
  return rows;
}

/** Half-spaces, Arabic letters and the hamza of an ezafe: letter by letter what each is looked up as, the last as nothing. */
const spelt = '\u200c\u064a\u0643\u0654';
const folded = ' \u06cc\u06a9';

export type RegisteredRow = Omit<Registered, 'registeredOn'> & { readonly registeredOn: Day };

/** Registered cooperatives, the newest first; `before` is the day and id after which the page begins. */
export async function listRegistered(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    /** A part of the name. */
    readonly search: string;
    readonly kind: CooperativeKind | null;
    readonly before: readonly [on: string, id: string] | null;
    readonly limit: number;
  },
): Promise<RegisteredRow[]> {
  const [on, id] = asked.before ?? [null, null];
  const { rows } = await sql<RegisteredRow>`
    select r.registration_id as "registrationId", r.name, r.kind, r.registered_on as "registeredOn", k.state,
      json_build_object('fa', c.name_fa, 'en', c.name_en) as county
    from cooperative.registration r
    join place.read_county c on c.province_id = r.province_id and c.county_code = r.county_code
    left join casework.read_case k on k.province_id = r.province_id and k.id = r.cooperative_id
    where r.province_id = ${asked.provinceId}
      and strpos(translate(r.name, ${spelt}, ${folded}), translate(${asked.search}, ${spelt}, ${folded})) > 0
      and (${asked.kind}::text is null or r.kind = ${asked.kind})
      and (${on}::date is null
        or (r.registered_on, r.registration_id)
          < (${on}::date, ${id}::uuid))
    order by r.registered_on desc, r.registration_id desc limit ${asked.limit}
  `.execute(tx);
  return rows;
}

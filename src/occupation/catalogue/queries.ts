import { sql } from 'kysely';
import type { Tx } from '#platform/db.ts';
import type { Named } from './contract.ts';

export type NamedProvince = Named & { readonly provinceId: number };

export async function listProvinces(tx: Tx): Promise<NamedProvince[]> {
  const { rows } = await sql<NamedProvince>`
    select province_id as "provinceId", slug as key, json_build_object('fa', name_fa, 'en', name_en) as name
    from place.read_province order by name_fa
  `.execute(tx);
  return rows;
}

export async function listAgencies(tx: Tx): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select agency_key as key, json_build_object('fa', short_fa, 'en', short_en) as name from party.read_agency
  `.execute(tx);
  return rows;
}

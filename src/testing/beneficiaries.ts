import { sql } from 'kysely';
import { z } from 'zod';
import { must, ok } from '#kernel/result.ts';
import { type Tx, inTransaction, noScope } from '#platform/db.ts';
import type { House } from './house.ts';

const alborz = 30;

/** The province and every county and office of the tests read of them. */
const readers = ['province', ...Array.from({ length: 7 }, (_, at) => `300${at + 1}`)];

/** What the registry knows of whom an award is for. */
export type Registered = { readonly settlement?: string; readonly decile?: number };

type Someone = { readonly ids: readonly string[]; readonly kind: string; readonly facts?: Registered };

/** Persons, or enterprises where awards are for such, that stand in the registry unless the test has entered them. */
export async function enterPersons(tx: Tx, { ids, kind, facts = {} }: Someone): Promise<void> {
  const [form, digits] = kind === 'person' ? ['natural', 10] : ['legal', 11];
  const nationalIds = ids.map((id) =>
    must(
      BigInt(`0x${id.slice(-12)}`)
        .toString()
        .padStart(11, '0')
        .slice(-digits),
      'digits',
    ),
  );
  await sql`
    insert into party.person (province_id, person_id, form, identity_hash, national_id, last_name, sort_key, readers,
      county_code, entered_at, settlement, decile)
    select ${alborz}, one.id, ${form}, sha256(one.id::text::bytea), one.national_id, 'تعاونی آزمون', 'A',
      ${readers}::text[], '3001', now(), ${facts.settlement ?? null}::text, ${facts.decile?.toString() ?? null}::text
    from unnest(${ids}::uuid[], ${nationalIds}::text[]) as one (id, national_id)
    on conflict do nothing
  `.execute(tx);
}

/** Whom an order of an award names. */
export async function enterBeneficiary({ db }: House, of: unknown, facts?: Registered): Promise<void> {
  const told = z.object({ beneficiaryId: z.uuid(), beneficiaryKind: z.string() }).safeParse(of);
  if (!told.success) return;
  const { beneficiaryId, beneficiaryKind: kind } = told.data;
  await inTransaction(db, { ...noScope, province: alborz }, async (tx) => {
    await enterPersons(tx, { ids: [beneficiaryId], kind, ...(facts === undefined ? {} : { facts }) });
    return ok();
  });
}

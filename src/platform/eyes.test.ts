import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openHouse } from '#testing/house.ts';

const house = await openHouse();

/** A table that names two persons of one deed, and what the database itself asks of them. */
type Pair = {
  readonly table: string;
  readonly persons: readonly string[];
  /** Checks that compare two persons. */
  readonly checks: readonly string[];
  /** Persons who are bound, with what they began, to the row in which they began it. */
  readonly bound: readonly string[];
  /** Persons whom the serving role may never write over: what began in the row itself. */
  readonly fixed: readonly string[];
};

test('whoever began a deed cannot end it, in any table, past the application too (L6)', async () => {
  const { rows } = await sql<Pair>`
    select format('%s.%s', namespace.nspname, class.relname) as "table",
      (
        select array_agg(attname::text order by attname) from pg_attribute
        where attrelid = class.oid and attname like '%by_person' and not attisdropped
      ) as persons,
      coalesce((
        select array_agg(pg_get_constraintdef(oid)) from pg_constraint
        where conrelid = class.oid and contype = 'c' and pg_get_constraintdef(oid) ~ '<> ?\\w*by_person'
      ), '{}') as checks,
      coalesce((
        select array_agg(attribute.attname::text)
        from pg_constraint reference
        join pg_attribute attribute
          on attribute.attrelid = class.oid and attribute.attnum = any(reference.conkey)
        where reference.conrelid = class.oid and reference.contype = 'f'
          and reference.confrelid <> 'access.account_holder'::regclass and attribute.attname like '%by_person'
      ), '{}') as bound,
      coalesce((
        select array_agg(attname::text) from pg_attribute
        where attrelid = class.oid and attname like '%by_person' and attnotnull
          and has_table_privilege('karsaz_app', class.oid, 'select')
          and has_any_column_privilege('karsaz_app', class.oid, 'update')
          and not has_column_privilege('karsaz_app', class.oid, attname, 'update')
      ), '{}') as fixed
    from pg_class class join pg_namespace namespace on namespace.oid = class.relnamespace
    where class.relkind = 'r' and namespace.nspname !~ '^pg_'
    order by 1
  `.execute(house.owner);
  const begins = /^(?:opened|proposed|entered|uploaded|written|first_signed)/;
  const pairs = rows.filter(
    ({ persons }) => (persons ?? []).length > 1 && persons.some((name) => !begins.test(name)),
  );
  expect(pairs.length).toBeGreaterThan(12);
  for (const { table, persons, checks, bound, fixed } of pairs) {
    const compared = checks.some((check) => {
      const compares = new Set(check.match(/\w+/g));
      return persons.filter((name) => compares.has(name)).length > 1;
    });
    expect([table, compared], persons.join(', ')).toEqual([table, true]);
    // A first person who is only written down could be anybody.
    expect([table, bound.length + fixed.length > 0]).toEqual([table, true]);
  }
});

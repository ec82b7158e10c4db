import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse } from '#testing/house.ts';
import { rooms } from '#map.ts';
import { root } from './config.ts';
import { listMigrations, migrate } from './migrate.ts';
import { readFileSync } from 'node:fs';
import { schemaOf } from './schema.ts';

const { owner } = await openHouse();
const names = rooms.map(({ name }) => name);
let tree = '';

const write = (room: string, file: string, text = 'select 1'): void => {
  mkdirSync(join(tree, 'src', room, 'migrations'), { recursive: true });
  writeFileSync(join(tree, 'src', room, 'migrations', file), text);
};

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'karsaz-migrate-'));
  write('platform', '0001_begin_platform.sql');
  write('place', '0020_add_county.sql');
  write('access', '0010_create_access.sql');
});
afterAll(() => rmSync(tree, { recursive: true }));

test('takes the files of all rooms in the order of their numbers', () => {
  const numbers = listMigrations(tree, ['place', 'access', 'party']).map(({ number }) => number);
  expect(numbers).toEqual(['0001', '0010', '0020']);
});

test('names both files when two carry one number', () => {
  write('credit', '0020_create_credit.sql');
  expect(() => listMigrations(tree, ['place', 'credit'])).toThrow(
    /0020: .*place.*0020_add_county\.sql and .*credit.*0020_create_credit\.sql/,
  );
});

test('refuses a file whose name is not a number, a verb and a noun', () => {
  write('party', '0030_party.sql');
  expect(() => listMigrations(tree, ['party'])).toThrow('0030_party.sql is not named NNNN_verb_noun.sql');
});

test('runs nothing a second time', async () => {
  expect(await migrate(owner, listMigrations(root, names))).toEqual([]);
});

test('runs what a room built later numbered below what has run', async () => {
  write('extra', '0003_make_late.sql', 'create schema late');
  const late = {
    number: '0003',
    name: '0003_make_late',
    path: join(tree, 'src/extra/migrations/0003_make_late.sql'),
  };
  const { owner: other } = await openHouse();
  expect(await migrate(other, [late, ...listMigrations(root, names)])).toEqual(['0003_make_late']);
});

test('rolls everything back when one of several fails, and names it', async () => {
  const files = [
    ...listMigrations(root, names),
    ...['9001_make_good', '9002_make_bad'].map((name) => {
      write(
        'extra',
        `${name}.sql`,
        name === '9001_make_good' ? 'create schema good' : 'create schema platform',
      );
      return {
        number: name.slice(0, 4),
        name,
        path: join(tree, 'src', 'extra', 'migrations', `${name}.sql`),
      };
    }),
  ];
  await expect(migrate(owner, files)).rejects.toThrow('9002_make_bad');
  const { rows } = await sql`select 1 from pg_namespace where nspname = 'good'`.execute(owner);
  expect(rows).toEqual([]);
});

test('every table says in its comment whether it is appended, kept or a projection', async () => {
  const { rows } = await sql<{ name: string }>`
    select c.oid::regclass::text as name
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind in ('r', 'p') and nspname !~ '^pg_' and nspname <> 'information_schema'
      and coalesce(obj_description(c.oid, 'pg_class'), '') !~ '^(appended|kept|projection)(:|$)'
  `.execute(owner);
  expect(rows).toEqual([]);
});

test('no index that is not unique begins with two columns of a foreign key', async () => {
  // Without statistics the planner takes such an index for as good as the unique one: a check of the key then reads
  // all rows that share the two columns, and a batch of thousands is quadratic.
  const { rows } = await sql<{ key: string; rival: string }>`
    select c.conname as key, i.indexrelid::regclass::text as rival
    from pg_constraint c
    join pg_index i on i.indrelid = c.confrelid and i.indexrelid <> c.conindid
    where c.contype = 'f' and not i.indisunique and i.indpred is null and i.indnkeyatts > 1
      and i.indkey[0] = any(c.confkey) and i.indkey[1] = any(c.confkey)
    order by 2, 1
  `.execute(owner);
  expect(rows).toEqual([]);
});

test('docs/schema.sql is what the migrations make (npm run schema)', async () => {
  expect(await schemaOf(owner)).toBe(readFileSync(join(root, 'docs', 'schema.sql'), 'utf8'));
});

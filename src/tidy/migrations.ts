import type { Room } from '#map.ts';
import { lineAt, type SourceFile, type Violation } from './source.ts';
import { foreignNames } from './sql.ts';
import { keysOf, statementsOf, tableOf, type Key, type Statement, type Table } from './tables.ts';

type Migration = {
  readonly file: SourceFile;
  /** The room, or `platform`. */
  readonly schema: string;
  readonly statements: readonly Statement[];
};

type Whole = {
  readonly migrations: readonly Migration[];
  readonly tables: ReadonlyMap<string, Table>;
  /** Table → its COMMENT. */
  readonly comments: ReadonlyMap<string, string>;
  readonly order: readonly string[];
};

type Fault = { readonly rule: string; readonly says: string };

/** What the database must repeat of the house, read from the migrations of all rooms together. */
export function checkMigrations(tree: readonly SourceFile[], rooms: readonly Room[]): Violation[] {
  const migrations = tree
    .filter(({ path }) => /^src\/\w+\/migrations\/[^/]+\.sql$/.test(path))
    .map((file) => ({ file, schema: file.path.split('/')[1] ?? '', statements: statementsOf(file.text) }));
  const all = migrations.flatMap(({ file, statements }) =>
    statements.map((statement) => ({ file, statement })),
  );
  const tables = all.flatMap(({ file, statement }) => tableOf(statement, file.path) ?? []);
  const whole: Whole = {
    migrations,
    tables: new Map(tables.map((table) => [table.name, table])),
    comments: new Map(all.flatMap(({ statement }) => commentOf(statement))),
    order: ['platform', ...rooms.map(({ name }) => name)],
  };
  return [
    ...migrations.flatMap((migration) => checkStatements(migration, whole)),
    ...tables.flatMap((table) => checkTable(table, whole)),
  ];
}

function commentOf({ text }: Statement): [string, string][] {
  const match = /^comment\s+on\s+table\s+([\w.]+)\s+is\s+'((?:[^']|'')*)'/i.exec(text);
  return match === null ? [] : [[match[1] ?? '', match[2] ?? '']];
}

/** What no migration says, whatever its table. */
const forbidden: readonly { readonly rule: string; readonly pattern: RegExp; readonly says: string }[] = [
  {
    rule: 'trigger',
    pattern: /\bcreate (?:or replace )?(?:constraint |event )?trigger\b/,
    says: 'no triggers: write it in the action, in the same transaction',
  },
  {
    rule: 'serial',
    pattern:
      /\b(?:small|big)?serial\b|\bgenerated (?:always|by default) as identity\b|\bnextval ?\(|\bcreate sequence\b/,
    says: 'no counter of one machine: ids are UUIDv7 made by the application',
  },
  {
    rule: 'made-id',
    pattern: /\bdefault (?:gen_random_uuid|uuidv7|uuid_generate_v\d) ?\(/,
    says: 'the application makes the id, so that a retry brings the same one (L5)',
  },
  {
    rule: 'cascade',
    pattern: /\bon delete (?:set null|set default|cascade)\b|\bon update (?:cascade|set null|set default)\b/,
    says: 'a row is never taken along or emptied by another one: reverse it by an act',
  },
  {
    rule: 'sql-upsert',
    pattern: /\bdo update set\b.*\b(?:now|random|nextval|clock_timestamp|gen_random_uuid) ?\(/,
    says: 'a value made in "do update set" differs from machine to machine: bind it',
  },
  {
    rule: 'blanket-grant',
    pattern: /\bgrant .* on all (?:tables|sequences|functions|routines) in schema\b/,
    says: 'one GRANT per table, beside the table',
  },
  {
    rule: 'policy-subquery',
    pattern: /^create policy\b.*\(\s*select\b/,
    says: 'no subquery in a policy: compare a column with a scope function',
  },
  {
    rule: 'sql-star',
    pattern: /\bselect (?:distinct )?(?:\w+\.)?\*/,
    says: 'name the columns: a new column must not change an answer',
  },
];

function checkStatements(migration: Migration, whole: Whole): Violation[] {
  return migration.statements.flatMap((statement) => {
    const faults: Fault[] = [
      ...forbidden.filter(({ pattern }) => pattern.test(statement.plain)),
      ...viewFaults(statement),
      ...schemaFaults(statement, migration.schema, whole),
      ...grantFaults(statement, whole),
      ...laterKeyFaults(statement, whole),
    ];
    const line = lineAt(migration.file.text, statement.at);
    return faults.map(({ rule, says }) => ({ rule, path: migration.file.path, line, says }));
  });
}

function viewFaults({ plain }: Statement): Fault[] {
  const view = /^create (?:or replace )?view ([\w.]+)/.exec(plain)?.[1];
  if (view === undefined || /\bwith \([^)]*security_invoker ?= ?(?:true|on)/.test(plain)) return [];
  return [
    {
      rule: 'view-invoker',
      says: `${view}: create view … with (security_invoker = true), or it sees past L9`,
    },
  ];
}

/** What libraries keep for themselves stands in schemas of their own, which the platform makes. */
const ownSchemas = (schema: string): readonly string[] =>
  schema === 'platform' ? ['platform', 'auth', 'pgboss'] : [schema];

/** A room makes and changes its own schema only, and sees of earlier rooms their views and, by key, their tables. */
function schemaFaults({ plain }: Statement, schema: string, { order }: Whole): Fault[] {
  const made =
    /^(?:create|alter|drop) (?:or replace )?(?:unlogged )?(?:table|view|function|type|domain) (?:if (?:not )?exists )?([\w.]+)/.exec(
      plain,
    )?.[1];
  if (made !== undefined && !ownSchemas(schema).includes(made.split('.')[0] ?? ''))
    return [
      { rule: 'own-schema', says: `${made}: a migration of ${schema} makes and changes ${schema}.… only` },
    ];
  const keys = [...plain.matchAll(/\breferences ([a-z]+)\.\w+/g)].flatMap(([, target = '']) =>
    order.indexOf(target) > order.indexOf(schema)
      ? [{ rule: 'later-room', says: `a foreign key to ${target}, which is built after ${schema}` }]
      : [],
  );
  const text = plain.replace(/\breferences [\w.]+/g, '').replace(/^comment on .*/, '');
  return [...keys, ...foreignNames({ text, room: schema, order: order.slice(1) })];
}

function grantFaults({ plain }: Statement, { comments }: Whole): Fault[] {
  const match = /^grant (.*?) on (?:table )?([\w.]+) to\b/.exec(plain);
  const [, rights = '', table = ''] = match ?? [];
  if (!comments.get(table)?.startsWith('appended')) return [];
  return /\b(?:update|delete|truncate|all)\b/.test(rights)
    ? [{ rule: 'appended-grant', says: `${table} is appended: nobody may change or take away its rows (L4)` }]
    : [];
}

/** Keys and unique indexes that come after their table. */
function laterKeyFaults({ plain }: Statement, whole: Whole): Fault[] {
  const index =
    /^create unique index (?:if not exists )?\w+ on (?:only )?([\w.]+) (?:using \w+ )?\(([^)]*)\)/.exec(
      plain,
    );
  const altered =
    /^alter table (?:only )?(?:if exists )?([\w.]+) (?:.*?, ?)?add (constraint .*|unique .*|primary key .*|foreign key .*)$/.exec(
      plain,
    );
  const table = whole.tables.get(index?.[1] ?? altered?.[1] ?? '');
  if (table === undefined || !isOfProvince(table, whole)) return [];
  const unique: Key = {
    form: 'unique',
    columns: (index?.[2] ?? '').split(',').map((column) => column.trim()),
    target: undefined,
    targetColumns: [],
  };
  const keys = index === null ? keysOf(altered?.[2] ?? '') : [unique];
  return keys.flatMap((key) => keyFaults(key, whole));
}

const isReference = (table: Table, { comments }: Whole): boolean =>
  /^kept: reference\b/.test(comments.get(table.name) ?? '');

const hasProvince = (table: Table): boolean => table.columns.some(({ name }) => name === 'province_id');

const isOfProvince = (table: Table, whole: Whole): boolean =>
  hasProvince(table) && !isReference(table, whole);

function checkTable(table: Table, whole: Whole): Violation[] {
  const faults: Fault[] = [...commentFaults(table, whole), ...typeFaults(table)];
  if (isOfProvince(table, whole)) {
    faults.push(...table.keys.flatMap((key) => keyFaults(key, whole)), ...fenceFaults(table, whole));
    if (!table.keys.some(({ form }) => form === 'primary key'))
      faults.push({ rule: 'province-first', says: `${table.name} has no primary key (province_id, …)` });
  }
  const text = whole.migrations.find(({ file }) => file.path === table.path)?.file.text ?? '';
  return faults.map(({ rule, says }) => ({ rule, path: table.path, line: lineAt(text, table.at), says }));
}

function commentFaults(table: Table, whole: Whole): Fault[] {
  const comment = whole.comments.get(table.name);
  if (comment === undefined || !/^(?:appended|kept|projection)\b/.test(comment))
    return [
      { rule: 'table-comment', says: `${table.name}: comment on table … is 'appended|kept|projection: …'` },
    ];
  if (hasProvince(table) || /\breference\b|\bcoordinator\b|\bown key\b/.test(comment)) return [];
  return [
    {
      rule: 'no-province',
      says: `${table.name} has no province_id: its comment says "reference", "coordinator" or by which "own key" it is spread`,
    },
  ];
}

const typeFaults = (table: Table): Fault[] =>
  table.columns
    .filter(({ type }) =>
      /^(?:real|double precision|float\d?|money|timestamp(?! with time zone))\b(?!tz)/.test(type),
    )
    .map(({ name, type }) => ({
      rule: 'column-type',
      says: `${table.name}.${name} ${type.split(' ')[0]}: money is bigint, shares are two integers, instants are timestamptz`,
    }));

/** Citus spreads rows by their province, and can hold unique only what names it first. */
function keyFaults(key: Key, whole: Whole): Fault[] {
  const says = `${key.form} (${key.columns.join(', ')})`;
  if (key.form !== 'foreign key')
    return key.columns[0] === 'province_id'
      ? []
      : [{ rule: 'province-first', says: `${says}: province_id comes first in every key` }];
  const target = whole.tables.get(key.target ?? '');
  if (target === undefined || !hasProvince(target)) return [];
  const first = key.columns[0] === 'province_id' && (key.targetColumns[0] ?? 'province_id') === 'province_id';
  return first
    ? []
    : [{ rule: 'province-first', says: `${says} to ${target.name}: province_id comes first on both sides` }];
}

function fenceFaults(table: Table, whole: Whole): Fault[] {
  const said = whole.migrations.flatMap(({ statements }) => statements.map(({ plain }) => plain));
  return ['enable', 'force']
    .filter((word) => !said.includes(`alter table ${table.name} ${word} row level security`))
    .map((word) => ({
      rule: 'row-security',
      says: `${table.name} holds rows of a province: alter table ${table.name} ${word} row level security`,
    }));
}

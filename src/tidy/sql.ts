import type { Room } from '#map.ts';
import {
  lineAt,
  matches,
  read,
  type Literal,
  type Source,
  type SourceFile,
  type Violation,
} from './source.ts';
import { isTest, standingOf } from './standing.ts';

const statement =
  /^\s*(?:select\b[\s\S]*\bfrom\b|insert\s+into\b|update\s+[\w.]+\s+(?:as\s+\w+\s+)?set\b|delete\s+from\b|truncate\b|with\s+(?:recursive\s+)?\w+\s*(?:\([^)]*\)\s*)?as\b|(?:create|alter|drop)\s+(?:table|view|schema|index|role|policy)\b)/i;
const builder = /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\s*\(/g;

const isSql = (literal: Literal): boolean => literal.tag === 'sql' || statement.test(literal.text);

/** SQL stands in `queries.ts`, names its own schema and the `read_…` views of earlier rooms, and locks in a province. */
export function checkSql(tree: readonly SourceFile[], rooms: readonly Room[]): Violation[] {
  return tree
    .filter(({ path }) => /^src\/.*\.tsx?$/.test(path) && !isTest(path))
    .flatMap((file) => {
      const standing = standingOf(file.path);
      if (standing.floor === 'testing' || standing.floor === 'tidy') return [];
      const source = read(file.text);
      if (standing.floor === 'platform')
        return source.literals
          .filter(isSql)
          .flatMap((literal) => checkNames(file, literal, 'platform', rooms));
      if (standing.floor === 'room' && standing.kind === 'queries')
        return checkQueries({ file, source, room: standing.room, rooms });
      return checkPlace(file, source);
    });
}

function checkPlace(file: SourceFile, source: Source): Violation[] {
  const says = 'SQL stands in queries.ts of the room that owns the table';
  return [
    ...source.literals.filter(isSql).map(({ at, text }) => ({
      rule: 'sql-place',
      path: file.path,
      line: lineAt(file.text, at),
      says: `${text.trim().slice(0, 40)}: ${says}`,
    })),
    ...matches(file, source.code, { rule: 'sql-place', pattern: builder, says }),
  ];
}

type Queries = {
  readonly file: SourceFile;
  readonly source: Source;
  readonly room: string;
  readonly rooms: readonly Room[];
};

const breach = (file: SourceFile, literal: Literal, { rule, at, says }: Breach): Violation => ({
  rule,
  path: file.path,
  line: lineAt(file.text, literal.at + 1 + at),
  says,
});

/** The schemas that a literal names, from where `room` stands; the platform stands before every room. */
const checkNames = (file: SourceFile, literal: Literal, room: string, rooms: readonly Room[]): Violation[] =>
  foreignNames({ text: literal.text, room, order: rooms.map(({ name }) => name) }).map((found) =>
    breach(file, literal, found),
  );

function checkQueries({ file, source, room, rooms }: Queries): Violation[] {
  return [
    ...source.literals.flatMap((literal) => checkNames(file, literal, room, rooms)),
    ...source.literals
      .filter(isSql)
      .flatMap((literal) => statementFaults(literal.text).map((found) => breach(file, literal, found))),
    ...matches(file, source.code, {
      rule: 'sql-star',
      pattern: /\.(?:selectAll|returningAll)\s*\(/g,
      says: 'name the columns: a new column must not change an answer',
    }),
    ...checkBuilderLocks(file, source),
  ];
}

type Breach = { readonly rule: string; readonly at: number; readonly says: string };

/** Names of other rooms' schemas in a piece of SQL: only `read_…` views of earlier rooms may stand there. */
export function foreignNames(part: {
  readonly text: string;
  readonly room: string;
  readonly order: readonly string[];
}): Breach[] {
  const { text, room, order } = part;
  return [...text.matchAll(/\b([a-z]+)\.([a-z_]+)\b/g)].flatMap((match) => {
    const [name, schema = '', table = ''] = match;
    if (schema === room || !order.includes(schema)) return [];
    const at = match.index;
    if (order.indexOf(schema) > order.indexOf(room))
      return [{ rule: 'sql-schema', at, says: `${name}: ${schema} is built after ${room}` }];
    return table.startsWith('read_')
      ? []
      : [{ rule: 'sql-schema', at, says: `${name}: of another room only its read_… views are read` }];
  });
}

const faults: readonly { readonly rule: string; readonly pattern: RegExp; readonly says: string }[] = [
  {
    rule: 'sql-star',
    pattern: /\b(?:select|returning)\s+(?:distinct\s+)?(?:\w+\.)?\*/i,
    says: 'name the columns: a new column must not change an answer',
  },
  {
    rule: 'sql-upsert',
    pattern:
      /\bdo\s+update\s+set\b[\s\S]*?\b(?:now\s*\(|random\s*\(|nextval\s*\(|clock_timestamp\s*\(|gen_random_uuid\s*\(|current_timestamp\b)/i,
    says: 'a value made in "do update set" differs from machine to machine: bind it',
  },
];

function statementFaults(text: string): Breach[] {
  const found = faults.flatMap(({ rule, pattern, says }) => {
    const match = pattern.exec(text);
    return match === null ? [] : [{ rule, at: match.index, says }];
  });
  const lock = /\bfor\s+(?:no\s+key\s+)?(?:update|share)\b/i.exec(text);
  if (lock !== null && !/\bprovince_id\b/.test(text))
    found.push({
      rule: 'sql-lock',
      at: lock.index,
      says: 'a lock names its province: where province_id = …',
    });
  return found;
}

/** The same for the query builder: from the last `selectFrom` to `.forUpdate(` the province must be named. */
function checkBuilderLocks(file: SourceFile, source: Source): Violation[] {
  return [...source.code.matchAll(/\.for(?:Update|NoKeyUpdate|Share)\s*\(/g)].flatMap(({ index }) => {
    const start = source.code.lastIndexOf('selectFrom', index);
    const named = source.spoken.slice(Math.max(0, start), index).includes('province_id');
    const says = "a lock names its province: .where('province_id', '=', …)";
    return named ? [] : [{ rule: 'sql-lock', path: file.path, line: lineAt(file.text, index), says }];
  });
}

/** Migrations read as text: statements, tables, keys. Enough for the walls, not a parser of SQL. */

export type Statement = {
  readonly text: string;
  /** Lower case, quoted strings emptied, one blank between words: for patterns. */
  readonly plain: string;
  readonly at: number;
};

export type Key = {
  readonly form: 'primary key' | 'unique' | 'foreign key';
  readonly columns: readonly string[];
  readonly target: string | undefined;
  readonly targetColumns: readonly string[];
};

export type Table = {
  readonly name: string;
  readonly path: string;
  readonly at: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly keys: readonly Key[];
};

const opaque = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\$(\w*)\$[\s\S]*?\$\1\$/g;

/** Cuts a migration at its semicolons; those in comments, strings and function bodies do not count. */
export function statementsOf(sql: string): Statement[] {
  const masked = sql.replace(opaque, (part) =>
    part.replace(/[^\n]/g, part.startsWith("'") || part.startsWith('$') ? 'x' : ' '),
  );
  const statements: Statement[] = [];
  let from = 0;
  for (let i = 0; i <= masked.length; i += 1) {
    if (i < masked.length && masked[i] !== ';') continue;
    const lead = /^\s*/.exec(masked.slice(from, i))?.[0].length ?? 0;
    const text = sql.slice(from + lead, i);
    const plain = text
      .replace(opaque, (part) => (part.startsWith("'") ? "''" : part.startsWith('$') ? part : ' '))
      .replace(/\s+/g, ' ')
      .trim()
      .toLowerCase();
    if (plain !== '') statements.push({ text, plain, at: from + lead });
    from = i + 1;
  }
  return statements;
}

/** Splits at commas outside brackets. */
function partsOf(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < list.length; i += 1) {
    if (list[i] === '(') depth += 1;
    if (list[i] === ')') depth -= 1;
    if (list[i] === ',' && depth === 0) {
      parts.push(list.slice(from, i).trim());
      from = i + 1;
    }
  }
  return [...parts, list.slice(from).trim()];
}

const namesIn = (list: string | undefined): string[] => (list === undefined ? [] : partsOf(list));

/** The keys that one line of `create table` or one `alter table … add` declares. */
export function keysOf(part: string): Key[] {
  const body = part.replace(/^constraint \w+ /, '');
  const listed = /^(primary key|unique)(?: nulls (?:not )?distinct)? ?\(([^)]*)\)/.exec(body);
  if (listed !== null)
    return [
      {
        form: listed[1] === 'unique' ? 'unique' : 'primary key',
        columns: namesIn(listed[2]),
        target: undefined,
        targetColumns: [],
      },
    ];
  const foreign = /^foreign key ?\(([^)]*)\) ?references ([\w.]+)(?: ?\(([^)]*)\))?/.exec(body);
  if (foreign !== null)
    return [
      {
        form: 'foreign key',
        columns: namesIn(foreign[1]),
        target: foreign[2],
        targetColumns: namesIn(foreign[3]),
      },
    ];
  if (/^(?:check|exclude)\b/.test(body)) return [];
  const column = /^\w+/.exec(body)?.[0] ?? '';
  const keys: Key[] = [];
  if (/\bprimary key\b/.test(body))
    keys.push({ form: 'primary key', columns: [column], target: undefined, targetColumns: [] });
  if (/\bunique\b/.test(body))
    keys.push({ form: 'unique', columns: [column], target: undefined, targetColumns: [] });
  const inline = /\breferences ([\w.]+)(?: ?\(([^)]*)\))?/.exec(body);
  if (inline !== null)
    keys.push({
      form: 'foreign key',
      columns: [column],
      target: inline[1],
      targetColumns: namesIn(inline[2]),
    });
  return keys;
}

const isColumn = (part: string): boolean =>
  !/^(?:constraint|primary key|unique|foreign key|check|exclude|like)\b/.test(part);

/** The table that a statement creates, if it creates one. */
export function tableOf(statement: Statement, path: string): Table | undefined {
  const match = /^create (?:unlogged )?table (?:if not exists )?([\w.]+) ?\((.*)\)/.exec(statement.plain);
  if (match === null) return undefined;
  const parts = partsOf(match[2] ?? '');
  return {
    name: match[1] ?? '',
    path,
    at: statement.at,
    columns: parts.filter(isColumn).map((part) => {
      const [, name = '', type = ''] = /^(\w+) (.*)$/.exec(part) ?? [];
      return { name, type };
    }),
    keys: parts.flatMap(keysOf),
  };
}

import type { Room } from '#map.ts';
import { lineAt, matches, read, type SourceFile, type Violation } from './source.ts';
import { baseName, isTest, kindFiles, kindOf, standingOf } from './standing.ts';

const longest = 450;
const floorsWithReadme = ['kernel', 'platform'];
const topFiles = ['main.ts', 'app.ts', 'app.web.tsx', 'cli.ts', 'map.ts', 'tidy.ts'];
const emptyWords = /^(?:utils?|helpers?|services?|common|misc|lib|shared|managers?)$/;
const migrationName =
  /^\d{4}_(?:add|alter|change|close|create|drop|fill|grant|index|load|move|open|rename|revoke|seal|split|tighten|widen)_[a-z0-9_]+\.sql$/;

export type Names = {
  readonly rooms: readonly Room[];
  /** Words that a file or folder inside a room may be named by: the names in code of GLOSSARY.md. */
  readonly nouns: ReadonlySet<string>;
};

/** The names in code of GLOSSARY.md: everything in backticks, in the form of a file name. */
export const nounsOf = (glossary: string): Set<string> =>
  new Set([...glossary.matchAll(/`([A-Za-z][\w-]*)`/g)].map((match) => fileNoun(match[1] ?? '')));

const fileNoun = (name: string): string => name.replaceAll(/[-_]/g, '').toLowerCase();

/** Every file stands where the table of ARCHITECTURE.md has a place for it, under a name that says what it is. */
export function checkNames(tree: readonly SourceFile[], names: Names): Violation[] {
  return [
    ...tree.filter(({ path }) => path.startsWith('src/')).flatMap((file) => checkFile(file, names)),
    ...checkRooms(tree, names.rooms),
    ...checkNumbers(tree),
  ];
}

function checkFile(file: SourceFile, names: Names): Violation[] {
  const found = (rule: string, says: string, line = 1): Violation => ({ rule, path: file.path, line, says });
  const violations: Violation[] = [];
  const words = file.path.split('/').map((part) => part.replace(/\..*$/, ''));
  const empty = /\/index\.tsx?$/.test(file.path) ? 'index' : words.find((word) => emptyWords.test(word));
  if (empty !== undefined)
    violations.push(
      found('empty-name', `"${empty}" says nothing: name it by what it holds, beside its only caller`),
    );
  const lines = file.text.split('\n').length - 1;
  if (/\.tsx?$/.test(file.path) && lines > longest)
    violations.push(
      found('too-long', `${lines} lines, at most ${longest}: split by a noun of the domain`, longest + 1),
    );
  const misplaced = placeOf(file.path, names);
  if (misplaced !== undefined) violations.push(found('unknown-place', misplaced));
  if (/\.tsx?$/.test(file.path)) violations.push(...checkBarrel(file));
  return violations;
}

/** What is wrong with where a file stands, or undefined. */
function placeOf(path: string, names: Names): string | undefined {
  const standing = standingOf(path);
  if (standing.floor === 'top')
    return topFiles.includes(standing.name) || isTest(path)
      ? undefined
      : `only ${topFiles.join(', ')} stand at the top of src: it belongs to a room or to a floor`;
  if (standing.floor !== 'room') return undefined;
  const room = names.rooms.find(({ name }) => name === standing.room);
  if (room === undefined) return `no room "${standing.room}" in src/map.ts: add it there, in building order`;
  if (!room.built) return `room "${standing.room}" is not marked built in src/map.ts: npm run new:room`;
  return placeInRoom(standing.room, standing.inside, names.nouns);
}

function placeInRoom(room: string, inside: string, nouns: ReadonlySet<string>): string | undefined {
  const parts = inside.split('/');
  const file = parts.at(-1) ?? '';
  const [folder] = parts;
  if (folder === 'migrations' && parts.length === 2)
    return migrationName.test(file)
      ? undefined
      : 'a migration is named NNNN_verb_noun.sql, e.g. 0042_add_branch.sql';
  if (parts.length > 2) return 'a room is split once, by nouns: no folder inside such a folder';
  if (parts.length === 2 && !nouns.has(fileNoun(folder ?? '')))
    return `a room is split by a noun of the domain: "${folder}" is no name in code of GLOSSARY.md`;
  if (file === 'README.md' || kindFiles.includes(file)) return undefined;
  if (isTest(file)) {
    const of = fileNoun(file.replace(/(?:\.browser)?\.test\.tsx?$/, ''));
    const known = of === room || nouns.has(of) || kindFiles.some((name) => name.startsWith(`${of}.`));
    return known ? undefined : 'a test is named for the file, the noun or the room that it tests';
  }
  if (kindOf(file) !== 'noun') return `no such kind of file in a room: one of ${kindFiles.join(', ')}`;
  return nouns.has(fileNoun(file.replace(/\.ts$/, '')))
    ? undefined
    : `one of ${kindFiles.join(', ')}, or a pure part named by a name in code of GLOSSARY.md`;
}

/** A barrel hides who uses whom: a name is imported from where it is written. */
function checkBarrel(file: SourceFile): Violation[] {
  const { code } = read(file.text);
  return matches(file, code, {
    rule: 'barrel',
    pattern: /\bexport\s+(?:type\s+)?(?:\*|\{[^}]*\}\s*from\b)/g,
    says: 'no re-exports: let the reader import it from where it is written',
  });
}

function checkRooms(tree: readonly SourceFile[], rooms: readonly Room[]): Violation[] {
  const paths = new Set(tree.map(({ path }) => path));
  const folders = new Set([
    ...floorsWithReadme,
    ...rooms.filter(({ built }) => built).map(({ name }) => name),
  ]);
  return [...folders]
    .filter((name) => !paths.has(`src/${name}/README.md`))
    .map((name) => ({
      rule: 'no-readme',
      path: `src/${name}/README.md`,
      line: 1,
      says: 'every room and floor says in half a page what it holds and what it never does',
    }));
}

/** Migrations run in one order over all rooms, so their numbers are unique over all rooms. */
function checkNumbers(tree: readonly SourceFile[]): Violation[] {
  const seen = new Map<string, string>();
  return tree
    .filter(({ path }) => path.endsWith('.sql') && path.includes('/migrations/'))
    .flatMap(({ path, text }) => {
      const number = baseName(path).slice(0, 4);
      const first = seen.get(number);
      if (first === undefined) {
        seen.set(number, path);
        return [];
      }
      const says = `number ${number} is taken by ${first}: take the next free one`;
      return [{ rule: 'migration-number', path, line: lineAt(text, 0), says }];
    });
}

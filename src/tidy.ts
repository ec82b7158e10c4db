import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Room } from '#map.ts';
import { checkImports } from './tidy/imports.ts';
import { checkMigrations } from './tidy/migrations.ts';
import { checkNames, nounsOf } from './tidy/names.ts';
import type { SourceFile, Violation } from './tidy/source.ts';
import { checkSql } from './tidy/sql.ts';
import { checkTexts, type NumberExceptions } from './tidy/texts.ts';

/**
 * The files that may turn text or a bigint into a number. Each says why no money can be lost there; an entry
 * that is not needed any more is a violation itself.
 */
export const numberExceptions: NumberExceptions = {
  'src/kernel/rial.ts':
    'the rials left over by a division are fewer than its parts; one named way to a double for drawing',
  'src/kernel/persian.ts': 'a group of three digits is below 1000',
  'src/evidence/figure/date.ts': 'days, months and years of a date: at most four digits',
  'src/evidence/figure/literal.ts': 'days, months, hours and years of a date: at most four digits',
  'src/evidence/figure/month.ts': 'the day of a month: at most two digits',
  'src/platform/invalid.ts': 'the bounds of a length in a schema, for the sentence that refuses it',
  'src/platform/pages.ts': 'two truth values, to put pages after their assets',
  'src/web/format.ts': 'a share of a width on the screen, after the division of bigints',
};

export type Walls = {
  readonly rooms: readonly Room[];
  readonly numberExceptions: NumberExceptions;
};

/**
 * The walls of the house over a tree of files: names, imports, SQL, migrations, texts. A pure function; empty
 * when all walls stand. ARCHITECTURE.md says what they are for.
 */
export function tidy(tree: readonly SourceFile[], walls: Walls): Violation[] {
  const glossary = tree.find(({ path }) => path === 'GLOSSARY.md')?.text ?? '';
  return [
    ...checkNames(tree, { rooms: walls.rooms, nouns: nounsOf(glossary) }),
    ...checkImports(tree, walls.rooms),
    ...checkSql(tree, walls.rooms),
    ...checkMigrations(tree, walls.rooms),
    ...checkTexts(tree, walls.numberExceptions),
  ];
}

export const sentence = ({ rule, path, line, says }: Violation): string =>
  `${path}:${line}  ${rule}  ${says}`;

const left = new Set(['node_modules', '.git', 'dist', 'var', 'data']);
const readable = /\.(?:tsx?|mjs|css|sql|md|json|html)$|^\.ci\//;

/** The files of the project that are written by hand and read as text, sorted by path. */
export function readTree(root: string, folder = ''): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (left.has(path)) return [];
      if (entry.isDirectory()) return readTree(root, path);
      if (!readable.test(path) || path === 'package-lock.json') return [];
      return [{ path, text: readFileSync(join(root, path), 'utf8') }];
    });
}

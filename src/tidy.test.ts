import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rooms } from './map.ts';
import { clean, room, treeOf, walls } from './tidy/model.ts';
import { numberExceptions, readTree, sentence, tidy } from './tidy.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

describe('the walls', () => {
  it('leave a clean house alone', () => {
    expect(tidy(treeOf(clean), walls).map(sentence)).toEqual([]);
  });

  it('catch a room without a page about itself', () => {
    const tree = treeOf(clean).filter(({ path }) => path !== 'src/loan/README.md');
    expect(tidy(tree, walls).map(({ rule, path }) => [rule, path])).toEqual([
      ['no-readme', 'src/loan/README.md'],
    ]);
  });

  it('catch a room that has a folder and is not marked built', () => {
    const planned = walls.rooms.map((one) => (one.name === 'credit' ? room('credit', false) : one));
    const caught = tidy(treeOf(clean), { ...walls, rooms: planned }).filter(
      ({ path }) => path === 'src/credit/rules.ts',
    );
    expect(caught.map(({ rule }) => rule)).toContain('unknown-place');
  });

  it('let a listed file count with numbers, and catch an entry that is not needed', () => {
    const files = treeOf({ ...clean, 'src/kernel/day.ts': 'export const year = Number(digits);\n' });
    const listed = { ...walls, numberExceptions: { 'src/kernel/day.ts': 'four digits' } };
    expect(tidy(files, listed)).toEqual([]);
    expect(tidy(treeOf(clean), listed).map(({ rule }) => rule)).toEqual(['stale-exception']);
  });

  it('are each tried by a planted breach', () => {
    const files = readTree(root, 'src/tidy');
    const textOf = (tests: boolean): string =>
      [...files, ...readTree(root, 'src').filter(({ path }) => path === 'src/tidy.test.ts')]
        .filter(({ path }) => path.endsWith('.test.ts') === tests)
        .map(({ text }) => text)
        .join('\n');
    const named = /\brule: '([a-z-]+)'|\bfound\('([a-z-]+)'|\['([a-z]+(?:-[a-z]+)+)',/g;
    const rules = [...textOf(false).matchAll(named)].map((match) => match[1] ?? match[2] ?? match[3]);
    expect(rules.length).toBeGreaterThan(40);
    expect(rules.filter((rule) => !textOf(true).includes(`'${rule}'`))).toEqual([]);
  });

  it('stand in this house', () => {
    const tree = readTree(root);
    expect(tree.length).toBeGreaterThan(50);
    expect(tidy(tree, { rooms, numberExceptions }).map(sentence)).toEqual([]);
  });
});

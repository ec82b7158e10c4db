import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rooms } from '#map.ts';
import { sentence, tidy } from '#tidy.ts';
import { draftRoom, markBuilt, rowOf, withoutBrackets } from './draft.ts';

const map = readFileSync(new URL('../map.ts', import.meta.url), 'utf8');
const paper = readFileSync(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8');
const floors = ['kernel', 'platform'].map((name) => ({ path: `src/${name}/README.md`, text: '' }));

describe('a new room', () => {
  it.each(rooms.map((room) => [room.name, room] as const))('%s begins behind all walls', (_name, room) => {
    const walls = { rooms: [{ ...room, built: true }], numberExceptions: {} };
    expect(tidy([...floors, ...draftRoom(room)], walls).map(sentence)).toEqual([]);
  });

  it('is marked built in the map, and no other room with it', () => {
    const marked = rooms.map(({ name, built }) => [name, built, markBuilt(map, name)] as const);
    for (const [, built, after] of marked) {
      if (built) expect(after).toBeUndefined();
      else expect(after?.split('built: true').length).toBe(map.split('built: true').length + 1);
    }
    expect(markBuilt(map, 'tax')).toBeUndefined();
  });

  it('stands in ARCHITECTURE.md as in the map, in the same order, planned ones in brackets', () => {
    const rows = paper.split('\n').filter((line) => /^\| \(?`[a-z]+`\)? \|/.test(line));
    expect(rows.map((row) => row.split(' | ').slice(0, 2).join(' | ') + ' |')).toEqual(rooms.map(rowOf));
    for (const room of rooms) expect(withoutBrackets(paper, room)).toContain(rowOf({ ...room, built: true }));
  });
});

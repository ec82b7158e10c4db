import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import { longestKey, mixedLetters, nameWords } from '../person/name.ts';
import { type PersonsAsked, listHeard, listPersons } from './queries.ts';

/** Of one name so many words may begin alike: first and last name, those joined, and what a first part leaves. */
const mostAlike = 4;

/**
 * Whom a search means, and no more of them: what is about a person is found by it. Persons under words come as they
 * lie in the index, records that were merged into another among them, because what was written of them stays theirs.
 * The names of one word are walked no further than a page of them needs; sets of words would be met whole.
 */
export async function listPersonIds(tx: Tx, asked: PersonsAsked): Promise<Id[]> {
  const { search, limit } = asked;
  if (search.by === 'nobody') return [];
  if (search.by !== 'words') return (await listPersons(tx, asked)).map(({ personId }) => personId);
  const { words } = search;
  const [first = '', ...others] = words;
  const hearing = { mixed: mixedLetters, held: others.map(doubledOrNot), longestKey };
  // Most names have one word that begins so: more are read only where that was too few.
  for (let most = limit; ; most *= mostAlike) {
    const rows = await listHeard(tx, asked, { first, hearing, most });
    const meant = rows.filter((name) => hasWords(nameWords(name), words));
    const ids = [...new Set(meant.map(({ personId }) => personId))];
    if (ids.length >= limit || rows.length < most) return ids.slice(0, limit);
  }
}

const hasWords = (own: readonly string[], begun: readonly string[]): boolean =>
  begun.every((beginning) => own.some((word) => word.startsWith(beginning)));

/** A word as it may stand in a sort key, which keeps the letters that are written twice. */
export const doubledOrNot = (word: string): string =>
  Array.from(word, (letter) => `${/[[\]\\^]/.test(letter) ? `\\${letter}` : letter}+`).join('');

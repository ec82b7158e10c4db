import { comparable } from '#kernel/persian.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { OccupationRefusal } from './contract.ts';

/**
 * The text as the search compares it: one form of each letter, lower case, and nothing but letters and digits,
 * so that «قالی‌بافی»، «قالی بافی» and «قاليبافي» are one.
 */
export const searchText = (text: string): string =>
  comparable(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The words of a search, each of which must occur; a half-space joins, a space parts. */
export const searchWords = (search: string): string[] =>
  search
    .split(/\s+/)
    .map(searchText)
    .filter((word) => word !== '');

export type OpeningFacts = {
  readonly categoryKey: string;
  readonly categoryKnown: boolean;
  readonly reasonFa: string;
};

export function decideOpening(facts: OpeningFacts): Result<undefined, OccupationRefusal> {
  if (!facts.categoryKnown) return refused({ kind: 'CategoryUnknown', categoryKey: facts.categoryKey });
  if (facts.reasonFa.trim() === '') return refused({ kind: 'OpeningNeedsReason' });
  return ok();
}

import { ok, refused, type Result } from '#kernel/result.ts';
import { distance, nearlyEqual } from '../person/name.ts';
import type { Decision, DuplicateRefusal, Likeness } from './contract.ts';

export type Likened = {
  readonly form: 'natural' | 'legal';
  readonly nationalId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly bornOn: string | null;
  readonly phone: string | null;
  readonly household: string | null;
  readonly account: string | null;
};

const same = (one: string | null, other: string | null): boolean => one !== null && one === other;

const bare = (id: string): string => id.replace(/^0+|0+$/g, '');

/** One digit mistyped or two swapped, or zeros that stand at the other end: «0012345678» and «1234567800». */
function nearIds(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  return distance(one, other, 2) === 1 || (bare(one) === bare(other) && one !== other);
}

/**
 * In what two records are alike, when that is enough to ask a person whether they are one; else nothing. A phone
 * or a household alone is shared by families, and a birth day by thousands.
 */
export function likenessOf(one: Likened, other: Likened): readonly Likeness[] {
  if (one.form !== other.form || one.lastName === null || other.lastName === null) return [];
  const isName = nearlyEqual(
    { firstName: one.firstName, lastName: one.lastName },
    { firstName: other.firstName, lastName: other.lastName },
  );
  const found: Likeness[] = [
    ...(isName ? (['name'] as const) : []),
    ...(same(one.bornOn, other.bornOn) ? (['birth'] as const) : []),
    ...(same(one.phone, other.phone) ? (['phone'] as const) : []),
    ...(same(one.household, other.household) ? (['household'] as const) : []),
    ...(same(one.account, other.account) ? (['account'] as const) : []),
    ...(nearIds(one.nationalId, other.nationalId) ? (['near_id'] as const) : []),
  ];
  const enough = isName ? found.length >= 2 : found.includes('birth') && found.includes('account');
  return enough ? found : [];
}

export type Pairable = {
  readonly personId: string;
  readonly form: 'natural' | 'legal';
  readonly mergedInto: string | null;
  readonly erased: boolean;
  /** Whether other records were merged into this one. */
  readonly holds: boolean;
};

/** Whether a decision about a pair can stand as the records are now. */
export function decidePair(
  { verdict, keptId }: Pick<Decision, 'verdict' | 'keptId'>,
  pair: readonly [Pairable, Pairable],
): Result<undefined, DuplicateRefusal> {
  const [first, second] = pair;
  const merged = first.mergedInto === second.personId || second.mergedInto === first.personId;
  if (verdict === 'undone') return merged ? ok() : refused({ kind: 'PairNotMerged' });
  if (first.form !== second.form) return refused({ kind: 'PairOfTwoForms' });
  if (first.mergedInto !== null || second.mergedInto !== null) return refused({ kind: 'PairMerged' });
  if (verdict === 'different') return ok();
  if (first.erased || second.erased) return refused({ kind: 'PairErased' });
  const other = keptId === first.personId ? second : keptId === second.personId ? first : undefined;
  if (other === undefined) return refused({ kind: 'KeptMissing', field: 'keptId' });
  return other.holds ? refused({ kind: 'HoldsMerged' }) : ok();
}

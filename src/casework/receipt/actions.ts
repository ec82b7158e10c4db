import type { Actor } from '#kernel/actor.ts';
import { findOwn } from '#party/own/actions.ts';
import type { Tx } from '#platform/db.ts';
import type { Act, Case } from '../contract.ts';
import { findNames } from '../queries.ts';

type Asked = { readonly file: Case; readonly first: Act; readonly by: Actor };

/**
 * The name of whom a case is about where their record is closed to the reader: the reader's own name when it is
 * they, or that of the account by which they asked for it themselves. It may widen the transaction to the province,
 * so that nothing else of a person is read after it.
 */
export async function nameOfSubject(tx: Tx, { file, first, by }: Asked): Promise<string | null> {
  const { provinceId, subjectId } = file;
  if (subjectId === null) return null;
  const account =
    first.by.personId === subjectId
      ? (await findNames(tx, [first.by.userId])).get(first.by.userId)
      : undefined;
  if (by.scope.person !== subjectId) return account ?? null;
  const { record } = await findOwn(tx, { provinceId, by });
  const name = [record.firstName, record.lastName].filter((part) => part !== null).join(' ');
  return name === '' ? (account ?? null) : name;
}

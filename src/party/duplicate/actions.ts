import { id, type Id } from '#kernel/id.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { noteDeed, openTo, type Doing } from '../person/actions.ts';
import { findPerson, isoOrNull, lockPerson, widenToProvince, type PersonRow } from '../person/queries.ts';
import type { Decision, DuplicateRefusal } from './contract.ts';
import { holdsMerged, insertDecision, storeMerged } from './queries.ts';
import { decidePair, likenessOf, type Pairable } from './rules.ts';

/** What a person decided of two records. Nothing is copied: a merged record points to the one that is kept. */
export async function decideDuplicate(
  doing: Doing,
  order: Decision,
): Promise<Result<{ id: Id }, DuplicateRefusal>> {
  const { tx, clock, provinceId, by } = doing;
  const [firstId = '', secondId = ''] = [order.firstId, order.secondId].toSorted();
  if (firstId === secondId) return refused({ kind: 'PairMissing' });
  // In one order, so that two deciders of one pair do not wait for each other.
  for (const personId of [firstId, secondId]) await lockPerson(tx, { provinceId, personId });
  const first = await findPerson(tx, { provinceId, personId: firstId });
  const second = await findPerson(tx, { provinceId, personId: secondId });
  if (first === undefined || second === undefined) return refused({ kind: 'PairMissing' });
  const decided = decidePair(order, [await pairable(doing, first), await pairable(doing, second)]);
  if (!decided.ok) return decided;
  const keptId = order.verdict === 'same' ? order.keptId : null;
  const decision = {
    ...order,
    provinceId,
    firstId,
    secondId,
    keptId,
    reasons: likenessOf(likened(first), likened(second)),
  };
  await insertDecision(tx, decision, { userId: by.userId, personId: by.personId, at: clock.now() });
  if (order.verdict === 'same') {
    const [kept, other] = keptId === firstId ? [first, second] : [second, first];
    await storeMerged(tx, { provinceId, personId: other.personId, into: kept.personId });
    await widenToProvince(tx);
    // Who works with the one that goes must find the one that stays.
    for (const reader of other.readers.filter((one) => !kept.readers.includes(one))) {
      const now = must(
        await findPerson(tx, { provinceId, personId: kept.personId }),
        'the record that stays',
      );
      await openTo(doing, now, { reader, reason: 'merged' });
    }
  }
  if (order.verdict === 'undone') {
    const other = first.mergedInto === null ? second : first;
    await storeMerged(tx, { provinceId, personId: other.personId, into: null });
  }
  await noteDeed(doing, 'party.duplicate_decided', firstId, { other: secondId, verdict: order.verdict });
  return ok({ id: id(order.id) });
}

async function pairable({ tx, provinceId }: Doing, person: PersonRow): Promise<Pairable> {
  const { personId, form, mergedInto } = person;
  const holds = await holdsMerged(tx, { provinceId, personId });
  return { personId, form, mergedInto, erased: person.erasureId !== null, holds };
}

const likened = (person: PersonRow) => ({ ...person, bornOn: isoOrNull(person.bornOn) });

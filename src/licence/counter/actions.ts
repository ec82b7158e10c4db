import type { Day } from '#kernel/day.ts';
import type { Actor } from '#kernel/actor.ts';
import { searchOccupations } from '#occupation/actions.ts';
import { occupationOn } from '#occupation/edition/actions.ts';
import { findOwn } from '#party/own/actions.ts';
import type { OwnRecord } from '#party/own/contract.ts';
import type { Tx } from '#platform/db.ts';
import { usualAgency } from '../rules.ts';

/** An occupation that can be asked for, and the bodies that see a request for it. */
export type Asked = {
  readonly occupationId: number;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly agencyKey: string;
  readonly extraCheck: string | null;
};

/** The occupations that fit what somebody typed. */
export const findFitting = async (
  tx: Tx,
  asked: { readonly search: string; readonly on: Day; readonly most: number },
): Promise<Pick<Asked, 'occupationId' | 'titleFa' | 'titleEn'>[]> =>
  (await searchOccupations(tx, asked)).map(({ occupationId, titleFa, titleEn }) => ({
    occupationId,
    titleFa,
    titleEn,
  }));

/** An occupation as the list in force has it; undefined where it is not in it. */
export async function findAsked(
  tx: Tx,
  asked: { readonly occupationId: number; readonly on: Day },
): Promise<Asked | undefined> {
  const entry = await occupationOn(tx, asked);
  return entry && { ...entry, agencyKey: entry.agencyKey ?? usualAgency };
}

/** What the province keeps of who asks. It may widen what the transaction sees: nothing is read after it. */
export const ownRecord = (
  tx: Tx,
  asked: { readonly provinceId: number; readonly by: Actor },
): Promise<OwnRecord> => findOwn(tx, asked);

import type { Day } from '#kernel/day.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import type { ReadCsv } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import type { NewLoanOpening, NewOccupationOpening, OccupationRefusal } from './contract.ts';
import {
  findOpeningOfDay,
  hasCategory,
  hasOccupation,
  insertOccupationOpening,
  insertOpening,
  listOccupations,
  upsertCategories,
  upsertOccupations,
  type OccupationRow,
} from './queries.ts';
import { findEditionInForce } from './edition/queries.ts';
import { decideOpening, searchText, searched, searchWords } from './rules.ts';

/**
 * Brings categories and occupations from the data files into the database, in one transaction; a second load
 * writes nothing. `owner` is the database as `karsaz_owner`; `place` and `party` must be loaded before.
 */
export async function loadCatalogue(owner: Database, readCsv: ReadCsv): Promise<void> {
  await owner.transaction().execute(async (tx) => {
    await upsertCategories(tx, readCsv('categories.csv'));
    await upsertOccupations(
      tx,
      readCsv('occupations.csv').map((row) => ({
        ...row,
        search_text: searchText(`${row['title_fa'] ?? ''} ${row['title_en'] ?? ''}`),
      })),
    );
  });
}

/**
 * Opens or closes a category for loans in the province of `tx`'s scope and a budget year, from a day on. What
 * was said before stays and holds for the days before. The same order twice acts once; another order for the
 * same day is refused.
 */
export async function decideLoanOpening(
  tx: Tx,
  order: NewLoanOpening,
): Promise<Result<undefined, OccupationRefusal>> {
  const decision = decideOpening({
    categoryKey: order.categoryKey,
    categoryKnown: await hasCategory(tx, order.categoryKey),
    reasonFa: order.reasonFa,
  });
  if (!decision.ok || (await insertOpening(tx, order))) return decision;
  const standing = must(await findOpeningOfDay(tx, order), 'the opening that was in the way');
  if (standing.loanOpeningId === order.loanOpeningId) return ok();
  return refused({
    kind: 'OpeningDecidedThatDay',
    inForceFrom: standing.inForceFrom,
    open: standing.open,
  });
}

/** The same for one occupation; its word goes before that of its category. */
export async function decideOccupationOpening(
  tx: Tx,
  order: NewOccupationOpening,
): Promise<Result<undefined, OccupationRefusal>> {
  if (!(await hasOccupation(tx, order.occupationId)))
    return refused({ kind: 'OccupationUnknown', occupationId: order.occupationId });
  if (order.reasonFa.trim() === '') return refused({ kind: 'OpeningNeedsReason' });
  const inTheWay = await insertOccupationOpening(tx, order);
  if (inTheWay === null || inTheWay.openingId === order.occupationOpeningId) return ok();
  return refused({
    kind: 'OpeningDecidedThatDay',
    inForceFrom: inTheWay.inForceFrom,
    open: inTheWay.open,
  });
}

/** The occupations of the list in force on a day that fit what somebody typed, slips forgiven. */
export async function searchOccupations(
  tx: Tx,
  { search, on, most }: { readonly search: string; readonly on: Day; readonly most: number },
): Promise<OccupationRow[]> {
  const editionId = (await findEditionInForce(tx, on))?.editionId ?? null;
  const rows = await listOccupations(tx, editionId);
  return searched(rows, searchWords(search), (row) => row.searchText).slice(0, most);
}

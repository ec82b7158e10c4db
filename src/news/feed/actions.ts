import { publishedFigures } from '#evidence/publication/actions.ts';
import { figurePath } from '#evidence/publication/contract.ts';
import type { Tx } from '#platform/db.ts';
import { itemPath } from '../item/contract.ts';
import { listPublicItems } from '../item/queries.ts';
import type { Place } from './contract.ts';

/** A map of a site holds at most fifty thousand addresses; ours has two for each page. */
const mostItems = 16_000;
const mostFigures = 8_000;

/** Where what was written stands, the newest first: items of news and published figures. */
export async function placesWritten(tx: Tx): Promise<Place[]> {
  const asked = { search: null, category: null, tag: null, before: null, limit: mostItems };
  const items = await listPublicItems(tx, asked);
  const news = items.map(({ itemId, changedAt }) => ({ path: itemPath(itemId), changedAt }));
  const figures = await publishedFigures(tx, null, mostFigures);
  return [
    ...news,
    ...figures.map(({ id, publishedAt }) => ({ path: figurePath(id), changedAt: publishedAt })),
  ];
}

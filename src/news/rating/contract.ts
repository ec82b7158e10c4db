import { z } from 'zod';
import type { ItemRefusal } from '../item/contract.ts';

export const ratingFormShape = z.object({
  stars: z.coerce.number().int().min(1).max(5).meta({ fa: 'ستاره', en: 'Stars' }),
});

/** How often an item was rated and the sum of its stars. */
export type Rating = { readonly count: number; readonly sum: number };

/** New readers of one network, an item and a day; beyond it nobody can tell readers from a machine. */
export const mostOfNetwork = 200;

export type RatingRefusal =
  | Extract<ItemRefusal, { kind: 'ItemMissing' }>
  | { readonly kind: 'ItemClosed' }
  | { readonly kind: 'RatingForged' }
  | { readonly kind: 'RatingNetworkFull'; readonly most: number };

export const ratingRefusalStatus = {
  ItemMissing: 404,
  ItemClosed: 409,
  RatingForged: 400,
  RatingNetworkFull: 429,
} as const satisfies Record<RatingRefusal['kind'], number>;

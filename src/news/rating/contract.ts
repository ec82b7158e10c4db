import { z } from 'zod';
import type { ItemRefusal } from '../item/contract.ts';

export const ratingFormShape = z.object({
  stars: z.enum(['1', '2', '3', '4', '5']).transform(Number).meta({ fa: 'ستاره', en: 'Stars' }),
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

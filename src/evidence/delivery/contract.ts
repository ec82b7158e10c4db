import { z } from 'zod';
import type { Role } from '#kernel/actor.ts';
import { reportShape } from '../report/contract.ts';

/** Whoever reads the report of a place of their own. */
export const mayOrder: readonly Role[] = ['director', 'deputy', 'county_office'];

export const rhythms = ['week', 'month'] as const;
export type Rhythm = (typeof rhythms)[number];

/** A report that is to be given again and again: of the whole province, or of one county. */
export const subscriptionOrderShape = z.strictObject({
  id: z.uuid().meta({ fa: 'شناسه', en: 'Id' }),
  county: z
    .string()
    .regex(/^\d{4}$/)
    .nullable()
    .meta({ fa: 'شهرستان', en: 'County' }),
  rhythm: z.enum(rhythms).meta({ fa: 'هر چند وقت', en: 'How often' }),
});
export type SubscriptionOrder = z.infer<typeof subscriptionOrderShape>;

const bilingual = z.object({ fa: z.string(), en: z.string() });

export const deliveriesShape = z.object({
  subscriptions: z.array(
    z.object({
      id: z.uuid(),
      county: bilingual.nullable(),
      rhythm: z.enum(rhythms),
      /** The first day from which it is given; ISO. */
      begunOn: z.iso.date(),
    }),
  ),
  /** The newest first, at most `mostListed`. */
  deliveries: z.array(
    z.object({
      subscription: z.uuid(),
      dueOn: z.iso.date(),
      title: bilingual,
      deliveredAt: z.iso.datetime(),
    }),
  ),
});
export type Deliveries = z.infer<typeof deliveriesShape>;

export const mostListed = 60;

export const deliveredShape = z.object({ dueOn: z.iso.date(), report: reportShape });
export type Delivered = z.infer<typeof deliveredShape>;

export type DeliveryRefusal =
  | { readonly kind: 'SubscriptionStands' }
  | { readonly kind: 'SubscriptionMissing' }
  | { readonly kind: 'DeliveryMissing' }
  | { readonly kind: 'CountyNotYours' };
export const deliveryRefusalStatus = {
  SubscriptionStands: 409,
  SubscriptionMissing: 404,
  DeliveryMissing: 404,
  CountyNotYours: 403,
} as const satisfies Record<DeliveryRefusal['kind'], number>;

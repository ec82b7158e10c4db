import { z } from 'zod';
import { actShape } from '#casework/contract.ts';
import type { Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { bilingual, countyCode, isoDay, provinceSlug, spareText } from '#place/contract.ts';

export const supporterStates = [
  'entered',
  'returned',
  'active',
  'capacity_proposed',
  'suspended',
  'ended',
  'turned_down',
  'withdrawn',
] as const;
export type SupporterState = (typeof supporterStates)[number];

export const supporterActs = [
  'approve',
  'return',
  'resubmit',
  'refuse',
  'withdraw',
  'propose_capacity',
  'accept_capacity',
  'reject_capacity',
  'change_listing',
  'suspend',
  'resume',
  'end',
] as const;
export type SupporterAct = (typeof supporterActs)[number];

/** Who backs home workers along the chain (پشتیبان), or a firm on the market's side that leads a network (پیشران). */
export const supporterKinds = ['supporter', 'driver'] as const;
export type SupporterKind = (typeof supporterKinds)[number];
export const orderUnits = ['piece', 'rial'] as const;
export type OrderUnit = (typeof orderUnits)[number];
export const orderPeriods = ['month', 'year'] as const;
export type OrderPeriod = (typeof orderPeriods)[number];

/** A version of a capacity that holds from its first day until the next one's. */
export type CapacityVersion = {
  readonly jobs: number;
  /** In the supporter's unit and period; null where orders set no limit. */
  readonly orders: bigint | null;
  readonly fromOn: Day;
};
/** What stands in a capacity now: links in force, and the orders promised by them together. */
export type CapacityUse = { readonly links: number; readonly orders: bigint };

const label = (fa: string, en: string): Bilingual => ({ fa, en });
export const actId = z.uuid();
export const reasonField = spareText(1000).nullable().default(null).meta(label('دلیل', 'Reason'));
export const ordersField = z
  .string()
  .regex(/^\d{1,15}$/)
  .meta({
    ...label('سفارش', 'Orders'),
    formFa: 'عددی درست با حداکثر ۱۵ رقم',
    formEn: 'a whole number of at most 15 digits',
  });
export const categoryField = z.string().min(1).max(60).meta(label('رسته', 'Category'));

export const capacityForm = z.strictObject({
  id: z.uuid(),
  categoryKey: categoryField,
  countyCode: countyCode.meta(label('شهرستان', 'County')),
  jobs: z.int().min(0).max(100_000).meta(label('جای شاغل خانگی', 'Places for home workers')),
  orders: ordersField.nullable(),
  fromOn: isoDay.meta(label('از روز', 'From')),
});
export type CapacityForm = z.infer<typeof capacityForm>;
const capacities = z.array(capacityForm).max(40).meta(label('ظرفیت', 'Capacity'));

export const supporterForm = z.strictObject({
  id: z.uuid(),
  personId: z.uuid().meta(label('شخص یا بنگاه', 'Person or enterprise')),
  kind: z.enum(supporterKinds).meta(label('گونه', 'Kind')),
  countyCode: countyCode.meta(label('شهرستان', 'County')),
  recordYears: z.int().min(0).max(100).meta(label('سابقهٔ سفارش (سال)', 'Record of orders (years)')),
  ordersUnit: z.enum(orderUnits).meta(label('یکای سفارش', 'Unit of orders')),
  ordersPeriod: z.enum(orderPeriods).meta(label('دورهٔ سفارش', 'Period of orders')),
  listed: z.boolean().meta(label('نمایش به همگان', 'Shown to everybody')),
  capacities,
});
export type SupporterForm = z.infer<typeof supporterForm>;

export const supporterActForm = z.strictObject({
  id: actId,
  act: z.enum(supporterActs).meta(label('اقدام', 'Act')),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: reasonField,
  /** Of `propose_capacity` the new versions, of `resubmit` all of them anew. */
  capacities: capacities.default([]),
  listed: z.boolean().nullable().default(null).meta(label('نمایش به همگان', 'Shown to everybody')),
});
export type SupporterOrder = z.infer<typeof supporterActForm>;

const sum = z.string();
export const supporterShape = z.object({
  supporterId: z.uuid(),
  personId: z.uuid(),
  name: z.string().nullable(),
  kind: z.enum(supporterKinds),
  countyCode: z.string(),
  countyName: bilingual,
  recordYears: z.int(),
  ordersUnit: z.enum(orderUnits),
  ordersPeriod: z.enum(orderPeriods),
  listed: z.boolean(),
  enteredOn: z.iso.date(),
  endedOn: z.iso.date().nullable(),
  state: z.enum(supporterStates),
  stateName: bilingual,
  version: z.int(),
  /** In force today, over the categories and counties that the reader may see. */
  jobs: z.int(),
  links: z.int(),
});
export type Supporter = z.infer<typeof supporterShape>;

export const capacityShape = z.object({
  capacityId: z.uuid(),
  categoryKey: z.string(),
  categoryName: bilingual,
  countyCode: z.string(),
  countyName: bilingual,
  jobs: z.int(),
  orders: sum.nullable(),
  fromOn: z.iso.date(),
  /** `proposed` waits for its approval, `held` once another version took over, `coming` before its first day. */
  standing: z.enum(['proposed', 'coming', 'in_force', 'held', 'rejected']),
  proposedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
});
export type Capacity = z.infer<typeof capacityShape>;

/** A category in a county: what is in force today, and how much of it is taken. */
export const capacityStandShape = z.object({
  categoryKey: z.string(),
  categoryName: bilingual,
  countyCode: z.string(),
  countyName: bilingual,
  jobs: z.int(),
  links: z.int(),
  /** Places that stay open on every day to come. */
  free: z.int(),
  orders: sum.nullable(),
  promised: sum,
});
export type CapacityStand = z.infer<typeof capacityStandShape>;

export const choiceShape = z.object({ act: z.string(), lawful: z.boolean(), because: bilingual.nullable() });
export const supporterPageShape = z.object({
  supporter: supporterShape,
  stands: z.array(capacityStandShape),
  capacities: z.array(capacityShape),
  acts: z.array(actShape),
  choices: z.array(choiceShape),
});
export type SupporterPage = z.infer<typeof supporterPageShape>;

export const provinceAddress = z.object({ province: provinceSlug.meta(label('استان', 'Province')) });
export const supporterAddress = provinceAddress.extend({ supporter: z.uuid() });

export const supporterSorts = ['name', 'newest', 'links'] as const;
export const supporterFilter = z.object({
  search: z.string().trim().max(80).optional().meta(label('جست‌وجو', 'Search')),
  state: z.enum(supporterStates).optional().meta(label('وضعیت', 'State')),
  kind: z.enum(supporterKinds).optional().meta(label('گونه', 'Kind')),
  county: countyCode.optional().meta(label('شهرستان', 'County')),
  sort: z.enum(supporterSorts).default('name').meta(label('ترتیب', 'Order')),
});
export type SupporterFilter = z.infer<typeof supporterFilter>;

export type SupporterRefusal =
  | { readonly kind: 'SupporterMissing' }
  | { readonly kind: 'CountyNotYours'; readonly field: string }
  | { readonly kind: 'PersonNotKnown'; readonly field: 'personId' }
  | { readonly kind: 'DriverNotFirm'; readonly field: 'kind' }
  | { readonly kind: 'SupporterStands'; readonly enteredOn: Day; readonly field: 'personId' }
  | {
      readonly kind: 'RecordTooShort';
      readonly least: number;
      readonly given: number;
      readonly field: 'recordYears';
    }
  | { readonly kind: 'CapacityMissing'; readonly field: 'capacities' }
  | { readonly kind: 'CapacityTwice'; readonly field: string }
  | { readonly kind: 'CategoryUnknown'; readonly field: string }
  | {
      readonly kind: 'CapacityBackdated';
      readonly fromOn: Day;
      readonly today: Day;
      readonly field: string;
    }
  | { readonly kind: 'CapacityBeforeLater'; readonly latestOn: Day; readonly field: string }
  | {
      readonly kind: 'CapacityBelowLinks';
      readonly jobs: number;
      readonly links: number;
      readonly field: string;
    }
  | {
      readonly kind: 'OrdersBelowPromised';
      readonly orders: bigint;
      readonly promised: bigint;
      readonly field: string;
    }
  | { readonly kind: 'OwnCapacity' }
  | { readonly kind: 'OwnFile' }
  | { readonly kind: 'ListingMissing'; readonly field: 'listed' }
  | { readonly kind: 'LinksStand'; readonly links: number };

export const supporterRefusalStatus = {
  SupporterMissing: 404,
  CountyNotYours: 403,
  PersonNotKnown: 422,
  DriverNotFirm: 422,
  SupporterStands: 409,
  RecordTooShort: 422,
  CapacityMissing: 422,
  CapacityTwice: 422,
  CategoryUnknown: 422,
  CapacityBackdated: 422,
  CapacityBeforeLater: 422,
  CapacityBelowLinks: 409,
  OrdersBelowPromised: 409,
  OwnCapacity: 403,
  OwnFile: 403,
  ListingMissing: 422,
  LinksStand: 409,
} as const satisfies Record<SupporterRefusal['kind'], number>;

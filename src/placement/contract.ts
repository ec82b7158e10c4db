import { z } from 'zod';
import { actShape } from '#casework/contract.ts';
import type { Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import {
  bilingual,
  countyCode,
  isoDay,
  nameText,
  provinceSlug,
  spareText,
  writtenText,
} from '#place/contract.ts';

export const agencyStates = [
  'entered',
  'returned',
  'valid',
  'renewal_proposed',
  'suspended',
  'annulled',
  'ended',
  'turned_down',
  'withdrawn',
] as const;
export type AgencyState = (typeof agencyStates)[number];

/** A state, and what the day makes of a valid permit: one that ran out, or that has not begun. */
export const agencyStandings = [...agencyStates, 'expired', 'coming'] as const;
export type AgencyStanding = (typeof agencyStandings)[number];

export const agencyActs = [
  'approve',
  'return',
  'resubmit',
  'refuse',
  'withdraw',
  'change_contact',
  'propose_renewal',
  'accept_renewal',
  'reject_renewal',
  'suspend',
  'resume',
  'annul',
  'end',
] as const;
export type AgencyAct = (typeof agencyActs)[number];

/** For work inside the country, or abroad. */
export const agencyKinds = ['domestic', 'abroad'] as const;
export type AgencyKind = (typeof agencyKinds)[number];
/** Whether people go to its office, or it works over the network only. */
export const agencyChannels = ['office', 'online'] as const;
export type AgencyChannel = (typeof agencyChannels)[number];

const label = (fa: string, en: string): Bilingual => ({ fa, en });

const contact = {
  address: writtenText(5, 300).nullable().meta(label('نشانی', 'Address')),
  /** Digits of any script; how many is a rule. */
  phone: z.string().trim().min(1).max(20).meta(label('تلفن', 'Phone')),
  listed: z.boolean().meta(label('نمایش به همگان', 'Shown to everybody')),
};
const permit = {
  validFrom: isoDay.meta(label('اعتبار از', 'Valid from')),
  validUntil: isoDay.meta(label('اعتبار تا', 'Valid until')),
};
const naming = {
  name: nameText(2, 120).meta(label('نام کاریابی', 'Name of the agency')),
  kind: z.enum(agencyKinds).meta(label('گونه', 'Kind')),
  channel: z.enum(agencyChannels).meta(label('شیوهٔ کار', 'How it works')),
  permitNumber: writtenText(1, 40).meta(label('شمارهٔ پروانه', 'Number of the permit')),
};

/** What may be corrected while the entry is not approved; its county may not. */
export const correctionForm = z.strictObject({ ...naming, ...permit, ...contact });
export type Correction = z.infer<typeof correctionForm>;
export const contactForm = z.strictObject(contact);
export type Contact = z.infer<typeof contactForm>;
export const permitForm = z.strictObject(permit);
export type PermitDays = z.infer<typeof permitForm>;

export const agencyForm = correctionForm.extend({
  id: z.uuid(),
  countyCode: countyCode.meta(label('شهرستان', 'County')),
});
export type AgencyForm = z.infer<typeof agencyForm>;

export const agencyActForm = z.strictObject({
  id: z.uuid(),
  act: z.enum(agencyActs).meta(label('اقدام', 'Act')),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: spareText(1000).nullable().default(null).meta(label('دلیل', 'Reason')),
  /** Of `resubmit`: everything anew. */
  correction: correctionForm.nullable().default(null).meta(label('اصلاح', 'Correction')),
  /** Of `change_contact`. */
  contact: contactForm.nullable().default(null).meta(label('نشانی و تلفن', 'Address and phone')),
  /** Of `propose_renewal`. */
  permit: permitForm.nullable().default(null).meta(label('پروانه', 'Permit')),
});
export type AgencyOrder = z.infer<typeof agencyActForm>;

export const agencyShape = z.object({
  agencyId: z.uuid(),
  name: z.string(),
  kind: z.enum(agencyKinds),
  channel: z.enum(agencyChannels),
  countyCode: z.string(),
  countyName: bilingual,
  permitNumber: z.string(),
  /** The permit that holds or held last; before the approval the one proposed. */
  validFrom: z.iso.date(),
  validUntil: z.iso.date(),
  address: z.string().nullable(),
  phone: z.string(),
  listed: z.boolean(),
  enteredOn: z.iso.date(),
  endedOn: z.iso.date().nullable(),
  state: z.enum(agencyStates),
  standing: z.enum(agencyStandings),
  standingName: bilingual,
  version: z.int(),
});
export type Agency = z.infer<typeof agencyShape>;

export const permitShape = z.object({
  permitId: z.uuid(),
  validFrom: z.iso.date(),
  validUntil: z.iso.date(),
  standing: z.enum(['proposed', 'approved', 'not_accepted']),
  proposedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
});
export type Permit = z.infer<typeof permitShape>;

export const choiceShape = z.object({ act: z.string(), lawful: z.boolean(), because: bilingual.nullable() });
export const agencyPageShape = z.object({
  agency: agencyShape,
  permits: z.array(permitShape),
  acts: z.array(actShape),
  choices: z.array(choiceShape),
});
export type AgencyPage = z.infer<typeof agencyPageShape>;

export const provinceAddress = z.object({ province: provinceSlug.meta(label('استان', 'Province')) });
export const agencyAddress = provinceAddress.extend({ agency: z.uuid() });

export const agencySorts = ['name', 'newest', 'ending'] as const;
export const agencyFilter = z.object({
  search: z.string().trim().max(80).optional().meta(label('جست‌وجو', 'Search')),
  standing: z.enum(agencyStandings).optional().meta(label('وضعیت', 'State')),
  kind: z.enum(agencyKinds).optional().meta(label('گونه', 'Kind')),
  county: countyCode.optional().meta(label('شهرستان', 'County')),
  sort: z.enum(agencySorts).default('name').meta(label('ترتیب', 'Order')),
});
export type AgencyFilter = z.infer<typeof agencyFilter>;

/** A select that is left alone sends an empty word; what cannot be meant is as if it was not asked. */
export const directoryQuery = z.object({
  search: z.string().trim().max(80).catch(''),
  county: countyCode.optional().catch(undefined),
  kind: z.enum(agencyKinds).optional().catch(undefined),
  province: z.string().max(60).catch(''),
  cursor: z.string().max(500).optional().catch(undefined),
});

export type PlacementRefusal =
  | { readonly kind: 'PlacementAgencyMissing' }
  | { readonly kind: 'CountyNotYours'; readonly field: 'countyCode' }
  | { readonly kind: 'PermitNumberTaken'; readonly permitNumber: string; readonly field: string }
  | { readonly kind: 'PermitDaysReversed'; readonly validFrom: Day; readonly field: string }
  | { readonly kind: 'PermitOver'; readonly validUntil: Day; readonly today: Day; readonly field: string }
  | { readonly kind: 'RenewalNotLater'; readonly validUntil: Day; readonly field: string }
  | { readonly kind: 'AddressMissing'; readonly field: string }
  | { readonly kind: 'PhoneWrong'; readonly field: string }
  | { readonly kind: 'CorrectionMissing'; readonly field: 'correction' }
  | { readonly kind: 'ContactMissing'; readonly field: 'contact' }
  | { readonly kind: 'PermitMissing'; readonly field: 'permit' }
  | { readonly kind: 'OwnPermit' };

export const placementRefusalStatus = {
  PlacementAgencyMissing: 404,
  CountyNotYours: 403,
  PermitNumberTaken: 409,
  PermitDaysReversed: 422,
  PermitOver: 422,
  RenewalNotLater: 422,
  AddressMissing: 422,
  PhoneWrong: 422,
  CorrectionMissing: 422,
  ContactMissing: 422,
  PermitMissing: 422,
  OwnPermit: 403,
} as const satisfies Record<PlacementRefusal['kind'], number>;

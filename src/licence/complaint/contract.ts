import { z } from 'zod';
import type { Bilingual } from '#kernel/indicator.ts';
import { bilingual, countyCode, writtenText } from '#place/contract.ts';
import { provinceAddress } from '../contract.ts';

/** What the complaint button of the national licence portal lists (1402); nothing else is taken as an offence. */
export const offences = [
  'extra_condition',
  'extra_fee',
  'overdue',
  'refusal_without_reason',
  'market_saturated',
  'forced_visit',
] as const;
export type Offence = (typeof offences)[number];

export const complaintStates = [
  'lodged',
  'under_review',
  'with_agency',
  'answered',
  'upheld',
  'dismissed',
] as const;
export type ComplaintState = (typeof complaintStates)[number];

export const complaintActs = ['accept', 'send_to_agency', 'answer', 'uphold', 'dismiss'] as const;
export type ComplaintAct = (typeof complaintActs)[number];

/** The case in which an office answers a complaint that was sent to it: it sees that one and not the complaint's. */
export type AnswerState = 'asked' | 'answered' | 'recalled';
export type AnswerAct = 'answer' | 'recall';

/** The key of the directorate among the agencies: a complaint about ourselves is sent to nobody. */
export const directorateKey = 'labour';

const label = (fa: string, en: string): Bilingual => ({ fa, en });

/** What the public form sends; a field that was left empty is not among it. */
export const complaintForm = z.object({
  offence: z.enum(offences).meta(label('موضوع شکایت', 'What the complaint is about')),
  countyCode: countyCode.meta(label('شهرستان', 'County')),
  agencyKey: z.string().trim().min(1).max(40).meta(label('دستگاه', 'Agency')),
  licenceNumber: z.string().trim().max(40).default('').meta(label('شمارهٔ مجوز', 'Number of the licence')),
  body: writtenText(10, 4000).meta(label('شرح شکایت', 'What happened')),
  phone: z.string().trim().max(30).default('').meta(label('شمارهٔ تلفن', 'Telephone number')),
});
export type ComplaintForm = z.infer<typeof complaintForm>;
export const complaintFields = [
  'offence',
  'countyCode',
  'agencyKey',
  'licenceNumber',
  'body',
  'phone',
] as const satisfies readonly (keyof ComplaintForm)[];

/** What was typed, field by field, whatever came of it. */
export type Typed = Readonly<Partial<Record<keyof ComplaintForm, string>>>;

export const complaintShape = z.object({
  complaintId: z.uuid(),
  /** The case that the reader works on: of the complaint, or of the answer where an office reads. */
  caseId: z.uuid(),
  provinceId: z.int(),
  number: z.string(),
  offence: z.enum(offences),
  offenceName: bilingual,
  countyCode: z.string(),
  countyName: bilingual,
  agencyName: bilingual,
  licenceNumber: z.string().nullable(),
  state: z.enum(complaintStates),
  stateName: bilingual,
  lodgedAt: z.iso.datetime(),
  movedAt: z.iso.datetime(),
});
export type Complaint = z.infer<typeof complaintShape>;

export const complaintPageShape = z.object({
  complaint: complaintShape,
  /** Null once it was erased. */
  body: z.string().nullable(),
  /** Null where none was left, where it was erased, and for the office that was asked. */
  phone: z.string().nullable(),
  mayErase: z.boolean(),
});
export type ComplaintPage = z.infer<typeof complaintPageShape>;

export const complaintAddress = provinceAddress.extend({ complaint: z.uuid() });
export const complaintFilter = z.object({
  state: z.enum(complaintStates).optional().meta(label('وضعیت', 'State')),
  offence: z.enum(offences).optional().meta(label('موضوع شکایت', 'What the complaint is about')),
  county: countyCode.optional().meta(label('شهرستان', 'County')),
  /** A part of a tracking number or of the number of a licence. */
  search: z.string().trim().max(40).optional().meta(label('جست‌وجو', 'Search')),
});

export const complaintErasure = z.strictObject({
  letterNumber: writtenText(1, 60).meta(label('شمارهٔ نامه', 'Letter number')),
});

export type ComplaintRefusal =
  | { readonly kind: 'ComplaintMissing' }
  | { readonly kind: 'CountyNotThere'; readonly field: 'countyCode' }
  | { readonly kind: 'AgencyNotListed'; readonly field: 'agencyKey' }
  | { readonly kind: 'LicenceNotThere'; readonly field: 'licenceNumber' }
  | { readonly kind: 'PhoneUnreadable'; readonly field: 'phone' }
  | { readonly kind: 'AboutDirectorate' }
  | { readonly kind: 'AgencyWithoutOffice'; readonly agencyFa: string; readonly agencyEn: string }
  | { readonly kind: 'ComplaintErased' };

export const complaintRefusalStatus = {
  ComplaintMissing: 404,
  CountyNotThere: 422,
  AgencyNotListed: 422,
  LicenceNotThere: 422,
  PhoneUnreadable: 422,
  AboutDirectorate: 409,
  AgencyWithoutOffice: 409,
  ComplaintErased: 409,
} as const satisfies Record<ComplaintRefusal['kind'], number>;

import { z } from 'zod';
import { actShape, type Aftermath } from '#casework/contract.ts';
import type { Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { bilingual, countyCode, isoDay, nameText, provinceSlug, writtenText } from '#place/contract.ts';

export const requestStates = [
  'submitted',
  'agency_review',
  'extra_review',
  'reviewed',
  'first_signed',
  'issued',
  'returned',
  'turned_down',
  'objected',
  'upheld',
  'withdrawn',
] as const;
export type RequestState = (typeof requestStates)[number];

export const requestActs = [
  'pass_inquiry',
  'send_to_review',
  'confirm_review',
  'sign_first',
  'sign_second',
  'return',
  'resubmit',
  'refuse',
  'object',
  'reopen',
  'uphold',
  'withdraw',
  'close_unobjected',
] as const;
export type RequestAct = (typeof requestActs)[number];

/** What holds of a licence on a day; the last three are acts, the others follow from its days. */
export const licenceStates = [
  'coming',
  'valid',
  'near_expiry',
  'expired',
  'renewed',
  'cancelled',
  'annulled',
] as const;
export type LicenceState = (typeof licenceStates)[number];

/** In which a licence holds no longer. */
export const lapseStates = [
  'expired',
  'renewed',
  'cancelled',
  'annulled',
] as const satisfies readonly LicenceState[];

/** How a licence came to hold no longer, from which day, and until when its holder is barred. */
export type Lapse = Aftermath & { readonly state: (typeof lapseStates)[number] };

export const inquiryKinds = ['identity', 'government_employment'] as const;
export const inquiryAnswers = ['clear', 'conflict', 'unknown'] as const;
export type InquiryKind = (typeof inquiryKinds)[number];
export type InquiryAnswer = (typeof inquiryAnswers)[number];

const label = (fa: string, en: string): Bilingual => ({ fa, en });
const typed = (most: number) => writtenText(1, most);

/** Who asks: their own self at the counter of a phone, or the person before an office's desk. */
export const holderForm = z.object({
  nationalId: typed(20).meta(label('کد ملی', 'National id')),
  firstName: nameText(1, 80).meta(label('نام', 'First name')),
  lastName: nameText(1, 160).meta(label('نام خانوادگی', 'Last name')),
  bornOn: isoDay.nullable().meta(label('تاریخ تولد', 'Day of birth')),
  countyCode: countyCode.meta(label('شهرستان', 'County')),
  phone: typed(20).nullable().meta(label('تلفن همراه', 'Mobile phone')),
});

export const requestForm = z.object({
  id: z.uuid(),
  occupationId: z.int().min(1).max(32_767).meta(label('رشته', 'Occupation')),
  renews: z.uuid().nullable().meta(label('مجوزی که تمدید می‌شود', 'Licence to renew')),
  holder: holderForm,
});
export type RequestForm = z.infer<typeof requestForm>;

export const requestActForm = z.object({
  id: z.uuid(),
  act: z.enum(requestActs).meta(label('اقدام', 'Act')),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: typed(1000).nullable().default(null).meta(label('توضیح', 'Reason')),
  conditionNumber: z.string().max(20).nullable().default(null).meta(label('شمارهٔ شرط', 'Condition')),
  inquiry: z
    .object({
      identity: z.enum(inquiryAnswers).meta(label('استعلام هویت', 'Identity')),
      government_employment: z
        .enum(inquiryAnswers)
        .meta(label('استعلام اشتغال دولتی', 'Government employment')),
    })
    .nullable()
    .default(null),
});
export type RequestOrder = z.infer<typeof requestActForm>;

export const endingForm = z.object({
  id: z.uuid(),
  kind: z.enum(['cancelled', 'annulled']),
  reason: typed(1000).meta(label('دلیل', 'Reason')),
});
export type EndingOrder = z.infer<typeof endingForm>;

export const conditionShape = z.object({
  conditionNumber: z.string(),
  text: bilingual,
  inForceFrom: z.iso.date(),
  inForceUntil: z.iso.date().nullable(),
  sourceKeys: z.array(z.string()),
});
export type Condition = z.infer<typeof conditionShape>;

const holderName = z.string().nullable();
const occupationTitle = { occupationId: z.int(), titleFa: z.string(), titleEn: z.string() };

export const requestShape = z.object({
  requestId: z.uuid(),
  holderName,
  ...occupationTitle,
  categoryKey: z.string(),
  agencyKey: z.string(),
  extraCheck: z.string().nullable(),
  countyCode: z.string(),
  countyName: bilingual,
  submittedOn: z.iso.date(),
  promisedOn: z.iso.date(),
  state: z.enum(requestStates),
  stateName: bilingual,
  version: z.int(),
  movedAt: z.iso.datetime(),
  selfService: z.boolean(),
  /** Open past the day that was promised. */
  late: z.boolean(),
  licenceNumber: z.string().nullable(),
  /** Valid licences of the holder; more than ten are flagged. */
  licencesHeld: z.int(),
  flagged: z.boolean(),
});
export type LicenceRequest = z.infer<typeof requestShape>;

export const choiceShape = z.object({ act: z.string(), lawful: z.boolean(), because: bilingual.nullable() });
export const requestPageShape = z.object({
  request: requestShape,
  /** The name given at joining, where it is not the one on record; told to officers only. */
  joinedAs: z.string().nullable(),
  /** By which the case is followed without an account too. */
  tracking: z.string(),
  acts: z.array(actShape),
  choices: z.array(choiceShape),
  inquiries: z.array(z.object({ kind: z.enum(inquiryKinds), answer: z.enum(inquiryAnswers) })),
  licence: z
    .object({
      number: z.string(),
      licenceId: z.uuid(),
      expiresOn: z.iso.date(),
      /** Why it holds no longer; null while it does. */
      lapse: z.object({ title: bilingual, told: bilingual }).nullable(),
      /** Null once it ended or was renewed. */
      renewal: z.object({ from: z.iso.date(), lawful: z.boolean() }).nullable(),
    })
    .nullable(),
});
export type RequestPage = z.infer<typeof requestPageShape>;

export const licenceShape = z.object({
  licenceId: z.uuid(),
  number: z.string(),
  origin: z.enum(['signed', 'history']),
  holderName,
  ...occupationTitle,
  categoryKey: z.string(),
  agencyKey: z.string(),
  countyCode: z.string(),
  countyName: bilingual,
  issuedOn: z.iso.date(),
  validFrom: z.iso.date(),
  expiresOn: z.iso.date(),
  renewsNumber: z.string().nullable(),
  renewedByNumber: z.string().nullable(),
  state: z.enum(licenceStates),
  stateName: bilingual,
  endedOn: z.iso.date().nullable(),
  barredUntil: z.iso.date().nullable(),
});
export type Licence = z.infer<typeof licenceShape>;

export const provinceAddress = z.object({ province: provinceSlug.meta(label('استان', 'Province')) });
export const requestAddress = provinceAddress.extend({ request: z.uuid() });
export const licenceAddress = provinceAddress.extend({ licence: z.uuid() });

const narrowing = {
  county: countyCode.optional().meta(label('شهرستان', 'County')),
  agency: z.string().max(40).optional().meta(label('دستگاه', 'Agency')),
  search: z.string().max(200).optional().meta(label('جست‌وجو', 'Search')),
};
export const requestFilter = z.object({
  ...narrowing,
  state: z.enum(requestStates).optional().meta(label('وضعیت', 'State')),
  late: z.enum(['yes']).optional().meta(label('دیرشده', 'Late')),
});
export const licenceFilter = z.object({
  ...narrowing,
  state: z.enum(licenceStates).optional().meta(label('وضعیت', 'State')),
  year: z.coerce.number().int().min(1300).max(1500).optional().meta(label('سال صدور', 'Year of issue')),
});

export const latenessShape = z.object({
  agencyKey: z.string(),
  requests: z.int(),
  open: z.int(),
  late: z.int(),
  lateHundredths: z.int(),
});
export type Lateness = z.infer<typeof latenessShape>;

export type LicenceRefusal =
  | { readonly kind: 'RequestMissing' }
  | { readonly kind: 'LicenceMissing' }
  | { readonly kind: 'OccupationNotListed'; readonly occupationId: number; readonly field: 'occupationId' }
  | { readonly kind: 'OfficeNotThere'; readonly agencyFa: string; readonly agencyEn: string }
  | { readonly kind: 'HolderIsAnother'; readonly field: 'holder.nationalId' }
  | { readonly kind: 'NationalIdOfAnother'; readonly field: 'holder.nationalId' }
  | {
      readonly kind: 'HolderTooYoung';
      readonly least: number;
      readonly from: Day;
      readonly field: 'holder.bornOn';
    }
  | { readonly kind: 'PhoneNotAsJoined'; readonly field: 'holder.phone' }
  | { readonly kind: 'HolderBarred'; readonly until: Day }
  | { readonly kind: 'LicenceStands'; readonly number: string; readonly renewableFrom: Day }
  | { readonly kind: 'RequestStands'; readonly submittedOn: Day }
  | {
      readonly kind: 'NotRenewable';
      readonly reason: 'other_holder' | 'other_occupation' | 'ended' | 'renewed';
    }
  | { readonly kind: 'RenewalTooEarly'; readonly from: Day }
  | { readonly kind: 'InquiryNeeded'; readonly field: 'inquiry' }
  | { readonly kind: 'InquiryUnknown'; readonly inquiry: InquiryKind }
  | { readonly kind: 'InquiryConflict'; readonly inquiry: InquiryKind; readonly conditionNumber: string }
  | {
      readonly kind: 'ConditionNotInForce';
      readonly field: 'conditionNumber';
      readonly conditionNumber: string;
    }
  | { readonly kind: 'ReviewNeeded'; readonly bodyFa: string; readonly bodyEn: string }
  | { readonly kind: 'NotStarred' }
  | { readonly kind: 'OwnRequest' }
  | { readonly kind: 'SecondPersonNeeded' }
  | { readonly kind: 'LicenceEnded'; readonly number: string }
  | {
      readonly kind: 'CertificateLapsed';
      readonly number: string;
      readonly lapse: Lapse;
      readonly field: 'licence';
      readonly rule: 'in_force';
    }
  | {
      readonly kind: 'CertificateNotSigned';
      readonly number: string;
      readonly field: 'licence';
      readonly rule: 'signed_here';
    };

export const licenceRefusalStatus = {
  RequestMissing: 404,
  LicenceMissing: 404,
  OccupationNotListed: 422,
  OfficeNotThere: 422,
  HolderIsAnother: 409,
  NationalIdOfAnother: 422,
  HolderTooYoung: 422,
  PhoneNotAsJoined: 422,
  HolderBarred: 422,
  LicenceStands: 409,
  RequestStands: 409,
  NotRenewable: 422,
  RenewalTooEarly: 422,
  InquiryNeeded: 422,
  InquiryUnknown: 422,
  InquiryConflict: 422,
  ConditionNotInForce: 422,
  ReviewNeeded: 409,
  NotStarred: 422,
  OwnRequest: 403,
  SecondPersonNeeded: 403,
  LicenceEnded: 409,
  CertificateLapsed: 409,
  CertificateNotSigned: 409,
} as const satisfies Record<LicenceRefusal['kind'], number>;

import { z } from 'zod';
import { actShape } from '#casework/contract.ts';
import { positiveSum } from '#ledger/contract.ts';
import { ownId } from '#credit/contract.ts';
import type { Day } from '#kernel/day.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import { bilingual, countyCode, isoDay, nameText, provinceSlug, spareText } from '#place/contract.ts';

export const cooperativeStates = [
  'founding',
  'returned',
  'agreed',
  'paid_up',
  'constituted',
  'registered',
  'active',
  'stagnant',
  'revived',
  'dissolved',
  'turned_down',
  'withdrawn',
] as const;
export type CooperativeState = (typeof cooperativeStates)[number];

export const cooperativeActs = [
  'agree',
  'return',
  'resubmit',
  'refuse',
  'pay',
  'constitute',
  'register',
  'start',
  'change_capital',
  'elect_board',
  'stagnate',
  'revive',
  'dissolve',
  'withdraw',
] as const;
export type CooperativeAct = (typeof cooperativeActs)[number];

/** What a cooperative does, as reports count them. */
export const cooperativeKinds = [
  'producer',
  'distributor',
  'supply',
  'housing',
  'construction',
  'village',
  'rural',
  'knowledge',
  'employment_services',
] as const;
export type CooperativeKind = (typeof cooperativeKinds)[number];

/** Open to everybody (عام), or to a group: workers, farmers, women, holders of a licence (خاص). */
export const memberships = ['special', 'public'] as const;
export type Membership = (typeof memberships)[number];

export const boardOffices = ['chair', 'member', 'inspector', 'manager'] as const;
export type BoardOffice = (typeof boardOffices)[number];

export const ruleKeys = [
  'least_members',
  'representatives',
  'paid_part',
  'board_seats',
  'board_term_months',
] as const;
export type RuleKey = (typeof ruleKeys)[number];

/** A dated rule: `value` of `divisor`; the divisor is 1 but for the part of the capital that is paid. */
export type CooperativeRule = {
  readonly ruleKey: RuleKey;
  readonly membership: Membership | null;
  readonly value: number;
  readonly divisor: number;
  readonly validFrom: Day;
  readonly validUntil: Day | null;
  /** False where it is our reading of the law, checked by nobody yet. */
  readonly confirmed: boolean;
  readonly sourceKeys: readonly string[];
};

/** What somebody holds: shares, and how much of their price is paid. */
export type MemberStand = { readonly personId: string; readonly shares: number; readonly paid: Rial };

const personId = z.uuid().meta({ fa: 'شخص', en: 'Person' });
const shares = { fa: 'سهم', en: 'Shares' };
const signedSum = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .meta({
    formFa: 'عدد صحیح به ریال، با حداکثر ۱۵ رقم و در صورت کاهش با علامت منفی',
    formEn: 'a whole number of rials of at most 15 digits, with a minus where it falls',
  });

export const foundingForm = z.strictObject({
  id: ownId,
  name: nameText(3, 120).meta({ fa: 'نام تعاونی', en: 'Name of the cooperative' }),
  kind: z.enum(cooperativeKinds).meta({ fa: 'گونه', en: 'Kind' }),
  membership: z.enum(memberships).meta({ fa: 'عضویت', en: 'Membership' }),
  countyCode: countyCode.meta({ fa: 'شهرستان', en: 'County' }),
  occupationId: z.int().min(1).max(32_767).nullable().meta({ fa: 'رشته', en: 'Occupation' }),
  sharePrice: positiveSum.meta({ fa: 'بهای هر سهم', en: 'Price of a share' }),
  founders: z
    .array(z.strictObject({ personId, shares: z.int().max(1_000_000).meta(shares) }))
    .min(1)
    .max(2000)
    .superRefine((rows, context) => {
      // Said here, not by the field: of two thousand rows the sentence names which.
      for (const [at, row] of rows.entries())
        if (row.shares < 1)
          context.addIssue({
            code: 'custom',
            path: [at, 'shares'],
            params: {
              rule: 'too_small',
              fa: `«سهم» ردیف ${persianDigits(String(at + 1))} دست‌کم ۱ است.`,
              en: `Shares of row ${at + 1}: at least 1.`,
            },
          });
    })
    .meta({ fa: 'بنیان‌گذاران', en: 'Founders' }),
});
/** A cooperative that the same founders asked for. */
export type Alike = { readonly name: string; readonly foundedOn: Day };
export type FoundingForm = z.infer<typeof foundingForm>;

export const cooperativeActForm = z.strictObject({
  id: ownId,
  act: z.enum(cooperativeActs).meta({ fa: 'اقدام', en: 'Act' }),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: spareText(1000).nullable().default(null).meta({ fa: 'دلیل', en: 'Reason' }),
  /** Of `pay` what each pays; of `change_capital` what each takes, gives back and pays; below zero is given back. */
  entries: z
    .array(
      z.strictObject({
        personId,
        shares: z.int().min(-1_000_000).max(1_000_000).default(0).meta(shares),
        paid: signedSum.meta({ fa: 'پرداخت', en: 'Paid' }),
      }),
    )
    .max(2000)
    .default([]),
  /** Of `constitute` and `elect_board`: whom the assembly elected. */
  board: z
    .strictObject({
      heldOn: isoDay.meta({ fa: 'روز مجمع', en: 'Day of the assembly' }),
      seats: z
        .array(z.strictObject({ personId, office: z.enum(boardOffices).meta({ fa: 'سمت', en: 'Office' }) }))
        .max(60)
        .meta({ fa: 'کرسی‌های هیئت‌مدیره', en: 'Seats of the board' }),
    })
    .nullable()
    .default(null),
  /** Of `register`: as the registry of companies entered it. */
  registration: z
    .strictObject({
      number: z.string().trim().min(1).max(20).meta({ fa: 'شمارهٔ ثبت', en: 'Registry number' }),
      legalId: z.string().trim().max(20).meta({ fa: 'شناسهٔ ملی', en: 'National legal id' }),
    })
    .nullable()
    .default(null),
});
export type CooperativeOrder = z.infer<typeof cooperativeActForm>;

export const cooperativeShape = z.object({
  cooperativeId: z.uuid(),
  name: z.string(),
  kind: z.enum(cooperativeKinds),
  membership: z.enum(memberships),
  countyCode: z.string(),
  countyName: bilingual,
  occupation: bilingual.nullable(),
  state: z.enum(cooperativeStates),
  stateName: bilingual,
  version: z.int(),
  foundedOn: z.iso.date(),
  sharePrice: z.string(),
  members: z.int(),
  shares: z.int(),
  /** Null where shares at their price are more than an account can hold. */
  capital: z.string().nullable(),
  paid: z.string(),
  registryNumber: z.string().nullable(),
  legalId: z.string().nullable(),
  boardUntil: z.iso.date().nullable(),
});
export type Cooperative = z.infer<typeof cooperativeShape>;

export const reserveShape = z.object({
  lineId: z.uuid(),
  budgetYear: z.int(),
  programme: z.string(),
  deadline: z.iso.date(),
  /** What stands locked for cooperatives in the county's slices of the line. */
  locked: z.string(),
  /** What of it so many members may be given, by the ceiling per job of the line; all of it where there is none. */
  reachable: z.string(),
});
export type Reserve = z.infer<typeof reserveShape>;

export const cooperativePageShape = z.object({
  cooperative: cooperativeShape,
  leastMembers: z.int(),
  neededToPay: z.string().nullable(),
  members: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string().nullable(),
      shares: z.int(),
      paid: z.string(),
      due: z.string().nullable(),
    }),
  ),
  board: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string().nullable(),
      office: z.enum(boardOffices),
      from: z.iso.date(),
      until: z.iso.date(),
      over: z.boolean(),
    }),
  ),
  reserves: z.array(reserveShape),
  acts: z.array(actShape),
  choices: z.array(z.object({ act: z.string(), lawful: z.boolean(), because: bilingual.nullable() })),
});
export type CooperativePage = z.infer<typeof cooperativePageShape>;

export const ruleShape = z.object({
  ruleKey: z.enum(ruleKeys),
  membership: z.enum(memberships).nullable(),
  value: z.int(),
  divisor: z.int(),
  validFrom: z.iso.date(),
  validUntil: z.iso.date().nullable(),
  confirmed: z.boolean(),
  sourceKeys: z.array(z.string()),
});
export type RuleOnWire = z.infer<typeof ruleShape>;

export const provinceAddress = z.object({ province: provinceSlug.meta({ fa: 'استان', en: 'Province' }) });
export const cooperativeAddress = provinceAddress.extend({ cooperative: z.uuid() });

export type CooperativeRefusal =
  | { readonly kind: 'CooperativeMissing' }
  | { readonly kind: 'CountyNotYours'; readonly field: 'countyCode' }
  | { readonly kind: 'FounderUnknown'; readonly personId: string; readonly field: 'founders' | 'entries' }
  | {
      readonly kind: 'PersonTwice';
      readonly personId: string;
      readonly field: 'founders' | 'entries' | 'board.seats';
    }
  | {
      readonly kind: 'TooFewFounders';
      readonly least: number;
      readonly given: number;
      readonly field: 'founders';
    }
  | {
      /** The same founders ask for a cooperative of this name, and the case of it is open. */
      readonly kind: 'FoundedAlready';
      readonly name: string;
      readonly foundedOn: Day;
      readonly rule: 'once';
      readonly field: 'founders';
    }
  | {
      /** Shares at their price pass what an account can hold. */
      readonly kind: 'CapitalTooLarge';
      readonly most: Rial;
      readonly rule: 'too_big';
      /** Null where the capital stood so before the act. */
      readonly field: 'sharePrice' | `founders.${number}.shares` | `entries.${number}.shares` | null;
    }
  | {
      readonly kind: 'SharesTooMany';
      readonly most: number;
      readonly rule: 'too_big';
      readonly field: `entries.${number}.shares`;
    }
  | {
      readonly kind: 'TooFewMembers';
      readonly least: number;
      readonly members: number;
      /** Of an agreement nothing that was sent is wrong: the founders stand in the request. */
      readonly field: 'entries' | null;
    }
  | { readonly kind: 'EntriesMissing'; readonly field: 'entries' }
  | { readonly kind: 'SharesNotPaidFor'; readonly field: 'entries' }
  | { readonly kind: 'SharesBelowNone'; readonly personId: string; readonly field: 'entries' }
  | {
      readonly kind: 'PaidBeyondShares';
      readonly personId: string;
      readonly most: Rial;
      readonly field: 'entries';
    }
  | { readonly kind: 'PaidTooLittle'; readonly needed: Rial; readonly paid: Rial; readonly field: 'entries' }
  | { readonly kind: 'BoardMissing'; readonly field: 'board' }
  | {
      readonly kind: 'BoardTooSmall';
      readonly least: number;
      readonly seats: number;
      readonly field: 'board.seats';
    }
  | { readonly kind: 'BoardNotMember'; readonly personId: string; readonly field: 'board.seats' }
  | {
      readonly kind: 'AssemblyAhead';
      readonly heldOn: Day;
      readonly today: Day;
      readonly field: 'board.heldOn';
    }
  | {
      readonly kind: 'AssemblyTooEarly';
      readonly heldOn: Day;
      readonly agreedOn: Day;
      readonly field: 'board.heldOn';
    }
  | { readonly kind: 'RegistrationMissing'; readonly field: 'registration' }
  | { readonly kind: 'RegistrationLegalIdWrong'; readonly field: 'registration.legalId' };

export const cooperativeRefusalStatus = {
  CooperativeMissing: 404,
  CountyNotYours: 403,
  FounderUnknown: 422,
  PersonTwice: 422,
  TooFewFounders: 422,
  FoundedAlready: 409,
  CapitalTooLarge: 422,
  SharesTooMany: 422,
  TooFewMembers: 422,
  EntriesMissing: 422,
  SharesNotPaidFor: 422,
  SharesBelowNone: 422,
  PaidBeyondShares: 422,
  PaidTooLittle: 422,
  BoardMissing: 422,
  BoardTooSmall: 422,
  BoardNotMember: 422,
  AssemblyAhead: 422,
  AssemblyTooEarly: 422,
  RegistrationMissing: 422,
  RegistrationLegalIdWrong: 422,
} as const satisfies Record<CooperativeRefusal['kind'], number>;

import { z } from 'zod';
import { actShape } from '#casework/contract.ts';
import type { Day } from '#kernel/day.ts';
import { bilingual, countyCode } from '#place/contract.ts';
import {
  actId,
  categoryField,
  choiceShape,
  orderPeriods,
  ordersField,
  orderUnits,
  provinceAddress,
  reasonField,
  supporterAddress,
  supporterKinds,
  supporterShape,
} from '../contract.ts';

/** By whose signatures are there: in whatever order they come, a contract is in force by all three and not before. */
export const contractStates = [
  'drafted',
  'supporter_signed',
  'worker_signed',
  'agency_signed',
  'agency_missing',
  'worker_missing',
  'supporter_missing',
  'in_force',
  'declined',
  'cancelled',
  'ended',
] as const;
export type ContractState = (typeof contractStates)[number];

export const contractActs = [
  'sign_supporter',
  'sign_worker',
  'sign_agency',
  'decline',
  'cancel',
  'end',
] as const;
export type ContractAct = (typeof contractActs)[number];

export const parties = ['supporter', 'worker', 'agency'] as const;
export type Party = (typeof parties)[number];
export const bases = ['licence', 'request'] as const;

/** A licence, or a request for one (which has no last day), as it stands. */
export type Holding = {
  readonly validFrom: Day;
  readonly expiresOn: Day | null;
  readonly endedOn: Day | null;
};

export const contractForm = z.strictObject({
  id: z.uuid(),
  supporterId: z.uuid(),
  workerId: z.uuid().meta({ fa: 'شاغل خانگی', en: 'Home worker' }),
  /** The licence, or the request for one, on which the worker builds. */
  basisId: z.uuid(),
  orders: ordersField,
});
export type ContractForm = z.infer<typeof contractForm>;

export const contractActForm = z.strictObject({
  id: actId,
  act: z.enum(contractActs).meta({ fa: 'اقدام', en: 'Act' }),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason: reasonField,
});
export type ContractOrder = z.infer<typeof contractActForm>;

export const contractShape = z.object({
  contractId: z.uuid(),
  number: z.string(),
  supporterId: z.uuid(),
  supporterPersonId: z.uuid(),
  supporterName: z.string().nullable(),
  workerId: z.uuid(),
  workerName: z.string().nullable(),
  occupation: bilingual,
  countyName: bilingual,
  agencyName: bilingual,
  basis: z.enum(bases),
  /** The last day of the licence; null for a request, and where it ended. */
  holdsUntil: z.iso.date().nullable(),
  draftedOn: z.iso.date(),
  linkedOn: z.iso.date().nullable(),
  endedOn: z.iso.date().nullable(),
  state: z.enum(contractStates),
  stateName: bilingual,
  version: z.int(),
});
export type Contract = z.infer<typeof contractShape>;

export const contractPageShape = z.object({
  contract: contractShape,
  orders: z.object({
    value: z.string(),
    ordersUnit: z.enum(orderUnits),
    ordersPeriod: z.enum(orderPeriods),
  }),
  kind: z.enum(supporterKinds),
  signatures: z.array(
    z.object({ party: z.enum(parties), by: z.string().nullable(), at: z.iso.datetime().nullable() }),
  ),
  acts: z.array(actShape),
  choices: z.array(choiceShape),
});
export type ContractPage = z.infer<typeof contractPageShape>;

export const contractAddress = provinceAddress.extend({ contract: z.uuid() });
export const personAddress = provinceAddress.extend({ person: z.uuid() });
export const contractFilter = z.object({
  supporter: z.uuid().optional().meta({ fa: 'پشتیبان', en: 'Supporter' }),
  state: z.enum(contractStates).optional().meta({ fa: 'وضعیت', en: 'State' }),
  search: z.string().trim().max(80).optional().meta({ fa: 'جست‌وجو', en: 'Search' }),
});

/** Who could be linked: holders of a licence in force, and those who ask for one, tied to nobody in the occupation. */
export const candidateAddress = supporterAddress;
export const candidateQuery = z.object({
  category: categoryField,
  county: countyCode.meta({ fa: 'شهرستان', en: 'County' }),
  search: z.string().trim().max(80).optional().meta({ fa: 'جست‌وجو', en: 'Search' }),
});
export const candidateShape = z.object({
  personId: z.uuid(),
  name: z.string().nullable(),
  occupation: bilingual,
  basis: z.enum(bases),
  basisId: z.uuid(),
  holdsUntil: z.iso.date().nullable(),
});
export type Candidate = z.infer<typeof candidateShape>;

/** What the page of a person shows: their own file as a supporter, and to whom they are or were linked. */
export const personSupportShape = z.object({
  supporters: z.array(supporterShape),
  contracts: z.array(contractShape),
});
export type PersonSupport = z.infer<typeof personSupportShape>;

export type ContractRefusal =
  | { readonly kind: 'ContractMissing' }
  | { readonly kind: 'SupporterNotActive' }
  | { readonly kind: 'NothingHeld'; readonly field: 'workerId' }
  | { readonly kind: 'WorkerIsSupporter'; readonly field: 'workerId' }
  | { readonly kind: 'ContractStands'; readonly draftedOn: Day; readonly field: 'workerId' }
  | { readonly kind: 'AgencyOfficeMissing'; readonly agencyFa: string; readonly agencyEn: string }
  | { readonly kind: 'NoCapacityThere' }
  | {
      readonly kind: 'PlacesFull';
      readonly jobs: number;
      readonly links: number;
      /** The first later day on which a place opens by versions already approved. */
      readonly opensOn: Day | null;
    }
  | {
      readonly kind: 'OrdersFull';
      readonly left: bigint;
      readonly asked: bigint;
      readonly field: 'orders';
    }
  | { readonly kind: 'SignedForAnother'; readonly party: Party }
  | { readonly kind: 'OtherPartySigns' };

export const contractRefusalStatus = {
  ContractMissing: 404,
  SupporterNotActive: 409,
  NothingHeld: 422,
  WorkerIsSupporter: 422,
  ContractStands: 409,
  AgencyOfficeMissing: 422,
  NoCapacityThere: 409,
  PlacesFull: 409,
  OrdersFull: 409,
  SignedForAnother: 403,
  OtherPartySigns: 403,
} as const satisfies Record<ContractRefusal['kind'], number>;

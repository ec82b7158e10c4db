import { z } from 'zod';
import type { Id } from '#kernel/id.ts';
import { bilingual, countyCode, nameText, provinceSlug } from '#place/contract.ts';

/** What an agency may be asked for. */
export const agencyRoles = [
  'first_signature',
  'second_signature',
  'extra_check',
  'introduces_target_group',
  'working_group_chair',
  'working_group_secretary',
  'working_group_member',
  'runs_note_18',
] as const;

export const agency = z.object({
  agencyKey: z.string(),
  nameFa: z.string(),
  nameEn: z.string(),
  shortFa: z.string(),
  shortEn: z.string(),
  roles: z.array(z.object({ role: z.enum(agencyRoles), name: bilingual })),
  sourceKeys: z.array(z.string()),
});
export type Agency = z.infer<typeof agency>;

/** Only an `open` bank is offered in a form; the others explain old records. */
export const bankStatuses = ['open', 'central', 'merged', 'closed', 'second_code'] as const;
export type BankStatus = (typeof bankStatuses)[number];

/** The three digits of a bank in the Sheba. */
export const bankCode = z.string().regex(/^\d{3}$/);

export const bank = z.object({
  bankCode,
  nameFa: z.string(),
  nameEn: z.string(),
  cardPrefixes: z.array(z.string()),
  status: z.enum(bankStatuses),
  statusName: bilingual,
  offered: z.boolean(),
  /** The bank that took this one over, or whose second code this is. */
  successor: bankCode.nullable(),
  notes: z.array(bilingual),
  sourceKeys: z.array(z.string()),
});
export type Bank = z.infer<typeof bank>;

export const branch = z.object({
  branchId: z.uuid(),
  provinceId: z.int(),
  bankCode,
  branchCode: z.string(),
  countyCode,
  nameFa: z.string(),
  nameEn: z.string().nullable(),
  sourceKey: z.string(),
});
export type Branch = z.infer<typeof branch>;

/** An office of an agency in a province: of one county, or of the whole province (`countyCode` null). */
export const agencyOffice = z.object({
  officeId: z.uuid(),
  provinceId: z.int(),
  agencyKey: z.string(),
  countyCode: countyCode.nullable(),
  nameFa: z.string(),
  nameEn: z.string().nullable(),
  sourceKey: z.string(),
});
export type AgencyOffice = z.infer<typeof agencyOffice>;

/** Programmes for which the press names agent banks; lists of one programme say nothing of another. */
export const programmes = ['home_jobs', 'note_18', 'rural'] as const;
export type Programme = (typeof programmes)[number];

export const agentBank = z.object({
  provinceId: z.int(),
  budgetYear: z.int(),
  programme: z.enum(programmes),
  programmeName: bilingual,
  bankCode,
  bankNameFa: z.string(),
  bankNameEn: z.string(),
  notes: z.array(bilingual),
  sourceKey: z.string(),
});
export type AgentBank = z.infer<typeof agentBank>;

export const agencyList = z.object({ agencies: z.array(agency) });
export type AgencyList = z.infer<typeof agencyList>;
export const bankList = z.object({ banks: z.array(bank) });
export const branchPage = z.object({ items: z.array(branch), next: z.string().nullable() });
export const officePage = z.object({ items: z.array(agencyOffice), next: z.string().nullable() });
export const agentBankList = z.object({ agentBanks: z.array(agentBank) });

const provinceAsked = provinceSlug.meta({ fa: 'استان', en: 'Province' });

/** By what the lists of branches and offices may be narrowed; paging comes on top. */
export const branchFilter = z.object({
  province: provinceAsked.optional(),
  county: countyCode.optional().meta({ fa: 'شهرستان', en: 'County' }),
});
export const officeFilter = branchFilter.omit({ county: true });

export const agentBankQuery = z.object({
  province: provinceAsked,
  budgetYear: z.coerce
    .number()
    .int()
    .min(1300)
    .max(1500)
    .optional()
    .meta({ fa: 'سال بودجه', en: 'Budget year' }),
});

/** What a form sends to open a branch; bank and province come from the address and the scope. */
export const branchForm = z.object({
  branchCode: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z-]{1,20}$/)
    .meta({ fa: 'کد شعبه', en: 'Branch code' }),
  countyCode: countyCode.meta({ fa: 'شهرستان', en: 'County' }),
  nameFa: nameText(1, 200).meta({ fa: 'نام شعبه', en: 'Persian name' }),
  nameEn: nameText(1, 200).nullable().default(null).meta({ fa: 'نام لاتین', en: 'English name' }),
});

/** A branch as it is entered: the caller makes the id, so that a repeat of the same order acts once. */
export type NewBranch = {
  readonly branchId: Id;
  readonly provinceId: number;
  readonly bankCode: string;
  readonly branchCode: string;
  readonly countyCode: string;
  readonly nameFa: string;
  readonly nameEn: string | null;
  readonly sourceKey: string;
};

export type NewAgencyOffice = {
  readonly officeId: Id;
  readonly provinceId: number;
  readonly agencyKey: string;
  readonly countyCode: string | null;
  readonly nameFa: string;
  readonly nameEn: string | null;
  readonly sourceKey: string;
};

export type NewAgentBank = {
  readonly provinceId: number;
  readonly budgetYear: number;
  readonly programme: Programme;
  readonly bankCode: string;
  readonly sourceKey: string;
};

export type PartyRefusal =
  | { readonly kind: 'BankUnknown'; readonly bankCode: string }
  | { readonly kind: 'BankNotOffered'; readonly bankNameFa: string; readonly bankNameEn: string }
  | { readonly kind: 'CountyNotInProvince'; readonly countyCode: string }
  | { readonly kind: 'BranchCodeTaken'; readonly branchCode: string; readonly branchNameFa: string }
  | { readonly kind: 'AgencyUnknown'; readonly agencyKey: string }
  | { readonly kind: 'OfficeOpenAlready'; readonly officeNameFa: string };

export const partyRefusalStatus = {
  BankUnknown: 404,
  BankNotOffered: 422,
  CountyNotInProvince: 422,
  BranchCodeTaken: 409,
  AgencyUnknown: 404,
  OfficeOpenAlready: 409,
} as const satisfies Record<PartyRefusal['kind'], number>;

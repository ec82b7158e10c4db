import { z } from 'zod';
import { type Id, isId } from '#kernel/id.ts';
import type { Day } from '#kernel/day.ts';
import { normalise } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import { positiveSum } from '#ledger/contract.ts';
import { isoDay, writtenText } from '#place/contract.ts';

/** The stages of a rial on its way (L1). Each is an account of a slice; every step is a transfer. */
export const stages = [
  'available',
  'reserved',
  'referred',
  'contracted',
  'paid',
  'repaid',
  'handed_back',
] as const;
export type Stage = (typeof stages)[number];

/** The part of a slice that no reserve locks. The other parts bear the key of their reserve. */
export const openShare = 'open';
export const cooperativeShare = 'cooperative';

/** Along what a slice is cut from its parent; only the axes in use stand in a tree. */
export const partAxes = ['county', 'agency', 'bank', 'beneficiary_kind', 'category', 'round'] as const;
export const axes = ['province', ...partAxes] as const;
export type Axis = (typeof axes)[number];
/** The axes of a division; the province is the root alone. */
export type PartAxis = (typeof partAxes)[number];

export const programmes = ['home_jobs', 'ministry_bank_mou', 'rural', 'note_18'] as const;
export type Programme = (typeof programmes)[number];

export const beneficiaryKinds = ['person', 'cooperative', 'supporter', 'enterprise'] as const;
export type BeneficiaryKind = (typeof beneficiaryKinds)[number];

/** Where a slice stands: what it bears on each axis, null on those that are not used above it. */
export type Coordinates = {
  readonly countyCode: string | null;
  readonly agencyKey: string | null;
  readonly bankCode: string | null;
  readonly beneficiaryKind: BeneficiaryKind | null;
  readonly categoryKey: string | null;
  readonly roundNumber: number | null;
};

/** Sums by share, `open` among them. */
export type ShareSums = ReadonlyMap<string, Rial>;

/** The number of a letter or resolution: something must be left of it when invisible marks are taken off. */
export const officialNumber = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .refine((typed) => normalise(typed) !== '');
/** Whoever sends a command makes its id: sent again, it is the same command (L5). */
export const ownId = z.uuid().refine(isId).meta({ fa: 'شناسهٔ درخواست', en: 'Id of the command' });

const lineTerms = {
  budgetYear: z.int().min(1380).max(1500).meta({ fa: 'سال بودجه', en: 'Budget year' }),
  note: writtenText(1, 20).meta({ fa: 'تبصره', en: 'Note' }),
  paragraph: writtenText(1, 20).nullable().meta({ fa: 'بند', en: 'Paragraph' }),
  item: writtenText(1, 20).nullable().meta({ fa: 'جزء', en: 'Item' }),
  pot: z.enum(['national', 'provincial']).meta({ fa: 'منبع', en: 'Pot' }),
  programme: z.enum(programmes).meta({ fa: 'برنامه', en: 'Programme' }),
  rateKind: z.enum(['fee', 'profit', 'subsidy']).meta({ fa: 'نوع نرخ', en: 'Kind of rate' }),
  rateHundredths: z.int().min(0).max(10_000).meta({ fa: 'نرخ', en: 'Rate' }),
  graceMonths: z.int().min(0).max(120).meta({ fa: 'تنفس', en: 'Grace' }),
  termMonths: z.int().min(1).max(360).meta({ fa: 'بازپرداخت', en: 'Repayment' }),
  deadline: isoDay.meta({ fa: 'مهلت', en: 'Deadline' }),
};

export const newLineShape = z.strictObject({
  id: ownId,
  ...lineTerms,
  /** The cooperatives' reserve in percent points of the whole line; null where the law names none. */
  cooperativeReserve: z
    .int()
    .min(0)
    .max(100)
    .nullable()
    .meta({ fa: 'سهم تعاونی‌ها', en: 'Cooperatives’ share' }),
  reserveReference: writtenText(1, 200)
    .nullable()
    .meta({ fa: 'مستند سهم تعاونی‌ها', en: 'Legal reference of the share' }),
});

export const notificationShape = z.strictObject({
  id: ownId,
  amount: positiveSum.meta({ fa: 'مبلغ', en: 'Sum' }),
  letterNumber: officialNumber.meta({ fa: 'شمارهٔ نامه', en: 'Letter number' }),
  letterDay: isoDay.meta({ fa: 'روز نامه', en: 'Day of the letter' }),
});

export const openingShape = z.strictObject({ id: ownId });

export const awardActs = [
  'refer',
  'contract',
  'report_payment',
  'decline_report',
  /** Of the clock alone: nobody confirmed or declined in time. */
  'expire_report',
  'confirm_part_payment',
  'confirm_last_payment',
  'release',
] as const;
export type AwardAct = (typeof awardActs)[number];

/** An act as a button: lawful now, or the reason why not in both languages. */
export const choiceShape = z.object({
  act: z.string(),
  lawful: z.boolean(),
  because: z.object({ fa: z.string(), en: z.string() }).nullable(),
});
export type Choice = z.infer<typeof choiceShape>;

/** Sums of one slice, as decimal strings of whole rials. `locked` is the part of `available` under a reserve. */
const standingShape = z.object({
  amount: z.string(),
  reserve: z.string(),
  available: z.string(),
  open: z.string(),
  locked: z.string(),
  reserved: z.string(),
  referred: z.string(),
  contracted: z.string(),
  paid: z.string(),
  repaid: z.string(),
  handedBack: z.string(),
  sliced: z.string(),
  /** Turnovers, less reversals; the other sums are balances. */
  referredSoFar: z.string(),
  contractedSoFar: z.string(),
  paidSoFar: z.string(),
  reportedNotConfirmed: z.string(),
});
export type Standing = z.infer<typeof standingShape>;

export const lineShape = z.object({
  id: z.uuid(),
  province: z.string(),
  provinceFa: z.string(),
  provinceEn: z.string(),
  ...lineTerms,
  deadline: z.string(),
  notifiedOn: z.string().nullable(),
  reserveNumerator: z.int().nullable(),
  reserveDenominator: z.int().nullable(),
  reserveReference: z.string().nullable(),
  state: z.string(),
  version: z.int(),
  rootSliceId: z.uuid().nullable(),
  /** Taken back mid-year; it stands in `handedBack` of the line's standing, outside its slices. */
  cut: z.string(),
  /** Percent of the time between notification and deadline that has passed, 0 to 100. */
  timePassed: z.int(),
  standing: standingShape,
});
export type Line = z.infer<typeof lineShape>;

export const named = {
  countyCode: z.string().nullable(),
  countyFa: z.string().nullable(),
  countyEn: z.string().nullable(),
  agencyKey: z.string().nullable(),
  agencyFa: z.string().nullable(),
  agencyEn: z.string().nullable(),
  bankCode: z.string().nullable(),
  bankFa: z.string().nullable(),
  bankEn: z.string().nullable(),
  beneficiaryKind: z.enum(beneficiaryKinds).nullable(),
  roundNumber: z.int().nullable(),
  categoryKey: z.string().nullable(),
  categoryFa: z.string().nullable(),
  categoryEn: z.string().nullable(),
};
const namedShape = z.object(named);
export type Named = z.infer<typeof namedShape>;
/** What a part needs to be called by its name among its siblings. */
export type NamedPart = Named & { readonly axis: Axis };

const sliceShape = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  axis: z.enum(axes),
  ...named,
  jobTarget: z.int(),
  standing: standingShape,
  /** What `reserve` and `locked` of the standing are made of, reserve by reserve. */
  locks: z.array(z.object({ share: z.string(), amount: z.string(), available: z.string() })),
});
export type Slice = z.infer<typeof sliceShape>;

/** A step of an explanation: the exact fraction of rials as text, and whole rials that add up down the page. */
const explained = { exact: z.string(), rials: z.string() };

/** One county's number, term by term; the rials of all steps add up to `amount`. */
export const explanationShape = z.object({
  countyCode: z.string(),
  amount: z.string(),
  terms: z.array(
    z.object({
      ...explained,
      indicator: z.string(),
      value: z.string(),
      zeroBecause: z.string().nullable(),
      total: z.string(),
      share: z.string(),
      weight: z.string(),
    }),
  ),
  proportional: z.object(explained),
  levelling: z.object(explained),
  adjustment: z.object({ ...explained, reason: z.string().nullable() }),
  bound: z.object({ ...explained, held: z.enum(['floor', 'cap', 'none']) }),
  rounding: z.object(explained),
});
export type Explanation = z.infer<typeof explanationShape>;

export const slicingPartShape = z.object({
  ...named,
  amount: z.string(),
  /** What of it goes to the cooperatives' lock; known in a preview, and afterwards by the slices themselves. */
  locked: z.string().nullable(),
  jobTarget: z.int(),
  explanation: explanationShape.nullable(),
});
export type SlicingPart = z.infer<typeof slicingPartShape>;

/** An indicator as a formula used it: where its values came from stands with the slices that it made. */
const usedIndicatorShape = z.object({
  key: z.string(),
  weight: z.int(),
  year: z.int(),
  sources: z.array(z.string()),
});

export const formulaRunShape = z.object({
  year: z.int(),
  floor: z.string(),
  cap: z.string().nullable(),
  unit: z.string(),
  factor: z.string(),
  indicators: z.array(usedIndicatorShape),
});
export type FormulaRunAnswer = z.infer<typeof formulaRunShape>;

export const awardShape = z.object({
  id: z.uuid(),
  sliceId: z.uuid(),
  share: z.string(),
  amount: z.string(),
  released: z.string(),
  paid: z.string(),
  reported: z.string(),
  /** The last day on which what is reported can be confirmed; null where nothing is, or it stands without an end. */
  reportedUntil: z.string().nullable(),
  beneficiaryKind: z.enum(beneficiaryKinds),
  beneficiaryId: z.uuid(),
  /** As the registry names them; null where the reader does not see them there. */
  beneficiaryName: z.string().nullable(),
  jobs: z.int(),
  state: z.string(),
  version: z.int(),
  choices: z.array(choiceShape),
});
export type Award = z.infer<typeof awardShape>;

/** What the formula says no with; its kinds are those of `formula.ts`. */
export type FormulaRefusalFacts = {
  readonly kind: string;
  /** The nearest change. */
  readonly by?: Rial;
  readonly missing?: readonly {
    readonly countyCode: string;
    readonly indicator: string;
    /** What the county is called. */
    readonly nameFa?: string;
    readonly nameEn?: string;
  }[];
};

export type CreditRefusal =
  | { readonly kind: 'LineMissing'; readonly lineId: string }
  | { readonly kind: 'SliceMissing'; readonly sliceId: string }
  | { readonly kind: 'SlicingMissing'; readonly slicingId: string }
  | { readonly kind: 'AwardMissing'; readonly awardId: string }
  | { readonly kind: 'LineNotOpen'; readonly state: string }
  | { readonly kind: 'ReserveWithoutReference' }
  | { readonly kind: 'DeadlineBeforeYear'; readonly field: 'deadline'; readonly first: Day }
  | { readonly kind: 'LetterTwice'; readonly letterNumber: string }
  | { readonly kind: 'LetterBeforeYear'; readonly field: 'letterDay'; readonly first: Day }
  | { readonly kind: 'SliceExhausted'; readonly left: Rial; readonly asked: Rial; readonly share: string }
  | { readonly kind: 'RestTooSmall'; readonly left: Rial; readonly asked: Rial }
  | { readonly kind: 'SliceNotLeaf'; readonly sliceId: string }
  /** `fits` are the axes that would be lawful here; none where nothing can be divided further. */
  | { readonly kind: 'AxisNotHere'; readonly axis: PartAxis; readonly fits: readonly PartAxis[] }
  | { readonly kind: 'PartUnknown'; readonly axis: PartAxis; readonly key: string }
  | { readonly kind: 'PartTwice'; readonly axis: PartAxis; readonly key: string }
  /** What the slice is for on an axis, and what the award says instead. */
  | {
      readonly kind: 'AwardNotOfSlice';
      readonly axis: PartAxis;
      readonly slice: string;
      readonly award: string;
    }
  | { readonly kind: 'PartsDoNotAddUp'; readonly parts: Rial; readonly amount: Rial }
  | { readonly kind: 'FormulaRefused'; readonly formula: FormulaRefusalFacts }
  | { readonly kind: 'OwnProposal'; readonly slicingId: string }
  | { readonly kind: 'OwnReport'; readonly awardId: string }
  | { readonly kind: 'DayAhead'; readonly day: Day; readonly today: Day }
  | { readonly kind: 'DayBeforeLetter'; readonly day: Day; readonly letterDay: Day }
  | { readonly kind: 'DayBeforeSlice'; readonly day: Day; readonly firstDay: Day }
  | { readonly kind: 'DayBeforeLastAct'; readonly day: Day; readonly lastDay: Day }
  | { readonly kind: 'DayPastDeadline'; readonly day: Day; readonly deadline: Day }
  | { readonly kind: 'ReasonMissing'; readonly act: AwardAct }
  | { readonly kind: 'ReportAmountMissing' }
  | { readonly kind: 'AmountNotAsked'; readonly act: AwardAct }
  | { readonly kind: 'ReportBeyondContract'; readonly left: Rial; readonly asked: Rial }
  | { readonly kind: 'ReportMissing'; readonly awardId: string }
  | { readonly kind: 'ReportOpen'; readonly reported: Rial }
  | { readonly kind: 'NotTheLast'; readonly left: Rial }
  | { readonly kind: 'NothingLeft'; readonly paid: Rial };

export const creditRefusalStatus = {
  LineMissing: 404,
  SliceMissing: 404,
  SlicingMissing: 404,
  AwardMissing: 404,
  LineNotOpen: 409,
  ReserveWithoutReference: 422,
  DeadlineBeforeYear: 422,
  LetterTwice: 409,
  LetterBeforeYear: 422,
  SliceExhausted: 409,
  RestTooSmall: 409,
  SliceNotLeaf: 409,
  AxisNotHere: 422,
  PartUnknown: 422,
  PartTwice: 422,
  AwardNotOfSlice: 422,
  PartsDoNotAddUp: 422,
  FormulaRefused: 422,
  OwnProposal: 403,
  OwnReport: 403,
  DayAhead: 422,
  DayBeforeLetter: 422,
  DayBeforeSlice: 422,
  DayBeforeLastAct: 422,
  DayPastDeadline: 422,
  ReasonMissing: 422,
  ReportAmountMissing: 422,
  AmountNotAsked: 422,
  ReportBeyondContract: 409,
  ReportMissing: 409,
  ReportOpen: 409,
  NotTheLast: 409,
  NothingLeft: 409,
} as const satisfies Record<CreditRefusal['kind'], number>;

/** A slice as rules and actions see it, sums as rials. */
export type SliceFacts = Coordinates & {
  readonly provinceId: number;
  readonly id: Id;
  readonly lineId: Id;
  readonly parentId: Id | null;
  readonly axis: Axis;
  readonly children: number;
  /** Its unsliced, unawarded money by share; `open` and `locked` are what of it no reserve, or any, locks. */
  readonly available: ShareSums;
  readonly open: Rial;
  readonly locked: Rial;
};

/** What one account of a slice holds: its stage, and the share it belongs to. */
export type AccountSum = {
  readonly sliceId: Id;
  readonly stage: string;
  readonly share: string;
  readonly balance: Rial;
  /** Held for what a branch reported and nobody confirmed yet. */
  readonly pending: Rial;
};

/** The turnover of a slice into a stage, reversals taken off. */
export type TurnoverSum = { readonly sliceId: Id; readonly stage: string; readonly amount: Rial };

export type SliceNode = { readonly id: string; readonly parentId: string | null };

export const linePageShape = z.object({
  line: lineShape,
  slices: z.array(sliceShape),
  proposals: z.array(
    z.object({
      id: z.uuid(),
      sliceId: z.uuid(),
      axis: z.enum(partAxes),
      amount: z.string(),
      state: z.string(),
      proposedOn: z.string(),
    }),
  ),
});
export type LinePageAnswer = z.infer<typeof linePageShape>;

export const slicePageShape = z.object({
  line: lineShape,
  slice: sliceShape,
  /** From the root down to the parent, as far as the reader may see. */
  path: z.array(sliceShape),
  children: z.array(sliceShape),
  /** The approved divisions that brought money into the slice, the newest first. */
  divisions: z.array(
    z.object({
      id: z.uuid(),
      happenedOn: z.string(),
      amount: z.string(),
      /** Null where sums were named, not worked out by a formula. */
      explanation: explanationShape.nullable(),
      formula: formulaRunShape.nullable(),
    }),
  ),
});
export type SlicePageAnswer = z.infer<typeof slicePageShape>;

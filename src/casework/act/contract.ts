import { z } from 'zod';
import type { Bilingual } from '#kernel/indicator.ts';
import { bilingual, spareText } from '#place/contract.ts';
import { type CaseRefusal, caseRefusalStatus } from '../contract.ts';
import { deadlineShape } from '../inbox/contract.ts';
import { noteShape } from '../note/contract.ts';

const reason = spareText(1000).nullable().default(null).meta({ fa: 'دلیل', en: 'Reason' });

export const actFormShape = z.strictObject({
  id: z.uuid().meta({ fa: 'شناسهٔ کار', en: 'Act id' }),
  act: z.string().max(60).meta({ fa: 'کار', en: 'Act' }),
  seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
  reason,
});
export type ActForm = z.infer<typeof actFormShape>;

const isEachOnce = (ids: readonly string[]): boolean =>
  new Set(ids.map((one) => one.toLowerCase())).size === ids.length;

export const bulkFormShape = z.strictObject({
  act: z.string().max(60).meta({ fa: 'کار', en: 'Act' }),
  reason,
  cases: z
    .array(
      z.strictObject({
        id: z.uuid().meta({ fa: 'شناسهٔ کار', en: 'Act id' }),
        caseId: z.uuid().meta({ fa: 'پرونده', en: 'Case' }),
        seenVersion: z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' }),
      }),
    )
    .min(1)
    .max(100)
    // Each row is answered by its own act, so that two rows of one act or one case would tell of one another.
    .refine((cases) => isEachOnce(cases.map(({ id }) => id)), {
      params: {
        rule: 'act_once',
        fa: 'شناسهٔ یک کار در دو ردیف آمده است؛ برای هر ردیف شناسهٔ تازه‌ای بگذارید. هیچ کاری ثبت نشد.',
        en: 'The id of one act stands in two rows: give each row an id of its own. Nothing was done.',
      },
    })
    .refine((cases) => isEachOnce(cases.map(({ caseId }) => caseId)), {
      params: {
        rule: 'case_once',
        fa: 'یک پرونده دو بار آمده است؛ هر پرونده را یک بار بنویسید. هیچ کاری ثبت نشد.',
        en: 'One case stands in two rows: name each case once. Nothing was done.',
      },
    })
    .meta({ fa: 'پرونده‌ها', en: 'Cases' }),
});
export type BulkForm = z.infer<typeof bulkFormShape>;

export const actDoneShape = z.object({ caseId: z.uuid(), state: z.string(), version: z.int() });

/** One row of a bulk act: what became of it, or the refusal in words. */
export const bulkDoneShape = z.object({
  rows: z.array(
    z.object({
      caseId: z.uuid(),
      done: z.boolean(),
      state: z.string().nullable(),
      refusal: z.object({ kind: z.string(), fa: z.string(), en: z.string() }).nullable(),
    }),
  ),
});
export type BulkDone = z.infer<typeof bulkDoneShape>;

export const holdFormShape = z.strictObject({
  id: z.uuid().meta({ fa: 'شناسه', en: 'Id' }),
  take: z.boolean().meta({ fa: 'به دست گرفتن', en: 'Take' }),
});
export type HoldForm = z.infer<typeof holdFormShape>;

/** A refusal of a room's own deed, said in that room's words. */
export type DeedRefusal = {
  readonly kind: 'DeedRefused';
  readonly refusal: string;
  readonly status: number;
  readonly words: Bilingual;
};

export type ActRefusal =
  | CaseRefusal
  | DeedRefusal
  | { readonly kind: 'ActUnknown'; readonly act: string; readonly field: 'act'; readonly rule: 'known' }
  | { readonly kind: 'ActElsewhere'; readonly act: string }
  | { readonly kind: 'CaseHeld'; readonly holder: string | null };

export const actRefusalStatus = {
  ...caseRefusalStatus,
  DeedRefused: 409,
  ActUnknown: 422,
  ActElsewhere: 409,
  CaseHeld: 409,
} as const satisfies Record<ActRefusal['kind'], number>;

const named = z.object({ key: z.string(), title: bilingual });

export const casePageShape = z.object({
  id: z.uuid(),
  /** By which other rooms find what they hold of the case. */
  provinceSlug: z.string(),
  number: z.string(),
  kind: named,
  state: named.extend({ told: bilingual }),
  version: z.int(),
  closed: z.boolean(),
  county: bilingual.nullable(),
  /** What it asks for, where the kind tells. */
  about: bilingual.nullable(),
  subject: z.object({ id: z.uuid(), name: z.string().nullable() }).nullable(),
  openedAt: z.iso.datetime(),
  sinceOn: z.iso.date(),
  deadline: deadlineShape.extend({ basis: bilingual }).nullable(),
  /** Whether the case waits for the reader's role. */
  turn: z.boolean(),
  /** Roles for which the case waits. */
  waitsFor: z.array(bilingual),
  holder: z.object({ name: z.string().nullable(), isMe: z.boolean() }).nullable(),
  mayHold: z.boolean(),
  /** The page of its own that the kind has. */
  page: z.string().nullable(),
  acts: z.array(
    z.object({
      id: z.uuid(),
      title: bilingual,
      to: bilingual,
      byName: z.string().nullable(),
      byRole: bilingual,
      happenedOn: z.iso.date(),
      at: z.iso.datetime(),
      reason: z.string().nullable(),
      facts: z.array(z.object({ title: bilingual, value: z.string() })),
      /** A step back: returned or withdrawn. */
      back: z.boolean(),
    }),
  ),
  choices: z.array(
    z.object({
      act: z.string(),
      title: bilingual,
      lawful: z.boolean(),
      because: bilingual.nullable(),
      /** False where another role does it. */
      mine: z.boolean(),
      needsReason: z.boolean(),
      /** True where the act is done on the page of its own. */
      elsewhere: z.boolean(),
    }),
  ),
  mayNote: z.boolean(),
  notes: z.array(noteShape),
  messages: z.array(
    z.object({
      id: z.uuid(),
      channel: z.enum(['sms', 'email', 'desk']),
      to: bilingual,
      at: z.iso.datetime(),
      state: z.enum(['waiting', 'sent', 'refused', 'given_up']),
      /** The last try: when, by what, why it failed, and what the other side said. */
      triedAt: z.iso.datetime().nullable(),
      carrier: z.string().nullable(),
      reason: bilingual.nullable(),
      answer: z.string().nullable(),
      text: bilingual.nullable(),
    }),
  ),
  letter: bilingual,
});
export type CasePage = z.infer<typeof casePageShape>;

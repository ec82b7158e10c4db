import { z } from 'zod';
import { bilingual } from '#place/contract.ts';
import { deadlineShape } from '../inbox/contract.ts';

/** What a running limit promises to, or asks of, whom the case is about. */
export const promises = [
  'answer',
  'answer_late',
  'turn',
  'turn_late',
  'objection',
  'objection_ended',
] as const;
export type OwnPromise = (typeof promises)[number];

const named = z.object({ key: z.string(), title: bilingual });

export const ownCaseShape = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: named,
  /** What it asks for, where the kind tells: two of one kind are told apart by it. */
  about: bilingual.nullable(),
  state: named.extend({ told: bilingual }),
  /** Of the act that led here, when it has one. */
  reason: z.string().nullable(),
  ended: z.boolean(),
  openedAt: z.iso.datetime(),
  sinceOn: z.iso.date(),
  deadline: deadlineShape.extend({ promise: z.enum(promises), basis: bilingual }).nullable(),
  /** Whether the case waits for the reader. */
  turn: z.boolean(),
  /** The roles for which it waits. */
  waitsFor: z.array(bilingual),
  /** What the reader may do now, whether it gives the case up, and the screen of the desk on which it is done. */
  acts: z.array(z.object({ act: z.string(), title: bilingual, href: z.string(), givesUp: z.boolean() })),
  /** The page of its own, where the reader has to do with it; otherwise the page that every case has. */
  page: z.string(),
});
export type OwnCase = z.infer<typeof ownCaseShape>;

export const ownCasesShape = z.object({
  /** Open ones first, then ended ones, each the last moved first. */
  items: z.array(ownCaseShape),
  next: z.string().nullable(),
  /** What the reader may begin, and where. */
  begins: z.array(z.object({ kind: z.string(), title: bilingual, href: z.string() })),
});
export type OwnCases = z.infer<typeof ownCasesShape>;

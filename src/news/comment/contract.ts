import { z } from 'zod';
import { type Id, isId } from '#kernel/id.ts';
import { readerName, readerText } from '#place/contract.ts';
import type { CommentRule, Hint } from '../moderation/contract.ts';
import type { ItemRefusal } from '../item/contract.ts';

export const rules = [
  'off_topic',
  'finglish',
  'advertising',
  'insult',
] as const satisfies readonly CommentRule[];

export const commentStates = ['held', 'published', 'rejected', 'removed'] as const;
export type CommentState = (typeof commentStates)[number];

export const rulings = ['publish', 'reject', 'remove'] as const;
export type Ruling = (typeof rulings)[number];

export const mostLetters = 2000;

export const commentFormShape = z.object({
  id: z.uuid().refine(isId).meta({ fa: 'شناسهٔ دیدگاه', en: 'Id of the comment' }),
  penName: readerName(60).default('').meta({ fa: 'نام نمایشی', en: 'Name to show' }),
  body: readerText(3, mostLetters).meta({ fa: 'دیدگاه', en: 'Comment' }),
});
export type CommentForm = z.infer<typeof commentFormShape>;

/** For what a comment is held: one of the four rules, or what only a person can judge and nobody is blamed for. */
export const hintRules = [...rules, 'long_word', 'office_name'] as const;
export type HintRule = (typeof hintRules)[number];

/** A hint as it is stored with its comment; one of the name above it has no place in the text. */
export type KeptHint = Omit<Hint, 'rule'> & { readonly rule: HintRule };

/** A hint of a doubt of a figure, which has no name above it, with the words that it speaks of. */
export type DoubtHint = {
  readonly rule: Exclude<HintRule, 'office_name'>;
  readonly clear: boolean;
  readonly place: string;
};

const hintShape = z.object({
  rule: z.enum(hintRules),
  start: z.int(),
  end: z.int(),
  clear: z.boolean(),
});

export const rulingShape = z.object({
  ruling: z.enum(rulings),
  rule: z.enum(rules).nullable(),
  note: z.string().nullable(),
  byName: z.string().nullable(),
  at: z.iso.datetime(),
});

export const commentShape = z.object({
  id: z.uuid(),
  item: z.object({ id: z.uuid(), title: z.string() }),
  state: z.enum(commentStates),
  seq: z.int(),
  penName: z.string().nullable(),
  body: z.string(),
  hints: z.array(hintShape),
  sentAt: z.iso.datetime(),
  rulings: z.array(rulingShape),
});
export type CommentAnswer = z.infer<typeof commentShape>;

export const queueShape = z.object({
  items: z.array(commentShape),
  next: z.string().nullable(),
  /** How many wait, whatever is asked for. */
  held: z.int(),
  publishesUnhinted: z.boolean(),
  returnedToday: z.int(),
});
export type QueueAnswer = z.infer<typeof queueShape>;

export const rulingOrderShape = z.strictObject({
  ruling: z.enum(rulings).meta({ fa: 'تصمیم', en: 'Decision' }),
  rule: z.enum(rules).nullable().meta({ fa: 'قاعده', en: 'Rule' }),
  note: readerText(1, 500).nullable().meta({ fa: 'توضیح برای نویسنده', en: 'Word to its author' }),
  /** How many rulings the moderator saw. */
  seen: z.int().min(0),
});
export type RulingOrder = z.infer<typeof rulingOrderShape>;

export const settingOrderShape = z.strictObject({
  id: z.uuid().refine(isId).meta({ fa: 'شناسهٔ درخواست', en: 'Id of the command' }),
  publishesUnhinted: z.boolean().meta({ fa: 'انتشار بی‌درنگ', en: 'Publish at once' }),
});

/** A comment as its author follows it, or as everybody reads it. */
export type Comment = {
  readonly provinceId: number;
  readonly commentId: Id;
  readonly itemId: Id;
  readonly code: string;
  readonly titleFa: string;
  readonly titleEn: string | null;
  readonly penName: string | null;
  readonly body: string;
  readonly hints: readonly KeptHint[];
  readonly sentAt: Date;
  readonly state: CommentState;
  readonly seq: number;
};

export type RulingRow = {
  readonly commentId: Id;
  readonly ruling: Ruling;
  readonly rule: CommentRule | null;
  readonly note: string | null;
  readonly byName: string | null;
  readonly at: Date;
};

/** What became of a comment that was sent. */
export type Sent =
  | { readonly outcome: 'held' | 'published'; readonly code: string }
  | {
      readonly outcome: 'returned';
      readonly hints: readonly Hint[];
      readonly penHints: readonly Hint[];
    };

export type CommentRefusal =
  | Extract<ItemRefusal, { kind: 'ItemMissing' }>
  | { readonly kind: 'ItemClosed' }
  | { readonly kind: 'CommentMissing' }
  /** The id of a form is known under another text. */
  | { readonly kind: 'CommentSentBefore' }
  | { readonly kind: 'CommentMovedOn'; readonly state: string }
  | { readonly kind: 'RulingUnlawful'; readonly state: string; readonly ruling: string }
  | { readonly kind: 'RulingRuleMissing'; readonly field: 'rule' };

export const commentRefusalStatus = {
  ItemMissing: 404,
  ItemClosed: 409,
  CommentMissing: 404,
  CommentSentBefore: 409,
  CommentMovedOn: 409,
  RulingUnlawful: 409,
  RulingRuleMissing: 422,
} as const satisfies Record<CommentRefusal['kind'], number>;

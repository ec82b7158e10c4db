import type { CommentRule } from './contract.ts';
import type { Seen, Trait } from './feature.ts';
import { weights } from './weights.ts';

/** One unit of weight on a natural logarithm of odds: scores are whole numbers, 256 of them to one. */
export const unit = 256;

type Bounds = {
  /** From what score on a hint stands that is clear by its rule, and one that is not. */
  readonly clear: number;
  readonly unclear: number;
  /** From what score on the model holds a comment in which no rule found anything. */
  readonly alone: number;
  /** From what score on a clear hint gives the comment back without a person. */
  readonly sure: number;
};

/** Chosen by cross-validation over items that were left out of training; `npm run moderation` prints them. */
export const bounds = {
  finglish: { clear: -768, unclear: -1152, alone: -384, sure: 256 },
  advertising: { clear: -1024, unclear: -512, alone: -448, sure: 320 },
  insult: { clear: -704, unclear: -160, alone: 256, sure: 1792 },
  off_topic: { clear: 128, unclear: 64, alone: -256, sure: 1216 },
} as const satisfies Record<CommentRule, Bounds>;

/** The weights of one rule: eighths of a unit for each trait, units for what the rules told. */
export type Weighing = { readonly traits: Int8Array; readonly told: readonly number[] };

const read = new Map<CommentRule, Weighing>();

function weighingOf(rule: CommentRule): Weighing {
  const known = read.get(rule);
  if (known !== undefined) return known;
  const { traits, told } = weights[rule];
  const weighing = { traits: Int8Array.from(atob(traits), (sign) => sign.charCodeAt(0)), told };
  read.set(rule, weighing);
  return weighing;
}

/** Whole numbers added up, and one quotient that every machine rounds alike. */
export function scored({ traits: each, told: fixed }: Weighing, { traits, told }: Seen): number {
  const sum = traits.reduce((total, { bucket }) => total + (each[bucket] ?? 0), 0);
  const base = told.reduce((total, value, at) => total + value * (fixed[at] ?? 0), 0);
  return base + Math.trunc((sum * 32) / Math.sqrt(Math.max(1, traits.length)));
}

export const scoreOf = (rule: CommentRule, seen: Seen): number => scored(weighingOf(rule), seen);

/** The trait that weighs most for a rule; of equal ones the first. */
export function heaviestOf(rule: CommentRule, { traits }: Seen): Trait | undefined {
  const { traits: each } = weighingOf(rule);
  return traits.reduce<Trait | undefined>(
    (best, trait) =>
      best === undefined || (each[trait.bucket] ?? 0) > (each[best.bucket] ?? 0) ? trait : best,
    undefined,
  );
}

import { type Rial, minus } from '#kernel/rial.ts';

/** What was awarded, what of it was released again, and what was paid. */
export type AwardSums = { readonly amount: Rial; readonly released: Rial; readonly paid: Rial };

/** What of an award is neither released nor paid: what can still be paid of it. */
export const leftOf = ({ amount, released, paid }: AwardSums): Rial => minus(minus(amount, released), paid);

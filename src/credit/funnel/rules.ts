import { comparable } from '#kernel/persian.ts';
import { type Rial, minus, rial, total } from '#kernel/rial.ts';
import type { Line, Standing } from '../contract.ts';

/**
 * A standing without what was cut: the quota as it is now. Its balances still add up to its amount, and absorption
 * is paid over what the line was left with; what a close hands back stays in, for it was not absorbed.
 */
export function netOfCut(standing: Standing, cut: string): Standing {
  return {
    ...standing,
    amount: minus(rial(standing.amount), rial(cut)).toString(),
    handedBack: minus(rial(standing.handedBack), rial(cut)).toString(),
  };
}

export const netStanding = ({ standing, cut }: Line): Standing => netOfCut(standing, cut);

/** The stages of a funnel as balances that add up to `amount`: the whole is what each line was left with. */
export type Funnel = {
  readonly amount: Rial;
  readonly open: Rial;
  readonly locked: Rial;
  readonly reserved: Rial;
  readonly atBank: Rial;
  readonly paid: Rial;
  readonly handedBack: Rial;
};

/** «پرداخت» is what was paid and is outstanding or repaid: it left the bank either way. */
export function funnelOf(standing: Standing): Funnel {
  const of = (name: keyof Standing): Rial => rial(standing[name]);
  return {
    amount: of('amount'),
    open: of('open'),
    locked: of('locked'),
    reserved: of('reserved'),
    atBank: total([of('referred'), of('contracted')]),
    paid: total([of('paid'), of('repaid')]),
    handedBack: of('handedBack'),
  };
}

export const funnelStages = ['open', 'locked', 'reserved', 'atBank', 'paid', 'handedBack'] as const;

export function sumOfFunnels(funnels: readonly Funnel[]): Funnel {
  const sum = (name: keyof Funnel): Rial => total(funnels.map((funnel) => funnel[name]));
  return {
    amount: sum('amount'),
    open: sum('open'),
    locked: sum('locked'),
    reserved: sum('reserved'),
    atBank: sum('atBank'),
    paid: sum('paid'),
    handedBack: sum('handedBack'),
  };
}

export type LineFilter = {
  readonly year: string | null;
  readonly programme: string | null;
  readonly state: string | null;
};

export const isKept = (line: Line, { year, programme, state }: LineFilter): boolean =>
  (year === null || String(line.budgetYear) === year) &&
  (programme === null || line.programme === programme) &&
  (state === null || line.state === state);

/** Whether what was typed stands in the texts of a row, in whatever letters and digits. */
export const isSought = (texts: readonly string[], sought: string): boolean =>
  comparable(texts.join(' ')).includes(comparable(sought));

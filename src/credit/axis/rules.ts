import { type Rial, rial, total } from '#kernel/rial.ts';
import type { PartAxis } from '../contract.ts';
import type { SlicingOrder } from '../slicing/contract.ts';

/** What stands in the form of a division by sums: rials as decimal strings, '' where nothing is typed. */
export type SumsDraft = {
  readonly rows: readonly { readonly key: string; readonly amount: string }[];
  readonly jobTarget: string;
};

const isPositive = (text: string): boolean => /^0*[1-9]\d*$/.test(text);

export const totalOf = ({ rows }: SumsDraft): Rial =>
  total(rows.filter(({ amount }) => isPositive(amount)).map(({ amount }) => rial(amount)));

/** What keeps a draft from being worked out: `rows` for none, `total` for more than is left, the key of a part without a sum. */
export function gapsOf(draft: SumsDraft, left: Rial): ReadonlySet<string> {
  return new Set([
    ...(draft.rows.length === 0 ? ['rows'] : []),
    ...draft.rows.filter(({ amount }) => !isPositive(amount)).map(({ key }) => key),
    ...(totalOf(draft) > left ? ['total'] : []),
  ]);
}

/** The order of a draft without gaps as it goes over the wire. */
export const orderOf = (draft: SumsDraft, axis: Exclude<PartAxis, 'county'>): Omit<SlicingOrder, 'id'> => ({
  amount: totalOf(draft).toString(),
  jobTarget: parseInt(draft.jobTarget || '0', 10),
  by: { axis, parts: draft.rows.map(({ key, amount }) => ({ key, amount: rial(amount).toString() })) },
});

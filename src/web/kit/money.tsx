import type { ReactNode } from 'react';
import { exactRials, moneyInColumn, moneyText, rialsOf, type MoneyScale, type WireRial } from '../format.ts';
import { useSpeech } from '../language.tsx';

export type MoneyProps = {
  /** Whole rials: a decimal string as it came over the wire, or a bigint. */
  readonly rials: WireRial | bigint;
  /** In a column: the exact sum in the column's unit (`moneyScale` of its sums), without the unit's words. */
  readonly scale?: MoneyScale;
  /** Adds the exact rial in a second, small line. */
  readonly exact?: boolean;
};

/** Money for people, «۱۲٫۵ میلیارد تومان», with the exact rial on hover and, if asked, in a line below. */
export function Money({ rials, scale, exact = false }: MoneyProps): ReactNode {
  const { language } = useSpeech();
  const sum = rialsOf(rials);
  const rial = exactRials(sum, language);
  const text = scale === undefined ? moneyText(sum, language) : moneyInColumn(sum, scale, language);
  return (
    <span className="k-money" title={rial}>
      <bdi className="k-digits">{text}</bdi>
      {exact ? <small className="k-money-exact">{rial}</small> : null}
    </span>
  );
}

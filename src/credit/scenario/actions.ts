import type { Tx } from '#platform/db.ts';
import { formulaRunShape } from '../contract.ts';
import type { FormulaOrder } from '../slicing/contract.ts';
import { type NamedPart, listParts, listSlicings } from '../slicing/queries.ts';

/** The order of the latest approved division of a slice over counties, read back from its parts. */
export async function formulaInForce(
  tx: Tx,
  asked: { readonly provinceId: number; readonly lineId: string; readonly sliceId: string },
): Promise<FormulaOrder | null> {
  const { provinceId, lineId, sliceId } = asked;
  const divisions = (await listSlicings(tx, { provinceId, id: null, lineId })).filter(
    (one) => one.sliceId === sliceId && one.axis === 'county' && one.state === 'approved',
  );
  const latest = divisions[0];
  return latest === undefined ? null : formulaOf(await listParts(tx, { provinceId, id: latest.id }));
}

function formulaOf(parts: readonly NamedPart[]): FormulaOrder | null {
  const stored = parts[0]?.formula;
  if (stored == null) return null;
  const { year, floor, cap, unit, indicators } = formulaRunShape.parse(stored);
  const explained = parts.flatMap(({ countyCode, explanation }) =>
    countyCode === null || explanation === null ? [] : [{ ...explanation, countyCode }],
  );
  return {
    indicators: indicators.map(({ key, weight }) => ({ key, weight })),
    year,
    floor,
    cap,
    unit,
    zeroBecause: explained.flatMap(({ countyCode, terms }) => {
      const reason = terms.find((term) => term.zeroBecause !== null)?.zeroBecause;
      return reason == null ? [] : [{ countyCode, reason }];
    }),
    adjustments: explained.flatMap(({ countyCode, adjustment: { exact, reason } }) =>
      reason === null ? [] : [{ countyCode, amount: exact, reason }],
    ),
  };
}

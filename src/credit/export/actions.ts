import { headInForce } from '#ledger/seal/actions.ts';
import type { Tx } from '#platform/db.ts';
import type { PdfSeal } from '#platform/pdf.ts';

/** The head that is printed on what leaves the house (L14). */
export const sealInForce = (tx: Tx, provinceId: number): Promise<PdfSeal | null> =>
  headInForce(tx, provinceId);

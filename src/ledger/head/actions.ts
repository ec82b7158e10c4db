import { noScope, read, type Database } from '#platform/db.ts';
import { findLastSeal } from '../seal/queries.ts';

/** A head as it is printed under a document: it stands for everything recorded in the province before. */
export type PrintedHead = { readonly number: string; readonly head: string };

/** The newest head of a province, whoever asks: heads are for everybody. Null before the first seal. */
export async function currentHead(db: Database, provinceId: number): Promise<PrintedHead | null> {
  const seal = await read(db, { ...noScope, province: provinceId }, (tx) => findLastSeal(tx, provinceId));
  return seal === undefined ? null : { number: seal.number.toString(), head: seal.head };
}

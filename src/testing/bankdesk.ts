import { z } from 'zod';
import { listPageShape, listRowShape } from '#credit/banklist/contract.ts';
import type { Id } from '#kernel/id.ts';
import { type SheetRow, sheetOf, sumOf, testBank } from './banklists.ts';
import { type Name, actOrder, awardOrder, done, freshId, type openCredits } from './credits.ts';

type Upload = {
  readonly rows: readonly SheetRow[];
  readonly by?: Name;
  readonly fields?: Record<string, string>;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly key?: Id;
};

export const idIn = (said: { readonly body: unknown }) => z.object({ id: z.string() }).parse(said.body).id;
export const kindIn = (said: { readonly body: unknown }) =>
  z.object({ kind: z.string() }).parse(said.body).kind;

/** Lists of a bank as an office brings, records and confirms them over HTTP. */
export function openBankDesk(credits: Awaited<ReturnType<typeof openCredits>>) {
  const { http } = credits;

  /** An award that stands contracted with the bank, ready to be paid. */
  async function contracted(sliceId: Id, amount: bigint): Promise<Id> {
    const order = awardOrder(amount);
    done(await credits.reserve(sliceId, order));
    done(await credits.actOn(order.id, actOrder('refer', 1)));
    done(await credits.actOn(order.id, actOrder('contract', 2)));
    return order.id;
  }

  async function upload(lineId: Id, { rows, by = 'deputy', fields = {}, bytes, key }: Upload) {
    return http.upload(by, {
      url: `lines/${lineId}/bank-lists`,
      name: 'list.xlsx',
      bytes: bytes ?? (await sheetOf(rows)),
      fields: {
        id: freshId(),
        bankCode: testBank,
        letterNumber: '12/الف',
        letterDay: '2024-02-20',
        statedCount: String(rows.length),
        statedSum: String(sumOf(rows)),
        ...fields,
      },
      ...(key === undefined ? {} : { key }),
    });
  }

  const pageOf = async (listId: string) =>
    listPageShape.parse((await http.get('deputy', `bank-lists/${listId}`)).body);
  const rowsOf = async (listId: string, group: string) =>
    z
      .object({ items: z.array(listRowShape) })
      .parse((await http.get('deputy', `bank-lists/${listId}/rows/${group}?limit=200`)).body).items;

  async function record(listId: string, by: Name = 'deputy') {
    const { version, groups } = await pageOf(listId);
    const body = { id: freshId(), seenVersion: version, newCount: groups.new.count, newSum: groups.new.sum };
    return http.post(by, { url: `bank-lists/${listId}/recording`, body });
  }
  async function confirm(listId: string, by: Name, change: Record<string, unknown> = {}) {
    const { version, reported } = await pageOf(listId);
    const body = {
      id: freshId(),
      seenVersion: version,
      signedNumber: '77',
      signedDay: '2024-03-01',
      signedCount: reported.count,
      signedSum: reported.sum,
      ...change,
    };
    return http.post(by, { url: `bank-lists/${listId}/confirmation`, body });
  }

  return { contracted, upload, pageOf, rowsOf, record, confirm };
}

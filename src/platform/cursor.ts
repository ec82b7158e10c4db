import { z } from 'zod';
import { isId } from '#kernel/id.ts';
import { ProblemError } from './problem.ts';

/** A page of a list: its items and the opaque cursor of the next page, null at the end. */
export const pageShape = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** What every list route takes: where to go on, and how many items at most. */
export const pageQuery = z.object({
  cursor: z.string().max(500).optional().meta({ fa: 'نشانگر صفحه', en: 'Cursor' }),
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ fa: 'شمار در هر صفحه', en: 'Limit' }),
});

/**
 * The cursor of the row after which the next page starts: the values of its sort columns, which must be
 * unique together, as texts in the order of the sort.
 */
export const encodeCursor = (position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** A year that SQL, JavaScript and the Iranian calendar write with four digits, further than any list reaches. */
const yearInReach = /^[12]/;

/**
 * What lists are sorted by, as it stands in a cursor. Somebody may have written it by hand, and what SQL is to read
 * as a day, an instant, a number or an id is a fault there when it is none.
 */
export const sortValue = {
  id: z.string().refine(isId),
  /** ISO, as `isoOf` writes it. */
  day: z.iso.date().regex(yearInReach),
  /** ISO in milliseconds, as `toISOString` writes it. */
  instant: z.iso.datetime({ precision: 3 }).regex(yearInReach),
  /** Fits a bigint of SQL. */
  whole: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt),
  /** Anything that can stand in a column: PostgreSQL keeps no NUL. */
  text: z.string().refine((value) => !value.includes('\0')),
} as const;

/**
 * The sort values in a cursor, each by its shape out of `sortValue` in the order of the sort; `null` without a
 * cursor, a problem 400 when it is anything else.
 */
export function decodeCursor<const Order extends readonly [z.ZodType, ...z.ZodType[]]>(
  cursor: string | undefined,
  order: Order,
): z.output<z.ZodTuple<Order, null>> | null {
  if (cursor === undefined) return null;
  const position = z.tuple(order).safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
  if (position.success) return position.data;
  throw new ProblemError({
    status: 400,
    kind: 'BadCursor',
    field: 'cursor',
    rule: 'cursor',
    words: {
      fa: 'نشانگر صفحه درست نیست؛ فهرست را از ابتدا باز کنید.',
      en: 'The cursor is not valid; open the list from its beginning.',
    },
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A page out of `limit + 1` rows as they were read: the one too many only tells that there is a next page.
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  { item, position }: { item: (row: Row) => Item; position: (row: Row) => readonly string[] },
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encodeCursor(position(last)) : null;
  return { items: shown.map(item), next };
}

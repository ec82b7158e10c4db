import { z } from 'zod';
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

const positionShape = z.array(z.string());

/**
 * The sort values in a cursor, `null` without one; a problem 400 when it is not one of so many values, or not of
 * the shape: what SQL reads as a day or an id wants the shape, or a cursor that somebody wrote is a fault there.
 */
export function decodeCursor(
  cursor: string | undefined,
  parts: number | z.ZodType<readonly string[]>,
): readonly string[] | null {
  if (cursor === undefined) return null;
  const shape = typeof parts === 'number' ? positionShape.length(parts) : parts;
  const position = shape.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
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

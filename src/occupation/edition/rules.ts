import { comparable } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import { searchText } from '../rules.ts';
import type {
  Changes,
  EditionEntry,
  EditionState,
  FaultKind,
  Known,
  ListColumn,
  ListRow,
  ReadRow,
  RowFault,
} from './contract.ts';

type EditionAct = 'publish' | 'withdraw';

/** The list is the whole country's: administrators of the installation enter it, two of them. */
export const editionKind = {
  kind: 'occupation_edition',
  start: { act: 'propose', state: 'proposed', may: ['administrator'] },
  table: {
    proposed: { publish: 'published', withdraw: 'withdrawn' },
    published: { publish: 'refused', withdraw: 'refused' },
    withdrawn: { publish: 'refused', withdraw: 'refused' },
  } as const satisfies CaseTable<EditionState, EditionAct>,
  may: { publish: ['administrator'], withdraw: ['administrator'] },
  closed: ['published', 'withdrawn'],
} as const satisfies CaseKind<EditionState, EditionAct>;

export type ReadList = { readonly rows: readonly ReadRow[]; readonly faults: readonly RowFault[] };

const keyed = <Item>(items: readonly Item[], keysOf: (item: Item) => readonly string[]): Map<string, Item> =>
  new Map(items.flatMap((item) => keysOf(item).map((key): [string, Item] => [searchText(key), item])));

/** Reads the rows of a list; every fault names its row as the spreadsheet counts it. */
export function readList(list: readonly ListRow[], known: Known): ReadList {
  const reader = rowReader(known);
  const read = list.map(reader);
  return {
    rows: read.flatMap(({ row }) => (row === null ? [] : [row])),
    faults: read.flatMap(({ faults }) => faults),
  };
}

type RowReader = (row: ListRow) => { readonly row: ReadRow | null; readonly faults: readonly RowFault[] };

function rowReader(known: Known): RowReader {
  const byCode = new Map(known.occupations.map((one) => [String(one.occupationId), one]));
  const byTitle = keyed(known.occupations, ({ titleFa }) => [titleFa]);
  const categories = keyed(known.categories, (one) => [one.categoryKey, one.nameFa, one.nameEn]);
  const bodies = keyed(known.bodies, ({ agencyKey, names }) => [agencyKey, ...names]);
  const titles = new Map<string, number>();
  const codes = new Map<string, number>();
  return ({ line, cells }) => {
    const cell = (column: ListColumn): string => cells[column] ?? '';
    const faults: RowFault[] = [];
    const fault = (kind: FaultKind, column: ListColumn, firstRow: number | null = null) =>
      faults.push({ kind, row: line, column, value: cell(column), firstRow });
    const once = (seen: Map<string, number>, key: string, kind: 'TitleTwice' | 'CodeTwice') => {
      const firstRow = seen.get(key);
      if (firstRow === undefined) seen.set(key, line);
      else fault(kind, kind === 'TitleTwice' ? 'title' : 'code', firstRow);
    };
    const title = cell('title');
    once(titles, searchText(title), 'TitleTwice');
    const code = comparable(cell('code'));
    const named = code === '' ? byTitle.get(searchText(title)) : byCode.get(code);
    if (code !== '' && named === undefined) fault('CodeUnknown', 'code');
    // A title that stands twice is the same occupation twice, and was said already.
    const isTwice = faults.some(({ kind }) => kind === 'TitleTwice');
    if (named !== undefined && !isTwice) once(codes, String(named.occupationId), 'CodeTwice');
    const category = categories.get(searchText(cell('category')));
    if (category === undefined) fault('CategoryNotKnown', 'category');
    const bodyOf = (column: 'agency' | 'extraCheck', otherwise: string | null): string | null => {
      const text = searchText(cell(column));
      if (text === '' || (column === 'extraCheck' && yes.has(text))) return otherwise;
      if (column === 'extraCheck' && no.has(text)) return null;
      const body = bodies.get(text);
      if (body === undefined) fault('BodyNotKnown', column);
      return body?.agencyKey ?? null;
    };
    const agencyKey = bodyOf('agency', category?.agencyKey ?? null);
    const extraCheck = bodyOf('extraCheck', category?.extraCheck ?? null);
    if (faults.length > 0) return { row: null, faults };
    const titleEn = cell('titleEn') === '' ? (named?.titleEn ?? title) : cell('titleEn');
    const { categoryKey } = must(category, 'a row without fault has its category');
    const occupationId = named?.occupationId ?? null;
    return { row: { occupationId, titleFa: title, titleEn, categoryKey, agencyKey, extraCheck }, faults };
  };
}

/** «ستاره‌دار: بله» leaves the body to the category; «خیر» says that there is none. */
const yes = new Set(['بله', 'بلی', 'دارد', 'yes', 'true', '1']);
const no = new Set(['خیر', 'نه', 'ندارد', 'no', 'false', '0']);

/** What `newer` changed against `older`. An occupation is the same by its id, whatever its title. */
export function changesBetween(older: readonly EditionEntry[], newer: readonly EditionEntry[]): Changes {
  const before = new Map(older.map((entry) => [entry.occupationId, entry]));
  const after = new Map(newer.map((entry) => [entry.occupationId, entry]));
  const pairs = newer.flatMap((to) => {
    const from = before.get(to.occupationId);
    return from === undefined ? [] : [{ from, to }];
  });
  const moved = (of: (entry: EditionEntry) => string) =>
    pairs
      .filter(({ from, to }) => of(from) !== of(to))
      .map(({ from, to }) => ({ ...shown(to), from: of(from), to: of(to) }));
  const renamed = moved(({ titleFa }) => titleFa);
  const recategorised = moved(({ categoryKey }) => categoryKey);
  const reassigned = moved(({ agencyKey }) => agencyKey ?? '');
  const starred = moved(({ extraCheck }) => extraCheck ?? '');
  const touched = new Set(
    [renamed, recategorised, reassigned, starred].flat().map(({ occupationId }) => occupationId),
  );
  return {
    added: newer.filter(({ occupationId }) => !before.has(occupationId)).map(shown),
    removed: older.filter(({ occupationId }) => !after.has(occupationId)).map(shown),
    renamed,
    recategorised,
    reassigned,
    starred,
    unchanged: pairs.length - touched.size,
  };
}

const shown = ({ occupationId, titleFa, titleEn, categoryKey }: EditionEntry) => ({
  occupationId,
  titleFa,
  titleEn,
  categoryKey,
});

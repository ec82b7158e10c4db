import { useMemo, useState, type ReactNode } from 'react';
import { csvText } from '../csv.ts';
import { useSpeech } from '../language.tsx';
import { useSave } from '../save.tsx';
import { Button } from './button.tsx';
import { Empty } from './empty.tsx';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { MoreButton, type Going } from './more.tsx';
import { ProblemNotice } from './problem.tsx';

export type SortValue = string | number | bigint;

export type Column<Row> = {
  readonly key: string;
  readonly title: ReactNode;
  /** `figure`: digits aligned to the right in both directions, heading too. */
  readonly align?: 'start' | 'figure';
  readonly render: (row: Row) => ReactNode;
  /** Makes the heading a button that sorts. Money and counts as bigint or number, days as ISO text. */
  readonly sortBy?: (row: Row) => SortValue;
  /** The exact value for the CSV file (rials, ISO days). Columns without it are left out of the file. */
  readonly csv?: (row: Row) => string;
  readonly csvTitle?: string;
  /** The cell of the sum row. */
  readonly sum?: ReactNode;
  /** Left out on a phone, where rows become blocks. */
  readonly wideOnly?: boolean;
};

export type DataTableProps<Row> = {
  /** Read out before the table, and shown above it with `showCaption`. */
  readonly caption: string;
  readonly showCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  /** The record's own page: the first cell becomes a link that covers the row. */
  readonly rowHref?: (row: Row) => string;
  readonly sumLabel?: string;
  readonly empty?: { readonly title: string; readonly body?: string; readonly actions?: ReactNode };
  /** File name without ending: draws the CSV button. */
  readonly csvName?: string;
  /** How many the server has, when these are only the first. */
  readonly total?: number;
  /** Of `usePages`, where the server hands the rows out page by page: draws the button for the next ones. */
  readonly pages?: Going;
  /** Tight rows for side panels. */
  readonly dense?: boolean;
};

/** More rows than this are drawn page by page: a million rows must not freeze a phone. */
const drawnAtOnce = 200;

type Sorting = { readonly key: string; readonly down: boolean };

function compare(a: SortValue, b: SortValue, language: string): number {
  if (typeof a === 'string' && typeof b === 'string') return a.localeCompare(b, language);
  return a < b ? -1 : a > b ? 1 : 0;
}

function useSorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const { language } = useSpeech();
  return useMemo(() => {
    const by = columns.find((column) => column.key === sorting?.key)?.sortBy;
    if (sorting === null || by === undefined) return rows;
    const up = rows.toSorted((a, b) => compare(by(a), by(b), language));
    return sorting.down ? up.toReversed() : up;
  }, [rows, columns, sorting, language]);
}

function HeadCell<Row>({
  column,
  sorting,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sorting: Sorting | null;
  readonly onSort: (key: string) => void;
}): ReactNode {
  const here = sorting?.key === column.key ? sorting : null;
  const sorted = here === null ? 'none' : here.down ? 'descending' : 'ascending';
  const look = `${column.align === 'figure' ? 'is-figure' : ''}${column.wideOnly === true ? ' is-wide-only' : ''}`;
  if (column.sortBy === undefined) {
    return (
      <th scope="col" className={look}>
        {column.title}
      </th>
    );
  }
  return (
    <th scope="col" className={look} aria-sort={sorted}>
      <button type="button" className="k-sort" onClick={() => onSort(column.key)}>
        {column.title}
        <Icon name={here === null ? 'sorting' : here.down ? 'down' : 'up'} size={13} />
      </button>
    </th>
  );
}

function BodyRow<Row>({
  row,
  columns,
  href,
}: {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly href: string | undefined;
}): ReactNode {
  return (
    <tr className={href === undefined ? undefined : 'is-link'}>
      {columns.map((column, index) => {
        const look = `${column.align === 'figure' ? 'is-figure' : ''}${column.wideOnly === true ? ' is-wide-only' : ''}`;
        const cell = column.render(row);
        const content = index === 0 && href !== undefined ? <Link href={href}>{cell}</Link> : cell;
        if (index === 0) {
          return (
            <th key={column.key} scope="row" className={look}>
              {content}
            </th>
          );
        }
        return (
          <td key={column.key} className={look}>
            <span className="k-cell-label" aria-hidden>
              {column.title}
            </span>
            <span className="k-cell">{content}</span>
          </td>
        );
      })}
    </tr>
  );
}

function SumRow<Row>({
  columns,
  label,
}: {
  readonly columns: readonly Column<Row>[];
  readonly label: string;
}): ReactNode {
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) =>
          index === 0 ? (
            <th key={column.key} scope="row">
              {label}
            </th>
          ) : (
            <td
              key={column.key}
              className={`${column.align === 'figure' ? 'is-figure' : ''}${column.wideOnly === true ? ' is-wide-only' : ''}${column.sum === undefined ? ' is-blank' : ''}`}
            >
              <span className="k-cell-label" aria-hidden>
                {column.title}
              </span>
              <span className="k-cell">{column.sum}</span>
            </td>
          ),
        )}
      </tr>
    </tfoot>
  );
}

function SkeletonRows({ columns }: { readonly columns: number }): ReactNode {
  const { word } = useSpeech();
  return (
    <tbody aria-busy="true">
      {Array.from({ length: 6 }, (_, row) => (
        <tr key={row}>
          <td colSpan={columns}>
            {row === 0 ? <span className="visually-hidden">{word('loading')}</span> : null}
            <span className="k-skeleton-line" />
          </td>
        </tr>
      ))}
    </tbody>
  );
}

/** Rows as a CSV file with the columns that are written to one. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const written = columns.filter((column) => column.csv !== undefined);
  const head = written.map(
    (column) => column.csvTitle ?? (typeof column.title === 'string' ? column.title : column.key),
  );
  const body = rows.map((row) => written.map((column) => column.csv?.(row) ?? ''));
  return csvText([head, ...body]);
}

function TableFoot<Row>(props: {
  readonly table: DataTableProps<Row>;
  readonly drawn: number;
  readonly rows: readonly Row[];
  /** Makes room for rows that are here already, or for those that are fetched. */
  readonly onDrawMore: () => void;
}): ReactNode {
  const { table, drawn, rows, onDrawMore } = props;
  const { word, digits } = useSpeech();
  const all = table.total ?? rows.length;
  const { saveText } = useSave();
  const { csvName, pages } = table;
  const isFolded = drawn < rows.length;
  const more: Going | undefined = isFolded
    ? { hasMore: true, isFetching: false, moreError: null, fetchMore: onDrawMore }
    : pages && {
        ...pages,
        fetchMore: () => {
          onDrawMore();
          pages.fetchMore();
        },
      };
  if (csvName === undefined && more?.hasMore !== true) return null;
  return (
    <>
      <div className="k-table-foot no-print">
        <span>
          {drawn < all
            ? `${digits(drawn)} ${word('of')} ${digits(all)} ${word('rows')}`
            : `${digits(all)} ${word(all === 1 ? 'row' : 'rows')}`}
        </span>
        {more === undefined ? null : <MoreButton pages={more} />}
        {csvName === undefined ? null : (
          <Button
            kind="quiet"
            icon="download"
            onPress={() => saveText(`${csvName}.csv`, csvOf(table.columns, rows))}
          >
            {word('csv')}
          </Button>
        )}
      </div>
      {more === undefined ? null : <ProblemNotice error={more.moreError} onRetry={more.fetchMore} />}
    </>
  );
}

/** So many columns stand beside one another on a desk; a table with more scrolls within itself. */
const mostBeside = 9;

/**
 * Records in rows. `rows` undefined draws the skeleton, an empty list the empty state. On a phone each row
 * becomes a block of labelled lines under its first cell; nothing scrolls sideways.
 */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const {
    caption,
    showCaption = false,
    columns,
    rows,
    rowKey,
    rowHref,
    sumLabel,
    empty,
    dense = false,
  } = props;
  const { word } = useSpeech();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [limit, setLimit] = useState(drawnAtOnce);
  const sorted = useSorted(rows ?? [], columns, sorting);
  if (rows !== undefined && rows.length === 0) {
    return (
      <Empty
        title={empty?.title ?? word('emptyTable')}
        {...(empty?.actions === undefined ? {} : { actions: empty.actions })}
      >
        {empty?.body}
      </Empty>
    );
  }
  const isWide = columns.length > mostBeside;
  const drawn = sorted.slice(0, limit);
  const sort = (key: string): void =>
    setSorting((now) => (now?.key !== key ? { key, down: false } : now.down ? null : { key, down: true }));
  const hasSum = columns.some((column) => column.sum !== undefined);
  return (
    <div
      className={`k-table${dense ? ' is-dense' : ''}${isWide ? ' is-wide' : ''}`}
      // Whoever has no mouse scrolls it by the arrows.
      {...(isWide ? { role: 'group', tabIndex: 0, 'aria-label': caption } : {})}
    >
      <table>
        <caption className={showCaption ? undefined : 'visually-hidden'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sorting={sorting} onSort={sort} />
            ))}
          </tr>
        </thead>
        {rows === undefined ? (
          <SkeletonRows columns={columns.length} />
        ) : (
          <tbody>
            {drawn.map((row) => (
              <BodyRow key={rowKey(row)} row={row} columns={columns} href={rowHref?.(row)} />
            ))}
          </tbody>
        )}
        {hasSum && rows !== undefined ? <SumRow columns={columns} label={sumLabel ?? word('sum')} /> : null}
      </table>
      {rows === undefined ? null : (
        <TableFoot
          table={props}
          drawn={drawn.length}
          rows={sorted}
          onDrawMore={() => setLimit((now) => now + drawnAtOnce)}
        />
      )}
    </div>
  );
}

import { useState, type ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Category } from '#occupation/contract.ts';
import { useAnswer, type Path } from '#web/command.tsx';
import { moneyScale, percentText, rialsOf, unitWords, type MoneyScale } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, csvOf, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { fetchEvery, type Pages } from '#web/paged.tsx';
import { useSave } from '#web/save.tsx';
import type { RecordAnswer, RecordsPage } from '../contract.ts';
import { evidenceLabels } from '../words.ts';
import { dimensionWords, recordsLabels } from './words.ts';

/** A title that stands alone; in a sentence it begins small. Persian has no capitals. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `/desk/evidence/records/…` of a finding as the desk's own address, which begins behind /desk. */
export const deskHref = (address: string): string => address.replace(/^\/desk(?=\/)/, '');

/** Where the server answers the list whose address a finding carries. */
export function recordsPath(address: string, more: Readonly<Record<string, string>> = {}): Path {
  const [path = '', asked = ''] = deskHref(address).split('?');
  const query = new URLSearchParams(asked);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `/api/records/${path.replace(/^\/evidence\/records\//, '')}?${query.toString()}`;
}

/** Percent points of a share to two decimals, without empty ones, as a plain decimal: `7.35`, `25`. */
export const pointsText = (part: bigint, whole: bigint): string =>
  percentText(part, whole, 'en', 2)
    .replace(/[%,]/g, '')
    .replace(/\.?0+$/, (tail, _at: number, text: string) => (text.includes('.') ? '' : tail));

// ---- names

type Names = (column: string, value: string) => string | null;

/** What a value of a dimension is called; null where it has no name and its code must do. */
export function useNames(): Names {
  const { say } = useSpeech();
  const { data } = useAnswer<{ readonly categories: readonly Category[] }>('/api/categories');
  const categories = new Map(data?.categories.map((one) => [one.categoryKey, one]));
  return (column, value) => {
    const word: Bilingual | undefined = dimensionWords[column]?.values[value];
    if (word !== undefined) return say(word);
    const category = column === 'category_key' ? categories.get(value) : undefined;
    return category === undefined ? null : say({ fa: category.nameFa, en: category.nameEn });
  };
}

function Named({
  column,
  value,
  names,
}: {
  readonly column: string;
  readonly value: string;
  readonly names: Names;
}): ReactNode {
  const name = names(column, value);
  return name === null ? <Bidi code>{value}</Bidi> : name;
}

const countyName = (row: RecordAnswer): Bilingual | null =>
  row.countyFa === null ? null : { fa: row.countyFa, en: row.countyEn ?? row.countyFa };

// ---- what the address says

type Condition = readonly (readonly [column: string, values: readonly string[]])[];

/** `column:value,value;column:value`, as the server wrote it into the address. */
export const conditionOf = (text: string | null): Condition =>
  (text ?? '')
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const [column = '', values = ''] = part.split(':');
      return [column, values.split(',')] as const;
    });

// ---- the list

const dimensionColumns = Object.keys(dimensionWords);

/** Dimensions worth a column: those in which these records differ, and that the address does not fix. */
const telling = (rows: readonly RecordAnswer[], asked: URLSearchParams): readonly string[] => {
  const fixed = new Set(
    conditionOf(asked.get('only')).map(([column, values]) => (values.length === 1 ? column : '')),
  );
  return dimensionColumns.filter(
    (column) => !fixed.has(column) && rows.some((row) => (row.details[column] ?? null) !== null),
  );
};

const total = (rows: readonly RecordAnswer[]): bigint =>
  rows.reduce((sum, row) => sum + rialsOf(row.amount), 0n);

/** How many of what is counted has records that add up above zero: the rule of a count, over these rows. */
function countedIn(rows: readonly RecordAnswer[]): bigint {
  const sums = new Map<string, bigint>();
  for (const { counted, amount } of rows)
    if (counted !== null) sums.set(counted, (sums.get(counted) ?? 0n) + rialsOf(amount));
  return BigInt([...sums.values()].filter((sum) => sum > 0n).length);
}

const unitBelow = { billion_toman: 'million_toman', million_toman: 'thousand_toman' } as const;

/**
 * The unit of a column of sums, exact in every row. Where most rows are below one of it the next smaller unit is
 * taken, a thousandth, in which three decimals are whole; a tenth of a toman is a rial.
 */
function columnScale(rows: readonly RecordAnswer[]): MoneyScale {
  const sums = rows.map((row) => rialsOf(row.amount));
  const scale = moneyScale(sums);
  if (scale.unit === 'toman' && scale.decimals > 0) return { unit: 'rial', decimals: 0 };
  if (scale.decimals === 0 || (scale.unit !== 'billion_toman' && scale.unit !== 'million_toman'))
    return scale;
  const middle = sums.toSorted((a, b) => (a < b ? -1 : 1))[Math.floor(sums.length / 2)] ?? 0n;
  return moneyScale([middle]).unit === scale.unit ? scale : { unit: unitBelow[scale.unit], decimals: 0 };
}

type ListOrder = {
  readonly page: RecordsPage;
  readonly rows: readonly RecordAnswer[];
  readonly asked: URLSearchParams;
  readonly scale: MoneyScale;
};

function useColumns({ page, rows, asked, scale }: ListOrder): readonly Column<RecordAnswer>[] {
  const { say, digits } = useSpeech();
  const names = useNames();
  const counts = rows.some((row) => row.counted !== null);
  const nameOf = (column: string, row: RecordAnswer): string => {
    const value = row.details[column] ?? null;
    return value === null ? '' : (names(column, value) ?? value);
  };
  return [
    {
      key: 'day',
      title: say(evidenceLabels.day),
      render: (row) => <DayText iso={row.happenedOn} style="numeric" />,
      sortBy: (row) => row.happenedOn,
      csv: (row) => row.happenedOn,
    },
    ...(rows.some((row) => row.countyCode !== null)
      ? [
          {
            key: 'county',
            title: say(evidenceLabels.county),
            render: (row: RecordAnswer) => say(countyName(row) ?? evidenceLabels.wholeProvince),
            sortBy: (row: RecordAnswer) => say(countyName(row) ?? evidenceLabels.wholeProvince),
            csv: (row: RecordAnswer) => say(countyName(row) ?? { fa: '', en: '' }),
          },
        ]
      : []),
    ...telling(rows, asked).map((column) => ({
      key: column,
      title: say(dimensionWords[column]?.title ?? { fa: column, en: column }),
      render: (row: RecordAnswer) => {
        const value = row.details[column] ?? null;
        return value === null ? '—' : <Named column={column} value={value} names={names} />;
      },
      sortBy: (row: RecordAnswer) => nameOf(column, row),
      csv: (row: RecordAnswer) => nameOf(column, row),
    })),
    ...(page.year === 'happened' && rows.some((row) => String(row.budgetYear) !== asked.get('year'))
      ? [
          {
            key: 'year',
            title: say(recordsLabels.budgetYear),
            align: 'figure' as const,
            wideOnly: true,
            render: (row: RecordAnswer) => digits(row.budgetYear),
            csv: (row: RecordAnswer) => String(row.budgetYear),
          },
        ]
      : []),
    ...(counts
      ? [
          {
            key: 'counted',
            title: say(recordsLabels.counted),
            render: (row: RecordAnswer) => <ShortId id={row.counted ?? ''} />,
            csv: (row: RecordAnswer) => row.counted ?? '',
          },
        ]
      : []),
    {
      key: 'id',
      title: say(recordsLabels.record),
      wideOnly: true,
      render: (row) => <ShortId id={row.id} />,
      csv: (row) => row.id,
    },
    {
      key: 'amount',
      title: `${say(evidenceLabels.amount)} (${say(unitWords[scale.unit])})`,
      align: 'figure',
      render: (row) => <Money rials={row.amount} scale={scale} />,
      sortBy: (row) => rialsOf(row.amount),
      csv: (row) => row.amount,
      csvTitle: `${say(evidenceLabels.amount)} (${say(recordsLabels.rials)})`,
      sum: <Money rials={total(rows)} scale={scale} />,
    },
  ];
}

/** The last letters of an id tell neighbours apart; the whole stands on hover and in the CSV file. */
function ShortId({ id }: { readonly id: string }): ReactNode {
  return (
    <span title={id} style={{ color: 'var(--ink-2)', fontSize: 'var(--small)' }}>
      <Bidi code>{id.slice(-8)}</Bidi>
    </span>
  );
}

/** Fetches every page of the list and hands it over as one file. */
function CsvOfAll({
  path,
  columns,
  name,
}: {
  readonly path: Path;
  readonly columns: readonly Column<RecordAnswer>[];
  readonly name: string;
}): ReactNode {
  const { say, language } = useSpeech();
  const { saveText } = useSave();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const fetchAll = async (): Promise<void> => {
    const rows = await fetchEvery<RecordAnswer>(`${path}&limit=200`, { language });
    saveText(`${name}.csv`, csvOf(columns, rows));
  };
  const press = (): void => {
    setBusy(true);
    setError(null);
    fetchAll()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button icon="download" busy={busy} onPress={press}>
        {say(recordsLabels.allCsv)}
      </Button>
      <ProblemNotice error={error} onRetry={press} />
    </>
  );
}

/** Once all records are there, says whether they are the value: the figure is its records (L8). */
function AddsUp({ page, rows }: Pick<ListOrder, 'page' | 'rows'>): ReactNode {
  const { say } = useSpeech();
  if (rows.length === 0) return null;
  const counts = page.unit === 'count';
  const same = (counts ? countedIn(rows) : total(rows)) === BigInt(page.value);
  return (
    <p style={{ marginBlockStart: 'var(--s3)' }}>
      {same ? (
        <Sign tone="green">{say(counts ? recordsLabels.countsUp : recordsLabels.addsUp)}</Sign>
      ) : (
        <Sign tone="red">{say(recordsLabels.doesNotAddUp)}</Sign>
      )}
    </p>
  );
}

type Loaded = {
  readonly path: Path;
  readonly asked: URLSearchParams;
  readonly page: RecordsPage;
  readonly pages: Pages<RecordAnswer, RecordsPage>;
};

export function RecordsList({ path, asked, page, pages }: Loaded): ReactNode {
  const { say } = useSpeech();
  const rows = pages.rows ?? [];
  const complete = !pages.hasMore;
  const scale = columnScale(rows);
  const columns = useColumns({ page, rows, asked, scale });
  const name = `${page.indicator}-${asked.get('province') ?? ''}-${asked.get('year') ?? ''}`;
  return (
    <Section
      title={say(evidenceLabels.records)}
      aside={rows.length === 0 ? null : <CsvOfAll path={path} columns={columns} name={name} />}
    >
      <DataTable
        caption={say(evidenceLabels.records)}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        sumLabel={say(complete ? recordsLabels.sumAll : recordsLabels.sumLoaded)}
        total={page.count}
        pages={pages}
        empty={{ title: say(recordsLabels.noRecords), body: say(recordsLabels.noRecordsHelp) }}
      />
      {complete ? <AddsUp page={page} rows={rows} /> : null}
    </Section>
  );
}

// ---- beside a figure of a statement

const shownBeside = 5;

/** The first records of a figure, tight, for the margin of a statement; the rest stand on their own page. */
export function FirstRecords({ address }: { readonly address: string }): ReactNode {
  const { say } = useSpeech();
  const {
    data: page,
    error,
    refetch,
  } = useAnswer<RecordsPage>(recordsPath(address, { limit: String(shownBeside) }));
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (page === undefined) return <Skeleton rows={shownBeside} />;
  if (page.parts.length > 0)
    return (
      <ul style={{ display: 'grid', gap: 'var(--s1)', inlineSize: '100%', fontSize: 'var(--small)' }}>
        {page.parts.map((part) => (
          <li key={part.indicator} style={besideLine}>
            <Link href={deskHref(part.records)}>{capital(say(part.title))}</Link>
            <Money rials={part.value} />
          </li>
        ))}
      </ul>
    );
  if (page.items.length === 0) return <Empty title={say(recordsLabels.noRecords)} />;
  const scale = columnScale(page.items);
  return (
    <table style={{ inlineSize: '100%', borderCollapse: 'collapse', fontSize: 'var(--small)' }}>
      <caption className="visually-hidden">{say(evidenceLabels.records)}</caption>
      <thead>
        <tr style={{ color: 'var(--ink-3)' }}>
          <th style={besideCell}>{say(evidenceLabels.day)}</th>
          <th style={besideCell}>{say(evidenceLabels.county)}</th>
          <th style={besideFigure}>{say(unitWords[scale.unit])}</th>
        </tr>
      </thead>
      <tbody>
        {page.items.map((row) => (
          <tr key={row.id}>
            <td style={besideCell}>
              <DayText iso={row.happenedOn} style="numeric" />
            </td>
            <td style={besideCell}>{say(countyName(row) ?? evidenceLabels.wholeProvince)}</td>
            <td style={besideFigure}>
              <Money rials={row.amount} scale={scale} />
            </td>
          </tr>
        ))}
        {page.count > page.items.length ? (
          <tr>
            <td style={besideCell} colSpan={3}>
              <Link href={deskHref(address)}>
                {say(recordsLabels.all)} <Digits value={page.count} /> {say(recordsLabels.count)}
              </Link>
            </td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

const besideLine = { display: 'flex', justifyContent: 'space-between', gap: 'var(--s3)' } as const;
const besideCell = {
  padding: '2px 0',
  borderBlockStart: 'var(--hair) solid var(--line)',
  textAlign: 'start',
  fontWeight: 400,
} as const;
/** Digits run left to right in both languages: aligned by their last one, to the physical right. */
const besideFigure = { ...besideCell, textAlign: 'right' } as const;

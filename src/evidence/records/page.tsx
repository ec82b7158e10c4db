import { useInfiniteQuery } from '@tanstack/react-query';
import { useLocation, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Category } from '#occupation/contract.ts';
import type { County, Province } from '#place/contract.ts';
import { call } from '#web/api.ts';
import { useAnswer, type Path } from '#web/command.tsx';
import { csvText } from '#web/csv.ts';
import { dayText, moneyScale, rialsOf, unitWords, type MoneyScale } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Facts, type Fact } from '#web/kit/facts.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { saveText } from '#web/save.tsx';
import type { RecordAnswer, RecordsPage } from '../contract.ts';
import { evidenceLabels } from '../words.ts';
import { dimensionWords, recordsLabels } from './words.ts';

/** `/desk/evidence/records/…` of a finding as the desk's own address, which begins behind /desk. */
export const deskHref = (address: string): string => address.replace(/^\/desk(?=\/)/, '');

/** Where the server answers the list whose address a finding carries. */
export function recordsPath(address: string, more: Readonly<Record<string, string>> = {}): Path {
  const [path = '', asked = ''] = deskHref(address).split('?');
  const query = new URLSearchParams(asked);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `/api/records/${path.replace(/^\/evidence\/records\//, '')}?${query.toString()}`;
}

/** A value in its unit: money with its exact rials on hover, percent points, or a count. */
export function ValueText({
  value,
  unit,
}: {
  readonly value: string;
  readonly unit: RecordsPage['unit'];
}): ReactNode {
  if (unit === 'rial') return <Money rials={value} />;
  return unit === 'percent' ? <Percent points={value} /> : <Digits value={BigInt(value)} />;
}

// ---- names

type Names = (column: string, value: string) => string | null;

/** What a value of a dimension is called; null where it has no name and its code must do. */
function useNames(): Names {
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
const conditionOf = (text: string | null): Condition =>
  (text ?? '')
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const [column = '', values = ''] = part.split(':');
      return [column, values.split(',')] as const;
    });

function Conditions({
  asked,
  year,
}: {
  readonly asked: URLSearchParams;
  readonly year: RecordsPage['year'];
}): ReactNode {
  const { say, digits, language } = useSpeech();
  const names = useNames();
  const province = asked.get('province') ?? '';
  const county = asked.get('county');
  const provinces = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces;
  const { data } = useAnswer<{ readonly counties: readonly County[] }>(
    county === null ? null : `/api/provinces/${province}/counties`,
  );
  const called = (one: { readonly nameFa: string; readonly nameEn: string } | undefined, code: string) =>
    one === undefined ? code : say({ fa: one.nameFa, en: one.nameEn });
  const listed = (column: string, values: readonly string[]): string =>
    values.map((value) => names(column, value) ?? value).join(language === 'fa' ? '، ' : ', ');
  const titleOf = (column: string): string =>
    say(dimensionWords[column]?.title ?? { fa: column, en: column });
  const facts: readonly (Fact | null)[] = [
    {
      label: say(evidenceLabels.province),
      value: called(
        provinces?.find((one) => one.slug === province),
        province,
      ),
    },
    {
      label: say(evidenceLabels.county),
      value:
        county === null
          ? say(evidenceLabels.wholeProvince)
          : called(
              data?.counties.find((one) => one.countyCode === county),
              county,
            ),
    },
    asked.has('year')
      ? {
          label: say(year === 'budget_year' ? recordsLabels.budgetYear : recordsLabels.happenedYear),
          value: digits(asked.get('year') ?? ''),
        }
      : null,
    ...(['from', 'until'] as const).map((name) => {
      const day = asked.get(name);
      return day === null ? null : { label: say(recordsLabels[name]), value: <DayText iso={day} /> };
    }),
    ...conditionOf(asked.get('only')).map(([column, values]) => ({
      label: titleOf(column),
      value: listed(column, values),
    })),
    ...conditionOf(asked.get('without')).map(([column, values]) => ({
      label: `${titleOf(column)}، ${say(recordsLabels.without)}`,
      value: listed(column, values),
    })),
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} />;
}

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
    ...(page.year === 'happened'
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

function useRecords(path: Path) {
  const { language } = useSpeech();
  return useInfiniteQuery({
    queryKey: [path],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const more = pageParam === '' ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      return call<RecordsPage>(`${path}${more}`, { signal, language });
    },
    getNextPageParam: (page) => page.next,
  });
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
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const fetchAll = async (): Promise<void> => {
    const rows: RecordAnswer[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: RecordsPage = await call<RecordsPage>(`${path}&limit=200${more}`, { language });
      rows.push(...page.items);
      cursor = page.next;
    }
    const written = columns.filter((column) => column.csv !== undefined);
    const head = written.map(
      (column) => column.csvTitle ?? (typeof column.title === 'string' ? column.title : column.key),
    );
    const body = rows.map((row) => written.map((column) => column.csv?.(row) ?? ''));
    saveText(`${name}.csv`, csvText([head, ...body]));
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
  readonly rows: readonly RecordAnswer[];
  readonly complete: boolean;
  readonly onMore: () => void;
};

function RecordsList({ path, asked, page, rows, complete, onMore }: Loaded): ReactNode {
  const { say } = useSpeech();
  const scale = moneyScale(rows.map((row) => row.amount));
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
        onMore={onMore}
        empty={{ title: say(recordsLabels.noRecords), body: say(recordsLabels.noRecordsHelp) }}
      />
      {complete ? <AddsUp page={page} rows={rows} /> : null}
    </Section>
  );
}

/** A ratio: its value, and its two figures with the way to the list of each. */
function Ratio({ page }: { readonly page: RecordsPage }): ReactNode {
  const { say } = useSpeech();
  const roles = [recordsLabels.numerator, recordsLabels.denominator];
  return (
    <Section title={say(recordsLabels.ratio)}>
      <p style={{ color: 'var(--ink-2)', marginBlockEnd: 'var(--s2)' }}>{say(recordsLabels.ratioHelp)}</p>
      <Figures>
        {page.parts.map((part, place) => (
          <Figure
            key={part.indicator}
            label={`${say(roles[place] ?? recordsLabels.value)}: ${say(part.title)}`}
            value={<Money rials={part.value} exact />}
            href={deskHref(part.records)}
          />
        ))}
      </Figures>
    </Section>
  );
}

/** The value of a page: of a ratio it is made of its two figures, to two decimals. */
export function RecordsValue({
  page,
  exact = false,
}: {
  readonly page: RecordsPage;
  readonly exact?: boolean;
}): ReactNode {
  const [above, below] = page.parts;
  if (above !== undefined && below !== undefined)
    return <Percent part={above.value} whole={below.value} decimals={2} />;
  if (page.unit === 'rial') return <Money rials={page.value} exact={exact} />;
  return <ValueText value={page.value} unit={page.unit} />;
}

function Records({ path, asked }: { readonly path: Path; readonly asked: URLSearchParams }): ReactNode {
  const { say, digits, language } = useSpeech();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useRecords(path);
  const crumbs = [
    { label: say(evidenceLabels.evidence), href: '/evidence' },
    { label: say(evidenceLabels.records) },
  ];
  const page = data?.pages[0];
  if (page === undefined)
    return (
      <>
        <PageHead title={say(evidenceLabels.records)} path={crumbs} />
        {error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        )}
      </>
    );
  const rows = data?.pages.flatMap((one) => one.items) ?? [];
  const ratio = page.parts.length > 0;
  const until = asked.get('until');
  return (
    <>
      <PageHead title={say(page.title)} path={crumbs} actions={<PrintButton />}>
        {say(page.definition)}
        {language === 'fa' ? '.' : ''}
      </PageHead>
      <div className="k-columns">
        <Figure
          label={
            until === null
              ? say(recordsLabels.value)
              : `${say(recordsLabels.value)}، ${say(recordsLabels.until)} ${dayText(until, language)}`
          }
          value={<RecordsValue page={page} exact />}
          {...(ratio ? {} : { detail: `${digits(page.count)} ${say(recordsLabels.count)}` })}
        />
        <Conditions asked={asked} year={page.year} />
      </div>
      {error === null ? null : <ProblemNotice error={error} onRetry={() => void fetchNextPage()} />}
      {ratio ? (
        <Ratio page={page} />
      ) : (
        <RecordsList
          path={path}
          asked={asked}
          page={page}
          rows={rows}
          complete={!hasNextPage}
          onMore={() => void fetchNextPage()}
        />
      )}
    </>
  );
}

/** The records behind a figure: what was counted, its value, and the list that adds up to it. */
export function RecordsPageOfIndicator(): ReactNode {
  const { say } = useSpeech();
  const { indicator = '' }: { indicator?: string } = useParams({ strict: false });
  // The raw text: a search that is parsed would take the code of a county for a number.
  const asked = new URLSearchParams(useLocation().searchStr);
  if (!asked.has('province'))
    return (
      <>
        <PageHead
          title={say(evidenceLabels.records)}
          path={[{ label: say(evidenceLabels.evidence), href: '/evidence' }]}
        />
        <Notice tone="amber" title={say(recordsLabels.noAddress)} />
      </>
    );
  const path = recordsPath(`/evidence/records/${indicator}?${asked.toString()}`);
  return <Records key={path} path={path} asked={asked} />;
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
            <Link href={deskHref(part.records)}>{say(part.title)}</Link>
            <Money rials={part.value} />
          </li>
        ))}
      </ul>
    );
  if (page.items.length === 0) return <Empty title={say(recordsLabels.noRecords)} />;
  const scale = moneyScale(page.items.map((row) => row.amount));
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

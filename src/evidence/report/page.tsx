import { useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { County, Province } from '#place/contract.ts';
import { useAnswer } from '#web/command.tsx';
import { dayText } from '#web/format.ts';
import { Digits } from '#web/kit/digits.tsx';
import { FileLink } from '#web/kit/file.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Money } from '#web/kit/money.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { Bars, TileMap, sizeOf } from '../chart/page.tsx';
import { capital, deskHref } from '../records/page.tsx';
import { evidenceLabels, valueWords } from '../words.ts';
import type { NewestYear, Report, ReportCell, ReportRow, ReportTable } from './contract.ts';
import { turned } from './rules.ts';
import { reportLabels } from './words.ts';

const country = 'all';

// ---- a table

function Cell({ cell }: { readonly cell: ReportCell }): ReactNode {
  const { say } = useSpeech();
  const { value, unit, records } = cell;
  if (value === null) return <span className="k-none">—</span>;
  const shown =
    unit === 'rial' ? (
      <Money rials={value} />
    ) : unit === 'percent' ? (
      <Percent points={value} />
    ) : unit === 'points' ? (
      say(valueWords(value, unit))
    ) : (
      <Digits value={BigInt(value)} />
    );
  return records === null ? shown : <Link href={deskHref(records)}>{shown}</Link>;
}

function useColumns(table: ReportTable): readonly Column<ReportRow>[] {
  const { say } = useSpeech();
  return [
    {
      key: 'name',
      title: say(table.head),
      render: ({ name, report }) =>
        report === null ? capital(say(name)) : <Link href={deskHref(report)}>{say(name)}</Link>,
      sortBy: ({ name }) => say(name),
    },
    ...table.columns.map(({ key, title }, at): Column<ReportRow> => ({
      key,
      title: capital(say(title)),
      align: 'figure',
      render: ({ cells }) => {
        const cell = cells[at];
        return cell === undefined ? null : <Cell cell={cell} />;
      },
      sortBy: ({ cells }) => {
        const cell = cells[at];
        return cell === undefined ? -1n : sizeOf(cell);
      },
    })),
  ];
}

function Table({ table }: { readonly table: ReportTable }): ReactNode {
  const { say } = useSpeech();
  return (
    <DataTable
      caption={say(table.title)}
      columns={useColumns(table)}
      rows={table.rows}
      rowKey={({ key }) => key}
      empty={{ title: say(reportLabels.none) }}
    />
  );
}

/** The provinces that have a figure; how many have none is told in a line, and not in a row each. */
function Provinces({ table }: { readonly table: ReportTable }): ReactNode {
  const { say, digits } = useSpeech();
  const rows = table.rows.filter(({ cells }) => cells.some(({ value }) => value !== null));
  const silent = table.rows.length - rows.length;
  return (
    <>
      <Table table={{ ...table, rows }} />
      {silent === 0 ? null : (
        <p className="k-hint">
          {digits(silent)} {say(reportLabels.silent)}
        </p>
      )}
    </>
  );
}

/** Side by side: which figure is drawn is chosen above it. */
function Compared({ report, table }: { readonly report: Report; readonly table: ReportTable }): ReactNode {
  const { say } = useSpeech();
  const drawn = table.key === 'years' ? turned(table) : table;
  const first = Math.max(
    0,
    drawn.columns.findIndex((_, at) => drawn.rows.some(({ cells }) => cells[at]?.unit === 'percent')),
  );
  const [at, setAt] = useState(first);
  if (drawn.columns.length === 0) return <Table table={table} />;
  const shown = { table: drawn, at: Math.min(at, drawn.columns.length - 1) };
  return (
    <>
      <div className="k-choices">
        <Select
          label={say(reportLabels.figure)}
          name="figure"
          required
          value={String(shown.at)}
          onChange={(key) => setAt(Number.parseInt(key, 10))}
          choices={drawn.columns.flatMap(({ key, title }, place) =>
            key === 'rank' ? [] : [{ key: String(place), label: capital(say(title)) }],
          )}
        />
      </div>
      {report.kind === 'comparison' ? <TileMap {...shown} /> : null}
      <Bars {...shown} />
      {report.kind === 'comparison' ? <Provinces table={table} /> : <Table table={table} />}
    </>
  );
}

// ---- the page

type Choosing = {
  readonly asked: Asked;
  readonly reader: Reader;
  readonly onChange: (change: Partial<Asked>) => void;
  /** Whether all provinces together may be chosen. */
  readonly all: boolean;
};
export type Asked = {
  readonly province: string | null;
  readonly year: string;
  readonly county: string | null;
};

type Reader = {
  readonly provinces: readonly Province[];
  /** The province of their role; null where it sees them all. */
  readonly own: Province | null;
  /** The county to which their role is bound. */
  readonly county: string | null;
  /** What a page begins with. */
  readonly year: string;
};

/** Between which places the reader may choose; undefined until that is known. */
export function useReader(): Reader | undefined {
  const { data: session } = useAnswer<SessionAnswer>('/api/session');
  const provinces = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces;
  const newest = useAnswer<NewestYear>('/api/reports/newest-year').data;
  if (session === undefined || provinces === undefined || newest === undefined) return undefined;
  const grant = session.grants.find((one) => one.grantId === session.grantId);
  const own = provinces.find(({ slug }) => slug === grant?.provinceSlug) ?? null;
  return { provinces, own, county: grant?.countyCode ?? null, year: String(newest.year) };
}

/** What an address asks about. What it leaves open is the reader's own; who sees all provinces begins with `first`. */
export const askedOf = (
  search: URLSearchParams,
  { own, county, year }: Reader,
  first: string | null,
): Asked => ({
  province: search.get('province') ?? own?.slug ?? first,
  year: search.get('year') ?? year,
  county: search.get('county') ?? county,
});

const yearsOf = (newest: number): number[] => Array.from({ length: 15 }, (_, back) => newest - back);

export function Choices({ asked, reader, onChange, all }: Choosing): ReactNode {
  const { say, digits, language } = useSpeech();
  const { data } = useAnswer<{ readonly counties: readonly County[] }>(
    asked.province === null || asked.province === country
      ? null
      : `/api/provinces/${asked.province}/counties`,
  );
  const named = (one: { readonly nameFa: string; readonly nameEn: string }): string =>
    language === 'fa' ? one.nameFa : one.nameEn;
  return (
    <div className="k-choices">
      {reader.own === null ? (
        <Select
          label={say(reportLabels.province)}
          name="province"
          required
          value={asked.province}
          onChange={(province) => onChange({ province, county: null })}
          choices={[
            ...(all ? [{ key: country, label: say(reportLabels.allProvinces) }] : []),
            ...reader.provinces.map((one) => ({ key: one.slug, label: named(one) })),
          ]}
        />
      ) : null}
      <Select
        label={say(reportLabels.year)}
        name="year"
        required
        value={asked.year}
        onChange={(year) => onChange({ year })}
        choices={yearsOf(thisYear()).map((year) => ({ key: String(year), label: digits(year) }))}
      />
      {data === undefined || reader.county !== null ? null : (
        <Select
          label={say(reportLabels.county)}
          name="county"
          required
          value={asked.county ?? country}
          onChange={(county) => onChange({ county: county === country ? null : county })}
          choices={[
            { key: country, label: say(reportLabels.wholeProvince) },
            ...data.counties.map((one) => ({ key: one.countyCode, label: named(one) })),
          ]}
        />
      )}
    </div>
  );
}

const thisYear = (): number =>
  Number.parseInt(
    new Intl.DateTimeFormat('en-u-ca-persian', { year: 'numeric' }).format(new Date()).replace(/\D/g, ''),
    10,
  );

const addressOf = ({ province, year, county }: Asked) => {
  const query = new URLSearchParams({ year });
  if (county !== null) query.set('county', county);
  return province === country
    ? (`/api/reports/comparison` as const)
    : (`/api/provinces/${province ?? ''}/reports/performance` as const);
};
const queryOf = ({ province, year, county }: Asked): string => {
  const query = new URLSearchParams({ year });
  if (county !== null && province !== country) query.set('county', county);
  return query.toString();
};

type Sheet = (table: string) => string;

/** All tables of a report, with their charts, each with the address of its spreadsheet where it has one. */
export function Tables({ report, sheet }: { readonly report: Report; readonly sheet?: Sheet }): ReactNode {
  const { say } = useSpeech();
  return report.tables.map((table) => (
    <Section
      key={table.key}
      title={say(table.title)}
      aside={
        sheet === undefined ? null : <FileLink href={sheet(table.key)}>{say(reportLabels.sheet)}</FileLink>
      }
    >
      {table.key === 'figures' ? (
        <>
          <Table table={table} />
          {table.note === null ? null : <p className="k-hint">{say(table.note)}</p>}
        </>
      ) : (
        <Compared report={report} table={table} />
      )}
    </Section>
  ));
}

function ReportView({ asked }: { readonly asked: Asked }): ReactNode {
  const { say, language } = useSpeech();
  const { data, error, refetch } = useAnswer<Report>(`${addressOf(asked)}?${queryOf(asked)}`);
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={10} />;
  const href = (format: string, table: string): string =>
    `${addressOf(asked)}/export?${queryOf(asked)}&${new URLSearchParams({ format, language, table }).toString()}`;
  return (
    <>
      <Section
        title={say(data.title)}
        aside={
          <div className="k-row">
            <FileLink href={href('pdf', '')}>{say(reportLabels.pdf)}</FileLink>
            <PrintButton />
          </div>
        }
      >
        {data.until === null ? null : (
          <p className="k-hint">
            {say(reportLabels.until)} {dayText(data.until, language)}
          </p>
        )}
      </Section>
      <Tables report={data} sheet={(table) => href('xlsx', table)} />
    </>
  );
}

/** How a place did in a year, beside the year before and its neighbours; below it what else belongs to the place. */
export function ReportPage({
  below,
}: {
  readonly below?: (place: { readonly province: string; readonly county: string | null }) => ReactNode;
}): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  // The raw text: a search that is parsed would take the code of a county for a number.
  const search = new URLSearchParams(useLocation().searchStr);
  const reader = useReader();
  const head = (
    <PageHead
      title={say(reportLabels.reports)}
      path={[
        { label: say(evidenceLabels.evidence), href: '/evidence' },
        { label: say(reportLabels.reports) },
      ]}
    >
      {say(reportLabels.lead)}
    </PageHead>
  );
  if (reader === undefined)
    return (
      <>
        {head}
        <Skeleton rows={10} />
      </>
    );
  const { own } = reader;
  const asked = askedOf(search, reader, country);
  const change = (changed: Partial<Asked>): void => {
    const next = { ...asked, ...changed };
    const entries = Object.entries(next).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
    void navigate({ to: '/evidence/report', search: Object.fromEntries(entries), replace: true });
  };
  return (
    <>
      {head}
      <Choices asked={asked} reader={reader} onChange={change} all />
      <ReportView key={JSON.stringify(asked)} asked={asked} />
      {own === null ? null : below?.({ province: own.slug, county: asked.county })}
    </>
  );
}

import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { moneyScale, percentText, rialsOf } from '#web/format.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import {
  Answered,
  StateSign,
  UnitOf,
  apiOf,
  reallocationHref,
  sliceHref,
  transferHref,
  useAddress,
  useLinePath,
} from '../province/page.tsx';
import { Branches } from '../branch/page.tsx';
import { About, RiskSign, Unspent, Weeks } from '../forecast/page.tsx';
import type { LapsePage } from '../reallocation/contract.ts';
import { reallocationKind } from '../reallocation/rules.ts';
import { creditLabels } from '../words.ts';
import type { Risk } from './rules.ts';
import { lapseLabels, riskWords } from './words.ts';

type Row = LapsePage['rows'][number];

const unspentOf = ({ forecast }: Row): bigint =>
  forecast.kind === 'forecast'
    ? rialsOf(forecast.unspent.median)
    : forecast.kind === 'past'
      ? rialsOf(forecast.lapsed)
      : -1n;

const urgency: readonly Risk[] = ['lapsed', 'lapsing', 'lapse_near', 'unknown', 'on_time'];

function useColumns(rows: readonly Row[]) {
  const { say, language } = useSpeech();
  const scale = moneyScale(rows.flatMap(({ amount, available }) => [amount, available]));
  const rials = say(creditLabels.rials);
  const money = (key: 'amount' | 'available', title: string): Column<Row> => ({
    key,
    title,
    align: 'figure',
    render: (row) => <Money rials={row[key]} scale={scale} />,
    sortBy: (row) => rialsOf(row[key]),
    csv: (row) => row[key],
    csvTitle: `${title} (${rials})`,
    sum: <Money rials={rows.reduce((sum, row) => sum + rialsOf(row[key]), 0n)} scale={scale} />,
  });
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      title: say(creditLabels.slice),
      render: (row) => say(row.name),
      sortBy: (row) => say(row.name),
      csv: (row) => say(row.name),
    },
    {
      key: 'risk',
      title: say(lapseLabels.risk),
      render: (row) => <RiskSign risk={row.risk} />,
      sortBy: (row) => urgency.indexOf(row.risk),
      csv: (row) => say(riskWords[row.risk]),
    },
    money('amount', say(creditLabels.slice)),
    money('available', say(lapseLabels.available)),
    {
      key: 'weeks',
      title: say(lapseLabels.weeks),
      render: (row) => <Weeks weeks={row.weeks} />,
      wideOnly: true,
    },
    {
      key: 'rate',
      title: say(lapseLabels.perWeek),
      align: 'figure',
      render: (row) => (row.forecast.kind === 'forecast' ? <About rials={row.forecast.perWeek} /> : null),
      sortBy: (row) => (row.forecast.kind === 'forecast' ? rialsOf(row.forecast.perWeek) : -1n),
      csv: (row) => (row.forecast.kind === 'forecast' ? row.forecast.perWeek : ''),
      csvTitle: `${say(lapseLabels.perWeek)} (${rials})`,
    },
    {
      key: 'unspent',
      title: say(lapseLabels.unspent),
      align: 'figure',
      render: (row) => <Unspent forecast={row.forecast} />,
      sortBy: unspentOf,
      csv: (row) => (unspentOf(row) < 0n ? '' : unspentOf(row).toString()),
      csvTitle: `${say(lapseLabels.unspent)} (${rials})`,
    },
    {
      key: 'absorption',
      title: say(creditLabels.absorption),
      align: 'figure',
      render: (row) => <Percent part={row.paidSoFar} whole={row.amount} />,
      csv: (row) => percentText(rialsOf(row.paidSoFar), rialsOf(row.amount), 'en', 2),
    },
  ];
  // After the deadline nothing is drawn any more.
  const isOver = rows.every(({ forecast }) => forecast.kind === 'past');
  const told = isOver ? columns.filter(({ key }) => key !== 'weeks' && key !== 'rate') : columns;
  return { columns: told, scale, language };
}

function Rows({
  title,
  rows,
  province,
  aside,
}: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly province: string;
  readonly aside?: ReactNode;
}): ReactNode {
  const { columns, scale } = useColumns(rows);
  const sorted = rows.toSorted(
    (a, b) => urgency.indexOf(a.risk) - urgency.indexOf(b.risk) || (unspentOf(a) > unspentOf(b) ? -1 : 1),
  );
  return (
    <Section title={title} aside={aside}>
      <UnitOf scale={scale} />
      <DataTable
        caption={title}
        columns={columns}
        rows={sorted}
        rowKey={(row) => row.sliceId}
        rowHref={(row) => sliceHref(province, row.sliceId)}
        csvName={`forecast-${province}`}
      />
    </Section>
  );
}

function Head({ page, whole }: { readonly page: LapsePage; readonly whole: Row | undefined }): ReactNode {
  const { say, digits } = useSpeech();
  const { line } = page;
  if (whole === undefined) return null;
  const { forecast } = whole;
  return (
    <Figures>
      <Figure
        label={say(lapseLabels.unspent)}
        value={
          forecast.kind === 'forecast' ? (
            <About rials={forecast.unspent.median} />
          ) : (
            <Unspent forecast={forecast} />
          )
        }
        detail={<RiskSign risk={whole.risk} />}
      />
      <Figure
        label={say(creditLabels.deadline)}
        value={<DayText iso={line.deadline} />}
        detail={
          forecast.kind === 'past'
            ? say(lapseLabels.past)
            : `${digits(forecast.daysLeft)} ${say(lapseLabels.daysLeft)}`
        }
      />
      <Figure
        label={say(lapseLabels.available)}
        value={<Money rials={whole.available} />}
        detail={
          forecast.kind === 'forecast' ? (
            <span>
              {say(lapseLabels.perWeek)}: <About rials={forecast.perWeek} />
            </span>
          ) : null
        }
      />
      <Figure
        label={`${say(creditLabels.absorption)} · ${say(creditLabels.time)}`}
        value={<Percent part={line.standing.paidSoFar} whole={line.standing.amount} />}
        detail={<Percent points={line.timePassed} />}
      />
    </Figures>
  );
}

function Moves({ page, province }: { readonly page: LapsePage; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  type Proposal = LapsePage['reallocations'][number];
  const columns: readonly Column<Proposal>[] = [
    { key: 'reason', title: say(creditLabels.reason), render: (row) => row.reason },
    {
      key: 'day',
      title: say(creditLabels.day),
      render: (row) => <DayText iso={row.proposedOn} />,
      sortBy: (row) => row.proposedOn,
    },
    {
      key: 'amount',
      title: say(creditLabels.amount),
      align: 'figure',
      render: (row) => <Money rials={row.amount} />,
      sortBy: (row) => rialsOf(row.amount),
    },
    { key: 'state', title: say(creditLabels.state), render: (row) => <StateSign state={row.state} /> },
  ];
  return (
    <Section title={say(lapseLabels.moves)}>
      <DataTable
        caption={say(lapseLabels.moves)}
        columns={columns}
        rows={page.reallocations}
        rowKey={(row) => row.id}
        rowHref={(row) => transferHref(province, row.id)}
        empty={{ title: say(lapseLabels.noMoves) }}
      />
    </Section>
  );
}

function LapseView({ page, province }: { readonly page: LapsePage; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const pathTo = useLinePath();
  const { rows, rootSliceId } = page;
  const seen = new Set(rows.map(({ sliceId }) => sliceId));
  const whole = rows.find(({ sliceId }) => sliceId === rootSliceId);
  const parents = rows.filter(({ sliceId }) => rows.some(({ parentId }) => parentId === sliceId));
  const tops = rows.filter(({ parentId }) => parentId === null || !seen.has(parentId));
  const may = reallocationKind.start.may.some((role) => role === user?.role);
  const draft = (sliceId: string): ReactNode =>
    may && page.line.state !== 'closed' ? (
      <LinkButton href={reallocationHref(province, sliceId)} icon="transfer">
        {say(lapseLabels.draftMove)}
      </LinkButton>
    ) : null;
  return (
    <>
      <PageHead
        title={say(lapseLabels.title)}
        path={[...pathTo(province, page.line), { label: say(lapseLabels.title) }]}
        actions={<PrintButton />}
      >
        {say(lapseLabels.lead)}
      </PageHead>
      <Head page={page} whole={whole} />
      {whole === undefined ? <Rows title={say(lapseLabels.slices)} rows={tops} province={province} /> : null}
      {parents.length === 0 && whole !== undefined ? (
        <Empty title={say(lapseLabels.noSlices)} />
      ) : (
        parents.map((parent) => (
          <Rows
            key={parent.sliceId}
            title={`${say(lapseLabels.under)} ${parent === whole ? say(lapseLabels.wholeLine) : say(parent.name)}`}
            rows={rows.filter(({ parentId }) => parentId === parent.sliceId)}
            province={province}
            aside={draft(parent.sliceId)}
          />
        ))
      )}
      <Branches page={page} province={province} />
      <Moves page={page} province={province} />
      <p className="k-hint" style={{ maxInlineSize: 'var(--reading)' }}>
        {say(lapseLabels.method)}
      </p>
    </>
  );
}

/** What of a line lapses at its deadline as things go, slice by slice, with the doubt of it. */
export function ForecastPage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<LapsePage>(apiOf(province, `lines/${useAddress('line')}/lapse`));
  return (
    <Answered asked={asked} title={say(lapseLabels.title)} province={province}>
      {(page) => <LapseView page={page} province={province} />}
    </Answered>
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { exactRials, moneyScale, percentPoints, percentText, type MoneyScale } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { Section } from '#web/kit/head.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { SliceBar } from '#web/pictures/slice-bar.tsx';
import type { Line } from '../contract.ts';
import { lineLabels } from '../line/words.ts';
import {
  StateSign,
  UnitOf,
  apiOf,
  lineHref,
  stateWords,
  useLineName,
  useOwnPlace,
} from '../province/page.tsx';
import { creditLabels, programmeWords } from '../words.ts';
import {
  type Funnel,
  type LineFilter,
  funnelOf,
  funnelStages,
  isKept,
  isSought,
  netStanding,
  sumOfFunnels,
} from './rules.ts';
import { funnelLabels as labels, wordsOfLine } from './words.ts';

const textIn = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

const everything: LineFilter = { year: null, programme: null, state: null };

/** The filter stands in the address, so that a filtered list can be sent on. */
export function useFilter(): readonly [LineFilter, (next: LineFilter) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const filter = {
    year: textIn(search['year']),
    programme: textIn(search['programme']),
    state: textIn(search['state']),
  };
  const set = (next: LineFilter): void =>
    void navigate({
      to: '.',
      replace: true,
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null)),
    });
  return [filter, set];
}

const every = 'every';

function Filters({
  lines,
  filter,
  onFilter,
  sought,
  onSeek,
}: {
  readonly lines: readonly Line[];
  readonly filter: LineFilter;
  readonly onFilter: (next: LineFilter) => void;
  readonly sought: string;
  readonly onSeek: (text: string) => void;
}): ReactNode {
  const { say, digits } = useSpeech();
  const years = [...new Set(lines.map((line) => line.budgetYear))].toSorted((a, b) => b - a);
  const programmes = [...new Set(lines.map((line) => line.programme))];
  const states = [...new Set(lines.map((line) => line.state))];
  const one = (
    name: keyof LineFilter,
    label: string,
    all: string,
    choices: readonly { readonly key: string; readonly label: string }[],
  ): ReactNode => (
    <div style={{ flex: '1 1 150px', maxInlineSize: '240px' }}>
      <Select
        label={label}
        name={name}
        required
        value={filter[name] ?? every}
        onChange={(key) => onFilter({ ...filter, [name]: key === every ? null : key })}
        choices={[{ key: every, label: all }, ...choices]}
      />
    </div>
  );
  return (
    <div className="k-row no-print" style={{ alignItems: 'start', marginBlockEnd: 'var(--s4)' }}>
      <div style={{ flex: '2 1 220px', maxInlineSize: '340px' }}>
        <TextField label={say(labels.search)} name="search" type="search" value={sought} onChange={onSeek} />
      </div>
      {one(
        'year',
        say(creditLabels.budgetYear),
        say(lineLabels.allYears),
        years.map((year) => ({ key: String(year), label: digits(year) })),
      )}
      {one(
        'programme',
        say(lineLabels.programme),
        say(lineLabels.allProgrammes),
        programmes.map((key) => ({ key, label: say(programmeWords[key]) })),
      )}
      {one(
        'state',
        say(labels.state),
        say(labels.allStates),
        states.map((key) => ({ key, label: say(stateWords(key)) })),
      )}
    </div>
  );
}

/** Paid of the credit, and how much of the time has gone; a line that is behind says so by sign and colour. */
function Pace({ line, funnel }: { readonly line: Line; readonly funnel: Funnel }): ReactNode {
  const { say } = useSpeech();
  const both = (
    // In the reading direction: absorbed first, as the heading says.
    <span>
      <Percent part={funnel.paid} whole={funnel.amount} /> / <Percent points={line.timePassed} />
    </span>
  );
  const absorbed = funnel.amount === 0n ? 100n : percentPoints(funnel.paid, funnel.amount);
  if (absorbed + 10n >= BigInt(line.timePassed) || line.state === 'closed') return both;
  return (
    <Sign tone="amber" icon="late">
      {both}
      <span className="visually-hidden"> {say(labels.behind)}</span>
    </Sign>
  );
}

type Row = { readonly line: Line; readonly funnel: Funnel };

function useColumns(scale: MoneyScale, sum: Funnel): readonly Column<Row>[] {
  const { say, digits } = useSpeech();
  const nameOf = useLineName();
  // A county's office sees its own slices of each line.
  const whole = say(useOwnPlace().isCounty ? creditLabels.slice : labels.allocated);
  const money = (key: keyof Funnel, title: string): Column<Row> => ({
    key,
    title:
      key === 'locked' ? (
        <>
          <Icon name="lock" size={13} /> {title}
        </>
      ) : (
        title
      ),
    align: 'figure',
    render: ({ funnel }) => <Money rials={funnel[key]} scale={scale} />,
    sortBy: ({ funnel }) => funnel[key],
    csv: ({ funnel }) => funnel[key].toString(),
    csvTitle: `${title} (${say(creditLabels.rials)})`,
    sum: <Money rials={sum[key]} scale={scale} />,
  });
  return [
    {
      key: 'line',
      title: say(lineLabels.line),
      render: ({ line }) => (
        <span style={{ display: 'grid' }}>
          {nameOf(line)}
          <small className="k-hint">
            {say(creditLabels.note)} {digits(line.note)} · {say(labels.deadline)}{' '}
            <DayText iso={line.deadline} />
          </small>
        </span>
      ),
      sortBy: ({ line }) => nameOf(line),
      csv: ({ line }) => nameOf(line),
    },
    {
      key: 'state',
      title: say(creditLabels.state),
      render: ({ line }) => <StateSign state={line.state} />,
      sortBy: ({ line }) => say(stateWords(line.state)),
      csv: ({ line }) => say(stateWords(line.state)),
    },
    money('amount', whole),
    ...funnelStages.map((key) => money(key, say(labels[key]))),
    {
      key: 'flow',
      title: say(creditLabels.flow),
      render: ({ line }) =>
        line.notifiedOn === null ? (
          say(lineLabels.notNotified)
        ) : (
          <SliceBar mini title={nameOf(line)} standing={netStanding(line)} timePassed={line.timePassed} />
        ),
    },
    {
      key: 'pace',
      title: say(labels.absorption),
      align: 'figure',
      render: ({ line, funnel }) => <Pace line={line} funnel={funnel} />,
      sortBy: ({ funnel }) => (funnel.amount === 0n ? 0n : (10_000n * funnel.paid) / funnel.amount),
      csv: ({ funnel }) => percentText(funnel.paid, funnel.amount, 'en', 2),
      csvTitle: say(labels.absorptionCsv),
      sum: <Percent part={sum.paid} whole={sum.amount} />,
    },
  ];
}

/** The funnel of the lines that are shown, in four figures. */
function FunnelFigures({ sum, cut }: { readonly sum: Funnel; readonly cut: bigint }): ReactNode {
  const { say, language } = useSpeech();
  const isCounty = useOwnPlace().isCounty;
  return (
    <Figures>
      <Figure
        label={say(isCounty ? creditLabels.slice : labels.allocated)}
        value={<Money rials={sum.amount} />}
        detail={
          cut === 0n ? (
            exactRials(sum.amount, language)
          ) : (
            <>
              {say(labels.cut)} <Money rials={cut} />
            </>
          )
        }
      />
      <Figure
        label={say(labels.notAwarded)}
        value={<Money rials={sum.open + sum.locked} />}
        detail={
          <>
            {say(labels.ofWhichLocked)} <Money rials={sum.locked} />
          </>
        }
      />
      <Figure
        label={say(labels.atBank)}
        value={<Money rials={sum.atBank} />}
        detail={
          <>
            {say(labels.reserved)} <Money rials={sum.reserved} />
          </>
        }
      />
      <Figure
        label={say(labels.paid)}
        value={<Money rials={sum.paid} />}
        detail={`${percentText(sum.paid, sum.amount, language)} ${say(lineLabels.of)} ${say(labels.allocated).toLowerCase()}`}
      />
    </Figures>
  );
}

const newestFirst = (a: Line, b: Line): number =>
  b.budgetYear - a.budgetYear || (a.programme < b.programme ? -1 : 1);

/** The lines of a province: where the money of all of them stands, and each of them on its way. */
export function Lines({
  province,
  sought,
  onSeek,
}: {
  readonly province: string;
  readonly sought: string;
  readonly onSeek: (text: string) => void;
}): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<{ readonly items: readonly Line[] }>(apiOf(province, 'lines'));
  const [filter, setFilter] = useFilter();
  const rows = asked.data?.items
    .toSorted(newestFirst)
    .filter((line) => isKept(line, filter) && isSought(wordsOfLine(line).map(say), sought))
    .map((line) => ({ line, funnel: funnelOf(netStanding(line)) }));
  const sum = sumOfFunnels((rows ?? []).map((row) => row.funnel));
  const scale = moneyScale([sum.amount, ...(rows ?? []).flatMap(({ funnel }) => Object.values(funnel))]);
  const columns = useColumns(scale, sum);
  const lines = asked.data?.items;
  if (asked.error !== null && lines === undefined)
    return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  if (lines?.length === 0)
    return <Empty title={say(creditLabels.noLines)}>{say(creditLabels.noLinesHelp)}</Empty>;
  return (
    <>
      <Filters lines={lines ?? []} filter={filter} onFilter={setFilter} sought={sought} onSeek={onSeek} />
      {rows === undefined || rows.length === 0 ? null : (
        <FunnelFigures sum={sum} cut={rows.reduce((all, { line }) => all + BigInt(line.cut), 0n)} />
      )}
      <Section title={say(lineLabels.lines)} aside={<UnitOf scale={scale} />}>
        <div className="k-wide">
          <DataTable
            caption={say(lineLabels.lines)}
            columns={columns}
            rows={rows}
            rowKey={({ line }) => line.id}
            rowHref={({ line }) => lineHref(province, line.id)}
            csvName={`credit-${province}`}
            sumLabel={say(creditLabels.sum)}
            dense
            empty={{
              title: say(labels.none),
              body: say(labels.noneHelp),
              actions: (
                <Button
                  onPress={() => {
                    setFilter(everything);
                    onSeek('');
                  }}
                >
                  {say(lineLabels.noFilter)}
                </Button>
              ),
            }}
          />
        </div>
        <p className="k-hint" style={{ marginBlockStart: 'var(--s2)' }}>
          {say(labels.addsUp)}
        </p>
      </Section>
    </>
  );
}

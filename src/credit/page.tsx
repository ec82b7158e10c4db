import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { useAnswer } from '#web/command.tsx';
import { moneyScale, percentText, rialsOf, type MoneyScale } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Money } from '#web/kit/money.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { SliceBar } from '#web/pictures/slice-bar.tsx';
import { BankListsPage } from './banklist/page.tsx';
import { bankListLabels } from './banklist/words.ts';
import { BankListPage } from './confirmation/page.tsx';
import type { Line } from './contract.ts';
import { Exports } from './export/page.tsx';
import { CountryPage } from './country/page.tsx';
import { AccountPage } from './account/page.tsx';
import { accountLabels } from './account/words.ts';
import { DividePage } from './division/page.tsx';
import { LinePage } from './line/page.tsx';
import { lineLabels } from './line/words.ts';
import {
  StateSign,
  UnitOf,
  apiOf,
  lineHref,
  stateWords,
  useAddress,
  useLineName,
  useOwnPlace,
  useProvinces,
} from './province/page.tsx';
import { ScenarioPage } from './scenario/page.tsx';
import { scenarioLabels } from './scenario/words.ts';
import { SlicePage } from './slice/page.tsx';
import { ProposalPage } from './slicing/page.tsx';
import { creditLabels, programmeWords } from './words.ts';

const notYet = new Set(['draft']);

function useColumns(scale: MoneyScale): readonly Column<Line>[] {
  const { say, digits, language } = useSpeech();
  const nameOf = useLineName();
  // A county's office sees its own slices of each line.
  const whole = say(useOwnPlace().isCounty ? creditLabels.slice : creditLabels.notified);
  const money = (key: string, title: ReactNode, csvTitle: string, of: (line: Line) => string) =>
    ({
      key,
      title,
      align: 'figure',
      render: (line) => <Money rials={of(line)} scale={scale} />,
      sortBy: (line) => rialsOf(of(line)),
      csv: of,
      csvTitle: `${csvTitle} (${say(creditLabels.rials)})`,
    }) satisfies Column<Line>;
  return [
    {
      key: 'line',
      title: say(lineLabels.programme),
      render: (line) => say(programmeWords[line.programme]),
      sortBy: (line) => say(programmeWords[line.programme]),
      csv: (line) => say(programmeWords[line.programme]),
    },
    {
      key: 'year',
      title: say(creditLabels.budgetYear),
      align: 'figure',
      render: (line) => digits(line.budgetYear),
      sortBy: (line) => line.budgetYear,
      csv: (line) => String(line.budgetYear),
    },
    {
      key: 'note',
      title: say(creditLabels.note),
      render: (line) => digits(line.note),
      csv: (line) => line.note,
    },
    {
      key: 'state',
      title: say(creditLabels.state),
      render: (line) => <StateSign state={line.state} />,
      csv: (line) => say(stateWords(line.state)),
    },
    money('notified', whole, whole, (line) => line.standing.amount),
    money(
      'locked',
      <>
        <Icon name="lock" size={13} /> {say(creditLabels.lockedNow)}
      </>,
      say(creditLabels.locked),
      (line) => line.standing.locked,
    ),
    money(
      'paid',
      say(creditLabels.paidSoFar),
      say(creditLabels.paidSoFar),
      (line) => line.standing.paidSoFar,
    ),
    {
      key: 'flow',
      title: say(creditLabels.flow),
      render: (line) =>
        notYet.has(line.state) ? (
          say(lineLabels.notNotified)
        ) : (
          <SliceBar mini title={nameOf(line)} standing={line.standing} timePassed={line.timePassed} />
        ),
    },
    {
      key: 'absorption',
      title: say(creditLabels.absorption),
      align: 'figure',
      render: (line) => <Percent part={line.standing.paidSoFar} whole={line.standing.amount} />,
      csv: (line) => percentText(rialsOf(line.standing.paidSoFar), rialsOf(line.standing.amount), 'en', 2),
    },
    {
      key: 'time',
      title: say(creditLabels.time),
      align: 'figure',
      render: (line) => <Percent points={line.timePassed} />,
      sortBy: (line) => line.timePassed,
      csv: (line) => `${line.timePassed}%`,
      csvTitle: language === 'fa' ? creditLabels.time.fa : creditLabels.time.en,
    },
  ];
}

type Filter = { readonly year: string | null; readonly programme: string | null };

/** The filter stands in the address, so that a filtered list can be sent on. */
function useFilter(): readonly [Filter, (next: Filter) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { year, programme } = search;
  const filter = {
    year: typeof year === 'number' || typeof year === 'string' ? String(year) : null,
    programme: typeof programme === 'string' ? programme : null,
  };
  const set = (next: Filter): void =>
    void navigate({
      to: '.',
      replace: true,
      search: {
        ...(next.year === null ? {} : { year: next.year }),
        ...(next.programme === null ? {} : { programme: next.programme }),
      },
    });
  return [filter, set];
}

const every = 'every';

function Filters({
  lines,
  filter,
  onChange,
}: {
  readonly lines: readonly Line[];
  readonly filter: Filter;
  readonly onChange: (next: Filter) => void;
}): ReactNode {
  const { say, digits } = useSpeech();
  const years = [...new Set(lines.map((line) => line.budgetYear))].toSorted((a, b) => b - a);
  const programmes = [...new Set(lines.map((line) => line.programme))];
  const chosen = (key: string): string | null => (key === every ? null : key);
  return (
    <div className="k-row no-print" style={{ marginBlockEnd: 'var(--s4)' }}>
      <div style={{ inlineSize: '160px' }}>
        <Select
          label={say(creditLabels.budgetYear)}
          name="year"
          required
          value={filter.year ?? every}
          onChange={(key) => onChange({ ...filter, year: chosen(key) })}
          choices={[
            { key: every, label: say(lineLabels.allYears) },
            ...years.map((year) => ({ key: String(year), label: digits(year) })),
          ]}
        />
      </div>
      <div style={{ inlineSize: '260px' }}>
        <Select
          label={say(lineLabels.programme)}
          name="programme"
          required
          value={filter.programme ?? every}
          onChange={(key) => onChange({ ...filter, programme: chosen(key) })}
          choices={[
            { key: every, label: say(lineLabels.allProgrammes) },
            ...programmes.map((programme) => ({ key: programme, label: say(programmeWords[programme]) })),
          ]}
        />
      </div>
    </div>
  );
}

const newestFirst = (a: Line, b: Line): number =>
  b.budgetYear - a.budgetYear || (a.programme < b.programme ? -1 : 1);

function Lines({ province }: { readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<{ readonly items: readonly Line[] }>(apiOf(province, 'lines'));
  const [filter, setFilter] = useFilter();
  const lines = asked.data?.items.toSorted(newestFirst);
  const shown = lines?.filter(
    (line) =>
      (filter.year === null || String(line.budgetYear) === filter.year) &&
      (filter.programme === null || line.programme === filter.programme),
  );
  const scale = moneyScale(
    (lines ?? []).flatMap(({ standing }) => [standing.amount, standing.locked, standing.paidSoFar]),
  );
  const columns = useColumns(scale);
  if (asked.error !== null && lines === undefined)
    return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  if (lines?.length === 0)
    return <Empty title={say(creditLabels.noLines)}>{say(creditLabels.noLinesHelp)}</Empty>;
  return (
    <>
      <Filters lines={lines ?? []} filter={filter} onChange={setFilter} />
      <Section title={say(lineLabels.lines)} aside={<UnitOf scale={scale} />}>
        <DataTable
          caption={say(lineLabels.lines)}
          columns={columns}
          rows={shown}
          rowKey={(line) => line.id}
          rowHref={(line) => lineHref(province, line.id)}
          csvName={`credit-${province}`}
          empty={{
            title: say(lineLabels.noneFiltered),
            body: say(lineLabels.noneFilteredHelp),
            actions: (
              <Button onPress={() => setFilter({ year: null, programme: null })}>
                {say(lineLabels.noFilter)}
              </Button>
            ),
          }}
        />
      </Section>
    </>
  );
}

/** For those who read every province: the province is chosen in the address. */
function ProvinceChoice({ chosen }: { readonly chosen: string | null }): ReactNode {
  const { language, say } = useSpeech();
  const navigate = useNavigate();
  const provinces = useProvinces();
  if (provinces === undefined) return <Skeleton rows={2} />;
  return (
    <div className="no-print" style={{ inlineSize: '260px', marginBlockEnd: 'var(--s6)' }}>
      <ComboBox
        label={say(lineLabels.province)}
        name="province"
        required
        value={chosen}
        onChange={(slug) => void navigate({ to: `/credit/${slug}` })}
        choices={provinces.map((province) => ({
          key: province.slug,
          label: language === 'fa' ? province.nameFa : province.nameEn,
        }))}
      />
    </div>
  );
}

function CreditsPage(): ReactNode {
  const { say, language } = useSpeech();
  const named = useAddress('province');
  const { province: own, asked } = useOwnPlace();
  const provinces = useProvinces();
  const province = named === '' ? own : named;
  const found = provinces?.find((one) => one.slug === province);
  const name = found === undefined ? null : language === 'fa' ? found.nameFa : found.nameEn;
  const title = name === null ? say(creditLabels.credits) : `${say(lineLabels.creditsOf)} ${name}`;
  const head = (
    <PageHead
      title={title}
      {...(province === null ? {} : { actions: <Exports province={province} path="export" /> })}
    >
      {say(creditLabels.creditsHelp)}
    </PageHead>
  );
  if (province === null && asked.isPending) return head;
  if (province === null && asked.error !== null)
    return (
      <>
        {head}
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      </>
    );
  return (
    <>
      {head}
      {own === null && !asked.isPending ? <ProvinceChoice chosen={province} /> : null}
      {province === null ? (
        <Empty title={say(lineLabels.chooseProvince)}>{say(lineLabels.chooseProvinceHelp)}</Empty>
      ) : (
        <Lines province={province} />
      )}
    </>
  );
}

/** Everybody but administrators, who see no money, and applicants, who see only their own. */
// Agencies and banks see no credit of the province yet: an empty list would tell them that there is none.
const readers = [
  'director',
  'deputy',
  'county_office',
  'auditor',
  'editor',
  'ministry',
] as const satisfies readonly Role[];

/** The desk pages of the credits. */
export const pages: readonly Page[] = [
  {
    path: '/credit',
    title: creditLabels.credits,
    nav: { label: creditLabels.credits, order: 10, icon: 'credit' },
    roles: readers,
    component: CreditsPage,
  },
  {
    path: '/credit/scenario',
    title: scenarioLabels.country,
    roles: ['ministry', 'auditor', 'director', 'deputy'],
    component: CountryPage,
  },
  {
    path: '/credit/$province/lines/$line/scenario',
    title: scenarioLabels.title,
    roles: ['director', 'deputy', 'auditor', 'editor', 'ministry'],
    component: ScenarioPage,
  },
  {
    path: '/credit/bank-lists',
    title: bankListLabels.lists,
    nav: { label: bankListLabels.lists, order: 12, icon: 'bank' },
    roles: ['director', 'deputy', 'editor'],
    component: BankListsPage,
  },
  {
    path: '/credit/$province/bank-lists',
    title: bankListLabels.lists,
    roles: readers,
    component: BankListsPage,
  },
  {
    path: '/credit/$province/bank-lists/$list',
    title: bankListLabels.lists,
    roles: readers,
    component: BankListPage,
  },
  { path: '/credit/$province', title: creditLabels.credits, roles: readers, component: CreditsPage },
  { path: '/credit/$province/lines/$line', title: lineLabels.line, roles: readers, component: LinePage },
  {
    path: '/credit/$province/slices/$slice',
    title: creditLabels.slice,
    roles: readers,
    component: SlicePage,
  },
  {
    path: '/credit/$province/accounts/$account',
    title: accountLabels.title,
    roles: readers,
    component: AccountPage,
  },
  {
    path: '/credit/$province/slices/$slice/divide',
    title: creditLabels.divide,
    roles: ['director', 'deputy'],
    component: DividePage,
  },
  {
    path: '/credit/$province/slicings/$slicing',
    title: creditLabels.proposal,
    roles: readers,
    component: ProposalPage,
  },
];

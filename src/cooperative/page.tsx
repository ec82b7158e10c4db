import type { ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { largestSum } from '#kernel/rial.ts';
import { useAnswer } from '#web/command.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { Register, RegisterPage, isIn, type RegisterPlace } from '#web/register.tsx';
import { useSession } from '#web/session.tsx';
import { cooperativeStates, type Cooperative, type RuleOnWire } from './contract.ts';
import { Clusters, founders, useProvince } from './finder/page.tsx';
import { finderLabels } from './finder/words.ts';
import { FoundPage } from './founder/page.tsx';
import { CooperativePage, toneOf } from './share-entry/page.tsx';
import {
  cooperativeLabels as labels,
  cooperativeStateWords,
  kindWords,
  membershipWords,
  ruleWords,
} from './words.ts';

function Cooperatives(place: RegisterPlace): ReactNode {
  const { say } = useSpeech();
  const columns: readonly Column<Cooperative>[] = [
    {
      key: 'name',
      title: say(labels.name),
      render: ({ name }) => name,
      sortBy: ({ name }) => name,
      csv: ({ name }) => name,
    },
    {
      key: 'kind',
      title: say(labels.kind),
      render: ({ kind }) => say(kindWords[kind]),
      sortBy: ({ kind }) => say(kindWords[kind]),
      csv: ({ kind }) => say(kindWords[kind]),
      wideOnly: true,
    },
    {
      key: 'county',
      title: say(labels.county),
      render: (row) => say(row.countyName),
      sortBy: (row) => say(row.countyName),
      csv: (row) => say(row.countyName),
    },
    {
      key: 'members',
      title: say(labels.members),
      align: 'figure',
      render: ({ members }) => <Digits value={members} />,
      sortBy: ({ members }) => members,
      csv: ({ members }) => String(members),
    },
    {
      key: 'capital',
      title: say(labels.pooled),
      align: 'figure',
      render: ({ capital }) =>
        capital === null ? <Sign tone="red">{say(labels.beyond)}</Sign> : <Money rials={capital} />,
      // What no account holds stands above whatever one does.
      sortBy: ({ capital }) => (capital === null ? largestSum : BigInt(capital)),
      csv: ({ capital }) => capital ?? say(labels.beyond),
    },
    {
      key: 'paid',
      title: say(labels.paid),
      align: 'figure',
      render: ({ paid }) => <Money rials={paid} />,
      sortBy: ({ paid }) => BigInt(paid),
      csv: ({ paid }) => paid,
    },
    {
      key: 'state',
      title: say(labels.state),
      render: (row) => <Sign tone={toneOf(row.state)}>{say(row.stateName)}</Sign>,
      sortBy: (row) => say(row.stateName),
      csv: (row) => say(row.stateName),
    },
  ];
  return (
    <Register<Cooperative>
      {...place}
      path={`/api/provinces/${place.province}/cooperatives`}
      fields={[
        { name: 'search', label: say(labels.search) },
        {
          name: 'state',
          label: say(labels.state),
          choices: cooperativeStates.map((key) => ({ key, label: say(cooperativeStateWords[key]) })),
          all: say(labels.all),
        },
      ]}
      passes={({ name, countyName, state }, filter) =>
        (filter['state'] === '' || filter['state'] === state) &&
        isIn(`${name}${say(countyName)}`, filter['search'])
      }
      caption={say(labels.register)}
      columns={columns}
      rowKey={({ cooperativeId }) => cooperativeId}
      rowHref={({ cooperativeId }) => `/cooperatives/${cooperativeId}`}
      csvName="cooperatives"
      empty={{ title: say(labels.noCooperatives), body: say(labels.noCooperativesHelp) }}
    />
  );
}

function Rules(): ReactNode {
  const { say, digits } = useSpeech();
  const asked = useAnswer<{ readonly rules: readonly RuleOnWire[] }>('/api/cooperative-rules');
  const columns: readonly Column<RuleOnWire>[] = [
    {
      key: 'rule',
      title: say(labels.rule),
      render: ({ ruleKey, membership }) =>
        `${say(ruleWords[ruleKey])}${membership === null ? '' : ` (${say(membershipWords[membership])})`}`,
    },
    {
      key: 'value',
      title: say(labels.value),
      align: 'figure',
      render: ({ value, divisor }) => (
        <bdi className="k-digits">{divisor === 1 ? digits(value) : digits(`${value}/${divisor}`)}</bdi>
      ),
    },
    { key: 'from', title: say(labels.from), render: ({ validFrom }) => <DayText iso={validFrom} /> },
    {
      key: 'basis',
      title: say(labels.basis),
      render: ({ confirmed }) => (
        <Sign tone={confirmed ? 'green' : 'amber'}>{say(confirmed ? labels.confirmed : labels.reading)}</Sign>
      ),
    },
  ];
  return asked.error !== null && asked.data === undefined ? (
    <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
  ) : (
    <DataTable
      caption={say(labels.rules)}
      columns={columns}
      rows={asked.data?.rules}
      rowKey={({ ruleKey, membership, validFrom }) => `${ruleKey} ${membership ?? ''} ${validFrom}`}
    />
  );
}

function CooperativesPage(): ReactNode {
  const { say } = useSpeech();
  const role = useSession().user?.role;
  return (
    <RegisterPage
      title={say(labels.cooperatives)}
      lead={say(labels.lead)}
      own={useProvince()}
      none={say(labels.noCooperatives)}
      actions={
        <>
          {role != null && founders.includes(role) ? (
            <LinkButton kind="primary" href="/cooperatives/new">
              {say(labels.found)}
            </LinkButton>
          ) : null}
          <PrintButton />
        </>
      }
    >
      {(place) => (
        <Tabs
          label={say(labels.cooperatives)}
          tabs={[
            { key: 'register', label: say(labels.register), children: <Cooperatives {...place} /> },
            {
              key: 'clusters',
              label: say(finderLabels.clusters),
              children: <Clusters province={place.province} />,
            },
            { key: 'rules', label: say(labels.rules), children: <Rules /> },
          ]}
        />
      )}
    </RegisterPage>
  );
}

const readers = [
  'director',
  'deputy',
  'county_office',
  'auditor',
  'ministry',
] as const satisfies readonly Role[];

/** The desk pages of cooperatives. */
export const pages: readonly Page[] = [
  {
    path: '/cooperatives',
    title: labels.cooperatives,
    nav: { label: labels.cooperatives, order: 26, icon: 'cooperative' },
    roles: readers,
    component: CooperativesPage,
  },
  { path: '/cooperatives/new', title: labels.found, roles: founders, component: FoundPage },
  {
    path: '/cooperatives/$cooperative',
    title: labels.cooperative,
    roles: readers,
    component: CooperativePage,
  },
];

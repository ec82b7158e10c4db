import type { ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import type { Column } from '#web/kit/table.tsx';
import { Tabs, type TabItem } from '#web/kit/tabs.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { Register, RegisterPage, type RegisterPlace } from '#web/register.tsx';
import { useSession } from '#web/session.tsx';
import { useCounties } from './capacity/page.tsx';
import { supporterKinds, supporterSorts, supporterStates, type Supporter } from './contract.ts';
import { EnterPage, enterers, usePlace } from './draft/page.tsx';
import { Contracts } from './link/page.tsx';
import { SupporterPage, toneOf } from './supporter/page.tsx';
import { ContractPage } from './three-party-contract/page.tsx';
import { contractLabels } from './three-party-contract/words.ts';
import { supporterKindWords, supporterLabels as labels, supporterStateWords } from './words.ts';

const count = (key: 'jobs' | 'links', title: string): Column<Supporter> => ({
  key,
  title,
  align: 'figure',
  render: (row) => <Digits value={row[key]} />,
  csv: (row) => String(row[key]),
});

function useColumns(): readonly Column<Supporter>[] {
  const { say } = useSpeech();
  return [
    {
      key: 'name',
      title: say(labels.name),
      render: ({ name }) => name ?? '—',
      csv: ({ name }) => name ?? '',
    },
    {
      key: 'kind',
      title: say(labels.kind),
      render: ({ kind }) => say(supporterKindWords[kind]),
      csv: ({ kind }) => say(supporterKindWords[kind]),
    },
    {
      key: 'county',
      title: say(labels.county),
      render: ({ countyName }) => say(countyName),
      csv: ({ countyName }) => say(countyName),
    },
    count('jobs', say(labels.jobs)),
    count('links', say(labels.links)),
    {
      key: 'state',
      title: say(labels.state),
      render: ({ state, stateName }) => <Sign tone={toneOf(state)}>{say(stateName)}</Sign>,
      csv: ({ stateName }) => say(stateName),
    },
    {
      key: 'entered',
      title: say(labels.enteredOn),
      render: ({ enteredOn }) => <DayText iso={enteredOn} />,
      csv: ({ enteredOn }) => enteredOn,
      wideOnly: true,
    },
  ];
}

function Supporters(place: RegisterPlace): ReactNode {
  const { say, language } = useSpeech();
  const columns = useColumns();
  const counties = useCounties(place.province).map(({ countyCode, nameFa, nameEn }) => ({
    key: countyCode,
    label: language === 'fa' ? nameFa : nameEn,
  }));
  const all = say(labels.all);
  return (
    <Register<Supporter>
      {...place}
      path={`/api/provinces/${place.province}/supporters`}
      fields={[
        { name: 'search', label: say(labels.search) },
        {
          name: 'state',
          label: say(labels.state),
          choices: supporterStates.map((key) => ({ key, label: say(supporterStateWords[key]) })),
          all,
        },
        {
          name: 'kind',
          label: say(labels.kind),
          choices: supporterKinds.map((key) => ({ key, label: say(supporterKindWords[key]) })),
          all,
        },
        { name: 'county', label: say(labels.county), choices: counties, all },
        {
          name: 'sort',
          label: say(labels.order),
          choices: supporterSorts.map((key) => ({ key, label: say(labels[`sort_${key}`]) })),
        },
      ]}
      sheet={{ path: `/api/provinces/${place.province}/supporters/sheet.xlsx`, label: say(labels.sheet) }}
      caption={say(labels.register)}
      columns={columns}
      rowKey={({ supporterId }) => supporterId}
      rowHref={({ supporterId }) => `/supporters/${supporterId}`}
      csvName="supporters"
      empty={{ title: say(labels.noSupporters), body: say(labels.noSupportersHelp) }}
    />
  );
}

function SupportersPage(): ReactNode {
  const { say } = useSpeech();
  const role = useSession().user?.role;
  const tabsOf = (place: RegisterPlace): readonly TabItem[] => {
    const contracts = {
      key: 'contracts',
      label: say(contractLabels.contracts),
      children: <Contracts {...place} />,
    };
    return role === 'agency'
      ? [contracts]
      : [{ key: 'register', label: say(labels.register), children: <Supporters {...place} /> }, contracts];
  };
  return (
    <RegisterPage
      title={say(labels.supporters)}
      lead={say(labels.lead)}
      own={usePlace().province}
      none={say(labels.noSupporters)}
      actions={
        <>
          <PrintButton />
          {role != null && enterers.includes(role) ? (
            <LinkButton href="/supporters/new" kind="primary" icon="add">
              {say(labels.add)}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {(place) => <Tabs label={say(labels.supporters)} tabs={tabsOf(place)} />}
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

/** The desk pages of supporters. */
export const pages: readonly Page[] = [
  {
    path: '/supporters',
    title: labels.supporters,
    nav: { label: labels.supporters, order: 27, icon: 'agreement' },
    roles: [...readers, 'agency'],
    component: SupportersPage,
  },
  { path: '/supporters/new', title: labels.add, roles: enterers, component: EnterPage },
  {
    path: '/supporters/contracts/$contract',
    title: contractLabels.contract,
    roles: [...readers, 'agency'],
    component: ContractPage,
  },
  { path: '/supporters/$supporter', title: labels.supporter, roles: readers, component: SupporterPage },
];

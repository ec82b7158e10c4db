import { useState, type ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { useAnswer, type Path } from '#web/command.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { usePages } from '#web/paged.tsx';
import { useSession } from '#web/session.tsx';
import { useCounties } from './capacity/page.tsx';
import { supporterKinds, supporterSorts, supporterStates, type Supporter } from './contract.ts';
import { EnterPage, enterers, usePlace } from './draft/page.tsx';
import { Contracts } from './link/page.tsx';
import { SupporterPage, toneOf } from './supporter/page.tsx';
import { ContractPage } from './three-party-contract/page.tsx';
import { contractLabels } from './three-party-contract/words.ts';
import { supporterKindWords, supporterLabels as labels, supporterStateWords } from './words.ts';

type Filter = {
  readonly search: string;
  readonly state: string;
  readonly kind: string;
  readonly county: string;
  readonly sort: string;
};
const noFilter: Filter = { search: '', state: '', kind: '', county: '', sort: 'name' };
const queryOf = (filter: Filter): string =>
  new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();

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

type RegisterProps = { readonly province: string; readonly readsAll: boolean };

function Register({ province, readsAll }: RegisterProps): ReactNode {
  const { say } = useSpeech();
  const [filter, setFilter] = useState(noFilter);
  const query = queryOf(filter);
  return (
    <>
      <Filters
        province={province}
        filter={filter}
        change={(change) => setFilter((now) => ({ ...now, ...change }))}
      />
      <p className="no-print">
        <a className="k-button is-quiet" href={`/api/provinces/${province}/supporters/sheet.xlsx?${query}`}>
          {say(labels.sheet)}
        </a>
      </p>
      <Rows key={query} province={province} readsAll={readsAll} query={query} />
    </>
  );
}

function Rows({ province, readsAll, query }: RegisterProps & { readonly query: string }): ReactNode {
  const { say } = useSpeech();
  const columns = useColumns();
  const path: Path = `/api/provinces/${province}/supporters?${query}`;
  const pages = usePages<Supporter>(path);
  if (pages.error !== null && pages.rows === undefined)
    return <ProblemNotice error={pages.error} onRetry={pages.refetch} />;
  return (
    <DataTable
      caption={say(labels.register)}
      columns={columns}
      rows={pages.rows}
      pages={pages}
      rowKey={({ supporterId }) => supporterId}
      rowHref={({ supporterId }) => `/supporters/${supporterId}${readsAll ? `?of=${province}` : ''}`}
      csvName="supporters"
      empty={{ title: say(labels.noSupporters), body: say(labels.noSupportersHelp) }}
    />
  );
}

type FiltersProps = {
  readonly province: string;
  readonly filter: Filter;
  readonly change: (change: Partial<Filter>) => void;
};

function Filters({ province, filter, change }: FiltersProps): ReactNode {
  const { say, language } = useSpeech();
  const counties = useCounties(province).map(({ countyCode, nameFa, nameEn }) => ({
    key: countyCode,
    label: language === 'fa' ? nameFa : nameEn,
  }));
  const select = (
    name: 'state' | 'kind' | 'county',
    choices: readonly { readonly key: string; readonly label: string }[],
  ) => (
    <div style={{ flex: '1 1 150px', maxInlineSize: '240px' }}>
      <Select
        label={say(labels[name])}
        name={name}
        required
        value={filter[name] === '' ? 'all' : filter[name]}
        onChange={(key) => change({ [name]: key === 'all' ? '' : key })}
        choices={[{ key: 'all', label: say(labels.all) }, ...choices]}
      />
    </div>
  );
  return (
    <div
      className="k-row no-print"
      style={{ marginBlockEnd: 'var(--s2)', alignItems: 'end', flexWrap: 'wrap' }}
    >
      <div style={{ flex: '1 1 220px', maxInlineSize: '320px' }}>
        <TextField
          label={say(labels.search)}
          name="search"
          type="search"
          required
          value={filter.search}
          onChange={(search) => change({ search })}
        />
      </div>
      {select(
        'state',
        supporterStates.map((key) => ({ key, label: say(supporterStateWords[key]) })),
      )}
      {select(
        'kind',
        supporterKinds.map((key) => ({ key, label: say(supporterKindWords[key]) })),
      )}
      {select('county', counties)}
      <div style={{ flex: '1 1 150px', maxInlineSize: '240px' }}>
        <Select
          label={say(labels.order)}
          name="sort"
          required
          value={filter.sort}
          onChange={(sort) => change({ sort })}
          choices={supporterSorts.map((key) => ({ key, label: say(labels[`sort_${key}`]) }))}
        />
      </div>
    </div>
  );
}

type Province = { readonly slug: string; readonly nameFa: string; readonly nameEn: string };

function SupportersPage(): ReactNode {
  const { say, language } = useSpeech();
  const own = usePlace().province;
  const role = useSession().user?.role;
  const [chosen, setChosen] = useState<string | null>(null);
  const province = own ?? chosen;
  const readsAll = own === null && (role === 'ministry' || role === 'auditor');
  const provinces =
    useAnswer<{ readonly provinces: readonly Province[] }>(readsAll ? '/api/provinces' : null).data
      ?.provinces ?? [];
  return (
    <>
      <PageHead
        title={say(labels.supporters)}
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
        {say(labels.lead)}
      </PageHead>
      {readsAll ? (
        <div className="no-print" style={{ inlineSize: '260px', marginBlockEnd: 'var(--s4)' }}>
          <Select
            label={say(labels.province)}
            name="province"
            required
            value={chosen}
            onChange={setChosen}
            choices={provinces.map(({ slug, nameFa, nameEn }) => ({
              key: slug,
              label: language === 'fa' ? nameFa : nameEn,
            }))}
          />
        </div>
      ) : null}
      {province === null ? (
        <Empty title={say(labels.noSupporters)} />
      ) : (
        <Tabs
          label={say(labels.supporters)}
          tabs={[
            ...(role === 'agency'
              ? []
              : [
                  {
                    key: 'register',
                    label: say(labels.register),
                    children: <Register province={province} readsAll={readsAll} />,
                  },
                ]),
            {
              key: 'contracts',
              label: say(contractLabels.contracts),
              children: <Contracts province={province} readsAll={readsAll} />,
            },
          ]}
        />
      )}
    </>
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

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
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { usePages } from '#web/paged.tsx';
import { useSession } from '#web/session.tsx';
import { agencyKinds, agencySorts, agencyStandings, type Agency } from './contract.ts';
import { EnterPage, enterers, useCounties, usePlace } from './permit/page.tsx';
import { AgencyPage, toneOf } from './placement-agency/page.tsx';
import { agencyKindWords, agencyLabels as labels, agencyStandingWords } from './words.ts';

type Filter = {
  readonly search: string;
  readonly standing: string;
  readonly kind: string;
  readonly county: string;
  readonly sort: string;
};
const noFilter: Filter = { search: '', standing: '', kind: '', county: '', sort: 'name' };
const queryOf = (filter: Filter): string =>
  new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();

function useColumns(): readonly Column<Agency>[] {
  const { say } = useSpeech();
  return [
    { key: 'name', title: say(labels.name), render: ({ name }) => name, csv: ({ name }) => name },
    {
      key: 'kind',
      title: say(labels.kind),
      render: ({ kind }) => say(agencyKindWords[kind]),
      csv: ({ kind }) => say(agencyKindWords[kind]),
    },
    {
      key: 'county',
      title: say(labels.county),
      render: ({ countyName }) => say(countyName),
      csv: ({ countyName }) => say(countyName),
    },
    {
      key: 'permit',
      title: say(labels.permitNumber),
      render: ({ permitNumber }) => (
        <bdi>
          <Digits value={permitNumber} />
        </bdi>
      ),
      csv: ({ permitNumber }) => permitNumber,
    },
    {
      key: 'until',
      title: say(labels.validUntil),
      render: ({ validUntil }) => <DayText iso={validUntil} />,
      csv: ({ validUntil }) => validUntil,
    },
    {
      key: 'standing',
      title: say(labels.standing),
      render: ({ standing, standingName }) => <Sign tone={toneOf(standing)}>{say(standingName)}</Sign>,
      csv: ({ standingName }) => say(standingName),
    },
    {
      key: 'listed',
      title: say(labels.listed),
      render: ({ listed }) => say(listed ? labels.yes : labels.no),
      csv: ({ listed }) => say(listed ? labels.yes : labels.no),
      wideOnly: true,
    },
  ];
}

type RegisterProps = { readonly province: string; readonly readsAll: boolean };

function Register({ province, readsAll }: RegisterProps): ReactNode {
  const [filter, setFilter] = useState(noFilter);
  const query = queryOf(filter);
  return (
    <>
      <Filters
        province={province}
        filter={filter}
        change={(change) => setFilter((now) => ({ ...now, ...change }))}
      />
      <Rows key={query} province={province} readsAll={readsAll} query={query} />
    </>
  );
}

function Rows({ province, readsAll, query }: RegisterProps & { readonly query: string }): ReactNode {
  const { say } = useSpeech();
  const columns = useColumns();
  const path: Path = `/api/provinces/${province}/placement-agencies?${query}`;
  const pages = usePages<Agency>(path);
  if (pages.error !== null && pages.rows === undefined)
    return <ProblemNotice error={pages.error} onRetry={pages.refetch} />;
  return (
    <DataTable
      caption={say(labels.register)}
      columns={columns}
      rows={pages.rows}
      pages={pages}
      rowKey={({ agencyId }) => agencyId}
      rowHref={({ agencyId }) => `/placement-agencies/${agencyId}${readsAll ? `?of=${province}` : ''}`}
      csvName="placement-agencies"
      empty={{ title: say(labels.noAgencies), body: say(labels.noAgenciesHelp) }}
    />
  );
}

type FiltersProps = {
  readonly province: string;
  readonly filter: Filter;
  readonly change: (change: Partial<Filter>) => void;
};
type Choices = readonly { readonly key: string; readonly label: string }[];

function Filters({ province, filter, change }: FiltersProps): ReactNode {
  const { say, language } = useSpeech();
  const counties = useCounties(province).map(({ countyCode, nameFa, nameEn }) => ({
    key: countyCode,
    label: language === 'fa' ? nameFa : nameEn,
  }));
  const select = (name: 'standing' | 'kind' | 'county', choices: Choices) => (
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
        'standing',
        agencyStandings.map((key) => ({ key, label: say(agencyStandingWords[key]) })),
      )}
      {select(
        'kind',
        agencyKinds.map((key) => ({ key, label: say(agencyKindWords[key]) })),
      )}
      {select('county', counties)}
      <div style={{ flex: '1 1 150px', maxInlineSize: '240px' }}>
        <Select
          label={say(labels.order)}
          name="sort"
          required
          value={filter.sort}
          onChange={(sort) => change({ sort })}
          choices={agencySorts.map((key) => ({ key, label: say(labels[`sort_${key}`]) }))}
        />
      </div>
    </div>
  );
}

type Province = { readonly slug: string; readonly nameFa: string; readonly nameEn: string };

function AgenciesPage(): ReactNode {
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
        title={say(labels.agencies)}
        actions={
          <>
            <PrintButton />
            {role != null && enterers.includes(role) ? (
              <LinkButton href="/placement-agencies/new" kind="primary" icon="add">
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
        <Empty title={say(labels.noAgencies)} />
      ) : (
        <Register key={province} province={province} readsAll={readsAll} />
      )}
    </>
  );
}

const readers = [
  'director',
  'deputy',
  'county_office',
  'agency',
  'bank',
  'auditor',
  'ministry',
] as const satisfies readonly Role[];

/** The desk pages of placement agencies. */
export const pages: readonly Page[] = [
  {
    path: '/placement-agencies',
    title: labels.agencies,
    nav: { label: labels.agencies, order: 29, icon: 'office' },
    roles: readers,
    component: AgenciesPage,
  },
  { path: '/placement-agencies/new', title: labels.add, roles: enterers, component: EnterPage },
  { path: '/placement-agencies/$agency', title: labels.agency, roles: readers, component: AgencyPage },
];

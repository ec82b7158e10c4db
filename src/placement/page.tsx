import type { ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import type { Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { Register, RegisterPage, type RegisterPlace } from '#web/register.tsx';
import { useSession } from '#web/session.tsx';
import { agencyKinds, agencySorts, agencyStandings, type Agency } from './contract.ts';
import { EnterPage, enterers, useCounties, usePlace } from './permit/page.tsx';
import { AgencyPage, toneOf } from './placement-agency/page.tsx';
import { agencyKindWords, agencyLabels as labels, agencyStandingWords } from './words.ts';

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

function Agencies(place: RegisterPlace): ReactNode {
  const { say, language } = useSpeech();
  const columns = useColumns();
  const counties = useCounties(place.province).map(({ countyCode, nameFa, nameEn }) => ({
    key: countyCode,
    label: language === 'fa' ? nameFa : nameEn,
  }));
  const all = say(labels.all);
  return (
    <Register<Agency>
      {...place}
      path={`/api/provinces/${place.province}/placement-agencies`}
      fields={[
        { name: 'search', label: say(labels.search) },
        {
          name: 'standing',
          label: say(labels.standing),
          choices: agencyStandings.map((key) => ({ key, label: say(agencyStandingWords[key]) })),
          all,
        },
        {
          name: 'kind',
          label: say(labels.kind),
          choices: agencyKinds.map((key) => ({ key, label: say(agencyKindWords[key]) })),
          all,
        },
        { name: 'county', label: say(labels.county), choices: counties, all },
        {
          name: 'sort',
          label: say(labels.order),
          choices: agencySorts.map((key) => ({ key, label: say(labels[`sort_${key}`]) })),
        },
      ]}
      caption={say(labels.register)}
      columns={columns}
      rowKey={({ agencyId }) => agencyId}
      rowHref={({ agencyId }) => `/placement-agencies/${agencyId}`}
      csvName="placement-agencies"
      empty={{ title: say(labels.noAgencies), body: say(labels.noAgenciesHelp) }}
    />
  );
}

function AgenciesPage(): ReactNode {
  const { say } = useSpeech();
  const role = useSession().user?.role;
  return (
    <RegisterPage
      title={say(labels.agencies)}
      lead={say(labels.lead)}
      own={usePlace().province}
      none={say(labels.noAgencies)}
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
      {(place) => <Agencies {...place} />}
    </RegisterPage>
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

import type { ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { useAnswer } from '#web/command.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { Tabs, type TabItem } from '#web/kit/tabs.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { Register, RegisterPage, isIn } from '#web/register.tsx';
import { useSession } from '#web/session.tsx';
import { requestStates, type Condition, type Lateness, type LicenceRequest } from './contract.ts';
import { ComplaintsPage } from './complaint/page.tsx';
import { complaintLabels } from './complaint/words.ts';
import { AskPage, askers, useProvince } from './draft/page.tsx';
import { Licences, fieldsOf, useAgencyName } from './ending/page.tsx';
import { LicenceRequestPage } from './request/page.tsx';
import { requestLabels as labels } from './request/words.ts';
import { requestStateWords } from './words.ts';

const requestTone = (request: LicenceRequest) =>
  request.late ? 'red' : request.state === 'issued' ? 'green' : 'quiet';

function Requests({ province }: { readonly province: string }): ReactNode {
  const { say, language } = useSpeech();
  const agency = useAgencyName();
  const titleOf = (row: LicenceRequest): string => (language === 'fa' ? row.titleFa : row.titleEn);
  const columns: readonly Column<LicenceRequest>[] = [
    {
      key: 'holder',
      title: say(labels.holder),
      render: (row) => row.holderName ?? titleOf(row),
      sortBy: (row) => row.holderName ?? '',
      csv: (row) => row.holderName ?? '',
    },
    { key: 'occupation', title: say(labels.occupation), render: titleOf, sortBy: titleOf, csv: titleOf },
    {
      key: 'county',
      title: say(labels.county),
      render: (row) => say(row.countyName),
      sortBy: (row) => say(row.countyName),
      csv: (row) => say(row.countyName),
    },
    {
      key: 'agency',
      title: say(labels.agency),
      render: (row) => agency(row.agencyKey),
      sortBy: (row) => agency(row.agencyKey),
      csv: (row) => agency(row.agencyKey),
    },
    {
      key: 'state',
      title: say(labels.state),
      render: (row) => (
        <>
          <Sign tone={requestTone(row)}>
            {say(row.stateName)}
            {row.late ? ` · ${say(labels.late)}` : ''}
          </Sign>{' '}
          {row.flagged ? <Sign tone="amber">{say(labels.flagged)}</Sign> : null}
        </>
      ),
      csv: (row) => say(row.stateName),
    },
    {
      key: 'promised',
      title: say(labels.promisedOn),
      render: (row) => <DayText iso={row.promisedOn} />,
      sortBy: (row) => row.promisedOn,
      csv: (row) => row.promisedOn,
    },
  ];
  return (
    <Register<LicenceRequest>
      province={province}
      readsAll={false}
      path={`/api/provinces/${province}/licence-requests`}
      fields={fieldsOf(
        say,
        requestStates.map((key) => ({ key, label: say(requestStateWords[key]) })),
      )}
      passes={({ holderName, titleFa, titleEn, countyName, state }, filter) =>
        (filter['state'] === '' || filter['state'] === state) &&
        isIn(`${holderName ?? ''}${titleFa}${titleEn}${say(countyName)}`, filter['search'])
      }
      caption={say(labels.requests)}
      columns={columns}
      rowKey={({ requestId }) => requestId}
      rowHref={({ requestId }) => `/licences/requests/${requestId}`}
      csvName="licence-requests"
      empty={{ title: say(labels.noRequests), body: say(labels.noRequestsHelp) }}
    />
  );
}

const count = (key: 'requests' | 'open' | 'late', title: string) =>
  ({
    key,
    title,
    align: 'figure',
    render: (row) => <Digits value={row[key]} />,
    sortBy: (row) => row[key],
    csv: (row) => String(row[key]),
  }) satisfies Column<Lateness>;

function Late({ province }: { readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const agency = useAgencyName();
  const asked = useAnswer<{ readonly agencies: readonly Lateness[] }>(
    `/api/provinces/${province}/licence-lateness`,
  );
  const columns: readonly Column<Lateness>[] = [
    {
      key: 'agency',
      title: say(labels.agency),
      render: (row) => agency(row.agencyKey),
      csv: (row) => agency(row.agencyKey),
    },
    count('requests', say(labels.requests)),
    count('open', say(labels.openCount)),
    count('late', say(labels.lateCount)),
    {
      key: 'share',
      title: say(labels.lateShare),
      align: 'figure',
      render: (row) => <Percent part={String(row.late)} whole={String(row.requests)} />,
      sortBy: (row) => row.lateHundredths,
    },
  ];
  return asked.error !== null && asked.data === undefined ? (
    <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
  ) : (
    <DataTable
      caption={say(labels.lateness)}
      columns={columns}
      rows={asked.data?.agencies}
      rowKey={({ agencyKey }) => agencyKey}
      csvName="licence-lateness"
      empty={{ title: say(labels.noRequests), body: say(labels.noRequestsHelp) }}
    />
  );
}

function Conditions(): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<{ readonly conditions: readonly Condition[] }>('/api/licence-conditions');
  const columns: readonly Column<Condition>[] = [
    {
      key: 'number',
      title: say(labels.condition),
      render: ({ conditionNumber }) => <Digits value={conditionNumber} plain />,
      csv: ({ conditionNumber }) => conditionNumber,
    },
    { key: 'text', title: say(labels.text), render: ({ text }) => say(text), csv: ({ text }) => say(text) },
    {
      key: 'from',
      title: say(labels.inForceFrom),
      render: ({ inForceFrom }) => <DayText iso={inForceFrom} />,
      csv: ({ inForceFrom }) => inForceFrom,
    },
  ];
  return asked.error !== null && asked.data === undefined ? (
    <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
  ) : (
    <DataTable
      caption={say(labels.conditions)}
      columns={columns}
      rows={asked.data?.conditions}
      rowKey={({ conditionNumber }) => conditionNumber}
      csvName="licence-conditions"
    />
  );
}

function LicencesPage(): ReactNode {
  const { say } = useSpeech();
  const role = useSession().user?.role;
  const isApplicant = role === 'applicant';
  const tabsOf = (province: string): readonly TabItem[] => [
    { key: 'requests', label: say(labels.requests), children: <Requests province={province} /> },
    { key: 'register', label: say(labels.register), children: <Licences province={province} /> },
    ...(isApplicant
      ? []
      : [{ key: 'lateness', label: say(labels.lateness), children: <Late province={province} /> }]),
    { key: 'conditions', label: say(labels.conditions), children: <Conditions /> },
  ];
  return (
    <RegisterPage
      title={say(labels.licences)}
      lead={say(isApplicant ? labels.ownLead : labels.lead)}
      own={useProvince()}
      none={say(labels.noRequests)}
      actions={
        <>
          <PrintButton />
          {role != null && askers.includes(role) ? (
            <LinkButton href="/licences/new" kind="primary" icon="add">
              {say(labels.ask)}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {({ province }) => <Tabs label={say(labels.licences)} tabs={tabsOf(province)} />}
    </RegisterPage>
  );
}

const readers = [
  'director',
  'deputy',
  'county_office',
  'agency',
  'applicant',
  'auditor',
  'ministry',
] as const satisfies readonly Role[];

/** The desk pages of licences. */
export const pages: readonly Page[] = [
  {
    path: '/licences',
    title: labels.licences,
    nav: { label: labels.licences, order: 25, icon: 'document' },
    roles: readers,
    component: LicencesPage,
  },
  {
    path: '/complaints',
    title: complaintLabels.complaints,
    nav: { label: complaintLabels.complaints, order: 28, icon: 'dispute' },
    roles: ['director', 'deputy', 'county_office', 'agency', 'auditor', 'ministry'],
    component: ComplaintsPage,
  },
  { path: '/licences/new', title: labels.ask, roles: askers, component: AskPage },
  {
    path: '/licences/requests/$request',
    title: labels.request,
    roles: readers,
    component: LicenceRequestPage,
  },
];

import { useState, type ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { useAnswer } from '#web/command.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { useSession } from '#web/session.tsx';
import { requestStates, type Condition, type Lateness, type LicenceRequest } from './contract.ts';
import { ComplaintsPage } from './complaint/page.tsx';
import { complaintLabels } from './complaint/words.ts';
import { AskPage, ProvinceChoice, askers, useProvince } from './draft/page.tsx';
import { Filters, Register, every, folded, useAgencyName } from './ending/page.tsx';
import { LicenceRequestPage } from './request/page.tsx';
import { requestLabels as labels } from './request/words.ts';
import { requestStateWords } from './words.ts';

const requestTone = (request: LicenceRequest) =>
  request.late ? 'red' : request.state === 'issued' ? 'green' : 'quiet';

function Requests({ province }: { readonly province: string }): ReactNode {
  const { say, language } = useSpeech();
  const agency = useAgencyName();
  const asked = useAnswer<{ readonly items: readonly LicenceRequest[] }>(
    `/api/provinces/${province}/licence-requests`,
  );
  const [search, setSearch] = useState('');
  const [state, setState] = useState(every);
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
  if (asked.error !== null && asked.data === undefined)
    return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  const rows = asked.data?.items.filter(
    (row) =>
      (state === every || row.state === state) &&
      folded(`${row.holderName ?? ''}${row.titleFa}${row.titleEn}${say(row.countyName)}`).includes(
        folded(search),
      ),
  );
  return (
    <>
      <Filters
        search={search}
        onSearch={setSearch}
        state={state}
        onState={setState}
        states={requestStates.map((key) => ({ key, label: say(requestStateWords[key]) }))}
      />
      <DataTable
        caption={say(labels.requests)}
        columns={columns}
        rows={rows}
        rowKey={({ requestId }) => requestId}
        rowHref={({ requestId }) => `/licences/requests/${requestId}`}
        csvName="licence-requests"
        empty={{ title: say(labels.noRequests), body: say(labels.noRequestsHelp) }}
      />
    </>
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
  const own = useProvince();
  const [chosen, setChosen] = useState<string | null>(null);
  const province = own ?? chosen;
  const isApplicant = role === 'applicant';
  const tabs =
    province === null
      ? []
      : [
          { key: 'requests', label: say(labels.requests), children: <Requests province={province} /> },
          { key: 'register', label: say(labels.register), children: <Register province={province} /> },
          ...(isApplicant
            ? []
            : [{ key: 'lateness', label: say(labels.lateness), children: <Late province={province} /> }]),
          { key: 'conditions', label: say(labels.conditions), children: <Conditions /> },
        ];
  return (
    <>
      <PageHead
        title={say(labels.licences)}
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
        {say(isApplicant ? labels.ownLead : labels.lead)}
      </PageHead>
      {own === null && (role === 'ministry' || role === 'auditor') ? (
        <ProvinceChoice chosen={chosen} onChoose={setChosen} />
      ) : null}
      {province === null ? (
        <Empty title={say(labels.noRequests)} />
      ) : (
        <Tabs label={say(labels.licences)} tabs={tabs} />
      )}
    </>
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

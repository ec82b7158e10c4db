import { useDeferredValue, useState, type ReactNode } from 'react';
import { InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import { ProvinceChoice, useCounties, useProvince } from '../draft/page.tsx';
import { every } from '../ending/page.tsx';
import { complaintStates, offences, type Complaint, type ComplaintState } from './contract.ts';
import { complaintLabels as labels, complaintStateWords, offenceWords } from './words.ts';

const tones: Readonly<Record<ComplaintState, 'amber' | 'info' | 'green' | 'quiet'>> = {
  lodged: 'amber',
  under_review: 'info',
  with_agency: 'info',
  answered: 'amber',
  upheld: 'green',
  dismissed: 'quiet',
};

type Filter = {
  readonly state: string;
  readonly offence: string;
  readonly county: string;
  readonly search: string;
};
const noFilter: Filter = { state: every, offence: every, county: every, search: '' };
type Filtering = {
  readonly province: string;
  readonly filter: Filter;
  readonly change: (change: Partial<Filter>) => void;
};

function Filters({ province, filter, change }: Filtering): ReactNode {
  const { say, language } = useSpeech();
  const counties = useCounties(province);
  const all = { key: every, label: say(labels.all) };
  const chosen = (
    key: 'state' | 'offence' | 'county',
    choices: readonly { readonly key: string; readonly label: string }[],
  ) => (
    <div style={{ flex: '1 1 180px', maxInlineSize: '240px' }}>
      <Select
        label={say(labels[key])}
        name={key}
        required
        value={filter[key]}
        onChange={(value) => change({ [key]: value })}
        choices={[all, ...choices]}
      />
    </div>
  );
  return (
    <div
      className="k-row no-print"
      style={{ marginBlockEnd: 'var(--s4)', alignItems: 'end', flexWrap: 'wrap' }}
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
      {chosen(
        'state',
        complaintStates.map((key) => ({ key, label: say(complaintStateWords[key]) })),
      )}
      {chosen(
        'offence',
        offences.map((key) => ({ key, label: say(offenceWords[key]) })),
      )}
      {chosen(
        'county',
        counties.map(({ countyCode, nameFa, nameEn }) => ({
          key: countyCode,
          label: language === 'fa' ? nameFa : nameEn,
        })),
      )}
    </div>
  );
}

const queryOf = (filter: Filter): string =>
  new URLSearchParams(
    Object.entries(filter).filter(([, value]) => value !== every && value.trim() !== ''),
  ).toString();

function Register({ province }: { readonly province: string }): ReactNode {
  const { say, digits } = useSpeech();
  const [filter, setFilter] = useState(noFilter);
  const query = queryOf(useDeferredValue(filter));
  const pages = usePages<Complaint>(`/api/provinces/${province}/complaints?${query}`);
  const columns: readonly Column<Complaint>[] = [
    {
      key: 'number',
      title: say(labels.trackingNumber),
      render: ({ number }) => <Bidi>{digits(number)}</Bidi>,
      csv: ({ number }) => number,
    },
    {
      key: 'offence',
      title: say(labels.offence),
      render: (row) => say(row.offenceName),
      csv: (row) => say(row.offenceName),
    },
    {
      key: 'county',
      title: say(labels.county),
      render: (row) => say(row.countyName),
      csv: (row) => say(row.countyName),
    },
    {
      key: 'agency',
      title: say(labels.about),
      render: (row) => say(row.agencyName),
      csv: (row) => say(row.agencyName),
    },
    {
      key: 'lodged',
      title: say(labels.lodgedOn),
      render: (row) => <InstantText iso={row.lodgedAt} />,
      csv: (row) => row.lodgedAt,
    },
    {
      key: 'state',
      title: say(labels.state),
      render: (row) => <Sign tone={tones[row.state]}>{say(row.stateName)}</Sign>,
      csv: (row) => say(row.stateName),
    },
  ];
  return (
    <>
      <Filters
        province={province}
        filter={filter}
        change={(change) => setFilter((before) => ({ ...before, ...change }))}
      />
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {pages.error !== null && pages.rows === undefined ? null : (
        <DataTable
          caption={say(labels.register)}
          columns={columns}
          rows={pages.rows}
          pages={pages}
          rowKey={({ complaintId }) => complaintId}
          rowHref={({ provinceId, caseId }) => `/cases/${provinceId}/${caseId}`}
          csvName="complaints"
          empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
        />
      )}
    </>
  );
}

export function ComplaintsPage(): ReactNode {
  const { say } = useSpeech();
  const own = useProvince();
  const [chosen, setChosen] = useState<string | null>(null);
  const province = own ?? chosen;
  return (
    <>
      <PageHead title={say(labels.complaints)} actions={<PrintButton />}>
        {say(labels.deskLead)}
      </PageHead>
      {own === null ? <ProvinceChoice chosen={chosen} onChoose={setChosen} /> : null}
      {province === null ? (
        <Empty title={say(labels.none)} />
      ) : (
        <Register key={province} province={province} />
      )}
    </>
  );
}

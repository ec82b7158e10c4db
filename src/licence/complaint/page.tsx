import type { ReactNode } from 'react';
import { InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import type { Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { Register, RegisterPage } from '#web/register.tsx';
import { useCounties, useProvince } from '../draft/page.tsx';
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

function Complaints({ province }: { readonly province: string }): ReactNode {
  const { say, digits, language } = useSpeech();
  const counties = useCounties(province).map(({ countyCode, nameFa, nameEn }) => ({
    key: countyCode,
    label: language === 'fa' ? nameFa : nameEn,
  }));
  const all = say(labels.all);
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
    <Register<Complaint>
      province={province}
      // The page of a case names its province itself.
      readsAll={false}
      path={`/api/provinces/${province}/complaints`}
      fields={[
        { name: 'search', label: say(labels.search) },
        {
          name: 'state',
          label: say(labels.state),
          choices: complaintStates.map((key) => ({ key, label: say(complaintStateWords[key]) })),
          all,
        },
        {
          name: 'offence',
          label: say(labels.offence),
          choices: offences.map((key) => ({ key, label: say(offenceWords[key]) })),
          all,
        },
        { name: 'county', label: say(labels.county), choices: counties, all },
      ]}
      caption={say(labels.register)}
      columns={columns}
      rowKey={({ complaintId }) => complaintId}
      rowHref={({ provinceId, caseId }) => `/cases/${provinceId}/${caseId}`}
      csvName="complaints"
      empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
    />
  );
}

export function ComplaintsPage(): ReactNode {
  const { say } = useSpeech();
  return (
    <RegisterPage
      title={say(labels.complaints)}
      lead={say(labels.deskLead)}
      actions={<PrintButton />}
      own={useProvince()}
      none={say(labels.none)}
    >
      {({ province }) => <Complaints province={province} />}
    </RegisterPage>
  );
}

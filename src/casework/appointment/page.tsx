import { useState, type ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import type { AppointmentList } from './contract.ts';
import { appointmentLabels as labels, entryTones, entryWords } from './words.ts';

type Row = AppointmentList['items'][number];

/** The appointments of an office: of one day, or from today on. */
export function AppointmentsPage(): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const [on, setOn] = useState('');
  const provinceId = user?.provinceId ?? null;
  const path = `/api/provinces/${provinceId}/appointments${on === '' ? '' : `?on=${on}`}` as const;
  const found = useAnswer<AppointmentList>(provinceId === null ? null : path);
  return (
    <>
      <PageHead title={say(labels.appointments)} actions={<PrintButton />}>
        {say(labels.lead)}
      </PageHead>
      <form className="k-row no-print" onSubmit={(event) => event.preventDefault()}>
        <DayField label={say(labels.day)} hint={say(labels.dayHint)} name="on" value={on} onChange={setOn} />
        {on === '' ? null : (
          <Button kind="quiet" onPress={() => setOn('')}>
            {say(labels.coming)}
          </Button>
        )}
      </form>
      {on === '' ? null : (
        <p className="only-print">
          <DayText iso={on} style="weekday" />
        </p>
      )}
      <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      {found.data?.more === true ? <Notice tone="amber" title={say(labels.more)} /> : null}
      {found.error === null ? (
        <div className="k-section k-wide">
          <VisitTable rows={found.data?.items} />
        </div>
      ) : null}
    </>
  );
}

function VisitTable({ rows }: { readonly rows: readonly Row[] | undefined }): ReactNode {
  const { say, digits } = useSpeech();
  const columns: readonly Column<Row>[] = [
    {
      key: 'who',
      title: say(labels.who),
      render: ({ subjectName, number }) => subjectName ?? <Bidi code>{digits(number)}</Bidi>,
      csv: ({ subjectName }) => subjectName ?? '',
    },
    {
      key: 'on',
      title: say(labels.on),
      render: ({ on }) => <DayText iso={on} style="weekday" />,
      csv: ({ on }) => on,
    },
    { key: 'time', title: say(labels.time), render: ({ time }) => digits(time), csv: ({ time }) => time },
    {
      key: 'case',
      title: say(labels.case),
      render: ({ kind, number }) => (
        <>
          {say(kind)} <Bidi code>{digits(number)}</Bidi>
        </>
      ),
      csv: ({ number }) => number,
    },
    {
      key: 'purpose',
      title: say(labels.purpose),
      render: ({ purpose }) => purpose,
      csv: ({ purpose }) => purpose,
    },
    { key: 'place', title: say(labels.place), render: ({ place }) => place, csv: ({ place }) => place },
    {
      key: 'standing',
      title: say(labels.standing),
      render: ({ standing, reason }) => (
        <>
          <span style={{ whiteSpace: 'nowrap' }}>
            <Sign tone={entryTones[standing]}>
              {say(standing === 'asked' ? labels.asksTime : entryWords[standing])}
            </Sign>
          </span>
          {standing === 'asked' && reason !== null ? (
            <div>
              <small>{reason}</small>
            </div>
          ) : null}
        </>
      ),
      csv: ({ standing }) => say(entryWords[standing]),
    },
  ];
  return (
    <DataTable
      caption={say(labels.appointments)}
      columns={columns}
      rows={rows}
      rowKey={({ appointmentId }) => appointmentId}
      rowHref={({ provinceId, caseId }) => `/cases/${provinceId}/${caseId}`}
      empty={{ title: say(labels.emptyTitle), body: say(labels.emptyBody) }}
      csvName="appointments"
    />
  );
}

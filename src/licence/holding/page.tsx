import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Link } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { PanelSubject } from '#web/panel.tsx';
import type { Holding } from './contract.ts';
import { holdingLabels as labels } from './words.ts';

/** Licences of a person, what they ask for, the bar, and whether they hold more than ten. */
export function Holdings({ province, subjectId }: PanelSubject): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<Holding>(`/api/provinces/${province}/persons/${subjectId}/licences`);
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  if (asked.data === undefined) return <Skeleton rows={3} />;
  const { held, flagged, barredUntil } = asked.data;
  return (
    <>
      {barredUntil === null ? null : (
        <Notice tone="red" title={say(labels.barred)}>
          <DayText iso={barredUntil} />
        </Notice>
      )}
      {flagged ? <Notice tone="amber" title={say(labels.flagged)} /> : null}
      <p>
        {say(labels.held)}: <Digits value={held} />
      </p>
      <Licences holding={asked.data} />
      <Requests holding={asked.data} />
    </>
  );
}

type Part = { readonly holding: Holding };

function Licences({ holding: { provinceId, licences } }: Part): ReactNode {
  const { say, digits } = useSpeech();
  const columns: readonly Column<Holding['licences'][number]>[] = [
    {
      key: 'number',
      title: say(labels.number),
      // A licence out of an earlier register has no case to open.
      render: ({ number, requestId }) =>
        requestId === null ? (
          <Bidi>{digits(number)}</Bidi>
        ) : (
          <Link href={`/cases/${provinceId}/${requestId}`}>
            <Bidi>{digits(number)}</Bidi>
          </Link>
        ),
    },
    {
      key: 'occupation',
      title: say(labels.occupation),
      render: ({ titleFa, titleEn }) => say({ fa: titleFa, en: titleEn }),
    },
    { key: 'county', title: say(labels.county), render: ({ countyName }) => say(countyName) },
    {
      key: 'expires',
      title: say(labels.expiresOn),
      render: ({ expiresOn }) => <DayText iso={expiresOn} />,
    },
    {
      key: 'state',
      title: say(labels.state),
      render: ({ stateName, endedOn }) => (
        <>
          {say(stateName)}
          {endedOn === null ? null : (
            <>
              {' '}
              <DayText iso={endedOn} />
            </>
          )}
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={say(labels.licences)}
      columns={columns}
      rows={licences}
      rowKey={({ licenceId }) => licenceId}
      empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
    />
  );
}

function Requests({ holding: { provinceId, requests } }: Part): ReactNode {
  const { say } = useSpeech();
  const columns: readonly Column<Holding['requests'][number]>[] = [
    {
      key: 'occupation',
      title: say(labels.occupation),
      render: ({ titleFa, titleEn }) => say({ fa: titleFa, en: titleEn }),
    },
    { key: 'county', title: say(labels.county), render: ({ countyName }) => say(countyName) },
    {
      key: 'submitted',
      title: say(labels.submittedOn),
      render: ({ submittedOn }) => <DayText iso={submittedOn} />,
    },
    {
      key: 'promised',
      title: say(labels.promisedOn),
      render: ({ promisedOn }) => <DayText iso={promisedOn} />,
    },
    { key: 'state', title: say(labels.state), render: ({ stateName }) => say(stateName) },
  ];
  return (
    <DataTable
      caption={say(labels.requests)}
      showCaption
      columns={columns}
      rows={requests}
      rowKey={({ requestId }) => requestId}
      rowHref={({ requestId }) => `/cases/${provinceId}/${requestId}`}
      empty={{ title: say(labels.noRequests), body: say(labels.noRequestsHelp) }}
    />
  );
}

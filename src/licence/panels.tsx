import { useState, type ReactNode } from 'react';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Link } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Panel, PanelSubject } from '#web/panel.tsx';
import { useSession } from '#web/session.tsx';
import type { ComplaintPage } from './complaint/contract.ts';
import { complaintLabels as labels } from './complaint/words.ts';
import type { Holding } from './holding/contract.ts';
import { holdingLabels } from './holding/words.ts';

/** What was complained of, on the page of its case. */
function ComplaintPart({ province, subjectId }: PanelSubject): ReactNode {
  const { say, digits } = useSpeech();
  const role = useSession().user?.role;
  const [isErasing, setIsErasing] = useState(false);
  const path = `/api/provinces/${province}/complaints/${subjectId}` as const;
  const asked = useAnswer<ComplaintPage>(path);
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  if (asked.data === undefined) return <Skeleton rows={4} />;
  const { complaint, body, phone, mayErase } = asked.data;
  const { licenceNumber } = complaint;
  return (
    <div className="k-stack">
      <p style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }} dir="auto">
        {body ?? say(labels.erased)}
      </p>
      <Facts
        facts={[
          { label: say(labels.trackingNumber), value: <Bidi>{digits(complaint.number)}</Bidi> },
          { label: say(labels.offence), value: say(complaint.offenceName) },
          { label: say(labels.about), value: say(complaint.agencyName) },
          ...(licenceNumber === null
            ? []
            : [{ label: say(labels.licence), value: <Bidi>{digits(licenceNumber)}</Bidi> }]),
          // The office that is complained of is not told whether a number was left.
          ...(role === 'agency'
            ? []
            : [
                {
                  label: say(labels.phone),
                  value:
                    phone !== null ? (
                      <Bidi>{digits(phone)}</Bidi>
                    ) : (
                      say(body === null ? labels.erased : labels.noPhone)
                    ),
                },
              ]),
        ]}
      />
      {role === 'deputy' || role === 'director' ? <p className="k-small">{say(labels.reasonTold)}</p> : null}
      {mayErase ? (
        <Button kind="quiet" onPress={() => setIsErasing(true)}>
          {say(labels.erase)}
        </Button>
      ) : null}
      {isErasing ? <ErasureDialog path={path} onClose={() => setIsErasing(false)} /> : null}
    </div>
  );
}

type ErasureProps = { readonly path: `/api/${string}`; readonly onClose: () => void };

function ErasureDialog({ path, onClose }: ErasureProps): ReactNode {
  const { say } = useSpeech();
  const [letterNumber, setLetterNumber] = useState('');
  const erase = useCommand<{ letterNumber: string }>({
    path: `${path}/erasure`,
    changes: [path],
    onDone: onClose,
  });
  return (
    <Dialog
      title={say(labels.erase)}
      open
      onClose={onClose}
      foot={
        <Button
          kind="danger"
          busy={erase.isPending}
          refusedBecause={letterNumber.trim() === '' ? say(labels.letterNumber) : null}
          onPress={() => erase.mutate({ letterNumber })}
        >
          {say(labels.erase)}
        </Button>
      }
    >
      <div className="k-form">
        <p>{say(labels.eraseHelp)}</p>
        <TextField
          label={say(labels.letterNumber)}
          name="letterNumber"
          required
          maxLength={60}
          value={letterNumber}
          onChange={setLetterNumber}
          error={fieldError(erase.error, 'letterNumber', say)}
        />
        <ProblemNotice error={erase.error} />
      </div>
    </Dialog>
  );
}

/** Licences of a person, what they ask for, the bar, and whether they hold more than ten. */
function Holdings({ province, subjectId }: PanelSubject): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<Holding>(`/api/provinces/${province}/persons/${subjectId}/licences`);
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  if (asked.data === undefined) return <Skeleton rows={3} />;
  const { held, flagged, barredUntil } = asked.data;
  return (
    <>
      {barredUntil === null ? null : (
        <Notice tone="red" title={say(holdingLabels.barred)}>
          <DayText iso={barredUntil} />
        </Notice>
      )}
      {flagged ? <Notice tone="amber" title={say(holdingLabels.flagged)} /> : null}
      <p>
        {say(holdingLabels.held)}: <Digits value={held} />
      </p>
      <HeldLicences holding={asked.data} />
      <OpenRequests holding={asked.data} />
    </>
  );
}

type HoldingPart = { readonly holding: Holding };

function HeldLicences({ holding: { provinceId, licences } }: HoldingPart): ReactNode {
  const { say, digits } = useSpeech();
  const columns: readonly Column<Holding['licences'][number]>[] = [
    {
      key: 'number',
      title: say(holdingLabels.number),
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
      title: say(holdingLabels.occupation),
      render: ({ titleFa, titleEn }) => say({ fa: titleFa, en: titleEn }),
    },
    { key: 'county', title: say(holdingLabels.county), render: ({ countyName }) => say(countyName) },
    {
      key: 'expires',
      title: say(holdingLabels.expiresOn),
      render: ({ expiresOn }) => <DayText iso={expiresOn} />,
    },
    {
      key: 'state',
      title: say(holdingLabels.state),
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
      caption={say(holdingLabels.licences)}
      columns={columns}
      rows={licences}
      rowKey={({ licenceId }) => licenceId}
      empty={{ title: say(holdingLabels.none), body: say(holdingLabels.noneHelp) }}
    />
  );
}

function OpenRequests({ holding: { provinceId, requests } }: HoldingPart): ReactNode {
  const { say } = useSpeech();
  const columns: readonly Column<Holding['requests'][number]>[] = [
    {
      key: 'occupation',
      title: say(holdingLabels.occupation),
      render: ({ titleFa, titleEn }) => say({ fa: titleFa, en: titleEn }),
    },
    { key: 'county', title: say(holdingLabels.county), render: ({ countyName }) => say(countyName) },
    {
      key: 'submitted',
      title: say(holdingLabels.submittedOn),
      render: ({ submittedOn }) => <DayText iso={submittedOn} />,
    },
    {
      key: 'promised',
      title: say(holdingLabels.promisedOn),
      render: ({ promisedOn }) => <DayText iso={promisedOn} />,
    },
    { key: 'state', title: say(holdingLabels.state), render: ({ stateName }) => say(stateName) },
  ];
  return (
    <DataTable
      caption={say(holdingLabels.requests)}
      showCaption
      columns={columns}
      rows={requests}
      rowKey={({ requestId }) => requestId}
      rowHref={({ requestId }) => `/cases/${provinceId}/${requestId}`}
      empty={{ title: say(holdingLabels.noRequests), body: say(holdingLabels.noRequestsHelp) }}
    />
  );
}

export const panels: readonly Panel[] = [
  {
    on: 'case',
    of: ['complaint', 'complaint_answer'],
    title: labels.text,
    order: 30,
    component: ComplaintPart,
  },
  {
    on: 'person',
    title: holdingLabels.title,
    order: 30,
    roles: ['director', 'deputy', 'county_office', 'agency', 'auditor', 'ministry'],
    component: Holdings,
  },
];

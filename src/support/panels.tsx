import type { ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import { useAnswer } from '#web/command.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Link } from '#web/kit/link.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Panel, PanelSubject } from '#web/panel.tsx';
import type { Contract, PersonSupport } from './three-party-contract/contract.ts';
import { contractLabels as labels } from './three-party-contract/words.ts';
import { supporterLabels } from './words.ts';

/** The file of the person as a supporter, and to whom they are or were linked. */
function Support({ province, subjectId }: PanelSubject): ReactNode {
  const { say } = useSpeech();
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const of = session?.actor?.scope.province === 'all' ? `?of=${province}` : '';
  const asked = useAnswer<PersonSupport>(`/api/provinces/${province}/persons/${subjectId}/support`);
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  if (asked.data === undefined) return <Skeleton rows={3} />;
  const { supporters, contracts } = asked.data;
  if (supporters.length === 0 && contracts.length === 0)
    return <Empty title={say(labels.noSupport)}>{say(labels.noSupportHelp)}</Empty>;
  return (
    <>
      {supporters.map((supporter) => (
        <p key={supporter.supporterId}>
          <Link href={`/supporters/${supporter.supporterId}${of}`}>{say(labels.ownFile)}</Link>:{' '}
          {say(supporter.stateName)} · {say(supporterLabels.links)}: <Digits value={supporter.links} /> ·{' '}
          {say(supporterLabels.jobs)}: <Digits value={supporter.jobs} />
        </p>
      ))}
      {contracts.length === 0 ? null : <Links contracts={contracts} of={of} />}
    </>
  );
}

type LinksProps = { readonly contracts: readonly Contract[]; readonly of: string };

function Links({ contracts, of }: LinksProps): ReactNode {
  const { say, digits } = useSpeech();
  const columns: readonly Column<Contract>[] = [
    {
      key: 'number',
      title: say(labels.number),
      render: ({ number }) => <Bidi>{digits(number)}</Bidi>,
    },
    {
      key: 'supporter',
      title: say(labels.supporter),
      render: ({ supporterName }) => supporterName ?? '—',
    },
    {
      key: 'occupation',
      title: say(labels.occupation),
      render: ({ occupation }) => say(occupation),
    },
    { key: 'state', title: say(labels.state), render: ({ stateName }) => say(stateName) },
    {
      key: 'linked',
      title: say(labels.linkedOn),
      render: ({ linkedOn }) => (linkedOn === null ? '—' : <DayText iso={linkedOn} />),
    },
    {
      key: 'ended',
      title: say(labels.endedOn),
      render: ({ endedOn }) => (endedOn === null ? '—' : <DayText iso={endedOn} />),
    },
  ];
  return (
    <DataTable
      caption={say(labels.contracts)}
      columns={columns}
      rows={contracts}
      rowKey={({ contractId }) => contractId}
      rowHref={({ contractId }) => `/supporters/contracts/${contractId}${of}`}
    />
  );
}

export const panels: readonly Panel[] = [
  {
    on: 'person',
    title: labels.support,
    order: 35,
    roles: ['director', 'deputy', 'county_office', 'auditor', 'ministry'],
    component: Support,
  },
];

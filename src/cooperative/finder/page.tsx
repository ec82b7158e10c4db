import { useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import { programmeWords } from '#credit/words.ts';
import type { Role } from '#kernel/actor.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Money } from '#web/kit/money.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import type { Reserve } from '../contract.ts';
import { cooperativeLabels as labels } from '../words.ts';
import type { Proposal, Proposals } from './contract.ts';
import { finderLabels as texts } from './words.ts';

export const founders: readonly Role[] = ['county_office', 'deputy'];

/** The province of the reader; null for those who read all. */
export function useProvince(): string | null {
  const session = useAnswer<SessionAnswer>('/api/session').data;
  return session?.grants.find(({ grantId }) => grantId === session.grantId)?.provinceSlug ?? null;
}

/** What stands locked for cooperatives in a county, line by line. */
export function Reserves({
  reserves,
  titled = false,
}: {
  readonly reserves: readonly Reserve[];
  readonly titled?: boolean;
}): ReactNode {
  const { say } = useSpeech();
  const columns: readonly Column<Reserve>[] = [
    {
      key: 'line',
      title: say(labels.line),
      render: ({ programme, budgetYear }) => (
        <>
          {say(programmeName(programme))} <Digits value={budgetYear} plain />
        </>
      ),
    },
    { key: 'deadline', title: say(labels.deadline), render: ({ deadline }) => <DayText iso={deadline} /> },
    {
      key: 'locked',
      title: say(labels.locked),
      align: 'figure',
      render: ({ locked }) => (
        <>
          <Icon name="lock" size={14} /> <Money rials={locked} />
        </>
      ),
    },
    {
      key: 'reachable',
      title: say(labels.reachable),
      align: 'figure',
      render: ({ reachable }) => <Money rials={reachable} />,
    },
  ];
  return reserves.length === 0 ? (
    <p>{say(labels.noReserve)}</p>
  ) : (
    <DataTable
      caption={say(labels.reserves)}
      showCaption={titled}
      columns={columns}
      rows={reserves}
      rowKey={({ lineId }) => lineId}
    />
  );
}

const programmeName = (programme: string) =>
  Object.entries(programmeWords).find(([key]) => key === programme)?.[1] ?? { fa: programme, en: programme };

const reachableIn = ({ reserves }: Proposal): bigint =>
  reserves.reduce((sum, { reachable }) => sum + BigInt(reachable), 0n);
const invitedIn = ({ holders }: Proposal): number =>
  holders.filter(({ invitedOn }) => invitedOn !== null).length;

/** How a cluster is named in an address: its county and occupation. */
export const keyOf = ({ countyCode, occupationId }: Proposal): string => `${countyCode}-${occupationId}`;

/** Clusters of licence holders who could form a cooperative. */
export function Clusters({ province }: { readonly province: string }): ReactNode {
  const { say, digits } = useSpeech();
  const asked = useAnswer<Proposals>(`/api/provinces/${province}/cooperative-proposals`);
  const [shown, setShown] = useState<string | null>(null);
  const columns: readonly Column<Proposal>[] = [
    {
      key: 'occupation',
      title: say(labels.occupation),
      render: (row) => say(row.occupation),
      sortBy: (row) => say(row.occupation),
      csv: (row) => say(row.occupation),
    },
    {
      key: 'county',
      title: say(labels.county),
      render: (row) => say(row.countyName),
      sortBy: (row) => say(row.countyName),
      csv: (row) => say(row.countyName),
    },
    {
      key: 'holders',
      title: say(texts.holders),
      align: 'figure',
      render: ({ holders }) => <Digits value={holders.length} />,
      sortBy: ({ holders }) => holders.length,
      csv: ({ holders }) => String(holders.length),
    },
    {
      key: 'least',
      title: say(labels.least),
      align: 'figure',
      render: () => <Digits value={asked.data?.least ?? 0} />,
      csv: () => String(asked.data?.least ?? ''),
    },
    {
      key: 'gives',
      title: say(texts.gives),
      align: 'figure',
      render: (row) =>
        reachableIn(row) === 0n ? (
          <small>{say(texts.nothing)}</small>
        ) : (
          <>
            <Icon name="lock" size={14} /> <Money rials={reachableIn(row)} />
          </>
        ),
      sortBy: reachableIn,
      csv: (row) => reachableIn(row).toString(),
    },
    {
      key: 'invited',
      title: say(texts.invited),
      align: 'figure',
      render: (row) => <Digits value={invitedIn(row)} />,
      sortBy: invitedIn,
      csv: (row) => String(invitedIn(row)),
    },
    {
      key: 'deeds',
      title: '',
      render: (row) => (
        <span className="no-print">
          <Button kind="quiet" onPress={() => setShown(keyOf(row))}>
            {say(texts.show)}
          </Button>
        </span>
      ),
    },
  ];
  if (asked.error !== null && asked.data === undefined)
    return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  const chosen = asked.data?.proposals.find((one) => keyOf(one) === shown);
  return (
    <>
      <p className="k-lead">
        {say(texts.lead)} {say(labels.least)}: {digits(asked.data?.least ?? '…')}. {say(texts.shared)}
      </p>
      <DataTable
        caption={say(texts.clusters)}
        columns={columns}
        rows={asked.data?.proposals}
        rowKey={keyOf}
        csvName="cooperative-clusters"
        empty={{ title: say(texts.none), body: say(texts.noneHelp) }}
      />
      {chosen === undefined ? null : (
        <ClusterDialog proposal={chosen} province={province} onClose={() => setShown(null)} />
      )}
    </>
  );
}

type ClusterProps = {
  readonly proposal: Proposal;
  readonly province: string;
  readonly onClose: () => void;
};

function ClusterDialog({ proposal, province, onClose }: ClusterProps): ReactNode {
  const { say } = useSpeech();
  const role = useSession().user?.role;
  const [id] = useState(newKey);
  const { occupationId, countyCode, holders } = proposal;
  const command = useCommand<object>({
    path: `/api/provinces/${province}/cooperative-invitations`,
    changes: [`/api/provinces/${province}/cooperative-proposals`],
    onDone: () => {},
  });
  const mine = role != null && founders.includes(role);
  const all = holders.every(({ invitedOn }) => invitedOn !== null);
  const columns: readonly Column<Proposal['holders'][number]>[] = [
    { key: 'name', title: say(labels.person), render: ({ name }) => name ?? '—' },
    {
      key: 'invited',
      title: say(texts.invited),
      render: ({ invitedOn }) => (invitedOn === null ? '—' : <DayText iso={invitedOn} style="short" />),
    },
  ];
  return (
    <Dialog
      title={`${say(proposal.occupation)} · ${say(proposal.countyName)}`}
      open
      wide
      onClose={onClose}
      foot={
        mine ? (
          <>
            <LinkButton kind="primary" href={`/cooperatives/new?at=${countyCode}-${occupationId}`}>
              {say(texts.form)}
            </LinkButton>
            <Button
              icon="send"
              busy={command.isPending}
              refusedBecause={all ? say(texts.allInvited) : null}
              onPress={() => command.mutate({ id, occupationId, countyCode })}
            >
              {say(texts.invite)}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="k-stack">
        <Reserves reserves={proposal.reserves} titled />
        {mine ? <p>{say(texts.inviteLead)}</p> : null}
        {command.error === null ? null : <ProblemNotice error={command.error} />}
        <DataTable
          caption={say(texts.holders)}
          dense
          columns={columns}
          rows={holders}
          rowKey={({ personId }) => personId}
        />
      </div>
    </Dialog>
  );
}

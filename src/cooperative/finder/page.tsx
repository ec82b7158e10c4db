import { useNavigate, useSearch } from '@tanstack/react-router';
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
import { Facts } from '#web/kit/facts.tsx';
import { MoneyField, NumberField, TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { cooperativeKinds, type Reserve } from '../contract.ts';
import { cooperativeLabels as labels, kindWords, membershipWords } from '../words.ts';
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

const keyOf = ({ countyCode, occupationId }: Proposal): string => `${countyCode}-${occupationId}`;

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

/** The request of founders out of a cluster. */
export function FoundPage(): ReactNode {
  const { say } = useSpeech();
  const province = useProvince();
  const asked: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const found = useAnswer<Proposals>(
    province === null ? null : `/api/provinces/${province}/cooperative-proposals`,
  );
  const proposal = found.data?.proposals.find((one) => keyOf(one) === asked['at']);
  return (
    <>
      <PageHead
        title={say(labels.found)}
        path={[{ label: say(labels.cooperatives), href: '/cooperatives' }]}
      />
      {found.error === null ? null : (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.isPending ? <Skeleton rows={6} /> : null}
      {found.data !== undefined && proposal === undefined ? (
        <Notice tone="amber" title={say(texts.none)}>
          {say(texts.noneHelp)}
        </Notice>
      ) : null}
      {proposal === undefined || province === null ? null : (
        <FoundForm province={province} proposal={proposal} least={found.data?.least ?? 0} />
      )}
    </>
  );
}

type FoundProps = { readonly province: string; readonly proposal: Proposal; readonly least: number };

function FoundForm({ province, proposal, least }: FoundProps): ReactNode {
  const { say, digits } = useSpeech();
  const navigate = useNavigate();
  const [id] = useState(newKey);
  const [name, setName] = useState('');
  const [kind, setKind] = useState('producer');
  const [price, setPrice] = useState('1000000');
  const [shares, setShares] = useState('1');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const command = useCommand<object, { readonly id: string }>({
    path: `/api/provinces/${province}/cooperatives`,
    changes: [`/api/provinces/${province}/cooperative`],
    onDone: (done) => void navigate({ to: `/cooperatives/${done.id}` }),
  });
  const chosen = proposal.holders.filter(({ personId }) => !left.has(personId));
  const toggle = (personId: string): void =>
    setLeft((now) =>
      now.has(personId) ? new Set([...now].filter((one) => one !== personId)) : new Set([...now, personId]),
    );
  const send = (): void =>
    command.mutate({
      id,
      name,
      kind,
      membership: 'special',
      countyCode: proposal.countyCode,
      occupationId: proposal.occupationId,
      sharePrice: price,
      founders: chosen.map(({ personId }) => ({ personId, shares: Number.parseInt(shares, 10) || 0 })),
    });
  return (
    <div className="k-form" style={{ maxInlineSize: '640px' }}>
      <Facts
        facts={[
          { label: say(labels.occupation), value: say(proposal.occupation) },
          { label: say(labels.county), value: say(proposal.countyName) },
          { label: say(labels.membership), value: say(membershipWords.special) },
          { label: say(labels.least), value: digits(least) },
        ]}
      />
      <TextField
        label={say(labels.name)}
        name="name"
        required
        maxLength={120}
        value={name}
        onChange={setName}
        error={fieldError(command.error, 'name', say)}
      />
      <Select
        label={say(labels.kind)}
        name="kind"
        required
        value={kind}
        onChange={setKind}
        choices={cooperativeKinds.map((key) => ({ key, label: say(kindWords[key]) }))}
      />
      <MoneyField
        label={say(labels.sharePrice)}
        name="sharePrice"
        required
        value={price}
        onChange={setPrice}
        error={fieldError(command.error, 'sharePrice', say)}
      />
      <NumberField
        label={say(labels.sharesEach)}
        name="shares"
        required
        value={shares}
        onChange={setShares}
        error={fieldError(command.error, 'founders', say)}
      />
      <fieldset className="k-stack" style={{ border: 0, padding: 0 }}>
        <legend>
          {say(labels.founders)}: {digits(chosen.length)}{' '}
          {chosen.length < least ? (
            <Sign tone="amber">{`${say(labels.least)}: ${digits(least)}`}</Sign>
          ) : null}
        </legend>
        {proposal.holders.map(({ personId, name: holder }) => (
          <label key={personId} className="k-row">
            <input type="checkbox" checked={!left.has(personId)} onChange={() => toggle(personId)} />{' '}
            {holder ?? '—'}
          </label>
        ))}
      </fieldset>
      {command.error === null ? null : <ProblemNotice error={command.error} />}
      <div className="k-row">
        <Button
          kind="primary"
          icon="send"
          busy={command.isPending}
          refusedBecause={name.trim() === '' ? say(labels.nameNeeded) : null}
          onPress={send}
        >
          {say(labels.found)}
        </Button>
      </div>
    </div>
  );
}

import { useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { largestSum } from '#kernel/rial.ts';
import { useAnswer, type Path } from '#web/command.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { CaseLine } from '#web/pictures/case-line.tsx';
import { useSession } from '#web/session.tsx';
import { ActDialog } from '../board-seat/page.tsx';
import {
  cooperativeActs,
  type Cooperative,
  type CooperativeAct,
  type CooperativePage as PageAnswer,
  type CooperativeState,
} from '../contract.ts';
import { Reserves, useProvince } from '../finder/page.tsx';
import { cooperativeKind } from '../rules.ts';
import {
  boardOfficeWords,
  cooperativeActWords,
  cooperativeLabels as labels,
  kindWords,
  membershipWords,
} from '../words.ts';

const tones: Readonly<Partial<Record<CooperativeState, 'green' | 'amber' | 'red'>>> = {
  active: 'green',
  revived: 'green',
  registered: 'green',
  returned: 'amber',
  stagnant: 'amber',
  dissolved: 'red',
  turned_down: 'red',
};
export const toneOf = (state: CooperativeState): 'green' | 'amber' | 'red' | 'quiet' =>
  tones[state] ?? 'quiet';

const backwards: readonly string[] = ['return', 'refuse', 'withdraw', 'stagnate', 'dissolve'];
const dangerous: readonly string[] = ['refuse', 'dissolve'];
const actNamed = (name: string): CooperativeAct | undefined =>
  cooperativeActs.find((known) => known === name);
const wordOf = (act: string) =>
  act === 'found' ? cooperativeActWords.found : cooperativeActWords[actNamed(act) ?? 'return'];

/** Of what is not lawful now, a reader is shown what would be theirs to do. */
const isMine = (act: string, role: Role | null | undefined): boolean =>
  Object.entries(cooperativeKind.may).some(
    ([name, may]: [string, readonly string[]]) => name === act && role != null && may.includes(role),
  );

/** A sum of shares at their price, or that no account could hold it. */
function MoneyOrBeyond({ rials }: { readonly rials: string | null }): ReactNode {
  const { say } = useSpeech();
  return rials === null ? <Sign tone="red">{say(labels.beyond)}</Sign> : <Money rials={rials} />;
}

function Pooled({ page }: { readonly page: PageAnswer }): ReactNode {
  const { say, digits } = useSpeech();
  const { cooperative, leastMembers, neededToPay } = page;
  const { capital } = cooperative;
  return (
    <Figures>
      <Figure
        label={say(labels.members)}
        value={<Digits value={cooperative.members} />}
        detail={`${say(labels.least)}: ${digits(leastMembers)}`}
        tone={cooperative.members < leastMembers ? 'amber' : 'plain'}
      />
      <Figure
        label={say(labels.pooled)}
        value={<MoneyOrBeyond rials={capital} />}
        detail={
          <>
            <Digits value={cooperative.shares} /> {say(labels.shares)} ×{' '}
            <Money rials={cooperative.sharePrice} />
          </>
        }
      />
      <Figure
        label={say(labels.paid)}
        value={<Money rials={cooperative.paid} />}
        detail={capital === null ? undefined : <Percent part={cooperative.paid} whole={capital} />}
      />
      <Figure label={say(labels.needed)} value={<MoneyOrBeyond rials={neededToPay} />} />
    </Figures>
  );
}

function Members({ page }: { readonly page: PageAnswer }): ReactNode {
  const { say } = useSpeech();
  type Row = PageAnswer['members'][number];
  const sum = (key: 'paid' | 'due') =>
    page.members.every((row) => row[key] !== null) && page.cooperative.capital !== null ? (
      <Money rials={page.members.reduce((whole, row) => whole + BigInt(row[key] ?? 0n), 0n)} />
    ) : (
      '—'
    );
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      title: say(labels.person),
      render: ({ name }) => name ?? '—',
      sortBy: ({ name }) => name ?? '',
      csv: ({ name }) => name ?? '',
    },
    {
      key: 'shares',
      title: say(labels.shares),
      align: 'figure',
      render: ({ shares }) => <Digits value={shares} />,
      sortBy: ({ shares }) => shares,
      csv: ({ shares }) => String(shares),
      sum: <Digits value={page.cooperative.shares} />,
    },
    {
      key: 'paid',
      title: say(labels.paid),
      align: 'figure',
      render: ({ paid }) => <Money rials={paid} />,
      sortBy: ({ paid }) => BigInt(paid),
      csv: ({ paid }) => paid,
      sum: sum('paid'),
    },
    {
      key: 'due',
      title: say(labels.due),
      align: 'figure',
      render: ({ due }) => <MoneyOrBeyond rials={due} />,
      sortBy: ({ due }) => (due === null ? largestSum : BigInt(due)),
      csv: ({ due }) => due ?? say(labels.beyond),
      sum: sum('due'),
    },
  ];
  return (
    <DataTable
      caption={say(labels.members)}
      columns={columns}
      rows={page.members}
      rowKey={({ personId }) => personId}
      csvName="cooperative-members"
      empty={{ title: say(labels.noMembers) }}
    />
  );
}

function BoardTable({ page }: { readonly page: PageAnswer }): ReactNode {
  const { say } = useSpeech();
  type Row = PageAnswer['board'][number];
  const columns: readonly Column<Row>[] = [
    { key: 'name', title: say(labels.person), render: ({ name }) => name ?? '—' },
    { key: 'office', title: say(labels.office), render: ({ office }) => say(boardOfficeWords[office]) },
    {
      key: 'until',
      title: say(labels.until),
      render: ({ until, over }) => (
        <>
          <DayText iso={until} /> {over ? <Sign tone="red">{say(labels.over)}</Sign> : null}
        </>
      ),
    },
  ];
  return page.board.length === 0 ? (
    <p>{say(labels.noBoard)}</p>
  ) : (
    <DataTable
      caption={say(labels.board)}
      columns={columns}
      rows={page.board}
      rowKey={({ personId, office }) => `${personId} ${office}`}
    />
  );
}

function CooperativeFacts({ cooperative }: { readonly cooperative: Cooperative }): ReactNode {
  const { say, digits } = useSpeech();
  return (
    <Facts
      facts={[
        { label: say(labels.kind), value: say(kindWords[cooperative.kind]) },
        { label: say(labels.membership), value: say(membershipWords[cooperative.membership]) },
        { label: say(labels.county), value: say(cooperative.countyName) },
        ...(cooperative.occupation === null
          ? []
          : [{ label: say(labels.occupation), value: say(cooperative.occupation) }]),
        { label: say(labels.foundedOn), value: <DayText iso={cooperative.foundedOn} /> },
        ...(cooperative.registryNumber === null || cooperative.legalId === null
          ? []
          : [
              { label: say(labels.registryNumber), value: <Bidi>{digits(cooperative.registryNumber)}</Bidi> },
              { label: say(labels.legalId), value: <Bidi>{digits(cooperative.legalId)}</Bidi> },
            ]),
      ]}
    />
  );
}

export function CooperativePage(): ReactNode {
  const { say } = useSpeech();
  const own = useProvince();
  const { of }: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const province = own ?? (typeof of === 'string' ? of : null);
  const role = useSession().user?.role;
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  const path: Path = `/api/provinces/${province ?? 'none'}/cooperatives/${params['cooperative'] ?? ''}`;
  const asked = useAnswer<PageAnswer>(province === null ? null : path);
  const [doing, setDoing] = useState<CooperativeAct | null>(null);
  const page = asked.data;
  const above = [{ label: say(labels.cooperatives), href: '/cooperatives' }];
  if (page === undefined)
    return (
      <>
        <PageHead title={say(labels.cooperative)} path={above} />
        {asked.error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )}
      </>
    );
  const { cooperative } = page;
  return (
    <>
      <PageHead
        title={cooperative.name}
        path={above}
        aside={<Sign tone={toneOf(cooperative.state)}>{say(cooperative.stateName)}</Sign>}
        actions={<PrintButton />}
      />
      <CooperativeFacts cooperative={cooperative} />
      {cooperative.capital === null ? (
        <Notice tone="red" title={say(labels.beyond)}>
          {say(labels.beyondHelp)}
        </Notice>
      ) : null}
      <Pooled page={page} />
      <div style={{ marginBlock: 'var(--s6)' }}>
        <CaseLine
          acts={page.acts.map((done) => ({
            id: done.id,
            title: say(wordOf(done.act)),
            by: done.byName ?? done.byRole,
            at: done.at,
            detail: done.reason ?? undefined,
            back: backwards.includes(done.act),
          }))}
          now={
            cooperativeKind.closed.some((one) => one === cooperative.state)
              ? null
              : { title: say(cooperative.stateName) }
          }
          choices={page.choices
            .filter(({ act, lawful }) => lawful || isMine(act, role))
            .map(({ act, lawful, because }) => ({
              act,
              label: say(wordOf(act)),
              lawful,
              because: because === null ? null : say(because),
              primary: !backwards.includes(act),
              danger: dangerous.includes(act),
            }))}
          onChoose={(act) => setDoing(actNamed(act) ?? null)}
        />
      </div>
      <Section title={say(labels.members)}>
        <Members page={page} />
      </Section>
      <Section title={say(labels.board)}>
        <BoardTable page={page} />
      </Section>
      <Section title={say(labels.reserves)}>
        <Reserves reserves={page.reserves} />
      </Section>
      {doing === null ? null : (
        <ActDialog page={page} act={doing} path={path} onClose={() => setDoing(null)} />
      )}
    </>
  );
}

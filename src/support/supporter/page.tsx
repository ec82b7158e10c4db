import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { useAnswer, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { CaseLine } from '#web/pictures/case-line.tsx';
import { useSession } from '#web/session.tsx';
import { ActDialog, dangerous } from '../capacity/page.tsx';
import {
  supporterActs,
  type Capacity,
  type CapacityStand,
  type Supporter,
  type SupporterAct,
  type SupporterPage as PageAnswer,
  type SupporterState,
} from '../contract.ts';
import { enterers, usePlace } from '../draft/page.tsx';
import { Contracts, DraftDialog } from '../link/page.tsx';
import { supporterKind } from '../rules.ts';
import { contractLabels } from '../three-party-contract/words.ts';
import {
  capacityStandingWords,
  orderPeriodWords,
  orderUnitWords,
  supporterActWords,
  supporterKindWords,
  supporterLabels as labels,
} from '../words.ts';

const tones: Readonly<Partial<Record<SupporterState, 'green' | 'amber' | 'red'>>> = {
  active: 'green',
  capacity_proposed: 'amber',
  returned: 'amber',
  suspended: 'red',
  turned_down: 'red',
};
export const toneOf = (state: SupporterState): 'green' | 'amber' | 'red' | 'quiet' => tones[state] ?? 'quiet';

const actNamed = (name: string): SupporterAct | undefined => supporterActs.find((known) => known === name);
const wordOf = (act: string) =>
  act === 'enter' ? supporterActWords.enter : supporterActWords[actNamed(act) ?? 'return'];
const backwards: readonly string[] = [...dangerous, 'return'];
const primary: readonly string[] = ['approve', 'accept_capacity', 'resubmit'];

/** Of what is not lawful now, a reader is shown what would be theirs to do. */
const isMine = (act: string, role: Role | null | undefined): boolean =>
  Object.entries(supporterKind.may).some(
    ([name, may]: [string, readonly string[]]) => name === act && role != null && may.includes(role),
  );

type OrdersProps = {
  readonly value: string | null;
  readonly of: Pick<Supporter, 'ordersUnit' | 'ordersPeriod'>;
};

/** Orders in the supporter's unit and period. */
export function Orders({ value, of }: OrdersProps): ReactNode {
  const { say } = useSpeech();
  if (value === null) return say(labels.noLimit);
  return (
    <>
      {of.ordersUnit === 'rial' ? (
        <Money rials={value} />
      ) : (
        <>
          <Digits value={BigInt(value)} /> {say(orderUnitWords.piece)}
        </>
      )}{' '}
      {say(orderPeriodWords[of.ordersPeriod])}
    </>
  );
}

const placeColumns = (say: (text: { fa: string; en: string }) => string) =>
  [
    {
      key: 'category',
      title: say(labels.category),
      render: (row: CapacityStand | Capacity) => say(row.categoryName),
      csv: (row: CapacityStand | Capacity) => say(row.categoryName),
    },
    {
      key: 'county',
      title: say(labels.county),
      render: (row: CapacityStand | Capacity) => say(row.countyName),
      csv: (row: CapacityStand | Capacity) => say(row.countyName),
    },
  ] as const;

function Stands({ page }: { readonly page: PageAnswer }): ReactNode {
  const { say } = useSpeech();
  const count = (key: 'jobs' | 'links' | 'free', title: string): Column<CapacityStand> => ({
    key,
    title,
    align: 'figure',
    render: (row) => <Digits value={row[key]} />,
    sortBy: (row) => row[key],
    csv: (row) => String(row[key]),
    sum: <Digits value={page.stands.reduce((sum, row) => sum + row[key], 0)} />,
  });
  const columns: readonly Column<CapacityStand>[] = [
    ...placeColumns(say),
    count('jobs', say(labels.jobs)),
    count('links', say(labels.links)),
    count('free', say(labels.free)),
    {
      key: 'orders',
      title: say(labels.orders),
      render: ({ orders }) => <Orders value={orders} of={page.supporter} />,
      csv: ({ orders }) => orders ?? '',
    },
    {
      key: 'promised',
      title: say(labels.promised),
      render: ({ promised }) => <Orders value={promised} of={page.supporter} />,
      csv: ({ promised }) => promised,
    },
  ];
  return (
    <DataTable
      caption={say(labels.capacityNow)}
      columns={columns}
      rows={page.stands}
      rowKey={({ categoryKey, countyCode }) => `${categoryKey} ${countyCode}`}
      csvName="supporter-capacity"
      empty={{ title: say(labels.noCapacity), body: say(labels.noCapacityHelp) }}
    />
  );
}

const standingTones = {
  proposed: 'amber',
  coming: 'quiet',
  in_force: 'green',
  held: 'quiet',
  rejected: 'red',
} as const satisfies Record<Capacity['standing'], string>;

function Versions({ page }: { readonly page: PageAnswer }): ReactNode {
  const { say } = useSpeech();
  const columns: readonly Column<Capacity>[] = [
    ...placeColumns(say),
    { key: 'from', title: say(labels.fromOn), render: ({ fromOn }) => <DayText iso={fromOn} /> },
    {
      key: 'jobs',
      title: say(labels.places),
      align: 'figure',
      render: ({ jobs }) => <Digits value={jobs} />,
    },
    {
      key: 'orders',
      title: say(labels.orders),
      render: ({ orders }) => <Orders value={orders} of={page.supporter} />,
    },
    {
      key: 'standing',
      title: say(labels.standing),
      render: ({ standing }) => (
        <Sign tone={standingTones[standing]}>{say(capacityStandingWords[standing])}</Sign>
      ),
    },
    { key: 'proposed', title: say(labels.proposedBy), render: ({ proposedBy }) => proposedBy ?? '—' },
    { key: 'approved', title: say(labels.approvedBy), render: ({ approvedBy }) => approvedBy ?? '—' },
  ];
  return (
    <DataTable
      caption={say(labels.versions)}
      columns={columns}
      rows={page.capacities}
      rowKey={({ capacityId }) => capacityId}
      empty={{ title: say(labels.noCapacity) }}
    />
  );
}

type FactsProps = { readonly supporter: Supporter; readonly province: string };

function SupporterFacts({ supporter, province }: FactsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <Facts
      facts={[
        { label: say(labels.kind), value: say(supporterKindWords[supporter.kind]) },
        { label: say(labels.county), value: say(supporter.countyName) },
        { label: say(labels.enteredOn), value: <DayText iso={supporter.enteredOn} /> },
        ...(supporter.endedOn === null
          ? []
          : [{ label: say(labels.endedOn), value: <DayText iso={supporter.endedOn} /> }]),
        { label: say(labels.record), value: <Digits value={supporter.recordYears} /> },
        { label: say(labels.listed), value: say(supporter.listed ? labels.yes : labels.no) },
        {
          label: say(labels.person),
          value: <Link href={`/persons/${province}/${supporter.personId}`}>{say(labels.personPage)}</Link>,
        },
      ]}
    />
  );
}

function Taken({ page }: { readonly page: PageAnswer }): ReactNode {
  const { say } = useSpeech();
  const { jobs, links } = page.supporter;
  const free = page.stands.reduce((sum, stand) => sum + stand.free, 0);
  return (
    <Figures>
      <Figure label={say(labels.jobs)} value={<Digits value={jobs} />} />
      <Figure label={say(labels.links)} value={<Digits value={links} />} />
      <Figure
        label={say(labels.free)}
        value={<Digits value={free} />}
        tone={jobs > 0 && free === 0 ? 'amber' : 'plain'}
      />
    </Figures>
  );
}

export function SupporterPage(): ReactNode {
  const { say } = useSpeech();
  const own = usePlace().province;
  const { of }: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const province = own ?? (typeof of === 'string' ? of : null);
  const role = useSession().user?.role;
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  const path: Path = `/api/provinces/${province ?? 'none'}/supporters/${params['supporter'] ?? ''}`;
  const asked = useAnswer<PageAnswer>(province === null ? null : path);
  const [doing, setDoing] = useState<SupporterAct | 'draft' | null>(null);
  const navigate = useNavigate();
  const page = asked.data;
  const above = [{ label: say(labels.supporters), href: '/supporters' }];
  if (page === undefined || province === null)
    return (
      <>
        <PageHead title={say(labels.supporter)} path={above} />
        {asked.error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )}
      </>
    );
  const { supporter } = page;
  return (
    <>
      <PageHead
        title={supporter.name ?? '—'}
        path={above}
        aside={<Sign tone={toneOf(supporter.state)}>{say(supporter.stateName)}</Sign>}
        actions={
          <>
            <PrintButton />
            {role != null && enterers.includes(role) && page.stands.length > 0 ? (
              <Button kind="primary" icon="add" onPress={() => setDoing('draft')}>
                {say(contractLabels.draft)}
              </Button>
            ) : null}
          </>
        }
      />
      <SupporterFacts supporter={supporter} province={province} />
      <Taken page={page} />
      <Section title={say(labels.capacityNow)}>
        <Stands page={page} />
      </Section>
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
            supporterKind.closed.some((one) => one === supporter.state)
              ? null
              : { title: say(supporter.stateName) }
          }
          choices={page.choices
            .filter(({ act, lawful }) => lawful || isMine(act, role))
            .map(({ act, lawful, because }) => ({
              act,
              label: say(wordOf(act)),
              lawful,
              because: because === null ? null : say(because),
              primary: primary.includes(act),
              danger: dangerous.includes(act),
            }))}
          onChoose={(act) => setDoing(actNamed(act) ?? null)}
        />
      </div>
      <Section title={say(labels.versions)}>
        <Versions page={page} />
      </Section>
      <Section title={say(contractLabels.workers)}>
        <Contracts province={province} supporter={supporter.supporterId} readsAll={own === null} />
      </Section>
      {doing === 'draft' ? (
        <DraftDialog
          province={province}
          page={page}
          onClose={() => setDoing(null)}
          onDone={(contractId) => void navigate({ to: `/supporters/contracts/${contractId}` })}
        />
      ) : null}
      {doing === null || doing === 'draft' ? null : (
        <ActDialog province={province} page={page} act={doing} path={path} onClose={() => setDoing(null)} />
      )}
    </>
  );
}

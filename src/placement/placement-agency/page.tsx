import { useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { useAnswer, type Path } from '#web/command.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { CaseLine } from '#web/pictures/case-line.tsx';
import { useSession } from '#web/session.tsx';
import {
  agencyActs,
  type Agency,
  type AgencyAct,
  type AgencyPage as PageAnswer,
  type AgencyStanding,
  type Permit,
} from '../contract.ts';
import { ActDialog, dangerous, usePlace } from '../permit/page.tsx';
import { agencyKind } from '../rules.ts';
import {
  agencyActWords,
  agencyChannelWords,
  agencyKindWords,
  agencyLabels as labels,
  permitStandingWords,
} from '../words.ts';

const tones: Readonly<Partial<Record<AgencyStanding, 'green' | 'amber' | 'red'>>> = {
  valid: 'green',
  renewal_proposed: 'green',
  entered: 'amber',
  returned: 'amber',
  coming: 'amber',
  expired: 'red',
  suspended: 'red',
  annulled: 'red',
  turned_down: 'red',
};
export const toneOf = (standing: AgencyStanding): 'green' | 'amber' | 'red' | 'quiet' =>
  tones[standing] ?? 'quiet';

const code = (text: string): ReactNode => (
  <bdi dir="ltr">
    <Digits value={text} />
  </bdi>
);

function AgencyFacts({ agency }: { readonly agency: Agency }): ReactNode {
  const { say } = useSpeech();
  const { kind, channel, countyName, permitNumber, address, phone, endedOn } = agency;
  return (
    <Facts
      facts={[
        { label: say(labels.kind), value: say(agencyKindWords[kind]) },
        { label: say(labels.channel), value: say(agencyChannelWords[channel]) },
        { label: say(labels.county), value: say(countyName) },
        { label: say(labels.permitNumber), value: code(permitNumber) },
        { label: say(labels.validFrom), value: <DayText iso={agency.validFrom} /> },
        { label: say(labels.validUntil), value: <DayText iso={agency.validUntil} /> },
        { label: say(labels.address), value: address === null ? '—' : <bdi>{address}</bdi> },
        { label: say(labels.phone), value: code(phone) },
        { label: say(labels.listed), value: say(agency.listed ? labels.yes : labels.no) },
        { label: say(labels.enteredOn), value: <DayText iso={agency.enteredOn} /> },
        ...(endedOn === null ? [] : [{ label: say(labels.endedOn), value: <DayText iso={endedOn} /> }]),
      ]}
    />
  );
}

const permitTones = { proposed: 'amber', approved: 'green', not_accepted: 'red' } as const;

function Permits({ permits }: { readonly permits: readonly Permit[] }): ReactNode {
  const { say } = useSpeech();
  const columns: readonly Column<Permit>[] = [
    { key: 'from', title: say(labels.validFrom), render: ({ validFrom }) => <DayText iso={validFrom} /> },
    { key: 'until', title: say(labels.validUntil), render: ({ validUntil }) => <DayText iso={validUntil} /> },
    {
      key: 'standing',
      title: say(labels.permitStanding),
      render: ({ standing }) => (
        <Sign tone={permitTones[standing]}>{say(permitStandingWords[standing])}</Sign>
      ),
    },
    { key: 'proposed', title: say(labels.proposedBy), render: ({ proposedBy }) => proposedBy ?? '—' },
    { key: 'approved', title: say(labels.approvedBy), render: ({ approvedBy }) => approvedBy ?? '—' },
  ];
  return (
    <DataTable
      caption={say(labels.permits)}
      columns={columns}
      rows={permits}
      rowKey={({ permitId }) => permitId}
      empty={{ title: say(labels.noPermits) }}
    />
  );
}

const actNamed = (name: string): AgencyAct | undefined => agencyActs.find((known) => known === name);
const wordOf = (act: string) =>
  act === 'enter' ? agencyActWords.enter : agencyActWords[actNamed(act) ?? 'return'];
const backwards: readonly string[] = [...dangerous, 'return'];
const primary: readonly string[] = ['approve', 'accept_renewal', 'resubmit'];

/** Of what is not lawful now, a reader is shown what would be theirs to do. */
const isMine = (act: string, role: Role | null | undefined): boolean =>
  Object.entries(agencyKind.may).some(
    ([name, may]: [string, readonly string[]]) => name === act && role != null && may.includes(role),
  );

type LineProps = { readonly page: PageAnswer; readonly onChoose: (act: AgencyAct | null) => void };

function Line({ page, onChoose }: LineProps): ReactNode {
  const { say } = useSpeech();
  const role = useSession().user?.role;
  return (
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
        agencyKind.closed.some((one) => one === page.agency.state)
          ? null
          : { title: say(page.agency.standingName) }
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
      onChoose={(act) => onChoose(actNamed(act) ?? null)}
    />
  );
}

export function AgencyPage(): ReactNode {
  const { say } = useSpeech();
  const own = usePlace().province;
  const { of }: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const province = own ?? (typeof of === 'string' ? of : null);
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  const path: Path = `/api/provinces/${province ?? 'none'}/placement-agencies/${params['agency'] ?? ''}`;
  const asked = useAnswer<PageAnswer>(province === null ? null : path);
  const [doing, setDoing] = useState<AgencyAct | null>(null);
  const page = asked.data;
  const above = [{ label: say(labels.agencies), href: '/placement-agencies' }];
  if (page === undefined)
    return (
      <>
        <PageHead title={say(labels.agency)} path={above} />
        {asked.error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )}
      </>
    );
  const { agency } = page;
  return (
    <>
      <PageHead
        title={agency.name}
        path={above}
        aside={<Sign tone={toneOf(agency.standing)}>{say(agency.standingName)}</Sign>}
        actions={<PrintButton />}
      />
      <AgencyFacts agency={agency} />
      <div style={{ marginBlock: 'var(--s6)' }}>
        <Line page={page} onChoose={setDoing} />
      </div>
      <Section title={say(labels.permits)}>
        <Permits permits={page.permits} />
      </Section>
      {doing === null ? null : (
        <ActDialog page={page} act={doing} path={path} onClose={() => setDoing(null)} />
      )}
    </>
  );
}

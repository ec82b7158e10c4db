import type { ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import { moneyScale, unitWords } from '#web/format.ts';
import { useAnswer } from '#web/command.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Money } from '#web/kit/money.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Panel, PanelSubject } from '#web/panel.tsx';
import type { Stake, Stakes } from './stake/contract.ts';
import { stakeLabels } from './stake/words.ts';
import { boardOfficeWords, cooperativeLabels as labels } from './words.ts';

/** Of which cooperatives the person whose page it is, is or was a member. */
function StakesOfPerson({ province, subjectId }: PanelSubject): ReactNode {
  const { say } = useSpeech();
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const of = session?.actor?.scope.province === 'all' ? `?of=${province}` : '';
  const asked = useAnswer<Stakes>(`/api/provinces/${province}/persons/${subjectId}/cooperatives`);
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  const items = asked.data?.items;
  const scale = moneyScale((items ?? []).map(({ paid }) => paid));
  const columns: readonly Column<Stake>[] = [
    { key: 'name', title: say(labels.name), render: ({ cooperative }) => <bdi>{cooperative.name}</bdi> },
    {
      key: 'county',
      title: say(labels.county),
      render: ({ cooperative }) => say(cooperative.countyName),
    },
    {
      key: 'shares',
      title: say(labels.shares),
      align: 'figure',
      render: ({ shares }) => (shares === 0 ? say(stakeLabels.left) : <Digits value={shares} />),
    },
    {
      key: 'paid',
      title: `${say(labels.paid)} (${say(unitWords[scale.unit])})`,
      align: 'figure',
      render: ({ paid }) => <Money rials={paid} scale={scale} />,
    },
    {
      key: 'office',
      title: say(labels.office),
      render: ({ office }) => say(office === null ? labels.noOffice : boardOfficeWords[office]),
    },
    { key: 'state', title: say(labels.state), render: ({ cooperative }) => say(cooperative.stateName) },
  ];
  return (
    <DataTable
      caption={say(stakeLabels.title)}
      columns={columns}
      rows={items}
      rowKey={({ cooperative }) => cooperative.cooperativeId}
      rowHref={({ cooperative }) => `/cooperatives/${cooperative.cooperativeId}${of}`}
      empty={{ title: say(stakeLabels.none), body: say(stakeLabels.noneHelp) }}
    />
  );
}

export const panels: readonly Panel[] = [
  {
    on: 'person',
    title: stakeLabels.title,
    order: 32,
    roles: ['director', 'deputy', 'county_office', 'auditor', 'ministry'],
    component: StakesOfPerson,
  },
];

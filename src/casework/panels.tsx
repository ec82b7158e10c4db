import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Panel, PanelSubject } from '#web/panel.tsx';
import { DeadlineSign } from '#web/pictures/case-line.tsx';
import type { CaseRow } from './inbox/contract.ts';
import { caseLabels } from './words.ts';

type Province = { readonly provinceId: number; readonly slug: string };
type List = { readonly items: readonly CaseRow[]; readonly next: string | null };
const most = 100;

/** Open and closed cases about the person whose page it is, the last moved first. */
function CasesOfPerson({ province, subjectId }: PanelSubject): ReactNode {
  const { say, digits } = useSpeech();
  const provinces = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces;
  const provinceId = provinces?.find(({ slug }) => slug === province)?.provinceId;
  const asked = useAnswer<List>(
    provinceId === undefined
      ? null
      : `/api/provinces/${provinceId}/cases?tab=all&subject=${subjectId}&limit=${most}`,
  );
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  const columns: readonly Column<CaseRow>[] = [
    {
      key: 'number',
      title: say(caseLabels.number),
      render: ({ number }) => <Bidi>{digits(number)}</Bidi>,
    },
    { key: 'kind', title: say(caseLabels.kind), render: ({ kind }) => say(kind.title) },
    { key: 'state', title: say(caseLabels.state), render: ({ state }) => say(state.title) },
    { key: 'moved', title: say(caseLabels.moved), render: ({ movedAt }) => <InstantText iso={movedAt} /> },
    {
      key: 'deadline',
      title: say(caseLabels.deadline),
      render: ({ deadline }) =>
        deadline === null ? (
          '—'
        ) : (
          <DeadlineSign deadline={{ on: deadline.dueOn, daysLeft: deadline.workingDaysLeft }} />
        ),
    },
  ];
  return (
    <>
      <DataTable
        caption={say(caseLabels.ofPerson)}
        columns={columns}
        rows={asked.data?.items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/cases/${provinceId}/${id}`}
        empty={{ title: say(caseLabels.noCasesOfPerson), body: say(caseLabels.noCasesOfPersonHelp) }}
      />
      {asked.data == null || asked.data.next === null ? null : (
        <p className="k-hint">{say(caseLabels.moreOfPerson)}</p>
      )}
    </>
  );
}

export const panels: readonly Panel[] = [
  {
    on: 'person',
    title: caseLabels.ofPerson,
    order: 20,
    roles: ['director', 'deputy', 'county_office', 'agency', 'bank', 'auditor', 'ministry'],
    component: CasesOfPerson,
  },
];

import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import type { Bilingual } from '#kernel/indicator.ts';
import { moneyScale, unitWords } from '#web/format.ts';
import { Digits } from '#web/kit/digits.tsx';
import { Money } from '#web/kit/money.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Panel, PanelSubject } from '#web/panel.tsx';
import type { HeldAward } from './beneficiary/contract.ts';
import { awardLabels } from './award/words.ts';
import { beneficiaryLabels as labels } from './beneficiary/words.ts';
import { lineLabels } from './line/words.ts';
import { creditLabels, creditNames, programmeWords } from './words.ts';

const stateNames = new Map<string, Bilingual>(Object.entries(creditNames.states));

/** What was awarded to the person whose page it is. */
function Awarded({ province, subjectId }: PanelSubject): ReactNode {
  const { say, digits } = useSpeech();
  const asked = useAnswer<{ readonly items: readonly HeldAward[] }>(
    `/api/provinces/${province}/credit/beneficiaries/${subjectId}/awards`,
  );
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  const items = asked.data?.items;
  const scale = moneyScale((items ?? []).flatMap(({ amount, paid }) => [amount, paid]));
  return (
    <>
      {items === undefined || items.length === 0 ? null : (
        <p className="k-hint">{`${say(lineLabels.columnUnit)} ${say(unitWords[scale.unit])}`}</p>
      )}
      <DataTable
        caption={say(labels.awards)}
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ sliceId }) => `/credit/${province}/slices/${sliceId}`}
        empty={{ title: say(labels.none), body: say(labels.noneBody) }}
        columns={[
          {
            key: 'line',
            title: say(labels.line),
            render: ({ programme, budgetYear }) => `${say(programmeWords[programme])} ${digits(budgetYear)}`,
          },
          {
            key: 'amount',
            title: say(creditLabels.amount),
            align: 'figure',
            render: ({ amount }) => <Money rials={amount} scale={scale} />,
          },
          {
            key: 'paid',
            title: say(awardLabels.paid),
            align: 'figure',
            render: ({ paid }) => <Money rials={paid} scale={scale} />,
          },
          {
            key: 'jobs',
            title: say(creditLabels.numberOfJobs),
            align: 'figure',
            render: ({ jobs }) => <Digits value={jobs} />,
          },
          {
            key: 'state',
            title: say(creditLabels.state),
            render: ({ state }) => say(stateNames.get(state) ?? { fa: state, en: state }),
          },
        ]}
      />
    </>
  );
}

export const panels: readonly Panel[] = [
  {
    on: 'person',
    title: labels.awards,
    order: 10,
    roles: ['director', 'deputy', 'county_office', 'auditor', 'ministry'],
    component: Awarded,
  },
];

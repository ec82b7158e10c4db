import type { ReactNode } from 'react';
import { moneyScale, rialsOf } from '#web/format.ts';
import { Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { About, Unspent, Weeks } from '../forecast/page.tsx';
import { lapseLabels } from '../lapse/words.ts';
import { UnitOf } from '../province/page.tsx';
import type { LapsePage } from '../reallocation/contract.ts';
import { creditLabels } from '../words.ts';
import { branchLabels } from './words.ts';

type Row = LapsePage['branches'][number];

const waiting = (row: Row): bigint => rialsOf(row.contracted) - rialsOf(row.paid);

function useColumns(rows: readonly Row[]) {
  const { say } = useSpeech();
  const scale = moneyScale(rows.flatMap(({ contracted, paid }) => [contracted, paid]));
  const rials = say(creditLabels.rials);
  const money = (key: string, title: string, of: (row: Row) => bigint): Column<Row> => ({
    key,
    title,
    align: 'figure',
    render: (row) => <Money rials={of(row)} scale={scale} />,
    sortBy: of,
    csv: (row) => of(row).toString(),
    csvTitle: `${title} (${rials})`,
    sum: <Money rials={rows.reduce((sum, row) => sum + of(row), 0n)} scale={scale} />,
  });
  const columns: readonly Column<Row>[] = [
    {
      key: 'branch',
      title: say(branchLabels.branch),
      render: (row) => say(row.name),
      sortBy: (row) => say(row.name),
      csv: (row) => say(row.name),
    },
    money('contracted', say(branchLabels.contracted), (row) => rialsOf(row.contracted)),
    money('paid', say(branchLabels.paid), (row) => rialsOf(row.paid)),
    money('waits', say(branchLabels.waits), waiting),
    {
      key: 'weeks',
      title: say(lapseLabels.weeks),
      render: (row) => <Weeks weeks={row.weeks} />,
      wideOnly: true,
    },
    {
      key: 'rate',
      title: say(branchLabels.perWeek),
      align: 'figure',
      render: (row) => (row.forecast.kind === 'forecast' ? <About rials={row.forecast.perWeek} /> : null),
      csv: (row) => (row.forecast.kind === 'forecast' ? row.forecast.perWeek : ''),
      csvTitle: `${say(branchLabels.perWeek)} (${rials})`,
    },
    {
      key: 'unpaid',
      title: say(branchLabels.unpaid),
      align: 'figure',
      render: (row) => <Unspent forecast={row.forecast} />,
      csv: (row) => (row.forecast.kind === 'forecast' ? row.forecast.unspent.median : ''),
      csvTitle: `${say(branchLabels.unpaid)} (${rials})`,
    },
  ];
  return { columns, scale };
}

/** How fast each branch pays what is contracted with it. */
export function Branches({
  page,
  province,
}: {
  readonly page: LapsePage;
  readonly province: string;
}): ReactNode {
  const { say } = useSpeech();
  const { columns, scale } = useColumns(page.branches);
  return (
    <Section title={say(branchLabels.title)}>
      {page.branches.length === 0 ? null : <UnitOf scale={scale} />}
      <DataTable
        caption={say(branchLabels.title)}
        columns={columns}
        rows={page.branches.toSorted((a, b) => (waiting(a) > waiting(b) ? -1 : 1))}
        rowKey={(row) => `${row.bankCode} ${row.branchCode}`}
        csvName={`branches-${province}`}
        empty={{ title: say(branchLabels.none), body: say(branchLabels.noneHint) }}
      />
      {page.branches.length === 0 ? null : <p className="k-hint">{say(branchLabels.note)}</p>}
    </Section>
  );
}

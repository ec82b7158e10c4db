import { useState, type ReactNode } from 'react';
import { type Rial, minus, zero } from '#kernel/rial.ts';
import { moneyScale } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Money } from '#web/kit/money.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { UnitOf } from '../province/page.tsx';
import { type Tried, balanceOf } from '../scenario/rules.ts';
import { scenarioLabels } from '../scenario/words.ts';
import { slicingLabels } from '../slicing/words.ts';
import { ChangeBar, Count } from '../weight/page.tsx';
import { creditLabels } from '../words.ts';

/** A scenario that was kept beside the table: its address, and what each county gets by it. */
export type Kept = { readonly text: string; readonly amounts: ReadonlyMap<string, Rial> };

type Compared = {
  readonly tried: readonly Tried[];
  /** What the scenario is compared with, in words. */
  readonly against: string;
  readonly kept: readonly Kept[];
  readonly hasReserve: boolean;
  readonly nameOf: (countyCode: string) => string;
};

const sizeOf = (sum: bigint): bigint => (sum < 0n ? -sum : sum);

const changeOf = ({ amount, before }: Tried): bigint => (before === null ? 0n : minus(amount, before));

function useColumns({ tried, against, kept, hasReserve, nameOf }: Compared) {
  const { say, digits } = useSpeech();
  const sums = tried.flatMap(({ amount, before, locked }) => [amount, before ?? zero, locked]);
  const scale = moneyScale([...sums, ...kept.flatMap(({ amounts }) => [...amounts.values()])]);
  const largest = tried.map(changeOf).reduce((most, one) => (sizeOf(one) > most ? sizeOf(one) : most), 0n);
  const money = (
    key: string,
    title: ReactNode,
    csvTitle: string,
    of: (row: Tried) => bigint,
  ): Column<Tried> => ({
    key,
    title,
    align: 'figure',
    render: (row) => <Money rials={of(row)} scale={scale} />,
    sortBy: of,
    csv: (row) => of(row).toString(),
    csvTitle: `${csvTitle} (${say(creditLabels.rials)})`,
    sum: <Money rials={tried.reduce((sum, row) => sum + of(row), 0n)} scale={scale} />,
  });
  const heldWords = { floor: slicingLabels.atFloor, cap: slicingLabels.atCap } as const;
  const columns: readonly Column<Tried>[] = [
    {
      key: 'name',
      title: say(creditLabels.county),
      render: (row) => (
        <>
          {nameOf(row.countyCode)}
          {row.held === null ? null : <small className="k-hint"> · {say(heldWords[row.held])}</small>}
        </>
      ),
      sortBy: (row) => nameOf(row.countyCode),
      csv: (row) => nameOf(row.countyCode),
    },
    money('before', against, against, (row) => row.before ?? 0n),
    money('amount', say(scenarioLabels.now), say(scenarioLabels.now), (row) => row.amount),
    {
      key: 'change',
      title: say(scenarioLabels.change),
      render: (row) => <ChangeBar change={changeOf(row)} largest={largest} scale={scale} />,
      sortBy: changeOf,
      csv: (row) => changeOf(row).toString(),
      csvTitle: `${say(scenarioLabels.change)} (${say(creditLabels.rials)})`,
    },
    ...(!hasReserve
      ? []
      : [
          money(
            'locked',
            <>
              <Icon name="lock" size={13} /> {say(slicingLabels.lockedPart)}
            </>,
            say(slicingLabels.lockedPart),
            (row) => row.locked,
          ),
        ]),
    ...kept.map(({ amounts }, place) => {
      const title = `${say(scenarioLabels.kept)} ${digits(place + 1)}`;
      return money(`kept ${place}`, title, title, (row) => amounts.get(row.countyCode) ?? 0n);
    }),
  ];
  return { columns, scale };
}

/** Every county before and after, who gains and who loses, with what was kept side by side. */
export function Comparison(
  order: Compared & {
    /** Beside the heading: whether the server agrees. */
    readonly sign: ReactNode;
    readonly onTakeUp: (text: string) => void;
    readonly onDrop: (text: string) => void;
  },
): ReactNode {
  const { tried, kept, nameOf } = order;
  const { say, digits } = useSpeech();
  const [sought, setSought] = useState('');
  const { columns, scale } = useColumns(order);
  const shown = tried.filter(({ countyCode }) => nameOf(countyCode).includes(sought.trim()));
  const balance = balanceOf(tried);
  return (
    <Section title={say(scenarioLabels.result)} aside={order.sign}>
      <div className="k-row" style={{ justifyContent: 'space-between', marginBlockEnd: 'var(--s3)' }}>
        <span className="k-row" aria-live="polite">
          <Count value={balance.gainers} noun={say(scenarioLabels.gainers)} />
          <Count value={balance.losers} noun={say(scenarioLabels.losers)} />
          <span>
            {say(scenarioLabels.moved)}: <Money rials={balance.moved} />
          </span>
        </span>
        <div className="no-print" style={{ inlineSize: '220px' }}>
          <TextField
            label={say(scenarioLabels.find)}
            name="find"
            type="search"
            required
            value={sought}
            onChange={setSought}
          />
        </div>
      </div>
      {kept.map(({ text }, place) => (
        <span key={text} className="k-row no-print">
          {say(scenarioLabels.kept)} {digits(place + 1)}
          <Button kind="quiet" onPress={() => order.onTakeUp(text)}>
            {say(scenarioLabels.takeUp)}
          </Button>
          <Button kind="quiet" icon="close" onPress={() => order.onDrop(text)}>
            {say(scenarioLabels.drop)}
          </Button>
        </span>
      ))}
      <UnitOf scale={scale} />
      <div className="k-wide">
        <DataTable
          caption={say(scenarioLabels.result)}
          columns={columns}
          rows={shown}
          rowKey={(row) => row.countyCode}
          csvName="scenario"
          dense
          empty={{ title: say(scenarioLabels.noneFound) }}
        />
      </div>
    </Section>
  );
}

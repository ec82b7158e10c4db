import type { ReactNode } from 'react';
import { exactRials, moneyScale, percentPoints, percentText, rialsOf, type MoneyScale } from '#web/format.ts';
import { Digits } from '#web/kit/digits.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { SliceBar } from '#web/pictures/slice-bar.tsx';
import type { Standing } from '../contract.ts';
import { lineLabels } from '../line/words.ts';
import { UnitOf } from '../province/page.tsx';
import { creditLabels } from '../words.ts';

/** Small lines one under the other, below a figure. */
const Lines = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <span style={{ display: 'grid' }}>{children}</span>
);

/** The head figures of a line and of a slice: what was given, what is locked, what is paid, what is at the bank. */
export function StandingFigures({
  standing,
  first,
  recordsHref,
}: {
  readonly standing: Standing;
  /** What the whole is called: notified for a line, slice for a county. */
  readonly first: string;
  readonly recordsHref?: string;
}): ReactNode {
  const { say, language } = useSpeech();
  const sum = (name: keyof Standing): bigint => rialsOf(standing[name]);
  const list = recordsHref === undefined ? {} : { href: recordsHref };
  return (
    <Figures>
      <Figure
        label={first}
        value={<Money rials={standing.amount} />}
        detail={exactRials(sum('amount'), language)}
        {...list}
      />
      {sum('reserve') === 0n ? null : (
        <Figure
          label={`${say(creditLabels.reserve)} · ${percentText(sum('reserve'), sum('amount'), language)}`}
          value={<Money rials={standing.reserve} />}
          tone="locked"
          detail={
            <Lines>
              <span>
                {say(lineLabels.stillLocked)} <Money rials={standing.locked} />
              </span>
              <span>
                {say(lineLabels.committed)} <Money rials={sum('reserve') - sum('locked')} />
              </span>
            </Lines>
          }
        />
      )}
      <Figure
        label={say(creditLabels.paidSoFar)}
        value={<Money rials={standing.paidSoFar} />}
        detail={
          <Lines>
            <span>{`${percentText(sum('paidSoFar'), sum('amount'), language)} ${say(lineLabels.of)} ${first.toLowerCase()}`}</span>
            {sum('reportedNotConfirmed') === 0n ? null : (
              <Sign tone="amber" icon="time">
                {say(creditLabels.reported)}: <Money rials={standing.reportedNotConfirmed} />
              </Sign>
            )}
          </Lines>
        }
      />
      <Figure
        label={say(creditLabels.nowAtBank)}
        value={<Money rials={sum('referred') + sum('contracted')} />}
        detail={
          <Lines>
            <span>
              {say(lineLabels.referredNow)} <Money rials={standing.referred} />
            </span>
            <span>
              {say(lineLabels.contractedNow)} <Money rials={standing.contracted} />
            </span>
          </Lines>
        }
      />
    </Figures>
  );
}

/** A row of a table of slices: a slice, or what of the parent none of them has. */
export type SliceRow = {
  readonly key: string;
  readonly name: string;
  readonly href: string;
  readonly standing: Standing;
  readonly jobTarget: number | null;
};

/** Paid of the whole; behind time by more than ten points it says so by sign and colour. */
function Absorption({
  standing,
  timePassed,
}: {
  readonly standing: Standing;
  readonly timePassed: number;
}): ReactNode {
  const paid = rialsOf(standing.paidSoFar);
  const whole = rialsOf(standing.amount);
  const share = <Percent part={paid} whole={whole} />;
  if (whole === 0n || percentPoints(paid, whole) + 10n >= BigInt(timePassed)) return share;
  return (
    <Sign tone="amber" icon="late">
      {share}
    </Sign>
  );
}

function useSliceColumns(order: {
  readonly of: string;
  readonly sum: Standing;
  readonly jobs: number;
  readonly timePassed: number;
  readonly scale: MoneyScale;
}): readonly Column<SliceRow>[] {
  const { say } = useSpeech();
  const { scale, sum, timePassed } = order;
  const money = (name: keyof Standing, title: string, lock = false): Column<SliceRow> => ({
    key: name,
    title: lock ? (
      <>
        <Icon name="lock" size={13} /> {title}
      </>
    ) : (
      title
    ),
    align: 'figure',
    render: (row) => <Money rials={row.standing[name]} scale={scale} />,
    sortBy: (row) => rialsOf(row.standing[name]),
    csv: (row) => row.standing[name],
    csvTitle: `${title} (${say(creditLabels.rials)})`,
    sum: <Money rials={sum[name]} scale={scale} />,
  });
  const jobs: Column<SliceRow> = {
    key: 'jobs',
    title: say(creditLabels.jobTarget),
    align: 'figure',
    render: (row) => (row.jobTarget === null ? null : <Digits value={row.jobTarget} />),
    sortBy: (row) => row.jobTarget ?? -1,
    csv: (row) => String(row.jobTarget ?? ''),
    sum: <Digits value={order.jobs} />,
  };
  return [
    {
      key: 'name',
      title: order.of,
      render: (row) => row.name,
      sortBy: (row) => row.name,
      csv: (row) => row.name,
    },
    money('amount', say(creditLabels.slice)),
    money('locked', say(creditLabels.lockedNow), true),
    money('referredSoFar', say(creditLabels.referredSoFar)),
    money('contractedSoFar', say(creditLabels.contractedSoFar)),
    money('paidSoFar', say(lineLabels.paidShort)),
    {
      key: 'flow',
      title: say(lineLabels.flowNow),
      render: (row) => <SliceBar mini title={row.name} standing={row.standing} timePassed={timePassed} />,
    },
    {
      key: 'absorption',
      title: say(creditLabels.absorption),
      align: 'figure',
      render: (row) => <Absorption standing={row.standing} timePassed={timePassed} />,
      csv: (row) => percentText(rialsOf(row.standing.paidSoFar), rialsOf(row.standing.amount), 'en', 2),
      sum: <Percent part={sum.paidSoFar} whole={sum.amount} />,
    },
    ...(order.jobs === 0 ? [] : [jobs]),
  ];
}

const columnSums = [
  'amount',
  'locked',
  'referredSoFar',
  'contractedSoFar',
  'paidSoFar',
] as const satisfies readonly (keyof Standing)[];

/** The slices of one parent side by side, with the sum below; their sums are turnovers but where «اکنون» stands. */
export function SliceTable(order: {
  readonly caption: string;
  /** What the rows are: counties, categories. */
  readonly of: string;
  readonly rows: readonly SliceRow[];
  readonly sum: Standing;
  readonly sumLabel: string;
  readonly jobs: number;
  readonly timePassed: number;
  readonly csvName: string;
}): ReactNode {
  const scale = moneyScale(
    [order.sum, ...order.rows.map((row) => row.standing)].flatMap((standing) =>
      columnSums.map((name) => standing[name]),
    ),
  );
  const columns = useSliceColumns({ ...order, scale });
  // Sums that are exact only in toman or rials are wide: the rows stand closer, and a narrow window scrolls.
  const fine = scale.unit === 'toman' || scale.unit === 'rial';
  return (
    <>
      <p className="k-hint" style={{ marginBlockEnd: 'var(--s2)' }}>
        <UnitOf scale={scale} />
      </p>
      <div className={fine ? 'k-wide' : undefined}>
        <DataTable
          caption={order.caption}
          columns={columns}
          rows={order.rows}
          rowKey={(row) => row.key}
          rowHref={(row) => row.href}
          sumLabel={order.sumLabel}
          csvName={order.csvName}
          dense={fine}
        />
      </div>
    </>
  );
}

import type { ReactNode } from 'react';
import { grouped, partOfLength, percentOf, rialsOf } from '#web/format.ts';
import { MoneyField, NumberField } from '#web/kit/field.tsx';
import { Money } from '#web/kit/money.tsx';
import { useSpeech } from '#web/language.tsx';
import type { MoneyScale } from '#web/format.ts';
import { type Draft, type IndicatorKey, indicatorKeys } from '../division/rules.ts';
import { scenarioLabels } from '../scenario/words.ts';
import { formulaIndicators } from '../formula/words.ts';
import { creditLabels } from '../words.ts';

/** A value by slider; the arrow keys move it by one, page up and down by ten. */
export function Slider(order: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** What is read out for the value. */
  readonly text: string;
  readonly onChange: (value: number) => void;
}): ReactNode {
  return (
    <input
      type="range"
      aria-label={order.label}
      aria-valuetext={order.text}
      min={order.min}
      max={order.max}
      step={order.step ?? 1}
      value={order.value}
      onChange={(event) => order.onChange(event.target.valueAsNumber)}
      style={{ inlineSize: '100%', accentColor: 'var(--lapis)', blockSize: 'var(--touch)' }}
    />
  );
}

const wholeOf = (text: string, most: number): number => Math.min(most, parseInt(text || '0', 10));

/** One number in percent: typed, or moved. */
export function PercentDial(order: {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly hint?: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { language, digits } = useSpeech();
  const value = wholeOf(order.value, 100);
  return (
    <div>
      <NumberField
        label={order.label}
        name={order.name}
        required
        plain
        unit={language === 'fa' ? '٪' : '%'}
        value={order.value}
        onChange={order.onChange}
        {...(order.hint === undefined ? {} : { hint: order.hint })}
      />
      <Slider
        label={order.label}
        min={0}
        max={100}
        value={value}
        text={percentOf(digits(value), language)}
        onChange={(next) => order.onChange(next === 0 ? '' : String(next))}
      />
    </div>
  );
}

/** Dials side by side where there is room. */
export const dialGrid = {
  display: 'grid',
  gap: 'var(--s2) var(--s4)',
  gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))',
  alignItems: 'end',
} as const;

/** The weights of the indicators; only their ratio counts. */
export function WeightDials({
  weights,
  onChange,
}: {
  readonly weights: Draft['weights'];
  readonly onChange: (key: IndicatorKey, value: string) => void;
}): ReactNode {
  const { say } = useSpeech();
  return indicatorKeys.map((key) => (
    <PercentDial
      key={key}
      label={say(formulaIndicators[key])}
      name={key}
      value={weights[key]}
      onChange={(value) => onChange(key, value)}
    />
  ));
}

type BoundsProps = {
  readonly floor: string;
  readonly cap: string;
  /** The sum, and over how many counties: a slider moves in percent of an equal share. */
  readonly amount: string;
  readonly count: number;
  readonly unit: string;
  readonly onChange: (bound: 'floor' | 'cap', value: string) => void;
};

/** At the end of the cap's slider there is no cap. */
const mostCap = 400;

/** Floor and cap of every county, typed in toman or moved in percent of an equal share. */
export function BoundDials(order: BoundsProps): ReactNode {
  const { say, digits, language } = useSpeech();
  const unit = rialsOf(order.unit === '' || /^0*$/.test(order.unit) ? '1' : order.unit);
  const even = rialsOf(order.amount === '' ? '0' : order.amount) / BigInt(Math.max(1, order.count));
  const rials = (percent: number): string => (((even * BigInt(percent)) / 100n / unit) * unit).toString();
  const percent = (sum: string, most: number): number =>
    sum === '' || even === 0n ? 0 : Math.min(most, parseInt(((rialsOf(sum) * 100n) / even).toString(), 10));
  const floorAt = percent(order.floor, 100);
  const capAt = order.cap === '' ? mostCap : Math.max(100, percent(order.cap, mostCap));
  return (
    <>
      <div>
        <MoneyField
          label={say(creditLabels.floor)}
          name="floor"
          value={order.floor}
          onChange={(value) => order.onChange('floor', value)}
        />
        <Slider
          label={say(scenarioLabels.floorSlider)}
          min={0}
          max={100}
          value={floorAt}
          text={percentOf(digits(floorAt), language)}
          onChange={(value) => order.onChange('floor', value === 0 ? '' : rials(value))}
        />
      </div>
      <div>
        <MoneyField
          label={say(creditLabels.cap)}
          name="cap"
          value={order.cap}
          onChange={(value) => order.onChange('cap', value)}
        />
        <Slider
          label={say(scenarioLabels.capSlider)}
          min={100}
          max={mostCap}
          step={5}
          value={capAt}
          text={capAt === mostCap ? say(scenarioLabels.noCap) : percentOf(digits(capAt), language)}
          onChange={(value) => order.onChange('cap', value === mostCap ? '' : rials(value))}
        />
      </div>
    </>
  );
}

const half = 44;

/**
 * A change as a bar from the middle: what is lost to one side, what is gained to the other, with sign and word
 * beside the sum. It does not mirror, as no chart does.
 */
export function ChangeBar({
  change,
  largest,
  scale,
}: {
  readonly change: bigint;
  /** The largest change of the column, either way. */
  readonly largest: bigint;
  readonly scale: MoneyScale;
}): ReactNode {
  const { say } = useSpeech();
  const size = change < 0n ? -change : change;
  const length = partOfLength(size, largest, half);
  const word = change > 0n ? scenarioLabels.gains : change < 0n ? scenarioLabels.loses : scenarioLabels.same;
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 'var(--s2)' }}>
      <svg width={2 * half + 2} height={14} aria-hidden style={{ flex: 'none' }}>
        <line x1={half + 1} x2={half + 1} y1={0} y2={14} stroke="var(--line-2)" />
        <rect
          x={change < 0n ? half + 1 - length : half + 1}
          y={2}
          width={length}
          height={10}
          fill={change < 0n ? 'var(--red)' : 'var(--green)'}
        />
      </svg>
      <span dir="ltr" style={{ minInlineSize: '4.5em', textAlign: 'end' }}>
        {change > 0n ? '+' : null}
        <Money rials={change} scale={scale} />
      </span>
      <small className="k-hint">{say(word)}</small>
    </span>
  );
}

/** A count with its noun, for the line above a table. */
export function Count({ value, noun }: { readonly value: number; readonly noun: string }): ReactNode {
  const { language } = useSpeech();
  return (
    <span>
      <b>{grouped(value, language)}</b> {noun}
    </span>
  );
}

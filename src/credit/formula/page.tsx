import type { ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Source } from '#place/contract.ts';
import { useAnswer } from '#web/command.tsx';
import { exactRials, grouped, percentText, rialsOf } from '#web/format.ts';
import { Bidi } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Explanation, FormulaRunAnswer } from '../contract.ts';
import { sliceLabels } from '../slice/words.ts';
import { formulaIndicators } from './words.ts';
import { creditLabels } from '../words.ts';

const indicatorName = (key: string): Bilingual =>
  new Map<string, Bilingual>(Object.entries(formulaIndicators)).get(key) ?? { fa: key, en: key };

/** A row of the calculation; the rials of all rows add up to the slice. */
type Step = {
  readonly key: string;
  readonly name: string;
  readonly detail: string | null;
  readonly value: string;
  readonly total: string;
  readonly share: string;
  readonly weight: string;
  readonly rials: bigint;
  readonly sum: bigint;
};

const none = { value: '', total: '', share: '', weight: '' };

function useSteps(explanation: Explanation): readonly Step[] {
  const { say, language, digits } = useSpeech();
  const numberOf = (text: string): string =>
    /^\d+$/.test(text) ? grouped(BigInt(text), language) : digits(text);
  const shareOf = (text: string): string => {
    const [, over, under] = /^(\d+)(?:\/(\d+))?$/.exec(text) ?? [];
    return over === undefined ? digits(text) : percentText(BigInt(over), BigInt(under ?? '1'), language, 2);
  };
  const weights = explanation.terms.reduce((sum, term) => sum + BigInt(term.weight), 0n);
  const { adjustment, bound, levelling, rounding } = explanation;
  const held = { floor: creditLabels.heldByFloor, cap: creditLabels.heldByCap, none: creditLabels.notHeld };
  const steps = [
    ...explanation.terms.map((term) => ({
      key: term.indicator,
      name: say(indicatorName(term.indicator)),
      detail: term.zeroBecause === null ? null : `${say(creditLabels.zeroBecause)}: ${term.zeroBecause}`,
      value: numberOf(term.value),
      total: numberOf(term.total),
      share: shareOf(term.share),
      weight: percentText(BigInt(term.weight), weights, language, 0),
      rials: rialsOf(term.rials),
    })),
    {
      ...none,
      key: 'levelling',
      name: say(creditLabels.levelling),
      detail: null,
      rials: rialsOf(levelling.rials),
    },
    {
      ...none,
      key: 'adjustment',
      name: say(creditLabels.adjustment),
      detail: adjustment.reason ?? say(sliceLabels.noAdjustment),
      rials: rialsOf(adjustment.rials),
    },
    { ...none, key: 'bound', name: say(held[bound.held]), detail: null, rials: rialsOf(bound.rials) },
    {
      ...none,
      key: 'rounding',
      name: say(creditLabels.rounding),
      detail: null,
      rials: rialsOf(rounding.rials),
    },
  ];
  let sum = 0n;
  return steps.map((step) => {
    sum += step.rials;
    return { ...step, sum };
  });
}

/** What was divided, worked back from a term: its rials are the sum × weight ÷ weights × value ÷ total. */
function dividedSum({ terms }: Explanation): bigint | null {
  const weights = terms.reduce((sum, term) => sum + BigInt(term.weight), 0n);
  for (const { exact, value, total, weight } of terms) {
    const [, over = '', under = '1'] = /^(\d+)(?:\/(\d+))?$/.exec(exact) ?? [];
    const whole = /^[1-9]\d*$/;
    if (!whole.test(over) || !whole.test(value) || !whole.test(total)) continue;
    return (BigInt(over) * weights * BigInt(total)) / (BigInt(under) * BigInt(weight) * BigInt(value));
  }
  return null;
}

/** Which year, bounds and sources a formula used. */
export function FormulaFacts({ formula }: { readonly formula: FormulaRunAnswer }): ReactNode {
  const { say, digits, language } = useSpeech();
  const known = useAnswer<{ readonly sources: readonly Source[] }>('/api/sources').data?.sources ?? [];
  const keys = [...new Set(formula.indicators.flatMap((one) => one.sources))];
  const weights = formula.indicators.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  const publisher = (key: string): string => {
    const source = known.find(({ sourceKey }) => sourceKey === key);
    return (language === 'fa' ? source?.publisherFa : source?.publisher) ?? key;
  };
  return (
    <Facts
      facts={[
        {
          label: say(sliceLabels.weights),
          value: formula.indicators.map(({ key, weight }) => (
            <span key={key} style={{ display: 'block' }}>
              {say(indicatorName(key))}: <Bidi>{percentText(BigInt(weight), weights, language, 0)}</Bidi>
            </span>
          )),
        },
        { label: say(sliceLabels.year), value: digits(formula.year) },
        {
          label: say(sliceLabels.floorCap),
          value: (
            <>
              <Money rials={formula.floor} />
              {language === 'fa' ? '، ' : ', '}
              {formula.cap === null ? say(sliceLabels.noCap) : <Money rials={formula.cap} />}
            </>
          ),
        },
        { label: say(creditLabels.unit), value: <Money rials={formula.unit} /> },
        {
          label: say(sliceLabels.sources),
          value: keys.map((key) => (
            <span key={key} style={{ display: 'block' }}>
              <Bidi>{publisher(key)}</Bidi>
            </span>
          )),
        },
      ]}
    />
  );
}

const text = (key: 'share' | 'weight', title: string): Column<Step> => ({
  key,
  title,
  align: 'figure',
  render: (step) => (step[key] === '' ? null : <Bidi>{step[key]}</Bidi>),
  csv: (step) => step[key],
});

/** One county's number step by step: exact rials, the running sum beside them, and the slice at the foot. */
export function Calculation({
  explanation,
  formula,
  name,
  dense = false,
}: {
  readonly explanation: Explanation;
  readonly formula: FormulaRunAnswer | null;
  /** Of the county; read out with the table. */
  readonly name: string;
  readonly dense?: boolean;
}): ReactNode {
  const { say, language } = useSpeech();
  const steps = useSteps(explanation);
  const amount = rialsOf(explanation.amount);
  const sum = steps.at(-1)?.sum ?? 0n;
  const divided = dividedSum(explanation);
  const columns: readonly Column<Step>[] = [
    {
      key: 'step',
      title: say(sliceLabels.step),
      render: (step) => (
        <>
          {step.name}
          {step.detail === null ? null : (
            <small className="k-hint" style={{ display: 'block' }}>
              {step.detail}
            </small>
          )}
        </>
      ),
      csv: (step) => step.name,
    },
    {
      key: 'value',
      title: say(creditLabels.value),
      align: 'figure',
      render: (step) =>
        step.value === '' ? null : (
          <>
            <Bidi>{step.value}</Bidi>
            <small className="k-hint" style={{ display: 'block' }}>
              {say(sliceLabels.of)} <Bidi>{step.total}</Bidi>
            </small>
          </>
        ),
      csv: (step) => step.value,
    },
    text('share', say(sliceLabels.countyShare)),
    text('weight', say(creditLabels.weight)),
    {
      key: 'rials',
      title: say(creditLabels.rials),
      align: 'figure',
      render: (step) => <Bidi>{grouped(step.rials, language)}</Bidi>,
      csv: (step) => step.rials.toString(),
      sum: <Bidi>{grouped(amount, language)}</Bidi>,
    },
    {
      key: 'sum',
      title: say(sliceLabels.runningSum),
      align: 'figure',
      render: (step) => <Bidi>{grouped(step.sum, language)}</Bidi>,
      csv: (step) => step.sum.toString(),
    },
  ];
  return (
    <div className="k-stack" style={{ justifyItems: 'stretch' }}>
      {sum === amount ? null : <Notice tone="red" title={say(sliceLabels.doesNotAddUp)} />}
      <DataTable
        caption={`${say(creditLabels.explained)}: ${name}`}
        columns={columns}
        rows={steps}
        rowKey={(step) => step.key}
        sumLabel={say(sliceLabels.sliceSum)}
        csvName="formula"
        dense={dense}
      />
      <p className="k-hint">
        {say(sliceLabels.formulaReads)}
        {divided === null ? null : ` · ${say(creditLabels.amountToDivide)}: ${exactRials(divided, language)}`}
      </p>
      {formula === null ? null : <FormulaFacts formula={formula} />}
    </div>
  );
}

import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { rial } from '#kernel/rial.ts';
import { useAnswer } from '#web/command.tsx';
import { moneyScale } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { orderOf } from '../division/rules.ts';
import { UnitOf } from '../province/page.tsx';
import type { ScenarioCountry } from '../scenario/contract.ts';
import {
  type Scenario,
  addressOf,
  beginTrail,
  openingScenario,
  redo,
  scenarioAt,
  step,
  undo,
} from '../scenario/rules.ts';
import { scenarioLabels } from '../scenario/words.ts';
import { slicingLabels } from '../slicing/words.ts';
import { BoundDials, ChangeBar, WeightDials, dialGrid } from '../weight/page.tsx';
import { creditLabels, wordsOf } from '../words.ts';
import { type CountryTable, type ProvincePart, changesOf, divideCountry, readCountry } from './rules.ts';

/** A hundred billion tomans to begin with; whoever tries writes their own. */
const opening: Scenario = openingScenario({
  amount: '1000000000000',
  jobs: 0,
  reserve: '',
  formula: null,
});

/** The parts of all provinces by a scenario; null while it is not finished. */
function partsOf(table: CountryTable, scenario: Scenario) {
  const order = orderOf(scenario);
  if (order === null || order.by.axis !== 'county') return null;
  const { indicators, floor, cap, unit } = order.by.formula;
  return divideCountry(table, {
    amount: rial(order.amount),
    unit: rial(unit),
    weights: indicators.map(({ key, weight }) => ({ indicator: key, weight: BigInt(weight) })),
    floor: rial(floor),
    cap: cap === null ? null : rial(cap),
  });
}

function useCountry(country: ScenarioCountry) {
  const { say } = useSpeech();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const [trail, setTrail] = useState(() => {
    const asked = search['scenario'];
    return beginTrail(scenarioAt(typeof asked === 'string' ? asked : '', opening));
  });
  const table = useMemo(() => {
    const provinces = country.provinces.map(({ slug, counties }) => ({
      slug,
      countyCodes: counties.map(({ countyCode }) => countyCode),
    }));
    return readCountry(provinces, country.figures, say(scenarioLabels.zeroReason));
  }, [country, say]);
  const scenario = trail.now;
  const text = addressOf(scenario, opening);
  useEffect(() => {
    const search_ = text === '' ? {} : { scenario: text };
    const timer = setTimeout(() => void navigate({ to: '.', replace: true, search: search_ }), 400);
    return () => clearTimeout(timer);
  }, [navigate, text]);
  const parts = table.ok ? partsOf(table.value, scenario) : table;
  const before = table.ok ? partsOf(table.value, { ...opening, amount: scenario.amount }) : null;
  return {
    scenario,
    trail,
    parts,
    before: before?.ok === true ? before.value : [],
    change: (field: string, next: Partial<Scenario>) =>
      setTrail((now) => step(now, field, { ...now.now, ...next })),
    reset: () => setTrail((now) => step(now, 'reset', opening)),
    back: () => setTrail(undo),
    forth: () => setTrail(redo),
  };
}

type Form = ReturnType<typeof useCountry>;
type Names = ReadonlyMap<string, string>;

const sizeOf = (sum: bigint): bigint => (sum < 0n ? -sum : sum);

function Provinces({
  form,
  parts,
  country,
}: {
  readonly form: Form;
  readonly parts: readonly ProvincePart[];
  readonly country: ScenarioCountry;
}): ReactNode {
  const { say, language } = useSpeech();
  const [sought, setSought] = useState('');
  const [opened, setOpened] = useState<string | null>(null);
  const nameIn = (one: { readonly nameFa: string; readonly nameEn: string }): string =>
    language === 'fa' ? one.nameFa : one.nameEn;
  const names: Names = new Map(country.provinces.map((one) => [one.slug, nameIn(one)]));
  const counts = new Map(country.provinces.map(({ slug, counties }) => [slug, counties.length]));
  const changes = changesOf(parts, form.before);
  const changeOf = ({ slug }: ProvincePart): bigint => changes.get(slug) ?? 0n;
  const largest = [...changes.values()].reduce((most, one) => (sizeOf(one) > most ? sizeOf(one) : most), 0n);
  const scale = moneyScale(parts.map(({ amount }) => amount));
  const nameOf = ({ slug }: ProvincePart): string => names.get(slug) ?? slug;
  const columns: readonly Column<ProvincePart>[] = [
    {
      key: 'province',
      title: say(scenarioLabels.province),
      render: (row) => (
        <Button
          kind="quiet"
          icon={opened === row.slug ? 'up' : 'down'}
          onPress={() => setOpened(opened === row.slug ? null : row.slug)}
        >
          {nameOf(row)}
        </Button>
      ),
      sortBy: nameOf,
      csv: nameOf,
    },
    {
      key: 'counties',
      title: say(scenarioLabels.counties),
      align: 'figure',
      render: (row) => <Digits value={counts.get(row.slug) ?? 0} />,
      wideOnly: true,
    },
    {
      key: 'amount',
      title: say(scenarioLabels.now),
      align: 'figure',
      render: (row) => <Money rials={row.amount} scale={scale} />,
      sortBy: (row) => row.amount,
      csv: (row) => row.amount.toString(),
      csvTitle: `${say(scenarioLabels.now)} (${say(creditLabels.rials)})`,
      sum: <Money rials={parts.reduce((sum, { amount }) => sum + amount, 0n)} scale={scale} />,
    },
    {
      key: 'change',
      title: `${say(scenarioLabels.change)} · ${say(scenarioLabels.againstOpening)}`,
      render: (row) =>
        row.counties.ok ? (
          <ChangeBar change={changeOf(row)} largest={largest} scale={scale} />
        ) : (
          <small className="k-hint">{say(scenarioLabels.countyRefused)}</small>
        ),
      sortBy: changeOf,
      csv: (row) => changeOf(row).toString(),
      csvTitle: `${say(scenarioLabels.change)} (${say(creditLabels.rials)})`,
    },
  ];
  const chosen = parts.find(({ slug }) => slug === opened);
  return (
    <Section title={say(scenarioLabels.provinces)} aside={<UnitOf scale={scale} />}>
      <div className="no-print" style={{ inlineSize: '220px', marginBlockEnd: 'var(--s3)' }}>
        <TextField
          label={say(scenarioLabels.findProvince)}
          name="find"
          type="search"
          required
          value={sought}
          onChange={setSought}
        />
      </div>
      {chosen === undefined ? null : (
        <Counties
          part={chosen}
          name={nameOf(chosen)}
          names={
            new Map(
              country.provinces
                .flatMap(({ counties }) => counties)
                .map((one): [string, string] => [one.countyCode, nameIn(one)]),
            )
          }
        />
      )}
      <DataTable
        caption={say(scenarioLabels.provinces)}
        columns={columns}
        rows={parts.filter((row) => nameOf(row).includes(sought.trim()))}
        rowKey={(row) => row.slug}
        csvName="country"
        dense
        empty={{ title: say(scenarioLabels.noneFound) }}
      />
    </Section>
  );
}

type County = { readonly countyCode: string; readonly amount: bigint };

/** The counties of the chosen province. */
function Counties({
  part,
  name,
  names,
}: {
  readonly part: ProvincePart;
  readonly name: string;
  readonly names: Names;
}): ReactNode {
  const { say } = useSpeech();
  const title = `${say(scenarioLabels.countiesOf)} ${name}`;
  if (!part.counties.ok) {
    const formula = part.counties.refusal;
    const sentence = wordsOf({ kind: 'FormulaRefused', formula });
    return <Notice tone="amber" title={`${title}: ${say(sentence)}`} />;
  }
  const rows: readonly County[] = part.counties.value;
  const scale = moneyScale(rows.map(({ amount }) => amount));
  const nameOf = (row: County): string => names.get(row.countyCode) ?? row.countyCode;
  return (
    <div style={{ marginBlockEnd: 'var(--s6)' }}>
      <h3>{title}</h3>
      <UnitOf scale={scale} />
      <DataTable
        caption={title}
        columns={[
          {
            key: 'name',
            title: say(creditLabels.county),
            render: nameOf,
            sortBy: nameOf,
            csv: nameOf,
          },
          {
            key: 'amount',
            title: say(creditLabels.slice),
            align: 'figure',
            render: (row) => <Money rials={row.amount} scale={scale} />,
            sortBy: (row) => row.amount,
            csv: (row) => row.amount.toString(),
            csvTitle: `${say(creditLabels.slice)} (${say(creditLabels.rials)})`,
            sum: <Money rials={part.amount} scale={scale} />,
          },
        ]}
        rows={rows}
        rowKey={(row) => row.countyCode}
        csvName={`country-${part.slug}`}
        dense
      />
    </div>
  );
}

function CountryView({ country }: { readonly country: ScenarioCountry }): ReactNode {
  const { say } = useSpeech();
  const form = useCountry(country);
  const { scenario, change, parts, trail } = form;
  const count = country.provinces.reduce((sum, { counties }) => sum + counties.length, 0);
  return (
    <>
      <PageHead
        title={say(scenarioLabels.country)}
        path={[{ label: say(creditLabels.credits), href: '/credit' }, { label: say(scenarioLabels.country) }]}
        actions={
          <>
            <Button icon="undo" refusedBecause={trail.past.length === 0 ? '' : null} onPress={form.back}>
              {say(scenarioLabels.undo)}
            </Button>
            <Button icon="redo" refusedBecause={trail.future.length === 0 ? '' : null} onPress={form.forth}>
              {say(scenarioLabels.redo)}
            </Button>
            <Button icon="retry" onPress={form.reset}>
              {say(scenarioLabels.reset)}
            </Button>
            <PrintButton />
          </>
        }
      >
        {say(scenarioLabels.countryLead)}
      </PageHead>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 'var(--s6) var(--s10)', alignItems: 'start' }}>
        <div className="k-form" style={{ flex: '1 1 280px', minInlineSize: 0, maxInlineSize: '400px' }}>
          <MoneyField
            label={say(creditLabels.amountToDivide)}
            name="amount"
            required
            value={scenario.amount}
            onChange={(amount) => change('amount', { amount })}
          />
          <div style={dialGrid}>
            <WeightDials
              weights={scenario.weights}
              onChange={(key, value) => change(key, { weights: { ...scenario.weights, [key]: value } })}
            />
          </div>
          <BoundDials
            floor={scenario.floor}
            cap={scenario.cap}
            amount={scenario.amount}
            unit={scenario.unit}
            count={count}
            onChange={(bound, value) => change(bound, { [bound]: value })}
          />
        </div>
        <div style={{ flex: '6 1 640px', minInlineSize: 0, maxInlineSize: '100%' }}>
          {parts === null ? (
            <Empty title={say(slicingLabels.previewEmpty)}>{say(scenarioLabels.unfinished)}</Empty>
          ) : parts.ok ? (
            <Provinces form={form} parts={parts.value} country={country} />
          ) : (
            <Notice tone="amber" title={say(wordsOf({ kind: 'FormulaRefused', formula: parts.refusal }))} />
          )}
        </div>
      </div>
    </>
  );
}

/** One sum over all provinces and counties, tried by a ministry before it notifies. */
export function CountryPage(): ReactNode {
  const asked = useAnswer<ScenarioCountry>('/api/credit/scenario');
  if (asked.data !== undefined) return <CountryView country={asked.data} />;
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  return <Skeleton rows={12} />;
}

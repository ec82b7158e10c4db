import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { type Rial, plus, rial } from '#kernel/rial.ts';
import { call, newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { MoneyField, NumberField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { Missing, Zeros } from '../adjustment/page.tsx';
import type { SlicingPart } from '../contract.ts';
import { Comparison } from '../comparison/page.tsx';
import { type Draft, orderOf } from '../division/rules.ts';
import { Answered, apiOf, slicingHref, useAddress, useLinePath } from '../province/page.tsx';
import { creditLabels, wordsOf } from '../words.ts';
import { slicingKind } from '../rules.ts';
import { slicingLabels } from '../slicing/words.ts';
import { BoundDials, PercentDial, WeightDials, dialGrid } from '../weight/page.tsx';
import type { ScenarioAnswer } from './contract.ts';
import {
  type Ground,
  type Mode,
  type Scenario,
  type Tried,
  addressOf,
  beginTrail,
  comparedWith,
  openingOf,
  readFigures,
  redo,
  scenarioAt,
  slicesOf,
  step,
  triedOf,
  undo,
} from './rules.ts';
import { scenarioLabels } from './words.ts';

type Tries = { readonly mode: Mode; readonly scenario: Scenario };

const groundOf = ({ rest, jobsLeft, formula, counties, line }: ScenarioAnswer): Ground => {
  const { reserveNumerator: over, reserveDenominator: under } = line;
  return {
    rest: plus(rial(rest.open), rial(rest.locked)),
    jobs: jobsLeft,
    reserve: over === null || under === null ? '' : String(Math.round((100 * over) / under)),
    formula,
    inForce: new Map(
      counties.flatMap(({ countyCode, inForce }) => (inForce === null ? [] : [[countyCode, rial(inForce)]])),
    ),
  };
};

/** The scenario stands in the address a moment after it was changed, so that a link opens it again. */
function useAddressed(tries: Tries, opening: Scenario, kept: readonly string[]): void {
  const navigate = useNavigate();
  const text = addressOf(tries.scenario, opening);
  const keep = kept.join('|');
  useEffect(() => {
    const timer = setTimeout(() => {
      const search = {
        mode: tries.mode,
        ...(text === '' ? {} : { scenario: text }),
        ...(keep === '' ? {} : { kept: keep }),
      };
      void navigate({ to: '.', replace: true, search });
    }, 400);
    return () => clearTimeout(timer);
  }, [navigate, tries.mode, text, keep]);
}

/** Ctrl Z and Ctrl Y outside of a text field, where they belong to what is typed. */
function useUndoKeys(back: () => void, forth: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      const { target } = event;
      if (target instanceof HTMLInputElement && target.type !== 'range') return;
      const key = event.key.toLowerCase();
      const again = key === 'y' || (key === 'z' && event.shiftKey);
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (again) forth();
      else back();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [back, forth]);
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function useTries(page: ScenarioAnswer) {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const ground = useMemo(() => groundOf(page), [page]);
  const [trail, setTrail] = useState(() => {
    const asked = search['mode'];
    const first: Mode = ground.inForce.size === 0 || asked === 'rest' ? 'rest' : 'whole';
    const at = scenarioAt(textIn(search['scenario']), openingOf(first, ground));
    return beginTrail<Tries>({ mode: first, scenario: at });
  });
  const [kept, setKept] = useState<readonly string[]>(() =>
    textIn(search['kept'])
      .split('|')
      .filter((text) => text !== ''),
  );
  const { mode, scenario } = trail.now;
  const opening = useMemo(() => openingOf(mode, ground), [mode, ground]);
  useAddressed(trail.now, opening, kept);
  const table = useMemo(
    () =>
      readFigures(
        page.counties.map(({ countyCode }) => countyCode),
        page.figures,
        scenario.zeros,
      ),
    [page, scenario.zeros],
  );
  const outcomeOf = (one: Scenario) => (table.ok ? slicesOf(table.value, one) : table);
  const outcome = outcomeOf(scenario);
  const before = ((): ReadonlyMap<string, Rial> | null => {
    const held = comparedWith(mode, ground, rial(scenario.amount === '' ? '0' : scenario.amount));
    if (held !== undefined) return held;
    const first = outcomeOf({ ...opening, amount: scenario.amount, zeros: scenario.zeros });
    return first?.ok === true ? new Map(first.value.map((one) => [one.countyCode, one.amount])) : null;
  })();
  const tried = outcome?.ok === true ? triedOf({ scenario, slices: outcome.value, before }) : null;
  const change = (field: string, next: Partial<Scenario>): void =>
    setTrail((now) => step(now, field, { ...now.now, scenario: { ...now.now.scenario, ...next } }));
  const go = (next: Tries): void => setTrail((now) => step(now, 'mode', next));
  return {
    ground,
    opening,
    mode,
    scenario,
    trail,
    table,
    outcome,
    tried,
    kept,
    keptOutcomes: kept.map((text) => outcomeOf(scenarioAt(text, opening))),
    change,
    chooseMode: (next: Mode) => go({ mode: next, scenario: openingOf(next, ground) }),
    takeUp: (text: string) => go({ mode, scenario: scenarioAt(text, opening) }),
    reset: () => go({ mode, scenario: opening }),
    back: () => setTrail(undo),
    forth: () => setTrail(redo),
    keep: () => {
      const text = addressOf(scenario, opening);
      setKept([...kept.filter((one) => one !== text), text === '' ? '~' : text].slice(-3));
    },
    drop: (text: string) => setKept(kept.filter((one) => one !== text)),
  };
}

type Form = ReturnType<typeof useTries>;

/** The parts of the server's preview are ours, to the rial. */
const isSame = (parts: readonly SlicingPart[], tried: readonly Tried[]): boolean =>
  parts.length === tried.length &&
  parts.every(
    (part, place) =>
      part.countyCode === tried[place]?.countyCode && rialsOf(part.amount) === tried[place]?.amount,
  );

function usePropose(page: ScenarioAnswer, province: string, form: Form) {
  const { language } = useSpeech();
  const navigate = useNavigate();
  const [id] = useState(newKey);
  const order = form.mode === 'rest' ? orderOf(form.scenario) : null;
  const body = order === null ? null : JSON.stringify(order);
  const path = apiOf(province, `slices/${page.rootSliceId}/preview`);
  const ask = (text: string, signal?: AbortSignal) => {
    const asked: unknown = JSON.parse(text);
    return call<{ readonly parts: readonly SlicingPart[] }>(path, {
      method: 'POST',
      body: asked,
      language,
      ...(signal === undefined ? {} : { signal }),
    });
  };
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(body), 500);
    return () => clearTimeout(timer);
  }, [body]);
  const preview = useQuery({
    queryKey: [path, 'scenario', settled],
    enabled: settled !== null && settled === body && form.tried !== null,
    queryFn: ({ signal }) => ask(settled ?? 'null', signal),
  });
  const command = useCommand<unknown>({
    path: apiOf(province, `slices/${page.rootSliceId}/slicings`),
    changes: [apiOf(province, '')],
    onDone: () => void navigate({ to: slicingHref(province, id) }),
  });
  /** Asks the server once more, and proposes only what it works out too. */
  const propose = useMutation({
    mutationFn: async () => {
      if (body === null || order === null || form.tried === null) return 'waits' as const;
      const { parts } = await ask(body);
      if (!isSame(parts, form.tried)) return 'differs' as const;
      await command.mutateAsync({ id, ...order });
      return 'proposed' as const;
    },
  });
  const agrees =
    preview.data === undefined || form.tried === null || settled !== body
      ? null
      : isSame(preview.data.parts, form.tried);
  return { preview, propose, agrees, waits: body !== null && agrees === null };
}

function Dials({ form, count }: { readonly form: Form; readonly count: number }): ReactNode {
  const { say } = useSpeech();
  const { scenario, change, ground, mode } = form;
  return (
    <div className="k-form">
      {ground.inForce.size === 0 ? null : (
        <Select
          label={say(scenarioLabels.mode)}
          name="mode"
          required
          value={mode}
          onChange={(key) => form.chooseMode(key === 'rest' ? 'rest' : 'whole')}
          choices={[
            { key: 'whole', label: say(scenarioLabels.modeWhole) },
            { key: 'rest', label: say(scenarioLabels.modeRest) },
          ]}
        />
      )}
      <MoneyField
        label={say(creditLabels.amountToDivide)}
        name="amount"
        required
        value={scenario.amount}
        onChange={(amount) => change('amount', { amount })}
      />
      <fieldset style={{ border: 0, padding: 0, minInlineSize: 0 }} className="k-form">
        <legend className="k-label">{say(slicingLabels.weights)}</legend>
        <div style={dialGrid}>
          <WeightDials
            weights={scenario.weights}
            onChange={(key, value) => change(key, { weights: { ...scenario.weights, [key]: value } })}
          />
        </div>
      </fieldset>
      <BoundDials
        floor={scenario.floor}
        cap={scenario.cap}
        amount={scenario.amount}
        unit={scenario.unit}
        count={count}
        onChange={(bound, value) => change(bound, { [bound]: value })}
      />
      {ground.reserve === '' ? null : (
        <PercentDial
          label={say(scenarioLabels.share)}
          name="reserve"
          hint={say(scenarioLabels.shareHelp)}
          value={scenario.reserve}
          onChange={(reserve) => change('reserve', { reserve: reserve === '' ? '0' : reserve })}
        />
      )}
      {mode === 'whole' ? null : (
        <NumberField
          label={say(creditLabels.jobTarget)}
          name="jobTarget"
          required
          unit={say(creditLabels.jobs)}
          value={scenario.jobTarget}
          onChange={(jobTarget) => change('jobTarget', { jobTarget })}
        />
      )}
    </div>
  );
}

type Place = { readonly page: ScenarioAnswer; readonly province: string };

/** The questions and notes between the form and the table: what stops the formula, and what it took for granted. */
function Notes({
  form,
  nameOf,
}: {
  readonly form: Form;
  readonly nameOf: (code: string) => string;
}): ReactNode {
  const { say } = useSpeech();
  const { outcome, scenario, change } = form;
  const fields = {
    draft: scenario,
    change: (next: Partial<Draft>) => change('zeros', next),
    errorOf: () => null,
  };
  if (outcome === null)
    return <Empty title={say(slicingLabels.previewEmpty)}>{say(scenarioLabels.unfinished)}</Empty>;
  if (outcome.ok) return null;
  const { refusal } = outcome;
  if (refusal.kind === 'ValueMissing') {
    const missing = [...new Set(refusal.missing.map(({ countyCode }) => countyCode))];
    return <Missing {...fields} missing={missing} nameOf={nameOf} />;
  }
  const sentence = wordsOf({ kind: 'FormulaRefused', formula: refusal });
  return <Notice tone="amber" title={say(sentence)} />;
}

function Deeds({ form, asked }: { readonly form: Form; readonly asked: ReturnType<typeof usePropose> }) {
  const { say } = useSpeech();
  const { user } = useSession();
  const may = slicingKind.start.may.some((role) => role === user?.role);
  const because = !may
    ? say(slicingLabels.notDirector)
    : form.mode === 'whole'
      ? say(scenarioLabels.onlyCompares)
      : form.ground.rest === 0n
        ? say(scenarioLabels.nothingToPropose)
        : form.tried === null
          ? say(scenarioLabels.unfinished)
          : null;
  return (
    <div className="k-stack no-print" style={{ marginBlockStart: 'var(--s6)' }}>
      {asked.propose.data === 'differs' ? <Notice tone="red" title={say(scenarioLabels.differs)} /> : null}
      <ProblemNotice error={asked.propose.error} onRetry={() => asked.propose.mutate()} />
      <Button
        kind="primary"
        icon="send"
        busy={asked.propose.isPending}
        refusedBecause={because}
        onPress={() => asked.propose.mutate()}
      >
        {say(creditLabels.propose)}
      </Button>
      <p className="k-hint">{say(scenarioLabels.linkHelp)}</p>
    </div>
  );
}

function ScenarioView({ page, province }: Place): ReactNode {
  const { say, language } = useSpeech();
  const pathTo = useLinePath();
  const form = useTries(page);
  const asked = usePropose(page, province, form);
  useUndoKeys(form.back, form.forth);
  const names = new Map(
    page.counties.map((one) => [one.countyCode, language === 'fa' ? one.nameFa : one.nameEn]),
  );
  const nameOf = (code: string): string => names.get(code) ?? code;
  const { trail, ground } = form;
  const against =
    ground.inForce.size === 0
      ? scenarioLabels.againstOpening
      : form.mode === 'whole'
        ? scenarioLabels.againstWhole
        : scenarioLabels.againstRest;
  const sign = asked.waits ? (
    <Sign tone="quiet">{say(scenarioLabels.asking)}</Sign>
  ) : asked.agrees === null ? null : (
    <Sign tone={asked.agrees ? 'green' : 'red'}>
      {say(asked.agrees ? scenarioLabels.agrees : scenarioLabels.differs)}
    </Sign>
  );
  return (
    <>
      <PageHead
        title={say(scenarioLabels.title)}
        path={[...pathTo(province, page.line), { label: say(scenarioLabels.title) }]}
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
            <Button icon="add" onPress={form.keep}>
              {say(scenarioLabels.keep)}
            </Button>
            <PrintButton />
          </>
        }
      >
        {say(scenarioLabels.lead)}
      </PageHead>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 'var(--s6) var(--s10)', alignItems: 'start' }}>
        <div style={{ flex: '1 1 280px', minInlineSize: 0, maxInlineSize: '400px' }}>
          <Dials form={form} count={page.counties.length} />
          <Zeros
            draft={form.scenario}
            change={(next) => form.change('zeros', next)}
            errorOf={() => null}
            nameOf={nameOf}
          />
          <Deeds form={form} asked={asked} />
        </div>
        <div style={{ flex: '6 1 640px', minInlineSize: 0, maxInlineSize: '100%' }}>
          <Notes form={form} nameOf={nameOf} />
          {form.scenario.adjustments.length === 0 ? null : (
            <p className="k-hint">
              {say(scenarioLabels.adjusted)}{' '}
              {form.scenario.adjustments
                .map((one) => `${nameOf(one.countyCode ?? '')} (${one.reason})`)
                .join(' · ')}
            </p>
          )}
          {form.tried === null ? null : (
            <Comparison
              tried={form.tried}
              against={say(against)}
              kept={form.kept.map((text, place) => ({ text, amounts: amountsOf(form.keptOutcomes[place]) }))}
              hasReserve={ground.reserve !== ''}
              nameOf={nameOf}
              sign={sign}
              onTakeUp={form.takeUp}
              onDrop={form.drop}
            />
          )}
        </div>
      </div>
    </>
  );
}

const amountsOf = (outcome: ReturnType<typeof slicesOf> | undefined): ReadonlyMap<string, Rial> =>
  new Map(outcome?.ok === true ? outcome.value.map((one) => [one.countyCode, one.amount]) : []);

/** A division of a line tried out: weights, bounds and share moved, the counties' parts at once. */
export function ScenarioPage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<ScenarioAnswer>(apiOf(province, `lines/${useAddress('line')}/scenario`));
  return (
    <Answered asked={asked} title={say(scenarioLabels.title)} province={province}>
      {(page) => <ScenarioView key={page.line.id} page={page} province={province} />}
    </Answered>
  );
}

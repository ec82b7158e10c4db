import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import type { County } from '#place/contract.ts';
import { call, newKey, problemIn } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { exactRials, percentOf, rialsOf } from '#web/format.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { MoneyField, NumberField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { Adjustments, Missing, Zeros, type FieldsProps } from '../adjustment/page.tsx';
import type { FormulaRunAnswer, PartAxis, SlicePageAnswer, SlicingPart } from '../contract.ts';
import { lineLabels } from '../line/words.ts';
import { apiOf, lineHref, slicingHref, useLineName, useLinePath } from '../province/page.tsx';
import { restOf } from '../slice/rules.ts';
import { PartsTable } from '../slicing/page.tsx';
import { slicingLabels } from '../slicing/words.ts';
import { formulaIndicators } from '../formula/words.ts';
import { creditLabels } from '../words.ts';
import { type Draft, fieldOf, firstDraft, gapsOf, indicatorKeys, missingIn, orderOf } from './rules.ts';

type Preview = {
  readonly parts: readonly SlicingPart[];
  readonly formula: FormulaRunAnswer | null;
};

/** The text, once it has stood still for a moment. */
function useSettled(text: string | null): string | null {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 350);
    return () => clearTimeout(timer);
  }, [text]);
  return text === null ? null : settled;
}

/** The division worked out by the server while it is typed; the last one stays until the next is there. */
export function usePreview(province: string, sliceId: string, body: string | null) {
  const { language } = useSpeech();
  const asked = useSettled(body);
  const path = apiOf(province, `slices/${sliceId}/preview`);
  return useQuery<Preview>({
    queryKey: [path, asked],
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const order: unknown = JSON.parse(asked ?? 'null');
      return call<Preview>(path, { method: 'POST', body: order, signal, language });
    },
  });
}

function Weights({ draft, change, errorOf }: FieldsProps): ReactNode {
  const { say, digits, language } = useSpeech();
  const keys = indicatorKeys;
  const sum = keys.reduce((all, key) => all + BigInt(draft.weights[key] || '0'), 0n);
  const error = errorOf('weights');
  return (
    <fieldset className="k-form" style={{ border: 0, padding: 0, minInlineSize: 0 }}>
      <legend className="k-label" style={{ padding: 0 }}>
        {say(slicingLabels.weights)}
      </legend>
      <p className="k-hint">{say(slicingLabels.weightsHelp)}</p>
      <div
        style={{
          display: 'grid',
          gap: 'var(--s3)',
          gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
          alignItems: 'end',
        }}
      >
        {keys.map((key) => (
          <NumberField
            key={key}
            label={say(formulaIndicators[key])}
            name={key}
            required
            plain
            unit={language === 'fa' ? '٪' : '%'}
            value={draft.weights[key]}
            onChange={(value) => change({ weights: { ...draft.weights, [key]: value } })}
          />
        ))}
      </div>
      <p className="k-hint">
        {say(slicingLabels.weightSum)}: {percentOf(digits(sum), language)}
      </p>
      {error === null ? null : <p className="k-error">{error}</p>}
      <NumberField
        label={say(slicingLabels.year)}
        name="year"
        required
        plain
        hint={say(slicingLabels.yearHelp)}
        value={draft.year}
        onChange={(year) => change({ year })}
        error={errorOf('year')}
      />
    </fieldset>
  );
}

function Bounds({ draft, change, errorOf }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <MoneyField
        label={say(creditLabels.floor)}
        name="floor"
        hint={say(slicingLabels.floorHelp)}
        value={draft.floor}
        onChange={(floor) => change({ floor })}
        error={errorOf('floor')}
      />
      <MoneyField
        label={say(creditLabels.cap)}
        name="cap"
        hint={say(slicingLabels.capHelp)}
        value={draft.cap}
        onChange={(cap) => change({ cap })}
        error={errorOf('cap')}
      />
      <MoneyField
        label={say(creditLabels.unit)}
        name="unit"
        required
        hint={say(slicingLabels.unitHelp)}
        value={draft.unit}
        onChange={(unit) => change({ unit })}
        error={errorOf('unit')}
      />
    </>
  );
}

export function PreviewPart({
  axis,
  asked,
  body,
  told,
  question,
}: {
  readonly axis: PartAxis;
  readonly asked: ReturnType<typeof usePreview>;
  readonly body: string | null;
  /** The problem stands beside its field already. */
  readonly told: boolean;
  /** What has to be answered before the formula runs. */
  readonly question: ReactNode;
}): ReactNode {
  const { say } = useSpeech();
  const { data, error, isFetching } = asked;
  return (
    <section>
      <div className="k-section-head">
        <h2>{say(creditLabels.preview)}</h2>
        {isFetching ? <Sign tone="quiet">{say(slicingLabels.working)}</Sign> : null}
      </div>
      <div className="k-stack" style={{ justifyItems: 'stretch' }}>
        {error === null || told ? null : <ProblemNotice error={error} onRetry={() => void asked.refetch()} />}
        {question}
        {error !== null && told && question === null ? (
          <Notice tone="amber" title={say(slicingLabels.previewStopped)} />
        ) : null}
        {data !== undefined && error === null && body === null ? (
          <p className="k-hint">{say(slicingLabels.previewStale)}</p>
        ) : null}
        {data === undefined || error !== null ? (
          error === null && body !== null ? (
            <Skeleton rows={7} />
          ) : error === null ? (
            <Empty title={say(slicingLabels.previewEmpty)}>{say(slicingLabels.previewWaits)}</Empty>
          ) : null
        ) : (
          <div style={isFetching || body === null ? { opacity: 0.55 } : {}} aria-busy={isFetching}>
            <PartsTable dense axis={axis} parts={data.parts} caption={say(creditLabels.preview)} />
          </div>
        )}
      </div>
    </section>
  );
}

export type Place = { readonly page: SlicePageAnswer; readonly province: string };

function useForm({ page, province }: Place) {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const { slice, children } = page;
  const rest = restOf(
    slice.standing,
    children.map((child) => child.standing),
  );
  const jobs = slice.jobTarget - children.reduce((sum, child) => sum + child.jobTarget, 0);
  const [draft, setDraft] = useState<Draft>(() => firstDraft(rest.all.toString(), jobs > 0 ? jobs : 0));
  const [id] = useState(newKey);
  const [tried, setTried] = useState(false);
  const order = orderOf(draft);
  const body = order === null ? null : JSON.stringify(order);
  const preview = usePreview(province, slice.id, body);
  const propose = useCommand<unknown>({
    path: apiOf(province, `slices/${slice.id}/slicings`),
    changes: [apiOf(province, '')],
    onDone: () => void navigate({ to: slicingHref(province, id) }),
  });
  const error = propose.error ?? preview.error;
  const problem = error === null ? null : problemIn(error);
  const at = problem === null ? null : fieldOf(problem);
  const gaps = tried ? gapsOf(draft) : [];
  const gapWords = {
    amount: slicingLabels.amountMissing,
    weights: slicingLabels.weightMissing,
    unit: slicingLabels.unitMissing,
    adjustments: slicingLabels.adjustmentUnfinished,
    zeros: slicingLabels.reasonShort,
    year: slicingLabels.yearHelp,
  } as const;
  const errorOf = (field: string): string | null => {
    const gap = gaps.find((one) => one === field);
    if (gap !== undefined) return say(gapWords[gap]);
    if (problem !== null && at === field) return say(problem.text);
    return fieldError(error, field, say) ?? fieldError(error, `by.formula.${field}`, say);
  };
  const change = (next: Partial<Draft>): void => {
    if (propose.error !== null) propose.reset();
    setDraft({ ...draft, ...next });
  };
  const send = (): void => {
    setTried(true);
    if (order !== null) propose.mutate({ id, ...order });
  };
  return { draft, change, errorOf, send, propose, preview, body, rest, problem, told: at !== null, gaps };
}

export function NothingLeft({ page, province }: Place): ReactNode {
  const { say } = useSpeech();
  const pathTo = useLinePath();
  return (
    <>
      <PageHead
        title={say(creditLabels.divide)}
        path={[...pathTo(province, page.line), { label: say(creditLabels.divide) }]}
      />
      <Empty
        title={say(lineLabels.nothingLeft)}
        actions={
          <LinkButton href={lineHref(province, page.line.id)} icon="credit">
            {say(lineLabels.backToLine)}
          </LinkButton>
        }
      >
        {say(lineLabels.nothingLeftHelp)}
      </Empty>
    </>
  );
}

/** The form of a division over counties, with its outcome worked out beside it. */
export function DivideView({ page, province, chooser }: Place & { readonly chooser: ReactNode }): ReactNode {
  const { say, language } = useSpeech();
  const lineName = useLineName();
  const pathTo = useLinePath();
  const form = useForm({ page, province });
  const { draft, change, errorOf, rest, problem } = form;
  const counties = useAnswer<{ readonly counties: readonly County[] }>(`/api/provinces/${province}/counties`);
  const list = counties.data?.counties ?? [];
  const nameOf = (code: string): string => {
    const found = list.find((county) => county.countyCode === code);
    return found === undefined ? code : language === 'fa' ? found.nameFa : found.nameEn;
  };
  const fields = { draft, change, errorOf };
  const missing = (problem === null ? [] : missingIn(problem)).filter(
    (code) => !draft.zeros.some((zero) => zero.countyCode === code),
  );
  if (rest.all === 0n) return <NothingLeft page={page} province={province} />;
  return (
    <>
      <PageHead
        title={say(creditLabels.divide)}
        path={[...pathTo(province, page.line), { label: say(creditLabels.divide) }]}
      >
        {say(creditLabels.divideHelp)}
      </PageHead>
      {chooser}
      <Figures>
        <Figure
          label={say(slicingLabels.unslicedNow)}
          value={<Money rials={rest.all} />}
          detail={`${lineName(page.line)} · ${exactRials(rest.all, language)}`}
        />
        <Figure
          label={say(slicingLabels.ofWhichLocked)}
          value={<Money rials={rest.locked} />}
          tone="locked"
          detail={exactRials(rest.locked, language)}
        />
      </Figures>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 'var(--s6) var(--s10)', alignItems: 'start' }}>
        <form
          style={{ flex: '1 1 300px', minInlineSize: 0, maxInlineSize: '480px' }}
          onSubmit={(event) => {
            event.preventDefault();
            form.send();
          }}
        >
          <div className="k-form">
            <div>
              <MoneyField
                label={say(creditLabels.amountToDivide)}
                name="amount"
                required
                hint={say(slicingLabels.amountHelp)}
                value={draft.amount}
                onChange={(amount) => change({ amount })}
                error={errorOf('amount')}
              />
              {rialsOf(draft.amount || '0') === rest.all ? null : (
                <Button kind="quiet" onPress={() => change({ amount: rest.all.toString() })}>
                  {say(slicingLabels.whole)}
                </Button>
              )}
            </div>
            <NumberField
              label={say(creditLabels.jobTarget)}
              name="jobTarget"
              required
              unit={say(creditLabels.jobs)}
              value={draft.jobTarget}
              onChange={(jobTarget) => change({ jobTarget })}
              error={errorOf('jobTarget')}
            />
            <Weights {...fields} />
            <Bounds {...fields} />
          </div>
          <Zeros {...fields} nameOf={nameOf} />
          <Adjustments {...fields} counties={list} />
          <div className="k-stack" style={{ marginBlockStart: 'var(--s8)' }}>
            {form.propose.error === null || form.told ? null : (
              <ProblemNotice error={form.propose.error} onRetry={form.send} />
            )}
            <Button kind="primary" type="submit" icon="send" busy={form.propose.isPending}>
              {say(creditLabels.propose)}
            </Button>
          </div>
        </form>
        <div style={{ flex: '6 1 640px', minInlineSize: 0, maxInlineSize: '100%' }}>
          <PreviewPart
            axis="county"
            asked={form.preview}
            body={form.body}
            told={form.told}
            question={
              missing.length === 0 ? null : (
                <Missing draft={draft} change={change} missing={missing} nameOf={nameOf} />
              )
            }
          />
        </div>
      </div>
    </>
  );
}

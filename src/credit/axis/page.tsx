import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { exactRials } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { MoneyField, NumberField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { axesHere, coordinatesOf } from '../axis.ts';
import type { PartAxis, SlicePageAnswer } from '../contract.ts';
import { DivideView, NothingLeft, PreviewPart, type Place, usePreview } from '../division/page.tsx';
import { Answered, apiOf, slicingHref, useAddress, useLinePath } from '../province/page.tsx';
import { slicingKind } from '../rules.ts';
import { restOf } from '../slice/rules.ts';
import { slicingLabels } from '../slicing/words.ts';
import { creditLabels } from '../words.ts';
import type { PartKeys } from './contract.ts';
import { type SumsDraft, gapsOf, orderOf, totalOf } from './rules.ts';
import { axisWords, divideLabels as labels } from './words.ts';

/** The axis stands in the address, so that the form can be sent on. */
function useAxis(axes: readonly PartAxis[]): readonly [PartAxis | undefined, (next: string) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const asked = axes.find((axis) => axis === search['axis']);
  return [asked ?? axes[0], (axis) => void navigate({ to: '.', replace: true, search: { axis } })];
}

type SumsProps = Place & { readonly axis: Exclude<PartAxis, 'county'>; readonly chooser: ReactNode };

function useSums({ page, province, axis }: SumsProps) {
  const navigate = useNavigate();
  const { slice, children } = page;
  const rest = restOf(
    slice.standing,
    children.map(({ standing }) => standing),
  );
  const jobs = slice.jobTarget - children.reduce((sum, child) => sum + child.jobTarget, 0);
  const [draft, setDraft] = useState<SumsDraft>({ rows: [], jobTarget: String(Math.max(0, jobs)) });
  const [id] = useState(newKey);
  const [tried, setTried] = useState(false);
  const gaps = gapsOf(draft, rest.all);
  const order = gaps.size === 0 ? orderOf(draft, axis) : null;
  const body = order === null ? null : JSON.stringify(order);
  const propose = useCommand<unknown>({
    path: apiOf(province, `slices/${slice.id}/slicings`),
    changes: [apiOf(province, '')],
    onDone: () => void navigate({ to: slicingHref(province, id) }),
  });
  const change = (next: Partial<SumsDraft>): void => {
    if (propose.error !== null) propose.reset();
    setDraft({ ...draft, ...next });
  };
  const send = (): void => {
    setTried(true);
    if (order !== null) propose.mutate({ id, ...order });
  };
  return {
    draft,
    change,
    send,
    tried,
    gaps,
    rest,
    propose,
    body,
    preview: usePreview(province, slice.id, body),
  };
}

function Rows({
  form,
  axis,
  keys,
}: {
  readonly form: ReturnType<typeof useSums>;
  readonly axis: PartAxis;
  readonly keys: PartKeys['parts'];
}): ReactNode {
  const { say } = useSpeech();
  const { draft, change, tried, gaps } = form;
  const free = keys.filter(({ key }) => !draft.rows.some((row) => row.key === key));
  const nameOf = (key: string): string => {
    const found = keys.find((one) => one.key === key);
    return found === undefined ? key : say(found);
  };
  return (
    <>
      {draft.rows.map((row) => (
        <div key={row.key}>
          <MoneyField
            label={nameOf(row.key)}
            name={`part.${row.key}`}
            required
            value={row.amount}
            onChange={(amount) =>
              change({ rows: draft.rows.map((one) => (one === row ? { ...one, amount } : one)) })
            }
            error={tried && gaps.has(row.key) ? say(slicingLabels.amountMissing) : null}
          />
          <Button
            kind="quiet"
            icon="close"
            onPress={() => change({ rows: draft.rows.filter((one) => one !== row) })}
          >
            {say(slicingLabels.remove)}
          </Button>
        </div>
      ))}
      {free.length === 0 ? null : (
        <ComboBox
          key={draft.rows.length}
          label={`${say(labels.addPart)} (${say(axisWords[axis])})`}
          name="part"
          required={draft.rows.length === 0}
          value={null}
          onChange={(key) => change({ rows: [...draft.rows, { key, amount: '' }] })}
          choices={free.map((one) => ({ key: one.key, label: say(one) }))}
          error={tried && draft.rows.length === 0 ? say(labels.noPart) : null}
        />
      )}
    </>
  );
}

/** The form of a division along any axis but the counties: what each part gets is said, not worked out. */
function SumsView(props: SumsProps): ReactNode {
  const { page, province, axis, chooser } = props;
  const { say, language } = useSpeech();
  const pathTo = useLinePath();
  const form = useSums(props);
  const { draft, change, rest, gaps, propose } = form;
  const keys = useAnswer<PartKeys>(apiOf(province, `part-keys?axis=${axis}`)).data?.parts ?? [];
  if (rest.all === 0n) return <NothingLeft page={page} province={province} />;
  const sum = totalOf(draft);
  return (
    <>
      <PageHead
        title={say(creditLabels.divide)}
        path={[...pathTo(province, page.line), { label: say(creditLabels.divide) }]}
      >
        {say(labels.sumsHelp)}
      </PageHead>
      {chooser}
      <Figures>
        <Figure
          label={say(slicingLabels.unslicedNow)}
          value={<Money rials={rest.all} />}
          detail={exactRials(rest.all, language)}
        />
        <Figure
          label={say(labels.together)}
          value={<Money rials={sum} />}
          detail={exactRials(sum, language)}
        />
      </Figures>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 'var(--s6) var(--s10)', alignItems: 'start' }}>
        <form
          className="k-form"
          style={{ flex: '1 1 300px', minInlineSize: 0, maxInlineSize: '480px' }}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            form.send();
          }}
        >
          <Rows form={form} axis={axis} keys={keys} />
          <NumberField
            label={say(creditLabels.jobTarget)}
            name="jobTarget"
            required
            unit={say(creditLabels.jobs)}
            hint={say(labels.jobsHelp)}
            value={draft.jobTarget}
            onChange={(jobTarget) => change({ jobTarget })}
          />
          {gaps.has('total') ? <Notice tone="amber" title={say(labels.tooMuch)} /> : null}
          {propose.error === null ? null : <ProblemNotice error={propose.error} onRetry={form.send} />}
          <div>
            <Button kind="primary" type="submit" icon="send" busy={propose.isPending}>
              {say(creditLabels.propose)}
            </Button>
          </div>
        </form>
        <div style={{ flex: '6 1 640px', minInlineSize: 0, maxInlineSize: '100%' }}>
          <PreviewPart asked={form.preview} body={form.body} axis={axis} told={false} question={null} />
        </div>
      </div>
    </>
  );
}

function Division({ page, province }: Place): ReactNode {
  const { say } = useSpeech();
  const { slice, children } = page;
  const axes = axesHere(coordinatesOf(slice), children[0]?.axis ?? null);
  const [axis, choose] = useAxis(axes);
  if (axis === undefined) return <NothingLeft page={page} province={province} />;
  const chooser =
    axes.length === 1 ? null : (
      <div style={{ maxInlineSize: '480px' }}>
        <Select
          label={say(labels.by)}
          name="axis"
          required
          hint={say(labels.byHelp)}
          value={axis}
          onChange={choose}
          choices={axes.map((one) => ({ key: one, label: say(axisWords[one]) }))}
        />
      </div>
    );
  const place = { page, province, chooser };
  return axis === 'county' ? (
    <DivideView key={slice.id} {...place} />
  ) : (
    <SumsView key={`${slice.id} ${axis}`} {...place} axis={axis} />
  );
}

/** The form of a division, its outcome worked out beside it: counties by formula, any other axis by sums. */
export function DividePage(): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const province = useAddress('province');
  const asked = useAnswer<SlicePageAnswer>(apiOf(province, `slices/${useAddress('slice')}`));
  const pathTo = useLinePath();
  return (
    <Answered asked={asked} title={say(creditLabels.divide)} province={province}>
      {(page) =>
        slicingKind.start.may.some((role) => role === user?.role) ? (
          <Division page={page} province={province} />
        ) : (
          <>
            <PageHead title={say(creditLabels.divide)} path={pathTo(province, page.line)} />
            <Notice tone="amber" title={say(slicingLabels.notDirector)} />
          </>
        )
      }
    </Answered>
  );
}

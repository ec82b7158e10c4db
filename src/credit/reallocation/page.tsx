import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { rial } from '#kernel/rial.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { moneyScale, moneyText, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { about } from '../lapse/rules.ts';
import { Unspent } from '../forecast/page.tsx';
import { lapseLabels } from '../lapse/words.ts';
import {
  Answered,
  UnitOf,
  apiOf,
  lapseHref,
  transferHref,
  useAddress,
  useLinePath,
} from '../province/page.tsx';
import { creditLabels } from '../words.ts';
import type { DraftStepAnswer, ReallocationDraft, SiblingAnswer } from './contract.ts';
import { reallocationActWords, reallocationLabels, whyWords } from './words.ts';

type Row = { readonly from: string | null; readonly to: string | null; readonly amount: string };
type Shown = { readonly page: ReallocationDraft; readonly province: string };

const rowsOf = ({ steps }: ReallocationDraft): readonly Row[] =>
  steps.map(({ fromSliceId, toSliceId, amount }) => ({ from: fromSliceId, to: toSliceId, amount }));

const spoken = (rials: string) => {
  const rounded = about(rial(rials));
  return { fa: moneyText(rounded, 'fa'), en: moneyText(rounded, 'en') };
};

/** Why the draft has this step; nothing once a person has changed its ends. */
function Why({ page, row }: { readonly page: ReallocationDraft; readonly row: Row }): ReactNode {
  const { say } = useSpeech();
  const step: DraftStepAnswer | undefined = page.steps.find(
    ({ fromSliceId, toSliceId }) => fromSliceId === row.from && toSliceId === row.to,
  );
  const nameOf = (id: string | null) => page.siblings.find(({ sliceId }) => sliceId === id)?.name;
  const [from, to] = [nameOf(row.from), nameOf(row.to)];
  if (step === undefined || from === undefined || to === undefined) return null;
  const { unspent, wanted, available, ends } = step.why;
  return (
    <p className="k-hint">
      {say(
        whyWords({
          from,
          to,
          unspent: spoken(unspent),
          wanted: spoken(wanted),
          available: spoken(available),
          ends,
        }),
      )}
    </p>
  );
}

function Steps({
  page,
  rows,
  onChange,
}: {
  readonly page: ReallocationDraft;
  readonly rows: readonly Row[];
  readonly onChange: (rows: readonly Row[]) => void;
}): ReactNode {
  const { say } = useSpeech();
  const put = (place: number, next: Partial<Row>): void =>
    onChange(rows.map((row, index) => (index === place ? { ...row, ...next } : row)));
  const choices = page.siblings.map(({ sliceId, name }) => ({ key: sliceId, label: say(name) }));
  return (
    <div className="k-stack" style={{ justifyItems: 'stretch' }}>
      {rows.length === 0 ? (
        <Empty title={say(reallocationLabels.nothing)}>{say(reallocationLabels.nothingHelp)}</Empty>
      ) : null}
      {rows.map((row, place) => (
        <div
          key={`step ${place}`}
          style={{ borderBlockEnd: 'var(--hair) solid var(--line)', paddingBlockEnd: 'var(--s3)' }}
        >
          <div
            style={{
              display: 'grid',
              gap: 'var(--s3)',
              gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))',
              alignItems: 'start',
            }}
          >
            <ComboBox
              label={say(reallocationLabels.from)}
              name={`from ${place}`}
              required
              value={row.from}
              onChange={(from) => put(place, { from })}
              choices={choices}
            />
            <ComboBox
              label={say(reallocationLabels.to)}
              name={`to ${place}`}
              required
              value={row.to}
              onChange={(to) => put(place, { to })}
              choices={choices}
            />
            <MoneyField
              label={say(reallocationLabels.amount)}
              name={`amount ${place}`}
              required
              value={row.amount}
              onChange={(amount) => put(place, { amount })}
            />
          </div>
          <Why page={page} row={row} />
          <Button
            kind="quiet"
            icon="close"
            onPress={() => onChange(rows.filter((_, index) => index !== place))}
          >
            {say(reallocationLabels.remove)}
          </Button>
        </div>
      ))}
      <div className="k-row no-print">
        <Button icon="add" onPress={() => onChange([...rows, { from: null, to: null, amount: '' }])}>
          {say(reallocationLabels.add)}
        </Button>
        <Button kind="quiet" icon="retry" onPress={() => onChange(rowsOf(page))}>
          {say(reallocationLabels.again)}
        </Button>
      </div>
    </div>
  );
}

const changeOf = (rows: readonly Row[], id: string): bigint =>
  rows.reduce((sum, { from, to, amount }) => {
    const moved = rialsOf(amount === '' ? '0' : amount);
    return sum + (to === id ? moved : 0n) - (from === id ? moved : 0n);
  }, 0n);

/** What a slice may give: what is free, and down to its floor. */
function givableOf({ left, amount, floor }: SiblingAnswer): bigint {
  const [free, above] = [rialsOf(left), rialsOf(amount) - rialsOf(floor)];
  const least = free < above ? free : above;
  return least > 0n ? least : 0n;
}

/** Every slice before and after, with what of it would stay unspent. */
function Balance({
  page,
  rows,
}: {
  readonly page: ReallocationDraft;
  readonly rows: readonly Row[];
}): ReactNode {
  const { say } = useSpeech();
  const after = (one: SiblingAnswer): bigint => rialsOf(one.amount) + changeOf(rows, one.sliceId);
  const scale = moneyScale(page.siblings.flatMap((one) => [rialsOf(one.amount), after(one), givableOf(one)]));
  const money = (key: string, title: string, of: (one: SiblingAnswer) => bigint): Column<SiblingAnswer> => ({
    key,
    title,
    align: 'figure',
    render: (one) => <Money rials={of(one)} scale={scale} />,
    sortBy: of,
    csv: (one) => of(one).toString(),
    csvTitle: `${title} (${say(creditLabels.rials)})`,
    sum: <Money rials={page.siblings.reduce((sum, one) => sum + of(one), 0n)} scale={scale} />,
  });
  return (
    <Section title={say(reallocationLabels.slices)} aside={<UnitOf scale={scale} />}>
      <DataTable
        caption={say(reallocationLabels.slices)}
        columns={[
          {
            key: 'name',
            title: say(creditLabels.slice),
            render: (one) => say(one.name),
            sortBy: (one) => say(one.name),
            csv: (one) => say(one.name),
          },
          {
            key: 'unspent',
            title: say(lapseLabels.unspent),
            align: 'figure',
            render: (one) => <Unspent forecast={one.forecast} />,
          },
          money('left', say(reallocationLabels.mayGive), givableOf),
          money('before', say(reallocationLabels.before), (one) => rialsOf(one.amount)),
          money('after', say(reallocationLabels.after), after),
        ]}
        rows={page.siblings}
        rowKey={(one) => one.sliceId}
        csvName="reallocation"
        dense
      />
    </Section>
  );
}

function DraftView({ page, province }: Shown): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const pathTo = useLinePath();
  const [id] = useState(newKey);
  const [rows, setRows] = useState(() => rowsOf(page));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const propose = useCommand<unknown>({
    path: apiOf(province, `slices/${page.parentSliceId}/reallocations`),
    changes: [apiOf(province, '')],
    onDone: () => void navigate({ to: transferHref(province, id) }),
  });
  const whole = rows.every(({ from, to, amount }) => from !== null && to !== null && /^0*[1-9]/.test(amount));
  const short = reason.trim().length < 3;
  const send = (): void => {
    setTried(true);
    if (!whole || short || rows.length === 0) return;
    const moves = rows.map(({ from, to, amount }) => ({ fromSliceId: from, toSliceId: to, amount }));
    propose.mutate({ id, reason: reason.trim(), moves });
  };
  return (
    <>
      <PageHead
        title={say(reallocationLabels.title)}
        path={[
          ...pathTo(province, page.line),
          { label: say(reallocationLabels.toForecast), href: lapseHref(province, page.line.id) },
          { label: say(reallocationLabels.title) },
        ]}
        actions={<PrintButton />}
      >
        {say(reallocationLabels.lead)}
      </PageHead>
      <Figures>
        <Figure label={say(reallocationLabels.unmet)} value={<Money rials={about(rial(page.unmet))} />} />
        <Figure label={say(reallocationLabels.unused)} value={<Money rials={about(rial(page.unused))} />} />
      </Figures>
      <Section title={say(reallocationLabels.moves)}>
        <Steps
          page={page}
          rows={rows}
          onChange={(next) => {
            if (propose.error !== null) propose.reset();
            setRows(next);
          }}
        />
      </Section>
      <Balance page={page} rows={rows} />
      <form
        className="k-form no-print"
        style={{ maxInlineSize: '520px', marginBlockStart: 'var(--s6)' }}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextField
          label={say(reallocationLabels.reason)}
          name="reason"
          required
          rows={2}
          maxLength={500}
          value={reason}
          onChange={setReason}
          error={
            (tried && short ? say(reallocationLabels.reasonShort) : null) ??
            fieldError(propose.error, 'reason', say)
          }
        />
        {tried && !whole ? <Notice tone="amber" title={say(reallocationLabels.unfinished)} /> : null}
        <ProblemNotice error={propose.error} onRetry={send} />
        <div>
          <Button kind="primary" type="submit" icon="send" busy={propose.isPending}>
            {say(reallocationActWords.propose_transfer)}
          </Button>
        </div>
      </form>
    </>
  );
}

/** The draft of a transfer between the parts of a slice, to be changed and proposed. */
export function ReallocatePage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<ReallocationDraft>(
    apiOf(province, `slices/${useAddress('slice')}/reallocation-draft`),
  );
  return (
    <Answered asked={asked} title={say(reallocationLabels.title)} province={province}>
      {(page) => <DraftView key={page.parentSliceId} page={page} province={province} />}
    </Answered>
  );
}

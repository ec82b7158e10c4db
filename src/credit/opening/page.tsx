import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { rial, type Rial } from '#kernel/rial.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { moneyScale, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { MoneyField, NumberField, TextField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { nameOn } from '../axis/words.ts';
import { coordinateOf } from '../axis.ts';
import { type LinePageAnswer, partAxes } from '../contract.ts';
import {
  Answered,
  StateSign,
  UnitOf,
  apiOf,
  openingHref,
  useAddress,
  useLineName,
  useLinePath,
} from '../province/page.tsx';
import { isDrawable } from '../rules.ts';
import { Sheet } from '../sheet/page.tsx';
import { shareName } from '../share/words.ts';
import { creditLabels } from '../words.ts';
import type { OpeningForm, OpeningRow, RowReason } from './contract.ts';
import { judgeOpening, openingKind, stands } from './rules.ts';
import { openingActWords, openingColumnWords, openingLabels as labels, wordsOfReason } from './words.ts';

type Leaf = OpeningForm['leaves'][number];
type Place = Parameters<typeof coordinateOf>[0] & Parameters<typeof nameOn>[1];

/** «کرج، پوشاک»: a slice by its names on the axes in use; the province where none is. */
export function usePlaceName(): (place: Place) => string {
  const { say, language } = useSpeech();
  return (place) => {
    const names = partAxes.flatMap((axis) =>
      coordinateOf(place, axis) === null ? [] : [say(nameOn(axis, place))],
    );
    return names.length === 0 ? say(creditLabels.provinceTotal) : names.join(language === 'fa' ? '، ' : ', ');
  };
}

/** A share of a slice as a row to fill in. */
type Cell = { readonly key: string; readonly leaf: Leaf; readonly share: string; readonly left: Rial };
type Typed = { readonly amount: string; readonly loans: string; readonly jobs: string };
const empty: Typed = { amount: '', loans: '', jobs: '' };
const isEmpty = ({ amount, loans, jobs }: Typed): boolean => amount === '' && loans === '' && jobs === '';
const keyOf = (sliceId: string, share: string): string => `${sliceId} ${share}`;

const cellsOf = (leaves: readonly Leaf[]): Cell[] =>
  leaves.flatMap((leaf) =>
    leaf.shares.map(({ share, available }) => ({
      key: keyOf(leaf.sliceId, share),
      leaf,
      share,
      left: rial(available),
    })),
  );

const wholeOf = (typed: string): number | null => (typed === '' ? null : Number.parseInt(typed, 10));

/** What was typed, judged by the server's own rule. */
function judgedOf(
  leaves: readonly Leaf[],
  cells: readonly Cell[],
  typed: ReadonlyMap<string, Typed>,
): { readonly rows: readonly OpeningRow[]; readonly reasons: ReadonlyMap<string, RowReason> } {
  const facts = new Map(
    leaves.map(({ sliceId, shares }) => [
      sliceId,
      new Map(shares.map(({ share, available }): [string, Rial] => [share, rial(available)])),
    ]),
  );
  const filled = cells.filter(({ key }) => !isEmpty(typed.get(key) ?? empty));
  const rows = filled.map(({ key, leaf, share }, at): OpeningRow => {
    const { amount, loans, jobs } = typed.get(key) ?? empty;
    return {
      line: at + 1,
      sliceId: leaf.sliceId,
      share,
      amount: amount === '' ? null : rial(amount),
      loans: wholeOf(loans),
      jobs: wholeOf(jobs),
      faults: [],
    };
  });
  const reasons = judgeOpening(rows, facts).flatMap(({ row, reason }): [string, RowReason][] =>
    reason === null ? [] : [[keyOf(row.sliceId ?? '', row.share ?? ''), reason]],
  );
  return { rows, reasons: new Map(reasons) };
}

function useCells(shown: {
  readonly cells: readonly Cell[];
  readonly typed: ReadonlyMap<string, Typed>;
  readonly reasons: ReadonlyMap<string, RowReason>;
  readonly onChange: (key: string, next: Typed) => void;
}): readonly Column<Cell>[] {
  const { say } = useSpeech();
  const nameOf = usePlaceName();
  const { cells, typed, reasons, onChange } = shown;
  const scale = moneyScale(cells.map(({ left }) => left));
  const of = (cell: Cell): Typed => typed.get(cell.key) ?? empty;
  const named = (cell: Cell, label: string): string =>
    `${label} · ${nameOf(cell.leaf)} · ${say(shareName(cell.share))}`;
  const errorOf = (cell: Cell, kinds: readonly RowReason['kind'][]): string | null => {
    const reason = reasons.get(cell.key);
    return reason !== undefined && kinds.includes(reason.kind) ? say(wordsOfReason(reason)) : null;
  };
  return [
    {
      key: 'slice',
      title: say(labels.slice),
      render: ({ leaf }) => nameOf(leaf),
      sortBy: ({ leaf }) => nameOf(leaf),
    },
    { key: 'share', title: say(openingColumnWords.share), render: ({ share }) => say(shareName(share)) },
    {
      key: 'left',
      title: (
        <>
          {say(labels.left)} <UnitOf scale={scale} />
        </>
      ),
      align: 'figure',
      render: ({ left }) => <Money rials={left} scale={scale} />,
      sortBy: ({ left }) => left,
    },
    {
      key: 'amount',
      title: say(labels.paid),
      render: (cell) => (
        <MoneyField
          label={named(cell, say(labels.paid))}
          name={`amount ${cell.key}`}
          value={of(cell).amount}
          onChange={(amount) => onChange(cell.key, { ...of(cell), amount })}
          error={errorOf(cell, ['AmountMissing', 'BeyondAvailable'])}
        />
      ),
    },
    {
      key: 'loans',
      title: say(openingColumnWords.loans),
      render: (cell) => (
        <NumberField
          label={named(cell, say(openingColumnWords.loans))}
          name={`loans ${cell.key}`}
          value={of(cell).loans}
          onChange={(loans) => onChange(cell.key, { ...of(cell), loans })}
          error={errorOf(cell, ['LoansMissing', 'CountTooLarge'])}
        />
      ),
    },
    {
      key: 'jobs',
      title: say(openingColumnWords.jobs),
      render: (cell) => (
        <NumberField
          label={named(cell, say(openingColumnWords.jobs))}
          name={`jobs ${cell.key}`}
          value={of(cell).jobs}
          onChange={(jobs) => onChange(cell.key, { ...of(cell), jobs })}
        />
      ),
    },
  ];
}

type Source = {
  readonly paidUntil: string;
  readonly sourceNumber: string;
  readonly sourceDay: string;
  readonly sourceTitle: string;
  readonly statedLoans: string;
  readonly statedSum: string;
};

function SourceFields(shown: {
  readonly source: Source;
  readonly set: (name: keyof Source) => (value: string) => void;
  readonly errorOf: (name: keyof Source) => string | null;
}): ReactNode {
  const { say } = useSpeech();
  const { source, set, errorOf } = shown;
  const common = <Name extends keyof Source>(name: Name) => ({
    label: say(labels[name]),
    name,
    required: true,
    value: source[name],
    onChange: set(name),
    error: errorOf(name),
  });
  return (
    <Section title={say(labels.source)}>
      <div className="k-form" style={{ maxInlineSize: '520px' }}>
        <TextField {...common('sourceTitle')} maxLength={200} />
        <TextField {...common('sourceNumber')} maxLength={60} />
        <DayField {...common('sourceDay')} />
        <DayField {...common('paidUntil')} hint={say(labels.paidUntilHelp)} />
        <NumberField {...common('statedLoans')} />
        <MoneyField {...common('statedSum')} />
      </div>
    </Section>
  );
}

type Formed = {
  readonly form: OpeningForm;
  readonly province: string;
  readonly lineId: string;
};

function ProposalForm({ form, province, lineId }: Formed): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const [id] = useState(newKey);
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map());
  const [source, setSource] = useState<Source>({
    paidUntil: todayIso(),
    sourceNumber: '',
    sourceDay: todayIso(),
    sourceTitle: '',
    statedLoans: '',
    statedSum: '',
  });
  const [tried, setTried] = useState(false);
  const cells = cellsOf(form.leaves);
  const { rows, reasons } = judgedOf(form.leaves, cells, typed);
  const propose = useCommand<unknown>({
    path: apiOf(province, `lines/${lineId}/openings`),
    changes: [apiOf(province, '')],
    onDone: () => void navigate({ to: openingHref(province, id) }),
  });
  const change = (next: ReadonlyMap<string, Typed>): void => {
    if (propose.error !== null) propose.reset();
    setTyped(next);
  };
  const columns = useCells({
    cells,
    typed,
    reasons,
    onChange: (key, next) => change(new Map(typed).set(key, next)),
  });
  const sum = rows.reduce((all, { amount }) => all + (amount ?? 0n), 0n);
  const loans = rows.reduce((all, one) => all + (one.loans ?? 0), 0);
  const agrees =
    source.statedSum !== '' && rialsOf(source.statedSum) === sum && source.statedLoans === String(loans);
  const errorOf = (name: keyof Source): string | null => {
    if (tried && source[name].trim() === '') return say(labels.missing);
    if (tried && name === 'sourceTitle' && source.sourceTitle.trim().length < 3) return say(labels.short);
    return fieldError(propose.error, name, say);
  };
  const send = (): void => {
    setTried(true);
    const isWhole = Object.values(source).every((text) => text.trim() !== '');
    if (!isWhole || source.sourceTitle.trim().length < 3 || rows.length === 0 || reasons.size > 0) return;
    propose.mutate({
      ...source,
      id,
      statedLoans: Number.parseInt(source.statedLoans, 10),
      rows: rows.map((row) => ({
        sliceId: row.sliceId,
        share: row.share,
        amount: row.amount?.toString(),
        loans: row.loans,
        jobs: row.jobs ?? 0,
      })),
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <SourceFields
        source={source}
        set={(name) => (value) => setSource((before) => ({ ...before, [name]: value }))}
        errorOf={errorOf}
      />
      <Sheet
        province={province}
        lineId={lineId}
        onRows={(read) =>
          change(
            new Map([
              ...typed,
              ...read.map((row): [string, Typed] => [
                keyOf(row.sliceId ?? '', row.share ?? ''),
                { amount: row.amount ?? '', loans: String(row.loans ?? ''), jobs: String(row.jobs ?? '') },
              ]),
            ]),
          )
        }
      />
      <Section title={say(labels.rows)}>
        <div className="k-wide">
          <DataTable
            caption={say(labels.rows)}
            columns={columns}
            rows={cells}
            rowKey={({ key }) => key}
            empty={{ title: say(creditLabels.unsliced) }}
            dense
          />
        </div>
      </Section>
      <Figures>
        <Figure label={say(labels.sumOfRows)} value={<Money rials={sum} />} />
        <Figure
          label={say(openingColumnWords.loans)}
          value={<Digits value={loans} />}
          detail={say(agrees ? labels.agrees : labels.differs)}
        />
      </Figures>
      {tried && rows.length === 0 ? <Notice tone="amber" title={say(labels.noRows)} /> : null}
      {tried && reasons.size > 0 ? <Notice tone="amber" title={say(labels.rowsWrong)} /> : null}
      <ProblemNotice error={propose.error} onRetry={send} />
      <Button kind="primary" type="submit" icon="send" busy={propose.isPending}>
        {say(openingActWords.propose_opening)}
      </Button>
    </form>
  );
}

type Head = OpeningForm['openings'][number];

function useHeads(): readonly Column<Head>[] {
  const { say, digits } = useSpeech();
  return [
    {
      key: 'source',
      title: say(labels.source),
      render: ({ sourceTitle, sourceNumber }) => <Bidi>{`${sourceTitle} · ${digits(sourceNumber)}`}</Bidi>,
    },
    {
      key: 'day',
      title: say(labels.paidUntil),
      render: ({ paidUntil }) => <DayText iso={paidUntil} />,
      sortBy: ({ paidUntil }) => paidUntil,
    },
    {
      key: 'sum',
      title: say(labels.paid),
      align: 'figure',
      render: ({ statedSum }) => <Money rials={statedSum} />,
      csv: ({ statedSum }) => statedSum,
    },
    {
      key: 'loans',
      title: say(openingColumnWords.loans),
      align: 'figure',
      render: ({ statedLoans }) => <Digits value={statedLoans} />,
    },
    { key: 'state', title: say(creditLabels.state), render: ({ state }) => <StateSign state={state} /> },
  ];
}

function OpeningsView({
  form,
  page,
  province,
}: Omit<Formed, 'lineId'> & { readonly page: LinePageAnswer }): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const pathTo = useLinePath();
  const nameOf = useLineName();
  const columns = useHeads();
  const { line } = page;
  const may = openingKind.start.may.some((role) => role === user?.role);
  const isTaken = form.openings.some(({ state }) => stands(state));
  const isOpen = isDrawable(line.state);
  return (
    <>
      <PageHead
        title={`${say(labels.title)} · ${nameOf(line)}`}
        path={[...pathTo(province, line), { label: say(labels.title) }]}
      >
        {say(labels.help)}
      </PageHead>
      {form.openings.length === 0 && (!may || !isOpen) ? (
        <Empty title={say(labels.none)}>{say(isOpen ? labels.noneHelp : labels.notOpen)}</Empty>
      ) : null}
      {form.openings.length === 0 ? null : (
        <Section title={say(labels.openings)}>
          <DataTable
            caption={say(labels.openings)}
            columns={columns}
            rows={form.openings}
            rowKey={({ id }) => id}
            rowHref={({ id }) => openingHref(province, id)}
          />
        </Section>
      )}
      {may && isTaken ? <p className="k-hint">{say(labels.standing)}</p> : null}
      {may && isOpen && !isTaken ? <ProposalForm form={form} province={province} lineId={line.id} /> : null}
    </>
  );
}

/** The openings of a line, and where none stands the form to propose one. */
export function OpeningsPage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const lineId = useAddress('line');
  const line = useAnswer<LinePageAnswer>(apiOf(province, `lines/${lineId}`));
  const asked = useAnswer<OpeningForm>(apiOf(province, `lines/${lineId}/openings`));
  return (
    <Answered asked={line} title={say(labels.title)} province={province}>
      {(page) => (
        <Answered asked={asked} title={say(labels.title)} province={province}>
          {(form) => <OpeningsView form={form} page={page} province={province} />}
        </Answered>
      )}
    </Answered>
  );
}

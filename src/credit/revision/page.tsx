import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { moneyScale, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Line } from '../contract.ts';
import { UnitOf, apiOf } from '../province/page.tsx';
import { useScanColumn } from '../scan/page.tsx';
import { creditNames } from '../words.ts';
import type { LineHistory, Version } from './contract.ts';
import { revisionLabels as labels } from './words.ts';

/** The acts by letter, and the opening, which needs none. */
const acts = ['notify', 'top_up', 'open', 'extend', 'cut', 'close'] as const;
type LineAct = (typeof acts)[number];

const paths = {
  notify: 'notifications',
  top_up: 'notifications',
  open: 'opening',
  extend: 'extension',
  cut: 'cut',
  close: 'closing',
} as const satisfies Record<LineAct, string>;

type Draft = {
  readonly amount: string;
  readonly letterNumber: string;
  readonly letterDay: string;
  readonly deadline: string;
  readonly reason: string;
};

const takesAmount = (act: LineAct): boolean => act === 'notify' || act === 'top_up' || act === 'cut';
const takesReason = (act: LineAct): boolean => act === 'extend' || act === 'cut' || act === 'close';

/** What goes over the wire: exactly the fields of the act's own order. */
function bodyOf(act: LineAct, draft: Draft, version: number): object {
  const { amount, letterNumber, letterDay, deadline, reason } = draft;
  return {
    ...(act === 'open' ? {} : { letterNumber: letterNumber.trim(), letterDay }),
    ...(takesAmount(act) ? { amount } : {}),
    ...(act === 'extend' ? { deadline } : {}),
    ...(takesReason(act) ? { seenVersion: version, reason: reason.trim() } : {}),
  };
}

function useGaps(act: LineAct, draft: Draft): Partial<Record<keyof Draft, string>> {
  const { say } = useSpeech();
  const missing = say(labels.missing);
  return {
    ...(takesAmount(act) && draft.amount === '' ? { amount: missing } : {}),
    ...(act !== 'open' && draft.letterNumber.trim() === '' ? { letterNumber: missing } : {}),
    ...(act !== 'open' && draft.letterDay === '' ? { letterDay: missing } : {}),
    ...(act === 'extend' && draft.deadline === '' ? { deadline: missing } : {}),
    ...(takesReason(act) && draft.reason.trim().length < 3 ? { reason: say(labels.shortReason) } : {}),
  };
}

const helps = {
  notify: null,
  top_up: null,
  open: labels.openHelp,
  extend: labels.extendHelp,
  cut: labels.cutHelp,
  close: labels.closeHelp,
} as const;

type FieldsProps = {
  readonly act: LineAct;
  readonly draft: Draft;
  readonly change: (next: Partial<Draft>) => void;
  readonly errorOf: (field: keyof Draft) => string | null;
};

function LetterFields({ act, draft, change, errorOf }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  const help = helps[act];
  return (
    <>
      {help === null ? null : <p>{say(help)}</p>}
      {takesAmount(act) ? (
        <MoneyField
          label={say(act === 'cut' ? labels.cutAmount : labels.amount)}
          name="amount"
          required
          value={draft.amount}
          onChange={(amount) => change({ amount })}
          error={errorOf('amount')}
        />
      ) : null}
      {act === 'extend' ? (
        <DayField
          label={say(labels.newDeadline)}
          name="deadline"
          required
          value={draft.deadline}
          onChange={(deadline) => change({ deadline })}
          error={errorOf('deadline')}
        />
      ) : null}
      {act === 'open' ? null : (
        <>
          <TextField
            label={say(labels.letterNumber)}
            name="letterNumber"
            required
            maxLength={60}
            value={draft.letterNumber}
            onChange={(letterNumber) => change({ letterNumber })}
            error={errorOf('letterNumber')}
          />
          <DayField
            label={say(labels.letterDay)}
            name="letterDay"
            required
            value={draft.letterDay}
            onChange={(letterDay) => change({ letterDay })}
            error={errorOf('letterDay')}
          />
        </>
      )}
      {takesReason(act) ? (
        <TextField
          label={say(labels.reason)}
          name="reason"
          required
          rows={2}
          maxLength={500}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
          error={errorOf('reason')}
        />
      ) : null}
    </>
  );
}

function LetterDialog({
  line,
  act,
  province,
  onClose,
}: {
  readonly line: Line;
  readonly act: LineAct;
  readonly province: string;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [draft, setDraft] = useState<Draft>(() => ({
    amount: '',
    letterNumber: '',
    letterDay: todayIso(),
    deadline: '',
    reason: '',
  }));
  const [tried, setTried] = useState(false);
  const gaps = useGaps(act, draft);
  const command = useCommand<unknown>({
    path: apiOf(province, `lines/${line.id}/${paths[act]}`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const send = (): void => {
    setTried(true);
    if (Object.keys(gaps).length === 0) command.mutate({ id, ...bodyOf(act, draft, line.version) });
  };
  return (
    <Dialog
      title={say(creditNames.acts[act])}
      open
      onClose={onClose}
      foot={
        <Button kind={act === 'close' ? 'danger' : 'primary'} busy={command.isPending} onPress={send}>
          {say(creditNames.acts[act])}
        </Button>
      }
    >
      <form
        className="k-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <LetterFields
          act={act}
          draft={draft}
          change={(next) => setDraft({ ...draft, ...next })}
          errorOf={(field) => (tried ? gaps[field] : undefined) ?? fieldError(command.error, field, say)}
        />
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

type Life = { readonly history: LineHistory; readonly line: Line; readonly province: string };

/** What can be done with the line now; what cannot stands grey with its reason. Nothing for who may do none of it. */
function Acts({ line, province, history }: Life): ReactNode {
  const { say } = useSpeech();
  const [chosen, setChosen] = useState<LineAct | null>(null);
  // The first letter notifies, every later one tops up: only one of the two is ever meant.
  const other = line.state === 'draft' ? 'top_up' : 'notify';
  const shown = acts.flatMap((act) => {
    const choice = history.choices.find((one) => one.act === act);
    return choice === undefined || act === other ? [] : [{ ...choice, act }];
  });
  if (!shown.some((choice) => choice.lawful)) return null;
  return (
    <div className="k-row no-print" style={{ alignItems: 'start', marginBlockEnd: 'var(--s4)' }}>
      {shown.map((choice) => (
        <Button
          key={choice.act}
          refusedBecause={choice.because === null ? null : say(choice.because)}
          onPress={() => setChosen(choice.act)}
        >
          {say(creditNames.acts[choice.act])}
        </Button>
      ))}
      {chosen === null ? null : (
        <LetterDialog
          key={`${chosen} ${line.version}`}
          line={line}
          act={chosen}
          province={province}
          onClose={() => setChosen(null)}
        />
      )}
    </div>
  );
}

/** Whether a letter took money back. */
const isBack = (row: Version): boolean => row.act === 'cut' || row.act === 'close';

function useColumns(versions: readonly Version[], province: string): readonly Column<Version>[] {
  const { say, digits } = useSpeech();
  const scan = useScanColumn(province);
  const scale = moneyScale(versions.flatMap((row) => [row.amount ?? '0', row.allocated, row.handedBack]));
  const money = (key: 'allocated' | 'handedBack', title: string): Column<Version> => ({
    key,
    title,
    align: 'figure',
    render: (row) => <Money rials={row[key]} scale={scale} />,
    csv: (row) => row[key],
  });
  return [
    {
      key: 'act',
      title: say(labels.act),
      render: (row) => `${digits(row.number)}. ${say(creditNames.acts[row.act])}`,
      csv: (row) => say(creditNames.acts[row.act]),
    },
    {
      key: 'letter',
      title: say(labels.letter),
      render: (row) => <Bidi>{digits(row.letterNumber)}</Bidi>,
      csv: (row) => row.letterNumber,
    },
    {
      key: 'letterDay',
      title: say(labels.letterDay),
      render: (row) => <DayText iso={row.letterDay} />,
      csv: (row) => row.letterDay,
    },
    {
      key: 'change',
      title: say(labels.change),
      align: 'figure',
      render: (row) =>
        row.amount === null ? (
          <DayText iso={row.deadline} />
        ) : (
          <bdi>
            {isBack(row) && row.amount !== '0' ? '−' : ''}
            <Money rials={row.amount} scale={scale} />
          </bdi>
        ),
      csv: (row) => (row.amount === null ? row.deadline : `${isBack(row) ? '-' : ''}${row.amount}`),
    },
    money('allocated', say(labels.allocated)),
    money('handedBack', say(labels.handedBack)),
    {
      key: 'deadline',
      title: say(labels.deadline),
      render: (row) => <DayText iso={row.deadline} />,
      csv: (row) => row.deadline,
    },
    scan,
    {
      key: 'reason',
      title: say(labels.reason),
      render: (row) => row.reason ?? '',
      csv: (row) => row.reason ?? '',
      wideOnly: true,
    },
    {
      key: 'recorded',
      title: say(labels.recorded),
      render: (row) => (
        <>
          <DayText iso={row.recordedOn} /> {row.byName}
        </>
      ),
      csv: (row) => row.recordedOn,
      wideOnly: true,
    },
  ];
}

/** The letters of a line as its versions, now or as they stood at the end of a day. */
function Versions({ history, line, province }: Life): ReactNode {
  const { say } = useSpeech();
  const [day, setDay] = useState('');
  const versions = history.versions.filter((one) => day === '' || one.recordedOn <= day);
  const columns = useColumns(history.versions, province);
  const scale = moneyScale(history.versions.map((row) => row.allocated));
  if (history.versions.length === 0)
    return <Empty title={say(labels.noLetters)}>{say(labels.noLettersHelp)}</Empty>;
  return (
    <>
      <div
        className="k-row no-print"
        style={{ justifyContent: 'space-between', alignItems: 'end', marginBlockEnd: 'var(--s3)' }}
      >
        <div style={{ maxInlineSize: '300px' }}>
          <DayField
            label={say(labels.asOf)}
            name="asOf"
            hint={say(labels.asOfHelp)}
            value={day}
            onChange={setDay}
          />
        </div>
        <UnitOf scale={scale} />
      </div>
      <div className="k-wide">
        <DataTable
          caption={say(labels.letters)}
          columns={columns}
          rows={versions}
          rowKey={(row) => row.id}
          csvName={`versions-${province}-${line.budgetYear}`}
          empty={{ title: say(labels.notYet) }}
          dense
        />
      </div>
    </>
  );
}

/** What was paid of the line in which fiscal year, beside the year whose credit it is. */
function PaidByYear({ line, history }: { readonly line: Line; readonly history: LineHistory }): ReactNode {
  const { say, digits } = useSpeech();
  const rows = history.paidByYear;
  const sum = rows.reduce((all, row) => all + rialsOf(row.amount), 0n);
  const scale = moneyScale([...rows.map((row) => row.amount), sum.toString()]);
  if (rows.length === 0) return <p className="k-hint">{say(labels.nothingPaid)}</p>;
  return (
    <DataTable
      caption={say(labels.byYear)}
      columns={[
        {
          key: 'year',
          title: say(labels.year),
          render: (row) =>
            row.year === line.budgetYear
              ? `${digits(row.year)} · ${say(labels.sameYear)}`
              : `${digits(row.year)} · ${say(labels.ofBudgetYear)} ${digits(line.budgetYear)}`,
          csv: (row) => String(row.year),
        },
        {
          key: 'amount',
          title: <UnitOf scale={scale} />,
          align: 'figure',
          render: (row) => <Money rials={row.amount} scale={scale} />,
          csv: (row) => row.amount,
          csvTitle: say(labels.amount),
          sum: <Money rials={sum} scale={scale} />,
        },
        {
          key: 'share',
          title: '',
          align: 'figure',
          render: (row) => <Percent part={row.amount} whole={sum} />,
        },
      ]}
      rows={rows}
      rowKey={(row) => String(row.year)}
      csvName={`paid-by-year-${line.province}-${line.budgetYear}`}
    />
  );
}

/** The life of a line: what may be done with it now, its letters as versions, and the years in which it was paid. */
export function LineLife({
  line,
  province,
  seesLetters,
}: {
  readonly line: Line;
  readonly province: string;
  /** A county office does not: they name the sum of the whole province. */
  readonly seesLetters: boolean;
}): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<LineHistory>(apiOf(province, `lines/${line.id}/history`));
  const history = asked.data;
  if (history === undefined)
    return asked.error === null ? (
      <Skeleton rows={4} />
    ) : (
      <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
    );
  return (
    <>
      {seesLetters ? (
        <Section title={say(labels.letters)}>
          <Acts line={line} province={province} history={history} />
          <Versions history={history} line={line} province={province} />
        </Section>
      ) : null}
      <Section title={say(labels.byYear)}>
        <PaidByYear line={line} history={history} />
        <p className="k-hint" style={{ marginBlockStart: 'var(--s2)' }}>
          {say(labels.byYearHelp)}
        </p>
      </Section>
    </>
  );
}

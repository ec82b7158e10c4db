import { useState, type ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { percentText, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { MoneyField, NumberField, TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import type { Line } from '../contract.ts';
import { apiOf } from '../province/page.tsx';
import { lineKind } from '../rules.ts';
import { beneficiaryWords, rateWords } from '../words.ts';
import type { Dated, ParameterName, ParametersAnswer } from './contract.ts';
import { hundredthsOf, inForce } from './rules.ts';
import { parameterLabels as labels, parameterWords } from './words.ts';

const unitOf = (name: ParameterName): Bilingual => (name === 'report_days' ? labels.days : labels.months);
const isCeiling = (name: ParameterName): boolean => name.startsWith('ceiling');
const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] =>
  Object.keys(table).flatMap((key) => (isKeyOf(table, key) ? [key] : []));
const isKeyOf = <Key extends string>(table: Readonly<Record<Key, unknown>>, key: string): key is Key =>
  Object.hasOwn(table, key);

function ValueOf({ row }: { readonly row: Dated }): ReactNode {
  const { say, digits, language } = useSpeech();
  if (isCeiling(row.name)) return <Money rials={row.value} />;
  if (row.rateKind === null) return `${digits(row.value)} ${say(unitOf(row.name))}`;
  const decimals = rialsOf(row.value) % 100n === 0n ? 0 : 2;
  return `${say(rateWords[row.rateKind])} ${percentText(rialsOf(row.value), 10_000n, language, decimals)}`;
}

/** Whether a value decides today, is followed by another already, or has not begun. */
function StandingOf({ row, all }: { readonly row: Dated; readonly all: readonly Dated[] }): ReactNode {
  const { say } = useSpeech();
  const on = todayIso();
  if (row.validFrom > on)
    return (
      <Sign tone="amber" icon="time">
        {say(labels.later)}
      </Sign>
    );
  return inForce(all, { ...row, on })?.id === row.id ? (
    <Sign tone="green" icon="check">
      {say(labels.inForce)}
    </Sign>
  ) : (
    <Sign tone="quiet" icon="close">
      {say(labels.past)}
    </Sign>
  );
}

function useColumns(all: readonly Dated[]): readonly Column<Dated>[] {
  const { say, digits } = useSpeech();
  return [
    {
      key: 'name',
      title: say(labels.term),
      render: (row) => say(parameterWords[row.name]),
      csv: (row) => say(parameterWords[row.name]),
      sortBy: (row) => say(parameterWords[row.name]),
    },
    {
      key: 'for',
      title: say(labels.forWhom),
      render: (row) => say(row.beneficiaryKind === null ? labels.all : beneficiaryWords[row.beneficiaryKind]),
      csv: (row) => say(row.beneficiaryKind === null ? labels.all : beneficiaryWords[row.beneficiaryKind]),
    },
    {
      key: 'value',
      title: say(labels.value),
      align: 'figure',
      render: (row) => <ValueOf row={row} />,
      csv: (row) => row.value,
    },
    {
      key: 'from',
      title: say(labels.from),
      render: (row) => <DayText iso={row.validFrom} />,
      csv: (row) => row.validFrom,
      sortBy: (row) => row.validFrom,
    },
    {
      key: 'reference',
      title: say(labels.reference),
      render: (row) => <Bidi>{digits(row.legalReference)}</Bidi>,
      csv: (row) => row.legalReference,
    },
    { key: 'state', title: say(labels.state), render: (row) => <StandingOf row={row} all={all} /> },
    {
      key: 'recorded',
      title: say(labels.recorded),
      render: (row) =>
        row.recordedOn === null ? (
          '—'
        ) : (
          <>
            <DayText iso={row.recordedOn} /> {row.byName}
          </>
        ),
      csv: (row) => row.recordedOn ?? '',
      wideOnly: true,
    },
  ];
}

type Draft = {
  readonly name: ParameterName;
  readonly beneficiaryKind: keyof typeof beneficiaryWords;
  readonly rateKind: keyof typeof rateWords;
  readonly percent: string;
  readonly months: string;
  readonly amount: string;
  readonly validFrom: string;
  readonly legalReference: string;
};

/** The term as it goes over the wire; undefined while something of it is missing. */
function termOf(draft: Draft): object | undefined {
  const { name, beneficiaryKind, rateKind, amount, months } = draft;
  if (isCeiling(name)) return amount === '' ? undefined : { name, beneficiaryKind, amount };
  if (name === 'report_days') return months === '' ? undefined : { name, days: parseInt(months, 10) };
  if (name !== 'rate') return months === '' ? undefined : { name, months: parseInt(months, 10) };
  const hundredths = hundredthsOf(draft.percent);
  return hundredths === undefined ? undefined : { name, rateKind, hundredths };
}

type FieldsProps = {
  readonly draft: Draft;
  readonly change: (next: Partial<Draft>) => void;
  readonly errorOf: (field: string) => string | null;
  readonly tried: boolean;
};

function TermFields({ draft, change, errorOf, tried }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  const choicesOf = <Key extends string>(words: Readonly<Record<Key, Bilingual>>) =>
    keysOf(words).map((key) => ({ key, label: say(words[key]) }));
  const missing = tried && termOf(draft) === undefined ? say(labels.missing) : null;
  return (
    <>
      <Select
        label={say(labels.term)}
        name="name"
        required
        value={draft.name}
        onChange={(name) => (isKeyOf(parameterWords, name) ? change({ name }) : undefined)}
        choices={choicesOf(parameterWords)}
      />
      {isCeiling(draft.name) ? (
        <>
          <Select
            label={say(labels.forWhom)}
            name="beneficiaryKind"
            required
            value={draft.beneficiaryKind}
            onChange={(kind) =>
              isKeyOf(beneficiaryWords, kind) ? change({ beneficiaryKind: kind }) : undefined
            }
            choices={choicesOf(beneficiaryWords)}
          />
          <MoneyField
            label={say(labels.amount)}
            name="amount"
            required
            value={draft.amount}
            onChange={(amount) => change({ amount })}
            error={missing ?? errorOf('term.amount')}
          />
        </>
      ) : draft.name === 'rate' ? (
        <>
          <Select
            label={say(labels.rateKind)}
            name="rateKind"
            required
            value={draft.rateKind}
            onChange={(kind) => (isKeyOf(rateWords, kind) ? change({ rateKind: kind }) : undefined)}
            choices={choicesOf(rateWords)}
          />
          <TextField
            label={`${say(labels.value)} (${say(labels.percent)})`}
            name="hundredths"
            required
            value={draft.percent}
            onChange={(percent) => change({ percent })}
            error={missing === null ? errorOf('term.hundredths') : say(labels.notPercent)}
          />
        </>
      ) : (
        <NumberField
          label={say(labels.value)}
          name="months"
          required
          unit={say(unitOf(draft.name))}
          value={draft.months}
          onChange={(months) => change({ months })}
          error={missing ?? errorOf(draft.name === 'report_days' ? 'term.days' : 'term.months')}
        />
      )}
    </>
  );
}

function AddDialog({
  line,
  province,
  earliest,
  onClose,
}: {
  readonly line: Line;
  readonly province: string;
  readonly earliest: string | null;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<Draft>(() => ({
    name: 'ceiling_per_beneficiary',
    beneficiaryKind: 'person',
    rateKind: line.rateKind,
    percent: '',
    months: '',
    amount: '',
    validFrom: earliest ?? todayIso(),
    legalReference: '',
  }));
  const command = useCommand<unknown>({
    path: apiOf(province, `lines/${line.id}/parameters`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const change = (next: Partial<Draft>): void => setDraft({ ...draft, ...next });
  const errorOf = (field: string): string | null => fieldError(command.error, field, say);
  const missing = (text: string): string | null => (tried && text.trim() === '' ? say(labels.missing) : null);
  const send = (): void => {
    setTried(true);
    const term = termOf(draft);
    const { validFrom, legalReference } = draft;
    if (term === undefined || validFrom === '' || legalReference.trim() === '') return;
    command.mutate({ id, seenVersion: line.version, validFrom, legalReference: legalReference.trim(), term });
  };
  return (
    <Dialog
      title={say(labels.add)}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(labels.add)}
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
        <TermFields draft={draft} change={change} errorOf={errorOf} tried={tried} />
        <DayField
          label={say(labels.from)}
          name="validFrom"
          required
          value={draft.validFrom}
          onChange={(validFrom) => change({ validFrom })}
          error={missing(draft.validFrom) ?? errorOf('validFrom')}
        />
        <TextField
          label={say(labels.reference)}
          name="legalReference"
          required
          maxLength={200}
          value={draft.legalReference}
          onChange={(legalReference) => change({ legalReference })}
          error={missing(draft.legalReference) ?? errorOf('legalReference')}
        />
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

/** The dated terms of a line with their history; whoever may adds one. */
export function DatedTerms({
  line,
  province,
}: {
  readonly line: Line;
  readonly province: string;
}): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const [adding, setAdding] = useState(false);
  const asked = useAnswer<ParametersAnswer>(apiOf(province, `lines/${line.id}/parameters`));
  const columns = useColumns(asked.data?.items ?? []);
  const may = lineKind.may.set_term.some((role) => role === user?.role) && line.state !== 'closed';
  if (asked.data === undefined)
    return asked.error === null ? (
      <Skeleton rows={3} />
    ) : (
      <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
    );
  return (
    <Section
      title={say(labels.terms)}
      aside={
        may ? (
          <Button icon="add" onPress={() => setAdding(true)}>
            {say(labels.add)}
          </Button>
        ) : undefined
      }
    >
      <DataTable
        caption={say(labels.terms)}
        columns={columns}
        rows={asked.data.items}
        rowKey={(row) => row.id}
        csvName={`terms-${province}-${line.budgetYear}`}
        empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
        dense
      />
      <p className="k-hint" style={{ marginBlockStart: 'var(--s2)' }}>
        {say(labels.help)} {say(labels.usualReportDays)}
      </p>
      {adding ? (
        <AddDialog
          line={line}
          province={province}
          earliest={asked.data.earliest}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </Section>
  );
}

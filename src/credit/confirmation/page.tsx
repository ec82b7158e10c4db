import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { call, newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { exactRials, grouped } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { NumberField, TextField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { FileLink } from '#web/kit/file.tsx';
import { Link } from '#web/kit/link.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import { UploadDialog, listHref, nameOfProgramme, useListProvince } from '../banklist/page.tsx';
import {
  type ListPage,
  type ListRowAnswer,
  type Progress,
  type RowGroup,
  rowGroups,
} from '../banklist/contract.ts';
import {
  bankListLabels as labels,
  columnWords,
  groupWords,
  progressWords,
  rowStageWords,
} from '../banklist/words.ts';
import { Answered, StateSign, apiOf } from '../province/page.tsx';
import { creditNames } from '../words.ts';

type Shown = { readonly list: ListPage; readonly province: string };

/** A list from its reading to its confirmation. */
export function BankListPage(): ReactNode {
  const { say } = useSpeech();
  const province = useListProvince();
  const listId = useListAddress();
  const asked = useAnswer<ListPage>(apiOf(province, `bank-lists/${listId}`));
  return (
    <Answered asked={asked} title={say(labels.lists)} province={province}>
      {(list) => <Shown list={list} province={province} />}
    </Answered>
  );
}

/** The last step of the address: the list. */
const useListAddress = (): string => location.pathname.split('/').at(-1) ?? '';

function Shown({ list, province }: Shown): ReactNode {
  const { say, language, digits } = useSpeech();
  const [mending, setMending] = useState(false);
  const waiting = list.groups.bad.count + list.groups.contradicting.count;
  const bank = language === 'fa' ? list.bankFa : list.bankEn;
  return (
    <>
      <PageHead
        title={bank}
        path={[{ label: say(labels.lists), href: `/credit/${province}/bank-lists` }]}
        actions={<StateSign state={list.state} />}
      >
        {say(nameOfProgramme(list.programme))} {digits(list.budgetYear)}
      </PageHead>
      <div className="k-stack" style={{ justifyItems: 'stretch' }}>
        <Facts
          facts={[
            { label: say(labels.letterNumber), value: <Bidi>{digits(list.letterNumber)}</Bidi> },
            { label: say(labels.letterDay), value: <DayText iso={list.letterDay} /> },
            { label: say(labels.fileName), value: <Bidi>{list.fileName}</Bidi> },
            { label: say(labels.uploadedBy), value: list.uploadedBy ?? '—' },
            ...(list.mendsId === null
              ? []
              : [
                  {
                    label: say(labels.mends),
                    value: <Link href={listHref(province, list.mendsId)}>{say(labels.firstList)}</Link>,
                  },
                ]),
          ]}
        />
        <Control list={list} />
        <Groups list={list} />
        <Deeds list={list} province={province} />
        {waiting === 0 ? null : (
          <Notice
            tone="amber"
            title={say(labels.errorFileHelp)}
            actions={
              <>
                <FileLink href={apiOf(province, `bank-lists/${list.id}/errors`)}>
                  {say(labels.errorFile)}
                </FileLink>
                {list.state === 'recorded' ? (
                  <Button icon="up" onPress={() => setMending(true)}>
                    {say(labels.mend)}
                  </Button>
                ) : null}
              </>
            }
          />
        )}
      </div>
      <Section title={say(labels.rows)}>
        <Tabs
          label={say(labels.rows)}
          tabs={rowGroups.map((group) => ({
            key: group,
            label: say(groupWords[group]),
            count: grouped(BigInt(list.groups[group].count), language),
            children: <Rows list={list} province={province} group={group} />,
          }))}
        />
      </Section>
      {mending ? <UploadDialog province={province} mends={list} onClose={() => setMending(false)} /> : null}
    </>
  );
}

/** What the file holds beside what the bank states of it: nothing is recorded until they are the same. */
function Control({ list }: { readonly list: ListPage }): ReactNode {
  const { say, language } = useSpeech();
  const { control } = list;
  const told = (count: number, sum: string): string =>
    `${grouped(BigInt(count), language)} ${say(labels.rows)}${language === 'fa' ? '،' : ','} ${exactRials(BigInt(sum), language)}`;
  return (
    <Notice
      tone={control.agrees ? 'green' : 'red'}
      title={say(control.agrees ? labels.controlAgrees : labels.controlDiffers)}
    >
      {say(labels.inFile)}: {told(control.count, control.sum)}
      {control.unread === 0 ? null : (
        <>
          <br />
          {grouped(BigInt(control.unread), language)} {say(labels.rows)}: {say(labels.unread)}
        </>
      )}
      {control.agrees ? null : (
        <>
          <br />
          {say(labels.stated)}: {told(list.statedCount, list.statedSum)}
        </>
      )}
    </Notice>
  );
}

function Groups({ list }: { readonly list: ListPage }): ReactNode {
  const { say, language } = useSpeech();
  const figure = (key: string, label: string, tally: { readonly count: number; readonly sum: string }) => (
    <Figure
      key={key}
      label={label}
      value={<Money rials={tally.sum} />}
      detail={`${grouped(BigInt(tally.count), language)} ${say(labels.rows)}`}
    />
  );
  return (
    <Figures>
      {list.state === 'read' ? (
        <>
          {figure('new', say(groupWords.new), list.groups.new)}
          <Figure
            label={say(labels.beyondOfNew)}
            value={<Money rials={list.beyond} />}
            tone={list.beyond === '0' ? 'plain' : 'red'}
          />
        </>
      ) : (
        <>
          {figure('reported', say(labels.reported), list.reported)}
          {figure('confirmed', say(labels.confirmed), list.confirmed)}
        </>
      )}
    </Figures>
  );
}

function Deeds({ list, province }: Shown): ReactNode {
  const { say } = useSpeech();
  const [open, setOpen] = useState<'confirm' | 'discard' | null>(null);
  const command = useCommand<object>({
    path: apiOf(province, `bank-lists/${list.id}/recording`),
    changes: [apiOf(province, '')],
  });
  const [id] = useState(newKey);
  const choiceOf = (act: string) => list.choices.find((choice) => choice.act === act);
  const because = (act: string): string | null => {
    const reason = choiceOf(act)?.because;
    return reason == null ? null : say(reason);
  };
  const record = (): void =>
    command.mutate({
      id,
      seenVersion: list.version,
      newCount: list.groups.new.count,
      newSum: list.groups.new.sum,
    });
  if (list.state === 'confirmed' || list.state === 'discarded') return null;
  return (
    <div className="k-stack" style={{ justifyItems: 'stretch' }}>
      <div className="k-row">
        {list.state === 'read' ? (
          <>
            <Button
              kind="primary"
              busy={command.isPending}
              refusedBecause={because('record')}
              onPress={record}
            >
              {say(labels.record)}
            </Button>
            <Button refusedBecause={because('discard')} onPress={() => setOpen('discard')}>
              {say(labels.discard)}
            </Button>
          </>
        ) : list.mendsId === null ? (
          <Button kind="primary" refusedBecause={because('confirm')} onPress={() => setOpen('confirm')}>
            {say(labels.confirm)}
          </Button>
        ) : null}
      </div>
      {command.isPending ? <ProgressLine list={list} province={province} /> : null}
      <ProblemNotice error={command.error} />
      {open === 'confirm' ? (
        <ConfirmDialog list={list} province={province} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'discard' ? (
        <DiscardDialog list={list} province={province} onClose={() => setOpen(null)} />
      ) : null}
    </div>
  );
}

/** What the server is doing while some thousand rows are recorded; asked twice a second. */
function ProgressLine({ list, province }: Shown): ReactNode {
  const { say, language } = useSpeech();
  const path = apiOf(province, `bank-lists/${list.id}/progress`);
  const asked = useQuery({
    queryKey: [path, 'progress'],
    refetchInterval: 500,
    queryFn: ({ signal }) => call<{ readonly progress: Progress | null }>(path, { signal, language }),
  });
  const progress = asked.data?.progress;
  const step = progressWords[progress?.step ?? 'judge'];
  return (
    <p className="k-hint" role="status">
      {step === undefined ? '' : say(step)}
      {progress == null ? '…' : ` (${grouped(BigInt(progress.of), language)})…`}
    </p>
  );
}

function ConfirmDialog({ list, province, onClose }: Shown & { readonly onClose: () => void }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [signedNumber, setNumber] = useState('');
  const [signedDay, setDay] = useState(todayIso);
  const [signedCount, setCount] = useState('');
  const [signedSum, setSum] = useState('');
  const command = useCommand<object>({
    path: apiOf(province, `bank-lists/${list.id}/confirmation`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const send = (): void =>
    command.mutate({
      id,
      seenVersion: list.version,
      signedNumber,
      signedDay,
      signedCount: parseInt(signedCount, 10),
      signedSum,
    });
  const errorOf = (field: string): string | null => fieldError(command.error, field, say);
  return (
    <Dialog
      title={say(labels.confirm)}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(labels.confirm)}
        </Button>
      }
    >
      <div className="k-form">
        <p className="k-hint">{say(labels.reportedHelp)}</p>
        <TextField
          label={say(labels.signedNumber)}
          name="signedNumber"
          required
          value={signedNumber}
          onChange={setNumber}
          error={errorOf('signedNumber')}
        />
        <DayField
          label={say(labels.signedDay)}
          name="signedDay"
          required
          value={signedDay}
          onChange={setDay}
          error={errorOf('signedDay')}
        />
        <NumberField
          label={say(labels.signedCount)}
          name="signedCount"
          required
          value={signedCount}
          onChange={setCount}
          error={errorOf('signedCount')}
        />
        <NumberField
          label={say(labels.signedSum)}
          name="signedSum"
          required
          value={signedSum}
          onChange={setSum}
          error={errorOf('signedSum')}
        />
        <ProblemNotice error={command.error} />
      </div>
    </Dialog>
  );
}

function DiscardDialog({ list, province, onClose }: Shown & { readonly onClose: () => void }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [reason, setReason] = useState('');
  const command = useCommand<object>({
    path: apiOf(province, `bank-lists/${list.id}/discarding`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  return (
    <Dialog
      title={say(creditNames.acts.discard)}
      open
      onClose={onClose}
      foot={
        <Button
          kind="danger"
          busy={command.isPending}
          onPress={() => command.mutate({ id, seenVersion: list.version, reason })}
        >
          {say(labels.discard)}
        </Button>
      }
    >
      <div className="k-form">
        <TextField
          label={say(labels.reason)}
          name="reason"
          required
          rows={3}
          value={reason}
          onChange={setReason}
          error={fieldError(command.error, 'reason', say)}
        />
        <ProblemNotice error={command.error} />
      </div>
    </Dialog>
  );
}

const stageOf = (stage: string | null) =>
  stage === 'referred' || stage === 'contracted' || stage === 'paid' ? rowStageWords[stage] : null;

function Rows({ list, province, group }: Shown & { readonly group: RowGroup }): ReactNode {
  const { say } = useSpeech();
  const pages = usePages<ListRowAnswer>(apiOf(province, `bank-lists/${list.id}/rows/${group}?limit=25`));
  const columns: readonly Column<ListRowAnswer>[] = [
    {
      key: 'line',
      title: say(labels.rowLine),
      align: 'figure',
      render: (row) => <Digits value={row.line} />,
    },
    {
      key: 'stage',
      title: say(columnWords.stage),
      render: (row) => {
        const stage = stageOf(row.stage);
        return stage === null ? '—' : say(stage);
      },
    },
    {
      key: 'tracking',
      title: say(columnWords.tracking),
      render: (row) => <Bidi code>{row.tracking ?? '—'}</Bidi>,
    },
    {
      key: 'amount',
      title: say(columnWords.amount),
      align: 'figure',
      render: (row) => (row.amount === null ? '—' : <Money rials={row.amount} exact />),
    },
    {
      key: 'day',
      title: say(columnWords.day),
      render: (row) => (row.happenedOn === null ? '—' : <DayText iso={row.happenedOn} />),
      wideOnly: true,
    },
    ...(group === 'new'
      ? [
          {
            key: 'beyond',
            title: say(labels.beyond),
            align: 'figure' as const,
            render: (row: ListRowAnswer) => (row.beyond === '0' ? '—' : <Money rials={row.beyond} exact />),
          },
        ]
      : [
          {
            key: 'reason',
            title: say(labels.reason),
            render: (row: ListRowAnswer) => row.faults.map((fault) => say(fault)).join(' '),
          },
        ]),
  ];
  return (
    <>
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      <DataTable
        caption={say(groupWords[group])}
        columns={columns}
        rows={pages.rows}
        pages={pages}
        rowKey={(row) => String(row.line)}
        total={list.groups[group].count}
        empty={{ title: say(labels.noRows), body: say(labels.noRowsHelp) }}
      />
    </>
  );
}

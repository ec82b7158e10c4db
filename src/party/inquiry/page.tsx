import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { apiOf } from '../view/page.tsx';
import type { Inquiries, InquiryOrder, InquiryResult, InquiryVerdict } from './contract.ts';
import { failureWords, inquiryKindWords, inquiryLabels as labels, verdictWords } from './words.ts';

type Line = Inquiries['lines'][number] & { readonly last: InquiryResult | undefined };

/** What registers answered about a person; those who may not know are shown nothing. */
export function InquirySection({
  province,
  personId,
}: {
  readonly province: string;
  readonly personId: string;
}): ReactNode {
  const { user } = useSession();
  const may = ['director', 'deputy', 'county_office', 'auditor', 'ministry'].includes(user?.role ?? '');
  return may ? <Shown path={apiOf(province, `persons/${personId}/inquiries`)} province={province} /> : null;
}

/** Asks again now and then while a register is being asked; what it told may change the whole person. */
function useComing(path: Path, waiting: number): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (waiting === 0) return;
    const person = path.replace(/\/inquiries$/, '');
    const timer = setInterval(() => void cache.invalidateQueries({ queryKey: [path] }), 1_500);
    return () => {
      clearInterval(timer);
      void cache.invalidateQueries({ queryKey: [person] });
    };
  }, [cache, path, waiting]);
}

function Shown({ path, province }: { readonly path: Path; readonly province: string }): ReactNode {
  const speech = useSpeech();
  const { say } = speech;
  const asked = useAnswer<Inquiries>(path);
  const lines = asked.data?.lines;
  useComing(path, lines?.filter(({ waiting }) => waiting !== null).length ?? 0);
  const results = asked.data?.results ?? [];
  const last = new Map(results.toReversed().map((result) => [result.kind, result]));
  const simulated = lines?.some(({ provider }) => provider?.simulated === true) ?? false;
  const askColumn: Column<Line> = {
    key: 'ask',
    title: '',
    render: (line) => <AskButton line={line} path={path} province={province} />,
  };
  return (
    <Section title={say(labels.title)}>
      {simulated ? (
        <div style={{ marginBlockEnd: 'var(--s4)' }}>
          <Notice tone="amber" title={say(labels.simulatedTitle)}>
            {say(labels.simulatedBody)}
          </Notice>
        </div>
      ) : null}
      <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      {asked.error === null ? (
        <DataTable
          caption={say(labels.title)}
          columns={[...lineColumns(speech), ...(asked.data?.mayAsk === true ? [askColumn] : [])]}
          rows={lines?.map((line) => ({ ...line, last: last.get(line.kind) }))}
          rowKey={({ kind }) => kind}
        />
      ) : null}
      {results.length > last.size ? (
        <details style={{ marginBlockStart: 'var(--s4)' }}>
          <summary>
            {say(labels.earlier)} (<Digits value={results.length} />)
          </summary>
          <DataTable
            caption={say(labels.earlier)}
            columns={resultColumns(speech)}
            rows={results}
            rowKey={({ inquiryId }) => inquiryId}
            csvName="inquiries"
          />
        </details>
      ) : null}
    </Section>
  );
}

function AskButton({
  line,
  path,
  province,
}: {
  readonly line: Line;
  readonly path: Path;
  readonly province: string;
}): ReactNode {
  const { say } = useSpeech();
  const [id, setId] = useState(newKey);
  const ask = useCommand<InquiryOrder>({
    path,
    changes: [apiOf(province, 'persons')],
    onDone: () => setId(newKey()),
  });
  const { kind, provider, waiting, last } = line;
  return (
    <>
      <Button
        kind="quiet"
        icon="send"
        busy={ask.isPending}
        refusedBecause={
          waiting !== null ? say(labels.asking) : provider === null ? say(labels.notConnected) : null
        }
        onPress={() => ask.mutate({ id, kind })}
      >
        {say(last === undefined ? labels.ask : labels.askAgain)}
      </Button>
      <ProblemNotice error={ask.error} />
    </>
  );
}

const tones = {
  clear: 'green',
  conflict: 'red',
  told: 'info',
  unknown: 'amber',
} as const satisfies Record<InquiryVerdict, string>;

function AnswerText({ result }: { readonly result: InquiryResult }): ReactNode {
  const { say } = useSpeech();
  if (result.failure !== null) return say(failureWords[result.failure]);
  if (result.answer === null) return <Sign tone="quiet">{say(labels.emptied)}</Sign>;
  switch (result.kind) {
    case 'civil_registry':
      return say(!result.answer.alive ? labels.dead : result.answer.agrees ? labels.alive : labels.disagrees);
    case 'decile':
      return (
        <>
          {say(labels.decile)} <Digits value={result.answer.decile} />
          {result.factId === null ? null : (
            <>
              {' · '}
              {say(labels.asFact)}
            </>
          )}
        </>
      );
    case 'tax':
      return result.answer.debt === '0' ? (
        say(labels.noDebt)
      ) : (
        <>
          {say(labels.debt)} <Money rials={result.answer.debt} />
        </>
      );
    case 'bounced_cheque':
      return result.answer.count === 0 ? (
        say(labels.noCheque)
      ) : (
        <>
          <Digits value={result.answer.count} /> {say(labels.cheques)} <Money rials={result.answer.amount} />
        </>
      );
    case 'other_loan':
      return result.answer.loans.length === 0 ? say(labels.noLoan) : <Loans loans={result.answer.loans} />;
  }
}

type OtherLoan = NonNullable<Extract<InquiryResult, { kind: 'other_loan' }>['answer']>['loans'][number];

const Loans = ({ loans }: { readonly loans: readonly OtherLoan[] }): ReactNode =>
  loans.map(({ body, amount, grantedOn }) => (
    <div key={`${body} ${grantedOn} ${amount}`}>
      <bdi>{body}</bdi> · <Money rials={amount} /> · <DayText iso={grantedOn} style="numeric" />
    </div>
  ));

/** How it ended, and whether it still holds: an expired answer clears nobody. */
function StateSigns({ result }: { readonly result: InquiryResult }): ReactNode {
  const { say } = useSpeech();
  const { verdict, expired, simulated } = result;
  return (
    <>
      {expired ? (
        <Sign tone="amber">{say(labels.expired)}</Sign>
      ) : (
        <Sign tone={tones[verdict]}>{say(verdictWords[verdict])}</Sign>
      )}
      {simulated ? (
        <>
          {' '}
          <Sign tone="quiet">{say(labels.simulated)}</Sign>
        </>
      ) : null}
    </>
  );
}

/** What happens to a question that waits, in plain words. */
function WaitText({ waiting }: { readonly waiting: NonNullable<Line['waiting']> }): ReactNode {
  const { say } = useSpeech();
  const { failure, tries, dueAt } = waiting;
  if (failure === null) return <Sign tone="info">{say(labels.asking)}</Sign>;
  return (
    <>
      <Sign tone="amber">{say(failureWords[failure])}</Sign>
      <div>
        <small>
          {say(labels.tryNumber)} <Digits value={tries} /> · {say(labels.nextTry)} <InstantText iso={dueAt} />
        </small>
      </div>
    </>
  );
}

const lineColumns = ({ say }: Speech): readonly Column<Line>[] => [
  { key: 'kind', title: say(labels.kind), render: ({ kind }) => say(inquiryKindWords[kind]) },
  {
    key: 'state',
    title: say(labels.state),
    render: ({ waiting, last }) =>
      waiting !== null ? (
        <WaitText waiting={waiting} />
      ) : last === undefined ? (
        <Sign tone="quiet">{say(labels.never)}</Sign>
      ) : (
        <StateSigns result={last} />
      ),
  },
  {
    key: 'answer',
    title: say(labels.answer),
    render: ({ last }) => (last === undefined ? '–' : <AnswerText result={last} />),
  },
  {
    key: 'day',
    title: say(labels.day),
    render: ({ last }) => (last === undefined ? '–' : <InstantText iso={last.answeredAt} />),
  },
  {
    key: 'until',
    title: say(labels.validUntil),
    render: ({ last }) => <UntilText result={last} />,
  },
];

const UntilText = ({ result }: { readonly result: InquiryResult | undefined }): ReactNode =>
  result === undefined || result.validUntil === null ? (
    '–'
  ) : (
    <DayText iso={result.validUntil} style="numeric" />
  );

const resultColumns = ({ say }: Speech): readonly Column<InquiryResult>[] => [
  {
    key: 'kind',
    title: say(labels.kind),
    render: ({ kind }) => say(inquiryKindWords[kind]),
    csv: ({ kind }) => kind,
  },
  {
    key: 'answered',
    title: say(labels.day),
    render: ({ answeredAt }) => <InstantText iso={answeredAt} />,
    csv: ({ answeredAt }) => answeredAt,
  },
  { key: 'answer', title: say(labels.answer), render: (result) => <AnswerText result={result} /> },
  {
    key: 'verdict',
    title: say(labels.verdict),
    render: (result) => <StateSigns result={result} />,
    csv: ({ verdict }) => verdict,
  },
  {
    key: 'until',
    title: say(labels.validUntil),
    render: (result) => <UntilText result={result} />,
    csv: ({ validUntil }) => validUntil ?? '',
  },
  {
    key: 'provider',
    title: say(labels.provider),
    render: ({ provider, simulated }) => (simulated ? say(labels.simulated) : <Bidi code>{provider}</Bidi>),
    csv: ({ provider }) => provider,
    wideOnly: true,
  },
  {
    key: 'reference',
    title: say(labels.reference),
    render: ({ reference }) => (reference === null ? '–' : <Bidi code>{reference}</Bidi>),
    csv: ({ reference }) => reference ?? '',
    wideOnly: true,
  },
];

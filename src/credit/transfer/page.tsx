import { useState, type ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { exactRials, moneyScale, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Facts, type Fact } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { Answered, StateSign, UnitOf, apiOf, lapseHref, useAddress, useLinePath } from '../province/page.tsx';
import type { ReallocationAnswer } from '../reallocation/contract.ts';
import { reallocationActWords, reallocationLabels } from '../reallocation/words.ts';
import { ResolutionScans } from '../scan/page.tsx';
import { slicingLabels } from '../slicing/words.ts';
import { creditLabels } from '../words.ts';

type Proposed = { readonly proposal: ReallocationAnswer; readonly province: string };

export type DeedDialogProps = {
  /** Below the province's credit: `reallocations/…/approval`. */
  readonly path: string;
  readonly province: string;
  readonly seenVersion: number;
  readonly deed: 'approval' | 'withdrawal';
  readonly title: string;
  readonly help: string;
  readonly onClose: () => void;
};

/** Asks for the resolution of an approval, or for the reason of a withdrawal, and does it. */
export function DeedDialog(props: DeedDialogProps): ReactNode {
  const { path, province, seenVersion, deed, title, help, onClose } = props;
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [number, setNumber] = useState('');
  const [on, setOn] = useState(todayIso);
  const [reason, setReason] = useState('');
  const command = useCommand<unknown>({
    path: apiOf(province, path),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const approves = deed === 'approval';
  const send = (): void => {
    const seen = { id, seenVersion };
    command.mutate(
      approves
        ? { ...seen, resolutionNumber: number.trim(), resolutionDay: on }
        : { ...seen, reason: reason.trim() },
    );
  };
  const foot = (
    <Button kind={approves ? 'primary' : 'danger'} busy={command.isPending} onPress={send}>
      {title}
    </Button>
  );
  const errorOf = (field: string): string | null => fieldError(command.error, field, say);
  return (
    <Dialog title={title} open onClose={onClose} foot={foot}>
      <div className="k-form">
        <p>{help}</p>
        {approves ? (
          <>
            <TextField
              label={say(creditLabels.resolutionNumber)}
              name="resolutionNumber"
              required
              maxLength={60}
              value={number}
              onChange={setNumber}
              error={errorOf('resolutionNumber')}
            />
            <DayField
              label={say(creditLabels.resolutionDay)}
              name="resolutionDay"
              required
              value={on}
              onChange={setOn}
              error={errorOf('resolutionDay')}
            />
          </>
        ) : (
          <TextField
            label={say(creditLabels.reason)}
            name="reason"
            required
            rows={3}
            maxLength={500}
            value={reason}
            onChange={setReason}
            error={errorOf('reason')}
          />
        )}
        <ProblemNotice error={command.error} onRetry={send} />
      </div>
    </Dialog>
  );
}

/** A proposal with its two deeds: where they are done, and how each is called. */
type Settled = {
  readonly province: string;
  /** Below the province's credit: `reallocations/…`. */
  readonly path: string;
  readonly proposal: Pick<ReallocationAnswer, 'state' | 'version' | 'choices'>;
  readonly approval: DeedWords;
  readonly withdrawal: DeedWords;
};
type DeedWords = { readonly act: string; readonly words: Bilingual; readonly help: Bilingual };

/** The lawful deeds to press, the others greyed with the reason that the server gave. */
export function ProposalDeeds(settled: Settled): ReactNode {
  const { say } = useSpeech();
  const [asking, setAsking] = useState<'approval' | 'withdrawal' | null>(null);
  const { proposal, province, path, approval, withdrawal } = settled;
  const because = (act: string): string | null => {
    const choice = proposal.choices.find((one) => one.act === act);
    return choice?.because == null ? null : say(choice.because);
  };
  if (proposal.state !== 'proposed') return null;
  return (
    <div className="k-row no-print" style={{ marginBlock: 'var(--s4)' }}>
      <Button
        kind="primary"
        icon="check"
        refusedBecause={because(approval.act)}
        onPress={() => setAsking('approval')}
      >
        {say(approval.words)}
      </Button>
      <Button refusedBecause={because(withdrawal.act)} onPress={() => setAsking('withdrawal')}>
        {say(withdrawal.words)}
      </Button>
      {asking === null ? null : (
        <DeedDialog
          path={`${path}/${asking}`}
          province={province}
          seenVersion={proposal.version}
          deed={asking}
          title={say(settled[asking].words)}
          help={say(settled[asking].help)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

type Proposer = Pick<
  ReallocationAnswer,
  'reason' | 'proposedBy' | 'proposedOn' | 'approvedBy' | 'resolutionNumber' | 'resolutionDay'
>;

/** Who proposed it and why, who approved it under what. */
export function useProposalFacts(proposal: Proposer): readonly Fact[] {
  const { say, digits } = useSpeech();
  return [
    { label: say(creditLabels.reason), value: proposal.reason },
    {
      label: say(creditLabels.proposedBy),
      value: <Bidi>{proposal.proposedBy ?? say(slicingLabels.unsure)}</Bidi>,
    },
    { label: say(slicingLabels.proposedOn), value: <DayText iso={proposal.proposedOn} style="weekday" /> },
    ...(proposal.approvedBy === null
      ? []
      : [{ label: say(slicingLabels.approvedBy), value: <Bidi>{proposal.approvedBy}</Bidi> }]),
    ...(proposal.resolutionNumber === null
      ? []
      : [
          {
            label: say(creditLabels.resolutionNumber),
            value: <Bidi>{digits(proposal.resolutionNumber)}</Bidi>,
          },
        ]),
    ...(proposal.resolutionDay === null
      ? []
      : [{ label: say(creditLabels.resolutionDay), value: <DayText iso={proposal.resolutionDay} /> }]),
  ];
}

function TransferView({ proposal, province }: Proposed): ReactNode {
  const { say, language } = useSpeech();
  const pathTo = useLinePath();
  const scale = moneyScale(proposal.moves.map(({ amount }) => amount));
  const facts = useProposalFacts(proposal);
  return (
    <>
      <PageHead
        title={say(reallocationLabels.proposal)}
        path={[
          ...pathTo(province, undefined),
          { label: say(reallocationLabels.toForecast), href: lapseHref(province, proposal.lineId) },
          { label: say(reallocationLabels.proposal) },
        ]}
        aside={<StateSign state={proposal.state} />}
        actions={<PrintButton />}
      />
      <Figures>
        <Figure
          label={say(reallocationLabels.sum)}
          value={<Money rials={proposal.amount} />}
          detail={exactRials(rialsOf(proposal.amount), language)}
        />
      </Figures>
      <Facts facts={facts} />
      <ProposalDeeds
        province={province}
        path={`reallocations/${proposal.id}`}
        proposal={proposal}
        approval={{
          act: 'approve_transfer',
          words: reallocationActWords.approve_transfer,
          help: reallocationLabels.approveHelp,
        }}
        withdrawal={{
          act: 'withdraw_transfer',
          words: reallocationActWords.withdraw_transfer,
          help: reallocationLabels.withdrawHelp,
        }}
      />
      <Section title={say(reallocationLabels.moves)} aside={<UnitOf scale={scale} />}>
        <DataTable
          caption={say(reallocationLabels.moves)}
          columns={[
            {
              key: 'from',
              title: say(reallocationLabels.from),
              render: (row) => say(row.from),
              csv: (row) => say(row.from),
            },
            {
              key: 'to',
              title: say(reallocationLabels.to),
              render: (row) => say(row.to),
              csv: (row) => say(row.to),
            },
            {
              key: 'amount',
              title: say(reallocationLabels.amount),
              align: 'figure',
              render: (row) => <Money rials={row.amount} scale={scale} />,
              csv: (row) => row.amount,
              csvTitle: `${say(reallocationLabels.amount)} (${say(creditLabels.rials)})`,
              sum: <Money rials={proposal.amount} scale={scale} />,
            },
          ]}
          rows={proposal.moves}
          rowKey={(row) => `${row.fromSliceId} ${row.toSliceId}`}
          csvName="transfer"
        />
      </Section>
      <ResolutionScans province={province} id={proposal.id} number={proposal.resolutionNumber} />
    </>
  );
}

/** A proposed transfer: from whom to whom, by whom, and what may be done with it. */
export function TransferPage(): ReactNode {
  const province = useAddress('province');
  const { say } = useSpeech();
  const asked = useAnswer<ReallocationAnswer>(apiOf(province, `reallocations/${useAddress('reallocation')}`));
  return (
    <Answered asked={asked} title={say(reallocationLabels.proposal)} province={province}>
      {(proposal) => <TransferView key={proposal.id} proposal={proposal} province={province} />}
    </Answered>
  );
}

import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { awardLabels } from '../award/words.ts';
import type { Award } from '../contract.ts';
import { apiOf } from '../province/page.tsx';
import { creditLabels } from '../words.ts';
import type { CorrectionAnswer, CorrectionsAnswer, PaymentAnswer } from './contract.ts';
import { correctionLabels as labels } from './words.ts';

type Place = { readonly award: Award; readonly province: string };
type Step =
  | { readonly do: 'look' }
  | { readonly do: 'propose'; readonly payment: PaymentAnswer }
  | { readonly do: 'approve'; readonly correction: CorrectionAnswer };

/** The confirmed payments of an award and their corrections; one of them is proposed or confirmed from here. */
export function PaymentsDialog({
  award,
  province,
  onClose,
}: Place & { readonly onClose: () => void }): ReactNode {
  const { say } = useSpeech();
  const [step, setStep] = useState<Step>({ do: 'look' });
  const asked = useAnswer<CorrectionsAnswer>(apiOf(province, `awards/${award.id}/corrections`));
  const { data } = asked;
  const back = (): void => setStep({ do: 'look' });
  if (data !== undefined && step.do === 'propose')
    return (
      <ProposeDialog
        award={award}
        province={province}
        payment={step.payment}
        version={data.version}
        onClose={back}
      />
    );
  if (data !== undefined && step.do === 'approve')
    return (
      <ApproveDialog
        award={award}
        province={province}
        correction={step.correction}
        version={data.version}
        onClose={back}
      />
    );
  return (
    <Dialog title={say(labels.payments)} open wide onClose={onClose}>
      <div className="k-stack" style={{ justifyItems: 'stretch' }}>
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
        <Payments data={data} onPropose={(payment) => setStep({ do: 'propose', payment })} />
        {data === undefined || data.corrections.length === 0 ? null : (
          <Corrections
            items={data.corrections}
            onApprove={(correction) => setStep({ do: 'approve', correction })}
          />
        )}
      </div>
    </Dialog>
  );
}

function Payments({
  data,
  onPropose,
}: {
  readonly data: CorrectionsAnswer | undefined;
  readonly onPropose: (payment: PaymentAnswer) => void;
}): ReactNode {
  const { say } = useSpeech();
  const because = data?.propose.because ?? null;
  const columns: readonly Column<PaymentAnswer>[] = [
    {
      key: 'day',
      title: say(creditLabels.day),
      render: (one) => <DayText iso={one.happenedOn} style="numeric" />,
    },
    {
      key: 'amount',
      title: say(labels.payment),
      align: 'figure',
      render: (one) => <Money rials={one.amount} exact />,
    },
    {
      key: 'stands',
      title: say(labels.state),
      render: (one) => (
        <Sign tone={one.stands ? 'green' : 'amber'}>
          {say(one.stands ? labels.stands : labels.takenBack)}
        </Sign>
      ),
    },
    {
      key: 'correct',
      title: '',
      render: (one) =>
        one.stands ? (
          <Button
            kind="quiet"
            refusedBecause={because === null ? null : say(because)}
            onPress={() => onPropose(one)}
          >
            {say(labels.correct)}
          </Button>
        ) : null,
    },
  ];
  return (
    <DataTable
      caption={say(labels.payments)}
      columns={columns}
      rows={data?.payments}
      rowKey={(one) => one.id}
      empty={{ title: say(labels.none) }}
    />
  );
}

function Corrections({
  items,
  onApprove,
}: {
  readonly items: readonly CorrectionAnswer[];
  readonly onApprove: (correction: CorrectionAnswer) => void;
}): ReactNode {
  const { say } = useSpeech();
  const columns: readonly Column<CorrectionAnswer>[] = [
    { key: 'at', title: say(creditLabels.day), render: (one) => <InstantText iso={one.proposedAt} /> },
    {
      key: 'paid',
      title: say(labels.was),
      align: 'figure',
      render: (one) => <Money rials={one.paid} exact />,
    },
    {
      key: 'amount',
      title: say(labels.rightSum),
      align: 'figure',
      render: (one) => <Money rials={one.amount} exact />,
    },
    { key: 'reason', title: say(labels.reason), render: (one) => one.reason },
    {
      key: 'state',
      title: say(labels.state),
      render: (one) =>
        one.state === 'proposed' ? (
          <span className="k-row">
            <Sign tone="amber">{say(labels.proposed)}</Sign>
            <Button
              kind="quiet"
              refusedBecause={one.approve.because === null ? null : say(one.approve.because)}
              onPress={() => onApprove(one)}
            >
              {say(labels.approve)}
            </Button>
          </span>
        ) : (
          <Sign tone={one.state === 'approved' ? 'green' : 'info'}>{say(labels[one.state])}</Sign>
        ),
    },
  ];
  return (
    <DataTable
      caption={say(labels.history)}
      showCaption
      columns={columns}
      rows={items}
      rowKey={(one) => one.id}
    />
  );
}

type Acting = Place & { readonly version: number; readonly onClose: () => void };

function ProposeDialog({
  award,
  province,
  version,
  payment,
  onClose,
}: Acting & { readonly payment: PaymentAnswer }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const command = useCommand<object>({
    path: apiOf(province, `awards/${award.id}/corrections`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const missing = {
    amount: tried && amount === '' ? say(awardLabels.amountMissing) : null,
    reason: tried && reason.trim() === '' ? say(awardLabels.reasonMissing) : null,
  };
  const send = (): void => {
    setTried(true);
    if (amount === '' || reason.trim() === '') return;
    command.mutate({ id, seenVersion: version, paymentId: payment.id, amount, reason: reason.trim() });
  };
  return (
    <Dialog
      title={say(labels.correct)}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(labels.propose)}
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
        <Facts
          facts={[
            { label: say(creditLabels.day), value: <DayText iso={payment.happenedOn} /> },
            { label: say(labels.was), value: <Money rials={payment.amount} exact /> },
          ]}
        />
        <MoneyField
          label={say(labels.rightSum)}
          name="amount"
          required
          hint={say(labels.rightSumHelp)}
          value={amount}
          onChange={setAmount}
          error={missing.amount ?? fieldError(command.error, 'amount', say)}
        />
        <TextField
          label={say(labels.reason)}
          name="reason"
          required
          rows={2}
          maxLength={500}
          hint={say(labels.reasonHelp)}
          value={reason}
          onChange={setReason}
          error={missing.reason ?? fieldError(command.error, 'reason', say)}
        />
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

function ApproveDialog({
  award,
  province,
  version,
  correction,
  onClose,
}: Acting & { readonly correction: CorrectionAnswer }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const command = useCommand<object>({
    path: apiOf(province, `awards/${award.id}/corrections/${correction.id}/approval`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const send = (): void => command.mutate({ id, seenVersion: version });
  return (
    <Dialog
      title={say(labels.approve)}
      open
      onClose={onClose}
      foot={
        <Button kind="danger" busy={command.isPending} onPress={send}>
          {say(labels.approve)}
        </Button>
      }
    >
      <div className="k-stack" style={{ justifyItems: 'stretch' }}>
        <Facts
          facts={[
            { label: say(labels.was), value: <Money rials={correction.paid} exact /> },
            { label: say(labels.rightSum), value: <Money rials={correction.amount} exact /> },
            { label: say(labels.reason), value: correction.reason },
          ]}
        />
        <ProblemNotice error={command.error} onRetry={send} />
      </div>
    </Dialog>
  );
}

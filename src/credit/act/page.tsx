import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { Money } from '#web/kit/money.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { useSpeech } from '#web/language.tsx';
import { isConfirmation } from '../award/rules.ts';
import { awardLabels } from '../award/words.ts';
import type { Award, AwardAct, Choice } from '../contract.ts';
import { apiOf } from '../province/page.tsx';
import { needsReason, wayOf } from '../rules.ts';
import { leftOf } from '../slice/rules.ts';
import { beneficiaryWords, creditLabels, creditNames, stageWords } from '../words.ts';

type Act = Choice & { readonly act: AwardAct };

/** What the clock alone does is no button: nobody could ever press it. */
const isAct = (act: string): act is AwardAct =>
  act !== 'expire_report' && (act in wayOf || act === 'release');

/** The acts of persons on an award, as the server answers them: lawful, or with the reason. */
export const choicesOf = (award: Award): readonly Act[] =>
  award.choices.flatMap(({ act, ...choice }) => (isAct(act) ? [{ ...choice, act }] : []));

function AwardFacts({ award }: { readonly award: Award }): ReactNode {
  const { say } = useSpeech();
  return (
    <Facts
      facts={[
        { label: say(creditLabels.beneficiary), value: award.beneficiaryName ?? say(awardLabels.unseen) },
        { label: say(awardLabels.beneficiaryKind), value: say(beneficiaryWords[award.beneficiaryKind]) },
        { label: say(creditLabels.amount), value: <Money rials={award.amount} exact /> },
        { label: say(awardLabels.left), value: <Money rials={leftOf(award)} /> },
        ...(award.reported === '0'
          ? []
          : [{ label: say(awardLabels.reported), value: <Money rials={award.reported} /> }]),
        ...(award.reportedUntil === null
          ? []
          : [{ label: say(awardLabels.reportedUntil), value: <DayText iso={award.reportedUntil} /> }]),
      ]}
    />
  );
}

/** All acts on an award: the lawful ones to press, the others greyed with their reason. */
export function ActsDialog({
  award,
  onClose,
  onChoose,
}: {
  readonly award: Award;
  readonly onClose: () => void;
  readonly onChoose: (act: AwardAct) => void;
}): ReactNode {
  const { say } = useSpeech();
  const all = choicesOf(award);
  const lawful = all.filter((choice) => choice.lawful);
  return (
    <Dialog title={say(awardLabels.actsOf)} open onClose={onClose}>
      <div className="k-stack" style={{ justifyItems: 'stretch' }}>
        <AwardFacts award={award} />
        {lawful.length === 0 ? <p>{say(awardLabels.noneLawful)}</p> : null}
        {all
          .toSorted((a, b) => (a.lawful === b.lawful ? 0 : a.lawful ? -1 : 1))
          .map((choice) => (
            <Button
              key={choice.act}
              wide
              refusedBecause={choice.because === null ? null : say(choice.because)}
              onPress={() => onChoose(choice.act)}
            >
              {say(creditNames.acts[choice.act])}
            </Button>
          ))}
      </div>
    </Dialog>
  );
}

/** What an act moves: «از معرفی به بانک به قرارداد»; a release gives back from wherever the award stands. */
function Moves({ award, act }: { readonly award: Award; readonly act: AwardAct }): ReactNode {
  const { say } = useSpeech();
  const [from, to] = act === 'release' ? [null, 'available' as const] : wayOf[act];
  const names = creditNames.states;
  const start =
    from === null
      ? say(new Map(Object.entries(names)).get(award.state) ?? names.reserved)
      : say(stageWords[from]);
  const sum = act.startsWith('confirm') || act === 'decline_report' ? award.reported : award.amount;
  if (act === 'report_payment' || act === 'decline_report') return null;
  return (
    <p className="k-hint">
      <Money rials={sum} /> {say(awardLabels.moves)}: {say(creditLabels.from).toLowerCase()} {start}{' '}
      {say(creditLabels.to).toLowerCase()} {say(stageWords[to])}
    </p>
  );
}

const takesReason = (act: AwardAct): boolean => needsReason(act) || act === 'decline_report';

/** What the bank has signed: typed from its list, and compared with the report. */
function SignedFields(props: {
  readonly number: string;
  readonly sum: string;
  readonly tried: boolean;
  readonly error: unknown;
  readonly onNumber: (number: string) => void;
  readonly onSum: (sum: string) => void;
}): ReactNode {
  const { say } = useSpeech();
  const { number, sum, tried, error } = props;
  const numberError = tried && number.trim() === '' ? say(awardLabels.signedNumberMissing) : null;
  const sumError = tried && sum === '' ? say(awardLabels.amountMissing) : null;
  return (
    <>
      <TextField
        label={say(awardLabels.signedNumber)}
        name="signed.number"
        required
        value={number}
        onChange={props.onNumber}
        error={numberError ?? fieldError(error, 'signed.number', say)}
      />
      <MoneyField
        label={say(awardLabels.signedSum)}
        name="signed.sum"
        hint={say(awardLabels.signedSumHelp)}
        required
        value={sum}
        onChange={props.onSum}
        error={sumError ?? fieldError(error, 'signed.sum', say)}
      />
    </>
  );
}

/** The form of one act: its day, and what it needs besides. */
export function ActDialog({
  award,
  act,
  province,
  onClose,
  onDone,
}: {
  readonly award: Award;
  readonly act: AwardAct;
  readonly province: string;
  readonly onClose: () => void;
  readonly onDone: (act: AwardAct) => void;
}): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [happenedOn, setHappenedOn] = useState(todayIso);
  const [amount, setAmount] = useState(leftOf(award).toString());
  const [reason, setReason] = useState('');
  const [signedNumber, setSignedNumber] = useState('');
  const [signedSum, setSignedSum] = useState('');
  const [tried, setTried] = useState(false);
  const command = useCommand<unknown>({
    path: apiOf(province, `awards/${award.id}/acts`),
    changes: [apiOf(province, '')],
    onDone: () => onDone(act),
  });
  const reports = act === 'report_payment';
  const dayError = tried && happenedOn === '' ? say(awardLabels.dayMissing) : null;
  const amountError = tried && reports && amount === '' ? say(awardLabels.amountMissing) : null;
  const signs = isConfirmation(act);
  const unsigned = signs && (signedNumber.trim() === '' || signedSum === '');
  const unexplained = needsReason(act) && reason.trim() === '';
  const reasonError = tried && unexplained ? say(awardLabels.reasonMissing) : null;
  const send = (): void => {
    setTried(true);
    if (happenedOn === '' || (reports && amount === '') || unsigned || unexplained) return;
    command.mutate({
      id,
      act,
      seenVersion: award.version,
      happenedOn,
      amount: reports ? amount : null,
      reason: reason.trim() === '' ? null : reason.trim(),
      signed: signs ? { number: signedNumber.trim(), sum: signedSum } : null,
    });
  };
  return (
    <Dialog
      title={say(creditNames.acts[act])}
      open
      onClose={onClose}
      foot={
        <Button kind={act === 'release' ? 'danger' : 'primary'} busy={command.isPending} onPress={send}>
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
        <AwardFacts award={award} />
        <Moves award={award} act={act} />
        {reports ? (
          <MoneyField
            label={say(creditLabels.reportedAmount)}
            name="amount"
            required
            value={amount}
            onChange={setAmount}
            error={amountError ?? fieldError(command.error, 'amount', say)}
          />
        ) : null}
        {signs ? (
          <SignedFields
            number={signedNumber}
            sum={signedSum}
            tried={tried}
            error={command.error}
            onNumber={setSignedNumber}
            onSum={setSignedSum}
          />
        ) : null}
        <DayField
          label={say(signs ? awardLabels.signedOn : creditLabels.happenedOn)}
          name="happenedOn"
          required
          {...(signs ? {} : { hint: say(awardLabels.happenedOnHelp) })}
          value={happenedOn}
          onChange={setHappenedOn}
          error={dayError ?? fieldError(command.error, 'happenedOn', say)}
        />
        {takesReason(act) ? (
          <TextField
            label={say(creditLabels.reason)}
            name="reason"
            hint={say(awardLabels.reasonHelp)}
            rows={2}
            required={needsReason(act)}
            maxLength={500}
            value={reason}
            onChange={setReason}
            error={reasonError ?? fieldError(command.error, 'reason', say)}
          />
        ) : null}
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

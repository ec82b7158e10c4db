import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { apiOf, type DeedPlace } from '../view/page.tsx';
import type { ConfirmationOrder, IdentityStanding } from './contract.ts';
import { confirmationLabels as labels, confirmationRefusalWords as refusals } from './words.ts';

type At = Omit<DeedPlace, 'onClose'>;

/** Whether an account stands apart from the person, and what an office does about it; nothing where none does. */
export function IdentitySection({ province, personId }: At): ReactNode {
  const { user } = useSession();
  const may = ['director', 'deputy', 'county_office'].includes(user?.role ?? '');
  return may ? <Shown province={province} personId={personId} /> : null;
}

function Shown({ province, personId }: At): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<IdentityStanding>(apiOf(province, `persons/${personId}/identity`));
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  const standing = asked.data;
  if (standing === undefined || (standing.standing !== 'apart' && standing.confirmations.length === 0))
    return null;
  return (
    <Section title={say(labels.title)}>
      {standing.standing === 'apart' ? <Apart standing={standing} {...{ province, personId }} /> : null}
      {standing.confirmations.map(({ confirmationId, reason, confirmedBy, confirmedAt }) => (
        <Notice key={confirmationId} tone="green" title={say(labels.confirmed)}>
          <p>{say(labels.confirmedBody)}</p>
          <p>
            {say(labels.by)}: <bdi>{confirmedBy}</bdi> · <InstantText iso={confirmedAt} /> ·{' '}
            {say(labels.reason)}: <bdi>{reason}</bdi>
          </p>
        </Notice>
      ))}
    </Section>
  );
}

function Apart({ standing, province, personId }: At & { readonly standing: IdentityStanding }): ReactNode {
  const { say } = useSpeech();
  const [open, setOpen] = useState(false);
  const { since, provinces, phone, refusedBecause, mayConfirm } = standing;
  return (
    <Notice
      tone="amber"
      title={say(labels.apartTitle)}
      actions={
        mayConfirm ? (
          <Button
            kind="primary"
            refusedBecause={refusedBecause === null ? null : say(refusals[refusedBecause]())}
            onPress={() => setOpen(true)}
          >
            {say(labels.confirm)}
          </Button>
        ) : null
      }
    >
      <p>{say(labels.apartBody)}</p>
      <Facts
        facts={[
          { label: say(labels.since), value: since === null ? '–' : <InstantText iso={since} /> },
          { label: say(labels.provinces), value: <Digits value={provinces} /> },
          { label: say(labels.phone), value: phone === null ? '–' : <Digits value={phone} plain /> },
        ]}
      />
      <p>{say(labels.willStay)}</p>
      {open ? <ConfirmDialog {...{ province, personId, phone }} onClose={() => setOpen(false)} /> : null}
    </Notice>
  );
}

function ConfirmDialog({
  province,
  personId,
  phone,
  onClose,
}: DeedPlace & Pick<IdentityStanding, 'phone'>): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [cardSeen, setCardSeen] = useState(false);
  const [reason, setReason] = useState('');
  const path = apiOf(province, `persons/${personId}/identity`);
  const confirm = useCommand<ConfirmationOrder>({ path, changes: [path], onDone: onClose });
  return (
    <Dialog
      title={say(labels.dialogTitle)}
      open
      onClose={onClose}
      foot={
        <Button
          kind="danger"
          busy={confirm.isPending}
          refusedBecause={!cardSeen || reason.trim() === '' ? say(labels.reasonMissing) : null}
          onPress={() => confirm.mutate({ id, cardSeen, reason })}
        >
          {say(labels.confirm)}
        </Button>
      }
    >
      <div className="k-form">
        <p>{say(labels.willClose)}</p>
        {phone === null ? null : (
          <Facts facts={[{ label: say(labels.phone), value: <Digits value={phone} plain /> }]} />
        )}
        <p>{say(labels.willJoin)}</p>
        <p>{say(labels.willStay)}</p>
        <label className="k-row">
          <input
            type="checkbox"
            name="cardSeen"
            checked={cardSeen}
            onChange={(event) => setCardSeen(event.target.checked)}
          />{' '}
          {say(labels.cardSeen)}
        </label>
        <TextField
          label={say(labels.reason)}
          name="reason"
          required
          rows={2}
          value={reason}
          onChange={setReason}
          error={fieldError(confirm.error, 'reason', say)}
        />
        <ProblemNotice error={confirm.error} />
      </div>
    </Dialog>
  );
}

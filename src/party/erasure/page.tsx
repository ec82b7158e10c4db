import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextField } from '#web/kit/field.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { useSpeech } from '#web/language.tsx';
import { personLabels as labels } from '../person/words.ts';
import { apiOf, type DeedPlace } from '../view/page.tsx';

export function ErasureDialog({ province, personId, onClose }: DeedPlace): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [reason, setReason] = useState('');
  const [reference, setReference] = useState('');
  const erase = useCommand<unknown>({
    path: apiOf(province, `persons/${personId}/erasure`),
    changes: [apiOf(province, 'persons')],
    onDone: onClose,
  });
  return (
    <Dialog
      title={say(labels.erase)}
      open
      onClose={onClose}
      foot={
        <Button
          kind="danger"
          busy={erase.isPending}
          refusedBecause={reason.trim() === '' || reference.trim() === '' ? say(labels.reasonMissing) : null}
          onPress={() => erase.mutate({ id, reason, reference })}
        >
          {say(labels.eraseNow)}
        </Button>
      }
    >
      <p>{say(labels.eraseLead)}</p>
      <TextField
        label={say(labels.reference)}
        name="reference"
        required
        value={reference}
        onChange={setReference}
      />
      <TextField
        label={say(labels.reason)}
        name="reason"
        required
        rows={2}
        value={reason}
        onChange={setReason}
      />
      <ProblemNotice error={erase.error} />
    </Dialog>
  );
}

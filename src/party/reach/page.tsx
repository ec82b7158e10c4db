import { useState, type ReactNode } from 'react';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import type { PersonPage } from '../person/contract.ts';
import { personLabels as labels, reachReasonWords } from '../person/words.ts';
import { apiOf, useCounties, type DeedPlace } from '../view/page.tsx';

type Workplace = { readonly key: string; readonly label: string };
type Office = { readonly officeId: string; readonly nameFa: string; readonly nameEn: string | null };

function useOffices(province: string): readonly Workplace[] {
  const { say } = useSpeech();
  const found = useAnswer<{ readonly offices: readonly Office[] }>(apiOf(province, 'workplaces'));
  return (found.data?.offices ?? []).map((office) => ({
    key: office.officeId,
    label: say({ fa: office.nameFa, en: office.nameEn ?? office.nameFa }),
  }));
}

function useReaderName(province: string): (reader: string) => ReactNode {
  const { say } = useSpeech();
  const counties = useCounties(province);
  const offices = useOffices(province);
  return (reader) => {
    const county = counties.find(({ countyCode }) => countyCode === reader);
    if (county !== undefined) return say({ fa: county.nameFa, en: county.nameEn });
    return offices.find(({ key }) => key === reader)?.label ?? <Bidi code>{reader.slice(-6)}</Bidi>;
  };
}

/** Who may read of the person, beside the directorate and the county of residence. */
export function Readers({
  page,
  province,
}: {
  readonly page: PersonPage;
  readonly province: string;
}): ReactNode {
  const { say } = useSpeech();
  const named = useReaderName(province);
  if (page.reaches.length === 0) return null;
  return (
    <Section title={say(labels.reaches)}>
      <p className="k-hint">{say(labels.reachLead)}</p>
      <ul>
        {page.reaches.map((reach) => (
          <li key={reach.reader}>
            {named(reach.reader)} · <bdi>{reasonOf(reach.reason, say)}</bdi> ·{' '}
            <InstantText iso={reach.givenAt} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

const reasonOf = (reason: string, say: Speech['say']): string =>
  Object.hasOwn(reachReasonWords, reason)
    ? say(reachReasonWords[reason] ?? { fa: reason, en: reason })
    : reason;

export function ReachDialog({ province, personId, onClose }: DeedPlace): ReactNode {
  const { say } = useSpeech();
  const counties = useCounties(province);
  const offices = useOffices(province);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const reach = useCommand<unknown>({
    path: apiOf(province, `persons/${personId}/reach`),
    changes: [apiOf(province, 'persons')],
    onDone: onClose,
  });
  const county = counties.some(({ countyCode }) => countyCode === to);
  const choices = [
    ...offices,
    ...counties.map(({ countyCode, nameFa, nameEn }) => ({
      key: countyCode,
      label: say({ fa: nameFa, en: nameEn }),
    })),
  ];
  return (
    <Dialog
      title={say(labels.reach)}
      open
      onClose={onClose}
      foot={
        <Button
          kind="primary"
          busy={reach.isPending}
          refusedBecause={to === null || reason.trim() === '' ? say(labels.reasonMissing) : null}
          onPress={() =>
            reach.mutate({ countyCode: county ? to : null, officeId: county ? null : to, reason })
          }
        >
          {say(labels.reach)}
        </Button>
      }
    >
      <p>{say(labels.reachLead)}</p>
      <Select
        label={say(labels.reachTo)}
        name="to"
        required
        choices={choices}
        value={to}
        onChange={setTo}
        error={fieldError(reach.error, 'officeId', say)}
      />
      <TextField label={say(labels.reason)} name="reason" required value={reason} onChange={setReason} />
      <ProblemNotice error={reach.error} />
    </Dialog>
  );
}

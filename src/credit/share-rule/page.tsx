import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { NumberField, TextField } from '#web/kit/field.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { apiOf } from '../province/page.tsx';
import { type RulesAnswer, groups, ruleTypes } from '../share/contract.ts';
import { groupName, ruleActWords, ruleLabels as labels, ruleTypeWords, shareFor } from '../share/words.ts';

type Rule = RulesAnswer['rules'][number];

type Draft = {
  readonly type: Rule['type'];
  readonly group: (typeof groups)[number];
  readonly around: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly validFrom: string;
  readonly lastDay: string;
  readonly legalReference: string;
};
type FieldsProps = {
  readonly draft: Draft;
  readonly change: (next: Partial<Draft>) => void;
  readonly errorOf: (field: string) => string | null;
  readonly missing: (text: string) => string | null;
};

const nowhere = 'none';

/** Who the rule is for: a group, alone or within a reserve that the line has. */
function ShareFields({
  draft,
  change,
  errorOf,
  rules,
}: Omit<FieldsProps, 'missing'> & { readonly rules: readonly Rule[] }): ReactNode {
  const { say } = useSpeech();
  const reserves = new Set(rules.filter(({ type }) => type === 'reserve').map(({ share }) => share));
  return (
    <>
      <Select
        label={say(labels.type)}
        name="type"
        required
        value={draft.type}
        onChange={(key) => change({ type: ruleTypes.find((type) => type === key) ?? draft.type })}
        choices={ruleTypes.map((key) => ({ key, label: say(ruleTypeWords[key]) }))}
      />
      <Select
        label={say(labels.forWhom)}
        name="share"
        required
        value={draft.group}
        onChange={(key) => change({ group: groups.find((group) => group === key) ?? draft.group })}
        choices={groups.map((key) => ({ key, label: say(groupName(key)) }))}
        error={errorOf('share')}
      />
      <Select
        label={say(labels.around)}
        name="around"
        required
        value={draft.around}
        onChange={(around) => change({ around })}
        choices={[
          { key: nowhere, label: say(labels.noAround) },
          ...[...reserves]
            .filter((share) => share.split('/').length < 3)
            .map((key) => ({ key, label: say(shareFor(key)) })),
        ]}
      />
    </>
  );
}

function TermFields({ draft, change, errorOf, missing }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <NumberField
        label={say(labels.numerator)}
        name="numerator"
        required
        value={draft.numerator}
        onChange={(numerator) => change({ numerator })}
        error={missing(draft.numerator) ?? errorOf('numerator')}
      />
      <NumberField
        label={say(labels.denominator)}
        name="denominator"
        required
        value={draft.denominator}
        onChange={(denominator) => change({ denominator })}
        error={missing(draft.denominator) ?? errorOf('denominator')}
      />
      <DayField
        label={say(labels.from)}
        name="validFrom"
        required
        value={draft.validFrom}
        onChange={(validFrom) => change({ validFrom })}
        error={missing(draft.validFrom) ?? errorOf('validFrom')}
      />
      {draft.type === 'priority' ? (
        <DayField
          label={say(labels.lastDay)}
          name="lastDay"
          required
          value={draft.lastDay}
          onChange={(lastDay) => change({ lastDay })}
          error={missing(draft.lastDay) ?? errorOf('lastDay')}
        />
      ) : null}
      <TextField
        label={say(labels.reference)}
        name="legalReference"
        required
        maxLength={200}
        value={draft.legalReference}
        onChange={(legalReference) => change({ legalReference })}
        error={missing(draft.legalReference) ?? errorOf('legalReference')}
      />
    </>
  );
}

export type ProposeDialogProps = {
  readonly lineId: string;
  readonly rules: RulesAnswer;
  readonly province: string;
  readonly onClose: () => void;
};

/** The form of a new share rule of a line. */
export function ProposeDialog({ lineId, rules, province, onClose }: ProposeDialogProps): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<Draft>({
    type: 'reserve',
    group: 'cooperative',
    around: nowhere,
    numerator: '',
    denominator: '100',
    validFrom: rules.earliest,
    lastDay: '',
    legalReference: '',
  });
  const command = useCommand<unknown>({
    path: apiOf(province, `lines/${lineId}/rules`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const { type, group, around, numerator, denominator, validFrom, lastDay, legalReference } = draft;
  const asked = [
    numerator,
    denominator,
    validFrom,
    legalReference,
    ...(type === 'priority' ? [lastDay] : []),
  ];
  const send = (): void => {
    setTried(true);
    if (asked.some((text) => text.trim() === '')) return;
    command.mutate({
      id,
      share: [...(around === nowhere ? [] : around.split('/')), group],
      type,
      numerator: parseInt(numerator, 10),
      denominator: parseInt(denominator, 10),
      validFrom,
      lastDay: type === 'priority' ? lastDay : null,
      legalReference: legalReference.trim(),
    });
  };
  const fields = {
    draft,
    change: (next: Partial<Draft>): void => setDraft({ ...draft, ...next }),
    errorOf: (field: string): string | null => fieldError(command.error, field, say),
    missing: (text: string): string | null => (tried && text.trim() === '' ? say(labels.missing) : null),
  };
  return (
    <Dialog
      title={say(ruleActWords.propose_rule)}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(ruleActWords.propose_rule)}
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
        <p>{say(labels.proposeHelp)}</p>
        <ShareFields {...fields} rules={rules.rules} />
        <TermFields {...fields} />
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

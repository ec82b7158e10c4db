import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { MoneyField, NumberField, TextField } from '#web/kit/field.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { boardOffices, type CooperativeAct, type CooperativePage } from '../contract.ts';
import { cooperativeKind } from '../rules.ts';
import { boardOfficeWords, cooperativeActWords, cooperativeLabels as labels } from '../words.ts';

const noOffice = 'none';
const reasoned: readonly string[] = [...cooperativeKind.reasoned, 'return'];
const dangerous: readonly string[] = ['refuse', 'dissolve', 'withdraw'];

type Members = CooperativePage['members'];
type Typed = {
  readonly reason: string;
  readonly paid: Readonly<Record<string, string>>;
  readonly who: string | null;
  readonly shares: string;
  readonly heldOn: string;
  readonly offices: Readonly<Record<string, string>>;
  readonly number: string;
  readonly legalId: string;
};

type ActProps = {
  readonly page: CooperativePage;
  readonly act: CooperativeAct;
  readonly path: Path;
  readonly onClose: () => void;
};

/** What is sent with an act, from what was typed. */
function broughtBy(act: CooperativeAct, typed: Typed, members: Members): object {
  if (act === 'pay')
    return {
      entries: members
        .map(({ personId }) => ({ personId, paid: typed.paid[personId] ?? '' }))
        .filter(({ paid }) => paid !== '' && paid !== '0'),
    };
  if (act === 'change_capital')
    return {
      entries:
        typed.who === null
          ? []
          : [
              {
                personId: typed.who,
                shares: Number.parseInt(typed.shares, 10) || 0,
                paid: typed.paid[typed.who] ?? '0',
              },
            ],
    };
  if (act === 'constitute' || act === 'elect_board')
    return {
      board: {
        heldOn: typed.heldOn,
        seats: members.flatMap(({ personId }) => {
          const office = typed.offices[personId] ?? noOffice;
          return office === noOffice ? [] : [{ personId, office }];
        }),
      },
    };
  return act === 'register' ? { registration: { number: typed.number, legalId: typed.legalId } } : {};
}

/** One act on a cooperative: a question with what the act brings. */
export function ActDialog({ page, act, path, onClose }: ActProps): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const { members, cooperative } = page;
  const [typed, setTyped] = useState<Typed>(() => ({
    reason: '',
    paid: act === 'pay' ? Object.fromEntries(members.map(({ personId, due }) => [personId, due ?? ''])) : {},
    who: null,
    shares: '0',
    heldOn: '',
    offices: {},
    number: '',
    legalId: '',
  }));
  const set = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  const command = useCommand<object>({ path: `${path}/acts`, changes: ['/api/provinces/'], onDone: onClose });
  const send = (): void =>
    command.mutate({
      id,
      act,
      seenVersion: cooperative.version,
      reason: typed.reason.trim() === '' ? null : typed.reason,
      ...broughtBy(act, typed, members),
    });
  return (
    <Dialog
      title={say(cooperativeActWords[act])}
      open
      wide={act === 'pay' || act === 'constitute' || act === 'elect_board'}
      onClose={onClose}
      foot={
        <Button kind={dangerous.includes(act) ? 'danger' : 'primary'} busy={command.isPending} onPress={send}>
          {say(cooperativeActWords[act])}
        </Button>
      }
    >
      <div className="k-form">
        {act === 'pay' ? <Payments members={members} typed={typed} set={set} /> : null}
        {act === 'change_capital' ? <Change members={members} typed={typed} set={set} /> : null}
        {act === 'constitute' || act === 'elect_board' ? (
          <Board members={members} typed={typed} set={set} />
        ) : null}
        {act === 'register' ? (
          <>
            <TextField
              label={say(labels.registryNumber)}
              name="number"
              code
              required
              maxLength={20}
              value={typed.number}
              onChange={(number) => set({ number })}
              error={fieldError(command.error, 'registration.number', say)}
            />
            <TextField
              label={say(labels.legalId)}
              name="legalId"
              type="tel"
              code
              required
              maxLength={11}
              value={typed.legalId}
              onChange={(legalId) => set({ legalId })}
              error={fieldError(command.error, 'registration.legalId', say)}
            />
          </>
        ) : null}
        {reasoned.includes(act) ? (
          <TextField
            label={say(labels.reason)}
            name="reason"
            required
            rows={3}
            value={typed.reason}
            onChange={(reason) => set({ reason })}
            error={fieldError(command.error, 'reason', say)}
          />
        ) : null}
        {command.error === null ? null : <ProblemNotice error={command.error} />}
      </div>
    </Dialog>
  );
}

type PartProps = {
  readonly members: Members;
  readonly typed: Typed;
  readonly set: (change: Partial<Typed>) => void;
};

const nameOf = (members: Members, at: number): string => members[at]?.name ?? '—';

function Payments({ members, typed, set }: PartProps): ReactNode {
  return members.map(({ personId }, at) => (
    <MoneyField
      key={personId}
      label={nameOf(members, at)}
      name={`paid-${at}`}
      value={typed.paid[personId] ?? ''}
      onChange={(sum) => set({ paid: { ...typed.paid, [personId]: sum } })}
    />
  ));
}

function Change({ members, typed, set }: PartProps): ReactNode {
  const { say } = useSpeech();
  const { who } = typed;
  return (
    <>
      <Select
        label={say(labels.members)}
        name="member"
        required
        value={who}
        onChange={(chosen) => set({ who: chosen })}
        choices={members.map(({ personId }, at) => ({ key: personId, label: nameOf(members, at) }))}
      />
      <NumberField
        label={say(labels.takes)}
        name="shares"
        required
        value={typed.shares}
        onChange={(shares) => set({ shares })}
      />
      <MoneyField
        label={say(labels.pays)}
        name="paid"
        value={who === null ? '' : (typed.paid[who] ?? '')}
        onChange={(sum) => (who === null ? undefined : set({ paid: { ...typed.paid, [who]: sum } }))}
      />
    </>
  );
}

function Board({ members, typed, set }: PartProps): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <DayField
        label={say(labels.heldOn)}
        name="heldOn"
        required
        value={typed.heldOn}
        onChange={(heldOn) => set({ heldOn })}
      />
      {members.map(({ personId }, at) => (
        <Select
          key={personId}
          label={nameOf(members, at)}
          name={`office-${at}`}
          required
          value={typed.offices[personId] ?? noOffice}
          onChange={(office) => set({ offices: { ...typed.offices, [personId]: office } })}
          choices={[
            { key: noOffice, label: say(labels.noOffice) },
            ...boardOffices.map((key) => ({ key, label: say(boardOfficeWords[key]) })),
          ]}
        />
      ))}
    </>
  );
}

import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { roleTitle } from '../words.ts';
import type { AppointmentForm, CaseAppointment, EndForm, MoveForm, WishForm } from './contract.ts';
import { offeredTimes } from './rules.ts';
import { appointmentLabels as labels, entryTones, entryWords } from './words.ts';

type Visit = NonNullable<CaseAppointment['appointment']>;
type Doing = 'set' | 'move' | 'cancel' | 'ask';
const changes = ['/api/provinces'] as const;

/** The appointment of a case: for officers to set and follow up, for whom it calls to see and ask for another time. */
export function AppointmentSection({ path }: { readonly path: Path }): ReactNode {
  const { say } = useSpeech();
  const found = useAnswer<CaseAppointment>(`${path}/appointment`);
  const [doing, setDoing] = useState<Doing | null>(null);
  if (found.error !== null) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const answer = found.data;
  // Where nobody is called and the reader calls nobody there is nothing to say.
  if (answer === undefined || (answer.appointment === null && !answer.may.set)) return null;
  const { appointment: visit } = answer;
  const onDone = (): void => setDoing(null);
  return (
    <Section
      title={say(labels.appointment)}
      aside={
        visit === null ? undefined : (
          <Sign tone={entryTones[visit.standing]}>{say(entryWords[visit.standing])}</Sign>
        )
      }
    >
      <div className="k-stack">
        {visit === null ? <p>{say(labels.none)}</p> : <VisitFacts visit={visit} />}
        {doing === null ? <Deeds answer={answer} path={path} onChoose={setDoing} /> : null}
        {doing === 'set' ? (
          <TimeForm path={`${path}/appointments`} firstOn={answer.firstOn} visit={null} onDone={onDone} />
        ) : null}
        {doing === 'move' && visit !== null ? (
          <TimeForm
            path={`${path}/appointments/${visit.appointmentId}/moves`}
            firstOn={answer.firstOn}
            visit={visit}
            onDone={onDone}
          />
        ) : null}
        {doing === 'cancel' && visit !== null ? (
          <ReasonForm
            path={`${path}/appointments/${visit.appointmentId}/outcomes`}
            bodyOf={(reason) => ({ id: newKey(), seen: visit.seq, end: 'cancelled', reason })}
            hint={say(labels.reasonTold)}
            deed={say(labels.cancel)}
            onDone={onDone}
          />
        ) : null}
        {doing === 'ask' && visit !== null ? (
          <ReasonForm
            path={`${path}/appointments/${visit.appointmentId}/wishes`}
            bodyOf={(reason) => ({ id: newKey(), seen: visit.seq, reason })}
            hint={say(labels.askHint)}
            deed={say(labels.send)}
            onDone={onDone}
          />
        ) : null}
        <History answer={answer} />
      </div>
    </Section>
  );
}

/** «شنبه ۱۴ آذر ۱۴۰۵، ساعت ۱۰:۳۰». */
function Moment({ on, time }: Pick<Visit, 'on' | 'time'>): ReactNode {
  const { say, digits } = useSpeech();
  return (
    <>
      <DayText iso={on} style="weekday" /> · {say(labels.time)} {digits(time)}
    </>
  );
}

function VisitFacts({ visit }: { readonly visit: Visit }): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      {visit.isOpen && visit.standing === 'asked' ? (
        <Notice tone="amber" title={say(labels.wished)}>
          {visit.reason}
        </Notice>
      ) : null}
      <Facts
        facts={[
          { label: say(labels.on), value: <Moment on={visit.on} time={visit.time} /> },
          { label: say(labels.place), value: visit.place },
          { label: say(labels.purpose), value: visit.purpose },
          ...(visit.bring === '' ? [] : [{ label: say(labels.bring), value: visit.bring }]),
          ...(visit.standing === 'cancelled' && visit.reason !== null
            ? [{ label: say(labels.reason), value: visit.reason }]
            : []),
        ]}
      />
    </>
  );
}

function Deeds({
  answer: { appointment: visit, may },
  path,
  onChoose,
}: {
  readonly answer: CaseAppointment;
  readonly path: Path;
  readonly onChoose: (doing: Doing) => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const end = useCommand<EndForm>({
    path: `${path}/appointments/${visit?.appointmentId ?? ''}/outcomes`,
    changes,
  });
  const conclude = (outcome: 'came' | 'absent'): void => {
    if (visit !== null) end.mutate({ id: newKey(), seen: visit.seq, end: outcome, reason: null });
  };
  return (
    <>
      <div className="k-row no-print">
        {may.set ? (
          <Button icon="add" onPress={() => onChoose('set')}>
            {say(visit === null ? labels.set : labels.setAgain)}
          </Button>
        ) : null}
        {may.end && visit?.hasBegun === true ? (
          <>
            <Button kind="primary" busy={end.isPending} onPress={() => conclude('came')}>
              {say(labels.came)}
            </Button>
            <Button busy={end.isPending} onPress={() => conclude('absent')}>
              {say(labels.absent)}
            </Button>
          </>
        ) : null}
        {may.move ? (
          <Button icon="time" onPress={() => onChoose('move')}>
            {say(labels.move)}
          </Button>
        ) : null}
        {may.end ? (
          <Button kind="quiet" onPress={() => onChoose('cancel')}>
            {say(labels.cancel)}
          </Button>
        ) : null}
        {visit?.isOpen === true ? (
          <LinkButton icon="download" href={`${visit.file}?language=${language}`}>
            {say(labels.calendarFile)}
          </LinkButton>
        ) : null}
        {may.ask ? <Button onPress={() => onChoose('ask')}>{say(labels.ask)}</Button> : null}
      </div>
      <ProblemNotice error={end.error} />
    </>
  );
}

type FormProps = {
  readonly path: Path;
  readonly firstOn: string;
  /** The one that is moved. */
  readonly visit: Visit | null;
  readonly onDone: () => void;
};

function TimeForm({ path, firstOn, visit, onDone }: FormProps): ReactNode {
  const { say, digits } = useSpeech();
  const [on, setOn] = useState(visit?.on ?? firstOn);
  const [time, setTime] = useState<string | null>(visit?.time ?? null);
  const [place, setPlace] = useState(visit?.place ?? '');
  const [purpose, setPurpose] = useState(visit?.purpose ?? '');
  const [bring, setBring] = useState(visit?.bring ?? '');
  const write = useCommand<AppointmentForm | MoveForm>({ path, changes, onDone });
  const error = (field: string): string | null => fieldError(write.error, field, say);
  const times = time === null || offeredTimes.includes(time) ? offeredTimes : [time, ...offeredTimes];
  return (
    <form
      className="k-form"
      onSubmit={(event) => {
        event.preventDefault();
        const form = { id: newKey(), on, time: time ?? '', place, purpose, bring };
        write.mutate(visit === null ? form : { ...form, seen: visit.seq });
      }}
    >
      <DayField label={say(labels.on)} name="on" value={on} onChange={setOn} required error={error('on')} />
      <Select
        label={say(labels.time)}
        name="time"
        choices={times.map((key) => ({ key, label: digits(key) }))}
        value={time}
        onChange={setTime}
        required
        error={error('time')}
      />
      <TextField
        label={say(labels.place)}
        hint={say(labels.placeHint)}
        name="place"
        value={place}
        onChange={setPlace}
        maxLength={300}
        required
        error={error('place')}
      />
      <TextField
        label={say(labels.purpose)}
        name="purpose"
        value={purpose}
        onChange={setPurpose}
        maxLength={500}
        required
        error={error('purpose')}
      />
      <TextField
        label={say(labels.bring)}
        name="bring"
        rows={2}
        value={bring}
        onChange={setBring}
        maxLength={500}
        error={error('bring')}
      />
      <p className="k-hint">{say(labels.told)}</p>
      <FormFoot write={write} deed={say(labels.save)} onBack={onDone} />
    </form>
  );
}

function ReasonForm({
  path,
  bodyOf,
  hint,
  deed,
  onDone,
}: {
  readonly path: Path;
  readonly bodyOf: (reason: string) => EndForm | WishForm;
  readonly hint: string;
  readonly deed: string;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [reason, setReason] = useState('');
  const write = useCommand<EndForm | WishForm>({ path, changes, onDone });
  return (
    <form
      className="k-form"
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate(bodyOf(reason));
      }}
    >
      <TextField
        label={say(labels.reason)}
        hint={hint}
        name="reason"
        rows={2}
        value={reason}
        onChange={setReason}
        maxLength={500}
        required
        error={fieldError(write.error, 'reason', say)}
      />
      <FormFoot write={write} deed={deed} onBack={onDone} />
    </form>
  );
}

function FormFoot({
  write,
  deed,
  onBack,
}: {
  readonly write: { readonly error: Error | null; readonly isPending: boolean };
  readonly deed: string;
  readonly onBack: () => void;
}): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <ProblemNotice error={write.error} />
      <div className="k-row">
        <Button kind="primary" type="submit" busy={write.isPending}>
          {deed}
        </Button>
        <Button kind="quiet" onPress={onBack}>
          {say(labels.back)}
        </Button>
      </div>
    </>
  );
}

function History({ answer: { entries } }: { readonly answer: CaseAppointment }): ReactNode {
  const { say, digits } = useSpeech();
  if (entries.length < 2) return null;
  return (
    <details>
      <summary>
        {say(labels.history)} ({digits(entries.length)})
      </summary>
      <ul>
        {entries.map((row) => (
          <li key={row.id}>
            {say(entryWords[row.entry])}: <Moment on={row.on} time={row.time} />
            {row.reason === null ? null : <div>{row.reason}</div>}
            <div>
              <small>
                {row.byName ?? say(roleTitle(row.byRole))} · <InstantText iso={row.at} />
              </small>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

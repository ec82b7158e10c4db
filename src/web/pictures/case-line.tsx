import type { ReactNode } from 'react';
import { Button } from '../kit/button.tsx';
import { InstantText, DayText } from '../kit/day.tsx';
import { Sign } from '../kit/notice.tsx';
import { useSpeech } from '../language.tsx';

/** An act that was done. */
export type CaseAct = {
  readonly id: string;
  /** «معرفی به بانک». */
  readonly title: string;
  /** Who, as role or name. */
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  /** The reason or a fact: «نشانی کارگاه ناقص است». */
  readonly detail?: ReactNode;
  /** A step back (returned, withdrawn, reversed). */
  readonly back?: boolean;
};

/** The deadline that runs now. `daysLeft` are working days, negative when overdue. */
export type CaseDeadline = { readonly on: string; readonly daysLeft: number; readonly promise?: string };

/** A button below the line: lawful now, or folded away with the reason why not. */
export type CaseChoice = {
  readonly act: string;
  readonly label: string;
  readonly lawful: boolean;
  readonly because?: string | null;
  /** The deed the case waits for: one at most. */
  readonly primary?: boolean;
  readonly danger?: boolean;
  /** Another role does it: it stands below what is the reader's own. */
  readonly ofOthers?: boolean;
};

export type CaseLineProps = {
  readonly acts: readonly CaseAct[];
  /** The state now: what the case waits for, since when (ISO day), until when. Null when it is closed. */
  readonly now: { readonly title: string; readonly since?: string; readonly deadline?: CaseDeadline } | null;
  readonly choices: readonly CaseChoice[];
  readonly onChoose: (act: string) => void;
  /** The act that is being sent. */
  readonly busyWith?: string | null;
  /** A form or a problem of the chosen act, below the buttons. */
  readonly children?: ReactNode;
};

/** Two working days are left or fewer: the colour of what is about to lapse. */
const nearDays = 2;

export function DeadlineSign({ deadline }: { readonly deadline: CaseDeadline }): ReactNode {
  const { word, digits } = useSpeech();
  const { daysLeft } = deadline;
  if (daysLeft < 0) {
    return (
      <Sign tone="red" icon="late">
        {digits(-daysLeft)} {word('daysLate')}
      </Sign>
    );
  }
  return (
    <Sign tone={daysLeft <= nearDays ? 'amber' : 'green'} icon="deadline">
      {daysLeft === 0 ? word('lastDay') : `${digits(daysLeft)} ${word('daysLeft')}`}
    </Sign>
  );
}

function Timeline({ acts, now }: Pick<CaseLineProps, 'acts' | 'now'>): ReactNode {
  const { word } = useSpeech();
  const late = now?.deadline !== undefined && now.deadline.daysLeft < 0;
  return (
    <ol className="p-line" aria-label={word('timeline')}>
      {acts.map((act) => (
        <li key={act.id} className={act.back === true ? 'is-back' : undefined}>
          <b>{act.title}</b>
          {act.detail === undefined ? null : <div className="p-line-detail">{act.detail}</div>}
          <small>
            {act.by} · <InstantText iso={act.at} />
          </small>
        </li>
      ))}
      {now === null ? null : (
        <li className={`is-now${late ? ' is-late' : ''}`} aria-current="step">
          <b>
            <span className="p-line-now">{word('now')}</span> {now.title}
          </b>
          <small>
            {now.since === undefined ? null : (
              <>
                {word('since')} <DayText iso={now.since} style="short" />
              </>
            )}
            {now.deadline === undefined ? null : (
              <>
                {now.since === undefined ? null : ' · '}
                {word('deadline')} <DayText iso={now.deadline.on} style="weekday" />
                {now.deadline.promise === undefined ? null : ` · ${now.deadline.promise}`}
              </>
            )}
          </small>
          {now.deadline === undefined ? null : <DeadlineSign deadline={now.deadline} />}
        </li>
      )}
    </ol>
  );
}

const isOthers = ({ ofOthers }: CaseChoice): boolean => ofOthers === true;

/** What is not lawful, one's own before what others do; of a closed case nothing, for it will never be. */
function Refused({ choices }: Pick<CaseLineProps, 'choices'>): ReactNode {
  const { word } = useSpeech();
  const refused = choices.filter(({ lawful }) => !lawful);
  if (refused.length === 0) return null;
  const inOrder = [...refused.filter((choice) => !isOthers(choice)), ...refused.filter(isOthers)];
  return (
    <details className="p-acts-refused">
      <summary>{word('actsNotNow')}</summary>
      {inOrder.map((choice) => (
        <Button
          key={choice.act}
          wide
          refusedBecause={
            isOthers(choice) ? (choice.because ?? '') : `${word('notYet')} ${choice.because ?? ''}`
          }
        >
          {choice.label}
        </Button>
      ))}
    </details>
  );
}

function Choices({
  now,
  choices,
  onChoose,
  busyWith = null,
  children,
}: Omit<CaseLineProps, 'acts'>): ReactNode {
  const { word } = useSpeech();
  const lawful = choices.filter((choice) => choice.lawful);
  const none = now === null ? 'caseClosed' : 'nothingLawful';
  return (
    <section className="p-acts no-print">
      <h3>{word('whatNow')}</h3>
      {lawful.length === 0 ? <p className="p-acts-none">{word(none)}</p> : null}
      {lawful.map((choice) => (
        <Button
          key={choice.act}
          wide
          kind={choice.danger === true ? 'danger' : choice.primary === true ? 'primary' : 'plain'}
          busy={busyWith === choice.act}
          onPress={() => onChoose(choice.act)}
        >
          {choice.label}
        </Button>
      ))}
      {children}
      {now === null ? null : <Refused choices={choices} />}
    </section>
  );
}

/** A case from its first act to now, and below it only what is lawful now; the rest is folded and says why. */
export function CaseLine(props: CaseLineProps): ReactNode {
  return (
    <div className="p-case">
      <Timeline acts={props.acts} now={props.now} />
      <Choices {...props} />
    </div>
  );
}

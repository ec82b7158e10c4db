import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { dayFromIso, fiscalYear } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { NumberField, TextField } from '#web/kit/field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Line } from '../contract.ts';
import { lineLabels } from '../line/words.ts';
import { apiOf, lineHref, useAddress, useLinePath } from '../province/page.tsx';
import { creditLabels, potWords, programmeWords, rateWords } from '../words.ts';
import { type LineDraft, deadlineOf, firstDraft, gapsOf, orderOf, twinOf } from './rules.ts';
import { draftLabels as labels, gapWords } from './words.ts';

type FieldsProps = {
  readonly draft: LineDraft;
  readonly change: (next: Partial<LineDraft>) => void;
  readonly errorOf: (field: keyof LineDraft) => string | null;
};

/** Fields beside one another where there is room, each with its own hint and error. */
function Fields({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div
      style={{
        display: 'grid',
        gap: 'var(--s4)',
        gridTemplateColumns: 'repeat(auto-fit, minmax(min(240px, 100%), 1fr))',
        alignItems: 'start',
      }}
    >
      {children}
    </div>
  );
}

function OneOf<Key extends string>({
  label,
  name,
  words,
  value,
  onChange,
}: {
  readonly label: string;
  readonly name: string;
  readonly words: Readonly<Record<Key, Bilingual>>;
  readonly value: Key;
  readonly onChange: (key: Key) => void;
}): ReactNode {
  const { say } = useSpeech();
  const isKey = (key: string): key is Key => Object.hasOwn(words, key);
  const keys = Object.keys(words).filter(isKey);
  return (
    <Select
      label={label}
      name={name}
      required
      value={value}
      onChange={(key) => (isKey(key) ? onChange(key) : undefined)}
      choices={keys.map((key) => ({ key, label: say(words[key]) }))}
    />
  );
}

function Purpose({ draft, change, errorOf }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <Fields>
      <NumberField
        label={say(creditLabels.budgetYear)}
        name="budgetYear"
        hint={say(labels.yearHelp)}
        required
        plain
        value={draft.budgetYear}
        onChange={(budgetYear) => change({ budgetYear })}
        error={errorOf('budgetYear')}
      />
      <OneOf
        label={say(lineLabels.programme)}
        name="programme"
        words={programmeWords}
        value={draft.programme}
        onChange={(programme) => change({ programme })}
      />
      <OneOf
        label={say(creditLabels.pot)}
        name="pot"
        words={potWords}
        value={draft.pot}
        onChange={(pot) => change({ pot })}
      />
    </Fields>
  );
}

function Law({ draft, change, errorOf }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <Fields>
      <TextField
        label={say(labels.note)}
        name="note"
        hint={say(labels.noteHelp)}
        required
        maxLength={20}
        value={draft.note}
        onChange={(note) => change({ note })}
        error={errorOf('note')}
      />
      <TextField
        label={say(labels.paragraph)}
        name="paragraph"
        maxLength={20}
        value={draft.paragraph}
        onChange={(paragraph) => change({ paragraph })}
        error={errorOf('paragraph')}
      />
      <TextField
        label={say(labels.item)}
        name="item"
        maxLength={20}
        value={draft.item}
        onChange={(item) => change({ item })}
        error={errorOf('item')}
      />
    </Fields>
  );
}

function Terms({ draft, change, errorOf }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  const months = (name: 'graceMonths' | 'termMonths', label: string): ReactNode => (
    <NumberField
      label={label}
      name={name}
      required
      unit={say(creditLabels.months)}
      value={draft[name]}
      onChange={(typed) => change({ [name]: typed })}
      error={errorOf(name)}
    />
  );
  return (
    <Fields>
      <OneOf
        label={say(labels.rateKind)}
        name="rateKind"
        words={rateWords}
        value={draft.rateKind}
        onChange={(rateKind) => change({ rateKind })}
      />
      <TextField
        label={say(labels.rate)}
        name="rateHundredths"
        hint={say(labels.rateHelp)}
        required
        maxLength={6}
        value={draft.rateHundredths}
        onChange={(rateHundredths) => change({ rateHundredths })}
        error={errorOf('rateHundredths')}
      />
      {months('graceMonths', say(labels.grace))}
      {months('termMonths', say(labels.term))}
      <DayField
        label={say(creditLabels.deadline)}
        name="deadline"
        hint={say(labels.deadlineHelp)}
        required
        value={deadlineOf(draft)}
        onChange={(deadline) => change({ deadline })}
        error={errorOf('deadline')}
      />
    </Fields>
  );
}

function Share({ draft, change, errorOf }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <Fields>
      <NumberField
        label={say(labels.share)}
        name="cooperativeReserve"
        hint={say(labels.shareHelp)}
        unit={say(labels.percent)}
        value={draft.cooperativeReserve}
        onChange={(cooperativeReserve) => change({ cooperativeReserve })}
        error={errorOf('cooperativeReserve')}
      />
      <TextField
        label={say(labels.reference)}
        name="reserveReference"
        hint={say(labels.referenceHelp)}
        required={draft.cooperativeReserve !== ''}
        maxLength={200}
        value={draft.reserveReference}
        onChange={(reserveReference) => change({ reserveReference })}
        error={errorOf('reserveReference')}
      />
    </Fields>
  );
}

/** What is lawful, and still seldom what somebody wants. */
function Doubts({ draft, province }: { readonly draft: LineDraft; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const lines = useAnswer<{ readonly items: readonly Line[] }>(apiOf(province, 'lines'));
  const twin = twinOf(draft, lines.data?.items ?? []);
  const deadline = deadlineOf(draft);
  return (
    <>
      {deadline !== '' && deadline < todayIso() ? <Notice tone="amber" title={say(labels.over)} /> : null}
      {twin === undefined ? null : (
        <Notice tone="amber" title={say(labels.twin)}>
          <Link href={lineHref(province, twin.id)}>{say(labels.toTwin)}</Link>
        </Notice>
      )}
    </>
  );
}

/** The form that drafts a credit line; it leads to the page of the line, where its letters are recorded. */
export function NewLinePage(): ReactNode {
  const { say, digits } = useSpeech();
  const province = useAddress('province');
  const navigate = useNavigate();
  const pathTo = useLinePath();
  // The line's id is made with the form, so that sending again drafts the same line.
  const [id] = useState(newKey);
  const [draft, setDraft] = useState(() => {
    const first = firstDraft(fiscalYear(dayFromIso(todayIso())));
    return { ...first, rateHundredths: digits(first.rateHundredths) };
  });
  const [tried, setTried] = useState(false);
  const command = useCommand<unknown>({
    path: apiOf(province, 'lines'),
    changes: [apiOf(province, '')],
    onDone: () => void navigate({ to: lineHref(province, id) }),
  });
  const gaps = gapsOf(draft);
  const whole = Object.keys(gaps).length === 0;
  const send = (): void => {
    setTried(true);
    if (whole) command.mutate(orderOf(draft, id));
  };
  const errorOf = (field: keyof LineDraft): string | null => {
    const gap = tried ? gaps[field] : undefined;
    return gap === undefined ? fieldError(command.error, field, say) : say(gapWords[gap]);
  };
  const fields = { draft, errorOf, change: (next: Partial<LineDraft>) => setDraft({ ...draft, ...next }) };
  return (
    <>
      <PageHead
        title={say(labels.title)}
        path={[...pathTo(province, undefined), { label: say(labels.title) }]}
      >
        {say(labels.lead)}
      </PageHead>
      <form
        className="k-form"
        style={{ maxInlineSize: '880px' }}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Section title={say(labels.whatFor)}>
          <Purpose {...fields} />
        </Section>
        <Section title={say(labels.legal)}>
          <Law {...fields} />
        </Section>
        <Section title={say(labels.terms)}>
          <Terms {...fields} />
        </Section>
        <Section title={say(creditLabels.reserve)}>
          <Share {...fields} />
        </Section>
        <Doubts draft={draft} province={province} />
        {tried && !whole ? <Notice tone="amber" title={say(labels.unfinished)} /> : null}
        <ProblemNotice error={command.error} onRetry={send} />
        <div>
          <Button kind="primary" type="submit" icon="check" busy={command.isPending}>
            {say(labels.save)}
          </Button>
        </div>
      </form>
    </>
  );
}

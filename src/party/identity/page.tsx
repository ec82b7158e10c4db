import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { readPhone } from '#kernel/persian.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { settlements, type NewPerson, type PersonForm } from '../person/contract.ts';
import { readEmail, readIdOf } from '../person/rules.ts';
import {
  factWords,
  genderWords,
  personLabels as labels,
  personRefusalWords,
  settlementWords,
} from '../person/words.ts';
import { apiOf, personHref, useCounties } from '../view/page.tsx';

const {
  NationalIdWrong: wrongNational,
  LegalIdWrong: wrongLegal,
  FactUnreadable: unreadable,
} = personRefusalWords;
const wrongEmail = unreadable({ kind: 'FactUnreadable', factKind: 'email', field: 'email' });
const wrongIds = { natural: wrongNational(), legal: wrongLegal() };

type Draft = Readonly<
  Record<
    | 'nationalId'
    | 'firstName'
    | 'lastName'
    | 'fatherName'
    | 'bornOn'
    | 'gender'
    | 'countyCode'
    | 'settlement'
    | 'phone'
    | 'email',
    string
  >
>;
const emptyDraft: Draft = {
  nationalId: '',
  firstName: '',
  lastName: '',
  fatherName: '',
  bornOn: '',
  gender: '',
  countyCode: '',
  settlement: '',
  phone: '',
  email: '',
};
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What is wrong with a draft before it is sent, by the field. */
const missingOf = (
  form: PersonForm,
  draft: Draft,
  say: Speech['say'],
): Readonly<Partial<Record<keyof Draft, string | null>>> => ({
  nationalId: readIdOf(form, draft.nationalId) === null ? say(wrongIds[form]) : null,
  firstName: form === 'natural' && draft.firstName.trim() === '' ? say(labels.nameMissing) : null,
  lastName: draft.lastName.trim() === '' ? say(labels.nameMissing) : null,
  countyCode: draft.countyCode === '' ? say(labels.countyMissing) : null,
  phone: draft.phone.trim() !== '' && readPhone(draft.phone) === null ? say(labels.phoneWrong) : null,
  email: draft.email.trim() !== '' && readEmail(draft.email) === null ? say(wrongEmail) : null,
});

/** Who the person is: told once, at the beginning. */
export function NewPersonDialog({
  province,
  form,
  onClose,
}: {
  readonly province: string;
  readonly form: PersonForm;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const session = useAnswer<SessionAnswer>('/api/session');
  const own = session.data?.grants.find(({ grantId }) => grantId === session.data.grantId)?.countyCode ?? '';
  const [id] = useState(newKey);
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [tried, setTried] = useState(false);
  const set = (key: keyof Draft) => (value: string) => setDraft((now) => ({ ...now, [key]: value }));
  const enter = useCommand<unknown, { readonly id: string }>({
    path: apiOf(province, 'persons'),
    changes: [apiOf(province, 'persons')],
    onDone: (done) => void navigate({ to: personHref(province, done.id) }),
  });
  const countyCode = draft.countyCode === '' ? own : draft.countyCode;
  const missing = missingOf(form, { ...draft, countyCode }, say);
  const errorOf = (key: keyof Draft): string | null =>
    tried && missing[key] != null ? missing[key] : fieldError(enter.error, key, say);
  const send = (): void => {
    setTried(true);
    if (Object.values(missing).some((text) => text !== null)) return;
    const order: Omit<NewPerson, 'gender' | 'settlement'> & {
      gender: string | null;
      settlement: string | null;
    } = {
      id,
      form,
      nationalId: draft.nationalId,
      firstName: form === 'natural' ? orNull(draft.firstName) : null,
      lastName: draft.lastName,
      fatherName: orNull(draft.fatherName),
      bornOn: orNull(draft.bornOn),
      gender: orNull(draft.gender),
      countyCode,
      settlement: orNull(draft.settlement),
      phone: orNull(draft.phone),
      email: orNull(draft.email),
    };
    enter.mutate(order);
  };
  const field = (
    key: keyof Draft,
    label: Bilingual,
    rest: { readonly required?: boolean; readonly code?: boolean } = {},
  ) => (
    <TextField
      label={say(label)}
      name={key}
      value={draft[key]}
      onChange={set(key)}
      error={errorOf(key)}
      {...rest}
    />
  );
  return (
    <Dialog
      title={say(form === 'natural' ? labels.newPerson : labels.newEnterprise)}
      open
      wide
      onClose={onClose}
      foot={
        <Button kind="primary" busy={enter.isPending} onPress={send}>
          {say(labels.enter)}
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
        <Notice>{say(labels.enterHint)}</Notice>
        {field('nationalId', form === 'natural' ? labels.nationalId : labels.legalId, {
          required: true,
          code: true,
        })}
        {form === 'natural' ? field('firstName', factWords.first_name, { required: true }) : null}
        {field('lastName', form === 'natural' ? factWords.last_name : labels.enterpriseName, {
          required: true,
        })}
        {form === 'natural' ? field('fatherName', factWords.father_name) : null}
        <DayField
          label={say(form === 'natural' ? factWords.born_on : labels.registeredOn)}
          name="bornOn"
          value={draft.bornOn}
          onChange={set('bornOn')}
          error={errorOf('bornOn')}
        />
        {form === 'natural' ? (
          <Select
            label={say(factWords.gender)}
            name="gender"
            choices={Object.entries(genderWords).map(([key, word]) => ({ key, label: say(word) }))}
            value={draft.gender === '' ? null : draft.gender}
            onChange={set('gender')}
          />
        ) : null}
        <PlaceFields {...{ province, own, countyCode, draft, set }} error={errorOf('countyCode')} />
        {field('phone', factWords.phone, { code: true })}
        {field('email', factWords.email, { code: true })}
        <ProblemNotice error={enter.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

/** Where the person lives: a county office enters those of its own county. */
function PlaceFields({
  province,
  own,
  countyCode,
  draft,
  set,
  error,
}: {
  readonly province: string;
  readonly own: string;
  readonly countyCode: string;
  readonly draft: Draft;
  readonly set: (key: keyof Draft) => (value: string) => void;
  readonly error: string | null;
}): ReactNode {
  const { say } = useSpeech();
  const counties = useCounties(province);
  return (
    <>
      <Select
        label={say(factWords.county_code)}
        name="countyCode"
        required
        choices={counties
          .filter((county) => own === '' || county.countyCode === own)
          .map((county) => ({
            key: county.countyCode,
            label: say({ fa: county.nameFa, en: county.nameEn }),
          }))}
        value={countyCode === '' ? null : countyCode}
        onChange={set('countyCode')}
        error={error}
      />
      <Select
        label={say(factWords.settlement)}
        name="settlement"
        choices={settlements.map((key) => ({ key, label: say(settlementWords[key]) }))}
        value={draft.settlement === '' ? null : draft.settlement}
        onChange={set('settlement')}
      />
    </>
  );
}

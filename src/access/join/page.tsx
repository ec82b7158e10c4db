import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Province } from '#place/contract.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { readNationalId } from '../rules.ts';
import { accessWords } from '../words.ts';
import type { CodeAnswer, CodeOrder, Joined, JoinOrder } from './contract.ts';
import { readCode, readMobile } from './rules.ts';
import { joinRefusalWords as refusals, joinWords as words } from './words.ts';

type Draft = Readonly<Record<'provinceId' | 'nationalId' | 'firstName' | 'lastName' | 'phone', string>>;
const emptyDraft: Draft = { provinceId: '', nationalId: '', firstName: '', lastName: '', phone: '' };

const orderOf = ({ provinceId, ...typed }: Draft): CodeOrder => ({
  ...typed,
  provinceId: Number.parseInt(provinceId, 10),
});

/** In two steps: who asks, then the code that came and a password. Nothing of it is kept in between but here. */
export function JoinPage(): ReactNode {
  const { say } = useSpeech();
  const [draft, setDraft] = useState(emptyDraft);
  const [sent, setSent] = useState<CodeAnswer | null>(null);
  return (
    <div className="k-stack">
      <PageHead title={say(words.title)}>{say(words.lead)}</PageHead>
      {sent === null ? (
        <WhoForm draft={draft} onChange={setDraft} onSent={setSent} />
      ) : (
        <CodeForm order={orderOf(draft)} sent={sent} onAgain={() => setSent(null)} />
      )}
      <p>
        <Link href="/sign-in">{say(words.toSignIn)}</Link>
      </p>
    </div>
  );
}

const isShort = (name: string): boolean => name.trim().length < 2;
const { CodeUnreadable: unreadable, MobileWrong: wrongMobile, NationalIdWrong: wrongId } = refusals;

/** What is wrong with what was typed, before it is sent; the server says the same. */
function faultsOf(draft: Draft) {
  return {
    provinceId: draft.provinceId === '' ? words.provinceMissing : null,
    nationalId: readNationalId(draft.nationalId) === null ? wrongId() : null,
    firstName: isShort(draft.firstName) ? words.nameMissing : null,
    lastName: isShort(draft.lastName) ? words.nameMissing : null,
    phone: readMobile(draft.phone) === null ? wrongMobile() : null,
  };
}

function WhoForm({
  draft,
  onChange,
  onSent,
}: {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onSent: (answer: CodeAnswer) => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const places = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces');
  const [tried, setTried] = useState(false);
  const ask = useCommand<CodeOrder, CodeAnswer>({ path: '/api/access/join-codes', onDone: onSent });
  const faults = faultsOf(draft);
  const set = (key: keyof Draft) => (value: string) => onChange({ ...draft, [key]: value });
  const errorOf = (key: keyof Draft): string | null => {
    const fault = faults[key];
    return tried && fault !== null ? say(fault) : fieldError(ask.error, key, say);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(faults).every((fault) => fault === null)) ask.mutate(orderOf(draft));
  };
  const choices = (places.data?.provinces ?? []).map(({ provinceId, nameFa, nameEn }) => ({
    key: String(provinceId),
    label: language === 'fa' ? nameFa : nameEn,
  }));
  const common = (key: Exclude<keyof Draft, 'provinceId'>) => ({
    label: say(words[key]),
    name: key,
    required: true,
    value: draft[key],
    onChange: set(key),
    error: errorOf(key),
  });
  return (
    <form className="k-form" onSubmit={submit} noValidate>
      <h2>{say(words.stepOne)}</h2>
      <ProblemNotice error={places.error} onRetry={() => void places.refetch()} />
      <ProblemNotice error={ask.error} />
      {places.data === undefined ? null : (
        <Select
          label={say(words.province)}
          name="provinceId"
          required
          choices={choices}
          value={draft.provinceId === '' ? null : draft.provinceId}
          onChange={set('provinceId')}
          error={errorOf('provinceId')}
        />
      )}
      <TextField {...common('nationalId')} hint={say(words.nationalIdHint)} code maxLength={12} />
      <TextField {...common('firstName')} autoComplete="given-name" />
      <TextField {...common('lastName')} autoComplete="family-name" />
      <TextField {...common('phone')} hint={say(words.phoneHint)} type="tel" code autoComplete="tel" />
      <Button kind="primary" type="submit" busy={ask.isPending}>
        {say(words.sendCode)}
      </Button>
    </form>
  );
}

function CodeForm({
  order,
  sent,
  onAgain,
}: {
  readonly order: CodeOrder;
  readonly sent: CodeAnswer;
  readonly onAgain: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const join = useCommand<JoinOrder, Joined>({
    path: '/api/access/applicants',
    onDone: (joined) => void navigate({ to: '/sign-in', state: { joined } }),
  });
  const faults = {
    code: readCode(code) === null ? unreadable() : null,
    password: password.length < 10 ? words.passwordShort : null,
  };
  const errorOf = (key: keyof typeof faults): string | null => {
    const fault = faults[key];
    return tried && fault !== null ? say(fault) : fieldError(join.error, key, say);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (faults.code === null && faults.password === null) join.mutate({ ...order, code, password });
  };
  return (
    <form className="k-form" onSubmit={submit} noValidate>
      <h2>{say(words.stepTwo)}</h2>
      <Notice title={say(words.sentTitle)}>{say(words.sentBody)}</Notice>
      {sent.code === null ? null : (
        <Notice tone="amber" title={say(words.demonstrationTitle)}>
          <p>
            <Bidi code>{sent.code}</Bidi>
          </p>
          {say(words.demonstrationBody)}
        </Notice>
      )}
      <ProblemNotice error={join.error} />
      <TextField
        label={say(words.code)}
        name="code"
        code
        required
        autoComplete="one-time-code"
        maxLength={12}
        value={code}
        onChange={setCode}
        error={errorOf('code')}
      />
      <TextField
        label={say(accessWords.newPassword)}
        hint={say(accessWords.passwordHint)}
        name="password"
        type="password"
        code
        required
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        error={errorOf('password')}
      />
      <Button kind="primary" type="submit" busy={join.isPending}>
        {say(words.finish)}
      </Button>
      <Button kind="quiet" onPress={onAgain}>
        {say(words.again)}
      </Button>
    </form>
  );
}

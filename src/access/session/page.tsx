import { useLocation, useParams } from '@tanstack/react-router';
import { useState, type FormEvent, type ReactNode } from 'react';
import { problemIn } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Link } from '#web/kit/link.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { TextField } from '#web/kit/field.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Province } from '#place/contract.ts';
import type { FirstAdministrator, InstallationAnswer, LinkFacts } from '../contract.ts';
import { demonstrationPassword, demonstrationUsers } from '../demonstration/user.ts';
import type { Joined } from '../join/contract.ts';
import { joinWords } from '../join/words.ts';
import { accessWords, roleWords } from '../words.ts';
import { sampleWords } from './words.ts';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Whose account was just opened, or has a new password: the door opens with the name filled in. */
    readonly joined?: Joined;
  }
}

type Credentials = { readonly username: string; readonly password: string };

/** Where they wanted to go; always under the desk, so no address can lead away from it. */
function goOn(): void {
  const to = new URLSearchParams(location.search).get('to') ?? '/';
  location.assign(`/desk${to.startsWith('/') ? to : '/'}`);
}

export function SignInPage(): ReactNode {
  const { say } = useSpeech();
  const installation = useAnswer<InstallationAnswer>('/api/installation');
  const { joined } = useLocation({ select: ({ state }) => state });
  const [given, setGiven] = useState<Credentials>({ username: joined?.username ?? '', password: '' });
  const signIn = useCommand<Credentials>({ path: '/api/session', onDone: goOn });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate(given);
  };
  return (
    <div className="k-stack">
      <PageHead title={say(accessWords.signIn)}>{say(accessWords.signInLead)}</PageHead>
      {joined === undefined ? null : <JoinedNotice joined={joined} />}
      <form className="k-form" onSubmit={submit} noValidate>
        {signIn.error === null ? null : <Notice tone="red" title={say(problemIn(signIn.error).text)} />}
        <TextField
          label={say(accessWords.username)}
          name="username"
          code
          required
          autoComplete="username"
          value={given.username}
          onChange={(username) => setGiven({ ...given, username })}
          error={fieldError(signIn.error, 'username', say)}
        />
        <TextField
          label={say(accessWords.password)}
          name="password"
          type="password"
          code
          required
          autoComplete="current-password"
          value={given.password}
          onChange={(password) => setGiven({ ...given, password })}
          error={fieldError(signIn.error, 'password', say)}
        />
        <Button kind="primary" type="submit" busy={signIn.isPending}>
          {say(accessWords.signIn)}
        </Button>
        <p className="k-hint">{say(accessWords.forgotten)}</p>
        <p>
          <Link href="/join">{say(joinWords.toJoin)}</Link>
        </p>
      </form>
      {installation.data?.demonstration === true ? (
        <DemonstrationUsers
          users={installation.data.demonstrationUsers}
          busy={signIn.isPending}
          onChoose={(username) => signIn.mutate({ username, password: demonstrationPassword })}
        />
      ) : null}
    </div>
  );
}

function JoinedNotice({ joined }: { readonly joined: Joined }): ReactNode {
  const { say } = useSpeech();
  const isNew = joined.outcome === 'joined';
  return (
    <Notice tone="green" title={say(isNew ? joinWords.joinedTitle : joinWords.passwordSetTitle)}>
      {say(joinWords.joinedBody)} <Bidi code>{joined.username}</Bidi>
    </Notice>
  );
}

type Offered = InstallationAnswer['demonstrationUsers'];

/** The offered users by where they work, null for the whole installation; within a province by role, as sent. */
function byProvince(users: Offered): ReadonlyMap<number | null, Offered> {
  const provinceOf = new Map(demonstrationUsers.map(({ username, provinceId }) => [username, provinceId]));
  return Map.groupBy(users, ({ username }) => provinceOf.get(username) ?? null);
}

function DemonstrationUsers({
  users,
  busy,
  onChoose,
}: {
  readonly users: Offered;
  readonly busy: boolean;
  readonly onChoose: (username: string) => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const places = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces');
  const titleOf = (provinceId: number | null): string => {
    if (provinceId === null) return say(accessWords.wholeInstallation);
    const place = places.data?.provinces.find((province) => province.provinceId === provinceId);
    if (place === undefined) return say(accessWords.province);
    return language === 'fa' ? `${say(accessWords.province)} ${place.nameFa}` : place.nameEn;
  };
  return (
    <Section title={say(accessWords.demonstrationTitle)}>
      <p className="k-hint">{say(accessWords.demonstrationLead)}</p>
      <p>
        {say(sampleWords.passwordOfAll)} <Bidi code>{demonstrationPassword}</Bidi>
      </p>
      {[...byProvince(users)].map(([provinceId, there]) => (
        <table key={provinceId} className="k-samples">
          <caption>{titleOf(provinceId)}</caption>
          <tbody>
            {there.map(({ username, name, role }) => (
              <tr key={username}>
                <th scope="row">{say(roleWords[role])}</th>
                <td>
                  <Button kind="quiet" busy={busy} onPress={() => onChoose(username)}>
                    {name}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </Section>
  );
}

/** What the one-time address of the page opens: loading, over, or its facts. */
function useLink(): {
  readonly token: string;
  readonly facts: LinkFacts | undefined;
  readonly error: unknown;
  readonly retry: () => void;
} {
  const { token = '' }: { token?: string } = useParams({ strict: false });
  const { data, error, refetch } = useAnswer<LinkFacts>(`/api/access/one-time/${token}`);
  return { token, facts: data, error, retry: () => void refetch() };
}

function ToSignIn(): ReactNode {
  const { say } = useSpeech();
  return <Link href="/sign-in">{say(accessWords.toSignIn)}</Link>;
}

export function PasswordPage(): ReactNode {
  const { say } = useSpeech();
  const { token, facts, error, retry } = useLink();
  const [password, setPassword] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isSet, setIsSet] = useState(false);
  const set = useCommand<{ token: string; password: string }>({
    path: '/api/access/passwords',
    onDone: () => setIsSet(true),
  });
  const differs = repeated !== '' && repeated !== password;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (repeated === password) set.mutate({ token, password });
    else setRepeated((now) => (now === '' ? ' ' : now));
  };
  if (isSet) {
    return (
      <Notice tone="green" title={say(accessWords.passwordSet)}>
        <ToSignIn />
      </Notice>
    );
  }
  return (
    <div className="k-stack">
      <PageHead title={say(accessWords.passwordTitle)}>
        {facts?.username ? (
          <>
            {say(accessWords.passwordFor)} {facts.name} (<Bidi code>{facts.username}</Bidi>)
          </>
        ) : null}
      </PageHead>
      <ProblemNotice error={error} onRetry={retry} />
      {facts === undefined && error === null ? <Skeleton /> : null}
      {facts?.needsConfirmation === true ? (
        <Notice tone="amber" title={say(accessWords.awaitsConfirmation)} />
      ) : null}
      {facts === undefined || facts.needsConfirmation ? null : (
        <form className="k-form" onSubmit={submit} noValidate>
          <ProblemNotice error={set.error} />
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
            error={fieldError(set.error, 'password', say)}
          />
          <TextField
            label={say(accessWords.repeat)}
            name="repeat"
            type="password"
            code
            required
            autoComplete="new-password"
            value={repeated}
            onChange={setRepeated}
            error={differs ? say(accessWords.repeatDiffers) : null}
          />
          <Button kind="primary" type="submit" busy={set.isPending}>
            {say(accessWords.setPassword)}
          </Button>
        </form>
      )}
    </div>
  );
}

type Entry = Omit<FirstAdministrator, 'token'>;
const noEntry: Entry = { username: '', name: '', nationalId: '', password: '' };

export function FirstAdministratorsPage(): ReactNode {
  const { say } = useSpeech();
  const { token, facts, error, retry } = useLink();
  const [given, setGiven] = useState(noEntry);
  const [usesLeft, setUsesLeft] = useState<number | null>(null);
  const enter = useCommand<FirstAdministrator, { usesLeft: number }>({
    path: '/api/access/first-administrators',
    onDone: (entered) => setUsesLeft(entered.usesLeft),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    enter.mutate({ ...given, token });
  };
  if (usesLeft !== null) {
    return (
      <Notice tone="green" title={say(usesLeft > 0 ? accessWords.enteredFirst : accessWords.enteredSecond)}>
        <ToSignIn />
      </Notice>
    );
  }
  return (
    <div className="k-stack">
      <PageHead title={say(accessWords.firstTitle)}>{say(accessWords.firstLead)}</PageHead>
      <ProblemNotice error={error} onRetry={retry} />
      {facts === undefined && error === null ? <Skeleton /> : null}
      {facts === undefined ? null : (
        <form className="k-form" onSubmit={submit} noValidate>
          <Notice title={say(facts.usesLeft > 1 ? accessWords.firstNow : accessWords.secondNow)} />
          <ProblemNotice error={enter.error} />
          <EntryFields given={given} onChange={setGiven} error={enter.error} />
          <Button kind="primary" type="submit" busy={enter.isPending}>
            {say(accessWords.enterAdministrator)}
          </Button>
        </form>
      )}
    </div>
  );
}

function EntryFields({
  given,
  onChange,
  error,
}: {
  readonly given: Entry;
  readonly onChange: (entry: Entry) => void;
  readonly error: unknown;
}): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say(accessWords.name)}
        name="name"
        required
        autoComplete="name"
        value={given.name}
        onChange={(name) => onChange({ ...given, name })}
        error={fieldError(error, 'name', say)}
      />
      <TextField
        label={say(accessWords.nationalId)}
        hint={say(accessWords.nationalIdHint)}
        name="nationalId"
        code
        required
        value={given.nationalId}
        onChange={(nationalId) => onChange({ ...given, nationalId })}
        error={fieldError(error, 'nationalId', say)}
      />
      <TextField
        label={say(accessWords.username)}
        name="username"
        code
        required
        autoComplete="username"
        value={given.username}
        onChange={(username) => onChange({ ...given, username })}
        error={fieldError(error, 'username', say)}
      />
      <TextField
        label={say(accessWords.newPassword)}
        hint={say(accessWords.passwordHint)}
        name="password"
        type="password"
        code
        required
        autoComplete="new-password"
        value={given.password}
        onChange={(password) => onChange({ ...given, password })}
        error={fieldError(error, 'password', say)}
      />
    </>
  );
}

import { useEffect, type ReactNode } from 'react';
import { ApiProblem } from './api.ts';
import { Button, LinkButton } from './kit/button.tsx';
import { Empty } from './kit/empty.tsx';
import { PageHead } from './kit/head.tsx';
import { Notice } from './kit/notice.tsx';
import { ProblemNotice } from './kit/problem.tsx';
import { useSpeech } from './language.tsx';
import { useSession } from './session.tsx';

/** What stands at `/` for a role to which no section is open. */
export function HomePage(): ReactNode {
  const { word } = useSpeech();
  return (
    <>
      <PageHead title={word('home')} />
      <Empty title={word('noPages')} />
    </>
  );
}

export function NotFoundPage(): ReactNode {
  const { word } = useSpeech();
  return (
    <>
      <PageHead title={word('notFound')}>{word('notFoundBody')}</PageHead>
      <LinkButton href="/" icon="home">
        {word('toDesk')}
      </LinkButton>
    </>
  );
}

export function NoPermissionPage(): ReactNode {
  const { word, say } = useSpeech();
  const { user } = useSession();
  return (
    <>
      <PageHead title={word('noPermission')}>
        {user === null ? null : `${say(user.roleTitle)} · ${say(user.scopeTitle)}`}
      </PageHead>
      <LinkButton href="/" icon="home">
        {word('toDesk')}
      </LinkButton>
    </>
  );
}

/** Where a page or the start of the desk failed: a silent network says so, a bug shows what to send on. */
export function CrashPage({
  error,
  reset,
}: {
  readonly error: unknown;
  readonly reset: () => void;
}): ReactNode {
  const { word } = useSpeech();
  const title = word('crashed');
  useEffect(() => {
    document.title = `${title} · ${word('brand')}`;
  }, [title, word]);
  const retry = (
    <Button kind="primary" icon="retry" onPress={reset}>
      {word('retry')}
    </Button>
  );
  if (error instanceof ApiProblem) {
    return (
      <div className="k-stack">
        <h1>{title}</h1>
        <ProblemNotice error={error} />
        {retry}
      </div>
    );
  }
  return (
    <div className="k-stack">
      <h1>{title}</h1>
      <Notice tone="red">{word('crashedBody')}</Notice>
      {retry}
      <pre className="s-trace">
        {error instanceof Error ? `${error.name}: ${error.message}` : String(error)}
      </pre>
    </div>
  );
}

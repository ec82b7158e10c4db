import type { ReactNode } from 'react';
import { problemIn, type Problem } from '../api.ts';
import { useSpeech } from '../language.tsx';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/**
 * A refusal or a fault of the server, in the page's language: what happened, and what to do. `error` is what
 * `useAnswer` or `useCommand` holds; null draws nothing. A session that has ended is led back to the door.
 */
export function ProblemNotice({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: () => void;
}): ReactNode {
  const { say, word } = useSpeech();
  if (error === null || error === undefined) return null;
  const problem = problemIn(error);
  if (problem.status === 401) {
    const again = (
      <Button kind="primary" onPress={() => location.reload()}>
        {word('signIn')}
      </Button>
    );
    return <Notice tone="amber" title={say(problem.text)} actions={again} />;
  }
  const mayRetry = onRetry !== undefined && (problem.status === 0 || problem.status >= 500);
  return (
    <Notice
      tone={problem.status === 0 ? 'amber' : 'red'}
      title={say(problem.text)}
      {...(mayRetry
        ? {
            actions: (
              <Button icon="retry" onPress={onRetry}>
                {word('retry')}
              </Button>
            ),
          }
        : {})}
    />
  );
}

/** The sentence for one field of a form, or null: `error={fieldError(command.error, 'amount', say)}`. */
export function fieldError(
  error: unknown,
  field: string,
  say: (text: Problem['text']) => string,
): string | null {
  if (error === null || error === undefined) return null;
  const problem = problemIn(error);
  const own = problem.fields.find((entry) => entry.field === field);
  if (own !== undefined) return say(own.text);
  return problem.field === field ? say(problem.text) : null;
}

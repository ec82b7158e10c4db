import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem, call, newKey, type CallOrder } from './api.ts';
import { formKey } from './form-key.ts';
import { useSpeech } from './language.tsx';

export type Path = `/api/${string}`;

/**
 * Reads from the server and keeps the answer under its path: `const slices = useAnswer<Slices>('/api/…')`.
 * `path` null asks nothing yet.
 */
export function useAnswer<Answer>(path: Path | null): UseQueryResult<Answer> {
  const { language } = useSpeech();
  return useQuery<Answer>({
    queryKey: [path],
    enabled: path !== null,
    queryFn: ({ signal }) => call<Answer>(path ?? '/api/', { signal, language }),
  });
}

export type CommandOrder<Body, Answer> = {
  readonly path: Path | ((body: Body) => Path);
  readonly method?: NonNullable<CallOrder['method']>;
  readonly onDone?: (answer: Answer, body: Body) => void;
  /** Paths whose kept answers are out of date once this is done; each is a beginning, e.g. `/api/credit`. */
  readonly changes?: readonly Path[];
};

/**
 * A deed behind a drawn form: sends the body with the form's Idempotency-Key, see `form-key.ts`: a double
 * click or a retry after silence acts once (L5). `command.mutate(body)` does it; `command.isPending` goes to
 * the button's `busy`, `command.error` to `<ProblemNotice>` and `fieldError`.
 */
export function useCommand<Body, Answer = unknown>(
  order: CommandOrder<Body, Answer>,
): UseMutationResult<Answer, Error, Body> {
  const { language } = useSpeech();
  const cache = useQueryClient();
  const [key] = useState(() => formKey(newKey));
  return useMutation<Answer, Error, Body>({
    mutationFn: async (body) => {
      const path = typeof order.path === 'function' ? order.path(body) : order.path;
      return call<Answer>(path, { method: order.method ?? 'POST', body, key: key.forBody(body), language });
    },
    onError: (error) => {
      if (error instanceof ApiProblem) key.failed(error.problem);
    },
    onSuccess: async (answer, body) => {
      key.succeeded(body);
      const stale = order.changes ?? [];
      await cache.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          typeof path === 'string' && stale.some((beginning) => path.startsWith(beginning)),
      });
      order.onDone?.(answer, body);
    },
  });
}

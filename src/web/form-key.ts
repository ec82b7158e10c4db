import type { Problem } from './api.ts';

/**
 * The Idempotency-Key of one drawn form (L5). The same key goes with every try until a definite answer has
 * come: silence or a fault of the server may hide a deed that was done. After a refusal the next try is a
 * new one. After a success the same body still bears the same key, so that a late second click is answered
 * and not done; another body is another deed.
 */
export type FormKey = {
  readonly forBody: (body: unknown) => string;
  readonly succeeded: (body: unknown) => void;
  readonly failed: (problem: Problem) => void;
};

export function formKey(make: () => string): FormKey {
  let key: string | null = null;
  let done: string | null = null;
  return {
    forBody: (body) => {
      if (done !== null && done !== JSON.stringify(body)) key = done = null;
      key ??= make();
      return key;
    },
    succeeded: (body) => {
      done = JSON.stringify(body) ?? '';
    },
    failed: ({ status }) => {
      if (status !== 0 && status < 500) key = done = null;
    },
  };
}

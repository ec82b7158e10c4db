import type { Bilingual } from '#kernel/indicator.ts';
import { newId } from '#kernel/id.ts';
import { words } from './words.ts';

/** A "no" as the server wrote it (RFC 9457 with both languages), or the network's silence as `kind: 'Network'`. */
export type Problem = {
  readonly kind: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly text: Bilingual;
  /** The input the problem speaks of, for marking its field; null when it speaks of the whole. */
  readonly field: string | null;
  readonly fields: readonly { readonly field: string; readonly text: Bilingual }[];
  readonly facts: Readonly<Record<string, unknown>>;
};

/** Thrown by `call`: `error.problem` is what `<ProblemNotice>` draws. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.text.en);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

export type CallOrder = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; sums as decimal strings, days ISO. One that holds a file goes as a multipart form. */
  readonly body?: unknown;
  /** The Idempotency-Key of the drawn form (L5); see `useCommand`, which keeps one. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly language?: 'fa' | 'en';
};

const problemOf = (kind: string, status: number, text: Bilingual): Problem => ({
  kind,
  status,
  text,
  field: null,
  fields: [],
  facts: {},
});

type Loose = Readonly<Record<string, unknown>>;

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null;

function textOf(value: Loose, otherwise: Bilingual): Bilingual {
  const { fa, en } = value;
  return typeof fa === 'string' && typeof en === 'string' ? { fa, en } : otherwise;
}

function fieldsOf(value: unknown): Problem['fields'] {
  if (!Array.isArray(value)) return [];
  return value.filter(isLoose).flatMap((entry) => {
    const { field } = entry;
    return typeof field === 'string' ? [{ field, text: textOf(entry, words.serverFault) }] : [];
  });
}

/** Whatever came back with a status that is not a success, as a Problem; a proxy's HTML page included. */
function problemOfAnswer(status: number, body: unknown): Problem {
  const otherwise =
    status === 401 ? words.signedOut : status === 403 ? words.noPermission : words.serverFault;
  if (!isLoose(body)) return problemOf(`Http${status}`, status, otherwise);
  const { kind, field, facts } = body;
  return {
    kind: typeof kind === 'string' ? kind : `Http${status}`,
    status,
    text: textOf(body, otherwise),
    field: typeof field === 'string' ? field : null,
    fields: fieldsOf(body['fields']),
    facts: isLoose(facts) ? facts : {},
  };
}

/** What a refusal carries, or undefined where a proxy answered in its own words. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body as the wire has it. Every other input stands before the file, so that it is known when the file comes. */
function wireOf(body: unknown): { readonly body?: string | FormData; readonly type?: string } {
  if (body === undefined) return {};
  const entries = isLoose(body) ? Object.entries(body) : [];
  if (!entries.some(([, value]) => value instanceof File))
    return { body: JSON.stringify(body), type: 'application/json' };
  const form = new FormData();
  for (const [name, value] of entries) if (typeof value === 'string') form.append(name, value);
  for (const [name, value] of entries) if (value instanceof File) form.append(name, value);
  return { body: form };
}

/** The problem in what a request answered that was not made by `call`, e.g. an upload with progress. */
export const problemOfText = (status: number, text: string): Problem =>
  status === 0 ? problemOf('Network', 0, words.network) : problemOfAnswer(status, parsed(text));

async function send(path: string, order: CallOrder): Promise<Response> {
  const { method = order.body === undefined ? 'GET' : 'POST', body, key, signal, language = 'fa' } = order;
  const wire = wireOf(body);
  const headers = {
    accept: 'application/json, application/problem+json',
    'accept-language': language,
    ...(wire.type === undefined ? {} : { 'content-type': wire.type }),
    ...(key === undefined ? {} : { 'idempotency-key': key }),
  };
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(wire.body === undefined ? {} : { body: wire.body }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiProblem(problemOf('Network', 0, words.network));
  }
}

/**
 * Asks the server. `path` begins with `/api/`. Answers the JSON of a success; throws `ApiProblem` for a
 * refusal, a fault or a silent network. The caller names the shape it expects: the server's response schema
 * is what holds it. An empty answer is null.
 */
export async function call<Answer>(path: `/api/${string}`, order: CallOrder = {}): Promise<Answer> {
  const response = await send(path, order);
  const text = await response.text();
  if (!response.ok) throw new ApiProblem(problemOfAnswer(response.status, parsed(text)));
  const answer: Answer = JSON.parse(text === '' ? 'null' : text);
  return answer;
}

/** Asks for a file, as `call` asks for JSON. */
export async function callFile(path: `/api/${string}`, order: CallOrder = {}): Promise<Blob> {
  const response = await send(path, order);
  if (!response.ok) throw new ApiProblem(problemOfAnswer(response.status, parsed(await response.text())));
  return response.blob();
}

/** A new id for a key or for a record that a form makes; the same code as on the server. */
export const newKey = (): string => newId(Date.now());

/** The problem in whatever was thrown; a bug in the page is told as our own fault. */
export function problemIn(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  return problemOf('Fault', 500, words.serverFault);
}

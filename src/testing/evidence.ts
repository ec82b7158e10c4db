import { provinceFinder } from '#place/routes.ts';
import { afterAll } from 'vitest';
import { catalogue, lookAtDoubt } from '#app.ts';
import type { LawSource } from '#evidence/law/actions.ts';
import { evidenceRoutes } from '#evidence/routes.ts';
import { buildServer } from '#platform/http.ts';
import { type Name, freshId, isName, type openCredits } from './credits.ts';
import type { House } from './house.ts';

type Cast = Pick<Awaited<ReturnType<typeof openCredits>>, 'actor'>;
/** Nobody is somebody who is not signed in. */
type By = Name | '';
type Sent = {
  readonly url: string;
  readonly body: object;
  readonly key?: string;
  readonly method?: 'POST' | 'DELETE';
};

/**
 * The room of figures over HTTP, asked by anybody of the cast. Call it once, at the top level of a test file, when
 * its records are played; it is closed after the file's last test.
 */
export async function serveEvidence(
  house: House,
  { actor }: Cast,
  { laws = [] }: { readonly laws?: readonly LawSource[] } = {},
) {
  const app = await buildServer(house, {
    findProvince: provinceFinder(house),
    version: 'test',
    mostRequestsPerMinute: 1_000_000,
    findActor: ({ headers }) => {
      const name = String(headers['x-actor']);
      return Promise.resolve(isName(name) ? actor(name) : null);
    },
  });
  await app.register(evidenceRoutes(house, catalogue, { laws, lookAtDoubt }));
  await app.ready();
  afterAll(() => app.close());
  const get = (by: By, url: string) => app.inject({ url, headers: { 'x-actor': by } });
  const send = (by: By, { url, body, key = freshId(), method = 'POST' }: Sent) =>
    app.inject({ method, url, headers: { 'x-actor': by, 'idempotency-key': key }, payload: body });
  return { app, get, send };
}

/** The kind of the refusal that came back. */
export const kindOf = (answer: { readonly json: () => unknown }): unknown => Object(answer.json()).kind;

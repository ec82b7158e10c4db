import Fastify, { type FastifyInstance } from 'fastify';
import type { Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db.ts';
import { readDemonstration, type Say } from './platform/installation.ts';
import type { Log } from './platform/log.ts';

export type Parts = {
  readonly db: Database;
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
};

/** The whole house behind one door. It does not listen: `main.ts` does, when everything is ready. */
export async function buildApp({ db, log }: Parts): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({ loggerInstance: log });
  app.get('/health', async (_request, reply) => {
    const ready = ['none', 'loaded'].includes(await readDemonstration(db));
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'starting' });
  });
  await app.ready();
  return app;
}

/** Loads what the demonstration shows. No room has records of it yet. */
export function loadDemonstration(
  _parts: { readonly db: Database; readonly log: Log },
  _say: Say,
): Promise<void> {
  return Promise.resolve();
}

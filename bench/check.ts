import { provinceFinder } from '#place/routes.ts';
import { sql } from 'kysely';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, furnish, loadDemonstration } from '#app.ts';
import { checkShape } from '#evidence/contract.ts';
import { evidenceRoutes } from '#evidence/routes.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { persianDigits } from '#kernel/persian.ts';
import { assert } from '#kernel/result.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { openDatabase, type Database } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { appRole, ownerRole } from '#platform/installation.ts';
import { openLog } from '#platform/log.ts';
import { onSocket } from '#platform/postgres.ts';
import { openTrial, template } from '#testing/trial.ts';
import { againstLimit, quantile, type Figure } from './measure.ts';

/**
 * What an editor waits for who pastes a statement of a thousand words: over HTTP, against the records of the
 * demonstration, every figure of it. The two statements of the demonstration are put one after the other, each time
 * of other years, so that no question is the question of a paragraph before.
 */
const words = 1_000;
const runs = 60;
/** Milliseconds within which nineteen of twenty answers must be there. */
const limit = 150;

function statementOf(root: string): string {
  const texts = ['alborz', 'lorestan'].map((name) =>
    readFileSync(join(root, 'data', 'demonstration', `statement-${name}.txt`), 'utf8'),
  );
  const parts: string[] = [];
  const count = (): number => parts.join(' ').split(/\s+/).filter(Boolean).length;
  for (let back = 0; count() < words; back += 1)
    for (const text of texts)
      parts.push(
        text.replace(/۱[۳۴][۰-۹]{2}/g, (year) =>
          persianDigits(String(Number.parseInt(year.replace(/[۰-۹]/g, toLatin), 10) - back)),
        ),
      );
  return parts
    .join('\n\n')
    .split(/(?<=\s)/)
    .slice(0, words)
    .join('');
}

const toLatin = (digit: string): string => String(digit.charCodeAt(0) & 15);

const open = (socketFolder: string, role: string): Database =>
  openDatabase({ connection: onSocket(socketFolder, role, template), role: null, most: 8, name: 'bench' });

/** Before each run `between` is done, and not counted. */
async function timesOf(
  address: string,
  text: string,
  between: () => Promise<unknown>,
): Promise<{ times: number[]; count: number }> {
  let count = 0;
  const once = async (): Promise<number> => {
    await between();
    const start = performance.now();
    const response = await fetch(`${address}/api/provinces/alborz/statement-check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text, published: null }),
    });
    const answered: unknown = await response.json();
    const took = performance.now() - start;
    assert(response.ok, `the check answers ${response.status}`);
    const told = checkShape.parse(answered).figures;
    assert(
      told.some(({ verdict }) => verdict === 'supported'),
      'some figures of the demonstration are supported',
    );
    count = told.length;
    return took;
  };
  for (let warm = 0; warm < 10; warm += 1) await once();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) times.push(await once());
  return { times, count };
}

export async function* figures(): AsyncGenerator<Figure> {
  const trial = await openTrial({ durable: false });
  const owner = open(trial.socketFolder, ownerRole);
  const db = open(trial.socketFolder, appRole);
  try {
    assert(trial.complaint === null, trial.complaint ?? '');
    const config = readConfig({});
    const house = { db, config, log: openLog('silent'), clock: systemClock };
    await furnish(owner);
    await loadDemonstration(house, () => {});
    // As on an installation that has stood for a minute, where autovacuum has been.
    await sql`analyze`.execute(owner);
    // Of the ministry, so that the records of both provinces are read.
    const actor: Actor = {
      userId: newId(0),
      personId: newId(0),
      role: 'ministry',
      name: 'bench',
      scope: { province: 'all', county: null, office: null, person: null },
    };
    const app = await buildServer(house, {
      findProvince: provinceFinder(house),
      version: '0',
      mostRequestsPerMinute: 1_000_000,
      findActor: () => Promise.resolve(actor),
    });
    await app.register(evidenceRoutes(house, catalogue));
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const text = statementOf(config.root);
    const figure = (times: readonly number[], name: string, part: number): Figure => ({
      bench: 'check',
      case: `a statement of ${words} words, ${name}`,
      unit: 'ms',
      ours: Math.round(quantile(times, part) * 1000) / 1000,
      reference: null,
      ratio: null,
      target: null,
      n: runs,
      spread:
        Math.round(((quantile(times, 0.75) - quantile(times, 0.25)) / quantile(times, 0.5)) * 1000) / 1000,
    });
    // Anything that is committed makes the records be read again.
    const write = () => sql`select pg_current_xact_id()`.execute(owner);
    for (const [when, between] of [
      ['after something was recorded', write],
      ['nothing recorded since the last check', () => Promise.resolve()],
    ] as const) {
      const { times, count } = await timesOf(address, text, between);
      yield figure(times, `${count} figures, ${when}, median`, 0.5);
      yield againstLimit(figure(times, `${count} figures, ${when}, p95`, 0.95), limit, 'lower');
    }
    await app.close();
  } finally {
    await owner.destroy();
    await db.destroy();
    await trial.close();
  }
}

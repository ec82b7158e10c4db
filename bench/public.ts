import Fastify from 'fastify';
import { sql } from 'kysely';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { syncTransitions } from '#casework/actions.ts';
import { assert, must, ok } from '#kernel/result.ts';
import { newId } from '#kernel/id.ts';
import { actOnItem, caseKinds, writeItem } from '#news/item/actions.ts';
import { openFront } from '#news/ready/actions.ts';
import { newsRoutes } from '#news/routes.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { inTransaction, openDatabase } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { appRole, ownerRole } from '#platform/installation.ts';
import { openLog } from '#platform/log.ts';
import { onSocket } from '#platform/postgres.ts';
import { openSignIn } from '#platform/signin.ts';
import { alborz, openCredits } from '#testing/credits.ts';
import { openTrial, template } from '#testing/trial.ts';
import { againstLimit, quantile, type Figure } from './measure.ts';
import type { Task, Told } from './public.client.ts';

/**
 * A page of news over HTTP beside a bare Fastify that sends the same bytes, and a thousand readers who open it, rate
 * it, comment on it and open it again: spread over ten seconds, and all in one instant. The database waits for the
 * disk at each commit, as in service. Readers are a thread of their own.
 * `--case speed` and `--case rush` measure one of the two.
 */
const readers = 1_000;
const runs = 7;
const limit = 100;

type Shown = { readonly port: number; readonly path: string };

async function openNews() {
  const trial = await openTrial({ durable: true });
  const open = (role: string) =>
    openDatabase({
      connection: onSocket(trial.socketFolder, role, template),
      role: null,
      most: 20,
      name: 'bench',
    });
  const [owner, db] = [open(ownerRole), open(appRole)];
  const clock = { ...systemClock, set: () => {}, advance: () => {} };
  const house = { db, owner, clock, config: readConfig({}), log: openLog('silent'), close: async () => {} };
  const credits = await openCredits(house);
  await syncTransitions(owner, caseKinds);
  const catalogue = { indicators: [], dimensions: [] };
  const app = await buildServer(house, {
    version: '0',
    mostRequestsPerMinute: 100_000_000,
    findActor: () => Promise.resolve(null),
  });
  await app.register(newsRoutes(openFront(house, catalogue, openSignIn(house).keyedHash)));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const publish = async (): Promise<string> => {
    const itemId = newId(Date.now());
    const act = (by: 'editor' | 'deputy', name: 'write' | 'approve' | 'publish', seenVersion: number) =>
      inTransaction(db, credits.actor(by).scope, async (tx) => {
        const editing = { tx, clock, catalogue, provinceId: alborz, by: credits.actor(by) };
        const order = { id: newId(Date.now()), seenVersion, reason: null };
        const done =
          name === 'write'
            ? await writeItem(editing, { ...text, id: itemId })
            : await actOnItem(editing, { itemId, name, order });
        assert(done.ok, `${name} is lawful`);
        return ok();
      });
    await act('editor', 'write', 0);
    await act('deputy', 'approve', 1);
    await act('editor', 'publish', 2);
    return itemId;
  };
  const close = async (): Promise<void> => {
    await app.close();
    await owner.destroy();
    await db.destroy();
    await trial.close();
  };
  return { owner, port: portOf(app.server.address()), publish, close };
}

const paragraph =
  'اعتبار مشاغل خانگی استان البرز میان شهرستان‌ها برش خورد و درخواست‌ها در ادارهٔ شهرستان ثبت می‌شود. سهم تعاونی‌ها قفل است و به دیگران داده نمی‌شود.';
const text = {
  category: 'home_jobs' as const,
  tags: ['مشاغل خانگی', 'تعاونی'],
  datedOn: '2024-09-05',
  titleFa: 'اعتبار مشاغل خانگی در البرز',
  summaryFa: 'اعتبار مشاغل خانگی میان شهرستان‌های البرز برش خورد.',
  bodyFa: Array.from({ length: 8 }, () => paragraph).join('\n\n'),
  titleEn: null,
  summaryEn: null,
  bodyEn: null,
};

const portOf = (address: string | AddressInfo | null): number => {
  assert(address !== null && typeof address === 'object', 'the server listens');
  return address.port;
};

/** Readers of one task, in a thread of their own. */
async function ask(task: Task): Promise<Told> {
  const worker = new Worker(new URL('./public.client.ts', import.meta.url), { workerData: task });
  const [told]: Told[] = await once(worker, 'message');
  return must(told, 'the readers tell what they saw');
}

/** A server that does nothing but send the bytes of that page. */
async function openBare({ port, path }: Shown) {
  const bytes = Buffer.from(await (await fetch(`http://127.0.0.1:${port}${path}`)).arrayBuffer());
  const bare = Fastify();
  bare.get(path, (_request, reply) => reply.type('text/html; charset=utf-8').send(bytes));
  await bare.listen({ host: '127.0.0.1', port: 0 });
  return { bytes, port: portOf(bare.server.address()), close: () => bare.close() };
}

/** Pages a second beside a server that only sends the same bytes, by turns; the median of both is compared. */
async function speed({ port, path }: Shown): Promise<Figure> {
  const bare = await openBare({ port, path });
  const { bytes } = bare;
  const readAt = async (at: number) =>
    (await ask({ kind: 'read', port: at, path, connections: 32, ms: 1_000 })).perSecond;
  const found = { ours: [] as number[], bare: [] as number[] };
  for (let run = -1; run < runs; run += 1) {
    const [ours, theirs] = [await readAt(port), await readAt(bare.port)];
    // The first turn warms both up.
    if (run >= 0) {
      found.ours.push(ours);
      found.bare.push(theirs);
    }
  }
  await bare.close();
  const [ours, reference] = [quantile(found.ours, 0.5), quantile(found.bare, 0.5)];
  return {
    bench: 'public',
    case: `page of ${bytes.length} bytes to 32 readers; reference: bare Fastify with the same bytes`,
    unit: 'pages/s',
    ours: Math.round(ours),
    reference: Math.round(reference),
    ratio: short(ours / reference),
    target: 0.5,
    n: runs,
    spread: short((quantile(found.ours, 0.75) - quantile(found.ours, 0.25)) / ours),
  };
}

/** The p99 of as many readers who open a page twice in one instant, where the server only sends its bytes. */
async function glanceAtBare(shown: Shown): Promise<number> {
  const bare = await openBare(shown);
  const told = await ask({ kind: 'glance', port: bare.port, path: shown.path, readers });
  await bare.close();
  return short(quantile(told.reads, 0.99));
}

const short = (value: number): number => Math.round(value * 1000) / 1000;

const asFigure = (name: string, times: readonly number[]): Figure => ({
  bench: 'public',
  case: name,
  unit: 'ms',
  ours: short(quantile(times, 0.99)),
  reference: null,
  ratio: null,
  target: null,
  n: times.length,
  spread: short((quantile(times, 0.75) - quantile(times, 0.25)) / quantile(times, 0.5)),
});

export async function* figures(chosen?: string): AsyncGenerator<Figure> {
  const news = await openNews();
  /** Nothing is lost and nothing counts twice. */
  const assertExact = async (itemId: string): Promise<void> =>
    news.owner.transaction().execute(async (tx) => {
      await sql`select set_config('app.province', 'all', true)`.execute(tx);
      const { rows } = await sql<{ votes: number; stars: number; held: number }>`
        select (select count(*)::integer from news.rating where item_id = ${itemId}) as votes,
          (select sum(stars)::integer from news.rating where item_id = ${itemId}) as stars,
          (select count(*)::integer from news.comment_standing where item_id = ${itemId} and state = 'held') as held
      `.execute(tx);
      assert(
        JSON.stringify(rows[0]) === JSON.stringify({ votes: readers, stars: readers * 3, held: readers }),
        `counts are exact: ${JSON.stringify(rows[0])}`,
      );
    });
  try {
    const first = await news.publish();
    if (chosen !== 'rush') yield await speed({ port: news.port, path: `/news/${first}` });
    if (chosen === 'speed') return;
    for (const [said, overMs] of [
      ['within 10 s', 10_000],
      ['in one instant', 0],
    ] as const) {
      const itemId = await news.publish();
      const path = `/news/${itemId}`;
      const told = await ask({ kind: 'rush', port: news.port, path, readers, overMs });
      assert(told.failed === 0, `${told.failed} readers were not served`);
      await assertExact(itemId);
      const shown = await (await fetch(`http://127.0.0.1:${news.port}/en${path}`)).text();
      assert(shown.includes('3.0 out of 5 (1,000 votes)'), 'the page shows what was counted');
      const page = asFigure(`page while ${readers} readers rate and comment ${said}, p99`, told.reads);
      const write = asFigure(`rating or comment of ${readers} readers ${said}, p99`, told.writes);
      if (overMs === 0) {
        const reference = await glanceAtBare({ port: news.port, path });
        yield {
          ...page,
          case: `${page.case}; reference: readers who write nothing, bare Fastify`,
          reference,
          ratio: short(reference / page.ours),
        };
      } else yield againstLimit(page, limit, 'lower');
      yield overMs === 0 ? write : againstLimit(write, limit, 'lower');
    }
  } finally {
    await news.close();
  }
}

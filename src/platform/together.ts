import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import { assert, must, ok, type Refused, type Result } from '#kernel/result.ts';
import { inTransaction, type Scope, type Tx } from './db.ts';
import {
  type Place,
  type Workplace,
  decode,
  encode,
  hashOf,
  keyOf,
  provinceOf,
  storedAnswer,
} from './once.ts';
import { ProblemError } from './problem.ts';

/**
 * Commands of readers, many of which arrive in the same instant: those of a province that wait while a transaction
 * commits are done together by the next one. Each is done once (L5) like a `command`, with the same stored answers,
 * and is answered after the commit that holds it (L15). Alone, a command waits for nobody.
 */
export type Together<Ask, Done, Refusal extends Refused> = (
  request: FastifyRequest,
  asked: {
    readonly scope: Scope;
    readonly body: unknown;
    readonly ask: Ask;
    /** The key of the command, where it is not the one that was sent. */
    readonly key?: Id;
  },
) => Promise<Result<Done, Refusal>>;

export type Gathering<Ask, Done, Refusal extends Refused> = Workplace & {
  readonly route: string;
  /** Who asks: nobody is signed in. */
  readonly by: string;
  /** Does all of them, in their order; a refusal must have written nothing. */
  readonly work: (tx: Tx, asks: readonly Ask[]) => Promise<readonly Result<Done, Refusal>[]>;
};

type Waiting<Ask, Done, Refusal extends Refused> = {
  readonly request: FastifyRequest;
  readonly scope: Scope;
  readonly key: Id;
  readonly bodyHash: Buffer;
  readonly ask: Ask;
  readonly resolve: (result: Result<Done, Refusal>) => void;
  readonly reject: (error: unknown) => void;
};

/** What became of one of them: its answer, or what is wrong with its key. */
type Outcome = { readonly answer: string | ProblemError; readonly replayed: boolean };

/** More at once would keep the first of them waiting for the last, and pages waiting for all. */
const mostTogether = 64;

export function together<Ask, Done, Refusal extends Refused>(
  gathering: Gathering<Ask, Done, Refusal>,
): Together<Ask, Done, Refusal> {
  type One = Waiting<Ask, Done, Refusal>;
  /** By province; one that is here is being worked at. */
  const queues = new Map<number, One[]>();
  const work = async (provinceId: number, queue: One[]): Promise<void> => {
    while (queue.length > 0) await settle(gathering, provinceId, takeDistinct(queue));
    queues.delete(provinceId);
  };
  return async (request, { scope, body, ask, key: given }) => {
    const key = given ?? keyOf(request);
    const bodyHash = hashOf({ path: request.url.split('?')[0], body });
    const provinceId = provinceOf(scope);
    return new Promise((resolve, reject) => {
      const one = { request, scope, key, bodyHash, ask, resolve, reject };
      const queue = queues.get(provinceId);
      if (queue !== undefined) return void queue.push(one);
      const fresh = [one];
      queues.set(provinceId, fresh);
      void work(provinceId, fresh);
    });
  };
}

/** The first that wait, each key once: a duplicate waits for the transaction that holds the first. */
function takeDistinct<One extends { readonly key: Id }>(queue: One[]): One[] {
  const keys = new Set<Id>();
  const taken: One[] = [];
  for (let at = 0; at < queue.length && taken.length < mostTogether;) {
    const one = must(queue[at], 'within the queue');
    if (keys.has(one.key)) at += 1;
    else {
      keys.add(one.key);
      taken.push(one);
      queue.splice(at, 1);
    }
  }
  return taken;
}

/** Does them in one transaction; when that fails each alone, so that one takes no other with it. */
async function settle<Ask, Done, Refusal extends Refused>(
  gathering: Gathering<Ask, Done, Refusal>,
  provinceId: number,
  batch: readonly Waiting<Ask, Done, Refusal>[],
): Promise<void> {
  const [first] = batch;
  if (first === undefined) return;
  try {
    const done = await inTransaction(gathering.db, first.scope, async (tx) =>
      ok(await doAll(tx, gathering, provinceId, batch)),
    );
    assert(done.ok, 'refusals are stored, not rolled back');
    batch.forEach((one, at) => {
      const { answer, replayed } = must(done.value[at], 'an outcome each');
      one.request.replayed = replayed;
      one.request.told = true;
      if (answer instanceof ProblemError) return one.reject(answer);
      const stored: Result<Done, Refusal> = decode(answer);
      one.resolve(stored);
    });
  } catch (error) {
    if (batch.length === 1) return first.reject(error);
    for (const one of batch) await settle(gathering, provinceId, [one]);
  }
}

async function doAll<Ask, Done, Refusal extends Refused>(
  tx: Tx,
  { clock, route, by, work }: Gathering<Ask, Done, Refusal>,
  provinceId: number,
  batch: readonly Waiting<Ask, Done, Refusal>[],
): Promise<Outcome[]> {
  const place = { provinceId, by, route };
  const inserted = await insertKeys(tx, place, batch, clock.now());
  const fresh = batch.filter(({ key }) => inserted.has(key));
  const results =
    fresh.length === 0
      ? []
      : await work(
          tx,
          fresh.map(({ ask }) => ask),
        );
  assert(results.length === fresh.length, 'a result each');
  const answers = results.map((result) => encode(result));
  await storeAnswers(
    tx,
    place,
    fresh.map(({ key }, at) => ({ key, answer: answers[at] ?? '' })),
  );
  const outcomes: Outcome[] = [];
  for (const one of batch) {
    const at = fresh.indexOf(one);
    if (at === -1) outcomes.push(await replayOf(tx, { ...place, key: one.key }, one.bodyHash));
    else {
      const result = must(results[at], 'a result each');
      const refusal = result.ok ? null : result.refusal.kind;
      await one.request.server.trail?.tellDeed(tx, one.request, { provinceId, refusal });
      outcomes.push({ answer: answers[at] ?? '', replayed: false });
    }
  }
  return outcomes;
}

async function replayOf(tx: Tx, place: Place, bodyHash: Buffer): Promise<Outcome> {
  try {
    return { answer: await storedAnswer(tx, place, bodyHash), replayed: true };
  } catch (error) {
    if (error instanceof ProblemError) return { answer: error, replayed: false };
    throw error;
  }
}

type Common = Omit<Place, 'key'>;

/** In the order of the keys, so that two processes that hold the same ones do not wait for each other. */
async function insertKeys(
  tx: Tx,
  { provinceId, by, route }: Common,
  rows: readonly { readonly key: Id; readonly bodyHash: Buffer }[],
  at: Date,
): Promise<ReadonlySet<string>> {
  const found = await sql<{ key: string }>`
    insert into platform.command (province_id, user_id, route, command_key, body_hash, asked_at)
    select ${provinceId}, ${by}, ${route}, asked.key, asked.hash, ${at}
    from unnest(${rows.map(({ key }) => key)}::uuid[], ${rows.map(({ bodyHash }) => bodyHash)}::bytea[])
      as asked (key, hash)
    order by asked.key
    on conflict on constraint command_pkey do nothing
    returning command_key as key
  `.execute(tx);
  return new Set(found.rows.map(({ key }) => key));
}

async function storeAnswers(
  tx: Tx,
  { provinceId, by, route }: Common,
  rows: readonly { readonly key: Id; readonly answer: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    update platform.command set answer = given.answer::json
    from unnest(${rows.map(({ key }) => key)}::uuid[], ${rows.map(({ answer }) => answer)}::text[])
      as given (key, answer)
    where province_id = ${provinceId} and user_id = ${by} and route = ${route} and command_key = given.key
  `.execute(tx);
}

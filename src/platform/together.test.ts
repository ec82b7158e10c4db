import fc from 'fast-check';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { noScope, type Tx } from './db.ts';
import { buildServer, type Server } from './http.ts';
import { answer, problemResponses } from './problem.ts';
import { together } from './together.ts';

const house = await openHouse();
const scope = { ...noScope, province: 30 };

type DeedRefusal = { readonly kind: 'TooDear'; readonly most: bigint };
const status = { TooDear: 422 } as const;
const words = { TooDear: ({ most }: DeedRefusal) => ({ fa: `دست‌بالا ${most}`, en: `at most ${most}` }) };

/** How many were done by each transaction. */
let sizes: number[] = [];

async function work(tx: Tx, amounts: readonly number[]): Promise<Result<{ number: string }, DeedRefusal>[]> {
  sizes.push(amounts.length);
  const results: Result<{ number: string }, DeedRefusal>[] = [];
  for (const amount of amounts) {
    if (amount === 13) throw new Error('a bug');
    if (amount > 100) {
      results.push(refused({ kind: 'TooDear', most: 100n }));
      continue;
    }
    const { rows } = await sql<{ number: bigint }>`
      insert into together_test.deed (amount) values (${amount}) returning number
    `.execute(tx);
    results.push(ok({ number: String(must(rows[0], 'a row').number) }));
  }
  return results;
}

let app: Server;
beforeAll(async () => {
  await sql`create schema together_test`.execute(house.owner);
  await sql`create table together_test.deed (number bigint generated always as identity, amount integer)`.execute(
    house.owner,
  );
  await sql`grant usage on schema together_test to karsaz_app`.execute(house.owner);
  await sql`grant select, insert on together_test.deed to karsaz_app`.execute(house.owner);
  app = await buildServer(house, { version: '0', findActor: () => Promise.resolve(null) });
  const { db, clock } = house;
  const gather = together<number, { number: string }, DeedRefusal>({
    db,
    clock,
    route: 'POST deeds',
    by: 'everybody',
    work,
  });
  app.post(
    '/deeds',
    {
      schema: {
        body: z.object({ amount: z.int() }),
        response: { 201: z.object({ number: z.string() }), ...problemResponses },
      },
    },
    async (request, reply) => {
      const { amount } = request.body;
      const done = await gather(request, { scope, body: request.body, ask: amount });
      return answer(reply, done, status, words, 201);
    },
  );
});
beforeEach(() => {
  sizes = [];
});

const send = (key: string, amount: number) =>
  app.inject({ method: 'POST', url: '/deeds', headers: { 'idempotency-key': key }, payload: { amount } });
async function countDeeds(): Promise<number> {
  const { rows } = await sql<{ many: number }>`select count(*)::int as many from together_test.deed`.execute(
    house.db,
  );
  return must(rows[0], 'an aggregate has a row').many;
}

test('whatever arrives at once, each key acts once and every copy of it gets the same answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.nat({ max: 7 }), amount: fc.constantFrom(5, 7, 500) }), {
        minLength: 1,
        maxLength: 30,
      }),
      async (asked) => {
        const keys = Array.from({ length: 8 }, () => randomUUID());
        const before = await countDeeds();
        const answers = await Promise.all(asked.map(({ key, amount }) => send(keys[key] ?? '', amount)));
        const first = new Map<number, { amount: number; body: string }>();
        answers.forEach((given, at) => {
          const { key, amount } = must(asked[at], 'what was asked');
          const known = first.get(key);
          if (known === undefined) first.set(key, { amount, body: given.body });
          else if (known.amount === amount) {
            expect(given.body).toBe(known.body);
            expect(given.headers['idempotency-replayed']).toBe('true');
          } else expect(given.statusCode).toBe(409);
        });
        const done = [...first.values()].filter(({ amount }) => amount <= 100).length;
        expect(await countDeeds()).toBe(before + done);
      },
    ),
    { numRuns: 25 },
  );
});

test('what waits while a transaction commits is done by one, and whoever is alone waits for nobody', async () => {
  expect((await send(randomUUID(), 5)).statusCode).toBe(201);
  expect(sizes).toEqual([1]);
  await Promise.all(Array.from({ length: 100 }, () => send(randomUUID(), 5)));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(101);
  expect(sizes.length).toBeLessThan(20);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64);
});

test('a refusal is an answer like any other and is given again', async () => {
  const key = randomUUID();
  const before = await countDeeds();
  const [one, other] = [await send(key, 500), await send(key, 500)];
  expect(one.statusCode).toBe(422);
  expect(one.json().en).toBe(other.json().en);
  expect(other.headers['idempotency-replayed']).toBe('true');
  expect(await countDeeds()).toBe(before);
});

test('a bug in one takes no other with it, and its key may be tried again', async () => {
  const before = await countDeeds();
  const key = randomUUID();
  const answers = await Promise.all([
    send(randomUUID(), 5),
    ...Array.from({ length: 10 }, (_, at) => send(at === 4 ? key : randomUUID(), at === 4 ? 13 : 5)),
  ]);
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(10);
  expect(answers.filter(({ statusCode }) => statusCode === 500)).toHaveLength(1);
  expect(await countDeeds()).toBe(before + 10);
  expect((await send(key, 13)).statusCode).toBe(500);
});

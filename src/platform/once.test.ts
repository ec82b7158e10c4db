import { assert, jsonValue, property } from 'fast-check';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { inTransaction, type Tx } from './db.ts';
import { buildServer, type Server } from './http.ts';
import { canonical, command } from './once.ts';
import { answer, problemResponses } from './problem.ts';
import { actingOf } from './session.ts';

const house = await openHouse();

type DeedRefusal = { readonly kind: 'TooDear'; readonly most: bigint };
const status = { TooDear: 422 } as const satisfies Record<DeedRefusal['kind'], number>;
const words = {
  TooDear: ({ most }: DeedRefusal) => ({ fa: `دست‌بالا ${most + 0n}`, en: `at most ${most + 0n}` }),
};

const mine = { province: 30, county: null, office: null, person: null };
const actors: Readonly<Record<string, Actor>> = Object.fromEntries(
  [
    { name: 'a', scope: mine },
    { name: 'b', scope: mine },
    { name: 'lorestan', scope: { ...mine, province: 15 } },
    { name: 'auditor', scope: { ...mine, province: 'all' as const } },
  ].map(({ name, scope }, place) => [
    name,
    {
      userId: id(`019aaaaa-0000-7000-8000-00000000000${place}`),
      personId: id(`019bbbbb-0000-7000-8000-00000000000${place}`),
      role: 'director',
      name,
      scope,
    },
  ]),
);

async function deed(tx: Tx, amount: string): Promise<Result<{ number: string }, DeedRefusal>> {
  const { rows } = await sql<{ number: bigint }>`
    insert into once_test.deed (amount) values (${amount}) returning number
  `.execute(tx);
  if (amount === 'bug') throw new Error('a bug');
  // Refused after the write, so that the test sees whether the write is undone.
  if (BigInt(amount) > 1000n) return refused({ kind: 'TooDear', most: 1000n });
  return ok({ number: String(rows[0]?.number) });
}

async function countDeeds(): Promise<number> {
  const { rows } = await sql<{ many: number }>`select count(*)::int as many from once_test.deed`.execute(
    house.db,
  );
  return rows[0]?.many ?? -1;
}

let app: Server;
beforeAll(async () => {
  await sql`create schema once_test`.execute(house.owner);
  await sql`create table once_test.deed (number bigint generated always as identity, amount text)`.execute(
    house.owner,
  );
  await sql`grant usage on schema once_test to karsaz_app`.execute(house.owner);
  await sql`grant select, insert on once_test.deed to karsaz_app`.execute(house.owner);
  app = await buildServer(house, {
    version: '0',
    findActor: async (request) => actors[String(request.headers['x-as'])] ?? null,
  });
  for (const path of ['/deeds', '/other-deeds']) {
    app.post(
      path,
      {
        schema: {
          body: z.object({ amount: z.string(), note: z.record(z.string(), z.string()).optional() }),
          response: { 201: z.object({ number: z.string() }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { scope } = await actingOf(request);
        const asked = { scope, route: `POST ${path}`, body: request.body };
        const result = await command(house, request, asked, (tx) => deed(tx, request.body.amount));
        return answer(reply, result, status, words, 201);
      },
    );
  }
  await app.ready();
});

type Post = {
  readonly amount: string;
  readonly key?: string | undefined;
  readonly as?: string;
  readonly path?: string;
};
const post = ({ amount, key, as = 'a', path = '/deeds' }: Post) =>
  app.inject({
    method: 'POST',
    url: path,
    headers: { 'x-as': as, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    payload: { amount },
  });

describe('the same command', () => {
  test('T1: 50 parallel identical posts act once and give 49 replays', async () => {
    const [before, key] = [await countDeeds(), randomUUID()];
    const responses = await Promise.all(Array.from({ length: 50 }, () => post({ amount: '5', key })));
    expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    expect(new Set(responses.map(({ body }) => body)).size).toBe(1);
    expect(responses.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(49);
    expect(await countDeeds()).toBe(before + 1);
  });

  test('50 parallel identical posts that are refused give one answer and write nothing', async () => {
    const [before, key] = [await countDeeds(), randomUUID()];
    const responses = await Promise.all(Array.from({ length: 50 }, () => post({ amount: '5000', key })));
    expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([422]));
    expect(new Set(responses.map(({ body }) => body)).size).toBe(1);
    expect(responses[0]?.json()).toMatchObject({ kind: 'TooDear', facts: { most: '1000' } });
    expect(responses.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(49);
    expect(await countDeeds()).toBe(before);
  });

  test('in the hidden field of a form acts once', async () => {
    const [before, key] = [await countDeeds(), randomUUID()];
    const send = () =>
      app.inject({
        method: 'POST',
        url: '/deeds',
        headers: { 'x-as': 'a', 'content-type': 'application/x-www-form-urlencoded' },
        payload: `idempotency_key=${key}&amount=7`,
      });
    const [first, second] = [await send(), await send()];
    expect(first.statusCode).toBe(201);
    expect(second.body).toBe(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(await countDeeds()).toBe(before + 1);
  });

  test('after a bug is tried again, for nothing was stored', async () => {
    const [before, key] = [await countDeeds(), randomUUID()];
    expect((await post({ amount: 'bug', key })).statusCode).toBe(500);
    expect((await post({ amount: '8', key })).statusCode).toBe(201);
    expect(await countDeeds()).toBe(before + 1);
  });
});

test('T3: the same key with another body is refused in Persian, and nothing is written', async () => {
  const key = randomUUID();
  const first = await post({ amount: '5', key });
  const before = await countDeeds();
  const other = await post({ amount: '6', key });
  expect(other.statusCode).toBe(409);
  expect(other.json()).toMatchObject({ kind: 'KeyReused', field: 'Idempotency-Key' });
  expect(other.json<{ fa: string }>().fa).toMatch(/محتوای دیگری/);
  expect(await countDeeds()).toBe(before);
  expect((await post({ amount: '5', key })).body).toBe(first.body);
});

test('one key is another command for another user, province or route', async () => {
  const [before, key] = [await countDeeds(), randomUUID()];
  const posts: readonly Post[] = [
    { amount: '1', key },
    { amount: '1', key, as: 'b' },
    { amount: '1', key, as: 'lorestan' },
    { amount: '1', key, path: '/other-deeds' },
  ];
  for (const each of posts) expect((await post(each)).headers['idempotency-replayed']).toBeUndefined();
  expect(await countDeeds()).toBe(before + posts.length);
});

test.each([
  ['no key', undefined, 'a', 400, 'KeyMissing'],
  ['a key that is no UUID', 'abc', 'a', 400, 'KeyUnreadable'],
  ['nobody signed in', randomUUID(), 'nobody', 401, 'NotSignedIn'],
  ['a reader of all provinces', randomUUID(), 'auditor', 403, 'ReadOnly'],
])('%s: nothing is written', async (_why, key, as, statusCode, kind) => {
  const before = await countDeeds();
  const response = await post({ amount: '1', key, as });
  expect(response.statusCode).toBe(statusCode);
  expect(response.json()).toMatchObject({ kind });
  expect(await countDeeds()).toBe(before);
});

test('the keys of one province are out of sight in another', async () => {
  await post({ amount: '1', key: randomUUID() });
  const seen = await inTransaction(house.db, { ...mine, province: 15 }, async (tx) => {
    const { rows } = await sql`select 1 from platform.command where province_id = 30`.execute(tx);
    return ok(rows.length);
  });
  expect(seen).toEqual(ok(0));
});

test('equal bodies have equal canonical text, whatever the order of their fields', () => {
  const shuffled = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([key, part]) => [key, shuffled(part)]),
        )
      : Array.isArray(value)
        ? value.map(shuffled)
        : value;
  assert(property(jsonValue(), (value) => canonical(shuffled(value)) === canonical(value)));
  expect(canonical({ a: 1n })).not.toBe(canonical({ a: '1' }));
});

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Actor, Role } from '#kernel/actor.ts';
import { id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { readConfig } from './config.ts';
import { systemClock } from './clock.ts';
import { decodeCursor, encodeCursor, pageOf, pageShape, sortValue } from './cursor.ts';
import { noScope, openDatabase, read } from './db.ts';
import { buildServer, type Server } from './http.ts';
import { openLog } from './log.ts';
import { answer, languageOf, problemResponses, problemShape, type Problem } from './problem.ts';
import { requireActor } from './session.ts';

type SliceRefusal =
  | { readonly kind: 'SliceExhausted'; readonly left: bigint }
  | { readonly kind: 'SliceMissing' };
const sliceStatus = { SliceExhausted: 409, SliceMissing: 404 } as const satisfies Record<
  SliceRefusal['kind'],
  number
>;
const sliceWords = {
  SliceExhausted: ({ left }) => ({ fa: `از سهمیه ${left} ریال مانده است.`, en: `${left} rials are left.` }),
  SliceMissing: () => ({ fa: 'چنین سهمیه‌ای نیست.', en: 'There is no such slice.' }),
} as const satisfies {
  [Kind in SliceRefusal['kind']]: (refusal: Extract<SliceRefusal, { kind: Kind }>) => Bilingual;
};

const inputShape = z.strictObject({
  amount: z.string().regex(/^\d+$/).meta({ fa: 'مبلغ', en: 'Amount' }),
  purpose: z.string().trim().min(1).max(10).meta({ fa: 'مصرف', en: 'Purpose' }).optional(),
  programme: z.enum(['home_jobs', 'rural_jobs']).meta({ fa: 'برنامه', en: 'Programme' }),
  counties: z.array(z.strictObject({ weight: z.int().min(1).meta({ fa: 'وزن', en: 'Weight' }) })).max(3),
});

const actor = (role: Role): Actor => ({
  userId: id('019aaaaa-0000-7000-8000-000000000001'),
  personId: id('019aaaaa-0000-7000-8000-000000000002'),
  role,
  name: 'کاربر نمونه',
  scope: { province: 30, county: null, office: null, person: null },
});

const exhausted = (): Result<null, SliceRefusal> =>
  refused({ kind: 'SliceExhausted', left: 9_007_199_254_740_993n });
const made = (): Result<{ id: string }, SliceRefusal> => ok({ id: 'a', secret: 'never shown' });

const roleShape = z.enum(['director', 'auditor']);

/** No statement reaches a database in these tests; the pool is never connected. */
async function openServer(mostRequestsPerMinute = 10_000): Promise<Server> {
  const db = openDatabase({ connection: { host: '/nowhere' }, role: null, most: 1, name: 'test' });
  const house = { db, config: readConfig({}), log: openLog('silent'), clock: systemClock };
  const app = await buildServer(house, {
    version: '0',
    mostRequestsPerMinute,
    findActor: async (request) => {
      const role = roleShape.safeParse(request.headers['x-role']);
      return role.success ? actor(role.data) : null;
    },
  });
  app.post(
    '/slices',
    { schema: { body: inputShape, response: { 200: inputShape, ...problemResponses } } },
    async ({ body }) => body,
  );
  app.get(
    '/refusal',
    { schema: { response: { 200: z.null(), ...problemResponses } } },
    async (_request, reply) => {
      return answer(reply, exhausted(), sliceStatus, sliceWords);
    },
  );
  app.get(
    '/made',
    { schema: { response: { 201: z.object({ id: z.string() }), ...problemResponses } } },
    async (_request, reply) => {
      return answer(reply, made(), sliceStatus, sliceWords, 201);
    },
  );
  app.get('/leak', async () => ({ amount: 5n }));
  app.get('/away', async () => read(db, noScope, async () => null));
  app.get('/fault', async () => {
    throw new Error('secret of the house');
  });
  app.get('/director', { preHandler: requireActor('director') }, async () => 'ok');
  app.get('/signed-in', { preHandler: requireActor() }, async () => 'ok');
  app.get('/form', async () => 'ok');
  app.post('/form', (request, reply) => reply.send({ key: request.formKey, body: request.body }));
  app.get(
    '/pages',
    {
      schema: {
        querystring: z.object({ limit: z.coerce.number().int().max(5) }),
        response: { 200: pageShape(z.string()) },
      },
    },
    async () => ({ items: [], next: null }),
  );
  await app.ready();
  return app;
}

const problemIn = (response: {
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
}): Problem => {
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  return problemShape.parse(JSON.parse(response.body));
};

const hasPersian = /[\u0600-\u06ff]/;

describe('problems of the transport', () => {
  const cases = [
    { why: 'an unknown address', request: { url: '/nowhere?secret=1' }, status: 404, kind: 'UnknownAddress' },
    {
      why: 'JSON that is cut off',
      request: {
        method: 'POST',
        url: '/slices',
        headers: { 'content-type': 'application/json' },
        payload: '{"a":',
      },
      status: 400,
      kind: 'BadJson',
    },
    {
      why: 'no body',
      request: { method: 'POST', url: '/slices', headers: { 'content-type': 'application/json' } },
      status: 400,
      kind: 'EmptyBody',
    },
    {
      why: 'XML',
      request: { method: 'POST', url: '/slices', headers: { 'content-type': 'text/xml' }, payload: '<a/>' },
      status: 415,
      kind: 'UnsupportedMedia',
    },
    {
      why: 'a body over 1 MiB',
      request: { method: 'POST', url: '/slices', payload: { amount: '1'.repeat(1_100_000) } },
      status: 413,
      kind: 'BodyTooLarge',
    },
    { why: 'a NUL in the address', request: { url: '/pages?limit=1%00' }, status: 400, kind: 'Unstorable' },
    {
      why: 'a NUL in a body',
      request: { method: 'POST', url: '/slices', payload: { counties: [{ 'a\0': 1 }] } },
      status: 400,
      kind: 'Unstorable',
    },
    {
      why: 'a body nested without end',
      request: {
        method: 'POST',
        url: '/slices',
        headers: { 'content-type': 'application/json' },
        payload: '['.repeat(50_000) + ']'.repeat(50_000),
      },
      status: 400,
      kind: 'Unstorable',
    },
    { why: 'an address that cannot be read', request: { url: '/%E0%A4%A' }, status: 400, kind: 'BadAddress' },
    {
      why: 'a write from another site',
      request: { method: 'POST', url: '/slices', headers: { 'sec-fetch-site': 'cross-site' }, payload: {} },
      status: 403,
      kind: 'OtherSite',
    },
    { why: 'a bug', request: { url: '/fault' }, status: 500, kind: 'Fault' },
    { why: 'a database that is away', request: { url: '/away' }, status: 503, kind: 'DatabaseAway' },
  ] as const;

  test.each(cases)('$why is answered $status in both languages', async ({ request, status, kind }) => {
    const app = await openServer();
    const response = await app.inject({ ...request });
    const problem = problemIn(response);
    expect(response.statusCode).toBe(status);
    expect(problem).toMatchObject({ status, kind, type: `urn:karsaz:problem:${kind}` });
    expect(problem.fa).toMatch(hasPersian);
    expect(problem.en).not.toMatch(hasPersian);
    expect(problem.detail).toBe(problem.fa);
    expect(response.body).not.toContain('secret');
    await app.close();
  });

  test('more requests than the limit are told how long to wait', async () => {
    const app = await openServer(2);
    await app.inject('/form');
    await app.inject('/form');
    const response = await app.inject('/form');
    expect(problemIn(response)).toMatchObject({ status: 429, kind: 'TooManyRequests' });
    expect(response.headers['retry-after']).toBeDefined();
    await app.close();
  });
});

describe('a wrong input', () => {
  const cases = [
    { body: {}, field: 'amount', rule: 'required', fa: '«مبلغ» لازم است' },
    { body: { amount: 5 }, field: 'amount', rule: 'type', fa: '«مبلغ» باید متن باشد' },
    { body: { amount: '5.5' }, field: 'amount', rule: 'format', fa: '«مبلغ»' },
    { body: { purpose: ' ' }, field: 'purpose', rule: 'required', fa: '«مصرف» لازم است' },
    { body: { purpose: 'آ'.repeat(11) }, field: 'purpose', rule: 'too_big', fa: '«مصرف» دست‌بالا ۱۰ نویسه' },
    { body: { programme: 'cars' }, field: 'programme', rule: 'one_of', fa: '«برنامه» از ۲ گزینهٔ خود نیست' },
    {
      body: { counties: [{ weight: 0 }] },
      field: 'counties.0.weight',
      rule: 'too_small',
      fa: '«وزن» دست‌کم ۱',
    },
    { body: { colour: 'red' }, field: 'colour', rule: 'unknown', fa: 'فیلدی فرستاده شد' },
  ] as const;
  const right = { amount: '1', programme: 'home_jobs', counties: [] };

  test.each(cases)('names the field $field and the rule $rule', async ({ body, field, rule, fa }) => {
    const app = await openServer();
    const payload =
      field === 'amount' && rule === 'required' ? { ...right, amount: undefined } : { ...right, ...body };
    const problem = problemIn(await app.inject({ method: 'POST', url: '/slices', payload }));
    expect(problem).toMatchObject({ status: 422, kind: 'InvalidInput', field, rule });
    expect(problem.fa).toContain(fa);
    expect(problem.fa).not.toMatch(/[a-z]/i);
    expect(problem.en).not.toMatch(hasPersian);
    await app.close();
  });

  test('lists every wrong field at once', async () => {
    const app = await openServer();
    const problem = problemIn(await app.inject({ method: 'POST', url: '/slices', payload: { counties: 5 } }));
    expect(problem.fields?.map(({ field }) => field)).toEqual(['amount', 'programme', 'counties']);
    await app.close();
  });

  test('in the address is a 400', async () => {
    const app = await openServer();
    expect(problemIn(await app.inject('/pages?limit=9'))).toMatchObject({
      status: 400,
      field: 'limit',
      rule: 'too_big',
    });
    await app.close();
  });
});

describe('an answer', () => {
  test('turns a refusal into its problem, with exact sums as text', async () => {
    const app = await openServer();
    const problem = problemIn(await app.inject({ url: '/refusal', headers: { 'accept-language': 'en' } }));
    expect(problem).toMatchObject({
      status: 409,
      kind: 'SliceExhausted',
      facts: { left: '9007199254740993' },
    });
    expect(problem.detail).toBe('9007199254740993 rials are left.');
    expect(problem.fa).toMatch(hasPersian);
    await app.close();
  });

  test('bears its status and only the fields of its schema', async () => {
    const app = await openServer();
    const response = await app.inject('/made');
    expect(response.statusCode).toBe(201);
    expect(response.json()).toEqual({ id: 'a' });
    await app.close();
  });

  test('never carries a bigint as a number', async () => {
    const app = await openServer();
    expect(problemIn(await app.inject('/leak')).kind).toBe('Fault');
    await app.close();
  });

  test('bears the hidden key of a form, and the rest of the form as its body', async () => {
    const app = await openServer();
    const payload = 'idempotency_key=5b0f0c5e-0000-4000-8000-000000000000&name=%D8%B9%D9%84%DB%8C';
    const response = await app.inject({
      method: 'POST',
      url: '/form',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload,
    });
    expect(response.json()).toEqual({ key: '5b0f0c5e-0000-4000-8000-000000000000', body: { name: 'علی' } });
    await app.close();
  });

  test('allows no other host and no script in the page', async () => {
    const app = await openServer();
    const policy = String((await app.inject('/form')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/https?:/);
    await app.close();
  });
});

describe('a role', () => {
  test.each([
    ['/director', 'director', 200],
    ['/director', 'auditor', 403],
    ['/director', '', 401],
    ['/signed-in', 'auditor', 200],
    ['/signed-in', '', 401],
  ])('%s as "%s" is answered %i', async (url, role, status) => {
    const app = await openServer();
    const response = await app.inject({ url, headers: { 'x-role': role } });
    expect(response.statusCode).toBe(status);
    if (status !== 200) expect(problemIn(response).fa).toMatch(hasPersian);
    await app.close();
  });
});

test('the interface describes itself as OpenAPI 3.1, with problems', async () => {
  const app = await openServer();
  const description = (await app.inject('/api/openapi.json')).json<{
    openapi: string;
    paths: Record<string, unknown>;
    components: { schemas: Record<string, unknown> };
  }>();
  expect(description.openapi).toBe('3.1.0');
  expect(JSON.stringify(description.paths['/slices'])).toContain(
    '"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}',
  );
  expect(description.components.schemas['Problem']).toMatchObject({ type: 'object' });
  await app.close();
});

test.each([
  [undefined, 'fa'],
  ['', 'fa'],
  ['en-GB,en;q=0.9', 'en'],
  ['fa-IR,en;q=0.9', 'fa'],
  ['en;q=0.5,fa;q=0.9', 'fa'],
  ['de,en;q=0.3', 'en'],
  ['en;q=0', 'fa'],
  ['en;q=abc, fa', 'en'],
])('Accept-Language "%s" is answered in %s', (header, language) => {
  expect(languageOf({ headers: { 'accept-language': header } })).toBe(language);
});

describe('a page of a list', () => {
  test('ends with the cursor of its last row, and the last page without one', () => {
    const how = { item: (n: number) => n, position: (n: number) => [String(n)] };
    expect(pageOf([1, 2, 3], 2, how)).toEqual({ items: [1, 2], next: encodeCursor(['2']) });
    expect(pageOf([1, 2], 2, how)).toEqual({ items: [1, 2], next: null });
    const order = [sortValue.text, sortValue.whole] as const;
    expect(decodeCursor(encodeCursor(['۲', '900000000000000000']), order)).toEqual([
      '۲',
      900000000000000000n,
    ]);
    expect(decodeCursor(undefined, order)).toBeNull();
    const at = new Date('2999-12-31T23:59:59.9Z').toISOString();
    expect(decodeCursor(encodeCursor([at, at.slice(0, 10)]), [sortValue.instant, sortValue.day])).toEqual([
      '2999-12-31T23:59:59.900Z',
      '2999-12-31',
    ]);
  });
  test.each(['x', '!!', encodeCursor(['1']), Buffer.from('[1,2]').toString('base64url')])(
    'refuses %s',
    (cursor) => {
      expect(() => decodeCursor(cursor, [sortValue.text, sortValue.text])).toThrow('cursor');
    },
  );
});

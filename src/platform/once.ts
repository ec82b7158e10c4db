import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { createHash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import { isId, type Id } from '#kernel/id.ts';
import { assert, must, ok, type No, type Ok, type Refused, type Result } from '#kernel/result.ts';
import type { Clock } from './clock.ts';
import { inTransaction, type Database, type Scope, type Tx } from './db.ts';
import { ProblemError } from './problem.ts';
import { actingOf, placeOf, scopeIn } from './session.ts';

/** The part of a house that a command needs. */
export type Workplace = { readonly db: Database; readonly clock: Clock };

export type Command = {
  /** Where the deed is done; `province` must be one province, or `nationwide` for the installation itself. */
  readonly scope: Scope;
  /** The route as it stands in the interface, e.g. `POST /api/credit/lines`. */
  readonly route: string;
  /** What was sent, as the route's schema parsed it. */
  readonly body: unknown;
  /** Who asks, where nobody is signed in yet; otherwise the account of the actor. */
  readonly by?: string;
};

type Stored = { readonly body_hash: Buffer; readonly answer: string | null };

/**
 * Does `work` once (L5). The same key with the same body gives the stored answer again, refusals included, and
 * marks it `Idempotency-Replayed: true`; a parallel duplicate waits for the first. The same key with another
 * body is a problem 409 and writes nothing. A key is unique per province, user and route.
 *
 * The key's row is inserted before the work, in the same transaction: the unique index makes duplicates wait.
 * A refusal rolls the work back to a savepoint and stores its answer in that same transaction; a second
 * transaction for it would leave an instant in which a waiting duplicate did the work again. When `work`
 * throws, nothing is stored and the same key may be tried again.
 *
 * `work` gives back JSON values (and `bigint`, which is kept exactly); what it gives is what a replay gives.
 */
export async function command<Done, Refusal extends Refused>(
  house: Workplace,
  request: FastifyRequest,
  asked: Command,
  work: (tx: Tx) => Promise<Ok<Done> | No<Refusal>>,
): Promise<Result<Done, Refusal>> {
  const key = keyOf(request);
  const bodyHash = hashOf({ path: request.url.split('?')[0], body: asked.body });
  const place = {
    provinceId: provinceOf(asked.scope),
    by: asked.by ?? (await actingUser(request)),
    route: asked.route,
    key,
  };
  const run = async (tx: Tx): Promise<Ok<{ answer: string; replayed: boolean }>> => {
    const first = await insertKey(tx, place, bodyHash, house.clock.now());
    if (!first) return ok({ answer: await storedAnswer(tx, place, bodyHash), replayed: true });
    const result = await undoneWhenRefused(tx, work);
    const answer = encode(result);
    await storeAnswer(tx, place, answer);
    const refusal = result.ok ? null : result.refusal.kind;
    await request.server.trail?.tellDeed(tx, request, { provinceId: place.provinceId, refusal });
    return ok({ answer, replayed: false });
  };
  const result = await inTransaction(house.db, asked.scope, run);
  assert(result.ok, 'a command is never rolled back: its refusal is stored');
  request.replayed = result.value.replayed;
  request.told = true;
  const stored: Result<Done, Refusal> = decode(result.value.answer);
  return stored;
}

/** In which transaction, province and name the deed of a route is done. */
export type Doing = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly provinceId: number;
  readonly by: Actor;
};

/** Does a deed once (`command`) in the province that the address names, as whoever asks. */
export async function commandIn<Done, Refusal extends Refused>(
  house: Workplace,
  request: FastifyRequest,
  { province, route }: { readonly province: string; readonly route: string },
  deed: (doing: Doing) => Promise<Result<Done, Refusal>>,
): Promise<Result<Done, Refusal>> {
  const { actor, provinceId } = await placeOf(request, province);
  const asked = { scope: scopeIn(actor, provinceId), route, body: request.body };
  return command(house, request, asked, (tx) => deed({ tx, clock: house.clock, provinceId, by: actor }));
}

export type Place = {
  readonly provinceId: number;
  readonly by: string;
  readonly route: string;
  readonly key: Id;
};

async function undoneWhenRefused<Done, Refusal extends Refused>(
  tx: Tx,
  work: (tx: Tx) => Promise<Ok<Done> | No<Refusal>>,
): Promise<Ok<Done> | No<Refusal>> {
  await sql`savepoint deed`.execute(tx);
  const result = await work(tx);
  if (!result.ok) await sql`rollback to savepoint deed`.execute(tx);
  return result;
}

async function insertKey(
  tx: Tx,
  { provinceId, by, route, key }: Place,
  bodyHash: Buffer,
  at: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into platform.command (province_id, user_id, route, command_key, body_hash, asked_at)
    values (${provinceId}, ${by}, ${route}, ${key}, ${bodyHash}, ${at})
    on conflict on constraint command_pkey do nothing
    returning command_key
  `.execute(tx);
  return rows.length === 1;
}

export async function storedAnswer(
  tx: Tx,
  { provinceId, by, route, key }: Place,
  bodyHash: Buffer,
): Promise<string> {
  const { rows } = await sql<Stored>`
    select body_hash, answer::text as answer from platform.command
    where province_id = ${provinceId} and user_id = ${by} and route = ${route} and command_key = ${key}
  `.execute(tx);
  const stored = must(rows[0], 'a key that was taken has its row');
  if (!stored.body_hash.equals(bodyHash)) throw keyReused;
  return must(stored.answer, 'a committed command has its answer');
}

async function storeAnswer(tx: Tx, { provinceId, by, route, key }: Place, answer: string): Promise<void> {
  await sql`
    update platform.command set answer = ${answer}::json
    where province_id = ${provinceId} and user_id = ${by} and route = ${route} and command_key = ${key}
  `.execute(tx);
}

async function actingUser(request: FastifyRequest): Promise<string> {
  return (await actingOf(request)).userId;
}

/** Those who read all provinces write in none (L9). */
export function provinceOf(scope: Scope): number {
  if (typeof scope.province === 'number') return scope.province;
  throw new ProblemError({
    status: 403,
    kind: 'ReadOnly',
    words: {
      fa: 'این سمت همهٔ استان‌ها را می‌بیند و در هیچ‌یک چیزی ثبت نمی‌کند.',
      en: 'This role reads every province and writes in none.',
    },
  });
}

/** The header, or the hidden field of a form that works without JavaScript. */
export function keyOf(request: FastifyRequest): Id {
  const header = request.headers['idempotency-key'];
  const key = (typeof header === 'string' ? header : request.formKey)?.trim().toLowerCase();
  if (key === undefined || key === '') throw keyMissing;
  if (!isId(key)) throw keyUnreadable;
  return key;
}

const keyMissing = new ProblemError({
  status: 400,
  kind: 'KeyMissing',
  field: 'Idempotency-Key',
  rule: 'required',
  words: {
    fa: 'این درخواست کلید یکتا (Idempotency-Key) ندارد؛ صفحه را تازه کنید و دوباره بفرستید.',
    en: 'The request bears no Idempotency-Key; reload the page and send it again.',
  },
});

const keyUnreadable = new ProblemError({
  status: 400,
  kind: 'KeyUnreadable',
  field: 'Idempotency-Key',
  rule: 'uuid',
  words: {
    fa: 'کلید یکتای این درخواست (Idempotency-Key) شناسهٔ UUID نیست.',
    en: 'The Idempotency-Key of the request is not a UUID.',
  },
});

const keyReused = new ProblemError({
  status: 409,
  kind: 'KeyReused',
  field: 'Idempotency-Key',
  rule: 'same_body',
  words: {
    fa: 'این فرم پیش‌تر با محتوای دیگری فرستاده شده است؛ چیزی ثبت نشد. صفحه را تازه کنید و دوباره بفرستید.',
    en: 'This form was sent before with other content; nothing was saved. Reload the page and send it again.',
  },
});

export function hashOf(value: unknown): Buffer {
  return createHash('sha256').update(canonical(value)).digest();
}

/** JSON with the keys of every object in order, so that equal bodies have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'bigint') return { [bigintMark]: part.toString() };
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

const bigintMark = '$bigint';

export const encode = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? { [bigintMark]: part.toString() } : part,
  );

/** What `encode` wrote; the caller names the type of what was stored. */
export const decode = (text: string) =>
  JSON.parse(text, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || !(bigintMark in part)) return part;
    return BigInt(String(part[bigintMark]));
  });

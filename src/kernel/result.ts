/**
 * A lawful "no" is a value. `Result` is either what was done or a refusal with its kind and its facts;
 * a bug throws instead.
 */
export type Result<Done, Refusal extends Refused = Refused> = Ok<Done> | No<Refusal>;

/** A refusal names its rule (`kind`) and the facts that decided it, as they go over the wire. */
export type Refused = { readonly kind: string };

export type Ok<Done> = { readonly ok: true; readonly value: Done };
export type No<Refusal extends Refused> = { readonly ok: false; readonly refusal: Refusal };

export function ok(): Ok<undefined>;
export function ok<Done>(value: Done): Ok<Done>;
export function ok(value?: unknown): Ok<unknown> {
  return { ok: true, value };
}

export function refused<const Refusal extends Refused>(refusal: Refusal): No<Refusal> {
  return { ok: false, refusal };
}

/** Throws when `condition` is false: for what only a bug can make false, never for input. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** The value, or a thrown error when it is missing: for look-ups that must succeed unless there is a bug. */
export function must<Value>(value: Value | undefined | null, message: string): Value {
  assert(value !== undefined && value !== null, message);
  return value;
}

/** What a total table, with one entry for each kind of fact, says of a fact. */
export type ByKind<Fact extends { readonly kind: string }, Said> = {
  readonly [Kind in Fact['kind']]: (fact: Extract<Fact, { kind: Kind }>) => Said;
};

export function byKind<Fact extends { readonly kind: string }, Said>(
  fact: Fact,
  table: ByKind<Fact, Said>,
): Said {
  const kind: Fact['kind'] = fact.kind;
  const say = table[kind] as (fact: Fact) => Said;
  return say(fact);
}

/** A record with a value for each of the keys. */
export const recordOf = <Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Readonly<Record<Key, Value>> => {
  const record = {} as Record<Key, Value>;
  for (const key of keys) record[key] = valueOf(key);
  return record;
};

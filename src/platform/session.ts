import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { type Actor, type ActorScope, type Role, roleTitles } from '#kernel/actor.ts';
import { ProblemError } from './problem.ts';

/** Finds who acts out of a request, or null when nobody is signed in with a role in force. */
export type FindActor = (request: FastifyRequest) => Promise<Actor | null>;

/** The province that an address names; a problem 404 where there is none. */
export type FindProvince = (slug: string) => Promise<number>;

declare module 'fastify' {
  interface FastifyInstance {
    findActor: FindActor;
    findProvince: FindProvince;
  }
  interface FastifyRequest {
    /** Found at most once in a request. */
    knownActor: Promise<Actor | null> | undefined;
  }
}

/** Who acts in this request, found once; null when nobody is signed in. */
export function actorOf(request: FastifyRequest): Promise<Actor | null> {
  request.knownActor ??= request.server.findActor(request);
  return request.knownActor;
}

/** Who acts; a problem 401 when nobody is signed in. */
export async function actingOf(request: FastifyRequest): Promise<Actor> {
  const actor = await actorOf(request);
  if (actor === null) throw notSignedIn();
  return actor;
}

/** A `preHandler` that lets only these roles pass; without roles everybody who is signed in. */
export function requireActor(...roles: readonly Role[]): preHandlerAsyncHookHandler {
  return async (request) => {
    const actor = await actingOf(request);
    if (roles.length > 0) mustBe(actor, ...roles);
  };
}

/** A problem 403 unless the actor has one of these roles. */
export function mustBe({ role }: Actor, ...may: readonly Role[]): void {
  if (!may.includes(role)) throw roleMayNot(role, may);
}

export const notSignedIn = (): ProblemError =>
  new ProblemError({
    status: 401,
    kind: 'NotSignedIn',
    words: { fa: 'برای این کار باید وارد شوید.', en: 'Sign in to do this.' },
  });

function roleMayNot(role: Role, may: readonly Role[]): ProblemError {
  return new ProblemError({
    status: 403,
    kind: 'RoleMayNot',
    rule: 'role',
    words: {
      fa: `این کار در اختیار سمت شما («${roleTitles[role].fa}») نیست؛ در اختیار این سمت‌ها است: ${may.map((one) => roleTitles[one].fa).join('، ')}.`,
      en: `This is not for your role (${roleTitles[role].en}); it is for: ${may.map((one) => roleTitles[one].en).join(', ')}.`,
    },
    facts: { role, may: [...may] },
  });
}

/**
 * The scope in which an actor may act on or read one province, or a problem 403 (L9). Those who read all
 * provinces keep reading all: the statements name the province, and writing stays closed to them.
 */
export function scopeIn({ scope }: Actor, provinceId: number): ActorScope {
  if (scope.province === 'all' || scope.province === provinceId) return scope;
  throw new ProblemError({
    status: 403,
    kind: 'OtherProvince',
    words: {
      fa: 'این استان بیرون از محدودهٔ شماست.',
      en: 'This province is outside your scope.',
    },
  });
}

/** Where and as whom a request stands: one province, within the actor's scope. */
export type Place = { readonly actor: Actor; readonly provinceId: number };

/** Who acts, and in which province by its name in the address; a problem where there is none or it is not theirs. */
export async function placeOf(
  request: FastifyRequest,
  slug: string,
): Promise<Place & { readonly scope: ActorScope }> {
  const actor = await actingOf(request);
  const provinceId = await request.server.findProvince(slug);
  return { actor, provinceId, scope: scopeIn(actor, provinceId) };
}

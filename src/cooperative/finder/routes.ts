import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Actor, Role } from '#kernel/actor.ts';
import { dayOfInstant, type Day } from '#kernel/day.ts';
import { ok, refused } from '#kernel/result.ts';
import { placeRefusalStatus } from '#place/contract.ts';
import { placeRefusalWords } from '#place/words.ts';
import { noScope, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { provinceAddress } from '../contract.ts';
import { findProvince } from '../queries.ts';
import { inviteCluster, proposeCooperatives } from './actions.ts';
import { finderRefusalStatus, invitationForm, invitedShape, proposalsShape } from './contract.ts';
import { finderRefusalWords } from './words.ts';

/** Who reads of cooperatives; agencies, banks and editors have no part in them. */
export const readers = [
  'director',
  'deputy',
  'county_office',
  'auditor',
  'ministry',
] as const satisfies readonly Role[];
const inviters = ['county_office', 'deputy'] as const satisfies readonly Role[];

export type Place = { readonly actor: Actor; readonly provinceId: number };

export async function placeOf(
  { db }: House,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string,
): Promise<Place> {
  const actor = await actingOf(request);
  const found = await read(db, noScope, (tx) => findProvince(tx, slug));
  const result = found === undefined ? refused({ kind: 'ProvinceUnknown', slug } as const) : ok(found);
  const { provinceId } = answer(reply, result, placeRefusalStatus, placeRefusalWords);
  scopeIn(actor, provinceId);
  return { actor, provinceId };
}

export const todayOf = ({ clock }: House): Day => dayOfInstant(clock.now().getTime());

/** Clusters of licence holders who could form a cooperative, and their invitation. */
export const finderRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/cooperative-proposals',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary:
            'Clusters of licence holders who could form a cooperative, with what the locked share gives them',
          params: provinceAddress,
          response: { 200: proposalsShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(house, request, reply, request.params.province);
        const asked = { provinceId, today: todayOf(house) };
        return reply.send(
          await read(house.db, scopeIn(actor, provinceId), (tx) => proposeCooperatives(tx, asked)),
        );
      },
    );

    app.post(
      '/api/provinces/:province/cooperative-invitations',
      {
        preHandler: requireActor(...inviters),
        schema: {
          summary: 'Invites the holders of a cluster to form a cooperative, each of them once',
          params: provinceAddress,
          body: invitationForm,
          response: { 201: invitedShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(house, request, reply, request.params.province);
        const asked = {
          scope: scopeIn(actor, provinceId),
          route: 'POST cooperative-invitations',
          body: request.body,
        };
        const done = await command(house, request, asked, (tx) =>
          inviteCluster({ tx, clock: house.clock, provinceId, by: actor }, request.body),
        );
        return answer(reply, done, finderRefusalStatus, finderRefusalWords, 201);
      },
    );
  };

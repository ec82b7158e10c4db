import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Role } from '#kernel/actor.ts';
import { dayOfInstant, type Day } from '#kernel/day.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { commandIn } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn } from '#platform/session.ts';
import { provinceAddress } from '../contract.ts';
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
        const { actor, provinceId } = await placeOf(request, request.params.province);
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
        const at = { province: request.params.province, route: 'POST cooperative-invitations' };
        const done = await commandIn(house, request, at, (doing) => inviteCluster(doing, request.body));
        return answer(reply, done, finderRefusalStatus, finderRefusalWords, 201);
      },
    );
  };

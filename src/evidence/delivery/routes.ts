import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isoOf, dayOfInstant } from '#kernel/day.ts';
import { ok } from '#kernel/result.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { isoDay } from '#place/contract.ts';
import { evidenceRefusalStatus } from '../contract.ts';
import { exportQuery, reportAddress } from '../report/contract.ts';
import { sendReport } from '../report/routes.ts';
import { sealInForce } from '../review/actions.ts';
import { provinceOf } from '../statement/routes.ts';
import { evidenceRefusalWords } from '../words.ts';
import { deliveredOf, deliveriesOf, subscribe, unsubscribe } from './actions.ts';
import {
  deliveredShape,
  deliveriesShape,
  deliveryRefusalStatus,
  mayOrder,
  subscriptionOrderShape,
} from './contract.ts';
import { deliveryRefusalWords } from './words.ts';

const statuses = { ...evidenceRefusalStatus, ...deliveryRefusalStatus };
const words = { ...evidenceRefusalWords, ...deliveryRefusalWords };
const doneShape = z.object({ id: z.uuid() });
const subscriptionAddress = reportAddress.extend({ subscription: z.uuid() });
const deliveryAddress = subscriptionAddress.extend({ due: isoDay });

/** Reports that come by themselves: ordering and ending them, and what was given. */
export const deliveryRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(subscriptionRoutes(house));
    await app.register(deliveredRoutes(house));
  };

const address = '/api/provinces/:province/report-subscriptions';

const subscriptionRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = house;
    app.get(
      address,
      {
        preHandler: requireActor(...mayOrder),
        schema: {
          summary: 'The reports that the reader is given again and again, and those given',
          params: reportAddress,
          response: { 200: deliveriesShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const provinceId = await provinceOf(house, reply, request.params.province);
        const subscriber = { provinceId, userId: actor.userId };
        return read(db, scopeIn(actor, provinceId), (tx) => deliveriesOf(tx, subscriber));
      },
    );

    app.post(
      address,
      {
        preHandler: requireActor(...mayOrder),
        schema: {
          summary: 'The report of a place every week or month, from tomorrow on',
          params: reportAddress,
          body: subscriptionOrderShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const provinceId = await provinceOf(house, reply, params.province);
        const asked = { scope: scopeIn(by, provinceId), route: 'POST evidence/subscriptions', body };
        const done = await command(house, request, asked, (tx) =>
          subscribe({ tx, clock, provinceId, by }, body),
        );
        return answer(reply, done, statuses, words, 201);
      },
    );

    app.delete(
      `${address}/:subscription`,
      {
        preHandler: requireActor(...mayOrder),
        schema: {
          summary: 'Ends it; what was given stays',
          params: subscriptionAddress,
          response: { 200: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { province, subscription } = request.params;
        const provinceId = await provinceOf(house, reply, province);
        const asked = {
          scope: scopeIn(by, provinceId),
          route: 'DELETE evidence/subscriptions',
          body: { subscription },
        };
        const ended = await command(house, request, asked, (tx) =>
          unsubscribe({ tx, clock, provinceId, by }, subscription),
        );
        return answer(reply, ended, statuses, words);
      },
    );
  };

const deliveredRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = house;
    app.get(
      `${address}/:subscription/:due`,
      {
        preHandler: requireActor(...mayOrder),
        schema: {
          summary: 'A report as it stood when it was given',
          params: deliveryAddress,
          response: { 200: deliveredShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { province, subscription: id, due: dueOn } = request.params;
        const provinceId = await provinceOf(house, reply, province);
        const { userId } = actor;
        const found = await read(db, scopeIn(actor, provinceId), (tx) =>
          deliveredOf(tx, { provinceId, userId, id, dueOn }),
        );
        return answer(reply, found, statuses, words);
      },
    );

    app.get(
      `${address}/:subscription/:due/export`,
      {
        preHandler: requireActor(...mayOrder),
        schema: {
          summary: 'The same as a spreadsheet, CSV or PDF',
          params: deliveryAddress,
          querystring: z.object(exportQuery),
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { province, subscription: id, due: dueOn } = request.params;
        const provinceId = await provinceOf(house, reply, province);
        const { userId } = actor;
        const { found, seal } = await read(db, scopeIn(actor, provinceId), async (tx) => ({
          found: await deliveredOf(tx, { provinceId, userId, id, dueOn }),
          seal: await sealInForce(tx, provinceId),
        }));
        const { report } = answer(reply, found, statuses, words);
        const today = isoOf(dayOfInstant(clock.now().getTime()));
        return sendReport(request, reply, { found: ok({ report, seal }), wish: request.query, today });
      },
    );
  };

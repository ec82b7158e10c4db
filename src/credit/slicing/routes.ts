import { placeOf, type Place } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isoOf } from '#kernel/day.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { type CreditRefusal, formulaRunShape, slicingPartShape } from '../contract.ts';
import {
  type SlicingAnswer,
  approvalShape,
  slicingAnswerShape,
  slicingShape,
  withdrawalShape,
} from './contract.ts';
import { buttonsOf, doAt, doneShape, readAt, sliceAddress } from '../line/routes.ts';
import { slicingKind } from '../rules.ts';
import { creditRefusalWords } from '../words.ts';
import {
  approveSlicing,
  drawSlicing,
  locksOf,
  previewOf,
  proposeSlicing,
  withdrawSlicing,
} from './actions.ts';
import { listParts, listSlicings } from './queries.ts';

const slicingAddress = z.object({ province: provinceSlug, slicing: z.uuid() });
const previewShape = z.object({ parts: z.array(slicingPartShape), formula: formulaRunShape.nullable() });

/** Divisions of a slice: looked at, proposed, approved by another person, withdrawn. */
export const slicingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/credit/slices/:slice/preview',
      {
        schema: {
          summary: 'Works a division out and writes nothing',
          params: sliceAddress,
          body: slicingShape.omit({ id: true }),
          response: { 200: previewShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const order = { sliceId: request.params.slice, order: request.body };
        return readAt(house, reply, place, async (tx) => {
          const doing = { tx, clock: house.clock, provinceId: place.provinceId, by: place.actor };
          const drawn = await drawSlicing(doing, order);
          return drawn.ok ? ok(await previewOf(doing, drawn.value)) : drawn;
        });
      },
    );

    app.post(
      '/api/provinces/:province/credit/slices/:slice/slicings',
      {
        schema: {
          summary: 'Proposes a division; another person must approve it',
          params: sliceAddress,
          body: slicingShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/slices/slicings' };
        const order = { sliceId: request.params.slice, order: request.body };
        return doAt(house, at, place, (doing) => proposeSlicing(doing, order));
      },
    );

    await app.register(proposalRoutes(house));
  };

const proposalRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/slicings/:slicing',
      {
        schema: {
          summary: 'A proposed division with each number explained',
          params: slicingAddress,
          response: { 200: slicingAnswerShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) => findSlicingPage(tx, place, request.params.slicing));
      },
    );

    app.post(
      '/api/provinces/:province/credit/slicings/:slicing/approval',
      {
        schema: {
          summary: 'Approves a division under a resolution, as another person than its proposer',
          params: slicingAddress,
          body: approvalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/slicings/approval' };
        const order = { slicingId: request.params.slicing, order: request.body };
        return doAt(house, at, place, (doing) => approveSlicing(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/slicings/:slicing/withdrawal',
      {
        schema: {
          summary: 'Withdraws a proposal',
          params: slicingAddress,
          body: withdrawalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/slicings/withdrawal' };
        const order = { slicingId: request.params.slicing, order: request.body };
        return doAt(house, at, place, (doing) => withdrawSlicing(doing, order));
      },
    );
  };

async function findSlicingPage(
  tx: Tx,
  { provinceId, actor }: Place,
  slicingId: string,
): Promise<Result<SlicingAnswer, CreditRefusal>> {
  const found = (await listSlicings(tx, { provinceId, id: slicingId, lineId: null }))[0];
  if (found === undefined) return refused({ kind: 'SlicingMissing', slicingId });
  const parts = await listParts(tx, { provinceId, id: slicingId });
  const { proposedByPerson, resolutionDay, amount, proposedOn, lineId, ...row } = found;
  const formula = parts[0]?.formula;
  const locks = await locksOf({ tx, provinceId }, found, parts);
  const own = proposedByPerson === actor.personId;
  return ok({
    ...row,
    lineId,
    amount: amount.toString(),
    formula: formula == null ? null : formulaRunShape.parse(formula),
    proposedOn: isoOf(proposedOn),
    resolutionDay: resolutionDay === null ? null : isoOf(resolutionDay),
    parts: parts.map((part, at) => ({
      ...part,
      amount: part.amount.toString(),
      locked: locks?.[at]?.toString() ?? null,
    })),
    choices: buttonsOf(slicingKind, found.state, actor).map((choice) =>
      own && choice.act === 'approve' && choice.lawful
        ? {
            ...choice,
            lawful: false,
            because: creditRefusalWords.OwnProposal({ kind: 'OwnProposal', slicingId }),
          }
        : choice,
    ),
  });
}

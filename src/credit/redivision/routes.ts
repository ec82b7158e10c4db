import { placeOf, type Place } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isoOf } from '#kernel/day.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import type { AnyRefusal } from '../actions.ts';
import { buttonsOf, doAt, doneShape, findLinePage, readAt, sliceAddress } from '../line/routes.ts';
import { partName } from '../axis/words.ts';
import { transferApprovalShape, transferWithdrawalShape } from '../reallocation/contract.ts';
import { lockedIn, sumOf } from '../share.ts';
import { approveRedivision, dividedSlice, proposeRedivision, withdrawRedivision } from './actions.ts';
import {
  type RedivisionAnswer,
  type RedivisionForm,
  redivisionAnswerShape,
  redivisionFormShape,
  redivisionShape,
} from './contract.ts';
import { findRedivisionRow, listChanges } from './queries.ts';
import { committedOf, redivisionKind } from './rules.ts';
import { redivisionRefusalWords } from './words.ts';

const redivisionAddress = z.object({ province: provinceSlug, redivision: z.uuid() });

/** A divided slice divided anew: proposed, approved by another person, withdrawn. */
export const redivisionRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/slices/:slice/redivision-form',
      {
        schema: {
          summary: 'The parts of a slice as they stand, with the least that each can have',
          params: sliceAddress,
          response: { 200: redivisionFormShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) => formOf(house, tx, place, request.params.slice));
      },
    );

    app.post(
      '/api/provinces/:province/credit/slices/:slice/redivisions',
      {
        schema: {
          summary: 'Proposes new sums for the parts of a slice; another person must approve them',
          params: sliceAddress,
          body: redivisionShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/slices/redivisions' };
        const order = { sliceId: request.params.slice, order: request.body };
        return doAt(house, at, place, (doing) => proposeRedivision(doing, order));
      },
    );

    await app.register(proposalRoutes(house));
  };

const proposalRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/redivisions/:redivision',
      {
        schema: {
          summary: 'A proposed redivision with its parts and what may be done with it',
          params: redivisionAddress,
          response: { 200: redivisionAnswerShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) => pageOf(house, tx, place, request.params.redivision));
      },
    );

    app.post(
      '/api/provinces/:province/credit/redivisions/:redivision/approval',
      {
        schema: {
          summary: 'Approves a redivision under a resolution, as another person than its proposer',
          params: redivisionAddress,
          body: transferApprovalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/redivisions/approval' };
        const order = { redivisionId: request.params.redivision, order: request.body };
        return doAt(house, at, place, (doing) => approveRedivision(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/redivisions/:redivision/withdrawal',
      {
        schema: {
          summary: 'Withdraws a proposed redivision',
          params: redivisionAddress,
          body: transferWithdrawalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/redivisions/withdrawal' };
        const order = { redivisionId: request.params.redivision, order: request.body };
        return doAt(house, at, place, (doing) => withdrawRedivision(doing, order));
      },
    );
  };

async function formOf(
  house: House,
  tx: Tx,
  { provinceId }: Place,
  sliceId: string,
): Promise<Result<RedivisionForm, AnyRefusal>> {
  const divided = await dividedSlice({ tx, provinceId }, sliceId);
  if (divided === undefined) return refused({ kind: 'SliceMissing', sliceId });
  const page = await findLinePage(house, tx, { provinceId, lineId: divided.slice.lineId });
  if (!page.ok) return page;
  return ok({
    line: page.value.line,
    sliceId: divided.slice.id,
    rest: sumOf(divided.rest).toString(),
    parts: divided.parts.map((part) => ({
      sliceId: part.id,
      name: partName(part.name),
      amount: part.amount.toString(),
      committed: committedOf(part).toString(),
      locked: lockedIn(part.free).toString(),
      jobTarget: part.jobTarget,
    })),
  });
}

async function pageOf(
  house: House,
  tx: Tx,
  { provinceId, actor }: Place,
  redivisionId: string,
): Promise<Result<RedivisionAnswer, AnyRefusal>> {
  const found = await findRedivisionRow(tx, { provinceId, id: redivisionId });
  const divided = found === undefined ? undefined : await dividedSlice({ tx, provinceId }, found.sliceId);
  if (found === undefined || divided === undefined)
    return refused({ kind: 'RedivisionMissing', redivisionId });
  const page = await findLinePage(house, tx, { provinceId, lineId: found.lineId });
  if (!page.ok) return page;
  const names = new Map<string, RedivisionAnswer['parts'][number]['name']>(
    divided.parts.map((part) => [part.id, partName(part.name)]),
  );
  const changes = await listChanges(tx, { provinceId, id: found.id });
  const own = found.proposedByPerson === actor.personId;
  const { id, reason, state, version, proposedBy, approvedBy, resolutionNumber, resolutionDay, sliceId } =
    found;
  return ok({
    id,
    line: page.value.line,
    sliceId,
    reason,
    state,
    version,
    proposedBy,
    approvedBy,
    resolutionNumber,
    proposedOn: isoOf(found.proposedOn),
    resolutionDay: resolutionDay === null ? null : isoOf(resolutionDay),
    parts: changes.map((change) => ({
      ...change,
      name: must(names.get(change.sliceId), 'a part of the slice'),
      before: change.before.toString(),
      after: change.after.toString(),
    })),
    choices: buttonsOf(redivisionKind, state, actor).map((choice) =>
      own && choice.act === 'approve_redivision' && choice.lawful
        ? {
            ...choice,
            lawful: false,
            because: redivisionRefusalWords.OwnRedivision({ kind: 'OwnRedivision', redivisionId: id }),
          }
        : choice,
    ),
  });
}

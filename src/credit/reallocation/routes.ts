import { placeOf, type Place } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import type { AnyRefusal } from '../actions.ts';
import { partName } from '../axis/words.ts';
import { forecastAnswer, proposalAnswer } from '../lapse/routes.ts';
import { buttonsOf, doAt, doneShape, findLinePage, readAt, sliceAddress } from '../line/routes.ts';
import { listSlices } from '../queries.ts';
import {
  approveReallocation,
  draftReallocation,
  proposeReallocation,
  withdrawReallocation,
} from './actions.ts';
import {
  type ReallocationAnswer,
  type ReallocationDraft,
  reallocationAnswerShape,
  reallocationDraftShape,
  reallocationShape,
  transferApprovalShape,
  transferWithdrawalShape,
} from './contract.ts';
import { listMoves, listReallocations } from './queries.ts';
import { type DraftStep, type Sibling, reallocationKind } from './rules.ts';
import { reallocationRefusalWords } from './words.ts';

const reallocationAddress = z.object({ province: provinceSlug, reallocation: z.uuid() });

/** Transfers between the slices of one parent: drafted, proposed, approved by another person, withdrawn. */
export const reallocationRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/slices/:slice/reallocation-draft',
      {
        schema: {
          summary: 'Drafts a transfer between the parts of a slice by their forecasts; writes nothing',
          params: sliceAddress,
          response: { 200: reallocationDraftShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) => findDraft(house, tx, place, request.params.slice));
      },
    );

    app.post(
      '/api/provinces/:province/credit/slices/:slice/reallocations',
      {
        schema: {
          summary: 'Proposes a transfer between the parts of a slice; another person must approve it',
          params: sliceAddress,
          body: reallocationShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/slices/reallocations' };
        const order = { parentId: request.params.slice, order: request.body };
        return doAt(house, at, place, (doing) => proposeReallocation(doing, order));
      },
    );

    await app.register(proposalRoutes(house));
  };

const proposalRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/reallocations/:reallocation',
      {
        schema: {
          summary: 'A proposed transfer with its moves and what may be done with it',
          params: reallocationAddress,
          response: { 200: reallocationAnswerShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) => findReallocation(tx, place, request.params.reallocation));
      },
    );

    app.post(
      '/api/provinces/:province/credit/reallocations/:reallocation/approval',
      {
        schema: {
          summary: 'Approves a transfer under a resolution, as another person than its proposer',
          params: reallocationAddress,
          body: transferApprovalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/reallocations/approval' };
        const order = { reallocationId: request.params.reallocation, order: request.body };
        return doAt(house, at, place, (doing) => approveReallocation(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/reallocations/:reallocation/withdrawal',
      {
        schema: {
          summary: 'Withdraws a proposed transfer',
          params: reallocationAddress,
          body: transferWithdrawalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/reallocations/withdrawal' };
        const order = { reallocationId: request.params.reallocation, order: request.body };
        return doAt(house, at, place, (doing) => withdrawReallocation(doing, order));
      },
    );
  };

async function findDraft(
  house: House,
  tx: Tx,
  { provinceId, actor }: Place,
  sliceId: string,
): Promise<Result<ReallocationDraft, AnyRefusal>> {
  const drafted = await draftReallocation({ tx, clock: house.clock, provinceId, by: actor }, sliceId);
  if (!drafted.ok) return drafted;
  const { parent, siblings, draft } = drafted.value;
  const page = await findLinePage(house, tx, { provinceId, lineId: parent.lineId });
  if (!page.ok) return page;
  return ok({
    line: page.value.line,
    parentSliceId: parent.id,
    siblings: siblings.map(siblingAnswer),
    steps: draft.steps.map(stepAnswer),
    unmet: draft.unmet.toString(),
    unused: draft.unused.toString(),
  });
}

const siblingAnswer = ({ id, name, amount, available, left, floor, cap, forecast }: Sibling) => ({
  sliceId: id,
  name: partName(name),
  amount: amount.toString(),
  available: available.toString(),
  left: left.toString(),
  floor: floor.toString(),
  cap: cap === null ? null : cap.toString(),
  forecast: forecastAnswer(forecast),
});

const stepAnswer = ({ fromSliceId, toSliceId, amount, why }: DraftStep) => ({
  fromSliceId,
  toSliceId,
  amount: amount.toString(),
  why: {
    spare: why.spare.toString(),
    unspent: why.unspent.toString(),
    giverPerWeek: why.giverPerWeek.toString(),
    need: why.need.toString(),
    wanted: why.wanted.toString(),
    available: why.available.toString(),
    takerPerWeek: why.takerPerWeek.toString(),
    ends: why.ends,
  },
});

async function findReallocation(
  tx: Tx,
  { provinceId, actor }: Place,
  reallocationId: string,
): Promise<Result<ReallocationAnswer, AnyRefusal>> {
  const found = (await listReallocations(tx, { provinceId, id: reallocationId, lineId: null }))[0];
  if (found === undefined) return refused({ kind: 'ReallocationMissing', reallocationId });
  const slices = await listSlices(tx, { provinceId, lineId: found.lineId, id: null });
  const names = new Map(slices.map((slice): [string, Bilingual] => [slice.id, partName(slice)]));
  const nameOf = (id: string) => must(names.get(id), 'a slice of the line');
  const moves = await listMoves(tx, { provinceId, id: found.id });
  const own = found.proposedByPerson === actor.personId;
  return ok({
    ...proposalAnswer(found),
    moves: moves.map(({ fromSliceId, toSliceId, amount }) => ({
      fromSliceId,
      toSliceId,
      from: nameOf(fromSliceId),
      to: nameOf(toSliceId),
      amount: amount.toString(),
    })),
    choices: buttonsOf(reallocationKind, found.state, actor).map((choice) =>
      own && choice.act === 'approve_transfer' && choice.lawful
        ? {
            ...choice,
            lawful: false,
            because: reallocationRefusalWords.OwnTransfer({ kind: 'OwnTransfer', reallocationId }),
          }
        : choice,
    ),
  });
}

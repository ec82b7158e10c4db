import { placeOf } from '#platform/session.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { isoOf } from '#kernel/day.ts';
import { ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { languageOf, problemResponses } from '#platform/problem.ts';
import { sheetMedia } from '#platform/sheet.ts';
import { readUpload } from '#platform/upload.ts';
import { buttonsOf, doAt, doneShape, lineAddress, readAt } from '../line/routes.ts';
import { listLines } from '../queries.ts';
import { openingErrorSheet, openingTemplate, readOpening } from '../sheet/routes.ts';
import {
  approveOpening,
  approveTakeback,
  factsOf,
  leavesOf,
  proposeOpening,
  proposeTakeback,
  withdrawOpening,
  withdrawTakeback,
} from './actions.ts';
import {
  type OpeningAnswer,
  type SheetAnswer,
  openingAnswerShape,
  openingApprovalShape,
  openingFormShape,
  openingProposalShape,
  openingReasonShape,
  sheetAnswerShape,
} from './contract.ts';
import {
  type OpeningPage,
  type TakebackRow,
  findTakeback,
  listOpeningRows,
  listOpenings,
} from './queries.ts';
import { judgeOpening, openingKind } from './rules.ts';
import { openingRefusalWords, wordsOfReason } from './words.ts';

const openingAddress = z.object({ province: provinceSlug, opening: z.uuid() });

/** What banks had paid of a line before the beginning: read, brought, proposed, approved, taken back. */
export const openingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(house));
    await app.register(sheetRoutes(house));
    await app.register(proposalRoutes(house));
    await app.register(takebackRoutes(house));
  };

const readingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines/:line/openings',
      {
        schema: {
          summary: 'The openings of a line, and what its undivided slices have left for one',
          params: lineAddress,
          response: { 200: openingFormShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { provinceId } = place;
        const { line: lineId } = request.params;
        return readAt(house, reply, place, async (tx) => {
          const leaves = await seenLeaves(tx, provinceId, lineId);
          if (!leaves.ok) return leaves;
          return ok({
            leaves: leaves.value.map(({ id: sliceId, shares, ...leaf }) => ({
              ...leaf,
              sliceId,
              shares: [...shares].map(([share, left]) => ({ share, available: left.toString() })),
            })),
            openings: (await listOpenings(tx, { provinceId, id: null, lineId })).map(headOf),
          });
        });
      },
    );

    app.get(
      '/api/provinces/:province/credit/openings/:opening',
      {
        schema: {
          summary: 'An opening with its rows, its source, and who proposed and approved it',
          params: openingAddress,
          response: { 200: openingAnswerShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { provinceId, ...place } = await placeOf(request, request.params.province);
        const asked = { provinceId, id: request.params.opening };
        return readAt(house, reply, { provinceId, ...place }, async (tx) => {
          const found = (await listOpenings(tx, { ...asked, lineId: null }))[0];
          if (found === undefined) return refused({ kind: 'OpeningMissing', openingId: asked.id });
          const rows = await listOpeningRows(tx, asked);
          const takeback = await findTakeback(tx, asked);
          return ok({
            ...headOf(found),
            jobs: rows.reduce((sum, { jobs }) => sum + jobs, 0),
            rows: rows.map((row) => ({ ...row, amount: row.amount.toString() })),
            takeback: takeback ?? null,
            choices: choicesOf(found, takeback, place.actor),
          });
        });
      },
    );
  };

const sheetRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines/:line/opening-template',
      {
        schema: {
          summary: 'The sheet to fill in: a row for each share of each undivided slice of a line',
          params: lineAddress,
          querystring: z.object({
            format: z.enum(['xlsx', 'csv']).default('xlsx'),
            language: z.enum(['fa', 'en']).optional(),
          }),
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { line } = request.params;
        const leaves = await readAt(house, reply, place, (tx) => seenLeaves(tx, place.provinceId, line));
        const { format, language = languageOf(request) } = request.query;
        void reply
          .type(sheetMedia[format])
          .header('content-disposition', `attachment; filename="opening.${format}"`);
        return reply.send(await openingTemplate(leaves, { format, language }));
      },
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/opening-sheet',
      {
        schema: {
          summary: 'Reads a filled-in sheet and judges every row of it; records nothing',
          params: lineAddress,
          response: { 200: sheetAnswerShape, ...problemResponses },
        },
      },
      (request, reply) => judgedOf(house, request, reply, request.params),
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/opening-sheet/errors',
      {
        schema: {
          summary: 'The wrong rows of a filled-in sheet with their reasons, to mend and send again',
          params: lineAddress,
        },
      },
      async (request, reply) => {
        const { rows } = await judgedOf(house, request, reply, request.params);
        const wrong = rows.filter(({ faults }) => faults.length > 0);
        void reply
          .type(sheetMedia.xlsx)
          .header('content-disposition', 'attachment; filename="opening-errors.xlsx"');
        return reply.send(await openingErrorSheet(wrong, languageOf(request)));
      },
    );
  };

/** The rows of the sheet that was sent, each with what is wrong with it. */
async function judgedOf(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: z.infer<typeof lineAddress>,
): Promise<SheetAnswer> {
  const place = await placeOf(request, asked.province);
  const leaves = await readAt(house, reply, place, (tx) => seenLeaves(tx, place.provinceId, asked.line));
  const upload = await readUpload(request, { accepts: ['xlsx', 'csv'] });
  const read = await readOpening(upload.bytes, leaves);
  const judged = judgeOpening(read, factsOf(leaves));
  return {
    rows: read.map((row, at) => {
      const reason = judged[at]?.reason ?? null;
      const faults = reason === null || reason.kind === 'CellsUnread' ? [] : [wordsOfReason(reason)];
      return { ...row, amount: row.amount?.toString() ?? null, faults: [...row.faults, ...faults] };
    }),
  };
}

/** The undivided slices of a line within the reader's scope. */
async function seenLeaves(tx: Tx, provinceId: number, lineId: string) {
  const line = (await listLines(tx, { provinceId, id: lineId }))[0];
  return line === undefined
    ? refused({ kind: 'LineMissing', lineId } as const)
    : ok(await leavesOf({ tx, provinceId }, lineId));
}

const proposalRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/credit/lines/:line/openings',
      {
        schema: {
          summary:
            'Proposes what banks had paid of a line before the beginning; another person must approve it',
          params: lineAddress,
          body: openingProposalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines/openings' };
        const order = { lineId: request.params.line, order: request.body };
        return doAt(house, at, place, (doing) => proposeOpening(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/openings/:opening/approval',
      {
        schema: {
          summary:
            'Approves an opening under a resolution, as another person than its proposer, and posts it',
          params: openingAddress,
          body: openingApprovalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/openings/approval' };
        const order = { openingId: request.params.opening, order: request.body };
        return doAt(house, at, place, (doing) => approveOpening(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/openings/:opening/withdrawal',
      {
        schema: {
          summary: 'Withdraws a proposed opening',
          params: openingAddress,
          body: openingReasonShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/openings/withdrawal' };
        const order = { openingId: request.params.opening, order: request.body };
        return doAt(house, at, place, (doing) => withdrawOpening(doing, order));
      },
    );
  };

const takebackRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/credit/openings/:opening/takeback',
      {
        schema: {
          summary:
            'Proposes to take a mistaken opening back, with the reason; another person must approve it',
          params: openingAddress,
          body: openingReasonShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/openings/takeback' };
        const order = { openingId: request.params.opening, order: request.body };
        return doAt(house, at, place, (doing) => proposeTakeback(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/openings/:opening/takeback/approval',
      {
        schema: {
          summary: 'Takes an opening back, as another person than who proposed that: all of it is reversed',
          params: openingAddress,
          body: openingApprovalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/openings/takeback/approval' };
        const order = { openingId: request.params.opening, order: request.body };
        return doAt(house, at, place, (doing) => approveTakeback(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/openings/:opening/takeback/withdrawal',
      {
        schema: {
          summary: 'Withdraws the proposal to take an opening back; the opening stands',
          params: openingAddress,
          body: openingReasonShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/openings/takeback/withdrawal' };
        const order = { openingId: request.params.opening, order: request.body };
        return doAt(house, at, place, (doing) => withdrawTakeback(doing, order));
      },
    );
  };

function headOf(found: OpeningPage) {
  return {
    ...found,
    paidUntil: isoOf(found.paidUntil),
    sourceDay: isoOf(found.sourceDay),
    statedSum: found.statedSum.toString(),
    proposedOn: isoOf(found.proposedOn),
    resolutionDay: found.resolutionDay === null ? null : isoOf(found.resolutionDay),
  };
}

/** The buttons; who proposed does not approve. */
function choicesOf(
  found: OpeningPage,
  takeback: TakebackRow | undefined,
  actor: Actor,
): OpeningAnswer['choices'] {
  const own = new Map([
    ['approve_opening', { by: found.proposedByPerson, kind: 'OwnOpening' as const }],
    ['approve_takeback', { by: takeback?.proposedByPerson, kind: 'OwnTakeback' as const }],
  ]);
  return buttonsOf(openingKind, found.state, actor).map((choice) => {
    const barred = own.get(choice.act);
    if (barred?.by !== actor.personId || !choice.lawful) return choice;
    const because =
      barred.kind === 'OwnOpening'
        ? openingRefusalWords.OwnOpening({ kind: 'OwnOpening', openingId: found.id })
        : openingRefusalWords.OwnTakeback({ kind: 'OwnTakeback', openingId: found.id });
    return { ...choice, lawful: false, because };
  });
}

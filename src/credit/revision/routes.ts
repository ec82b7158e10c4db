import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { ok, refused } from '#kernel/result.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { buttonsOf, doAt, doneShape, lineAddress, readAt } from '../line/routes.ts';
import { listLines } from '../queries.ts';
import { lineKind } from '../rules.ts';
import { closeLine, cutLine, extendLine } from './actions.ts';
import { type Version, closingShape, cutShape, extensionShape, historyShape } from './contract.ts';
import { type LetterRow, listPaidByDay, listVersions } from './queries.ts';
import { type Since, paidByYear, versionsOf } from './rules.ts';

/** The life of a line after its notification: its later letters, and what each of them led to. */
export const revisionRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines/:line/history',
      {
        schema: {
          summary:
            'The versions of a credit line, what was paid of it in which year, and what can be done with it',
          params: lineAddress,
          response: { 200: historyShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { line: lineId } = request.params;
        return readAt(house, reply, place, async (tx) => {
          const [line] = await listLines(tx, { provinceId: place.provinceId, id: lineId });
          if (line === undefined) return refused({ kind: 'LineMissing', lineId });
          const letters = await listVersions(tx, { provinceId: place.provinceId, lineId: line.id });
          const paid = await listPaidByDay(tx, { provinceId: place.provinceId, lineId: line.id });
          return ok({
            versions: versionsOf(letters, line.deadline).map(versionOf),
            paidByYear: paidByYear(paid).map(({ year, amount }) => ({ year, amount: amount.toString() })),
            choices: buttonsOf(lineKind, line.state, place.actor),
          });
        });
      },
    );
    await app.register(writingRoutes(house));
  };

const versionOf = (letter: LetterRow & { readonly since: Since }, index: number): Version => ({
  id: letter.id,
  number: index + 1,
  act: letter.act,
  letterNumber: letter.letterNumber,
  letterDay: isoOf(letter.letterDay),
  recordedOn: isoOf(dayOfInstant(letter.recordedAt.getTime())),
  byName: letter.byName,
  reason: letter.reason,
  amount: letter.amount?.toString() ?? null,
  locked: letter.locked?.toString() ?? null,
  allocated: letter.since.allocated.toString(),
  handedBack: letter.since.handedBack.toString(),
  deadline: isoOf(letter.since.deadline),
});

const writingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const response = { 201: doneShape, ...problemResponses };
    app.post(
      '/api/provinces/:province/credit/lines/:line/extension',
      {
        schema: {
          summary: 'Records the letter that puts the deadline of a line off',
          params: lineAddress,
          body: extensionShape,
          response,
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines/extension' };
        const order = { lineId: request.params.line, order: request.body };
        return doAt(house, at, place, (doing) => extendLine(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/cut',
      {
        schema: {
          summary: 'Records the letter that takes a part of a line back',
          params: lineAddress,
          body: cutShape,
          response,
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines/cut' };
        const order = { lineId: request.params.line, order: request.body };
        return doAt(house, at, place, (doing) => cutLine(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/closing',
      {
        schema: {
          summary: 'Closes a line and hands back what was awarded to nobody',
          params: lineAddress,
          body: closingShape,
          response,
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines/closing' };
        const order = { lineId: request.params.line, order: request.body };
        return doAt(house, at, place, (doing) => closeLine(doing, order));
      },
    );
  };

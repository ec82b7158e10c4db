import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { ok, refused } from '#kernel/result.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { ledgerRefusalWords } from '#ledger/words.ts';
import { provinceSlug } from '#place/contract.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { type Award, type Choice, awardShape } from '../contract.ts';
import { buttonsOf, doAt, doneShape, readAt, sliceAddress } from '../line/routes.ts';
import { awardKind, decidePayment, isOwnReport } from '../rules.ts';
import { wordsOf } from '../words.ts';
import { isSliceSeen } from '../queries.ts';
import { isCorrection } from '../correction/rules.ts';
import { actOnAward, reserveAward } from './actions.ts';
import { awardActShape, newAwardShape } from './contract.ts';
import { type AwardPage, listAwards } from './queries.ts';
import { leftOf } from './rules.ts';

const awardAddress = z.object({ province: provinceSlug, award: z.uuid() });

/** Awards of a slice, and every act on one of them. */
export const awardRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/slices/:slice/awards',
      {
        schema: {
          summary: 'The awards drawn from a slice, the newest first',
          params: sliceAddress,
          querystring: pageQuery,
          response: { 200: pageShape(awardShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { limit, cursor } = request.query;
        const [before] = decodeCursor(cursor, [sortValue.id]) ?? [null];
        return readAt(house, reply, place, async (tx) => {
          const asked = { provinceId: place.provinceId, id: null, sliceId: request.params.slice, before };
          const rows = await listAwards(tx, { ...asked, limit: limit + 1 });
          if (rows.length === 0 && !(await isSliceSeen(tx, { ...place, id: asked.sliceId })))
            return refused({ kind: 'SliceMissing', sliceId: asked.sliceId });
          return ok(
            pageOf(rows, limit, {
              item: (row) => awardOf(row, place.actor, house.clock.now()),
              position: (row) => [row.id],
            }),
          );
        });
      },
    );

    app.post(
      '/api/provinces/:province/credit/slices/:slice/awards',
      {
        schema: {
          summary: 'Reserves credit of a slice for a beneficiary',
          params: sliceAddress,
          body: newAwardShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/slices/awards' };
        const order = { sliceId: request.params.slice, order: request.body };
        return doAt(house, at, place, (doing) => reserveAward(doing, order));
      },
    );

    await app.register(oneAwardRoutes(house));
  };

const oneAwardRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/awards/:award',
      {
        schema: {
          summary: 'An award, what is paid of it and what can be done with it',
          params: awardAddress,
          response: { 200: awardShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { award: awardId } = request.params;
        return readAt(house, reply, place, async (tx) => {
          const asked = { provinceId: place.provinceId, id: awardId, sliceId: null, before: null, limit: 1 };
          const found = (await listAwards(tx, asked))[0];
          return found === undefined
            ? refused({ kind: 'AwardMissing', awardId })
            : ok(awardOf(found, place.actor, house.clock.now()));
        });
      },
    );

    app.post(
      '/api/provinces/:province/credit/awards/:award/acts',
      {
        schema: {
          summary: 'Refers, contracts, reports, confirms or releases an award',
          params: awardAddress,
          body: awardActShape,
          response: { 201: z.object({ id: z.uuid(), state: z.string() }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/awards/acts' };
        const order = { awardId: request.params.award, order: request.body };
        return doAt(house, at, place, (doing) => actOnAward(doing, order));
      },
    );
  };

type Seen = { readonly actor: Actor; readonly now: Date };

/** A button that the table lets through may still not fit the report that stands, or miss one. */
function fitting(choice: Choice, row: AwardPage, { actor, now }: Seen): Choice {
  const act = awardActShape.shape.act.safeParse(choice.act);
  if (!choice.lawful || !act.success) return choice;
  const { reportId, reportEndsAt } = row;
  // The ledger refuses it whether the clock has come round to it or not.
  if (act.data.startsWith('confirm') && reportId !== null && reportEndsAt !== null && reportEndsAt <= now) {
    const expiredAt = reportEndsAt.toISOString();
    const late = { kind: 'PendingExpired', transferId: reportId, expiredAt } as const;
    return { ...choice, lawful: false, because: ledgerRefusalWords.PendingExpired(late) };
  }
  if (isOwnReport(act.data, row, actor.personId))
    return { ...choice, lawful: false, because: wordsOf({ kind: 'OwnReport', awardId: row.id }) };
  // The sum of a report is typed after the button, so any that is left will do for asking.
  const amount = act.data === 'report_payment' ? leftOf(row) : null;
  const decision = decidePayment(act.data, row, amount, row.id);
  if (decision.ok) return choice;
  return { ...choice, lawful: false, because: wordsOf(decision.refusal) };
}

/** The last whole day before an instant at which a day begins. */
const lastDayBefore = (end: Date): string => isoOf(dayOfInstant(end.getTime() - 1));

const awardOf = (award: AwardPage, actor: Actor, now: Date): Award => {
  const { reportEndsAt, reportedByPerson: _reporter, listedByPerson: _lister, ...row } = award;
  return {
    ...row,
    reportedUntil: reportEndsAt === null ? null : lastDayBefore(reportEndsAt),
    amount: row.amount.toString(),
    released: row.released.toString(),
    paid: row.paid.toString(),
    reported: row.reported?.toString() ?? '0',
    choices: buttonsOf(awardKind, row.state, actor)
      .filter((choice) => !isCorrection(choice.act))
      .map((choice) => fitting(choice, award, { actor, now })),
  };
};

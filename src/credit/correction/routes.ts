import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { isoOf } from '#kernel/day.ts';
import { byKind, must, ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { type AwardPage, listAwards } from '../award/queries.ts';
import type { Choice } from '../contract.ts';
import { buttonsOf, doAt, readAt, refusalWords } from '../line/routes.ts';
import { awardKind } from '../rules.ts';
import { approveCorrection, proposeCorrection } from './actions.ts';
import {
  type CorrectionAnswer,
  type CorrectionsAnswer,
  correctionApprovalShape,
  correctionShape,
  correctionsShape,
} from './contract.ts';
import { type CorrectionRow, type PaymentRow, listCorrections, listPayments } from './queries.ts';
import { decideApproval } from './rules.ts';

const address = { province: provinceSlug, award: z.uuid() };
const awardAddress = z.object(address);
const correctionAddress = z.object({ ...address, correction: z.uuid() });
const actedShape = z.object({ id: z.uuid(), state: z.string() });

/** The confirmed payments of an award and their corrections: read, proposed, confirmed by another person. */
export const correctionRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/awards/:award/corrections',
      {
        schema: {
          summary: 'The confirmed payments of an award, and what was proposed and done to correct them',
          params: awardAddress,
          response: { 200: correctionsShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { provinceId, actor } = place;
        const { award: id } = request.params;
        return readAt(house, reply, place, async (tx) => {
          const asked = { provinceId, id, sliceId: null, before: null, limit: 1 };
          const [award] = await listAwards(tx, asked);
          if (award === undefined) return refused({ kind: 'AwardMissing', awardId: id });
          const payments = await listPayments(tx, { provinceId, awardId: award.id });
          const corrections = await listCorrections(tx, { provinceId, awardId: award.id });
          return ok(answerOf({ award, payments, corrections, actor }));
        });
      },
    );

    app.post(
      '/api/provinces/:province/credit/awards/:award/corrections',
      {
        schema: {
          summary: 'Proposes to correct a confirmed payment, with its reason; another person must confirm it',
          params: awardAddress,
          body: correctionShape,
          response: { 201: actedShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/awards/corrections' };
        const order = { awardId: request.params.award, order: request.body };
        return doAt(house, at, place, (doing) => proposeCorrection(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/awards/:award/corrections/:correction/approval',
      {
        schema: {
          summary:
            'Confirms a correction as another person: reverses the payment and pays what of it is right',
          params: correctionAddress,
          body: correctionApprovalShape,
          response: { 201: actedShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/awards/corrections/approval' };
        const { award: awardId, correction: correctionId } = request.params;
        const order = { awardId, correctionId, order: request.body };
        return doAt(house, at, place, (doing) => approveCorrection(doing, order));
      },
    );
  };

type Found = {
  readonly award: AwardPage;
  readonly payments: readonly PaymentRow[];
  readonly corrections: readonly CorrectionRow[];
  readonly actor: Actor;
};

function answerOf({ award, payments, corrections, actor }: Found): CorrectionsAnswer {
  const buttons = buttonsOf(awardKind, award.state, actor);
  const button = (act: string): Choice =>
    must(
      buttons.find((choice) => choice.act === act),
      act,
    );
  const newestId = corrections[0]?.id ?? '';
  return {
    version: award.version,
    payments: payments.map(({ id, amount, happenedOn, stands }) => ({
      id,
      amount: amount.toString(),
      happenedOn: isoOf(happenedOn),
      stands,
    })),
    corrections: corrections.map((row) => correctionOf(row, newestId, button('correct_in_part'), actor)),
    propose: button('propose_correction'),
  };
}

function correctionOf(
  row: CorrectionRow,
  newestId: string,
  approve: Choice,
  { personId }: Actor,
): CorrectionAnswer {
  const decided = decideApproval({ correction: row, newestId, personId });
  return {
    id: row.id,
    paymentId: row.paymentId,
    paid: row.paid.toString(),
    amount: row.amount.toString(),
    reason: row.reason,
    proposedAt: row.proposedAt.toISOString(),
    state: row.approvalId !== null ? 'approved' : row.id === newestId ? 'proposed' : 'superseded',
    approve:
      approve.lawful && !decided.ok
        ? { ...approve, lawful: false, because: byKind(decided.refusal, refusalWords) }
        : approve,
  };
}

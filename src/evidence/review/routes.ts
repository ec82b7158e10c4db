import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '#kernel/actor.ts';
import { type Day, dayFromIso, dayOfInstant, isoOf } from '#kernel/day.ts';
import { provinceSlug } from '#place/contract.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { sendPdf } from '#platform/pdf.ts';
import { answer, languageOf, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { type Catalogue, checkStatement } from '../actions.ts';
import { evidenceRefusalStatus, statementShape } from '../contract.ts';
import { listProvinces } from '../queries.ts';
import { findingOf, mayCheck, provinceOf } from '../statement/routes.ts';
import { evidenceRefusalWords } from '../words.ts';
import { rememberedOf, reviewVerdict, sealInForce } from './actions.ts';
import {
  type ReviewedFinding,
  reviewOrderShape,
  reviewRefusalStatus,
  reviewedCheckShape,
} from './contract.ts';
import { annotatedText } from './public.ts';
import { reviewRefusalWords } from './words.ts';

/** Who answers for what the directorate says. */
const mayReview = ['director', 'deputy', 'editor'] as const satisfies readonly Role[];

const statuses = { ...reviewRefusalStatus, ...evidenceRefusalStatus };
const words = { ...reviewRefusalWords, ...evidenceRefusalWords };
const provinceAddress = z.object({ province: provinceSlug });

/** The check of a statement with what persons decided before, their decisions, and both as a PDF. */
export const reviewRoutes =
  (house: House, catalogue: Catalogue): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = house;
    app.post(
      '/api/provinces/:province/statement-check',
      {
        preHandler: requireActor(...mayCheck),
        schema: {
          summary: 'Checks every figure of a statement against the records; stores nothing',
          params: provinceAddress,
          body: statementShape,
          response: { 200: reviewedCheckShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const provinceId = await provinceOf(house, reply, request.params.province);
        const today = dayOfInstant(clock.now().getTime());
        const asked = { catalogue, provinceId, statement: request.body, today };
        return { figures: await read(db, scopeIn(actor, provinceId), (tx) => checked({ tx, ...asked })) };
      },
    );

    app.post(
      '/api/provinces/:province/statement-check/pdf',
      {
        preHandler: requireActor(...mayCheck),
        schema: {
          summary: 'The checked statement with its notes in the margin, as a PDF; stores nothing',
          params: provinceAddress,
          body: statementShape,
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const provinceId = await provinceOf(house, reply, request.params.province);
        const language = languageOf(request);
        const on = dayOfInstant(clock.now().getTime());
        const asked = { catalogue, provinceId, statement: request.body, today: on };
        const annotated = await read(db, scopeIn(actor, provinceId), async (tx) => ({
          figures: await checked({ tx, ...asked }),
          seal: await sealInForce(tx, provinceId),
          place: (await listProvinces(tx)).find((one) => one.provinceId === provinceId)?.name ?? '',
        }));
        const today = isoOf(on);
        void reply.header('content-disposition', 'attachment; filename="statement.pdf"');
        return sendPdf(reply, annotatedText({ ...annotated, statement: request.body, language, today }));
      },
    );

    app.post(
      '/api/provinces/:province/statement-reviews',
      {
        preHandler: requireActor(...mayReview),
        schema: {
          summary: 'Keeps what a person decided about the verdict of a figure; the text itself is not kept',
          params: provinceAddress,
          body: reviewOrderShape,
          response: { 201: z.object({ id: z.uuid() }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const provinceId = await provinceOf(house, reply, request.params.province);
        const asked = { scope: scopeIn(by, provinceId), route: 'POST evidence/reviews', body: request.body };
        const result = await command(house, request, asked, (tx) =>
          reviewVerdict({ tx, clock, catalogue, provinceId, by }, request.body),
        );
        return answer(reply, result, statuses, words, 201);
      },
    );
  };

type Statement = z.infer<typeof statementShape>;
type Checking = Parameters<typeof rememberedOf>[0] & {
  readonly statement: Statement;
  readonly today: Day;
};

async function checked({
  tx,
  catalogue,
  provinceId,
  statement,
  today,
}: Checking): Promise<ReviewedFinding[]> {
  const { text } = statement;
  const published = statement.published === null ? null : dayFromIso(statement.published);
  const told = await checkStatement(tx, catalogue, { text, provinceId, published, today });
  const remembered = await rememberedOf({ tx, catalogue, provinceId }, { text, told });
  return told.map((one, at) => ({ ...findingOf(one), reviews: remembered[at] ?? [] }));
}

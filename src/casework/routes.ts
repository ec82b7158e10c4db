import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isoOf } from '#kernel/day.ts';
import { id, isId } from '#kernel/id.ts';
import type { Id } from '#kernel/id.ts';
import { ok, refused } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import { read } from '#platform/db.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { ProblemError, answer, problemResponses } from '#platform/problem.ts';
import { actingOf, actorOf } from '#platform/session.ts';
import { type CaseDesk, kindsFor } from './act/actions.ts';
import { actRoutes } from './act/routes.ts';
import { appointmentRoutes } from './appointment/routes.ts';
import { caseRefusalStatus, timelineShape } from './contract.ts';
import type { Act, CaseRefusal } from './contract.ts';
import { inboxRoutes, type SeekPersons } from './inbox/routes.ts';
import { messageRoutes } from './message/routes.ts';
import { noteRoutes } from './note/routes.ts';
import { findCase, findNames, listActs } from './queries.ts';
import { ownRoutes } from './own/routes.ts';
import { counterRoutes } from './counter/routes.ts';
import { receiptRoutes } from './receipt/routes.ts';
import { statusRoutes } from './status/routes.ts';
import type { CaseId } from './queries.ts';
import { caseworkRefusalWords } from './words.ts';

const caseAddress = z.object({
  province: z.coerce.number().int().min(0).max(99).meta({
    fa: 'کد استان',
    en: 'Province code',
    description: 'Number of the province, e.g. 30; /api/provinces lists them',
  }),
  id: z.uuid().refine(isId).meta({ fa: 'شناسهٔ پرونده', en: 'Case id' }),
});

/** The only refusal of a reading is a missing case, which names no state, act or role. */
const words = caseworkRefusalWords({ states: {}, acts: {}, roles: {} });

/**
 * The inbox, the page of any case, and its acts. What more than a step of a case is done in, its transfers, is a
 * route of the room whose case it is.
 */
export const caseworkRoutes =
  (house: House, desks: readonly CaseDesk[], seek: SeekPersons): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('preHandler', keepToKinds(house, desks));
    await app.register(inboxRoutes(house, desks, seek));
    await app.register(ownRoutes(house, desks));
    await app.register(actRoutes(house, desks));
    await app.register(receiptRoutes(house, desks));
    await app.register(noteRoutes(house));
    await app.register(appointmentRoutes(house, desks));
    await app.register(messageRoutes(house));
    await app.register(statusRoutes(house, desks));
    await app.register(counterRoutes(house, desks));
    await app.register(timelineRoutes(house));
  };

/** A case that is none of the reader's kinds is not there for them. */
const keepToKinds =
  ({ db }: House, desks: readonly CaseDesk[]) =>
  async (request: FastifyRequest): Promise<void> => {
    const asked = caseAddress.safeParse(request.params);
    const actor = await actorOf(request);
    const kinds = actor === null ? null : kindsFor(desks, actor.role);
    if (!asked.success || actor === null || kinds === null) return;
    const at = { provinceId: asked.data.province, caseId: id(asked.data.id) };
    const file = await read(db, actor.scope, (tx) => findCase(tx, at));
    if (file === undefined || kinds.includes(file.file.kind)) return;
    const refusal = { kind: 'CaseMissing', caseId: at.caseId } as const;
    throw new ProblemError({ status: 404, kind: refusal.kind, words: words.CaseMissing(refusal) });
  };

const timelineRoutes =
  ({ db }: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/cases/:id/acts',
      {
        schema: {
          summary: 'The acts of a case in their order',
          params: caseAddress,
          response: { 200: timelineShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { scope } = await actingOf(request);
        const asked = { provinceId: request.params.province, caseId: id(request.params.id) };
        const found = await read(db, scope, (tx) => findTimeline(tx, asked));
        return answer(reply, found, caseRefusalStatus, words);
      },
    );
  };

type Timeline = z.input<typeof timelineShape>;

async function findTimeline(tx: Tx, asked: CaseId): Promise<Result<Timeline, CaseRefusal>> {
  const acts = await listActs(tx, asked);
  if (acts.length === 0) return refused({ kind: 'CaseMissing', caseId: asked.caseId });
  const names = await findNames(
    tx,
    acts.map(({ by }) => by.userId),
  );
  return ok({ acts: acts.map((done) => onTheWire(done, names)) });
}

const onTheWire = (done: Act, names: ReadonlyMap<Id, string>): Timeline['acts'][number] => ({
  id: done.id,
  seq: done.seq,
  act: done.act,
  fromState: done.fromState,
  toState: done.toState,
  byRole: done.by.role,
  byName: names.get(done.by.userId) ?? null,
  happenedOn: isoOf(done.happenedOn),
  at: done.recordedAt.toISOString(),
  facts: { ...done.facts },
  reason: done.reason,
});

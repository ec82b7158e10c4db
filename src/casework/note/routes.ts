import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { id, isId } from '#kernel/id.ts';
import { ok } from '#kernel/result.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { addNote, eraseNote } from './actions.ts';
import { newNoteShape, noteErasureShape, noteRefusalStatus } from './contract.ts';
import { noteRefusalWords } from './words.ts';

const province = z.coerce.number().int().min(-1).max(99).meta({
  fa: 'کد استان',
  en: 'Province code',
  description: 'Number of the province, e.g. 30; /api/provinces lists them',
});
const caseAddress = z.object({ province, id: z.uuid().refine(isId).meta({ fa: 'پرونده', en: 'Case' }) });
const noteAddress = caseAddress.extend({ note: z.uuid().meta({ fa: 'یادداشت', en: 'Note' }) });
const doneShape = z.object({ id: z.uuid() });

/** Who writes notes: officers, and nobody whom a case is about. */
const officers = ['director', 'deputy', 'county_office', 'agency', 'bank'] as const;

export const noteRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/cases/:id/notes',
      {
        preHandler: requireActor(...officers),
        schema: {
          summary: 'Adds a note to a case, for officers only',
          params: caseAddress,
          body: newNoteShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(by, params.province), route: 'POST cases/notes', body };
        const at = { provinceId: params.province, caseId: id(params.id) };
        const done = await command(house, request, asked, async (tx) => {
          const added = await addNote({ tx, by, clock: house.clock }, at, body);
          return added.ok ? ok({ id: body.id }) : added;
        });
        return answer(reply, done, noteRefusalStatus, noteRefusalWords, 201);
      },
    );

    app.post(
      '/api/provinces/:province/cases/:id/notes/:note/erasure',
      {
        preHandler: requireActor('director'),
        schema: {
          summary: 'Erases what a note says, under the letter that orders it',
          params: noteAddress,
          body: noteErasureShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(by, params.province), route: 'POST cases/notes/erasure', body };
        const at = { provinceId: params.province, noteId: params.note };
        const done = await command(house, request, asked, async (tx) => {
          const erased = await eraseNote({ tx, by, clock: house.clock }, at, body.letterNumber);
          return erased.ok ? ok({ id: params.note }) : erased;
        });
        return answer(reply, done, noteRefusalStatus, noteRefusalWords, 201);
      },
    );
  };

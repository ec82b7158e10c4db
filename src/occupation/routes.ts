import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ActorScope } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { assert, ok, refused, type Result } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery } from '#platform/cursor.ts';
import { noScope, read, type Database } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor } from '#platform/session.ts';
import { ownSource, placeRefusalStatus, type PlaceRefusal } from '#place/contract.ts';
import { placeRefusalWords, sayNotes } from '#place/words.ts';
import { decideLoanOpening } from './actions.ts';
import {
  categoryList,
  categoryQuery,
  loanOpening,
  loanOpeningForm,
  occupationFilter,
  occupationPage,
  occupationRefusalStatus,
  type Category,
  type Occupation,
  type OccupationRefusal,
} from './contract.ts';
import {
  findProvinceId,
  listCategories,
  listOccupations,
  listOpenings,
  type CategoryRow,
  type OccupationRow,
  type OpeningRow,
} from './queries.ts';
import { searchWords } from './rules.ts';
import { basisWords, occupationNoteWords, occupationRefusalWords, titleKindWords } from './words.ts';

/** The catalogue is public; what a province opened or closed is read under the reader's scope (L9). */
export const occupationRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { db, clock } = house;
    app.get(
      '/api/categories',
      {
        schema: {
          summary: 'The categories; with a province and a budget year also what is open for loans there',
          querystring: categoryQuery,
          response: { 200: categoryList, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, budgetYear, on } = request.query;
        if (province === undefined || budgetYear === undefined) {
          return { categories: (await read(db, noScope, listCategories)).map((row) => categoryOf(row)) };
        }
        const { scope } = await actingOf(request);
        const day = on === undefined ? dayOfInstant(clock.now().getTime()) : dayFromIso(on);
        const found = await findOpenCategories(db, scope, { province, budgetYear, on: day });
        return answer(reply, found, placeRefusalStatus, placeRefusalWords);
      },
    );

    app.post(
      '/api/loan-openings',
      {
        preHandler: requireActor('director', 'deputy'),
        schema: {
          summary: 'Opens or closes a category for loans in the province of who asks, from a day on',
          body: loanOpeningForm,
          response: { 201: loanOpening, ...problemResponses },
        },
      },
      async (request, reply) => {
        const decided = await decideOnce(house, request, request.body);
        return answer(reply, decided, occupationRefusalStatus, occupationRefusalWords, 201);
      },
    );

    app.get(
      '/api/occupations',
      {
        schema: {
          summary: 'The occupations by title, in Persian or English',
          querystring: pageQuery.extend(occupationFilter.shape),
          response: { 200: occupationPage, ...problemResponses },
        },
      },
      async ({ query }) => findOccupations(db, query),
    );
  };

type LoanOpening = z.infer<typeof loanOpening>;

async function decideOnce(
  house: House,
  request: FastifyRequest,
  form: z.infer<typeof loanOpeningForm>,
): Promise<Result<LoanOpening, OccupationRefusal>> {
  const { scope } = await actingOf(request);
  const asked = { scope, route: 'POST /api/loan-openings', body: form };
  return command(house, request, asked, async (tx) => {
    assert(scope.province !== 'all', 'a command is done in one province');
    const recordedAt = house.clock.now();
    const order = {
      ...form,
      loanOpeningId: newId(recordedAt.getTime()),
      provinceId: scope.province,
      inForceFrom: dayFromIso(form.inForceFrom),
      sourceKey: ownSource,
      recordedAt,
    };
    const decided = await decideLoanOpening(tx, order);
    return decided.ok ? ok({ ...form, sourceKey: ownSource }) : decided;
  });
}

type OpenAsked = { readonly province: string; readonly budgetYear: number; readonly on: Day };

function findOpenCategories(
  db: Database,
  scope: ActorScope,
  asked: OpenAsked,
): Promise<Result<{ categories: Category[] }, PlaceRefusal>> {
  return read(db, scope, async (tx) => {
    const provinceId = await findProvinceId(tx, asked.province);
    if (provinceId === undefined) return refused({ kind: 'ProvinceUnknown', slug: asked.province });
    // The second fence: outside the reader's province nothing is asked, and the list says nothing of it.
    const visible = scope.province === 'all' || scope.province === provinceId;
    const openings = visible ? await listOpenings(tx, { ...asked, provinceId }) : [];
    const byCategory = new Map(openings.map((opening) => [opening.categoryKey, opening]));
    const rows = await listCategories(tx);
    return ok({ categories: rows.map((row) => categoryOf(row, byCategory.get(row.categoryKey))) });
  });
}

type OccupationsQuery = z.infer<typeof occupationFilter> & {
  readonly cursor?: string | undefined;
  readonly limit: number;
};

async function findOccupations(
  db: Database,
  { search, category, cursor, limit }: OccupationsQuery,
): Promise<z.infer<typeof occupationPage>> {
  const asked = {
    words: searchWords(search ?? ''),
    categoryKey: category ?? null,
    after: decodeCursor(cursor, 1)?.[0] ?? '',
    limit: limit + 1,
  };
  const rows = await read(db, noScope, (tx) => listOccupations(tx, asked));
  return pageOf(rows, limit, {
    item: occupationOf,
    position: ({ titleFa }) => [titleFa],
  });
}

function categoryOf({ note, ...row }: CategoryRow, opening?: OpeningRow): Category {
  return {
    ...row,
    agencyBasisName: row.agencyBasis === null ? null : basisWords[row.agencyBasis],
    notes: sayNotes(occupationNoteWords, note),
    loanOpening: opening
      ? {
          open: opening.open,
          inForceFrom: isoOf(opening.inForceFrom),
          reasonFa: opening.reasonFa,
          sourceKey: opening.sourceKey,
        }
      : null,
  };
}

function occupationOf({ note, ...row }: OccupationRow): Occupation {
  return {
    ...row,
    titleKindName: titleKindWords[row.titleKind],
    notes: sayNotes(occupationNoteWords, note),
  };
}

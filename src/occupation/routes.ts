import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ActorScope } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery } from '#platform/cursor.ts';
import { noScope, read, type Database } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf } from '#platform/session.ts';
import { placeRefusalStatus, type PlaceRefusal } from '#place/contract.ts';
import { placeRefusalWords, sayNotes } from '#place/words.ts';
import {
  categoryList,
  categoryQuery,
  occupationFilter,
  occupationPage,
  type Category,
  type Occupation,
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
import { occupationNoteWords } from './words.ts';

/** The catalogue is public; what a province opened or closed is read under the reader's scope (L9). */
export const occupationRoutes =
  ({ db, clock }: House): FastifyPluginAsyncZod =>
  async (app) => {
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
  return { ...row, notes: sayNotes(occupationNoteWords, note) };
}

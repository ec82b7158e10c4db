import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { ActorScope } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { assert, ok, refused, type Result } from '#kernel/result.ts';
import { decodeCursor, pageOf, sortValue } from '#platform/cursor.ts';
import { noScope, read, type Database, type Scope, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor } from '#platform/session.ts';
import { ownSource, placeRefusalStatus, type PlaceRefusal } from '#place/contract.ts';
import { placeRefusalWords, sayNotes } from '#place/words.ts';
import { decideLoanOpening, decideOccupationOpening } from './actions.ts';
import {
  categoryList,
  categoryQuery,
  loanOpening,
  loanOpeningForm,
  occupationFilter,
  occupationOpeningForm,
  occupationPage,
  occupationRefusalStatus,
  type Category,
  type Occupation,
  type OccupationFilter,
  type OccupationPage,
  type OccupationRefusal,
} from './contract.ts';
import {
  findProvinceId,
  listCategories,
  listOccupationOpenings,
  listOccupations,
  listOpenings,
  type CategoryRow,
  type OccupationRow,
  type OpeningRow,
} from './queries.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { editionRoutes } from './edition/routes.ts';
import { editionRefusalStatus, type EditionRefusal } from './edition/contract.ts';
import { findEditionInForce, isPublished } from './edition/queries.ts';
import { editionRefusalWords } from './edition/words.ts';
import { loanWordOf, searched, searchWords } from './rules.ts';
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

    await app.register(openingRoutes(house));

    app.get(
      '/api/occupations',
      {
        schema: {
          summary: 'The occupations of the edition in force, or of a named one, by title; slips are forgiven',
          querystring: occupationFilter,
          response: { 200: occupationPage, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, budgetYear } = request.query;
        const scope =
          province === undefined || budgetYear === undefined ? noScope : (await actingOf(request)).scope;
        const today = dayOfInstant(clock.now().getTime());
        const found = await read(db, scope, (tx) => findOccupations(tx, scope, request.query, today));
        return answer(
          reply,
          found,
          { ...placeRefusalStatus, ...editionRefusalStatus },
          { ...placeRefusalWords, ...editionRefusalWords },
        );
      },
    );

    await app.register(editionRoutes(house));
    await app.register(catalogueRoutes(house, findOccupations));
  };

const openingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
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

    app.post(
      '/api/occupation-openings',
      {
        preHandler: requireActor('director', 'deputy'),
        schema: {
          summary: 'Opens or closes one occupation for loans in the province of who asks, from a day on',
          body: occupationOpeningForm,
          response: { 201: loanOpening, ...problemResponses },
        },
      },
      async (request, reply) => {
        const decided = await decideOccupationOnce(house, request, request.body);
        return answer(reply, decided, occupationRefusalStatus, occupationRefusalWords, 201);
      },
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

async function decideOccupationOnce(
  house: House,
  request: FastifyRequest,
  form: z.infer<typeof occupationOpeningForm>,
): Promise<Result<LoanOpening, OccupationRefusal>> {
  const { scope } = await actingOf(request);
  const asked = { scope, route: 'POST /api/occupation-openings', body: form };
  return command(house, request, asked, async (tx) => {
    assert(scope.province !== 'all', 'a command is done in one province');
    const recordedAt = house.clock.now();
    const decided = await decideOccupationOpening(tx, {
      ...form,
      occupationOpeningId: newId(recordedAt.getTime()),
      provinceId: scope.province,
      inForceFrom: dayFromIso(form.inForceFrom),
      sourceKey: ownSource,
      recordedAt,
    });
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

type Province = { readonly province?: string | undefined; readonly budgetYear?: number | undefined };

async function findLoanWords(
  tx: Tx,
  scope: Scope,
  { province, budgetYear }: Province,
  on: Day,
): Promise<Result<(row: OccupationRow) => Occupation['loan'], PlaceRefusal>> {
  if (province === undefined || budgetYear === undefined) return ok(() => null);
  const provinceId = await findProvinceId(tx, province);
  if (provinceId === undefined) return refused({ kind: 'ProvinceUnknown', slug: province });
  const visible = scope.province === 'all' || scope.province === provinceId;
  const asked = { provinceId, budgetYear, on };
  const ofCategory = new Map(
    (visible ? await listOpenings(tx, asked) : []).map((row) => [row.categoryKey, row]),
  );
  const ofOccupation = new Map(
    (visible ? await listOccupationOpenings(tx, asked) : []).map((row) => [row.occupationId, row]),
  );
  return ok((row) => {
    const own = ofOccupation.get(row.occupationId);
    const said = loanWordOf(own, ofCategory.get(row.categoryKey));
    if (said === undefined) return null;
    const { open, inForceFrom, reasonFa } = said;
    return { open, inForceFrom: isoOf(inForceFrom), reasonFa, ofCategory: own === undefined };
  });
}

async function findOccupations(
  tx: Tx,
  scope: Scope,
  asked: OccupationFilter,
  today: Day,
): Promise<Result<OccupationPage, PlaceRefusal | EditionRefusal>> {
  const [after] = decodeCursor(asked.cursor, [sortValue.whole]) ?? [];
  const on = asked.on === undefined ? today : dayFromIso(asked.on);
  if (asked.edition !== undefined && !(await isPublished(tx, asked.edition)))
    return refused({ kind: 'EditionMissing', editionId: asked.edition });
  const loanOf = await findLoanWords(tx, scope, asked, on);
  if (!loanOf.ok) return loanOf;
  const editionId = asked.edition ?? (await findEditionInForce(tx, on))?.editionId ?? null;
  const filtered = (await listOccupations(tx, editionId)).filter(
    (row) =>
      (asked.category === undefined || row.categoryKey === asked.category) &&
      (asked.agency === undefined || row.agencyKey === asked.agency) &&
      (asked.starred === undefined || row.starred === (asked.starred === 'yes')),
  );
  const rows = searched(filtered, searchWords(asked.search ?? ''), ({ searchText }) => searchText);
  const start = rows.findIndex(({ occupationId }) => BigInt(occupationId) === after) + 1;
  const page = pageOf(rows.slice(start, start + asked.limit + 1), asked.limit, {
    item: (row) => occupationOf(row, loanOf.value(row)),
    position: ({ occupationId }) => [String(occupationId)],
  });
  return ok({ ...page, total: rows.length, editionId });
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

function occupationOf({ note, ...row }: OccupationRow, loan: Occupation['loan']): Occupation {
  return {
    ...row,
    loan,
    titleKindName: titleKindWords[row.titleKind],
    notes: sayNotes(occupationNoteWords, note),
  };
}

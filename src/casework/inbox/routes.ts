import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { id, type Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, sortValue } from '#platform/cursor.ts';
import { read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, scopeIn } from '#platform/session.ts';
import { type CaseDesk, deskOf, isElsewhere, kindsFor } from '../act/actions.ts';
import { calendarOf } from '../actions.ts';
import { deadlineOf } from '../calendar.ts';
import { showTrackingNumber, type Calendar, type Deadline } from '../contract.ts';
import { needsReason } from '../rules.ts';
import { isTrackingNumber, readTrackingNumber } from '../tracking.ts';
import {
  type CaseFilter,
  type CaseRow,
  type ListRefusal,
  type SoughtPersons,
  caseFilterShape,
  caseListShape,
  countsShape,
  kindsShape,
  listRefusalStatus,
  viewShape,
  viewsShape,
} from './contract.ts';
import {
  type CaseListRow,
  type ListPlace,
  countTasks,
  dropView,
  keepView,
  listCasesPage,
  listTasksPage,
  listViews,
  walkIndexes,
} from './queries.ts';
import { listRefusalWords } from './words.ts';

const provinceAddress = z.object({
  province: z.coerce.number().int().min(-1).max(99).meta({
    fa: 'کد استان',
    en: 'Province code',
    description: 'Number of the province, e.g. 30; /api/provinces lists them',
  }),
});
const viewAddress = provinceAddress.extend({ view: z.uuid().meta({ fa: 'نما', en: 'View' }) });
const doneShape = z.object({ id: z.uuid() });

/** Persons within the reader's scope by what was typed: a national id or the beginning of a name. */
export type SeekPersons = (asked: {
  readonly actor: Actor;
  readonly provinceId: number;
  readonly typed: string;
  readonly most: number;
}) => Promise<SoughtPersons>;

/** Cases of so many persons are looked for; whoever typed a common name is asked to type more. */
const mostSought = 25;

export const inboxRoutes =
  (house: House, desks: readonly CaseDesk[], seek: SeekPersons): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(listRoutes(house, desks, seek));
    await app.register(viewRoutes(house));
  };

const listRoutes =
  (house: House, desks: readonly CaseDesk[], seek: SeekPersons): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/cases',
      {
        schema: {
          summary:
            'Cases that wait, or all of them: by list, kind, state, county; by person; by number, id or name',
          params: provinceAddress,
          querystring: pageQuery.extend(caseFilterShape.shape),
          response: { 200: caseListShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const scope = scopeIn(actor, request.params.province);
        const asked = { ...request.query, provinceId: request.params.province };
        answer(reply, decideKind(desks, asked.kind), listRefusalStatus, listRefusalWords);
        const { provinceId, search, subject } = asked;
        const sought =
          subject === undefined
            ? await searchOf(seek, { actor, provinceId, typed: search })
            : { number: null, subjectIds: [id(subject)], narrow: false };
        const found = await read(house.db, scope, (tx) =>
          findCases(tx, { house, desks, actor, sought }, asked),
        );
        return answer(reply, ok(found), {}, {});
      },
    );

    app.get(
      '/api/provinces/:province/cases/counts',
      {
        schema: {
          summary: 'How many cases wait in each list; a hundred and more is told as such',
          params: provinceAddress,
          response: { 200: countsShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const scope = scopeIn(actor, request.params.province);
        const place = placeOf(actor, { provinceId: request.params.province, house, desks });
        const counts = await read(house.db, scope, async (tx) => {
          await walkIndexes(tx);
          return {
            mine: await countTasks(tx, place, 'mine'),
            role: await countTasks(tx, place, 'role'),
            open: await countTasks(tx, place, 'open'),
            late: await countTasks(tx, place, 'late'),
          };
        });
        return answer(reply, ok(counts), {}, {});
      },
    );

    app.get(
      '/api/cases/kinds',
      {
        schema: {
          summary: 'The kinds of case with their states, and the acts that can be done on many at once',
          response: { 200: kindsShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        return answer(reply, ok({ kinds: desks.map((desk) => kindOnTheWire(desk, actor)) }), {}, {});
      },
    );
  };

function decideKind(desks: readonly CaseDesk[], kind: string | undefined): Result<undefined, ListRefusal> {
  if (kind === undefined || deskOf(desks, kind) !== undefined) return ok();
  return refused({ kind: 'KindUnknown', asked: kind, field: 'kind', rule: 'known' });
}

const kindOnTheWire = (desk: CaseDesk, actor: Actor) => {
  const { kind, words } = desk;
  return {
    key: kind.kind,
    title: words.title,
    states: Object.keys(kind.table).map((state) => ({ key: state, title: titleOf(words.states, state) })),
    acts: Object.entries(kind.may)
      .filter(([act, may]) => may.includes(actor.role) && !isElsewhere(desk, act))
      .map(([act]) => ({
        key: act,
        title: words.acts[act] ?? { fa: act, en: act },
        needsReason: needsReason(kind, act),
        states: Object.keys(kind.table).filter((state) => kind.table[state]?.[act] !== 'refused'),
      })),
  };
};

const titleOf = (states: CaseDesk['words']['states'], state: string): Bilingual =>
  states[state]?.title ?? { fa: state, en: state };

const placeOf = (
  { role, personId, scope }: Actor,
  {
    provinceId,
    house,
    desks,
  }: { readonly provinceId: number; readonly house: House; readonly desks: readonly CaseDesk[] },
): ListPlace => ({
  provinceId,
  countyCode: scope.county,
  officeId: scope.office,
  personId: scope.person,
  role,
  holderId: personId,
  today: dayOfInstant(house.clock.now().getTime()),
  kinds: kindsFor(desks, role),
});

type Finding = {
  readonly house: House;
  readonly desks: readonly CaseDesk[];
  readonly actor: Actor;
  readonly sought: Sought;
};
type Asked = CaseFilter & {
  readonly provinceId: number;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

async function findCases(tx: Tx, { house, desks, actor, sought }: Finding, asked: Asked) {
  const { provinceId, tab, kind, state, county, cursor, limit } = asked;
  const own = placeOf(actor, { provinceId, house, desks });
  // A county office keeps to its county whatever it asks for.
  const place = { ...own, countyCode: own.countyCode ?? county ?? null };
  const isSearch = sought.number !== null || sought.subjectIds !== null;
  const byMove = tab === 'all' || isSearch;
  const list = {
    ...place,
    tab,
    kind: kind ?? null,
    state: state ?? null,
    number: sought.number,
    subjectIds: sought.subjectIds,
    after: decodeCursor(cursor, [byMove ? sortValue.instant : sortValue.day, sortValue.id]),
    limit: limit + 1,
  };
  await walkIndexes(tx);
  const rows = await (byMove ? listCasesPage(tx, list) : listTasksPage(tx, list));
  const calendar = await calendarOf(tx);
  const page = pageOf(rows, limit, {
    item: (row) => onTheWire(row, { desks, calendar, own }),
    position: (row) => [row.place, row.id],
  });
  return { ...page, narrow: sought.narrow };
}

type Sought = {
  readonly number: string | null;
  readonly subjectIds: readonly Id[] | null;
  readonly narrow: boolean;
};

async function searchOf(
  seek: SeekPersons,
  asked: { readonly actor: Actor; readonly provinceId: number; readonly typed: string | undefined },
): Promise<Sought> {
  const { actor, provinceId, typed = '' } = asked;
  if (typed === '') return { number: null, subjectIds: null, narrow: false };
  const number = readTrackingNumber(typed);
  if (isTrackingNumber(number)) return { number, subjectIds: null, narrow: false };
  const { personIds, more } = await seek({ actor, provinceId, typed, most: mostSought });
  return { number: null, subjectIds: personIds, narrow: more };
}

type Showing = {
  readonly desks: readonly CaseDesk[];
  readonly calendar: Calendar;
  readonly own: ListPlace;
};

function onTheWire(row: CaseListRow, { desks, calendar, own }: Showing): CaseRow {
  const words = deskOf(desks, row.kind)?.words;
  const subject = [row.firstName, row.lastName].filter((name) => name !== null).join(' ');
  return {
    id: row.id,
    number: showTrackingNumber(row.number),
    kind: { key: row.kind, title: words?.title ?? { fa: row.kind, en: row.kind } },
    state: { key: row.state, title: titleOf(words?.states ?? {}, row.state) },
    version: row.version,
    county: row.countyFa === null || row.countyEn === null ? null : { fa: row.countyFa, en: row.countyEn },
    subject: subject === '' ? null : subject,
    openedAt: row.openedAt.toISOString(),
    movedAt: row.movedAt.toISOString(),
    deadline: row.dueOn === null ? null : deadlineOnTheWire(deadlineOf(row.dueOn, own.today, calendar)),
    holder: row.holderId === null ? null : { name: row.holderName, isMe: row.holderId === own.holderId },
  };
}

const deadlineOnTheWire = (deadline: Deadline) => ({ ...deadline, dueOn: isoOf(deadline.dueOn) });

const viewRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/cases/views',
      {
        schema: {
          summary: 'The filters that the reader keeps under names',
          params: provinceAddress,
          response: { 200: viewsShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { scope, userId } = await actingOf(request);
        const viewer = { provinceId: request.params.province, userId };
        const views = await read(house.db, scope, (tx) => listViews(tx, viewer));
        return answer(reply, ok({ views }), {}, {});
      },
    );

    app.post(
      '/api/provinces/:province/cases/views',
      {
        schema: {
          summary: 'Keeps filters under a name; the same name again keeps the newer ones',
          params: provinceAddress,
          body: viewShape.strict(),
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(actor, params.province), route: 'POST cases/views', body };
        const viewer = { provinceId: params.province, userId: actor.userId };
        const done = await command(house, request, asked, async (tx) => {
          await keepView(tx, viewer, body, house.clock.now());
          return ok({ id: body.id });
        });
        return answer(reply, done, {}, {}, 201);
      },
    );

    app.delete(
      '/api/provinces/:province/cases/views/:view',
      {
        schema: {
          summary: 'Forgets a view of the reader',
          params: viewAddress,
          response: { 200: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { params } = request;
        const asked = { scope: scopeIn(actor, params.province), route: 'DELETE cases/views', body: {} };
        const viewer = { provinceId: params.province, userId: actor.userId };
        const done = await command(house, request, asked, async (tx) => {
          await dropView(tx, viewer, params.view);
          return ok({ id: params.view });
        });
        return answer(reply, done, {}, {});
      },
    );
  };

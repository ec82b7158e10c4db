import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { addDays, dayFromIso, dayOfInstant, isoOf, startOfDay } from '#kernel/day.ts';
import { id, isId } from '#kernel/id.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { type Tx, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { type CaseDesk, deskOf } from '../act/actions.ts';
import { calendarOf } from '../actions.ts';
import { showTrackingNumber } from '../contract.ts';
import { type CaseId, findCase } from '../queries.ts';
import {
  type AppointmentDoing,
  callingOf,
  endAppointment,
  moveAppointment,
  setAppointment,
  wishOtherTime,
} from './actions.ts';
import {
  type AppointmentRefusal,
  type AppointmentRow,
  appointmentFilterShape,
  appointmentFormShape,
  appointmentRefusalStatus,
  appointmentRowShape,
  caseAppointmentShape,
  endFormShape,
  type CaseAppointment,
  moveFormShape,
  wishFormShape,
} from './contract.ts';
import { type ListedAppointment, type NamedEntry, listAppointments, listEntries } from './queries.ts';
import {
  calendarFile,
  decideCalling,
  decideEnd,
  decideMove,
  decideWish,
  firstDayFor,
  wireMoment,
} from './rules.ts';
import { appointmentRefusalWords, calendarWords } from './words.ts';

const province = z.coerce.number().int().min(-1).max(99).meta({ fa: 'کد استان', en: 'Province code' });
const caseId = z.uuid().refine(isId).meta({ fa: 'پرونده', en: 'Case' });
const caseAddress = z.object({ province, id: caseId });
const visitAddress = caseAddress.extend({
  appointment: z.uuid().refine(isId).meta({ fa: 'نوبت', en: 'Appointment' }),
});
const doneShape = z.object({ id: z.uuid() });

const listQuery = pageQuery.extend(appointmentFilterShape.shape);

export const appointmentRoutes =
  (house: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(house, desks));
    await app.register(settingRoutes(house, desks));
    await app.register(followingRoutes(house, desks));
    await app.register(wishRoutes(house, desks));
  };

const readingRoutes =
  (house: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/appointments',
      {
        preHandler: requireActor('county_office', 'agency', 'deputy', 'director'),
        schema: {
          summary:
            'Appointments of a day, or from today on, that the reader may see, the earliest first; or of those alone who still ask for another time, whenever it was',
          params: z.object({ province }),
          querystring: listQuery,
          response: { 200: pageShape(appointmentRowShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const scope = scopeIn(await actingOf(request), request.params.province);
        const asked = { ...request.query, provinceId: request.params.province };
        const found = await read(house.db, scope, (tx) => findList(tx, { house, desks }, asked));
        return answer(reply, ok(found), {}, {});
      },
    );

    app.get(
      '/api/provinces/:province/cases/:id/appointment',
      {
        schema: {
          summary: 'The appointment of a case, what was said about it, and what the reader may do with it',
          params: caseAddress,
          response: { 200: caseAppointmentShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const at = { provinceId: request.params.province, caseId: id(request.params.id) };
        const found = await read(house.db, scopeIn(actor, at.provinceId), (tx) =>
          findOfCase(tx, { house, desks, actor }, at),
        );
        return answer(reply, found, appointmentRefusalStatus, appointmentRefusalWords);
      },
    );

    app.get(
      '/api/provinces/:province/cases/:id/appointment.ics',
      {
        schema: {
          summary: 'The latest appointment of a case as a file for a calendar',
          params: caseAddress,
          querystring: z.object({ language: z.enum(['fa', 'en']).default('fa') }),
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const at = { provinceId: request.params.province, caseId: id(request.params.id) };
        const found = await read(house.db, scopeIn(actor, at.provinceId), (tx) =>
          findFile(tx, desks, { ...at, language: request.query.language }),
        );
        const file = answer(reply, found, appointmentRefusalStatus, appointmentRefusalWords);
        void reply.header('content-disposition', 'attachment; filename="karsaz-appointment.ics"');
        return reply.type('text/calendar; charset=utf-8').send(file);
      },
    );
  };

const settingRoutes =
  (house: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/cases/:id/appointments',
      {
        schema: {
          summary: 'Calls the one whom a case is about to come to the office',
          params: caseAddress,
          body: appointmentFormShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(by, params.province), route: 'POST cases/appointments', body };
        const at = { provinceId: params.province, caseId: id(params.id) };
        const done = await command(house, request, asked, (tx) =>
          setAppointment(doingOf(house, desks, { tx, by }), at, body),
        );
        return answer(reply, done, appointmentRefusalStatus, appointmentRefusalWords, 201);
      },
    );
  };

const followingRoutes =
  (house: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/cases/:id/appointments/:appointment/moves',
      {
        schema: {
          summary: 'Another time or place for an open appointment, as it was seen',
          params: visitAddress,
          body: moveFormShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(by, params.province), route: 'POST appointments/moves', body };
        const done = await command(house, request, asked, (tx) =>
          moveAppointment(doingOf(house, desks, { tx, by }), placeOf(params), body),
        );
        return answer(reply, done, appointmentRefusalStatus, appointmentRefusalWords, 201);
      },
    );

    app.post(
      '/api/provinces/:province/cases/:id/appointments/:appointment/outcomes',
      {
        schema: {
          summary: 'Cancels an appointment with a reason, or says whether who was called came',
          params: visitAddress,
          body: endFormShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(by, params.province), route: 'POST appointments/outcomes', body };
        const done = await command(house, request, asked, (tx) =>
          endAppointment(doingOf(house, desks, { tx, by }), placeOf(params), body),
        );
        return answer(reply, done, appointmentRefusalStatus, appointmentRefusalWords, 201);
      },
    );
  };

const wishRoutes =
  (house: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/cases/:id/appointments/:appointment/wishes',
      {
        schema: {
          summary: 'Whom an appointment calls asks once for another time',
          params: visitAddress,
          body: wishFormShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(by, params.province), route: 'POST appointments/wishes', body };
        const done = await command(house, request, asked, (tx) =>
          wishOtherTime(doingOf(house, desks, { tx, by }), placeOf(params), body),
        );
        return answer(reply, done, appointmentRefusalStatus, appointmentRefusalWords, 201);
      },
    );
  };

const placeOf = (params: z.output<typeof visitAddress>) => ({
  provinceId: params.province,
  caseId: id(params.id),
  appointmentId: id(params.appointment),
});

const doingOf = (
  { clock }: House,
  desks: readonly CaseDesk[],
  { tx, by }: { readonly tx: Tx; readonly by: Actor },
): AppointmentDoing => ({ tx, by, clock, kinds: desks.map(({ kind }) => kind) });

const caseMissing = { kind: 'CaseMissing', field: 'case', rule: 'in_scope' } as const;

type Finding = { readonly house: House; readonly desks: readonly CaseDesk[]; readonly actor: Actor };

/** The appointment of a case as its reader may see it. */
export async function findOfCase(
  tx: Tx,
  { house, desks, actor }: Finding,
  at: CaseId,
): Promise<Result<CaseAppointment, AppointmentRefusal>> {
  const found = await findCase(tx, at);
  if (found === undefined) return refused(caseMissing);
  const now = house.clock.now();
  const entries = await listEntries(tx, at);
  const last = entries.at(-1);
  const calling = callingOf({ by: actor, kinds: desks.map(({ kind }) => kind) }, found.file, last);
  const writes = typeof actor.scope.province === 'number';
  const own = entries.filter(({ appointmentId }) => appointmentId === last?.appointmentId);
  const setters = own.filter(({ entry }) => entry !== 'asked').map(({ by }) => by.role);
  const following = { appointmentId: last?.appointmentId ?? '', seen: last?.seq ?? 0 };
  const ending = { ...following, end: 'cancelled', reason: '–', now } as const;
  const wishing = {
    file: found.file,
    by: { role: actor.role, personScope: actor.scope.person },
    entries,
    now,
  };
  return ok({
    appointment:
      last === undefined
        ? null
        : {
            ...visitOnTheWire(last),
            standing: last.entry,
            hasBegun: last.meetsAt <= now,
            isAsked: own.some(({ entry }) => entry === 'asked'),
            file: `/api/provinces/${at.provinceId}/cases/${at.caseId}/appointment.ics`,
          },
    entries: entries.map(entryOnTheWire),
    firstOn: isoOf(firstDayFor(now, await calendarOf(tx))),
    may: {
      set: writes && decideCalling(calling).ok,
      move: writes && decideMove(calling, following).ok,
      end: writes && decideEnd({ ...calling, setters }, ending).ok,
      ask: writes && decideWish(wishing, following).ok,
    },
  });
}

type Visit = Pick<
  NamedEntry,
  'appointmentId' | 'seq' | 'isOpen' | 'meetsAt' | 'place' | 'purpose' | 'bring' | 'reason'
>;

const visitOnTheWire = ({ appointmentId, seq, isOpen, meetsAt, place, purpose, bring, reason }: Visit) => ({
  appointmentId,
  seq,
  isOpen,
  ...wireMoment(meetsAt),
  place,
  purpose,
  bring,
  reason,
});

const entryOnTheWire = (row: NamedEntry): CaseAppointment['entries'][number] => ({
  id: row.id,
  entry: row.entry,
  ...wireMoment(row.meetsAt),
  reason: row.reason,
  byName: row.byName,
  byRole: row.by.role,
  at: row.at.toISOString(),
});

async function findFile(
  tx: Tx,
  desks: readonly CaseDesk[],
  { language, ...at }: CaseId & { readonly language: 'fa' | 'en' },
): Promise<Result<string, AppointmentRefusal>> {
  const found = await findCase(tx, at);
  if (found === undefined) return refused(caseMissing);
  const last = (await listEntries(tx, at)).at(-1);
  if (last === undefined)
    return refused({ kind: 'AppointmentMissing', field: 'appointment', rule: 'of_case' });
  const { summary, description } = calendarWords(titleOf(desks, found.file.kind), last);
  return ok(calendarFile(last, { summary: summary[language], description: description[language] }));
}

const titleOf = (desks: readonly CaseDesk[], kind: string) =>
  deskOf(desks, kind)?.words.title ?? { fa: kind, en: kind };

/** Kind and state, with a space between, of every case that is not closed. */
const openStates = (desks: readonly CaseDesk[]): string[] =>
  desks.flatMap(({ kind }) =>
    Object.keys(kind.table)
      .filter((state) => !kind.closed.includes(state))
      .map((state) => `${kind.kind} ${state}`),
  );

type ListAsked = z.output<typeof listQuery> & { readonly provinceId: number };

async function findList(
  tx: Tx,
  { house, desks }: Omit<Finding, 'actor'>,
  { provinceId, on, standing, cursor, limit }: ListAsked,
): Promise<{ items: AppointmentRow[]; next: string | null }> {
  const now = house.clock.now();
  const day = on === undefined ? dayOfInstant(now.getTime()) : dayFromIso(on);
  const isOwed = standing === 'asked';
  const rows = await listAppointments(tx, {
    provinceId,
    // What is owed to somebody stays so when its day has passed.
    from: isOwed && on === undefined ? null : new Date(startOfDay(day)),
    until: on === undefined ? null : new Date(startOfDay(addDays(day, 1))),
    owedIn: isOwed ? openStates(desks) : null,
    after: decodeCursor(cursor, [sortValue.instant, sortValue.id, sortValue.id]),
    limit: limit + 1,
  });
  return pageOf(rows, limit, {
    item: (row: ListedAppointment): AppointmentRow => ({
      ...visitOnTheWire(row),
      standing: row.standing,
      hasBegun: row.meetsAt <= now,
      provinceId,
      caseId: row.caseId,
      number: showTrackingNumber(row.number),
      subjectName: row.subjectName,
      kind: titleOf(desks, row.kind),
    }),
    position: ({ meetsAt, caseId: ofCase, appointmentId }) => [meetsAt.toISOString(), ofCase, appointmentId],
  });
}

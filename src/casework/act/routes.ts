import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Actor, roles } from '#kernel/actor.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { type Id, id, isId } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { type Tx, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command, type Doing } from '#platform/once.ts';
import { type MessageState, listMessages } from '#platform/outbox.ts';
import { ProblemError, answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { calendarOf, choicesOn } from '../actions.ts';
import { deadlineOf } from '../calendar.ts';
import {
  type Act,
  type ActChoice,
  type Case,
  caseTopic,
  type CaseWords,
  showTrackingNumber,
} from '../contract.ts';
import { letterOf } from '../letter.ts';
import { reasonWords } from '../message/words.ts';
import { type NoteRow, listNotes } from '../note/queries.ts';
import { type CaseFile, findCase, findNames, listActs } from '../queries.ts';
import { needsReason, waitIn } from '../rules.ts';
import { type Task, listTasks } from '../task/queries.ts';
import { caseLabels, roleTitle } from '../words.ts';
import { type CaseDesk, actOnCase, actOnCases, deskOf, holdCase, isElsewhere, toldOf } from './actions.ts';
import {
  type ActForm,
  type ActRefusal,
  type BulkDone,
  type CasePage,
  actDoneShape,
  actFormShape,
  actRefusalStatus,
  bulkDoneShape,
  bulkFormShape,
  casePageShape,
  holdFormShape,
} from './contract.ts';
import { findNaming } from './queries.ts';
import { actRefusalWords, sayRefusal } from './words.ts';

const province = z.coerce.number().int().min(-1).max(99).meta({
  fa: 'کد استان',
  en: 'Province code',
  description: 'Number of the province, e.g. 30; /api/provinces lists them',
});
const provinceAddress = z.object({ province });
const caseAddress = z.object({ province, id: z.uuid().refine(isId).meta({ fa: 'پرونده', en: 'Case' }) });
const doneShape = z.object({ id: z.uuid() });

/** The page of any case, and the acts on it that are done from there. */
export const actRoutes =
  (house: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/cases/:id',
      {
        schema: {
          summary: 'A case: its acts, what may be done now, its deadline, notes, messages and letter',
          params: caseAddress,
          response: { 200: casePageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const scope = scopeIn(actor, request.params.province);
        const at = { provinceId: request.params.province, caseId: id(request.params.id) };
        const found = await read(house.db, scope, (tx) => findPage(tx, { house, desks, actor }, at));
        return answer(reply, found, actRefusalStatus, actRefusalWords());
      },
    );
    await app.register(deedRoutes(house, desks));
    await app.register(holdRoutes(house));
  };

const deedRoutes =
  (house: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/cases/:id/acts',
      {
        schema: {
          summary: 'Does one act on a case, on the version that was seen',
          params: caseAddress,
          body: actFormShape,
          response: { 201: actDoneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const at = { province: request.params.province, caseId: id(request.params.id) };
        reply.code(201);
        return actOnce({ house, desks, request }, { by, at, form: request.body });
      },
    );

    app.post(
      '/api/provinces/:province/cases/acts',
      {
        schema: {
          summary: 'Does the same act on many cases; each row is answered for itself',
          params: provinceAddress,
          body: bulkFormShape,
          response: { 201: bulkDoneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(by, params.province), route: 'POST cases/acts/bulk', body };
        const done = await command<BulkDone, never>(house, request, asked, async (tx) =>
          ok({ rows: await bulkRows(doingOf(house, { tx, by, provinceId: params.province }), desks, body) }),
        );
        return answer(reply, done, {}, {}, 201);
      },
    );
  };

type Acting = {
  readonly by: Actor;
  readonly at: { readonly province: number; readonly caseId: Id };
  readonly form: ActForm;
};

/** Does one act, from the desk or the counter, and answers it or throws the problem of its refusal. */
export async function actOnce(
  {
    house,
    desks,
    request,
  }: { readonly house: House; readonly desks: readonly CaseDesk[]; readonly request: FastifyRequest },
  { by, at, form }: Acting,
): Promise<z.infer<typeof actDoneShape>> {
  const { province: provinceId, caseId } = at;
  const asked = { scope: scopeIn(by, provinceId), route: 'POST cases/acts', body: form };
  const done = await command(house, request, asked, async (tx) => {
    const acted = await actOnCase(doingOf(house, { tx, by, provinceId }), desks, { caseId, form });
    return acted.ok ? ok(stateOf(acted.value.case)) : acted;
  });
  if (!done.ok && done.refusal.kind === 'DeedRefused') throw deedProblem(done.refusal);
  const words = done.ok ? undefined : await wordsOf(house, desks, { actor: by, at });
  return answer({ statusCode: 201 }, done, actRefusalStatus, actRefusalWords(words));
}

const holdRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/cases/:id/hold',
      {
        // An applicant waits for a case, and takes none upon themselves.
        preHandler: requireActor(...roles.filter((role) => role !== 'applicant')),
        schema: {
          summary: 'Takes a case upon oneself, or gives it back',
          params: caseAddress,
          body: holdFormShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const by = await actingOf(request);
        const { params, body } = request;
        const asked = { scope: scopeIn(by, params.province), route: 'POST cases/hold', body };
        const at = { provinceId: params.province, caseId: id(params.id) };
        const done = await command(house, request, asked, async (tx) => {
          const held = await holdCase(doingOf(house, { tx, by, provinceId: params.province }), at, body);
          return held.ok ? ok({ id: body.id }) : held;
        });
        return answer(reply, done, actRefusalStatus, actRefusalWords(), 201);
      },
    );
  };

const doingOf = (
  { clock }: House,
  { tx, by, provinceId }: { readonly tx: Tx; readonly by: Actor; readonly provinceId: number },
): Doing => ({ tx, clock, provinceId, by });

const stateOf = ({ id: caseId, state, version }: Case) => ({ caseId, state, version });

/** A refusal of the room's own deed has its own status and words. */
const deedProblem = ({
  refusal,
  status,
  words,
}: Extract<ActRefusal, { kind: 'DeedRefused' }>): ProblemError =>
  new ProblemError({ status, kind: refusal, words });

async function wordsOf(
  { db }: House,
  desks: readonly CaseDesk[],
  { actor, at }: { readonly actor: Actor; readonly at: { readonly province: number; readonly caseId: Id } },
): Promise<CaseWords | undefined> {
  const address = { provinceId: at.province, caseId: at.caseId };
  const found = await read(db, actor.scope, (tx) => findCase(tx, address));
  return found && deskOf(desks, found.file.kind)?.words;
}

async function bulkRows(
  doing: Doing,
  desks: readonly CaseDesk[],
  form: Parameters<typeof actOnCases>[2],
): Promise<BulkDone['rows']> {
  const rows: BulkDone['rows'] = [];
  for (const { caseId, result } of await actOnCases(doing, desks, form)) {
    const found = await findCase(doing.tx, { provinceId: doing.provinceId, caseId });
    const words = found && deskOf(desks, found.file.kind)?.words;
    const refusal = result.ok ? null : result.refusal;
    rows.push({
      caseId,
      done: result.ok,
      state: found?.file.state ?? null,
      refusal: refusal && { kind: refusal.kind, ...sayRefusal(refusal, words) },
    });
  }
  return rows;
}

type Finding = { readonly house: House; readonly desks: readonly CaseDesk[]; readonly actor: Actor };
type At = { readonly provinceId: number; readonly caseId: Id };

/** The page of a case as its reader may see it. */
export async function findPage(tx: Tx, finding: Finding, at: At): Promise<Result<CasePage, ActRefusal>> {
  const found = await findCase(tx, at);
  const desk = found && deskOf(finding.desks, found.file.kind);
  if (found === undefined || desk === undefined) return refused({ kind: 'CaseMissing', caseId: at.caseId });
  const { file } = found;
  const acts = await listActs(tx, at);
  const names = await findNames(
    tx,
    acts.map(({ by }) => by.userId),
  );
  const naming = must(await findNaming(tx, file), 'every case has its tracking number');
  const [task] = await listTasks(tx, at);
  const { actor } = finding;
  const about = await desk.about?.(tx, { provinceId: at.provinceId, caseIds: [file.id] });
  const holderId = task?.holderId ?? null;
  return ok({
    id: file.id,
    provinceSlug: naming.slug ?? '',
    version: file.version,
    closed: desk.kind.closed.includes(file.state),
    county:
      naming.countyFa === null || naming.countyEn === null
        ? null
        : { fa: naming.countyFa, en: naming.countyEn },
    about: about?.get(file.id) ?? null,
    subject: file.subjectId === null ? null : { id: file.subjectId, name: naming.subjectName },
    openedAt: found.openedAt.toISOString(),
    sinceOn: isoOf(found.sinceOn),
    holder: holderId === null ? null : { name: naming.holderName, isMe: holderId === actor.personId },
    mayHold: task !== undefined && mayTake(actor, task),
    page: desk.page?.({ slug: naming.slug ?? '', caseId: file.id }) ?? null,
    acts: acts.map((act) => actOnTheWire(act, desk, names)),
    mayNote: actor.scope.person === null && typeof actor.scope.province === 'number',
    notes: (await listNotes(tx, at)).map(noteOnTheWire),
    messages: (
      await listMessages(tx, { provinceId: at.provinceId, topic: caseTopic, subjectId: at.caseId })
    ).map((message) =>
      messageOnTheWire(message, {
        subjectName: naming.subjectName,
        isOfficer: actor.scope.person === null,
      }),
    ),
    // Last: what became of a case is read beyond the scope of its reader.
    ...(await standingOf(tx, finding, { desk, found, acts, number: showTrackingNumber(naming.number) })),
  });
}

/** An officer of the province, or of the office with which the case lies. */
const mayTake = ({ scope }: Actor, { officeId }: Task): boolean =>
  scope.person === null &&
  typeof scope.province === 'number' &&
  (scope.office === null || scope.office === officeId);

type Standing = {
  readonly desk: CaseDesk;
  readonly found: CaseFile;
  readonly acts: readonly Act[];
  readonly number: string;
};

/** Where a case stands: its state and deadline, whom it waits for, what may be done, and the letter about it. */
async function standingOf(
  tx: Tx,
  { house, actor }: Finding,
  { desk, found, acts, number }: Standing,
): Promise<
  Pick<CasePage, 'number' | 'kind' | 'state' | 'deadline' | 'turn' | 'waitsFor' | 'choices' | 'letter'>
> {
  const { kind, words } = desk;
  const { file, sinceOn, dueOn } = found;
  const at = { provinceId: file.provinceId, caseId: file.id };
  const today = dayOfInstant(house.clock.now().getTime());
  const wait = waitIn(kind, file.state);
  const deadline = dueOn === null ? null : deadlineOf(dueOn, today, await calendarOf(tx));
  const choices = (await choicesOn(tx, kind, { ...at, by: actor, clock: house.clock }))
    // What the clock alone does is no button of anybody.
    .filter(({ act }) => kind.may[act]?.length !== 0)
    .map((choice) => choiceOnTheWire(choice, desk));
  const moved = acts.findLast(({ fromState, toState }) => fromState !== toState);
  const told = await toldOf(tx, desk, { ...at, state: file.state, act: moved?.act ?? null, today });
  const state = told.words ?? { title: fallback(file.state), told: fallback(file.state) };
  return {
    number,
    kind: { key: kind.kind, title: words.title },
    state: { key: file.state, ...state },
    deadline:
      deadline === null
        ? null
        : { ...deadline, dueOn: isoOf(deadline.dueOn), basis: wait?.limit?.basis ?? fallback('') },
    turn: wait?.on.includes(actor.role) ?? false,
    waitsFor: (wait?.on ?? []).map(roleTitle),
    choices,
    letter: letterOf({
      kind,
      title: words.title,
      told: state.told,
      state: file.state,
      number,
      reason: moved?.reason ?? null,
      since: told.on ?? sinceOn,
      deadline,
    }),
  };
}

const fallback = (key: string): Bilingual => ({ fa: key, en: key });

const choiceOnTheWire = ({ act, lawful, because }: ActChoice, desk: CaseDesk) => ({
  act,
  title: desk.words.acts[act] ?? fallback(act),
  lawful,
  because: because === null ? null : sayRefusal(because, desk.words),
  mine: because?.kind !== 'ActNotYours',
  needsReason: needsReason(desk.kind, act),
  elsewhere: isElsewhere(desk, act),
});

function actOnTheWire(
  act: Act,
  { kind, words }: CaseDesk,
  names: ReadonlyMap<Id, string>,
): CasePage['acts'][number] {
  return {
    id: act.id,
    title: words.acts[act.act] ?? fallback(act.act),
    to: words.states[act.toState]?.title ?? fallback(act.toState),
    byName: names.get(act.by.userId) ?? null,
    byRole: roleTitle(act.by.role),
    happenedOn: isoOf(act.happenedOn),
    at: act.recordedAt.toISOString(),
    reason: act.reason,
    facts: Object.entries(act.facts).flatMap(([key, value]) => {
      const title = words.facts?.[key];
      return title === undefined || value === null ? [] : [{ title, value }];
    }),
    back: act.act === kind.parts?.returns?.act || act.act === kind.parts?.withdrawal,
  };
}

const noteOnTheWire = ({ id: noteId, body, byName, byRole, at }: NoteRow) => ({
  id: noteId,
  body,
  byName,
  byRole,
  at: at.toISOString(),
});

/** Whom a message went to; a name that is undefined is the reader's own. */
function addresseeOf({ role }: MessageState, name: string | null | undefined): Bilingual {
  if (role !== null) return roleTitle(role);
  if (name === undefined) return caseLabels.you;
  return name === null ? caseLabels.subject : { fa: name, en: name };
}

const messageOnTheWire = (
  message: MessageState,
  { subjectName, isOfficer }: { readonly subjectName: string | null; readonly isOfficer: boolean },
): CasePage['messages'][number] => ({
  id: message.messageId,
  channel: message.channel,
  to: addresseeOf(message, isOfficer ? subjectName : undefined),
  at: message.madeAt.toISOString(),
  state: message.state,
  triedAt: message.triedAt?.toISOString() ?? null,
  carrier: message.carrier,
  reason: message.reason === null ? null : reasonWords[message.reason],
  answer: isOfficer ? message.answer : null,
  text:
    message.textFa === null || message.textEn === null ? null : { fa: message.textFa, en: message.textEn },
});

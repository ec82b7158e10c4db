import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { type Day, dayOfInstant, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { ok } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, sortValue } from '#platform/cursor.ts';
import { type Tx, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { type CaseDesk, deskOf } from '../act/actions.ts';
import { calendarOf } from '../actions.ts';
import { deadlineOf } from '../calendar.ts';
import { type Calendar, showTrackingNumber } from '../contract.ts';
import { choicesOf, waitIn } from '../rules.ts';
import { roleTitle } from '../words.ts';
import { type OwnCase, type OwnCases, ownCasesShape } from './contract.ts';
import { type OwnRow, listOwn } from './queries.ts';
import { promiseOf } from './rules.ts';

const provinceAddress = z.object({
  province: z.coerce.number().int().min(0).max(99).meta({ fa: 'کد استان', en: 'Province code' }),
});

/** Open ones stand before those that ended. */
const standing = z.enum(['open', 'ended']);

/** The cases of whoever asks, as they are told of them, and what they may begin. */
export const ownRoutes =
  ({ db, clock }: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/cases/own',
      {
        preHandler: requireActor('applicant'),
        schema: {
          summary: 'The cases about the reader in plain words, open ones first, and what they may begin',
          params: provinceAddress,
          querystring: pageQuery,
          response: { 200: ownCasesShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const asked = { actor, provinceId: request.params.province, ...request.query };
        return answer(reply, ok(await findOwnCases({ db, clock }, desks, asked)), {}, {});
      },
    );
  };

type OwnCasesAsked = z.output<typeof pageQuery> & {
  readonly actor: Actor;
  readonly provinceId: number;
};

/** The cases about whoever asks, for the desk and the counter. */
export async function findOwnCases(
  { db, clock }: Pick<House, 'db' | 'clock'>,
  desks: readonly CaseDesk[],
  { actor, provinceId, cursor, limit }: OwnCasesAsked,
): Promise<OwnCases> {
  const asked = {
    provinceId,
    personId: actor.scope.person ?? actor.personId,
    kinds: desks.map(({ kind }) => kind.kind),
    ends: desks.flatMap(({ kind }) => kind.closed.map((state) => `${kind.kind} ${state}`)),
    after: decodeCursor(cursor, [standing, sortValue.instant, sortValue.id]),
    limit: limit + 1,
  };
  const today = dayOfInstant(clock.now().getTime());
  const page = await read(db, scopeIn(actor, provinceId), async (tx) => {
    const rows = await listOwn(tx, asked);
    const telling = {
      desks,
      actor,
      provinceId,
      today,
      calendar: await calendarOf(tx),
      about: await aboutOf(tx, desks, { provinceId, rows }),
    };
    return pageOf(rows, limit, {
      item: (row) => tell(row, telling),
      position: ({ ended, moved, id }) => [ended ? 'ended' : 'open', moved, id],
    });
  });
  const items = page.items.filter((item) => item !== undefined);
  return { items, next: page.next, begins: beginsOf(desks, actor) };
}

const beginsOf = (desks: readonly CaseDesk[], { role }: Actor): OwnCases['begins'] =>
  desks.flatMap(({ kind, words, begin }) =>
    begin === undefined || !kind.start.may.includes(role)
      ? []
      : [{ kind: kind.kind, title: words.title, href: begin }],
  );

type Telling = {
  readonly desks: readonly CaseDesk[];
  readonly actor: Actor;
  readonly provinceId: number;
  readonly today: Day;
  readonly calendar: Calendar;
  readonly about: ReadonlyMap<Id, Bilingual>;
};

/** What the cases ask for, in the words of the rooms whose they are. */
async function aboutOf(
  tx: Tx,
  desks: readonly CaseDesk[],
  { provinceId, rows }: { readonly provinceId: number; readonly rows: readonly OwnRow[] },
): Promise<ReadonlyMap<Id, Bilingual>> {
  const found = new Map<Id, Bilingual>();
  for (const { kind, about } of desks) {
    const caseIds = rows.filter((row) => row.kind === kind.kind).map((row) => row.id);
    if (about === undefined || caseIds.length === 0) continue;
    for (const [caseId, title] of await about(tx, { provinceId, caseIds })) found.set(caseId, title);
  }
  return found;
}

const fallback = (key: string): Bilingual => ({ fa: key, en: key });

function tell(row: OwnRow, telling: Telling): OwnCase | undefined {
  const { desks, actor, provinceId } = telling;
  const desk = deskOf(desks, row.kind);
  if (desk === undefined) return undefined;
  const { kind, words } = desk;
  const wait = waitIn(kind, row.state);
  const casePage = `/cases/${provinceId}/${row.id}`;
  // The page of its own admits those who have to do with the kind.
  const isTheirs = [kind.start.may, ...Object.values(kind.may)].some((may) => may.includes(actor.role));
  const page = (isTheirs ? desk.page?.({ slug: row.slug ?? '', caseId: row.id }) : undefined) ?? casePage;
  return {
    id: row.id,
    number: showTrackingNumber(row.number),
    kind: { key: row.kind, title: words.title },
    about: telling.about.get(row.id) ?? null,
    state: {
      key: row.state,
      ...(words.states[row.state] ?? { title: fallback(row.state), told: fallback(row.state) }),
    },
    reason: row.reason,
    ended: row.ended,
    openedAt: row.openedAt.toISOString(),
    sinceOn: isoOf(row.sinceOn),
    deadline: deadlineIn(row, desk, telling),
    turn: wait?.on.includes(actor.role) ?? false,
    waitsFor: (wait?.on ?? []).map(roleTitle),
    acts: lawfulOf(row, desk, telling).map((act) => ({
      act,
      title: words.acts[act] ?? fallback(act),
      href: desk.deed === undefined ? page : casePage,
      givesUp: act === kind.parts?.withdrawal,
    })),
    page,
  };
}

function deadlineIn(
  row: OwnRow,
  { kind }: CaseDesk,
  { actor, today, calendar }: Telling,
): OwnCase['deadline'] {
  const wait = waitIn(kind, row.state);
  if (row.dueOn === null || wait === undefined) return null;
  const deadline = deadlineOf(row.dueOn, today, calendar);
  const objection = kind.parts?.objection;
  const promise = promiseOf({
    mayObject: objection !== undefined && (kind.table[row.state]?.[objection] ?? 'refused') !== 'refused',
    turn: wait.on.includes(actor.role),
    late: deadline.late,
  });
  return { ...deadline, dueOn: isoOf(deadline.dueOn), promise, basis: wait.limit?.basis ?? fallback('') };
}

function lawfulOf(row: OwnRow, { kind }: CaseDesk, { actor, today }: Telling): string[] {
  const { openerId, sinceOn, dueOn, officeId, reviewOfficeId } = row;
  const stand = { openerId, sinceOn, dueOn, today };
  const file = { officeId, reviewOfficeId };
  const asking = { personId: actor.personId, officeId: actor.scope.office, file, stand };
  return choicesOf(kind, row.state, actor.role, asking)
    .filter(({ lawful }) => lawful)
    .map(({ act }) => act);
}

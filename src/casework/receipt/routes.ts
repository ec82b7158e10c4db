import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import type { Actor } from '#kernel/actor.ts';
import { type Id, id, isId } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { type Tx, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, scopeIn } from '#platform/session.ts';
import { type CaseDesk, deskOf } from '../act/actions.ts';
import { type ActRefusal, actRefusalStatus } from '../act/contract.ts';
import { findNaming } from '../act/queries.ts';
import { actRefusalWords } from '../act/words.ts';
import { calendarOf } from '../actions.ts';
import { deadlineOf } from '../calendar.ts';
import { type Act, showTrackingNumber } from '../contract.ts';
import { findCase, listActs } from '../queries.ts';
import { dueIn, waitIn } from '../rules.ts';
import { roleTitle } from '../words.ts';
import { nameOfSubject } from './actions.ts';
import { type Receipt, receiptShape } from './contract.ts';

const caseAddress = z.object({
  province: z.coerce.number().int().min(0).max(99).meta({ fa: 'کد استان', en: 'Province code' }),
  id: z.uuid().refine(isId).meta({ fa: 'پرونده', en: 'Case' }),
});

/** The receipt of a case, for everybody who may see it: an office prints it for whom it recorded. */
export const receiptRoutes =
  ({ db }: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/cases/:id/receipt',
      {
        schema: {
          summary: 'The receipt of a case: what was recorded, when, what comes next, how to follow it',
          params: caseAddress,
          response: { 200: receiptShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { province: provinceId } = request.params;
        const at = { provinceId, caseId: id(request.params.id) };
        const found = await read(db, scopeIn(actor, provinceId), (tx) =>
          findReceipt(tx, { desks, actor }, at),
        );
        return answer(reply, found, actRefusalStatus, actRefusalWords());
      },
    );
  };

const inBoth = (fa: string | null, en: string | null): Bilingual | null =>
  fa === null || en === null ? null : { fa, en };

/** The receipt of a case as its reader may see it. */
export async function findReceipt(
  tx: Tx,
  { desks, actor }: { readonly desks: readonly CaseDesk[]; readonly actor: Actor },
  at: { readonly provinceId: number; readonly caseId: Id },
): Promise<Result<Receipt, ActRefusal>> {
  const found = await findCase(tx, at);
  const desk = found && deskOf(desks, found.file.kind);
  if (found === undefined || desk === undefined) return refused({ kind: 'CaseMissing', caseId: at.caseId });
  const { file } = found;
  const first = must((await listActs(tx, at))[0], 'a case has its first act');
  const naming = must(await findNaming(tx, file), 'every case has its tracking number');
  const isFollowed = file.subjectId !== null || (desk.followed !== undefined && desk.followed !== false);
  const about = await desk.about?.(tx, { provinceId: at.provinceId, caseIds: [file.id] });
  const recordedOn = dayOfInstant(first.recordedAt.getTime());
  const next = await nextAfter(tx, desk, first);
  return ok({
    id: file.id,
    number: showTrackingNumber(naming.number),
    kind: desk.words.title,
    about: about?.get(file.id) ?? null,
    // Last of all: it widens what the transaction sees.
    subject: naming.subjectName ?? (await nameOfSubject(tx, { file, first, by: actor })),
    byRole: roleTitle(first.by.role),
    province: inBoth(naming.provinceFa, naming.provinceEn),
    county: inBoth(naming.countyFa, naming.countyEn),
    recordedAt: first.recordedAt.toISOString(),
    happenedOn: first.happenedOn === recordedOn ? null : isoOf(first.happenedOn),
    ...next,
    track: isFollowed ? naming.number : null,
  });
}

/** What was to come right after the first act, wherever the case is by now: a receipt printed again says the same. */
async function nextAfter(
  tx: Tx,
  { kind, words }: CaseDesk,
  { toState, happenedOn, recordedAt }: Act,
): Promise<Pick<Receipt, 'next' | 'waitsFor' | 'due'>> {
  const calendar = await calendarOf(tx);
  const wait = waitIn(kind, toState);
  const dueOn = dueIn(kind, toState, { sinceOn: happenedOn, calendar });
  return {
    next: words.states[toState]?.told ?? { fa: toState, en: toState },
    waitsFor: (wait?.on ?? []).map(roleTitle),
    due:
      dueOn === null
        ? null
        : {
            on: isoOf(dueOn),
            basis: wait?.limit?.basis ?? { fa: '', en: '' },
            foreseen: deadlineOf(dueOn, dayOfInstant(recordedAt.getTime()), calendar).foreseen,
          },
  };
}

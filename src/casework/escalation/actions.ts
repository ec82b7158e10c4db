import { dayOfInstant } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, noScope, read, type Database, type Tx } from '#platform/db.ts';
import type { Job } from '#platform/jobs.ts';
import { writeMessage } from '#platform/outbox.ts';
import { act, calendarOf } from '../actions.ts';
import { tellAppointment } from '../appointment/actions.ts';
import { insertReminder, listEntries, listUnreminded, type ToRemind } from '../appointment/queries.ts';
import { isToRemind } from '../appointment/rules.ts';
import { caseTopic, clockBy, type Case } from '../contract.ts';
import { lockCase, type CaseFile } from '../queries.ts';
import { dueIn, waitIn } from '../rules.ts';
import {
  insertEscalation,
  listCounted,
  listProvinces,
  listUntold,
  moveDue,
  type LateTask,
} from './queries.ts';

export type Watch = { readonly db: Database; readonly clock: Clock; readonly kinds: readonly CaseKind[] };

export const provincesOf = (db: Database): Promise<number[]> => read(db, noScope, listProvinces);

/**
 * Looks every five minutes for limits that have passed and for appointments of the next working day; at its first look
 * counts all deadlines again.
 */
export function escalationJob(watch: Watch): Job {
  let counted = false;
  return {
    name: 'escalate',
    every: 300_000,
    run: async (signal) => {
      if (!counted) await recountDeadlines(watch);
      counted = true;
      await escalateLate(watch, signal);
      await remindComing(watch, signal);
    },
  };
}

const batch = 100;

/**
 * Does what is due when a limit has passed: the act that the kind lets the clock do, or a message to those who are
 * told. Each case in its own transaction, and once: cut off anywhere, the next look goes on.
 */
export async function escalateLate(watch: Watch, signal?: AbortSignal): Promise<number> {
  const { db, clock } = watch;
  const ended = (): boolean => signal?.aborted ?? false;
  let done = 0;
  for (const province of await provincesOf(db)) {
    const scope = { ...noScope, province };
    for (let more = true; more && !ended();) {
      const today = dayOfInstant(clock.now().getTime());
      const late = await read(db, scope, (tx) =>
        listUntold(tx, { provinceId: province, today, limit: batch }),
      );
      for (const task of late) {
        await inTransaction(db, scope, async (tx) => ok(await escalateOne(tx, watch, { province, task })));
        done += 1;
      }
      more = late.length === batch;
    }
  }
  return done;
}

async function escalateOne(
  tx: Tx,
  watch: Watch,
  { province, task }: { readonly province: number; readonly task: LateTask },
): Promise<void> {
  const found = await lockCase(tx, { provinceId: province, caseId: task.caseId });
  if (found === undefined || found.dueOn === null) return;
  const { file, dueOn } = found;
  const now = watch.clock.now();
  const kind = watch.kinds.find((one) => one.kind === task.kind);
  const wait = kind && waitIn(kind, file.state);
  const roles = wait?.escalateTo ?? [];
  // Who was too late to act before this lock has moved the case on, and there is nothing to tell.
  if (dueOn >= dayOfInstant(now.getTime())) return;
  if (!(await insertEscalation(tx, file, { dueOn, roles, at: now }))) return;
  for (const role of roles) await tellRole(tx, file, { role, found, clock: watch.clock });
  if (kind !== undefined && wait?.lapse !== undefined)
    await act(tx, kind, {
      provinceId: province,
      order: {
        id: newId(now.getTime()),
        caseId: file.id,
        act: wait.lapse,
        seenVersion: file.version,
        facts: {},
        reason: null,
        happenedOn: dayOfInstant(now.getTime()),
      },
      by: clockBy,
      clock: watch.clock,
    });
}

const tellRole = (
  tx: Tx,
  file: Case,
  { role, found, clock }: { readonly role: string; readonly found: CaseFile; readonly clock: Clock },
): Promise<void> =>
  writeMessage(
    tx,
    {
      provinceId: file.provinceId,
      channel: 'desk',
      personId: null,
      role,
      countyCode: file.countyCode,
      officeId: file.officeId,
      topic: caseTopic,
      subjectId: file.id,
      facts: { kind: file.kind, act: null, state: file.state, dueOn: found.dueOn },
    },
    clock,
  );

/** Counts every running deadline again, for a calendar that has learnt a holiday since. Gives back how many moved. */
export async function recountDeadlines({ db, kinds }: Watch): Promise<number> {
  let moved = 0;
  for (const province of await provincesOf(db))
    await inTransaction(db, { ...noScope, province }, async (tx) => {
      const calendar = await calendarOf(tx);
      for (const counted of await listCounted(tx, province)) {
        const kind = kinds.find((one) => one.kind === counted.kind);
        const to = kind && dueIn(kind, counted.state, { sinceOn: counted.sinceOn, calendar });
        if (to == null || to === counted.dueOn) continue;
        await moveDue(tx, { ...counted, provinceId: province, to });
        moved += 1;
      }
      return ok();
    });
  return moved;
}

/** Holidays together are never this long, so an appointment beyond is not reminded of yet. */
const mostRemindedAhead = 21 * 86_400_000;

/**
 * Reminds of appointments on the working day before, once of each time. Gives back how many were told. Cut off
 * anywhere, the next look goes on.
 */
export async function remindComing({ db, clock }: Watch, signal?: AbortSignal): Promise<number> {
  let told = 0;
  for (const province of await provincesOf(db)) {
    const scope = { ...noScope, province };
    const now = clock.now();
    const until = new Date(now.getTime() + mostRemindedAhead);
    const due = await read(db, scope, async (tx) => {
      const coming = await listUnreminded(tx, { provinceId: province, from: now, until });
      if (coming.length === 0) return [];
      const calendar = await calendarOf(tx);
      return coming.filter((one) => isToRemind(one, now, calendar));
    });
    for (const one of due) {
      if (signal?.aborted ?? false) return told;
      const reminded = await inTransaction(db, scope, async (tx) =>
        ok(await remindOne(tx, clock, { province, one })),
      );
      if (reminded.ok && reminded.value) told += 1;
    }
  }
  return told;
}

async function remindOne(
  tx: Tx,
  clock: Clock,
  { province, one }: { readonly province: number; readonly one: ToRemind },
): Promise<boolean> {
  const at = { provinceId: province, caseId: one.caseId };
  const found = await lockCase(tx, at);
  const last = (await listEntries(tx, at)).at(-1);
  // Who moved or cancelled it before this lock has told of that.
  if (found === undefined || last?.isOpen !== true || last.meetsAt.getTime() !== one.meetsAt.getTime())
    return false;
  if (!(await insertReminder(tx, found.file, { ...one, at: clock.now() }))) return false;
  await tellAppointment({ tx, clock }, found.file, { ...last, told: 'reminder', reason: null });
  return true;
}

import type { Actor } from '#kernel/actor.ts';
import { id, type Id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { writeMessage } from '#platform/outbox.ts';
import { calendarOf } from '../actions.ts';
import { caseTopic, type Case } from '../contract.ts';
import { lockCase, type CaseId } from '../queries.ts';
import { officesIn, waitIn } from '../rules.ts';
import type { AppointmentForm, AppointmentRefusal, EndForm, Entry, MoveForm, WishForm } from './contract.ts';
import { findHolidayNames, insertEntry, listEntries } from './queries.ts';
import {
  decideCalling,
  decideEnd,
  decideMove,
  decideTime,
  decideWish,
  momentOf,
  wireMoment,
  type Calling,
} from './rules.ts';

export type AppointmentDoing = {
  readonly tx: Tx;
  readonly by: Actor;
  readonly clock: Clock;
  /** Every kind of case of the house. */
  readonly kinds: readonly CaseKind[];
};

type Of = CaseId & { readonly appointmentId: Id };
type Done = Result<{ id: Id }, AppointmentRefusal>;

const caseMissing = { kind: 'CaseMissing', field: 'case', rule: 'in_scope' } as const;

type Loaded = { readonly file: Case; readonly calling: Calling; readonly entries: readonly Entry[] };

/** What decides about a caller to a case, as it stands. */
export function callingOf(
  { by, kinds }: Pick<AppointmentDoing, 'by' | 'kinds'>,
  file: Case,
  last: Entry | undefined,
): Calling {
  const kind = kinds.find((one) => one.kind === file.kind);
  return {
    file,
    by,
    isClosed: kind?.closed.includes(file.state) ?? true,
    waitsFor: (kind && waitIn(kind, file.state)?.on) ?? [],
    liesWith: kind === undefined ? file.officeId : officesIn(kind, file.state, file).officeId,
    last,
  };
}

/** Locks the case, so that of two who write at once the second sees what the first did. */
async function load(doing: AppointmentDoing, at: CaseId): Promise<Loaded | undefined> {
  const found = await lockCase(doing.tx, at);
  if (found === undefined) return undefined;
  const entries = await listEntries(doing.tx, at);
  return { file: found.file, calling: callingOf(doing, found.file, entries.at(-1)), entries };
}

type Said = Pick<Entry, 'entry' | 'appointmentId' | 'meetsAt' | 'place' | 'purpose' | 'bring' | 'reason'> & {
  readonly id: string;
};

const isAt = ({ meetsAt }: Entry, { on, time }: Pick<AppointmentForm, 'on' | 'time'>): boolean => {
  const stored = wireMoment(meetsAt);
  return stored.on === on && stored.time === time;
};

/** What was done already under this id, whatever has come since; undefined when it is new (L5). */
function answerBefore(
  entries: readonly Entry[],
  by: Actor,
  said: Partial<Said> & Pick<Said, 'id' | 'entry'>,
  form?: Pick<AppointmentForm, 'on' | 'time'>,
): Done | undefined {
  const stored = entries.find((entry) => entry.id === said.id);
  if (stored === undefined) return undefined;
  const same =
    stored.by.userId === by.userId &&
    stored.entry === said.entry &&
    (said.appointmentId ?? stored.appointmentId) === stored.appointmentId &&
    (form === undefined || isAt(stored, form)) &&
    (said.place ?? stored.place) === stored.place &&
    (said.purpose ?? stored.purpose) === stored.purpose &&
    (said.bring ?? stored.bring) === stored.bring &&
    (said.reason ?? null) === stored.reason;
  return same ? ok({ id: stored.id }) : otherContent;
}

const otherContent = refused({ kind: 'EntryOtherContent', field: 'id', rule: 'same_content' });

async function decideWhen(
  { tx, clock }: AppointmentDoing,
  form: AppointmentForm,
): Promise<Result<Date, AppointmentRefusal>> {
  const holidays = await findHolidayNames(tx, form.on);
  return decideTime(form, { now: clock.now(), calendar: await calendarOf(tx), holidays });
}

/** Calls the one whom a case is about to come. */
export async function setAppointment(
  doing: AppointmentDoing,
  at: CaseId,
  form: AppointmentForm,
): Promise<Done> {
  const loaded = await load(doing, at);
  if (loaded === undefined) return refused(caseMissing);
  const { place, purpose, bring } = form;
  const said = { id: form.id, entry: 'set', place, purpose, bring } as const;
  const before = answerBefore(loaded.entries, doing.by, said, form);
  if (before !== undefined) return before;
  const may = decideCalling(loaded.calling);
  if (!may.ok) return may;
  const when = await decideWhen(doing, form);
  if (!when.ok) return when;
  const appointmentId = id(form.id);
  return append(doing, loaded, { ...said, appointmentId, meetsAt: when.value, reason: null });
}

/** Another time or place for an open appointment. */
export async function moveAppointment(doing: AppointmentDoing, at: Of, form: MoveForm): Promise<Done> {
  const loaded = await load(doing, at);
  if (loaded === undefined) return refused(caseMissing);
  const { appointmentId } = at;
  const { place, purpose, bring } = form;
  const said = { id: form.id, entry: 'moved', appointmentId, place, purpose, bring } as const;
  const before = answerBefore(loaded.entries, doing.by, said, form);
  if (before !== undefined) return before;
  const may = decideMove(loaded.calling, { appointmentId, seen: form.seen });
  if (!may.ok) return may;
  const when = await decideWhen(doing, form);
  if (!when.ok) return when;
  return append(doing, loaded, { ...said, meetsAt: when.value, reason: null });
}

/** Cancels an appointment, or says whether who was called came. */
export async function endAppointment(doing: AppointmentDoing, at: Of, form: EndForm): Promise<Done> {
  const loaded = await load(doing, at);
  if (loaded === undefined) return refused(caseMissing);
  const { appointmentId } = at;
  const reason = form.end === 'cancelled' ? form.reason : null;
  const said = { id: form.id, entry: form.end, appointmentId, reason } as const;
  const before = answerBefore(loaded.entries, doing.by, said);
  if (before !== undefined) return before;
  const setters = loaded.entries
    .filter((entry) => entry.appointmentId === appointmentId && entry.entry !== 'asked')
    .map(({ by }) => by.role);
  const ended = decideEnd(
    { ...loaded.calling, setters },
    { appointmentId, seen: form.seen, end: form.end, reason, now: doing.clock.now() },
  );
  return ended.ok ? append(doing, loaded, { ...ended.value, ...said }) : ended;
}

/** Whom an appointment calls asks for another time; it stays as it is until the office moves it. */
export async function wishOtherTime(doing: AppointmentDoing, at: Of, form: WishForm): Promise<Done> {
  const loaded = await load(doing, at);
  if (loaded === undefined) return refused(caseMissing);
  const { appointmentId } = at;
  const said = { id: form.id, entry: 'asked', appointmentId, reason: form.reason } as const;
  const before = answerBefore(loaded.entries, doing.by, said);
  if (before !== undefined) return before;
  const { role, scope } = doing.by;
  const wished = decideWish(
    {
      file: loaded.file,
      by: { role, personScope: scope.person },
      entries: loaded.entries,
      now: doing.clock.now(),
    },
    { appointmentId, seen: form.seen },
  );
  return wished.ok ? append(doing, loaded, { ...wished.value, ...said }) : wished;
}

async function append(doing: AppointmentDoing, { file, entries }: Loaded, said: Said): Promise<Done> {
  const { tx, by, clock } = doing;
  const last = entries.at(-1);
  // One after the other, whatever the clock says: the case is locked.
  const at = new Date(Math.max(clock.now().getTime(), (last?.at.getTime() ?? 0) + 1));
  const entry: Entry = {
    id: id(said.id),
    appointmentId: said.appointmentId,
    seq: (last?.seq ?? 0) + 1,
    entry: said.entry,
    isOpen: said.entry === 'set' || said.entry === 'moved' || said.entry === 'asked',
    meetsAt: said.meetsAt,
    place: said.place,
    purpose: said.purpose,
    bring: said.bring,
    reason: said.reason,
    by: { userId: by.userId, personId: by.personId, role: by.role },
    at,
  };
  // The id of another case: nothing is told of it.
  if (!(await insertEntry(tx, file, { entry, last }))) return otherContent;
  if (said.entry === 'set' || said.entry === 'moved' || said.entry === 'cancelled')
    await tellAppointment(doing, file, { ...entry, told: said.entry });
  return ok({ id: entry.id });
}

type Told = Pick<Entry, 'meetsAt' | 'place' | 'purpose' | 'bring' | 'reason'> & {
  readonly told: 'set' | 'moved' | 'cancelled' | 'reminder';
};

/** Writes to whom a case is about when and where to come, in the transaction that causes it. */
export async function tellAppointment(
  { tx, clock, by }: Pick<AppointmentDoing, 'tx' | 'clock'> & Partial<Pick<AppointmentDoing, 'by'>>,
  file: Case,
  { told, meetsAt, place, purpose, bring, reason }: Told,
): Promise<void> {
  const { on, time } = momentOf(meetsAt);
  await writeMessage(
    tx,
    {
      provinceId: file.provinceId,
      channel: 'sms',
      personId: file.subjectId,
      role: null,
      countyCode: file.countyCode,
      officeId: by?.scope.office ?? file.officeId,
      topic: caseTopic,
      subjectId: file.id,
      facts: {
        kind: file.kind,
        act: null,
        state: file.state,
        appointment: told,
        on,
        time,
        place,
        purpose,
        bring,
        reason,
      },
    },
    clock,
  );
}

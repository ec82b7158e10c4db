import {
  addDays,
  dayFromIso,
  dayNumber,
  dayOfInstant,
  dayOfNumber,
  isoOf,
  startOfDay,
  type Day,
} from '#kernel/day.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { addWorkingDays, isWorkingDay } from '../calendar.ts';
import type { Calendar, Case, Doer } from '../contract.ts';
import {
  mostDaysAhead,
  officeHours,
  type AppointmentForm,
  type AppointmentRefusal,
  type EndForm,
  type Entry,
} from './contract.ts';

const two = (count: number): string => String(count).padStart(2, '0');

const minutesOf = (time: string): number =>
  parseInt(time.slice(0, 2), 10) * 60 + parseInt(time.slice(3, 5), 10);

/** The instant of an hour of a day in Tehran. */
export const instantOf = (on: Day, time: string): Date => new Date(startOfDay(on) + minutesOf(time) * 60_000);

/** Day and hour of an instant as an office says them: `1403-06-18`, `10:30`. */
export function momentOf(at: Date): { readonly on: Day; readonly time: string } {
  const on = dayOfInstant(at.getTime());
  const minutes = Math.floor((at.getTime() - startOfDay(on)) / 60_000);
  return { on, time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
}

/** The same as it goes over the wire. */
export function wireMoment(at: Date): { readonly on: string; readonly time: string } {
  const { on, time } = momentOf(at);
  return { on: isoOf(on), time };
}

/** The hours that a form offers: each half hour in which a visit may begin. */
export const offeredTimes: readonly string[] = Array.from({ length: 48 }, (_, half) => {
  const hour = two(Math.floor(half / 2));
  return `${hour}:${half % 2 === 0 ? '00' : '30'}`;
}).filter((time) => officeHours.from <= time && time < officeHours.until);

/** The first working day on which a visit can still begin. */
export function firstDayFor(now: Date, calendar: Calendar): Day {
  const { on, time } = momentOf(now);
  return isWorkingDay(calendar, on) && time < (offeredTimes.at(-1) ?? '')
    ? on
    : addWorkingDays(calendar, on, 1);
}

type Asked = Pick<AppointmentForm, 'on' | 'time'>;

export type TimeFacts = {
  readonly now: Date;
  readonly calendar: Calendar;
  /** What the official calendar calls the day that is asked for; none on a working day or a weekend. */
  readonly holidays: readonly string[];
};

/** When somebody can be called: later than now, on a working day, in its hours. */
export function decideTime(
  { on, time }: Asked,
  { now, calendar, holidays }: TimeFacts,
): Result<Date, AppointmentRefusal> {
  const today = momentOf(now);
  const first = isoOf(firstDayFor(now, calendar));
  const last = isoOf(addDays(today.on, mostDaysAhead));
  // ISO days sort as text; one that the Iranian calendar does not reach is never made a day.
  if (on < isoOf(today.on)) return refused({ kind: 'AppointmentPast', field: 'on', rule: 'not_past', first });
  if (on > last) return refused({ kind: 'AppointmentFar', field: 'on', rule: 'within_a_year', last });
  const day = dayFromIso(on);
  if (!isWorkingDay(calendar, day)) {
    const next = isoOf(addWorkingDays(calendar, day, 1));
    return refused({ kind: 'OfficeClosed', field: 'on', rule: 'working_day', holidays, next });
  }
  if (time < officeHours.from || time >= officeHours.until)
    return refused({ kind: 'OutsideHours', field: 'time', rule: 'working_hours', ...officeHours });
  const meetsAt = instantOf(day, time);
  if (meetsAt <= now) return refused({ kind: 'AppointmentPast', field: 'time', rule: 'not_past', first });
  return ok(meetsAt);
}

/** Where a case stands for who would call somebody to it. */
export type Calling = {
  readonly file: Pick<Case, 'subjectId'>;
  readonly by: Doer;
  readonly isClosed: boolean;
  /** The roles for which the case waits. */
  readonly waitsFor: readonly string[];
  /** The office with which it lies. */
  readonly liesWith: string | null;
  /** The last row of the case, if there is any. */
  readonly last: Entry | undefined;
};

const heads = ['deputy', 'director'] as const;

/** Those for whom the case waits, but not whom it is about; the deputy and the director always. */
export const callersOf = (waitsFor: readonly string[]): string[] => [
  ...new Set([...waitsFor.filter((role) => role !== 'applicant'), ...heads]),
];

function callerRefusal({ by, waitsFor, liesWith }: Calling): AppointmentRefusal | null {
  const may = callersOf(waitsFor);
  if (!may.includes(by.role)) return { kind: 'AppointmentNotYours', field: 'role', rule: 'waits_for', may };
  const office = by.scope?.office ?? null;
  return office !== null && liesWith !== null && office !== liesWith
    ? { kind: 'AppointmentOfOtherOffice', field: 'office', rule: 'lies_with' }
    : null;
}

/** Whether somebody can be called to a case now, whatever the time. */
export function decideCalling(calling: Calling): Result<undefined, AppointmentRefusal> {
  const refusal = callerRefusal(calling);
  if (refusal !== null) return refused(refusal);
  if (calling.file.subjectId === null)
    return refused({ kind: 'NobodyToCall', field: 'case', rule: 'about_somebody' });
  if (calling.isClosed) return refused({ kind: 'CaseIsClosed', field: 'case', rule: 'open_case' });
  if (calling.last?.isOpen === true)
    return refused({
      kind: 'AppointmentOpen',
      field: 'case',
      rule: 'one_open',
      ...wireMoment(calling.last.meetsAt),
    });
  return ok();
}

export type Following = { readonly appointmentId: string; readonly seen: number };

/** The open appointment that somebody saw, if it is still as they saw it. */
function decideSeen(
  last: Entry | undefined,
  { appointmentId, seen }: Following,
): Result<Entry, AppointmentRefusal> {
  if (last === undefined || last.appointmentId !== appointmentId)
    return refused({ kind: 'AppointmentMissing', field: 'appointment', rule: 'of_case' });
  if (!last.isOpen)
    return refused({
      kind: 'AppointmentEnded',
      field: 'appointment',
      rule: 'still_open',
      standing: last.entry,
    });
  if (last.seq !== seen) return refused({ kind: 'AppointmentMovedOn', field: 'seen', rule: 'as_seen' });
  return ok(last);
}

/** An open appointment goes to another time, or only to another place, by those who may call. */
export function decideMove(calling: Calling, following: Following): Result<Entry, AppointmentRefusal> {
  const refusal = callerRefusal(calling);
  if (refusal !== null) return refused(refusal);
  const seen = decideSeen(calling.last, following);
  if (!seen.ok) return seen;
  return calling.isClosed ? refused({ kind: 'CaseIsClosed', field: 'case', rule: 'open_case' }) : seen;
}

/**
 * An appointment ends also when the case has moved on since: then by the role that set it, for nobody else knows who
 * came.
 */
export function decideEnd(
  calling: Calling & { readonly setters: readonly string[] },
  { end, reason, now, ...following }: Following & Pick<EndForm, 'end' | 'reason'> & { readonly now: Date },
): Result<Entry, AppointmentRefusal> {
  const refusal = calling.setters.includes(calling.by.role) ? null : callerRefusal(calling);
  if (refusal !== null) return refused(refusal);
  const seen = decideSeen(calling.last, following);
  if (!seen.ok) return seen;
  if (end === 'cancelled')
    return reason === null
      ? refused({ kind: 'CancelReasonMissing', field: 'reason', rule: 'reasoned' })
      : seen;
  const { meetsAt } = seen.value;
  return now < meetsAt
    ? refused({ kind: 'AppointmentNotBegun', field: 'end', rule: 'from_the_hour', ...wireMoment(meetsAt) })
    : seen;
}

/** Whom it calls asks for another time, once and before the hour; an answer is the office's to give. */
export function decideWish(
  {
    file,
    by,
    entries,
    now,
  }: Pick<Calling, 'file'> & {
    readonly by: { readonly role: string; readonly personScope: string | null };
    readonly entries: readonly Entry[];
    readonly now: Date;
  },
  following: Following,
): Result<Entry, AppointmentRefusal> {
  if (by.role !== 'applicant' || file.subjectId === null || by.personScope !== file.subjectId)
    return refused({ kind: 'WishNotYours', field: 'role', rule: 'whom_it_calls' });
  const asked = entries.some(
    ({ appointmentId, entry }) => appointmentId === following.appointmentId && entry === 'asked',
  );
  if (asked) return refused({ kind: 'WishedAlready', field: 'appointment', rule: 'asked_once' });
  const seen = decideSeen(entries.at(-1), following);
  if (!seen.ok) return seen;
  return now < seen.value.meetsAt
    ? seen
    : refused({ kind: 'WishAfterHour', field: 'appointment', rule: 'before_the_hour' });
}

/** The working day before an appointment: on it somebody is reminded, from the first office hour on. */
export function reminderAt(meetsAt: Date, calendar: Calendar): Date {
  let day = dayNumber(momentOf(meetsAt).on) - 1;
  while (!isWorkingDay(calendar, dayOfNumber(day))) day -= 1;
  return instantOf(dayOfNumber(day), officeHours.from);
}

/** Whether it is time to remind; whoever was told on that same day or later needs no second message. */
export function isToRemind(
  { meetsAt, toldAt }: { readonly meetsAt: Date; readonly toldAt: Date },
  now: Date,
  calendar: Calendar,
): boolean {
  const from = reminderAt(meetsAt, calendar);
  return from <= now && now < meetsAt && momentOf(toldAt).on < momentOf(from).on;
}

const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replaceAll(/\r\n|\r|\n/g, '\\n');

/** A line has at most 75 octets; what is longer goes on in the next, after a blank, and no letter is cut (RFC 5545). */
function folded(line: string): string {
  const octets = new TextEncoder();
  let size = 0;
  let text = '';
  for (const letter of line) {
    const more = octets.encode(letter).length;
    if (size + more > 74) {
      text += '\r\n ';
      size = 1;
    }
    text += letter;
    size += more;
  }
  return text;
}

const stamp = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** An appointment as a file that every calendar takes (RFC 5545); the same appointment moved replaces itself there. */
export function calendarFile(
  { appointmentId, seq, entry, meetsAt, place, at }: Entry,
  { summary, description }: { readonly summary: string; readonly description: string },
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Karsaz//Appointment//FA',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${appointmentId}@karsaz`,
    `SEQUENCE:${seq}`,
    `DTSTAMP:${stamp(at)}`,
    `DTSTART:${stamp(meetsAt)}`,
    `SUMMARY:${escaped(summary)}`,
    `LOCATION:${escaped(place)}`,
    `DESCRIPTION:${escaped(description)}`,
    `STATUS:${entry === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

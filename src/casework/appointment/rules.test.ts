import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  day,
  dayFromIso,
  dayNumber,
  dayOfInstant,
  dayOfNumber,
  isoOf,
  type Day,
} from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { isWorkingDay } from '../calendar.ts';
import type { Calendar } from '../contract.ts';
import {
  appointmentEntries,
  mostDaysAhead,
  officeHours,
  type AppointmentEntry,
  type Entry,
} from './contract.ts';
import {
  calendarFile,
  callersOf,
  decideCalling,
  decideEnd,
  decideMove,
  decideTime,
  decideWish,
  firstDayFor,
  instantOf,
  isToRemind,
  momentOf,
  offeredTimes,
  reminderAt,
  type Calling,
} from './rules.ts';

const today = day('1403-06-15');
const span = fc.integer({ min: -30, max: mostDaysAhead + 30 }).map((days) => addDays(today, days));
const clockTime = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map(
    (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  );
const calendarOf = (holidays: readonly Day[]): Calendar => ({
  holidays: new Set(holidays.map(dayNumber)),
  weekends: [{ weekday: 5, first: 0, last: null }],
  knownUntil: 1404,
});
const calendars = fc.array(span, { maxLength: 60 }).map(calendarOf);
const nows = fc
  .tuple(fc.integer({ min: 0, max: 5 }), clockTime)
  .map(([ahead, time]) => instantOf(addDays(today, ahead), time));

const [caseId, visitId, personId, userId, office, otherOffice] = freshIds(6);
const someId = (given: typeof visitId) => must(given, 'an id');

const entryOf = (given: Partial<Entry> = {}): Entry => ({
  id: someId(visitId),
  appointmentId: someId(visitId),
  seq: 1,
  entry: 'set',
  isOpen: true,
  meetsAt: instantOf(day('1403-06-20'), '10:30'),
  place: 'خیابان یکم، پلاک ۲',
  purpose: 'بازبینی مدارک',
  bring: '',
  reason: null,
  by: { userId: someId(userId), personId: someId(userId), role: 'county_office' },
  at: instantOf(today, '12:00'),
  ...given,
});

const callingOf = (role: string, given: Partial<Calling> = {}): Calling => ({
  file: { subjectId: someId(personId) },
  by: { userId: someId(userId), personId: someId(userId), role, scope: { office: null } },
  isClosed: false,
  waitsFor: ['county_office', 'applicant'],
  liesWith: null,
  last: undefined,
  ...given,
});
const seen = { appointmentId: someId(visitId), seen: 1 };
const kindOf = (result: { ok: boolean; refusal?: { kind: string } }): string => result.refusal?.kind ?? 'ok';

describe('the time of an appointment', () => {
  test('is one that is allowed exactly when it is later than now, within a year, on a working day, in its hours', () => {
    fc.assert(
      fc.property(span, clockTime, nows, calendars, (on, time, now, calendar) => {
        const decided = decideTime({ on: isoOf(on), time }, { now, calendar, holidays: [] });
        const allowed =
          instantOf(on, time) > now &&
          on <= addDays(momentOf(now).on, mostDaysAhead) &&
          isWorkingDay(calendar, on) &&
          officeHours.from <= time &&
          time < officeHours.until;
        expect(decided.ok).toBe(allowed);
        if (decided.ok) expect(momentOf(decided.value)).toEqual({ on, time });
        else expect(['on', 'time']).toContain(decided.refusal.field);
      }),
      { numRuns: 500 },
    );
  });

  test('a refusal names the nearest day that would do', () => {
    fc.assert(
      fc.property(nows, calendars, span, (now, calendar, on) => {
        const first = firstDayFor(now, calendar);
        const time = must(offeredTimes.at(-1), 'an hour');
        expect(decideTime({ on: isoOf(first), time }, { now, calendar, holidays: [] }).ok).toBe(true);
        const decided = decideTime({ on: isoOf(on), time }, { now, calendar, holidays: ['عید'] });
        if (decided.ok || decided.refusal.kind !== 'OfficeClosed') return;
        expect(decided.refusal.holidays).toEqual(['عید']);
        const next = dayFromIso(decided.refusal.next);
        for (let number = dayNumber(on); number < dayNumber(next); number += 1)
          expect(isWorkingDay(calendar, dayOfNumber(number))).toBe(false);
        expect(isWorkingDay(calendar, next)).toBe(true);
      }),
    );
  });

  test('a day that the Iranian calendar does not reach is refused and breaks nothing', () => {
    const facts = { now: instantOf(today, '12:00'), calendar: calendarOf([]), holidays: [] };
    for (const on of ['9999-12-31', '0001-01-01'])
      expect(decideTime({ on, time: '10:00' }, facts).ok).toBe(false);
  });

  test('every hour that a form offers is within office hours', () => {
    for (const time of offeredTimes) expect(officeHours.from <= time && time < officeHours.until).toBe(true);
    expect(offeredTimes).toContain('10:30');
  });
});

describe('who calls somebody to a case', () => {
  const roles = ['county_office', 'agency', 'bank', 'deputy', 'director', 'applicant', 'auditor', 'editor'];

  test('is one for whom it waits, the deputy or the director; never whom it is about', () => {
    fc.assert(
      fc.property(fc.subarray(roles), fc.constantFrom(...roles), (waitsFor, role) => {
        const may =
          (waitsFor.includes(role) && role !== 'applicant') || role === 'deputy' || role === 'director';
        expect(decideCalling(callingOf(role, { waitsFor })).ok).toBe(may);
        expect(callersOf(waitsFor).includes(role)).toBe(may);
      }),
    );
  });

  test('an office does so only where the case lies with it', () => {
    const by = {
      userId: someId(userId),
      personId: someId(userId),
      role: 'agency',
      scope: { office: someId(office) },
    };
    const of = (liesWith: string) =>
      decideCalling(callingOf('agency', { by, waitsFor: ['agency'], liesWith }));
    expect(of(someId(office)).ok).toBe(true);
    expect(kindOf(of(someId(otherOffice)))).toBe('AppointmentOfOtherOffice');
  });

  test('a closed case, one about nobody and one with an open appointment are refused by name', () => {
    expect(kindOf(decideCalling(callingOf('deputy', { isClosed: true })))).toBe('CaseIsClosed');
    expect(kindOf(decideCalling(callingOf('deputy', { file: { subjectId: null } })))).toBe('NobodyToCall');
    for (const entry of appointmentEntries) {
      const isOpen = ['set', 'moved', 'asked'].includes(entry);
      const decided = decideCalling(callingOf('deputy', { last: entryOf({ entry, isOpen }) }));
      expect(kindOf(decided)).toBe(isOpen ? 'AppointmentOpen' : 'ok');
    }
  });
});

const ended = (entry: AppointmentEntry) => entryOf({ entry, isOpen: false });

describe('what follows an appointment', () => {
  const before = instantOf(day('1403-06-20'), '10:29');
  const after = instantOf(day('1403-06-20'), '10:30');
  const endOf = (
    calling: Calling,
    end: 'cancelled' | 'came' | 'absent',
    given: { now?: Date; reason?: string | null; setters?: string[] } = {},
  ) =>
    kindOf(
      decideEnd(
        { ...calling, setters: given.setters ?? [] },
        { ...seen, end, reason: given.reason ?? null, now: given.now ?? after },
      ),
    );

  test('came and did not come hold from the hour on and not a minute before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000, max: 10_000 }),
        fc.constantFrom('came' as const, 'absent' as const),
        (minutes, end) => {
          const last = entryOf();
          const now = new Date(last.meetsAt.getTime() + minutes * 60_000);
          expect(endOf(callingOf('deputy', { last }), end, { now })).toBe(
            minutes < 0 ? 'AppointmentNotBegun' : 'ok',
          );
        },
      ),
    );
  });

  test('a cancellation needs a reason and no hour', () => {
    const calling = callingOf('deputy', { last: entryOf() });
    expect(endOf(calling, 'cancelled', { now: before })).toBe('CancelReasonMissing');
    expect(endOf(calling, 'cancelled', { now: before, reason: 'اداره تعطیل است' })).toBe('ok');
  });

  test('whoever set it ends it when the case waits for others or is closed, and moves it no more', () => {
    const calling = callingOf('county_office', { last: entryOf(), waitsFor: ['agency'] });
    expect(endOf(calling, 'came', { setters: ['county_office'] })).toBe('ok');
    expect(endOf(calling, 'came')).toBe('AppointmentNotYours');
    expect(kindOf(decideMove(calling, seen))).toBe('AppointmentNotYours');
    const closed = callingOf('deputy', { last: entryOf(), isClosed: true });
    expect(kindOf(decideMove(closed, seen))).toBe('CaseIsClosed');
    expect(endOf(closed, 'absent')).toBe('ok');
  });

  test('nothing follows what has ended, what was not seen, or another appointment', () => {
    for (const entry of ['cancelled', 'came', 'absent'] as const) {
      const calling = callingOf('deputy', { last: ended(entry) });
      expect(kindOf(decideMove(calling, seen))).toBe('AppointmentEnded');
      expect(endOf(calling, 'came')).toBe('AppointmentEnded');
    }
    const calling = callingOf('deputy', { last: entryOf({ seq: 2 }) });
    expect(kindOf(decideMove(calling, seen))).toBe('AppointmentMovedOn');
    expect(kindOf(decideMove(calling, { appointmentId: someId(caseId), seen: 2 }))).toBe(
      'AppointmentMissing',
    );
  });

  test('whom it calls asks once, before the hour, and only for themselves', () => {
    const wish = (
      given: { role?: string; person?: string; entries?: Entry[]; now?: Date; seen?: number } = {},
    ) =>
      kindOf(
        decideWish(
          {
            file: { subjectId: someId(personId) },
            by: { role: given.role ?? 'applicant', personScope: given.person ?? someId(personId) },
            entries: given.entries ?? [entryOf()],
            now: given.now ?? before,
          },
          { ...seen, seen: given.seen ?? 1 },
        ),
      );
    expect(wish()).toBe('ok');
    expect(wish({ now: after })).toBe('WishAfterHour');
    expect(wish({ role: 'county_office' })).toBe('WishNotYours');
    expect(wish({ person: someId(caseId) })).toBe('WishNotYours');
    const asked = [entryOf(), entryOf({ seq: 2, entry: 'asked' })];
    expect(wish({ entries: asked, seen: 2 })).toBe('WishedAlready');
    // Moved since, it is the same appointment still.
    expect(wish({ entries: [...asked, entryOf({ seq: 3, entry: 'moved' })], seen: 3 })).toBe('WishedAlready');
    expect(wish({ entries: [ended('cancelled')] })).toBe('AppointmentEnded');
  });
});

describe('the reminder', () => {
  test('comes on the last working day before, and not on the day on which the time was told', () => {
    fc.assert(
      fc.property(span, calendars, fc.integer({ min: 0, max: 12 }), nows, (on, calendar, ahead, now) => {
        const meetsAt = instantOf(on, '10:30');
        const from = dayOfInstant(reminderAt(meetsAt, calendar).getTime());
        expect(from < on && isWorkingDay(calendar, from)).toBe(true);
        for (let number = dayNumber(from) + 1; number < dayNumber(on); number += 1)
          expect(isWorkingDay(calendar, dayOfNumber(number))).toBe(false);
        const toldAt = instantOf(addDays(from, -ahead), '09:00');
        if (isToRemind({ meetsAt, toldAt }, now, calendar)) expect(ahead > 0 && now < meetsAt).toBe(true);
        const atNine = instantOf(from, '09:00');
        expect(isToRemind({ meetsAt, toldAt }, atNine, calendar)).toBe(ahead > 0);
      }),
    );
  });
});

test('the file of a calendar folds after 75 octets, cuts no letter, and says day and hour in UTC', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (place) => {
      const file = calendarFile(entryOf({ place: `الف;ب,ج ${place}` }), {
        summary: 'نوبت',
        description: 'یک\nدو',
      });
      const lines = file.split('\r\n');
      expect(lines.at(-1)).toBe('');
      for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const whole = file.replaceAll('\r\n ', '');
      expect(whole).toContain('\r\nDTSTART:20240910T070000Z\r\n');
      expect(whole).toContain('LOCATION:الف\\;ب\\,ج');
      expect(whole).toContain('DESCRIPTION:یک\\nدو\r\n');
    }),
  );
});

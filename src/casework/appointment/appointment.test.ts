import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import { type Scope, inTransaction, noScope, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { openPetitions, petition, petitionWords } from '#testing/cases.ts';
import { openHouse } from '#testing/house.ts';
import { openCase } from '../actions.ts';
import { remindComing } from '../escalation/actions.ts';
import { sayMessage } from '../words.ts';
import { setAppointment } from './actions.ts';
import { caseAppointmentShape } from './contract.ts';
import { instantOf } from './rules.ts';

const house = await openHouse();
const desk = await openPetitions(house);
const { provinceId, filed, post, get, kindOf, actBy, whole } = desk;
const newId = (): Id => must(freshIds(1)[0], 'an id');

/** Thursday noon; Friday is off, Saturday is not. */
const noon = instantOf(day('1403-06-15'), '12:00').toISOString();
const saturday = '2024-09-07';
const form = (given: object = {}) => ({
  id: newId(),
  on: saturday,
  time: '10:30',
  place: 'کرج، خیابان یکم، پلاک ۲، طبقهٔ سوم',
  purpose: 'بازبینی قرارداد کار',
  bring: 'شناسنامه و قرارداد',
  ...given,
});
type Who = Parameters<typeof post>[0];
type Form = ReturnType<typeof form>;

const setBy = (who: Who, caseId: Id, given: object = {}, key?: Id) =>
  post(who, `/${caseId}/appointments`, form(given), key);
const seenBy = async (who: Who, caseId: Id) =>
  caseAppointmentShape.parse((await get(who, `/${caseId}/appointment`)).json());
const problemOf = (response: { json: () => unknown }) => {
  const { kind, field, rule, fa, en } = problemShape.parse(response.json());
  expect(fa).toMatch(/[آ-ی]/);
  expect(en).toMatch(/[a-z]/);
  return { kind, field, rule };
};

/** A case with an open appointment, and how to follow it up. */
async function called() {
  house.clock.set(noon);
  const caseId = await filed();
  const set = form();
  expect((await post('clerk', `/${caseId}/appointments`, set)).statusCode).toBe(201);
  const path = `/${caseId}/appointments/${set.id}`;
  return {
    caseId,
    set,
    move: (who: Who, seen: number, given: object = {}, key?: Id) =>
      post(who, `${path}/moves`, { ...form(given), seen }, key),
    end: (who: Who, seen: number, end: string, reason: string | null = null) =>
      post(who, `${path}/outcomes`, { id: newId(), seen, end, reason }),
    wish: (who: Who, seen: number, reason = 'آن روز در سفرم') =>
      post(who, `${path}/wishes`, { id: newId(), seen, reason }),
  };
}

const messagesOf = async (caseId: Id): Promise<string[]> => {
  const { rows } = await read(house.db, whole, (tx) =>
    sql<{ facts: Record<string, string | null> }>`
      select facts from platform.message
      where subject_id = ${caseId} and facts ? 'appointment' order by made_at, message_id
    `.execute(tx),
  );
  return rows.map(
    ({ facts }) =>
      must(
        sayMessage(facts, () => petitionWords),
        'words',
      ).fa,
  );
};

const outcomesOf = (responses: readonly { statusCode: number; json: () => unknown }[]) =>
  responses.map((one) => (one.statusCode === 201 ? 'done' : kindOf(one))).toSorted();

describe('an appointment over HTTP', () => {
  test('is set by those for whom the case waits, the deputy and the director, in their own place', async () => {
    house.clock.set(noon);
    const outcome = async (who: Who) => {
      const response = await setBy(who, await filed());
      return response.statusCode === 201 ? 'set' : kindOf(response);
    };
    expect(await outcome('clerk')).toBe('set');
    expect(await outcome('deputy')).toBe('set');
    expect(await outcome('director')).toBe('set');
    expect(await outcome('neighbour')).toBe('CaseMissing');
    expect(await outcome('applicant')).toBe('AppointmentNotYours');
    expect(await outcome('auditor')).toBe('ReadOnly');
    const decided = await filed();
    await actBy('deputy', decided, 'decide', 1);
    expect(problemOf(await setBy('clerk', decided))).toEqual({
      kind: 'AppointmentNotYours',
      field: 'role',
      rule: 'waits_for',
    });
    expect((await setBy('deputy', decided)).statusCode).toBe(201);
  });

  test.each([
    [{ on: '2024-09-04' }, { kind: 'AppointmentPast', field: 'on', rule: 'not_past' }],
    [
      { on: '2024-09-05', time: '11:59' },
      { kind: 'AppointmentPast', field: 'time', rule: 'not_past' },
    ],
    [{ on: '2024-09-06' }, { kind: 'OfficeClosed', field: 'on', rule: 'working_day' }],
    [{ time: '07:29' }, { kind: 'OutsideHours', field: 'time', rule: 'working_hours' }],
    [{ time: '14:00' }, { kind: 'OutsideHours', field: 'time', rule: 'working_hours' }],
    [{ on: '2025-12-01' }, { kind: 'AppointmentFar', field: 'on', rule: 'within_a_year' }],
    [{ time: '25:00' }, { kind: 'InvalidInput', field: 'time' }],
    [{ place: ' ' }, { kind: 'InvalidInput', field: 'place' }],
    [{ purpose: '' }, { kind: 'InvalidInput', field: 'purpose' }],
  ])('refuses %j by its field and rule', async (given, expected) => {
    house.clock.set(noon);
    const caseId = await filed();
    expect(problemOf(await setBy('clerk', caseId, given))).toMatchObject(expected);
    expect((await seenBy('clerk', caseId)).appointment).toBeNull();
  });

  test('names the holiday, and the working day after it', async () => {
    house.clock.set(noon);
    const { rows } = await sql<{ day: string; title: string }>`
      select day::text, title_fa as title from casework.holiday
      where day > '2024-09-07' and day < '2025-03-01' and extract(isodow from day) <> 5 order by day limit 1
    `.execute(house.owner);
    const holiday = must(rows[0], 'a holiday');
    const refusal = problemShape.parse((await setBy('clerk', await filed(), { on: holiday.day })).json());
    expect(refusal.kind).toBe('OfficeClosed');
    expect(refusal.fa).toContain(holiday.title);
    expect(refusal.facts?.['holidays']).toContain(holiday.title);
  });

  test('is one at a time, and none on a closed case', async () => {
    const { caseId, end } = await called();
    expect(problemOf(await setBy('deputy', caseId))).toEqual({
      kind: 'AppointmentOpen',
      field: 'case',
      rule: 'one_open',
    });
    expect((await end('clerk', 1, 'cancelled', 'اداره تعطیل است')).statusCode).toBe(201);
    expect((await setBy('deputy', caseId)).statusCode).toBe(201);
    const closed = await filed();
    expect((await actBy('clerk', closed, 'withdraw', 1)).statusCode).toBe(201);
    expect(problemOf(await setBy('deputy', closed))).toEqual({
      kind: 'CaseIsClosed',
      field: 'case',
      rule: 'open_case',
    });
  });

  test('the same twice is one, with its key or its id; another body under either is refused', async () => {
    house.clock.set(noon);
    const caseId = await filed();
    const body: Form = form();
    const key = newId();
    const path = `/${caseId}/appointments`;
    const both = await Promise.all([post('clerk', path, body, key), post('clerk', path, body, key)]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect((await post('clerk', path, body)).statusCode).toBe(201);
    expect((await seenBy('clerk', caseId)).entries).toHaveLength(1);
    expect(await messagesOf(caseId)).toHaveLength(1);
    expect(problemOf(await post('clerk', path, { ...body, time: '11:00' }))).toEqual({
      kind: 'EntryOtherContent',
      field: 'id',
      rule: 'same_content',
    });
    expect((await post('clerk', path, { ...body, time: '11:00' }, key)).statusCode).toBe(409);
    expect(problemOf(await post('clerk', `/${await filed()}/appointments`, body)).kind).toBe(
      'EntryOtherContent',
    );
  });

  test('of two who set or move at once one does, and the other is told', async () => {
    house.clock.set(noon);
    const caseId = await filed();
    const set = await Promise.all([setBy('clerk', caseId), setBy('deputy', caseId, { time: '09:00' })]);
    expect(outcomesOf(set)).toEqual(['AppointmentOpen', 'done']);
    const { move } = await called();
    const moved = await Promise.all([
      move('clerk', 1, { time: '11:00' }),
      move('deputy', 1, { time: '12:00' }),
    ]);
    expect(outcomesOf(moved)).toEqual(['AppointmentMovedOn', 'done']);
  });
});

describe('what follows an appointment', () => {
  test('the applicant sees it, asks once for another time, and never sets one', async () => {
    const { caseId, set, move, end, wish } = await called();
    const mine = await seenBy('applicant', caseId);
    expect(mine.appointment).toMatchObject({ on: saturday, time: '10:30', place: set.place, isOpen: true });
    expect(mine.may).toEqual({ set: false, move: false, end: false, ask: true });
    expect(kindOf(await move('applicant', 1))).toBe('AppointmentNotYours');
    expect(kindOf(await end('applicant', 1, 'cancelled', 'نمی‌آیم'))).toBe('AppointmentNotYours');
    expect(problemOf(await wish('clerk', 1))).toEqual({
      kind: 'WishNotYours',
      field: 'role',
      rule: 'whom_it_calls',
    });
    expect(problemOf(await wish('applicant', 1, ' '))).toMatchObject({
      kind: 'InvalidInput',
      field: 'reason',
    });
    const races = await Promise.all([wish('applicant', 1), wish('applicant', 1)]);
    expect(races.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(problemOf(await wish('applicant', 2))).toEqual({
      kind: 'WishedAlready',
      field: 'appointment',
      rule: 'asked_once',
    });
    expect(await seenBy('clerk', caseId)).toMatchObject({
      appointment: { standing: 'asked', reason: 'آن روز در سفرم', isOpen: true },
      may: { set: false, move: true, end: true, ask: false },
    });
    expect(kindOf(await wish('neighbour', 2))).toBe('CaseMissing');
  });

  test('it is moved as it was seen, ended once, and came holds from the hour on', async () => {
    const { caseId, move, end } = await called();
    expect(problemOf(await move('clerk', 1, { on: '2024-09-06' }))).toMatchObject({ kind: 'OfficeClosed' });
    expect((await move('clerk', 1, { time: '11:00' })).statusCode).toBe(201);
    expect(problemOf(await end('clerk', 1, 'came'))).toEqual({
      kind: 'AppointmentMovedOn',
      field: 'seen',
      rule: 'as_seen',
    });
    expect(problemOf(await end('clerk', 2, 'came'))).toEqual({
      kind: 'AppointmentNotBegun',
      field: 'end',
      rule: 'from_the_hour',
    });
    expect(problemOf(await end('clerk', 2, 'cancelled'))).toEqual({
      kind: 'CancelReasonMissing',
      field: 'reason',
      rule: 'reasoned',
    });
    house.clock.set(instantOf(day('1403-06-17'), '11:00').toISOString());
    expect((await end('colleague', 2, 'came')).statusCode).toBe(201);
    expect(problemOf(await end('clerk', 3, 'absent'))).toEqual({
      kind: 'AppointmentEnded',
      field: 'appointment',
      rule: 'still_open',
    });
    const { appointment, entries } = await seenBy('deputy', caseId);
    expect(appointment).toMatchObject({ standing: 'came', isOpen: false, time: '11:00' });
    expect(entries.map(({ entry }) => entry)).toEqual(['set', 'moved', 'came']);
  });

  test('after the hour nobody asks for another time, and another appointment is not this one', async () => {
    const { wish, caseId } = await called();
    house.clock.set(instantOf(day('1403-06-17'), '10:30').toISOString());
    expect(problemOf(await wish('applicant', 1))).toEqual({
      kind: 'WishAfterHour',
      field: 'appointment',
      rule: 'before_the_hour',
    });
    const path = `/${caseId}/appointments/${newId()}/outcomes`;
    const unknown = { id: newId(), seen: 1, end: 'came', reason: null };
    expect(problemOf(await post('clerk', path, unknown))).toEqual({
      kind: 'AppointmentMissing',
      field: 'appointment',
      rule: 'of_case',
    });
  });

  test('whom it calls is told when it is set, moved and cancelled, and may keep it as a file', async () => {
    const { caseId, move, end } = await called();
    house.clock.advance(1000);
    await move('clerk', 1, { time: '11:00' });
    const file = await get('applicant', `/${caseId}/appointment.ics`);
    expect(file.headers['content-type']).toContain('text/calendar');
    expect(file.body.replaceAll('\r\n ', '')).toContain('DTSTART:20240907T073000Z\r\n');
    expect(file.body).toContain('SEQUENCE:2\r\n');
    expect(kindOf(await get('neighbour', `/${caseId}/appointment.ics`))).toBe('CaseMissing');
    expect(kindOf(await get('applicant', `/${await filed()}/appointment.ics`))).toBe('AppointmentMissing');
    house.clock.advance(1000);
    await end('clerk', 2, 'cancelled', 'اداره جابه‌جا می‌شود');
    const [set, moved, cancelled] = await messagesOf(caseId);
    expect(set).toContain('۱۴۰۳/۰۶/۱۷، ساعت ۱۰:۳۰');
    expect(set).toContain('همراه بیاورید: شناسنامه و قرارداد');
    expect(moved).toContain('ساعت ۱۱:۰۰');
    expect(cancelled).toContain('لغو شد');
    expect(cancelled).toContain('اداره جابه‌جا می‌شود');
  });

  test('it is reminded of once, on the working day before, and again of another time only', async () => {
    const { caseId, move, set } = await called();
    const watch = { db: house.db, clock: house.clock, kinds: [petition] };
    const reminders = async () =>
      (await messagesOf(caseId)).filter((text) => text.includes('یادآوری')).length;
    // Set on Thursday for Saturday: the working day before is that same Thursday.
    await remindComing(watch);
    expect(await reminders()).toBe(0);
    await move('clerk', 1, { on: '2024-09-09' });
    house.clock.set(instantOf(day('1403-06-17'), '23:00').toISOString());
    await remindComing(watch);
    expect(await reminders()).toBe(0);
    house.clock.set(instantOf(day('1403-06-18'), '08:00').toISOString());
    await Promise.all([remindComing(watch), remindComing(watch)]);
    await remindComing(watch);
    expect(await reminders()).toBe(1);
    const path = `/${caseId}/appointments/${set.id}/outcomes`;
    await post('clerk', path, { id: newId(), seen: 2, end: 'cancelled', reason: 'اداره تعطیل است' });
    await setBy('clerk', caseId, { on: '2024-09-15' });
    house.clock.set(instantOf(day('1403-06-24'), '08:00').toISOString());
    await remindComing(watch);
    expect(await reminders()).toBe(2);
  });
});

const rowsOf = (scope: Scope, caseId: Id) =>
  read(house.db, scope, async (tx) => {
    const { rows } = await sql`
      select 1 from casework.appointment where province_id = ${provinceId} and case_id = ${caseId}
    `.execute(tx);
    return rows.length;
  });
const insert = (scope: Scope, caseId: Id, given: Record<string, string>) => {
  const row: Record<string, string> = {
    province_id: String(provinceId),
    case_id: `'${caseId}'`,
    seq: '2',
    entry_id: `'${newId()}'`,
    entry: "'asked'",
    prev_seq: '1',
    was_open: 'true',
    is_open: 'true',
    meets_at: "'2024-09-07T07:00:00Z'",
    place: "'کرج'",
    purpose: "'کار'",
    bring: "''",
    reason: "'سفر'",
    county_code: "'0501'",
    subject_id: `'${desk.applicantId}'`,
    by_user: `'${newId()}'`,
    by_person: `'${newId()}'`,
    by_role: "'applicant'",
    entered_at: 'now()',
    ...given,
  };
  return inTransaction(house.db, scope, async (tx) => {
    await sql
      .raw(
        `insert into casework.appointment (${Object.keys(row).join()}) values (${Object.values(row).join()})`,
      )
      .execute(tx);
    return ok();
  });
};

describe('as the serving role in SQL alone', () => {
  test('each sees their own and no other county, person or province', async () => {
    const { caseId } = await called();
    expect(await rowsOf({ ...whole, county: '0501' }, caseId)).toBe(1);
    expect(await rowsOf({ ...whole, county: '0502' }, caseId)).toBe(0);
    expect(await rowsOf({ ...whole, person: desk.applicantId }, caseId)).toBe(1);
    expect(await rowsOf({ ...whole, person: newId() }, caseId)).toBe(0);
    expect(await rowsOf({ ...whole, office: newId() }, caseId)).toBe(0);
    expect(await rowsOf({ ...noScope, province: 6 }, caseId)).toBe(0);
    expect(await rowsOf({ ...noScope, province: 'all' }, caseId)).toBe(1);
  });

  test('whom it calls adds no row but a wish, and nobody a second open one, a second wish or a gap', async () => {
    const { caseId, set } = await called();
    const own = { ...whole, person: desk.applicantId };
    const same = { appointment_id: `'${set.id}'`, follows_id: `'${set.id}'` };
    const fails = (scope: Scope, given: Record<string, string>) =>
      expect(insert(scope, caseId, { ...same, ...given })).rejects;
    await fails(own, { entry: "'moved'", reason: 'null' }).toThrow(/row-level security/);
    await fails({ ...whole, person: newId() }, {}).toThrow(/row-level security/);
    await fails({ ...whole, county: '0502' }, {}).toThrow(/row-level security/);
    const begun = { entry: "'set'", reason: 'null', appointment_id: `'${newId()}'`, follows_id: 'null' };
    await fails(whole, begun).toThrow(/appointment_steps/);
    await fails(whole, { ...begun, was_open: 'false' }).toThrow(/appointment_after/);
    await fails(whole, { seq: '3', prev_seq: '2' }).toThrow(/appointment_(?:after|follows)/);
    await fails(whole, { appointment_id: `'${newId()}'` }).toThrow(/appointment_same/);
    expect((await insert(own, caseId, same)).ok).toBe(true);
    await fails(own, { seq: '3', prev_seq: '2' }).toThrow(/appointment_asked_once/);
    for (const deed of ['update casework.appointment set place = place', 'delete from casework.appointment'])
      await expect(
        inTransaction(house.db, whole, async (tx) => ok(await sql.raw(deed).execute(tx))),
      ).rejects.toThrow(/permission denied/);
  });
});

test('an office sets one where the case lies with it; its reviewing office reads it, a third sees nothing', async () => {
  house.clock.set(noon);
  const [caseId, openingId, officeId, reviewOfficeId] = [newId(), newId(), newId(), newId()];
  const kind: CaseKind = { ...petition, waits: { filed: { on: ['agency'] } } };
  const place = { provinceId, countyCode: '0501', officeId, reviewOfficeId, subjectId: desk.applicantId };
  const opening = { id: openingId, caseId, ...place, facts: {}, reason: null, happenedOn: day('1403-06-10') };
  await inTransaction(house.db, whole, (tx) =>
    openCase(tx, kind, { opening, by: desk.people.clerk, clock: house.clock }),
  );
  const setAt = async (office: Id): Promise<string> => {
    const by: Actor = {
      ...desk.people.clerk,
      role: 'agency',
      scope: { province: provinceId, county: null, person: null, office },
    };
    const done = await inTransaction(house.db, by.scope, (tx) =>
      setAppointment({ tx, by, clock: house.clock, kinds: [kind] }, { provinceId, caseId }, form()),
    );
    return done.ok ? 'set' : done.refusal.kind;
  };
  expect(await setAt(reviewOfficeId)).toBe('AppointmentOfOtherOffice');
  expect(await setAt(newId())).toBe('CaseMissing');
  expect(await setAt(officeId)).toBe('set');
  expect(await messagesOf(caseId)).toHaveLength(1);
  expect(await rowsOf({ ...whole, office: reviewOfficeId }, caseId)).toBe(1);
  expect(await rowsOf({ ...whole, office: newId() }, caseId)).toBe(0);
});

import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { codeAnswerShape, joinedShape } from '#access/join/contract.ts';
import { addDays, addMonths, dayOfInstant, isoOf } from '#kernel/day.ts';
import { transitionsOf } from '#kernel/state.ts';
import { must, ok } from '#kernel/result.ts';
import { partyRoutes } from '#party/routes.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { signInAs, type Clerk } from '#testing/desk.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf, openLicences, samanu, toIssue, toIssueStarred } from '#testing/licences.ts';
import { nationalId, newPassword } from '#testing/people.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import { licenceShape, requestActs, requestShape, type Licence, type RequestAct } from './contract.ts';
import { requestKind } from './rules.ts';

const house = await openHouse();
const licences = await openLicences(house, [partyRoutes(house)]);
const { act, asked, form, get, page, post } = licences;

const userOf: Readonly<Record<string, string>> = {
  applicant: 'applicant',
  county_office: 'county-office',
  deputy: 'deputy',
  agency: 'agency',
  director: 'director',
};
const doers: Readonly<Partial<Record<RequestAct, string>>> = {
  pass_inquiry: 'county-office',
  send_to_review: 'agriculture',
  confirm_review: 'health',
  sign_first: 'agriculture',
  sign_second: 'director',
  return: 'county-office',
  resubmit: 'county-office',
  refuse: 'county-office',
  object: 'county-office',
  reopen: 'director',
  uphold: 'director',
  withdraw: 'county-office',
};

const registered = async (): Promise<Licence[]> => {
  const { body } = await get('director', 'licences');
  return licenceShape.array().parse(Object(body).items);
};
const licenceOfRequest = async (requestId: string): Promise<Licence> => {
  const { licence } = await page(requestId);
  return must(
    (await registered()).find(({ licenceId }) => licenceId === licence?.licenceId),
    'its licence',
  );
};

const answered = (answer: string) => ({ inquiry: { identity: 'clear', government_employment: answer } });
const holderOf = (sent: ReturnType<typeof form>) => ({ holder: sent.holder });
const end = async (kind: 'cancelled' | 'annulled', licenceId: string, who = 'director') =>
  kindOf(await post(who, `licences/${licenceId}/ending`, { id: freshId(), kind, reason: 'آزمایش' }));
const asServing = (statement: ReturnType<typeof sql>) =>
  inTransaction(house.db, { ...noScope, province: alborz }, async (tx) => {
    await statement.execute(tx);
    return ok();
  });

const actNamed = (name: string): RequestAct =>
  must(
    requestActs.find((known) => known === name),
    name,
  );

describe('a request for a licence', () => {
  test('becomes a licence by two signatures, and the applicant sees each step in plain words', async () => {
    const sent = await asked(toIssue);
    const { request, acts, licence } = await page(sent.id);
    expect(request).toMatchObject({ state: 'issued', holderName: 'مریم نمونه‌پور', late: false });
    expect(acts.map(({ act: name }) => name)).toEqual([
      'submit',
      'pass_inquiry',
      'sign_first',
      'sign_second',
    ]);
    expect(licence?.number).toMatch(/^30-1403-\d{6}-\d{4}$/);
    expect(await licenceOfRequest(sent.id)).toMatchObject({
      state: 'valid',
      issuedOn: '2024-09-05',
      validFrom: '2024-09-05',
      expiresOn: '2026-09-06',
    });
  });

  test('of a starred occupation goes to health before the first signature', async () => {
    const sent = await asked(toIssueStarred.slice(0, 1), { occupationId: samanu });
    expect(kindOf(await act('agriculture', sent.id, 'sign_first'))).toBe('ReviewNeeded');
    expect(kindOf(await act('agriculture', sent.id, 'send_to_review'))).toBe('ok');
    expect(kindOf(await act('agriculture', sent.id, 'confirm_review'))).toBe('ActOfOtherOffice');
    expect((await page(sent.id, 'health')).acts).toHaveLength(3);
    for (const [who, name] of toIssueStarred.slice(2))
      expect(kindOf(await act(who, sent.id, name))).toBe('ok');
    const plain = await asked(toIssue.slice(0, 1));
    expect(kindOf(await act('agency', plain.id, 'send_to_review'))).toBe('NotStarred');
  });

  test('stops at an inquiry that is unknown, and is turned down under the condition that a conflict breaks', async () => {
    const sent = await asked();
    expect(kindOf(await act('county-office', sent.id, 'pass_inquiry', { inquiry: null }))).toBe(
      'InquiryNeeded',
    );
    expect(kindOf(await act('county-office', sent.id, 'pass_inquiry', answered('unknown')))).toBe(
      'InquiryUnknown',
    );
    const conflict = await act('county-office', sent.id, 'pass_inquiry', answered('conflict'));
    expect(kindOf(conflict)).toBe('InquiryConflict');
    expect(Object(conflict.body).fa).toContain('شرط ۶');
    for (const conditionNumber of [null, '99'])
      expect(kindOf(await act('county-office', sent.id, 'refuse', { conditionNumber }))).toBe(
        'ConditionNotInForce',
      );
    expect(kindOf(await act('county-office', sent.id, 'refuse', { reason: null }))).toBe('ActReasonMissing');
    expect(kindOf(await act('county-office', sent.id, 'refuse'))).toBe('ok');
    const { acts } = await page(sent.id);
    expect(acts.at(-1)).toMatchObject({ act: 'refuse', facts: { condition: '6' } });
  });

  test('is returned, mended, and promised anew; objected to, and taken up again', async () => {
    const sent = await asked([
      ['county-office', 'pass_inquiry'],
      ['agency', 'return'],
    ]);
    house.clock.advance(5 * 86_400_000);
    expect(kindOf(await act('county-office', sent.id, 'resubmit'))).toBe('ok');
    expect((await page(sent.id)).request).toMatchObject({
      state: 'submitted',
      submittedOn: '2024-09-10',
      promisedOn: '2024-09-24',
    });
    for (const [who, name] of [
      ['county-office', 'refuse'],
      ['county-office', 'object'],
      ['director', 'reopen'],
      ['agency', 'sign_first'],
      ['director', 'sign_second'],
    ] as const)
      expect(kindOf(await act(who, sent.id, name))).toBe('ok');
  });

  test('that was refused is not taken up again beside a newer one or its licence', async () => {
    const first = await asked([
      ['county-office', 'pass_inquiry'],
      ['county-office', 'refuse'],
    ]);
    const again = form({ holder: first.holder });
    expect(kindOf(await post('county-office', 'licence-requests', again))).toBe('ok');
    expect(kindOf(await act('county-office', first.id, 'object'))).toBe('RequestStands');
    for (const [who, name] of [
      ['county-office', 'pass_inquiry'],
      ['agency', 'sign_first'],
      ['director', 'sign_second'],
    ] as const)
      expect(kindOf(await act(who, again.id, name)), name).toBe('ok');
    expect(kindOf(await act('county-office', first.id, 'object'))).toBe('LicenceStands');
  });

  test('stands once for a person and occupation, and acts once however often it is sent', async () => {
    const sent = form();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post('county-office', 'licence-requests', sent)),
    );
    expect(new Set(answers.map(kindOf))).toEqual(new Set(['ok']));
    expect(kindOf(await post('county-office', 'licence-requests', { ...sent, id: freshId() }))).toBe(
      'RequestStands',
    );
    const racing = form();
    const racers = Array.from({ length: 6 }, () => ({ ...racing, id: freshId() }));
    const raced = await Promise.all(racers.map((one) => post('county-office', 'licence-requests', one)));
    expect(raced.map(kindOf).filter((kind) => kind === 'ok')).toHaveLength(1);
  });

  test('is refused for another county, an occupation outside the list, a national id that is none, and a name without a letter', async () => {
    const holder = form().holder;
    const ask = (change: object) => post('county-office', 'licence-requests', form(change));
    expect(kindOf(await ask({ holder: { ...holder, countyCode: '3002' } }))).toBe('CountyElsewhere');
    expect((await ask({ occupationId: 9999 })).body).toMatchObject({
      kind: 'OccupationNotListed',
      field: 'occupationId',
    });
    expect(kindOf(await ask({ holder: { ...holder, nationalId: '1234567890' } }))).toBe('NationalIdWrong');
    expect(kindOf(await ask({ occupationId: 63 }))).toBe('OfficeNotThere');
    for (const field of ['firstName', 'lastName'])
      for (const [name, rule] of [
        ['\u200f\u202e', 'required'],
        ['...', 'letters'],
      ] as const)
        expect(await ask({ holder: { ...holder, [field]: name } })).toMatchObject({
          status: 422,
          body: { kind: 'InvalidInput', field: `holder.${field}`, rule },
        });
    expect(kindOf(await ask({ renews: freshId() }))).toBe('LicenceMissing');
    expect(kindOf(await post('director', 'licence-requests', form()))).toBe('ActNotYours');
  });

  test('is refused below fifteen, by what is told now or was told before, and not on the birthday', async () => {
    const holder = form().holder;
    const ask = (change: object) =>
      post('county-office', 'licence-requests', form({ holder: { ...holder, ...change } }));
    const today = new Date(house.clock.now());
    const born = (years: number, days = 0) =>
      isoOf(addDays(addMonths(dayOfInstant(today.getTime()), -12 * years), days));
    for (const bornOn of [born(0), born(15, 1)])
      expect(await ask({ bornOn })).toMatchObject({
        status: 422,
        body: { kind: 'HolderTooYoung', field: 'holder.bornOn', fa: expect.stringContaining('۱۵ سال') },
      });
    expect(kindOf(await ask({ bornOn: '1800-01-01' }))).toBe('InvalidInput');
    const child = { ...form().holder, bornOn: born(9) };
    const entered = await post('county-office', 'persons', {
      ...child,
      id: freshId(),
      form: 'natural',
      fatherName: null,
      gender: null,
      settlement: null,
      email: null,
    });
    expect(entered.status).toBe(201);
    expect(kindOf(await ask({ ...child, bornOn: null }))).toBe('HolderTooYoung');
    expect(kindOf(await ask({ bornOn: born(15) }))).toBe('ok');
  });

  test('of an applicant is theirs alone to see, and kept under their own account', async () => {
    const own = form();
    expect(kindOf(await post('applicant', 'licence-requests', own))).toBe('ok');
    const again = { ...form({ occupationId: 74 }), holder: own.holder };
    expect(kindOf(await post('applicant', 'licence-requests', again))).toBe('ok');
    const other = await asked();
    expect(kindOf(await get('applicant', `licence-requests/${other.id}`))).toBe('RequestMissing');
    const mine = requestShape.array().parse(Object((await get('applicant', 'licence-requests')).body).items);
    expect(mine.map(({ requestId }) => requestId).sort()).toEqual([own.id, again.id].sort());
    const stolen = form({ holder: other.holder });
    expect((await post('applicant', 'licence-requests', stolen)).body).toMatchObject({
      kind: 'HolderIsAnother',
      field: 'holder.nationalId',
    });
    expect(kindOf(await act('applicant', other.id, 'withdraw'))).toBe('RequestMissing');
    expect(kindOf(await act('applicant', own.id, 'withdraw'))).toBe('ok');
    expect(kindOf(await get('bank', 'licence-requests'))).toBe('RoleMayNot');
  });
});

/** Opens an account by the code that a demonstration tells, and signs in. */
async function join(given: object, phone: string): Promise<Clerk> {
  const { desk } = licences;
  const who = { provinceId: alborz, firstName: 'مریم', lastName: 'نمونه‌پور', phone, ...given };
  house.clock.advance(10 * 60_000);
  const told = await desk.nobody.post('/api/access/join-codes', who);
  const { code } = codeAnswerShape.parse(told.body);
  const order = { ...who, code: must(code, 'a code'), password: newPassword };
  const { username } = joinedShape.parse((await desk.nobody.post('/api/access/applicants', order)).body);
  return signInAs(desk.app, username, newPassword);
}

describe('who opened an account alone', () => {
  const base = '/api/provinces/alborz/licence-requests';
  const idsOf = async (clerk: Clerk): Promise<string[]> =>
    requestShape
      .array()
      .parse(Object((await clerk.get(base)).body).items)
      .map(({ requestId }) => requestId);

  test('asks for a licence for themselves and for nobody else, and sees only their own', async () => {
    const own = form();
    const mine = await join({ nationalId: own.holder.nationalId }, '09120000001');
    const stranger = await asked();
    expect(kindOf(await mine.post(base, form()))).toBe('NationalIdOfAnother');
    expect(kindOf(await mine.post(base, own))).toBe('ok');
    expect(await idsOf(mine)).toEqual([own.id]);
    expect(kindOf(await mine.get(`${base}/${stranger.id}`))).toBe('RequestMissing');
    const other = await join({ nationalId: nationalId() }, '09120000002');
    expect(await idsOf(other)).toEqual([]);
    expect(kindOf(await other.get(`${base}/${own.id}`))).toBe('RequestMissing');
  });

  test('finds the request that the county took for them, by the phone that it took too', async () => {
    const { holder } = form();
    const sent = await asked([], { holder: { ...holder, phone: '۰۹۱۲ ۰۰۰ ۰۰۰۳' } });
    const { nationalId: theirs } = holder;
    await expect(join({ nationalId: theirs }, '09120000004')).rejects.toThrow('a code');
    const mine = await join({ nationalId: theirs }, '09120000003');
    expect(await idsOf(mine)).toEqual([sent.id]);
  });

  test('and whom the county enters afterwards, asks under its record where it has their phone', async () => {
    for (const [own, kept, expected] of [
      ['09120000011', '۰۹۱۲ ۰۰۰ ۰۰۱۱', 'ok'],
      ['09120000012', '09120000013', 'HolderIsAnother'],
      ['09120000014', null, 'HolderIsAnother'],
    ] as const) {
      const { holder } = form();
      const mine = await join({ nationalId: holder.nationalId }, own);
      await asked([], { holder: { ...holder, phone: kept } });
      const again = form({ holder, occupationId: samanu });
      expect(kindOf(await mine.post(base, again)), own).toBe(expected);
      expect(await idsOf(mine)).toEqual(expected === 'ok' ? [again.id] : []);
    }
  });
});

describe('who may do what, in each state', () => {
  const states = [...new Set(transitionsOf(requestKind).map(({ to }) => to))];
  const roles = Object.keys(userOf);

  test('every state is reached', () => expect(states.sort()).toEqual(Object.keys(requestKind.table).sort()));

  test.each(states)(
    '%s',
    async (state) => {
      const sent = form({ occupationId: samanu });
      await post('county-office', 'licence-requests', sent);
      for (const step of must(wayTo(requestKind, state), state).slice(1)) {
        const name = actNamed(step.act);
        // The table lets the agency sign before the review; the rule of starred occupations does not.
        if (name === 'sign_first' && step.from === 'agency_review')
          for (const [who, before] of toIssueStarred.slice(1, 3)) await act(who, sent.id, before);
        // What only the clock does is tried in `expiry/`; an objection that is turned down leads to the same state.
        const lawful = name === 'close_unobjected' ? (['object', 'uphold'] as const) : [name];
        for (const one of lawful)
          expect(kindOf(await act(must(doers[one], one), sent.id, one)), one).toBe('ok');
      }
      const seenVersion = (await page(sent.id)).request.version;
      const tried = permissionsOf(requestKind, roles).filter(
        (one) => one.state === state && 'refusal' in one.expected,
      );
      for (const { act: name, role, expected } of tried) {
        if (role === 'agency' || role === 'applicant') continue;
        const answer = await act(must(userOf[role], role), sent.id, actNamed(name), { seenVersion });
        expect([name, role, kindOf(answer)]).toEqual([
          name,
          role,
          'refusal' in expected ? expected.refusal : '',
        ]);
      }
    },
    60_000,
  );
});

describe('the life of a licence', () => {
  test('is renewed from ninety days before its end, and the chain never overlaps', async () => {
    house.clock.set('2025-01-01T08:00:00.000Z');
    const sent = await asked(toIssue);
    const licence = await licenceOfRequest(sent.id);
    const renewal = () => form({ ...holderOf(sent), renews: licence.licenceId });
    expect(kindOf(await post('county-office', 'licence-requests', form(holderOf(sent))))).toBe(
      'LicenceStands',
    );
    expect(kindOf(await post('county-office', 'licence-requests', renewal()))).toBe('RenewalTooEarly');
    house.clock.set('2026-11-01T08:00:00.000Z');
    expect((await licenceOfRequest(sent.id)).state).toBe('near_expiry');
    const second = await asked(toIssue, { ...holderOf(sent), renews: licence.licenceId });
    const next = await licenceOfRequest(second.id);
    expect(next).toMatchObject({ state: 'coming', renewsNumber: licence.number });
    expect(next.validFrom > licence.expiresOn).toBe(true);
    expect(kindOf(await post('county-office', 'licence-requests', renewal()))).toBe('NotRenewable');
    house.clock.set('2027-03-01T08:00:00.000Z');
    expect([(await licenceOfRequest(sent.id)).state, (await licenceOfRequest(second.id)).state]).toEqual([
      'renewed',
      'valid',
    ]);
  });

  test('a mere cancellation lets the holder ask at once, an annulment bars for two years', async () => {
    house.clock.set('2025-01-01T08:00:00.000Z');
    const sent = await asked(toIssue);
    const first = await licenceOfRequest(sent.id);
    expect(await end('cancelled', first.licenceId, 'county-office')).toBe('ActNotYours');
    expect(await end('cancelled', first.licenceId)).toBe('ok');
    expect(await end('annulled', first.licenceId)).toBe('LicenceEnded');
    const again = await asked(toIssue, holderOf(sent));
    const second = await licenceOfRequest(again.id);
    expect(await end('annulled', second.licenceId, 'deputy')).toBe('ActNotYours');
    expect(await end('annulled', second.licenceId)).toBe('ok');
    expect(await licenceOfRequest(again.id)).toMatchObject({ state: 'annulled', barredUntil: '2027-01-02' });
    const ask = async () => kindOf(await post('county-office', 'licence-requests', form(holderOf(sent))));
    expect(await ask()).toBe('HolderBarred');
    house.clock.set('2027-01-01T08:00:00.000Z');
    expect(await ask()).toBe('HolderBarred');
    house.clock.set('2027-01-02T08:00:00.000Z');
    expect(await ask()).toBe('ok');
  });
});

describe('in the database itself', () => {
  test('one person cannot sign twice, nor for oneself, whatever statement is sent', async () => {
    const sent = await asked(toIssue);
    const copied = (change: string) => sql`
      insert into licence.licence
      select (jsonb_populate_record(null::licence.licence, to_jsonb(licence) || ${JSON.stringify({
        licence_id: freshId(),
        number: `x-${freshId()}`,
        request_id: sent.id,
      })}::jsonb || ${sql.raw(change)})).*
      from licence.licence where request_id = ${sent.id}
    `;
    const same = `jsonb_build_object('second_signed_by_person', first_signed_by_person, 'second_signed_by_user',
      (select user_id from access.account_holder where person_id = first_signed_by_person))`;
    await expect(asServing(copied(same))).rejects.toThrow(/licence_four_eyes/);
    const own = `jsonb_build_object('subject_id', second_signed_by_person)`;
    await expect(asServing(copied(own))).rejects.toThrow(/licence_not_for_oneself/);
    const other = `jsonb_build_object('first_signed_by_person', second_signed_by_person)`;
    await expect(asServing(copied(other))).rejects.toThrow(/licence_four_eyes|licence_first_signature_fk/);
    await expect(asServing(copied(`'{}'::jsonb`))).rejects.toThrow(/licence_request_once/);
    const none = `'{"origin": "history"}'::jsonb`;
    await expect(asServing(copied(none))).rejects.toThrow(/licence_signed_has_signatures/);
  });

  test.each(['inquiry', 'first_signature', 'licence', 'ending'])(
    'licence.%s is never changed or taken away',
    async (table) => {
      const name = sql.table(`licence.${table}`);
      for (const statement of [
        sql`update ${name} set province_id = province_id`,
        sql`delete from ${name}`,
        sql`truncate ${name}`,
      ])
        await expect(asServing(statement)).rejects.toThrow(/permission denied/);
    },
  );

  test('another province sees nothing of it', async () => {
    for (const table of ['request', 'licence', 'ending', 'inquiry', 'first_signature', 'numbering']) {
      const rows = await inTransaction(house.db, { ...noScope, province: 15 }, async (tx) =>
        ok((await sql`select 1 from ${sql.table(`licence.${table}`)}`.execute(tx)).rows),
      );
      expect(rows).toEqual(ok([]));
    }
  });
});

test('the README shows the states of a request', () => {
  expect(readmeHasDiagram(new URL('./README.md', import.meta.url), requestKind)).toBe(true);
});

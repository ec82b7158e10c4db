import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { must, ok } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import { doers, openCooperatives, toActive } from '#testing/cooperatives.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf } from '#testing/licences.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import { cooperativeActs, cooperativeShape, type CooperativeAct } from './contract.ts';
import { cooperativeKind } from './rules.ts';

const house = await openHouse();
const { act, bringing, desk, form, founded, get, page, persons, post } = await openCooperatives(house);

const userOf: Readonly<Record<string, string>> = {
  director: 'director',
  deputy: 'deputy',
  county_office: 'county-office',
  agency: 'agency',
  bank: 'bank',
  applicant: 'applicant',
  editor: 'editor',
};
const actNamed = (name: string): CooperativeAct =>
  must(
    cooperativeActs.find((known) => known === name),
    name,
  );
const asServing = (statement: ReturnType<typeof sql>, province = alborz) =>
  inTransaction(house.db, { ...noScope, province }, async (tx) => ok((await statement.execute(tx)).rows));

const elected = (seats: object[], heldOn = '2024-09-05') => ({ board: { heldOn, seats } });
const seat = (personId: string, office = 'member') => ({ personId, office });

describe('a cooperative', () => {
  test('goes from its founders to work, to stagnation and back, and shows what it pools', async () => {
    const { id, founders } = await founded([...toActive, 'change_capital', 'stagnate', 'revive']);
    const { cooperative, members, board, acts, neededToPay } = await page(id);
    expect(cooperative).toMatchObject({
      state: 'revived',
      members: 7,
      shares: 22,
      capital: '22000000',
      paid: '8000000',
      boardUntil: '2027-09-05',
    });
    expect(neededToPay).toBe('7333334');
    expect(members.find(({ personId }) => personId === founders[0])).toMatchObject({
      shares: 4,
      paid: '2000000',
      due: '2000000',
      name: 'زهرا نمونه‌پور',
    });
    expect(board.map(({ office }) => office)).toEqual(['chair', 'member', 'member', 'inspector']);
    expect(acts.map((done) => done.act)).toEqual([
      'found',
      ...toActive,
      'change_capital',
      'stagnate',
      'revive',
    ]);
    expect(kindOf(await act('director', id, 'dissolve'))).toBe('ok');
    expect((await page(id)).cooperative.state).toBe('dissolved');
  });

  test('is asked for by three, and gets its agreement from seven on, by another officer than asked', async () => {
    const three = await persons(3);
    expect(kindOf(await post('county-office', 'cooperatives', form(three.slice(1))))).toBe('TooFewFounders');
    const sent = form(three);
    expect(kindOf(await post('deputy', 'cooperatives', sent))).toBe('ok');
    expect(kindOf(await act('deputy', sent.id, 'agree'))).toBe('ActNotOfOpener');
    const few = await act('director', sent.id, 'agree');
    expect(kindOf(few)).toBe('TooFewMembers');
    expect(Object(few.body).fa).toContain('۴ عضو دیگر');
    const open = form(await persons(8), { membership: 'public' });
    expect(kindOf(await post('county-office', 'cooperatives', open))).toBe('ok');
    expect(kindOf(await act('director', open.id, 'agree'))).toBe('TooFewMembers');
  });

  test('is refused with a stranger, with a person twice, and out of the county of the office', async () => {
    const seven = await persons(7);
    const ask = async (founders: typeof seven, change = {}) =>
      kindOf(await post('county-office', 'cooperatives', form(founders, change)));
    expect(await ask([...seven.slice(1), freshId()])).toBe('FounderUnknown');
    expect(await ask([...seven, ...seven.slice(0, 1)])).toBe('PersonTwice');
    const twice = await post('county-office', 'cooperatives', form([...seven, ...seven.slice(0, 1)]));
    expect(twice.body).toMatchObject({ kind: 'PersonTwice', field: 'founders' });
    expect(await ask(seven, { countyCode: '3002' })).toBe('CountyNotYours');
    for (const name of ['\u202e\u3164\u3164\u3164', '1403'])
      expect(await post('county-office', 'cooperatives', form(seven, { name }))).toMatchObject({
        status: 422,
        body: { kind: 'InvalidInput', field: 'name' },
      });
    // Persons of another county are no business of this office.
    expect(await ask(await persons(7, '3002'))).toBe('FounderUnknown');
  });

  test('says what an act lacks, in the order of the law', async () => {
    const { id, founders } = await founded(['agree']);
    const tell = async (name: CooperativeAct, change: object = {}) =>
      kindOf(await act(doers[name], id, name, change));
    const each = (paid: string) => ({ entries: founders.map((personId) => ({ personId, paid })) });
    expect(await tell('constitute')).toBe('ActUnlawful');
    expect(await tell('pay')).toBe('EntriesMissing');
    expect(await tell('pay', each('999999'))).toBe('PaidTooLittle');
    expect(await tell('pay', each('3000001'))).toBe('PaidBeyondShares');
    expect(await tell('pay', { entries: [{ personId: founders[0], shares: 1, paid: '0' }] })).toBe(
      'SharesNotPaidFor',
    );
    expect(await tell('pay', each('1000000'))).toBe('ok');
    const [a = '', b = '', c = ''] = founders;
    expect(await tell('constitute')).toBe('BoardMissing');
    expect(await tell('constitute', elected([seat(a), seat(b)]))).toBe('BoardTooSmall');
    expect(await tell('constitute', elected([seat(a), seat(b), seat(freshId())]))).toBe('BoardNotMember');
    expect(await tell('constitute', elected([seat(a), seat(b), seat(c)], '2024-09-06'))).toBe(
      'AssemblyAhead',
    );
    expect(await tell('constitute', elected([seat(a), seat(b), seat(c)]))).toBe('ok');
    expect(await tell('register')).toBe('RegistrationMissing');
    expect(await tell('register', { registration: { number: '1', legalId: '12345678901' } })).toBe(
      'RegistrationLegalIdWrong',
    );
    expect(await tell('register', bringing('register', founders))).toBe('ok');
    expect(await tell('start')).toBe('ok');
    const leaving = { entries: [{ personId: a, shares: -3, paid: '-1000000' }] };
    expect(await tell('change_capital', leaving)).toBe('TooFewMembers');
    const more = { entries: [{ personId: a, shares: -4, paid: '0' }] };
    expect(await tell('change_capital', more)).toBe('SharesBelowNone');
    const [joining] = await persons(1);
    const swap = { entries: [...leaving.entries, { personId: joining, shares: 3, paid: '1000000' }] };
    expect(await tell('change_capital', swap)).toBe('ok');
    expect((await page(id)).members.map(({ personId }) => personId)).not.toContain(a);
    expect(await tell('stagnate', { reason: '' })).toBe('ActReasonMissing');
  });

  test('names the field of what an act lacks', async () => {
    const { id, founders } = await founded(['agree']);
    const [a = '', b = '', c = ''] = founders;
    const told = async (name: CooperativeAct, change: object = {}) => {
      const { kind, field } = problemShape.parse((await act(doers[name], id, name, change)).body);
      return [kind, field];
    };
    const paying = (entries: readonly object[]) => told('pay', { entries });
    const each = (paid: string) => founders.map((personId) => ({ personId, paid }));
    expect(await told('pay')).toEqual(['EntriesMissing', 'entries']);
    expect(await paying([...each('1'), ...each('1')])).toEqual(['PersonTwice', 'entries']);
    expect(await paying([{ personId: freshId(), paid: '1' }])).toEqual(['FounderUnknown', 'entries']);
    expect(await paying([{ personId: a, shares: 1, paid: '0' }])).toEqual(['SharesNotPaidFor', 'entries']);
    expect(await paying([{ personId: a, paid: '-1' }])).toEqual(['SharesBelowNone', 'entries']);
    expect(await paying(each('3000001'))).toEqual(['PaidBeyondShares', 'entries']);
    expect(await paying(each('999999'))).toEqual(['PaidTooLittle', 'entries']);
    expect(kindOf(await act(doers.pay, id, 'pay', bringing('pay', founders)))).toBe('ok');
    expect(await told('constitute')).toEqual(['BoardMissing', 'board']);
    const seating = (...seats: object[]) => told('constitute', elected(seats));
    expect(await seating(seat(a), seat(b))).toEqual(['BoardTooSmall', 'board.seats']);
    expect(await seating(seat(a), seat(a), seat(b))).toEqual(['PersonTwice', 'board.seats']);
    expect(await seating(seat(a), seat(b), seat(freshId()))).toEqual(['BoardNotMember', 'board.seats']);
    const ahead = elected([seat(a), seat(b), seat(c)], '2024-09-06');
    expect(await told('constitute', ahead)).toEqual(['AssemblyAhead', 'board.heldOn']);
    const early = elected([seat(a), seat(b), seat(c)], '2024-09-04');
    expect(await told('constitute', early)).toEqual(['AssemblyTooEarly', 'board.heldOn']);
    expect(kindOf(await act(doers.constitute, id, 'constitute', bringing('constitute', founders)))).toBe(
      'ok',
    );
    expect(await told('register')).toEqual(['RegistrationMissing', 'registration']);
  });

  test('is counted from its registration on, with the capital and the members of that day', async () => {
    const { id, founders } = await founded(['agree', 'pay', 'constitute']);
    const done = async (name: CooperativeAct) =>
      kindOf(await act('director', id, name, bringing(name, founders)));
    const counted = () =>
      asServing(sql`
        select r.capital, r.members, r.budget_year as year from cooperative.read_registration r
        join cooperative.registration own on own.province_id = r.province_id and own.registration_id = r.record_id
        where own.cooperative_id = ${id}
      `);
    const capitalNow = async () => (await page(id)).cooperative.capital;
    expect(await counted()).toMatchObject({ value: [] });
    const registered = await capitalNow();
    expect(await done('register')).toBe('ok');
    const then = { value: [{ capital: BigInt(must(registered, 'a capital')), members: 7n, year: 1403 }] };
    expect(await counted()).toMatchObject(then);
    expect(kindOf(await act('county-office', id, 'start'))).toBe('ok');
    const more = bringing('change_capital', founders);
    expect(kindOf(await act('county-office', id, 'change_capital', more))).toBe('ok');
    expect(await capitalNow()).not.toBe(registered);
    expect(await counted()).toMatchObject(then);
  });

  test('has a capital that an account can hold, or is refused by its price or its row', async () => {
    const seven = await persons(7);
    const ask = async (shares: readonly number[], sharePrice: string) =>
      problemShape.parse(
        (
          await post(
            'county-office',
            'cooperatives',
            form(seven, {
              sharePrice,
              founders: seven.map((personId, at) => ({ personId, shares: shares[at] ?? 1 })),
            }),
          )
        ).body,
      );
    const many = await ask([1, 10_000, 1_000_000], '999999999999999');
    expect(many).toMatchObject({ kind: 'CapitalTooLarge', field: 'founders.1.shares', rule: 'too_big' });
    expect(many.fa).toContain('ردیف ۲');
    const ten = form(await persons(10), { sharePrice: '999999999999999999' });
    const ones = ten.founders.map((one) => ({ ...one, shares: 1 }));
    const dear = await post('county-office', 'cooperatives', { ...ten, founders: ones });
    expect(dear.body).toMatchObject({ kind: 'CapitalTooLarge', field: 'sharePrice', rule: 'too_big' });
    expect(await ask([9, 9], '999999999999999999')).toMatchObject({ field: 'founders.1.shares' });
  });

  test('is asked for once by the same founders under the same name, also when they ask twice at once', async () => {
    const seven = await persons(7);
    const ask = (founders: typeof seven, change = {}) =>
      post('county-office', 'cooperatives', form(founders, change));
    const both = await Promise.all([ask(seven), ask(seven.toReversed(), { name: 'تعاونی  نمونهٔ خياطان' })]);
    expect(both.map(kindOf).sort()).toEqual(['FoundedAlready', 'ok']);
    const told = problemShape.parse(both.find((one) => kindOf(one) !== 'ok')?.body);
    expect(told).toMatchObject({ status: 409, field: 'founders', rule: 'once' });
    expect(told.fa).toMatch(/تعاونی\s+نمونهٔ/);
    expect(kindOf(await ask(seven, { name: 'تعاونی دیگر' }))).toBe('ok');
    expect(kindOf(await ask([...seven, ...(await persons(1))]))).toBe('ok');
    const withdrawn = await founded(['withdraw']);
    expect(kindOf(await ask(withdrawn.founders))).toBe('ok');
  });

  test('names the row of shares below one, and what is asked of the day of an assembly', async () => {
    const sent = form(await persons(3));
    const rows = sent.founders.map((one, at) => ({ ...one, shares: at === 1 ? -1 : 1 }));
    const answer = await post('county-office', 'cooperatives', { ...sent, founders: rows });
    const told = problemShape.parse(answer.body);
    expect(told).toMatchObject({ field: 'founders.1.shares', rule: 'too_small' });
    expect(told.fa).toBe('«سهم» ردیف ۲ دست‌کم ۱ است.');
    const { id } = await founded(['agree', 'pay']);
    const early = problemShape.parse(
      (await act('county-office', id, 'constitute', elected([], '1300-01-01'))).body,
    );
    expect(early).toMatchObject({ field: 'board.heldOn', rule: 'day_in_use' });
    expect(early.fa).toContain('۱۲۷۹/۰۱/۰۱');
  });

  test('is told in its place where a capital of before is beyond an account, and only leads out', async () => {
    const founders = await persons(7);
    const sent = form(founders, { sharePrice: '999999999999999999' });
    const { id } = sent;
    const each = founders.map((personId) => ({ personId, shares: 1 }));
    expect(kindOf(await post('county-office', 'cooperatives', { ...sent, founders: each }))).toBe('ok');
    // As it could be entered once: the act is refused today.
    await asServing(sql`
      insert into cooperative.share_entry (
        province_id, entry_id, person_id, cooperative_id, county_code, shares, paid, happened_on
      ) values (${alborz}, ${freshId()}, ${founders[0]}, ${id}, '3001', 14, 0, '2024-09-05')
    `);
    const { body } = await get('county-office', 'cooperatives');
    const all = cooperativeShape.array().parse(Object(body).items);
    expect(all.find((one) => one.cooperativeId === id)).toMatchObject({ capital: null, shares: 21 });
    const shown = await page(id);
    expect(shown).toMatchObject({ neededToPay: null, cooperative: { capital: null } });
    expect(shown.members.find(({ personId }) => personId === founders[0])?.due).toBeNull();
    expect(shown.members.find(({ personId }) => personId === founders[1])?.due).toBe('999999999999999999');
    const { kind, field } = problemShape.parse((await act('director', id, 'agree')).body);
    expect([kind, field]).toEqual(['CapitalTooLarge', null]);
    expect(kindOf(await act('director', id, 'refuse'))).toBe('ok');
  });

  test('acts once however often it is sent, and only for who saw it as it is', async () => {
    const { id, founders, sent } = await founded(['agree']);
    expect(kindOf(await post('county-office', 'cooperatives', sent))).toBe('ok');
    expect(kindOf(await post('county-office', 'cooperatives', { ...sent, name: 'نام دیگر' }))).toBe(
      'ActOtherContent',
    );
    const seenVersion = (await page(id)).cooperative.version;
    const order = { id: freshId(), act: 'pay', seenVersion, ...bringing('pay', founders) };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('county-office', `cooperatives/${id}/acts`, order)),
    );
    expect(new Set(answers.map(kindOf))).toEqual(new Set(['ok']));
    expect((await page(id)).cooperative).toMatchObject({ paid: '7000000', state: 'paid_up' });
    const late = { ...order, id: freshId() };
    expect(kindOf(await post('county-office', `cooperatives/${id}/acts`, late))).toBe('CaseMovedOn');
  });

  test('is seen by the directorate, its county and those who read all; by nobody else', async () => {
    const { id } = await founded();
    for (const who of ['director', 'deputy', 'county-office']) {
      const { body } = await get(who, 'cooperatives');
      const all = cooperativeShape.array().parse(Object(body).items);
      expect(all.map(({ cooperativeId }) => cooperativeId)).toContain(id);
    }
    for (const who of ['agency', 'bank', 'applicant', 'editor'])
      expect(kindOf(await get(who, `cooperatives/${id}`))).toBe('RoleMayNot');
    expect(kindOf(await (await desk.as('auditor')).get(`/api/provinces/alborz/cooperatives/${id}`))).toBe(
      'ok',
    );
    expect(kindOf(await (await desk.as('director-lorestan')).get('/api/provinces/alborz/cooperatives'))).toBe(
      'OtherProvince',
    );
    const elsewhere = form(await persons(7, '3002'), { countyCode: '3002' });
    expect(kindOf(await post('deputy', 'cooperatives', elsewhere))).toBe('ok');
    expect(kindOf(await get('county-office', `cooperatives/${elsewhere.id}`))).toBe('CooperativeMissing');
    expect(kindOf(await act('county-office', elsewhere.id, 'withdraw', { seenVersion: 1 }))).toBe(
      'CooperativeMissing',
    );
  });
});

describe('who may do what, in each state', () => {
  const roles = Object.keys(userOf);
  const permissions = permissionsOf(cooperativeKind, roles);

  test('every state is reached', () =>
    expect([...new Set(transitionsOf(cooperativeKind).map(({ to }) => to))].sort()).toEqual(
      Object.keys(cooperativeKind.table).sort(),
    ));

  test('nobody but a county office and a deputy enters founders', async () => {
    for (const { role, expected } of permissions.filter(({ state }) => state === unborn))
      expect([
        role,
        kindOf(await post(must(userOf[role], role), 'cooperatives', form(await persons(7)))),
      ]).toEqual([role, 'refusal' in expected ? expected.refusal : 'ok']);
  });

  test.each(Object.keys(cooperativeKind.table))(
    '%s',
    async (state) => {
      const way = must(wayTo(cooperativeKind, state), state).slice(1);
      const { id, founders } = await founded(way.map((step) => actNamed(step.act)));
      const seenVersion = (await page(id)).cooperative.version;
      for (const { act: name, role, expected } of permissions.filter((one) => one.state === state)) {
        if (!('refusal' in expected)) continue;
        const answer = await act(must(userOf[role], role), id, actNamed(name), {
          seenVersion,
          ...bringing(actNamed(name), founders),
        });
        expect([name, role, kindOf(answer)]).toEqual([name, role, expected.refusal]);
      }
      expect((await page(id)).cooperative).toMatchObject({ state, version: seenVersion });
      // What the table lets somebody do, each on a cooperative of its own, leads where the table says.
      for (const { act: name, role, expected } of permissions.filter((one) => one.state === state)) {
        if (!('to' in expected)) continue;
        const own = await founded(way.map((step) => actNamed(step.act)));
        const done = await act(
          must(userOf[role], role),
          own.id,
          actNamed(name),
          bringing(actNamed(name), own.founders),
        );
        expect([name, role, kindOf(done)]).toEqual([name, role, 'ok']);
        expect((await page(own.id)).cooperative.state).toBe(expected.to);
      }
    },
    120_000,
  );
});

describe('in the database itself', () => {
  test('every act that a direct statement of the serving role adds is a step of the table', async () => {
    const { rows } = await sql<{ step: string }>`
      select concat_ws(' ', from_state, act, to_state) as step from casework.transition
      where kind = 'cooperative' and not withdrawn
    `.execute(house.owner);
    // Each act is tied to this reference by act_lawful, so what is not in it is no act.
    const steps = transitionsOf(cooperativeKind).map(({ from, act: name, to }) => `${from} ${name} ${to}`);
    expect(rows.map(({ step }) => step).sort()).toEqual(steps.sort());
    const added = sql`insert into casework.transition values ('cooperative', 'agreed', 'start', 'active')`;
    await expect(asServing(added)).rejects.toThrow(/permission denied/);
    const { id } = await founded(['agree']);
    const states = Object.keys(cooperativeKind.table);
    for (const name of cooperativeActs)
      for (const to of states) {
        if (steps.includes(`agreed ${name} ${to}`)) continue;
        const leap = sql`
          insert into casework.act
          select (jsonb_populate_record(null::casework.act, to_jsonb(done) || jsonb_build_object(
            'id', ${freshId()}::text, 'seq', 3, 'prev_seq', 2, 'act', ${name}::text, 'from_state', 'agreed',
            'to_state', ${to}::text
          ))).*
          from casework.act done where case_id = ${id} and seq = 2
        `;
        await expect(asServing(leap), `${name} to ${to}`).rejects.toThrow(/act_lawful/);
      }
  }, 60_000);

  test('a county office writes nothing of another county, whatever statement is sent', async () => {
    const elsewhere = form(await persons(7, '3002'), { countyCode: '3002' });
    expect(kindOf(await post('deputy', 'cooperatives', elsewhere))).toBe('ok');
    const county = { ...noScope, province: alborz, county: '3001' };
    const inCounty = (statement: ReturnType<typeof sql>) =>
      inTransaction(house.db, county, async (tx) => ok((await statement.execute(tx)).numAffectedRows ?? 0n));
    const [person] = elsewhere.founders;
    const entry = sql`
      insert into cooperative.share_entry (
        province_id, entry_id, person_id, cooperative_id, county_code, shares, paid, happened_on
      ) values (
        ${alborz}, ${freshId()}, ${person?.personId}, ${elsewhere.id}, '3002', 1, 0, '2024-09-05'
      )
    `;
    await expect(inCounty(entry)).rejects.toThrow(/row-level security/);
    const move = sql`update cooperative.cooperative set state = 'active' where cooperative_id = ${elsewhere.id}`;
    expect(await inCounty(move)).toEqual(ok(0n));
  });

  test('who entered the founders cannot grant the agreement, whatever statement is sent', async () => {
    const { id } = await founded(['agree']);
    const copy = sql`
      insert into cooperative.formation_agreement
      select province_id, ${freshId()}::uuid, cooperative_id, county_code, opened_by_person, opened_by_person
      from cooperative.formation_agreement where cooperative_id = ${id}
    `;
    await expect(asServing(copy)).rejects.toThrow(/formation_agreement_four_eyes/);
    const other = sql`
      insert into cooperative.formation_agreement
      select province_id, ${freshId()}::uuid, cooperative_id, county_code, ${freshId()}::uuid, opened_by_person
      from cooperative.formation_agreement where cooperative_id = ${id}
    `;
    await expect(asServing(other)).rejects.toThrow(/formation_agreement_cooperative_fk/);
  });

  test.each(['formation_agreement', 'share_entry', 'board_seat', 'invitation', 'registration'])(
    'cooperative.%s is never changed or taken away',
    async (table) => {
      const name = sql.table(`cooperative.${table}`);
      for (const statement of [
        sql`update ${name} set province_id = province_id`,
        sql`delete from ${name}`,
        sql`truncate ${name}`,
      ])
        await expect(asServing(statement)).rejects.toThrow(/permission denied/);
    },
  );

  test('another province sees nothing of it', async () => {
    await founded(['agree']);
    for (const table of ['cooperative', 'formation_agreement', 'share_entry', 'board_seat', 'invitation'])
      expect(await asServing(sql`select 1 from ${sql.table(`cooperative.${table}`)}`, 15)).toEqual(ok([]));
  });
});

test('the README shows the states of a cooperative', () => {
  expect(readmeHasDiagram(new URL('./README.md', import.meta.url), cooperativeKind)).toBe(true);
});

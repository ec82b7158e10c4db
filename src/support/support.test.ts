import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { must, ok } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { readSheet } from '#platform/sheet.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf } from '#testing/licences.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import { capacity, form, openSupporters } from '#testing/supporters.ts';
import { supporterActs, supporterShape, type SupporterAct } from './contract.ts';
import { supporterKind } from './rules.ts';
import { supporterLabels } from './words.ts';

const house = await openHouse();
const { act, desk, entered, get, page, persons, post } = await openSupporters(house);

const userOf: Readonly<Record<string, string>> = {
  director: 'director',
  deputy: 'deputy',
  county_office: 'county-office',
  agency: 'agency',
  bank: 'bank',
  applicant: 'applicant',
  editor: 'editor',
};
const actNamed = (name: string): SupporterAct =>
  must(
    supporterActs.find((known) => known === name),
    name,
  );
const asServing = (statement: ReturnType<typeof sql>, province = alborz) =>
  inTransaction(house.db, { ...noScope, province }, async (tx) => ok((await statement.execute(tx)).rows));
const listed = async (query: string, who = 'director') => {
  const { body } = await get(who, `supporters?${query}`);
  return { items: supporterShape.array().parse(Object(body).items), next: Object(body).next };
};

describe('a supporter', () => {
  test('is entered by one person, approved by another, and has the capacity that was proposed', async () => {
    const { id } = await entered();
    expect((await page(id)).stands).toEqual([]);
    expect(kindOf(await act('director', id, 'approve'))).toBe('ok');
    const { supporter, stands, capacities, acts } = await page(id);
    expect(supporter).toMatchObject({
      state: 'active',
      jobs: 5,
      links: 0,
      name: expect.stringContaining('تعاونی'),
    });
    expect(stands).toMatchObject([{ categoryKey: 'clothing', jobs: 5, links: 0, free: 5, orders: null }]);
    expect(capacities).toMatchObject([{ standing: 'in_force', fromOn: '2024-09-05' }]);
    expect(acts.map((done) => done.act)).toEqual(['enter', 'approve']);
  });

  test('is never approved by who entered it, and the button says so', async () => {
    const [personId] = await persons(1, { form: 'legal' });
    const sent = form(must(personId, 'a firm'));
    expect(kindOf(await post('deputy', 'supporters', sent))).toBe('ok');
    const own = (await page(sent.id, 'deputy')).choices.find((one) => one.act === 'approve');
    expect(own).toMatchObject({ lawful: false, because: { fa: expect.stringMatching(/./) } });
    expect(kindOf(await act('deputy', sent.id, 'approve'))).toBe('ActNotOfOpener');
    expect(kindOf(await act('deputy-two', sent.id, 'approve'))).toBe('ok');
  });

  test('is refused unknown, twice, with a short record, as a driver that is no firm, and out of the county', async () => {
    const [firm] = await persons(1, { form: 'legal' });
    const [person] = await persons(1);
    const [elsewhere] = await persons(1, { form: 'legal', countyCode: '3002' });
    const ask = async (personId: unknown, change: object = {}) =>
      kindOf(await post('county-office', 'supporters', form(String(personId), change)));
    expect(await ask(freshId())).toBe('PersonNotKnown');
    expect(await ask(elsewhere)).toBe('PersonNotKnown');
    expect(await ask(firm, { recordYears: 2 })).toBe('RecordTooShort');
    expect(await ask(person, { kind: 'driver' })).toBe('DriverNotFirm');
    expect(await ask(firm, { countyCode: '3002' })).toBe('CountyNotYours');
    expect(await ask(firm, { kind: 'driver' })).toBe('ok');
    expect(await ask(firm)).toBe('SupporterStands');
    expect(kindOf(await post('director', 'supporters', form(String(person))))).toBe('ActNotYours');
  });

  test('proposes a capacity for places it may have, from today on, each once', async () => {
    const [firm] = await persons(1, { form: 'legal' });
    const ask = async (...capacities: object[]) =>
      kindOf(await post('county-office', 'supporters', form(String(firm), { capacities })));
    expect(await ask()).toBe('CapacityMissing');
    expect(await ask(capacity({ categoryKey: 'nothing' }))).toBe('CategoryUnknown');
    expect(await ask(capacity({ countyCode: '3002' }))).toBe('CountyNotYours');
    expect(await ask(capacity(), capacity())).toBe('CapacityTwice');
    expect(await ask(capacity({ fromOn: '2024-09-04' }))).toBe('CapacityBackdated');
  });

  test('keeps every version of its capacity, each approved by another than proposed it', async () => {
    const { id } = await entered(['approve']);
    const later = { capacities: [capacity({ jobs: 9, fromOn: '2024-10-01' })] };
    expect(kindOf(await act('deputy', id, 'propose_capacity', later))).toBe('ok');
    const own = (await page(id, 'deputy')).choices.find((one) => one.act === 'accept_capacity');
    expect(own?.lawful).toBe(false);
    expect(kindOf(await act('deputy', id, 'accept_capacity'))).toBe('OwnCapacity');
    expect((await page(id)).stands).toMatchObject([{ jobs: 5, free: 5 }]);
    expect(kindOf(await act('director', id, 'accept_capacity'))).toBe('ok');
    expect((await page(id)).capacities.map(({ jobs, standing }) => [jobs, standing])).toEqual([
      [5, 'in_force'],
      [9, 'coming'],
    ]);
    const before = { capacities: [capacity({ jobs: 6 })] };
    expect(kindOf(await act('county-office', id, 'propose_capacity', before))).toBe('CapacityBeforeLater');
    const less = { capacities: [capacity({ jobs: 2, fromOn: '2024-11-01' })] };
    expect(kindOf(await act('county-office', id, 'propose_capacity', less))).toBe('ok');
    expect(kindOf(await act('director', id, 'reject_capacity', { reason: null }))).toBe('ActReasonMissing');
    expect(kindOf(await act('director', id, 'reject_capacity'))).toBe('ok');
    house.clock.set('2024-10-02T08:00:00.000Z');
    const { supporter, capacities } = await page(id);
    expect(supporter.jobs).toBe(9);
    expect(capacities.map(({ jobs, standing }) => [jobs, standing])).toEqual([
      [5, 'held'],
      [9, 'in_force'],
      [2, 'rejected'],
    ]);
    house.clock.set('2024-09-05T08:00:00.000Z');
  });

  test('is suspended or ended while a capacity waits, which falls with it', async () => {
    const waiting = { capacities: [capacity({ jobs: 9 })] };
    for (const [name, state] of [
      ['suspend', 'suspended'],
      ['end', 'ended'],
    ] as const)
      for (const who of ['deputy', 'director']) {
        const { id } = await entered(['approve']);
        expect(kindOf(await act('county-office', id, 'propose_capacity', waiting))).toBe('ok');
        expect(kindOf(await act('county-office', id, name))).toBe('ActNotYours');
        expect(kindOf(await act(who, id, name)), `${name} by ${who}`).toBe('ok');
        const { supporter, capacities } = await page(id);
        expect(supporter.state).toBe(state);
        expect(capacities.find(({ jobs }) => jobs === 9)?.standing).toBe('rejected');
        if (name === 'end') continue;
        expect(kindOf(await act(who, id, 'resume'))).toBe('ok');
        expect(kindOf(await act(who, id, 'accept_capacity'))).toBe('ActUnlawful');
        expect((await page(id)).stands).toMatchObject([{ jobs: 5 }]);
      }
  });

  test('acts once however often it is sent, and only for who saw it as it is', async () => {
    const { id, sent } = await entered();
    expect(kindOf(await post('county-office', 'supporters', sent))).toBe('ok');
    const order = { id: freshId(), act: 'approve', seenVersion: 1 };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('director', `supporters/${id}/acts`, order)),
    );
    expect(new Set(answers.map(kindOf))).toEqual(new Set(['ok']));
    expect((await page(id)).stands).toHaveLength(1);
    const late = { ...order, id: freshId() };
    expect(kindOf(await post('director', `supporters/${id}/acts`, late))).toBe('CaseMovedOn');
    expect(kindOf(await act('county-office', id, 'change_listing', { listed: null }))).toBe('ListingMissing');
  });

  test('is seen by the directorate, the counties of its capacity and those who read all; by nobody else', async () => {
    const [firm] = await persons(1, { form: 'legal', countyCode: '3002' });
    const sent = form(String(firm), {
      countyCode: '3002',
      capacities: [capacity({ countyCode: '3002' }), capacity()],
    });
    expect(kindOf(await post('deputy', 'supporters', sent))).toBe('ok');
    expect(kindOf(await get('county-office', `supporters/${sent.id}`))).toBe('SupporterMissing');
    expect(kindOf(await act('director', sent.id, 'approve'))).toBe('ok');
    const { supporter, stands } = await page(sent.id, 'county-office');
    expect(supporter).toMatchObject({ jobs: 5, name: expect.stringContaining('تعاونی') });
    expect(stands.map(({ countyCode }) => countyCode)).toEqual(['3001']);
    for (const who of ['agency', 'bank', 'applicant', 'editor'])
      expect(kindOf(await get(who, `supporters/${sent.id}`))).toBe('RoleMayNot');
    expect(kindOf(await (await desk.as('auditor')).get(`/api/provinces/alborz/supporters/${sent.id}`))).toBe(
      'ok',
    );
    expect(kindOf(await (await desk.as('director-lorestan')).get('/api/provinces/alborz/supporters'))).toBe(
      'OtherProvince',
    );
  });
});

describe('the list of supporters', () => {
  test('is searched, filtered, ordered and paged without loss, and given out as a sheet', async () => {
    await entered(['approve']);
    await entered([], { kind: 'driver' });
    const all = (await listed('limit=200')).items.map(({ supporterId }) => supporterId);
    for (const sort of ['name', 'newest', 'links']) {
      const walked: string[] = [];
      let cursor = '';
      do {
        const { items, next } = await listed(`sort=${sort}&limit=2${cursor}`);
        walked.push(...items.map(({ supporterId }) => supporterId));
        cursor = typeof next === 'string' ? `&cursor=${encodeURIComponent(next)}` : '';
      } while (cursor !== '');
      expect(walked.toSorted()).toEqual(all.toSorted());
    }
    const drivers = (await listed('kind=driver&state=entered&limit=200')).items;
    expect(drivers.length).toBeGreaterThan(0);
    expect(new Set(drivers.map(({ kind, state }) => `${kind} ${state}`))).toEqual(
      new Set(['driver entered']),
    );
    const [one] = drivers;
    const name = must(one?.name ?? undefined, 'a name');
    const found = (await listed(`search=${encodeURIComponent(name.replace('ی', 'ي'))}`)).items;
    expect(found.map((row) => row.name)).toContain(name);
    expect((await listed('search=nobody')).items).toEqual([]);
    const sheet = await desk.app.inject({
      url: '/api/provinces/alborz/supporters/sheet.xlsx?kind=driver',
      headers: { cookie: (await desk.as('director-alborz')).cookie },
    });
    const rows = await readSheet(sheet.rawPayload, {
      columns: [{ key: 'name', title: supporterLabels.name, kind: 'text', needed: true }],
    });
    expect(rows.map(({ cells }) => cells.name)).toEqual(
      (await listed('kind=driver&limit=200')).items.map((row) => row.name),
    );
  });
});

const nameOf = async (supporterId: string): Promise<string> =>
  must((await page(supporterId)).supporter.name ?? undefined, 'a name');
const look = async (url: string): Promise<string> => (await desk.app.inject({ url })).body;

describe('the public directory', () => {
  test('names who asked for it and is active, in both languages, and nobody else', async () => {
    const { id } = await entered(['approve', 'change_listing']);
    const hidden = await entered(['approve']);
    const waiting = await entered([], { listed: true });
    const body = await look('/supporters?province=alborz');
    for (const word of [`<bdi>${await nameOf(id)}</bdi>`, 'پوشاک', 'کرج']) expect(body).toContain(word);
    expect(body).not.toContain(`<bdi>${await nameOf(hidden.id)}</bdi>`);
    expect(body).not.toContain(`<bdi>${await nameOf(waiting.id)}</bdi>`);
    expect(await look('/en/supporters?province=alborz')).toContain('Clothing');
    expect(await look('/supporters')).toContain('<select name="province">');
    expect(await look('/supporters?province=nowhere')).not.toContain('<table');
    expect(kindOf(await act('director', id, 'suspend'))).toBe('ok');
    expect(await look('/supporters?province=alborz')).not.toContain(`<bdi>${await nameOf(id)}</bdi>`);
  });
});

describe('who may do what, in each state', () => {
  const permissions = permissionsOf(supporterKind, Object.keys(userOf));

  test('every state is reached', () =>
    expect([...new Set(transitionsOf(supporterKind).map(({ to }) => to))].sort()).toEqual(
      Object.keys(supporterKind.table).sort(),
    ));

  test('nobody but a county office and a deputy enters supporters', async () => {
    for (const { role, expected } of permissions.filter(({ state }) => state === unborn)) {
      const [firm] = await persons(1, { form: 'legal' });
      const answer = await post(must(userOf[role], role), 'supporters', form(String(firm)));
      expect([role, kindOf(answer)]).toEqual([role, 'refusal' in expected ? expected.refusal : 'ok']);
    }
  });

  test.each(Object.keys(supporterKind.table))(
    '%s',
    async (state) => {
      const way = must(wayTo(supporterKind, state), state).slice(1);
      const acts = way.map((step) => actNamed(step.act));
      const { id } = await entered(acts);
      const seenVersion = (await page(id)).supporter.version;
      for (const { act: name, role, expected } of permissions.filter((one) => one.state === state)) {
        if (!('refusal' in expected)) continue;
        const answer = await act(must(userOf[role], role), id, actNamed(name), { seenVersion });
        expect([name, role, kindOf(answer)]).toEqual([name, role, expected.refusal]);
      }
      expect((await page(id)).supporter).toMatchObject({ state, version: seenVersion });
      // What the table lets somebody do, each on a supporter of its own, leads where the table says.
      for (const { act: name, role, expected } of permissions.filter((one) => one.state === state)) {
        if (!('to' in expected)) continue;
        const own = await entered(acts);
        const done = await act(must(userOf[role], role), own.id, actNamed(name));
        expect([name, role, kindOf(done)]).toEqual([name, role, 'ok']);
        expect((await page(own.id)).supporter.state).toBe(expected.to);
      }
    },
    60_000,
  );
});

describe('in the database itself', () => {
  test('who entered a supporter cannot approve it nor its capacity, whatever statement is sent', async () => {
    const { id } = await entered(['approve']);
    const { id: other } = await entered();
    const approval = sql`
      insert into support.approval (
        province_id, supporter_id, approval_id, county_code, counties, kind, opened_by_person, approved_by_person,
        approved_on, approved_year, recorded_at
      )
      select province_id, supporter_id, ${freshId()}::uuid, county_code, counties, kind, opened_by_person,
        opened_by_person, entered_on, 1403, moved_at
      from support.supporter where supporter_id = ${other}
    `;
    await expect(asServing(approval)).rejects.toThrow(/approval_four_eyes/);
    const own = sql`
      insert into support.capacity_approval (
        province_id, supporter_id, category_key, county_code, capacity_id, jobs, change, from_on, from_year,
        proposed_by_person, approved_by_person, recorded_at
      )
      select province_id, supporter_id, category_key, county_code, capacity_id, jobs, jobs, from_on, 1403,
        proposed_by_person, proposed_by_person, ${house.clock.now()}
      from support.capacity where supporter_id = ${other}
    `;
    await expect(asServing(own)).rejects.toThrow(/capacity_approval_four_eyes/);
    const more = sql`
      insert into support.capacity_approval (
        province_id, supporter_id, category_key, county_code, capacity_id, jobs, change, from_on, from_year,
        proposed_by_person, approved_by_person, recorded_at
      )
      select province_id, supporter_id, category_key, county_code, capacity_id, jobs + 1, jobs, from_on, 1403,
        proposed_by_person, ${freshId()}::uuid, ${house.clock.now()}
      from support.capacity where supporter_id = ${other}
    `;
    await expect(asServing(more)).rejects.toThrow(/capacity_approval_capacity_fk/);
    expect((await page(id)).supporter.state).toBe('active');
  });

  test.each(['approval', 'capacity', 'capacity_approval'])(
    'support.%s is never changed or taken away',
    async (table) => {
      const name = sql.table(`support.${table}`);
      for (const statement of [
        sql`update ${name} set province_id = province_id`,
        sql`delete from ${name}`,
        sql`truncate ${name}`,
      ])
        await expect(asServing(statement)).rejects.toThrow(/permission denied/);
    },
  );

  test('another province sees nothing of it, and another county only its own', async () => {
    await entered(['approve']);
    for (const table of ['supporter', 'approval', 'capacity', 'capacity_approval']) {
      const name = sql.table(`support.${table}`);
      expect(await asServing(sql`select 1 from ${name}`, 15)).toEqual(ok([]));
      const county = { ...noScope, province: alborz, county: '3003' };
      const rows = await inTransaction(house.db, county, async (tx) =>
        ok((await sql`select 1 from ${name}`.execute(tx)).rows),
      );
      expect(rows).toEqual(ok([]));
    }
  });
});

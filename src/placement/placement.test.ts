import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { must, ok } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { correction, doers, form, openAgencies } from '#testing/agencies.ts';
import type { Answer } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf } from '#testing/licences.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import { agencyActs, agencyShape, type AgencyAct } from './contract.ts';
import { agencyKind } from './rules.ts';

const house = await openHouse();
const { act, desk, entered, get, page, post } = await openAgencies(house);

const userOf: Readonly<Record<string, string>> = {
  director: 'director',
  deputy: 'deputy',
  county_office: 'county-office',
  agency: 'agency',
  bank: 'bank',
  applicant: 'applicant',
  editor: 'editor',
};
const actNamed = (name: string): AgencyAct =>
  must(
    agencyActs.find((known) => known === name),
    name,
  );
const today = '2024-09-05T08:00:00.000Z';
const asServing = (statement: ReturnType<typeof sql>, province = alborz, county: string | null = null) =>
  inTransaction(house.db, { ...noScope, province, county }, async (tx) =>
    ok((await statement.execute(tx)).rows),
  );
const listed = async (query: string, who = 'director') => {
  const { body } = await get(who, `placement-agencies?${query}`);
  return { items: agencyShape.array().parse(Object(body).items), next: Object(body).next };
};
const refusalOf = ({ body }: Answer): readonly unknown[] => {
  const { kind, field } = Object(body);
  return [kind, field];
};

const ask = async (change: object) =>
  refusalOf(await post('county-office', 'placement-agencies', form(change)));
const named = async (name: string, acts: readonly AgencyAct[], change: object = {}): Promise<string> =>
  (await entered(acts, { name, ...change })).id;

describe('a placement agency', () => {
  test('is entered by one person, approved by another, and then valid for the days of its permit', async () => {
    const { id, sent } = await entered();
    expect((await page(id)).permits).toMatchObject([{ standing: 'proposed', approvedBy: null }]);
    expect(kindOf(await act('director', id, 'approve'))).toBe('ok');
    const { agency, permits, acts } = await page(id);
    expect(agency).toMatchObject({
      name: sent.name,
      standing: 'valid',
      validFrom: '2024-01-01',
      validUntil: '2026-01-01',
      phone: '02632200000',
    });
    expect(permits).toMatchObject([{ standing: 'approved', approvedBy: expect.stringMatching(/./) }]);
    expect(acts.map((done) => done.act)).toEqual(['enter', 'approve']);
  });

  test('is never approved by who entered it, nor its renewal by who proposed it, and the buttons say so', async () => {
    const sent = form();
    expect(kindOf(await post('deputy', 'placement-agencies', sent))).toBe('ok');
    const own = (await page(sent.id, 'deputy')).choices.find((one) => one.act === 'approve');
    expect(own).toMatchObject({ lawful: false, because: { fa: expect.stringMatching(/./) } });
    expect(kindOf(await act('deputy', sent.id, 'approve'))).toBe('ActNotOfOpener');
    expect(kindOf(await act('deputy-two', sent.id, 'approve'))).toBe('ok');
    expect(kindOf(await act('deputy', sent.id, 'propose_renewal'))).toBe('ok');
    const renewal = (await page(sent.id, 'deputy')).choices.find((one) => one.act === 'accept_renewal');
    expect(renewal?.lawful).toBe(false);
    expect(kindOf(await act('deputy', sent.id, 'accept_renewal'))).toBe('OwnPermit');
    expect(kindOf(await act('director', sent.id, 'accept_renewal'))).toBe('ok');
  });

  test('is refused out of the county, with a number that is taken, and with what cannot be', async () => {
    const { sent } = await entered();
    expect(await ask({ countyCode: '3002' })).toEqual(['CountyNotYours', 'countyCode']);
    expect(await ask({ permitNumber: ` ${sent.permitNumber} ` })).toEqual([
      'PermitNumberTaken',
      'permitNumber',
    ]);
    expect(await ask({ validUntil: '2023-12-31' })).toEqual(['PermitDaysReversed', 'validUntil']);
    expect(await ask({ validUntil: '2024-09-04' })).toEqual(['PermitOver', 'validUntil']);
    expect(await ask({ address: null })).toEqual(['AddressMissing', 'address']);
    expect(await ask({ phone: '123' })).toEqual(['PhoneWrong', 'phone']);
    expect(await ask({ name: '\u200c\u200c\u200c' })).toEqual(['InvalidInput', 'name']);
    for (const [field, value] of Object.entries({
      name: '1403',
      kind: 'nothing',
      channel: 'none',
      permitNumber: '',
      validFrom: '1403/01/01',
      validUntil: '0001-01-01',
      phone: '',
      listed: 'yes',
      address: 'الف',
    })) {
      const { status, body } = await post('county-office', 'placement-agencies', form({ [field]: value }));
      expect([status, Object(body).field], field).toEqual([422, field]);
    }
    expect(await ask({ address: null, channel: 'online' })).toEqual([undefined, undefined]);
  });

  test('the number of a permit is one over all counties, also where two enter it at once', async () => {
    const permitNumber = 'P-۷۷';
    const race = await Promise.all([
      post('county-office', 'placement-agencies', form({ permitNumber })),
      post('deputy', 'placement-agencies', form({ permitNumber: 'P-77', countyCode: '3002' })),
    ]);
    expect(race.map(kindOf).toSorted()).toEqual(['PermitNumberTaken', 'ok']);
    const first = must((await listed('search=P-77')).items[0], 'the one that won');
    expect(kindOf(await act('county-office', first.agencyId, 'withdraw'))).toBe(
      first.countyCode === '3001' ? 'ok' : 'PlacementAgencyMissing',
    );
  });

  test('names what an act lacks, field by field', async () => {
    const { id } = await entered(['approve']);
    const tried = async (name: AgencyAct, change: object) =>
      refusalOf(await act(doers[name], id, name, change));
    expect(await tried('change_contact', { contact: null })).toEqual(['ContactMissing', 'contact']);
    expect(
      await tried('change_contact', { contact: { address: null, phone: '02632200000', listed: false } }),
    ).toEqual(['AddressMissing', 'contact.address']);
    expect(
      await tried('change_contact', { contact: { address: 'کرج، خیابان', phone: 'x', listed: false } }),
    ).toEqual(['PhoneWrong', 'contact.phone']);
    expect(await tried('propose_renewal', { permit: null })).toEqual(['PermitMissing', 'permit']);
    const same = { permit: { validFrom: '2024-02-01', validUntil: '2026-01-01' } };
    expect(await tried('propose_renewal', same)).toEqual(['RenewalNotLater', 'permit.validUntil']);
    expect((await tried('suspend', { reason: null }))[0]).toBe('ActReasonMissing');
    const { id: back } = await entered(['return']);
    expect(refusalOf(await act('county-office', back, 'resubmit', { correction: null }))).toEqual([
      'CorrectionMissing',
      'correction',
    ]);
    const taken = correction({ permitNumber: (await page(id)).agency.permitNumber });
    expect(refusalOf(await act('county-office', back, 'resubmit', { correction: taken }))).toEqual([
      'PermitNumberTaken',
      'correction.permitNumber',
    ]);
    expect(refusalOf(await get('director', `placement-agencies/${freshId()}`))[0]).toBe(
      'PlacementAgencyMissing',
    );
  });

  test('a correction replaces what was entered, and its permit is the one that is approved', async () => {
    const { id } = await entered(['return']);
    const anew = correction({ name: 'كاريابي درست', validUntil: '2025-06-01', listed: false });
    expect(kindOf(await act('county-office', id, 'resubmit', { correction: anew }))).toBe('ok');
    expect(kindOf(await act('director', id, 'approve'))).toBe('ok');
    const { agency, permits } = await page(id);
    expect(agency).toMatchObject({ name: 'کاریابی درست', validUntil: '2025-06-01', listed: false });
    expect(permits.map(({ standing }) => standing)).toEqual(['not_accepted', 'approved']);
  });

  test('runs out by the day, is told apart before its first day, and lives on by a renewal', async () => {
    const { id } = await entered(['approve'], { validFrom: '2024-09-10', validUntil: '2024-10-10' });
    const standing = async () => (await page(id)).agency.standing;
    expect(await standing()).toBe('coming');
    house.clock.set('2024-09-10T08:00:00.000Z');
    expect(await standing()).toBe('valid');
    const permit = { validFrom: '2024-10-11', validUntil: '2024-12-01' };
    expect(kindOf(await act('county-office', id, 'propose_renewal', { permit }))).toBe('ok');
    expect(await standing()).toBe('renewal_proposed');
    house.clock.set('2024-10-11T08:00:00.000Z');
    expect(await standing()).toBe('expired');
    expect((await listed('standing=expired')).items.map(({ agencyId }) => agencyId)).toEqual([id]);
    expect(kindOf(await act('deputy', id, 'accept_renewal'))).toBe('ok');
    expect((await page(id)).agency).toMatchObject({ standing: 'valid', validUntil: '2024-12-01' });
    house.clock.set('2024-12-02T08:00:00.000Z');
    const late = { permit: { validFrom: '2024-12-01', validUntil: '2024-12-03' } };
    expect(kindOf(await act('county-office', id, 'propose_renewal', late))).toBe('ok');
    house.clock.set('2024-12-04T08:00:00.000Z');
    const choice = (await page(id)).choices.find((one) => one.act === 'accept_renewal');
    expect(choice?.lawful).toBe(false);
    expect(refusalOf(await act('deputy', id, 'accept_renewal'))).toEqual(['PermitOver', 'validUntil']);
    house.clock.set(today);
  });

  test('is suspended, annulled or ended while a renewal waits, which falls with it', async () => {
    for (const [name, state] of [
      ['suspend', 'suspended'],
      ['annul', 'annulled'],
      ['end', 'ended'],
    ] as const)
      for (const who of ['deputy', 'director']) {
        const { id } = await entered(['approve', 'propose_renewal']);
        expect(kindOf(await act('county-office', id, name))).toBe('ActNotYours');
        expect(kindOf(await act(who, id, name)), `${name} by ${who}`).toBe('ok');
        const { agency, permits } = await page(id);
        expect(agency.state).toBe(state);
        expect(permits.map(({ standing }) => standing).sort()).toEqual(['approved', 'not_accepted']);
      }
    const { id } = await entered(['approve', 'propose_renewal', 'suspend', 'resume']);
    expect(kindOf(await act('director', id, 'accept_renewal'))).toBe('ActUnlawful');
    const { agency, permits } = await page(id);
    expect(agency.validUntil).toBe(permits.find(({ standing }) => standing === 'approved')?.validUntil);
    expect(kindOf(await act('county-office', id, 'propose_renewal'))).toBe('ok');
  });

  test('acts once however often it is sent, and only for who saw it as it is', async () => {
    const { id, sent } = await entered();
    expect(kindOf(await post('county-office', 'placement-agencies', sent))).toBe('ok');
    const order = { id: freshId(), act: 'approve', seenVersion: 1 };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('director', `placement-agencies/${id}/acts`, order)),
    );
    expect(new Set(answers.map(kindOf))).toEqual(new Set(['ok']));
    expect((await page(id)).permits).toHaveLength(1);
    const late = { id: freshId(), act: 'suspend', seenVersion: 1, reason: 'x' };
    expect(kindOf(await post('director', `placement-agencies/${id}/acts`, late))).toBe('CaseMovedOn');
  });

  test('is read at every desk of its scope: a county its own, an agency and a bank what was approved', async () => {
    const { id } = await entered();
    const far = form({ countyCode: '3002' });
    expect(kindOf(await post('deputy', 'placement-agencies', far))).toBe('ok');
    expect(kindOf(await get('county-office', `placement-agencies/${far.id}`))).toBe('PlacementAgencyMissing');
    for (const who of ['agency', 'bank'])
      expect(kindOf(await get(who, `placement-agencies/${id}`)), who).toBe('PlacementAgencyMissing');
    expect(kindOf(await act('director', id, 'approve'))).toBe('ok');
    for (const who of ['agency', 'bank', 'deputy', 'county-office'])
      expect((await page(id, who)).agency.standing, who).toBe('valid');
    for (const who of ['applicant', 'editor'])
      expect(kindOf(await get(who, `placement-agencies/${id}`)), who).toBe('RoleMayNot');
    for (const who of ['auditor', 'ministry']) {
      const reader = await desk.as(who);
      expect(kindOf(await reader.get(`/api/provinces/alborz/placement-agencies/${id}`)), who).toBe('ok');
    }
    const stranger = await desk.as('director-lorestan');
    expect(kindOf(await stranger.get('/api/provinces/alborz/placement-agencies'))).toBe('OtherProvince');
    const nowhere = await stranger.get('/api/provinces/atlantis/placement-agencies');
    expect(nowhere).toMatchObject({
      status: 404,
      body: { kind: 'ProvinceUnknown', facts: { slug: 'atlantis' } },
    });
  });
});

describe('the list of placement agencies', () => {
  test('is searched, filtered, ordered and paged without loss', async () => {
    await entered(['approve'], { kind: 'abroad', name: 'کاریابی نیم‌فاصله' });
    await entered(['approve', 'suspend']);
    const all = (await listed('limit=200')).items.map(({ agencyId }) => agencyId);
    for (const sort of ['name', 'newest', 'ending']) {
      const walked: string[] = [];
      let cursor = '';
      do {
        const { items, next } = await listed(`sort=${sort}&limit=2${cursor}`);
        walked.push(...items.map(({ agencyId }) => agencyId));
        cursor = typeof next === 'string' ? `&cursor=${encodeURIComponent(next)}` : '';
      } while (cursor !== '');
      expect(walked.toSorted()).toEqual(all.toSorted());
      expect(walked).toHaveLength(all.length);
    }
    const suspended = (await listed('standing=suspended&limit=200')).items;
    expect(suspended.length).toBeGreaterThan(0);
    expect(new Set(suspended.map(({ standing }) => standing))).toEqual(new Set(['suspended']));
    for (const search of ['نیم‌فاصله', 'نيم فاصله'])
      expect((await listed(`search=${encodeURIComponent(search)}&kind=abroad`)).items, search).toHaveLength(
        1,
      );
    expect((await listed('search=nobody')).items).toEqual([]);
    expect((await listed('county=3003')).items).toEqual([]);
  });
});

const look = async (query: string, prefix = ''): Promise<string> => {
  const { statusCode, body } = await desk.app.inject({ url: `${prefix}/placement-agencies?${query}` });
  expect(statusCode, body.slice(0, 200)).toBe(200);
  return body;
};
const namesIn = (body: string): string[] =>
  [...body.matchAll(/<th scope="row">\s*<bdi>([^<]+)<\/bdi>/g)].map(([, name = '']) => name);

describe('the public directory', () => {
  test('names who is valid today and opted in, in both languages, and nobody else', async () => {
    const id = await named('پیدا یکم', ['approve']);
    await named('پیدا دوم', ['approve'], { listed: false });
    await named('پیدا سوم', []);
    await named('پیدا چهارم', ['approve', 'suspend']);
    await named('پیدا پنجم', ['approve', 'annul']);
    await named('پیدا ششم', ['approve'], { validFrom: '2024-09-06' });
    await named('پیدا هفتم', ['approve', 'propose_renewal']);
    await named('پیدا هشتم', ['approve'], { validUntil: '2024-09-05' });
    const query = `province=alborz&search=${encodeURIComponent('پیدا')}`;
    expect(namesIn(await look(query)).toSorted()).toEqual(['پیدا هشتم', 'پیدا هفتم', 'پیدا یکم']);
    house.clock.set('2024-09-06T08:00:00.000Z');
    expect(namesIn(await look(query)).toSorted()).toEqual(['پیدا ششم', 'پیدا هفتم', 'پیدا یکم']);
    house.clock.set(today);
    const english = await look(query, '/en');
    for (const word of ['Karaj', 'for work in the country', 'Dey 1404', 'tel:02632200000'])
      expect(english).toContain(word);
    expect(kindOf(await act('county-office', id, 'change_contact'))).toBe('ok');
    const changed = await look(query);
    for (const word of ['خیابان دیگر', 'tel:02632211111', '۰۲۶۳۲۲۱۱۱۱۱']) expect(changed).toContain(word);
    const hidden = { contact: { address: 'کرج، خیابان دیگر', phone: '02632211111', listed: false } };
    expect(kindOf(await act('county-office', id, 'change_contact', hidden))).toBe('ok');
    expect(namesIn(await look(query))).not.toContain('پیدا یکم');
  });

  test('is searched by county and kind, page by page', async () => {
    for (let at = 0; at < 52; at += 1) {
      const sent = form({ countyCode: '3003', name: `برگه ${at}`, kind: at === 0 ? 'abroad' : 'domestic' });
      expect(kindOf(await post('deputy', 'placement-agencies', sent))).toBe('ok');
      expect(kindOf(await act('director', sent.id, 'approve'))).toBe('ok');
    }
    const seen: string[] = [];
    let path: string | undefined = 'province=alborz&county=3003';
    while (path !== undefined) {
      const body: string = await look(path);
      seen.push(...namesIn(body));
      path = /rel="next" href="\/placement-agencies\?([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(new Set(seen).size).toBe(52);
    expect(seen).toHaveLength(52);
    expect(namesIn(await look('province=alborz&county=3003&kind=abroad'))).toEqual(['برگه 0']);
    expect(await look('province=alborz&county=3003')).toMatch(/<option value="3003"\s+selected>/);
  });

  test('shows no other province, and takes what cannot be meant for not asked', async () => {
    expect(namesIn(await look('province=lorestan'))).toEqual([]);
    for (const query of ['', 'province=nowhere', 'province=alborz&province=tehran'])
      expect(await look(query)).toContain('استانی را برگزینید');
    const many = namesIn(await look('province=alborz')).length;
    for (const query of ['kind=spaceship', 'county=x'])
      expect(namesIn(await look(`province=alborz&${query}`)), query).toHaveLength(many);
    expect(await look(`province=alborz&search=${encodeURIComponent('"><script>x</script>')}`)).not.toContain(
      '<script>x',
    );
  });
});

describe('who may do what, in each state', () => {
  const permissions = permissionsOf(agencyKind, Object.keys(userOf));

  test('every state is reached', () =>
    expect([...new Set(transitionsOf(agencyKind).map(({ to }) => to))].sort()).toEqual(
      Object.keys(agencyKind.table).sort(),
    ));

  test('nobody but a county office and a deputy enters agencies', async () => {
    for (const { role, expected } of permissions.filter(({ state }) => state === unborn)) {
      const answer = await post(must(userOf[role], role), 'placement-agencies', form());
      expect([role, kindOf(answer)]).toEqual([role, 'refusal' in expected ? expected.refusal : 'ok']);
    }
  });

  test.each(Object.keys(agencyKind.table))(
    '%s',
    async (state) => {
      const way = must(wayTo(agencyKind, state), state).slice(1);
      const acts = way.map((step) => actNamed(step.act));
      const { id } = await entered(acts);
      const seenVersion = (await page(id)).agency.version;
      for (const { act: name, role, expected } of permissions.filter((one) => one.state === state)) {
        if (!('refusal' in expected)) continue;
        const answer = await act(must(userOf[role], role), id, actNamed(name), { seenVersion });
        expect([name, role, kindOf(answer)]).toEqual([name, role, expected.refusal]);
      }
      expect((await page(id)).agency).toMatchObject({ state, version: seenVersion });
      // What the table lets somebody do, each on an agency of its own, leads where the table says.
      for (const { act: name, role, expected } of permissions.filter((one) => one.state === state)) {
        if (!('to' in expected)) continue;
        const own = await entered(acts);
        const done = await act(must(userOf[role], role), own.id, actNamed(name));
        expect([name, role, kindOf(done)]).toEqual([name, role, 'ok']);
        expect((await page(own.id)).agency.state).toBe(expected.to);
      }
    },
    60_000,
  );
});

const approvalBy = (approver: 'opened_by_person' | 'permit_proposed_by', agencyId: string) => sql`
  insert into placement.permit_approval (
    province_id, agency_id, permit_id, county_code, opened_by_person, proposed_by_person, approved_by_person,
    approved_on, recorded_at
  )
  select province_id, agency_id, permit_id, county_code, opened_by_person, permit_proposed_by,
    ${sql.ref(approver)}, entered_on, moved_at
  from placement.agency where agency_id = ${agencyId}
`;

describe('in the database itself', () => {
  test('who entered an agency or proposed its permit cannot approve it, whatever statement is sent', async () => {
    const { id } = await entered();
    for (const approver of ['opened_by_person', 'permit_proposed_by'] as const)
      await expect(asServing(approvalBy(approver, id))).rejects.toThrow(/permit_approval_four_eyes/);
  });

  test('permits and their approvals are only ever added to', async () => {
    for (const table of ['permit', 'permit_approval'])
      for (const change of ['update', 'delete'] as const) {
        const name = sql.table(`placement.${table}`);
        const statement =
          change === 'update' ? sql`update ${name} set county_code = '3002'` : sql`delete from ${name}`;
        await expect(asServing(statement), `${change} ${table}`).rejects.toThrow(/permission denied/);
      }
  });

  test('another province and another county see no row', async () => {
    const { id } = await entered(['approve']);
    for (const table of ['agency', 'permit', 'permit_approval']) {
      const rows = sql`select agency_id from ${sql.table(`placement.${table}`)} where agency_id = ${id}`;
      const count = async (province: number, county: string | null) => {
        const found = await asServing(rows, province, county);
        return found.ok ? found.value.length : -1;
      };
      expect([table, await count(alborz, null), await count(alborz, '3001')]).toEqual([table, 1, 1]);
      expect([table, await count(15, null), await count(alborz, '3002')]).toEqual([table, 0, 0]);
    }
  });
});

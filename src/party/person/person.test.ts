import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { pageShape } from '#platform/cursor.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope, read, type Scope } from '#platform/db.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { openDesk, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { legalIdOf, nationalIdOf } from '#testing/identities.ts';
import { problemKind, problemOf } from '#testing/people.ts';
import { loadCatalogue, openBranch, openOffice } from '../actions.ts';
import { refreshInForce } from '../fact/queries.ts';
import { partyRoutes } from '../routes.ts';
import { enteredShape, personPageShape, personShape, type NewFact, type NewPerson } from './contract.ts';

const house = await openHouse();
await loadPlaces(house.owner, readCsv);
await loadCatalogue(house.owner, readCsv);
const [alborz, lorestan] = [30, 15];
const [agencyOffice, bankBranch] = [newId(1), newId(2)];
await inTransaction(house.db, { ...noScope, province: alborz }, async (tx) => {
  const common = {
    provinceId: alborz,
    countyCode: '3001',
    sourceKey: 'demonstration',
    openedAt: house.clock.now(),
  };
  const named = { nameFa: 'نمونه', nameEn: null };
  await openOffice(tx, { ...common, ...named, officeId: agencyOffice, agencyKey: 'industry' });
  await openBranch(tx, { ...common, ...named, branchId: bankBranch, bankCode: '012', branchCode: '1' });
  return ok();
});
const offices = [
  { provinceId: alborz, agency: agencyOffice, bank: bankBranch },
  { provinceId: lorestan, agency: newId(3), bank: newId(4) },
];
const desk = await openDesk(house, { rooms: [partyRoutes(house)], offices });

let count = 0;
const newPerson = (rest: Partial<NewPerson> = {}): NewPerson => {
  count += 1;
  return {
    id: randomUUID(),
    form: 'natural',
    nationalId: nationalIdOf(500_000_000 + count),
    firstName: 'مریم',
    lastName: 'صادقی',
    fatherName: 'حسن',
    bornOn: '1985-04-21',
    gender: 'woman',
    countyCode: '3001',
    settlement: 'urban',
    phone: '09120000001',
    email: 'Zakeri@Example.IR',
    ...rest,
  };
};
const newFact = (rest: Partial<NewFact> = {}): NewFact => ({
  id: randomUUID(),
  kind: 'decile',
  value: '3',
  sinceOn: '2024-08-01',
  source: 'inquiry',
  inquiredOn: '2024-08-10',
  ...rest,
});

const persons = (province = 'alborz') => `/api/provinces/${province}/persons`;
const enter = async (clerk: Clerk, person: NewPerson) => {
  const answer = await clerk.post(persons(), person);
  return enteredShape.parse(answer.body);
};
const pageOf = async (clerk: Clerk, personId: string) =>
  personPageShape.parse((await clerk.get(`${persons()}/${personId}`)).body);
const found = async (clerk: Clerk, query: Record<string, string>, province = 'alborz') => {
  const answer = await clerk.get(`${persons(province)}?${new URLSearchParams(query).toString()}`);
  expect(answer.status).toBe(200);
  return pageShape(personShape).parse(answer.body).items;
};
const idsOf = (rows: readonly { personId: string }[]) => rows.map(({ personId }) => personId);

const director = await desk.as('director-alborz');
const deputy = await desk.as('deputy-alborz');
const county = await desk.as('county-office-alborz');
const agency = await desk.as('agency-alborz');
const bank = await desk.as('bank-alborz');
const auditor = await desk.as('auditor');
const elsewhere = await desk.as('director-lorestan');

const refusedWith = async (rest: Partial<NewPerson>) => {
  const { kind, field, fa } = problemOf(await director.post(persons(), newPerson(rest)));
  expect(fa).toMatch(/[\u0600-\u06ff]/);
  return `${kind} ${field}`;
};

describe('a person', () => {
  test('is entered once, however often the form is sent, and found by id, phone and name', async () => {
    const order = newPerson({ firstName: 'طاهره', lastName: 'ذاکری', phone: '۰۹۳۵۱۱۱۲۲۳۳' });
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => director.post(persons(), order, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    for (const search of [order.nationalId, '09351112233', 'تاهره', 'زاکری طاهره', 'ذاك'])
      expect(idsOf(await found(director, { search }))).toEqual([order.id]);
    const { person, facts } = await pageOf(director, order.id);
    expect(person).toMatchObject({ phone: '09351112233', email: 'Zakeri@example.ir', countyCode: '3001' });
    expect(facts.map(({ kind }) => kind).toSorted()).toEqual(['county_code', 'email', 'phone', 'settlement']);
  });

  test('who races to be entered twice stands once', async () => {
    const nationalId = nationalIdOf(600_000_001);
    const orders = Array.from({ length: 8 }, () => newPerson({ nationalId }));
    const answers = await Promise.all(orders.map((order) => director.post(persons(), order)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(problemKind(answer)).toBe('PersonKnown');
    expect(await found(director, { search: nationalId })).toHaveLength(1);
  });

  test('is refused in Persian by the field: check digit, first name, county, future day', async () => {
    expect(await refusedWith({ nationalId: '1234567890' })).toBe('NationalIdWrong nationalId');
    expect(await refusedWith({ form: 'legal', nationalId: nationalIdOf(3) })).toBe('LegalIdWrong nationalId');
    expect(await refusedWith({ firstName: null })).toBe('FirstNameNeeded firstName');
    expect(await refusedWith({ countyCode: '1503' })).toBe('CountyElsewhere countyCode');
    expect(await refusedWith({ bornOn: '2100-01-01' })).toBe('FactInFuture bornOn');
    expect(await refusedWith({ phone: '12' })).toBe('FactUnreadable phone');
    expect(await refusedWith({ email: 'زهرا@example.ir' })).toBe('FactUnreadable email');
    expect(await refusedWith({ bornOn: '1721-03-21' })).toBe('InvalidInput bornOn');
  });

  test('under an id that another has, or by another name, is not taken for the one that is kept (L5)', async () => {
    const [order, fact] = [newPerson({ firstName: 'زهرا', lastName: 'کاظمی' }), newFact({ value: '3' })];
    await enter(director, order);
    for (const changed of [{ lastName: 'شریفی' }, { nationalId: newPerson().nationalId }])
      expect(problemKind(await director.post(persons(), { ...order, ...changed }))).toBe('PersonKnown');
    const facts = `${persons()}/${order.id}/facts`;
    for (const same of [fact, fact]) expect((await director.post(facts, same)).status).toBe(201);
    expect(problemKind(await director.post(facts, { ...fact, value: '7' }))).toBe('FactOtherContent');
    expect((await pageOf(director, order.id)).person).toMatchObject({ lastName: 'کاظمی', decile: '3' });
  });

  test('of the legal form is an enterprise, found by its name in a list of its own', async () => {
    const legal = { form: 'legal', firstName: null, fatherName: null, gender: null } as const;
    const named = { nationalId: legalIdOf(1_234_567), lastName: 'شرکت تعاونی چرم البرز' };
    const order = newPerson({ ...legal, ...named });
    await enter(director, order);
    expect(idsOf(await found(director, { form: 'legal', search: 'چرم تعاونی' }))).toEqual([order.id]);
    expect(await found(director, { search: 'چرم' })).toEqual([]);
    const wrong = await director.post(`${persons()}/${order.id}/facts`, newFact());
    expect(problemKind(wrong)).toBe('FactNotOfForm');
  });
});

describe('a fact', () => {
  test('stands beside the earlier one and is in force from its day on', async () => {
    const { id: personId } = await enter(director, newPerson());
    const record = (fact: NewFact) => director.post(`${persons()}/${personId}/facts`, fact);
    expect((await record(newFact({ value: '3', sinceOn: '2024-08-01' }))).status).toBe(201);
    expect((await record(newFact({ value: '7', sinceOn: '2023-03-21' }))).status).toBe(201);
    const page = await pageOf(director, personId);
    expect(page.person.decile).toBe('3');
    const deciles = page.facts.filter(({ kind }) => kind === 'decile');
    expect(deciles.map(({ value, inForce }) => [value, inForce])).toEqual([
      ['3', true],
      ['7', false],
    ]);
  });

  test('that corrects a name keeps the name that was entered, and both the person and the search follow', async () => {
    const { id: personId } = await enter(director, newPerson({ lastName: 'قنبرزاده' }));
    const correction = newFact({
      kind: 'last_name',
      value: 'غفارزاده',
      sinceOn: '2024-09-05',
      source: 'document',
    });
    expect((await director.post(`${persons()}/${personId}/facts`, correction)).status).toBe(201);
    const { person, facts } = await pageOf(director, personId);
    expect(person.lastName).toBe('غفارزاده');
    expect(facts.filter(({ kind }) => kind === 'last_name').map(({ value }) => value)).toEqual([
      'غفارزاده',
      'قنبرزاده',
    ]);
    expect(idsOf(await found(director, { search: 'غفارزاده' }))).toEqual([personId]);
    expect(await found(director, { search: 'قنبرزاده' })).toEqual([]);
  });

  test('cannot be changed or taken away in the database, and is emptied only under an erasure', async () => {
    const { id: personId } = await enter(director, newPerson());
    const under = (work: string) =>
      inTransaction(house.db, { ...noScope, province: alborz }, async (tx) => {
        await sql.raw(work).execute(tx);
        return ok();
      });
    const where = `where province_id = ${alborz} and person_id = '${personId}'`;
    await expect(under(`update party.fact set value = 'x' ${where}`)).rejects.toThrow(/row-level security/);
    await expect(under(`update party.fact set value = null ${where}`)).rejects.toThrow(/row-level security/);
    await expect(under(`update party.fact set since_on = '2020-01-01' ${where}`)).rejects.toThrow(
      /permission/,
    );
    await expect(under(`delete from party.fact ${where}`)).rejects.toThrow(/permission/);
    for (const table of ['reach', 'erasure', 'identity'])
      for (const deed of [`delete from party.${table}`, `truncate party.${table}`])
        await expect(under(deed)).rejects.toThrow(/permission/);
  });

  test('in force is what the facts add up to: the row, computed anew, stays as it is', async () => {
    const rows = () =>
      read(house.db, { ...noScope, province: alborz }, async (tx) => {
        const { rows: all } = await sql<{ personId: string }>`
          select person_id as "personId", county_code, settlement, decile, phone, last_name, first_name
          from party.person where province_id = ${alborz} order by person_id
        `.execute(tx);
        return all;
      });
    const before = await rows();
    expect(before.length).toBeGreaterThan(4);
    await inTransaction(house.db, { ...noScope, province: alborz }, async (tx) => {
      const personIds = before.map(({ personId }) => personId);
      await refreshInForce(tx, { provinceId: alborz, personIds, today: day('1403-06-15') });
      return ok();
    });
    expect(await rows()).toEqual(before);
  });
});

describe('an erasure', () => {
  test('is an act of the director that empties everything told of a person and leaves itself', async () => {
    const order = newPerson({ firstName: 'ژینا', lastName: 'ظفرقندی', phone: '09380000777' });
    const { id: personId } = await enter(director, order);
    const erasure = { id: randomUUID(), reason: 'حکم دادگاه', reference: '۱۴۰۳/۱۲' };
    expect((await deputy.post(`${persons()}/${personId}/erasure`, erasure)).status).toBe(403);
    expect((await director.post(`${persons()}/${personId}/erasure`, erasure)).status).toBe(201);
    const page = await pageOf(director, personId);
    expect(page.person).toMatchObject({ erased: true, nationalId: null, lastName: null, phone: null });
    expect(page.facts.length).toBeGreaterThan(2);
    expect(page.facts.every(({ value }) => value === null)).toBe(true);
    expect(page.erasure).toMatchObject({ reason: 'حکم دادگاه' });
    for (const search of [order.nationalId, '09380000777', 'ظفرقندی'])
      expect(await found(director, { search })).toEqual([]);
    const left = await sql<{ text: string }>`
      select coalesce(string_agg(line, ' '), '') as text from (
        select to_json(event)::text as line from access.audit_event event
      ) lines
    `.execute(house.owner);
    expect(must(left.rows[0], 'a row').text).not.toContain(order.nationalId);
    expect(problemKind(await director.post(`${persons()}/${personId}/facts`, newFact()))).toBe(
      'PersonErased',
    );
    expect(problemKind(await director.post(persons(), { ...order, id: randomUUID() }))).toBe('PersonErased');
    const again = { ...erasure, id: randomUUID() };
    expect(problemKind(await director.post(`${persons()}/${personId}/erasure`, again))).toBe('PersonErased');
  });
});

const countOf = (scope: Partial<Scope>, table: string) =>
  read(house.db, { ...noScope, ...scope }, async (tx) => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(`party.${table}`)}
    `.execute(tx);
    return must(rows[0], 'a row').n;
  });

describe('the scope', () => {
  test('of a county shows residents and those opened to it; in rows, search, page and error alike', async () => {
    const here = newPerson({ lastName: 'گلریزان', countyCode: '3001' });
    const there = newPerson({ lastName: 'گلریزان', countyCode: '3006', phone: '09380009999' });
    await enter(director, here);
    await enter(director, there);
    expect(idsOf(await found(county, { search: 'گلریزان' }))).toEqual([here.id]);
    expect(idsOf(await found(director, { search: 'گلریزان' })).toSorted()).toEqual(
      [here.id, there.id].toSorted(),
    );
    for (const query of [
      { search: there.nationalId },
      { search: '09380009999' },
      { county: '3006' },
    ] as const)
      expect(await found(county, query)).toEqual([]);
    const hidden = problemOf(await county.get(`${persons()}/${there.id}`));
    const none = problemOf(await county.get(`${persons()}/${randomUUID()}`));
    expect({ ...hidden, instance: '' }).toEqual({ ...none, instance: '' });
    expect(problemKind(await county.post(`${persons()}/${there.id}/facts`, newFact()))).toBe('PersonMissing');

    const reach = { countyCode: '3001', officeId: null, reason: 'پروندهٔ مجوز' };
    expect((await county.post(`${persons()}/${there.id}/reach`, reach)).status).toBe(403);
    expect((await deputy.post(`${persons()}/${there.id}/reach`, reach)).status).toBe(201);
    expect(await found(county, { search: 'گلریزان' })).toHaveLength(2);
    expect((await pageOf(county, there.id)).facts.length).toBeGreaterThan(0);
    // Who may see two counties' rows of one person sees the person once.
    expect(await found(director, { search: 'گلریزان' })).toHaveLength(2);
  });

  test('lets a county in to whom it knows by name and birth day, and describes them to nobody else', async () => {
    const kept = newPerson({ lastName: 'قره‌داغی', countyCode: '3006' });
    await enter(director, kept);
    const presented = { ...kept, id: randomUUID(), countyCode: '3001' };
    const stranger = problemOf(await county.post(persons(), { ...presented, lastName: 'کریمی' }));
    expect(stranger.kind).toBe('PersonNotAsKept');
    expect(JSON.stringify(stranger)).not.toContain('3006');
    expect(JSON.stringify(stranger)).not.toContain(kept.id);
    expect(await enter(county, { ...presented, id: randomUUID(), lastName: 'غره داغی' })).toEqual({
      id: kept.id,
      outcome: 'known',
    });
    expect((await pageOf(county, kept.id)).reaches).toMatchObject([{ reader: '3001', reason: 'presented' }]);
  });

  test('of an office shows only whom it was handed', async () => {
    const handed = newPerson({ lastName: 'هاشم‌پور' });
    await enter(director, handed);
    expect(await found(agency, {})).toEqual([]);
    const give = (officeId: string) =>
      deputy.post(`${persons()}/${handed.id}/reach`, { countyCode: null, officeId, reason: 'امضای نخست' });
    expect((await give(agencyOffice)).status).toBe(201);
    expect(problemKind(await give(randomUUID()))).toBe('OfficeUnknown');
    expect(idsOf(await found(agency, {}))).toEqual([handed.id]);
    expect(idsOf(await found(agency, { search: 'هاشم' }))).toEqual([handed.id]);
    expect(await found(agency, { search: 'صادقی' })).toEqual([]);
    expect(await found(bank, {})).toEqual([]);
    expect((await pageOf(agency, handed.id)).facts.length).toBeGreaterThan(0);
    expect((await bank.get(`${persons()}/${handed.id}`)).status).toBe(404);
  });

  test('of a province ends at its border: the same person stands twice and neither sees the other', async () => {
    const order = newPerson({ lastName: 'مرزبان' });
    await enter(director, order);
    const other = { ...order, id: randomUUID(), countyCode: '1503', phone: '09160000000' };
    expect((await elsewhere.post(persons('lorestan'), other)).status).toBe(201);
    expect(idsOf(await found(elsewhere, { search: 'مرزبان' }, 'lorestan'))).toEqual([other.id]);
    expect((await elsewhere.get(`${persons()}/${order.id}`)).status).toBe(403);
    expect((await elsewhere.get(`${persons('lorestan')}/${order.id}`)).status).toBe(404);
    const page = await pageOf(director, order.id);
    expect(page.otherProvinces).toBe(1);
    expect(JSON.stringify(page)).not.toContain('09160000000');
    expect(idsOf(await found(auditor, { search: 'مرزبان' }, 'lorestan'))).toEqual([other.id]);
  });

  test('holds in the database without the statements', async () => {
    await enter(director, newPerson({ countyCode: '3006' }));
    for (const table of ['person', 'fact', 'name_word', 'reach']) {
      expect(await countOf({}, table)).toBe(0);
      expect(await countOf({ province: alborz }, table)).toBeGreaterThan(0);
      expect(await countOf({ province: 'all' }, table)).toBeGreaterThan(0);
      expect(await countOf({ province: alborz, office: newId(9) }, table)).toBe(0);
      expect(await countOf({ province: alborz, person: newId(9) }, table)).toBe(0);
      expect(await countOf({ province: alborz, county: '3004' }, table)).toBe(0);
    }
    expect(await countOf({ province: alborz, county: '3001' }, 'fact')).toBe(0);
    const narrow = await countOf({ province: alborz, county: '3001' }, 'person');
    expect(narrow).toBeLessThan(await countOf({ province: alborz }, 'person'));
  });
});

describe('the list', () => {
  test('goes page by page in the order of names and loses none', async () => {
    const names = ['پناهی', 'اکبری', 'چمنی', 'یزدی', 'گرامی', 'بهاری', 'ژرفا'];
    const orders = names.map((lastName) => newPerson({ firstName: 'صبا', lastName, countyCode: '3005' }));
    for (const order of orders) await enter(director, order);
    for (const query of [{ county: '3005' }, { search: 'صبا' }]) {
      const seen: (string | null)[] = [];
      let cursor: string | null = null;
      do {
        const asked = new URLSearchParams({ ...query, limit: '3', ...(cursor === null ? {} : { cursor }) });
        const answer = await director.get(`${persons()}?${asked.toString()}`);
        const page = pageShape(personShape).parse(answer.body);
        seen.push(...page.items.map(({ lastName }) => lastName));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toEqual(['اکبری', 'بهاری', 'پناهی', 'چمنی', 'ژرفا', 'گرامی', 'یزدی']);
    }
  });

  test('is narrowed by facts in force', async () => {
    const order = newPerson({ lastName: 'دهکیان', countyCode: '3005', settlement: 'rural' });
    await enter(director, order);
    await director.post(`${persons()}/${order.id}/facts`, newFact({ value: '2' }));
    expect(idsOf(await found(director, { decile: '3', settlement: 'rural', county: '3005' }))).toEqual([
      order.id,
    ]);
    expect(await found(director, { decile: '1', county: '3005' })).toEqual([]);
  });
});

const routes = [
  {
    name: 'GET list',
    ask: (clerk: Clerk) => clerk.get(persons()),
    may: ['director', 'deputy', 'county-office', 'agency', 'bank', 'auditor', 'ministry'],
  },
  {
    name: 'GET one',
    ask: (clerk: Clerk) => clerk.get(`${persons()}/${randomUUID()}`),
    may: ['director', 'deputy', 'county-office', 'agency', 'bank', 'auditor', 'ministry'],
  },
  {
    name: 'POST person',
    ask: (clerk: Clerk) => clerk.post(persons(), newPerson()),
    may: ['director', 'deputy', 'county-office'],
  },
  {
    name: 'POST fact',
    ask: (clerk: Clerk) => clerk.post(`${persons()}/${randomUUID()}/facts`, newFact()),
    may: ['director', 'deputy', 'county-office'],
  },
  {
    name: 'POST reach',
    ask: (clerk: Clerk) =>
      clerk.post(`${persons()}/${randomUUID()}/reach`, { countyCode: '3001', officeId: null, reason: 'x' }),
    may: ['director', 'deputy'],
  },
  {
    name: 'POST erasure',
    ask: (clerk: Clerk) =>
      clerk.post(`${persons()}/${randomUUID()}/erasure`, { id: randomUUID(), reason: 'x', reference: 'y' }),
    may: ['director'],
  },
] as const;
const roles = [
  'director',
  'deputy',
  'county-office',
  'agency',
  'bank',
  'editor',
  'applicant',
  'auditor',
  'ministry',
  'administrator',
] as const;

const national: Readonly<Record<string, string>> = {
  auditor: 'auditor',
  ministry: 'ministry',
  administrator: 'administrator-one',
};

describe.each(routes)('$name', ({ ask, may }) => {
  test.each(roles)('asked by %s', async (role) => {
    const clerk = await desk.as(national[role] ?? `${role}-alborz`);
    const { status } = await ask(clerk);
    if (may.some((one) => one === role)) expect([200, 201, 404]).toContain(status);
    else expect(status).toBe(403);
  });
  test('asked by nobody who is signed in', async () => expect((await ask(desk.nobody)).status).toBe(401));
});

import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { buildServer, type Server } from '#platform/http.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { openHouse } from '#testing/house.ts';
import { decideLoanOpening, loadCatalogue } from './actions.ts';
import { categoryList, occupationPage, type Category, type NewLoanOpening } from './contract.ts';
import { occupationRoutes } from './routes.ts';

const house = await openHouse();
let server: Server;

const alborz = 30;
const lorestan = 15;

const actorOf = (province: number | 'all', role: Actor['role']): Actor => ({
  userId: newId(0),
  personId: newId(0),
  role,
  name: role,
  scope: { province, county: null, office: null, person: null },
});
const actors: Readonly<Record<string, Actor>> = {
  alborz: actorOf(alborz, 'county_office'),
  lorestan: actorOf(lorestan, 'county_office'),
  auditor: actorOf('all', 'auditor'),
  director: actorOf(lorestan, 'director'),
};

beforeAll(async () => {
  await loadPlaces(house.owner, readCsv);
  await loadParties(house.owner, readCsv);
  await loadCatalogue(house.owner, readCsv);
  server = await buildServer(house, {
    findActor: (request) => Promise.resolve(actors[String(request.headers['x-actor'])] ?? null),
    version: 'test',
  });
  await server.register(occupationRoutes(house));
  return () => server.close();
});

const get = (url: string, actor?: keyof typeof actors) =>
  server.inject({ method: 'GET', url, headers: actor === undefined ? {} : { 'x-actor': actor } });

const search = async (text: string) =>
  occupationPage
    .parse((await get(`/api/occupations?limit=200&search=${encodeURIComponent(text)}`)).json())
    .items.map(({ titleFa }) => titleFa)
    .sort();

const orderOf = (change: Partial<NewLoanOpening> = {}): NewLoanOpening => ({
  loanOpeningId: newId(house.clock.now().getTime()),
  provinceId: alborz,
  budgetYear: 1402,
  categoryKey: 'livestock',
  open: false,
  inForceFrom: day('1402-04-01'),
  reasonFa: 'سهم این رسته پر شده است',
  sourceKey: 'demonstration',
  recordedAt: house.clock.now(),
  ...change,
});

const decide = (order: NewLoanOpening) =>
  inTransaction(house.db, { ...noScope, province: order.provinceId }, (tx) => decideLoanOpening(tx, order));

describe('the catalogue of occupations', () => {
  test('holds the 81 titles, each in a known category', async () => {
    const { items } = occupationPage.parse((await get('/api/occupations?limit=200')).json());
    expect(items).toHaveLength(81);
    const { categories } = categoryList.parse((await get('/api/categories')).json());
    const keys = new Set(categories.map(({ categoryKey }) => categoryKey));
    for (const item of items) expect(keys).toContain(item.categoryKey);
    expect(items.filter(({ titleKind }) => titleKind === 'list_item')).toHaveLength(17);
    expect(items.filter(({ titleKind }) => titleKind === 'licence_title')).toHaveLength(9);
  });

  test('stars food, livestock, fisheries and culture, whose further approval is another body’s', async () => {
    const { categories } = categoryList.parse((await get('/api/categories')).json());
    const checks = categories
      .filter(({ extraCheck }) => extraCheck !== null)
      .map(({ categoryKey, extraCheck }) => [categoryKey, extraCheck]);
    expect(checks).toEqual([
      ['culture_art', 'culture'],
      ['fisheries', 'veterinary'],
      ['food', 'health'],
      ['livestock', 'veterinary'],
    ]);
  });

  test('names the basis of every competent agency, and none where none is confirmed', async () => {
    const { categories } = categoryList.parse((await get('/api/categories')).json());
    for (const { agencyKey, agencyBasis } of categories)
      expect(agencyKey === null).toBe(agencyBasis === null);
    expect(categories.find(({ categoryKey }) => categoryKey === 'e_commerce')?.agencyKey).toBeNull();
  });

  test('loads a second time without writing anything', async () => {
    const writers = async () => {
      const { rows } = await sql<{ line: string }>`
        select category_key || xmin::text || ctid::text as line from occupation.category
        union all select occupation_id::text || xmin::text || ctid::text from occupation.occupation
        order by 1
      `.execute(house.owner);
      return rows.map(({ line }) => line);
    };
    const before = await writers();
    expect(before).toHaveLength(81 + 16);
    await loadCatalogue(house.owner, readCsv);
    expect(await writers()).toEqual(before);
  });

  test('cannot be changed or emptied by the serving role', async () => {
    for (const table of ['category', 'occupation']) {
      const name = sql.table(`occupation.${table}`);
      await expect(sql`delete from ${name}`.execute(house.db)).rejects.toThrow(/permission denied/);
      await expect(sql`update ${name} set category_key = ''`.execute(house.db)).rejects.toThrow(
        /permission denied/,
      );
      await expect(sql`truncate ${name}`.execute(house.db)).rejects.toThrow(/permission denied/);
    }
  });
});

describe('the search', () => {
  test('finds a title by another spelling, by parts in any order, and in English', async () => {
    expect(await search('قاليبافي')).toEqual(['قالیبافی', 'قالی‌بافی']);
    expect(await search('قالی بافی')).toEqual(['قالیبافی', 'قالی‌بافی']);
    expect(await search('سوزندوزی')).toEqual(['سوزن‌دوزی']);
    expect(await search('حبوبات بسته بندی')).toContain('بسته‌بندی حبوبات');
    expect(await search('KILIM')).toEqual(['گلیم', 'گلیم بافی']);
    expect(await search('فضانوردی')).toEqual([]);
  });

  test('forgives a letter that is missing, wrong or too many, when nothing holds the word as typed', async () => {
    expect(await search('خیاتی')).toEqual(['خیاطی']);
    expect(await search('سوزندزی')).toEqual(['سوزن‌دوزی']);
    expect(await search('زعفران تولد')).toEqual(['تولید زعفران']);
  });

  test('does not take signs of a pattern for a pattern', async () => {
    expect(await search('%')).toHaveLength(81);
    expect(await search('ق_لی')).toEqual([]);
  });

  test('goes page by page and loses none', async () => {
    const ids: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = occupationPage.parse((await get(`/api/occupations?limit=20${next}`)).json());
      ids.push(...page.items.map(({ occupationId }) => occupationId));
      cursor = page.next;
    }
    expect(ids).toHaveLength(81);
    expect(new Set(ids).size).toBe(81);
  });

  test('narrows to a category and refuses a broken cursor', async () => {
    const { items } = occupationPage.parse((await get('/api/occupations?category=fisheries')).json());
    expect(items.map(({ titleFa, starred }) => [titleFa, starred])).toEqual([['پرورش ماهی زینتی', true]]);
    expect((await get('/api/occupations?cursor=nonsense')).json()).toMatchObject({ kind: 'BadCursor' });
  });
});

const openingOf = async (url: string, actor: keyof typeof actors): Promise<Category['loanOpening']> => {
  const { categories } = categoryList.parse((await get(url, actor)).json());
  return must(
    categories.find(({ categoryKey }) => categoryKey === 'livestock'),
    'livestock',
  ).loanOpening;
};
const at = (iso: string) => `/api/categories?province=alborz&budgetYear=1402&on=${iso}`;

describe('what is open for loans', () => {
  test('holds from its day on, keeps what was said before, and is the province’s own', async () => {
    expect((await decide(orderOf())).ok).toBe(true);
    expect(
      (await decide(orderOf({ open: true, inForceFrom: day('1402-08-01'), reasonFa: 'متمم سهمیه' }))).ok,
    ).toBe(true);
    expect(await openingOf(at('2023-06-21'), 'alborz')).toBeNull();
    expect(await openingOf(at('2023-06-22'), 'alborz')).toMatchObject({
      open: false,
      inForceFrom: '2023-06-22',
    });
    expect(await openingOf(at('2023-10-23'), 'alborz')).toMatchObject({ open: true, reasonFa: 'متمم سهمیه' });
    expect(await openingOf('/api/categories?province=alborz&budgetYear=1402', 'alborz')).toMatchObject({
      open: true,
    });
    expect(await openingOf('/api/categories?province=alborz&budgetYear=1403', 'alborz')).toBeNull();
    expect(await openingOf(at('2023-10-23'), 'lorestan')).toBeNull();
    expect(await openingOf(at('2023-10-23'), 'auditor')).toMatchObject({ open: true });
  });

  test('acts once on the same order and refuses a second word for the same day', async () => {
    const order = orderOf({ categoryKey: 'certified_seedlings' });
    expect((await decide(order)).ok).toBe(true);
    expect((await decide(order)).ok).toBe(true);
    expect(await decide(orderOf({ categoryKey: 'certified_seedlings', open: true }))).toEqual({
      ok: false,
      refusal: { kind: 'OpeningDecidedThatDay', inForceFrom: '1402-04-01', open: false },
    });
    expect(await decide(orderOf({ categoryKey: 'nothing' }))).toMatchObject({
      refusal: { kind: 'CategoryUnknown' },
    });
  });

  test('is decided by the director over the route, once for one key, and by no clerk', async () => {
    const form = {
      budgetYear: 1402,
      categoryKey: 'wood',
      open: false,
      inForceFrom: '2023-06-22',
      reasonFa: 'تقاضا بیش از سهم است',
    };
    const key = newId(1);
    const post = (actor: keyof typeof actors, change: object = {}, used = key) =>
      server.inject({
        method: 'POST',
        url: '/api/loan-openings',
        headers: { 'x-actor': actor, 'idempotency-key': used },
        payload: { ...form, ...change },
      });
    const first = await post('director');
    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({ open: false, inForceFrom: '2023-06-22', sourceKey: 'own_record' });
    expect((await post('director')).json()).toEqual(first.json());
    const second = await post('director', { open: true }, newId(2));
    expect(second.statusCode).toBe(409);
    expect(second.json()).toMatchObject({ kind: 'OpeningDecidedThatDay' });
    expect(second.json().fa).toContain('۱۴۰۲/۰۴/۰۱');
    expect(
      (await post('director', { inForceFrom: '2023-07-01', reasonFa: ' ' }, newId(3))).json(),
    ).toMatchObject({
      kind: 'OpeningNeedsReason',
    });
    expect((await post('alborz', {}, newId(4))).statusCode).toBe(403);
    expect((await post('auditor', {}, newId(4))).statusCode).toBe(403);
  });

  test('is asked for under a sign-in, and of a known province', async () => {
    expect((await get(at('2023-10-23'))).statusCode).toBe(401);
    expect((await get('/api/categories?province=nowhere&budgetYear=1402', 'alborz')).statusCode).toBe(404);
  });

  test('is appended: the serving role cannot change, delete or truncate it', async () => {
    const inAlborz = { ...noScope, province: alborz };
    for (const deed of [
      sql`update occupation.loan_opening set open = true`,
      sql`delete from occupation.loan_opening`,
      sql`truncate occupation.loan_opening`,
    ]) {
      await expect(
        inTransaction(house.db, inAlborz, async (tx) => {
          await deed.execute(tx);
          return { ok: true, value: undefined } as const;
        }),
      ).rejects.toThrow(/permission denied/);
    }
    const rows = await read(house.db, inAlborz, async (tx) => {
      const found = await sql`select open from occupation.loan_opening`.execute(tx);
      return found.rows;
    });
    expect(rows).toHaveLength(3);
  });

  test('cannot be decided for another province than the scope’s', async () => {
    const stranger = inTransaction(house.db, { ...noScope, province: lorestan }, (tx) =>
      decideLoanOpening(tx, orderOf({ inForceFrom: day('1402-05-01') })),
    );
    await expect(stranger).rejects.toThrow(/row-level security/);
  });
});

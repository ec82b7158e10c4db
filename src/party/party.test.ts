import { provinceFinder } from '#place/routes.ts';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { buildServer, type Server } from '#platform/http.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { sayNotes } from '#place/words.ts';
import { openHouse } from '#testing/house.ts';
import { loadCatalogue, nameAgentBank, openBranch, openOffice, type Opened } from './actions.ts';
import { agencyList, agentBankList, bankList, branchPage, officePage, type NewBranch } from './contract.ts';
import { partyRoutes } from './routes.ts';
import { partyNoteWords } from './words.ts';

const house = await openHouse();
let server: Server;

const alborz = 30;
const lorestan = 15;
const mellat = '012';

const actorOf = (province: number | 'all', role: Actor['role']): Actor => ({
  userId: newId(0),
  personId: newId(0),
  role,
  name: role,
  scope: { province, county: null, office: null, person: null },
});
const actors: Readonly<Record<string, Actor>> = {
  alborz: actorOf(alborz, 'director'),
  lorestan: actorOf(lorestan, 'director'),
  ministry: actorOf('all', 'ministry'),
  clerk: actorOf(alborz, 'county_office'),
};

const scopeOf = (province: number) => ({ ...noScope, province });

const branchIn = (provinceId: number, rest: Partial<NewBranch> = {}): Opened<NewBranch> => ({
  branchId: newId(house.clock.now().getTime()),
  provinceId,
  bankCode: mellat,
  branchCode: '1001',
  countyCode: provinceId === alborz ? '3001' : '1503',
  nameFa: 'شعبهٔ مرکزی',
  nameEn: 'Central branch',
  sourceKey: 'demonstration',
  openedAt: house.clock.now(),
  ...rest,
});

const open = (order: Opened<NewBranch>) =>
  inTransaction(house.db, scopeOf(order.provinceId), (tx) => openBranch(tx, order));

beforeAll(async () => {
  await loadPlaces(house.owner, readCsv);
  await loadCatalogue(house.owner, readCsv);
  server = await buildServer(house, {
    findProvince: provinceFinder(house),
    findActor: (request) => Promise.resolve(actors[String(request.headers['x-actor'])] ?? null),
    version: 'test',
  });
  await server.register(partyRoutes(house));
  return () => server.close();
});

const get = (url: string, actor?: keyof typeof actors) =>
  server.inject({ method: 'GET', url, headers: actor === undefined ? {} : { 'x-actor': actor } });

describe('the catalogue of parties', () => {
  test('has the four agencies that sign first, and who introduces a target group', async () => {
    const { agencies } = agencyList.parse((await get('/api/agencies')).json());
    const having = (role: string) =>
      agencies
        .filter(({ roles }) => roles.some((held) => held.role === role))
        .map(({ agencyKey }) => agencyKey)
        .sort();
    expect(having('first_signature')).toEqual(['agriculture', 'culture', 'heritage', 'industry']);
    expect(having('introduces_target_group')).toEqual([
      'alavi',
      'barakat',
      'basij',
      'behzisti',
      'emdad',
      'martyrs',
    ]);
    expect(having('second_signature')).toEqual(['labour']);
    expect(agencies.flatMap(({ roles }) => roles).every(({ name }) => name.fa !== '' && name.en !== '')).toBe(
      true,
    );
  });

  test('offers open banks only, and says what became of the others', async () => {
    const { banks } = bankList.parse((await get('/api/banks')).json());
    expect(banks).toHaveLength(38);
    for (const bank of banks) expect(bank.offered).toBe(bank.status === 'open');
    const ghavamin = must(
      banks.find(({ bankCode }) => bankCode === '052'),
      'Ghavamin',
    );
    expect(ghavamin).toMatchObject({ offered: false, status: 'merged', successor: '015' });
    expect(ghavamin.notes[0]?.fa).toContain('سپه');
    const names = banks.filter(({ offered }) => offered).map(({ nameFa }) => nameFa);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has words for every note', () => {
    const notes = [...readCsv('banks.csv'), ...readCsv('agent_banks.csv')].flatMap((row) =>
      must(row['note'], 'note').split(';').filter(Boolean),
    );
    expect(notes.length).toBeGreaterThan(5);
    expect(sayNotes(partyNoteWords, notes)).toHaveLength(notes.length);
  });

  test('loads a second time without writing anything', async () => {
    const writers = async () => {
      const catalogue = await sql<{ line: string }>`
        select bank_code || xmin::text || ctid::text as line from party.bank
        union all select agency_key || xmin::text || ctid::text from party.agency
        union all select agency_key || role || xmin::text || ctid::text from party.agency_role
        order by 1
      `.execute(house.owner);
      const agents = await read(house.owner, { ...noScope, province: 'all' }, (tx) =>
        sql<{ line: string }>`
          select province_id::text || programme || bank_code || xmin::text || ctid::text as line
          from party.agent_bank
          order by 1
        `.execute(tx),
      );
      return [...catalogue.rows, ...agents.rows].map(({ line }) => line);
    };
    const before = await writers();
    const roles = readCsv('agencies.csv').flatMap((row) => must(row['roles'], 'roles').split(';'));
    expect(before).toHaveLength(38 + 17 + roles.length + readCsv('agent_banks.csv').length);
    await loadCatalogue(house.owner, readCsv);
    expect(await writers()).toEqual(before);
  });

  test('cannot be written by the serving role', async () => {
    for (const table of ['agency', 'agency_role', 'bank']) {
      const name = sql.table(`party.${table}`);
      await expect(sql`delete from ${name}`.execute(house.db)).rejects.toThrow(/permission denied/);
      await expect(sql`insert into ${name} default values`.execute(house.db)).rejects.toThrow(
        /permission denied/,
      );
    }
    await expect(sql`update party.bank set status = 'open'`.execute(house.db)).rejects.toThrow(
      /permission denied/,
    );
    for (const table of ['branch', 'agency_office', 'agent_bank']) {
      await expect(sql`delete from ${sql.table(`party.${table}`)}`.execute(house.db)).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});

const branchesSeen = async (actor: keyof typeof actors, query = '') =>
  branchPage.parse((await get(`/api/banks/${mellat}/branches${query}`, actor)).json()).items;
const provincesOf = (rows: readonly { provinceId: number }[]) =>
  [...new Set(rows.map(({ provinceId }) => provinceId))].sort((a, b) => a - b);

describe('a branch', () => {
  test('is opened once, however often the same order comes', async () => {
    const order = branchIn(alborz, { branchCode: '2001' });
    const results = await Promise.all(Array.from({ length: 20 }, () => open(order)));
    for (const result of results)
      expect(result).toMatchObject({ ok: true, value: { branchId: order.branchId } });
    const { items } = branchPage.parse((await get(`/api/banks/${mellat}/branches`, 'alborz')).json());
    expect(items.filter(({ branchCode }) => branchCode === '2001')).toHaveLength(1);
  });

  test('is refused when its code is taken, its bank is merged or its county is elsewhere', async () => {
    const first = branchIn(alborz, { branchCode: '2002', nameFa: 'شعبهٔ مطهری' });
    expect((await open(first)).ok).toBe(true);
    expect(await open(branchIn(alborz, { branchCode: '2002' }))).toEqual({
      ok: false,
      refusal: { kind: 'BranchCodeTaken', branchCode: '2002', branchNameFa: 'شعبهٔ مطهری' },
    });
    expect(await open(branchIn(alborz, { branchCode: '2003', bankCode: '052' }))).toMatchObject({
      refusal: { kind: 'BankNotOffered' },
    });
    expect(await open(branchIn(alborz, { branchCode: '2003', bankCode: '999' }))).toMatchObject({
      refusal: { kind: 'BankUnknown' },
    });
    expect(await open(branchIn(alborz, { branchCode: '2003', countyCode: '1503' }))).toMatchObject({
      refusal: { kind: 'CountyNotInProvince' },
    });
  });

  test('of another province is invisible in rows, by filter and in the database itself', async () => {
    await open(branchIn(lorestan, { branchCode: '3001' }));
    await open(branchIn(alborz, { branchCode: '3001' }));
    expect(provincesOf(await branchesSeen('alborz'))).toEqual([alborz]);
    expect(provincesOf(await branchesSeen('lorestan'))).toEqual([lorestan]);
    expect(await branchesSeen('alborz', '?province=lorestan')).toEqual([]);
    expect(provincesOf(await branchesSeen('ministry'))).toEqual([lorestan, alborz]);
    expect(provincesOf(await branchesSeen('ministry', '?province=lorestan'))).toEqual([lorestan]);

    const count = (scope: Parameters<typeof read>[1]) =>
      read(house.db, scope, async (tx) => {
        const { rows } = await sql<{ n: number }>`
          select count(*)::int as n from party.branch where province_id = ${lorestan}
        `.execute(tx);
        return rows[0]?.n;
      });
    expect(await count(scopeOf(alborz))).toBe(0);
    expect(await count(noScope)).toBe(0);
    expect(await count(scopeOf(lorestan))).toBe(1);
  });

  test('cannot be opened for another province than the scope’s, nor by who reads all', async () => {
    const order = branchIn(lorestan, { branchCode: '4001' });
    for (const province of [alborz, 'all'] as const) {
      const opened = inTransaction(house.db, { ...noScope, province }, (tx) => openBranch(tx, order));
      await expect(opened).rejects.toThrow(/row-level security/);
    }
  });

  test('is shown to nobody who is not signed in', async () => {
    const answer = await get(`/api/banks/${mellat}/branches`);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ kind: 'NotSignedIn' });
  });

  test('list goes page by page and loses none', async () => {
    for (let number = 0; number < 7; number += 1) {
      await open(branchIn(lorestan, { bankCode: '018', branchCode: `50${number}` }));
    }
    const codes: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page = branchPage.parse((await get(`/api/banks/018/branches?limit=3${next}`, 'lorestan')).json());
      expect(page.items.length).toBeLessThanOrEqual(3);
      codes.push(...page.items.map(({ branchCode }) => branchCode));
      cursor = page.next;
    }
    expect(codes.sort()).toEqual(['500', '501', '502', '503', '504', '505', '506']);
  });

  test('list refuses a cursor that is none', async () => {
    expect((await get('/api/banks/018/branches?cursor=nonsense', 'lorestan')).json()).toMatchObject({
      status: 400,
      kind: 'BadCursor',
    });
  });

  test('of an unknown bank is a refusal in both languages', async () => {
    const answer = await get('/api/banks/998/branches', 'alborz');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ kind: 'BankUnknown', facts: { bankCode: '998' } });
  });
});

const postBranch = (actor: keyof typeof actors, key: string, payload: object) =>
  server.inject({
    method: 'POST',
    url: `/api/banks/${mellat}/branches`,
    headers: { 'x-actor': actor, 'idempotency-key': key },
    payload,
  });

describe('opening a branch by its route', () => {
  const form = { branchCode: '7001', countyCode: '3006', nameFa: 'شعبهٔ فردیس' };
  test('acts once for one key, in the province of who asks', async () => {
    const key = newId(7);
    const first = await postBranch('alborz', key, form);
    expect(first.statusCode).toBe(201);
    expect(first.json()).toMatchObject({ provinceId: alborz, branchCode: '7001', sourceKey: 'own_record' });
    const again = await postBranch('alborz', key, form);
    expect(again.json()).toEqual(first.json());
    expect(again.headers['idempotency-replayed']).toBe('true');
    const taken = await postBranch('alborz', newId(8), form);
    expect(taken.statusCode).toBe(409);
    expect(taken.json()).toMatchObject({ kind: 'BranchCodeTaken', facts: { branchNameFa: 'شعبهٔ فردیس' } });
  });

  test('is for the director and the deputies of a province', async () => {
    expect((await postBranch('clerk', newId(9), form)).statusCode).toBe(403);
    expect((await postBranch('ministry', newId(9), form)).statusCode).toBe(403);
    expect(
      (await server.inject({ method: 'POST', url: `/api/banks/${mellat}/branches`, payload: form }))
        .statusCode,
    ).toBe(401);
  });

  test('names every wrong field in Persian', async () => {
    const answer = await postBranch('alborz', newId(10), { ...form, branchCode: '', nameFa: ' ' });
    expect(answer.statusCode).toBe(422);
    const fields = answer.json().fields.map(({ field }: { field: string }) => field);
    expect(fields).toEqual(['branchCode', 'nameFa']);
    expect(answer.json().fa).toContain('کد شعبه');
  });
});

describe('an office of an agency', () => {
  test('stands once for a county and once for the whole province', async () => {
    const order = {
      officeId: newId(1),
      provinceId: alborz,
      agencyKey: 'emdad',
      countyCode: null,
      nameFa: 'کمیته امداد استان البرز',
      nameEn: null,
      sourceKey: 'demonstration',
      openedAt: house.clock.now(),
    };
    const openIt = (change: Partial<typeof order>) =>
      inTransaction(house.db, scopeOf(alborz), (tx) => openOffice(tx, { ...order, ...change }));
    expect((await openIt({})).ok).toBe(true);
    expect((await openIt({})).ok).toBe(true);
    expect(await openIt({ officeId: newId(2) })).toMatchObject({ refusal: { kind: 'OfficeOpenAlready' } });
    expect(await openIt({ officeId: newId(3), agencyKey: 'nobody' })).toMatchObject({
      refusal: { kind: 'AgencyUnknown' },
    });
    const seen = async (actor: keyof typeof actors) =>
      officePage.parse((await get('/api/agencies/emdad/offices', actor)).json()).items;
    expect(await seen('alborz')).toHaveLength(1);
    expect(await seen('lorestan')).toEqual([]);
    expect((await get('/api/agencies/nobody/offices', 'alborz')).statusCode).toBe(404);
  });
});

const agentBanksSeen = async (url: string, actor: keyof typeof actors) =>
  agentBankList.parse((await get(url, actor)).json()).agentBanks;

describe('agent banks', () => {
  test('of Lorestan in 1402 are eight, with their source', async () => {
    const agents = await agentBanksSeen('/api/agent-banks?province=lorestan&budgetYear=1402', 'lorestan');
    expect(agents).toHaveLength(8);
    for (const agent of agents)
      expect(agent).toMatchObject({ programme: 'home_jobs', sourceKey: 'yjc_8732716' });
    expect(agents.find(({ bankCode }) => bankCode === '060')?.notes[0]?.fa).toContain('مهر');
  });

  test('are named once in a province and year, and another province does not see them', async () => {
    const order = {
      provinceId: alborz,
      budgetYear: 1402,
      programme: 'home_jobs' as const,
      bankCode: mellat,
      sourceKey: 'demonstration',
    };
    const name = (bankCode: string) =>
      inTransaction(house.db, scopeOf(alborz), (tx) => nameAgentBank(tx, { ...order, bankCode }));
    expect((await name(mellat)).ok && (await name(mellat)).ok).toBe(true);
    expect(await name('062')).toMatchObject({ refusal: { kind: 'BankNotOffered' } });
    expect(await agentBanksSeen('/api/agent-banks?province=alborz', 'alborz')).toHaveLength(1);
    expect(await agentBanksSeen('/api/agent-banks?province=alborz', 'lorestan')).toEqual([]);
  });

  test('of a year that is no Jalali year are a wrong input that names the field', async () => {
    const answer = await get('/api/agent-banks?province=alborz&budgetYear=2024', 'alborz');
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ kind: 'InvalidInput', field: 'budgetYear' });
  });
});

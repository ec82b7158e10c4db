import * as fc from 'fast-check';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must, ok, recordOf } from '#kernel/result.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { readSheet, writeSheet } from '#platform/sheet.ts';
import { openSignIn } from '#platform/signin.ts';
import { openDesk, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { problemKind } from '#testing/people.ts';
import { pageShape } from '#platform/cursor.ts';
import { loadCatalogue } from '../actions.ts';
import { personShape } from '../person/contract.ts';
import { partyRoutes } from '../routes.ts';
import { workRosters } from './actions.ts';
import { rosterPageShape, type RosterKey } from './contract.ts';
import { columnsOf, readRow } from './rules.ts';

const house = await openHouse();
await loadPlaces(house.owner, readCsv);
await loadCatalogue(house.owner, readCsv);
const offices = [30, 15].map((provinceId, at) => ({
  provinceId,
  agency: newId(2 * at + 1),
  bank: newId(2 * at + 2),
}));
const desk = await openDesk(house, { rooms: [partyRoutes(house)], offices });
const director = await desk.as('director-alborz');
const { keyedHash } = openSignIn(house);
const work = () => workRosters({ ...house, keyedHash }, new AbortController().signal);

const rosters = '/api/provinces/alborz/rosters';

type Row = Partial<Record<RosterKey, string>>;
const columns = columnsOf('natural');
const csvOf = async (rows: readonly Row[]) => {
  const keys = columns.map(({ key }) => key);
  return writeSheet({
    format: 'csv',
    name: { fa: 'x', en: 'x' },
    language: 'fa',
    columns: columns.map((column) => ({ ...column, kind: 'text' as const })),
    rows: rows.map((row) => recordOf(keys, (key) => row[key] ?? null)),
  });
};

async function send(
  clerk: Clerk,
  bytes: Buffer,
  key: string = randomUUID(),
  rosterId: string = randomUUID(),
) {
  const boundary = 'karsaz-test-boundary';
  const query = new URLSearchParams({ id: rosterId, form: 'natural', toldOn: '2024-08-01' });
  const response = await desk.app.inject({
    method: 'POST',
    url: `${rosters}?${query.toString()}`,
    headers: {
      cookie: clerk.cookie,
      'idempotency-key': key,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: Buffer.concat([
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="list.csv"\r\ncontent-type: text/csv\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  });
  return { status: response.statusCode, rosterId, body: response.json() };
}

const pageOf = async (rosterId: string) =>
  rosterPageShape.parse((await director.get(`${rosters}/${rosterId}`)).body);

let count = 0;
const rowOf = (rest: Row = {}): Row => {
  count += 1;
  return {
    national_id: nationalIdOf(700_000_000 + count),
    first_name: 'زهرا',
    last_name: 'کاظمی',
    born_on: '1365/02/31',
    gender: 'زن',
    county_code: 'کرج',
    settlement: 'روستا',
    decile: '۳',
    household: '۱۲۳۴۵',
    phone: '۰۹۱۲۳۴۵۶۷۸۹',
    client_of: 'کمیتهٔ امداد',
    woman_head: 'بله',
    ...rest,
  };
};

async function takeIn(rows: readonly Row[]) {
  const { rosterId, status } = await send(director, await csvOf(rows));
  expect(status).toBe(201);
  await work();
  expect((await director.post(`${rosters}/${rosterId}/take`)).status).toBe(201);
  await work();
  return pageOf(rosterId);
}

const counted = async () => {
  const found = await read(house.db, { ...noScope, province: 30 }, (tx) =>
    sql<{ persons: number; facts: number; words: number }>`
      select (select count(*)::int from party.person) as persons, (select count(*)::int from party.fact) as facts,
        (select count(*)::int from party.name_word) as words
    `.execute(tx),
  );
  return must(found.rows[0], 'a row');
};

describe('a list', () => {
  test('is checked first and stores nothing; taken in, its persons are found with their facts', async () => {
    const before = await counted();
    const row = rowOf({ last_name: 'قشقایی', email: 'Qashqai@Example.IR' });
    const { rosterId } = await send(director, await csvOf([row]));
    expect((await pageOf(rosterId)).roster.state).toBe('received');
    expect(problemKind(await director.post(`${rosters}/${rosterId}/take`))).toBe('RosterNotChecked');
    await work();
    const checked = await pageOf(rosterId);
    expect(checked.roster).toMatchObject({ state: 'checked', totalRows: 1, badRows: 0 });
    expect(checked.sample[0]).toMatchObject({ county_code: '3001', client_of: 'emdad', woman_head: 'yes' });
    expect(await counted()).toEqual(before);
    await director.post(`${rosters}/${rosterId}/take`);
    await work();
    const taken = await pageOf(rosterId);
    expect(taken.roster).toMatchObject({ state: 'taken', passedRows: 1, enteredPersons: 1, addedFacts: 8 });
    expect(taken.sample).toEqual([]);
    const found = await director.get('/api/provinces/alborz/persons?search=غشغایی');
    const [person] = pageShape(personShape).parse(found.body).items;
    expect(person).toMatchObject({
      nationalId: row.national_id,
      decile: '3',
      settlement: 'rural',
      household: '12345',
      phone: '09123456789',
      email: 'Qashqai@example.ir',
      bornOn: '1986-05-21',
    });
  });

  test('taken in twice adds nothing, whether the rows are the same or only the persons', async () => {
    const rows = Array.from({ length: 30 }, () => rowOf());
    const first = await takeIn(rows);
    expect(first.roster.enteredPersons).toBe(30);
    const before = await counted();
    const second = await takeIn(rows);
    expect(second.roster).toMatchObject({
      passedRows: 30,
      enteredPersons: 0,
      knownPersons: 30,
      addedFacts: 0,
    });
    expect(await counted()).toEqual(before);
    const richer = await takeIn(rows.map((row) => ({ ...row, decile: '4' })));
    expect(richer.roster).toMatchObject({ enteredPersons: 0, addedFacts: 30 });
    expect((await counted()).words).toBe(before.words);
  });

  test('tells of nobody who was born after its day', () => {
    const counties = new Map([['3001', '3001']]);
    const dated = { counties, today: day('1403-06-15'), toldOn: day('1403-06-01') };
    const told = (born_on: string) => {
      const cells = { ...rowOf(), county_code: '3001', born_on };
      const row = readRow({ form: 'natural', cells, ...dated });
      return 'wrong' in row ? row.wrong.map(({ rule }) => rule) : [];
    };
    expect(told('2024-08-23')).toEqual(['after_list']);
    expect(told('2024-08-22')).toEqual([]);
    expect(told('2024-09-06')).toEqual(['future']);
  });

  test('loses no row: each is a person or stands among the bad with its field and rule', async () => {
    const breaks: readonly ((row: Row) => [Row, string])[] = [
      (row) => [{ ...row, national_id: '1234567890' }, 'national_id national_id'],
      (row) => [{ ...row, county_code: 'لندن' }, 'county_code county'],
      (row) => [{ ...row, decile: '14' }, 'decile form'],
      (row) => [{ ...row, decile: 'سه' }, 'decile whole'],
      (row) => [{ ...row, phone: '12' }, 'phone form'],
      (row) => [{ ...row, email: 'zahra.example.ir' }, 'email form'],
      (row) => [{ ...row, born_on: '1365/13/01' }, 'born_on day'],
      (row) => [{ ...row, born_on: '1499/01/01' }, 'born_on future'],
      (row) => [{ ...row, born_on: '1100/01/01' }, 'born_on too_early'],
      (row) => [{ ...row, last_name: '' }, 'last_name needed'],
      (row) => [{ ...row, first_name: '123' }, 'first_name form'],
      (row) => [{ ...row, gender: 'x' }, 'gender form'],
      (row) => [{ ...row, account: 'IR1' }, 'account form'],
    ];
    const drawn = fc.sample(fc.option(fc.nat({ max: breaks.length - 1 }), { freq: 3 }), {
      numRuns: 60,
      seed: 11,
    });
    const made = drawn.map((at) =>
      at === null ? ([rowOf(), ''] as const) : must(breaks[at], 'a break')(rowOf()),
    );
    const page = await takeIn(made.map(([row]) => row));
    const bad = made.flatMap(([, fault], at) => (fault === '' ? [] : [{ line: at + 2, fault }]));
    expect(bad.length).toBeGreaterThan(20);
    expect(
      page.faults.map(({ line, faults }) => ({
        line,
        fault: faults.map(({ column, rule }) => `${column} ${rule}`).join(),
      })),
    ).toEqual(bad);
    for (const { faults } of page.faults)
      for (const { fa, en } of faults) expect([fa, en].every((text) => text.length > 10)).toBe(true);
    expect(page.roster.passedRows + page.roster.badRows).toBe(made.length);
    expect(page.roster.enteredPersons).toBe(made.length - bad.length);
  });

  test('gives its bad rows back in a file that is mended and sent again', async () => {
    const wrong = rowOf({ decile: '11', phone: '۰۹۳۶', email: 'zahra@' });
    const page = await takeIn([rowOf(), wrong]);
    const { rosterId } = page.roster;
    for (const format of ['csv', 'xlsx']) {
      const file = await desk.app.inject({
        url: `${rosters}/${rosterId}/faults?format=${format}`,
        headers: { cookie: director.cookie },
      });
      const rows = await readSheet(file.rawPayload, {
        columns: columns.map((column) => ({ ...column, kind: 'text' as const })),
      });
      expect(rows).toHaveLength(1);
      expect(must(rows[0], 'a row').written).toMatchObject({
        national_id: wrong.national_id,
        phone: '۰۹۳۶',
        email: 'zahra@',
        decile: '11',
      });
    }
    const mended = await takeIn([{ ...wrong, decile: '1', phone: '09360000000', email: 'zahra@example.ir' }]);
    expect(mended.roster).toMatchObject({ badRows: 0, enteredPersons: 1 });
  });

  test('names a person twice, or under another name than is kept, as bad rows', async () => {
    const row = rowOf();
    const page = await takeIn([row, { ...row, decile: '5' }, rowOf()]);
    expect(page.faults).toMatchObject([
      { line: 3, faults: [{ rule: 'twice', fa: expect.stringContaining('۲') }] },
    ]);
    const { rosterId } = await send(director, await csvOf([{ ...row, last_name: 'دیگری' }]));
    await work();
    expect(await pageOf(rosterId)).toMatchObject({
      roster: { state: 'checked', badRows: 1 },
      faults: [{ faults: [{ column: 'last_name', rule: 'other_name' }] }],
    });
    expect(problemKind(await director.post(`${rosters}/${rosterId}/take`))).toBe('RosterEmpty');
  });

  test('goes on where it was cut off: a part is stored once and none is left out', async () => {
    const rows = Array.from({ length: 12_600 }, () => rowOf());
    const { rosterId } = await send(director, await csvOf(rows));
    await work();
    await director.post(`${rosters}/${rosterId}/take`);
    const before = await counted();
    const ending = new AbortController();
    const cut = workRosters({ ...house, keyedHash }, ending.signal);
    while ((await pageOf(rosterId)).roster.passedRows === 0)
      await new Promise((wait) => setTimeout(wait, 20));
    ending.abort();
    await cut;
    const half = (await pageOf(rosterId)).roster;
    expect(half.state).toBe('waiting');
    expect(half.passedRows).toBeLessThan(12_600);
    // Two processes at once, as after a lost lease.
    await Promise.all([work(), work()]);
    const done = (await pageOf(rosterId)).roster;
    expect(done).toMatchObject({ state: 'taken', passedRows: 12_600, enteredPersons: 12_600 });
    expect((await counted()).persons - before.persons).toBe(12_600);
  }, 60_000);

  test('that is no sheet of persons is told so, and the file is not kept', async () => {
    const { rosterId } = await send(director, Buffer.from('a,b\n1,2\n'));
    await work();
    const { roster } = await pageOf(rosterId);
    expect(roster.state).toBe('unreadable');
    expect(must(roster.problem, 'a problem').fa).toContain('کد ملی');
  });

  test('that cannot be worked holds up no other', async () => {
    const bytes = await csvOf([rowOf()]);
    const { rosterId } = await send(director, bytes);
    const store = (content: Buffer | null) =>
      inTransaction(house.db, { ...noScope, province: 30 }, async (tx) => {
        await sql`update party.roster set content = ${content} where roster_id = ${rosterId}::uuid`.execute(
          tx,
        );
        return ok();
      });
    await store(null);
    const sound = await send(director, await csvOf([rowOf()]));
    await expect(work()).rejects.toThrow('lists of persons could not be worked');
    expect((await pageOf(sound.rosterId)).roster.state).toBe('checked');
    await store(bytes);
    await work();
    expect((await pageOf(rosterId)).roster.state).toBe('checked');
  });

  test('sent twice under one key is one list; dropped, nothing of it is left', async () => {
    const bytes = await csvOf([rowOf(), rowOf({ decile: '77' })]);
    const [key, rosterId] = [randomUUID(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(director, bytes, key, rosterId)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect((await send(director, await csvOf([rowOf()]), key, rosterId)).body).toMatchObject({
      kind: 'KeyReused',
    });
    const other = await send(director, await csvOf([rowOf()]), randomUUID(), rosterId);
    expect(other.body).toMatchObject({ kind: 'RosterOtherContent' });
    await work();
    const before = await counted();
    expect((await director.post(`${rosters}/${rosterId}/drop`)).status).toBe(201);
    await work();
    expect(await counted()).toEqual(before);
    expect((await pageOf(rosterId)).roster.state).toBe('dropped');
  });
});

test('reads what offices write, or names the cell: never half a row', () => {
  const counties = new Map([['کرج', '3001']]);
  // Names every object answers to: a table that is asked for one must not give its method.
  const cell = fc.oneof(fc.string(), fc.constantFrom('toString', 'constructor', '__proto__'));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...columns.map(({ key }) => key)), cell), (cells) => {
      const told = readRow({
        form: 'natural',
        cells,
        counties,
        today: day('1403-06-15'),
        toldOn: day('1403-06-15'),
      });
      if ('wrong' in told) expect(told.wrong.length).toBeGreaterThan(0);
      else expect(told.values.nationalId).toMatch(/^\d{10}$/);
    }),
  );
});

describe('lists of persons', () => {
  const national = ['auditor', 'ministry'];
  test.each([
    ['director', true, true],
    ['deputy', true, true],
    ['county-office', false, false],
    ['agency', false, false],
    ['bank', false, false],
    ['editor', false, false],
    ['applicant', false, false],
    ['auditor', true, false],
    ['ministry', true, false],
  ] as const)('%s reads: %s, sends: %s', async (role, reads, sends) => {
    const clerk = await desk.as(national.includes(role) ? role : `${role}-alborz`);
    expect((await clerk.get(rosters)).status).toBe(reads ? 200 : 403);
    expect((await clerk.get(`${rosters}/${randomUUID()}`)).status).toBe(reads ? 404 : 403);
    expect((await clerk.get(`${rosters}/${randomUUID()}/faults`)).status).toBe(reads ? 404 : 403);
    expect((await send(clerk, await csvOf([rowOf()]))).status).toBe(sends ? 201 : 403);
    for (const deed of ['take', 'drop'])
      expect((await clerk.post(`${rosters}/${randomUUID()}/${deed}`)).status).toBe(sends ? 404 : 403);
  });

  test('of another province are not there', async () => {
    const { rosterId } = await send(director, await csvOf([rowOf()]));
    const other = await desk.as('director-lorestan');
    expect((await other.get(`/api/provinces/lorestan/rosters/${rosterId}`)).status).toBe(404);
    expect((await other.get(`${rosters}/${rosterId}`)).status).toBe(403);
  });
});

import { provinceFinder } from '#place/routes.ts';
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { assert, must, ok } from '#kernel/result.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import type { Doing } from '#party/person/actions.ts';
import { nameWords, sortKey } from '#party/person/name.ts';
import { receiveRoster, takeRoster, workRosters } from '#party/roster/actions.ts';
import { findRoster } from '#party/roster/queries.ts';
import { partyRoutes } from '#party/routes.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope, openDatabase, read, type Database } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { appRole, ownerRole } from '#platform/installation.ts';
import { openLog } from '#platform/log.ts';
import { onSocket } from '#platform/postgres.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { openTrial, template } from '#testing/trial.ts';
import { againstLimit, quantile, type Figure } from './measure.ts';

/**
 * A list of a hundred thousand persons, three in a hundred of them wrong, from the file as it was sent until every
 * person is stored: read, checked, stored. And the search for persons by name, id and phone over HTTP as a county
 * sees it, among a million of them: `--case million`, because filling takes minutes. `--size` takes a shorter list.
 */
const provinceId = 30;
const scope = { ...noScope, province: provinceId };
const usualRows = 100_000;
const million = 1_000_000;

const firstNames = readNames(
  'زهرا فاطمه مریم محمد علی رضا حسین محمدرضا امیر سارا نرگس معصومه طاهره احمد مهدی لیلا پروین یوسف صغری بهزاد',
);
const lastNames = readNames(
  'احمدی محمدی حسینی رضایی کریمی موسوی صادقی کاظمی ذاکری طاهری قاسمی یزدانی گودرزی چراغی پورمحمدی اکبری بهرامی نظری شریفی هاشمی خسروی مرادی سلیمانی باقری',
);

function readNames(text: string): readonly string[] {
  return text.split(' ');
}

/** xorshift32: the same persons on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const keyedHash = (fact: string): Promise<Buffer> =>
  Promise.resolve(createHmac('sha256', 'bench').update(fact).digest());

const by: Actor = {
  userId: newId(1),
  personId: newId(1),
  role: 'director',
  name: 'bench',
  scope: { province: provinceId, county: null, office: null, person: null },
};

function listOf(rows: number): Buffer {
  const random = seeded(20_261_125);
  const pick = (names: readonly string[]): string => must(names[random(names.length)], 'a name');
  const lines = ['کد ملی,نام,نام خانوادگی,شهرستان,شهر یا روستا,دهک,تلفن,شمارهٔ خانوار'];
  for (let at = 0; at < rows; at += 1) {
    const wrong = random(100) < 3;
    const nationalId = nationalIdOf(100_000_000 + at);
    lines.push(
      [
        wrong ? `${nationalId.slice(0, 9)}x` : nationalId,
        pick(firstNames),
        `${pick(lastNames)} ${pick(lastNames)}`,
        `300${1 + random(6)}`,
        random(3) === 0 ? 'روستا' : 'شهر',
        String(1 + random(10)),
        `09${String(100_000_000 + random(899_999_999))}`,
        String(10_000 + Math.floor(at / 4)),
      ].join(','),
    );
  }
  return Buffer.from(lines.join('\n'));
}

type Took = {
  readonly seconds: number;
  readonly entered: number;
  readonly bad: number;
  readonly facts: number;
};

async function takeIn(db: Database, { content, rows }: { content: Buffer; rows: number }): Promise<Took> {
  const rosterId = newId(Date.now());
  const doing = (tx: Doing['tx']): Doing => ({ tx, clock: systemClock, provinceId, by, keyedHash });
  const order = {
    id: rosterId,
    form: 'natural',
    toldOn: '2024-08-01',
    fileName: 'list.csv',
    fileHash: 'x',
    content,
  } as const;
  const desk = { db, clock: systemClock, keyedHash };
  const signal = new AbortController().signal;
  const start = performance.now();
  await inTransaction(db, scope, (tx) => receiveRoster(doing(tx), order));
  await workRosters(desk, signal);
  await inTransaction(db, scope, (tx) => takeRoster(doing(tx), rosterId));
  await workRosters(desk, signal);
  const seconds = (performance.now() - start) / 1000;
  const roster = must(await read(db, scope, (tx) => findRoster(tx, { provinceId, rosterId })), 'the list');
  assert(roster.state === 'taken', `the list is ${roster.state}`);
  assert(roster.passedRows + roster.badRows === roster.totalRows, 'no row is lost');
  assert(roster.totalRows === rows, `${roster.totalRows} rows were read`);
  return { seconds, entered: roster.enteredPersons, bad: roster.badRows, facts: roster.addedFacts };
}

const figure = (told: Pick<Figure, 'case' | 'unit' | 'ours'> & Partial<Figure>): Figure => ({
  bench: 'persons',
  reference: null,
  ratio: null,
  target: null,
  n: 1,
  spread: 0,
  ...told,
});

async function* lists(db: Database, rows: number): AsyncGenerator<Figure> {
  const list = { content: listOf(rows), rows };
  const first = await takeIn(db, list);
  assert(first.bad > rows / 40 && first.entered === rows - first.bad, `${first.bad} rows were bad`);
  const name = `a list of ${rows} persons with ${first.bad} bad rows, read, checked and stored`;
  yield againstLimit(
    figure({ case: name, unit: 'rows/s', ours: Math.round(rows / first.seconds) }),
    5_000,
    'higher',
  );
  const second = await takeIn(db, list);
  assert(second.entered === 0 && second.facts === 0, 'the same list again adds nothing');
  yield figure({
    case: 'the same list again, adding nothing',
    unit: 'rows/s',
    ours: Math.round(rows / second.seconds),
  });
}

/** Fills by plain SQL with the words of our own rule: what is measured is the search, not the filling. */
async function fill(owner: Database): Promise<void> {
  const names = firstNames.flatMap((firstName) =>
    lastNames.flatMap((one) =>
      lastNames.map((other) => ({ firstName, lastName: one === other ? one : `${one} ${other}` })),
    ),
  );
  const rows = names.map((name, at) => ({ at, ...name, key: sortKey(name), words: nameWords(name) }));
  const part = 100_000;
  for (let from = 0; from < million; from += part)
    await inTransaction(owner, scope, async (tx) => {
      await sql`
        with name as materialized (
          select at, "firstName", "lastName", key from json_to_recordset(${JSON.stringify(rows)}::json)
            as name (at int, "firstName" text, "lastName" text, key text)
        )
        insert into party.person (province_id, person_id, form, identity_hash, national_id, first_name, last_name,
          sort_key, readers, county_code, decile, phone, entered_at)
        select ${provinceId}, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'natural',
          sha256(n::text::bytea), lpad(n::text, 10, '0'), "firstName", "lastName", key,
          array['province', '300' || (1 + n % 6)], '300' || (1 + n % 6), (1 + n % 10)::text,
          '09' || lpad(n::text, 9, '1'), now()
        from generate_series(${from}::int, ${from + part - 1}::int) n
        join name on name.at = (n::bigint * 7919) % ${rows.length}
      `.execute(tx);
      await sql`
        with word as materialized (
          select at, key, json_array_elements_text(words) as word
          from json_to_recordset(${JSON.stringify(rows)}::json) as name (at int, key text, words json)
        )
        insert into party.name_word (province_id, form, county_code, word, sort_key, person_id, is_home)
        select ${provinceId}, 'natural', '300' || (1 + n % 6), word, key,
          ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, true
        from generate_series(${from}::int, ${from + part - 1}::int) n
        join word on word.at = (n::bigint * 7919) % ${rows.length}
      `.execute(tx);
      return ok();
    });
  await sql`vacuum analyze party.name_word`.execute(owner);
  await sql`vacuum analyze party.person`.execute(owner);
}

const searches: Readonly<Record<string, string>> = {
  'a first name that five in a hundred have': 'search=محمد',
  'three letters of a name': 'search=احم',
  'two names, heard': 'search=تاهره زاکری',
  'a first name and the beginning of two': 'search=زهرا کاظ حسی',
  'an id in Persian digits': `search=${encodeURIComponent('۰۰۰۰۰۱۲۳۴۰')}`,
  'a phone': 'search=09111012345',
  'no search, the first page': 'limit=50',
  'the third decile and below': 'decile=3',
};

async function* search(db: Database): AsyncGenerator<Figure> {
  const county: Actor = { ...by, role: 'county_office', scope: { ...by.scope, county: '3003' } };
  const house = { db, config: readConfig({}), log: openLog('silent'), clock: systemClock };
  const server = await buildServer(house, {
    findProvince: provinceFinder(house),
    findActor: () => Promise.resolve(county),
    version: 'bench',
    mostRequestsPerMinute: 1_000_000,
  });
  await server.register(partyRoutes(house));
  const address = await server.listen({ port: 0, host: '127.0.0.1' });
  try {
    for (const [name, query] of Object.entries(searches)) {
      const took: number[] = [];
      for (let run = 0; run < 60; run += 1) {
        const start = performance.now();
        const answer = await fetch(`${address}/api/provinces/alborz/persons?${query}`);
        await answer.text();
        assert(answer.status === 200, `${name}: ${answer.status}`);
        if (run >= 10) took.push(performance.now() - start);
      }
      const p95 = Math.round(quantile(took, 0.95) * 10) / 10;
      yield againstLimit(
        figure({
          case: `${name}, among ${million} persons as a county sees them, p95`,
          unit: 'ms',
          ours: p95,
          n: 50,
        }),
        60,
        'lower',
      );
    }
  } finally {
    await server.close();
  }
}

export async function* figures(chosen?: string, size = usualRows): AsyncGenerator<Figure> {
  // What a commit costs belongs to a list that is taken in.
  const trial = await openTrial({ durable: chosen !== 'million' });
  const open = (role: string): Database =>
    openDatabase({
      connection: onSocket(trial.socketFolder, role, template),
      role: null,
      most: 4,
      name: 'bench',
    });
  const [db, owner] = [open(appRole), open(ownerRole)];
  try {
    await loadPlaces(owner, readCsv);
    await loadParties(owner, readCsv);
    if (chosen === 'million') {
      await fill(owner);
      yield* search(db);
    } else yield* lists(db, size);
  } finally {
    await db.destroy();
    await owner.destroy();
    await trial.close();
  }
}

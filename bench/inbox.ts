import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import { seekPersons } from '#app.ts';
import { caseworkRoutes } from '#casework/routes.ts';
import { loadCatalogue, syncTransitions } from '#casework/actions.ts';
import { trackingNumberOf } from '#casework/tracking.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { assert, must } from '#kernel/result.ts';
import { identityOf } from '#party/person/actions.ts';
import { nameWords, sortKey } from '#party/person/name.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { readCsv } from '#platform/csv.ts';
import { openDatabase } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { appRole, ownerRole } from '#platform/installation.ts';
import { openLog } from '#platform/log.ts';
import { clusterOwner, onSocket } from '#platform/postgres.ts';
import { petition, petitionDesk } from '#testing/cases.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { openTrial, template } from '#testing/trial.ts';
import { againstLimit, quantile, type Figure } from './measure.ts';

/**
 * What an officer of a county waits for, at ten thousand cases in a province and at a million: the inbox, a case by
 * its number, by the name and by the national id of the person it is about, and its page, over HTTP. Both sizes stand
 * at the same time and are asked by turns, so that a machine that slows down slows both. `--case N` measures one.
 */
const sizes = [10_000, 1_000_000] as const;
const provinceId = 5;
const counties = 14;
/** The first turns warm up both and do not count. */
const [warmRuns, runs] = [5, 100];
/** Milliseconds within which nineteen of twenty answers must be there. */
const limit = 60;
/** How much slower a million may be than ten thousand. */
const mostGrowth = 1.5;

const keyedHash = (fact: string): Promise<Buffer> =>
  Promise.resolve(createHmac('sha256', 'bench').update(fact).digest());
const soughtNationalId = nationalIdOf(123_456_789);

const listed = (text: string): readonly string[] => text.split(' ');
const lastNames = listed(
  'احمدی محمدی حسینی رضایی کریمی موسوی صادقی کاظمی ذاکری طاهری قاسمی یزدانی گودرزی چراغی اکبری بهرامی نظری شریفی هاشمی خسروی مرادی سلیمانی باقری',
);
const names = listed('زهرا فاطمه مریم محمد علی رضا حسین امیر سارا نرگس معصومه طاهره احمد مهدی لیلا')
  .flatMap((firstName) =>
    lastNames.flatMap((one) => lastNames.map((other) => ({ firstName, lastName: `${one} ${other}` }))),
  )
  .map((name, at) => ({ at, ...name, key: sortKey(name), words: nameWords(name) }));

const uuid = (kind: string, n: string): string =>
  `('0190${kind}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const countyOf = (n: string): string => `'05' || lpad(((${n}) % ${counties} + 1)::text, 2, '0')`;
const nameAt = (n: string): string => `((${n})::bigint * 7919) % ${names.length}`;
/** Every fifth case is open; of those one in ten is late. */
const isOpen = (n: string): string => `${n} % 5 = 0`;

/** Written past keys and policies by the owner of the cluster: what is measured is reading. */
const fillings = (count: number): string[] => [
  `insert into casework.case_file (province_id, id, kind, state, version, county_code, subject_id, moved_at, opener_id, opened_at, since_on, due_on)
   select ${provinceId}, ${uuid('ca5e', 'n')}, 'petition', case when ${isOpen('n')} then 'filed' else 'withdrawn' end, 1,
     ${countyOf('n')}, ${uuid('be01', 'n / 5')}, timestamptz '2024-01-01' + n * interval '10 s', ${uuid('0001', '1')},
     timestamptz '2024-01-01' + n * interval '10 s', date '2024-01-01',
     case when ${isOpen('n')} then current_date - 30 + (n / 5) % 300 end
   from generate_series(1, ${count}) n`,
  `insert into casework.act (province_id, id, case_id, kind, seq, act, from_state, to_state, by_user, by_person, by_role, county_code, subject_id, facts, happened_on, recorded_at)
   select ${provinceId}, ${uuid('ac70', 'n')}, ${uuid('ca5e', 'n')}, 'petition', 1, 'file', 'unborn', 'filed', ${uuid('0001', '1')},
     ${uuid('0001', '1')}, 'county_office', ${countyOf('n')}, ${uuid('be01', 'n / 5')}, '{}', date '2024-01-01',
     timestamptz '2024-01-01' + n * interval '10 s'
   from generate_series(1, ${count}) n`,
  `insert into casework.tracking (province_id, number, case_id, county_code, subject_id)
   select ${provinceId}, case when n = ${count / 2} then '${trackingNumberOf('48217390')}' else '9' || lpad(n::text, 8, '0') end,
     ${uuid('ca5e', 'n')}, ${countyOf('n')}, ${uuid('be01', 'n / 5')}
   from generate_series(1, ${count}) n`,
  `insert into casework.task (province_id, case_id, role, leads, kind, state, version, county_code, subject_id, since, due_on)
   select ${provinceId}, ${uuid('ca5e', 'n')}, 'county_office', true, 'petition', 'filed', 1, ${countyOf('n')},
     ${uuid('be01', 'n / 5')}, timestamptz '2024-01-01' + n * interval '10 s', current_date - 30 + (n / 5) % 300
   from generate_series(5, ${count}, 5) n`,
  `insert into party.person (province_id, person_id, form, identity_hash, national_id, first_name, last_name, sort_key, readers, county_code, entered_at)
   select ${provinceId}, ${uuid('be01', 'n')}, 'natural', sha256(n::text::bytea), lpad(n::text, 10, '0'), "firstName", "lastName", key,
     array['province', ${countyOf('5 * n')}], ${countyOf('5 * n')}, now()
   from generate_series(0, ${count / 5}) n
   join json_to_recordset($names$${JSON.stringify(names)}$names$) as name (at int, "firstName" text, "lastName" text, key text)
     on name.at = ${nameAt('n')}`,
  `insert into party.name_word (province_id, form, county_code, word, sort_key, person_id, is_home)
   select ${provinceId}, 'natural', ${countyOf('5 * n')}, word, key, ${uuid('be01', 'n')}, true
   from generate_series(0, ${count / 5}) n
   join (
     select at, key, json_array_elements_text(words) as word
     from json_to_recordset($names$${JSON.stringify(names)}$names$) as name (at int, key text, words json)
   ) named on named.at = ${nameAt('n')}`,
  'analyze casework.case_file, casework.act, casework.tracking, casework.task, party.person, party.name_word',
];

/** A province with so many cases, served, and what is asked of it. */
type Stand = {
  readonly count: number;
  readonly ask: (question: Question) => Promise<number>;
  readonly close: () => Promise<void>;
};

async function openStand(count: number): Promise<Stand> {
  const trial = await openTrial({ durable: false });
  assert(trial.complaint === null, trial.complaint ?? '');
  const open = (role: string) =>
    openDatabase({
      connection: onSocket(trial.socketFolder, role, template),
      role: null,
      most: 8,
      name: 'bench',
    });
  const [owner, db] = [open(ownerRole), open(appRole)];
  await loadPlaces(owner, readCsv);
  await loadCatalogue(owner, readCsv);
  await syncTransitions(owner, [petition]);
  await owner.destroy();
  const found = await fill(trial.socketFolder, count);
  const actor: Actor = {
    userId: newId(0),
    personId: newId(0),
    role: 'county_office',
    name: 'bench',
    scope: { province: provinceId, county: found.county, office: null, person: null },
  };
  const house = { db, config: readConfig({}), log: openLog('silent'), clock: systemClock };
  const app = await buildServer(house, {
    version: '0',
    mostRequestsPerMinute: 1_000_000,
    findActor: () => Promise.resolve(actor),
  });
  await app.register(caseworkRoutes(house, [petitionDesk], seekPersons(house, { keyedHash })));
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    count,
    ask: async (question) => {
      const start = performance.now();
      const response = await fetch(`${address}/api/provinces/${provinceId}${questions[question](found.id)}`);
      const text = await response.text();
      const took = performance.now() - start;
      assert(response.ok && text.includes(found.id) === answersWithIt.has(question), text.slice(0, 200));
      return took;
    },
    close: async () => {
      await app.close();
      await db.destroy();
      await trial.close();
    },
  };
}

async function fill(socketFolder: string, count: number): Promise<{ id: string; county: string }> {
  const client = new Client(onSocket(socketFolder, clusterOwner, template));
  client.on('error', () => {});
  await client.connect();
  await client.query('set session_replication_role = replica');
  for (const statement of fillings(count)) await client.query(statement);
  const { rows } = await client.query<{ id: string; subject: string; county: string }>(
    `select id, subject_id as subject, county_code as county from casework.case_file where id = ${uuid('ca5e', String(count / 2))}`,
  );
  const found = must(rows[0], 'the case in the middle');
  const hash = await identityOf(keyedHash, 'natural', soughtNationalId);
  await client.query('update party.person set national_id = $1, identity_hash = $2 where person_id = $3', [
    soughtNationalId,
    hash,
    found.subject,
  ]);
  // Only what is on the disk is seen to be committed, and the bench does not wait for the disk.
  await client.query('checkpoint');
  await client.query('vacuum analyze party.person, party.name_word, casework.case_file, casework.task');
  await client.end();
  return found;
}

const number = trackingNumberOf('48217390');
const searched = (text: string) => () => `/cases?search=${encodeURIComponent(text)}`;
const questions = {
  'the inbox': () => '/cases?tab=role',
  'what is late': () => '/cases?tab=late',
  'every case, the last moved first': () => '/cases?tab=all',
  'the counts of the lists': () => '/cases/counts',
  'search by tracking number': searched(`4821-7390-${number.slice(8)}`),
  'search by national id': searched(soughtNationalId),
  'search by a first name that one in fifteen has': searched('زهرا'),
  'search by three letters of a name': searched('احم'),
  'search by first and last name': searched('تاهره زاکری'),
  'the page of a case': (caseId: string) => `/cases/${caseId}`,
} as const satisfies Readonly<Record<string, (caseId: string) => string>>;
type Question = keyof typeof questions;
/** The others have thousands of answers, and the case in the middle is on no first page. */
const answersWithIt: ReadonlySet<Question> = new Set<Question>([
  'search by tracking number',
  'search by national id',
  'the page of a case',
]);
const isQuestion = (name: string): name is Question => name in questions;

export async function* figures(chosen?: string): AsyncGenerator<Figure> {
  const stands: Stand[] = [];
  try {
    for (const count of chosen === undefined ? sizes : [Number.parseInt(chosen, 10)])
      stands.push(await openStand(count));
    for (const question of Object.keys(questions).filter(isQuestion)) {
      const times = stands.map((): number[] => []);
      for (let run = 0; run < warmRuns + runs; run += 1)
        for (const [at, stand] of stands.entries()) {
          const took = await stand.ask(question);
          if (run >= warmRuns) times[at]?.push(took);
        }
      for (const [at, { count }] of stands.entries())
        yield againstLimit(
          figureOf(`${question} at ${count} cases, p95`, 'ms', must(times[at], 'its times')),
          limit,
          'lower',
        );
      const [small, large] = times;
      if (small !== undefined && large !== undefined) yield growthOf(question, small, large);
    }
  } finally {
    for (const stand of stands) await stand.close();
  }
}

const short = (value: number): number => Math.round(value * 1000) / 1000;

const figureOf = (name: string, unit: string, times: readonly number[]): Figure => ({
  bench: 'inbox',
  case: name,
  unit,
  ours: short(quantile(times, 0.95)),
  reference: null,
  ratio: null,
  target: null,
  n: times.length,
  spread: short((quantile(times, 0.75) - quantile(times, 0.25)) / quantile(times, 0.5)),
});

/** The median tells how it grows; the slowest of a hundred tell what else the machine did. */
function growthOf(question: string, small: readonly number[], large: readonly number[]): Figure {
  const name = `${question}, median at ${sizes[1]} over ${sizes[0]}`;
  const grown = short(quantile(large, 0.5) / quantile(small, 0.5));
  return againstLimit({ ...figureOf(name, 'times', large), ours: grown }, mostGrowth, 'lower');
}

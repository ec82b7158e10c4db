import { Client } from 'pg';
import { caseworkRoutes } from '#casework/routes.ts';
import { loadCatalogue, syncTransitions } from '#casework/actions.ts';
import { trackingNumberOf } from '#casework/tracking.ts';
import type { Actor } from '#kernel/actor.ts';
import { id, newId } from '#kernel/id.ts';
import { assert } from '#kernel/result.ts';
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
import { openTrial, template } from '#testing/trial.ts';
import { againstLimit, quantile, type Figure } from './measure.ts';

/**
 * What an officer of a county waits for, at ten thousand cases in a province and at a million: the inbox, a case by
 * its number and by the person it is about, and its page, over HTTP. `--case N` measures at one number of cases.
 */
const sizes = [10_000, 1_000_000] as const;
const provinceId = 5;
const counties = 20;
const runs = 60;
/** Milliseconds within which nineteen of twenty answers must be there. */
const limit = 60;
/** How much slower a million may be than ten thousand. */
const mostGrowth = 1.5;

const uuid = (kind: string, n: string): string =>
  `('0190${kind}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const countyOf = (n: string): string => `'05' || lpad((${n} % ${counties} + 1)::text, 2, '0')`;
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
  'analyze casework.case_file, casework.act, casework.tracking, casework.task',
];

async function p95(work: () => Promise<void>): Promise<{ p95: number; spread: number }> {
  for (let warm = 0; warm < 5; warm += 1) await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  const spread = (quantile(times, 0.75) - quantile(times, 0.25)) / quantile(times, 0.5);
  return { p95: quantile(times, 0.95), spread };
}

async function* figuresAt(count: number): AsyncGenerator<readonly [string, number, number]> {
  const trial = await openTrial({ durable: false });
  const open = (role: string) =>
    openDatabase({
      connection: onSocket(trial.socketFolder, role, template),
      role: null,
      most: 8,
      name: 'bench',
    });
  const [owner, db] = [open(ownerRole), open(appRole)];
  try {
    assert(trial.complaint === null, trial.complaint ?? '');
    await loadPlaces(owner, readCsv);
    await loadCatalogue(owner, readCsv);
    await syncTransitions(owner, [petition]);
    const client = new Client(onSocket(trial.socketFolder, clusterOwner, template));
    client.on('error', () => {});
    await client.connect();
    await client.query('set session_replication_role = replica');
    for (const statement of fillings(count)) await client.query(statement);
    const middle = await client.query<{ id: string; subject: string; county: string }>(
      `select id, subject_id as subject, county_code as county from casework.case_file where id = ${uuid('ca5e', String(count / 2))}`,
    );
    await client.end();
    const [found] = middle.rows;
    assert(found !== undefined, 'the case in the middle');
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
    const seek = () => Promise.resolve({ personIds: [id(found.subject)], more: false });
    await app.register(caseworkRoutes(house, [petitionDesk], seek));
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const asked = {
      inbox: '/cases?tab=role',
      late: '/cases?tab=late',
      counts: '/cases/counts',
      number: '/cases?search=4821-7390-' + trackingNumberOf('48217390').slice(8),
      person: '/cases?search=x',
      page: `/cases/${found.id}`,
    };
    for (const [name, path] of Object.entries(asked)) {
      const measured = await p95(async () => {
        const response = await fetch(`${address}/api/provinces/${provinceId}${path}`);
        const text = await response.text();
        assert(response.ok && text.length > 60, `${path}: ${text.slice(0, 120)}`);
      });
      yield [name, measured.p95, measured.spread];
    }
    await app.close();
  } finally {
    await owner.destroy();
    await db.destroy();
    await trial.close();
  }
}

export async function* figures(chosen?: string): AsyncGenerator<Figure> {
  const small = new Map<string, number>();
  for (const count of chosen === undefined ? sizes : [Number.parseInt(chosen, 10)])
    for await (const [name, ours, spread] of figuresAt(count)) {
      const figure: Figure = {
        bench: 'inbox',
        case: `${name} at ${count} cases, p95`,
        unit: 'ms',
        ours: Math.round(ours * 1000) / 1000,
        reference: null,
        ratio: null,
        target: null,
        n: runs,
        spread: Math.round(spread * 1000) / 1000,
      };
      yield againstLimit(figure, limit, 'lower');
      const before = small.get(name);
      if (before !== undefined)
        yield againstLimit(
          {
            ...figure,
            case: `${name}, p95 at ${count} over ${sizes[0]}`,
            unit: 'times',
            ours: ours / before,
          },
          mostGrowth,
          'lower',
        );
      small.set(name, ours);
    }
}

import { provinceFinder } from '#place/routes.ts';
import { sql } from 'kysely';
import { Client } from 'pg';
import { catalogue as declared, furnish } from '#app.ts';
import { kindsOfStage } from '#credit/transfer/contract.ts';
import type { Catalogue } from '#evidence/actions.ts';
import { recordsPageShape } from '#evidence/contract.ts';
import { conditions } from '#evidence/queries.ts';
import { evidenceRoutes } from '#evidence/routes.ts';
import { keepTallies } from '#evidence/tally/actions.ts';
import type { Actor } from '#kernel/actor.ts';
import { day, yearPeriod } from '#kernel/day.ts';
import { type Id, newId } from '#kernel/id.ts';
import type { Indicator } from '#kernel/indicator.ts';
import { assert, must } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { postTransfers } from '#ledger/actions.ts';
import type { TransferOrder } from '#ledger/contract.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { type Database, inTransaction, noScope, openDatabase, read } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { appRole, ownerRole } from '#platform/installation.ts';
import { openLog } from '#platform/log.ts';
import { clusterOwner, onSocket } from '#platform/postgres.ts';
import { openTrial, template } from '#testing/trial.ts';
import { againstLimit, quantile, type Figure } from './measure.ts';

/**
 * Figures of a country over three years: values from tallies over HTTP beside a plain scan of the same records, the
 * first page of a list, a distinct count, a past instant, and what keeping tallies costs. `--size N` sets how many
 * transfers there are in all: 10,000,000 is the whole country; by default as many as five minutes allow.
 */
const usualSize = 620_000;
const provinces = 31;
const runs = 60;
const scans = 7;
const pages = 30;

const uuid = (kind: string, n: string): string =>
  `('0190${kind}-0000-7000-8000-' || lpad(to_hex((${n})::bigint), 12, '0'))::uuid`;
/** A transfer is recorded on its day. */
const days = `(day + k * 10 - date '2021-03-21')::bigint`;
const stages = ['reserved', 'referred', 'contracted', 'paid'] as const;

/**
 * Written past keys and policies by the owner of the cluster: what is measured is reading. Each award walks from
 * referral to payment; three lines of three years, a slice for each county and category, four accounts a slice. As in
 * the house, ids grow with the time at which something is recorded, and the awards of a time lie beside each other.
 */
const fillings = (size: number, count = Math.floor(size / 3)): string[] => [
  `create temp table county as select province_id, county_code, row_number() over (order by province_id, county_code) as c,
     row_number() over (partition by province_id order by county_code) as k from place.county`,
  `insert into credit.line (province_id, id, budget_year, note, pot, programme, rate_kind, rate_hundredths, grace_months, term_months, deadline, state, version, notified_on)
   select p, ${uuid('11e0', 'p * 10 + y')}, 1400 + y, '16', 'national', (array['home_jobs', 'note_18', 'rural'])[y + 1], 'fee', 400, 6, 60, '2030-01-01', 'open', 1, '2021-04-01'
   from generate_series(1, ${provinces}) p, generate_series(0, 2) y`,
  `create temp table leaf as select province_id, county_code, c * 30 + y * 10 + g as s, y,
     row_number() over (partition by province_id, y order by k, g) - 1 as l
   from county, generate_series(0, 2) y, generate_series(0, 3) g where k <= 15`,
  `insert into credit.slice (province_id, id, line_id, parent_id, axis, county_code, category_key, job_target)
   select province_id, ${uuid('511c', 's')}, ${uuid('11e0', 'province_id * 10 + y')}, ${uuid('511c', 's + 1000000')}, 'category', county_code,
     (array['clothing', 'wood', 'leather', 'handicrafts'])[s % 10 + 1], 1 from leaf`,
  `insert into ledger.account (province_id, id, owner_id, kind, share, county_code, bounded, version, moved_at)
   select province_id, ${uuid('acc0', 's * 4 + k')}, ${uuid('511c', 's')}, (array['${stages.join("','")}'])[k + 1], 'open', county_code, false, ${size}, now() - interval '1 h'
   from leaf, generate_series(0, 3) k`,
  `create temp table leaves as select province_id, y, count(*) as n from leaf group by province_id, y`,
  `create temp table granted as
   select a, a % ${provinces} + 1 as p, leaf.s, leaf.y, leaf.county_code,
     date '2021-03-21' + (365 * leaf.y + (3 * a) % ${count} * 330 / ${count})::integer as day,
     1000000 + (a * 104729) % 900000000 as amount
   from generate_series(1::bigint, ${count - 1}) a
   join leaves on leaves.province_id = a % ${provinces} + 1 and leaves.y = 3 * a / ${count}
   join leaf on leaf.province_id = leaves.province_id and leaf.y = leaves.y and leaf.l = (a / ${provinces}) % leaves.n`,
  `insert into credit.award (province_id, id, line_id, slice_id, county_code, share, amount, beneficiary_kind, beneficiary_id, jobs)
   select p, ${uuid('a0a0', 'a')}, ${uuid('11e0', 'p * 10 + y')}, ${uuid('511c', 's')}, county_code, 'open', amount,
     (array['person', 'cooperative', 'enterprise', 'supporter'])[(a % 4 + 1)::integer], ${uuid('be01', 'a / 2')}, 1 from granted`,
  `insert into ledger.transfer (province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
     debit_county_code, credit_county_code, amount, reference_id, happened_on, recorded_at, debit_debits_posted, debit_debits_pending,
     debit_credits_posted, debit_credits_pending, credit_debits_posted, credit_debits_pending, credit_credits_posted, credit_credits_pending, content_hash)
   select p, ${uuid('7a00', `${days} * 4294967296 + a * 3 + k`)}, 'post', (array['refer', 'contract', 'pay'])[k + 1], ${uuid('acc0', 's * 4 + k')}, ${uuid('acc0', 's * 4 + k + 1')},
     a, a, county_code, county_code, amount, ${uuid('a0a0', 'a')}, day + k * 10, (day + k * 10)::timestamptz + interval '9 h',
     0, 0, 0, 0, 0, 0, 0, 0, decode(repeat('00', 32), 'hex')
   from granted, generate_series(0, 2) k order by day, a`,
  'analyze',
];

/** The declared figures, and others by programme and receiver up to sixty. */
function sixty(): Indicator[] {
  const model = must(
    declared.indicators.find(({ id }) => id === 'credit.paid'),
    'a figure of money',
  );
  const more = (['referred', 'contracted', 'paid'] as const).flatMap((stage) =>
    ['home_jobs', 'note_18', 'rural'].flatMap((programme) =>
      [['person'], ['cooperative'], ['enterprise'], ['supporter'], ['person', 'supporter']].map(
        (kinds): Indicator => ({
          ...model,
          id: `bench.${stage}_${programme}_${kinds.join('_')}`,
          measure: {
            kind: 'sum',
            view: 'credit.read_movement',
            column: 'amount',
            where: { stage: [stage], programme: [programme], beneficiary_kind: kinds },
            kinds: kindsOfStage[stage],
            tallied: true,
          },
        }),
      ),
    ),
  );
  return [...declared.indicators, ...more].slice(0, 60);
}

type Times = { readonly p95: number; readonly median: number; readonly spread: number; readonly n: number };
async function timed(work: (run: number) => Promise<unknown>, count: number): Promise<Times> {
  const times: number[] = [];
  for (let run = -2; run < count; run += 1) {
    const start = performance.now();
    await work(run + 2);
    if (run >= 0) times.push(performance.now() - start);
  }
  const median = quantile(times, 0.5);
  const spread = (quantile(times, 0.75) - quantile(times, 0.25)) / median;
  return { p95: quantile(times, 0.95), median, spread, n: count };
}

const short = (value: number): number => Math.round(value * 1000) / 1000;
const figureOf = (
  name: string,
  { n, spread }: Pick<Times, 'n' | 'spread'>,
  ours: number,
  unit = 'ms',
): Figure => ({
  bench: 'indicators',
  case: name,
  unit,
  ours: short(ours),
  reference: null,
  ratio: null,
  target: null,
  n,
  spread: short(spread),
});

async function* measured(size: number): AsyncGenerator<Figure> {
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
    await furnish(owner);
    const client = new Client(onSocket(trial.socketFolder, clusterOwner, template));
    client.on('error', () => {});
    await client.connect();
    await client.query('set session_replication_role = replica');
    for (const statement of fillings(size)) await client.query(statement);
    await client.query('vacuum analyze ledger.transfer');
    const indicators = sixty();
    const catalogue = { indicators, dimensions: declared.dimensions };
    const house = { db, config: readConfig({}), log: openLog('silent'), clock: systemClock };
    const began = performance.now();
    await keepTallies({ ...house, catalogue });
    const kept = performance.now() - began;
    await client.query('vacuum analyze evidence.tally');
    await client.end();
    const about = `${size} transfers, ${indicators.length} figures, ${provinces} provinces`;
    yield figureOf(
      `${about}: tallies made from nothing`,
      { n: 1, spread: 0 },
      size / (kept / 1000),
      'transfers/s',
    );

    const actor: Actor = {
      userId: newId(0),
      personId: newId(0),
      role: 'ministry',
      name: 'bench',
      scope: { province: 'all', county: null, office: null, person: null },
    };
    const app = await buildServer(house, {
      findProvince: provinceFinder(house),
      version: '0',
      mostRequestsPerMinute: 1_000_000,
      findActor: () => Promise.resolve(actor),
    });
    await app.register(evidenceRoutes(house, catalogue));
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const sums = indicators.filter(({ measure }) => measure.kind === 'sum' && measure.tallied === true);
    const slugs = ['alborz', 'tehran', 'lorestan', 'fars', 'yazd'];
    const ask = async (path: string): Promise<unknown> => {
      const response = await fetch(`${address}${path}`);
      assert(response.ok, `${path}: ${response.status}`);
      return response.json();
    };
    const query = (run: number): string =>
      `province=${must(slugs[run % slugs.length], 'a slug')}&year=${1400 + (run % 3)}`;
    const pick = (run: number): Indicator => must(sums[(run * 7) % sums.length], 'a figure');
    const values = await timed((run) => ask(`/api/values/${pick(run).id}?${query(run)}`), runs);
    yield againstLimit(figureOf(`${about}: a value over HTTP, p95`, values, values.p95), 60, 'lower');

    const scan = await timed(
      (run) =>
        read(db, actor.scope, async (tx) => {
          const { measure } = pick(run);
          assert(measure.kind === 'sum', 'a sum');
          const { from, until } = yearPeriod(1400 + (run % 3));
          const selection = {
            provinceId: 30,
            countyCode: null,
            budgetYear: null,
            from,
            until,
            only: {},
            without: {},
          };
          const { rows } = await sql`
            select sum(${sql.ref(measure.column)}) from ${sql.table(measure.view)}
            where ${conditions(measure, selection)}
          `.execute(tx);
          return rows;
        }),
      scans,
    );
    yield {
      ...figureOf(
        `${about}: a value over HTTP, median; reference: a plain SQL sum of the same records`,
        values,
        values.median,
      ),
      reference: short(scan.median),
      ratio: short(scan.median / values.median),
      target: 20,
    };
    const list = await timed(async (run) => {
      const page = recordsPageShape.parse(await ask(`/api/records/${pick(run).id}?${query(run)}&limit=50`));
      assert(page.by === 'tally', 'the value of the list stands in tallies');
    }, pages);
    yield againstLimit(figureOf(`${about}: the first page of a list, p95`, list, list.p95), 100, 'lower');
    const distinct = await timed((run) => ask(`/api/values/credit.paid_receivers?${query(run)}`), scans);
    yield againstLimit(figureOf(`${about}: a distinct count, p95`, distinct, distinct.p95), 1_000, 'lower');
    const asOf = '2023-03-21T00:00:00.000Z';
    const past = await timed((run) => ask(`/api/values/credit.paid?${query(run)}&asOf=${asOf}`), scans);
    yield againstLimit(figureOf(`${about}: as of a past instant, p95`, past, past.p95), 1_000, 'lower');
    await app.close();
    yield await writing({ db, catalogue, about });
  } finally {
    await owner.destroy();
    await db.destroy();
    await trial.close();
  }
}

/** What keeping tallies adds to a write: the job runs every second, so a second of small batches is taken in at once. */
async function writing({
  db,
  catalogue,
  about,
}: {
  readonly db: Database;
  readonly catalogue: Catalogue;
  readonly about: string;
}): Promise<Figure> {
  const scope = { ...noScope, province: provinceOfWrites };
  const accounts = await read(db, scope, async (tx) => {
    const { rows } = await sql<{ contracted: Id; paid: Id; award: Id }>`
      select c.id as contracted, p.id as paid, (select a.id from credit.award a
        where a.province_id = c.province_id and a.slice_id = c.owner_id limit 1) as award
      from ledger.account c
      join ledger.account p on p.province_id = c.province_id and p.owner_id = c.owner_id and p.kind = 'paid'
      where c.province_id = ${provinceOfWrites} and c.kind = 'contracted' limit 50
    `.execute(tx);
    return rows.filter(({ award }) => award !== null);
  });
  const parts: number[] = [];
  // By turns, so that a machine that slows down slows both: each round writes, then keeps what it wrote.
  for (let round = 0; round < 22; round += 1) {
    const start = performance.now();
    for (let batch = 0; batch < 80; batch += 1) {
      const orders = Array.from({ length: 10 }, (_, at): TransferOrder => {
        const one = must(accounts[(batch * 10 + at) % accounts.length], 'accounts of a slice');
        return {
          id: newId(Date.now()),
          phase: 'post',
          pendingId: null,
          debitAccountId: one.contracted,
          creditAccountId: one.paid,
          amount: rial(1_000n),
          kind: 'pay',
          referenceId: one.award,
          reversesId: null,
          happenedOn: day('1402-11-05'),
        };
      });
      const posted = await inTransaction(db, scope, (tx) =>
        postTransfers(tx, { provinceId: provinceOfWrites, orders, mode: 'linked', clock: systemClock }),
      );
      assert(posted.ok, 'the transfers of the bench are lawful');
    }
    const wrote = performance.now();
    assert((await keepTallies({ db, clock: systemClock, catalogue })) === 1, 'one province has moved on');
    if (round > 1) parts.push((100 * (performance.now() - wrote)) / (wrote - start));
  }
  const spread = (quantile(parts, 0.75) - quantile(parts, 0.25)) / quantile(parts, 0.5);
  const name = `${about}: keeping tallies, as a part of posting 800 transfers by tens, about a second’s work of one client`;
  return againstLimit(figureOf(name, { n: parts.length, spread }, quantile(parts, 0.5), '%'), 25, 'lower');
}

const provinceOfWrites = 30;

export async function* figures(_chosen?: string, size = usualSize): AsyncGenerator<Figure> {
  yield* measured(size);
}

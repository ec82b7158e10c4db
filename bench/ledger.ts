import type { ClientConfig } from 'pg';
import { sql } from 'kysely';
import { rooms } from '#map.ts';
import { day } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import { assert, must, ok } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { openAccounts, postTransfers } from '#ledger/actions.ts';
import type { TransferOrder } from '#ledger/contract.ts';
import { openGathering } from '#ledger/gather/actions.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig, root } from '#platform/config.ts';
import { inTransaction, noScope, openDatabase, type Database, type Scope } from '#platform/db.ts';
import { appRole, openServer, ownerRole } from '#platform/installation.ts';
import { listMigrations, migrate } from '#platform/migrate.ts';
import { onSocket } from '#platform/postgres.ts';
import { openTrial, template } from '#testing/trial.ts';
import { copyLine, openPlain, twinTables, type PlainLedger } from './ledger.reference.ts';
import { median, quantile, type Figure } from './measure.ts';

/**
 * The ledger against plain SQL on one server, with fsync, by turns. `DATABASE_URL` names an empty database of
 * another server, so that a third ledger can be measured beside; otherwise a server of our own is started in a
 * temporary folder. `--case` runs one case alone; `fifth-million` runs only so.
 */
const connections = 20;
const clients = 64;
const accountCount = 1_000;
const batchSize = 1_000;
const seconds = 3;
const rounds = 5;
const provinceId = 5;
const scope: Scope = { ...noScope, province: provinceId };

type Bed = {
  readonly db: Database;
  readonly plain: PlainLedger;
  /** The first is unbounded; the others hold more than a bench can spend. */
  readonly accounts: readonly Id[];
  readonly close: () => Promise<void>;
};

/** xorshift32: the same accounts in the same order on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const fresh = (): Id => newId(Date.now());

const order = (debitAccountId: Id, creditAccountId: Id, amount = 1n): TransferOrder => ({
  id: fresh(),
  phase: 'post',
  pendingId: null,
  debitAccountId,
  creditAccountId,
  amount: rial(amount),
  kind: 'bench',
  referenceId: fresh(),
  reversesId: null,
  happenedOn: day('1403-06-15'),
});

type Place = {
  readonly connectionOf: (role: string) => { connection: ClientConfig; role: string | null };
  readonly close: () => Promise<void>;
};

/** The server of `DATABASE_URL`, or one of our own with fsync. */
async function openPlace(): Promise<Place> {
  const config = readConfig(process.env);
  if (config.databaseUrl !== undefined) {
    const server = await openServer(config);
    const connection: ClientConfig = { connectionString: config.databaseUrl };
    const owner = server.open(ownerRole);
    await migrate(
      owner,
      listMigrations(
        root,
        rooms.map(({ name }) => name),
      ),
    );
    await owner.destroy();
    return { connectionOf: (role) => ({ connection, role }), close: server.close };
  }
  const trial = await openTrial({ durable: true });
  assert(trial.complaint === null, trial.complaint ?? '');
  return {
    connectionOf: (role) => ({ connection: onSocket(trial.socketFolder, role, template), role: null }),
    close: trial.close,
  };
}

async function openBed(): Promise<Bed> {
  const place = await openPlace();
  const db = openDatabase({ ...place.connectionOf(appRole), most: connections, name: 'bench' });
  const owner = openDatabase({ ...place.connectionOf(ownerRole), most: 1, name: 'bench' });
  await sql.raw('drop schema if exists bench cascade').execute(owner);
  await sql.raw(twinTables).execute(owner);
  const accounts = await fill(db);
  await inTransaction(owner, scope, async (tx) => {
    await sql`insert into bench.account select * from ledger.account where id = any(${accounts}::uuid[])`.execute(
      tx,
    );
    return ok();
  });
  await sql`analyze bench.account`.execute(owner);
  await owner.destroy();
  const { connection, role } = place.connectionOf(ownerRole);
  const options = role === null ? {} : { options: `-c role=${role}` };
  const plain = openPlain({ ...connection, ...options }, provinceId, connections);
  const close = async (): Promise<void> => {
    await plain.close();
    await db.destroy();
    await place.close();
  };
  return { db, plain, accounts, close };
}

/** Opens the accounts and gives each more than the bench can spend. */
async function fill(db: Database): Promise<Id[]> {
  const ids = Array.from({ length: accountCount + 1 }, fresh);
  const ownerId = fresh();
  const filled = await inTransaction(db, scope, async (tx) => {
    await openAccounts(
      tx,
      ids.map((id, index) => ({
        id,
        provinceId,
        ownerId,
        kind: `account ${index}`,
        share: 'open',
        countyCode: null,
        bounded: index > 0,
      })),
    );
    const orders = ids.slice(1).map((id) => order(must(ids[0], 'the source'), id, 10n ** 12n));
    return postTransfers(tx, { provinceId, orders, mode: 'linked', clock: systemClock });
  });
  assert(filled.ok, 'the accounts are filled');
  return ids;
}

type Lap = { readonly perSecond: number; readonly p99: number };

/** So many clients, each posting one after another for some seconds: how many a second, and how long one waits. */
async function lap(post: () => Promise<unknown>, size = 1, many = clients): Promise<Lap> {
  const waits: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const from = performance.now();
      await post();
      waits.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: many }, client));
  const took = (performance.now() - start) / 1_000;
  return { perSecond: (waits.length * size) / took, p99: quantile(waits, 0.99) };
}

type Contest = {
  readonly name: string;
  readonly target: number;
  readonly ours: () => Promise<Lap>;
  readonly reference: () => Promise<Lap>;
};

const short = (value: number): number => Math.round(value * 1000) / 1000;

/** By turns, one lap each before that does not count. Yields the throughput and the p99. */
async function* contest({ name, target, ours, reference }: Contest): AsyncGenerator<Figure> {
  const mine: Lap[] = [];
  const theirs: Lap[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const [own, other] = [await ours(), await reference()];
    if (round < 0) continue;
    mine.push(own);
    theirs.push(other);
  }
  for (const [unit, read, better] of [
    ['transfers/s', (one: Lap) => one.perSecond, 'higher'],
    ['ms at p99', (one: Lap) => one.p99, 'lower'],
  ] as const) {
    const own = median(mine.map(read));
    const other = median(theirs.map(read));
    const spread = (quantile(mine.map(read), 0.75) - quantile(mine.map(read), 0.25)) / own;
    yield {
      bench: 'ledger',
      case: name,
      unit,
      ours: short(own),
      reference: short(other),
      ratio: short(better === 'higher' ? own / other : other / own),
      target: unit === 'transfers/s' ? target : null,
      n: mine.length,
      spread: short(spread),
    };
  }
}

async function* singles(bed: Bed, which: 'hot' | 'spread'): AsyncGenerator<Figure> {
  const random = seeded(20_260_801);
  const [, hot, ...others] = bed.accounts;
  const pick = (): Id => must(others[random(others.length)], 'an account');
  const next = (): TransferOrder => {
    if (which === 'hot') return order(must(hot, 'the hot account'), pick());
    const from = pick();
    const to = pick();
    return order(from, from === to ? must(hot, 'another account') : to);
  };
  const gathering = openGathering({ db: bed.db, clock: systemClock });
  const post = async (): Promise<void> => {
    const posted = await gathering.post({ provinceId, scope, order: next() });
    assert(posted.ok, 'nothing is refused in the bench');
  };
  yield* contest({
    name:
      which === 'hot'
        ? `${clients} clients on one hot account, single posts; reference: plain SQL, target 4 ×`
        : `${clients} clients on ${accountCount} accounts, single posts; reference: plain SQL, target 1.5 ×`,
    target: which === 'hot' ? 4 : 1.5,
    ours: () => lap(post),
    reference: () => lap(() => bed.plain.post(next())),
  });
}

/** Two at a time, each on accounts of its own, as two bank files would be read in. */
const batchClients = 2;

function batchMaker(bed: Bed): () => TransferOrder[] {
  const random = seeded(7);
  let turn = 0;
  return () => {
    turn += 1;
    const own = bed.accounts.slice(1).filter((_, index) => index % batchClients === turn % batchClients);
    const pick = (): number => random(own.length);
    return Array.from({ length: batchSize }, () => {
      const from = pick();
      const to = (from + 1 + random(own.length - 1)) % own.length;
      return order(must(own[from], 'an account'), must(own[to], 'an account'));
    });
  };
}

async function postBatch(db: Database, orders: readonly TransferOrder[]): Promise<void> {
  const posted = await inTransaction(db, scope, (tx) =>
    postTransfers(tx, { provinceId, orders, mode: 'linked', clock: systemClock }),
  );
  assert(posted.ok, 'nothing is refused in the bench');
}

async function* batches(bed: Bed): AsyncGenerator<Figure> {
  const next = batchMaker(bed);
  // Versions that no other row has: what is copied is checked by the same unique indexes.
  let version = 10n ** 12n;
  const copy = (): Promise<void> =>
    bed.plain.copy(
      next()
        .map((each) => copyLine(each, { provinceId, version: (version += 1n) }))
        .join(''),
    );
  yield* contest({
    name: `${batchClients} clients, batches of ${batchSize}; reference: COPY into a twin, target half of it or 25,000/s`,
    target: 0.5,
    ours: () => lap(() => postBatch(bed.db, next()), batchSize, batchClients),
    reference: () => lap(copy, batchSize, batchClients),
  });
}

/** Batches one after another until `millions` are in: the last million against the first. */
async function* growth(bed: Bed, millions: number, size: number): AsyncGenerator<Figure> {
  const next = batchMaker(bed);
  const speeds: number[] = [];
  const perPart = size / batchSize;
  for (let batch = 0; batch < millions * perPart; batch += 1) {
    const orders = next();
    const start = performance.now();
    await postBatch(bed.db, orders);
    speeds.push((batchSize * 1_000) / (performance.now() - start));
  }
  const first = median(speeds.slice(0, perPart));
  const last = speeds.slice(-perPart);
  yield {
    bench: 'ledger',
    case: `part ${millions} of ${size} transfers each; reference: the first part, target within 20 %`,
    unit: 'transfers/s',
    ours: short(median(last)),
    reference: short(first),
    ratio: short(median(last) / first),
    target: 0.8,
    n: last.length,
    spread: short((quantile(last, 0.75) - quantile(last, 0.25)) / median(last)),
  };
}

const cases: Readonly<Record<string, (bed: Bed) => AsyncIterable<Figure>>> = {
  hot: (bed) => singles(bed, 'hot'),
  spread: (bed) => singles(bed, 'spread'),
  batches,
  growth: (bed) => growth(bed, 5, 50_000),
  'fifth-million': (bed) => growth(bed, 5, 1_000_000),
};

export async function* figures(chosen?: string): AsyncGenerator<Figure> {
  const usual = Object.keys(cases).filter((name) => name !== 'fifth-million');
  const names = chosen === undefined ? usual : [chosen];
  const bed = await openBed();
  try {
    for (const name of names)
      yield* must(cases[name], `no case ${name}: ${Object.keys(cases).join(', ')}`)(bed);
  } finally {
    await bed.close();
  }
}

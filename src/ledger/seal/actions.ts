import { createHash, hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { must, ok, refused } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { readSnapshot } from '#platform/copy.ts';
import { inTransaction, noScope, read, type Database, type Tx } from '#platform/db.ts';
import type { SigningKey } from '#platform/signature.ts';
import { noHead, type KeptHead, type Seal, type SealSource } from './contract.ts';
import { entryBytes, EntryIndex, readId } from './entry.ts';
import {
  copyRows,
  countSealed,
  findFirstInstant,
  findLastSeal,
  findThrough,
  insertKey,
  insertSeal,
  isClosed,
  listProvinces,
  listRowsById,
  listRowsToSeal,
  readSeals,
  takeMark,
} from './queries.ts';
import type { RowToSeal, Through } from './queries.ts';
import { rowText, sealText } from './rules.ts';

export type SealingDesk = {
  readonly db: Database;
  readonly clock: Clock;
  readonly key: SigningKey;
  readonly sources: readonly SealSource[];
};

/** A run of this length is hashed in about 20 ms, and its entries are half a megabyte. */
const mostRows = 10_000;

/**
 * What was recorded within this time is left for the next pass: an act reads its instant a moment before its
 * transaction gets a number, and two machines do not agree on the time to the millisecond.
 */
const youngest = 2_000;

/** What a pass of the sealing remembers for the next. */
export type Sealing = {
  /** Everything before this instant was sealed by the passes before, in every province. */
  since: Date | null;
  /** When it was last looked everywhere, also for what came late. */
  lookedAt: Date;
};

export const beginSealing = (): Sealing => ({ since: null, lookedAt: new Date(0) });

/** How often it is looked everywhere: a count of all rows, which takes a second for millions. */
const lookAgainAfter = 3_600_000;

/**
 * Seals what was recorded up to two seconds ago, in every province, and gives back how many rows that were. It
 * takes no lock: whoever posts never waits for it, and of two that seal at once the second finds its number
 * taken and stops. Nothing is sealed while a transaction is open that began before: it may yet record earlier.
 */
export async function sealRecorded(
  desk: SealingDesk,
  sealing: Sealing,
  signal?: AbortSignal,
): Promise<number> {
  const now = desk.clock.now();
  const until = new Date(now.getTime() - youngest);
  const everything = now.getTime() - sealing.lookedAt.getTime() > lookAgainAfter;
  const since = everything ? null : sealing.since;
  const found = await read(desk.db, everywhere, async (tx) => {
    const pairs: { readonly source: SealSource; readonly provinceId: number }[] = [];
    for (const source of desk.sources)
      for (const provinceId of await listProvinces(tx, source, { since, until }))
        pairs.push({ source, provinceId });
    return pairs;
  });
  const whole = (): void => {
    sealing.since = since === null ? until : later(since, until);
    if (everything) sealing.lookedAt = now;
  };
  if (found.length === 0) {
    whole();
    return 0;
  }
  if (!(await waitUntilClosed(desk.db, signal))) return 0;
  let count = 0;
  for (const { source, provinceId } of found) {
    if (everything) count += await sealLate(desk, { source, provinceId });
    const done = await sealUpTo(desk, { source, provinceId, until }, signal);
    count += done.count;
    if (!done.whole) return count;
  }
  whole();
  return count;
}

const everywhere = { ...noScope, province: 'all' } as const;

const later = (a: Date, b: Date): Date => (a > b ? a : b);

const patience = 10_000;

/**
 * Waits until everything that had begun when it was called has ended. A transaction number taken now is greater
 * than that of each transaction that has locked an account or written, and an instant of recording is read after
 * the locks: so when all lower numbers have ended, nothing before our clock's instant can appear any more.
 */
async function waitUntilClosed(db: Database, signal: AbortSignal | undefined): Promise<boolean> {
  const mark = await takeMark(db);
  for (let waited = 0, step = 5; waited < patience; waited += step, step = Math.min(step * 2, 500)) {
    if (await isClosed(db, mark)) return true;
    if (signal?.aborted === true) return false;
    await pause(step);
  }
  return false;
}

type Run = { readonly source: SealSource; readonly provinceId: number };

/** The shortest and the first stretch of time that is looked through for one run, in milliseconds. */
const [shortest, usual] = [100, 60_000];

/**
 * Run after run up to an instant. After a long rest millions of rows wait: each run looks through a stretch of
 * time that is widened where little was recorded and narrowed where much was, and never through all that waits.
 */
async function sealUpTo(
  desk: SealingDesk,
  { source, provinceId, until }: Run & { readonly until: Date },
  signal: AbortSignal | undefined,
): Promise<{ readonly count: number; readonly whole: boolean }> {
  const scope = { ...noScope, province: provinceId };
  let count = 0;
  let span = usual;
  let from = await read(
    desk.db,
    scope,
    async (tx) =>
      (await findThrough(tx, { provinceId, source }))?.at ?? findFirstInstant(tx, { provinceId, source }),
  );
  while (from !== undefined) {
    if (signal?.aborted === true) return { count, whole: false };
    const before = new Date(Math.min(until.getTime(), from.getTime() + span));
    const run = await sealRun(desk, { source, provinceId, until: before });
    if (run === undefined) return { count, whole: false };
    count += run.count;
    const full = run.count === mostRows;
    if (!full && before >= until) break;
    from = full ? run.last : before;
    span = full ? Math.max(shortest, span / 2) : span * 2;
  }
  return { count, whole: true };
}

type SealedRun = { readonly count: number; readonly last: Date | undefined };

/** One seal over at most ten thousand rows; undefined when somebody else sealed at the same moment. */
async function sealRun(
  desk: SealingDesk,
  { source, provinceId, until }: Run & { readonly until: Date },
): Promise<SealedRun | undefined> {
  const result = await inTransaction<SealedRun, { kind: 'NumberTaken' }>(
    desk.db,
    { ...noScope, province: provinceId },
    async (tx) => {
      // First of all, so that a seal that somebody else adds from here on takes the number that we would take.
      const before = await findLastSeal(tx, provinceId);
      const through = await findThrough(tx, { provinceId, source });
      const rows = await listRowsToSeal(tx, { provinceId, source, through, before: until, most: mostRows });
      const last = rows.at(-1);
      if (last === undefined) return ok({ count: 0, last: undefined });
      const done = await appendSeal(tx, desk, { source, provinceId, before, rows, through: last });
      return done ? ok({ count: rows.length, last: last.at }) : refused({ kind: 'NumberTaken' });
    },
  );
  return result.ok ? result.value : undefined;
}

type Appending = Run & {
  readonly before: Seal | undefined;
  readonly rows: readonly RowToSeal[];
  readonly through: Through;
};

async function appendSeal(tx: Tx, desk: SealingDesk, appending: Appending): Promise<boolean> {
  const { source, provinceId, before, rows, through } = appending;
  const { key, clock } = desk;
  const entries = entriesOf(rows);
  const firstPosition = (before?.lastPosition ?? 0n) + 1n;
  const content = {
    provinceId,
    number: (before?.number ?? 0n) + 1n,
    source: source.name,
    format: source.formats.length,
    firstPosition,
    lastPosition: firstPosition + BigInt(rows.length) - 1n,
    rowCount: rows.length,
    rowsHash: rowsHashOf(entries),
    previousHead: before?.head ?? noHead,
    sealedAt: clock.now(),
  };
  const head = hash('sha256', sealText(content), 'buffer');
  const signature = key.sign(head).toString('hex');
  await insertKey(tx, {
    keyId: key.keyId,
    publicKey: key.publicKey.toString('hex'),
    madeAt: content.sealedAt,
  });
  return insertSeal(tx, {
    ...content,
    head: head.toString('hex'),
    signature,
    keyId: key.keyId,
    entries,
    through,
  });
}

function entriesOf(rows: readonly RowToSeal[]): Buffer {
  const entries = Buffer.allocUnsafe(rows.length * entryBytes);
  for (const [index, { id, columns }] of rows.entries()) {
    const at = index * entryBytes;
    readId(Buffer.from(id, 'latin1'), 0, entries.subarray(at));
    hash('sha256', rowText(columns), 'buffer').copy(entries, at + 16);
  }
  return entries;
}

/** The SHA-256 of the hashes of the rows, one after the other. */
export function rowsHashOf(entries: Buffer): string {
  const all = createHash('sha256');
  for (let at = 0; at < entries.length; at += entryBytes)
    all.update(entries.subarray(at + 16, at + entryBytes));
  return all.digest('hex');
}

/**
 * Seals what came late: rows recorded before the last sealed one by a machine whose clock was behind by more than
 * the two seconds. Looked for when the sealing begins and every hour; a late seal stands behind the others and says when.
 */
async function sealLate(desk: SealingDesk, { source, provinceId }: Run): Promise<number> {
  const scope = { ...noScope, province: provinceId };
  const late = await readLate(desk.db, { source, provinceId });
  let { number } = late;
  let count = 0;
  for (let from = 0; from < late.ids.length; from += mostRows) {
    const ids = late.ids.slice(from, from + mostRows);
    const result = await inTransaction<number, { kind: 'NumberTaken' }>(desk.db, scope, async (tx) => {
      const before = await findLastSeal(tx, provinceId);
      // Somebody else has sealed since we looked: perhaps the very same rows.
      if (before?.number !== number) return refused({ kind: 'NumberTaken' });
      const through = must(await findThrough(tx, { provinceId, source }), 'something was sealed before');
      const rows = await listRowsById(tx, { provinceId, source, ids });
      const done = await appendSeal(tx, desk, { source, provinceId, before, rows, through });
      return done ? ok(rows.length) : refused({ kind: 'NumberTaken' });
    });
    if (!result.ok) break;
    count += result.value;
    number += 1n;
  }
  return count;
}

type Late = {
  readonly ids: readonly string[];
  /** Of the newest seal at that instant. */ readonly number: bigint;
};

async function readLate(db: Database, { source, provinceId }: Run): Promise<Late> {
  const scope = { ...noScope, province: provinceId };
  const through = await read(db, scope, async (tx) => {
    const found = await findThrough(tx, { provinceId, source });
    if (found === undefined) return undefined;
    const { stored, sealed } = await countSealed(tx, { provinceId, source, through: found });
    return stored > sealed ? found : undefined;
  });
  if (through === undefined) return { ids: [], number: 0n };
  return readSnapshot(db, scope, async (snapshot) => {
    const parts: Buffer[] = [];
    let number = 0n;
    for await (const seal of readSeals(snapshot, provinceId)) {
      ({ number } = seal);
      if (seal.source === source.name) parts.push(seal.entries);
    }
    const index = new EntryIndex(Buffer.concat(parts));
    const ids: string[] = [];
    const id = new Uint8Array(16);
    const view = new DataView(id.buffer);
    const { instant, id: idColumn } = source.order;
    await copyRows(snapshot, { provinceId, source, columns: [idColumn, instant] }, (line) => {
      readId(line, 0, id);
      if (index.find(view) !== -1) return;
      const [rowId = '', at = ''] = line.toString('latin1').split('\t');
      if (isUpTo({ at: instantOf(at), id: rowId }, through)) ids.push(rowId);
    });
    return { ids, number };
  });
}

/** An instant as COPY writes it, in UTC: `2024-09-05 08:30:00.25+00`. */
export const instantOf = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00`);

/** Whether a row stands before the end of what is sealed, or at it. */
export const isUpTo = (row: Through, through: Through): boolean =>
  row.at < through.at || (row.at.getTime() === through.at.getTime() && row.id <= through.id);

/** The newest head of a province, as it is printed on every page that leaves the house (L14). */
export async function headInForce(
  tx: Tx,
  provinceId: number,
): Promise<Pick<KeptHead, 'number' | 'head'> | null> {
  const seal = await findLastSeal(tx, provinceId);
  return seal === undefined ? null : { number: seal.number.toString(), head: seal.head };
}

/** The head that a seal should have. */
export const headOf = (seal: Seal): string => hash('sha256', sealText(seal), 'hex');

import { sql, type RawBuilder } from 'kysely';
import { must } from '#kernel/result.ts';
import type { Snapshot } from '#platform/copy.ts';
import type { Database, Tx } from '#platform/db.ts';
import type { Seal, SealKey, SealSource, StoredAccount } from './contract.ts';

/** The last row that is sealed of a source: rows are taken in the order of both. */
export type Through = { readonly at: Date; readonly id: string };

export type StoredSeal = Seal & { readonly entries: Buffer; readonly through: Through };

export type SealRow = {
  province_id: number;
  number: bigint;
  source: string;
  format: number;
  first_position: bigint;
  last_position: bigint;
  row_count: number;
  rows_hash: Buffer;
  previous_head: Buffer;
  head: Buffer;
  signature: Buffer;
  key_id: string;
  sealed_at: Date;
};

export const sealColumns = `
  province_id, number, source, format, first_position, last_position, row_count, rows_hash, previous_head,
  head, signature, key_id, sealed_at
`;

export const sealOf = (row: SealRow): Seal => ({
  provinceId: row.province_id,
  number: row.number,
  source: row.source,
  format: row.format,
  firstPosition: row.first_position,
  lastPosition: row.last_position,
  rowCount: row.row_count,
  rowsHash: row.rows_hash.toString('hex'),
  previousHead: row.previous_head.toString('hex'),
  sealedAt: row.sealed_at,
  head: row.head.toString('hex'),
  signature: row.signature.toString('hex'),
  keyId: row.key_id,
});

/** A number that is handed out after everything recorded up to now was begun; see `isClosed`. */
export async function takeMark(db: Database): Promise<string> {
  const { rows } = await sql<{ mark: string }>`select pg_current_xact_id()::text as mark`.execute(db);
  return must(rows[0], 'a transaction has a number').mark;
}

/** Whether every transaction that had a number before the mark has ended. */
export async function isClosed(db: Database, mark: string): Promise<boolean> {
  const { rows } = await sql<{ closed: boolean }>`
    select pg_snapshot_xmin(pg_current_snapshot()) >= ${mark}::xid8 as closed
  `.execute(db);
  return must(rows[0], 'an answer').closed;
}

const viewOf = ({ view }: SealSource): RawBuilder<unknown> => sql.table(view);
const instantOf = ({ order }: SealSource): RawBuilder<unknown> => sql.ref(order.instant);
const idOf = ({ order }: SealSource): RawBuilder<unknown> => sql.ref(order.id);

/** The provinces that have rows recorded in `[since, until)`; with `since` null, ever before `until`. */
export async function listProvinces(
  tx: Tx,
  source: SealSource,
  { since, until }: { readonly since: Date | null; readonly until: Date },
): Promise<number[]> {
  const { rows } = await sql<{ province_id: number }>`
    select distinct province_id from ${viewOf(source)}
    where ${instantOf(source)} < ${until}::timestamptz
      and (${since}::timestamptz is null or ${instantOf(source)} >= ${since}::timestamptz)
    order by province_id
  `.execute(tx);
  return rows.map(({ province_id: provinceId }) => provinceId);
}

export async function findLastSeal(tx: Tx, provinceId: number): Promise<Seal | undefined> {
  const { rows } = await sql<SealRow>`
    select ${sql.raw(sealColumns)} from ledger.seal
    where province_id = ${provinceId} order by number desc limit 1
  `.execute(tx);
  return rows.map(sealOf)[0];
}

/** How far a source of a province is sealed; undefined before its first seal. */
export async function findThrough(
  tx: Tx,
  { provinceId, source }: { readonly provinceId: number; readonly source: SealSource },
): Promise<Through | undefined> {
  const { rows } = await sql<{ through_at: Date; through_id: string }>`
    select through_at, through_id from ledger.seal
    where province_id = ${provinceId} and source = ${source.name} order by number desc limit 1
  `.execute(tx);
  return rows.map((row) => ({ at: row.through_at, id: row.through_id }))[0];
}

/** The earliest instant at which a row of the source was recorded. */
export async function findFirstInstant(
  tx: Tx,
  { provinceId, source }: { readonly provinceId: number; readonly source: SealSource },
): Promise<Date | undefined> {
  const { rows } = await sql<{ first: Date | null }>`
    select min(${instantOf(source)}) as first from ${viewOf(source)} where province_id = ${provinceId}
  `.execute(tx);
  return rows[0]?.first ?? undefined;
}

/** A row to be sealed: its id, its instant and the columns of its newest format as text. */
export type RowToSeal = { readonly id: string; readonly at: Date; readonly columns: (string | null)[] };

/** The columns of a format as texts; by default of the newest. */
const textsOf = (source: SealSource, format = source.formats.length): RawBuilder<unknown> =>
  sql.join(must(source.formats[format - 1], 'a format').map((column) => sql`${sql.ref(column)}::text`));

export async function listRowsToSeal(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly source: SealSource;
    readonly through: Through | undefined;
    readonly before: Date;
    readonly most: number;
  },
): Promise<RowToSeal[]> {
  const { provinceId, source, through, before, most } = asked;
  const after =
    through === undefined
      ? sql`true`
      : sql`${instantOf(source)} >= ${through.at}::timestamptz
          and (${instantOf(source)}, ${idOf(source)}) > (${through.at}::timestamptz, ${through.id}::uuid)`;
  const { rows } = await sql<RowToSeal>`
    select ${idOf(source)} as id, ${instantOf(source)} as at, json_build_array(${textsOf(source)}) as columns
    from ${viewOf(source)}
    where province_id = ${provinceId} and ${after} and ${instantOf(source)} < ${before}::timestamptz
    order by ${instantOf(source)}, ${idOf(source)}
    limit ${most}
  `.execute(tx);
  return rows;
}

/** Rows by their ids, in the order of sealing. */
export async function listRowsById(
  tx: Tx,
  asked: {
    readonly provinceId: number;
    readonly source: SealSource;
    readonly ids: readonly string[];
    readonly format?: number;
  },
): Promise<RowToSeal[]> {
  const { provinceId, source, ids, format } = asked;
  const { rows } = await sql<RowToSeal>`
    select ${idOf(source)} as id, ${instantOf(source)} as at, json_build_array(${textsOf(source, format)}) as columns
    from ${viewOf(source)}
    where province_id = ${provinceId} and ${idOf(source)} = any(${ids}::uuid[])
    order by ${instantOf(source)}, ${idOf(source)}
  `.execute(tx);
  return rows;
}

/** How many rows up to the last sealed one there are, and how many are sealed: they differ when one came late. */
export async function countSealed(
  tx: Tx,
  asked: { readonly provinceId: number; readonly source: SealSource; readonly through: Through },
): Promise<{ readonly stored: bigint; readonly sealed: bigint }> {
  const { provinceId, source, through } = asked;
  const { rows } = await sql<{ stored: bigint; sealed: bigint }>`
    select
      (
        select count(*) from ${viewOf(source)}
        where province_id = ${provinceId}
          and (${instantOf(source)}, ${idOf(source)}) <= (${through.at}::timestamptz, ${through.id}::uuid)
      ) as stored,
      (
        select coalesce(sum(row_count), 0)::bigint from ledger.seal
        where province_id = ${provinceId} and source = ${source.name}
      ) as sealed
  `.execute(tx);
  return must(rows[0], 'a count has one row');
}

export async function insertKey(tx: Tx, key: SealKey & { readonly madeAt: Date }): Promise<void> {
  await sql`
    insert into ledger.seal_key (key_id, public_key, made_at)
    values (${key.keyId}, ${Buffer.from(key.publicKey, 'hex')}, ${key.madeAt})
    on conflict (key_id) do nothing
  `.execute(tx);
}

/** False when somebody else took the number meanwhile. */
export async function insertSeal(tx: Tx, seal: StoredSeal): Promise<boolean> {
  const previousNumber = seal.number === 1n ? null : seal.number - 1n;
  const { rows } = await sql`
    insert into ledger.seal (
      province_id, number, source, format, first_position, last_position, row_count, entries, rows_hash,
      previous_number, previous_head, head, signature, key_id, sealed_at, through_at, through_id
    ) values (
      ${seal.provinceId}, ${seal.number}, ${seal.source}, ${seal.format}, ${seal.firstPosition},
      ${seal.lastPosition}, ${seal.rowCount}, ${seal.entries}, ${Buffer.from(seal.rowsHash, 'hex')},
      ${previousNumber}, ${Buffer.from(seal.previousHead, 'hex')}, ${Buffer.from(seal.head, 'hex')},
      ${Buffer.from(seal.signature, 'hex')}, ${seal.keyId}, ${seal.sealedAt}, ${seal.through.at},
      ${seal.through.id}
    )
    on conflict (province_id, number) do nothing
    returning number
  `.execute(tx);
  return rows.length === 1;
}

/** The newest seal of each province in the reader's scope. */
export async function listHeads(tx: Tx): Promise<Seal[]> {
  const { rows } = await sql<SealRow>`
    select distinct on (province_id) ${sql.raw(sealColumns)}
    from ledger.seal order by province_id, number desc
  `.execute(tx);
  return rows.map(sealOf);
}

/** The seals of a province after a number, at most `most`, in their order. */
export async function listSeals(
  tx: Tx,
  asked: { readonly provinceId: number; readonly after: bigint; readonly most: number },
): Promise<Seal[]> {
  const { rows } = await sql<SealRow>`
    select ${sql.raw(sealColumns)} from ledger.seal
    where province_id = ${asked.provinceId} and number > ${asked.after} order by number limit ${asked.most}
  `.execute(tx);
  return rows.map(sealOf);
}

/** The entries of one seal; empty when there is no such seal in the reader's scope. */
export async function findEntries(
  tx: Tx,
  { provinceId, number }: { readonly provinceId: number; readonly number: bigint },
): Promise<Buffer> {
  const { rows } = await sql<{ entries: Buffer }>`
    select entries from ledger.seal where province_id = ${provinceId} and number = ${number}
  `.execute(tx);
  return rows[0]?.entries ?? Buffer.alloc(0);
}

export async function listKeys(tx: Tx): Promise<SealKey[]> {
  const { rows } = await sql<{ key_id: string; public_key: Buffer }>`
    select key_id, public_key from ledger.seal_key order by made_at, key_id
  `.execute(tx);
  return rows.map((row) => ({ keyId: row.key_id, publicKey: row.public_key.toString('hex') }));
}

// What follows reads in bulk, for `verify` and for exports.

/** Every province that has anything to verify. */
export async function readProvinces(snapshot: Snapshot, sources: readonly SealSource[]): Promise<number[]> {
  const views = sources.map(({ view }) => `select province_id from ${view}`);
  const all = ['select province_id from ledger.seal', 'select province_id from ledger.account', ...views];
  const rows = await snapshot.rows<{ province_id: number }>(
    `select province_id from (${all.join(' union ')}) as found order by province_id`,
  );
  return rows.map(({ province_id: provinceId }) => provinceId);
}

export async function readKeys(snapshot: Snapshot): Promise<ReadonlyMap<string, Buffer>> {
  const rows = await snapshot.rows<{ key_id: string; public_key: Buffer }>(
    'select key_id, public_key from ledger.seal_key',
  );
  return new Map(rows.map((row) => [row.key_id, row.public_key]));
}

/** The seals of a province in their order, with the entries of each. */
export async function* readSeals(snapshot: Snapshot, provinceId: number): AsyncGenerator<StoredSeal> {
  for (let after = 0n; ;) {
    const rows = await snapshot.rows<SealRow & { entries: Buffer; through_at: Date; through_id: string }>(
      `select ${sealColumns}, entries, through_at, through_id from ledger.seal
      where province_id = $1 and number > $2 order by number limit 25`,
      [provinceId, after],
    );
    for (const row of rows) {
      after = row.number;
      yield {
        ...sealOf(row),
        entries: row.entries,
        through: { at: row.through_at, id: row.through_id },
      };
    }
    if (rows.length === 0) return;
  }
}

export async function readAccounts(snapshot: Snapshot, provinceId: number): Promise<StoredAccount[]> {
  const rows = await snapshot.rows<{ id: string; bounded: boolean } & StoredAccount['sums']>(
    `select id, bounded, debits_posted, debits_pending, credits_posted, credits_pending, version
    from ledger.account where province_id = $1 order by id`,
    [provinceId],
  );
  return rows.map(({ id, bounded, ...sums }) => ({ id, bounded, sums }));
}

/** Hands over each row of a source as its bytes, in any order. */
export async function copyRows(
  snapshot: Snapshot,
  { provinceId, source, columns }: RowsAsked,
  take: (line: Buffer) => void,
): Promise<void> {
  await snapshot.copy(
    `copy (select ${columns.join(', ')} from ${source.view} where province_id = ${provinceId}) to stdout`,
    take,
  );
}

export type RowsAsked = {
  readonly provinceId: number;
  readonly source: SealSource;
  readonly columns: readonly string[];
};

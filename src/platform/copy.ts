import type { Connection, QueryResultRow, Submittable } from 'pg';
import { poolOf, type Database, type Scope } from './db.ts';

/**
 * One instant of the database, read in bulk: `COPY … TO STDOUT` brings rows as their bytes, several times faster
 * than rows with types, and as PostgreSQL itself writes them.
 */
export type Snapshot = {
  readonly rows: <Row extends QueryResultRow>(
    statement: string,
    values?: readonly unknown[],
  ) => Promise<Row[]>;
  /** Calls `take` with each line, without its end. The bytes are good only during the call. */
  readonly copy: (statement: string, take: (line: Buffer) => void) => Promise<void>;
};

/** Reads under `scope`, in one transaction that cannot write. */
export async function readSnapshot<Found>(
  db: Database,
  { province, county, office, person }: Scope,
  work: (snapshot: Snapshot) => Promise<Found>,
): Promise<Found> {
  // Kysely ends a pool only when it has used it itself.
  await db.connection().execute(() => Promise.resolve());
  const client = await poolOf(db).connect();
  let broken = true;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    // Rows come as they lie, which for an appended table is the order in which they were added.
    await client.query('set local max_parallel_workers_per_gather = 0; set local synchronize_seqscans = off');
    await client.query(
      `select set_config('app.province', $1, true), set_config('app.county', $2, true),
        set_config('app.office', $3, true), set_config('app.person', $4, true)`,
      [province === null ? '' : String(province), county ?? '', office ?? '', person ?? ''],
    );
    const found = await work({
      rows: async <Row extends QueryResultRow>(statement: string, values: readonly unknown[] = []) =>
        (await client.query<Row>(statement, [...values])).rows,
      copy: (statement, take) =>
        new Promise<void>((resolve, reject) => {
          client.query(new Copying(statement, take, (error) => (error ? reject(error) : resolve())));
        }),
    });
    await client.query('commit');
    broken = false;
    return found;
  } finally {
    // A connection whose transaction was cut short goes, and its transaction with it.
    client.release(broken);
  }
}

const lineEnd = 10;

/** A statement as `pg` runs them one after the other; the server sends one message for each line. */
class Copying implements Submittable {
  private readonly statement: string;
  private readonly take: (line: Buffer) => void;
  private readonly end: (error?: Error) => void;
  private failure: Error | undefined;

  constructor(statement: string, take: (line: Buffer) => void, end: (error?: Error) => void) {
    this.statement = statement;
    this.take = take;
    this.end = end;
  }

  submit(connection: Connection): void {
    connection.query(this.statement);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    if (this.failure !== undefined) return;
    const ended = chunk[chunk.length - 1] === lineEnd;
    try {
      this.take(ended ? chunk.subarray(0, -1) : chunk);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  handleCommandComplete(): void {
    // The answer is in the lines.
  }

  handleError(error: Error): void {
    this.end(error);
  }

  handleReadyForQuery(): void {
    this.end(this.failure);
  }
}

import { hash } from 'node:crypto';
import { Pool, TypeOverrides, types, type ClientConfig, type Connection, type PoolClient } from 'pg';
import { isoOf } from '#kernel/day.ts';
import { assert, must } from '#kernel/result.ts';
import type { TransferOrder } from '#ledger/contract.ts';
import { contentOf } from '#ledger/rules.ts';

/**
 * The ledger as an engineer would write it without ours: twin tables with the same columns, indexes, checks
 * and foreign keys, no row-level security, prepared statements, one transaction for each transfer, the id
 * inserted first so that a repetition is seen.
 */
export const twinTables = `
  create schema bench;
  create table bench.account (like ledger.account including all);
  create table bench.transfer (like ledger.transfer including all);
  alter table bench.transfer
    add foreign key (province_id, debit_account_id) references bench.account (province_id, id),
    add foreign key (province_id, credit_account_id) references bench.account (province_id, id),
    add foreign key (province_id, pending_id) references bench.transfer (province_id, id),
    add foreign key (province_id, reverses_id) references bench.transfer (province_id, id);
`;

type AccountRow = {
  readonly content_hash: Buffer;
  readonly id: string;
  readonly bounded: boolean;
  readonly debits_posted: bigint;
  readonly debits_pending: bigint;
  readonly credits_posted: bigint;
  readonly credits_pending: bigint;
  readonly version: bigint;
};

const wholeNumbers = new TypeOverrides();
wholeNumbers.setTypeParser(types.builtins.INT8, BigInt);

const statements = {
  lock: `
    select id, bounded, debits_posted, debits_pending, credits_posted, credits_pending, version
    from bench.account where province_id = $1 and id in ($2, $3) order by id for update`,
  insert: `
    insert into bench.transfer (
      province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version, amount,
      reference_id, happened_on, recorded_at,
      debit_debits_posted, debit_debits_pending, debit_credits_posted, debit_credits_pending,
      credit_debits_posted, credit_debits_pending, credit_credits_posted, credit_credits_pending, content_hash
    ) values ($1, $2, 'post', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
    on conflict (province_id, id) do nothing`,
  taken: `select content_hash from bench.transfer where province_id = $1 and id = $2`,
  move: `
    update bench.account set
      debits_posted = debits_posted + case id when $2 then $4::bigint else 0 end,
      credits_posted = credits_posted + case id when $3 then $4::bigint else 0 end,
      version = version + 1, moved_at = $5
    where province_id = $1 and id in ($2, $3)`,
} as const;

const run = (client: PoolClient, name: keyof typeof statements, values: unknown[]) =>
  client.query<AccountRow>({ name, text: statements[name], values });

async function post(client: PoolClient, provinceId: number, order: TransferOrder): Promise<void> {
  const { id, debitAccountId, creditAccountId, amount } = order;
  const { rows } = await run(client, 'lock', [provinceId, debitAccountId, creditAccountId]);
  const debit = must(
    rows.find((row) => row.id === debitAccountId),
    'the debit account',
  );
  const credit = must(
    rows.find((row) => row.id === creditAccountId),
    'the credit account',
  );
  const left = debit.credits_posted - debit.debits_posted - debit.debits_pending;
  assert(!debit.bounded || left >= amount, 'the reference never overdraws in the bench');
  const recordedAt = new Date();
  const contentHash = hash('sha256', contentOf(provinceId, order), 'buffer');
  const { rowCount } = await run(client, 'insert', [
    provinceId,
    id,
    order.kind,
    debitAccountId,
    creditAccountId,
    debit.version + 1n,
    credit.version + 1n,
    amount,
    order.referenceId,
    isoOf(order.happenedOn),
    recordedAt,
    debit.debits_posted + amount,
    debit.debits_pending,
    debit.credits_posted,
    debit.credits_pending,
    credit.debits_posted,
    credit.debits_pending,
    credit.credits_posted + amount,
    credit.credits_pending,
    contentHash,
  ]);
  if (rowCount !== 1) {
    const taken = await run(client, 'taken', [provinceId, id]);
    assert(taken.rows[0]?.content_hash.equals(contentHash) ?? false, 'the id bears other content');
    return;
  }
  await run(client, 'move', [provinceId, debitAccountId, creditAccountId, amount, recordedAt]);
}

export type PlainLedger = {
  readonly post: (order: TransferOrder) => Promise<void>;
  /** Copies rows, as `copyLine` writes them, into the twin: the fastest way that the server has. */
  readonly copy: (lines: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** `most` connections, as many as ours has. */
export function openPlain(connection: ClientConfig, provinceId: number, most: number): PlainLedger {
  const pool = new Pool({ ...connection, types: wholeNumbers, max: most });
  pool.on('error', nothing);
  const within = async (work: (client: PoolClient) => Promise<void>): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await work(client);
      await client.query('commit');
    } finally {
      client.release();
    }
  };
  return {
    post: (order) => within((client) => post(client, provinceId, order)),
    copy: (lines) => within((client) => copyInto(client, lines)),
    close: () => pool.end(),
  };
}

const copied =
  'province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version, amount, ' +
  'reference_id, happened_on, recorded_at, debit_debits_posted, debit_debits_pending, debit_credits_posted, ' +
  'debit_credits_pending, credit_debits_posted, credit_debits_pending, credit_credits_posted, ' +
  'credit_credits_pending, content_hash';

export function copyLine(order: TransferOrder, given: { provinceId: number; version: bigint }): string {
  const { provinceId, version } = given;
  const sums = Array.from({ length: 8 }, () => order.amount);
  return `${[
    provinceId,
    order.id,
    order.phase,
    order.kind,
    order.debitAccountId,
    order.creditAccountId,
    version,
    version,
    order.amount,
    order.referenceId,
    isoOf(order.happenedOn),
    '2024-09-05T08:30:00Z',
    ...sums,
    `\\\\x${hash('sha256', contentOf(provinceId, order), 'hex')}`,
  ].join('\t')}\n`;
}

declare module 'pg' {
  // What a query of one's own making may call; the types of `pg` leave it out.
  interface Connection {
    sendCopyFromChunk: (chunk: Buffer) => void;
    endCopyFrom: () => void;
  }
}

const nothing = (): void => undefined;

function copyInto(client: PoolClient, lines: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const copy = {
      submit: (connection: Connection) => connection.query(`copy bench.transfer (${copied}) from stdin`),
      handleCopyInResponse: (connection: Connection) => {
        connection.sendCopyFromChunk(Buffer.from(lines));
        connection.endCopyFrom();
      },
      handleCommandComplete: nothing,
      handleReadyForQuery: () => (failed ? undefined : resolve()),
      handleError: (error: Error) => {
        failed = true;
        reject(error);
      },
    };
    client.query(copy);
  });
}

import { generateKeyPairSync } from 'node:crypto';
import { day } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import { assert, must, ok } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { openAccounts, postTransfers } from '#ledger/actions.ts';
import type { TransferOrder } from '#ledger/contract.ts';
import { beginSealing, sealRecorded } from '#ledger/seal/actions.ts';
import { transferSource } from '#ledger/seal/contract.ts';
import { verifyLedger, type ProvinceReport } from '#ledger/verify/actions.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, noScope, openDatabase, type Database } from '#platform/db.ts';
import { appRole } from '#platform/installation.ts';
import { onSocket } from '#platform/postgres.ts';
import { signingKey } from '#platform/signature.ts';
import { openTrial, template } from '#testing/trial.ts';
import { againstLimit, measure, type Figure } from './measure.ts';

/**
 * A million transfers between a thousand accounts of one province, posted by the ledger itself, sealed, and
 * verified: each seal with its signature, each row by its hash, each account from zero. Server and verifier are
 * two processes, so on a machine of two cores each has one.
 */
const transferCount = 1_000_000;
const accountCount = 1_000;
const batchSize = 2_000;
const provinceId = 5;
const scope = { ...noScope, province: provinceId };
const start = Date.parse('2024-09-05T08:30:00.000Z');

/** xorshift32: the same transfers on every machine. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

async function fill(db: Database, clock: Clock): Promise<void> {
  const random = seeded(20_261_123);
  const ownerId = newId(start);
  const ids = Array.from({ length: accountCount + 1 }, () => newId(start));
  const notifier = must(ids[0], 'an account');
  const accounts = ids.map((id, place) => ({
    provinceId,
    id,
    ownerId,
    kind: `kind ${place}`,
    share: 'open',
    countyCode: null,
    bounded: place > 0,
  }));
  await inTransaction(db, scope, async (tx) => ok(await openAccounts(tx, accounts)));
  const pick = (): Id => must(ids[1 + random(accountCount)], 'an account');
  const order = (from: Id, to: Id, amount: bigint): TransferOrder => ({
    id: newId(clock.now().getTime()),
    phase: 'post',
    pendingId: null,
    debitAccountId: from,
    creditAccountId: to,
    amount: rial(amount),
    kind: 'move',
    referenceId: ownerId,
    reversesId: null,
    happenedOn: day('1403-06-15'),
  });
  let left = transferCount;
  const first = ids.slice(1).map((id) => order(notifier, id, 1_000_000_000_000n));
  for (let orders = first; orders.length > 0;) {
    const posting = orders;
    const posted = await inTransaction(db, scope, (tx) =>
      postTransfers(tx, { provinceId, orders: posting, mode: 'linked', clock }),
    );
    assert(posted.ok, 'every transfer of the bench is lawful');
    left -= posting.length;
    orders = Array.from({ length: Math.min(left, batchSize) }, () => {
      const from = pick();
      const to = pick();
      return order(from, to === from ? notifier : to, BigInt(1 + random(1_000_000)));
    });
  }
}

export async function* figures(): AsyncGenerator<Figure> {
  const trial = await openTrial();
  const db = openDatabase({
    connection: onSocket(trial.socketFolder, appRole, template),
    role: null,
    most: 4,
    name: 'bench',
  });
  try {
    let now = start;
    const clock: Clock = { now: () => new Date((now += 1)) };
    await fill(db, clock);
    now += 10_000;
    const key = signingKey(generateKeyPairSync('ed25519').privateKey);
    const sealing = performance.now();
    const sealed = await sealRecorded({ db, clock, key, sources: [transferSource] }, beginSealing());
    assert(sealed === transferCount, `${sealed} rows were sealed`);
    const sealedIn = (performance.now() - sealing) / 1000;
    yield {
      bench: 'verify',
      case: `sealing ${transferCount} transfers that wait`,
      unit: 'rows/s',
      ours: Math.round(transferCount / sealedIn),
      reference: null,
      ratio: null,
      target: null,
      n: 1,
      spread: 0,
    };
    let reports: ProvinceReport[] = [];
    const verify = async (): Promise<void> => {
      reports = await verifyLedger({
        db,
        sources: [transferSource],
        keptHeads: [],
        progress: () => {},
      });
    };
    const verifying = await measure({
      bench: 'verify',
      case: `verifying ${transferCount} transfers in ${transferCount / 10_000} seals`,
      unit: 'ms',
      better: 'lower',
      target: null,
      ours: verify,
      reference: null,
      runs: 3,
    });
    yield againstLimit(verifying, 10_000, 'lower');
    assert(
      reports.length === 1 &&
        reports.every(({ faults, sealed: rows }) => faults.length === 0 && rows === transferCount),
      'all is right, and everything was looked at',
    );
  } finally {
    await db.destroy();
    await trial.close();
  }
}

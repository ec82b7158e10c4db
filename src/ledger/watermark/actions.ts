import { setTimeout as pause } from 'node:timers/promises';
import { must, ok } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, read } from '#platform/db.ts';
import type { Database, Scope } from '#platform/db.ts';
import type { InstantRefusal } from '../contract.ts';
import { decideInstant } from '../rules.ts';
import { announce, close, findClosed, listPosting } from './queries.ts';

/** How long a reader waits for those who were posting when it came: the watermark lags no more than this. */
const patience = 2_000;

export type Closing = {
  readonly provinceId: number;
  /** A scope that may write in the province; a reader of all provinces gets what others have closed. */
  readonly scope: Scope;
  readonly clock: Clock;
};

/**
 * Moves the watermark of a province on to the present instant and gives it back: nothing is or will be recorded
 * at or before it that a read begun now does not see, by whatever clock. When somebody who was posting has not
 * ended after two seconds, it stays where it was, and the earlier instant is given back; null when there is
 * none. To be called outside any transaction that posts, which would wait for itself.
 *
 * An instant is announced first. Who asks for the accounts after that reads the announcement once it holds
 * them, and records later; who had asked before is waited for.
 */
export async function closeInstant(db: Database, closing: Closing): Promise<Date | null> {
  const { provinceId, scope, clock } = closing;
  if (scope.province !== provinceId) return read(db, scope, (tx) => findClosed(tx, provinceId));
  const at = await once(db, scope, (tx) => announce(tx, { provinceId, at: clock.now() }));
  if (await outlasted(db, scope)) return once(db, scope, (tx) => close(tx, { provinceId, at }));
  return read(db, scope, (tx) => findClosed(tx, provinceId));
}

/** False when one of those who are posting now has not ended in time. */
async function outlasted(db: Database, scope: Scope): Promise<boolean> {
  let posting = await read(db, scope, (tx) => listPosting(tx, null));
  let waited = 0;
  for (let wait = 1; posting.length > 0 && waited < patience; wait = Math.min(wait * 2, 50)) {
    await pause(wait);
    waited += wait;
    const among = posting;
    posting = await read(db, scope, (tx) => listPosting(tx, among));
  }
  return posting.length === 0;
}

async function once<Done>(
  db: Database,
  scope: Scope,
  work: (tx: Parameters<Parameters<typeof inTransaction>[2]>[0]) => Promise<Done>,
): Promise<Done> {
  const result = await inTransaction(db, scope, async (tx) => ok(await work(tx)));
  return must(result.ok ? result.value : undefined, 'closing an instant is never refused');
}

/**
 * The instant that a question about the past may be answered for: `asked` when it is closed, or can be closed
 * now; null asks for the newest there is. A later one is refused with the newest closed instant, which the
 * caller may take instead.
 */
export async function closedInstant(
  db: Database,
  asked: Closing & { readonly instant: Date | null },
): Promise<Result<Date, InstantRefusal>> {
  const closed = await read(db, asked.scope, (tx) => findClosed(tx, asked.provinceId));
  const { instant } = asked;
  if (instant !== null && closed !== null && instant <= closed) return ok(instant);
  const newest = await closeInstant(db, asked);
  return decideInstant(instant ?? newest ?? asked.clock.now(), newest);
}

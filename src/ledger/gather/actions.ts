import { setImmediate as endOfTurn } from 'node:timers/promises';
import { ok, refused } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import type { Database, Scope } from '#platform/db.ts';
import { codeOf } from '#platform/obstacle.ts';
import { postTransfers } from '../actions.ts';
import type { TransferAnswer, TransferKinds, TransferOrder, TransferRefusal } from '../contract.ts';
import { assertForm } from '../rules.ts';

/** The most orders that one transaction takes: beyond it the locks on the accounts are held for too long. */
const mostTogether = 256;

type Surroundings = { readonly db: Database; readonly clock: Clock; readonly kinds?: TransferKinds };

export type Single = {
  readonly provinceId: number;
  readonly scope: Scope;
  readonly order: TransferOrder;
};

type Outcome = Result<'posted' | 'replayed', TransferRefusal>;

type Waiting = {
  readonly order: TransferOrder;
  readonly settle: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
};

/** Callers whose orders may share a transaction: those who see the same rows of the ledger. */
type Lane = {
  readonly provinceId: number;
  readonly scope: Scope;
  waiting: Waiting[];
  /** True from the moment a departure is due until its transaction has ended. */
  busy: boolean;
};

export type Gathering = {
  /**
   * Posts one transfer in a transaction that it may share with those of other callers, and answers once it is
   * committed. A refusal concerns this order alone. Throws when nothing is known of what became of it (the
   * database was lost): sent again under the same id, it acts once.
   */
  readonly post: (single: Single) => Promise<Outcome>;
};

/**
 * Gathers single transfers: while one transaction is on its way, whoever comes meanwhile waits for it and goes
 * with the next, all of them together. Who comes when nothing is on its way goes at the end of the present turn
 * of the event loop. There is no timer, so that nobody waits for company that does not come.
 */
export function openGathering(given: Surroundings): Gathering {
  const lanes = new Map<string, Lane>();
  return {
    post: ({ provinceId, scope, order }) =>
      new Promise((settle, fail) => {
        // What is not even an order fails its caller here, before it shares anything with others.
        assertForm(provinceId, order);
        const lane = laneOf(lanes, provinceId, scope);
        lane.waiting.push({ order, settle, fail });
        if (!lane.busy) void run(given, lane);
      }),
  };
}

/** The ledger's policies read province and county; office and person of a caller change nothing. */
function laneOf(lanes: Map<string, Lane>, provinceId: number, { province, county }: Scope): Lane {
  const name = JSON.stringify([provinceId, province, county]);
  const known = lanes.get(name);
  if (known !== undefined) return known;
  const lane: Lane = { provinceId, scope: { ...noScope, province, county }, waiting: [], busy: false };
  lanes.set(name, lane);
  return lane;
}

/** Takes along, again and again, whoever has come by the end of a turn, until nobody waits. */
async function run(given: Surroundings, lane: Lane): Promise<void> {
  lane.busy = true;
  while (lane.waiting.length > 0) {
    await endOfTurn();
    await commit(given, lane, lane.waiting.splice(0, mostTogether));
  }
  lane.busy = false;
}

/** Answers every one of the group, whatever happens; never throws. */
async function commit(given: Surroundings, lane: Lane, group: readonly Waiting[]): Promise<void> {
  const { provinceId, scope } = lane;
  const orders = group.map(({ order }) => order);
  try {
    const posted = await inTransaction(given.db, scope, (tx) =>
      postTransfers(tx, { ...given, provinceId, orders, mode: 'unlinked' }),
    );
    if (posted.ok) posted.value.forEach((answer, index) => group[index]?.settle(outcomeOf(answer)));
    else if (group.length === 1) group[0]?.settle(posted);
    else await commitApart(given, lane, group);
  } catch (error) {
    if (group.length > 1 && liesInAnOrder(error)) await commitApart(given, lane, group);
    else for (const { fail } of group) fail(error);
  }
}

/** What one of them broke was rolled back for all: halved until it stands alone, the others get through. */
async function commitApart(given: Surroundings, lane: Lane, group: readonly Waiting[]): Promise<void> {
  const middle = Math.ceil(group.length / 2);
  await commit(given, lane, group.slice(0, middle));
  await commit(given, lane, group.slice(middle));
}

const outcomeOf = (answer: TransferAnswer): Outcome =>
  answer.outcome === 'refused' ? refused(answer.refusal) : ok(answer.outcome);

/**
 * Whether the database complained of what it was given (SQLSTATE classes 22, 23 and 40) and has rolled back.
 * Anything else, a lost connection above all, says nothing of any one order and may have been committed: each
 * caller is told, and asks again under the same id.
 */
const liesInAnOrder = (error: unknown): boolean => /^(?:22|23|40)/.test(codeOf(error) ?? '');

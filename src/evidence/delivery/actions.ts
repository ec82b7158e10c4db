import type { Actor } from '#kernel/actor.ts';
import { type Day, addDays, dayFromIso, dayOfInstant, isoOf, partsOf } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { type Database, type Tx, inTransaction, noScope, read } from '#platform/db.ts';
import type { Job } from '#platform/jobs.ts';
import type { Catalogue } from '../actions.ts';
import { performanceOf } from '../report/actions.ts';
import { type Report, type ReportWords, reportShape } from '../report/contract.ts';
import { listNamedCounties, listNamedProvinces } from '../report/queries.ts';
import {
  type Deliveries,
  type Delivered,
  type DeliveryRefusal,
  type SubscriptionOrder,
  rhythms,
} from './contract.ts';
import {
  type Subscriber,
  type SubscriptionRow,
  endSubscription,
  findDelivery,
  insertDelivery,
  insertSubscription,
  listDeliveries,
  listDue,
  listSubscriptions,
} from './queries.ts';
import { dueUntil, lastDayOf } from './rules.ts';

/** Who orders or ends, in which transaction and province. */
type Subscribing = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly provinceId: number;
  readonly by: Actor;
};
type Done = Promise<Result<{ readonly id: Id }, DeliveryRefusal>>;

/**
 * From tomorrow on, so that nothing is given that was due before it was asked for. A county office orders the report
 * of its county, whatever it leaves open.
 */
export async function subscribe({ tx, clock, provinceId, by }: Subscribing, order: SubscriptionOrder): Done {
  const county = order.county ?? by.scope.county;
  const counties = await listNamedCounties(tx, provinceId);
  if (county !== null && !counties.some(({ countyCode }) => countyCode === county))
    return refused({ kind: 'CountyNotYours' });
  const at = clock.now();
  const row = {
    provinceId,
    userId: by.userId,
    personId: by.personId,
    id: id(order.id),
    countyCode: county,
    rhythm: order.rhythm,
    begunOn: addDays(dayOfInstant(at.getTime()), 1),
    begunAt: at,
  };
  return (await insertSubscription(tx, row)) ? ok({ id: row.id }) : refused({ kind: 'SubscriptionStands' });
}

export async function unsubscribe({ tx, clock, provinceId, by }: Subscribing, subscriptionId: string): Done {
  const { userId } = by;
  const ended = await endSubscription(tx, { provinceId, userId, id: subscriptionId, at: clock.now() });
  return ended ? ok({ id: id(subscriptionId) }) : refused({ kind: 'SubscriptionMissing' });
}

export async function deliveriesOf(tx: Tx, subscriber: Subscriber): Promise<Deliveries> {
  const counties = await listNamedCounties(tx, subscriber.provinceId);
  return {
    subscriptions: (await listSubscriptions(tx, subscriber)).map((one) => ({
      id: one.id,
      county: counties.find(({ countyCode }) => countyCode === one.countyCode)?.name ?? null,
      rhythm: one.rhythm,
      begunOn: isoOf(one.begunOn),
    })),
    deliveries: (await listDeliveries(tx, subscriber)).map((one) => ({
      subscription: one.subscriptionId,
      dueOn: isoOf(one.dueOn),
      title: one.title,
      deliveredAt: one.deliveredAt.toISOString(),
    })),
  };
}

export async function deliveredOf(
  tx: Tx,
  asked: Subscriber & { readonly id: string; readonly dueOn: string },
): Promise<Result<Delivered, DeliveryRefusal>> {
  const report = await findDelivery(tx, { ...asked, due: dayFromIso(asked.dueOn) });
  return report === undefined
    ? refused({ kind: 'DeliveryMissing' })
    : ok({ dueOn: asked.dueOn, report: reportShape.parse(report) });
}

// ---- the job

export type Delivering = {
  readonly db: Database;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly words: ReportWords;
};

const everywhere = { ...noScope, province: 'all' } as const;

/**
 * Gives every reader what is due, once each however often it runs; of what fell due while nothing ran only the last.
 * Gives back how many reports were given.
 */
export async function deliverReports(delivering: Delivering, signal?: AbortSignal): Promise<number> {
  const { db, clock } = delivering;
  let given = 0;
  for (const { provinceId } of await read(db, everywhere, listNamedProvinces))
    for (const rhythm of rhythms) {
      const due = dueUntil(rhythm, dayOfInstant(clock.now().getTime()));
      const scope = { ...noScope, province: provinceId };
      for (const row of await read(db, scope, (tx) => listDue(tx, { provinceId, rhythm, due }))) {
        if (signal?.aborted === true) return given;
        if (await deliver(delivering, { provinceId, row, due })) given += 1;
      }
    }
  return given;
}

type Due = { readonly provinceId: number; readonly row: SubscriptionRow; readonly due: Day };

async function deliver(delivering: Delivering, { provinceId, row, due }: Due): Promise<boolean> {
  const { db, clock } = delivering;
  const scope = { ...noScope, province: provinceId, county: row.countyCode };
  const report = await read(db, scope, (tx) => reportOf(tx, delivering, { provinceId, row, due }));
  const delivery = {
    provinceId,
    subscriptionId: row.id,
    countyCode: row.countyCode,
    due,
    report,
    at: clock.now(),
  };
  let given = false;
  await inTransaction<undefined, never>(db, scope, async (tx) => {
    given = await insertDelivery(tx, delivery);
    return ok();
  });
  return given;
}

async function reportOf(
  tx: Tx,
  { catalogue, words }: Delivering,
  { provinceId, row, due }: Due,
): Promise<Report> {
  const today = lastDayOf(due);
  const counties = await listNamedCounties(tx, provinceId);
  const province = (await listNamedProvinces(tx)).find((one) => one.provinceId === provinceId);
  return performanceOf(tx, catalogue, {
    provinceId,
    province: must(province, 'a province that is subscribed to'),
    counties,
    county: counties.find(({ countyCode }) => countyCode === row.countyCode) ?? null,
    year: partsOf(today).year,
    today,
    words,
  });
}

/** Looks every ten minutes for reports that are due. */
export const deliveryJob = (delivering: Delivering): Job => ({
  name: 'deliver',
  every: 600_000,
  run: (signal) => deliverReports(delivering, signal),
});

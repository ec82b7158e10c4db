import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Tx } from '#platform/db.ts';
import type { Report } from '../report/contract.ts';
import { type Rhythm, mostListed } from './contract.ts';

export type Subscriber = { readonly provinceId: number; readonly userId: Id };
export type SubscriptionRow = {
  readonly id: Id;
  readonly countyCode: string | null;
  readonly rhythm: Rhythm;
  readonly begunOn: Day;
};

/** False where the reader has one of the place already. */
export async function insertSubscription(
  tx: Tx,
  row: SubscriptionRow & Subscriber & { readonly personId: Id; readonly begunAt: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into evidence.subscription (
      province_id, subscription_id, county_code, user_id, person_id, rhythm, begun_on, begun_at
    ) values (
      ${row.provinceId}, ${row.id}, ${row.countyCode}, ${row.userId}, ${row.personId}, ${row.rhythm},
      ${isoOf(row.begunOn)}, ${row.begunAt}
    )
    on conflict do nothing returning subscription_id
  `.execute(tx);
  return rows.length === 1;
}

/** False where the reader has no such one, or it has ended. */
export async function endSubscription(
  tx: Tx,
  { provinceId, userId, id, at }: Subscriber & { readonly id: string; readonly at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update evidence.subscription set ended_at = ${at}
    where province_id = ${provinceId} and subscription_id = ${id}::uuid and user_id = ${userId} and ended_at is null
    returning subscription_id
  `.execute(tx);
  return rows.length === 1;
}

const columns = sql`subscription_id as id, county_code as "countyCode", rhythm, begun_on as "begunOn"`;

/** Those of a reader that have not ended. */
export async function listSubscriptions(
  tx: Tx,
  { provinceId, userId }: Subscriber,
): Promise<SubscriptionRow[]> {
  const { rows } = await sql<SubscriptionRow>`
    select ${columns} from evidence.subscription
    where province_id = ${provinceId} and user_id = ${userId} and ended_at is null order by begun_at
  `.execute(tx);
  return rows;
}

/** Those of a rhythm that began by the day on which they are due, and were not given then. */
export async function listDue(
  tx: Tx,
  { provinceId, rhythm, due }: { readonly provinceId: number; readonly rhythm: Rhythm; readonly due: Day },
): Promise<SubscriptionRow[]> {
  const { rows } = await sql<SubscriptionRow>`
    select ${columns} from evidence.subscription
    where province_id = ${provinceId} and rhythm = ${rhythm} and ended_at is null and begun_on <= ${isoOf(due)}
      and not exists (
        select from evidence.delivery
        where delivery.province_id = subscription.province_id
          and delivery.subscription_id = subscription.subscription_id and delivery.due_on = ${isoOf(due)}
      )
    order by subscription_id
  `.execute(tx);
  return rows;
}

export async function insertDelivery(
  tx: Tx,
  row: {
    readonly provinceId: number;
    readonly subscriptionId: Id;
    readonly countyCode: string | null;
    readonly due: Day;
    readonly report: Report;
    readonly at: Date;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into evidence.delivery (province_id, subscription_id, due_on, county_code, report, delivered_at)
    values (${row.provinceId}, ${row.subscriptionId}, ${isoOf(row.due)}, ${row.countyCode},
      ${JSON.stringify(row.report)}, ${row.at})
    on conflict do nothing returning subscription_id
  `.execute(tx);
  return rows.length === 1;
}

export type DeliveryRow = {
  readonly subscriptionId: Id;
  readonly dueOn: Day;
  readonly title: Bilingual;
  readonly deliveredAt: Date;
};

/** What a reader was given, the newest first; also of what has ended since. */
export async function listDeliveries(tx: Tx, { provinceId, userId }: Subscriber): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select delivery.subscription_id as "subscriptionId", delivery.due_on as "dueOn",
      delivery.report -> 'title' as title, delivery.delivered_at as "deliveredAt"
    from evidence.delivery
    join evidence.subscription on subscription.province_id = delivery.province_id
      and subscription.subscription_id = delivery.subscription_id
    where delivery.province_id = ${provinceId} and subscription.user_id = ${userId}
    order by delivery.due_on desc, delivery.subscription_id limit ${mostListed}
  `.execute(tx);
  return rows;
}

/** A report as it was given; undefined where it was given to nobody or to another. */
export async function findDelivery(
  tx: Tx,
  { provinceId, userId, id, due }: Subscriber & { readonly id: string; readonly due: Day },
): Promise<unknown> {
  const { rows } = await sql<{ report: unknown }>`
    select delivery.report from evidence.delivery
    join evidence.subscription on subscription.province_id = delivery.province_id
      and subscription.subscription_id = delivery.subscription_id
    where delivery.province_id = ${provinceId} and delivery.subscription_id = ${id}::uuid
      and delivery.due_on = ${isoOf(due)} and subscription.user_id = ${userId}
  `.execute(tx);
  return rows[0]?.report;
}

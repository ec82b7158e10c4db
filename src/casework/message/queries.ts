import { sql } from 'kysely';
import type { Id } from '#kernel/id.ts';
import type { Tx } from '#platform/db.ts';
import type { Channel, Reason } from '#platform/messenger.ts';
import { caseTopic } from '../contract.ts';

export type UndeliveredRow = {
  readonly messageId: Id;
  readonly provinceId: number;
  readonly provinceFa: string;
  readonly provinceEn: string;
  readonly madeAt: Date;
  readonly triedAt: Date;
  readonly channel: Channel;
  readonly carrier: string;
  readonly state: 'refused' | 'given_up';
  readonly reason: Reason;
  readonly answer: string | null;
  readonly tries: number;
  readonly caseId: Id;
  readonly number: string | null;
};

type Asked = {
  /** Null for all provinces. */
  readonly provinceId: number | null;
  /** The last try and the id of the message after which the list goes on. */
  readonly after: readonly [triedAt: string, messageId: string] | null;
  readonly limit: number;
};

/** Messages that were refused or given up, the latest first. */
export async function listUndelivered(
  tx: Tx,
  { provinceId, after, limit }: Asked,
): Promise<UndeliveredRow[]> {
  const [triedAt = null, messageId = null] = after ?? [];
  const { rows } = await sql<UndeliveredRow>`
    select message.message_id as "messageId", message.province_id as "provinceId",
      province.name_fa as "provinceFa", province.name_en as "provinceEn", message.made_at as "madeAt",
      message.tried_at as "triedAt", message.channel, message.carrier, message.state, message.reason,
      message.answer, message.tries, message.subject_id as "caseId", tracking.number
    from platform.message message
    join place.read_province province on province.province_id = message.province_id
    left join casework.tracking
      on tracking.province_id = message.province_id and tracking.case_id = message.subject_id
      and message.topic = ${caseTopic}
    where message.state in ('refused', 'given_up')
      and (${provinceId}::smallint is null or message.province_id = ${provinceId}::smallint)
      and (${triedAt}::timestamptz is null
        or (message.tried_at, message.message_id) < (${triedAt}::timestamptz, ${messageId}::uuid))
    order by message.tried_at desc, message.message_id desc
    limit ${limit}
  `.execute(tx);
  return rows;
}

export async function findMessageStanding(
  tx: Tx,
  { provinceId, messageId }: { readonly provinceId: number; readonly messageId: Id },
): Promise<'waiting' | 'sent' | 'refused' | 'given_up' | undefined> {
  const { rows } = await sql<{ state: 'waiting' | 'sent' | 'refused' | 'given_up' }>`
    select state from platform.message where province_id = ${provinceId} and message_id = ${messageId}
  `.execute(tx);
  return rows[0]?.state;
}

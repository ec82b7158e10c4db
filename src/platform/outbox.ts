import { sql } from 'kysely';
import { newId, type Id } from '#kernel/id.ts';
import type { Clock } from './clock.ts';
import type { Tx } from './db.ts';
import type { Channel, Reason } from './messenger.ts';

/** The role of whoever opened a case without a name: told by the number that they left with it, which no message holds. */
export const unnamed = 'citizen';

/** A message as the room that causes it writes it: what it is about and its facts, the words come when it is sent. */
export type NewMessage = {
  readonly provinceId: number;
  readonly channel: Channel;
  /** The person, or null for a role at this place or for somebody `unnamed`. */
  readonly personId: Id | null;
  readonly role: string | null;
  readonly countyCode: string | null;
  readonly officeId: Id | null;
  /** The word of the room: `case`. */
  readonly topic: string;
  readonly subjectId: Id;
  readonly facts: Readonly<Record<string, string | null>>;
};

/** Writes a message in the caller's transaction, so that none is sent for what was not done and none is lost. */
export async function writeMessage(tx: Tx, message: NewMessage, clock: Clock): Promise<void> {
  const at = clock.now();
  await sql`
    insert into platform.message (
      province_id, message_id, channel, person_id, role, county_code, office_id, topic, subject_id, facts, made_at, due_at
    ) values (
      ${message.provinceId}, ${newId(at.getTime())}, ${message.channel}, ${message.personId}, ${message.role},
      ${message.countyCode}, ${message.officeId}, ${message.topic}, ${message.subjectId},
      ${JSON.stringify(message.facts)}::jsonb, ${at}, ${at}
    )
  `.execute(tx);
}

/** The same for many at once, by one statement. */
export async function writeMessages(tx: Tx, messages: readonly NewMessage[], clock: Clock): Promise<void> {
  if (messages.length === 0) return;
  const at = clock.now();
  const rows = messages.map((message) => ({
    province_id: message.provinceId,
    message_id: newId(at.getTime()),
    channel: message.channel,
    person_id: message.personId,
    role: message.role,
    county_code: message.countyCode,
    office_id: message.officeId,
    topic: message.topic,
    subject_id: message.subjectId,
    facts: message.facts,
  }));
  await sql`
    insert into platform.message (
      province_id, message_id, channel, person_id, role, county_code, office_id, topic, subject_id, facts, made_at, due_at
    )
    select province_id, message_id, channel, person_id, role, county_code, office_id, topic, subject_id, facts, ${at}, ${at}
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      province_id smallint, message_id uuid, channel text, person_id uuid, role text, county_code text,
      office_id uuid, topic text, subject_id uuid, facts jsonb
    )
  `.execute(tx);
}

/** It waits, was sent, was refused for good, or was given up after many tries. */
export type MessageStanding = 'waiting' | 'sent' | 'refused' | 'given_up';

export type MessageState = {
  readonly messageId: Id;
  readonly channel: Channel;
  readonly personId: Id | null;
  readonly role: string | null;
  readonly madeAt: Date;
  readonly state: MessageStanding;
  /** When it was tried last. */
  readonly triedAt: Date | null;
  /** What carried it, or tried to; `log` is nobody: the desk shows what would have been sent. */
  readonly carrier: string | null;
  readonly textFa: string | null;
  readonly textEn: string | null;
  readonly reason: Reason | null;
  readonly answer: string | null;
};

/** The messages about one thing, in their order. */
export async function listMessages(
  tx: Tx,
  about: { readonly provinceId: number; readonly topic: string; readonly subjectId: string },
): Promise<MessageState[]> {
  const { rows } = await sql<MessageState>`
    select
      message_id as "messageId", channel, person_id as "personId", role, made_at as "madeAt",
      state, tried_at as "triedAt", carrier, text_fa as "textFa", text_en as "textEn", reason, answer
    from platform.message
    where province_id = ${about.provinceId} and topic = ${about.topic} and subject_id = ${about.subjectId}::uuid
    order by made_at, message_id
  `.execute(tx);
  return rows;
}

/**
 * Lets a message that was refused or given up wait again, or all of a province. After a refusal it goes under another
 * id, because the other side may give the same answer to the same id; after a failure under the same one, because it
 * may have arrived. How many wait now.
 */
export async function waitAgain(
  tx: Tx,
  asked: { readonly provinceId: number; readonly messageId: Id | 'all'; readonly at: Date },
): Promise<number> {
  const { provinceId, messageId, at } = asked;
  const { rows } = await sql`
    update platform.message
    set state = 'waiting', tries = 0, due_at = ${at},
      sending = case state when 'refused' then sending + 1 else sending end
    where province_id = ${provinceId} and state in ('refused', 'given_up')
      and ${messageId === 'all' ? sql`true` : sql`message_id = ${messageId}`}
    returning message_id
  `.execute(tx);
  return rows.length;
}

import { sql } from 'kysely';
import { newId, type Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { ok } from '#kernel/result.ts';
import type { Clock } from './clock.ts';
import { inTransaction, noScope, type Database, type Tx } from './db.ts';
import type { Job } from './jobs.ts';
import { reasonOf } from './obstacle.ts';

export const channels = ['sms', 'email', 'desk'] as const;
export type Channel = (typeof channels)[number];

/** A message as the room that causes it writes it: what it is about and its facts, the words come when it is sent. */
export type NewMessage = {
  readonly provinceId: number;
  readonly channel: Channel;
  /** The person, or null for a role at this place. */
  readonly personId: Id | null;
  readonly role: string | null;
  readonly countyCode: string | null;
  readonly officeId: Id | null;
  /** The word of the room: `case`. */
  readonly topic: string;
  readonly subjectId: Id;
  readonly facts: Readonly<Record<string, string | null>>;
};

export type Message = NewMessage & { readonly messageId: Id; readonly madeAt: Date; readonly tries: number };

/** Writes a message in the caller's transaction, so that none is sent for what was not done and none is lost. */
export async function writeMessage(tx: Tx, message: NewMessage, clock: Clock): Promise<void> {
  const at = clock.now();
  await sql`
    insert into platform.message (
      province_id, message_id, channel, person_id, role, county_code, office_id, topic, subject_id, facts, made_at
    ) values (
      ${message.provinceId}, ${newId(at.getTime())}, ${message.channel}, ${message.personId}, ${message.role},
      ${message.countyCode}, ${message.officeId}, ${message.topic}, ${message.subjectId},
      ${JSON.stringify(message.facts)}::jsonb, ${at}
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
      province_id, message_id, channel, person_id, role, county_code, office_id, topic, subject_id, facts, made_at
    )
    select province_id, message_id, channel, person_id, role, county_code, office_id, topic, subject_id, facts, ${at}
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      province_id smallint, message_id uuid, channel text, person_id uuid, role text, county_code text,
      office_id uuid, topic text, subject_id uuid, facts jsonb
    )
  `.execute(tx);
}

export type MessageState = {
  readonly messageId: Id;
  readonly channel: Channel;
  readonly personId: Id | null;
  readonly role: string | null;
  readonly madeAt: Date;
  readonly sentAt: Date | null;
  /** What carried it; `log` is nobody: the desk shows what would have been sent. */
  readonly carrier: string | null;
  readonly textFa: string | null;
  readonly textEn: string | null;
  readonly failure: string | null;
};

/** The messages about one thing, in their order. */
export async function listMessages(
  tx: Tx,
  about: { readonly provinceId: number; readonly topic: string; readonly subjectId: string },
): Promise<MessageState[]> {
  const { rows } = await sql<MessageState>`
    select
      message_id as "messageId", channel, person_id as "personId", role, made_at as "madeAt",
      sent_at as "sentAt", carrier, text_fa as "textFa", text_en as "textEn", failure
    from platform.message
    where province_id = ${about.provinceId} and topic = ${about.topic} and subject_id = ${about.subjectId}::uuid
    order by made_at, message_id
  `.execute(tx);
  return rows;
}

/** What carries messages of a channel out of the house: an operator of SMS, a mail server. */
export type Messenger = {
  readonly name: string;
  /** Sends or throws. A message may come twice when the process is killed in between: its id tells. */
  readonly send: (message: Message & { readonly text: Bilingual }) => Promise<void>;
};

/** Sends nothing: the desk shows what would have been sent. */
export const logMessenger: Messenger = { name: 'log', send: () => Promise.resolve() };

export type Posting = {
  readonly db: Database;
  readonly clock: Clock;
  readonly provinces: () => Promise<readonly number[]>;
  /** The words of a topic; undefined where the message has nothing to say any more. */
  readonly say: (message: Message) => Bilingual | undefined;
  readonly messengers: Readonly<Record<Channel, Messenger>>;
};

// Few, because a slow operator holds the transaction of its batch.
const batch = 20;
const mostTries = 10;

/** Sends what waits, every five seconds. */
export const postingJob = (posting: Posting): Job => ({
  name: 'post',
  every: 5_000,
  run: (signal) => sendWaiting(posting, signal),
});

/** Sends what waits in each province, oldest first; gives back how many went. */
export async function sendWaiting(posting: Posting, signal?: AbortSignal): Promise<number> {
  let sent = 0;
  const ended = (): boolean => signal?.aborted ?? false;
  for (const province of await posting.provinces())
    for (let more = true; more && !ended();) {
      const done = await inTransaction(posting.db, { ...noScope, province }, async (tx) =>
        ok(await sendBatch(tx, province, posting)),
      );
      sent += done.ok ? done.value : 0;
      more = done.ok && done.value === batch;
    }
  return sent;
}

async function sendBatch(tx: Tx, provinceId: number, posting: Posting): Promise<number> {
  const now = posting.clock.now();
  const { rows } = await sql<Message>`
    select
      province_id as "provinceId", message_id as "messageId", channel, person_id as "personId", role,
      county_code as "countyCode", office_id as "officeId", topic, subject_id as "subjectId", facts,
      made_at as "madeAt", tries
    from platform.message
    where province_id = ${provinceId} and sent_at is null and tries < ${mostTries}
      and (tried_at is null or tried_at < ${new Date(now.getTime() - 60_000)})
    order by made_at, message_id
    limit ${batch}
    for update skip locked
  `.execute(tx);
  for (const message of rows) await sendOne(tx, message, posting);
  return rows.length;
}

async function sendOne(tx: Tx, message: Message, { say, messengers, clock }: Posting): Promise<void> {
  const { provinceId, messageId, channel } = message;
  const text = say(message);
  const messenger = messengers[channel];
  const now = clock.now();
  try {
    if (text !== undefined) await messenger.send({ ...message, text });
  } catch (error) {
    await sql`
      update platform.message
      set tries = tries + 1, tried_at = ${now}, failure = ${reasonOf(error).slice(0, 300)}
      where province_id = ${provinceId} and message_id = ${messageId}
    `.execute(tx);
    return;
  }
  await sql`
    update platform.message
    set sent_at = ${now}, carrier = ${messenger.name}, text_fa = ${text?.fa ?? null},
      text_en = ${text?.en ?? null}, tries = tries + 1, tried_at = ${now}, failure = null
    where province_id = ${provinceId} and message_id = ${messageId}
  `.execute(tx);
}

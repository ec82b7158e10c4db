import { sql } from 'kysely';
import { newId, type Id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { ok } from '#kernel/result.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { inTransaction, noScope, type Database, type Tx } from './db.ts';
import type { Job } from './jobs.ts';
import { readDemonstration } from './installation.ts';
import { mailMessenger } from './mail.ts';
import {
  logMessenger,
  type Channel,
  type Delivery,
  type Letter,
  type Messenger,
  type Messengers,
  type Reason,
} from './messenger.ts';
import type { Language } from './site.ts';
import { smsMessenger } from './sms.ts';
import { unnamed, type NewMessage } from './outbox.ts';

type Message = NewMessage & {
  readonly messageId: Id;
  readonly madeAt: Date;
  readonly tries: number;
  readonly sending: number;
};

/** Where a person is reached. */
export type Address = {
  readonly phone: string | null;
  readonly email: string | null;
  /** The language in which they turned to us, where that is known; anybody else is told in Persian. */
  readonly language?: Language;
};
const noAddress: Address = { phone: null, email: null };

export type Posting = {
  readonly db: Database;
  readonly clock: Clock;
  readonly provinces: () => Promise<readonly number[]>;
  /** The words of a message; undefined where it has nothing to say any more. */
  readonly say: (message: NewMessage) => Bilingual | undefined;
  readonly addressesOf: (
    tx: Tx,
    asked: { readonly provinceId: number; readonly personIds: readonly Id[] },
  ) => Promise<ReadonlyMap<Id, Address>>;
  /** Where whoever stays `unnamed` is reached, by what they opened. */
  readonly unnamedAt?: (
    tx: Tx,
    asked: { readonly provinceId: number; readonly subjectIds: readonly Id[] },
  ) => Promise<ReadonlyMap<Id, Address>>;
  readonly messengers: () => Promise<Messengers>;
  /** Milliseconds after which an answer is not waited for any more. */
  readonly patience?: number;
};

/** Who carries messages, as it is set. Whoever is made up is never written to: the number may be somebody's. */
export function findMessengers({
  db,
  config,
}: Pick<Posting, 'db'> & { readonly config: Pick<Config, 'sms' | 'mail'> }): Posting['messengers'] {
  const shown = { sms: logMessenger, email: logMessenger, desk: logMessenger };
  const real = {
    ...shown,
    ...(config.sms === undefined ? {} : { sms: smsMessenger(config.sms) }),
    ...(config.mail === undefined ? {} : { email: mailMessenger(config.mail) }),
  };
  return async () => ((await readDemonstration(db)) === 'loaded' ? shown : real);
}

const batch = 20;
const usualPatience = 20_000;
/** Longer than any try lasts: after it, the one who took the message was killed, and it is sent again. */
const longestTry = 120_000;
/** With these pauses a message is given up after about eight hours. */
const mostTries = 10;
const pauseAfter = (tries: number): number => Math.min(60_000 * 2 ** (tries - 1), 4 * 3_600_000);

/** Sends what waits, every five seconds. */
export const postingJob = (posting: Posting): Job => ({
  name: 'post',
  every: 5_000,
  run: (signal) => sendWaiting(posting, signal),
});

/** Sends what is due in each province, oldest first; gives back how many messages were taken. */
export async function sendWaiting(
  posting: Posting,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const messengers = await posting.messengers();
  let count = 0;
  for (const province of await posting.provinces())
    for (let more = true; more && !signal.aborted;) {
      const outgoing: Outgoing[] = [];
      const taken = await inTransaction(posting.db, { ...noScope, province }, async (tx) => {
        // What is tried again after a lost race begins anew.
        outgoing.length = 0;
        return ok(await takeBatch(tx, { province, posting, messengers, outgoing }));
      });
      await Promise.all(outgoing.map((one) => sendOne(posting, one, signal)));
      count += taken.ok ? taken.value : 0;
      more = taken.ok && taken.value > 0;
    }
  return count;
}

type Taking = {
  readonly province: number;
  readonly posting: Posting;
  readonly messengers: Messengers;
  /** Filled with what is to be sent once the transaction stands. */
  readonly outgoing: Outgoing[];
};
type Outgoing = {
  readonly message: Message;
  readonly letter: Letter;
  readonly carrier: string;
  readonly send: NonNullable<Messenger['send']>;
};

async function takeBatch(tx: Tx, { province, posting, messengers, outgoing }: Taking): Promise<number> {
  const now = posting.clock.now();
  const { rows } = await sql<Message>`
    select
      province_id as "provinceId", message_id as "messageId", channel, person_id as "personId", role,
      county_code as "countyCode", office_id as "officeId", topic, subject_id as "subjectId", facts,
      made_at as "madeAt", tries, sending
    from platform.message
    where province_id = ${province} and state = 'waiting' and due_at <= ${now}
    order by due_at, message_id
    limit ${batch}
    for update skip locked
  `.execute(tx);
  const addressOf = await findAddresses(tx, { province, posting, rows });
  for (const row of rows) {
    const address = addressOf(row) ?? noAddress;
    const way = wayOf(row.channel, address, messengers);
    const messenger = messengers[way.channel];
    const text = posting.say(row);
    const message = { ...row, channel: way.channel, tries: row.tries + 1 };
    const ending = { message, carrier: messenger.name, text, now };
    if (text === undefined) await note(tx, ending, failedBy('refused', 'wordless'));
    else if (messenger.send === null) await note(tx, ending, sent);
    else if (way.to === null) await note(tx, ending, failedBy('refused', reasonWithout[way.channel]));
    else {
      await keep(tx, message, new Date(now.getTime() + longestTry));
      const { messageId, sending } = message;
      const letterId = sending === 1 ? messageId : `${messageId}-${sending}`;
      const letter = { id: letterId, to: way.to, text, language: address.language ?? 'fa' };
      outgoing.push({ message, letter, carrier: messenger.name, send: messenger.send });
      if (way.channel === 'sms' && address.email !== null && messengers.email.send !== null)
        await copyToEmail(tx, message, now);
    }
  }
  return rows.length;
}

type Finding = Pick<Taking, 'province' | 'posting'> & { readonly rows: readonly Message[] };

async function findAddresses(
  tx: Tx,
  { province: provinceId, posting, rows }: Finding,
): Promise<(message: Message) => Address | undefined> {
  const personIds = rows.flatMap(({ personId }) => personId ?? []);
  const persons = await posting.addressesOf(tx, { provinceId, personIds });
  const subjectIds = rows.flatMap(({ role, subjectId }) => (role === unnamed ? [subjectId] : []));
  const others =
    subjectIds.length === 0 ? undefined : await posting.unnamedAt?.(tx, { provinceId, subjectIds });
  return ({ personId, role, subjectId }) => {
    if (personId !== null) return persons.get(personId);
    return role === unnamed ? others?.get(subjectId) : undefined;
  };
}

const sent: Delivery = { outcome: 'sent', reason: null, answer: null };
const failedBy = (outcome: 'refused' | 'failed', reason: Reason): Delivery => ({
  outcome,
  reason,
  answer: null,
});
const reasonWithout = { sms: 'no_phone', email: 'no_email', desk: 'no_phone' } as const;

/** By SMS to a mobile phone; without one, by e-mail where an address is known. */
function wayOf(
  channel: Channel,
  { phone, email }: Address,
  messengers: Messengers,
): { readonly channel: Channel; readonly to: string | null } {
  const mobile = phone !== null && /^09\d{9}$/.test(phone) ? phone : null;
  if (channel === 'email') return { channel, to: email };
  if (messengers[channel].send === null || mobile !== null) return { channel, to: mobile };
  return email !== null && messengers.email.send !== null
    ? { channel: 'email', to: email }
    : { channel, to: null };
}

/** Takes a message: nobody else does until the day that is set here. */
async function keep(tx: Tx, { provinceId, messageId, channel, tries }: Message, until: Date): Promise<void> {
  await sql`
    update platform.message set channel = ${channel}, tries = ${tries}, due_at = ${until}
    where province_id = ${provinceId} and message_id = ${messageId}
  `.execute(tx);
}

/** Whoever has an e-mail address is told by e-mail too, once. */
async function copyToEmail(tx: Tx, message: Message, now: Date): Promise<void> {
  const { provinceId, messageId } = message;
  await sql`
    insert into platform.message (
      province_id, message_id, channel, person_id, role, county_code, office_id, topic, subject_id, facts, made_at,
      due_at, copy_of
    ) values (
      ${provinceId}, ${newId(now.getTime())}, 'email', ${message.personId}, ${message.role}, ${message.countyCode},
      ${message.officeId}, ${message.topic}, ${message.subjectId}, ${JSON.stringify(message.facts)}::jsonb,
      ${message.madeAt}, ${now}, ${messageId}
    )
    on conflict (province_id, copy_of) do nothing
  `.execute(tx);
}

/** Sends outside any transaction, and writes down how it ended. A try that is cut off by the end of the process is not. */
async function sendOne(posting: Posting, outgoing: Outgoing, signal: AbortSignal): Promise<void> {
  const { message, letter, carrier, send } = outgoing;
  const late = AbortSignal.timeout(posting.patience ?? usualPatience);
  let delivery: Delivery;
  try {
    delivery = await send(letter, AbortSignal.any([late, signal]));
  } catch {
    // What a messenger throws may bear secrets: it comes to one of two things for who waits.
    if (signal.aborted) return;
    delivery = failedBy('failed', late.aborted ? 'timeout' : 'unavailable');
  }
  const ending = { message, carrier, text: letter.text, now: posting.clock.now() };
  await inTransaction(posting.db, { ...noScope, province: message.provinceId }, async (tx) => {
    await note(tx, ending, delivery);
    return ok();
  });
}

type Ending = {
  readonly message: Message;
  readonly carrier: string;
  readonly text: Bilingual | undefined;
  readonly now: Date;
};

/** A failure that comes after somebody else took the message over tells nothing any more; what was sent was sent. */
async function note(tx: Tx, ending: Ending, { outcome, reason, answer }: Delivery): Promise<void> {
  const { message, carrier, text, now } = ending;
  const { provinceId, messageId, channel, tries } = message;
  const again = outcome === 'failed' && tries < mostTries;
  const state =
    outcome === 'sent' ? 'sent' : outcome === 'refused' ? 'refused' : again ? 'waiting' : 'given_up';
  const dueAt = again ? new Date(now.getTime() + pauseAfter(tries)) : now;
  const stillOurs = outcome === 'sent' ? sql`state <> 'sent'` : sql`state = 'waiting' and tries <= ${tries}`;
  await sql`
    update platform.message
    set state = ${state}, channel = ${channel}, tries = ${tries}, tried_at = ${now}, due_at = ${dueAt},
      sent_at = ${outcome === 'sent' ? now : null}, carrier = ${carrier}, reason = ${reason}, answer = ${answer},
      text_fa = ${text?.fa ?? null}, text_en = ${text?.en ?? null}
    where province_id = ${provinceId} and message_id = ${messageId} and ${stillOurs}
  `.execute(tx);
}

import { sql } from 'kysely';
import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { joinedShape, type KnownPerson } from '#access/join/contract.ts';
import { identityOf } from '#access/user/actions.ts';
import { must } from '#kernel/result.ts';
import { findKnownPerson } from '#party/person/actions.ts';
import { logMessenger } from '#platform/messenger.ts';
import { openSignIn } from '#platform/signin.ts';
import { smsMessenger } from '#platform/sms.ts';
import { freshIds } from './arbitraries.ts';
import { openDesk, type Answer, type Furniture } from './desk.ts';
import type { House } from './house.ts';
import { openOperator } from './operator.ts';
import { nationalId, newPassword } from './people.ts';

let count = 0;
const newPhone = (): string => `0912${String((count += 1)).padStart(7, '0')}`;
const applicant = (change: object = {}) => ({
  provinceId: 30,
  nationalId: nationalId(),
  firstName: 'مریم',
  lastName: 'نمونه‌پور',
  phone: newPhone(),
  ...change,
});
export type Order = ReturnType<typeof applicant>;

/** Six digits that differ from these in the last one. */
export const otherThan = (code: string): string =>
  code.slice(0, 5) + String((parseInt(code.charAt(5), 10) + 1) % 10);

const messageShape = z.object({ id: z.uuid(), to: z.string(), text: z.string() });
type Shown = { readonly isLogged?: boolean; readonly isShown?: boolean };

/** A log that is kept to be read. */
function keptLog() {
  const lines: string[] = [];
  const kept = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, log: pino({ level: 'trace' }, kept) };
}

/**
 * A house in which applicants join, with an operator of SMS on loopback; beside whom `party` keeps it knows whom it is
 * told.
 */
export async function openJoining(house: House, furniture: Pick<Furniture, 'rooms' | 'offices'> = {}) {
  const operator = await openOperator();
  const { lines, log } = keptLog();
  const known = new Map<string, KnownPerson>();
  let shown: Shown = {};
  const sms = smsMessenger({ url: operator.url, token: 'a-token' });
  const desk = await openDesk(house, {
    ...furniture,
    parts: {
      log,
      isDemonstration: () => Promise.resolve(shown.isShown === true),
      messengers: () =>
        Promise.resolve({
          sms: shown.isLogged === true ? logMessenger : sms,
          email: logMessenger,
          desk: logMessenger,
        }),
      findKnownPerson: ({ provinceId, identityHash }) =>
        Promise.resolve(
          known.get(`${provinceId} ${identityHash.toString('hex')}`) ??
            findKnownPerson(house.db, { provinceId, identityHash }),
        ),
    },
  });
  const { keyedHash } = openSignIn(house);

  /** The person is kept by the province from now on. */
  const keep = async (order: Order, phone: string | null, personId = must(freshIds(1)[0], 'an id')) => {
    const hash = await identityOf(keyedHash, order.nationalId);
    known.set(`${order.provinceId} ${hash.toString('hex')}`, { personId, phone, isOwnWord: false });
    return personId;
  };
  const messagesTo = (phone: string) =>
    operator.orders.map(({ body }) => messageShape.parse(JSON.parse(body))).filter(({ to }) => to === phone);
  const askNow = (order: Order): Promise<Answer> => desk.nobody.post('/api/access/join-codes', order);
  /** Asks ten minutes later, so that a test does not meet the counts of another one. */
  const ask = (order: Order): Promise<Answer> => {
    house.clock.advance(10 * 60_000);
    return askNow(order);
  };
  const codeOf = async (order: Order, askOnce = ask): Promise<string> => {
    const before = messagesTo(order.phone).length;
    const answer = await askOnce(order);
    expect(answer).toMatchObject({ status: 201, body: { code: null } });
    const message = await vi.waitFor(() => must(messagesTo(order.phone)[before], 'an SMS'), {
      timeout: 5_000,
    });
    return must(/\d{6}/.exec(message.text)?.[0], 'a code');
  };
  const join = (order: Order, code: string, key?: string): Promise<Answer> =>
    desk.nobody.post('/api/access/applicants', { ...order, code, password: newPassword }, key);
  const joined = async (order: Order) => {
    const answer = await join(order, await codeOf(order));
    expect(answer.status).toBe(201);
    return joinedShape.parse(answer.body);
  };
  /** The person of an account, and how many accounts they have. */
  const personOf = async (username: string) => {
    const { rows } = await sql<{ person_id: string; accounts: number }>`
      select account.person_id, (select count(*)::int from access.account_holder holder
        where holder.person_id = account.person_id) as accounts
      from access.read_user account where account.username = ${username}
    `.execute(house.db);
    return must(rows[0], 'an account');
  };
  return {
    desk,
    operator,
    lines,
    applicant,
    newPhone,
    keep,
    messagesTo,
    ask,
    askNow,
    codeOf,
    join,
    joined,
    personOf,
    set: (now: Shown) => {
      shown = now;
    },
  };
}

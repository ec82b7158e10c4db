import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { dayFromIso, startOfDay } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { read } from '#platform/db.ts';
import { logMessenger, type Letter } from '#platform/messenger.ts';
import { listMessages } from '#platform/outbox.ts';
import { sendWaiting } from '#platform/posting.ts';
import { openPetitions, petition, petitionWords } from '#testing/cases.ts';
import { openHouse } from '#testing/house.ts';
import { sayMessage } from '../words.ts';
import { escalateLate, provincesOf, recountDeadlines } from './actions.ts';

const house = await openHouse();
const desk = await openPetitions(house);
const { provinceId, filed, replayed, actBy, pageOf, kindOf } = desk;

describe('a limit that passes', () => {
  const watch = { db: house.db, clock: house.clock, kinds: [petition] };

  test('is told once to whom it is escalated, or settled by the clock; an objection comes too late then', async () => {
    await escalateLate(watch);
    const waiting = await filed();
    const decided = await filed();
    await actBy('deputy', decided, 'decide', 1);
    const due = async (caseId: Id) => must((await pageOf('deputy', caseId)).deadline, 'a deadline').dueOn;
    house.clock.advance(startOfDay(dayFromIso(await due(decided))) - house.clock.now().getTime());
    await escalateLate(watch);
    expect((await pageOf('deputy', decided)).state.key).toBe('decided');
    house.clock.advance(86_400_000);
    expect(kindOf(await actBy('applicant', decided, 'object', 2, 'مستند نیست'))).toBe('LimitPassed');
    await Promise.all([escalateLate(watch), escalateLate(watch)]);
    await escalateLate(watch);
    expect(await pageOf('deputy', decided)).toMatchObject({
      state: { key: 'final' },
      version: 3,
      closed: true,
    });
    const page = await pageOf('director', waiting);
    expect(page.deadline).toMatchObject({ late: true });
    expect(page.messages.filter(({ channel }) => channel === 'desk')).toHaveLength(1);
  });

  test('messages go out once with what they say, and one that fails is tried again', async () => {
    const caseId = await filed();
    house.clock.advance(1);
    await actBy('clerk', caseId, 'send_back', 1, 'ناقص است');
    let broken = true;
    const sentTexts = new Map<string, string>();
    const sms = {
      name: 'trial',
      send: async ({ id: messageId, to, text }: Letter) => {
        if (broken) throw new Error('the operator is away');
        expect(sentTexts.has(messageId)).toBe(false);
        sentTexts.set(messageId, `${to} ${text.fa}`);
        return { outcome: 'sent', reason: null, answer: null } as const;
      },
    };
    const posting = {
      db: house.db,
      clock: house.clock,
      provinces: () => provincesOf(house.db),
      say: (message: { facts: Readonly<Record<string, string | null>> }) =>
        sayMessage(message.facts, () => petitionWords),
      addressesOf: () =>
        Promise.resolve(new Map([[desk.applicantId, { phone: '09121112233', email: null }]])),
      messengers: () => Promise.resolve({ sms, email: logMessenger, desk: logMessenger }),
    };
    const listed = () =>
      read(house.db, desk.people.applicant.scope, (tx) =>
        listMessages(tx, { provinceId, topic: 'case', subjectId: caseId }),
      );
    const mine = async () => (await listed()).map(({ state, reason }) => reason ?? state);
    await sendWaiting(posting);
    expect(new Set(await mine())).toEqual(new Set(['unavailable']));
    broken = false;
    house.clock.advance(120_000);
    await sendWaiting(posting);
    await sendWaiting(posting);
    expect((await listed()).map(({ messageId }) => sentTexts.get(messageId))).toEqual([
      '09121112233 دادخواست: ثبت‌شده است.',
      '09121112233 دادخواست: برگشته برای اصلاح است.',
    ]);
    expect(new Set(await mine())).toEqual(new Set(['sent']));
  });

  test('a holiday that is announced later moves every deadline that runs over it', async () => {
    const caseId = await filed('0501', isoDayToday());
    const before = must((await pageOf('deputy', caseId)).deadline, 'a deadline').dueOn;
    await sql`
      insert into casework.holiday (day, title_fa, kind, certainty, note, source_keys)
      values (${before}::date, 'تعطیلی سرما', 'single', 'published', '{}', '{own_record}')
    `.execute(house.owner);
    expect(await recountDeadlines(watch)).toBeGreaterThan(0);
    const after = must((await pageOf('deputy', caseId)).deadline, 'a deadline').dueOn;
    expect(after > before).toBe(true);
    await replayed(caseId);
    expect(await recountDeadlines(watch)).toBe(0);
  });
});

const isoDayToday = (): string => {
  const iso = house.clock.now().toISOString().slice(0, 10);
  return dayFromIso(iso);
};

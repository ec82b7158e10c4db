import * as fc from 'fast-check';
import { Client } from 'pg';
import { sql } from 'kysely';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { type Day, addDays, day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { rial, total } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import { clusterOwner, onSocket } from '#platform/postgres.ts';
import {
  alborz,
  awardOrder,
  done,
  freshId,
  letterOrder,
  openCredits,
  outcome,
  ruleOrder,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { linePageShape, openShare } from '../contract.ts';
import { findBreaches } from '../law/actions.ts';
import { listAccountSums, listSlices } from '../queries.ts';
import { type ShareRule, groups, ruleRefusalStatus, ruleTypes, rulesShape } from './contract.ts';
import { type Drawn, decideLimits, decideRule, rulesOn } from './rules.ts';
import { ruleRefusalWords } from './words.ts';

const house = await openHouse();
const credits = await openCredits(house);
afterAll(credits.http.close);
const scope = { ...noScope, province: alborz };

const today = day('1403-06-15');
const of = (change: Partial<ShareRule>): ShareRule => ({
  share: 'supporter',
  type: 'cap',
  numerator: 1,
  denominator: 5,
  validFrom: addDays(today, 1),
  lastDay: null,
  legalReference: 'مصوبهٔ کارگروه',
  ...change,
});

describe('the rules of a line', () => {
  const days = fc.integer({ min: 1, max: 300 });
  const rules: fc.Arbitrary<ShareRule> = fc
    .record({
      share: fc.constantFrom('cooperative', 'supporter', 'cooperative/rural', 'decile_3'),
      type: fc.constantFrom(...ruleTypes),
      numerator: fc.integer({ min: 0, max: 12 }),
      from: days,
      lasts: fc.option(fc.integer({ min: 0, max: 90 }), { nil: null }),
    })
    .map(({ from, lasts, ...rule }) => {
      const validFrom = addDays(today, from);
      return of({
        ...rule,
        denominator: 10,
        validFrom,
        lastDay: lasts === null ? null : addDays(validFrom, lasts),
      });
    });

  test('never say anything else of a day that is past, whatever is put in force later (T9)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ rule: rules, now: days }), { maxLength: 12 }),
        days,
        (tries, asked) => {
          let known: ShareRule[] = [];
          const past: { on: Day; told: ShareRule[] }[] = [];
          for (const { rule, now } of tries.toSorted((a, b) => a.now - b.now)) {
            const order = { rules: known, today: addDays(today, now), budgetYear: 1403 };
            past.push({
              on: addDays(today, Math.min(asked, now)),
              told: rulesOn(known, addDays(today, Math.min(asked, now)), 1403),
            });
            if (decideRule({ ...order, rule }).ok) known = [...known, rule];
          }
          for (const { on, told } of past) expect(rulesOn(known, on, 1403)).toEqual(told);
        },
      ),
    );
  });

  test('of one level are the whole at most on every day', () => {
    fc.assert(
      fc.property(fc.array(rules, { maxLength: 14 }), days, (tries, asked) => {
        let known: ShareRule[] = [];
        for (const rule of tries)
          if (decideRule({ rule, rules: known, today, budgetYear: 1403 }).ok) known = [...known, rule];
        const held = rulesOn(known, addDays(today, asked), 1403).filter(({ type }) => type === 'reserve');
        const level = (inside: boolean) =>
          held
            .filter(({ share }) => share.includes('/') === inside)
            .reduce((sum, one) => sum + one.numerator, 0);
        expect(Math.max(level(false), level(true))).toBeLessThanOrEqual(10);
        for (const { share } of held)
          if (share.includes('/')) expect(held.map((one) => one.share)).toContain('cooperative');
      }),
    );
  });
});

describe('caps and priorities at an award', () => {
  const kinds = fc.constantFrom('supporter', 'person', 'cooperative');

  test('hold whatever is asked for, and what is left can be drawn to the rial', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 6n),
        fc.integer({ min: 0, max: 10 }),
        fc.constantFrom('cap' as const, 'priority' as const),
        fc.array(fc.record({ part: fc.bigInt(1n, 400n), kind: kinds }), { maxLength: 12 }),
        (whole, numerator, type, asks) => {
          const rule = of({
            type,
            numerator,
            denominator: 10,
            lastDay: type === 'cap' ? null : addDays(today, 30),
          });
          const facts = { rules: [rule], received: rial(whole), receivedOpen: rial(whole) };
          const drawn: Drawn[] = [];
          const ask = (amount: bigint, kind: string) =>
            decideLimits({
              ...facts,
              drawn,
              award: { amount: rial(amount), share: openShare, groups: [kind] },
            });
          for (const { part, kind } of asks) {
            const amount = (whole * part) / 1000n + 1n;
            const told = ask(amount, kind);
            if (told.ok) drawn.push({ amount: rial(amount), share: openShare, groups: [kind] });
            else if (told.refusal.kind === 'CapReached' || told.refusal.kind === 'KeptForPriority') {
              const { left } = told.refusal;
              expect(left).toBeLessThan(amount);
              if (left > 0n) expect(ask(left, kind).ok).toBe(true);
              expect(ask(left + 1n, kind).ok).toBe(false);
            }
          }
          const sum = (keep: (kind: string) => boolean) =>
            total(drawn.filter(({ groups: [kind = ''] }) => keep(kind)).map(({ amount }) => amount));
          if (type === 'cap')
            expect(sum((kind) => kind === 'supporter') * 10n).toBeLessThanOrEqual(whole * BigInt(numerator));
          else if (sum((kind) => kind !== 'supporter') > 0n)
            expect(sum((kind) => kind !== 'supporter') * 10n).toBeLessThanOrEqual(
              whole * BigInt(10 - numerator),
            );
        },
      ),
    );
  });

  test('every refusal has both languages, and names the nearest change', () => {
    const refusal = {
      share: 'supporter',
      cap: rial(20n),
      drawn: rial(15n),
      left: rial(5n),
      asked: rial(6n),
      legalReference: 'م',
    };
    const { fa, en } = ruleRefusalWords.CapReached({ kind: 'CapReached', ...refusal });
    expect([fa, en].join()).toMatch(/پشتیبان‌ها.*۵ ریال.*supporters.*lower the sum to 5 rials/);
    expect(Object.keys(ruleRefusalWords).toSorted()).toEqual(Object.keys(ruleRefusalStatus).toSorted());
    expect(new Set(groups).size).toBe(groups.length);
  });
});

const rootOf = async (lineId: Id) =>
  must(
    (await read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null })))[0],
    'a root',
  ).id;
const openedLine = (amount: bigint) => credits.openedLine(amount, { deadline: '2026-03-20' });
const inForce = async (lineId: Id, ...orders: ReturnType<typeof ruleOrder>[]) => {
  for (const order of orders) {
    done(await credits.proposeRule(lineId, order));
    done(await credits.approveRule(order.id));
  }
};
const kindOf = (body: unknown): unknown =>
  body !== null && typeof body === 'object' && 'kind' in body ? body.kind : body;

describe('a share rule, as a clerk knows it', () => {
  test('is proposed by one person and put in force by another, from tomorrow on, once (L5, L6)', async () => {
    const lineId = await openedLine(1000n);
    const order = ruleOrder();
    expect(outcome(await credits.proposeRule(lineId, ruleOrder({ validFrom: '2024-09-05' })))).toBe(
      'RuleBackdated',
    );
    done(await credits.proposeRule(lineId, order));
    done(await credits.proposeRule(lineId, order));
    for (const name of ['deputy', 'deputyAgain'] as const)
      expect(outcome(await credits.approveRule(order.id, name))).toBe('OwnRule');
    expect(outcome(await credits.approveRule(order.id, 'karajOffice'))).toBe('ActNotYours');
    const told = await Promise.all(
      (['director', 'otherDeputy'] as const).map((name) => credits.approveRule(order.id, name)),
    );
    expect(told.map(outcome).toSorted()).toEqual(['CaseMovedOn', 'ok']);
    expect(outcome(await credits.proposeRule(lineId, ruleOrder()))).toBe('RuleTwice');
    const withdrawn = ruleOrder({ validFrom: '2024-10-01' });
    done(await credits.proposeRule(lineId, withdrawn));
    done(await credits.withdrawRule(withdrawn.id));
    const { body } = await credits.http.get('director', `lines/${lineId}/rules`);
    const { rules, proposals, earliest } = rulesShape.parse(body);
    expect([rules.map(({ type, inForce: now }) => [type, now]), proposals, earliest]).toEqual([
      [
        ['reserve', true],
        ['cap', false],
      ],
      [],
      '2024-09-06',
    ]);
  });

  test('is what the pages show of the line from its first day on by the clock of the house, not a day before', async () => {
    const lineId = await openedLine(1000n);
    const order = ruleOrder({ type: 'reserve', share: ['cooperative'], numerator: 2, denominator: 5 });
    done(await credits.proposeRule(lineId, order));
    done(await credits.approveRule(order.id));
    const shown = async () => {
      const { body } = await credits.http.get('director', `lines/${lineId}`);
      const { reserveNumerator, reserveDenominator } = linePageShape.parse(body).line;
      return `${reserveNumerator}/${reserveDenominator}`;
    };
    expect(await shown()).toBe('25/100');
    house.clock.set('2024-09-06T08:30:00Z');
    expect(await shown()).toBe('2/5');
    house.clock.set('2024-09-05T08:30:00Z');
  });

  test('over HTTP: who may, who may not, and what is refused', async () => {
    const lineId = await openedLine(1000n);
    const url = `lines/${lineId}/rules`;
    const body = ruleOrder();
    for (const name of ['karajOffice', 'auditor', 'editor', 'bank', 'lorestanDirector'] as const)
      expect((await credits.http.post(name, { url, body: ruleOrder() })).status).toBeGreaterThanOrEqual(403);
    expect((await credits.http.post('deputy', { url, body })).status).toBe(201);
    const cases = [
      [{ share: ['rural', 'rural'] as const }, 'GroupTwice'],
      [{ numerator: 6 }, 'RuleNotAFraction'],
      [{ type: 'priority' as const }, 'LastDayMisplaced'],
      [{ type: 'reserve' as const, share: ['target_group', 'rural'] as const }, 'ReserveAroundMissing'],
      [
        { type: 'reserve' as const, share: ['rural'] as const, numerator: 4, denominator: 5 },
        'ReservesPastWhole',
      ],
    ] as const;
    for (const [change, kind] of cases)
      expect(
        kindOf(
          (
            await credits.http.post('deputy', {
              url,
              body: ruleOrder({
                ...change,
                share: [...('share' in change ? change.share : ['supporter' as const])],
              }),
            })
          ).body,
        ),
      ).toBe(kind);
    const approval = { id: freshId(), resolutionNumber: '۷', resolutionDay: '2024-09-05', seenVersion: 1 };
    expect(
      kindOf(
        (await credits.http.post('director', { url: `rules/${freshId()}/approval`, body: approval })).body,
      ),
    ).toBe('RuleMissing');
    expect(
      (await credits.http.post('auditor', { url: `rules/${body.id}/approval`, body: approval })).status,
    ).toBe(403);
    expect(
      (await credits.http.post('director', { url: `rules/${body.id}/approval`, body: approval })).status,
    ).toBe(201);
    expect(
      (
        await credits.http.post('bank', {
          url: `rules/${body.id}/withdrawal`,
          body: { id: freshId(), seenVersion: 1, reason: 'اشتباه' },
        })
      ).status,
    ).toBe(403);
  });

  test('a fifth of the cooperatives’ quarter for rural cooperatives, from the next letter on', async () => {
    const lineId = await openedLine(1_000_000n);
    await inForce(lineId, ruleOrder({ type: 'reserve', share: ['cooperative', 'rural'] }));
    house.clock.advance(86_400_000);
    done(await credits.notify(lineId, letterOrder(1_000_000n, { letterDay: '2024-09-06' })));
    const slice = await rootOf(lineId);
    const sums = await read(house.db, scope, (tx) =>
      listAccountSums(tx, { provinceId: alborz, lineId, id: null }),
    );
    const held = sums
      .filter(({ stage }) => stage === 'available')
      .map(({ share, balance }) => [share, balance]);
    expect(Object.fromEntries(held)).toEqual({
      open: 1_500_000n,
      cooperative: 450_000n,
      'cooperative/rural': 50_000n,
    });
    const reserve = async (amount: bigint, kind: 'cooperative' | 'person', rural: boolean) => {
      const order = awardOrder(amount, kind, { happenedOn: '2024-09-06' });
      done(await credits.reserve(slice, order, 'deputy', rural ? { settlement: 'rural' } : {}));
      const { rows } = await read(house.db, scope, (tx) =>
        sql<{ share: string }>`select share from credit.award where id = ${order.id}`.execute(tx),
      );
      return rows[0]?.share;
    };
    expect(await reserve(50_000n, 'cooperative', true)).toBe('cooperative/rural');
    expect(await reserve(50_000n, 'cooperative', true)).toBe('cooperative');
    expect(await reserve(50_000n, 'cooperative', false)).toBe('cooperative');
    expect(await reserve(50_000n, 'person', true)).toBe('open');
  });

  test('a cap cannot be put aside for a day and put back: verify decides past awards again (T9)', async () => {
    const lineId = await openedLine(1000n);
    const now = new Date(house.clock.now()).toISOString().slice(0, 10);
    const later = new Date(house.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    await inForce(lineId, ruleOrder({ validFrom: later }));
    house.clock.advance(86_400_000);
    const slice = await rootOf(lineId);
    const supporter = (amount: bigint) =>
      credits.reserve(slice, awardOrder(amount, 'supporter', { happenedOn: later }));
    expect(await supporter(201n)).toMatchObject({ refusal: { kind: 'CapReached', cap: 200n, left: 200n } });
    const race = await Promise.all(Array.from({ length: 20 }, () => supporter(30n)));
    expect(race.filter(({ ok }) => ok)).toHaveLength(6);
    // Not lifted for today, nor for the day before.
    for (const validFrom of [now, later])
      expect(outcome(await credits.proposeRule(lineId, ruleOrder({ validFrom, numerator: 5 })))).toBe(
        'RuleBackdated',
      );
    expect(await read(house.db, scope, (tx) => findBreaches(tx, alborz))).toEqual([]);
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(house.db);
    const wrongdoer = new Client(
      onSocket(inject('house').socketFolder, clusterOwner, must(rows[0], 'it').name),
    );
    wrongdoer.on('error', () => {});
    await wrongdoer.connect();
    house.clock.advance(1000);
    await wrongdoer.query(
      "update credit.share_rule set numerator = 5 where rule_type = 'cap' and line_id = $1",
      [lineId],
    );
    done(await supporter(300n));
    const kinds = async () =>
      (await read(house.db, scope, (tx) => findBreaches(tx, alborz))).map(({ kind }) => kind);
    expect(await kinds()).toEqual(['Unruled']);
    await wrongdoer.query(
      "update credit.share_rule set numerator = 1 where rule_type = 'cap' and line_id = $1",
      [lineId],
    );
    await wrongdoer.end();
    expect(await kinds()).toEqual(['OverCap']);
  });

  test('while a priority lasts its part of the open money is kept, and is anybody’s afterwards', async () => {
    const lineId = await openedLine(1000n);
    const dayAfter = (days: number) =>
      new Date(house.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const [first, last] = [dayAfter(1), dayAfter(2)];
    await inForce(
      lineId,
      ruleOrder({ type: 'priority', share: ['decile_3'], numerator: 2, validFrom: first, lastDay: last }),
    );
    house.clock.advance(86_400_000);
    const slice = await rootOf(lineId);
    const person = (amount: bigint, decile: number | null, happenedOn: string) => {
      const order = awardOrder(amount, 'person', { happenedOn });
      return credits.reserve(slice, order, 'deputy', decile === null ? {} : { decile });
    };
    // 750 are open; two fifths, 300, are kept for the three lowest deciles.
    expect(await person(451n, 4, first)).toMatchObject({
      refusal: { kind: 'KeptForPriority', kept: 300n, left: 450n },
    });
    done(await person(450n, null, first));
    expect(outcome(await person(1n, 4, first))).toBe('KeptForPriority');
    done(await person(100n, 3, first));
    house.clock.advance(2 * 86_400_000);
    done(await person(200n, 9, dayAfter(0)));
  });
});

import * as fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Day, addDays, day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import {
  actOrder,
  alborz,
  awardOrder,
  byCounties,
  ceilingOrder,
  done,
  freshId,
  lineOrder,
  openCredits,
  outcome,
  letterOrder,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { listSlices } from '../queries.ts';
import { type Parameter, parameterRefusalStatus, parametersShape } from './contract.ts';
import { decideBeginning, decideCeiling, earliestOf, inForce, latestOf } from './rules.ts';
import { parameterRefusalWords } from './words.ts';

const house = await openHouse();
const credits = await openCredits(house);
const today = '2024-09-05';

const rootOf = async (lineId: Id) =>
  must(
    (
      await read(house.db, { ...noScope, province: alborz }, (tx) =>
        listSlices(tx, { provinceId: alborz, lineId, id: null }),
      )
    )[0],
    'a root',
  ).id;
const lineUntil2026 = (amount: bigint) => credits.openedLine(amount, { deadline: '2026-03-20' });
const award = (amount: bigint, change: Record<string, unknown> = {}) =>
  awardOrder(amount, 'person', { happenedOn: today, ...change });

const start = day('1404-01-01');
const of = (change: Partial<Parameter>): Parameter => ({
  name: 'ceiling_per_beneficiary',
  beneficiaryKind: 'supporter',
  rateKind: null,
  value: rial(50_000_000_000n),
  validFrom: start,
  legalReference: 'بند ب تبصرهٔ ۱۵',
  ...change,
});

describe('a dated term', () => {
  const days = fc.integer({ min: 0, max: 400 }).map((number): Day => addDays(start, number));

  test('never says anything else of a day that is past, whatever is set later', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ from: days, now: days }), { maxLength: 12 }), days, (tries, asked) => {
        const which = { name: 'ceiling_per_job', beneficiaryKind: 'supporter' } as const;
        let known: Parameter[] = [];
        let now = start;
        for (const [index, one] of tries.entries()) {
          // Time only goes on.
          now = one.now > now ? one.now : now;
          const earliest = earliestOf({ latest: latestOf(known, which), state: 'open', today: now });
          const allowed = decideBeginning(one.from, earliest);
          expect(allowed.ok).toBe(one.from >= now && known.every((other) => other.validFrom < one.from));
          if (!allowed.ok) continue;
          const before = inForce(known, { ...which, on: asked });
          known = [...known, of({ ...which, validFrom: one.from, value: rial(BigInt(index)) })];
          if (asked < now) expect(inForce(known, { ...which, on: asked })).toBe(before);
        }
      }),
    );
  });

  test('decides an award by the lower of both ceilings, and names the nearest sum and number of jobs', () => {
    const sums = fc.bigInt(0n, 10n ** 11n).map((sum) => rial(sum));
    const some = fc.nat({ max: 40 });
    fc.assert(
      fc.property(sums, sums, sums, sums, some, some, (flat, perJob, amount, heldAmount, jobs, heldJobs) => {
        const parameters = [of({ value: flat }), of({ name: 'ceiling_per_job', value: perJob })];
        const ask = (sum: bigint, count: number) =>
          decideCeiling({
            parameters,
            beneficiaryKind: 'supporter',
            on: start,
            amount: rial(sum),
            jobs: count,
            held: { amount: heldAmount, jobs: heldJobs },
          });
        const whole = amount + heldAmount;
        const told = ask(amount, jobs);
        expect(told.ok).toBe(whole <= flat && whole <= perJob * BigInt(jobs + heldJobs));
        if (told.ok || told.refusal.kind !== 'OverCeiling') return;
        const { left, jobs: needed } = told.refusal;
        if (left > 0n) expect([ask(left, jobs).ok, ask(left + 1n, jobs).ok]).toEqual([true, false]);
        if (needed !== null)
          expect([ask(amount, needed).ok, ask(amount, needed - 1).ok]).toEqual([true, false]);
      }),
    );
  });

  test('a supporter of 1404 gets two billion rials a job, fifty billion for twenty-five', () => {
    const parameters = [of({}), of({ name: 'ceiling_per_job', value: rial(2_000_000_000n) })];
    const ask = (amount: bigint, jobs: number, on = start) =>
      decideCeiling({
        parameters,
        beneficiaryKind: 'supporter',
        on,
        amount: rial(amount),
        jobs,
        held: { amount: rial(0n), jobs: 0 },
      });
    expect(ask(50_000_000_000n, 25).ok).toBe(true);
    expect(ask(50_000_000_001n, 40)).toMatchObject({
      refusal: { ceilingName: 'ceiling_per_beneficiary', jobs: null },
    });
    expect(ask(11_000_000_000n, 5)).toMatchObject({ refusal: { ceiling: 10_000_000_000n, jobs: 6 } });
    // The day before it begins, nothing is ruled.
    expect(ask(90_000_000_000n, 1, addDays(start, -1)).ok).toBe(true);
  });
});

describe('an award against the ceilings of its line', () => {
  test('is refused with the ceiling, its source and the nearest change, in both languages', async () => {
    const lineId = await lineUntil2026(10n ** 13n);
    const root = await rootOf(lineId);
    done(await credits.setTerm(lineId, ceilingOrder(3, 2_000_000_000n)));
    done(await credits.reserve(root, award(2_000_000_000n)));
    const said = await credits.http.post('deputy', {
      url: `slices/${root}/awards`,
      body: award(2_000_000_001n),
    });
    expect([said.status, said.body]).toEqual([
      parameterRefusalStatus.OverCeiling,
      expect.objectContaining({
        kind: 'OverCeiling',
        fa: expect.stringMatching(/بخشنامهٔ ۱۲.*۱۴۰۳\/۰۶\/۱۵.*۲۰۰ میلیون تومان/su),
        en: expect.stringContaining('lower the sum to 2,000,000,000 rials'),
      }),
    ]);
    // Another kind has no ceiling here, and a day before the ceiling was none.
    expect(
      outcome(await credits.reserve(root, awardOrder(3_000_000_000n, 'supporter', { happenedOn: today }))),
    ).toBe('ok');
    expect(outcome(await credits.reserve(root, award(3_000_000_000n, { happenedOn: '2024-09-04' })))).toBe(
      'ok',
    );
    expect(Object.keys(parameterRefusalWords).toSorted()).toEqual(
      Object.keys(parameterRefusalStatus).toSorted(),
    );
  });

  test('counts what the beneficiary has of the line already, unless it was released, also in a race', async () => {
    const lineId = await lineUntil2026(10n ** 13n);
    const root = await rootOf(lineId);
    await credits.divided(root, byCounties(10n ** 13n));
    const slices = await read(house.db, { ...noScope, province: alborz }, (tx) =>
      listSlices(tx, { provinceId: alborz, lineId, id: null }),
    );
    const leaves = slices.filter((slice) => slice.axis === 'county').slice(0, 4);
    done(await credits.setTerm(lineId, ceilingOrder(3, 1_000n)));
    const beneficiaryId = freshId();
    const told = await Promise.all(
      [...leaves, ...leaves].map((leaf) => credits.reserve(leaf.id, award(400n, { beneficiaryId }))),
    );
    expect(told.filter((one) => one.ok)).toHaveLength(2);
    const [first] = told.flatMap((one) => (one.ok ? [one.value.id] : []));
    const leaf = must(leaves[0], 'a slice').id;
    expect(outcome(await credits.reserve(leaf, award(400n, { beneficiaryId })))).toBe('OverCeiling');
    const release = actOrder('release', 1, { happenedOn: today });
    done(await credits.actOn(must(first, 'an award'), release));
    expect(outcome(await credits.reserve(leaf, award(400n, { beneficiaryId })))).toBe('ok');
  });
});

const recordsOf = (lineId: Id) =>
  read(house.db, { ...noScope, province: alborz }, async (tx) => {
    const { rows } = await sql<{ happenedOn: string; rate: bigint; lines: bigint }>`
      select happened_on as "happenedOn", rate, lines_hundredths as lines from credit.read_rate
      where record_id = ${lineId} or record_id in (select id from credit.parameter where line_id = ${lineId})
      order by lines_hundredths desc
    `.execute(tx);
    return rows;
  });

describe('the rate, as records', () => {
  const rate = { name: 'rate', rateKind: 'fee', hundredths: 200 } as const;
  const draft = async () => {
    const order = lineOrder({ deadline: '2026-03-20' });
    done(await credits.draft(order));
    done(await credits.setTerm(order.id, ceilingOrder(1, 0n, { term: rate, validFrom: '2023-03-21' })));
    return order.id;
  };
  test('counts a line with the rates of its draft once it is notified, and no draft', async () => {
    const lineId = await draft();
    expect(await recordsOf(lineId)).toEqual([]);
    done(await credits.notify(lineId, letterOrder(1000n)));
    expect(await recordsOf(lineId)).toEqual([
      { happenedOn: '1402-03-21', rate: 400n, lines: 10_000n },
      { happenedOn: '1402-03-21', rate: -200n, lines: 0n },
    ]);
  });
});

describe('setting a term', () => {
  test('is not done backwards, nor before the latest; a draft may still begin in the past', async () => {
    const draft = lineOrder();
    done(await credits.draft(draft));
    expect(outcome(await credits.setTerm(draft.id, ceilingOrder(1, 5n, { validFrom: '2023-03-21' })))).toBe(
      'ok',
    );
    const lineId = await lineUntil2026(1000n);
    const told = await credits.setTerm(lineId, ceilingOrder(3, 5n, { validFrom: '2024-09-04' }));
    expect(told).toMatchObject({ refusal: { kind: 'ParameterBackwards', earliest: '1403-06-15' } });
    done(await credits.setTerm(lineId, ceilingOrder(3, 5n, { validFrom: '2025-03-21' })));
    const again = await credits.setTerm(lineId, ceilingOrder(4, 6n, { validFrom: '2025-01-01' }));
    expect(again).toMatchObject({ refusal: { kind: 'ParameterBackwards', earliest: '1404-01-02' } });
  });

  test('acts once however often it is sent, also later, and refuses another content under its id', async () => {
    const lineId = await lineUntil2026(1000n);
    const order = ceilingOrder(3, 5n);
    const told = await Promise.all(Array.from({ length: 10 }, () => credits.setTerm(lineId, order)));
    expect(told.map(outcome)).toEqual(told.map(() => 'ok'));
    expect(outcome(await credits.setTerm(lineId, ceilingOrder(3, 6n, { id: order.id })))).toBe(
      'ActOtherContent',
    );
    const { body } = await credits.http.get('director', `lines/${lineId}/parameters`);
    expect(parametersShape.parse(body).items).toMatchObject([
      { value: '5', validFrom: today, byName: 'director', recordedOn: today },
    ]);
  });

  test('is read by the county that decides by it, without who set it; not by another province or a bank', async () => {
    const lineId = await lineUntil2026(1_000_000n);
    await credits.divided(await rootOf(lineId), byCounties(900_000n));
    const term = { name: 'rate', rateKind: 'fee', hundredths: 200 } as const;
    done(await credits.setTerm(lineId, ceilingOrder(3, 0n, { term })));
    const county = await credits.http.get('karajOffice', `lines/${lineId}/parameters`);
    expect(parametersShape.parse(county.body).items).toMatchObject([
      { name: 'rate', value: '200', rateKind: 'fee', byName: null },
    ]);
    for (const name of ['lorestanDirector', 'bank', 'applicant'] as const)
      expect((await credits.http.get(name, `lines/${lineId}/parameters`)).status).toBeGreaterThanOrEqual(403);
  });
});

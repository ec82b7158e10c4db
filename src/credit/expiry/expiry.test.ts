import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { choicesFor, timelineOf } from '#casework/actions.ts';
import { clockBy } from '#casework/contract.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { roles } from '#kernel/actor.ts';
import { must } from '#kernel/result.ts';
import { noScope, read } from '#platform/db.ts';
import {
  actOrder,
  alborz,
  awardOrder,
  done,
  freshId,
  openCredits,
  outcome,
  signature,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { awardShape } from '../contract.ts';
import { findBreaches } from '../law/actions.ts';
import { usualReportDays } from '../parameter/contract.ts';
import { endOfReport } from '../parameter/rules.ts';
import { listAccountSums, listSlices } from '../queries.ts';
import { awardKind } from '../rules.ts';
import { expireReports } from './actions.ts';

const house = await openHouse();
const credits = await openCredits(house);
const { http } = credits;
afterAll(http.close);
const scope = { ...noScope, province: alborz };
const aDay = 86_400_000;
const watch = { db: house.db, clock: house.clock };

const inProvince = <Found>(work: Parameters<typeof read<Found>>[2]): Promise<Found> =>
  read(house.db, scope, work);
const today = (): string => isoOf(dayOfInstant(house.clock.now().getTime()));
const acting = (act: Parameters<typeof actOrder>[0], version: number, change: Record<string, unknown> = {}) =>
  actOrder(act, version, { happenedOn: today(), ...change });

async function rootOf(lineId: Id): Promise<Id> {
  const slices = await inProvince((tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));
  return must(slices[0], 'a root').id;
}

/** An award of a hundred rials whose contract is signed; three acts so far. */
async function contracted(slice: Id): Promise<Id> {
  const order = awardOrder(100n);
  done(await credits.reserve(slice, order));
  done(await credits.actOn(order.id, acting('refer', 1)));
  done(await credits.actOn(order.id, acting('contract', 2)));
  return order.id;
}

const actsOf = async (awardId: Id) =>
  (await inProvince((tx) => timelineOf(tx, { provinceId: alborz, caseId: awardId }))).map(({ act, by }) =>
    by.role === clockBy.role ? `${act} by the clock` : act,
  );
const awardOf = async (awardId: Id) => awardShape.parse((await http.get('deputy', `awards/${awardId}`)).body);

const termOrder = (days: number, validFrom: string, seenVersion: number) => ({
  id: freshId(),
  seenVersion,
  validFrom,
  legalReference: 'بند ۴ تفاهم‌نامهٔ بانک',
  term: { name: 'report_days' as const, days },
});

type Model = { readonly id: Id; version: number; paid: bigint; report: { sum: bigint; ends: number } | null };

const step = fc.oneof(
  fc.record({
    do: fc.constant('report' as const),
    at: fc.nat({ max: 2 }),
    sum: fc.bigInt({ min: 1n, max: 110n }),
  }),
  fc.record({ do: fc.constant('confirm' as const), at: fc.nat({ max: 2 }) }),
  fc.record({ do: fc.constant('decline' as const), at: fc.nat({ max: 2 }) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ do: fc.constant('expire' as const), jobs: fc.integer({ min: 1, max: 3 }) }),
  /** Two jobs and a confirmation at the same moment. */
  fc.record({ do: fc.constant('race' as const), at: fc.nat({ max: 2 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** What came about at least once, so that a play that never gets anywhere is noticed. */
const seen = new Set<string>();

const isLate = ({ report }: Model): boolean => report !== null && report.ends <= house.clock.now().getTime();
const confirmingAct = ({ paid, report }: Model) =>
  paid + (report?.sum ?? 0n) === 100n ? 'confirm_last_payment' : 'confirm_part_payment';

function ended(model: Model, how: 'paid' | 'free'): void {
  if (how === 'paid') model.paid += must(model.report ?? undefined, 'a report').sum;
  model.report = null;
  model.version += 1;
}

async function expire(models: readonly Model[], jobs: number): Promise<void> {
  const late = models.filter(isLate);
  const counts = await Promise.all(Array.from({ length: jobs }, () => expireReports(watch)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(late.length);
  for (const model of late) ended(model, 'free');
  if (late.length > 0) seen.add(`expired by one of ${jobs}`);
}

async function play(models: readonly Model[], one: Step): Promise<void> {
  if (one.do === 'wait') return house.clock.advance(one.days * aDay);
  if (one.do === 'expire') return expire(models, one.jobs);
  const model = must(models[one.at], 'an award');
  const { report, paid, version } = model;
  if (one.do === 'report') {
    const told = await credits.actOn(
      model.id,
      acting('report_payment', version, { amount: one.sum.toString() }),
    );
    const open = report === null ? (one.sum > 100n - paid ? 'ReportBeyondContract' : 'ok') : 'ReportOpen';
    expect(outcome(told)).toBe(paid === 100n ? 'ActUnlawful' : open);
    if (!told.ok) return;
    const days = BigInt(usualReportDays);
    const ends = endOfReport([], dayOfInstant(house.clock.now().getTime())).getTime();
    expect(BigInt(ends - house.clock.now().getTime()) / BigInt(aDay)).toBe(days);
    model.report = { sum: one.sum, ends };
    model.version += 1;
    return;
  }
  if (report === null) return;
  const late = isLate(model);
  const others = models.filter((other) => other !== model && isLate(other));
  const confirm = () => credits.actOn(model.id, acting(confirmingAct(model), version));
  if (one.do === 'decline') {
    // Until the clock has come round to it, who declines it ends it just as well.
    done(await credits.actOn(model.id, acting('decline_report', version)));
    return ended(model, 'free');
  }
  if (one.do === 'confirm') {
    expect(outcome(await confirm())).toBe(late ? 'PendingExpired' : 'ok');
    seen.add(late ? 'confirmed too late' : 'confirmed');
    return late ? undefined : ended(model, 'paid');
  }
  const [told, ...counts] = await Promise.all([confirm(), expireReports(watch), expireReports(watch)]);
  // Too late, it meets the report as it stood or finds that the clock has acted; never is it done.
  if (late) expect(['PendingExpired', 'CaseMovedOn']).toContain(outcome(told));
  else expect(outcome(told)).toBe('ok');
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(others.length + (late ? 1 : 0));
  seen.add(late ? 'raced too late' : 'raced in time');
  for (const other of others) ended(other, 'free');
  ended(model, late ? 'free' : 'paid');
}

describe('a report of a branch', () => {
  test('that nobody confirms for forty-five days lapses: a clerk of Karaj sees until when, and then reports it anew', async () => {
    const slice = await rootOf(await credits.openedLine(1000n));
    const award = await contracted(slice);
    house.clock.set('2025-06-22T06:00:00Z');
    done(await credits.actOn(award, acting('report_payment', 3, { amount: '60' })));
    // 1404/04/01 and forty-five days: to the end of 1404/05/15.
    expect(await awardOf(award)).toMatchObject({ reported: '60', reportedUntil: '2025-08-06' });
    house.clock.set('2025-08-06T20:29:59Z');
    expect(await expireReports(watch)).toBe(0);
    house.clock.set('2025-08-06T20:30:00Z');
    const late = await http.post('otherDeputy', {
      url: `awards/${award}/acts`,
      body: acting('confirm_part_payment', 4, { signed: signature(60n) }),
    });
    expect(late).toMatchObject({
      status: 409,
      body: {
        kind: 'PendingExpired',
        fa: expect.stringMatching(/به سر آمده.*دوباره گزارش کنید/su),
        en: expect.stringContaining('report it anew'),
      },
    });
    const button = (await awardOf(award)).choices.find(({ act }) => act === 'confirm_part_payment');
    expect(button).toMatchObject({ lawful: false, because: { fa: expect.stringContaining('به سر آمده') } });
    expect(await expireReports(watch)).toBe(1);
    expect(await expireReports(watch)).toBe(0);
    expect(await actsOf(award)).toEqual([
      'reserve',
      'refer',
      'contract',
      'report_payment',
      'expire_report by the clock',
    ]);
    expect(await awardOf(award)).toMatchObject({ reported: '0', reportedUntil: null, paid: '0', version: 5 });
    expect(outcome(await credits.actOn(award, acting('confirm_part_payment', 5)))).toBe('ReportMissing');
    done(await credits.actOn(award, acting('report_payment', 5, { amount: '60' })));
    done(await credits.actOn(award, acting('confirm_part_payment', 6)));
    expect(await awardOf(award)).toMatchObject({ paid: '60', state: 'part_paid' });
  });

  test('waits for as long as the term of its line says on the day of its recording', async () => {
    house.clock.set('2025-09-01T06:00:00Z');
    const lineId = await credits.openedLine(1000n);
    const award = await contracted(await rootOf(lineId));
    done(await credits.setTerm(lineId, termOrder(10, '2025-09-01', 3)));
    done(await credits.setTerm(lineId, termOrder(20, '2025-09-02', 4)));
    done(await credits.actOn(award, acting('report_payment', 3, { amount: '60' })));
    expect(await awardOf(award)).toMatchObject({ reportedUntil: '2025-09-11' });
    done(await credits.actOn(award, acting('decline_report', 4)));
    house.clock.set('2025-09-02T06:00:00Z');
    done(await credits.actOn(award, acting('report_payment', 5, { amount: '60' })));
    expect(await awardOf(award)).toMatchObject({ reportedUntil: '2025-09-22' });
  });

  test('is ended by the clock alone: no role may, and the clock may nothing else of an award', () => {
    for (const state of Object.keys(awardKind.table)) {
      for (const role of roles) {
        const choice = choicesFor(awardKind, state, role).find(({ act }) => act === 'expire_report');
        expect(choice?.because).toMatchObject({ kind: 'ActNotYours', may: [] });
      }
      const lawful = choicesFor(awardKind, state, clockBy.role).filter((choice) => choice.lawful);
      const waits = state === 'contracted' || state === 'part_paid';
      expect(lawful.map(({ act }) => act)).toEqual(waits ? ['expire_report'] : []);
    }
  });
});

describe('reports, confirmations and jumps of the clock', () => {
  test(
    'no report is both confirmed and expired, sums stay whole, and case and ledger agree, with two jobs at once',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
          // Nothing of an earlier play is left to run out in this one.
          house.clock.advance((usualReportDays + 1) * aDay);
          await expireReports(watch);
          const slice = await rootOf(await credits.openedLine(1000n));
          const models: Model[] = [];
          for (let index = 0; index < 4; index += 1)
            models.push({ id: await contracted(slice), version: 3, paid: 0n, report: null });
          const late = { do: 'wait', days: usualReportDays + 1 } as const;
          const ending: Step[] = [
            { do: 'report', at: 3, sum: 30n },
            late,
            { do: 'confirm', at: 3 },
            { do: 'race', at: 3 },
            { do: 'report', at: 3, sum: 40n },
            late,
            { do: 'expire', jobs: 2 },
          ];
          for (const one of [...steps, ...ending]) await play(models, one);
          const asked = { provinceId: alborz, lineId: null, id: slice };
          const sums = await inProvince((tx) => listAccountSums(tx, asked));
          const of = (stage: string) =>
            sums.filter((one) => one.stage === stage).reduce((sum, { balance }) => sum + balance, 0n);
          const paid = models.reduce((sum, model) => sum + model.paid, 0n);
          expect([of('paid'), of('contracted'), of('reserved'), of('available')]).toEqual([
            paid,
            400n - paid,
            0n,
            600n,
          ]);
          const held = models.reduce((sum, { report }) => sum + (report?.sum ?? 0n), 0n);
          expect(sums.reduce((sum, { pending }) => sum + pending, 0n)).toBe(held);
          for (const model of models)
            expect(await awardOf(model.id)).toMatchObject({
              version: model.version,
              paid: model.paid.toString(),
              reported: (model.report?.sum ?? 0n).toString(),
            });
          expect(await inProvince((tx) => findBreaches(tx, alborz))).toEqual([]);
        }),
        { numRuns: 8 },
      );
      // Which ends come in eight histories is chance; that several kinds do is not.
      expect(seen.size, [...seen].join(', ')).toBeGreaterThan(1);
    },
  );
});

import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { rial, total } from '#kernel/rial.ts';
import { noScope, read } from '#platform/db.ts';
import { type Name, alborz, byCounties, done, freshId, openCredits, outcome } from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { orderOf } from '../division/rules.ts';
import { listSlices } from '../queries.ts';
import { drawSlicing, proposeSlicing } from '../slicing/actions.ts';
import { type ScenarioAnswer, scenarioCountryShape, scenarioPageShape } from './contract.ts';
import {
  type Scenario,
  addressOf,
  balanceOf,
  beginTrail,
  openingScenario,
  readFigures,
  redo,
  scenarioAt,
  slicesOf,
  step,
  triedOf,
  undo,
} from './rules.ts';

const house = await openHouse();
const { openedLine, approve, deed, http } = await openCredits(house);
afterAll(http.close);

const rootOf = async (lineId: string): Promise<string> =>
  must(
    (
      await read(house.db, { ...noScope, province: alborz }, (tx) =>
        listSlices(tx, { provinceId: alborz, lineId, id: null }),
      )
    )[0],
    'a root',
  ).id;

const pageOf = async (lineId: string, by: Name = 'director'): Promise<ScenarioAnswer> =>
  scenarioPageShape.parse((await http.get(by, `lines/${lineId}/scenario`)).body);

const openingOf = (page: ScenarioAnswer): Scenario =>
  openingScenario({
    amount: String(BigInt(page.rest.open) + BigInt(page.rest.locked)),
    jobs: page.jobsLeft,
    reserve: '25',
    formula: page.formula,
  });

const whole = 900_000_000_000n;
const lineId = await openedLine(whole);
const root = await rootOf(lineId);

const digits = (most: bigint) => fc.bigInt(0n, most).map(String);
const percents = fc.oneof(fc.constant(''), fc.nat({ max: 100 }).map(String));

/** Scenarios on the line of this file; some are not finished, some cannot be followed. */
const scenarios = (): fc.Arbitrary<Scenario> =>
  fc.record({
    amount: fc.oneof(digits(whole), fc.constant('')),
    jobTarget: digits(1000n),
    weights: fc.record({
      population: percents,
      population_rural: percents,
      unemployed_15plus: percents,
      active_15plus: percents,
    }),
    year: fc.constant('1395'),
    floor: fc.oneof(fc.constant(''), digits(whole / 6n)),
    cap: fc.oneof(fc.constant(''), digits(whole)),
    unit: fc.constantFrom('1', '10000000', '7'),
    zeros: fc.constantFrom([], [{ countyCode: '3007', reason: 'در سرشماری نبود' }]),
    adjustments: fc.array(
      fc.record({
        countyCode: fc.constantFrom('3001', '3006'),
        direction: fc.constantFrom('raise' as const, 'lower' as const),
        amount: digits(whole / 20n),
        reason: fc.constant('مصوبهٔ کارگروه'),
      }),
      { maxLength: 1 },
    ),
    reserve: fc.nat({ max: 100 }).map(String),
  });

describe('the browser and the server', () => {
  test(
    'work out the same parts to the rial, and refuse with the same kind',
    { timeout: 60_000 },
    async () => {
      const page = await pageOf(lineId);
      const codes = page.counties.map(({ countyCode }) => countyCode);
      let compared = 0;
      await fc.assert(
        fc.asyncProperty(scenarios(), async (scenario) => {
          const order = orderOf(scenario);
          const table = readFigures(codes, page.figures, scenario.zeros);
          if (!table.ok) throw new Error('the figures of Alborz can be read');
          const ours = slicesOf(table.value, scenario);
          expect(ours === null).toBe(order === null);
          if (ours === null || order === null) return;
          const theirs = await deed('deputy', (doing) => drawSlicing(doing, { sliceId: root, order }));
          if (!ours.ok) {
            const told = theirs.ok ? null : theirs.refusal;
            expect(told).toMatchObject({ kind: 'FormulaRefused', formula: { kind: ours.refusal.kind } });
            return;
          }
          compared += 1;
          expect(outcome(theirs)).toBe('ok');
          expect(ours.value).toEqual(
            theirs.ok && theirs.value.parts.map(({ countyCode, amount }) => ({ countyCode, amount })),
          );
        }),
        { numRuns: 150, seed: 1402 },
      );
      expect(compared).toBeGreaterThan(20);
    },
  );

  test('what was divided is found again: formula, reasons, adjustments and what each county holds', async () => {
    const id = await openedLine(1_000_000_000n);
    const order = byCounties(800_000_000n);
    const { formula } = order.by;
    const asked = {
      ...formula,
      indicators: [
        { key: 'population', weight: 4000 },
        { key: 'unemployed_15plus', weight: 6000 },
      ],
      floor: '20000000',
      cap: '500000000',
      adjustments: [{ countyCode: '3007', amount: '5000000', reason: 'جبران' }],
    };
    const sliceId = await rootOf(id);
    const proposal = { ...order, by: { axis: 'county' as const, formula: asked } };
    done(await deed('deputy', (doing) => proposeSlicing(doing, { sliceId, order: proposal })));
    done(await approve(order.id));
    const page = await pageOf(id);
    expect(page.formula).toEqual(asked);
    expect(page.rest).toEqual({ open: '150000000', locked: '50000000' });
    const held = page.counties.map(({ inForce }) => rial(inForce ?? '0'));
    expect(total(held)).toBe(800_000_000n);
    // The formula in force on the sum in force is the version in force.
    const scenario = { ...openingOf(page), amount: '800000000' };
    const table = readFigures(
      page.counties.map((one) => one.countyCode),
      page.figures,
      scenario.zeros,
    );
    const slices = table.ok ? slicesOf(table.value, scenario) : null;
    expect(slices?.ok === true && slices.value.map(({ amount }) => amount)).toEqual(held);
  });
});

describe('who may try', () => {
  test('a county office does not see what the others hold', async () => {
    expect((await http.get('karajOffice', `lines/${lineId}/scenario`)).status).toBe(404);
    expect((await http.get('lorestanDirector', `lines/${lineId}/scenario`)).status).toBe(403);
    expect((await http.get('ministry', `lines/${lineId}/scenario`)).status).toBe(200);
    expect((await http.get('nobody', `lines/${lineId}/scenario`)).status).toBe(401);
    expect((await http.get('director', `lines/${freshId()}/scenario`)).status).toBe(404);
  });

  test('the figures of the country are for ministry and directors, not for an applicant', async () => {
    const said = await http.get('ministry', '../../../credit/scenario');
    const country = scenarioCountryShape.parse(said.body);
    expect(country.provinces).toHaveLength(31);
    expect(country.provinces.flatMap(({ counties }) => counties).length).toBeGreaterThan(470);
    expect((await http.get('applicant', '../../../credit/scenario')).status).toBe(403);
  });
});

describe('a scenario beside what it is compared with', () => {
  test('gains and losses add up to the difference of the sums, and the lock to its share rounded up', () => {
    const tried = fc.array(fc.tuple(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n)), { minLength: 1 });
    fc.assert(
      fc.property(tried, fc.nat({ max: 100 }), (rows, percent) => {
        const slices = rows.map(([amount], place) => ({ countyCode: String(place), amount: rial(amount) }));
        const before = new Map(rows.map(([, was], place) => [String(place), rial(was)]));
        const scenario = {
          ...openingScenario({ amount: '1', jobs: 0, reserve: String(percent), formula: null }),
        };
        const all = triedOf({ scenario, slices, before });
        const sum = total(slices.map(({ amount }) => amount));
        expect(total(all.map(({ locked }) => locked))).toBe((sum * BigInt(percent) + 99n) / 100n);
        for (const { locked, amount } of all) expect(locked <= amount).toBe(true);
        const { gainers, losers, moved } = balanceOf(all);
        const lost = all.reduce(
          (lower, one) => lower + (one.amount < (one.before ?? 0n) ? (one.before ?? 0n) - one.amount : 0n),
          0n,
        );
        expect(moved - lost).toBe(sum - total([...before.values()]));
        expect(gainers + losers).toBeLessThanOrEqual(rows.length);
      }),
      { seed: 25 },
    );
  });
});

describe('undo, redo and the address', () => {
  const fields = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat()), { minLength: 1 });

  test('undo goes back step by step to the beginning, redo to the end again', () => {
    fc.assert(
      fc.property(fields, (changes) => {
        let trail = beginTrail(-1);
        for (const [field, next] of changes) trail = step(trail, field, next);
        const last = trail.now;
        const steps = changes.filter(
          ([field], place) => place === 0 || changes[place - 1]?.[0] !== field,
        ).length;
        for (let count = 0; count < steps; count += 1) trail = undo(trail);
        expect(trail.now).toBe(-1);
        expect(undo(trail)).toBe(trail);
        for (let count = 0; count < steps; count += 1) trail = redo(trail);
        expect(trail.now).toBe(last);
        expect(redo(trail)).toBe(trail);
      }),
      { seed: 7 },
    );
  });

  test('an address opens what its sender saw, and what is not one opens the beginning', () => {
    const opening = openingScenario({ amount: '100', jobs: 3, reserve: '25', formula: null });
    fc.assert(
      fc.property(scenarios(), (scenario) => {
        const address = addressOf(scenario, opening);
        expect(scenarioAt(address, opening)).toEqual(scenario);
        expect(scenarioAt(decodeURIComponent(encodeURIComponent(address)), opening)).toEqual(scenario);
      }),
      { seed: 9 },
    );
    expect(addressOf(opening, opening)).toBe('');
    expect(scenarioAt('', opening)).toEqual(opening);
    fc.assert(
      fc.property(fc.string(), (text) => void scenarioAt(text, opening)),
      { seed: 11 },
    );
    expect(scenarioAt('weights.1.2~amount.x~zeros.%7B~adjustments.[1]', opening)).toEqual(opening);
  });
});

import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { type Day, addDays, day, dayFromIso } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { type Scope, noScope, read } from '#platform/db.ts';
import { alborz } from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { dice, playProvince, takeBack } from '#testing/statements.ts';
import { type Counted, type Selection, scannedSums } from '../queries.ts';
import { findTalliesApart, keepTallies, sumsOf } from './actions.ts';
import type { Span } from './contract.ts';
import { coverOf, monthStarts } from './rules.ts';

const house = await openHouse();
const roller = dice(Number.parseInt(process.env['KARSAZ_SEED'] ?? '1407', 10));
const province = await playProvince(house, roller);
const keep = () => keepTallies({ db: house.db, clock: house.clock, catalogue });
const whole: Scope = { ...noScope, province: alborz };

type Asked = { readonly measure: Counted; readonly selection: Selection };
const edges = ['2022-03-21', '2022-11-05', '2023-03-20', '2023-04-21', '2023-08-01', '2024-03-19'];

const maybe = <One>(one: One): One | null => (roller.roll(0, 1) === 0 ? null : one);

function anyRequest(county: string | null): Asked {
  const measures = catalogue.indicators.flatMap(({ measure }) =>
    measure.kind === 'ratio' || measure.view !== 'credit.read_movement' ? [] : [measure],
  );
  const [first, last] = [roller.roll(0, 2), roller.roll(3, 5)];
  const only = roller.pick([
    {},
    {},
    { programme: ['home_jobs'] },
    { programme: ['note_18', 'rural'], beneficiary_kind: ['enterprise'] },
    { category_key: ['clothing'] },
  ]);
  return {
    measure: roller.pick(measures),
    selection: {
      provinceId: alborz,
      countyCode: county ?? maybe(roller.pick(['3001', '3006'])),
      budgetYear: maybe(roller.pick([1401, 1402])),
      from: maybe(dayFromIso(edges[first] ?? '')),
      until: maybe(dayFromIso(edges[last] ?? '')),
      only,
      without: roller.pick([{}, {}, { beneficiary_kind: ['cooperative'] }]),
    },
  };
}

/** Sixty questions, by tallies and by a scan, in one snapshot; gives back how many the tallies answered. */
async function same(scope: Scope = whole): Promise<number> {
  const requests = Array.from({ length: 60 }, () => anyRequest(scope.county));
  return read(house.db, scope, async (tx) => {
    const sums = await sumsOf(tx, requests);
    const scans = await scannedSums(tx, requests);
    for (const [at, { value, records }] of sums.entries()) {
      const scan = must(scans[at], 'a scan');
      expect([value, records], JSON.stringify(requests[at])).toEqual([scan.value, scan.records]);
    }
    return sums.filter(({ by }) => by === 'tally').length;
  });
}
const apart = () => read(house.db, whole, (tx) => findTalliesApart(catalogue)(tx, alborz));

describe('tallies', () => {
  test('answer what a scan of the records answers, at every moment (L8)', { timeout: 120_000 }, async () => {
    expect(await same()).toBe(0);
    house.clock.advance(1_000);
    expect(await keep()).toBe(2);
    expect(await same()).toBeGreaterThan(10);
    expect(await same({ ...whole, county: '3001' })).toBeGreaterThan(10);
    expect(await apart()).toEqual([]);
    // What was recorded since the mark is added from the records.
    for (const kind of ['cooperative', 'person', 'enterprise'] as const) {
      house.clock.advance(5_000);
      await takeBack(house, province, kind);
      expect(await same()).toBeGreaterThan(10);
      if (kind === 'person') {
        house.clock.advance(5_000);
        expect(await keep()).toBe(1);
        expect(await same()).toBeGreaterThan(10);
      }
    }
    house.clock.advance(5_000);
    // Two jobs at once: none adds a record twice.
    await Promise.all([keep(), keep()]);
    expect(await same()).toBeGreaterThan(10);
    expect(await apart()).toEqual([]);
    expect(await keep()).toBe(0);
  });

  test('that are not their records are named', async () => {
    const change = (by: number) =>
      sql`update evidence.tally set amount = amount + ${by} where province_id = ${alborz}
        and measure = 'amount;stage=paid' and grain = 'month'`.execute(house.owner);
    await sql`alter table evidence.tally no force row level security`.execute(house.owner);
    await change(1);
    const found = await apart();
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ kind }) => kind === 'TallyApart')).toBe(true);
    await change(-1);
    expect(await apart()).toEqual([]);
  });

  test('are kept by nobody who sees only a part of the province', async () => {
    const scope = { ...whole, county: '3001' };
    const changed = house.db.transaction().execute(async (tx) => {
      await sql`select set_config('app.province', ${String(scope.province)}, true),
        set_config('app.county', ${scope.county}, true)`.execute(tx);
      const { rows } = await sql`update evidence.tally set amount = 0 returning measure`.execute(tx);
      return rows.length;
    });
    expect(await changed).toBe(0);
  });
});

const isIn = (at: Day, span: Span): boolean =>
  (span.from === null || at >= span.from) && (span.until === null || at <= span.until);

describe('a period', () => {
  const days = fc.integer({ min: 0, max: 1200 }).map((count) => addDays(day('1401-01-01'), count));
  const edge = fc.option(days, { nil: null });

  test('is covered by whole months and single days, each of its days once and no other', () => {
    fc.assert(
      fc.property(edge, edge, days, (one, other, probe) => {
        const [from, until] = one !== null && other !== null && one > other ? [other, one] : [one, other];
        const { months, days: spans } = coverOf({ from, until });
        const month = day(`${probe.slice(0, 7)}-01`);
        const times =
          (months !== null && isIn(month, months) ? 1 : 0) + spans.filter((span) => isIn(probe, span)).length;
        expect(times).toBe(isIn(probe, { from, until }) ? 1 : 0);
      }),
    );
  });

  test('has months that begin on the first day of a month, in order', () => {
    const starts = monthStarts();
    expect(starts.every((iso) => dayFromIso(iso).endsWith('-01'))).toBe(true);
    expect(starts.toSorted()).toEqual(starts);
    expect(starts).toContain('2024-03-20');
  });
});

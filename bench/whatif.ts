import { type CountryOrder, type CountryTable, divideCountry, readCountry } from '#credit/country/rules.ts';
import { indicatorKeys } from '#credit/division/rules.ts';
import { readCsv } from '#platform/csv.ts';
import { rial } from '#kernel/rial.ts';
import { assert, must } from '#kernel/result.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { openDatabase } from '#platform/db.ts';
import { appRole, markDemonstration, ownerRole } from '#platform/installation.ts';
import { openLog } from '#platform/log.ts';
import { buildPagesWhenStale } from '#platform/pages.ts';
import { onSocket } from '#platform/postgres.ts';
import { openBrowser, openContext } from '#testing/browser.ts';
import { openTrial, template } from '#testing/trial.ts';
import { buildApp, furnish, loadDemonstration } from '../src/app.ts';
import { againstLimit, type Figure, measure, quantile } from './measure.ts';
import { naiveShares, naiveSlices } from './slice.reference.ts';

/**
 * A working group moves one weight: one sum over the 31 provinces and in each over its counties, by the figures of
 * the census that the catalogue holds. Every part of ours is compared with the reference, to the rial.
 */
type Catalogue = {
  readonly provinces: readonly { readonly slug: string; readonly countyCodes: readonly string[] }[];
  readonly figures: readonly {
    readonly countyCode: string;
    readonly indicator: string;
    readonly value: string;
  }[];
};

function readCatalogue(): Catalogue {
  const counties = readCsv('counties.csv');
  const byProvince = Map.groupBy(counties, (row) => must(row['province_id'], 'a province'));
  const known = readCsv('county_indicators.csv')
    .filter((row) => row['year'] === '1395' && row['sex'] === 'all' && row['period'] === 'census')
    .map((row) => ({
      countyCode: must(row['county_code'], 'a county'),
      indicator: must(row['indicator'], 'an indicator'),
      value: must(row['value'], 'a value'),
    }));
  return {
    provinces: [...byProvince].map(([slug, rows]) => ({
      slug,
      countyCodes: rows.map((row) => must(row['county_code'], 'a county')),
    })),
    figures: known,
  };
}

/** The weights after the slider has moved `place` steps. */
const orderAt = (place: number): CountryOrder => ({
  amount: rial(97_400_000_000_000n),
  unit: rial(10_000_000n),
  weights: indicatorKeys.map((indicator, at) => ({
    indicator,
    weight: BigInt(at === 0 ? 1000 + (place % 90) * 100 : 2000),
  })),
  floor: rial(20_000_000_000n),
  cap: null,
});

function partsOf(table: CountryTable, order: CountryOrder): Map<string, bigint> {
  const divided = divideCountry(table, order);
  assert(divided.ok, 'the sum of the bench can be divided');
  const parts = new Map<string, bigint>();
  for (const { slug, amount, counties } of divided.value) {
    parts.set(slug, amount);
    assert(counties.ok, `the counties of ${slug} can be divided`);
    for (const { countyCode, amount: part } of counties.value) parts.set(countyCode, part);
  }
  return parts;
}

const columnsOf = (codes: readonly string[], valueOf: (code: string, indicator: string) => string) =>
  indicatorKeys.map((indicator) => ({
    indicator,
    values: new Map(codes.map((code) => [code, valueOf(code, indicator)])),
  }));

/** The same by the formula as one would first write it down, province by province. */
function naiveCountry({ provinces, figures: rows }: Catalogue) {
  const known = new Map(rows.map((one) => [`${one.countyCode} ${one.indicator}`, one.value]));
  const ofCounty = (code: string, indicator: string): string => known.get(`${code} ${indicator}`) ?? '0';
  const tables = provinces.map(({ slug, countyCodes }) => {
    const columns = columnsOf(countyCodes, ofCounty);
    return { slug, countyCodes, shares: naiveShares({ countyCodes, columns }) };
  });
  const codesOf = new Map(provinces.map(({ slug, countyCodes }) => [slug, countyCodes]));
  const slugs = provinces.map(({ slug }) => slug);
  const sums = columnsOf(slugs, (slug, indicator) =>
    must(codesOf.get(slug), 'a province')
      .reduce((sum, code) => sum + BigInt(ofCounty(code, indicator)), 0n)
      .toString(),
  );
  const whole = naiveShares({ countyCodes: slugs, columns: sums });
  return ({ amount, unit, weights, floor, cap }: CountryOrder): Map<string, bigint> => {
    const line = { amount, unit, weights, bounds: [], adjustments: [], countyCodes: slugs };
    const parts = new Map(naiveSlices(line, whole));
    for (const { slug, countyCodes, shares } of tables) {
      const bounds = countyCodes.map((countyCode) => ({ countyCode, floor, cap }));
      const part = rial(must(parts.get(slug), 'a part of each province'));
      const own = { amount: part, unit, weights, bounds, adjustments: [], countyCodes };
      for (const [code, sum] of naiveSlices(own, shares)) parts.set(code, sum);
    }
    return parts;
  };
}

export async function* figures(): AsyncGenerator<Figure> {
  const catalogue = readCatalogue();
  const read = readCountry(catalogue.provinces, catalogue.figures, 'bench');
  assert(read.ok, 'the figures of the catalogue can be read');
  const naive = naiveCountry(catalogue);
  const count = catalogue.provinces.reduce((sum, { countyCodes }) => sum + countyCodes.length, 0);
  let place = 0;
  let theirPlace = 0;
  const figure = await measure({
    bench: 'whatif',
    case: `one weight moved, ${catalogue.provinces.length} provinces and ${count} counties, computed`,
    unit: 'ms',
    better: 'lower',
    target: null,
    ours: () => partsOf(read.value, orderAt(place++)),
    runs: 60,
    reference: () => naive(orderAt(theirPlace++)),
    referenceRuns: 5,
  });
  for (const at of [0, 17, 55, 89]) {
    const theirs = naive(orderAt(at));
    const ours = partsOf(read.value, orderAt(at));
    const apart = [...ours].find(([code, sum]) => theirs.get(code) !== sum);
    assert(apart === undefined && ours.size === theirs.size, `${apart?.[0]} differs from the reference`);
  }
  yield figure;
  yield againstLimit(figure, 50, 'lower');
  yield againstLimit(await onScreen(), 100, 'lower');
}

/**
 * From the key that moves a weight of the page over all provinces to the frame that shows the parts: the page of the
 * demonstration as it is served, in a browser on the same machine.
 */
async function onScreen(): Promise<Figure> {
  const trial = await openTrial();
  const open = (role: string) =>
    openDatabase({
      connection: onSocket(trial.socketFolder, role, template),
      role: null,
      most: 8,
      name: 'bench',
    });
  const [owner, db] = [open(ownerRole), open(appRole)];
  const house = { db, config: readConfig({}), log: openLog('silent'), clock: systemClock };
  const browser = await openBrowser();
  try {
    assert(trial.complaint === null, trial.complaint ?? '');
    await furnish(owner);
    await loadDemonstration(house, () => {});
    await markDemonstration(owner, systemClock, 'loaded');
    await buildPagesWhenStale(house.config.root);
    const app = await buildApp(house);
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const page = await (await openContext(browser)).newPage();
    await page.request.post(`${address}/api/session`, {
      data: { username: 'deputy-alborz', password: 'karsaz-demo' },
    });
    await page.goto(`${address}/desk/credit/scenario`);
    await page.getByRole('slider').first().waitFor();
    const move = (): Promise<number> => page.evaluate<number>(moveOneWeight);
    for (let warm = 0; warm < 5; warm += 1) await move();
    const times: number[] = [];
    for (let run = 0; run < 40; run += 1) times.push(await move());
    await app.close();
    const middle = quantile(times, 0.5);
    return {
      bench: 'whatif',
      case: 'one weight moved on the page over all provinces, from the key to the frame; reference: none',
      unit: 'ms',
      ours: Math.round(middle * 10) / 10,
      reference: null,
      ratio: null,
      target: null,
      n: times.length,
      spread: Math.round((1000 * (quantile(times, 0.75) - quantile(times, 0.25))) / middle) / 1000,
    };
  } finally {
    await browser.close();
    await db.destroy();
    await owner.destroy();
    await trial.close();
  }
}

/** In the page: moves the first weight up or down by one and waits until the next frame is drawn. */
const moveOneWeight = `new Promise((done) => {
  const slider = document.querySelector('input[type=range]');
  const shown = () => document.querySelector('main table').innerText;
  const before = shown();
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const began = performance.now();
  set.call(slider, String(slider.valueAsNumber % 100 === 50 ? 51 : 50));
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => {
    const took = performance.now() - began;
    if (shown() === before) throw new Error('nothing changed on the page');
    done(took);
  }));
})`;

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#platform/config.ts';
import { openCooperatives } from '#testing/cooperatives.ts';
import { openHouse } from '#testing/house.ts';
import { proposalsShape } from '../finder/contract.ts';
import { cooperativeShape } from '../contract.ts';
import { demonstrationShape, loadDemonstration } from './actions.ts';

const house = await openHouse();
const { get, persons } = await openCooperatives(house);

test('the larger place of the demonstration shows at least ten clusters, and cooperatives in several states', async () => {
  await persons(123);
  const { places, reasons } = demonstrationShape.parse(
    JSON.parse(readFileSync(join(root, 'data', 'demonstration', 'cooperative.json'), 'utf8')),
  );
  // It plays in Lorestan; the persons of this test live in Karaj.
  const place = { provinceId: 30, slug: 'alborz', countyCode: '3001' };
  await loadDemonstration(house, [place], { reasons, places: { alborz: places['lorestan'] } });
  const { proposals } = proposalsShape.parse((await get('director', 'cooperative-proposals')).body);
  expect(proposals.map(({ holders }) => holders.length)).toEqual([14, 11, 10, 9, 9, 8, 8, 8, 7, 7, 7]);
  const items = cooperativeShape.array().parse(Object((await get('director', 'cooperatives')).body).items);
  expect(items.map(({ state }) => state).sort()).toEqual([
    'active',
    'agreed',
    'constituted',
    'founding',
    'stagnant',
  ]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#platform/config.ts';
import { openSignIn } from '#platform/signin.ts';
import { openHouse } from '#testing/house.ts';
import { openSupporters } from '#testing/supporters.ts';
import { supporterShape } from '../contract.ts';
import { contractShape } from '../three-party-contract/contract.ts';
import { demonstrationShape, loadDemonstration } from './actions.ts';

const house = await openHouse();
const { get, persons, workers } = await openSupporters(house);

test('the larger place of the demonstration shows supporters in every state that an office has before it', async () => {
  await persons(6, { form: 'legal' });
  await workers(9, { issuedOn: '1402-12-20' });
  const { places, reasons } = demonstrationShape.parse(
    JSON.parse(readFileSync(join(root, 'data', 'demonstration', 'support.json'), 'utf8')),
  );
  // It plays in Lorestan; the persons of this test live in Karaj.
  const place = { provinceId: 30, slug: 'alborz', countyCode: '3001' };
  const { keyedHash } = openSignIn(house);
  await loadDemonstration({ ...house, keyedHash }, [place], {
    reasons,
    places: { alborz: places['lorestan'] },
  });
  const supporters = supporterShape.array().parse(Object((await get('director', 'supporters')).body).items);
  expect(supporters.map(({ state, jobs, links }) => `${state} ${links}/${jobs}`).toSorted()).toEqual(
    [
      'capacity_proposed 3/6',
      'entered 0/0',
      'returned 0/0',
      'suspended 1/4',
      'turned_down 0/0',
      'active 2/2',
    ].toSorted(),
  );
  const contracts = contractShape
    .array()
    .parse(Object((await get('director', 'support-contracts')).body).items);
  const states = contracts.map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['in_force', 'ended', 'declined', 'worker_missing']));
  expect(states.filter((state) => state === 'in_force')).toHaveLength(6);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#platform/config.ts';
import { openAgencies } from '#testing/agencies.ts';
import { openHouse } from '#testing/house.ts';
import { agencyShape } from '../contract.ts';
import { loadDemonstration } from './actions.ts';

const house = await openHouse();
const { desk } = await openAgencies(house);
const given: unknown = JSON.parse(
  readFileSync(join(root, 'data', 'demonstration', 'placement.json'), 'utf8'),
);
await loadDemonstration(
  house,
  [
    { provinceId: 15, slug: 'lorestan' },
    { provinceId: 30, slug: 'alborz' },
  ],
  given,
);
const agenciesOf = async (slug: string) => {
  const director = await desk.as(`director-${slug}`);
  const { body } = await director.get(`/api/provinces/${slug}/placement-agencies`);
  return agencyShape.array().parse(Object(body).items);
};

test('both provinces have agencies in every state that an office has before it, each named as a sample', async () => {
  const agencies = [...(await agenciesOf('lorestan')), ...(await agenciesOf('alborz'))];
  expect(agencies).toHaveLength(16);
  expect(new Set(agencies.map(({ standing }) => standing))).toEqual(
    new Set(['valid', 'renewal_proposed', 'expired', 'suspended', 'annulled', 'entered', 'returned']),
  );
  for (const { name } of agencies) expect(name).toContain('نمونه');
});

test('the public pages show those that are valid and opted in', async () => {
  for (const [slug, count] of [
    ['lorestan', 4],
    ['alborz', 6],
  ] as const) {
    const { body } = await desk.app.inject({ url: `/placement-agencies?province=${slug}` });
    expect(body.match(/<th scope="row">/g), slug).toHaveLength(count);
  }
});

import { expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { openCooperatives, toActive } from '#testing/cooperatives.ts';
import { openHouse } from '#testing/house.ts';
import { kindOf } from '#testing/licences.ts';
import { stakesShape, type Stake } from './contract.ts';

const house = await openHouse();
const { act, founded, form, get, persons, post } = await openCooperatives(house);

const stakesOf = async (who: string, personId: string): Promise<Stake[]> =>
  stakesShape.parse((await get(who, `persons/${personId}/cooperatives`)).body).items;

test('the page of a person tells their cooperatives with shares, office and state, also those they left', async () => {
  const { id, founders } = await founded([...toActive, 'change_capital']);
  const chair = must(founders[0], 'a founder');
  const second = await founded();
  expect(await stakesOf('county-office', chair)).toMatchObject([
    { cooperative: { cooperativeId: id, state: 'active' }, shares: 4, paid: '2000000', office: 'chair' },
  ]);
  expect(await stakesOf('deputy', must(second.founders[0], 'a founder'))).toMatchObject([
    { cooperative: { cooperativeId: second.id, state: 'founding' }, shares: 3, paid: '0', office: null },
  ]);
  const [joins] = await persons(1);
  const entries = [
    { personId: joins, shares: 3, paid: '1000000' },
    { personId: founders[6], shares: -3, paid: '-1000000' },
  ];
  expect(kindOf(await act('county-office', id, 'change_capital', { entries }))).toBe('ok');
  expect(await stakesOf('director', must(founders[6], 'a founder'))).toMatchObject([
    { shares: 0, paid: '0' },
  ]);
});

test('a county reads the cooperatives of its own places only, and who has no part in them reads none', async () => {
  const founders = await persons(7, '3002');
  const sent = form(founders, { countyCode: '3002' });
  expect(kindOf(await post('deputy', 'cooperatives', sent))).toBe('ok');
  const personId = must(founders[0], 'a founder');
  expect(await stakesOf('director', personId)).toHaveLength(1);
  expect(await stakesOf('county-office', personId)).toEqual([]);
  for (const who of ['agency', 'bank', 'editor', 'applicant'])
    expect((await get(who, `persons/${personId}/cooperatives`)).status, who).toBe(403);
});

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openHouse } from '#testing/house.ts';
import { kindsOfStage } from './contract.ts';

const house = await openHouse();

test('a stage is turned over by the kinds of transfer that the database knows, and by no other', async () => {
  const { rows } = await sql<{ stage: string; kinds: string[] }>`
    select stage, array_agg(distinct transfer_kind order by transfer_kind) as kinds
    from credit.effect where stage = any(${Object.keys(kindsOfStage)}) group by stage
  `.execute(house.owner);
  const due = Object.entries(kindsOfStage).map(([stage, kinds]) => [stage, [...kinds].toSorted()]);
  expect(Object.fromEntries(rows.map(({ stage, kinds }) => [stage, kinds]))).toEqual(Object.fromEntries(due));
});

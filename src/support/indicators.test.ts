import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { checkStatement } from '#evidence/actions.ts';
import { day } from '#kernel/day.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, kindOf } from '#testing/licences.ts';
import { capacity, openSupporters, threeSignatures } from '#testing/supporters.ts';

const house = await openHouse();
const { act, drafted, entered, sign, workers } = await openSupporters(house);
const scope = { ...noScope, province: alborz };

const check = async (text: string) => {
  house.clock.advance(60_000);
  const found = await read(house.db, scope, (tx) =>
    checkStatement(tx, catalogue, { text, provinceId: alborz, published: day('1403-12-01') }),
  );
  return found
    .filter(({ verdict }) => verdict !== 'not_a_claim')
    .map(({ verdict, actual }) => [verdict, actual]);
};

/** What a person with a pencil makes of the records of a view. */
const addedUp = async (view: string, column: string): Promise<bigint> => {
  const found = await inTransaction(house.db, scope, async (tx) => {
    const { rows } = await sql<{ one: bigint }>`
      select ${sql.ref(column)} as one from ${sql.table(`support.${view}`)} where province_id = ${alborz}
    `.execute(tx);
    return ok(rows.reduce((sum, { one }) => sum + one, 0n));
  });
  return must(found.ok ? found.value : undefined, 'a sum');
};

test('a statement about supporters is supported by its records, and one more is not', async () => {
  const { id: supporterId } = await entered(['approve'], { capacities: [capacity({ jobs: 8 })] });
  await entered(['approve'], { kind: 'driver', capacities: [capacity({ jobs: 4 })] });
  await entered();
  const gone = await entered(['approve']);
  expect(kindOf(await act('director', gone.id, 'end'))).toBe('ok');
  const links = [];
  for (const worker of await workers(4)) links.push(await drafted({ supporterId, worker }, threeSignatures));
  expect(kindOf(await sign('director', must(links[0], 'a contract').id, 'end'))).toBe('ok');
  const told: readonly (readonly [string, string, string])[] = [
    ['در سال ۱۴۰۳ ۱ پشتیبان مشاغل خانگی در استان البرز تأیید شد.', '۱', '1'],
    ['در سال ۱۴۰۳ ۱ پیشران مشاغل خانگی در استان البرز تأیید شد.', '۱', '1'],
    ['در سال ۱۴۰۳ ۳ شاغل مشاغل خانگی در استان البرز به پشتیبان متصل شدند.', '۳', '3'],
  ];
  for (const [text, figure, actual] of told) {
    expect([text, await check(text)]).toEqual([text, [['supported', actual]]]);
    const wrong = text.replace(` ${figure} `, ' ۷ ');
    expect([wrong, (await check(wrong)).map(([verdict]) => verdict)]).toEqual([wrong, ['contradicted']]);
  }
  // A bank's contract is no three-party one, and a text that says neither programme nor place of it proves nothing.
  expect(await check('در سال ۱۴۰۳ ۳ قرارداد سه‌جانبه با پشتیبان در استان البرز امضا شد.')).toEqual([
    ['no_record', null],
  ]);
  expect([
    await addedUp('read_supporter', 'supporters'),
    await addedUp('read_link', 'links'),
    await addedUp('read_capacity', 'places'),
  ]).toEqual([2n, 3n, 12n]);
});

import { expect, test } from 'vitest';
import { loadHistory } from '#licence/demonstration/actions.ts';
import { importHistory } from '#licence/actions.ts';
import { dayFromIso, day } from '#kernel/day.ts';
import { ok } from '#kernel/result.ts';
import { loadCatalogue as loadOccupations } from '#occupation/actions.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { openHouse } from '#testing/house.ts';
import { catalogue } from '#app.ts';
import { checkStatement } from '../actions.ts';

const house = await openHouse();
const lorestan = 15;
const scope = { ...noScope, province: lorestan };

const sentences = [
  'در سال ۱۳۹۳ در استان لرستان ۱۲۶۴ مجوز مشاغل خانگی صادر شد.',
  'در سال گذشته با همکاری دستگاه‌های اجرایی هزار و 264 مجوز مشاغل خانگی صادر شد.',
];

test(
  'the 1,264 licences of Lorestan in 1393 are supported by their records, and one more is not',
  { timeout: 60_000 },
  async () => {
    await loadPlaces(house.owner, readCsv);
    await loadParties(house.owner, readCsv);
    await loadOccupations(house.owner, readCsv);
    await loadHistory({ db: house.db, clock: house.clock });
    house.clock.advance(60_000);
    const check = async (text: string) =>
      (
        await read(house.db, scope, (tx) =>
          checkStatement(tx, catalogue, {
            text,
            provinceId: lorestan,
            published: day('1394-02-10'),
          }),
        )
      ).filter(({ verdict }) => verdict !== 'not_a_claim');
    for (const sentence of sentences)
      expect((await check(sentence)).map(({ verdict, actual }) => [verdict, actual])).toEqual([
        ['supported', '1264'],
      ]);
    expect((await check(sentences[0]?.replace('۱۲۶۴', '۱۲۶۵') ?? '')).map(({ verdict }) => verdict)).toEqual([
      'contradicted',
    ]);
    await inTransaction<undefined, never>(house.db, scope, async (tx) => {
      const row = { countyCode: '1503', occupationId: 54, categoryKey: 'clothing', agencyKey: 'industry' };
      const rows = [{ ...row, issuedOn: dayFromIso('2014-06-01') }];
      await importHistory(
        { tx, clock: house.clock, provinceId: lorestan },
        { rows, sourceKey: 'demonstration' },
      );
      return ok();
    });
    house.clock.advance(60_000);
    expect((await check(sentences[0] ?? '')).map(({ verdict }) => verdict)).toEqual(['contradicted']);
  },
);

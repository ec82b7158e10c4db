import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { read, noScope } from '#platform/db.ts';
import { markDemonstration } from '#platform/installation.ts';
import { readSheet } from '#platform/sheet.ts';
import { alborz, byCategories, byCounties, fardis, karaj, openCredits } from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { linePageShape } from '../contract.ts';
import { listSlices } from '../queries.ts';

const house = await openHouse();
const credits = await openCredits(house);
const { http } = credits;
afterAll(http.close);

let lineId: Id;
let counties: Map<string | null, string>;
beforeAll(async () => {
  lineId = await credits.openedLine(1_000_000_000n);
  const slices = () =>
    read(house.db, { ...noScope, province: alborz }, (tx) =>
      listSlices(tx, { provinceId: alborz, lineId, id: null }),
    );
  await credits.divided(must((await slices())[0], 'a root').id, byCounties(900_000_000n));
  counties = new Map(
    (await slices()).filter(({ axis }) => axis === 'county').map((one) => [one.countyCode, one.id]),
  );
  await credits.divided(must(counties.get(karaj), 'Karaj'), byCategories({ clothing: 1000n, wood: 500n }));
});

const columns = [
  { key: 'place', title: { fa: 'برش', en: 'Slice' }, kind: 'text', needed: true },
  { key: 'amount', title: { fa: 'مبلغ (ریال)', en: 'Sum (rials)' }, kind: 'rial', needed: true },
  { key: 'locked', title: { fa: 'قفل تعاونی‌ها', en: 'Cooperatives’ lock' }, kind: 'rial', needed: true },
] as const;

describe('what leaves the house', () => {
  test.each(['fa', 'en'])('the letter of a county is a PDF in %s', async (language) => {
    const slice = must(counties.get(karaj), 'Karaj');
    const url = `slices/${slice}/letter?language=${language}&number=12&day=2024-01-01`;
    const pdf = await http.file('deputy', url);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    if (process.env['KARSAZ_LOOK'] !== undefined)
      writeFileSync(`${process.env['KARSAZ_LOOK']}/letter-${language}.pdf`, pdf);
    // Another number is another letter; the same one the same bytes.
    expect((await http.file('deputy', url)).equals(pdf)).toBe(true);
    expect((await http.file('deputy', url.replace('number=12', 'number=13'))).equals(pdf)).toBe(false);
  });

  test('a county has its own letter and not that of another', async () => {
    const [own, other] = [must(counties.get(karaj), 'Karaj'), must(counties.get(fardis), 'Fardis')];
    expect((await http.file('karajOffice', `slices/${own}/letter`)).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await http.get('karajOffice', `slices/${other}/letter`)).status).toBe(404);
    expect((await http.get('bank', `slices/${own}/letter`)).status).toBe(404);
    expect((await http.get('nobody', `slices/${own}/letter`)).status).toBe(401);
  });

  test.each(['xlsx', 'csv'])(
    'the exported slices are those of the page, to the rial (%s, L8)',
    async (format) => {
      const page = linePageShape.parse((await http.get('deputy', `lines/${lineId}`)).body);
      const sheet = await readSheet(
        await http.file('deputy', `lines/${lineId}/export?format=${format}&language=fa`),
        { columns },
      );
      expect(sheet.map(({ cells }) => [cells.amount, cells.locked])).toEqual(
        page.slices.map(({ standing }) => [standing.amount, standing.locked]),
      );
      const own = await readSheet(await http.file('karajOffice', `lines/${lineId}/export?format=${format}`), {
        columns,
      });
      expect(own.length).toBe(3);
    },
  );

  test('the overview and the tree are drawn as pages too', async () => {
    for (const url of ['export?format=pdf', `lines/${lineId}/export?format=pdf&language=en`]) {
      const pdf = await http.file('deputy', url);
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      if (process.env['KARSAZ_LOOK'] !== undefined)
        writeFileSync(
          `${process.env['KARSAZ_LOOK']}/${url.startsWith('export') ? 'overview' : 'tree'}.pdf`,
          pdf,
        );
    }
    const refused = await http.get('deputy', 'export?format=doc');
    expect([refused.status, z.object({ field: z.string() }).parse(refused.body).field]).toEqual([
      400,
      'format',
    ]);
  });

  test('of made-up records says so, in the name of every file and on each page', async () => {
    const url = `lines/${lineId}/export?language=fa`;
    const real = await http.file('deputy', `${url}&format=pdf`);
    expect(await http.fileName('deputy', `${url}&format=csv`)).not.toContain('demonstration');
    await markDemonstration(house.owner, house.clock, 'loaded');
    house.clock.advance(1000);
    for (const format of ['csv', 'xlsx', 'pdf'])
      expect(await http.fileName('deputy', `${url}&format=${format}`)).toMatch(/^demonstration-[a-z-]+\./);
    expect((await http.file('deputy', `${url}&format=pdf`)).equals(real)).toBe(false);
  });
});

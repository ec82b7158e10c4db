import { afterAll, describe, expect, test } from 'vitest';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { loadCatalogue } from '../actions.ts';
import { occupationRoutes } from '../routes.ts';

const house = await openHouse();
await loadPlaces(house.owner, readCsv);
await loadParties(house.owner, readCsv);
await loadCatalogue(house.owner, readCsv);
const desk = await openDesk(house, { rooms: [occupationRoutes(house)] });
afterAll(() => desk.app.close());

const look = async (path: string): Promise<string> => {
  const { statusCode, body } = await desk.app.inject({ url: path });
  expect(statusCode).toBe(200);
  return body;
};
const rowsIn = (page: string): string[] =>
  [...page.matchAll(/<th scope="row">\s*([^<]+?)\s*<br/g)].map(([, title = '']) => title);

describe('the public catalogue of occupations', () => {
  test('is read by anybody, page by page, each occupation once, in both languages', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/occupations';
    while (path !== undefined) {
      const page: string = await look(path);
      seen.push(...rowsIn(page));
      path = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen.length).toBeGreaterThan(60);
    expect(await look('/occupations')).toContain('امضای نخست مجوز');
    const english = await look('/en/occupations?search=carpet');
    expect(english).toContain('First signature');
    expect(rowsIn(english).join()).not.toMatch(/[\u0600-\u06ff]/);
  });

  test('forgives the spelling of a search, and says where nothing was found', async () => {
    const [found, slipped] = [
      await look('/occupations?search=قالی‌بافی'),
      await look('/occupations?search=قاليبافي'),
    ];
    expect(rowsIn(found).length).toBeGreaterThan(0);
    expect(rowsIn(slipped)).toEqual(rowsIn(found));
    expect(await look('/occupations?search=کککککککک')).toContain('رشته‌ای پیدا نشد');
  });

  test('tells whether a category is open for loans, in the province that closed it and in no other', async () => {
    const director = await desk.as('director-alborz');
    const form = {
      budgetYear: 1403,
      categoryKey: 'clothing',
      open: false,
      inForceFrom: '2024-04-01',
      reasonFa: 'بازار پوشاک پر است',
    };
    expect((await director.post('/api/loan-openings', form)).status).toBe(201);
    const page = await look('/occupations?category=clothing&province=alborz');
    expect(rowsIn(page).length).toBeGreaterThan(0);
    expect(page.match(/بسته: /g)?.length).toBe(rowsIn(page).length);
    expect(page).toContain('بازار پوشاک پر است');
    expect(await look('/occupations?category=clothing&province=lorestan')).not.toContain('بسته: ');
    expect(await look('/occupations?category=clothing')).not.toContain('وام در سال');
  });

  test.each(['province=nowhere', 'category=9', 'province=alborz&province=lorestan', 'search[]=x'])(
    'takes %s for not asked',
    async (query) => {
      expect(rowsIn(await look(`/occupations?${query}`)).length).toBe(50);
    },
  );

  test('keeps what was typed, and takes none of it for markup', async () => {
    const page = await look(`/occupations?search=${encodeURIComponent('"><script>x</script>')}`);
    expect(page).not.toContain('<script>x');
    expect(page).toContain('&lt;script&gt;x');
  });
});

import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { must, ok } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { openCooperatives, toActive } from '#testing/cooperatives.ts';
import { openHouse } from '#testing/house.ts';
import { alborz } from '#testing/licences.ts';
import { importHistory } from '../actions.ts';

const house = await openHouse();
const { desk, founded, page: caseOf } = await openCooperatives(house);

const look = async (query: string, prefix = ''): Promise<string> => {
  const { statusCode, body } = await desk.app.inject({ url: `${prefix}/cooperatives?${query}` });
  expect(statusCode, body.slice(0, 200)).toBe(200);
  return body;
};
const namesIn = (page: string): string[] =>
  [...page.matchAll(/<th scope="row">\s*<bdi>([^<]+)<\/bdi>/g)].map(([, name = '']) => name);

const named = (name: string, on: string, kind: 'producer' | 'housing' = 'producer') => ({
  countyCode: '3001',
  name,
  kind,
  capital: rial(10_000_000n),
  members: 7,
  on: day(on),
});
await inTransaction<undefined, never>(house.db, { ...noScope, province: alborz }, async (tx) => {
  const many = Array.from({ length: 60 }, (_, at) => named(`تعاونی پیشین ${at}`, '1400-05-10'));
  const rows = [
    ...many,
    named('تعاونی قالی‌بافی البرز', '1401-02-03'),
    named('تعاونی خانه', '1399-01-15', 'housing'),
  ];
  await importHistory({ tx, clock: house.clock, provinceId: alborz }, { rows, sourceKey: 'demonstration' });
  return ok();
});

describe('the public directory of cooperatives', () => {
  test('names each once, page by page, the newest first, and where its case stands here', async () => {
    const { id } = await founded([...toActive]);
    const own = must((await caseOf(id)).cooperative.name, 'a name');
    const seen: string[] = [];
    let path: string | undefined = 'province=alborz';
    while (path !== undefined) {
      const page: string = await look(path);
      seen.push(...namesIn(page));
      path = /rel="next" href="\/cooperatives\?([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toHaveLength(63);
    expect(new Set(seen).size).toBe(63);
    expect(seen[0]).toBe(own);
    expect(seen.at(-1)).toBe('تعاونی خانه');
    const page = await look(`province=alborz&search=${encodeURIComponent(own)}`);
    expect(page).toContain('فعال');
    expect(page).not.toContain('از فهرست پیشین');
    expect(await look('province=alborz')).not.toContain('نمونه‌پور');
  });

  test('is searched by a part of the name in either spelling, and by kind, in both languages', async () => {
    for (const search of ['قالی‌بافی', 'قالی بافی', 'قالي‌بافي'])
      expect(namesIn(await look(`province=alborz&search=${encodeURIComponent(search)}`)), search).toEqual([
        'تعاونی قالی‌بافی البرز',
      ]);
    expect(namesIn(await look('province=alborz&kind=housing'))).toEqual(['تعاونی خانه']);
    expect(await look('province=alborz&search=نیست')).toContain('تعاونی‌ای با این مشخصات ثبت نشده است');
    const english = await look('province=alborz&kind=housing', '/en');
    expect(english).toContain('Karaj');
    expect(english).toContain('of an earlier register');
  });

  test('shows no other province, and takes what cannot be meant for not asked', async () => {
    expect(namesIn(await look('province=lorestan'))).toEqual([]);
    for (const query of ['', 'province=nowhere', 'province=alborz&province=tehran'])
      expect(await look(query)).toContain('استانی را برگزینید');
    expect(namesIn(await look('province=alborz&kind=spaceship'))).toHaveLength(50);
    expect(await look(`province=alborz&search=${encodeURIComponent('"><script>x</script>')}`)).not.toContain(
      '<script>x',
    );
  });
});

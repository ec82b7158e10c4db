import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { html } from '#kernel/html.ts';
import { openHouse } from '#testing/house.ts';
import { buildServer } from './http.ts';
import { servePage } from './site.ts';

const app = await buildServer(await openHouse(), {
  version: 'test',
  findActor: () => Promise.resolve(null),
  siteLinks: [
    {
      path: '/figures',
      label: { fa: 'رقم‌ها', en: 'Figures' },
      about: { fa: 'رقم‌های منتشرشده', en: 'Published figures' },
    },
    {
      path: '/doubts',
      label: { fa: 'تردیدها', en: 'Doubts' },
      about: { fa: 'تردید دربارهٔ رقم‌ها', en: 'Doubts about figures' },
      foot: true,
    },
    ...['crafts', 'guilds'].map((name) => ({
      path: `/${name}`,
      label: { fa: 'فهرست', en: name },
      about: { fa: 'فهرست', en: name },
      register: true,
    })),
  ],
});
servePage(app, '/guilds', async () => ({
  title: { fa: 'اصناف', en: 'Guilds' },
  description: { fa: 'اصناف', en: 'Guilds' },
  body: html`<h1>اصناف</h1>`,
}));
servePage<{ id: string }>(app, '/figures/:id', async ({ params }, language) => ({
  title: { fa: 'رقم', en: 'A figure' },
  description: { fa: 'یک رقم با سندهایش', en: 'A figure with its records' },
  ...(params.id === '8'
    ? { picture: { path: '/picture.png', says: { fa: 'نمودار', en: 'A chart' }, width: 80, height: 60 } }
    : {}),
  body: html`<h1>${language === 'fa' ? 'رقم' : 'Figure'} ${params.id}</h1>`,
}));

test('a page stands in Persian at its address and in English under /en, each naming the other', async () => {
  const persian = await app.inject('/figures/7');
  expect(persian.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(persian.body).toContain('<html lang="fa" dir="rtl">');
  expect(persian.body).toMatch(/<h1>رقم\s+7<\/h1>/);
  expect(persian.body).toMatch(/hreflang="en" href="\/en\/figures\/7"/);
  const english = await app.inject('/en/figures/7?x=1');
  expect(english.body).toContain('<html lang="en" dir="ltr">');
  expect(english.body).toMatch(/<h1>Figure\s+7<\/h1>/);
  expect(english.body).toMatch(/rel="canonical" href="\/en\/figures\/7"/);
  expect(english.body).toMatch(/href="\/en\/figures"\s*>Figures</);
  expect(english.body).toMatch(/class="name" href="\/en"\s*>Karsaz</);
});

test('a section of the foot stands there and not at the head', async () => {
  const [head = '', foot = ''] = (await app.inject('/en/figures/7')).body.split('<main');
  expect([head.includes('/en/doubts'), head.includes('/en/figures"')]).toEqual([false, true]);
  expect(foot).toMatch(/href="\/en\/doubts"\s*>Doubts</);
  expect(foot).not.toContain('href="/en/figures"');
});

test('the registers are one section at the head, and stand beside one another on the page of one', async () => {
  const elsewhere = (await app.inject('/en/figures/7')).body;
  expect(elsewhere).toMatch(/href="\/en\/crafts"\s*>Registers</);
  expect(elsewhere).not.toContain('/en/guilds');
  const own = (await app.inject('/en/guilds')).body;
  expect(own).toMatch(/href="\/en\/crafts"\s+aria-current="true"\s*>Registers</);
  expect(own).toMatch(/href="\/en\/crafts"\s*>crafts</);
  expect(own).toMatch(/href="\/en\/guilds"\s+aria-current="page"\s*>guilds</);
});

test('an address with a slash at its end is the same page', async () => {
  const { statusCode, body } = await app.inject('/en/figures/7/');
  expect(statusCode).toBe(200);
  expect(body).toMatch(/rel="canonical" href="\/en\/figures\/7"/);
});

test('whoever shares a page shows its whole address, and its picture where it has one', async () => {
  const asked = { url: '/en/figures/8', headers: { host: 'karsaz.example', 'x-forwarded-proto': 'https' } };
  const shared = (await app.inject(asked)).body;
  expect(shared).toContain('<meta property="og:url" content="https://karsaz.example/en/figures/8" />');
  expect(shared).toContain('<meta property="og:image" content="https://karsaz.example/picture.png" />');
  expect(shared).toContain('<meta property="og:image:alt" content="A chart" />');
  expect(shared.match(/property="og:image"/g)).toHaveLength(1);
});

test('the two languages share two pictures', async () => {
  const addressIn = async (path: string) =>
    /og:image" content="[^"]*(\/public\/[^"]*)"/.exec((await app.inject(path)).body)?.[1];
  const addresses = [await addressIn('/figures/7'), await addressIn('/en/figures/7')];
  expect(addresses).toEqual([app.siteSharing.fa, app.siteSharing.en]);
  expect(new Set(addresses).size).toBe(2);
});

test.each([
  ['', 'کارساز: اعتبار اشتغال، از ابلاغ تا پرداخت، با سند هر رقم'],
  ['/en', 'Karsaz: employment credit from notification to payment, each figure with its records'],
])('a page%s without a picture shares that of the house, which is served here', async (prefix, says) => {
  const asked = {
    url: `${prefix}/figures/7`,
    headers: { host: 'karsaz.example', 'x-forwarded-proto': 'https' },
  };
  const { body } = await app.inject(asked);
  const told = (name: string): string | undefined =>
    new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(body)?.[1];
  expect(told('twitter:card')).toBe('summary_large_image');
  expect(told('og:image:alt')).toBe(says);
  const address = new URL(told('og:image') ?? '');
  expect(address.origin).toBe('https://karsaz.example');
  const picture = await app.inject(address.pathname);
  expect(picture.statusCode).toBe(200);
  expect(picture.headers).toMatchObject({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
  });
  const bytes = picture.rawPayload;
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  const size = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  expect(size).toEqual([1200, 630]);
  expect([told('og:image:width'), told('og:image:height')]).toEqual(size.map(String));
  // Messengers leave a picture away that is too heavy for a phone.
  expect(bytes.length).toBeLessThan(300_000);
  const head = await app.inject({ method: 'HEAD', url: address.pathname });
  expect([head.statusCode, head.rawPayload.length]).toEqual([200, 0]);
  expect(head.headers).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(bytes.length),
    'cache-control': picture.headers['cache-control'],
  });
  expect((await app.inject('/public/sharing-000000000000.png')).statusCode).toBe(404);
});

test('the first view asks no other host and stays below 60 kB: page, style and font', async () => {
  const page = await app.inject('/figures/7');
  expect(page.body).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  const style = await app.inject(app.siteStyle);
  const font = await app.inject('/public/vazirmatn.woff2');
  expect(font.rawPayload.subarray(0, 4).toString('latin1')).toBe('wOF2');
  expect(font.rawPayload.length).toBeLessThan(25_000);
  const bytes = gzipSync(page.body).length + gzipSync(style.body).length + font.rawPayload.length;
  expect(bytes).toBeLessThan(60_000);
});

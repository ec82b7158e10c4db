import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { html } from '#kernel/html.ts';
import { openHouse } from '#testing/house.ts';
import { buildServer } from './http.ts';
import { originOf } from './origin.ts';
import { type Language, type SitePage, servePage } from './site.ts';

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
const guilds: SitePage = {
  title: { fa: 'اصناف', en: 'Guilds' },
  description: { fa: 'اصناف', en: 'Guilds' },
  body: html`<h1>اصناف</h1>`,
};
servePage(app, '/guilds', async () => guilds);
const figureOf = (id: string, language: Language): SitePage => ({
  title: { fa: 'رقم', en: 'A figure' },
  description: { fa: 'یک رقم با سندهایش', en: 'A figure with its records' },
  ...(id === '8'
    ? { picture: { path: '/picture.png', says: { fa: 'نمودار', en: 'A chart' }, width: 80, height: 60 } }
    : {}),
  body: html`<h1>${language === 'fa' ? 'رقم' : 'Figure'} ${id}</h1>`,
});
servePage<{ id: string }>(app, '/figures/:id', async ({ params: { id } }, language) =>
  id === 'OLD' ? { movedTo: '/figures/7' } : figureOf(id, language),
);
app.post('/figures/:id', () => 'taken');

test('a page stands in Persian at its address and in English under /en, each naming the other', async () => {
  const persian = await app.inject('/figures/7');
  expect(persian.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(persian.body).toContain('<html lang="fa" dir="rtl">');
  expect(persian.body).toMatch(/<h1>رقم\s+7<\/h1>/);
  expect(persian.body).toMatch(/class="other" href="\/en\/figures\/7" lang="en"/);
  const english = await app.inject('/en/figures/7?x=1');
  expect(english.body).toContain('<html lang="en" dir="ltr">');
  expect(english.body).toMatch(/<h1>Figure\s+7<\/h1>/);
  expect(english.body).toMatch(/rel="canonical" href="http:\/\/localhost(?::80)?\/en\/figures\/7"/);
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
  expect(body).toMatch(/rel="canonical" href="[^"]*[^/]\/en\/figures\/7"/);
});

test('search engines are told the whole address of a page, in each language and for any other', async () => {
  const headers = { host: 'karsaz.example', 'x-forwarded-proto': 'https' };
  for (const url of ['/figures/8?x=1', '/en/figures/8']) {
    const { body } = await app.inject({ url, headers });
    const links = [
      ...body.matchAll(/<link rel="(canonical|alternate)"(?: hreflang="([^"]*)")? href="([^"]*)"/g),
    ];
    const persian = 'https://karsaz.example/figures/8';
    const english = 'https://karsaz.example/en/figures/8';
    expect(links.map((link) => link.slice(1))).toEqual([
      ['canonical', undefined, url.startsWith('/en') ? english : persian],
      ['alternate', 'fa', persian],
      ['alternate', 'en', english],
      ['alternate', 'x-default', persian],
    ]);
  }
});

test('where the public address is set it is the one of every whole address, whoever asks under which name', async () => {
  const house = await openHouse();
  const config = { ...house.config, publicAddress: 'https://karsaz.example.ir' };
  const set = await buildServer(
    { ...house, config },
    { version: '0', findActor: () => Promise.resolve(null) },
  );
  servePage(set, '/guilds', async () => guilds);
  set.get('/origin', (request) => originOf(request));
  for (const host of ['evil.example', 'localhost:3000']) {
    const { body } = await set.inject({ url: '/guilds', headers: { host } });
    expect(body).not.toContain(host);
    for (const name of ['rel="canonical" href', 'og:url" content', 'hreflang="x-default" href'])
      expect(body).toContain(`${name}="https://karsaz.example.ir/guilds"`);
    expect((await set.inject({ url: '/origin', headers: { host } })).body).toBe('https://karsaz.example.ir');
  }
  await set.close();
});

test('a page is sent once: who has it is told so, and who unpacks gets it packed', async () => {
  const page = await app.inject({ url: '/guilds', headers: { 'accept-encoding': 'br, gzip' } });
  expect(page.headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'no-cache' });
  expect(gunzipSync(page.rawPayload).toString()).toContain('<h1>اصناف</h1>');
  const known = { 'if-none-match': String(page.headers.etag) };
  const again = await app.inject({ url: '/guilds', headers: known });
  expect([again.statusCode, again.body]).toEqual([304, '']);
  expect(again.headers['content-security-policy']).toContain("default-src 'self'");
  expect((await app.inject({ url: '/en/guilds', headers: known })).statusCode).toBe(200);
  for (const path of [app.siteStyle, '/public/vazirmatn.woff2']) {
    const tag = String((await app.inject(path)).headers.etag);
    expect((await app.inject({ url: path, headers: { 'if-none-match': tag } })).statusCode, path).toBe(304);
  }
  const style = await app.inject({ url: app.siteStyle, headers: { 'accept-encoding': 'gzip' } });
  expect(gunzipSync(style.rawPayload).toString()).toBe((await app.inject(app.siteStyle)).body);
});

test('a page that is asked for by another spelling leads to its address, with what was asked', async () => {
  const moved = await app.inject('/en/figures/OLD?x=1');
  expect([moved.statusCode, moved.headers.location]).toEqual([301, '/en/figures/7?x=1']);
  expect((await app.inject('/figures/OLD')).headers.location).toBe('/figures/7');
});

test.each(['PUT', 'PATCH', 'DELETE'] as const)(
  '%s at a page is told what can be done there',
  async (method) => {
    for (const [url, allow] of [
      ['/guilds', 'GET, HEAD'],
      ['/en/guilds', 'GET, HEAD'],
      ['/figures/7', 'GET, HEAD, POST'],
    ] as const)
      for (const type of ['application/json', 'text/xml']) {
        const refused = await app.inject({ method, url, headers: { 'content-type': type }, payload: '<x/>' });
        expect([refused.statusCode, refused.headers.allow], url).toEqual([405, allow]);
        expect(refused.json()).toMatchObject({ kind: 'OtherMethod' });
      }
    expect((await app.inject({ method, url: '/nowhere' })).statusCode).toBe(404);
  },
);

test('an address that is not well formed is a page to whoever reads pages, and protected as any', async () => {
  const page = await app.inject({ url: '/%E0%A4%A', headers: { accept: 'text/html' } });
  expect([page.statusCode, page.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
  expect(page.body).toContain('نشانی درست نوشته نشده است');
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  const english = await app.inject({ url: '/en/%E0%A4%A', headers: { accept: 'text/html' } });
  expect(english.body).toContain('not well formed');
  const problem = await app.inject({ url: '/%E0%A4%A', headers: { accept: 'application/json' } });
  expect(problem.json()).toMatchObject({ status: 400, kind: 'BadAddress' });
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
  // What search engines read of the address of the page is asked for by no browser.
  const asked = page.body.replaceAll(/<link rel="(?:canonical|alternate)"[^>]*>/g, '');
  expect(asked).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  const style = await app.inject(app.siteStyle);
  const font = await app.inject('/public/vazirmatn.woff2');
  expect(font.rawPayload.subarray(0, 4).toString('latin1')).toBe('wOF2');
  expect(font.rawPayload.length).toBeLessThan(25_000);
  const bytes = gzipSync(page.body).length + gzipSync(style.body).length + font.rawPayload.length;
  expect(bytes).toBeLessThan(60_000);
});

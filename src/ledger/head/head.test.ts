import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { isoOf, dayOfInstant } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { pageShape } from '#platform/cursor.ts';
import { signingKey } from '#platform/signature.ts';
import { booksOf, order, provinceId } from '#testing/books.ts';
import { openDesk } from '#testing/desk.ts';
import { Obstacle } from '#platform/obstacle.ts';
import { openHouse } from '#testing/house.ts';
import { beginSealing, sealRecorded } from '../seal/actions.ts';
import { transferSource } from '../seal/contract.ts';
import { readKeptHeads } from './command.ts';
import { verifyLedger } from '../verify/actions.ts';
import { currentHead } from './actions.ts';
import { dayHeadShape } from './contract.ts';
import { headRoutes } from './routes.ts';

const house = await openHouse();
const desk = await openDesk(house, { rooms: [headRoutes(house)] });
const key = signingKey(generateKeyPairSync('ed25519').privateKey);
const sources = [transferSource];
const hour = 3_600_000;
const progress = (): void => undefined;
const days: string[] = [];

beforeAll(async () => {
  const { openSet, post } = booksOf(house);
  expect(await currentHead(house.db, provinceId)).toBeNull();
  const [notifier, a, b] = await openSet();
  // Three seals a day on four days.
  for (let run = 0; run < 12; run += 1) {
    await post([order(notifier, a), order(a, b)]);
    house.clock.advance(3_000);
    await sealRecorded({ ...house, key, sources }, beginSealing());
    const today = isoOf(dayOfInstant(house.clock.now().getTime()));
    if (days[0] !== today) days.unshift(today);
    house.clock.advance(8 * hour);
  }
});

const board = pageShape(dayHeadShape);

test('shows everybody the last head of each day, the newest first, page after page', async () => {
  const whole = board.parse((await desk.nobody.get(`/api/seals/days?province=${provinceId}`)).body);
  expect(whole.items.map(({ day }) => day)).toEqual(days);
  expect(whole.next).toBeNull();
  const numbers = whole.items.map(({ seal }) => Number(seal.number));
  expect(numbers[0]).toBe(12);
  expect(numbers).toEqual(numbers.toSorted((x, y) => y - x));
  const paged: string[] = [];
  for (let cursor = ''; ;) {
    const page = board.parse(
      (await desk.nobody.get(`/api/seals/days?province=${provinceId}&limit=1${cursor}`)).body,
    );
    paged.push(...page.items.map(({ day }) => day));
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  expect(paged).toEqual(days);
  expect((await desk.nobody.get(`/api/seals/days?province=${provinceId}&cursor=xyz`)).status).toBe(400);
  expect((await desk.nobody.get('/api/seals/days?province=29')).body).toEqual({ items: [], next: null });
});

test('the newest head is the one that is printed under documents', async () => {
  const { items } = board.parse((await desk.nobody.get(`/api/seals/days?province=${provinceId}`)).body);
  const newest = must(items[0], 'the newest day').seal;
  expect(await currentHead(house.db, provinceId)).toEqual({ number: newest.number, head: newest.head });
});

test('the file of heads is taken by verify, which names a head that is not the kept one', async () => {
  const { body } = await desk.app.inject({ url: `/api/seals/days/file?province=${provinceId}` });
  const path = join(mkdtempSync(join(tmpdir(), 'karsaz-heads-')), 'heads.jsonl');
  writeFileSync(path, body);
  const keptHeads = readKeptHeads(path);
  expect(keptHeads).toHaveLength(days.length);
  const [report] = await verifyLedger({ db: house.db, sources, keptHeads, progress });
  expect(report).toMatchObject({ provinceId, faults: [] });
  const forged = keptHeads.map((kept, index) => (index === 1 ? { ...kept, head: 'a'.repeat(64) } : kept));
  const [other] = await verifyLedger({ db: house.db, sources, keptHeads: forged, progress });
  expect(other?.faults).toEqual([{ kind: 'HeadDiffers', provinceId, number: forged[1]?.number }]);
});

test('a file that is none of heads is refused by the line that is wrong, or for what it lacks', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'karsaz-heads-')), 'heads.jsonl');
  const told = (text: string): string => {
    writeFileSync(path, text);
    try {
      return String(readKeptHeads(path).length);
    } catch (error) {
      if (error instanceof Obstacle) return error.message;
      throw error;
    }
  };
  const head = JSON.stringify({ provinceId, number: '1', head: 'a'.repeat(64) });
  expect(told(`${head}\n\n${head}\n`)).toBe('2');
  expect(told(`${head}\n\n{"head": 7}`)).toMatch(/^Line 3 of ".*" is no head of a seal/);
  expect(told('%PDF-1.7')).toMatch(/^Line 1 of /);
  expect(told('\n')).toContain('holds no head');
  expect(() => readKeptHeads(`${path}.none`)).toThrow(/cannot be read/);
});

test('the short address leads to the board', async () => {
  const english = await desk.app.inject({ url: '/en/seals' });
  expect(english.headers.location).toBe('/desk/seals?lang=en');
  const { statusCode, headers } = await desk.app.inject({ url: '/seals' });
  expect([statusCode, headers.location]).toEqual([302, '/desk/seals']);
});

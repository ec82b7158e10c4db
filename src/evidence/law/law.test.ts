import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { sql } from 'kysely';
import { catalogue, lawSources } from '#app.ts';
import { must } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { clusterOwner, onSocket } from '#platform/postgres.ts';
import { type Name, alborz, freshId } from '#testing/credits.ts';
import { serveEvidence } from '#testing/evidence.ts';
import { openHouse } from '#testing/house.ts';
import { dice, playProvince } from '#testing/statements.ts';
import { publishFigure } from '../publication/actions.ts';
import { askLaws, lawsOf } from './actions.ts';
import { breachesShape, lawBoardShape } from './contract.ts';
import { type Asked, boardOf } from './rules.ts';

const house = await openHouse();
const { credits } = await playProvince(house, dice(77));
const { app, get } = await serveEvidence(house, credits, { laws: lawSources });

const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(house.db);
const wrongdoer = new Client(
  onSocket(inject('house').socketFolder, clusterOwner, must(rows[0], 'a database').name),
);
wrongdoer.on('error', () => {});
await wrongdoer.connect();
await wrongdoer.query('set session_replication_role = replica');
afterAll(() => wrongdoer.end());

const laws = lawsOf(lawSources);
const ask = () => askLaws({ db: house.db, clock: house.clock, sources: lawSources });
const board = async () => lawBoardShape.parse((await app.inject('/api/laws')).json());
const page = async (path: string) => (await app.inject(path)).body;
const breaches = (by: Name | '') => get(by, '/api/provinces/alborz/breaches');

describe('the laws board', () => {
  test('is neither green nor red before anybody asked', async () => {
    const { askedAt, laws: drawn } = await board();
    expect(askedAt).toBeNull();
    expect(drawn.map(({ id, state }) => [id, state])).toEqual(laws.map(({ id }) => [id, 'not_asked']));
    expect(await page('/laws')).toContain('هنوز پرسیده نشده است');
  });

  test('is green over a province that was played by its own deeds', { timeout: 60_000 }, async () => {
    const by = credits.actor('editor');
    const order = { id: freshId(), indicator: 'credit.paid', sentence: null };
    const asOf = house.clock.now();
    const done = await inTransaction(house.db, by.scope, (tx) =>
      publishFigure({ tx, clock: house.clock, catalogue, provinceId: alborz, by }, { order, asOf }),
    );
    expect(done.ok).toBe(true);
    house.clock.advance(1_000);
    expect(await ask()).toBe(0);
    const { laws: drawn } = await board();
    expect(drawn.filter(({ state }) => state !== 'holds')).toEqual([]);
    for (const [path, holds] of [
      ['/laws', 'همهٔ قانون‌ها برقرار است'],
      ['/en/laws', 'All laws hold'],
    ] as const) {
      const drawnPage = await page(path);
      expect(drawnPage).toContain(holds);
      expect(drawnPage).not.toContain('<script');
    }
  });

  // What stands in the way of the application is done as the owner of the cluster, and taken back.
  const wrongs = {
    'ledger.AccountApart': [
      `update ledger.account set credits_posted = credits_posted + 1, debits_posted = debits_posted where id = (select id from ledger.account where kind = 'paid' order by id limit 1)`,
      `update ledger.account set credits_posted = credits_posted - 1 where id = (select id from ledger.account where kind = 'paid' order by id limit 1)`,
    ],
    'credit.FunnelWidens': [
      `update ledger.transfer set amount = amount * 1000 where kind = 'pay'`,
      `update ledger.transfer set amount = amount / 1000 where kind = 'pay'`,
    ],
    'evidence.PublishedApart': [
      `update evidence.publication set value = value + 1`,
      `update evidence.publication set value = value - 1`,
    ],
  } as const;

  for (const [law, [wrong, back]] of Object.entries(wrongs))
    test(`turns red at ${law}, with the offending records for who may see them, and green again`, async () => {
      await wrongdoer.query(wrong);
      house.clock.advance(60_000);
      expect(await ask()).toBeGreaterThan(0);
      const broken = must(
        (await board()).laws.find(({ id }) => id === law),
        law,
      );
      expect(broken).toMatchObject({ state: 'broken', since: house.clock.now().toISOString() });
      expect(broken.provinces.map(({ name }) => name.en)).toEqual(['Alborz']);
      expect(await page('/laws')).toContain('قانونی شکسته است');
      const found = breachesShape.parse((await breaches('auditor')).json()).breaches;
      expect(found.filter((one) => one.law === law).length).toBe(broken.breaches);
      await wrongdoer.query(back);
      house.clock.advance(60_000);
      expect(await ask()).toBe(0);
      const healed = must(
        (await board()).laws.find(({ id }) => id === law),
        law,
      );
      expect(healed).toMatchObject({ state: 'holds', since: house.clock.now().toISOString() });
    });

  test('shows records to who may see the whole province, and to nobody else', async () => {
    for (const by of ['director', 'deputy', 'auditor', 'ministry'] as const)
      expect((await breaches(by)).statusCode, by).toBe(200);
    for (const by of ['karajOffice', 'bank', 'applicant', 'editor'] as const)
      expect((await breaches(by)).statusCode, by).toBe(403);
    expect((await breaches('')).statusCode).toBe(401);
  });

  test('of a province is written by nobody who sees only a part of it', async () => {
    const scope = { ...noScope, province: alborz, county: '3001' };
    const writing = read(house.db, scope, (tx) =>
      sql`insert into evidence.law_state values (${alborz}, 'x', 0, now(), now())`.execute(tx),
    );
    await expect(writing).rejects.toThrow();
  });
});

describe('the colour of a law', () => {
  const asked = fc.array(
    fc.record({
      law: fc.constantFrom('a', 'b'),
      province: fc.constant({ fa: 'البرز', en: 'Alborz' }),
      breaches: fc.integer({ min: 0, max: 3 }),
      askedAt: fc.date({ min: new Date(1e12), max: new Date(2e12), noInvalidDate: true }),
      since: fc.date({ min: new Date(1e12), max: new Date(2e12), noInvalidDate: true }),
    }),
    { maxLength: 8 },
  );
  const two = ['a', 'b'].map((id) => ({ id, title: { fa: id, en: id } }));

  test('is red with any breach, green only when asked, and as old as the oldest answer', () => {
    fc.assert(
      fc.property(asked, (all: Asked[]) => {
        for (const { id, state, breaches: count, askedAt } of boardOf(two, all).laws) {
          const own = all.filter(({ law }) => law === id);
          const sum = own.reduce((whole, one) => whole + one.breaches, 0);
          expect(count).toBe(sum);
          expect(state).toBe(own.length === 0 ? 'not_asked' : sum > 0 ? 'broken' : 'holds');
          const oldest = Math.min(...own.map((one) => one.askedAt.getTime()));
          expect(askedAt).toBe(own.length === 0 ? null : new Date(oldest).toISOString());
        }
      }),
    );
  });
});

import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Id, id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { pageShape } from '#platform/cursor.ts';
import {
  type Name,
  actOrder,
  alborz,
  approvalOrder,
  awardOrder,
  byCategories,
  byCounties,
  done,
  fardis,
  karaj,
  openCredits,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { linePageShape, lineShape, slicePageShape } from './contract.ts';
import { movementShape } from './slice/contract.ts';
import { type NamedSlice, listMovements, listSlices, listTurnovers } from './queries.ts';
import { z } from 'zod';

const house = await openHouse();
const credits = await openCredits(house);
const { http } = credits;
const scope = { ...noScope, province: alborz };
const linesShape = z.object({ items: z.array(lineShape) });

let lineId: Id;
let root: NamedSlice;
let karajSlice: NamedSlice;
let fardisSlice: NamedSlice;
const proposals = { province: byCounties(1000n), karaj: byCategories({ leather: 5000n }) };
const awards = { karaj: awardOrder(111n), fardis: awardOrder(222n), applicant: awardOrder(333n) };

const slicesOf = (line: string) =>
  read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId: line, id: null }));

async function paid(sliceId: string, award: ReturnType<typeof awardOrder>): Promise<void> {
  done(await credits.reserve(sliceId, award));
  done(await credits.actOn(award.id, actOrder('refer', 1)));
  done(await credits.actOn(award.id, actOrder('contract', 2)));
  done(await credits.actOn(award.id, actOrder('report_payment', 3, { amount: award.amount })));
  done(await credits.actOn(award.id, actOrder('confirm_last_payment', 4)));
}

beforeAll(async () => {
  lineId = await credits.openedLine(1_000_000_007n);
  root = must((await slicesOf(lineId))[0], 'a root');
  await credits.divided(root.id, byCounties(900_000_001n));
  const of = async (county: string) =>
    must(
      (await slicesOf(lineId)).find(({ countyCode }) => countyCode === county),
      county,
    );
  karajSlice = await of(karaj);
  fardisSlice = await of(fardis);
  await paid(karajSlice.id, awards.karaj);
  await paid(fardisSlice.id, awards.fardis);
  const person = must(credits.actor('applicant').scope.person, 'the applicant');
  await paid(fardisSlice.id, Object.assign(awards.applicant, { beneficiaryId: person }));
  await credits.divided(karajSlice.id, byCategories({ wood: 10_000n, clothing: 20_000n }));
  done(await credits.propose(root.id, proposals.province));
  done(await credits.propose(karajSlice.id, proposals.karaj));
});

const page = async (name: Name) => linePageShape.parse((await http.get(name, `lines/${lineId}`)).body);
const slicePage = async (name: Name, slice: string) =>
  slicePageShape.parse((await http.get(name, `slices/${slice}`)).body);

describe('a county office (L9, T8)', () => {
  test('sees of a line the sums of its own slices, added up, and nothing of another county', async () => {
    const whole = await page('director');
    const own = await page('karajOffice');
    expect(own.slices.map(({ countyCode }) => countyCode)).toEqual([karaj, karaj, karaj]);
    const top = must(
      own.slices.find(({ id: slice }) => slice === karajSlice.id),
      'its slice',
    );
    expect(own.slices).toEqual(whole.slices.filter(({ countyCode }) => countyCode === karaj));
    expect(own.line.standing).toEqual(top.standing);
    expect(own.line).toMatchObject({ state: 'open', notifiedOn: '2023-06-11', rootSliceId: null });
    expect(own.line.standing.paidSoFar).toBe('111');
    const { items } = linesShape.parse((await http.get('karajOffice', 'lines')).body);
    expect(items).toEqual([own.line]);
    expect(own.proposals).toEqual(whole.proposals.filter(({ sliceId }) => sliceId === karajSlice.id));
    expect(own.proposals).toHaveLength(2);
    expect(whole.proposals).toHaveLength(4);
  });

  test('learns no id and no sum of the others from anything it may open', async () => {
    const others = (await page('director')).slices.filter(({ countyCode }) => countyCode !== karaj);
    const secrets = others.flatMap(({ id: slice, standing }) => [slice, standing.amount, standing.reserve]);
    // Its own slice names the one it was cut from; that id opens nothing.
    const strange = secrets.filter((secret) => secret.length > 6 && secret !== root.id);
    const opened = [
      'lines',
      `lines/${lineId}`,
      `slices/${karajSlice.id}`,
      `slices/${karajSlice.id}/transfers`,
      `slices/${karajSlice.id}/awards`,
      `slicings/${proposals.karaj.id}`,
      `awards/${awards.karaj.id}`,
    ];
    for (const url of opened) {
      const said = await http.get('karajOffice', url);
      expect(said.status).toBe(200);
      const text = JSON.stringify(said.body);
      for (const secret of strange) expect(text).not.toContain(`"${secret}"`);
    }
  });

  test('is told of what is hidden exactly what it is told of what is not there', async () => {
    const nowhere = '018f0000-0000-7000-8000-000000000000';
    const hidden = [
      ['slices', root.id, ''],
      ['slices', fardisSlice.id, ''],
      ['slices', fardisSlice.id, '/transfers'],
      ['slices', fardisSlice.id, '/awards'],
      ['slicings', proposals.province.id, ''],
      ['awards', awards.fardis.id, ''],
    ] as const;
    for (const [list, one, rest] of hidden) {
      const said = await http.get('karajOffice', `${list}/${one}${rest}`);
      const missing = await http.get('karajOffice', `${list}/${nowhere}${rest}`);
      expect(said.status).toBe(404);
      expect(JSON.stringify(said.body).replaceAll(one, '')).toBe(
        JSON.stringify(missing.body).replaceAll(nowhere, ''),
      );
    }
  });

  test('reads how its own number was made, and the transfer that brought it', async () => {
    const own = await slicePage('karajOffice', karajSlice.id);
    expect(own.divisions).toMatchObject([
      {
        amount: own.slice.standing.amount,
        explanation: { countyCode: karaj },
        formula: { year: 1395, indicators: [{ key: 'population' }] },
      },
    ]);
    expect(own).toEqual({ ...(await slicePage('director', karajSlice.id)), line: own.line, path: [] });
    const list = async (name: Name) =>
      pageShape(movementShape).parse((await http.get(name, `slices/${karajSlice.id}/transfers`)).body);
    const { items } = await list('karajOffice');
    expect(items).toEqual((await list('director')).items);
    const brought = items.filter(
      ({ kind, referenceId }) => kind === 'slice' && referenceId !== karajSlice.id,
    );
    expect(brought.length).toBeGreaterThanOrEqual(2);
    const sum = items
      .filter(({ kind, fromStage, toStage }) => kind === 'slice' && fromStage === toStage)
      .reduce((all, { amount }) => all + BigInt(amount), 0n);
    expect(sum).toBe(BigInt(own.slice.standing.amount) + 30_000n);
    // Where a rial came from or went to: the categories by name, the province as no slice of a county.
    const ends = new Set(
      items.map(({ kind, direction, other }) => `${kind} ${direction} ${other?.categoryFa ?? '—'}`),
    );
    expect(ends).toContain('slice in —');
    expect(items.filter(({ direction }) => direction === 'out').length).toBeGreaterThan(0);
    for (const { direction, other } of items)
      if (direction === 'out')
        expect([other?.categoryFa, other?.categoryEn, other?.countyFa]).toEqual([
          expect.any(String),
          expect.any(String),
          expect.any(String),
        ]);
  });

  test('of the root the province is told to which county each part went', async () => {
    const told = pageShape(movementShape).parse(
      (await http.get('director', `slices/${root.id}/transfers`)).body,
    );
    const out = told.items.filter(({ direction }) => direction === 'out');
    expect(new Set(out.map(({ other }) => other?.countyFa)).size).toBeGreaterThan(1);
    expect(out.map(({ other }) => other?.countyEn)).toContain('Karaj');
    const letters = told.items.filter(({ kind }) => kind === 'notify');
    expect(new Set(letters.map(({ direction, other }) => `${direction} ${other?.axis ?? '—'}`))).toEqual(
      new Set(['in —']),
    );
  });

  test('reads by SQL no letter, no proposal of the province and no movement of another county', async () => {
    const count = (from: string) =>
      read(house.db, { ...scope, county: karaj }, async (tx) => {
        const { rows } = await sql<{
          count: bigint;
        }>`select count(*) as count from ${sql.table(from)}`.execute(tx);
        return must(rows[0], 'a count').count;
      });
    expect(await count('credit.notification')).toBe(0n);
    expect(await count('credit.slicing')).toBe(2n);
    expect(await count('credit.slicing_approval')).toBe(1n);
    expect(await count('credit.award')).toBe(1n);
    const { rows } = await read(house.db, { ...scope, county: karaj }, (tx) =>
      sql<{ county: string | null; stage: string; amount: bigint }>`
        select county_code as county, stage, sum(amount)::bigint as amount from credit.read_movement
        where axis = 'county' group by 1, 2 order by 2
      `.execute(tx),
    );
    const whole = (await page('director')).slices.find(({ id: slice }) => slice === karajSlice.id);
    expect(rows).toEqual([
      ...['contracted', 'paid', 'referred', 'reserved'].map((stage) => ({
        county: karaj,
        stage,
        amount: 111n,
      })),
      { county: karaj, stage: 'sliced', amount: BigInt(must(whole, 'Karaj').standing.amount) },
    ]);
  });
});

describe('everybody else', () => {
  test('auditor and ministry read what the director reads, another province nothing', async () => {
    const whole = await page('director');
    for (const name of ['auditor', 'ministry', 'editor', 'deputy'] as const)
      expect(await page(name)).toEqual(whole);
    for (const name of ['lorestanOffice', 'lorestanDirector', 'administrator'] as const)
      expect((await http.get(name, `lines/${lineId}`)).status).toBe(403);
  });

  test('a bank, an agency and an applicant see no line, and the applicant the own award', async () => {
    for (const name of ['bank', 'agency', 'applicant'] as const) {
      expect((await http.get(name, 'lines')).body).toEqual({ items: [] });
      for (const url of [`lines/${lineId}`, `slices/${root.id}`, `slices/${karajSlice.id}/transfers`])
        expect((await http.get(name, url)).status).toBe(404);
      expect((await http.get(name, `awards/${awards.karaj.id}`)).status).toBe(404);
    }
    expect((await http.get('applicant', `awards/${awards.applicant.id}`)).status).toBe(200);
    expect((await http.get('bank', `awards/${awards.applicant.id}`)).status).toBe(404);
  });

  test('a category of which nothing was said is open for loans', async () => {
    const { rows } = await read(house.db, scope, (tx) =>
      sql<{ loans: string }>`
        select distinct category_loans as loans from credit.read_movement where axis = 'category'
      `.execute(tx),
    );
    expect(rows).toEqual([{ loans: 'open' }]);
  });

  test('a proposal is approved for its county by the directorate only', async () => {
    const url = `slicings/${proposals.karaj.id}/approval`;
    expect((await http.post('karajOffice', { url, body: approvalOrder() })).status).toBe(403);
  });
});

describe('with 100 thousand transfers (T14)', () => {
  test('a line, a slice and an award are found by index', { timeout: 120_000 }, async () => {
    const lines: Id[] = [];
    for (let n = 0; n < 50; n += 1) lines.push(await credits.openedLine(10n ** 12n));
    await inTransaction(house.owner, scope, async (tx) => {
      await sql`
        insert into ledger.transfer (province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version,
          credit_version, amount, reference_id, happened_on, recorded_at,
          debit_debits_posted, debit_debits_pending, debit_credits_posted, debit_credits_pending,
          credit_debits_posted, credit_debits_pending, credit_credits_posted, credit_credits_pending,
          content_hash)
        select d.province_id, gen_random_uuid(), 'post', 'refer', d.id, c.id, 1000 + n, 1000 + n, 1,
          gen_random_uuid(), '2024-01-01', now(), 0, 0, 0, 0, 0, 0, 0, 0, decode(repeat('ab', 32), 'hex')
        from credit.slice s
        join ledger.account d on d.province_id = s.province_id and d.owner_id = s.id and d.kind = 'reserved'
          and d.share = 'open'
        join ledger.account c on c.province_id = s.province_id and c.owner_id = s.id and c.kind = 'referred'
          and c.share = 'open'
        cross join generate_series(1, 2000) n
        where s.province_id = ${alborz} and s.line_id = any(${lines}::uuid[])
      `.execute(tx);
      return ok();
    });
    for (const table of ['ledger.transfer', 'ledger.account', 'credit.slice', 'credit.award'])
      await sql`analyze ${sql.table(table)}`.execute(house.owner);
    const line = must(lines[7], 'a line');
    const slice = must((await slicesOf(line))[0], 'a root').id;
    const plan = (statement: ReturnType<typeof sql>) =>
      read(house.db, scope, async (tx) => {
        const { rows } = await sql<Record<string, string>>`explain ${statement}`.execute(tx);
        return rows.flatMap((row) => Object.values(row)).join('\n');
      });
    const movements = sql`select sum(amount) from credit.read_movement where province_id = ${alborz}`;
    for (const where of [
      sql`and line_id = ${line}`,
      sql`and slice_id = ${slice}`,
      sql`and reference_id = ${awards.karaj.id}`,
      sql`and record_id = ${id(line)}`,
    ])
      expect(await plan(sql`${movements} ${where}`)).not.toMatch(/Seq Scan on transfer/);
    const began = performance.now();
    const asked = { provinceId: alborz, id: slice, before: null, limit: 51 };
    const newest = await read(house.db, scope, (tx) => listMovements(tx, asked));
    const turnover = await read(house.db, scope, (tx) =>
      listTurnovers(tx, { provinceId: alborz, lineId: line }),
    );
    expect(newest).toHaveLength(51);
    expect(turnover).toEqual([{ sliceId: slice, stage: 'referred', amount: 2000n }]);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from '#app.ts';
import { type Day, addDays, day, dayOfInstant, isoOf, yearPeriod } from '#kernel/day.ts';
import type { Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import { closeInstant } from '#ledger/watermark/actions.ts';
import { read } from '#platform/db.ts';
import { readSheet } from '#platform/sheet.ts';
import { type Name, alborz } from '#testing/credits.ts';
import { serveEvidence } from '#testing/evidence.ts';
import { openHouse } from '#testing/house.ts';
import { playCooperatives, playLicences, truthOf } from '#testing/mutations.ts';
import { dice, playProvince, takeBack } from '#testing/statements.ts';
import { type RecordsPage, recordsPageShape, recordShape } from '../contract.ts';
import { listRecords } from '../queries.ts';
import { keepTallies } from '../tally/actions.ts';
import { newestRecords } from './actions.ts';
import { type Span, spansBack } from './rules.ts';

// L8 by random questions: whoever asks, of whatever figure, place, time and instant, the value is what the test adds
// up itself from the pages of its list, read over HTTP in the same role; KARSAZ_SEED asks others, KARSAZ_QUESTIONS more.

const house = await openHouse();
const roller = dice(Number.parseInt(process.env['KARSAZ_SEED'] ?? '1406', 10));
const questions = Number.parseInt(process.env['KARSAZ_QUESTIONS'] ?? '60', 10);
const province = await playProvince(house, roller);
const licences = await playLicences(house, roller);
const cooperatives = await playCooperatives(house, roller);
const { get } = await serveEvidence(house, province.credits);

const asked = { questions: 0, records: 0, pages: 0, hidden: 0, sheets: 0, past: 0 };
afterAll(() => {
  process.stdout.write(`\nL8: ${JSON.stringify(asked)}\n`);
});

type Question = { readonly indicator: Indicator; readonly by: Name; readonly query: Record<string, string> };

const roles = [
  'director',
  'karajOffice',
  'fardisOffice',
  'auditor',
  'ministry',
  'bank',
  'lorestanDirector',
] as const;
const edges = ['2022-03-21', '2022-11-05', '2023-03-21', '2023-07-01', '2023-10-16', '2024-03-19'] as const;

// What supporters answer for is played, and compared with its records, in their own room.
const played = catalogue.indicators.filter(({ id }) => !id.startsWith('support.'));

function anyQuestion(): Question {
  const indicator = roller.pick(played);
  const county = roller.pick(['', '', '3001', '3006', '3002']);
  const narrowing = roller.pick(['', 'programme:home_jobs', 'programme:note_18']);
  const programme = indicator.narrowedBy.includes('programme') ? narrowing : '';
  const times = roller.pick(['none', 'year', 'year', 'days'] as const);
  const [first, last] = [roller.roll(0, 2), roller.roll(3, 5)];
  const query = {
    province: 'alborz',
    ...(county === '' ? {} : { county }),
    ...(programme === '' ? {} : { only: programme }),
    ...(times === 'year' ? { year: String(roller.roll(1400, 1402)) } : {}),
    ...(times === 'days' ? { from: edges[first] ?? '', until: edges[last] ?? '' } : {}),
  };
  return { indicator, by: roller.pick(roles), query };
}

const ask = (by: Name, path: string, query: Record<string, string>) =>
  get(by, `${path}?${new URLSearchParams(query).toString()}`);

/** All pages of a list, or the kind of the refusal. */
async function listed(by: Name, id: string, query: Record<string, string>): Promise<RecordsPage | string> {
  const limit = String(roller.pick([3, 17, 200]));
  let page: RecordsPage | undefined;
  let cursor: string | null = null;
  const items = [];
  do {
    const answer = await ask(by, `/api/records/${id}`, {
      ...query,
      limit,
      ...(cursor === null ? {} : { cursor }),
    });
    if (answer.statusCode !== 200) return z.object({ kind: z.string() }).parse(answer.json()).kind;
    const next: RecordsPage = recordsPageShape.parse(answer.json());
    if (page !== undefined) expect([next.value, next.count]).toEqual([page.value, page.count]);
    page = next;
    items.push(...next.items);
    cursor = next.next;
    asked.pages += 1;
  } while (cursor !== null);
  return { ...page, items };
}

/** What a person with a pencil makes of the list. */
function addedUp({ measure }: Indicator, items: RecordsPage['items']): bigint {
  if (measure.kind === 'sum') return items.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  const kept = new Map<string, bigint>();
  for (const { counted, amount } of items) {
    const key = must(counted ?? undefined, 'what is counted');
    kept.set(key, (kept.get(key) ?? 0n) + BigInt(amount));
  }
  return BigInt([...kept.values()].filter((sum) => sum > 0n).length);
}

const mustBeHidden = (by: Name, { county }: Record<string, string>): boolean =>
  by === 'bank' ||
  by === 'lorestanDirector' ||
  (by === 'karajOffice' && county !== '3001') ||
  (by === 'fardisOffice' && county !== '3006');

/** Asks, adds up and compares; gives back the value. */
async function holds({ indicator, by, query }: Question): Promise<string | null> {
  const page = await listed(by, indicator.id, query);
  asked.questions += 1;
  if (typeof page === 'string') {
    asked.hidden += 1;
    const refusal = by === 'lorestanDirector' ? 'OtherProvince' : 'OutsideYourScope';
    expect([page, mustBeHidden(by, query)], `${indicator.id} as ${by}`).toEqual([refusal, true]);
    return null;
  }
  expect(mustBeHidden(by, query), `${indicator.id} as ${by}`).toBe(false);
  const what = `${indicator.id} as ${by} ${JSON.stringify(query)}`;
  asked.records += page.items.length;
  if (indicator.measure.kind === 'ratio') {
    for (const part of page.parts) {
      const [path = '', text = ''] = part.records.split('?');
      const id = path.slice('/desk/evidence/records/'.length);
      const list = await listed(by, id, Object.fromEntries(new URLSearchParams(text)));
      const own = must(
        catalogue.indicators.find((one) => one.id === id),
        id,
      );
      if (typeof list === 'string') throw new Error(`${what}: ${list}`);
      expect([list.value, addedUp(own, list.items).toString()], what).toEqual([part.value, part.value]);
    }
    return page.parts.map(({ value }) => value).join('/');
  }
  expect(addedUp(indicator, page.items).toString(), what).toBe(page.value);
  expect(page.items.length, what).toBe(page.count);
  expect(new Set(page.items.map(({ id, amount }) => `${id} ${amount}`)).size, what).toBe(page.count);
  return page.value;
}

/** The sheet of a list has its rows and its sum. */
async function sheetHolds({ indicator, by, query }: Question): Promise<void> {
  if (indicator.measure.kind === 'ratio' || mustBeHidden(by, query)) return;
  const page = await listed(by, indicator.id, query);
  if (typeof page === 'string' || page.items.length === 0) return;
  for (const format of ['csv', 'xlsx']) {
    const answer = await ask(by, `/api/records/${indicator.id}/sheet`, { ...query, format });
    expect(answer.statusCode).toBe(200);
    const rows = await readSheet(answer.rawPayload, {
      columns: [
        { key: 'record', title: { fa: 'شناسهٔ سند', en: 'Record’s id' }, kind: 'code', needed: true },
        {
          key: 'amount',
          title: { fa: 'مقدار در رقم', en: 'Amount in the figure' },
          kind: indicator.unit === 'rial' ? 'rial' : 'count',
        },
      ],
    });
    if (format === 'csv')
      expect(answer.body).not.toMatch(/home_jobs|note_18|cooperative|handicrafts|processing/);
    const sum = rows.reduce((all, { cells }) => all + BigInt(cells.amount ?? '0'), 0n);
    const own = page.items.reduce((all, { amount }) => all + BigInt(amount), 0n);
    expect([rows.length, sum]).toEqual([page.count, own]);
    asked.sheets += 1;
  }
}

describe('a figure is its records (L8)', () => {
  test('whoever asks, of whatever figure, place and time', { timeout: 120_000 }, async () => {
    for (let at = 0; at < questions / 2; at += 1) await holds(anyQuestion());
    house.clock.advance(1_000);
    await keepTallies({ db: house.db, clock: house.clock, catalogue });
    for (let at = 0; at < questions / 2; at += 1) await holds(anyQuestion());
    // Many a question has no records, or none that may be seen.
    for (let at = 0; at < 10 * questions && asked.sheets < questions / 10; at += 1)
      await sheetHolds(anyQuestion());
    expect(asked.records).toBeGreaterThan(questions);
    expect(asked.sheets).toBeGreaterThan(0);
  });

  test('after corrections, and as of the instant before them', { timeout: 120_000 }, async () => {
    const at = {
      indicator: must(
        catalogue.indicators.find(({ id }) => id === 'credit.paid'),
        'paid',
      ),
      by: 'director',
    } as const;
    const query = { province: 'alborz', year: '1402', only: 'programme:home_jobs' };
    const claimed = { measure: 'paid', programme: 'home_jobs', year: 1402, province: alborz } as const;
    const truth = (): string =>
      must(
        truthOf({ model: province.model, licences, cooperatives }, claimed) ?? undefined,
        'paid',
      ).top.toString();
    const seen: { readonly asOf: string; readonly value: string | null; readonly question: Question }[] = [];
    for (const kind of ['person', 'cooperative'] as const) {
      expect(await holds({ ...at, query })).toBe(truth());
      house.clock.advance(60_000);
      // Somebody of the province has asked for its newest instant; a reader of all provinces gets no newer one.
      const { scope } = province.credits.actor('director');
      const closed = await closeInstant(house.db, { provinceId: alborz, scope, clock: house.clock });
      const asOf = must(closed ?? undefined, 'a closed instant').toISOString();
      for (let one = 0; one < Math.ceil(questions / 6); one += 1) {
        const asking = anyQuestion();
        const question = { ...asking, query: { ...asking.query, asOf } };
        seen.push({
          asOf,
          question,
          value: mustBeHidden(asking.by, asking.query) ? null : await holds(question),
        });
      }
      house.clock.advance(60_000);
      await takeBack(house, province, kind);
      expect(await holds({ ...at, query })).toBe(truth());
    }
    for (const { question, value } of seen.filter((one) => one.value !== null)) {
      expect(await holds(question), JSON.stringify(question.query)).toBe(value);
      asked.past += 1;
    }
    expect(asked.past).toBeGreaterThan(0);
  });

  test('a condition that no record can meet, and a county of elsewhere, are refused', async () => {
    for (const [query, kind] of [
      [{ only: 'programme:bogus' }, 'ConditionUnknown'],
      [{ without: 'category_key:bogus' }, 'ConditionUnknown'],
      [{ only: 'programme:' }, 'ConditionUnknown'],
      [{ county: '9999' }, 'CountyMissing'],
      [{ county: '1503' }, 'CountyMissing'],
    ] as const)
      expect(await listed('director', 'credit.paid', { province: 'alborz', ...query }), kind).toBe(kind);
    for (const only of ['beneficiary_kind:person', 'share:open', 'category_key:wood'])
      expect(await listed('director', 'credit.paid', { province: 'alborz', only })).not.toBe(
        'ConditionUnknown',
      );
  });

  test('an instant that is not closed yet is refused', async () => {
    const asOf = new Date(house.clock.now().getTime() + 60_000).toISOString();
    expect(await listed('director', 'credit.paid', { province: 'alborz', asOf })).toBe('InstantOpen');
  });
});

describe('the newest records of a list', () => {
  test('are the same and in the same order however few transfers are looked at together', async () => {
    const selection = {
      provinceId: alborz,
      countyCode: null,
      budgetYear: null,
      from: null,
      until: null,
      only: {},
      without: {},
    };
    const scope = { province: 'all', county: null, office: null, person: null } as const;
    const today = dayOfInstant(house.clock.now().getTime());
    const details = ['programme'];
    let compared = 0;
    for (const { measure } of catalogue.indicators) {
      if (measure.kind === 'ratio') continue;
      await read(house.db, scope, async (tx) => {
        for (const period of [selection, { ...selection, ...yearPeriod(1402) }]) {
          const list = { selection: period, details, before: null };
          const all = await listRecords(tx, measure, { ...list, limit: 10_000 });
          for (const before of [null, all.at(2), all.at(-3)])
            for (const looking of [
              { first: 3, most: 9 },
              { first: 7, most: 10_000 },
            ]) {
              const at = before == null ? null : { happenedOn: isoOf(before.happenedOn), id: before.id };
              const order = { ...list, before: at, limit: 5, count: all.length, today, looking };
              const found = await newestRecords(tx, catalogue, { measure, order });
              const from = before == null ? 0 : all.indexOf(before) + 1;
              expect(found).toEqual(all.slice(from, from + 5));
              compared += found.length;
            }
        }
      });
    }
    expect(compared).toBeGreaterThan(200);
  });
});

const isIn = (at: Day, { from, until }: Span): boolean =>
  (from === null || at >= from) && (until === null || at <= until);

test('spans cover each day of a period once, the newest first', () => {
  const days = fc.integer({ min: 0, max: 2_000 }).map((count) => addDays(day('1398-01-01'), count));
  const edge = fc.option(days, { nil: null });
  fc.assert(
    fc.property(edge, edge, days, days, (one, other, today, probe) => {
      const [from, until] = one !== null && other !== null && one > other ? [other, one] : [one, other];
      const spans = spansBack({ from, until }, today);
      expect(spans.filter((span) => isIn(probe, span))).toHaveLength(isIn(probe, { from, until }) ? 1 : 0);
      for (const [at, { from: first }] of spans.slice(0, -1).entries())
        expect(must(spans[at + 1]?.until ?? undefined, 'an end') < must(first ?? undefined, 'a day')).toBe(
          true,
        );
    }),
  );
});

test('a record that is made of others bears a hash of theirs, which is no UUID of a version', () => {
  expect(recordShape.shape.id.safeParse('fccbb836-eb32-304b-d28a-3cd02a1d6a4e').success).toBe(true);
  expect(recordShape.shape.id.safeParse('fccbb836').success).toBe(false);
});

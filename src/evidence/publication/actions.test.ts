import { expect, test } from 'vitest';
import { day, isoOf } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { actOrder, awardOrder, done } from '#testing/credits.ts';
import { serveEvidence } from '#testing/evidence.ts';
import { openHouse } from '#testing/house.ts';
import { dice, playProvince } from '#testing/statements.ts';

const house = await openHouse();
const { credits, leaves } = await playProvince(house, dice(43));
const { send } = await serveEvidence(house, credits);
const url = '/api/provinces/alborz/publications';
const iso = (of: string): string => isoOf(day(of));

/** What came of an order: the address of the figure, or why it was refused. */
async function publish(change: Record<string, unknown>, indicator = 'credit.paid') {
  const body = { id: newId(Date.now()), indicator, sentence: null, ...change };
  const answer = await send('editor', { url, body });
  if (answer.statusCode === 201) return body.id;
  const { kind, field, facts = {} } = answer.json();
  return [kind, field, ...(kind === 'TooFewReceivers' ? [facts.of, facts.publicationId] : [])];
}

type Paid = {
  readonly county?: string;
  readonly kind?: 'enterprise' | 'person' | 'supporter';
  readonly on: string;
};

async function pay({ county, kind = 'enterprise', on }: Paid): Promise<void> {
  const leaf = must(
    leaves.find((one) =>
      county === undefined
        ? one.programme === 'note_18'
        : one.county === county && one.programme === 'home_jobs',
    ),
    'a slice',
  );
  const happenedOn = iso(on);
  const { id } = done(await credits.reserve(leaf.id, awardOrder(10_000_000n, kind, { happenedOn })));
  for (const [at, act] of (
    ['refer', 'contract', 'report_payment', 'confirm_last_payment'] as const
  ).entries()) {
    const amount = act === 'report_payment' ? '10000000' : null;
    done(await credits.actOn(id, actOrder(act, at + 1, { happenedOn, amount })));
  }
  house.clock.advance(1000);
}
const times = async (count: number, one: Paid): Promise<void> => {
  for (let at = 0; at < count; at += 1) await pay(one);
};

const note = 'programme:note_18';

test('a condition and what is left without it are of nobody or of five receivers', async () => {
  await times(5, { on: '1402-08-14' });
  await pay({ kind: 'supporter', on: '1402-08-14' });
  for (const indicator of ['credit.paid', 'credit.paid_receivers']) {
    expect(await publish({ only: `${note};beneficiary_kind:supporter` }, indicator)).toEqual([
      'TooFewReceivers',
      'only',
      'figure',
      null,
    ]);
    const rests = [
      [{ only: `${note};beneficiary_kind:enterprise` }, 'only'],
      [{ only: note, without: 'beneficiary_kind:supporter' }, 'without'],
      [{ without: 'beneficiary_kind:supporter' }, 'without'],
    ] as const;
    for (const [order, field] of rests)
      expect(await publish(order, indicator)).toEqual(['TooFewReceivers', field, 'rest', null]);
  }
  await times(4, { kind: 'supporter', on: '1402-08-14' });
  expect(await publish({ only: `${note};beneficiary_kind:enterprise` })).toEqual(expect.any(String));
});

test('a county and the others of its province are of nobody or of five receivers', async () => {
  const only = 'programme:home_jobs;beneficiary_kind:supporter';
  await times(5, { county: '3001', kind: 'person', on: '1402-08-14' });
  await times(5, { county: '3001', kind: 'supporter', on: '1402-08-14' });
  await pay({ county: '3006', kind: 'supporter', on: '1402-08-14' });
  const order = { county: '3001', only };
  expect(await publish(order)).toEqual(['TooFewReceivers', 'county', 'rest', null]);
  await times(4, { county: '3006', kind: 'supporter', on: '1402-08-14' });
  expect(await publish(order)).toEqual(expect.any(String));
});

test('a figure of money or persons is of whole months, up to today in the running one', async () => {
  const of = (from: string, until: string) => ({ from: iso(from), until: iso(until) });
  for (const [period, field] of [
    [of('1402-01-02', '1402-12-29'), 'from'],
    [of('1402-01-01', '1402-12-28'), 'until'],
    [{ until: iso('1403-06-14') }, 'until'],
  ] as const) {
    expect(await publish(period)).toEqual(['PeriodNotMonths', field]);
    expect(await publish(period, 'credit.paid_percent')).toEqual(['PeriodNotMonths', field]);
  }
  expect(await publish({ until: iso('1403-06-15') })).toEqual(expect.any(String));
});

test('no two published figures are apart by the records of fewer than five receivers', async () => {
  const first = await publish({ only: note, until: iso('1402-12-29') });
  expect(first).toEqual(expect.any(String));
  expect(await publish({ only: note, from: iso('1402-08-01'), until: iso('1402-12-29') })).toEqual(
    expect.any(String),
  );
  await pay({ on: '1403-03-10' });
  await pay({ on: '1403-04-10' });
  const spring = { only: note, until: iso('1403-03-31') };
  for (const [order, field] of [
    [spring, 'until'],
    [{ only: note, from: iso('1402-08-01'), until: iso('1403-03-31') }, 'until'],
    [{ only: note }, 'until'],
    // The two pieces of days together are of two receivers.
    [{ only: note, until: iso('1403-04-31') }, 'until'],
  ] as const)
    expect((await publish(order)).slice(0, 3)).toEqual(['TooFewReceivers', field, 'difference']);
  await times(4, { on: '1403-03-12' });
  const again = await publish(spring);
  expect(again).toEqual(expect.any(String));
  // One payment of another month lies between it and the figure that is open to its end.
  expect(await publish({ only: note })).toEqual(['TooFewReceivers', 'until', 'difference', again]);
  // The same days as of a later instant: what was recorded between them is told as well.
  await pay({ on: '1403-03-20' });
  expect(await publish(spring)).toEqual(['TooFewReceivers', 'asOf', 'difference', again]);
  await times(4, { on: '1403-03-20' });
  expect(await publish(spring)).toEqual(expect.any(String));
});

test('two figures published at once see each other', async () => {
  await times(5, { on: '1403-05-10' });
  await pay({ on: '1403-06-10' });
  const both = await Promise.all([
    publish({ only: note, until: iso('1403-05-31') }),
    publish({ only: note, until: iso('1403-06-15') }),
  ]);
  expect(both.filter((one) => Array.isArray(one))).toHaveLength(1);
});

test('a figure of the future is refused by the end that is ahead', async () => {
  // The day is the 15th of Shahrivar 1403.
  for (const [order, field, rule, indicator] of [
    [{ from: iso('1403-07-01') }, 'from', 'begun', 'credit.paid'],
    [{ from: iso('1402-01-01'), until: iso('1404-01-31') }, 'until', 'this_year', 'credit.paid'],
    [{ year: 1404 }, 'year', 'begun', 'credit.paid'],
    [{ year: 1404 }, 'year', 'begun', 'credit.allocated'],
  ] as const) {
    const body = { id: newId(Date.now()), indicator, sentence: null, ...order };
    const answer = await send('editor', { url, body });
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { kind: 'PeriodAhead', field, rule }]);
  }
  const whole = await send('editor', {
    url,
    body: { id: newId(Date.now()), indicator: 'credit.allocated', sentence: null, year: 1402 },
  });
  expect(whole.statusCode).toBe(201);
});

test('each refusal of an order names its field and its rule', async () => {
  for (const [order, kind, field, rule] of [
    [{ indicator: 'credit.wealth' }, 'IndicatorUnknown', 'indicator', 'known'],
    [{ indicator: 'credit.allocated', county: '3001' }, 'OfProvince', 'county', 'whole_province'],
    [{ county: '9999' }, 'CountyMissing', 'county', 'known'],
    [{ only: 'programme:bogus' }, 'ConditionUnknown', 'only', 'known'],
    [{ without: 'programme:bogus' }, 'ConditionUnknown', 'without', 'known'],
    [{ indicator: 'cooperative.registered', only: note }, 'ConditionOfAnother', 'only', 'told_apart'],
    [{ indicator: 'cooperative.registered', without: note }, 'ConditionOfAnother', 'without', 'told_apart'],
    [{ from: iso('1403-02-01'), until: iso('1403-01-31') }, 'PeriodReversed', 'until', 'in_order'],
    [{ until: iso('1403-02-02') }, 'PeriodNotMonths', 'until', 'whole_months'],
    [{ asOf: '2099-01-01T00:00:00Z' }, 'InstantOpen', 'asOf', 'closed'],
    [{ year: 1399 }, 'NothingToPublish', 'year', 'has_records'],
    [{ indicator: 'cooperative.registered' }, 'NothingToPublish', 'indicator', 'has_records'],
    [{ only: `${note};beneficiary_kind:cooperative` }, 'NothingToPublish', 'only', 'has_records'],
    [{ sentence: 'پرداخت شد.' }, 'SentenceOfAnother', 'sentence', 'borne_out'],
  ] as const) {
    const body = { id: newId(Date.now()), indicator: 'credit.paid', sentence: null, ...order };
    const problem = (await send('editor', { url, body })).json();
    expect(problem, JSON.stringify(order)).toMatchObject({ kind, field, rule });
    expect(problem.en).not.toMatch(/[،؛]/);
  }
  const county = { id: newId(Date.now()), indicator: 'credit.allocated', sentence: null, county: '3001' };
  expect((await send('editor', { url, body: county })).json().fa).toContain(
    'این رقم از استان است، نه از شهرستان',
  );
});

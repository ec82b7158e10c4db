import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { catalogue } from '#app.ts';
import { correctionsShape } from '#credit/correction/contract.ts';
import { dayFromIso, partsOf } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { groupedDigits } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';
import { actOrder, type Name } from '#testing/credits.ts';
import { kindOf, serveEvidence } from '#testing/evidence.ts';
import { openHouse } from '#testing/house.ts';
import { dice, playProvince } from '#testing/statements.ts';
import { dayText } from '#web/format.ts';
import { publicationShape, publicationStates } from './contract.ts';
import { stateOf } from './rules.ts';
import { publicationLabels } from './words.ts';

const house = await openHouse();
const { credits, award, leaves } = await playProvince(house, dice(41));
const { app, get, send } = await serveEvidence(house, credits);

const fresh = () => newId(Date.now());

const order = (change: Record<string, unknown> = {}) => ({
  id: fresh(),
  indicator: 'credit.paid',
  only: 'programme:home_jobs',
  sentence: null,
  ...change,
});
const url = '/api/provinces/alborz/publications';

async function published(change: Record<string, unknown> = {}, by: Name = 'editor'): Promise<string> {
  const asked = order(change);
  const answer = await send(by, { url, body: asked });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return asked.id;
}
const look = async (id: string) =>
  publicationShape.parse(JSON.parse((await app.inject(`/api/publications/${id}`)).body));

const paidInHomeJobs = '/api/records/credit.paid?province=alborz&only=programme:home_jobs';
const listed = z.object({ value: z.string(), items: z.array(z.object({ happenedOn: z.string() })) });
const ask = async (address: string) => listed.parse(JSON.parse((await get('deputy', address)).body));
const newest = must((await ask(paidInHomeJobs)).items[0], 'a payment');
const newestYear = partsOf(dayFromIso(newest.happenedOn)).year;
const sumNow = async () => BigInt((await ask(`${paidInHomeJobs}&year=${newestYear}`)).value);
let readers = 0;
const doubt = (id: string, form: Record<string, string>, prefix = '') =>
  app.inject({
    method: 'POST',
    url: `${prefix}/f/${id}/doubts`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    // Another reader each time: one sends ten a minute.
    remoteAddress: `10.0.0.${String((readers += 1))}`,
    payload: new URLSearchParams({ idempotency_key: fresh(), id: fresh(), ...form }).toString(),
  });
const saidOf = (rials: bigint, more = ''): string =>
  `در سال ${newestYear} در استان البرز ${groupedDigits(rials)} ریال تسهیلات مشاغل خانگی${more} پرداخت شد.`;

test('a published figure is the value of its own list, whatever it counts (L8)', async () => {
  const counted = z.object({ value: z.string(), count: z.number() });
  for (const { id: indicator, measure } of catalogue.indicators) {
    if (measure.kind === 'ratio') continue;
    const asked = order({ indicator, only: undefined });
    const answer = await send('deputy', { url, body: asked });
    const list = await get('deputy', `/api/records/${indicator}?province=alborz`);
    const { value, count } = counted.parse(JSON.parse(list.body));
    if (answer.statusCode === 422)
      expect(kindOf(answer), indicator).toBe(count === 0 ? 'NothingToPublish' : 'TooFewReceivers');
    else expect(await look(asked.id), indicator).toMatchObject({ value, records: count, state: 'stands' });
  }
});

test('a ratio is published as percent points of its two lists', async () => {
  const id = await published({
    indicator: 'credit.cooperative_reserve_percent',
    year: 1402,
    only: undefined,
  });
  const list = await get(
    'deputy',
    '/api/records/credit.cooperative_reserve_percent?province=alborz&year=1402',
  );
  const parts = z
    .object({ parts: z.array(z.object({ value: z.string() })) })
    .parse(JSON.parse(list.body)).parts;
  const [top, below] = parts.map(({ value }) => BigInt(value));
  const { value, valueNow } = await look(id);
  const points = (must(top, 'a numerator') * 1_000_000n) / must(below, 'a denominator');
  expect(
    Math.abs(Number.parseFloat(value) * 10_000 - Number.parseInt(points.toString(), 10)),
  ).toBeLessThanOrEqual(1);
  expect(valueNow).toBe(value);
});

test('stays what it was, says what was added since, and says corrected once a record is taken back', async () => {
  const id = await published({ indicator: 'credit.referred', only: undefined });
  const before = await look(id);
  const leaf = must(leaves[0], 'a slice');
  const made = {
    programme: leaf.programme,
    budgetYear: leaf.budgetYear,
    county: leaf.county,
    kind: 'person',
  } as const;
  const awardId = await award(
    { ...made, amount: 10_000_000n, stage: 'referred', year: leaf.budgetYear },
    leaf.id,
  );
  house.clock.advance(1000);
  const grown = await look(id);
  expect(grown).toMatchObject({ value: before.value, state: 'grown', recordedSince: 1, takenBack: 0 });
  expect(BigInt(grown.valueNow) - BigInt(before.value)).toBe(10_000_000n);
  const erratum = { url: `${url}/${id}/errata`, body: { id: fresh(), note: 'یک معرفی افزوده شد' } };
  expect((await send('editor', erratum)).statusCode).toBe(201);
  const released = await credits.actOn(awardId, actOrder('release', 2, { happenedOn: '2024-02-01' }));
  expect(released.ok).toBe(true);
  const corrected = await look(id);
  expect(corrected).toMatchObject({ value: before.value, state: 'corrected' });
  expect(corrected.errata).toMatchObject([{ value: grown.valueNow, note: 'یک معرفی افزوده شد' }]);
  const page = (await app.inject(`/f/${id}`)).body;
  expect(page).toContain('اصلاح شده');
  expect(page).toMatch(/، از آن‌ها برگشت/);
  await doubt(id, { claim: 'The sum is another one.' });
  const english = (await app.inject(`/en/f/${id}`)).body;
  expect(english).toMatch(/; Answer due/);
  expect(english.replaceAll('یک معرفی افزوده شد', '')).not.toMatch(/[،؛]/);
  expect(page).toContain('یک معرفی افزوده شد');
});

test('says corrected once a payment behind it is corrected, and no rial of the published figure changes', async () => {
  const leaf = must(leaves[0], 'a slice');
  const { programme, budgetYear, county } = leaf;
  const made = { programme, budgetYear, county, kind: 'person', amount: 10_000_000n } as const;
  const awardId = await award({ ...made, stage: 'paid', year: budgetYear }, leaf.id);
  // One receiver more than in a figure that is published already would be told by the two.
  for (let more = 1; more < 5; more += 1) await award({ ...made, stage: 'paid', year: budgetYear }, leaf.id);
  house.clock.advance(1000);
  const id = await published({ indicator: 'credit.paid', only: undefined });
  const before = await look(id);
  const corrections = `awards/${awardId}/corrections`;
  const { body } = await credits.http.get('deputy', corrections);
  const { version, payments } = correctionsShape.parse(body);
  const right = { paymentId: must(payments[0], 'a payment').id, amount: '4000000', reason: 'رقم فیش' };
  const correction = { id: fresh(), seenVersion: version, ...right };
  house.clock.advance(1000);
  expect(await credits.http.post('deputy', { url: corrections, body: correction })).toMatchObject({
    status: 201,
  });
  expect(await look(id)).toMatchObject({ value: before.value, state: 'stands' });
  const approval = {
    url: `${corrections}/${correction.id}/approval`,
    body: { id: fresh(), seenVersion: version + 1 },
  };
  expect(await credits.http.post('director', approval)).toMatchObject({ status: 201 });
  house.clock.advance(1000);
  const corrected = await look(id);
  expect(corrected).toMatchObject({ value: before.value, state: 'corrected', takenBack: 1 });
  expect(BigInt(before.value) - BigInt(corrected.valueNow)).toBe(6_000_000n);
});

test('is published by director, deputy and editor of the province, and by nobody else', async () => {
  for (const by of ['director', 'deputy', 'editor'] as const)
    expect((await send(by, { url, body: order() })).statusCode, by).toBe(201);
  for (const by of [
    'karajOffice',
    'bank',
    'agency',
    'auditor',
    'ministry',
    'applicant',
    'lorestanDirector',
  ] as const)
    expect((await send(by, { url, body: order() })).statusCode, by).toBe(403);
  expect((await send('', { url, body: order() })).statusCode).toBe(401);
});

test('is published once, and another figure under its id is refused', async () => {
  const asked = { url, body: order(), key: fresh() };
  const answers = await Promise.all(Array.from({ length: 8 }, () => send('editor', asked)));
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
  expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(7);
  house.clock.advance(5_000);
  expect((await send('editor', { url, body: asked.body, key: fresh() })).statusCode).toBe(201);
  const other = await send('editor', { url, body: { ...asked.body, indicator: 'credit.referred' } });
  expect([other.statusCode, kindOf(other)]).toEqual([409, 'PublicationOtherContent']);
});

test('an address belongs to the province that published under it first', async () => {
  const id = await published();
  const before = await look(id);
  const taking = {
    url: url.replace('alborz', 'lorestan'),
    body: order({ id, indicator: 'credit.allocated' }),
  };
  const told = await send('lorestanDirector', taking);
  expect([told.statusCode, kindOf(told)]).toEqual([409, 'PublicationOtherContent']);
  expect(await look(id)).toEqual(before);
});

test('what has no record, no indicator or no condition is not published', async () => {
  const refused = async (change: Record<string, unknown>) =>
    kindOf(await send('editor', { url, body: order(change) }));
  expect((await send('editor', { url, body: order({ id: 'x' }) })).json()).toMatchObject({
    field: 'id',
    rule: 'uuid',
    fa: '«شناسهٔ درخواست» درست نیست؛ باید شناسهٔ یکتا (UUID) باشد.',
    en: 'Id of the command must be a unique id (UUID).',
  });
  expect(await refused({ year: 1399 })).toBe('NothingToPublish');
  expect(await refused({ indicator: 'credit.wealth' })).toBe('IndicatorUnknown');
  expect(await refused({ only: 'recorded_at:1' })).toBe('ConditionUnknown');
  const id = await published();
  const erratum = { url: `${url}/${id}/errata`, body: { id: fresh(), note: 'بی‌سبب' } };
  expect(kindOf(await send('editor', erratum))).toBe('NothingToCorrect');
  expect((await app.inject(`/api/publications/${fresh()}`)).statusCode).toBe(404);
  expect(await refused({ asOf: '2099-01-01T00:00:00Z' })).toBe('InstantOpen');
  expect(await refused({ from: '2024-02-01', until: '2024-01-01' })).toBe('PeriodReversed');
  expect(await refused({ indicator: 'cooperative.registered' })).toBe('ConditionOfAnother');
  const missing = await app.inject('/f/nothing');
  expect([missing.statusCode, missing.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
});

test('stands for everybody in both languages, and text in it runs nothing', async () => {
  const id = await published({
    year: newestYear,
    sentence: `${saidOf(await sumNow())} <script>alert(1)</script>`,
  });
  for (const prefix of ['', '/en']) {
    const page = await app.inject(`${prefix}/f/${id}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('<script');
    expect(page.body).toContain('&lt;script&gt;');
  }
  expect((await app.inject('/figures')).body).toContain(`/f/${id}`);
  expect((await app.inject('/en/figures')).body).toContain(`/en/f/${id}`);
});

const sentUnder = async (sentence: string, change = {}) => {
  const answer = await send('editor', { url, body: order({ year: newestYear, sentence, ...change }) });
  return answer.statusCode === 201 ? 201 : kindOf(answer);
};

test('no sentence stands under a figure unless the records bear out this very figure in it', async () => {
  const value = await sumNow();
  expect(await sentUnder(saidOf(value))).toBe(201);
  expect(await sentUnder(saidOf(value * 40n))).toBe('SentenceContradicted');
  expect(await sentUnder(saidOf(value, ' به زنان'))).toBe('SentenceUnproven');
  expect(await sentUnder(`${saidOf(value)} ۵۰۰۰ نفر بیمه شدند.`)).toBe('SentenceUnproven');
  expect(await sentUnder('تسهیلات مشاغل خانگی پرداخت شد.')).toBe('SentenceOfAnother');
  expect(await sentUnder(saidOf(value), { indicator: 'credit.referred' })).toBe('SentenceOfAnother');
});

test('what tells of fewer than five receivers is not published, neither their number nor their sum', async () => {
  const alone = { programme: 'note_18', budgetYear: 1402, county: null, kind: 'supporter' } as const;
  const leaf = must(
    leaves.find(({ programme }) => programme === alone.programme),
    'a slice',
  );
  await award({ ...alone, county: leaf.county, amount: 10_000_000n, stage: 'paid', year: 1402 }, leaf.id);
  house.clock.advance(1000);
  for (const indicator of ['credit.paid_receivers', 'credit.paid']) {
    const one = order({ indicator, only: 'beneficiary_kind:supporter' });
    expect(kindOf(await send('editor', { url, body: one })), indicator).toBe('TooFewReceivers');
  }
});

test('a reader’s doubt needs no script and no name, and is answered once in the open', async () => {
  const id = await published();
  const doubtId = fresh();
  const form = { idempotency_key: fresh(), id: doubtId, claim: 'از کرج بیشتر بود' };
  for (const answer of [await doubt(id, form), await doubt(id, form)])
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, `/f/${id}?sent=1#doubts`]);
  expect((await look(id)).doubts).toMatchObject([{ id: doubtId, claim: null, answer: null }]);
  const answering = {
    url: `${url}/${id}/doubts/${doubtId}/answer`,
    body: { answer: 'سند هر پرداخت بررسی شد.' },
  };
  expect((await send('karajOffice', answering)).statusCode).toBe(403);
  expect((await send('editor', answering)).statusCode).toBe(201);
  expect(kindOf(await send('editor', answering))).toBe('DoubtAnswered');
  expect(kindOf(await send('editor', { ...answering, url: answering.url.replace(doubtId, fresh()) }))).toBe(
    'DoubtMissing',
  );
  const page = (await app.inject(`/f/${id}`)).body;
  expect(page).toContain('سند هر پرداخت بررسی شد.');
  expect(page).toContain('از کرج بیشتر بود');
  expect((await look(id)).doubts).toMatchObject([{ claim: 'از کرج بیشتر بود' }]);
});

test('a doubt stands for all with its answer, and before it for those who answer', async () => {
  const id = await published();
  await doubt(id, { claim: 'مدیر کل <b>بی‌کفایت</b> است' });
  const asked = `/api/publications/${id}`;
  for (const by of ['director', 'editor', 'auditor', 'ministry'] as const)
    expect((await get(by, asked)).body, by).toContain('بی‌کفایت');
  for (const by of ['', 'karajOffice', 'bank', 'applicant', 'lorestanDirector'] as const)
    expect((await get(by, asked)).body, by).not.toContain('بی‌کفایت');
  expect((await get('editor', url)).body).toContain('بی‌کفایت');
  expect((await get('', url)).body).not.toContain('بی‌کفایت');
  const [{ dueOn }] = z.tuple([z.object({ dueOn: z.string() })]).parse((await look(id)).doubts);
  for (const [prefix, says, due] of [
    ['', 'تردیدی رسیده است', dayText(dueOn, 'fa')],
    ['/en', 'A doubt was raised', dayText(dueOn, 'en')],
  ] as const) {
    const page = (await get('editor', `${prefix}/f/${id}`)).body;
    expect(page).not.toContain('بی‌کفایت');
    expect([page.includes(says), page.includes(due)]).toEqual([true, true]);
  }
});

test('the same text is the same doubt while it waits, also where it is sent many times at once', async () => {
  const id = await published();
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, at) =>
      doubt(id, { claim: at < 3 ? 'رقم كرج\r\nکم است' : 'رقم کرج کم است ' }),
    ),
  );
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([303]));
  const [one, ...others] = (await look(id)).doubts;
  expect(others).toEqual([]);
  const body = { answer: 'درست است.' };
  const answering = { url: `${url}/${id}/doubts/${must(one, 'a doubt').id}/answer`, body };
  expect((await send('editor', answering)).statusCode).toBe(201);
  await doubt(id, { claim: 'رقم کرج کم است' });
  expect((await look(id)).doubts).toHaveLength(2);
});

test('a doubt that is refused comes back in its form with the reason, and nothing of it is kept', async () => {
  const id = await published();
  const typed = 'بنگرید: example.com\nسطر دوم';
  for (const [prefix, claim, says] of [
    ['', typed, '«example.com» پیوند یا نشانی است'],
    ['/en', typed, '“example.com” is a link'],
    ['', 'زنگ بزنید: ۰۹۱۲ ۳۴۵ ۶۷۸۹', '«0912 345 6789» شمارهٔ تلفن'],
    ['/en', 'کد ملی ۰۰۱۲۳۴۵۶۷۸', '“0012345678” is a telephone number or ten digits'],
    ['', '  ', '«آنچه نادرست می‌دانید» لازم است'],
    ['/en', 'ب'.repeat(1001), 'at most 1,000 characters'],
  ] as const) {
    const answer = await doubt(id, { claim }, prefix);
    expect([answer.statusCode, answer.headers['content-type']], claim).toEqual([
      422,
      'text/html; charset=utf-8',
    ]);
    const form = answer.body.slice(answer.body.indexOf('<section id="doubts"'));
    expect(form).toContain(says);
    expect(form.indexOf(says)).toBeLessThan(form.indexOf('<textarea'));
    expect(/<textarea[^>]*>\n(?<typed>[^<]*)<\/textarea>/.exec(form)?.groups?.['typed']).toBe(claim);
  }
  const key = fresh();
  await doubt(id, { idempotency_key: key, claim: 'یک' });
  const reused = await doubt(id, { idempotency_key: key, claim: 'دو' });
  expect([reused.statusCode, reused.body.includes(publicationLabels.again.fa)]).toEqual([422, true]);
  expect((await look(id)).doubts).toHaveLength(1);
  const { rows } = await sql`select from platform.command where answer::text like '%example.com%'`.execute(
    house.owner,
  );
  expect(rows).toEqual([]);
});

test('a doubt that clearly insults, advertises or says nothing comes back with its rule and every word', async () => {
  const id = await published();
  for (const [prefix, claim, says] of [
    ['', 'شما احمق هستید و این رقم نادرست است', '«احمق» توهین به شخص یا گروه است'],
    ['/en', 'شما احمق هستید و این رقم نادرست است', '“احمق” insults a person or a group'],
    ['', 'وام فوری بدون ضامن با ما تماس بگیرید', 'پیشنهاد تبلیغاتی است و در تردید نمی‌آید'],
    ['/en', 'وام فوری بدون ضامن با ما تماس بگیرید', 'an offer, which no doubt holds'],
    ['', 'in raqam ghalat ast va bishtar bood', 'فارسی با حروف لاتین است'],
    ['/en', 'in raqam ghalat ast va bishtar bood', 'is Persian in Latin letters'],
    ['', '....', '«آنچه نادرست می‌دانید» هنوز چیزی نمی‌گوید'],
    ['/en', '😀', 'What you hold to be wrong says nothing yet'],
    ['', '\u200b\u202e\u200b', '«آنچه نادرست می‌دانید» لازم است'],
    ['/en', '\u200b\u202e\u200b', 'What you hold to be wrong is required'],
  ] as const) {
    const back = await doubt(id, { claim }, prefix);
    expect([back.statusCode, back.body.includes(says)], claim).toEqual([422, true]);
    expect(/<textarea[^>]*>\n?(?<typed>[^<]*)<\/textarea>/.exec(back.body)?.groups?.['typed']).toBe(claim);
  }
  expect((await look(id)).doubts).toEqual([]);
});

test('a doubt that may break a rule is kept, with its hints for whoever answers and nobody else', async () => {
  const id = await published();
  const long = 'بتپ'.repeat(21);
  await doubt(id, { claim: `مدیر کل بی‌کفایت است\u202e و${'\n'.repeat(9)}${long}` });
  const asked = `/api/publications/${id}`;
  const hintsFor = async (by: Name | '') =>
    publicationShape.parse(JSON.parse((await get(by, asked)).body)).doubts.map(({ hints }) => hints);
  const [hints = []] = await hintsFor('editor');
  expect(hints[0]?.fa).toMatch(/^«بی\u200cکفایت.*توهین/);
  expect(hints[1]?.fa).toBe(`«${long}» بیش از ۶۰ حرفِ بی‌فاصله است.`);
  expect(hints[1]?.en).toContain('runs over 60 letters');
  for (const by of ['', 'karajOffice', 'lorestanDirector'] as const) expect(await hintsFor(by)).toEqual([[]]);
  const kept = (await get('editor', asked)).json<{ doubts: { id: string; claim: string }[] }>().doubts[0];
  expect(kept?.claim).toBe(`مدیر کل بی‌کفایت است و\n\n${long}`);
  const body = { answer: 'سند هر پرداخت بررسی شد.' };
  await send('editor', { url: `${url}/${id}/doubts/${must(kept, 'a doubt').id}/answer`, body });
  expect(await hintsFor('editor')).toEqual([[]]);
});

test('a thousand characters may be a doubt, each end of a line counted as one', async () => {
  const id = await published();
  const claim = `${'الف\r\n'.repeat(249)}الف۱`;
  expect((await doubt(id, { claim })).statusCode).toBe(303);
  expect((await get('editor', `/api/publications/${id}`)).json()).toMatchObject({
    doubts: [{ claim: claim.replaceAll('\r\n', '\n') }],
  });
  expect((await doubt(id, { claim: `${claim}۲` })).statusCode).toBe(422);
});

test('a state says what its lists say', () => {
  const reckoned = fc.record({
    value: fc.bigInt({ min: 0n, max: 3n }),
    below: fc.constantFrom(null, 1n),
    records: fc.nat({ max: 2 }),
    hash: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(reckoned, reckoned, reckoned, fc.nat({ max: 2 }), (one, again, now, takenBack) => {
      const state = stateOf({ published: one, again, now, takenBack });
      const same = (a: typeof one, b: typeof one): boolean =>
        a.value === b.value && a.below === b.below && a.records === b.records && a.hash === b.hash;
      expect(publicationStates).toContain(state);
      expect(state === 'broken').toBe(!same(one, again));
      if (state === 'stands') expect(same(one, now)).toBe(true);
      if (state === 'corrected') expect(takenBack).toBeGreaterThan(0);
      if (state === 'grown') expect(takenBack).toBe(0);
    }),
  );
});

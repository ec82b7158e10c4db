import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { Name } from '#testing/credits.ts';
import { kindOf, serveEvidence } from '#testing/evidence.ts';
import { openHouse } from '#testing/house.ts';
import { dice, playProvince } from '#testing/statements.ts';
import { type ReviewedFinding, reviewedCheckShape } from './contract.ts';
import { phrasesOf } from './rules.ts';

const house = await openHouse();
const { credits } = await playProvince(house, dice(53));
const { get, send } = await serveEvidence(house, credits);

const sentence = 'در سال ۱۴۰۲ مبلغ ۷۷ میلیارد تومان تسهیلات مشاغل خانگی در استان البرز پرداخت شد';
const text = `مدیرکل گفت:\n${sentence}. این خبر ادامه دارد.`;

const post = (by: Name | '', url: string, body: object, key: string = newId(Date.now())) =>
  send(by, { url: `/api/provinces/alborz/${url}`, body, key });

async function money(by: Name, of: string = text): Promise<ReviewedFinding> {
  const answer = await post(by, 'statement-check', { text: of, published: null });
  const { figures } = reviewedCheckShape.parse(JSON.parse(answer.body));
  return must(
    figures.find((one) => one.unit === 'rial'),
    'a figure of money',
  );
}

const found = await money('director');
const order = (change: Record<string, unknown> = {}) => ({
  id: newId(Date.now()),
  text,
  published: null,
  start: found.start,
  end: found.end,
  decision: 'rejected',
  bound: null,
  reason: 'منظور گوینده عقد قرارداد بوده است.',
  ...change,
});
const bound = { indicator: 'credit.contracted', year: 1402, only: 'programme:home_jobs' };

test('a decision is shown with who, when and why, and the verdict stays what the check says', async () => {
  expect(found.verdict).toBe('contradicted');
  expect(found.reviews).toEqual([]);
  const key = newId(Date.now());
  const asked = order({ decision: 'corrected', bound });
  expect((await post('editor', 'statement-reviews', asked, key)).statusCode).toBe(201);
  // Sent again it is the same decision.
  const again = await post('editor', 'statement-reviews', asked, key);
  expect([again.statusCode, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
  const { verdict, actual, reviews } = await money('director');
  expect([verdict, actual]).toEqual([found.verdict, found.actual]);
  expect(reviews).toHaveLength(1);
  const list = await get(
    'director',
    '/api/records/credit.contracted?province=alborz&year=1402&only=programme:home_jobs',
  );
  expect(reviews[0]).toMatchObject({
    decision: 'corrected',
    verdict: 'contradicted',
    reason: asked.reason,
    byRole: 'editor',
    sameText: true,
    at: house.clock.now().toISOString(),
    bound: {
      indicator: 'credit.contracted',
      value: z.object({ value: z.string() }).parse(JSON.parse(list.body)).value,
      records:
        '/desk/evidence/records/credit.contracted?province=alborz&year=1402&only=programme%3Ahome_jobs',
    },
  });
});

test('the same sentence in another text is remembered, however it is spelt; another sentence is not', async () => {
  house.clock.advance(60_000);
  expect((await post('director', 'statement-reviews', order())).statusCode).toBe(201);
  const spelt = `خبری دیگر. ${sentence.replaceAll('ی', 'ي').replace('۱۴۰۲', '1402')}!\nپایان`;
  const { reviews } = await money('deputy', spelt);
  expect(reviews.map(({ decision, sameText }) => [decision, sameText])).toEqual([
    ['rejected', false],
    ['corrected', false],
  ]);
  expect((await money('deputy', text.replace('۷۷ میلیارد', '۷۸ میلیارد'))).reviews).toEqual([]);
  expect((await money('deputy', text.replace('پرداخت شد', 'پرداخت شده است'))).reviews).toEqual([]);
});

test('nobody’s acceptance makes a wrong figure supported', async () => {
  expect(
    (await post('director', 'statement-reviews', order({ decision: 'accepted', reason: null }))).statusCode,
  ).toBe(201);
  expect((await money('director')).verdict).toBe('contradicted');
  const accepted = { ...order(), decision: 'corrected', bound: { ...bound, indicator: 'credit.paid' } };
  expect((await post('director', 'statement-reviews', accepted)).statusCode).toBe(201);
  expect((await money('director')).verdict).toBe('contradicted');
});

test('a decision is refused that says too little or too much', async () => {
  const refusals: readonly (readonly [Record<string, unknown>, number, string])[] = [
    [{ start: found.start + 1 }, 422, 'FigureMissing'],
    [{ reason: null }, 422, 'ReasonMissing'],
    [{ decision: 'corrected' }, 422, 'BindingMissing'],
    [{ bound }, 422, 'BindingUncalled'],
    [{ decision: 'corrected', bound: { ...bound, indicator: 'credit.paid_awards' } }, 422, 'OtherUnit'],
    [{ decision: 'corrected', bound: { ...bound, indicator: 'credit.nothing' } }, 404, 'IndicatorUnknown'],
    [{ decision: 'corrected', bound: { ...bound, county: '9999' } }, 422, 'CountyMissing'],
    [{ decision: 'corrected', bound: { ...bound, only: 'colour:red' } }, 422, 'ConditionUnknown'],
  ];
  for (const [change, status, kind] of refusals) {
    const answer = await post('director', 'statement-reviews', order(change));
    expect([answer.statusCode, kindOf(answer)], JSON.stringify(change)).toEqual([status, kind]);
  }
  const one = order();
  expect((await post('director', 'statement-reviews', one)).statusCode).toBe(201);
  const other = await post('director', 'statement-reviews', { ...one, reason: 'دلیلی دیگر' });
  expect([other.statusCode, kindOf(other)]).toEqual([409, 'ReviewOtherContent']);
});

test('only those who answer for the directorate decide, and who sees a part of it reads no decision (L9)', async () => {
  for (const by of ['bank', 'auditor', 'ministry', 'karajOffice'] as const)
    expect((await post(by, 'statement-reviews', order())).statusCode, by).toBe(403);
  expect((await post('', 'statement-reviews', order())).statusCode).toBe(401);
  const office = await post('karajOffice', 'statement-check', { text, published: null });
  for (const one of reviewedCheckShape.parse(JSON.parse(office.body)).figures)
    expect(one.reviews).toEqual([]);
  expect((await money('auditor')).reviews.length).toBeGreaterThan(2);
});

test('the annotated statement is a PDF, the same for the same text', async () => {
  const [one, two] = [
    await post('director', 'statement-check/pdf', { text, published: null }),
    await post('director', 'statement-check/pdf', { text, published: null }),
  ];
  expect([one.statusCode, one.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect(one.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect(one.rawPayload.equals(two.rawPayload)).toBe(true);
  expect((await post('', 'statement-check/pdf', { text, published: null })).statusCode).toBe(401);
});

const around = (list: readonly (readonly string[])[]): string =>
  list.map((one) => `${one.join(' ')}. `).join('');

test('a figure is found again in its sentence whatever stands around it', () => {
  const words = fc.array(fc.constantFrom('خبر', 'کارساز', 'تعاونی', '۱۲٫۵', '7.5'), { maxLength: 6 });
  const sentences = fc.array(words, { maxLength: 3 });
  fc.assert(
    fc.property(words, words, sentences, sentences, (head, tail, before, after) => {
      const figure = '۷۷';
      const own = [...head, figure, ...tail].join(' ');
      const start = head.join(' ').length + (head.length === 0 ? 0 : 1);
      const alone = phrasesOf(own, [{ start, end: start + figure.length }]);
      const first = around(before).length + start;
      const whole = `${around(before)}${own}. ${around(after)}`;
      expect(phrasesOf(whole, [{ start: first, end: first + figure.length }])).toEqual(alone);
    }),
  );
});

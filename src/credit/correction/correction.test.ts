import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { type Rial, plus, rial } from '#kernel/rial.ts';
import { noScope, read } from '#platform/db.ts';
import {
  type Name,
  type Said,
  actOrder,
  alborz,
  awardOrder,
  done,
  freshId,
  names,
  openCredits,
} from '#testing/credits.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { awardShape, slicePageShape } from '../contract.ts';
import { findBreaches } from '../law/actions.ts';
import { listSlices } from '../queries.ts';
import { correctionRefusalStatus, correctionsShape } from './contract.ts';
import { actOf, decideCorrection } from './rules.ts';
import { correctionRefusalWords } from './words.ts';

const house = await openHouse();
const wrongdoer = await openWrongdoer(house);
const credits = await openCredits(house);
const { http } = credits;

async function newSlice(amount: bigint): Promise<Id> {
  const lineId = await credits.openedLine(amount);
  const asked = { provinceId: alborz, lineId, id: null };
  const slices = await read(house.db, { ...noScope, province: alborz }, (tx) => listSlices(tx, asked));
  return must(slices[0], 'a root').id;
}

/** An award of 100 rials of which these sums are paid and confirmed, one after the other. */
async function paidAward(slice: Id, payments: readonly bigint[], amount = 100n): Promise<Id> {
  const order = awardOrder(amount);
  done(await credits.reserve(slice, order));
  done(await credits.actOn(order.id, actOrder('refer', 1)));
  done(await credits.actOn(order.id, actOrder('contract', 2)));
  for (const sum of payments) await pay(order.id, sum);
  return order.id;
}

const lookAward = async (awardId: Id) =>
  awardShape.parse((await http.get('auditor', `awards/${awardId}`)).body);
const look = async (awardId: Id, by: Name = 'auditor') =>
  correctionsShape.parse((await http.get(by, `awards/${awardId}/corrections`)).body);
const standingOf = async (slice: Id) =>
  slicePageShape.parse((await http.get('auditor', `slices/${slice}`)).body).slice.standing;

async function pay(awardId: Id, sum: bigint): Promise<void> {
  const { version, amount, paid } = await lookAward(awardId);
  done(await credits.actOn(awardId, actOrder('report_payment', version, { amount: String(sum) })));
  const last = BigInt(paid) + sum === BigInt(amount);
  const act = last ? 'confirm_last_payment' : 'confirm_part_payment';
  done(await credits.actOn(awardId, actOrder(act, version + 1)));
}

const breaches = async () =>
  (await read(house.db, { ...noScope, province: alborz }, (tx) => findBreaches(tx, alborz))).map(
    ({ kind, id }) => [kind, id],
  );
const standing = async (awardId: Id) => (await look(awardId)).payments.filter(({ stands }) => stands);

/** Proposes that of the standing payment at a place only so much is right. */
async function propose(
  awardId: Id,
  change: Record<string, unknown> = {},
  by: Name = 'deputy',
): Promise<{ said: Said; id: Id; body: object }> {
  const id = freshId();
  const { version } = await look(awardId);
  const paymentId = (await standing(awardId))[0]?.id ?? freshId();
  const body = { id, seenVersion: version, paymentId, amount: '40', reason: 'مبلغ فیش ۴۰ بود', ...change };
  const said = await http.post(by, { url: `awards/${awardId}/corrections`, body });
  return { said, id, body };
}

const approvalOf = async (awardId: Id) => ({ id: freshId(), seenVersion: (await look(awardId)).version });
const approve = async (awardId: Id, correctionId: Id, by: Name = 'director'): Promise<Said> =>
  http.post(by, {
    url: `awards/${awardId}/corrections/${correctionId}/approval`,
    body: await approvalOf(awardId),
  });

async function corrected(awardId: Id, change: Record<string, unknown>): Promise<void> {
  const { said, id } = await propose(awardId, change);
  expect(said).toMatchObject({ status: 201 });
  expect(await approve(awardId, id)).toMatchObject({ status: 201 });
}

describe('what a clerk sees', () => {
  test('a payment of 100 that was 40: reversed and paid anew, the award part paid, the rest can be paid', async () => {
    const slice = await newSlice(1000n);
    const awardId = await paidAward(slice, [100n]);
    const { said, id } = await propose(awardId);
    expect(said).toMatchObject({ status: 201, body: { state: 'paid' } });
    expect(await standingOf(slice)).toMatchObject({ paidSoFar: '100', paid: '100', contracted: '0' });
    expect(await approve(awardId, id, 'otherDeputy')).toMatchObject({
      status: 201,
      body: { state: 'part_paid' },
    });
    expect(await standingOf(slice)).toMatchObject({ paidSoFar: '40', paid: '40', contracted: '60' });
    expect(await lookAward(awardId)).toMatchObject({ paid: '40', state: 'part_paid' });
    const { payments, corrections } = await look(awardId);
    expect(payments.map(({ amount, stands }) => [amount, stands])).toEqual([
      ['100', false],
      ['40', true],
    ]);
    expect(new Set(payments.map(({ happenedOn }) => happenedOn)).size).toBe(1);
    expect(corrections).toMatchObject([
      { id, paid: '100', amount: '40', reason: 'مبلغ فیش ۴۰ بود', state: 'approved' },
    ]);
    // The bank's next payment happened before the correction was done, and is of its own day.
    await pay(awardId, 60n);
    expect(await lookAward(awardId)).toMatchObject({ paid: '100', state: 'paid' });
  });

  test('of an award that ended part paid: what is taken back is contracted again, and can be released too', async () => {
    const slice = await newSlice(1000n);
    const awardId = await paidAward(slice, [40n]);
    const release = async () =>
      done(await credits.actOn(awardId, actOrder('release', (await lookAward(awardId)).version)));
    await release();
    expect(await lookAward(awardId)).toMatchObject({ state: 'ended', released: '60', paid: '40' });
    await corrected(awardId, { amount: '30' });
    expect(await lookAward(awardId)).toMatchObject({ state: 'part_paid', released: '60', paid: '30' });
    expect(await standingOf(slice)).toMatchObject({ contractedSoFar: '40', contracted: '10', paid: '30' });
    await release();
    expect(await lookAward(awardId)).toMatchObject({ state: 'ended', released: '70', paid: '30' });
    expect(await standingOf(slice)).toMatchObject({ contractedSoFar: '30', available: '970' });
  });

  test('a payment of another award: taken back in whole, and the credit can be released', async () => {
    const slice = await newSlice(1000n);
    const awardId = await paidAward(slice, [100n]);
    await corrected(awardId, { amount: '0', reason: 'این پرداخت از پروندهٔ دیگری بود' });
    const award = await lookAward(awardId);
    expect(award).toMatchObject({ paid: '0', state: 'contracted' });
    expect(await standing(awardId)).toEqual([]);
    done(await credits.actOn(awardId, actOrder('release', award.version)));
    expect(await standingOf(slice)).toMatchObject({
      paidSoFar: '0',
      paid: '0',
      contracted: '0',
      available: '1000',
    });
  });

  test('a newer proposal takes the place of one that nobody confirmed', async () => {
    const awardId = await paidAward(await newSlice(1000n), [100n]);
    const first = await propose(awardId);
    const second = await propose(awardId, { amount: '30' });
    expect((await look(awardId)).corrections.map(({ state }) => state)).toEqual(['proposed', 'superseded']);
    expect(await approve(awardId, first.id)).toMatchObject({ status: 409 });
    expect((await approve(awardId, second.id)).status).toBe(201);
    expect(await lookAward(awardId)).toMatchObject({ paid: '30' });
  });
});

describe('refusals', () => {
  test('each has its status and says the rule and the nearest change', async () => {
    const slice = await newSlice(1000n);
    const awardId = await paidAward(slice, [60n, 40n]);
    const first = must((await standing(awardId))[0], 'a payment').id;
    const asked = async (change: Record<string, unknown>) => (await propose(awardId, change)).said;
    expect([(await asked({ reason: ' \u200c ' })).status, (await asked({ reason: '' })).status]).toEqual([
      422, 422,
    ]);
    const notLess = await asked({ amount: '60' });
    expect(notLess.status).toBe(422);
    expect(JSON.stringify(notLess.body)).toContain('گزارش پرداخت دیگری');
    expect((await asked({ paymentId: freshId() })).status).toBe(404);
    expect((await asked({ seenVersion: 1 })).status).toBe(409);
    const { id } = await propose(awardId, { amount: '10' });
    const own = await approve(awardId, id, 'deputy');
    expect(own.status).toBe(403);
    expect(JSON.stringify(own.body)).toContain('خودتان');
    // Another account of the same person is the same person.
    expect((await approve(awardId, id, 'deputyAgain')).status).toBe(403);
    expect((await approve(awardId, freshId())).status).toBe(404);
    expect((await approve(awardId, id)).status).toBe(201);
    const again = await approve(awardId, id);
    expect(again.status).toBe(409);
    expect(JSON.stringify(again.body)).toContain('پیش‌تر');
    expect((await asked({ paymentId: first, amount: '1' })).status).toBe(409);
    expect(await standingOf(slice)).toMatchObject({ paid: '50', contracted: '50' });
  });

  test('every kind has words in both languages and a status', () => {
    expect(Object.keys(correctionRefusalWords).toSorted()).toEqual(
      Object.keys(correctionRefusalStatus).toSorted(),
    );
  });
});

describe('who may', () => {
  const proposers: readonly Name[] = ['deputy', 'otherDeputy'];
  const confirmers: readonly Name[] = ['director', 'otherDeputy'];

  test('a deputy proposes, the director-general or another deputy confirms, nobody else does either', async () => {
    const slice = await newSlice(100_000n);
    const refusedAward = await paidAward(slice, [100n]);
    const paymentId = must((await standing(refusedAward))[0], 'a payment').id;
    const waiting = await propose(refusedAward);
    const { version } = await look(refusedAward);
    for (const name of names) {
      const own = proposers.includes(name) ? await paidAward(slice, [100n]) : null;
      const proposed =
        own === null
          ? await http.post(name, {
              url: `awards/${refusedAward}/corrections`,
              body: { id: freshId(), seenVersion: version, paymentId, amount: '1', reason: 'نادرست' },
            })
          : (await propose(own, {}, name)).said;
      expect(`${name} ${proposed.status < 300}`).toBe(`${name} ${proposers.includes(name)}`);
      const mine = confirmers.includes(name) ? await paidAward(slice, [100n]) : null;
      const confirmed =
        mine === null
          ? await http.post(name, {
              url: `awards/${refusedAward}/corrections/${waiting.id}/approval`,
              body: { id: freshId(), seenVersion: version },
            })
          : await approve(mine, (await propose(mine)).id, name);
      expect(`${name} ${confirmed.status}`).toBe(
        `${name} ${mine === null ? (confirmed.status === 404 ? 404 : 403) : 201}`,
      );
    }
    expect(await lookAward(refusedAward)).toMatchObject({ paid: '100', version });
    // A reader of the province sees them, an office of another county does not.
    expect((await http.get('auditor', `awards/${refusedAward}/corrections`)).status).toBe(200);
    expect((await http.get('fardisOffice', `awards/${refusedAward}/corrections`)).status).toBe(404);
    expect((await http.get('nobody', `awards/${refusedAward}/corrections`)).status).toBe(401);
  });

  test('a button says what the act would say', async () => {
    const awardId = await paidAward(await newSlice(1000n), [100n]);
    await propose(awardId);
    const lit = async (by: Name) => {
      const { propose: asked, corrections } = await look(awardId, by);
      return [asked.lawful, must(corrections[0], 'a correction').approve.lawful];
    };
    expect(await lit('deputy')).toEqual([true, false]);
    expect(await lit('otherDeputy')).toEqual([true, true]);
    expect(await lit('director')).toEqual([false, true]);
    expect(await lit('auditor')).toEqual([false, false]);
  });
});

describe('once (L5)', () => {
  test('a double click, also under another key, corrects once', async () => {
    const slice = await newSlice(1000n);
    const awardId = await paidAward(slice, [100n]);
    const { id, body } = await propose(awardId);
    const url = `awards/${awardId}/corrections`;
    expect(await http.post('deputy', { url, body })).toMatchObject({ status: 201 });
    expect((await look(awardId)).corrections).toHaveLength(1);
    const approval = await approvalOf(awardId);
    const key = freshId();
    const sent = { url: `${url}/${id}/approval`, body: approval };
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => http.post('director', { ...sent, key })),
      ...Array.from({ length: 5 }, () => http.post('director', sent)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect(await standingOf(slice)).toMatchObject({ paid: '40', paidSoFar: '40', contracted: '60' });
  });

  test('of two who confirm at once one is done', async () => {
    const slice = await newSlice(1000n);
    const awardId = await paidAward(slice, [100n]);
    const { id } = await propose(awardId);
    const answers = await Promise.all([approve(awardId, id), approve(awardId, id, 'otherDeputy')]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect(await standingOf(slice)).toMatchObject({ paid: '40', contracted: '60' });
  });
});

const sums = (least: bigint): fc.Arbitrary<Rial> => fc.bigInt(least, 10n ** 15n).map(rial);

describe('random payments and corrections', () => {
  const step = fc.record({ pay: fc.boolean(), percent: fc.integer({ min: 0, max: 100 }), at: fc.nat() });

  test(
    'conserve every rial: paid so far is what stands, and the state follows',
    { timeout: 120_000 },
    async () => {
      const slice = await newSlice(10n ** 9n);
      let expectedPaid = 0n;
      let contracted = 0n;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 7 }), async (steps) => {
          const amount = 1000n;
          const awardId = await paidAward(slice, [], amount);
          let stands: bigint[] = [];
          const paid = (): bigint => stands.reduce((all, one) => all + one, 0n);
          for (const one of steps) {
            const left = amount - paid();
            if (one.pay && left > 0n) {
              const sum = (left * BigInt(one.percent)) / 100n || 1n;
              await pay(awardId, sum);
              stands.push(sum);
            } else if (stands.length > 0) {
              const payments = await standing(awardId);
              const payment = must(payments[one.at % payments.length], 'a payment');
              const right = (BigInt(payment.amount) * BigInt(one.percent)) / 101n;
              await corrected(awardId, { paymentId: payment.id, amount: String(right) });
              stands = (await standing(awardId)).map((each) => BigInt(each.amount));
              expect(paid()).toBe(amount - left - BigInt(payment.amount) + right);
            }
            const state = paid() === amount ? 'paid' : paid() > 0n ? 'part_paid' : 'contracted';
            expect(await lookAward(awardId)).toMatchObject({ paid: String(paid()), state });
          }
          expectedPaid += paid();
          contracted += amount - paid();
          expect(await standingOf(slice)).toMatchObject({
            paid: String(expectedPaid),
            paidSoFar: String(expectedPaid),
            contracted: String(contracted),
            available: String(10n ** 9n - expectedPaid - contracted),
          });
        }),
        { numRuns: 12, endOnFailure: true },
      );
      const scope = { ...noScope, province: alborz };
      expect(await read(house.db, scope, (tx) => findBreaches(tx, alborz))).toEqual([]);
    },
  );

  test('a correction only takes back, and what stays decides the act', () => {
    fc.assert(
      fc.property(sums(1n), sums(0n), sums(0n), (payment, right, other) => {
        const given = { id: freshId(), amount: payment, stands: true };
        const decided = decideCorrection({
          payment: given,
          paymentId: given.id,
          amount: right,
          reason: 'دلیل',
        });
        expect(decided.ok).toBe(right < payment);
        const act = actOf({
          paid: plus(payment, other),
          payment,
          amount: right,
        });
        expect(act).toBe(right + other === 0n ? 'correct_in_whole' : 'correct_in_part');
      }),
    );
  });
});

test('verify names a correction whose approver is not who acted (L6)', async () => {
  const awardId = await paidAward(await newSlice(1000n), [100n]);
  const { id } = await propose(awardId);
  expect(await approve(awardId, id)).toMatchObject({ status: 201 });
  const setApprover = (person: string) =>
    wrongdoer.query(
      `update credit.correction_approval set approved_by_person = ${person} where correction_id = $1`,
      [id],
    );
  await setApprover('gen_random_uuid()');
  expect(await breaches()).toEqual([['OneEye', id]]);
  await setApprover(`(
    select act.by_person from casework.act join credit.correction_approval c on c.id = act.id
    where c.correction_id = $1
  )`);
  expect(await breaches()).toEqual([]);
});

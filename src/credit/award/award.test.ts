import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { timelineOf } from '#casework/actions.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import {
  actOrder,
  alborz,
  approvalOrder,
  awardOrder,
  byCategories,
  byCounties,
  done,
  freshId,
  openCredits,
  outcome,
  signature,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { reserveAward } from './actions.ts';
import { newAwardShape } from './contract.ts';
import { decideBeneficiary } from './rules.ts';
import { type AwardAct, type BeneficiaryKind, awardShape, slicePageShape } from '../contract.ts';
import { listAccountSums, listSlices } from '../queries.ts';

const house = await openHouse();
const credits = await openCredits(house);
const scope = { ...noScope, province: alborz };

async function rootOf(lineId: Id): Promise<Id> {
  const slices = await read(house.db, scope, (tx) =>
    listSlices(tx, { provinceId: alborz, lineId, id: null }),
  );
  return must(slices[0], 'a root').id;
}
const newRoot = async (amount: bigint, cooperativeReserve = 25): Promise<Id> =>
  rootOf(await credits.openedLine(amount, { cooperativeReserve }));

/** What each account of a slice holds, by stage and share. */
async function purse(sliceId: Id): Promise<Record<string, bigint>> {
  const asked = { provinceId: alborz, lineId: null, id: sliceId };
  const sums = await read(house.db, scope, (tx) => listAccountSums(tx, asked));
  return Object.fromEntries(sums.map(({ stage, share, balance }) => [`${stage} ${share}`, balance]));
}

const counted = (outcomes: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of outcomes) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
};

describe('fifty at once on one slice (T2)', () => {
  test('of equal awards exactly as many are accepted as fit, and others never reach the lock', async () => {
    // 750 open and 250 locked; 70 each: ten fit the open part, three the lock.
    const slice = await newRoot(1000n);
    const others: readonly BeneficiaryKind[] = ['person', 'supporter', 'enterprise'];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        credits.reserve(slice, awardOrder(70n, others[index % 3] ?? 'person')),
      ),
    );
    expect(counted(answers.map(outcome))).toEqual({ ok: 10, SliceExhausted: 40 });
    expect(await purse(slice)).toMatchObject({
      'available open': 50n,
      'reserved open': 700n,
      'available cooperative': 250n,
      'reserved cooperative': 0n,
    });
  });

  test('cooperatives and others mixed: both parts are filled and none is passed', async () => {
    const slice = await newRoot(1000n);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        credits.reserve(slice, awardOrder(70n, index % 2 === 0 ? 'cooperative' : 'person')),
      ),
    );
    expect(counted(answers.map(outcome))).toEqual({ ok: 13, SliceExhausted: 37 });
    expect(await purse(slice)).toMatchObject({
      'available open': 50n,
      'reserved open': 700n,
      'available cooperative': 40n,
      'reserved cooperative': 210n,
    });
  });

  test('awards and a division of the same slice together conserve every rial', async () => {
    const slice = await newRoot(1000n);
    const proposal = byCategories({ clothing: 300n, wood: 300n });
    done(await credits.propose(slice, proposal));
    const [approved, ...answers] = await Promise.all([
      credits.approve(proposal.id),
      ...Array.from({ length: 30 }, () => credits.reserve(slice, awardOrder(40n, 'cooperative'))),
    ]);
    expect(['ok', 'RestTooSmall']).toContain(outcome(approved));
    expect(Object.keys(counted(answers.map(outcome))).every((one) => one !== 'Overdraft')).toBe(true);
    const slices = await read(house.db, scope, (tx) =>
      listSlices(tx, { provinceId: alborz, lineId: null, id: null }),
    );
    const tree = slices.filter((one) => one.id === slice || one.parentId === slice);
    const purses = await Promise.all(tree.map((one) => purse(one.id)));
    const all = purses.flatMap((one) => Object.values(one));
    expect(all.reduce((sum, amount) => sum + amount, 0n)).toBe(1000n);
    expect(all.every((amount) => amount >= 0n)).toBe(true);
  });

  test('the same post fifty times over HTTP is one award and 49 replays (T1)', async () => {
    const slice = await newRoot(1000n);
    const body = awardOrder(10n);
    const key = freshId();
    const post = () => credits.http.post('deputy', { url: `slices/${slice}/awards`, body, key });
    const answers = await Promise.all(Array.from({ length: 50 }, post));
    expect(counted(answers.map(({ status, replayed }) => `${status} ${replayed}`))).toEqual({
      '201 false': 1,
      '201 true': 49,
    });
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect((await purse(slice))['reserved open']).toBe(10n);
  });

  test('fifty keys for one award id are one award too', async () => {
    const slice = await newRoot(1000n);
    const body = awardOrder(10n);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => credits.http.post('deputy', { url: `slices/${slice}/awards`, body })),
    );
    expect(counted(answers.map(({ status }) => String(status)))).toEqual({ '201': 50 });
    expect((await purse(slice))['reserved open']).toBe(10n);
  });

  test('of fifty acts on one award that saw the same version one is done', async () => {
    const slice = await newRoot(1000n);
    const award = awardOrder(10n);
    done(await credits.reserve(slice, award));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        credits.actOn(award.id, actOrder(index % 2 === 0 ? 'refer' : 'release', 1)),
      ),
    );
    expect(counted(answers.map(outcome))).toEqual({ ok: 1, CaseMovedOn: 49 });
  });
});

describe('two divisions at once', () => {
  test('two approvals of the same proposal move the money once', async () => {
    const slice = await newRoot(1000n);
    const proposal = byCounties(600n);
    done(await credits.propose(slice, proposal));
    const answers = await Promise.all([
      credits.approve(proposal.id),
      credits.approve(proposal.id, approvalOrder(), 'otherDeputy'),
    ]);
    expect(counted(answers.map(outcome))).toEqual({ ok: 1, CaseMovedOn: 1 });
    expect(await purse(slice)).toMatchObject({ 'available open': 300n, 'available cooperative': 100n });
  });

  test('of two proposals for the same rest one is approved and the other says what is left', async () => {
    const slice = await newRoot(1000n);
    const proposals = [byCounties(600n), byCounties(600n)];
    for (const proposal of proposals) done(await credits.propose(slice, proposal));
    const answers = await Promise.all(proposals.map(({ id }) => credits.approve(id)));
    expect(counted(answers.map(outcome))).toEqual({ ok: 1, RestTooSmall: 1 });
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ refusal: { left: 400n, asked: 600n } });
  });

  test('two that both fit are both approved, to the last rial of the lock', async () => {
    const slice = await newRoot(1001n);
    const proposals = [byCounties(500n), byCounties(501n)];
    for (const proposal of proposals) done(await credits.propose(slice, proposal));
    const answers = await Promise.all(proposals.map(({ id }) => credits.approve(id)));
    expect(counted(answers.map(outcome))).toEqual({ ok: 2 });
    expect(await purse(slice)).toMatchObject({ 'available open': 0n, 'available cooperative': 0n });
  });

  test('proposals along two axes cannot both be approved', async () => {
    const slice = await newRoot(1000n);
    const proposals = [byCounties(100n), byCategories({ wood: 100n })];
    for (const proposal of proposals) done(await credits.propose(slice, proposal));
    const answers = await Promise.all(proposals.map(({ id }) => credits.approve(id)));
    expect(counted(answers.map(outcome))).toEqual({ ok: 1, AxisNotHere: 1 });
  });
});

describe('the lock of the cooperatives (L3)', () => {
  test('a whole line locked gives nothing to others, one without a reserve locks nothing', async () => {
    const locked = await newRoot(1000n, 100);
    expect(outcome(await credits.reserve(locked, awardOrder(1n)))).toBe('SliceExhausted');
    expect(outcome(await credits.reserve(locked, awardOrder(1000n, 'cooperative')))).toBe('ok');
    const open = await newRoot(1000n, 0);
    expect(outcome(await credits.reserve(open, awardOrder(1000n, 'cooperative')))).toBe('ok');
    expect((await purse(open))['reserved open']).toBe(1000n);
  });

  test('the database itself refuses an award of somebody else out of it', async () => {
    const slice = await newRoot(1000n);
    const award = awardOrder(10n, 'cooperative');
    done(await credits.reserve(slice, award));
    const forge = (kind: BeneficiaryKind) =>
      inTransaction(house.db, scope, async (tx) => {
        await sql`
          insert into credit.award (province_id, id, line_id, slice_id, share, amount, beneficiary_kind, beneficiary_id, jobs)
          select province_id, ${freshId()}, line_id, slice_id, share, amount, ${kind}, ${freshId()}, 1
          from credit.award where province_id = ${alborz} and id = ${award.id}
        `.execute(tx);
        return ok();
      });
    for (const kind of ['person', 'supporter', 'enterprise'] as const)
      await expect(forge(kind)).rejects.toThrow(/award_share_is_the_beneficiarys/);
    await expect(forge('cooperative')).rejects.toThrow(/award_case_fk/);
  });
});

const asCooperative = (form: 'natural' | 'legal', name: string | null) =>
  decideBeneficiary('cooperative', { form, name }).ok;

describe('a payment (L11)', () => {
  test('reported is not paid until it is confirmed, and a declined report leaves nothing', async () => {
    const slice = await newRoot(1000n);
    const award = awardOrder(100n);
    done(await credits.reserve(slice, award));
    done(await credits.actOn(award.id, actOrder('refer', 1)));
    done(await credits.actOn(award.id, actOrder('contract', 2)));
    const soFar = async () => {
      const { body } = await credits.http.get('auditor', `slices/${slice}`);
      return slicePageShape.parse(body).slice.standing;
    };
    done(await credits.actOn(award.id, actOrder('report_payment', 3, { amount: '100' })));
    expect(await soFar()).toMatchObject({
      paidSoFar: '0',
      paid: '0',
      reportedNotConfirmed: '100',
      contracted: '100',
    });
    expect(outcome(await credits.actOn(award.id, actOrder('release', 4)))).toBe('ReportOpen');
    expect(outcome(await credits.actOn(award.id, actOrder('confirm_part_payment', 4)))).toBe('NothingLeft');
    done(await credits.actOn(award.id, actOrder('decline_report', 4)));
    expect(await soFar()).toMatchObject({ paidSoFar: '0', reportedNotConfirmed: '0', contracted: '100' });
    done(await credits.actOn(award.id, actOrder('report_payment', 5, { amount: '60' })));
    expect(outcome(await credits.actOn(award.id, actOrder('confirm_last_payment', 6)))).toBe('NotTheLast');
    for (const own of ['deputy', 'deputyAgain'] as const)
      expect(outcome(await credits.actOn(award.id, actOrder('confirm_part_payment', 6), own))).toBe(
        'OwnReport',
      );
    done(await credits.actOn(award.id, actOrder('confirm_part_payment', 6)));
    expect(await soFar()).toMatchObject({ paidSoFar: '60', paid: '60', contracted: '40' });
    const tooMuch = actOrder('report_payment', 7, { amount: '41' });
    expect(outcome(await credits.actOn(award.id, tooMuch))).toBe('ReportBeyondContract');
  });

  test('an act of tomorrow, a sum where none is asked for and a report without one are refused', async () => {
    const slice = await newRoot(1000n);
    const award = awardOrder(100n);
    expect(outcome(await credits.reserve(slice, { ...award, happenedOn: '2099-01-01' }))).toBe('DayAhead');
    done(await credits.reserve(slice, award));
    expect(outcome(await credits.actOn(award.id, actOrder('refer', 1, { happenedOn: '2099-01-01' })))).toBe(
      'DayAhead',
    );
    expect(outcome(await credits.actOn(award.id, actOrder('refer', 1, { amount: '5' })))).toBe(
      'AmountNotAsked',
    );
    done(await credits.actOn(award.id, actOrder('refer', 1)));
    done(await credits.actOn(award.id, actOrder('contract', 2)));
    expect(outcome(await credits.actOn(award.id, actOrder('report_payment', 3)))).toBe('ReportAmountMissing');
  });

  test('a deed before the first letter, past the deadline or before the last act names the nearest right day', async () => {
    // The letter of the line is of 2023-06-11 and its deadline 2024-03-19.
    const slice = await newRoot(1000n);
    const reserveOn = (happenedOn: string) =>
      credits.reserve(slice, awardOrder(10n, 'person', { happenedOn }));
    expect(await reserveOn('2023-06-10')).toMatchObject({
      refusal: { kind: 'DayBeforeLetter', letterDay: '1402-03-21' },
    });
    expect(outcome(await reserveOn('2023-06-11'))).toBe('ok');
    expect(await reserveOn('2024-03-20')).toMatchObject({
      refusal: { kind: 'DayPastDeadline', deadline: '1402-12-29' },
    });
    expect(outcome(await reserveOn('2024-03-19'))).toBe('ok');
    const award = awardOrder(10n);
    done(await credits.reserve(slice, award));
    const refer = (happenedOn: string) => credits.actOn(award.id, actOrder('refer', 1, { happenedOn }));
    expect(await refer('2023-12-31')).toMatchObject({
      refusal: { kind: 'DayBeforeLastAct', lastDay: '1402-10-11' },
    });
    expect(outcome(await refer('2024-01-01'))).toBe('ok');
    // What was reserved in time goes on after the deadline.
    const late = actOrder('contract', 2, { happenedOn: '2024-04-01' });
    expect(outcome(await credits.actOn(award.id, late))).toBe('ok');
    expect(outcome(await credits.actOn(award.id, actOrder('release', 3)))).toBe('DayBeforeLastAct');
    expect(outcome(await credits.actOn(award.id, late))).toBe('ok');
    const proposal = byCounties(100n);
    const other = await newRoot(1000n);
    done(await credits.propose(other, proposal));
    const early = approvalOrder({ resolutionDay: '2023-06-10' });
    expect(outcome(await credits.approve(proposal.id, early))).toBe('DayBeforeLetter');
  });

  test('an award is not released without a reason, and no rial moves', async () => {
    const slice = await newRoot(1000n);
    const award = awardOrder(100n);
    done(await credits.reserve(slice, award));
    for (const reason of [null, '', '  '] as const) {
      const body = actOrder('release', 1, { reason });
      const said = await credits.http.post('deputy', { url: `awards/${award.id}/acts`, body });
      expect(said).toMatchObject({ status: 422 });
      expect(JSON.stringify(said.body)).toContain('بی‌دلیل');
    }
    expect(await purse(slice)).toMatchObject({ 'reserved open': 100n });
    expect(outcome(await credits.actOn(award.id, actOrder('release', 1)))).toBe('ok');
  });

  test('nothing is awarded out of a slice before the resolution that brought credit into it', async () => {
    const root = await newRoot(1000n);
    const proposal = byCounties(400n);
    done(await credits.propose(root, proposal));
    done(await credits.approve(proposal.id, approvalOrder({ resolutionDay: '2023-07-01' })));
    const { body } = await credits.http.get('deputy', `slices/${root}`);
    const slice = must(slicePageShape.parse(body).children[0], 'a part').id;
    const reserveOn = (happenedOn: string) =>
      credits.reserve(slice, awardOrder(10n, 'person', { happenedOn }));
    expect(await reserveOn('2023-06-30')).toMatchObject({
      refusal: { kind: 'DayBeforeSlice', firstDay: '1402-04-10' },
    });
    expect(outcome(await reserveOn('2023-07-01'))).toBe('ok');
  });

  test('the reserve of cooperatives is of enterprises with that word in their name, however it is written', () => {
    for (const name of ['شرکت تعاونی مرزنشینان', 'تعاوني دوخت', 'شرکت‌تعاونی‌ سرو'])
      expect(asCooperative('legal', name)).toBe(true);
    for (const name of ['شرکت سفال', 'تعاون‌گستر', '', null]) expect(asCooperative('legal', name)).toBe(false);
    expect(asCooperative('natural', 'تعاونی')).toBe(false);
    // A cooperative is an enterprise too, and an enterprise draws on the open part.
    expect(decideBeneficiary('enterprise', { form: 'legal', name: 'شرکت سفال' }).ok).toBe(true);
    expect(decideBeneficiary('enterprise', { form: 'legal', name: 'تعاونی دوخت' }).ok).toBe(true);
  });

  test.each([
    ['a person', 'person', 'legal'],
    ['a cooperative', 'cooperative', 'natural'],
    ['an enterprise', 'enterprise', 'natural'],
  ] as const)(
    'nobody is awarded as %s whom the registry has otherwise, or not at all (L3)',
    async (_, kind, form) => {
      const slice = await newRoot(1000n);
      const before = await purse(slice);
      const known = awardOrder(100n, form === 'legal' ? 'cooperative' : 'person');
      done(await credits.reserve(await newRoot(1000n), known));
      const other = awardOrder(100n, kind, { beneficiaryId: known.beneficiaryId });
      expect(outcome(await credits.reserve(slice, other))).toBe('BeneficiaryOtherForm');
      const unknown = awardOrder(100n, kind);
      const told = await credits.deed('karajOffice', (doing) =>
        reserveAward(doing, { sliceId: slice, order: newAwardShape.parse(unknown) }),
      );
      expect(outcome(told)).toBe('SliceMissing');
      const mine = await credits.deed('deputy', (doing) =>
        reserveAward(doing, { sliceId: slice, order: newAwardShape.parse(unknown) }),
      );
      expect(outcome(mine)).toBe('BeneficiaryUnknown');
      expect(await purse(slice)).toEqual(before);
    },
  );

  test('a report is confirmed by what the bank has signed of it, to the rial, and nothing else is signed', async () => {
    const award = awardOrder(100n);
    done(await credits.reserve(await newRoot(1000n), award));
    done(await credits.actOn(award.id, actOrder('refer', 1)));
    done(await credits.actOn(award.id, actOrder('contract', 2)));
    done(await credits.actOn(award.id, actOrder('report_payment', 3, { amount: '100' })));
    const confirm = async (signed: unknown) => {
      const body = { ...actOrder('confirm_last_payment', 4), signed };
      return (await credits.http.post('otherDeputy', { url: `awards/${award.id}/acts`, body })).body;
    };
    const missing = { kind: 'SignatureMissing', field: 'signed.number' };
    for (const none of [undefined, null]) expect(await confirm(none)).toMatchObject(missing);
    const differing = { kind: 'SignedSumDiffers', fa: expect.stringContaining('۹۹ ریال') };
    expect(await confirm(signature(99n))).toMatchObject(differing);
    expect(await confirm({ number: '\u200c', sum: '100' })).toMatchObject({ status: 422 });
    const dropped = actOrder('decline_report', 4, { signed: signature(100n) });
    expect(outcome(await credits.actOn(award.id, dropped))).toBe('SignatureNotAsked');
    const early = actOrder('confirm_last_payment', 4, { happenedOn: '2024-01-04' });
    expect(outcome(await credits.actOn(award.id, early))).toBe('DayBeforeLastAct');
    expect(await confirm({ number: '۱۲/ب', sum: '100' })).toMatchObject({ state: 'paid' });
    const kept = await read(house.db, scope, (tx) =>
      timelineOf(tx, { provinceId: alborz, caseId: award.id }),
    );
    expect(kept.at(-1)?.facts).toEqual({ signedNumber: '12/ب', signedSum: '100' });
  });

  test('a release after a part payment gives the rest back and ends the award; a correction opens it again', async () => {
    const slice = await newRoot(1000n);
    const award = awardOrder(100n);
    done(await credits.reserve(slice, award));
    const step = async (act: AwardAct, version: number, more: { amount?: string } = {}) =>
      done(await credits.actOn(award.id, actOrder(act, version, more)));
    await step('refer', 1);
    await step('contract', 2);
    await step('report_payment', 3, { amount: '40' });
    await step('confirm_part_payment', 4);
    await step('report_payment', 5, { amount: '10' });
    expect(outcome(await credits.actOn(award.id, actOrder('release', 6)))).toBe('ReportOpen');
    await step('decline_report', 6);
    await step('release', 7);
    const held = { 'available open': 710n, 'contracted open': 0n, 'paid open': 40n };
    expect(await purse(slice)).toMatchObject(held);
    const seen = async () => awardShape.parse((await credits.http.get('deputy', `awards/${award.id}`)).body);
    expect(await seen()).toMatchObject({ state: 'ended', amount: '100', released: '60', paid: '40' });
    expect(outcome(await credits.actOn(award.id, actOrder('release', 8)))).toBe('ActUnlawful');
    const more = actOrder('report_payment', 8, { amount: '10' });
    expect(outcome(await credits.actOn(award.id, more))).toBe('ActUnlawful');
  });

  test('a button that is lit is accepted, and a grey one says why', async () => {
    const slice = await newRoot(1000n);
    const award = awardOrder(100n);
    done(await credits.reserve(slice, award));
    done(await credits.actOn(award.id, actOrder('refer', 1)));
    done(await credits.actOn(award.id, actOrder('contract', 2)));
    const lit = async (name: 'deputy' | 'otherDeputy' = 'deputy') => {
      const { body } = await credits.http.get(name, `awards/${award.id}`);
      const { choices } = awardShape.parse(body);
      for (const choice of choices) expect(choice.because === null).toBe(choice.lawful);
      return choices.filter(({ lawful }) => lawful).map(({ act }) => act);
    };
    expect(await lit()).toEqual(['report_payment', 'release']);
    done(await credits.actOn(award.id, actOrder('report_payment', 3, { amount: '100' })));
    expect(await lit()).toEqual(['decline_report']);
    expect(await lit('otherDeputy')).toEqual(['decline_report', 'confirm_last_payment']);
  });
});

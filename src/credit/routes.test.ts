import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { type Id, id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import {
  type Name,
  type Said,
  actOrder,
  alborz,
  approvalOrder,
  awardOrder,
  byCounties,
  ceilingOrder,
  closingOrder,
  cutOrder,
  done,
  extensionOrder,
  freshId,
  karaj,
  letterOrder,
  lineOrder,
  names,
  openCredits,
  signature,
} from '#testing/credits.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse } from '#testing/house.ts';
import { permissionsOf } from '#testing/permissions.ts';
import { type AwardAct, awardShape } from './contract.ts';
import { isCorrection } from './correction/rules.ts';
import { listSlices } from './queries.ts';
import { type AwardState, awardKind, creditKinds, lineKind, slicingKind } from './rules.ts';

const house = await openHouse();
const credits = await openCredits(house);
const { http } = credits;
const scope = { ...noScope, province: alborz };

const kindOf = (said: Said): string => (said.status < 300 ? 'ok' : problemShape.parse(said.body).kind);

/** A "no" is told in both languages (L10); what it was is its kind. */
function answerOf(said: Said): string {
  if (said.status >= 300) {
    const problem = problemShape.parse(said.body);
    expect(problem.fa).toMatch(/[\u0600-\u06ff]/);
    expect(problem.en).toMatch(/[a-z]/);
    expect(said.status).toBeLessThan(500);
  }
  return kindOf(said);
}

async function slicesOf(lineId: string) {
  return read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));
}

const rootOf = async (lineId: Id): Promise<string> => must((await slicesOf(lineId))[0], 'a root').id;

/** Those who never reach a case of Alborz, whatever their role may do at home, and how they are told. */
const outside: Partial<Record<Name, string>> = {
  lorestanOffice: 'OtherProvince',
  lorestanDirector: 'OtherProvince',
  administrator: 'OtherProvince',
  auditor: 'ReadOnly',
  ministry: 'ReadOnly',
};

/** What each act × role × state must come to, for everybody of the cast. */
function expectations(kind: CaseKind): { name: Name; state: string; act: string; expected: string }[] {
  return names.flatMap((name) =>
    permissionsOf(kind, [credits.actor(name).role]).map(({ state, act, expected }) => ({
      name,
      state,
      act,
      expected: outside[name] ?? ('to' in expected ? 'ok' : expected.refusal),
    })),
  );
}

const postLine = (by: Name, act: string, lineId: string): Promise<Said> => {
  if (act === 'draft') return http.post(by, { url: 'lines', body: lineOrder() });
  if (act === 'open') return http.post(by, { url: `lines/${lineId}/opening`, body: { id: freshId() } });
  const seen = versionIn.get(lineId) ?? 1;
  if (act === 'extend')
    return http.post(by, { url: `lines/${lineId}/extension`, body: extensionOrder(seen) });
  if (act === 'cut') return http.post(by, { url: `lines/${lineId}/cut`, body: cutOrder(seen, 3n) });
  if (act === 'set_term')
    return http.post(by, { url: `lines/${lineId}/parameters`, body: ceilingOrder(seen, 10n ** 12n) });
  if (act === 'close') return http.post(by, { url: `lines/${lineId}/closing`, body: closingOrder(seen) });
  return http.post(by, { url: `lines/${lineId}/notifications`, body: letterOrder(10n) });
};

/** The version of each line of a test, for the acts that name the one they saw. */
const versionIn = new Map<string, number>();

const lineIn = async (state: string): Promise<string> => {
  const order = lineOrder();
  done(await credits.draft(order));
  if (state !== 'draft' && state !== 'unborn') done(await credits.notify(order.id, letterOrder(10n)));
  if (['open', 'extended', 'closed'].includes(state)) done(await credits.open(order.id));
  if (state === 'extended') done(await credits.extend(order.id, extensionOrder(3, '2024-05-01')));
  if (state === 'closed') done(await credits.close(order.id, closingOrder(3)));
  versionIn.set(order.id, { notified: 2, open: 3, extended: 4, closed: 4 }[state] ?? 1);
  return order.id;
};

describe('every act on a credit line', () => {
  test('is done by whom and when the table says, and by nobody else', { timeout: 60_000 }, async () => {
    const held = new Map<string, Promise<string>>();
    for (const { name, state, act, expected } of expectations(lineKind)) {
      // One route records every letter: the first notifies, the others top up.
      if ((act === 'notify' && state !== 'draft') || (act === 'top_up' && state === 'draft')) continue;
      // A refused act changes nothing, so those who are refused share the line.
      const key = `${state} ${act}`;
      const made = (expected === 'ok' ? undefined : held.get(key)) ?? lineIn(state);
      if (expected !== 'ok') held.set(key, made);
      const told = answerOf(await postLine(name, act, await made));
      expect(`${name} ${state} ${act}: ${told}`).toBe(`${name} ${state} ${act}: ${expected}`);
    }
  });
});

describe('every act on a proposal', () => {
  test('is done by whom and when the table says, and by nobody else', { timeout: 60_000 }, async () => {
    const root = await rootOf(await credits.openedLine(1_000_000n));
    const proposalIn = async (state: string): Promise<string> => {
      const order = byCounties(100n);
      done(await credits.propose(root, order, 'otherDeputy'));
      if (state === 'approved') done(await credits.approve(order.id, approvalOrder(), 'director'));
      if (state === 'withdrawn') done(await credits.withdraw(order.id, 'otherDeputy'));
      return order.id;
    };
    for (const { name, state, act, expected } of expectations(slicingKind)) {
      const seenVersion = state === 'proposed' ? 1 : 2;
      const told =
        act === 'propose'
          ? await http.post(name, { url: `slices/${root}/slicings`, body: byCounties(100n) })
          : act === 'approve'
            ? await http.post(name, {
                url: `slicings/${await proposalIn(state)}/approval`,
                body: approvalOrder({ seenVersion }),
              })
            : await http.post(name, {
                url: `slicings/${await proposalIn(state)}/withdrawal`,
                body: { id: freshId(), seenVersion, reason: 'نادرست' },
              });
      const hidden = ['karajOffice', 'fardisOffice', 'bank', 'agency', 'applicant'].includes(name);
      const own = name === 'otherDeputy' && act === 'approve';
      const wanted = own ? 'OwnProposal' : hidden && act === 'propose' ? 'SliceMissing' : expected;
      expect(`${name} ${state} ${act}: ${answerOf(told)}`).toBe(`${name} ${state} ${act}: ${wanted}`);
    }
  });
});

/** The report that must stand before an act, by the state: a part of what is left, or all of it. */
const reportBefore = (state: string, act: string): string | null => {
  if (state !== 'contracted' && state !== 'part_paid') return null;
  if (act === 'confirm_part_payment' || act === 'decline_report') return '10';
  return act === 'confirm_last_payment' ? (state === 'part_paid' ? '60' : '100') : null;
};

describe('every act on an award', () => {
  /** The acts, with their sums, that bring an award of 100 rials into a state. */
  const ways: ReadonlyMap<string, readonly [AwardAct, string | null][]> = new Map(
    Object.entries({
      reserved: [],
      referred: [['refer', null]],
      contracted: [
        ['refer', null],
        ['contract', null],
      ],
      part_paid: [
        ['refer', null],
        ['contract', null],
        ['report_payment', '40'],
        ['confirm_part_payment', null],
      ],
      paid: [
        ['refer', null],
        ['contract', null],
        ['report_payment', '100'],
        ['confirm_last_payment', null],
      ],
      ended: [
        ['refer', null],
        ['contract', null],
        ['report_payment', '40'],
        ['confirm_part_payment', null],
        ['release', null],
      ],
      released: [['release', null]],
    } satisfies Record<AwardState, [AwardAct, string | null][]>),
  );

  async function awardIn(slice: string, state: string, act: string): Promise<[string, number]> {
    const order = awardOrder(100n);
    done(await credits.reserve(slice, order));
    const report = reportBefore(state, act);
    const steps = [
      ...must(ways.get(state), state),
      ...(report === null ? [] : [['report_payment', report] as const]),
    ];
    for (const [index, [step, amount]] of steps.entries())
      done(await credits.actOn(order.id, actOrder(step, index + 1, { amount })));
    return [order.id, steps.length + 1];
  }

  test('is done by whom and when the table says, and by nobody else', { timeout: 120_000 }, async () => {
    const lineId = await credits.openedLine(10_000_000n);
    await credits.divided(await rootOf(lineId), byCounties(10_000_000n));
    const slice = must(
      (await slicesOf(lineId)).find(({ countyCode }) => countyCode === karaj),
      'Karaj',
    ).id;
    const held = new Map<string, Promise<[string, number]>>();
    for (const { name, state, act, expected } of expectations(awardKind)) {
      // Corrections have routes of their own, and their own test.
      if (isCorrection(act)) continue;
      const at = `${name} ${state} ${act}`;
      if (act === 'reserve') {
        const told = await http.post(name, { url: `slices/${slice}/awards`, body: awardOrder(100n) });
        const hidden = ['fardisOffice', 'bank', 'agency', 'applicant'].includes(name);
        expect(`${at}: ${answerOf(told)}`).toBe(`${at}: ${hidden ? 'SliceMissing' : expected}`);
        continue;
      }
      // A refused act changes nothing, so those who are refused share the case.
      const hidden = name === 'fardisOffice' && expected !== 'ActNotYours';
      // The deputy reported it, under whichever account.
      const own = expected === 'ok' && act.startsWith('confirm') && name.startsWith('deputy');
      const wanted = hidden ? 'AwardMissing' : own ? 'OwnReport' : expected;
      const key = `${state} ${act}`;
      const made = (wanted === 'ok' ? undefined : held.get(key)) ?? awardIn(slice, state, act);
      if (wanted !== 'ok') held.set(key, made);
      const [awardId, seenVersion] = await made;
      const amount = act === 'report_payment' ? '10' : null;
      const reason = act === 'release' ? 'انصراف متقاضی' : null;
      const signed = act.startsWith('confirm') ? signature(BigInt(reportBefore(state, act) ?? '1')) : null;
      const body = { ...actOrder('refer', seenVersion, { amount, reason, signed }), act };
      expect(`${at}: ${answerOf(await http.post(name, { url: `awards/${awardId}/acts`, body }))}`).toBe(
        `${at}: ${wanted}`,
      );
    }
    for (const made of held.values()) {
      const [awardId, version] = await made;
      const { body } = await http.get('auditor', `awards/${awardId}`);
      expect(awardShape.parse(body).version).toBe(version);
    }
  });
});

describe('four eyes (L6)', () => {
  test('nobody approves their own proposal: not as another account, nor past the programme', async () => {
    const root = await rootOf(await credits.openedLine(1000n));
    const order = byCounties(100n);
    done(await credits.propose(root, order, 'deputy'));
    for (const name of ['deputy', 'deputyAgain'] as const) {
      const told = await http.post(name, { url: `slicings/${order.id}/approval`, body: approvalOrder() });
      expect([told.status, answerOf(told)]).toEqual([403, 'OwnProposal']);
    }
    const forge = (approver: Name, proposer: Name) =>
      inTransaction(house.db, scope, async (tx) => {
        const [by, from] = [credits.actor(approver), credits.actor(proposer)];
        await sql`
          insert into credit.slicing_approval (province_id, slicing_id, proposed_by_person, approved_by_person,
            approved_by_user, resolution_number, resolution_day)
          values (${alborz}, ${order.id}, ${from.personId}, ${by.personId}, ${by.userId}, '1', '2023-07-01')
        `.execute(tx);
        return ok();
      });
    await expect(forge('deputy', 'deputy')).rejects.toThrow(/slicing_approval_four_eyes/);
    await expect(forge('deputyAgain', 'deputy')).rejects.toThrow(/slicing_approval_four_eyes/);
    await expect(forge('deputy', 'director')).rejects.toThrow(/slicing_approval_proposer_fk/);
  });
});

const otherBody = (body: Record<string, unknown>) => ('note' in body ? { note: '1' } : { id: freshId() });

describe('every command over HTTP', () => {
  test('says of a wrong sum which field it is and what the rule asks, in both languages', async () => {
    const line = lineOrder();
    expect((await http.post('director', { url: 'lines', body: line })).status).toBe(201);
    for (const amount of ['0', '-5', '1.5', '۱۲ تومان', 12]) {
      const body = { ...letterOrder(1n), amount };
      const said = await http.post('director', { url: `lines/${line.id}/notifications`, body });
      expect(said).toMatchObject({
        status: 422,
        body: {
          fields: [
            {
              field: 'amount',
              fa: expect.stringContaining('«مبلغ»'),
              en: 'Sum must be a whole number of rials above zero, of at most 18 digits.',
            },
          ],
        },
      });
      expect(JSON.stringify(said.body)).toContain(
        'باید عدد صحیح بزرگ‌تر از صفر به ریال، با حداکثر ۱۸ رقم باشد',
      );
    }
  });

  test('is done once for a key, a refusal too, and refuses the key with another body (T3)', async () => {
    const line = lineOrder();
    const letter = letterOrder(1000n);
    const proposal = byCounties(400n);
    const award = awardOrder(10n);
    const root = () => rootOf(id(line.id));
    const commands: (() => Promise<{ url: string; body: Record<string, unknown>; by?: Name }>)[] = [
      async () => ({ url: 'lines', body: line }),
      async () => ({ url: `lines/${line.id}/notifications`, body: letter }),
      async () => ({ url: `lines/${line.id}/opening`, body: { id: freshId() } }),
      async () => ({ url: `lines/${line.id}/extension`, body: extensionOrder(3) }),
      async () => ({ url: `lines/${line.id}/cut`, body: cutOrder(4, 100n) }),
      async () => ({ url: `lines/${line.id}/parameters`, body: ceilingOrder(5, 10n ** 12n) }),
      async () => ({ url: `slices/${await root()}/awards`, body: award }),
      async () => ({ url: `slices/${await root()}/awards`, body: awardOrder(10n ** 9n) }),
      async () => ({ url: `awards/${award.id}/acts`, body: actOrder('refer', 1) }),
      async () => ({ url: `slices/${await root()}/slicings`, body: proposal }),
      async () => ({ url: `slicings/${proposal.id}/approval`, body: approvalOrder(), by: 'deputy' }),
    ];
    for (const make of commands) {
      const { url, body, by = 'director' } = await make();
      const key = freshId();
      const first = await http.post(by, { url, body, key });
      const again = await http.post(by, { url, body, key });
      expect(kindOf(first)).toBe(body['amount'] === '1000000000' ? 'SliceExhausted' : 'ok');
      expect(again).toEqual({ ...first, replayed: true });
      const other = await http.post(by, { url, body: { ...body, ...otherBody(body) }, key });
      expect([other.status, answerOf(other)]).toEqual([409, 'KeyReused']);
    }
  });

  test.each([
    ['a nil id', { id: '00000000-0000-0000-0000-000000000000' }, 'id'],
    ['an id in capitals', { id: '018F0000-0000-7000-8000-00000000000A' }, 'id'],
    ['nothing', { amount: '0' }, 'amount'],
    ['less than nothing', { amount: '-5' }, 'amount'],
    ['a Jalali day', { happenedOn: '1402-05-31' }, 'happenedOn'],
    ['a day of no calendar', { happenedOn: '2023-02-30' }, 'happenedOn'],
    ['a beneficiary that is no id', { beneficiaryId: 'Ali' }, 'beneficiaryId'],
  ])('refuses %s by naming the field', async (_, change, field) => {
    const root = await rootOf(await credits.openedLine(1000n));
    const body = { ...awardOrder(10n), ...change };
    const told = await http.post('deputy', { url: `slices/${root}/awards`, body });
    expect(told.status).toBe(422);
    expect(problemShape.parse(told.body).field).toBe(field);
  });

  test('calls every field of every order in Persian', async () => {
    const lineId = await credits.openedLine(1000n);
    const root = await rootOf(lineId);
    const orders: readonly (readonly [string, Record<string, unknown>])[] = [
      ['lines', lineOrder()],
      [`lines/${lineId}/extension`, extensionOrder(3)],
      [`lines/${lineId}/cut`, cutOrder(3, 1n)],
      [`lines/${lineId}/closing`, closingOrder(3)],
      [`lines/${lineId}/parameters`, ceilingOrder(3, 1n)],
      [`lines/${lineId}/notifications`, letterOrder(5n)],
      [`slices/${root}/awards`, awardOrder(10n)],
      [`slices/${root}/slicings`, byCounties(10n)],
      [`slicings/${freshId()}/approval`, approvalOrder()],
      [`slicings/${freshId()}/withdrawal`, { id: '', seenVersion: 1, reason: '' }],
      [`awards/${freshId()}/acts`, actOrder('refer', 1)],
    ];
    for (const [url, order] of orders) {
      for (const field of Object.keys(order).filter((one) => one !== 'signed')) {
        const body = { ...order, [field]: undefined };
        const told = await http.post('director', { url, body });
        expect(told.status).toBe(422);
        expect(problemShape.parse(told.body).fa).not.toMatch(/«[A-Za-z]/);
      }
    }
  });

  test('refuses a reserve without reference, a letter twice, a cursor that is none, and who is not signed in', async () => {
    const bare = { ...lineOrder(), reserveReference: null };
    expect(answerOf(await http.post('director', { url: 'lines', body: bare }))).toBe(
      'ReserveWithoutReference',
    );
    const early = { ...lineOrder(), deadline: '2023-03-20' };
    expect(answerOf(await http.post('director', { url: 'lines', body: early }))).toBe('DeadlineBeforeYear');
    for (const reserveReference of ['  ', '\u200f\u200e', 'قانون \ud800']) {
      const blank = { ...lineOrder(), reserveReference };
      expect((await http.post('director', { url: 'lines', body: blank })).status).toBe(422);
    }
    const lineId = await credits.openedLine(1000n);
    const letter = letterOrder(5n);
    done(await credits.notify(lineId, letter));
    const url = `lines/${lineId}/notifications`;
    const twice = { ...letter, id: freshId() };
    expect(answerOf(await http.post('director', { url, body: twice }))).toBe('LetterTwice');
    const ancient = letterOrder(5n, { letterDay: '2022-03-20' });
    expect(answerOf(await http.post('director', { url, body: ancient }))).toBe('LetterBeforeYear');
    const most = 10n ** 18n - 1n;
    for (let sent = 0; sent < 9; sent += 1) done(await credits.notify(lineId, letterOrder(most)));
    const beyond = await http.post('director', { url, body: letterOrder(most) });
    expect([beyond.status, answerOf(beyond)]).toEqual([422, 'NumberTooLarge']);
    const root = await rootOf(lineId);
    for (const list of ['transfers', 'awards']) {
      const cursor = Buffer.from(JSON.stringify(['abc'])).toString('base64url');
      expect(kindOf(await http.get('director', `slices/${root}/${list}?cursor=${cursor}`))).toBe('BadCursor');
    }
    expect((await http.get('nobody', 'lines')).status).toBe(401);
    expect((await http.post('nobody', { url, body: letter })).status).toBe(401);
  });

  test('an axis that does not fit names the one that does', async () => {
    const lineId = await credits.openedLine(1000n);
    await credits.divided(await rootOf(lineId), byCounties(1000n));
    const slice = must(
      (await slicesOf(lineId)).find(({ countyCode }) => countyCode === karaj),
      'Karaj',
    ).id;
    const told = await http.post('deputy', { url: `slices/${slice}/slicings`, body: byCounties(10n) });
    expect([told.status, answerOf(told)]).toEqual([422, 'AxisNotHere']);
    expect(problemShape.parse(told.body).fa).toContain('رسته');
  });
});

test.each(creditKinds.map((kind) => [kind.kind, kind] as const))(
  'the README draws %s as it is',
  (_, kind) => {
    expect(readmeHasDiagram(new URL('README.md', import.meta.url), kind)).toBe(true);
  },
);

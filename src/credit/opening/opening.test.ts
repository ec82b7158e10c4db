import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import {
  type Name,
  alborz,
  awardOrder,
  byKeys,
  done,
  freshId,
  karaj,
  letterOrder,
  lineOrder,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import {
  firstOf,
  openOpenings,
  openingApproval,
  openingOrder,
  openingReason,
  paid,
  secondOf,
} from '#testing/openings.ts';
import { wordsOfBreach } from '../law/words.ts';
import { type OpeningOrder, openingAnswerShape, openingFormShape } from './contract.ts';

const house = await openHouse();
const wrongdoer = await openWrongdoer(house);
const credits = await openCredits(house);
const {
  dividedLine,
  heldAt,
  soFar,
  sumsOf,
  breaches,
  propose,
  approve,
  withdraw,
  proposeBack,
  approveBack,
  withdrawBack,
} = openOpenings(credits);
const { http, reserve } = credits;
afterAll(http.close);
const scope = { ...noScope, province: alborz };
type Row = OpeningOrder['rows'][number];

describe('an opening, as a clerk knows it', () => {
  test('brings what banks had paid into the books once, on its own day, and takes nothing else along (L1, L3, L5, L13)', async () => {
    const line = await dividedLine();
    const rows = [
      paid(firstOf(line), 120n),
      paid(firstOf(line), 100n, { share: 'cooperative', loans: 1, jobs: 5 }),
      paid(secondOf(line), 30n),
    ];
    const given = openingOrder(rows);
    done(await propose(line.lineId, given));
    done(await propose(line.lineId, given));
    expect(await heldAt(line.lineId, 'paid')).toEqual({ open: 0n, cooperative: 0n });
    const signed = openingApproval();
    done(await approve(given.id, signed));
    done(await approve(given.id, signed));
    expect(await heldAt(line.lineId, 'paid')).toEqual({ open: 150n, cooperative: 100n });
    expect(await heldAt(line.lineId, 'available')).toEqual({ open: 600n, cooperative: 150n });
    expect(await soFar(line.lineId)).toEqual({ referred: 250n, contracted: 250n, paid: 250n });
    const { rows: days } = await wrongdoer.query(
      'select distinct happened_on::text as day from ledger.transfer where reference_id = $1',
      [given.id],
    );
    expect(days).toEqual([{ day: '2024-01-20' }]);
    // What is left is what may be awarded; the locked share is used up.
    expect(await reserve(firstOf(line), awardOrder(181n, 'cooperative'))).toMatchObject({
      refusal: { kind: 'SliceExhausted', left: 180n },
    });
    done(await reserve(firstOf(line), awardOrder(180n)));
    expect(await breaches()).toEqual([]);
    const shown = openingAnswerShape.parse((await http.get('auditor', `openings/${given.id}`)).body);
    expect(shown).toMatchObject({
      state: 'approved',
      sourceNumber: '12/345',
      resolutionNumber: '7/2',
      jobs: 11,
    });
    expect(shown.rows.map(({ share, amount }) => [share, amount])).toEqual([
      ['cooperative', '100'],
      ['open', '120'],
      ['open', '30'],
    ]);
  });

  test('stands behind the figures as its own records, and is no receiver and no award (L8)', async () => {
    const line = await dividedLine();
    const given = openingOrder([
      paid(firstOf(line), 10n),
      paid(secondOf(line), 20n, { share: 'cooperative' }),
    ]);
    done(await propose(line.lineId, given));
    done(await approve(given.id));
    const { rows } = await read(house.db, scope, (tx) =>
      sql<{ stage: string; amount: bigint; award: string | null; kind: string | null }>`
        select stage, amount, award_id as award, beneficiary_kind as kind from credit.read_movement
        where reference_id = ${given.id} and stage in ('reserved', 'paid') order by amount
      `.execute(tx),
    );
    expect(rows).toEqual([
      { stage: 'paid', amount: 10n, award: null, kind: null },
      { stage: 'paid', amount: 20n, award: null, kind: 'cooperative' },
    ]);
  });

  test('is refused beyond what a share has, for a divided slice, twice, apart from its source; nothing is kept', async () => {
    const line = await dividedLine();
    const told = async (rows: readonly Row[], change: Partial<OpeningOrder> = {}) => {
      const result = await propose(line.lineId, openingOrder(rows, change));
      return result.ok ? 'ok' : result.refusal;
    };
    expect(
      await told([paid(firstOf(line), 1n), paid(firstOf(line), 101n, { share: 'cooperative' })]),
    ).toMatchObject({
      kind: 'OpeningRowsWrong',
      count: 1,
      line: 2,
      reason: { kind: 'BeyondAvailable', left: 100n },
    });
    expect(await told([paid(line.root, 1n)])).toMatchObject({ reason: { kind: 'SliceUnknown' } });
    expect(await told([paid(firstOf(line), 1n, { share: 'rural' })])).toMatchObject({
      reason: { kind: 'ShareUnknown', held: ['cooperative', 'open'] },
    });
    expect(await told([paid(firstOf(line), 1n), paid(firstOf(line), 2n)])).toMatchObject({
      reason: { kind: 'RowTwice', line: 1 },
    });
    expect(await told([paid(firstOf(line), 5n)], { statedSum: '6' })).toMatchObject({
      kind: 'OpeningTotalDiffers',
      sum: 5n,
      statedSum: 6n,
    });
    expect(await told([paid(firstOf(line), 5n)], { paidUntil: '2025-01-01' })).toMatchObject({
      kind: 'DayAhead',
    });
    expect(await told([paid(firstOf(line), 5n)], { sourceDay: '2025-01-01' })).toMatchObject({
      kind: 'DayAhead',
    });
    expect(await told([paid(firstOf(line), 5n)], { paidUntil: '2023-06-10' })).toMatchObject({
      kind: 'DayBeforeLetter',
    });
    const { openings } = openingFormShape.parse(
      (await http.get('deputy', `lines/${line.lineId}/openings`)).body,
    );
    expect(openings).toEqual([]);
    expect(outcome(await propose(freshId(), openingOrder([paid(firstOf(line), 5n)])))).toBe('LineMissing');
  });

  test('one stands at a time: a second is refused until the first is withdrawn, or taken back whole', async () => {
    const line = await dividedLine();
    const one = openingOrder([paid(firstOf(line), 100n)]);
    const other = openingOrder([paid(secondOf(line), 50n)]);
    done(await propose(line.lineId, one));
    expect(await propose(line.lineId, other)).toMatchObject({
      refusal: { kind: 'OpeningStands', openingId: one.id, state: 'proposed' },
    });
    done(await withdraw(one.id));
    const right = openingOrder([paid(firstOf(line), 100n)]);
    done(await propose(line.lineId, right));
    done(await approve(right.id));
    expect(outcome(await propose(line.lineId, openingOrder([paid(secondOf(line), 50n)])))).toBe(
      'OpeningStands',
    );
    done(await proposeBack(right.id));
    expect(outcome(await propose(line.lineId, openingOrder([paid(secondOf(line), 50n)])))).toBe(
      'OpeningStands',
    );
    done(await withdrawBack(right.id));
    done(await proposeBack(right.id, openingReason(4), 'director'));
    expect(outcome(await approveBack(right.id, openingApproval({ seenVersion: 5 })))).toBe('OwnTakeback');
    const signed = openingApproval({ seenVersion: 5 });
    done(await approveBack(right.id, signed, 'otherDeputy'));
    done(await approveBack(right.id, signed, 'otherDeputy'));
    expect(await heldAt(line.lineId, 'paid')).toEqual({ open: 0n, cooperative: 0n });
    expect(await soFar(line.lineId)).toEqual({ referred: 0n, contracted: 0n, paid: 0n });
    const next = openingOrder([paid(secondOf(line), 50n)]);
    done(await propose(line.lineId, next));
    done(await approve(next.id));
    expect(await heldAt(line.lineId, 'paid')).toEqual({ open: 50n, cooperative: 0n });
    expect(await breaches()).toEqual([]);
  });

  test('what was drawn, divided or cut since it was proposed refuses it as a whole', async () => {
    const line = await dividedLine();
    const given = openingOrder([paid(secondOf(line), 5n), paid(firstOf(line), 300n)]);
    done(await propose(line.lineId, given));
    done(await reserve(firstOf(line), awardOrder(1n)));
    expect(await approve(given.id)).toMatchObject({
      refusal: { kind: 'OpeningRowsWrong', count: 1, reason: { kind: 'BeyondAvailable', left: 299n } },
    });
    await credits.divided(firstOf(line), byKeys('beneficiary_kind', [['person', 10n]]));
    expect(await approve(given.id)).toMatchObject({
      refusal: { kind: 'OpeningRowsWrong', count: 1, reason: { kind: 'SliceUnknown' } },
    });
    expect(await heldAt(line.lineId, 'paid')).toMatchObject({ open: 0n });
    expect(outcome(await approve(freshId()))).toBe('OpeningMissing');
  });

  test('needs an open line, and its proposer approves it under no account', async () => {
    const line = await dividedLine();
    const given = openingOrder([paid(firstOf(line), 10n)]);
    done(await propose(line.lineId, given));
    for (const name of ['deputy', 'deputyAgain'] as const)
      expect(outcome(await approve(given.id, openingApproval(), name))).toBe('OwnOpening');
    expect(outcome(await approve(given.id, openingApproval({ resolutionDay: '2025-01-01' })))).toBe(
      'DayAhead',
    );
    const { id: draftId } = done(await credits.draft(lineOrder()));
    done(await credits.notify(draftId, letterOrder(100n)));
    expect(outcome(await propose(draftId, openingOrder([paid(firstOf(line), 10n)])))).toBe('LineNotOpen');
  });

  test(
    'approved fifty times at once it is posted once, by one key and by many (L5)',
    { timeout: 60_000 },
    async () => {
      const line = await dividedLine();
      const given = openingOrder([paid(firstOf(line), 40n), paid(secondOf(line), 60n)]);
      done(await propose(line.lineId, given));
      const signed = openingApproval();
      const key = freshId();
      const told = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          http.post('director', {
            url: `openings/${given.id}/approval`,
            body: signed,
            key: at % 2 === 0 ? key : freshId(),
          }),
        ),
      );
      expect(new Set(told.map(({ status }) => status))).toEqual(new Set([201]));
      expect(await heldAt(line.lineId, 'paid')).toMatchObject({ open: 100n });
      const { rows } = await wrongdoer.query('select id from ledger.transfer where reference_id = $1', [
        given.id,
      ]);
      expect(rows).toHaveLength(2);
    },
  );
});

describe('four eyes (L6) and what is appended (L4)', () => {
  test('hold in the database against the serving role', async () => {
    const line = await dividedLine();
    const given = openingOrder([paid(firstOf(line), 10n)]);
    done(await propose(line.lineId, given));
    const forge = (approver: Name, proposer: Name) =>
      inTransaction(house.db, scope, async (tx) => {
        const [by, from] = [credits.actor(approver), credits.actor(proposer)];
        await sql`
          insert into credit.opening_approval (province_id, opening_id, proposed_by_person, approved_by_person,
            approved_by_user, resolution_number, resolution_day)
          values (${alborz}, ${given.id}, ${from.personId}, ${by.personId}, ${by.userId}, '1', '2024-02-10')
        `.execute(tx);
        return ok();
      });
    await expect(forge('deputy', 'deputy')).rejects.toThrow(/opening_approval_four_eyes/);
    await expect(forge('deputyAgain', 'deputy')).rejects.toThrow(/opening_approval_four_eyes/);
    await expect(forge('deputy', 'director')).rejects.toThrow(/opening_approval_proposer_fk/);
    done(await approve(given.id));
    const back = openingReason(2);
    done(await proposeBack(given.id, back));
    const forgeBack = (approver: Name, proposer: Name) =>
      inTransaction(house.db, scope, async (tx) => {
        const [by, from] = [credits.actor(approver), credits.actor(proposer)];
        await sql`
          insert into credit.takeback_approval (province_id, takeback_id, opening_id, id, proposed_by_person,
            approved_by_person, approved_by_user, resolution_number, resolution_day)
          values (${alborz}, ${back.id}, ${given.id}, ${freshId()}, ${from.personId}, ${by.personId}, ${by.userId},
            '1', '2024-02-10')
        `.execute(tx);
        return ok();
      });
    await expect(forgeBack('deputyAgain', 'deputy')).rejects.toThrow(/takeback_approval_four_eyes/);
    await expect(forgeBack('deputy', 'director')).rejects.toThrow(/takeback_approval_proposer_fk/);
    for (const table of ['opening', 'opening_row', 'opening_approval', 'takeback', 'takeback_approval'])
      for (const statement of [
        `update credit.${table} set province_id = 30`,
        `delete from credit.${table}`,
        `truncate credit.${table}`,
      ])
        await expect(
          inTransaction(house.db, scope, async (tx) => {
            await sql.raw(statement).execute(tx);
            return ok();
          }),
        ).rejects.toThrow(/permission denied/);
    const seen = async (county: string | null, province = alborz): Promise<number> => {
      const { rows } = await read(house.db, { ...noScope, province, county }, (tx) =>
        sql`select o.id from credit.opening o join credit.opening_row r on r.opening_id = o.id
          where o.id = ${given.id}`.execute(tx),
      );
      return rows.length;
    };
    expect([await seen(null), await seen(karaj), await seen(null, 15)]).toEqual([1, 0, 0]);
    done(await approveBack(given.id));
  });

  test('verify names an opening whose transfers are not its rows, that stands twice, or that one person made', async () => {
    const line = await dividedLine();
    const given = openingOrder([paid(firstOf(line), 10n), paid(secondOf(line), 20n)]);
    done(await propose(line.lineId, given));
    done(await approve(given.id));
    const broken = async (statement: string, back: string, of: string = given.id) => {
      await wrongdoer.query(statement, [of]);
      const found = await breaches();
      for (const breach of found) {
        expect(wordsOfBreach(breach).en).toMatch(/^L[16]: credit\./);
        expect(wordsOfBreach(breach).fa).toContain(breach.id);
      }
      await wrongdoer.query(back, [of]);
      expect(await breaches()).toEqual([]);
      return found.map(({ kind, id }) => [kind, id === of ? 'opening' : id === line.lineId ? 'line' : id]);
    };
    expect(
      await broken(
        'update credit.opening_row set amount = amount + 1 where opening_id = $1 and amount = 10',
        'update credit.opening_row set amount = amount - 1 where opening_id = $1 and amount = 11',
      ),
    ).toEqual([['OpeningApart', 'opening']]);
    // The sum is right and stands in the other slice.
    const swap = 'update credit.opening_row set amount = 30 - amount where opening_id = $1';
    expect(await broken(swap, swap)).toEqual([['OpeningApart', 'opening']]);
    expect(
      await broken(
        `update casework.act set by_person = gen_random_uuid() where case_id = $1 and act = 'approve_opening'`,
        `update casework.act set by_person = (
          select approved_by_person from credit.opening_approval where opening_id = case_id
        ) where case_id = $1 and act = 'approve_opening'`,
      ),
    ).toEqual([['OneEye', 'opening']]);
    const other = await dividedLine();
    const another = openingOrder([paid(firstOf(other), 10n)]);
    done(await propose(other.lineId, another));
    done(await approve(another.id));
    expect(
      await broken(
        `update credit.opening set line_id = '${line.lineId}' where id = $1`,
        `update credit.opening set line_id = '${other.lineId}' where id = $1`,
        another.id,
      ),
    ).toEqual([['OpenedTwice', 'line']]);
    done(await proposeBack(given.id));
    done(await approveBack(given.id));
    expect(
      await broken(
        `update casework.act set by_person = gen_random_uuid() where case_id = $1 and act = 'propose_takeback'`,
        `update casework.act set by_person = (
          select proposed_by_person from credit.takeback where opening_id = case_id
        ) where case_id = $1 and act = 'propose_takeback'`,
      ),
    ).toEqual([['OneEye', 'opening']]);
  });
});

describe('histories of openings, awards and taking back', () => {
  type Step = {
    readonly what: 'open' | 'back' | 'award';
    readonly part: number;
    readonly amount: bigint;
    readonly locked: boolean;
  };
  const step: fc.Arbitrary<Step> = fc.record({
    what: fc.constantFrom('open', 'back', 'award'),
    part: fc.integer({ min: 0, max: 1 }),
    amount: fc.bigInt(1n, 160n),
    locked: fc.boolean(),
  });

  test(
    'keep every law, and what is paid is what the standing opening says',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
          const line = await dividedLine();
          let standing: { readonly id: string; readonly amount: bigint } | null = null;
          let drawn = 0n;
          for (const { what, part, amount, locked } of steps) {
            const sliceId = must(line.parts[part], 'a part');
            if (what === 'award') {
              const told = await reserve(sliceId, awardOrder(amount, locked ? 'cooperative' : 'person'));
              if (told.ok) drawn += amount;
            } else if (what === 'open') {
              const given = openingOrder([paid(sliceId, amount, { share: locked ? 'cooperative' : 'open' })]);
              const told = await propose(line.lineId, given);
              if (standing !== null) expect(outcome(told)).toBe('OpeningStands');
              else if (told.ok) {
                done(await approve(given.id));
                standing = { id: given.id, amount };
              }
            } else if (standing !== null) {
              done(await proposeBack(standing.id));
              done(await approveBack(standing.id));
              standing = null;
            }
            const sums = await sumsOf(line.lineId);
            for (const { balance } of sums) expect(balance).toBeGreaterThanOrEqual(0n);
            const at = (stage: string): bigint =>
              sums.filter((one) => one.stage === stage).reduce((sum, { balance }) => sum + balance, 0n);
            expect([at('paid'), at('reserved')]).toEqual([standing?.amount ?? 0n, drawn]);
            expect(at('available') + at('paid') + at('reserved')).toBe(1000n);
          }
          expect((await soFar(line.lineId))['paid']).toBe(standing?.amount ?? 0n);
        }),
        { numRuns: 12 },
      );
      expect(await breaches()).toEqual([]);
    },
  );
});

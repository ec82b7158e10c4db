import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { type Rial, rial } from '#kernel/rial.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
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
  names,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { permissionsOf } from '#testing/permissions.ts';
import { axisWords } from '../axis/words.ts';
import { findBreaches } from '../law/actions.ts';
import { wordsOfBreach } from '../law/words.ts';
import { listAccountSums, listSlices, listTurnovers } from '../queries.ts';
import {
  approveOpening,
  approveTakeback,
  proposeOpening,
  proposeTakeback,
  withdrawOpening,
  withdrawTakeback,
} from './actions.ts';
import {
  type OpeningOrder,
  openingAnswerShape,
  openingFormShape,
  openingRefusalStatus,
  sheetAnswerShape,
} from './contract.ts';
import { decideRows, decideTotal, judgeOpening, openingKind } from './rules.ts';
import { openingRefusalWords, wordsOfReason } from './words.ts';

const house = await openHouse();
const wrongdoer = await openWrongdoer(house);
const credits = await openCredits(house);
const { http, deed, reserve } = credits;
afterAll(http.close);
const scope = { ...noScope, province: alborz };

type Row = OpeningOrder['rows'][number];
const paid = (sliceId: string, amount: bigint, more: Partial<Row> = {}): Row => ({
  sliceId,
  share: 'open',
  amount: String(amount),
  loans: 2,
  jobs: 3,
  ...more,
});
/** An opening whose source says what its rows add up to, but for what `change` says. */
const order = (rows: readonly Row[], change: Partial<OpeningOrder> = {}): OpeningOrder => ({
  id: freshId(),
  paidUntil: '2024-01-20',
  sourceNumber: '۱۲/۳۴۵',
  sourceDay: '2024-01-25',
  sourceTitle: 'صورت پرداخت‌های بانک عامل',
  statedLoans: rows.reduce((sum, { loans }) => sum + loans, 0),
  statedSum: String(rows.reduce((sum, { amount }) => sum + BigInt(amount), 0n)),
  rows: [...rows],
  ...change,
});
const approval = (change: Record<string, unknown> = {}) => ({
  id: freshId(),
  resolutionNumber: '۷/۲',
  resolutionDay: '2024-02-10',
  seenVersion: 1,
  ...change,
});
const reason = (seenVersion: number) => ({ id: freshId(), seenVersion, reason: 'سند تکراری بود' });

const propose = (lineId: string, given: OpeningOrder, by: Name = 'deputy') =>
  deed(by, (doing) => proposeOpening(doing, { lineId, order: given }));
const approve = (openingId: string, given = approval(), by: Name = 'director') =>
  deed(by, (doing) => approveOpening(doing, { openingId, order: given }));
const withdraw = (openingId: string, by: Name = 'deputy') =>
  deed(by, (doing) => withdrawOpening(doing, { openingId, order: reason(1) }));
const proposeBack = (openingId: string, given = reason(2), by: Name = 'deputy') =>
  deed(by, (doing) => proposeTakeback(doing, { openingId, order: given }));
const approveBack = (openingId: string, given = approval({ seenVersion: 3 }), by: Name = 'director') =>
  deed(by, (doing) => approveTakeback(doing, { openingId, order: given }));
const withdrawBack = (openingId: string, by: Name = 'deputy') =>
  deed(by, (doing) => withdrawTakeback(doing, { openingId, order: reason(3) }));

const breaches = () => read(house.db, scope, (tx) => findBreaches(tx, alborz));
const sumsOf = (lineId: Id) =>
  read(house.db, scope, (tx) => listAccountSums(tx, { provinceId: alborz, lineId, id: null }));

/** What a line holds at a stage, over all its slices, by share. */
async function heldAt(lineId: Id, stage: string): Promise<Record<string, bigint>> {
  const held: Record<string, bigint> = {};
  for (const sum of await sumsOf(lineId))
    if (sum.stage === stage) held[sum.share] = (held[sum.share] ?? 0n) + sum.balance;
  return held;
}
async function soFar(lineId: Id): Promise<Record<string, bigint>> {
  const sums = await read(house.db, scope, (tx) => listTurnovers(tx, { provinceId: alborz, lineId }));
  return Object.fromEntries(
    ['referred', 'contracted', 'paid'].map((stage) => [
      stage,
      sums.filter((one) => one.stage === stage).reduce((sum, { amount }) => sum + amount, 0n),
    ]),
  );
}

/** A line of 1,000 rials, a quarter for cooperatives, of which two rounds of 400 are cut: 300 open and 100 locked each. */
async function dividedLine(change = {}): Promise<{ lineId: Id; root: Id; parts: readonly Id[] }> {
  const lineId = await credits.openedLine(1000n, { deadline: '2026-03-20', ...change });
  const slices = () =>
    read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));
  const root = must((await slices())[0], 'a root').id;
  await credits.divided(
    root,
    byKeys('round', [
      ['1', 400n],
      ['2', 400n],
    ]),
  );
  return { lineId, root, parts: (await slices()).filter((one) => one.axis === 'round').map(({ id }) => id) };
}
const first = ({ parts }: { readonly parts: readonly Id[] }): Id => must(parts[0], 'the first part');
const second = ({ parts }: { readonly parts: readonly Id[] }): Id => must(parts[1], 'the second part');

describe('what may be opened', () => {
  const shares = fc.constantFrom('open', 'cooperative', 'rural');
  const rows = fc.array(
    fc.record({
      sliceId: fc.constantFrom('a', 'b', 'c', null),
      share: fc.option(shares, { freq: 8 }),
      amount: fc.option(fc.bigInt(-2n, 40n).map(rial), { freq: 8 }),
      loans: fc.option(fc.integer({ min: 0, max: 1_000_001 }), { freq: 8 }),
      jobs: fc.option(fc.integer({ min: 0, max: 5 })),
    }),
    { maxLength: 12 },
  );
  const held = fc.uniqueArray(fc.tuple(shares, fc.bigInt(0n, 30n).map(rial)), { selector: ([share]) => share });

  test('is each share of each slice once, with a loan at least and never beyond what it has; the sum told instead will do', () => {
    fc.assert(
      fc.property(rows, held, held, (given, ofA, ofB) => {
        const facts = new Map([
          ['a', new Map<string, Rial>(ofA)],
          ['b', new Map<string, Rial>(ofB)],
        ]);
        const numbered = given.map((row, at) => ({ ...row, line: at + 1, faults: [] }));
        const judged = judgeOpening(numbered, facts);
        const right = judged.filter((one) => one.reason === null).map((one) => one.row);
        expect(new Set(right.map(({ sliceId, share }) => `${sliceId} ${share}`)).size).toBe(right.length);
        for (const { sliceId, share, amount, loans } of right) {
          const left = must(facts.get(sliceId ?? '')?.get(share ?? ''), 'a share of a slice');
          expect(amount ?? 0n).toBeGreaterThan(0n);
          expect(amount ?? 0n).toBeLessThanOrEqual(left);
          expect(loans ?? 0).toBeGreaterThan(0);
        }
        for (const { row, reason: why } of judged)
          if (why?.kind === 'BeyondAvailable' && why.left > 0n)
            expect(judgeOpening([{ ...row, amount: why.left }], facts)[0]?.reason).toBeNull();
        expect(decideRows(judged).ok).toBe(judged.length === right.length);
      }),
    );
  });

  test('is what the source states, in loans and to the rial', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ amount: fc.bigInt(1n, 99n).map(rial), loans: fc.integer({ min: 1, max: 9 }) })),
        fc.integer({ min: -1, max: 1 }),
        fc.bigInt(-1n, 1n),
        (given, loansOff, sumOff) => {
          const statedLoans = given.reduce((sum, { loans }) => sum + loans, 0) + loansOff;
          const statedSum = rial(given.reduce((sum, { amount }) => sum + amount, 0n) + sumOff);
          expect(decideTotal(given, { statedLoans, statedSum }).ok).toBe(loansOff === 0 && sumOff === 0n);
        },
      ),
    );
  });

  test('every refusal and every reason has both languages, and names the nearest change', () => {
    const sums = { loans: 3, sum: rial(5n), statedLoans: 4, statedSum: rial(6n) };
    const beyond = { kind: 'BeyondAvailable', share: 'cooperative', left: rial(7n), asked: rial(9n) } as const;
    const told = [
      openingRefusalWords.OpeningMissing({ kind: 'OpeningMissing', openingId: 'x' }),
      openingRefusalWords.OpeningStands({ kind: 'OpeningStands', openingId: 'x', state: 'proposed' }),
      openingRefusalWords.OpeningStands({ kind: 'OpeningStands', openingId: 'x', state: 'approved' }),
      openingRefusalWords.OwnOpening({ kind: 'OwnOpening', openingId: 'x' }),
      openingRefusalWords.OwnTakeback({ kind: 'OwnTakeback', openingId: 'x' }),
      openingRefusalWords.OpeningTotalDiffers({ kind: 'OpeningTotalDiffers', field: 'statedSum', ...sums }),
      openingRefusalWords.OpeningRowsWrong({ kind: 'OpeningRowsWrong', count: 2, line: 8, reason: beyond }),
      wordsOfReason({ kind: 'CellsUnread' }),
      wordsOfReason({ kind: 'SliceUnknown' }),
      wordsOfReason({ kind: 'ShareUnknown', held: ['open', 'cooperative'] }),
      wordsOfReason({ kind: 'RowTwice', line: 8 }),
      wordsOfReason({ kind: 'AmountMissing' }),
      wordsOfReason({ kind: 'LoansMissing' }),
      wordsOfReason({ kind: 'CountTooLarge' }),
    ];
    for (const { fa, en } of told) {
      expect(fa).toMatch(/^[^A-Za-z]+\.$/);
      expect(en).toMatch(/^[^\u0600-\u06ff]+\.$/);
    }
    expect(wordsOfReason(beyond).fa).toContain('تا ۷ ریال (۷ ریال)');
    expect(wordsOfReason(beyond).en).toContain('lower it to 7 rials');
    expect(Object.keys(openingRefusalWords).toSorted()).toEqual(Object.keys(openingRefusalStatus).toSorted());
  });
});

describe('an opening, as a clerk knows it', () => {
  test('brings what banks had paid into the books once, on its own day, and takes nothing else along (L1, L3, L5, L13)', async () => {
    const line = await dividedLine();
    const rows = [
      paid(first(line), 120n),
      paid(first(line), 100n, { share: 'cooperative', loans: 1, jobs: 5 }),
      paid(second(line), 30n),
    ];
    const given = order(rows);
    done(await propose(line.lineId, given));
    done(await propose(line.lineId, given));
    expect(await heldAt(line.lineId, 'paid')).toEqual({ open: 0n, cooperative: 0n });
    const signed = approval();
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
    expect(await reserve(first(line), awardOrder(181n, 'cooperative'))).toMatchObject({
      refusal: { kind: 'SliceExhausted', left: 180n },
    });
    done(await reserve(first(line), awardOrder(180n)));
    expect(await breaches()).toEqual([]);
    const shown = openingAnswerShape.parse((await http.get('auditor', `openings/${given.id}`)).body);
    expect(shown).toMatchObject({ state: 'approved', sourceNumber: '12/345', resolutionNumber: '7/2', jobs: 11 });
    expect(shown.rows.map(({ share, amount }) => [share, amount])).toEqual([
      ['cooperative', '100'],
      ['open', '120'],
      ['open', '30'],
    ]);
  });

  test('stands behind the figures as its own records, and is no receiver and no award (L8)', async () => {
    const line = await dividedLine();
    const given = order([paid(first(line), 10n), paid(second(line), 20n, { share: 'cooperative' })]);
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
      const result = await propose(line.lineId, order(rows, change));
      return result.ok ? 'ok' : result.refusal;
    };
    expect(await told([paid(first(line), 1n), paid(first(line), 101n, { share: 'cooperative' })])).toMatchObject({
      kind: 'OpeningRowsWrong',
      count: 1,
      line: 2,
      reason: { kind: 'BeyondAvailable', left: 100n },
    });
    expect(await told([paid(line.root, 1n)])).toMatchObject({ reason: { kind: 'SliceUnknown' } });
    expect(await told([paid(first(line), 1n, { share: 'rural' })])).toMatchObject({
      reason: { kind: 'ShareUnknown', held: ['cooperative', 'open'] },
    });
    expect(await told([paid(first(line), 1n), paid(first(line), 2n)])).toMatchObject({
      reason: { kind: 'RowTwice', line: 1 },
    });
    expect(await told([paid(first(line), 5n)], { statedSum: '6' })).toMatchObject({
      kind: 'OpeningTotalDiffers',
      sum: 5n,
      statedSum: 6n,
    });
    expect(await told([paid(first(line), 5n)], { paidUntil: '2025-01-01' })).toMatchObject({ kind: 'DayAhead' });
    expect(await told([paid(first(line), 5n)], { sourceDay: '2025-01-01' })).toMatchObject({ kind: 'DayAhead' });
    expect(await told([paid(first(line), 5n)], { paidUntil: '2023-06-10' })).toMatchObject({
      kind: 'DayBeforeLetter',
    });
    const { openings } = openingFormShape.parse(
      (await http.get('deputy', `lines/${line.lineId}/openings`)).body,
    );
    expect(openings).toEqual([]);
    expect(outcome(await propose(freshId(), order([paid(first(line), 5n)])))).toBe('LineMissing');
  });

  test('one stands at a time: a second is refused until the first is withdrawn, or taken back whole', async () => {
    const line = await dividedLine();
    const one = order([paid(first(line), 100n)]);
    const other = order([paid(second(line), 50n)]);
    done(await propose(line.lineId, one));
    expect(await propose(line.lineId, other)).toMatchObject({
      refusal: { kind: 'OpeningStands', openingId: one.id, state: 'proposed' },
    });
    done(await withdraw(one.id));
    const right = order([paid(first(line), 100n)]);
    done(await propose(line.lineId, right));
    done(await approve(right.id));
    expect(outcome(await propose(line.lineId, order([paid(second(line), 50n)])))).toBe('OpeningStands');
    done(await proposeBack(right.id));
    expect(outcome(await propose(line.lineId, order([paid(second(line), 50n)])))).toBe('OpeningStands');
    done(await withdrawBack(right.id));
    done(await proposeBack(right.id, reason(4), 'director'));
    expect(outcome(await approveBack(right.id, approval({ seenVersion: 5 })))).toBe('OwnTakeback');
    const signed = approval({ seenVersion: 5 });
    done(await approveBack(right.id, signed, 'otherDeputy'));
    done(await approveBack(right.id, signed, 'otherDeputy'));
    expect(await heldAt(line.lineId, 'paid')).toEqual({ open: 0n, cooperative: 0n });
    expect(await soFar(line.lineId)).toEqual({ referred: 0n, contracted: 0n, paid: 0n });
    const next = order([paid(second(line), 50n)]);
    done(await propose(line.lineId, next));
    done(await approve(next.id));
    expect(await heldAt(line.lineId, 'paid')).toEqual({ open: 50n, cooperative: 0n });
    expect(await breaches()).toEqual([]);
  });

  test('what was drawn, divided or cut since it was proposed refuses it as a whole', async () => {
    const line = await dividedLine();
    const given = order([paid(second(line), 5n), paid(first(line), 300n)]);
    done(await propose(line.lineId, given));
    done(await reserve(first(line), awardOrder(1n)));
    expect(await approve(given.id)).toMatchObject({
      refusal: { kind: 'OpeningRowsWrong', count: 1, reason: { kind: 'BeyondAvailable', left: 299n } },
    });
    await credits.divided(first(line), byKeys('beneficiary_kind', [['person', 10n]]));
    expect(await approve(given.id)).toMatchObject({
      refusal: { kind: 'OpeningRowsWrong', count: 1, reason: { kind: 'SliceUnknown' } },
    });
    expect(await heldAt(line.lineId, 'paid')).toMatchObject({ open: 0n });
    expect(outcome(await approve(freshId()))).toBe('OpeningMissing');
  });

  test('needs an open line, and its proposer approves it under no account', async () => {
    const line = await dividedLine();
    const given = order([paid(first(line), 10n)]);
    done(await propose(line.lineId, given));
    for (const name of ['deputy', 'deputyAgain'] as const)
      expect(outcome(await approve(given.id, approval(), name))).toBe('OwnOpening');
    expect(outcome(await approve(given.id, approval({ resolutionDay: '2025-01-01' })))).toBe('DayAhead');
    const { id: draftId } = done(await credits.draft(lineOrder()));
    done(await credits.notify(draftId, letterOrder(100n)));
    expect(outcome(await propose(draftId, order([paid(first(line), 10n)])))).toBe('LineNotOpen');
  });

  test(
    'approved fifty times at once it is posted once, by one key and by many (L5)',
    { timeout: 60_000 },
    async () => {
      const line = await dividedLine();
      const given = order([paid(first(line), 40n), paid(second(line), 60n)]);
      done(await propose(line.lineId, given));
      const signed = approval();
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

describe('the sheet', () => {
  const fields = {};
  const send = (by: Name, lineId: string, bytes: Uint8Array, name = 'opening.csv') =>
    http.upload(by, { url: `lines/${lineId}/opening-sheet`, name, bytes: new Uint8Array(bytes), fields });
  const fill = (template: string, change: (cells: string[], at: number) => string[]): Uint8Array =>
    new TextEncoder().encode(
      template
        .trim()
        .split('\r\n')
        .map((row, at) => (at === 0 ? row : change(row.split(','), at).join(',')))
        .join('\r\n'),
    );

  test('comes with the slices of the line in it and goes back filled in, in either language and format', async () => {
    const line = await dividedLine();
    for (const language of ['fa', 'en']) {
      const template = await http.file(
        'deputy',
        `lines/${line.lineId}/opening-template?format=csv&language=${language}`,
      );
      // round, share, paid, loans, jobs, left
      const filled = fill(template.toString('utf8'), (cells, at) =>
        at > 2 ? cells : [cells[0] ?? '', cells[1] ?? '', '1٬0', '2', '', cells[5] ?? ''].map((one) => one.replace('٬', '')),
      );
      const { rows } = sheetAnswerShape.parse((await send('deputy', line.lineId, filled)).body);
      expect(rows.map(({ sliceId, amount, loans, jobs, faults }) => [sliceId, amount, loans, jobs, faults])).toEqual([
        [first(line), '10', 2, null, []],
        [first(line), '10', 2, null, []],
      ]);
      expect(new Set(rows.map(({ share }) => share))).toEqual(new Set(['open', 'cooperative']));
    }
    const book = await http.file('deputy', `lines/${line.lineId}/opening-template`);
    const empty = await send('deputy', line.lineId, book, 'opening.xlsx');
    expect(sheetAnswerShape.parse(empty.body).rows).toEqual([]);
  });

  test('tells of each row what is wrong with it, and the file of errors is mended and sent again', async () => {
    const line = await dividedLine();
    const sheet = [
      'مرحله,بخش,پرداخت‌شده (ریال),شمار وام,شمار شغل',
      `${axisWords.round.fa} ۱,بخش آزاد,301,2,1`,
      '9,بخش آزاد,5,2,1',
      '2,روستاییان,5,2,1',
      '2,open,پنج,2,1',
      '2,open,20,0,1',
      '2,سهم تعاونی‌ها,50,1,',
    ].join('\n');
    const heading = (await http.file('deputy', `lines/${line.lineId}/opening-template?format=csv&language=fa`))
      .toString('utf8')
      .split('\r\n')[0];
    const titles = (heading ?? '').split(',').slice(0, 5).join(',');
    const bytes = new TextEncoder().encode(sheet.replace(/^.*/, titles));
    const { rows } = sheetAnswerShape.parse((await send('director', line.lineId, bytes)).body);
    const wrong = rows.filter(({ faults }) => faults.length > 0);
    expect(wrong.map(({ line: at }) => at)).toEqual([2, 3, 4, 5, 6]);
    expect(wrong.map(({ faults }) => faults[0]?.en ?? '').join()).toMatch(
      /lower it to 300 rials.*undivided slice.*the open part.*whole.*number of loans/i,
    );
    const form = new FormData();
    form.append('file', new Blob([bytes]), 'opening.csv');
    const errors = await http.uploadFor('deputy', `lines/${line.lineId}/opening-sheet/errors`, form);
    const again = await send('deputy', line.lineId, errors, 'errors.xlsx');
    expect(sheetAnswerShape.parse(again.body).rows.map(({ faults }) => faults.length > 0)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
  });
});

describe('four eyes (L6) and what is appended (L4)', () => {
  test('hold in the database against the serving role', async () => {
    const line = await dividedLine();
    const given = order([paid(first(line), 10n)]);
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
    const back = reason(2);
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
    const given = order([paid(first(line), 10n), paid(second(line), 20n)]);
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
    const another = order([paid(first(other), 10n)]);
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

describe('every act on an opening', () => {
  const outside: Partial<Record<Name, string>> = {
    lorestanOffice: 'OtherProvince',
    lorestanDirector: 'OtherProvince',
    administrator: 'OtherProvince',
    auditor: 'ReadOnly',
    ministry: 'ReadOnly',
  };
  const versions: Readonly<Record<string, number>> = { proposed: 1, withdrawn: 2, approved: 2, taking_back: 3, taken_back: 4 };
  const urls: Readonly<Record<string, string>> = {
    approve_opening: 'approval',
    withdraw_opening: 'withdrawal',
    propose_takeback: 'takeback',
    approve_takeback: 'takeback/approval',
    withdraw_takeback: 'takeback/withdrawal',
  };

  async function openingIn(state: string): Promise<string> {
    const line = await dividedLine();
    const given = order([paid(first(line), 10n)]);
    done(await propose(line.lineId, given, 'otherDeputy'));
    if (state === 'withdrawn') done(await withdraw(given.id));
    if (state === 'withdrawn' || state === 'proposed') return given.id;
    done(await approve(given.id));
    if (state === 'approved') return given.id;
    done(await proposeBack(given.id, reason(2), 'otherDeputy'));
    if (state === 'taken_back') done(await approveBack(given.id));
    return given.id;
  }

  test('is done by whom and when the table says, and by nobody else', { timeout: 180_000 }, async () => {
    const shared = new Map<string, string>();
    const forProposals = await dividedLine();
    for (const name of names)
      for (const { state, act, expected } of permissionsOf(openingKind, [credits.actor(name).role])) {
        const seenVersion = must(versions[state] ?? 1, 'a version');
        const wanted = outside[name] ?? ('to' in expected ? 'ok' : expected.refusal);
        const make = async (): Promise<string> => {
          // Those who are refused share a case: nothing of it changes.
          const made = (wanted === 'ok' ? undefined : shared.get(state)) ?? (await openingIn(state));
          if (wanted !== 'ok') shared.set(state, made);
          return made;
        };
        const isProposal = act === 'propose_opening';
        const line = isProposal && wanted === 'ok' ? await dividedLine() : forProposals;
        const url = isProposal ? `lines/${line.lineId}/openings` : `openings/${await make()}/${urls[act]}`;
        const body = isProposal
          ? order([paid(first(line), 10n)])
          : act.startsWith('approve')
            ? approval({ seenVersion })
            : reason(seenVersion);
        const told = await http.post(name, { url, body });
        const own = name === 'otherDeputy' && wanted === 'ok' && act.startsWith('approve');
        const kind = told.status < 300 ? 'ok' : problemShape.parse(told.body).kind;
        const due = own ? (act === 'approve_opening' ? 'OwnOpening' : 'OwnTakeback') : wanted;
        // Who proposed is told so in whatever state it stands.
        if (name === 'otherDeputy' && act.startsWith('approve')) expect(kind).toMatch(/^(Own|ActUnlawful)/);
        else expect(`${name} ${state} ${act}: ${kind}`).toBe(`${name} ${state} ${act}: ${due}`);
      }
  });

  test('the pages: the province sees them, a county office its own slices alone, another province nothing', async () => {
    const line = await dividedLine();
    const given = order([paid(first(line), 10n)]);
    done(await propose(line.lineId, given));
    for (const url of [`lines/${line.lineId}/openings`, `openings/${given.id}`]) {
      expect((await http.get('auditor', url)).status).toBe(200);
      expect((await http.get('lorestanDirector', url)).status).toBe(403);
      expect((await http.get('karajOffice', url)).status).toBe(404);
    }
    const sheet = { name: 'x.csv', bytes: new Uint8Array(Buffer.from('x')), fields: {} };
    expect((await http.upload('karajOffice', { ...sheet, url: `lines/${line.lineId}/opening-sheet` })).status).toBe(404);
    expect((await http.upload('lorestanDirector', { ...sheet, url: `lines/${line.lineId}/opening-sheet` })).status).toBe(403);
    const template = `lines/${line.lineId}/opening-template`;
    expect((await http.file('karajOffice', template)).toString('utf8')).toContain('LineMissing');
    expect((await http.file('lorestanDirector', template)).toString('utf8')).toContain('OtherProvince');
  });

  test('stands in the README as its table says', () => {
    expect(readmeHasDiagram(new URL('../README.md', import.meta.url), openingKind)).toBe(true);
  });
});

describe('histories of openings, awards and taking back', () => {
  type Step = { readonly what: 'open' | 'back' | 'award'; readonly part: number; readonly amount: bigint; readonly locked: boolean };
  const step: fc.Arbitrary<Step> = fc.record({
    what: fc.constantFrom('open', 'back', 'award'),
    part: fc.integer({ min: 0, max: 1 }),
    amount: fc.bigInt(1n, 160n),
    locked: fc.boolean(),
  });

  test('keep every law, and what is paid is what the standing opening says', { timeout: 120_000 }, async () => {
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
            const given = order([paid(sliceId, amount, { share: locked ? 'cooperative' : 'open' })]);
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
        expect(await breaches()).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});

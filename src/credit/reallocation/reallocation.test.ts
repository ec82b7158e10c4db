import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { must, ok } from '#kernel/result.ts';
import { rial } from '#kernel/rial.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import {
  type Name,
  alborz,
  awardOrder,
  byCounties,
  done,
  fardis,
  freshId,
  karaj,
  names,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse } from '#testing/house.ts';
import { permissionsOf } from '#testing/permissions.ts';
import { findBreaches } from '../law/actions.ts';
import { listAccountSums, listSlices } from '../queries.ts';
import { approveReallocation, familyOf, proposeReallocation, withdrawReallocation } from './actions.ts';
import { lapsePageShape, reallocationAnswerShape, reallocationDraftShape } from './contract.ts';
import { reallocationKind } from './rules.ts';

const house = await openHouse();
// In the year of the line, a quarter before its deadline.
house.clock.set('2023-12-20T09:00:00Z');
const credits = await openCredits(house);
const { openedLine, divided, deed, http, reserve } = credits;
afterAll(http.close);

const scope = { ...noScope, province: alborz };
const slicesOf = (lineId: string) =>
  read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));

async function familyLine(amount = 1_000_000_000n) {
  const lineId = await openedLine(amount);
  const root = must((await slicesOf(lineId))[0], 'a root').id;
  await divided(root, byCounties(amount));
  const slices = await slicesOf(lineId);
  const at = (code: string): string =>
    must(
      slices.find(({ countyCode }) => countyCode === code),
      code,
    ).id;
  return { lineId, root, karaj: at(karaj), fardis: at(fardis) };
}

const orderOf = (fromSliceId: string, toSliceId: string, amount: bigint) => ({
  id: freshId(),
  reason: 'جذب کند است',
  moves: [{ fromSliceId, toSliceId, amount: String(amount) }],
});
const approval = (change: Record<string, unknown> = {}) => ({
  id: freshId(),
  resolutionNumber: '12',
  resolutionDay: '2023-12-19',
  seenVersion: 1,
  ...change,
});

type Order = ReturnType<typeof orderOf>;
const propose = (parentId: string, order: Order, by: Name = 'deputy') =>
  deed(by, (doing) => proposeReallocation(doing, { parentId, order }));
const approve = (reallocationId: string, order = approval(), by: Name = 'director') =>
  deed(by, (doing) => approveReallocation(doing, { reallocationId, order }));
const withdraw = (reallocationId: string, by: Name = 'deputy') =>
  deed(by, (doing) =>
    withdrawReallocation(doing, {
      reallocationId,
      order: { id: freshId(), seenVersion: 1, reason: 'اشتباه' },
    }),
  );

/** What a slice has free, by share. */
async function free(sliceId: string): Promise<Record<string, bigint>> {
  const sums = await read(house.db, scope, (tx) =>
    listAccountSums(tx, { provinceId: alborz, lineId: null, id: sliceId }),
  );
  return Object.fromEntries(
    sums.filter(({ stage }) => stage === 'available').map(({ share, balance }) => [share, balance]),
  );
}

const whole = async (sliceId: string): Promise<bigint> =>
  Object.values(await free(sliceId)).reduce((sum, one) => sum + one, 0n);

describe('an approved transfer', () => {
  test('moves the money with its lock in proportion; the line and its locks stay whole', async () => {
    const line = await familyLine();
    const [from, to] = [await free(line.karaj), await free(line.fardis)];
    const order = orderOf(line.karaj, line.fardis, 100_000_001n);
    done(await propose(line.root, order));
    expect(await free(line.karaj)).toEqual(from);
    done(await approve(order.id));
    const [left, got] = [await free(line.karaj), await free(line.fardis)];
    const moved = (share: string): bigint => (from[share] ?? 0n) - (left[share] ?? 0n);
    expect(moved('open') + moved('cooperative')).toBe(100_000_001n);
    const all = (from['open'] ?? 0n) + (from['cooperative'] ?? 0n);
    const due = (100_000_001n * (from['cooperative'] ?? 0n)) / all;
    expect([due, due + 1n]).toContain(moved('cooperative'));
    for (const share of ['open', 'cooperative'])
      expect((got[share] ?? 0n) - (to[share] ?? 0n)).toBe(moved(share));
    expect(await read(house.db, scope, (tx) => findBreaches(tx, alborz))).toEqual([]);
    // What each slice was given follows: the figure of the county is its records (L8).
    const { rows } = await read(house.db, scope, (tx) =>
      sql<{ id: string; given: bigint }>`
        select slice_id as id, sum(amount)::bigint as given from credit.read_movement
        where line_id = ${line.lineId} and stage = 'sliced' group by slice_id
      `.execute(tx),
    );
    const given = new Map(rows.map(({ id, given: sum }) => [id, sum]));
    expect([given.get(line.karaj), given.get(line.fardis)]).toEqual([
      await whole(line.karaj),
      await whole(line.fardis),
    ]);
    expect(given.has(line.root)).toBe(false);
    // The parent only passes it on.
    expect(await whole(line.root)).toBe(0n);
  });

  test('goes out of a slice whose reserve is used up', async () => {
    const line = await familyLine();
    const { cooperative = 0n, open = 0n } = await free(line.karaj);
    done(await reserve(line.karaj, awardOrder(cooperative, 'cooperative', { happenedOn: '2023-12-01' })));
    const order = orderOf(line.karaj, line.fardis, 1_000n);
    done(await propose(line.root, order));
    done(await approve(order.id));
    expect(await free(line.karaj)).toMatchObject({ cooperative: 0n, open: open - 1_000n });
    expect(await read(house.db, scope, (tx) => findBreaches(tx, alborz))).toEqual([]);
  });

  test('never touches what is committed: an award since the proposal makes it too much', async () => {
    const line = await familyLine();
    const most = await whole(line.fardis);
    const order = orderOf(line.fardis, line.karaj, most);
    done(await propose(line.root, order));
    done(await reserve(line.fardis, awardOrder(1000n, 'person', { happenedOn: '2023-12-01' })));
    const told = await approve(order.id);
    expect(told.ok ? null : told.refusal).toMatchObject({
      kind: 'GiverShort',
      left: most - 1000n,
      asked: most,
    });
    expect(await whole(line.fardis)).toBe(most - 1000n);
    // The refused approval is no act: the case waits as before, and may be withdrawn.
    done(await withdraw(order.id));
    expect(outcome(await approve(order.id, approval({ seenVersion: 2 })))).toBe('ActUnlawful');
  });

  test('is refused past the deadline, ahead of today, to strangers, to itself, both ways, and by its proposer', async () => {
    const line = await familyLine();
    const other = await familyLine();
    const order = orderOf(line.karaj, line.fardis, 1000n);
    done(await propose(line.root, order));
    const day = (resolutionDay: string) => approve(order.id, approval({ resolutionDay }));
    expect(outcome(await day('2024-01-05'))).toBe('DayAhead');
    expect(outcome(await day('2023-01-05'))).toBe('DayBeforeLetter');
    for (const name of ['deputy', 'deputyAgain'] as const)
      expect(outcome(await approve(order.id, approval(), name))).toBe('OwnTransfer');
    expect(outcome(await propose(line.root, orderOf(line.karaj, other.fardis, 1n)))).toBe('NotSiblings');
    expect(outcome(await propose(line.root, orderOf(line.karaj, line.karaj, 1n)))).toBe('MoveToItself');
    const both = orderOf(line.karaj, line.fardis, 5n);
    both.moves.push({ fromSliceId: line.fardis, toSliceId: line.karaj, amount: '5' });
    expect(outcome(await propose(line.root, both))).toBe('GivesAndTakes');
    expect(outcome(await propose(freshId(), orderOf(line.karaj, line.fardis, 1n)))).toBe('SliceMissing');
    expect(outcome(await approve(freshId()))).toBe('ReallocationMissing');
  });

  test('keeps the floor and cap of the formula in force', async () => {
    const lineId = await openedLine(1_000_000_000n);
    const root = must((await slicesOf(lineId))[0], 'a root').id;
    const order = byCounties(1_000_000_000n);
    const formula = { ...order.by.formula, floor: '20000000', zeroBecause: order.by.formula.zeroBecause };
    await divided(root, { ...order, by: { axis: 'county', formula } });
    const { siblings } = done(
      await deed('deputy', async (doing) => ok(must(await familyOf(doing, root), 'a family'))),
    );
    const small = must(
      siblings.find(({ amount }) => amount === 20_000_000n),
      'a county at its floor',
    );
    const large = must(siblings.toSorted((a, b) => (a.amount > b.amount ? -1 : 1))[0], 'the largest');
    const told = await propose(root, orderOf(small.id, large.id, 1n));
    expect(told.ok ? null : told.refusal).toMatchObject({ kind: 'BelowFloor', floor: 20_000_000n, most: 0n });
  });

  test('acts once: the same proposal and approval again change nothing (L5)', async () => {
    const line = await familyLine();
    const order = orderOf(line.karaj, line.fardis, 7000n);
    const first = approval();
    done(await propose(line.root, order));
    done(await propose(line.root, order));
    expect(outcome(await propose(line.root, { ...order, reason: 'دیگر' }))).not.toBe('ok');
    done(await approve(order.id, first));
    const after = await free(line.fardis);
    done(await approve(order.id, first));
    done(await propose(line.root, order));
    expect(await free(line.fardis)).toEqual(after);
  });
});

describe('races', () => {
  test('two transfers and awards out of one slice never pass what it has', { timeout: 60_000 }, async () => {
    const line = await familyLine();
    const start = await whole(line.fardis);
    const part = start / 3n;
    const orders = Array.from({ length: 4 }, () => orderOf(line.fardis, line.karaj, part));
    const back = orderOf(line.karaj, line.fardis, 1000n);
    for (const order of [...orders, back]) done(await propose(line.root, order));
    const karajStart = await whole(line.karaj);
    const results = await Promise.all([
      ...orders.map(({ id }) => approve(id)),
      approve(back.id),
      ...Array.from({ length: 4 }, () =>
        reserve(line.fardis, awardOrder(part / 2n, 'person', { happenedOn: '2023-12-01' })),
      ),
    ]);
    const kinds = results.map(outcome);
    const moved = BigInt(kinds.slice(0, 4).filter((kind) => kind === 'ok').length) * part;
    const returned = kinds[4] === 'ok' ? 1000n : 0n;
    const awarded = BigInt(kinds.slice(5).filter((kind) => kind === 'ok').length) * (part / 2n);
    expect(await whole(line.fardis)).toBe(start - moved + returned - awarded);
    expect(await whole(line.karaj)).toBe(karajStart + moved - returned);
    expect(new Set(kinds.filter((kind) => kind !== 'ok'))).not.toContain('undefined');
    expect(kinds.slice(0, 4)).toContain('GiverShort');
    expect(await read(house.db, scope, (tx) => findBreaches(tx, alborz))).toEqual([]);
  });
});

describe('four eyes (L6) and what is appended (L4)', () => {
  test('hold in the database against the serving role', async () => {
    const line = await familyLine();
    const order = orderOf(line.karaj, line.fardis, 1000n);
    done(await propose(line.root, order));
    const forge = (approver: Name, proposer: Name) =>
      inTransaction(house.db, scope, async (tx) => {
        const [by, from] = [credits.actor(approver), credits.actor(proposer)];
        await sql`
          insert into credit.reallocation_approval (province_id, reallocation_id, proposed_by_person,
            approved_by_person, approved_by_user, resolution_number, resolution_day)
          values (${alborz}, ${order.id}, ${from.personId}, ${by.personId}, ${by.userId}, '1', '2023-12-01')
        `.execute(tx);
        return ok();
      });
    await expect(forge('deputy', 'deputy')).rejects.toThrow(/reallocation_approval_four_eyes/);
    await expect(forge('deputyAgain', 'deputy')).rejects.toThrow(/reallocation_approval_four_eyes/);
    await expect(forge('deputy', 'director')).rejects.toThrow(/reallocation_approval_proposer_fk/);
    const other = await familyLine();
    const stray = (from: string, to: string) =>
      inTransaction(house.db, scope, async (tx) => {
        await sql`
          insert into credit.reallocation_move (province_id, reallocation_id, move_number, parent_id, from_slice_id,
            to_slice_id, amount)
          values (${alborz}, ${order.id}, 9, ${line.root}, ${from}, ${to}, 5)
        `.execute(tx);
        return ok();
      });
    await expect(stray(line.karaj, other.fardis)).rejects.toThrow(/reallocation_move_to_fk/);
    await expect(stray(line.karaj, line.karaj)).rejects.toThrow(/reallocation_move_between_two/);
    for (const table of ['reallocation', 'reallocation_move', 'reallocation_approval'])
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
  });
});

describe('every act on a transfer', () => {
  const outside: Partial<Record<Name, string>> = {
    lorestanOffice: 'OtherProvince',
    lorestanDirector: 'OtherProvince',
    administrator: 'OtherProvince',
    auditor: 'ReadOnly',
    ministry: 'ReadOnly',
  };

  test('is done by whom and when the table says, and by nobody else', { timeout: 120_000 }, async () => {
    const line = await familyLine();
    const proposalIn = async (state: string): Promise<string> => {
      const order = orderOf(line.karaj, line.fardis, 10n);
      done(await propose(line.root, order, 'otherDeputy'));
      if (state === 'approved') done(await approve(order.id));
      if (state === 'withdrawn') done(await withdraw(order.id, 'otherDeputy'));
      return order.id;
    };
    const refusedOnes = new Map<string, string>();
    for (const name of names) {
      for (const { state, act, expected } of permissionsOf(reallocationKind, [credits.actor(name).role])) {
        const seenVersion = state === 'proposed' ? 1 : 2;
        const wanted = outside[name] ?? ('to' in expected ? 'ok' : expected.refusal);
        const make = async (): Promise<string> => {
          // Those who are refused share a case: nothing of it changes.
          const known = wanted === 'ok' ? undefined : refusedOnes.get(state);
          const made = known ?? (await proposalIn(state));
          if (wanted !== 'ok') refusedOnes.set(state, made);
          return made;
        };
        const told =
          act === 'propose_transfer'
            ? await http.post(name, {
                url: `slices/${line.root}/reallocations`,
                body: orderOf(line.karaj, line.fardis, 10n),
              })
            : act === 'approve_transfer'
              ? await http.post(name, {
                  url: `reallocations/${await make()}/approval`,
                  body: approval({ seenVersion }),
                })
              : await http.post(name, {
                  url: `reallocations/${await make()}/withdrawal`,
                  body: { id: freshId(), seenVersion, reason: 'نادرست' },
                });
        const own = name === 'otherDeputy' && act === 'approve_transfer';
        const hidden = ['karajOffice', 'fardisOffice', 'bank', 'agency', 'applicant'].includes(name);
        const unseen = hidden && act === 'propose_transfer';
        const kind = told.status < 300 ? 'ok' : problemShape.parse(told.body).kind;
        expect(`${name} ${state} ${act}: ${kind}`).toBe(
          `${name} ${state} ${act}: ${own ? 'OwnTransfer' : unseen ? 'SliceMissing' : wanted}`,
        );
      }
    }
  });

  test('stands in the README as its table says', () => {
    expect(readmeHasDiagram(new URL('../README.md', import.meta.url), reallocationKind)).toBe(true);
  });
});

describe('what is read', () => {
  test(
    'a draft out of forecasts keeps every rule when proposed as it stands',
    { timeout: 60_000 },
    async () => {
      const line = await familyLine(100_000_000_000n);
      // Fardis draws every week and runs out; Karaj, five times as large, draws nothing.
      const weekly = (await whole(line.fardis)) / 15n;
      for (let week = 0; week < 9; week += 1) {
        const happenedOn = new Date(Date.UTC(2023, 9, 20 + 7 * week)).toISOString().slice(0, 10);
        done(await reserve(line.fardis, awardOrder(weekly, 'person', { happenedOn })));
      }
      const draft = reallocationDraftShape.parse(
        (await http.get('deputy', `slices/${line.root}/reallocation-draft`)).body,
      );
      const step = must(draft.steps[0], 'a step');
      for (const { fromSliceId, toSliceId } of draft.steps)
        expect([fromSliceId === line.fardis, toSliceId]).toEqual([false, line.fardis]);
      expect(BigInt(step.why.wanted) > BigInt(step.why.available)).toBe(true);
      const moves = draft.steps.map(({ fromSliceId, toSliceId, amount }) => ({
        fromSliceId,
        toSliceId,
        amount,
      }));
      const order = { id: freshId(), reason: 'پیش‌نویس پیش‌بینی', moves };
      const said = await http.post('deputy', { url: `slices/${line.root}/reallocations`, body: order });
      expect(said.status).toBe(201);
      done(await approve(order.id));
      const page = reallocationAnswerShape.parse(
        (await http.get('auditor', `reallocations/${order.id}`)).body,
      );
      expect([page.state, page.moves.length]).toEqual(['approved', moves.length]);
      expect((await http.get('karajOffice', `reallocations/${order.id}`)).status).toBe(404);
    },
  );

  test('the forecasts of a line: the province sees all slices, a county its own', async () => {
    const line = await familyLine();
    const page = lapsePageShape.parse((await http.get('auditor', `lines/${line.lineId}/lapse`)).body);
    expect(page.rows.map(({ sliceId }) => sliceId)).toContain(line.root);
    const sum = page.rows
      .filter(({ parentId }) => parentId === line.root)
      .reduce((all, row) => all + rial(row.available), 0n);
    expect(page.rows.find(({ sliceId }) => sliceId === line.root)?.available).toBe(sum.toString());
    const own = lapsePageShape.parse((await http.get('karajOffice', `lines/${line.lineId}/lapse`)).body);
    expect([own.rootSliceId, own.rows.map(({ sliceId }) => sliceId)]).toEqual([null, [line.karaj]]);
    expect((await http.get('lorestanDirector', `lines/${line.lineId}/lapse`)).status).toBe(403);
    expect((await http.get('bank', `slices/${line.root}/reallocation-draft`)).status).toBe(404);
  });
});

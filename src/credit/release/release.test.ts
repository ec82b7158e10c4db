import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { type Rial, rial, zero } from '#kernel/rial.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import {
  type Name,
  alborz,
  awardOrder,
  byKeys,
  cutOrder,
  done,
  freshId,
  letterOrder,
  names,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { permissionsOf } from '#testing/permissions.ts';
import { openShare } from '../contract.ts';
import { findBreaches } from '../law/actions.ts';
import { wordsOfBreach } from '../law/words.ts';
import { listAccountSums, listSlices } from '../queries.ts';
import { approveRelease, proposeRelease, withdrawRelease } from './actions.ts';
import { releaseRefusalStatus, releasesShape } from './contract.ts';
import { decideRelease, releaseKind } from './rules.ts';
import { versionsShape } from '../version/contract.ts';
import { releaseRefusalWords } from './words.ts';

const house = await openHouse();
const wrongdoer = await openWrongdoer(house);
const credits = await openCredits(house);
const { http, deed, reserve } = credits;
afterAll(http.close);
const scope = { ...noScope, province: alborz };

const order = (amount: bigint, share = 'cooperative') => ({
  id: freshId(),
  share,
  amount: String(amount),
  reason: 'تعاونی نیازمندی نمانده است',
});
const approval = (change: Record<string, unknown> = {}) => ({
  id: freshId(),
  resolutionNumber: '۷/۲',
  resolutionDay: '2024-01-10',
  seenVersion: 1,
  ...change,
});
const withdrawal = (seenVersion = 1) => ({ id: freshId(), seenVersion, reason: 'نادرست' });
const propose = (sliceId: string, given: ReturnType<typeof order>, by: Name = 'deputy') =>
  deed(by, (doing) => proposeRelease(doing, { sliceId, order: given }));
const approve = (releaseId: string, given = approval(), by: Name = 'director') =>
  deed(by, (doing) => approveRelease(doing, { releaseId, order: given }));
const withdraw = (releaseId: string, by: Name = 'deputy') =>
  deed(by, (doing) => withdrawRelease(doing, { releaseId, order: withdrawal() }));

/** What a slice itself has available, by share. */
async function freeOf(sliceId: string): Promise<Record<string, bigint>> {
  const sums = await read(house.db, scope, (tx) =>
    listAccountSums(tx, { provinceId: alborz, lineId: null, id: sliceId }),
  );
  return Object.fromEntries(
    sums.filter(({ stage }) => stage === 'available').map(({ share, balance }) => [share, balance]),
  );
}
const slicesOf = (lineId: Id) =>
  read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));
const breaches = () => read(house.db, scope, (tx) => findBreaches(tx, alborz));

/** A line of `amount`, a quarter of it for cooperatives. */
async function rootOf(amount: bigint): Promise<{ readonly lineId: Id; readonly root: Id }> {
  const lineId = await credits.openedLine(amount, { deadline: '2026-03-20' });
  return { lineId, root: must((await slicesOf(lineId))[0], 'a root').id };
}

describe('what may be released', () => {
  const shares = fc.constantFrom('cooperative', 'cooperative/rural', 'target_group', openShare);
  const sums = fc.bigInt(0n, 10n ** 15n).map(rial);

  test('is never more than what is locked and free, never of the open part, and always down to the rial', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(shares, sums), { selector: ([share]) => share }),
        shares,
        fc.bigInt(1n, 10n ** 15n),
        (held, share, amount) => {
          const available = new Map<string, Rial>(held);
          const left = share === openShare ? zero : (available.get(share) ?? zero);
          const told = decideRelease({ available, share, amount: rial(amount) });
          expect(told.ok).toBe(amount <= left);
          if (told.ok) return;
          if (told.refusal.kind === 'ReleaseTooLarge')
            expect(decideRelease({ available, share, amount: told.refusal.left }).ok).toBe(true);
          else if (told.refusal.kind === 'NothingLocked')
            for (const one of told.refusal.held)
              expect(decideRelease({ available, share: one, amount: rial(1n) }).ok).toBe(true);
        },
      ),
    );
  });

  test('every refusal has both languages, and names the nearest change', () => {
    const [left, asked] = [rial(5n), rial(6n)];
    const large = releaseRefusalWords.ReleaseTooLarge({
      kind: 'ReleaseTooLarge',
      field: 'amount',
      share: 'cooperative/rural',
      left,
      asked,
    });
    expect([large.fa, large.en].join()).toMatch(/روستاییان.*۵ ریال.*۶ ریال.*rural.*5 rials.*6 rials/);
    const none = { kind: 'NothingLocked', field: 'share', share: 'rural' } as const;
    expect(releaseRefusalWords.NothingLocked({ ...none, held: ['cooperative'] }).fa).toContain(
      '«سهم تعاونی‌ها»',
    );
    expect(releaseRefusalWords.NothingLocked({ ...none, held: [] }).en).toMatch(/choose another slice\.$/);
    const { ReleaseMissing, OwnRelease } = releaseRefusalWords;
    for (const { fa } of [
      ReleaseMissing({ kind: 'ReleaseMissing', releaseId: 'x' }),
      OwnRelease({ kind: 'OwnRelease', releaseId: 'x' }),
    ])
      expect(fa).toMatch(/^[^A-Za-z]+\.$/);
    expect(Object.keys(releaseRefusalWords).toSorted()).toEqual(Object.keys(releaseRefusalStatus).toSorted());
  });
});

describe('a release, as a clerk knows it', () => {
  test('moves what was decided from the locked share to the open part of its own slice, once (L1, L3, L5, L6)', async () => {
    const { lineId, root } = await rootOf(1000n);
    await credits.divided(root, byKeys('round', [['1', 600n]]));
    const part = must(
      (await slicesOf(lineId)).find(({ roundNumber }) => roundNumber === 1),
      'a part',
    ).id;
    const given = order(60n);
    done(await propose(part, given));
    done(await propose(part, given));
    expect(await freeOf(part)).toEqual({ open: 450n, cooperative: 150n });
    const signed = approval();
    done(await approve(given.id, signed));
    done(await approve(given.id, signed));
    expect(await freeOf(part)).toEqual({ open: 510n, cooperative: 90n });
    expect(await freeOf(root)).toEqual({ open: 300n, cooperative: 100n });
    // Whoever qualifies draws on it now; the rest stays the cooperatives'.
    done(await reserve(part, awardOrder(510n)));
    expect(outcome(await reserve(part, awardOrder(1n)))).toBe('SliceExhausted');
    expect(await breaches()).toEqual([]);
    const { releasable, releases } = releasesShape.parse(
      (await http.get('deputy', `lines/${lineId}/releases`)).body,
    );
    expect(new Map(releasable.map(({ sliceId, amount }) => [sliceId, amount]))).toEqual(
      new Map([
        [root, '100'],
        [part, '90'],
      ]),
    );
    expect(releases).toMatchObject([{ id: given.id, state: 'approved', resolutionNumber: '7/2' }]);
    const compared = versionsShape.parse((await http.get('deputy', `slices/${root}/versions`)).body);
    expect(compared.state).toBe('divided');
    expect(compared.versions.map((version) => version.deed)).toEqual(['division', 'release']);
    expect(compared.versions[1]).toMatchObject({ deedId: given.id, documentNumber: '7/2', amount: '600' });
    expect(compared.totals).toMatchObject({
      before: { amount: '600', locked: '150' },
      after: { amount: '600', locked: '90' },
    });
  });

  test('never takes what is committed or handed to parts, also where that happened since it was proposed', async () => {
    const { root } = await rootOf(1000n);
    const all = order(250n);
    done(await propose(root, all));
    done(await reserve(root, awardOrder(100n, 'cooperative')));
    expect(await approve(all.id)).toMatchObject({
      refusal: { kind: 'ReleaseTooLarge', left: 150n, asked: 250n },
    });
    await credits.divided(root, byKeys('round', [['1', 450n]]));
    const { cooperative } = await freeOf(root);
    expect(await propose(root, order(must(cooperative, 'a lock') + 1n))).toMatchObject({
      refusal: { kind: 'ReleaseTooLarge', left: cooperative },
    });
    expect(outcome(await propose(root, order(1n, openShare)))).toBe('NothingLocked');
    expect(await propose(root, order(1n, 'rural'))).toMatchObject({
      refusal: { kind: 'NothingLocked', held: ['cooperative'] },
    });
    done(await withdraw(all.id));
    expect(outcome(await approve(all.id, approval({ seenVersion: 2 })))).toBe('ActUnlawful');
  });

  test(
    'keeps its laws against awards, releases and letters at the same time',
    { timeout: 60_000 },
    async () => {
      const { lineId, root } = await rootOf(1000n);
      const orders = Array.from({ length: 5 }, () => order(60n));
      for (const one of orders) done(await propose(root, one));
      const told = await Promise.all([
        ...orders.map(({ id }) => approve(id)),
        ...Array.from({ length: 3 }, () => reserve(root, awardOrder(10n, 'cooperative'))),
      ]);
      const kinds = told.map(outcome);
      // 250 are locked; whatever comes first, three or four releases of 60 have room beside the awards.
      expect(new Set(kinds.slice(0, 5))).toEqual(new Set(['ok', 'ReleaseTooLarge']));
      const freed = BigInt(kinds.slice(0, 5).filter((kind) => kind === 'ok').length) * 60n;
      expect(await freeOf(root)).toEqual({ open: 750n + freed, cooperative: 250n - freed - 30n });
      const sums = await read(house.db, scope, (tx) =>
        listAccountSums(tx, { provinceId: alborz, lineId, id: null }),
      );
      expect(sums.reduce((sum, { balance }) => sum + balance, 0n)).toBe(1000n);
      for (const { balance } of sums) expect(balance).toBeGreaterThanOrEqual(0n);
      done(await credits.notify(lineId, letterOrder(100n)));
      done(await credits.cut(lineId, cutOrder(4, 50n)));
      expect(await breaches()).toEqual([]);
    },
  );

  test('is refused ahead of today, before the letter, past the deadline, and to its proposer under any account', async () => {
    const { root } = await rootOf(1000n);
    const given = order(10n);
    done(await propose(root, given));
    const on = (resolutionDay: string) => approve(given.id, approval({ resolutionDay }));
    expect(outcome(await on('2025-01-01'))).toBe('DayAhead');
    expect(outcome(await on('2023-01-05'))).toBe('DayBeforeLetter');
    for (const name of ['deputy', 'deputyAgain'] as const)
      expect(outcome(await approve(given.id, approval(), name))).toBe('OwnRelease');
    const late = await credits.openedLine(1000n);
    const lateRoot = must((await slicesOf(late))[0], 'a root').id;
    const lateOrder = order(10n);
    done(await propose(lateRoot, lateOrder));
    const past = approval({ resolutionDay: '2024-03-20' });
    expect(outcome(await approve(lateOrder.id, past))).toBe('DayPastDeadline');
    // What was resolved in time is recorded late.
    done(await approve(lateOrder.id, approval({ resolutionDay: '2024-03-19' })));
    expect(outcome(await approve(freshId()))).toBe('ReleaseMissing');
    expect(outcome(await propose(freshId(), order(10n)))).toBe('SliceMissing');
  });
});

describe('four eyes (L6) and what is appended (L4)', () => {
  test('hold in the database against the serving role', async () => {
    const { root } = await rootOf(1000n);
    const given = order(10n);
    done(await propose(root, given));
    const forge = (approver: Name, proposer: Name) =>
      inTransaction(house.db, scope, async (tx) => {
        const [by, from] = [credits.actor(approver), credits.actor(proposer)];
        await sql`
          insert into credit.release_approval (province_id, release_id, proposed_by_person, approved_by_person,
            approved_by_user, resolution_number, resolution_day)
          values (${alborz}, ${given.id}, ${from.personId}, ${by.personId}, ${by.userId}, '1', '2024-01-10')
        `.execute(tx);
        return ok();
      });
    await expect(forge('deputy', 'deputy')).rejects.toThrow(/release_approval_four_eyes/);
    await expect(forge('deputyAgain', 'deputy')).rejects.toThrow(/release_approval_four_eyes/);
    await expect(forge('deputy', 'director')).rejects.toThrow(/release_approval_proposer_fk/);
    for (const table of ['release', 'release_approval'])
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
    const seen = (county: string | null, province = alborz) =>
      read(house.db, { ...noScope, province, county }, (tx) =>
        sql`select id from credit.release where id = ${given.id}`.execute(tx),
      );
    expect([(await seen(null)).rows.length, (await seen('3001')).rows.length]).toEqual([1, 0]);
    expect((await seen(null, 15)).rows).toEqual([]);
  });

  test('verify names a release that no second person approved, or that moved another sum (L3)', async () => {
    const { lineId, root } = await rootOf(1000n);
    const given = order(10n);
    done(await propose(root, given));
    done(await approve(given.id));
    const broken = async (statement: string, back: string) => {
      await wrongdoer.query(statement, [given.id]);
      const found = await breaches();
      for (const breach of found) expect(wordsOfBreach(breach).en).toMatch(/^L[36]: credit\./);
      await wrongdoer.query(back, [given.id]);
      expect(await breaches()).toEqual([]);
      return found.map(({ kind, id }) => [kind, id === given.id ? 'release' : id === lineId ? 'line' : id]);
    };
    const both = [
      ['ReserveNotLocked', 'line'],
      ['ReleasedApart', 'release'],
    ];
    expect(
      await broken(
        'update credit.release_approval set release_id = gen_random_uuid(), province_id = 99 where release_id = $1',
        'update credit.release_approval set release_id = $1, province_id = 30 where province_id = 99',
      ),
    ).toEqual(both);
    expect(
      await broken(
        'update credit.release set amount = amount + 1 where id = $1',
        'update credit.release set amount = amount - 1 where id = $1',
      ),
    ).toEqual(both);
    expect(
      await broken(
        'update credit.release_approval set approved_by_person = gen_random_uuid() where release_id = $1',
        `update credit.release_approval set approved_by_person = (
          select by_person from casework.read_act where case_id = $1 and act = 'approve_release'
        ) where release_id = $1`,
      ),
    ).toEqual([['OneEye', 'release']]);
  });
});

describe('every act on a release', () => {
  const outside: Partial<Record<Name, string>> = {
    lorestanOffice: 'OtherProvince',
    lorestanDirector: 'OtherProvince',
    administrator: 'OtherProvince',
    auditor: 'ReadOnly',
    ministry: 'ReadOnly',
  };

  test('is done by whom and when the table says, and by nobody else', { timeout: 120_000 }, async () => {
    const { root } = await rootOf(100_000n);
    const releaseIn = async (state: string): Promise<string> => {
      const given = order(10n);
      done(await propose(root, given, 'otherDeputy'));
      if (state === 'approved') done(await approve(given.id));
      if (state === 'withdrawn') done(await withdraw(given.id, 'otherDeputy'));
      return given.id;
    };
    const shared = new Map<string, string>();
    for (const name of names)
      for (const { state, act, expected } of permissionsOf(releaseKind, [credits.actor(name).role])) {
        const seenVersion = state === 'proposed' ? 1 : 2;
        const wanted = outside[name] ?? ('to' in expected ? 'ok' : expected.refusal);
        const make = async (): Promise<string> => {
          // Those who are refused share a case: nothing of it changes.
          const made = (wanted === 'ok' ? undefined : shared.get(state)) ?? (await releaseIn(state));
          if (wanted !== 'ok') shared.set(state, made);
          return made;
        };
        const told =
          act === 'propose_release'
            ? await http.post(name, { url: `slices/${root}/releases`, body: order(10n) })
            : act === 'approve_release'
              ? await http.post(name, {
                  url: `releases/${await make()}/approval`,
                  body: approval({ seenVersion }),
                })
              : await http.post(name, {
                  url: `releases/${await make()}/withdrawal`,
                  body: withdrawal(seenVersion),
                });
        const own = name === 'otherDeputy' && act === 'approve_release';
        const kind = told.status < 300 ? 'ok' : problemShape.parse(told.body).kind;
        expect(`${name} ${state} ${act}: ${kind}`).toBe(
          `${name} ${state} ${act}: ${own ? 'OwnRelease' : wanted}`,
        );
      }
  });

  test('the list: the province sees it, another province does not', async () => {
    const { lineId } = await rootOf(1000n);
    expect((await http.get('auditor', `lines/${lineId}/releases`)).status).toBe(200);
    expect((await http.get('lorestanDirector', `lines/${lineId}/releases`)).status).toBe(403);
    expect((await http.get('karajOffice', `lines/${lineId}/releases`)).status).toBe(404);
  });

  test('stands in the README as its table says', () => {
    expect(readmeHasDiagram(new URL('../README.md', import.meta.url), releaseKind)).toBe(true);
  });
});

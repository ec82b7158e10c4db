import * as fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import type { CaseKind } from '#kernel/state.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import type { Scope } from '#platform/db.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { openHouse } from '#testing/house.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import { act, caseAsOf, caseOf, openCase, rebuild, syncTransitions, timelineOf } from './actions.ts';
import type { ActBy, Acted, ActOrder, Case, CaseRefusal } from './contract.ts';

const house = await openHouse();
const provinceId = 5;
const scopeOf = (change: Partial<Scope>): Scope => ({ ...noScope, province: provinceId, ...change });
const scope = scopeOf({});
const newId = (): Id => must(freshIds(1)[0], 'an id');

const roles = ['applicant', 'agency', 'deputy'] as const;

/** A licence as an office knows it, enough of it to go wrong in every way. */
const licence = {
  kind: 'sample_licence',
  start: { act: 'apply', state: 'applied', may: ['applicant', 'agency'] },
  table: {
    applied: { sign: 'signed', turn_down: 'turned_down', issue: 'refused', reopen: 'refused' },
    signed: { sign: 'refused', turn_down: 'turned_down', issue: 'issued', reopen: 'refused' },
    issued: { sign: 'refused', turn_down: 'refused', issue: 'refused', reopen: 'applied' },
    turned_down: { sign: 'refused', turn_down: 'refused', issue: 'refused', reopen: 'applied' },
  },
  may: { sign: ['agency'], turn_down: ['agency', 'deputy'], issue: ['deputy'], reopen: ['deputy'] },
  closed: [],
} as const satisfies CaseKind;

beforeAll(() => syncTransitions(house.owner, [licence]));

const doers = new Map(roles.map((role) => [role as string, { userId: newId(), personId: newId(), role }]));
const by = (role: string): ActBy => must(doers.get(role), `nobody is ${role}`);

type Opened = Partial<Pick<Case, 'countyCode' | 'officeId' | 'subjectId'>> & {
  readonly caseId?: Id;
  readonly id?: Id;
  readonly role?: string;
  readonly scope?: Scope;
  readonly reason?: string;
};

const opening = (given: Opened = {}): Promise<Result<Acted, CaseRefusal>> => {
  const asked = {
    id: given.id ?? newId(),
    caseId: given.caseId ?? newId(),
    provinceId,
    countyCode: given.countyCode ?? null,
    officeId: given.officeId ?? null,
    subjectId: given.subjectId ?? null,
    facts: { letter: '12/1403' },
    reason: given.reason ?? null,
    happenedOn: day('1403-06-10'),
  };
  return inTransaction(house.db, given.scope ?? scope, (tx) =>
    openCase(tx, licence, { opening: asked, by: by(given.role ?? 'applicant'), clock: house.clock }),
  );
};

async function opened(given: Opened = {}): Promise<Id> {
  const result = await opening(given);
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value.case.id;
}

const orderFor = (caseId: Id, name: string, change: Partial<ActOrder> = {}): ActOrder => ({
  id: newId(),
  caseId,
  act: name,
  seenVersion: null,
  facts: {},
  reason: null,
  happenedOn: day('1403-06-15'),
  ...change,
});

const doAct = (order: ActOrder, role: string, within: Scope = scope): Promise<Result<Acted, CaseRefusal>> =>
  inTransaction(house.db, within, (tx) =>
    act(tx, licence, { provinceId, order, by: by(role), clock: house.clock }),
  );

const found = (caseId: Id, within: Scope = scope): Promise<Case | undefined> =>
  read(house.db, within, (tx) => caseOf(tx, { provinceId, caseId }));

/** Brings a new case into a state by lawful acts of those who may. */
async function broughtTo(state: string): Promise<Id> {
  const caseId = await opened();
  for (const step of must(wayTo(licence, state), `a way to ${state}`).slice(1)) {
    const role = must(
      roles.find((name) => mayDo(step.act, name)),
      'somebody who may',
    );
    expect((await doAct(orderFor(caseId, step.act), role)).ok).toBe(true);
  }
  return caseId;
}

const mayDo = (name: string, role: string): boolean =>
  (new Map<string, readonly string[]>(Object.entries(licence.may)).get(name) ?? []).includes(role);

const outcome = (result: Result<Acted, CaseRefusal>): string =>
  result.ok ? result.value.outcome : result.refusal.kind;

const countedOutcomes = (results: readonly Result<Acted, CaseRefusal>[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of results.map(outcome)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

describe('every act, by every role, in every state', () => {
  test.each(permissionsOf(licence, roles).filter(({ state }) => state !== unborn))(
    '$act by $role in $state',
    async ({ state, act: name, role, expected }) => {
      const caseId = await broughtTo(state);
      const before = await found(caseId);
      const result = await doAct(orderFor(caseId, name), role);
      if ('to' in expected)
        expect(result).toMatchObject({ ok: true, value: { case: { state: expected.to } } });
      else {
        expect(result).toMatchObject({ ok: false, refusal: { kind: expected.refusal } });
        expect(await found(caseId)).toEqual(before);
      }
    },
  );

  test.each(permissionsOf(licence, roles).filter(({ state }) => state === unborn))(
    'opened by $role',
    async ({ role, expected }) => {
      const result = await opening({ role });
      if ('to' in expected)
        expect(result).toMatchObject({ ok: true, value: { case: { state: expected.to } } });
      else expect(result).toMatchObject({ ok: false, refusal: { kind: expected.refusal } });
    },
  );

  test('T4: random walks stand where their lawful acts lead, and the replay equals the projection', async () => {
    const tries = fc.array(
      fc.record({
        name: fc.constantFrom('sign', 'turn_down', 'issue', 'reopen'),
        role: fc.constantFrom(...roles),
        wait: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 25, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(tries, async (walk) => {
        const caseId = await opened();
        let state: string = 'applied';
        const known = new Map([[house.clock.now().getTime(), state]]);
        for (const { name, role, wait } of walk) {
          house.clock.advance(wait);
          const step = transitionsOf(licence).find((each) => each.from === state && each.act === name);
          const lawful = step !== undefined && mayDo(name, role);
          const result = await doAct(orderFor(caseId, name), role);
          expect(result.ok).toBe(lawful);
          if (lawful) state = step.to;
          known.set(house.clock.now().getTime(), state);
        }
        const stood = must(await found(caseId), 'a case');
        expect(stood.state).toBe(state);
        const acts = await read(house.db, scope, (tx) => timelineOf(tx, { provinceId, caseId }));
        expect(acts.map(({ seq }) => seq)).toEqual(acts.map((_, index) => index + 1));
        expect(stood.version).toBe(acts.length);
        for (const [instant, then] of known)
          expect(
            (await read(house.db, scope, (tx) => caseAsOf(tx, { provinceId, caseId }, new Date(instant))))
              ?.state,
          ).toBe(then);
        const rebuilt = await inTransaction(house.db, scope, async (tx) =>
          ok(await rebuild(tx, licence, { provinceId, caseId })),
        );
        expect(rebuilt).toEqual({ ok: true, value: stood });
      }),
      { numRuns: 25 },
    );
  });

  test('a clock that falls back never records an act before the one it follows', async () => {
    const caseId = await opened();
    const early = { now: () => new Date('2020-01-01T00:00:00Z') };
    await inTransaction(house.db, scope, (tx) =>
      act(tx, licence, { provinceId, order: orderFor(caseId, 'sign'), by: by('agency'), clock: early }),
    );
    const acts = await read(house.db, scope, (tx) => timelineOf(tx, { provinceId, caseId }));
    expect(acts.map(({ recordedAt }) => recordedAt)).toEqual([house.clock.now(), house.clock.now()]);
  });

  test('a projection that was led astray is put right by its acts', async () => {
    const caseId = await broughtTo('signed');
    const before = await found(caseId);
    await asApp(`update casework.case_file set state = 'issued', version = 9 where id = '${caseId}'`);
    expect(await found(caseId)).toMatchObject({ state: 'issued', version: 9 });
    await inTransaction(house.db, scope, async (tx) =>
      ok(await rebuild(tx, licence, { provinceId, caseId })),
    );
    expect(await found(caseId)).toEqual(before);
  });
});

describe('once', () => {
  test('T1: 50 parallel identical acts act once and answer 49 replays', async () => {
    const caseId = await opened();
    const order = orderFor(caseId, 'sign', { seenVersion: 1 });
    const results = await Promise.all(Array.from({ length: 50 }, () => doAct(order, 'agency')));
    expect(countedOutcomes(results)).toEqual({ acted: 1, replayed: 49 });
    expect(await found(caseId)).toMatchObject({ state: 'signed', version: 2 });
    await doAct(orderFor(caseId, 'issue'), 'deputy');
    expect(await doAct(order, 'agency')).toMatchObject({
      ok: true,
      value: { outcome: 'replayed', case: { state: 'signed', version: 2 } },
    });
  });

  test('T1: 50 parallel identical openings open one case', async () => {
    const same = { id: newId(), caseId: newId() };
    const results = await Promise.all(Array.from({ length: 50 }, () => opening(same)));
    expect(countedOutcomes(results)).toEqual({ acted: 1, replayed: 49 });
    expect(await found(same.caseId)).toMatchObject({ state: 'applied', version: 1 });
  });

  test('T3: the same id with another body, another doer or another case is refused and nothing is written', async () => {
    const caseId = await opened();
    const other = await opened();
    const order = orderFor(caseId, 'turn_down');
    await doAct(order, 'agency');
    const before = await read(house.db, scope, (tx) => timelineOf(tx, { provinceId, caseId }));
    for (const [tried, role] of [
      [{ ...order, reason: 'other' }, 'agency'],
      [order, 'deputy'],
      [{ ...order, caseId: other }, 'agency'],
    ] as const)
      expect(outcome(await doAct(tried, role))).toBe('ActOtherContent');
    expect(await read(house.db, scope, (tx) => timelineOf(tx, { provinceId, caseId }))).toEqual(before);
    expect(await found(other)).toMatchObject({ state: 'applied', version: 1 });
    expect(outcome(await opening({ id: newId(), caseId }))).toBe('ActOtherContent');
    const once = { id: newId(), caseId: newId() };
    await opening(once);
    expect(outcome(await opening({ ...once, reason: 'other' }))).toBe('ActOtherContent');
  });

  test('T12: two officers who saw the same version: one acts, the other is told that the case moved on', async () => {
    const caseId = await opened();
    const results = await Promise.all([
      doAct(orderFor(caseId, 'sign', { seenVersion: 1 }), 'agency'),
      doAct(orderFor(caseId, 'turn_down', { seenVersion: 1 }), 'deputy'),
    ]);
    expect(countedOutcomes(results)).toEqual({ acted: 1, CaseMovedOn: 1 });
    expect(results.find((result) => !result.ok)).toMatchObject({ refusal: { seen: 1, now: 2 } });
  });
});

const rowsSeen = (caseId: Id, within: Scope): Promise<bigint[]> =>
  read(house.db, within, async (tx) => {
    const { rows } = await sql<{ count: bigint }>`
      select count(*) as count from casework.read_case where id = ${caseId}
      union all
      select count(*) from casework.read_act where case_id = ${caseId}
    `.execute(tx);
    return rows.map(({ count }) => count);
  });

describe('who sees', () => {
  test('a case and its acts are seen in their province, county, office and by their subject, and nowhere else', async () => {
    const [officeId, subjectId] = [newId(), newId()];
    const caseId = await opened({ countyCode: '0501', officeId, subjectId });
    await doAct(orderFor(caseId, 'sign'), 'agency');
    const sees = async (within: Scope): Promise<boolean> => {
      const acts = await read(house.db, within, (tx) => timelineOf(tx, { provinceId, caseId }));
      const seen = (await found(caseId, within)) !== undefined;
      expect(acts.length).toBe(seen ? 2 : 0);
      // The policy alone says the same as the conditions of our own statements.
      expect(await rowsSeen(caseId, within)).toEqual(seen ? [1n, 2n] : [0n, 0n]);
      return seen;
    };
    for (const within of [
      {},
      { province: 'all' as const },
      { county: '0501' },
      { office: officeId },
      { person: subjectId },
      { county: '0501', office: officeId },
    ])
      expect(await sees(scopeOf(within)), JSON.stringify(within)).toBe(true);
    for (const within of [
      { province: 6 },
      { province: null },
      { county: '0502' },
      { office: newId() },
      { person: newId() },
      { county: '0502', office: officeId },
    ])
      expect(await sees(scopeOf(within)), JSON.stringify(within)).toBe(false);
  });

  test('a matter of the province is hidden from counties, offices and persons', async () => {
    const caseId = await opened();
    for (const within of [{ county: '0501' }, { office: newId() }, { person: newId() }]) {
      expect(await found(caseId, scopeOf(within))).toBeUndefined();
      expect(outcome(await doAct(orderFor(caseId, 'sign'), 'agency', scopeOf(within)))).toBe('CaseMissing');
    }
  });

  test('nobody opens or acts outside the own scope; readers of all provinces write in none', async () => {
    const caseId = await opened({ countyCode: '0501' });
    const other = scopeOf({ county: '0502' });
    await expect(opening({ countyCode: '0501', scope: other })).rejects.toThrow(/row-level security/);
    await expect(opening({ scope: scopeOf({ province: 'all' }) })).rejects.toThrow(/row-level security/);
    for (const within of [other, scopeOf({ province: 6 }), scopeOf({ province: 'all' })])
      expect(outcome(await doAct(orderFor(caseId, 'sign'), 'agency', within))).toBe('CaseMissing');
    expect(outcome(await opening({ caseId, countyCode: '0502', scope: other }))).toBe('ActOtherContent');
  });
});

const asApp = (statement: string): Promise<unknown> =>
  inTransaction(house.db, scope, async (tx) => {
    await sql.raw(statement).execute(tx);
    return ok();
  });

const written = (
  caseId: Id,
  row: { seq: number; prev: number | null; from: string; act: string; to: string },
): Promise<unknown> =>
  asApp(`
    insert into casework.act (
      province_id, id, case_id, kind, seq, prev_seq, act, from_state, to_state, by_user, by_person, by_role,
      facts, happened_on, recorded_at
    ) values (
      ${provinceId}, '${newId()}', '${caseId}', '${licence.kind}', ${row.seq}, ${row.prev ?? 'null'},
      '${row.act}', '${row.from}', '${row.to}', '${newId()}', '${newId()}', 'deputy', '{}', '2024-09-05', '2024-09-05'
    )
  `);

describe('what the database itself refuses to the serving role', () => {
  test('T4: every step that the table does not know, and every lawful one from the wrong state', async () => {
    const caseId = await broughtTo('signed');
    const states = [...Object.keys(licence.table), unborn];
    const names = [...Object.keys(licence.may), licence.start.act];
    const steps = transitionsOf(licence);
    for (const from of states)
      for (const name of names)
        for (const to of states) {
          const lawful = steps.some((step) => step.from === from && step.act === name && step.to === to);
          if (lawful && from === 'signed') continue;
          const refusal = from === unborn ? /act_first_is_birth/ : lawful ? /act_follows/ : /act_lawful/;
          await expect(written(caseId, { seq: 3, prev: 2, from, act: name, to })).rejects.toThrow(refusal);
        }
    // The one that follows from where the case stands is taken, so the refusals above were not for another fault.
    await written(caseId, { seq: 3, prev: 2, from: 'signed', act: 'issue', to: 'issued' });
  });

  test('a gap, a second act in one place, a second birth, an act of another kind, a reader who writes', async () => {
    const caseId = await broughtTo('signed');
    const issue = { from: 'signed', act: 'issue', to: 'issued' };
    await expect(written(caseId, { ...issue, seq: 4, prev: 2 })).rejects.toThrow(/act_names_the_one_before/);
    await expect(written(caseId, { ...issue, seq: 4, prev: 3 })).rejects.toThrow(/act_follows/);
    await expect(written(caseId, { ...issue, seq: 3, prev: null })).rejects.toThrow(
      /act_names_the_one_before/,
    );
    const sign = { from: 'applied', act: 'sign', to: 'signed' };
    await expect(written(caseId, { ...sign, seq: 2, prev: 1 })).rejects.toThrow(
      /act_one_in_place|act_followable/,
    );
    const birth = { from: unborn, act: 'apply', to: 'applied' };
    await expect(written(caseId, { ...birth, seq: 1, prev: null })).rejects.toThrow(
      /act_one_in_place|act_followable/,
    );
    await expect(written(newId(), { ...birth, seq: 1, prev: null })).rejects.toThrow(/act_of_case/);
    await expect(
      asApp(`update casework.case_file set county_code = '0501' where id = '${caseId}'`),
    ).rejects.toThrow(/permission denied/);
    await expect(asApp(`insert into casework.transition values ('a', 'b', 'c', 'd')`)).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('the declared steps', () => {
  test('are written again without change, and one that is no longer declared stays for its acts', async () => {
    await broughtTo('issued');
    const { issued, ...rest } = licence.table;
    const changed: CaseKind = { ...licence, table: { ...rest, issued: { ...issued, reopen: 'signed' } } };
    const steps = async (): Promise<unknown[]> => {
      const { rows } = await sql`
        select from_state || ' ' || act || ' ' || to_state as step, withdrawn
        from casework.transition where from_state = 'issued' order by 1
      `.execute(house.owner);
      return rows;
    };
    await syncTransitions(house.owner, [licence]);
    expect(await steps()).toEqual([{ step: 'issued reopen applied', withdrawn: false }]);
    await syncTransitions(house.owner, [changed]);
    expect(await steps()).toEqual([
      { step: 'issued reopen applied', withdrawn: true },
      { step: 'issued reopen signed', withdrawn: false },
    ]);
    await syncTransitions(house.owner, [licence]);
    expect(await steps()).toMatchObject([{ withdrawn: false }, { withdrawn: true }]);
    await expect(syncTransitions(house.owner, [licence, licence])).rejects.toThrow(/one name/);
  });
});

import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { must } from '#kernel/result.ts';
import { diagramOf, transitionsOf, unborn } from '#kernel/state.ts';
import type { CaseKind } from '#kernel/state.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { petition } from '#testing/cases.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import type { Act, ActBy, ActOrder, Case } from './contract.ts';
import { choicesOf, decideAct, decideOpening, faultsOf, isSameAct, replayCase, waitIn } from './rules.ts';
import { caseworkRefusalWords } from './words.ts';

const roles = ['deputy', 'bank', 'auditor'];

/** Kinds of case as rooms may declare them: total tables, some states out of reach, some acts for nobody. */
const kinds: fc.Arbitrary<CaseKind> = fc
  .record({ stateCount: fc.integer({ min: 1, max: 5 }), actCount: fc.integer({ min: 1, max: 4 }) })
  .chain(({ stateCount, actCount }) => {
    const states = Array.from({ length: stateCount }, (_, index) => `state ${index}`);
    const acts = Array.from({ length: actCount }, (_, index) => `act ${index}`);
    const cell = fc.constantFrom('refused', ...states);
    const row = fc.record(Object.fromEntries(acts.map((act) => [act, cell])));
    const mayDo = fc.subarray(roles);
    return fc.record({
      kind: fc.constant('sample'),
      start: fc.record({ act: fc.constant('open'), state: fc.constantFrom(...states), may: mayDo }),
      table: fc.record(Object.fromEntries(states.map((state) => [state, row]))),
      may: fc.record(Object.fromEntries(acts.map((act) => [act, mayDo]))),
      closed: fc.constant([]),
    });
  });

const [caseId, personId, actId] = freshIds(3);
const by = (role: string): ActBy => ({ userId: must(personId, 'id'), personId: must(personId, 'id'), role });
const file = (kind: CaseKind, state: string): Case => ({
  provinceId: 5,
  id: must(caseId, 'id'),
  kind: kind.kind,
  state,
  version: 3,
  countyCode: null,
  officeId: null,
  reviewOfficeId: null,
  subjectId: null,
});
const stand = {
  openerId: must(personId, 'id'),
  sinceOn: day('1403-06-10'),
  dueOn: null,
  today: day('1403-06-15'),
};
const order = (act: string, change: Partial<ActOrder> = {}): ActOrder => ({
  id: must(actId, 'id'),
  caseId: must(caseId, 'id'),
  act,
  seenVersion: 3,
  facts: {},
  reason: null,
  happenedOn: day('1403-06-15'),
  ...change,
});

describe('an act is decided as the table of its kind declares', () => {
  test('for every act, role and state', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        for (const { state, act, role, expected } of permissionsOf(kind, roles)) {
          const decision =
            state === unborn
              ? decideOpening({ kind, by: by(role) })
              : decideAct({ kind, file: file(kind, state), order: order(act), by: by(role), stand });
          if ('to' in expected) expect(decision).toEqual({ ok: true, value: expected.to });
          else expect(decision).toMatchObject({ ok: false, refusal: { kind: expected.refusal } });
        }
      }),
    );
  });

  test('and the buttons say the same, each greyed one with its reason', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        for (const state of Object.keys(kind.table))
          for (const role of roles)
            for (const choice of choicesOf(kind, state, role)) {
              const decision = decideAct({
                kind,
                file: file(kind, state),
                order: order(choice.act),
                by: by(role),
                stand,
              });
              expect(choice.lawful).toBe(decision.ok);
              expect(choice.because).toEqual(decision.ok ? null : decision.refusal);
            }
      }),
    );
  });

  test('names the states in which an unlawful act would be lawful', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        for (const { state, act, role, expected } of permissionsOf(kind, roles)) {
          if (!('refusal' in expected) || expected.refusal !== 'ActUnlawful') continue;
          const decision = decideAct({
            kind,
            file: file(kind, state),
            order: order(act),
            by: by(role),
            stand,
          });
          if (decision.ok || decision.refusal.kind !== 'ActUnlawful') throw new Error('lawful after all');
          const steps = transitionsOf(kind).filter((step) => step.act === act && step.from !== unborn);
          expect(decision.refusal.lawfulIn).toEqual(steps.map(({ from }) => from));
        }
      }),
    );
  });

  test('T12: an officer who saw an older version is told so, whatever the act', () => {
    fc.assert(
      fc.property(kinds, fc.integer({ min: 0, max: 9 }), (kind, seenVersion) => {
        for (const { state, act, role, expected } of permissionsOf(kind, roles)) {
          if (state === unborn || ('refusal' in expected && expected.refusal === 'ActNotYours')) continue;
          const decision = decideAct({
            kind,
            file: file(kind, state),
            order: order(act, { seenVersion }),
            by: by(role),
            stand,
          });
          if (seenVersion !== 3)
            expect(decision).toEqual({
              ok: false,
              refusal: { kind: 'CaseMovedOn', seen: seenVersion, now: 3 },
            });
          else expect(decision.ok).toBe('to' in expected);
        }
      }),
    );
  });

  test('words that every object has are no acts and no states', () => {
    const kind: CaseKind = {
      kind: 'sample',
      start: { act: 'open', state: 'a', may: roles },
      table: { a: { go: 'a' } },
      may: { go: roles },
      closed: [],
    };
    for (const act of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(
        decideAct({ kind, file: file(kind, 'a'), order: order(act), by: by('bank'), stand }),
      ).toMatchObject({
        ok: false,
        refusal: { kind: 'ActUnlawful', lawfulIn: [] },
      });
  });
});

const acts = (count: number): Act[] =>
  Array.from({ length: count }, (_, index) => ({
    ...order('go'),
    provinceId: 5,
    kind: 'sample',
    countyCode: null,
    officeId: null,
    reviewOfficeId: null,
    subjectId: null,
    seq: index + 1,
    fromState: index === 0 ? unborn : `state ${index}`,
    toState: `state ${index + 1}`,
    by: by('bank'),
    recordedAt: new Date(0),
  }));

describe('a case from its acts', () => {
  test('stands where its last act led; a gap, a doubled or a swapped act is found', () => {
    expect(replayCase(acts(4))).toMatchObject({ state: 'state 4', version: 4 });
    const [first, second, third] = [0, 1, 2].map((index) => must(acts(3)[index], 'an act'));
    if (first === undefined || second === undefined || third === undefined) throw new Error('three acts');
    expect(() => replayCase([first, third])).toThrow(/act 3 where 2 is due/);
    expect(() => replayCase([first, second, second])).toThrow(/act 2 where 3 is due/);
    expect(() => replayCase([first, { ...third, seq: 2 }])).toThrow(/does not start from state 1/);
    expect(() => replayCase([])).toThrow(/at least the act/);
  });

  test('an act asked for again is the same whatever the order of its facts, and another when any part differs', () => {
    const asked = order('go', { facts: { amount: '10', note: null }, reason: 'as agreed' });
    const stored: Act = { ...must(acts(1)[0], 'an act'), ...asked, facts: { note: null, amount: '10' } };
    expect(isSameAct(stored, asked, by('bank'))).toBe(true);
    for (const change of [
      { act: 'stop' },
      { facts: { amount: '11', note: null } },
      { facts: { amount: '10' } },
      { reason: null },
      { happenedOn: day('1403-06-16') },
    ])
      expect(isSameAct(stored, { ...asked, ...change }, by('bank'))).toBe(false);
    expect(isSameAct(stored, asked, by('deputy'))).toBe(false);
  });
});

describe('what a declaration gives to the tests of its room', () => {
  const kind: CaseKind = {
    kind: 'licence',
    start: { act: 'apply', state: 'applied', may: ['applicant'] },
    table: {
      applied: { sign: 'signed', refuse: 'refused_by_agency', renew: 'refused' },
      signed: { sign: 'refused', refuse: 'refused', renew: 'signed' },
      refused_by_agency: { sign: 'refused', refuse: 'refused', renew: 'refused' },
      lost: { sign: 'signed', refuse: 'refused', renew: 'refused' },
    },
    may: { sign: ['agency'], refuse: ['agency'], renew: ['applicant'] },
    closed: ['refused_by_agency'],
  };

  test('the shortest way to a state, or none', () => {
    expect(wayTo(kind, 'signed')?.map(({ act }) => act)).toEqual(['apply', 'sign']);
    expect(wayTo(kind, 'applied')?.map(({ act }) => act)).toEqual(['apply']);
    expect(wayTo(kind, 'lost')).toBeUndefined();
  });

  test('a README with the diagram as it is declared passes; a stale one fails and shows the right one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'karsaz-diagram-'));
    const path = join(folder, 'README.md');
    writeFileSync(path, `# Licence\n\n\`\`\`mermaid\n${diagramOf(kind)}\n\`\`\`\n`);
    expect(readmeHasDiagram(path, kind)).toBe(true);
    const changed = { ...kind, closed: ['signed'] };
    expect(() => readmeHasDiagram(path, changed)).toThrow(/signed --> \[\*\]/);
    rmSync(folder, { recursive: true });
  });

  test('a refusal is told in the words of the room, with the nearest change', () => {
    const words = caseworkRefusalWords({
      states: { applied: { fa: 'درخواست‌شده', en: 'applied' }, signed: { fa: 'امضاشده', en: 'signed' } },
      acts: { renew: { fa: 'تمدید', en: 'Renew' } },
      roles: { bank: { fa: 'بانک عامل', en: 'agent bank' } },
    });
    const unlawful = { kind: 'ActUnlawful', state: 'applied', act: 'renew', lawfulIn: ['signed'] } as const;
    expect(words.ActUnlawful(unlawful).fa).toBe(
      '«تمدید» در مرحلهٔ «درخواست‌شده» شدنی نیست؛ پرونده باید در مرحلهٔ «امضاشده» باشد.',
    );
    const notYours = { kind: 'ActNotYours', act: 'renew', role: 'bank', may: ['applicant'] } as const;
    expect(words.ActNotYours(notYours).fa).toBe('«تمدید» در اختیار «بانک عامل» نیست؛ با «applicant» است.');
  });
});

const tried = (
  state: string,
  act: string,
  change: { role?: string; own?: boolean; today?: string; reason?: string },
) => {
  const { role = 'county_office', own = true, today = '1403-06-25', reason = 'گفته شد' } = change;
  const openerId = must(own ? personId : actId, 'id');
  const decided = decideAct({
    kind: petition,
    file: file(petition, state),
    order: order(act, { reason }),
    by: by(role),
    stand: { openerId, sinceOn: day('1403-06-10'), dueOn: day('1403-06-25'), today: day(today) },
  });
  return decided.ok ? decided.value : decided.refusal.kind;
};

describe('the parts that a kind declares', () => {
  test('a return and an objection want a reason; a decision does not', () => {
    expect(tried('filed', 'send_back', { reason: ' ' })).toBe('ActReasonMissing');
    expect(tried('filed', 'send_back', {})).toBe('sent_back');
    expect(tried('decided', 'object', { role: 'applicant', reason: '' })).toBe('ActReasonMissing');
    expect(tried('filed', 'decide', { own: false, reason: '' })).toBe('decided');
  });

  test('an objection is heard up to the last day of its limit, and the clock settles from the day after', () => {
    const clock = { role: 'clock' };
    expect(tried('decided', 'object', { role: 'applicant' })).toBe('filed');
    expect(tried('decided', 'settle', clock)).toBe('LimitRuns');
    expect(tried('decided', 'object', { role: 'applicant', today: '1403-06-26' })).toBe('LimitPassed');
    expect(tried('decided', 'settle', { ...clock, today: '1403-06-26' })).toBe('final');
    expect(tried('decided', 'settle', { role: 'deputy', today: '1403-06-26' })).toBe('ActNotYours');
    expect(tried('filed', 'decide', { ...clock, today: '1403-06-26' })).toBe('ActNotYours');
  });

  test('the opener alone withdraws, and never decides', () => {
    expect(tried('filed', 'withdraw', {})).toBe('withdrawn');
    expect(tried('filed', 'withdraw', { own: false })).toBe('ActOfOpener');
    expect(tried('filed', 'decide', {})).toBe('ActNotOfOpener');
    expect(tried('filed', 'decide', { own: false })).toBe('decided');
  });

  test('a state waits for whom it says, or for those who may act, or for nobody', () => {
    expect(waitIn(petition, 'decided')?.on).toEqual(['applicant']);
    const { filed: _, ...waits } = petition.waits;
    expect(waitIn({ ...petition, waits }, 'filed')?.on).toEqual(['county_office', 'applicant', 'deputy']);
    expect(waitIn(petition, 'final')).toBeUndefined();
    expect(waitIn({ ...petition, waits: { filed: null } }, 'filed')).toBeUndefined();
  });

  test('a declaration that cannot be meant is named', () => {
    expect(faultsOf(petition)).toEqual([]);
    for (const wrong of [
      { ...petition, closed: ['decided'] },
      { ...petition, waits: { lost: null } },
      { ...petition, waits: { filed: { on: ['deputy'], lapse: 'decide' } } },
      { ...petition, waits: {} },
      { ...petition, reasoned: ['dream'] },
      { ...petition, parts: { returns: { act: 'decide', resubmit: 'resubmit' } } },
      { ...petition, parts: { withdrawal: 'decide' } },
      { ...petition, parts: { withdrawal: 'dream' } },
    ] satisfies CaseKind[])
      expect(faultsOf(wrong), JSON.stringify(wrong.parts)).not.toEqual([]);
  });
});

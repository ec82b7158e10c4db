import { describe, expect, it, test } from 'vitest';
import { type CaseKind, type CaseTable, diagramOf, transitionsOf, unborn } from './state.ts';

type State = 'asked' | 'visited' | 'granted' | 'refused_for_good';
type Act = 'visit' | 'grant' | 'turn_down';

const table = {
  asked: { visit: 'visited', grant: 'refused', turn_down: 'refused_for_good' },
  visited: { visit: 'visited', grant: 'granted', turn_down: 'refused_for_good' },
  granted: { visit: 'refused', grant: 'refused', turn_down: 'refused' },
  refused_for_good: { visit: 'refused', grant: 'refused', turn_down: 'refused' },
} as const satisfies CaseTable<State, Act>;

const licence = {
  kind: 'licence',
  start: { act: 'ask', state: 'asked', may: ['county_office'] },
  table,
  may: { visit: ['county_office'], grant: ['deputy'], turn_down: ['deputy', 'director'] },
  closed: ['granted', 'refused_for_good'],
} as const satisfies CaseKind<State, Act>;

describe('the transitions of a kind', () => {
  const transitions = transitionsOf(licence);

  it('open with the act that gives birth to a case', () => {
    expect(transitions[0]).toEqual({ kind: 'licence', from: unborn, act: 'ask', to: 'asked' });
  });

  it('are every lawful cell of the table and no other', () => {
    const cells = Object.entries(table).flatMap(([from, acts]) =>
      Object.entries(acts).map(([act, to]) => ({ kind: 'licence', from, act, to })),
    );
    for (const cell of cells) {
      const found = transitions.some(
        ({ from, act, to }) => from === cell.from && act === cell.act && to === cell.to,
      );
      expect(found).toBe(cell.to !== 'refused');
    }
    expect(transitions).toHaveLength(1 + cells.filter(({ to }) => to !== 'refused').length);
  });

  it('name from each state an act at most once, so that state and act decide the next', () => {
    const keys = transitions.map(({ from, act }) => `${from} ${act}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('do not leave a closed state', () => {
    for (const closed of licence.closed)
      expect(transitions.filter(({ from }) => from === closed)).toEqual([]);
  });
});

/** Whether the compiler takes a value of the second type for the first. */
type Takes<Table, Given> = [Given] extends [Table] ? 'taken' : 'turned down';
type Two = CaseTable<'open' | 'shut', 'shut' | 'reopen'>;
type Open = { shut: 'shut'; reopen: 'refused' };

describe('a table', () => {
  it('compiles when it is total, and not when a cell is missing or leads astray', () => {
    const whole: Takes<Two, { open: Open; shut: { shut: 'refused'; reopen: 'open' } }> = 'taken';
    const cellMissing: Takes<Two, { open: Open; shut: { shut: 'refused' } }> = 'turned down';
    const stateMissing: Takes<Two, { open: Open }> = 'turned down';
    const astray: Takes<Two, { open: Open; shut: { shut: 'refused'; reopen: 'ajar' } }> = 'turned down';
    expect([whole, cellMissing, stateMissing, astray]).toEqual([
      'taken',
      'turned down',
      'turned down',
      'turned down',
    ]);
  });
});

test('the diagram shows birth, every step and the ends', () => {
  expect(diagramOf(licence)).toBe(
    [
      'stateDiagram-v2',
      '  [*] --> asked: ask',
      '  asked --> visited: visit',
      '  asked --> refused_for_good: turn_down',
      '  visited --> visited: visit',
      '  visited --> granted: grant',
      '  visited --> refused_for_good: turn_down',
      '  granted --> [*]',
      '  refused_for_good --> [*]',
    ].join('\n'),
  );
});

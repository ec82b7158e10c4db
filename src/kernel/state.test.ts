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

describe('a table', () => {
  it('that misses a cell does not compile', () => {
    const missing: CaseTable<'open' | 'shut', 'shut' | 'reopen'> = {
      open: { shut: 'shut', reopen: 'refused' },
      // @ts-expect-error the cell shut × reopen is missing
      shut: { shut: 'refused' },
    };
    expect(Object.keys(missing.shut)).toEqual(['shut']);
  });

  it('that leads to no state of its kind does not compile', () => {
    const astray: CaseTable<'open', 'shut'> = {
      // @ts-expect-error there is no state `shut`
      open: { shut: 'shut' },
    };
    expect(astray.open.shut).toBe('shut');
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

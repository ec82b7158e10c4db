import { must } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import type { CaseKind, Transition } from '#kernel/state.ts';

/** What must come of an act that a role tries in a state: the next state, or the refusal. */
export type Permission = {
  readonly state: string;
  readonly act: string;
  readonly role: string;
  readonly expected:
    | { readonly to: string }
    | { readonly refusal: 'ActNotYours' }
    | { readonly refusal: 'ActUnlawful' };
};

/**
 * Every act × role × state of a kind with what must come of it, read off the declaration alone, so that a
 * room can try each of them on its own deeds and routes: `test.each(permissionsOf(kind, roles))`. The act that
 * opens a case stands first, in the state `unborn`.
 */
export function permissionsOf(kind: CaseKind, roles: readonly string[]): Permission[] {
  const { start } = kind;
  const opening = roles.map((role) => ({
    state: unborn,
    act: start.act,
    role,
    expected: start.may.includes(role) ? { to: start.state } : { refusal: 'ActNotYours' as const },
  }));
  const steps = Object.entries(kind.table).flatMap(([state, acts]) =>
    Object.entries(acts).flatMap(([act, to]) =>
      roles.map((role) => ({ state, act, role, expected: expectedOf(kind, { act, role, to }) })),
    ),
  );
  return [...opening, ...steps];
}

function expectedOf(
  kind: CaseKind,
  { act, role, to }: { readonly act: string; readonly role: string; readonly to: string },
): Permission['expected'] {
  if (!must(kind.may[act], `nobody is named for ${act}`).includes(role)) return { refusal: 'ActNotYours' };
  return to === 'refused' ? { refusal: 'ActUnlawful' } : { to };
}

/**
 * The shortest row of lawful steps that brings a new case into `state`, the opening act first; undefined when
 * no case ever gets there, which a room's test should not let pass.
 */
export function wayTo(kind: CaseKind, state: string): Transition[] | undefined {
  const steps = transitionsOf(kind);
  const ways = new Map<string, Transition[]>([[unborn, []]]);
  for (const [from, way] of ways) {
    if (from === state) return way;
    for (const step of steps) if (step.from === from && !ways.has(step.to)) ways.set(step.to, [...way, step]);
  }
  return undefined;
}

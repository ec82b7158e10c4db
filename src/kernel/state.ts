/**
 * A total table `state × act → next state | refused`. Each kind of case declares one with
 * `as const satisfies CaseTable<State, Act>`; the compiler refuses a missing cell. The same table drives the
 * interface, the buttons, the deadlines, the diagram in the room's README and the permission tests.
 */
export type CaseTable<State extends string, Act extends string> = Readonly<
  Record<State, Readonly<Record<Act, State | 'refused'>>>
>;

/** A case kind as rooms hand it to `casework`: how and by whom it is opened, its table, and who may do which act. */
export type CaseKind<
  State extends string = string,
  Act extends string = string,
  Role extends string = string,
> = {
  readonly kind: string;
  readonly start: { readonly act: string; readonly state: State; readonly may: readonly Role[] };
  readonly table: CaseTable<State, Act>;
  readonly may: Readonly<Record<Act, readonly Role[]>>;
  /** States from which nothing is lawful any more. */
  readonly closed: readonly State[];
};

export type Transition = {
  readonly kind: string;
  readonly from: string;
  readonly act: string;
  readonly to: string;
};

/** The state before the first act of every case: the first act leads from it to the start state. */
export const unborn = 'unborn';

/** Every lawful step of a kind, the opening act included, in the order of the table. */
export function transitionsOf(kind: CaseKind): Transition[] {
  const opening = { kind: kind.kind, from: unborn, act: kind.start.act, to: kind.start.state };
  const steps = Object.entries(kind.table).flatMap(([from, acts]) =>
    Object.entries(acts)
      .filter(([, to]) => to !== 'refused')
      .map(([act, to]) => ({ kind: kind.kind, from, act, to })),
  );
  return [opening, ...steps];
}

/** The state diagram of a kind in Mermaid, as it stands in the room's README. */
export function diagramOf(kind: CaseKind): string {
  const lines = transitionsOf(kind).map(
    ({ from, act, to }) => `  ${from === unborn ? '[*]' : from} --> ${to}: ${act}`,
  );
  return ['stateDiagram-v2', ...lines, ...kind.closed.map((state) => `  ${state} --> [*]`)].join('\n');
}

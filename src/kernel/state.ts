import type { Bilingual } from './indicator.ts';

/**
 * A total table `state × act → next state | refused`. Each kind of case declares one with
 * `as const satisfies CaseTable<State, Act>`; the compiler refuses a missing cell. The same table drives the
 * interface, the buttons, the deadlines, the diagram in the room's README and the permission tests.
 */
export type CaseTable<State extends string, Act extends string> = Readonly<
  Record<State, Readonly<Record<Act, State | 'refused'>>>
>;

/** How long a state may last, counted from the day after it was entered. */
export type Limit = {
  readonly days: number;
  /** Calendar days whose last one is no working day end on the next one that is (Civil Procedure, art. 444). */
  readonly of: 'working_days' | 'calendar_days';
  /** The clause or the promise that sets it, as the applicant reads it. */
  readonly basis: Bilingual;
};

/** For whom a case waits in a state, how long, and what comes of it when that time passes. */
export type Wait<Act extends string = string, Role extends string = string> = {
  readonly on: readonly Role[];
  /** The case lies with its reviewing office meanwhile, and offices other than that one wait. */
  readonly at?: 'review_office';
  readonly limit?: Limit;
  /** Who is told when the limit has passed. */
  readonly escalateTo?: readonly Role[];
  /** The act that the clock does then; nobody does it by hand unless `may` names them. */
  readonly lapse?: Act;
};

/** Whose an act is beside the role: only of the person who opened the case, or never of that person (L6). */
export type Standing = 'opener' | 'not_opener';

/** The usual parts of a case, by the acts that play them. */
export type CaseParts<Act extends string = string> = {
  /** Sends the case back for correction, with a reason; `resubmit` is how it comes again. */
  readonly returns?: { readonly act: Act; readonly resubmit: Act };
  readonly withdrawal?: Act;
  /** An objection (اعتراض), with a reason, within the limit of the state it objects to. */
  readonly objection?: Act;
};

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
  /**
   * States that wait for somebody. One that is left out waits, without a limit, for those who may do what is lawful
   * in it; null waits for nobody, though acts are lawful.
   */
  readonly waits?: Readonly<Partial<Record<State, Wait<Act, Role> | null>>>;
  /** Acts that are not done without a reason, beside those of `parts`. */
  readonly reasoned?: readonly Act[];
  readonly standing?: Readonly<Partial<Record<Act, Standing>>>;
  /** Acts that the clock does at an instant which the room itself keeps, beside those by which limits lapse. */
  readonly clocked?: readonly Act[];
  readonly parts?: CaseParts<Act>;
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

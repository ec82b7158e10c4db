import type { Id } from '#kernel/id.ts';
import { type Day, daysBetween } from '#kernel/day.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import { type Rial, minus, plus, total, zero } from '#kernel/rial.ts';
import { type No, type Ok, type Result, ok, refused } from '#kernel/result.ts';
import { axesHere, coordinateOf } from './axis.ts';
import type { CorrectionAct } from './correction/contract.ts';
import { type AwardSums, leftOf } from './award/rules.ts';
import { shareRuleKind } from './share/rules.ts';
import { bankListKind } from './banklist/rules.ts';
import {
  type AwardAct,
  type Axis,
  type BeneficiaryKind,
  type Coordinates,
  type CreditRefusal,
  type PartAxis,
  type SliceFacts,
  openShare,
} from './contract.ts';
import { reallocationKind } from './reallocation/rules.ts';
import { openingKind } from './opening/rules.ts';
import { releaseKind } from './release/rules.ts';
import { redivisionKind } from './redivision/rules.ts';

const lineStates = ['draft', 'notified', 'open', 'extended', 'closed'] as const;
const lineActs = ['notify', 'top_up', 'open', 'extend', 'cut', 'close', 'set_term'] as const;
type LineState = (typeof lineStates)[number];
type LineAct = (typeof lineActs)[number];

const noLetter = {
  notify: 'refused',
  top_up: 'refused',
  open: 'refused',
  extend: 'refused',
  cut: 'refused',
  close: 'refused',
  set_term: 'refused',
} as const;

export const lineKind = {
  kind: 'credit_line',
  start: { act: 'draft', state: 'draft', may: ['director', 'deputy'] },
  table: {
    draft: { ...noLetter, notify: 'notified', set_term: 'draft' },
    notified: {
      ...noLetter,
      top_up: 'notified',
      open: 'open',
      cut: 'notified',
      close: 'closed',
      set_term: 'notified',
    },
    open: { ...noLetter, top_up: 'open', extend: 'extended', cut: 'open', close: 'closed', set_term: 'open' },
    extended: {
      ...noLetter,
      top_up: 'extended',
      extend: 'extended',
      cut: 'extended',
      close: 'closed',
      set_term: 'extended',
    },
    closed: noLetter,
  } as const satisfies CaseTable<LineState, LineAct>,
  may: {
    notify: ['director', 'deputy'],
    top_up: ['director', 'deputy'],
    open: ['director', 'deputy'],
    extend: ['director', 'deputy'],
    cut: ['director', 'deputy'],
    close: ['director', 'deputy'],
    set_term: ['director', 'deputy'],
  },
  closed: ['closed'],
} as const satisfies CaseKind<LineState, LineAct>;

/** Whether a line in this state may be divided and awarded out of. */
export const isDrawable = (state: string): boolean => state === 'open' || state === 'extended';

const slicingStates = ['proposed', 'approved', 'withdrawn'] as const;
const slicingActs = ['approve', 'withdraw'] as const;
type SlicingState = (typeof slicingStates)[number];
type SlicingAct = (typeof slicingActs)[number];

export const slicingKind = {
  kind: 'slicing',
  start: { act: 'propose', state: 'proposed', may: ['director', 'deputy'] },
  table: {
    proposed: { approve: 'approved', withdraw: 'withdrawn' },
    approved: { approve: 'refused', withdraw: 'refused' },
    withdrawn: { approve: 'refused', withdraw: 'refused' },
  } as const satisfies CaseTable<SlicingState, SlicingAct>,
  may: { approve: ['director', 'deputy'], withdraw: ['director', 'deputy'] },
  closed: ['approved', 'withdrawn'],
} as const satisfies CaseKind<SlicingState, SlicingAct>;

const awardStates = ['reserved', 'referred', 'contracted', 'part_paid', 'paid', 'ended', 'released'] as const;
export type AwardState = (typeof awardStates)[number];
const none = {
  refer: 'refused',
  contract: 'refused',
  report_payment: 'refused',
  decline_report: 'refused',
  expire_report: 'refused',
  confirm_part_payment: 'refused',
  confirm_last_payment: 'refused',
  release: 'refused',
  propose_correction: 'refused',
  correct_in_part: 'refused',
  correct_in_whole: 'refused',
} as const;

export const awardKind = {
  kind: 'award',
  start: { act: 'reserve', state: 'reserved', may: ['director', 'deputy', 'county_office'] },
  table: {
    reserved: { ...none, refer: 'referred', release: 'released' },
    referred: { ...none, contract: 'contracted', release: 'released' },
    contracted: {
      ...none,
      report_payment: 'contracted',
      decline_report: 'contracted',
      expire_report: 'contracted',
      confirm_part_payment: 'part_paid',
      confirm_last_payment: 'paid',
      release: 'released',
    },
    part_paid: {
      ...none,
      report_payment: 'part_paid',
      decline_report: 'part_paid',
      expire_report: 'part_paid',
      confirm_part_payment: 'part_paid',
      confirm_last_payment: 'paid',
      release: 'ended',
      propose_correction: 'part_paid',
      correct_in_part: 'part_paid',
      correct_in_whole: 'contracted',
    },
    paid: {
      ...none,
      propose_correction: 'paid',
      correct_in_part: 'part_paid',
      correct_in_whole: 'contracted',
    },
    // What a correction takes back of it is contracted again, to be paid or released.
    ended: {
      ...none,
      propose_correction: 'ended',
      correct_in_part: 'part_paid',
      correct_in_whole: 'contracted',
    },
    released: none,
  } as const satisfies CaseTable<AwardState, AwardAct | CorrectionAct>,
  may: {
    refer: ['director', 'deputy', 'county_office'],
    // Not yet the bank: an award names no branch, so a branch could not be kept to its own (L9).
    contract: ['deputy', 'county_office'],
    report_payment: ['deputy', 'county_office'],
    decline_report: ['deputy'],
    expire_report: [],
    confirm_part_payment: ['director', 'deputy'],
    confirm_last_payment: ['director', 'deputy'],
    release: ['director', 'deputy', 'county_office'],
    propose_correction: ['deputy'],
    correct_in_part: ['director', 'deputy'],
    correct_in_whole: ['director', 'deputy'],
  },
  closed: ['released'],
  clocked: ['expire_report'],
  // Nobody is waited for to find a mistake in what is paid.
  waits: { part_paid: { on: ['deputy', 'county_office'] }, paid: null, ended: null },
} as const satisfies CaseKind<AwardState, AwardAct | CorrectionAct>;

export const creditKinds = [
  lineKind,
  slicingKind,
  awardKind,
  bankListKind,
  reallocationKind,
  redivisionKind,
  shareRuleKind,
  releaseKind,
  openingKind,
] as const;

type Refusal = No<CreditRefusal>;

/** A deed may be recorded late, never before it is done. Days sort as text. */
export function decideDay(happenedOn: Day, today: Day): Ok<undefined> | Refusal {
  return happenedOn > today ? refused({ kind: 'DayAhead', day: happenedOn, today }) : ok();
}

/** What a line says of the days of what is done with its money. */
export type LineDays = { readonly notifiedOn: Day; readonly deadline: Day };

/** Nothing is divided or awarded out of a line before its first letter. */
export function decideNotified(happenedOn: Day, { notifiedOn }: LineDays): Ok<undefined> | Refusal {
  return happenedOn < notifiedOn
    ? refused({ kind: 'DayBeforeLetter', day: happenedOn, letterDay: notifiedOn })
    : ok();
}

/**
 * Credit is moved, released and reserved from the first letter to the deadline, both days included: afterwards it
 * lapses. The day of the deed counts, or of its resolution, so that what was decided in time is recorded late.
 */
export function decideLineDay(happenedOn: Day, line: LineDays): Ok<undefined> | Refusal {
  const notified = decideNotified(happenedOn, line);
  if (!notified.ok) return notified;
  return happenedOn > line.deadline
    ? refused({ kind: 'DayPastDeadline', day: happenedOn, deadline: line.deadline })
    : ok();
}

/** Nothing is awarded out of a slice before the first day on which money came into it. */
export function decideSliceDay(happenedOn: Day, firstDay: Day): Ok<undefined> | Refusal {
  return happenedOn < firstDay ? refused({ kind: 'DayBeforeSlice', day: happenedOn, firstDay }) : ok();
}

/** The acts on an award happen in the order in which they are done; two on one day are lawful. */
export function decideOrder(happenedOn: Day, lastDay: Day): Ok<undefined> | Refusal {
  return happenedOn < lastDay ? refused({ kind: 'DayBeforeLastAct', day: happenedOn, lastDay }) : ok();
}

/** Whoever gives an award back says why. */
export function decideReason(act: AwardAct, reason: string | null): Ok<undefined> | Refusal {
  return needsReason(act) && (reason ?? '').trim() === '' ? refused({ kind: 'ReasonMissing', act }) : ok();
}

/** Which acts on an award are not done without a reason. */
export const needsReason = (act: AwardAct): boolean => act === 'release';

/** Whether a slice may be divided along an axis: not used above it, and that of the parts it has. */
export function decideAxis(
  parent: SliceFacts,
  axis: PartAxis,
  childAxis: Axis | null,
): Ok<undefined> | Refusal {
  const here = axesHere(parent, childAxis);
  return here.includes(axis) ? ok() : refused({ kind: 'AxisNotHere', axis, fits: here });
}

/** What is asked for must be in the parent's unsliced rest, and the parts must be the whole. */
export function decideSlicing(order: {
  readonly parent: SliceFacts;
  readonly amount: Rial;
  readonly parts: readonly Rial[];
}): Ok<undefined> | Refusal {
  const left = total([order.parent.open, order.parent.locked]);
  if (order.amount > left) return refused({ kind: 'RestTooSmall', left, asked: order.amount });
  const parts = total(order.parts);
  if (parts !== order.amount) return refused({ kind: 'PartsDoNotAddUp', parts, amount: order.amount });
  return ok();
}

/** Who an award is for, as far as it knows: by this it finds its share and fits its slice. */
export type Beneficiary = {
  readonly kind: BeneficiaryKind;
  readonly targetGroup: boolean;
  readonly rural: boolean;
  /** Of income, 1 the poorest; null where it is not known. */
  readonly decile: number | null;
  readonly agencyKey: string | null;
  readonly bankCode: string | null;
};

/** Nothing known but the kind. */
export const someone = (kind: BeneficiaryKind): Beneficiary => ({
  kind,
  targetGroup: false,
  rural: false,
  decile: null,
  agencyKey: null,
  bankCode: null,
});

/** An award fits the coordinates of its slice, as far as it knows its own. */
export function decideFit(slice: Coordinates, who: Beneficiary): Ok<undefined> | Refusal {
  const own = { agency: who.agencyKey, bank: who.bankCode, beneficiary_kind: who.kind } as const;
  for (const axis of ['agency', 'bank', 'beneficiary_kind'] as const) {
    const there = coordinateOf(slice, axis);
    const here = own[axis];
    if (there !== null && here !== null && there !== here)
      return refused({ kind: 'AwardNotOfSlice', axis, slice: there, award: here });
  }
  return ok();
}

/** Whether a beneficiary is of a group. Deciles are counted from the lowest: of three is who is in the third. */
function isOf(who: Beneficiary, group: string): boolean {
  if (group === 'target_group') return who.targetGroup;
  if (group === 'rural') return who.rural;
  const lowest = /^decile_([1-9])$/.exec(group)?.[1];
  return lowest === undefined
    ? group === who.kind
    : who.decile !== null && who.decile <= parseInt(lowest, 10);
}

/** Whether a beneficiary is of every group on the way down to a share. */
export const mayDraw = (who: Beneficiary, share: string): boolean =>
  share === openShare || share.split('/').every((group) => isOf(who, group));

/** Which of the groups that a slice's shares name a beneficiary is of, besides its own kind: what the award keeps. */
export const groupsOf = (who: Beneficiary, shares: readonly string[]): string[] =>
  [...new Set(shares.filter((share) => share !== openShare).flatMap((share) => share.split('/')))]
    .filter((group) => group !== who.kind && isOf(who, group))
    .toSorted();

const depthOf = (share: string): number => (share === openShare ? 0 : share.split('/').length);

/** The deeper a reserve, the fewer may draw on it: it is drawn on first, and the open part last. */
const byNarrowness = (one: string, other: string): number =>
  depthOf(other) - depthOf(one) || (one < other ? -1 : 1);

/**
 * From which share of a slice an award is drawn. Whoever a reserve is for draws on it while it suffices for the
 * whole award, on the narrowest first, and then on the open part; nobody else ever draws on a reserve (L3).
 */
export function decideShare(order: {
  readonly slice: SliceFacts;
  readonly amount: Rial;
  readonly beneficiary: Beneficiary;
}): Result<string, CreditRefusal> {
  const { slice, amount, beneficiary } = order;
  if (slice.children > 0) return refused({ kind: 'SliceNotLeaf', sliceId: slice.id });
  const fits = decideFit(slice, beneficiary);
  if (!fits.ok) return fits;
  const holds = (share: string): Rial => slice.available.get(share) ?? zero;
  const drawable = [...new Set([...slice.available.keys(), openShare])]
    .filter((share) => mayDraw(beneficiary, share))
    .toSorted(byNarrowness);
  const drawn = drawable.find((share) => holds(share) >= amount);
  if (drawn !== undefined) return ok<string>(drawn);
  const fullest = drawable.reduce((most, share) => (holds(share) > holds(most) ? share : most), openShare);
  return refused({ kind: 'SliceExhausted', left: holds(fullest), asked: amount, share: fullest });
}

export type AwardFacts = AwardSums & {
  /** What the branch reported and nobody has confirmed or declined yet; null when there is no such report. */
  readonly reported: Rial | null;
};

/** What is left to pay of an award, and whether the act fits the report that stands. */
export function decidePayment(
  act: AwardAct,
  facts: AwardFacts,
  amount: Rial | null,
  awardId: string,
): Ok<undefined> | Refusal {
  const left = leftOf(facts);
  if (act !== 'report_payment' && amount !== null) return refused({ kind: 'AmountNotAsked', act });
  switch (act) {
    case 'report_payment':
      if (facts.reported !== null) return refused({ kind: 'ReportOpen', reported: facts.reported });
      if (amount === null) return refused({ kind: 'ReportAmountMissing' });
      return amount > left ? refused({ kind: 'ReportBeyondContract', left, asked: amount }) : ok();
    case 'decline_report':
    case 'expire_report':
      return facts.reported === null ? refused({ kind: 'ReportMissing', awardId }) : ok();
    case 'confirm_part_payment':
      if (facts.reported === null) return refused({ kind: 'ReportMissing', awardId });
      return facts.reported === left ? refused({ kind: 'NothingLeft', paid: plus(facts.paid, left) }) : ok();
    case 'confirm_last_payment':
      if (facts.reported === null) return refused({ kind: 'ReportMissing', awardId });
      return facts.reported < left
        ? refused({ kind: 'NotTheLast', left: minus(left, facts.reported) })
        : ok();
    case 'release':
      return facts.reported === null ? ok() : refused({ kind: 'ReportOpen', reported: facts.reported });
    case 'refer':
    case 'contract':
      return ok();
  }
}

/** From which stage to which the money of an award moves at an act; undefined where none moves. */
export const wayOf = {
  refer: ['reserved', 'referred'],
  contract: ['referred', 'contracted'],
  report_payment: ['contracted', 'paid'],
  decline_report: ['contracted', 'paid'],
  expire_report: ['contracted', 'paid'],
  confirm_part_payment: ['contracted', 'paid'],
  confirm_last_payment: ['contracted', 'paid'],
} as const satisfies Record<Exclude<AwardAct, 'release'>, readonly [string, string]>;

/** Percent of the time from notification to deadline that has passed on a day, 0 to 100, whole. */
export function timePassed({
  from,
  until,
  today,
}: {
  readonly from: Day;
  readonly until: Day;
  readonly today: Day;
}): number {
  const all = Math.max(1, daysBetween(from, until));
  const passed = Math.min(all, Math.max(0, daysBetween(from, today)));
  return Math.round((100 * passed) / all);
}

type Reporters = { readonly reportedByPerson: Id | null; readonly listedByPerson: Id | null };

/** What somebody reported, or brought in a bank's list, they do not confirm (L6, L11). */
export const isOwnReport = (
  act: AwardAct,
  { reportedByPerson, listedByPerson }: Reporters,
  personId: Id,
): boolean => act.startsWith('confirm') && (reportedByPerson === personId || listedByPerson === personId);

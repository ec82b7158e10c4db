import { type Day, addDays, startOfDay } from '#kernel/day.ts';
import { latinDigits } from '#kernel/persian.ts';
import { type Rial, minus, most, plus, rial, zero } from '#kernel/rial.ts';
import { type No, type Ok, ok, refused } from '#kernel/result.ts';
import type { BeneficiaryKind } from '../contract.ts';
import {
  type CeilingName,
  type Parameter,
  type ParameterName,
  type ParameterRefusal,
  usualReportDays,
} from './contract.ts';

type Refusal = No<ParameterRefusal>;

type Which = { readonly name: ParameterName; readonly beneficiaryKind: BeneficiaryKind | null };

const isOf = ({ name, beneficiaryKind }: Which, one: Which): boolean =>
  one.name === name && one.beneficiaryKind === beneficiaryKind;

/** «۲٫۵» as hundredths of a percent; undefined when it is no percentage. */
export function hundredthsOf(percent: string): number | undefined {
  const found = /^(\d{1,3})(?:[.٫/](\d{1,2}))?$/.exec(latinDigits(percent.trim()));
  if (found === null) return undefined;
  const hundredths = parseInt(found[1] ?? '', 10) * 100 + parseInt((found[2] ?? '').padEnd(2, '0'), 10);
  return hundredths <= 10_000 ? hundredths : undefined;
}

/** The value that decides on a day: the latest that has begun. */
export function inForce<One extends Which & { readonly validFrom: string }>(
  parameters: readonly One[],
  which: Which & { readonly on: string },
): One | undefined {
  return parameters
    .filter((one) => isOf(which, one) && one.validFrom <= which.on)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
}

/**
 * A rule is not changed backwards: a new value begins today at the earliest, and after the latest there is. Nothing
 * was decided by the terms of a draft yet, so they may begin on any day.
 */
export function earliestOf(order: {
  readonly latest: Day | null;
  readonly state: string;
  readonly today: Day;
}): Day | null {
  const next = order.latest === null ? null : addDays(order.latest, 1);
  if (order.state === 'draft') return next;
  return next === null || next < order.today ? order.today : next;
}

export function decideBeginning(validFrom: Day, earliest: Day | null): Ok<undefined> | Refusal {
  return earliest !== null && validFrom < earliest
    ? refused({ kind: 'ParameterBackwards', validFrom, earliest })
    : ok();
}

/** The first day of the latest value of the same term. */
export const latestOf = (parameters: readonly Parameter[], which: Which): Day | null =>
  parameters
    .filter((one) => isOf(which, one))
    .map((one) => one.validFrom)
    .toSorted()
    .at(-1) ?? null;

/** The end of the last day on which a report can be confirmed that is recorded on a day. */
export function endOfReport(parameters: readonly Parameter[], recordedOn: Day): Date {
  const term = inForce(parameters, { name: 'report_days', beneficiaryKind: null, on: recordedOn });
  const days = term === undefined ? usualReportDays : parseInt(term.value.toString(), 10);
  return new Date(startOfDay(addDays(recordedOn, days + 1)));
}

export type CeilingOrder = {
  readonly parameters: readonly Parameter[];
  readonly beneficiaryKind: BeneficiaryKind;
  readonly on: Day;
  readonly amount: Rial;
  readonly jobs: number;
  /** What the beneficiary has of the same line already. */
  readonly held: { readonly amount: Rial; readonly jobs: number };
};

/**
 * Whether an award is within the ceilings of its line on its day: one for each beneficiary, and one for each job that
 * they create; a supporter's is so many times the ceiling of a job. Where both are set the lower decides.
 */
export function decideCeiling(order: CeilingOrder): Ok<undefined> | Refusal {
  const { parameters, beneficiaryKind, on, amount, held } = order;
  const of = (name: CeilingName) => inForce(parameters, { name, beneficiaryKind, on });
  const whole = plus(amount, held.amount);
  const flat = of('ceiling_per_beneficiary');
  const perJob = of('ceiling_per_job');
  const jobs = BigInt(order.jobs + held.jobs);
  const limits = [
    ...(flat === undefined ? [] : [{ rule: flat, ceiling: flat.value }]),
    ...(perJob === undefined ? [] : [{ rule: perJob, ceiling: rial(perJob.value * jobs) }]),
  ];
  const [lowest] = limits.toSorted((a, b) => (a.ceiling < b.ceiling ? -1 : 1));
  if (lowest === undefined || whole <= lowest.ceiling) return ok();
  const { rule, ceiling } = lowest;
  return refused({
    kind: 'OverCeiling',
    ceilingName: rule.name === 'ceiling_per_job' ? rule.name : 'ceiling_per_beneficiary',
    beneficiaryKind,
    asked: amount,
    ceiling,
    held: held.amount,
    left: most(zero, minus(ceiling, held.amount)),
    jobs:
      rule === perJob && (flat === undefined || whole <= flat.value) ? jobsFor(whole, rule, held.jobs) : null,
    validFrom: rule.validFrom,
    legalReference: rule.legalReference,
  });
}

/** The fewest jobs of this award with which the whole fits; null where a job may cost nothing. */
function jobsFor(whole: Rial, { value }: Parameter, held: number): number | null {
  if (value === 0n) return null;
  const needed = (whole + value - 1n) / value;
  return needed > 10_000n ? null : parseInt(needed.toString(), 10) - held;
}

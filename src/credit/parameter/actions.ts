import { act } from '#casework/actions.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Rial, rial } from '#kernel/rial.ts';
import { ok, refused } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import { type Doing, type Done, decideRole, doneBefore, today } from '../actions.ts';
import type { BeneficiaryKind } from '../contract.ts';
import { findLocked } from '../line/actions.ts';
import { updateLine } from '../queries.ts';
import { lockTree } from '../revision/actions.ts';
import { lineKind } from '../rules.ts';
import type { Parameter, ParameterOrder } from './contract.ts';
import { insertParameter, listParameters, lockHeld } from './queries.ts';
import { decideBeginning, decideCeiling, earliestOf, endOfReport, inForce, latestOf } from './rules.ts';

/** Sets a dated term of a line: it holds from its day on, and what was decided before stays decided. */
export async function setParameter(
  doing: Doing,
  { lineId, order }: { readonly lineId: string; readonly order: ParameterOrder },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(lineKind, 'set_term', by.role);
  if (!mine.ok) return mine;
  const line = await findLocked(doing, lineId);
  if (line === undefined) return refused({ kind: 'LineMissing', lineId });
  const parameter = parameterOf(order);
  const before = await doneBefore(doing, line.id, order.id);
  const acted = await act(tx, lineKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: line.id,
      act: 'set_term',
      seenVersion: order.seenVersion,
      facts: {
        term: parameter.name,
        kind: parameter.beneficiaryKind ?? parameter.rateKind,
        value: parameter.value.toString(),
        validFrom: order.validFrom,
        legalReference: order.legalReference,
      },
      reason: null,
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: line.id });
  // An award that is being decided meanwhile holds its slice: it is decided before this, or sees it.
  await lockTree(doing, line.id);
  const known = await listParameters(tx, { provinceId, lineId: line.id });
  const earliest = earliestOf({ latest: latestOf(known, parameter), state: line.state, today: today(doing) });
  const forward = decideBeginning(parameter.validFrom, earliest);
  if (!forward.ok) return forward;
  const { state, version } = acted.value.case;
  await updateLine(tx, { provinceId, id: line.id, state, version, letterDay: null });
  await insertParameter(tx, { ...parameter, provinceId, id: id(order.id), lineId: line.id });
  return ok({ id: line.id });
}

function parameterOf(order: ParameterOrder): Parameter {
  const common = {
    validFrom: dayFromIso(order.validFrom),
    legalReference: order.legalReference,
    beneficiaryKind: null,
    rateKind: null,
  };
  const { term } = order;
  switch (term.name) {
    case 'rate':
      return { ...common, name: term.name, rateKind: term.rateKind, value: rial(BigInt(term.hundredths)) };
    case 'grace_months':
    case 'term_months':
      return { ...common, name: term.name, value: rial(BigInt(term.months)) };
    case 'report_days':
      return { ...common, name: term.name, value: rial(BigInt(term.days)) };
    case 'ceiling_per_beneficiary':
    case 'ceiling_per_job':
      return { ...common, name: term.name, beneficiaryKind: term.beneficiaryKind, value: rial(term.amount) };
  }
}

/** The first instant at which a report that is recorded today is confirmed no more, by the term of its line in force. */
export async function reportEnd(doing: Doing, lineId: Id): Promise<Date> {
  const { tx, provinceId } = doing;
  return endOfReport(await listParameters(tx, { provinceId, lineId }), today(doing));
}

/** The most that a line gives a cooperative for each job on a day; null where it names no such ceiling. */
export async function jobCeiling(
  tx: Tx,
  { provinceId, lineId, on }: { readonly provinceId: number; readonly lineId: Id; readonly on: Day },
): Promise<Rial | null> {
  const which = { name: 'ceiling_per_job', beneficiaryKind: 'cooperative', on } as const;
  return inForce(await listParameters(tx, { provinceId, lineId }), which)?.value ?? null;
}

/** Whether an award is within the ceilings in force on its day, with what the beneficiary has of the line already. */
export async function keepToCeilings(
  { tx, provinceId }: Doing,
  award: {
    readonly lineId: Id;
    readonly beneficiaryKind: BeneficiaryKind;
    readonly beneficiaryId: string;
    readonly amount: Rial;
    readonly jobs: number;
    readonly on: Day;
  },
): Done<undefined> {
  const parameters = await listParameters(tx, { provinceId, lineId: award.lineId });
  if (!parameters.some((one) => one.beneficiaryKind === award.beneficiaryKind)) return ok();
  const held = await lockHeld(tx, { provinceId, ...award });
  return decideCeiling({ ...award, parameters, held });
}

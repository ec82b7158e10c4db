import type { z } from 'zod';
import { act, openCase } from '#casework/actions.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { type Doing, type Done, decideRole, doneBefore, numberOf, opening, today } from '../actions.ts';
import type { SliceFacts } from '../contract.ts';
import { type LinePage, listAccountSums, listLines, lockLine } from '../queries.ts';
import { decideDay } from '../rules.ts';
import type {
  RuleRefusal,
  ShareRule,
  ruleApprovalShape,
  ruleShape,
  ruleWithdrawalShape,
} from './contract.ts';
import {
  type ProposalRow,
  insertProposal,
  insertRuleApproval,
  insertShareRule,
  listDrawn,
  listProposals,
  listShareRules,
} from './queries.ts';
import { type Drawn, decideLimits, decideRule, receivedOf, rulesOn, shareRuleKind } from './rules.ts';

/** A line that gets no letter and no other rule before this transaction ends. */
async function findLockedLine({ tx, provinceId }: Doing, lineId: string): Promise<LinePage | undefined> {
  if (!(await lockLine(tx, { provinceId, id: lineId }))) return undefined;
  return (await listLines(tx, { provinceId, id: lineId }))[0];
}

async function fits(doing: Doing, line: LinePage, rule: ShareRule): Promise<Result<undefined, RuleRefusal>> {
  const rules = await listShareRules(doing.tx, { provinceId: doing.provinceId, lineId: line.id });
  return decideRule({ rule, rules, today: today(doing), budgetYear: line.budgetYear });
}

/** Proposes a share rule; another person must put it in force (L6). */
export async function proposeRule(
  doing: Doing,
  { lineId, order }: { readonly lineId: string; readonly order: z.infer<typeof ruleShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(shareRuleKind, 'approve_rule', by.role);
  if (!mine.ok) return mine;
  const line = await findLockedLine(doing, lineId);
  if (line === undefined) return refused({ kind: 'LineMissing', lineId });
  const ruleId = id(order.id);
  const opened = await openCase(tx, shareRuleKind, {
    opening: await opening(doing, ruleId, null, { lineId: line.id, ...order }),
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: ruleId });
  const rule: ShareRule = {
    ...order,
    share: order.share.join('/'),
    validFrom: dayFromIso(order.validFrom),
    lastDay: order.lastDay === null ? null : dayFromIso(order.lastDay),
  };
  const lawful = await fits(doing, line, rule);
  if (!lawful.ok) return lawful;
  const proposer = { proposedByPerson: by.personId, proposedByUser: by.userId };
  await insertProposal(tx, { ...rule, ...proposer, provinceId, id: ruleId, lineId: line.id });
  return ok({ id: ruleId });
}

async function findProposal(
  { tx, provinceId }: Doing,
  ruleId: string,
): Promise<Result<ProposalRow, RuleRefusal>> {
  const found = (await listProposals(tx, { provinceId, lineId: null, id: ruleId }))[0];
  return found === undefined ? refused({ kind: 'RuleMissing', ruleId }) : ok(found);
}

/** Puts a rule in force under a resolution, as another person than its proposer, from its first day on. */
export async function approveRule(
  doing: Doing,
  { ruleId, order }: { readonly ruleId: string; readonly order: z.infer<typeof ruleApprovalShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(shareRuleKind, 'approve_rule', by.role);
  if (!mine.ok) return mine;
  const found = await findProposal(doing, ruleId);
  if (!found.ok) return found;
  const { proposedByPerson, lineId, ...proposal } = found.value;
  if (proposedByPerson === by.personId) return refused({ kind: 'OwnRule', ruleId });
  const line = must(await findLockedLine(doing, lineId), 'the line of a rule');
  const resolutionDay = dayFromIso(order.resolutionDay);
  const timely = decideDay(resolutionDay, today(doing));
  if (!timely.ok) return timely;
  const resolutionNumber = numberOf(order.resolutionNumber);
  const acted = await act(tx, shareRuleKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: proposal.id,
      act: 'approve_rule',
      seenVersion: order.seenVersion,
      facts: { resolutionNumber },
      reason: null,
      happenedOn: resolutionDay,
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: proposal.id });
  // The day may have come meanwhile, or another rule have taken the room.
  const lawful = await fits(doing, line, proposal);
  if (!lawful.ok) return lawful;
  await insertRuleApproval(tx, {
    provinceId,
    proposalId: proposal.id,
    proposedByPerson,
    approvedByPerson: by.personId,
    approvedByUser: by.userId,
    resolutionNumber,
    resolutionDay,
  });
  await insertShareRule(tx, { ...proposal, provinceId, lineId, proposalId: proposal.id });
  return ok({ id: proposal.id });
}

export async function withdrawRule(
  doing: Doing,
  { ruleId, order }: { readonly ruleId: string; readonly order: z.infer<typeof ruleWithdrawalShape> },
): Done<{ id: Id }> {
  const mine = decideRole(shareRuleKind, 'withdraw_rule', doing.by.role);
  if (!mine.ok) return mine;
  const found = await findProposal(doing, ruleId);
  if (!found.ok) return found;
  const before = await doneBefore(doing, found.value.id, order.id);
  const acted = await act(doing.tx, shareRuleKind, {
    provinceId: doing.provinceId,
    by: doing.by,
    clock: doing.clock,
    order: {
      id: id(order.id),
      caseId: found.value.id,
      act: 'withdraw_rule',
      seenVersion: order.seenVersion,
      facts: {},
      reason: order.reason,
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  return acted.ok ? ok({ id: found.value.id }) : acted;
}

/** The rules of the line of a slice on a day. */
export async function rulesFor({ tx, provinceId }: Doing, slice: SliceFacts, on: Day): Promise<ShareRule[]> {
  const [line] = await listLines(tx, { provinceId, id: slice.lineId });
  const { budgetYear } = must(line, 'the line of a slice');
  return rulesOn(await listShareRules(tx, { provinceId, lineId: slice.lineId }), on, budgetYear);
}

/** Holds an award to the caps and priorities of its day; the slice must be locked. */
export async function keepToLimits(
  { tx, provinceId }: Doing,
  order: { readonly slice: SliceFacts; readonly rules: readonly ShareRule[]; readonly award: Drawn },
): Promise<Result<undefined, RuleRefusal>> {
  const { slice, rules, award } = order;
  if (rules.every(({ type }) => type === 'reserve')) return ok();
  const sums = await listAccountSums(tx, { provinceId, lineId: null, id: slice.id });
  const drawn = await listDrawn(tx, { provinceId, sliceId: slice.id });
  return decideLimits({
    rules,
    ...receivedOf(sums),
    drawn: drawn.map(({ amount, share, beneficiaryKind, beneficiaryGroups }) => ({
      amount,
      share,
      groups: [beneficiaryKind, ...beneficiaryGroups],
    })),
    award,
  });
}

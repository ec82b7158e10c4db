import type { z } from 'zod';
import { act, openCase, timelineOf } from '#casework/actions.ts';
import type { Act } from '#casework/contract.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Rial, rial, zero } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import {
  type AccountBy,
  type Cause,
  type Doing,
  type Done,
  type Step,
  accountsBy,
  decideRole,
  lineDays,
  lineIsOpen,
  lockedFactsOf,
  move,
  numberOf,
  opening,
  today,
} from '../actions.ts';
import type { AwardAct, CreditRefusal } from '../contract.ts';
import {
  awardKind,
  type Beneficiary,
  decideDay,
  decideOrder,
  decidePayment,
  decideReason,
  decideLineDay,
  decideShare,
  decideSliceDay,
  groupsOf,
  isOwnReport,
  someone,
  wayOf,
} from '../rules.ts';
import { type AwardOrder, type newAwardShape, awardActShape } from './contract.ts';
import { decideBeneficiary, decideSignature, knownGroups, leftOf } from './rules.ts';
import { isCorrection } from '../correction/rules.ts';
import { keepToCeilings, reportEnd } from '../parameter/actions.ts';
import { findLineTerms, listAgencies, listBanks, lockSlice } from '../queries.ts';
import { keepToLimits, rulesFor } from '../share/actions.ts';
import {
  type AwardPage,
  findAwardId,
  findFirstDay,
  findEntered,
  insertAward,
  listAwards,
} from './queries.ts';

/** Reserves an award out of a leaf of the tree; a cooperative draws on its reserve first. */
export async function reserveAward(
  doing: Doing,
  { sliceId, order }: { readonly sliceId: string; readonly order: z.infer<typeof newAwardShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  // From here on nobody else draws on the slice, so the share decided below is the one that can be drawn.
  const found = await lockedFactsOf(doing, sliceId);
  if (found === undefined) return refused({ kind: 'SliceMissing', sliceId });
  const { facts } = found;
  const happenedOn = dayFromIso(order.happenedOn);
  const timely = decideDay(happenedOn, today(doing));
  if (!timely.ok) return timely;
  const awardId = id(order.id);
  const opened = await openCase(tx, awardKind, {
    opening: {
      ...(await opening(doing, awardId, facts.countyCode, { drawnFrom: facts.id, ...order })),
      subjectId: id(order.beneficiaryId),
      happenedOn,
    },
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: awardId });
  const entered = await findEntered(tx, { provinceId, id: order.beneficiaryId });
  const known = decideBeneficiary(order.beneficiaryKind, entered);
  if (!known.ok) return known;
  const groups = knownGroups(must(entered, 'whom the registry knows'));
  const open = await lineIsOpen(doing, facts.lineId);
  if (!open.ok) return open;
  const inTime = decideLineDay(happenedOn, await lineDays(doing, facts.lineId));
  if (!inTime.ok) return inTime;
  const there = decideSliceDay(happenedOn, await findFirstDay(tx, { provinceId, sliceId: facts.id }));
  if (!there.ok) return there;
  const amount = rial(order.amount);
  const within = await keepToCeilings(doing, { ...order, lineId: facts.lineId, amount, on: happenedOn });
  if (!within.ok) return within;
  const named = await decideNames(doing, order.facts);
  if (!named.ok) return named;
  const beneficiary: Beneficiary = { ...someone(order.beneficiaryKind), ...order.facts, ...groups };
  const share = decideShare({ slice: facts, amount, beneficiary });
  if (!share.ok) return share;
  const rules = await rulesFor(doing, facts, happenedOn);
  const beneficiaryGroups = groupsOf(beneficiary, [
    ...facts.available.keys(),
    ...rules.map((rule) => rule.share),
  ]);
  const award = { amount, share: share.value, groups: [beneficiary.kind, ...beneficiaryGroups] };
  const limited = await keepToLimits(doing, { slice: facts, rules, award });
  if (!limited.ok) return limited;
  await insertAward(tx, {
    provinceId,
    id: awardId,
    lineId: facts.lineId,
    sliceId: facts.id,
    countyCode: facts.countyCode,
    share: share.value,
    amount,
    beneficiaryKind: order.beneficiaryKind,
    beneficiaryGroups,
    agencyKey: beneficiary.agencyKey,
    bankCode: beneficiary.bankCode,
    beneficiaryId: id(order.beneficiaryId),
    jobs: order.jobs,
  });
  const account = await accountsBy(doing, facts.id);
  const step = { from: account('available', share.value), to: account('reserved', share.value), amount };
  const posted = await move(doing, [step], { kind: 'reserve', referenceId: awardId, happenedOn });
  return posted.ok ? ok({ id: awardId }) : posted;
}

/** The agency and bank that an award names must be known ones. */
async function decideNames(
  { tx }: Doing,
  facts: z.infer<typeof newAwardShape>['facts'],
): Promise<Result<undefined, CreditRefusal>> {
  const { agencyKey = null, bankCode = null } = facts ?? {};
  if (agencyKey !== null && !(await listAgencies(tx)).some(({ key }) => key === agencyKey))
    return refused({ kind: 'PartUnknown', axis: 'agency', key: agencyKey });
  if (bankCode !== null && !(await listBanks(tx)).some(({ key }) => key === bankCode))
    return refused({ kind: 'PartUnknown', axis: 'bank', key: bankCode });
  return ok();
}

/** One act on an award: the case moves on, and with it the money. */
export async function actOnAward(
  doing: Doing,
  { awardId, order }: { readonly awardId: string; readonly order: AwardOrder },
): Done<{ id: Id; state: string }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(awardKind, order.act, by.role);
  if (!mine.ok) return mine;
  const caseId = await findAwardId(tx, { provinceId, awardId });
  if (caseId === undefined) return refused({ kind: 'AwardMissing', awardId });
  const happenedOn = dayFromIso(order.happenedOn);
  const timely = decideDay(happenedOn, today(doing));
  if (!timely.ok) return timely;
  const acted = await act(tx, awardKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId,
      act: order.act,
      seenVersion: order.seenVersion,
      facts: factsOf(order),
      reason: order.reason,
      happenedOn,
    },
  });
  if (!acted.ok) return acted;
  const done = { id: caseId, state: acted.value.case.state };
  if (acted.value.outcome === 'replayed') return ok(done);
  // The case is locked now, so what the award has been paid cannot change any more before the transfer.
  const award = must(
    (await listAwards(tx, { provinceId, id: awardId, sliceId: null, before: null, limit: 1 }))[0],
    'the award just acted on',
  );
  const amount = order.amount === null ? null : rial(order.amount);
  const decision = decidePayment(order.act, award, amount, awardId);
  if (!decision.ok) return decision;
  if (isOwnReport(order.act, award, by.personId)) return refused({ kind: 'OwnReport', awardId });
  const signed = decideSignature(order, award.reported ?? zero);
  if (!signed.ok) return signed;
  const fits = await decideAct(doing, caseId, acted.value.act);
  if (!fits.ok) return fits;
  const account = await accountsBy(doing, award.sliceId);
  // From here on the line is not closed before what a release gives back is seen, or it is closed already.
  if (order.act === 'release') await lockSlice(tx, { provinceId, id: award.sliceId });
  const expiresAt = order.act === 'report_payment' ? await reportEnd(doing, award.lineId) : null;
  const from = acted.value.act.fromState;
  const posted = await move(
    doing,
    ...moneyOf({ award, act: order.act, amount, account, happenedOn, from, expiresAt }),
  );
  if (!posted.ok) return posted;
  const handed = order.act === 'release' ? await handBack(doing, { award, account, happenedOn }) : posted;
  return handed.ok ? ok(done) : handed;
}

/** What an act keeps of its order: the sum that a branch reports, or what the bank has signed. */
const factsOf = ({ amount, signed }: AwardOrder): Record<string, string> => ({
  ...(amount === null ? {} : { amount }),
  ...(signed === null ? {} : { signedNumber: numberOf(signed.number), signedSum: signed.sum }),
});

/** What comes back into a closed line goes on to the notifier: nothing is available there any more. */
async function handBack(
  doing: Doing,
  { award, account, happenedOn }: Pick<MoneyOrder, 'award' | 'account' | 'happenedOn'>,
): Done<undefined> {
  const { state } = must(
    await findLineTerms(doing.tx, { provinceId: doing.provinceId, id: award.lineId }),
    'the line of an award',
  );
  if (state !== 'closed') return ok();
  const step = {
    from: account('available', award.share),
    to: account('handed_back', award.share),
    amount: leftOf(award),
  };
  return move(doing, [step], { kind: 'hand_back', referenceId: award.id, happenedOn });
}

/** Whether an act has its reason where one is asked for, and did not happen before the act that it follows. */
async function decideAct(
  { tx, provinceId }: Doing,
  caseId: Id,
  { seq, act: name, reason, happenedOn }: Act,
): Promise<Result<undefined, CreditRefusal>> {
  const reasoned = decideReason(awardActShape.shape.act.parse(name), reason);
  if (!reasoned.ok) return reasoned;
  const timeline = await timelineOf(tx, { provinceId, caseId });
  const before = timeline.findLast((one) => one.seq < seq && !isCorrection(one.act));
  return decideOrder(happenedOn, must(before, 'the act before this one').happenedOn);
}

type MoneyOrder = {
  readonly award: AwardPage;
  readonly act: AwardAct;
  readonly amount: Rial | null;
  readonly account: AccountBy;
  readonly happenedOn: Day;
  /** The state before the act: what a release gives back from. */
  readonly from: string;
  /** From when on a report is confirmed no more; null for any other act. */
  readonly expiresAt: Date | null;
};

/** Where the rest of an award lies in a state: of one that was paid in part, with the bank as the contract's. */
const releasedFrom = (state: string): string => (state === 'part_paid' ? 'contracted' : state);

function moneyOf(order: MoneyOrder): [Step[], Cause] {
  const { award, account, happenedOn } = order;
  const cause = { referenceId: award.id, happenedOn };
  const step = (from: string, to: string, amount: Rial): Step[] => [
    { from: account(from, award.share), to: account(to, award.share), amount },
  ];
  if (order.act === 'release')
    return [step(releasedFrom(order.from), 'available', leftOf(award)), { ...cause, kind: 'release' }];
  const [from, to] = wayOf[order.act];
  switch (order.act) {
    case 'refer':
    case 'contract':
      return [step(from, to, award.amount), { ...cause, kind: order.act }];
    case 'report_payment': {
      const { expiresAt } = order;
      const pending = { ...cause, kind: 'pay', phase: 'pend', expiresAt } as const;
      return [step(from, to, must(order.amount, 'a reported sum')), pending];
    }
    case 'decline_report':
    case 'expire_report':
    case 'confirm_part_payment':
    case 'confirm_last_payment': {
      const phase = order.act.startsWith('confirm') ? 'confirm' : 'void';
      const reported = must(award.reported, 'an open report');
      return [step(from, to, reported), { ...cause, kind: 'pay', phase, pendingId: award.reportId }];
    }
  }
}

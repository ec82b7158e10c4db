import type { z } from 'zod';
import { act, openCase } from '#casework/actions.ts';
import { type Day, dayFromIso } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { type Rial, rial, shareOut, total } from '#kernel/rial.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import {
  type AccountBy,
  type Doing,
  type Done,
  type Step,
  accountsBy,
  accountsFor,
  decideRole,
  doneBefore,
  factsOf,
  fresh,
  lineDays,
  lineIsOpen,
  lockedFactsOf,
  move,
  numberOf,
  openSlice,
  opening,
  stepsOf,
  today,
} from '../actions.ts';
import { coordinatesOf, isSamePlace, partAt, roundKeys } from '../axis.ts';
import {
  type CreditRefusal,
  type Explanation,
  type FormulaRefusalFacts,
  type FormulaRunAnswer,
  type PartAxis,
  type ShareSums,
  type SliceFacts,
  type SlicingPart,
  beneficiaryKinds,
  explanationShape,
  formulaRunShape,
} from '../contract.ts';
import { type CountyExplanation, type FormulaRefusal, runFormula } from '../formula.ts';
import {
  type ChildRow,
  type NamedKey,
  type SliceRow,
  listCategories,
  listCounties,
  listCountyValues,
  listAgencies,
  listBanks,
  raiseJobTarget,
} from '../queries.ts';
import { decideAxis, decideDay, decideNotified, decideSlicing, slicingKind } from '../rules.ts';
import { divideShares, lockedIn } from '../share.ts';
import { columnsOf, lineOf } from './rules.ts';
import type { FormulaOrder, SlicingOrder, approvalShape, withdrawalShape } from './contract.ts';
import {
  type PartRow,
  type SlicingPage,
  insertApproval,
  insertParts,
  insertSlicing,
  listParts,
  listSlicings,
} from './queries.ts';

/** A division worked out but not yet proposed: the what-if of the form and the proposal share it. */
export type Drawn = {
  readonly parts: readonly PartRow[];
  readonly locked: readonly Rial[];
  readonly formula: string | null;
};

/** Works a division out without writing anything. */
export async function drawSlicing(
  doing: Doing,
  { sliceId, order }: { readonly sliceId: string; readonly order: Omit<SlicingOrder, 'id'> },
): Done<Drawn> {
  const found = await factsOf(doing, sliceId);
  if (found === undefined) return refused({ kind: 'SliceMissing', sliceId });
  const { facts, children } = found;
  const axis = decideAxis(facts, order.by.axis, children[0]?.axis ?? null);
  if (!axis.ok) return axis;
  const open = await lineIsOpen(doing, facts.lineId);
  if (!open.ok) return open;
  const amount = rial(order.amount);
  const drawn =
    order.by.axis === 'county'
      ? await byFormula(doing, { facts, amount, jobTarget: order.jobTarget, formula: order.by.formula })
      : await bySums(doing, { facts, jobTarget: order.jobTarget, ...order.by });
  if (!drawn.ok) return drawn;
  const sums = drawn.value.parts.map((part) => part.amount);
  const fits = decideSlicing({ parent: facts, amount, parts: sums });
  if (!fits.ok) return fits;
  return ok({ ...drawn.value, locked: lockedOf(facts, sums) });
}

/** What of each part reserves lock. */
const lockedOf = (facts: SliceFacts, parts: readonly Rial[]): readonly Rial[] =>
  divideShares(facts.available, parts).parts.map(lockedIn);

/** What of each part the reserves would lock if the proposal were approved now; null once it no longer waits. */
export async function locksOf(
  doing: Pick<Doing, 'tx' | 'provinceId'>,
  { sliceId, state }: Pick<SlicingPage, 'sliceId' | 'state'>,
  parts: readonly PartRow[],
): Promise<readonly Rial[] | null> {
  const found = state === 'proposed' ? await factsOf(doing, sliceId) : undefined;
  const sums = parts.map((part) => part.amount);
  return found === undefined || total(sums) > total([found.facts.open, found.facts.locked])
    ? null
    : lockedOf(found.facts, sums);
}

type Division = Omit<Drawn, 'locked'>;

async function byFormula(
  { tx, provinceId }: Doing,
  order: {
    readonly facts: SliceFacts;
    readonly amount: Rial;
    readonly jobTarget: number;
    readonly formula: FormulaOrder;
  },
): Done<Division> {
  const { formula, amount } = order;
  const counties = await listCounties(tx, provinceId);
  const keys = formula.indicators.map((one) => one.key);
  const values = await listCountyValues(tx, { provinceId, indicators: keys, year: formula.year });
  const countyCodes = counties.map((county) => county.key);
  const run = runFormula({
    ...lineOf({ amount: amount.toString(), formula }, countyCodes),
    countyCodes,
    columns: columnsOf(keys, values, formula.zeroBecause),
  });
  if (!run.ok) return refused({ kind: 'FormulaRefused', formula: withNames(run.refusal, counties) });
  const jobs = jobsOf(
    order.jobTarget,
    run.value.counties.map((county) => county.amount),
  );
  const parts = run.value.counties.map((county, index) => ({
    ...partAt(order.facts, 'county', county.countyCode),
    amount: county.amount,
    jobTarget: must(jobs[index], 'a job target for each county'),
    explanation: onTheWire(county),
  }));
  const used = formula.indicators.map((one) => ({
    ...one,
    year: formula.year,
    sources: [
      ...new Set(values.filter((value) => value.indicator === one.key).map((value) => value.sourceKey)),
    ],
  }));
  const { year, floor, unit } = formula;
  const kept = { year, floor, cap: formula.cap, unit, factor: run.value.factor, indicators: used };
  return ok({ parts, formula: JSON.stringify(kept) });
}

/** A county without a value is told by its name. */
function withNames(refusal: FormulaRefusal, counties: readonly NamedKey[]): FormulaRefusalFacts {
  if (refusal.kind !== 'ValueMissing') return refusal;
  const missing = refusal.missing.map((one) => {
    const county = must(
      counties.find(({ key }) => key === one.countyCode),
      'the county without a value',
    );
    return { ...one, nameFa: county.fa, nameEn: county.en };
  });
  return { ...refusal, missing };
}

/** Sums and weights as decimal strings, as they are stored and sent. */
const onTheWire = (county: CountyExplanation): Explanation =>
  explanationShape.parse(
    JSON.parse(
      JSON.stringify(county, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one)),
    ),
  );

const keys = (list: readonly NamedKey[]): string[] => list.map(({ key }) => key);

/** What may stand on an axis. */
async function keysOn({ tx, provinceId }: Doing, axis: PartAxis): Promise<readonly string[]> {
  switch (axis) {
    case 'county':
      return keys(await listCounties(tx, provinceId));
    case 'agency':
      return keys(await listAgencies(tx));
    case 'bank':
      return keys(await listBanks(tx));
    case 'category':
      return keys(await listCategories(tx));
    case 'beneficiary_kind':
      return beneficiaryKinds;
    case 'round':
      return roundKeys;
  }
}

async function bySums(
  doing: Doing,
  order: {
    readonly facts: SliceFacts;
    readonly jobTarget: number;
    readonly axis: PartAxis;
    readonly parts: readonly { readonly key: string; readonly amount: string }[];
  },
): Done<Division> {
  const { axis } = order;
  const known = new Set(await keysOn(doing, axis));
  const seen = new Set<string>();
  for (const { key } of order.parts) {
    if (!known.has(key)) return refused({ kind: 'PartUnknown', axis, key });
    if (seen.has(key)) return refused({ kind: 'PartTwice', axis, key });
    seen.add(key);
  }
  const jobs = jobsOf(
    order.jobTarget,
    order.parts.map((part) => rial(part.amount)),
  );
  const parts = order.parts.map((part, index) => ({
    ...partAt(order.facts, axis, part.key),
    amount: rial(part.amount),
    jobTarget: must(jobs[index], 'a job target for each part'),
    explanation: null,
  }));
  return ok({ parts, formula: null });
}

/** The job target goes with the money, whole jobs that add up. */
function jobsOf(target: number, amounts: readonly Rial[]): number[] {
  const weights = total(amounts) > 0n ? amounts : amounts.map(() => 1n);
  return shareOut(rial(BigInt(target)), weights).map((jobs) => parseInt(jobs.toString(), 10));
}

const byKey = (list: readonly NamedKey[]) => new Map(list.map((one) => [one.key, one]));

/** A division worked out, with the names of its places, for the screen. */
export async function previewOf(
  { tx, provinceId }: Doing,
  drawn: Drawn,
): Promise<{ parts: SlicingPart[]; formula: FormulaRunAnswer | null }> {
  const counties = byKey(await listCounties(tx, provinceId));
  const categories = byKey(await listCategories(tx));
  const agencies = byKey(await listAgencies(tx));
  const banks = byKey(await listBanks(tx));
  const parts = drawn.parts.map((part, index) => {
    const county = counties.get(part.countyCode ?? '');
    const category = categories.get(part.categoryKey ?? '');
    const agency = agencies.get(part.agencyKey ?? '');
    const bank = banks.get(part.bankCode ?? '');
    return {
      ...part,
      countyFa: county?.fa ?? null,
      countyEn: county?.en ?? null,
      agencyFa: agency?.fa ?? null,
      agencyEn: agency?.en ?? null,
      bankFa: bank?.fa ?? null,
      bankEn: bank?.en ?? null,
      categoryFa: category?.fa ?? null,
      categoryEn: category?.en ?? null,
      amount: part.amount.toString(),
      locked: must(drawn.locked[index], 'a locked part for each part').toString(),
    };
  });
  const formula = drawn.formula === null ? null : formulaRunShape.parse(JSON.parse(drawn.formula));
  return { parts, formula };
}

/** Proposes a division; another person must approve it (L6). */
export async function proposeSlicing(
  doing: Doing,
  { sliceId, order }: { readonly sliceId: string; readonly order: SlicingOrder },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const found = await lockedFactsOf(doing, sliceId);
  if (found === undefined) return refused({ kind: 'SliceMissing', sliceId });
  const { id: dividedId, countyCode } = found.facts;
  const slicingId = id(order.id);
  // Sent again after its approval, the proposal would find its own rest gone: so the case is asked first.
  const opened = await openCase(tx, slicingKind, {
    opening: await opening(doing, slicingId, countyCode, { dividedId, ...order }),
    by,
    clock,
  });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: slicingId });
  const drawn = await drawSlicing(doing, { sliceId, order });
  if (!drawn.ok) return drawn;
  await insertSlicing(tx, {
    provinceId,
    id: slicingId,
    sliceId: dividedId,
    countyCode,
    axis: order.by.axis,
    amount: rial(order.amount),
    proposedByPerson: by.personId,
    proposedByUser: by.userId,
  });
  const { parts, formula } = drawn.value;
  await insertParts(tx, { provinceId, slicingId, parts, formula });
  return ok({ id: slicingId });
}

async function findSlicing(
  { tx, provinceId }: Doing,
  slicingId: string,
): Promise<Result<SlicingPage, CreditRefusal>> {
  const found = (await listSlicings(tx, { provinceId, id: slicingId, lineId: null }))[0];
  return found === undefined ? refused({ kind: 'SlicingMissing', slicingId }) : ok(found);
}

/** Approves a proposal under a resolution, as another person than its proposer; the money moves at once. */
export async function approveSlicing(
  doing: Doing,
  { slicingId, order }: { readonly slicingId: string; readonly order: z.infer<typeof approvalShape> },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(slicingKind, 'approve', by.role);
  if (!mine.ok) return mine;
  const found = await findSlicing(doing, slicingId);
  if (!found.ok) return found;
  const slicing = found.value;
  if (slicing.proposedByPerson === by.personId) return refused({ kind: 'OwnProposal', slicingId });
  const resolutionDay = dayFromIso(order.resolutionDay);
  const timely = decideDay(resolutionDay, today(doing));
  if (!timely.ok) return timely;
  const resolutionNumber = numberOf(order.resolutionNumber);
  const acted = await act(tx, slicingKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: slicing.id,
      act: 'approve',
      seenVersion: order.seenVersion,
      facts: { resolutionNumber },
      reason: null,
      happenedOn: resolutionDay,
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: slicing.id });
  // The line may have been closed since the proposal.
  const open = await lineIsOpen(doing, slicing.lineId);
  if (!open.ok) return open;
  const notified = decideNotified(resolutionDay, await lineDays(doing, slicing.lineId));
  if (!notified.ok) return notified;
  await insertApproval(tx, {
    provinceId,
    slicingId: slicing.id,
    countyCode: slicing.countyCode,
    proposedByPerson: slicing.proposedByPerson,
    approvedByPerson: by.personId,
    approvedByUser: by.userId,
    resolutionNumber,
    resolutionDay,
  });
  const parts = await listParts(tx, { provinceId, id: slicing.id });
  const posted = await divide(doing, { slicing, parts, happenedOn: resolutionDay });
  return posted.ok ? ok({ id: slicing.id }) : posted;
}

/** Moves the parts of an approved division from the parent to its children, open and locked alike. */
async function divide(
  doing: Doing,
  order: { readonly slicing: SlicingPage; readonly parts: readonly PartRow[]; readonly happenedOn: Day },
): Done<undefined> {
  const { slicing } = order;
  const { facts, children } = must(await lockedFactsOf(doing, slicing.sliceId), 'the slice of a proposal');
  // Another proposal may have been approved since, along the other axis or out of the same rest.
  const axis = decideAxis(facts, slicing.axis, children[0]?.axis ?? null);
  if (!axis.ok) return axis;
  const parts = order.parts.filter((part) => part.amount > 0n);
  const sums = parts.map((part) => part.amount);
  const fits = decideSlicing({ parent: facts, amount: slicing.amount, parts: sums });
  if (!fits.ok) return fits;
  const shares = divideShares(facts.available, sums).parts;
  const from = await accountsBy(doing, facts.id);
  const steps: Step[] = [];
  for (const [index, part] of parts.entries()) {
    const held = must(shares[index], 'the shares of each part');
    const into = await childFor(doing, { facts, slicing, part, held, children });
    steps.push(...stepsOf(held, from, into));
  }
  return move(doing, steps, { kind: 'slice', referenceId: slicing.id, happenedOn: order.happenedOn });
}

type ChildOrder = {
  readonly facts: SliceFacts;
  readonly slicing: SlicingPage;
  readonly part: PartRow;
  /** What comes into it, share by share. */
  readonly held: ShareSums;
  readonly children: readonly ChildRow[];
};

/**
 * The accounts of the slice that a part goes to: the one that an earlier division made, its job target raised, or
 * a new one.
 */
async function childFor(doing: Doing, order: ChildOrder): Promise<AccountBy> {
  const { part, held } = order;
  const { provinceId } = doing;
  const child = order.children.find((one) => isSamePlace(one, part));
  if (child === undefined) return accountsFor(doing, await openSlice(doing, childOf(doing, order)), held);
  await raiseJobTarget(doing.tx, { provinceId, id: child.id, by: part.jobTarget });
  return accountsFor(doing, { ...child, provinceId }, held);
}

const childOf = (doing: Doing, { facts, slicing, part }: ChildOrder): SliceRow => ({
  ...coordinatesOf(part),
  provinceId: doing.provinceId,
  id: fresh(doing),
  lineId: facts.lineId,
  parentId: facts.id,
  axis: slicing.axis,
  jobTarget: part.jobTarget,
});

export async function withdrawSlicing(
  doing: Doing,
  { slicingId, order }: { readonly slicingId: string; readonly order: z.infer<typeof withdrawalShape> },
): Done<{ id: Id }> {
  const mine = decideRole(slicingKind, 'withdraw', doing.by.role);
  if (!mine.ok) return mine;
  const found = await findSlicing(doing, slicingId);
  if (!found.ok) return found;
  const before = await doneBefore(doing, found.value.id, order.id);
  const acted = await act(doing.tx, slicingKind, {
    provinceId: doing.provinceId,
    by: doing.by,
    clock: doing.clock,
    order: {
      id: id(order.id),
      caseId: found.value.id,
      act: 'withdraw',
      seenVersion: order.seenVersion,
      facts: {},
      reason: order.reason,
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  return acted.ok ? ok({ id: found.value.id }) : acted;
}

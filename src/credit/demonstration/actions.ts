import type { Actor, Role } from '#kernel/actor.ts';
import { addDays, day, dayOfInstant, isoOf } from '#kernel/day.ts';
import { type Id, newId } from '#kernel/id.ts';
import { type Rial, minus, rial, shareOut, total } from '#kernel/rial.ts';
import { type Result, assert, must, ok } from '#kernel/result.ts';
import { decideLoanOpening } from '#occupation/actions.ts';
import { demonstrationSource } from '#place/contract.ts';
import { playedClock } from '#platform/clock.ts';
import { type Database, type Tx, inTransaction, noScope, read } from '#platform/db.ts';
import { type AnyRefusal, type Doing, factsOf } from '../actions.ts';
import { actOnAward, reserveAward } from '../award/actions.ts';
import type { BankListRefusal } from '../banklist/contract.ts';
import type { AwardAct, BeneficiaryKind } from '../contract.ts';
import { draftLine, notifyLine, openLine } from '../line/actions.ts';
import { setParameter } from '../parameter/actions.ts';
import { findProvinceId, listLines, listSlices } from '../queries.ts';
import { closeLine, cutLine, extendLine } from '../revision/actions.ts';
import { playBankList, playOpening } from '../sheet/actions.ts';
import { approveSlicing, proposeSlicing } from '../slicing/actions.ts';
import type { SlicingOrder } from '../slicing/contract.ts';
import { type DemonstrationLine, type DemonstrationCommon, demonstrationShape } from './contract.ts';
import { findUser } from './queries.ts';

/**
 * Plays the lines of `data/demonstration/credit.json` through the room's own deeds, each on its own day and by
 * the demonstration's users, so that what one sees was made the way it is made in an office.
 */
export async function loadDemonstration(
  db: Database,
  given: unknown,
  { onLine, beneficiaryOf }: Staged,
): Promise<void> {
  const { lines, reasons, reportTerm } = demonstrationShape.parse(given);
  for (const line of lines) {
    const provinceId = must(
      await read(db, noScope, (tx) => findProvinceId(tx, line.province)),
      `the province ${line.province}`,
    );
    const scope = { province: provinceId, county: null, office: null, person: null };
    await inTransaction<undefined, never>(db, scope, async (tx) => {
      await playLine({ tx, provinceId, line, reasons, reportTerm, beneficiaryOf });
      return ok();
    });
    onLine(line);
  }
}

type Staged = {
  readonly onLine: (line: { readonly province: string; readonly budgetYear: number }) => void;
  /** The next person or enterprise of a province to be awarded something. */
  readonly beneficiaryOf: (provinceId: number, kind: BeneficiaryKind) => Id;
};

type Stage = DemonstrationCommon &
  Pick<Staged, 'beneficiaryOf'> & {
    readonly tx: Tx;
    readonly provinceId: number;
    readonly line: DemonstrationLine;
  };

async function playLine(stage: Stage): Promise<void> {
  const deputy = await actorOf(stage, 'deputy');
  const director = await actorOf(stage, 'director');
  const doing = (on: string, by: Actor): Doing => ({
    tx: stage.tx,
    provinceId: stage.provinceId,
    clock: playedClock(day(on)),
    by,
  });
  const lineId = await notified(stage, (on) => doing(on, director));
  const rootId = must(
    (await listLines(stage.tx, { provinceId: stage.provinceId, id: lineId }))[0]?.rootSliceId,
    'the root of a notified line',
  );
  const { counties } = stage.line;
  const settle = async (sliceId: Id, order: Omit<SlicingOrder, 'id'>, on: string, resolution: string) => {
    const proposing = doing(on, deputy);
    const { id } = done(
      await proposeSlicing(proposing, { sliceId, order: { ...order, id: idOf(proposing) } }),
    );
    const approving = doing(on, director);
    const approval = {
      id: idOf(approving),
      resolutionNumber: resolution,
      resolutionDay: isoOf(day(on)),
      seenVersion: 1,
    };
    done(await approveSlicing(approving, { slicingId: id, order: approval }));
  };
  if (counties !== null) await settle(rootId, countyOrder(stage.line), counties.day, counties.resolution);
  await closeCategories(stage, lineId);
  for (const { sliceId, order } of await categoryOrders(
    doing(stage.line.categories.day, deputy),
    lineId,
    stage.line,
  ))
    await settle(sliceId, order, stage.line.categories.day, stage.line.categories.resolution);
  const { beneficiaryOf } = stage;
  await playAwards(stage, lineId, (on) => ({ ...doing(on, deputy), beneficiaryOf, confirmer: director }));
  await playLife(stage, lineId, (on) => doing(on, director));
  const by = { deputy: (on: string) => doing(on, deputy), director: (on: string) => doing(on, director) };
  await playPayments(stage, lineId, by);
  const { opening } = stage.line;
  if (opening !== undefined) done(await playOpening({ lineId, opening }, by));
}

/** What came after the awards: ceilings, each set on its own first day, and the later letters. */
async function playLife(
  { tx, provinceId, line }: Stage,
  lineId: Id,
  on: (day: string) => Doing,
): Promise<void> {
  const versionNow = async (): Promise<number> =>
    must((await listLines(tx, { provinceId, id: lineId }))[0], 'the line').version;
  for (const { day: from, name, kind, amount, reference } of line.ceilings ?? []) {
    const now = on(from);
    const order = {
      id: idOf(now),
      seenVersion: await versionNow(),
      validFrom: isoOf(day(from)),
      legalReference: reference,
      term: { name, beneficiaryKind: kind, amount },
    };
    done(await setParameter(now, { lineId, order }));
  }
  for (const one of line.revisions ?? []) {
    const now = on(one.day);
    const letter = {
      id: idOf(now),
      seenVersion: await versionNow(),
      letterNumber: one.number,
      letterDay: isoOf(day(one.day)),
      reason: one.reason,
    };
    if (one.act === 'extend')
      done(await extendLine(now, { lineId, order: { ...letter, deadline: isoOf(day(one.deadline)) } }));
    else if (one.act === 'cut')
      done(await cutLine(now, { lineId, order: { ...letter, amount: one.amount } }));
    else done(await closeLine(now, { lineId, order: letter }));
  }
}

export const idOf = ({ clock }: Doing): Id => newId(clock.now().getTime());

/** In the demonstration nothing may be refused: its own data would be wrong. */
export function done<Done>(result: Result<Done, AnyRefusal | BankListRefusal>): Done {
  assert(
    result.ok,
    `the demonstration was refused: ${result.ok ? '' : JSON.stringify(result.refusal, asText)}`,
  );
  return result.value;
}

const asText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

async function actorOf({ tx, provinceId, line }: Stage, role: Role): Promise<Actor> {
  const user = must(await findUser(tx, `${role}-${line.province}`), `the user ${role}-${line.province}`);
  return { ...user, role, scope: { province: provinceId, county: null, office: null, person: null } };
}

async function notified({ line, reportTerm }: Stage, doing: (on: string) => Doing): Promise<Id> {
  const first = must(line.letters[0], 'a letter of notification').day;
  const {
    letters,
    counties: _,
    categories: __,
    awards: ___,
    receivers: ____,
    province: _____,
    ceilings: ______,
    revisions: _______,
    bankList: ________,
    opening: _________,
    reserve,
    ...terms
  } = line;
  const drafting = doing(first);
  const { id } = done(
    await draftLine(drafting, {
      ...terms,
      id: idOf(drafting),
      paragraph: null,
      item: null,
      deadline: isoOf(day(line.deadline)),
      cooperativeReserve: reserve?.percent ?? null,
      reserveReference: reserve?.reference ?? null,
    }),
  );
  const term = { ...reportTerm, id: idOf(drafting), seenVersion: 1, validFrom: isoOf(day(first)) };
  done(await setParameter(drafting, { lineId: id, order: term }));
  for (const [index, letter] of letters.entries()) {
    const now = doing(letter.day);
    const order = {
      id: idOf(now),
      amount: letter.amount,
      letterNumber: letter.number,
      letterDay: isoOf(day(letter.day)),
    };
    done(await notifyLine(now, { lineId: id, order }));
    if (index === 0) done(await openLine(now, { lineId: id, actId: idOf(now) }));
  }
  return id;
}

function countyOrder({ counties }: DemonstrationLine): Omit<SlicingOrder, 'id'> {
  const {
    day: _,
    resolution: __,
    adjustment,
    zeroBecause,
    jobTarget,
    amount,
    ...formula
  } = must(counties, 'a county formula');
  return {
    amount,
    jobTarget,
    by: {
      axis: 'county',
      formula: {
        ...formula,
        zeroBecause: [{ countyCode: adjustment.county, reason: zeroBecause }],
        adjustments: [
          { countyCode: adjustment.county, amount: adjustment.amount, reason: adjustment.reason },
        ],
      },
    },
  };
}

/** Says which categories are open for loans and which are not, before anything is sliced to them. */
async function closeCategories({ tx, provinceId, line, reasons }: Stage, lineId: Id): Promise<void> {
  const { open, closed, day: on } = line.categories;
  assert(lineId !== '', 'the line stands');
  const clock = playedClock(day(on));
  const decide = async (categoryKey: string, isOpen: boolean, reasonFa: string) => {
    const recordedAt = clock.now();
    const order = {
      loanOpeningId: newId(recordedAt.getTime()),
      provinceId,
      budgetYear: line.budgetYear,
      categoryKey,
      open: isOpen,
      inForceFrom: day(on),
      reasonFa,
      sourceKey: demonstrationSource,
      recordedAt,
    };
    assert((await decideLoanOpening(tx, order)).ok, `the category ${categoryKey} is decided once`);
  };
  for (const key of Object.keys(open.weights)) await decide(key, true, reasons.open);
  for (const key of Object.keys(closed?.weights ?? {})) await decide(key, false, closed?.reason ?? '');
}

type CategoryOrder = { readonly sliceId: Id; readonly order: Omit<SlicingOrder, 'id'> };

/** Divides each county, or the whole line where it has no counties, over categories; the sums are exact. */
async function categoryOrders(doing: Doing, lineId: Id, line: DemonstrationLine): Promise<CategoryOrder[]> {
  const { tx, provinceId } = doing;
  const axis = line.counties === null ? 'province' : 'county';
  const slices = (await listSlices(tx, { provinceId, lineId, id: null })).filter(
    (slice) => slice.axis === axis,
  );
  const sizes: Rial[] = [];
  for (const slice of slices) {
    const { facts } = must(await factsOf(doing, slice.id), 'a slice of the line');
    sizes.push(total([facts.open, facts.locked]));
  }
  const { open, closed } = line.categories;
  const openOf = inMillions(rial(open.amount), sizes);
  const closedOf = closed === null ? sizes.map(() => rial(0n)) : inMillions(rial(closed.amount), sizes);
  return slices.map((slice, index) => {
    const opened = must(openOf[index], 'an open part');
    const shut = must(closedOf[index], 'a closed part');
    const parts = [...divided(opened, open.weights), ...divided(shut, closed?.weights ?? {})];
    const order = {
      amount: total([opened, shut]).toString(),
      jobTarget: 0,
      by: { axis: 'category' as const, parts },
    };
    return { sliceId: slice.id, order };
  });
}

/** A million tomans: what an office writes in a proposal. */
const million = rial(10_000_000n);

/** Shares a sum out in whole millions of tomans; it must be such a sum itself. */
function inMillions(whole: Rial, weights: readonly bigint[]): Rial[] {
  assert(whole % million === 0n, `${whole} is no whole million of tomans`);
  return shareOut(rial(whole / million), weights).map((part) => rial(part * million));
}

function divided(whole: Rial, weights: Readonly<Record<string, number>>): { key: string; amount: string }[] {
  const keys = Object.keys(weights);
  const parts = inMillions(whole, Object.values(weights).map(BigInt));
  return keys.map((key, index) => ({ key, amount: must(parts[index], 'a part').toString() }));
}

// ---- awards

/** What a deputy reports another person confirms. */
type Awarding = Doing & Pick<Staged, 'beneficiaryOf'> & { readonly confirmer: Actor };
type OnDay = (on: string) => Awarding;

async function playAwards(stage: Stage, lineId: Id, on: OnDay): Promise<void> {
  const { tx, provinceId, line } = stage;
  const closed = new Set(Object.keys(line.categories.closed?.weights ?? {}));
  const leaves = (await listSlices(tx, { provinceId, lineId, id: null })).filter(
    (slice) => slice.axis === 'category' && !closed.has(slice.categoryKey ?? ''),
  );
  if (line.awards !== undefined)
    await playHouseholds(
      leaves.map((leaf) => leaf.id),
      { ...line.awards, withdrawal: stage.reasons.withdrawal },
      on,
    );
  if (line.receivers !== undefined)
    await playReceivers(
      leaves.map((leaf) => leaf.id),
      line.receivers,
      on,
    );
}

/** How far awards have come, in turn; of ten, about as many are paid as the data file says. */
function fateOf(index: number, paidPercent: number): readonly AwardAct[] {
  const place = (index * 37) % 100;
  if (place < paidPercent) return ['refer', 'contract', 'report_payment', 'confirm_last_payment'];
  if (place < paidPercent + 8) return ['refer', 'contract', 'report_payment'];
  if (place < paidPercent + 18) return ['refer', 'contract'];
  if (place < paidPercent + 30) return ['refer'];
  return place < paidPercent + 36 ? ['refer', 'release'] : [];
}

type Households = NonNullable<DemonstrationLine['awards']> & { readonly withdrawal: string };

async function playHouseholds(
  leaves: readonly Id[],
  { from, kinds, shares, paidPercent, withdrawal }: Households,
  on: OnDay,
) {
  for (const [leaf, sliceId] of leaves.entries()) {
    for (const [index, kind] of kinds.entries()) {
      const number = leaf * kinds.length + index;
      const start = on(addDays(day(from), (number * 7) % 150));
      const { facts } = must(await factsOf(start, sliceId), 'a leaf');
      const room = kind === 'cooperative' ? facts.locked : facts.open;
      const part = rial((room * BigInt(must(shares[index], 'a share'))) / 100n);
      const amount = rial(part - (part % million));
      if (amount <= 0n) continue;
      await playAward(start, { sliceId, amount, kind, acts: fateOf(number, paidPercent), withdrawal });
    }
  }
}

type Receivers = NonNullable<DemonstrationLine['receivers']>;

/** Sizes differ from receiver to receiver, and their sum is that of the data file to the rial. */
async function playReceivers(
  leaves: readonly Id[],
  { from, kind, count, paid, waiting }: Receivers,
  on: OnDay,
) {
  const weights = Array.from({ length: count }, (_, index) => BigInt(40 + ((index * 53) % 61)));
  const sums = inMillions(rial(paid), weights);
  const paidActs = ['refer', 'contract', 'report_payment', 'confirm_last_payment'] as const;
  const left = new Map<Id, Rial>();
  for (const leaf of leaves) {
    const { facts } = must(await factsOf(on(from), leaf), 'a leaf');
    left.set(leaf, facts.open);
  }
  for (const [index, amount] of [...sums, ...sums.slice(0, waiting)].entries()) {
    const sliceId = must(
      leaves.find((leaf) => must(left.get(leaf), 'a leaf') >= amount),
      'a leaf with enough left',
    );
    left.set(sliceId, minus(must(left.get(sliceId), 'a leaf'), amount));
    const acts = index < count ? paidActs : (['refer'] as const);
    await playAward(on(addDays(day(from), (index * 5) % 240)), {
      sliceId,
      amount,
      kind,
      acts,
      withdrawal: '',
    });
  }
}

type Award = {
  readonly sliceId: Id;
  readonly amount: Rial;
  readonly kind: BeneficiaryKind;
  readonly acts: readonly AwardAct[];
  /** Why a released award is given back. */
  readonly withdrawal: string;
};

/** The list of the month that a bank signs, with what it says of one award. */
const monthlyList = ({ clock }: Doing, amount: Rial) => ({
  number: dayOfInstant(clock.now().getTime()).slice(0, 7),
  sum: amount.toString(),
});

async function playAward(doing: Awarding, { sliceId, amount, kind, acts, withdrawal }: Award): Promise<Id> {
  const start = doing.clock.now().getTime();
  const order = {
    id: idOf(doing),
    amount: amount.toString(),
    beneficiaryKind: kind,
    beneficiaryId: doing.beneficiaryOf(doing.provinceId, kind),
    jobs: kind === 'person' ? 1 : 5,
    happenedOn: isoOf(dayOfInstant(start)),
  };
  const { id: awardId } = done(await reserveAward(doing, { sliceId, order }));
  for (const [step, act] of acts.entries()) {
    const later = { ...doing, clock: playedClock(addDays(dayOfInstant(start), 4 * (step + 1))) };
    const acting = {
      id: idOf(later),
      act,
      seenVersion: step + 1,
      happenedOn: isoOf(dayOfInstant(later.clock.now().getTime())),
      amount: act === 'report_payment' ? amount.toString() : null,
      reason: act === 'release' ? withdrawal : null,
      signed: act === 'confirm_last_payment' ? monthlyList(later, amount) : null,
    };
    const by = act.startsWith('confirm') ? doing.confirmer : doing.by;
    done(await actOnAward({ ...later, by }, { awardId, order: acting }));
  }
  return awardId;
}

/** Awards of one slice that a bank's list then pays. */
async function playPayments(
  { tx, provinceId, beneficiaryOf, line: { bankList } }: Stage,
  lineId: Id,
  on: Readonly<Record<'deputy' | 'director', (on: string) => Doing>>,
): Promise<void> {
  if (bankList === undefined) return;
  const { id: sliceId } = must((await listSlices(tx, { provinceId, lineId, id: null })).at(-1), 'a slice');
  const awardIds: Id[] = [];
  const waiting = { sliceId, kind: 'person', acts: ['refer', 'contract'], withdrawal: '' } as const;
  for (const [index, amount] of bankList.awards.entries()) {
    const at = addDays(day(bankList.from), index);
    const doing = { ...on.deputy(at), beneficiaryOf, confirmer: on.director(at).by };
    awardIds.push(await playAward(doing, { ...waiting, amount: rial(amount) }));
  }
  done(await playBankList({ lineId, awardIds, list: bankList }, on));
}

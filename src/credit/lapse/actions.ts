import type { Actor, Role } from '#kernel/actor.ts';
import { type Day, addDays, dayOfInstant, isoOf, partsOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import { must, ok } from '#kernel/result.ts';
import { type Clock, playedClock } from '#platform/clock.ts';
import { type Database, type Tx, inTransaction, noScope, read } from '#platform/db.ts';
import type { Doing } from '../actions.ts';
import { actOnAward, reserveAward } from '../award/actions.ts';
import { done, idOf } from '../demonstration/actions.ts';
import { findUser } from '../demonstration/queries.ts';
import { draftLine, notifyLine, openLine } from '../line/actions.ts';
import { findProvinceId, listCounties, listCountyValues, listLines, listSlices } from '../queries.ts';
import { draftReallocation, proposeReallocation } from '../reallocation/actions.ts';
import { figuresYear } from '../scenario/contract.ts';
import { approveSlicing, proposeSlicing } from '../slicing/actions.ts';
import type { LapseDemonstration } from './contract.ts';

/**
 * A line of the demonstration whose deadline is near whenever one looks: all its days are counted from today.
 * Some counties draw fast, most evenly, some hardly; what they would leave is drafted and proposed for a transfer.
 */
export async function loadLapseDemonstration(
  { db, clock, supporterOf }: Pick<Stage, 'supporterOf'> & { readonly db: Database; readonly clock: Clock },
  given: LapseDemonstration,
): Promise<void> {
  const provinceId = must(
    await read(db, noScope, (tx) => findProvinceId(tx, given.province)),
    `the province ${given.province}`,
  );
  const scope = { province: provinceId, county: null, office: null, person: null };
  await inTransaction<undefined, never>(db, scope, async (tx) => {
    await play({ tx, provinceId, given, supporterOf, today: dayOfInstant(clock.now().getTime()) });
    return ok();
  });
}

type Stage = {
  /** Whom the next award is for. */
  readonly supporterOf: (provinceId: number) => Id;
  readonly tx: Tx;
  readonly provinceId: number;
  readonly given: LapseDemonstration;
  readonly today: Day;
};

async function play(stage: Stage): Promise<void> {
  const { tx, provinceId, given, today } = stage;
  const deputy = await actorOf(stage, 'deputy');
  const director = await actorOf(stage, 'director');
  const on = (daysAgo: number, by: Actor): Doing => ({
    tx,
    provinceId,
    clock: playedClock(addDays(today, -daysAgo)),
    by,
  });
  const lineId = await openedLine(stage, (daysAgo) => on(daysAgo, director));
  const root = must((await listLines(tx, { provinceId, id: lineId }))[0]?.rootSliceId, 'a root slice');
  const dividing = on(given.daysAgo - 10, deputy);
  const order = await divisionOf(stage, idOf(dividing));
  done(await proposeSlicing(dividing, { sliceId: root, order }));
  const approving = on(given.daysAgo - 12, director);
  const approval = {
    id: idOf(approving),
    resolutionNumber: given.resolution,
    resolutionDay: isoOf(addDays(today, 12 - given.daysAgo)),
    seenVersion: 1,
  };
  done(await approveSlicing(approving, { slicingId: order.id, order: approval }));
  await playAwards(stage, lineId, { on: (daysAgo) => on(daysAgo, deputy), confirmer: director });
  const proposing = on(0, deputy);
  const { draft } = done(await draftReallocation(proposing, root));
  const moves = draft.steps.map(({ fromSliceId, toSliceId, amount }) => ({
    fromSliceId,
    toSliceId,
    amount: amount.toString(),
  }));
  const proposal = { id: idOf(proposing), reason: given.reason, moves };
  if (moves.length > 0) done(await proposeReallocation(proposing, { parentId: root, order: proposal }));
}

async function actorOf({ tx, provinceId, given }: Stage, role: Role): Promise<Actor> {
  const user = must(await findUser(tx, `${role}-${given.province}`), `the user ${role}-${given.province}`);
  return { ...user, role, scope: { province: provinceId, county: null, office: null, person: null } };
}

async function openedLine({ given, today }: Stage, on: (daysAgo: number) => Doing): Promise<Id> {
  const doing = on(given.daysAgo);
  const { id } = done(
    await draftLine(doing, {
      ...given.terms,
      id: idOf(doing),
      budgetYear: partsOf(addDays(today, -given.daysAgo)).year,
      paragraph: null,
      item: null,
      deadline: isoOf(addDays(today, given.daysLeft)),
    }),
  );
  const letter = {
    id: idOf(doing),
    amount: given.amount,
    letterNumber: given.letter,
    letterDay: isoOf(addDays(today, -given.daysAgo)),
  };
  done(await notifyLine(doing, { lineId: id, order: letter }));
  done(await openLine(doing, { lineId: id, actId: idOf(doing) }));
  return id;
}

async function divisionOf({ tx, provinceId, given }: Stage, id: Id) {
  const indicators = ['population_rural'];
  const counties = await listCounties(tx, provinceId);
  const values = await listCountyValues(tx, { provinceId, indicators, year: figuresYear });
  const known = new Set(values.map(({ countyCode }) => countyCode));
  return {
    id,
    amount: given.amount,
    jobTarget: given.jobTarget,
    by: {
      axis: 'county' as const,
      formula: {
        indicators: [{ key: 'population_rural', weight: 10_000 }],
        year: figuresYear,
        floor: given.floor,
        cap: null,
        unit: '10000000',
        zeroBecause: counties
          .filter(({ key }) => !known.has(key))
          .map(({ key }) => ({ countyCode: key, reason: given.zeroReason })),
        adjustments: [],
      },
    },
  };
}

/** Each county draws at its own pace, in thousandths of its slice a week; a pace of little comes every third week. */
async function playAwards(
  { tx, provinceId, given, supporterOf }: Stage,
  lineId: Id,
  { on, confirmer }: { readonly on: (daysAgo: number) => Doing; readonly confirmer: Actor },
): Promise<void> {
  const slices = (await listSlices(tx, { provinceId, lineId, id: null })).filter(
    ({ axis }) => axis === 'county',
  );
  const sums = new Map<string, bigint>();
  for (const slice of slices) {
    const { siblings } = done(await draftReallocation(on(given.weeks * 7), must(slice.parentId, 'a parent')));
    for (const one of siblings) sums.set(one.id, one.amount);
    break;
  }
  for (const [place, slice] of slices.entries()) {
    const pace = must(given.paces[place % given.paces.length], 'a pace');
    const every = pace < 20 ? 3 : 1;
    for (let week = given.weeks; week >= 1; week -= every) {
      // From three to seven fifths of the pace, so that the band has something to say.
      const lot = 3 + ((place * 7 + week * 3) % 5);
      const part = ((sums.get(slice.id) ?? 0n) * BigInt(pace * every * lot)) / 5000n;
      const amount = rial(part - (part % 10_000_000n));
      if (amount <= 0n) continue;
      await playAward(on(week * 7 - (place % 6)), {
        sliceId: slice.id,
        amount: amount.toString(),
        isPaid: week > given.weeks - 3,
        beneficiaryId: supporterOf(provinceId),
        confirmer,
      });
    }
  }
}

async function playAward(
  doing: Doing,
  award: {
    readonly sliceId: Id;
    readonly amount: string;
    readonly isPaid: boolean;
    readonly beneficiaryId: Id;
    readonly confirmer: Actor;
  },
): Promise<void> {
  const happenedOn = isoOf(dayOfInstant(doing.clock.now().getTime()));
  const { amount } = award;
  const month = dayOfInstant(doing.clock.now().getTime()).slice(0, 7);
  const order = {
    id: idOf(doing),
    amount,
    beneficiaryKind: 'supporter' as const,
    beneficiaryId: award.beneficiaryId,
    jobs: 4,
    happenedOn,
  };
  const { id } = done(await reserveAward(doing, { sliceId: award.sliceId, order }));
  if (!award.isPaid) return;
  const acts = ['refer', 'contract', 'report_payment', 'confirm_last_payment'] as const;
  for (const [step, act] of acts.entries()) {
    const reported = act === 'report_payment' ? amount : null;
    const acting = {
      id: idOf(doing),
      act,
      seenVersion: step + 1,
      happenedOn,
      amount: reported,
      reason: null,
      signed: act === 'confirm_last_payment' ? { number: month, sum: amount } : null,
    };
    const by = act === 'confirm_last_payment' ? award.confirmer : doing.by;
    done(await actOnAward({ ...doing, by }, { awardId: id, order: acting }));
  }
}

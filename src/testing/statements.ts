import fc from 'fast-check';
import { sql } from 'kysely';
import { demonstrationSource } from '#place/contract.ts';
import { catalogue } from '#app.ts';
import { factsOf } from '#credit/actions.ts';
import type { AwardAct, BeneficiaryKind, Programme } from '#credit/contract.ts';
import { approveCorrection, proposeCorrection } from '#credit/correction/actions.ts';
import { listPayments } from '#credit/correction/queries.ts';
import { draftLine, notifyLine, openLine } from '#credit/line/actions.ts';
import { listSlices } from '#credit/queries.ts';
import { type Told } from '#evidence/contract.ts';
import { checkStatement } from '#evidence/actions.ts';
import { day, dayFromIso, isoOf } from '#kernel/day.ts';
import { type Id, id as idFrom } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { decideLoanOpening } from '#occupation/actions.ts';
import { type Scope, inTransaction, read } from '#platform/db.ts';
import {
  actOrder,
  alborz,
  approvalOrder,
  awardOrder,
  byCategories,
  byCounties,
  done,
  freshId,
  letterOrder,
  lineOrder,
  openCredits,
} from './credits.ts';
import type { House } from './house.ts';

export const lorestan = 15;

/** One award as the test remembers it, without a look at the records. */
export type AwardMade = {
  readonly id: Id;
  readonly programme: Programme;
  readonly budgetYear: number;
  readonly county: string | null;
  readonly kind: BeneficiaryKind;
  readonly beneficiaryId: Id;
  readonly amount: bigint;
  /** The last stage it has reached, and the year in which it happened. */
  readonly stage: 'reserved' | 'referred' | 'contracted' | 'reported' | 'paid' | 'released';
  readonly year: number;
};

/** Everything that was done to the provinces of a test, in rials: what is true is worked out from here. */
export type Model = {
  readonly allocated: { programme: Programme; year: number; province: number; amount: bigint }[];
  readonly locked: { programme: Programme; year: number; amount: bigint }[];
  readonly sliced: { programme: Programme; year: number; county: string; amount: bigint }[];
  readonly categories: {
    programme: Programme;
    year: number;
    county: string | null;
    category: string;
    open: boolean;
    amount: bigint;
  }[];
  readonly awards: AwardMade[];
};

/** Random numbers that a seed repeats. */
export function dice(seed: number) {
  const stream = fc.sample(fc.integer({ min: 0, max: 999_999 }), { numRuns: 4000, seed });
  let next = 0;
  const roll = (min: number, max: number): number => {
    next += 1;
    return min + (must(stream[next % stream.length], 'a number') % (max - min + 1));
  };
  return {
    roll,
    pick: <One>(list: readonly One[]): One => must(list[roll(0, list.length - 1)], 'one of a list'),
    /** So many million tomans, in rials, with digits in every place. */
    millions: (min: number, max: number): bigint => BigInt(roll(min, max)) * 10_000_000n,
  };
}
export type Dice = ReturnType<typeof dice>;

const open = ['clothing', 'wood', 'handicrafts', 'processing'] as const;
const closed = ['livestock', 'certified_seedlings'] as const;

/** A province with two years, two programmes, counties, categories and awards of random sums. */
export async function playProvince(house: House, { roll, pick, millions }: Dice) {
  house.clock.set('2024-09-05T08:30:00Z');
  const credits = await openCredits(house);
  const model: Model = { allocated: [], locked: [], sliced: [], categories: [], awards: [] };
  const percent = roll(11, 30);

  async function line(programme: Programme, year: number, amount: bigint): Promise<Id> {
    const order = lineOrder({
      programme,
      budgetYear: year,
      cooperativeReserve: programme === 'home_jobs' ? percent : null,
      reserveReference: programme === 'home_jobs' ? 'مصوبهٔ نمونه' : null,
      deadline: isoOf(day(`${year + 1}-12-20`)),
    });
    done(await credits.draft(order));
    done(await credits.notify(order.id, letterOrder(amount, { letterDay: isoOf(day(`${year}-02-10`)) })));
    done(await credits.open(order.id));
    model.allocated.push({ programme, year, province: alborz, amount });
    if (programme === 'home_jobs') {
      const locked = (amount * BigInt(percent) + 99n) / 100n;
      model.locked.push({ programme, year, amount: locked });
    }
    return idFrom(order.id);
  }
  const slicesOf = (lineId: string, axis: string) =>
    read(house.db, credits.actor('director').scope, async (tx) =>
      (await listSlices(tx, { provinceId: alborz, lineId, id: null })).filter((one) => one.axis === axis),
    );
  const availableIn = async (sliceId: string): Promise<bigint> => {
    const found = await credits.deed('deputy', async (doing) => ok(await factsOf(doing, sliceId)));
    const { facts } = must(found.ok ? found.value : undefined, 'a slice');
    return facts.open + facts.locked;
  };
  const approved = async (
    sliceId: string,
    order: ReturnType<typeof byCounties> | ReturnType<typeof byCategories>,
    year: number,
  ) => {
    done(await credits.propose(sliceId, order));
    done(await credits.approve(order.id, approvalOrder({ resolutionDay: isoOf(day(`${year}-03-10`)) })));
  };
  const opening = async (budgetYear: number, categoryKey: string, isOpen: boolean) =>
    inTransaction(house.db, { province: alborz, county: null, office: null, person: null }, (tx) =>
      decideLoanOpening(tx, {
        loanOpeningId: freshId(),
        provinceId: alborz,
        budgetYear,
        categoryKey,
        open: isOpen,
        inForceFrom: day(`${budgetYear}-02-01`),
        reasonFa: 'آزمایش',
        sourceKey: demonstrationSource,
        recordedAt: house.clock.now(),
      }),
    );

  async function categories(programme: Programme, year: number, sliceId: string, county: string | null) {
    const whole = await availableIn(sliceId);
    const keys = [...open, ...closed];
    const parts: Record<string, bigint> = {};
    for (const key of keys) {
      const amount = ((whole * BigInt(roll(8, 15))) / 100n / 10_000_000n) * 10_000_000n;
      parts[key] = amount;
      const isOpen = (open as readonly string[]).includes(key);
      model.categories.push({ programme, year, county, category: key, open: isOpen, amount });
    }
    await approved(sliceId, byCategories(parts), year);
  }
  const ways: Record<AwardMade['stage'], readonly AwardAct[]> = {
    reserved: [],
    referred: ['refer'],
    contracted: ['refer', 'contract'],
    reported: ['refer', 'contract', 'report_payment'],
    paid: ['refer', 'contract', 'report_payment', 'confirm_last_payment'],
    released: ['refer', 'release'],
  };
  async function award(made: Omit<AwardMade, 'id' | 'beneficiaryId'>, sliceId: string): Promise<Id> {
    const order = awardOrder(made.amount, made.kind, { happenedOn: isoOf(day(`${made.year}-04-10`)) });
    const reserved = done(await credits.reserve(sliceId, order));
    let version = 1;
    for (const act of ways[made.stage]) {
      done(
        await credits.actOn(
          reserved.id,
          actOrder(act, version, {
            happenedOn: isoOf(day(`${made.year}-0${Math.min(9, 4 + version)}-1${version}`)),
            amount: act === 'report_payment' ? made.amount.toString() : null,
            reason: act === 'release' ? 'انصراف' : null,
          }),
        ),
      );
      version += 1;
    }
    model.awards.push({ ...made, id: reserved.id, beneficiaryId: order.beneficiaryId });
    return reserved.id;
  }

  for (const year of [1401, 1402])
    for (const key of [...open, ...closed])
      await opening(year, key, (open as readonly string[]).includes(key));
  const home1401 = await line('home_jobs', 1401, millions(21_000, 44_000));
  const home1402 = await line('home_jobs', 1402, millions(61_000, 92_000));
  const note1402 = await line('note_18', 1402, millions(101_000, 190_000));
  const lorestanAmount = millions(31_000, 58_000);
  const abroad = credits.actor('lorestanDirector');
  await inTransaction(house.db, abroad.scope, async (tx) => {
    const doing = { tx, clock: house.clock, provinceId: lorestan, by: abroad };
    const order = lineOrder({ budgetYear: 1402, cooperativeReserve: null, reserveReference: null });
    done(await draftLine(doing, order));
    done(await notifyLine(doing, { lineId: order.id, order: letterOrder(lorestanAmount) }));
    done(await openLine(doing, { lineId: order.id, actId: freshId() }));
    return ok();
  });
  model.allocated.push({ programme: 'home_jobs', year: 1402, province: lorestan, amount: lorestanAmount });

  const root = async (lineId: string) => must((await slicesOf(lineId, 'province'))[0], 'a root').id;
  const home = model.allocated.find((one) => one.year === 1402 && one.programme === 'home_jobs');
  await approved(await root(home1402), byCounties(must(home, 'a line').amount), 1402);
  const leaves: { programme: Programme; budgetYear: number; county: string | null; id: string }[] = [];
  for (const slice of await slicesOf(home1402, 'county')) {
    const county = must(slice.countyCode, 'a county');
    const amount = await availableIn(slice.id);
    if (amount === 0n) continue;
    model.sliced.push({ programme: 'home_jobs', year: 1402, county, amount });
    if (['3001', '3006', '3002'].includes(county)) await categories('home_jobs', 1402, slice.id, county);
  }
  await categories('home_jobs', 1401, await root(home1401), null);
  await categories('note_18', 1402, await root(note1402), null);
  const lines = [
    { programme: 'home_jobs', budgetYear: 1401, id: home1401 },
    { programme: 'home_jobs', budgetYear: 1402, id: home1402 },
    { programme: 'note_18', budgetYear: 1402, id: note1402 },
  ] as const;
  for (const { programme, budgetYear, id } of lines)
    for (const leaf of await slicesOf(id, 'category'))
      if ((open as readonly string[]).includes(leaf.categoryKey ?? ''))
        leaves.push({ programme, budgetYear, county: leaf.countyCode, id: leaf.id });
  for (const leaf of leaves) {
    const kinds: BeneficiaryKind[] =
      leaf.programme === 'note_18' ? ['enterprise', 'enterprise'] : ['cooperative', 'person'];
    for (const kind of kinds) {
      const whole = await availableIn(leaf.id);
      const amount = ((whole * BigInt(roll(6, 10))) / 100n / 10_000_000n) * 10_000_000n + 10_000_000n;
      const stage = pick(['paid', 'paid', 'paid', 'contracted', 'referred', 'reported', 'released'] as const);
      const { programme, budgetYear, county } = leaf;
      await award({ programme, budgetYear, county, kind, amount, stage, year: budgetYear }, leaf.id);
    }
  }
  // As on an installation that has stood for a minute, where autovacuum has been.
  await sql`analyze`.execute(house.owner);
  const scope: Scope = { province: 'all', county: null, office: null, person: null };
  const check = (
    text: string,
    {
      published = null,
      as = scope,
      provinceId = alborz,
    }: { published?: string | null; as?: Scope; provinceId?: number } = {},
  ): Promise<Told[]> =>
    read(house.db, as, (tx) =>
      checkStatement(tx, catalogue, {
        text,
        provinceId,
        published: published === null ? null : dayFromIso(published),
      }),
    );
  return { model, credits, leaves, award, check, percent };
}

/** Takes a payment of 1402 back whole, by two persons: a reversal, and its award has paid nothing. */
export async function takeBack(
  house: House,
  { credits, model }: Pick<Awaited<ReturnType<typeof playProvince>>, 'credits' | 'model'>,
  kind: BeneficiaryKind,
): Promise<void> {
  const at = model.awards.findIndex((one) => one.kind === kind && one.stage === 'paid' && one.year === 1402);
  const award = must(model.awards[at], 'a paid award');
  const awardId = award.id;
  const { scope } = credits.actor('director');
  const payments = await read(house.db, scope, (tx) => listPayments(tx, { provinceId: alborz, awardId }));
  const paymentId = must(payments[0], 'a payment').id;
  const order = { id: freshId(), seenVersion: 5, paymentId, amount: '0', reason: 'اشتباه در فهرست' };
  done(await credits.deed('deputy', (doing) => proposeCorrection(doing, { awardId, order })));
  const approval = { awardId, correctionId: order.id, order: { id: freshId(), seenVersion: 6 } };
  done(await credits.deed('director', (doing) => approveCorrection(doing, approval)));
  model.awards[at] = { ...award, stage: 'contracted' };
}

const reached: Record<AwardMade['stage'], readonly string[]> = {
  reserved: [],
  referred: ['referred'],
  contracted: ['referred', 'contracted'],
  reported: ['referred', 'contracted'],
  paid: ['referred', 'contracted', 'paid'],
  released: [],
};

export type Asked = {
  readonly stage: 'referred' | 'contracted' | 'paid';
  readonly programme?: Programme;
  readonly county?: string;
  readonly kind?: BeneficiaryKind;
  readonly year: number;
};

/** The awards that have come so far, by what the test itself did. */
export const awardsOf = (model: Model, { stage, programme, county, kind, year }: Asked): AwardMade[] =>
  model.awards.filter(
    (one) =>
      reached[one.stage].includes(stage) &&
      one.year === year &&
      (programme === undefined || one.programme === programme) &&
      (county === undefined || one.county === county) &&
      (kind === undefined || one.kind === kind),
  );

export const sum = (all: readonly { readonly amount: bigint }[]): bigint =>
  all.reduce((whole, { amount }) => whole + amount, 0n);

import { z } from 'zod';
import type { Actor, Role } from '#kernel/actor.ts';
import { addDays, dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import { assert, must, ok, type Result } from '#kernel/result.ts';
import type { KeyedHash } from '#party/person/actions.ts';
import { type Clock, playedClock } from '#platform/clock.ts';
import { inTransaction, noScope, type Database, type Tx } from '#platform/db.ts';
import { actOnSupporter, enterSupporter, type Doing } from '../actions.ts';
import {
  orderPeriods,
  orderUnits,
  supporterActs,
  supporterKinds,
  type CapacityForm,
  type SupporterAct,
} from '../contract.ts';
import { actOnContract, draftContract, type AnyRefusal } from '../three-party-contract/actions.ts';
import { contractActs, type ContractAct } from '../three-party-contract/contract.ts';
import { findOffice, listFirms, listHolders, listUsers, type HolderRow } from './queries.ts';

const supporterStory = z.object({
  kind: z.enum(supporterKinds),
  recordYears: z.int(),
  ordersUnit: z.enum(orderUnits),
  ordersPeriod: z.enum(orderPeriods),
  listed: z.boolean(),
  jobs: z.int(),
  orders: z.string().nullable(),
  /** Days before the day of the first start, as in all that follow. */
  entered: z.int(),
  acts: z.array(z.tuple([z.enum(supporterActs), z.int()])),
  contracts: z.array(
    z.object({
      orders: z.string(),
      drafted: z.int(),
      acts: z.array(z.tuple([z.enum(contractActs), z.int()])),
    }),
  ),
  /** Acts after the contracts. */
  afterwards: z.array(z.tuple([z.enum(supporterActs), z.int()])),
  /** What a new capacity has. */
  next: z.int(),
});
export const demonstrationShape = z.object({
  reasons: z.record(z.string(), z.string()),
  places: z.record(z.string(), z.object({ category: z.string(), supporters: z.array(supporterStory) })),
});
type Told = z.infer<typeof supporterStory>;
type Reasons = z.infer<typeof demonstrationShape>['reasons'];

type Place = { readonly provinceId: number; readonly slug: string; readonly countyCode: string };
type Staging = { readonly db: Database; readonly clock: Clock; readonly keyedHash: KeyedHash };
type Stage = {
  readonly tx: Tx;
  readonly place: Place;
  readonly keyedHash: KeyedHash;
  readonly today: Day;
  readonly category: string;
  readonly reasons: Reasons;
  readonly actorOf: (act: string) => Actor;
  readonly takeWorker: () => HolderRow;
};

/** No contract of the story was drafted so many days ago. */
const firstDraft = 100;

/** Plays supporters of a county, their contracts and home workers through the room's own deeds, each on its own day. */
export async function loadDemonstration(
  { db, clock, keyedHash }: Staging,
  at: readonly Place[],
  given: unknown,
): Promise<void> {
  const { places, reasons } = demonstrationShape.parse(given);
  for (const place of at) {
    const { category, supporters } = must(places[place.slug], place.slug);
    await inTransaction<undefined, never>(db, { ...noScope, province: place.provinceId }, async (tx) => {
      const firms = await listFirms(tx, place);
      const today = dayOfInstant(clock.now().getTime());
      const since = addDays(today, -firstDraft);
      const holders = await listHolders(tx, { ...place, category, since, until: today });
      let next = 0;
      const stage: Stage = {
        tx,
        place,
        keyedHash,
        category,
        reasons,
        today,
        actorOf: await castOf(tx, place),
        takeWorker: () => must(holders[next++], 'a holder of a licence'),
      };
      for (const [index, told] of supporters.entries())
        await playSupporter(stage, told, must(firms[index], 'an enterprise'));
      return ok();
    });
  }
}

/** The officers of the place, each for the acts that are theirs: no two of three signatures are of one. */
async function castOf(tx: Tx, place: Place): Promise<(act: string) => Actor> {
  const { provinceId, slug, countyCode } = place;
  const users = new Map((await listUsers(tx)).map((user) => [user.username, user]));
  const actor = (username: string, role: Role, scope: Partial<Actor['scope']>): Actor => ({
    ...must(users.get(`${username}-${slug}`), username),
    role,
    scope: { province: provinceId, county: null, office: null, person: null, ...scope },
  });
  const county = actor('county-office', 'county_office', { county: countyCode });
  const office = must(await findOffice(tx, place), 'the office of industry');
  const agency = actor('agency', 'agency', { office });
  const deputy = actor('deputy', 'deputy', {});
  const director = actor('director', 'director', {});
  const ofCounty = ['enter', 'draft', 'sign_supporter', 'resubmit', 'withdraw', 'propose_capacity', 'cancel'];
  return (act) => {
    if (act === 'sign_agency' || act === 'decline') return agency;
    if (act === 'sign_worker') return deputy;
    return ofCounty.includes(act) ? county : director;
  };
}

async function playSupporter(stage: Stage, told: Told, personId: Id): Promise<void> {
  const entering = doing(stage, 'enter', told.entered);
  const supporter = done(
    await enterSupporter(entering, {
      id: idOf(entering),
      personId,
      kind: told.kind,
      countyCode: stage.place.countyCode,
      recordYears: told.recordYears,
      ordersUnit: told.ordersUnit,
      ordersPeriod: told.ordersPeriod,
      listed: told.listed,
      capacities: [capacityOf(stage, entering, { ...told, daysAgo: told.entered })],
    }),
  );
  const act = async (name: SupporterAct, daysAgo: number, seenVersion: number): Promise<void> => {
    const acting = doing(stage, name, daysAgo);
    const order = {
      id: idOf(acting),
      act: name,
      seenVersion,
      reason: stage.reasons[name] ?? null,
      listed: null,
      capacities:
        name === 'propose_capacity' ? [capacityOf(stage, acting, { ...told, jobs: told.next, daysAgo })] : [],
    };
    done(await actOnSupporter(acting, { supporterId: supporter.id, order }));
  };
  for (const [index, [name, daysAgo]] of told.acts.entries()) await act(name, daysAgo, index + 1);
  for (const contract of told.contracts) await playContract(stage, supporter.id, contract);
  for (const [index, [name, daysAgo]] of told.afterwards.entries())
    await act(name, daysAgo, told.acts.length + index + 1);
}

async function playContract(
  stage: Stage,
  supporterId: Id,
  { orders, drafted, acts }: Told['contracts'][number],
): Promise<void> {
  const drafting = doing(stage, 'draft', drafted);
  const { workerId, basisId } = stage.takeWorker();
  const form = { id: idOf(drafting), supporterId, workerId, basisId, orders };
  const { id: contractId } = done(await draftContract(drafting, form));
  for (const [index, [name, daysAgo]] of acts.entries()) {
    const acting = doing(stage, name, daysAgo);
    const reason = stage.reasons[name satisfies ContractAct] ?? null;
    const order = { id: idOf(acting), act: name, seenVersion: index + 1, reason };
    done(await actOnContract(acting, { contractId, order }));
  }
}

type Capacity = { readonly jobs: number; readonly orders: string | null; readonly daysAgo: number };

const capacityOf = (stage: Stage, at: Doing, { jobs, orders, daysAgo }: Capacity): CapacityForm => ({
  id: idOf(at),
  categoryKey: stage.category,
  countyCode: stage.place.countyCode,
  jobs,
  orders,
  fromOn: isoOf(addDays(stage.today, -daysAgo)),
});

const doing = ({ tx, place, today, keyedHash, actorOf }: Stage, act: string, daysAgo: number): Doing => ({
  tx,
  keyedHash,
  provinceId: place.provinceId,
  by: actorOf(act),
  clock: playedClock(addDays(today, -daysAgo)),
});
const idOf = ({ clock }: Doing): Id => newId(clock.now().getTime());

/** In the demonstration nothing may be refused: its own data would be wrong. */
function done<Done>(result: Result<Done, AnyRefusal>): Done {
  assert(
    result.ok,
    `the demonstration was refused: ${result.ok ? '' : JSON.stringify(result.refusal, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}`,
  );
  return result.value;
}

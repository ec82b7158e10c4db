import { z } from 'zod';
import type { Actor, Role } from '#kernel/actor.ts';
import { addDays, dayOfInstant, isoOf, yearPeriod, type Day } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import { persianDigits } from '#kernel/persian.ts';
import { assert, must, ok, type Result } from '#kernel/result.ts';
import { rial, shareOut } from '#kernel/rial.ts';
import { importHistory } from '#licence/actions.ts';
import { readLegalNumber } from '#party/person/actions.ts';
import { demonstrationSource } from '#place/contract.ts';
import { type Clock, playedClock } from '#platform/clock.ts';
import { inTransaction, noScope, type Database, type Tx } from '#platform/db.ts';
import {
  actOnCooperative,
  foundCooperative,
  importHistory as importHistoryOfCooperatives,
  type AnyRefusal,
  type Doing,
} from '../actions.ts';
import {
  cooperativeActs,
  cooperativeKinds,
  type CooperativeAct,
  type CooperativeOrder,
} from '../contract.ts';
import { inviteCluster } from '../finder/actions.ts';
import { findOccupation, listCounties, listPersons, listUsers } from './queries.ts';

const placeShape = z.object({
  /** What an earlier register tells of a year: how many were registered, and their capital together. */
  history: z
    .object({ year: z.int(), cooperatives: z.int(), capital: z.string(), name: z.string() })
    .nullable(),
  /** Holders of licences of each occupation, named by an earlier register. */
  clusters: z.array(z.object({ occupationId: z.int(), holders: z.int() })),
  invited: z.array(z.int()),
  cooperatives: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(cooperativeKinds),
      occupationId: z.int().nullable(),
      sharePrice: z.string(),
      members: z.int(),
      shares: z.int(),
      founded: z.int(),
      acts: z.array(z.tuple([z.enum(cooperativeActs), z.int()])),
    }),
  ),
});
export const demonstrationShape = z.object({
  reasons: z.record(z.string(), z.string()),
  places: z.record(z.string(), placeShape),
});
type Given = z.infer<typeof placeShape>;
type Reasons = z.infer<typeof demonstrationShape>['reasons'];
type Told = Given['cooperatives'][number];

type Place = { readonly provinceId: number; readonly slug: string; readonly countyCode: string };
type Stage = {
  readonly tx: Tx;
  readonly place: Place;
  readonly today: Day;
  readonly persons: readonly Id[];
  readonly actorOf: (act: string) => Actor;
};

/** Plays clusters and cooperatives of counties through the rooms' own deeds, each on its own day. */
export async function loadDemonstration(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  at: readonly Place[],
  given: unknown,
): Promise<void> {
  const { places, reasons } = demonstrationShape.parse(given);
  for (const place of at)
    await loadPlace({ db, clock }, place, { told: must(places[place.slug], place.slug), reasons });
}

async function loadPlace(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  place: Place,
  { told, reasons }: { readonly told: Given; readonly reasons: Reasons },
): Promise<void> {
  const { provinceId } = place;
  await inTransaction<undefined, never>(db, { ...noScope, province: provinceId }, async (tx) => {
    const stage = {
      tx,
      place,
      today: dayOfInstant(clock.now().getTime()),
      persons: await listPersons(tx, place),
      actorOf: await castOf(tx, place),
    };
    await playHistory(stage, told);
    await playClusters(stage, told);
    for (const [at, one] of told.cooperatives.entries())
      await playCooperative(stage, { told: one, at, reasons });
    await invite(stage, told);
    return ok();
  });
}

/** The officers of the place, each for the acts that are theirs. */
async function castOf(tx: Tx, { provinceId, slug, countyCode }: Place): Promise<(act: string) => Actor> {
  const users = new Map((await listUsers(tx)).map((user) => [user.username, user]));
  const actor = (username: string, role: Role, county: string | null): Actor => ({
    ...must(users.get(`${username}-${slug}`), username),
    role,
    scope: { province: provinceId, county, office: null, person: null },
  });
  const county = actor('county-office', 'county_office', countyCode);
  const deputy = actor('deputy-two', 'deputy', null);
  const director = actor('director', 'director', null);
  const ofDeputy = ['agree', 'return', 'register', 'stagnate', 'revive'];
  return (act) => (act === 'dissolve' ? director : ofDeputy.includes(act) ? deputy : county);
}

async function playClusters({ tx, place, today, persons }: Stage, { clusters }: Given): Promise<void> {
  let next = 0;
  for (const { occupationId, holders } of clusters) {
    const occupation = must(await findOccupation(tx, occupationId), `occupation ${occupationId}`);
    const issuedOn = addDays(today, -120 - occupationId);
    const rows = Array.from({ length: holders }, () => ({
      ...occupation,
      occupationId,
      issuedOn,
      countyCode: place.countyCode,
      personId: must(persons[next++ % persons.length], 'a person'),
    }));
    await importHistory(
      { tx, clock: playedClock(issuedOn), provinceId: place.provinceId },
      { rows, sourceKey: demonstrationSource },
    );
  }
}

/** Spread over the working days of the year, and the capital over the cooperatives to the rial. */
async function playHistory({ tx, place, today }: Stage, { history }: Given): Promise<void> {
  if (history === null) return;
  const counties = await listCounties(tx, place.provinceId);
  const { from } = yearPeriod(history.year);
  const weights = Array.from({ length: history.cooperatives }, (_, at) => BigInt(3 + ((at * 7) % 11)));
  const rows = shareOut(rial(history.capital), weights).map((capital, at) => ({
    countyCode: must(counties[(at * 5) % counties.length], 'a county'),
    name: `${history.name} ${persianDigits(String(at + 1))}`,
    kind: must(cooperativeKinds[(at * 3) % cooperativeKinds.length], 'a kind'),
    capital,
    members: 7 + ((at * 5) % 9),
    on: addDays(from, (at * 17) % 355),
  }));
  await importHistoryOfCooperatives(
    { tx, clock: playedClock(today), provinceId: place.provinceId },
    { rows, sourceKey: demonstrationSource },
  );
}

type Playing = { readonly told: Told; readonly at: number; readonly reasons: Reasons };

async function playCooperative(stage: Stage, playing: Playing): Promise<void> {
  const { told, at } = playing;
  const { persons, place } = stage;
  // From the end of the list, so that the clusters keep their holders.
  const members = Array.from({ length: told.members }, (_, index) =>
    must(persons[persons.length - 1 - ((at * 11 + index) % persons.length)], 'a person'),
  );
  const founding = doing(stage, 'found', told.founded);
  const { id } = done(
    await foundCooperative(founding, {
      id: idOf(founding),
      name: told.name,
      kind: told.kind,
      membership: 'special',
      countyCode: place.countyCode,
      occupationId: told.occupationId,
      sharePrice: told.sharePrice,
      founders: members.map((personId) => ({ personId, shares: told.shares })),
    }),
  );
  for (const [index, [act, daysAgo]] of told.acts.entries()) {
    const acting = doing(stage, act, daysAgo);
    const order = {
      id: idOf(acting),
      act,
      seenVersion: index + 1,
      reason: playing.reasons[act] ?? null,
      ...bringing(act, { ...playing, members, heldOn: isoOf(addDays(stage.today, -daysAgo)) }),
    };
    done(await actOnCooperative(acting, { cooperativeId: id, order }));
  }
}

type Brought = Pick<CooperativeOrder, 'entries' | 'board' | 'registration'>;
type Bringing = Playing & { readonly members: readonly Id[]; readonly heldOn: string };

/** What an act brings: half of the shares' price, a board of four, a made-up number of the registry. */
function bringing(act: CooperativeAct, { told, at, members, heldOn }: Bringing): Brought {
  const nothing: Brought = { entries: [], board: null, registration: null };
  const half = ((BigInt(told.sharePrice) * BigInt(told.shares)) / 2n).toString();
  if (act === 'pay')
    return { ...nothing, entries: members.map((personId) => ({ personId, shares: 0, paid: half })) };
  if (act === 'change_capital')
    return {
      ...nothing,
      entries: members.slice(0, 2).map((personId) => ({ personId, shares: 0, paid: half })),
    };
  if (act === 'constitute' || act === 'elect_board') {
    const offices = ['chair', 'member', 'member', 'inspector'] as const;
    const seats = offices.flatMap((office, index) => {
      const personId = members[index];
      return personId === undefined ? [] : [{ personId, office }];
    });
    return { ...nothing, board: { heldOn, seats } };
  }
  if (act !== 'register') return nothing;
  return { ...nothing, registration: { number: String(1200 + at), legalId: madeLegalId(at) } };
}

/** Made up, with its right check digit. */
function madeLegalId(at: number): string {
  const digits = String(1_400_990_000 + at);
  return must(
    Array.from({ length: 10 }, (_, last) => readLegalNumber(`${digits}${last}`)).find(
      (one) => one !== null,
    ) ?? undefined,
    'a check digit',
  );
}

async function invite(stage: Stage, { invited }: Given): Promise<void> {
  for (const occupationId of invited) {
    const inviting = doing(stage, 'invite', 3);
    const form = { id: idOf(inviting), occupationId, countyCode: stage.place.countyCode };
    const sent = await inviteCluster(inviting, form);
    assert(sent.ok, `an invitation of the demonstration was refused: ${occupationId}`);
  }
}

const doing = ({ tx, place, today, actorOf }: Stage, act: string, daysAgo: number): Doing => ({
  tx,
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

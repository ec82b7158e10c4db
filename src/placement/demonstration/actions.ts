import { z } from 'zod';
import type { Actor, Role } from '#kernel/actor.ts';
import { addDays, dayOfInstant, isoOf, type Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { assert, must, ok, type Result } from '#kernel/result.ts';
import { type Clock, playedClock } from '#platform/clock.ts';
import { inTransaction, noScope, type Database, type Tx } from '#platform/db.ts';
import { actOnAgency, enterAgency, type AnyRefusal, type Doing } from '../actions.ts';
import { agencyActs, agencyChannels, agencyKinds, type PermitDays } from '../contract.ts';
import { listUsers } from './queries.ts';

/** Days after the day of the first start; below zero before it. */
const permitStory = z.object({ validFrom: z.int(), validUntil: z.int() });
const agencyStory = permitStory.extend({
  name: z.string(),
  countyCode: z.string(),
  kind: z.enum(agencyKinds),
  channel: z.enum(agencyChannels),
  permitNumber: z.string(),
  address: z.string().nullable(),
  phone: z.string(),
  listed: z.boolean(),
  /** Days before the day of the first start, as in the acts. */
  entered: z.int(),
  acts: z.array(z.tuple([z.enum(agencyActs), z.int()])),
  renewal: permitStory.nullable(),
});
export const demonstrationShape = z.object({
  reasons: z.record(z.string(), z.string()),
  places: z.record(z.string(), z.array(agencyStory)),
});
type Told = z.infer<typeof agencyStory>;
type Reasons = z.infer<typeof demonstrationShape>['reasons'];

type Place = { readonly provinceId: number; readonly slug: string };
type Stage = {
  readonly tx: Tx;
  readonly provinceId: number;
  readonly today: Day;
  readonly reasons: Reasons;
  readonly actorOf: (act: string) => Actor;
};

/** Plays placement agencies of provinces through the room's own deeds, each act on its own day. */
export async function loadDemonstration(
  { db, clock }: { readonly db: Database; readonly clock: Clock },
  at: readonly Place[],
  given: unknown,
): Promise<void> {
  const { places, reasons } = demonstrationShape.parse(given);
  for (const { provinceId, slug } of at)
    await inTransaction<undefined, never>(db, { ...noScope, province: provinceId }, async (tx) => {
      const stage = {
        tx,
        provinceId,
        today: dayOfInstant(clock.now().getTime()),
        reasons,
        actorOf: await castOf(tx, { provinceId, slug }),
      };
      for (const told of must(places[slug], slug)) await playAgency(stage, told);
      return ok();
    });
}

/** A deputy enters and proposes, the director decides: no permit is approved by who proposed it. */
async function castOf(tx: Tx, { provinceId, slug }: Place): Promise<(act: string) => Actor> {
  const users = new Map((await listUsers(tx)).map((user) => [user.username, user]));
  const actor = (role: Role): Actor => ({
    ...must(users.get(`${role}-${slug}`), `${role}-${slug}`),
    role,
    scope: { province: provinceId, county: null, office: null, person: null },
  });
  const [deputy, director] = [actor('deputy'), actor('director')];
  const ofDeputy = ['enter', 'change_contact', 'propose_renewal', 'return'];
  return (act) => (ofDeputy.includes(act) ? deputy : director);
}

async function playAgency(stage: Stage, told: Told): Promise<void> {
  const { entered, acts, renewal, validFrom, validUntil, ...facts } = told;
  const entering = doing(stage, 'enter', entered);
  const days = daysOf(stage, { validFrom, validUntil });
  const { id: agencyId } = done(
    await enterAgency(entering, { ...facts, ...days, id: newId(entering.clock.now().getTime()) }),
  );
  for (const [index, [act, daysAgo]] of acts.entries()) {
    const acting = doing(stage, act, daysAgo);
    const { address, phone, listed } = facts;
    const order = {
      id: newId(acting.clock.now().getTime()),
      act,
      seenVersion: index + 1,
      reason: stage.reasons[act] ?? null,
      correction: null,
      contact: act === 'change_contact' ? { address, phone, listed } : null,
      permit: act === 'propose_renewal' && renewal !== null ? daysOf(stage, renewal) : null,
    };
    done(await actOnAgency(acting, { agencyId, order }));
  }
}

const daysOf = ({ today }: Stage, { validFrom, validUntil }: z.infer<typeof permitStory>): PermitDays => ({
  validFrom: isoOf(addDays(today, validFrom)),
  validUntil: isoOf(addDays(today, validUntil)),
});

const doing = ({ tx, provinceId, today, actorOf }: Stage, act: string, daysAgo: number): Doing => ({
  tx,
  provinceId,
  by: actorOf(act),
  clock: playedClock(addDays(today, -daysAgo)),
});

/** In the demonstration nothing may be refused: its own data would be wrong. */
function done<Done>(result: Result<Done, AnyRefusal>): Done {
  assert(result.ok, `the demonstration was refused: ${result.ok ? '' : JSON.stringify(result.refusal)}`);
  return result.value;
}

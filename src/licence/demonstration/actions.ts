import { z } from 'zod';
import { setAppointment } from '#casework/appointment/actions.ts';
import { appointmentFormShape, type AppointmentRefusal } from '#casework/appointment/contract.ts';
import type { Actor, Role } from '#kernel/actor.ts';
import { addDays, dayOfInstant, isoOf, yearPeriod, type Day } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import { assert, must, ok, type Result } from '#kernel/result.ts';
import type { KeyedHash } from '#party/person/actions.ts';
import { demonstrationSource } from '#place/contract.ts';
import { type Clock, playedClock } from '#platform/clock.ts';
import { inTransaction, noScope, type Database } from '#platform/db.ts';
import { importHistory, type AnyRefusal, type Doing, type HistoryRow } from '../actions.ts';
import { actOnComplaint, lodgeComplaint } from '../complaint/actions.ts';
import { complaintActs, complaintForm, type ComplaintRefusal } from '../complaint/contract.ts';
import { listComplaints } from '../complaint/queries.ts';
import { requestActs, type RequestOrder } from '../contract.ts';
import { endLicence } from '../ending/actions.ts';
import { listLicences } from '../queries.ts';
import { actOnRequest, submitRequest } from '../request/actions.ts';
import { requestKind } from '../rules.ts';
import {
  listCounties,
  listOccupations,
  listOffices,
  listUsers,
  type DemonstrationUserRow,
} from './queries.ts';

type Staging = { readonly db: Database; readonly clock: Clock; readonly keyedHash: KeyedHash };

/** The statement of Lorestan gives 1,264 licences of 1393; which they were is made up. */
const history = { provinceId: 15, year: 1393, licences: 1264 };

/** The working days of a year over which its licences are spread, the occupations and counties in turn. */
export async function loadHistory({ db, clock }: Pick<Staging, 'db' | 'clock'>): Promise<void> {
  const { provinceId, year, licences } = history;
  await inTransaction<undefined, never>(db, { ...noScope, province: provinceId }, async (tx) => {
    const counties = await listCounties(tx, provinceId);
    const occupations = await listOccupations(tx);
    const { from } = yearPeriod(year);
    const rows = Array.from({ length: licences }, (_, index): HistoryRow => ({
      // The middle of the year has more of them than its ends; 360 days leave the holidays at its end alone.
      issuedOn: addDays(from, (index * 7 + (index % 11) * 13) % 360),
      countyCode: must(counties[(index * 5 + (index % 7)) % counties.length], 'a county'),
      ...must(occupations[(index * 3) % occupations.length], 'an occupation'),
    }));
    await importHistory({ tx, clock, provinceId }, { rows, sourceKey: demonstrationSource });
    return ok();
  });
}

const whoShape = z.enum(['county', 'agency', 'review', 'director', 'asker']);
const storiesShape = z.object({
  reasons: z.record(z.string(), z.string()),
  stories: z.array(
    z.object({
      person: z.tuple([z.string(), z.string()]),
      occupationId: z.int(),
      /** Days before today, as in the steps. */
      submitted: z.int(),
      self: z.boolean().default(false),
      steps: z.array(z.tuple([whoShape, z.enum(requestActs), z.int()])),
      ending: z.enum(['cancelled', 'annulled']).nullable().default(null),
      /** Whom it is about is called to come to the office before which the request lies. */
      visit: z
        .object({
          ...appointmentFormShape.pick({ time: true, place: true, purpose: true, bring: true }).shape,
          who: whoShape,
          /** Days before today on which it was set, and from today on which it is, or the next working day. */
          set: z.int(),
          ahead: z.int(),
        })
        .nullable()
        .default(null),
    }),
  ),
});
type Who = z.infer<typeof whoShape>;
type Reasons = z.infer<typeof storiesShape>['reasons'];
type Story = z.infer<typeof storiesShape>['stories'][number];

/** Plays the requests of a province through the room's own deeds, each on its own day and by its own officer. */
export async function loadDemonstration(
  { db, clock, keyedHash }: Staging,
  place: { readonly provinceId: number; readonly slug: string; readonly countyCode: string },
  given: unknown,
): Promise<void> {
  const { stories, reasons } = storiesShape.parse(given);
  const { provinceId, slug, countyCode } = place;
  const today = dayOfInstant(clock.now().getTime());
  for (const [index, story] of stories.entries())
    await inTransaction<undefined, never>(db, { ...noScope, province: provinceId }, async (tx) => {
      const users = new Map((await listUsers(tx)).map((user) => [user.username, user]));
      const offices = await listOffices(tx, provinceId);
      const officeOf = (agencyKey: string): Id =>
        must(
          offices.find((one) => one.agencyKey === agencyKey),
          `the office of ${agencyKey}`,
        ).officeId;
      const actor = (username: string, role: Role, scope: Partial<Actor['scope']>): Actor => ({
        ...must<DemonstrationUserRow>(users.get(`${username}-${slug}`), username),
        role,
        scope: { province: provinceId, county: null, office: null, person: null, ...scope },
      });
      const isFood = story.occupationId < 18;
      const asker = actor('applicant', 'applicant', {});
      const county = actor('county-office', 'county_office', { county: countyCode });
      const cast: Readonly<Record<Who, Actor>> = {
        county,
        agency: isFood
          ? actor('agriculture', 'agency', { office: officeOf('agriculture') })
          : actor('agency', 'agency', { office: officeOf('industry') }),
        review: actor('health', 'agency', { office: officeOf('health') }),
        director: actor('director', 'director', {}),
        asker: { ...asker, scope: { ...asker.scope, person: asker.personId } },
      };
      const doing = (daysAgo: number, who: Who): Doing => ({
        tx,
        provinceId,
        keyedHash,
        by: cast[who],
        clock: playedClock(addDays(today, -daysAgo)),
      });
      const asking = doing(story.submitted, story.self ? 'asker' : 'county');
      const [firstName, lastName] = story.person;
      const request = done(
        await submitRequest(asking, {
          id: idOf(asking),
          occupationId: story.occupationId,
          renews: null,
          holder: {
            nationalId: nationalIdOf(provinceId * 1000 + index),
            firstName,
            lastName,
            bornOn: null,
            countyCode,
            phone: null,
          },
        }),
      );
      await playSteps(doing, { story, reasons }, request.id);
      await playEnding(doing, { story, reasons }, request.id);
      await playVisit(doing, { story, today }, request.id);
      return ok();
    });
}

type Told = { readonly story: Story; readonly reasons: Reasons };
type DoingOn = (daysAgo: number, who: Who) => Doing;

async function playSteps(doing: DoingOn, { story, reasons }: Told, requestId: Id): Promise<void> {
  let seenVersion = 1;
  for (const [who, name, daysAgo] of story.steps) {
    const acting = doing(daysAgo, who);
    const order: RequestOrder = {
      id: idOf(acting),
      act: name,
      seenVersion,
      reason: reasons[name] ?? null,
      conditionNumber: name === 'refuse' ? '6' : null,
      inquiry: name === 'pass_inquiry' ? { identity: 'clear', government_employment: 'clear' } : null,
    };
    done(await actOnRequest(acting, { requestId, order }));
    seenVersion += 1;
  }
}

async function playEnding(doing: DoingOn, { story, reasons }: Told, requestId: Id): Promise<void> {
  const { ending: kind } = story;
  if (kind === null) return;
  const ending = doing(30, 'director');
  const { tx, provinceId } = ending;
  const licence = (await listLicences(tx, { provinceId, limit: 50 })).find(
    (one) => one.requestId === requestId,
  );
  const order = { id: idOf(ending), kind, reason: must(reasons[kind], kind) };
  const { licenceId } = must(licence, 'an issued licence');
  done(await endLicence(ending, { licenceId, order }));
}

async function playVisit(
  doing: DoingOn,
  { story: { visit }, today }: Pick<Told, 'story'> & { readonly today: Day },
  requestId: Id,
): Promise<void> {
  if (visit === null) return;
  const { who, set, ahead, ...form } = visit;
  const calling = doing(set, who);
  const at = { provinceId: calling.provinceId, caseId: requestId };
  const setOn = (on: string) =>
    setAppointment({ ...calling, kinds: [requestKind] }, at, { ...form, id: idOf(calling), on });
  const first = await setOn(isoOf(addDays(today, ahead)));
  // The office is closed that day, and says when it is open again.
  if (!first.ok && first.refusal.kind === 'OfficeClosed') done(await setOn(first.refusal.next));
  else done(first);
}

const complaintsShape = z.object({
  stories: z.array(
    z.object({
      ...complaintForm.pick({ offence: true, agencyKey: true, body: true }).shape,
      phone: z.string().nullable(),
      /** Days before today, as in the steps. */
      lodged: z.int(),
      steps: z.array(
        z.tuple([
          z.enum(['county', 'deputy', 'agency', 'director']),
          z.enum(complaintActs),
          z.int(),
          z.string().nullable(),
        ]),
      ),
    }),
  ),
});

/** Plays complaints of a province through the room's own deeds. */
export async function loadComplaints(
  { db, clock }: Pick<Staging, 'db' | 'clock'>,
  place: { readonly provinceId: number; readonly slug: string; readonly countyCode: string },
  given: unknown,
): Promise<void> {
  const { provinceId, slug, countyCode } = place;
  const today = dayOfInstant(clock.now().getTime());
  for (const story of complaintsShape.parse(given).stories)
    await inTransaction<undefined, never>(db, { ...noScope, province: provinceId }, async (tx) => {
      const users = new Map((await listUsers(tx)).map((user) => [user.username, user]));
      const actor = (username: string, role: Role): Actor => ({
        ...must<DemonstrationUserRow>(users.get(`${username}-${slug}`), username),
        role,
        scope: { province: provinceId, county: null, office: null, person: null },
      });
      const cast = {
        county: actor('county-office', 'county_office'),
        deputy: actor('deputy', 'deputy'),
        agency: actor(story.agencyKey === 'agriculture' ? 'agriculture' : 'agency', 'agency'),
        director: actor('director', 'director'),
      };
      const on = (daysAgo: number) => ({ tx, provinceId, clock: playedClock(addDays(today, -daysAgo)) });
      const { offence, agencyKey, body, phone } = story;
      const form = { offence, agencyKey, countyCode, licenceNumber: '', body, phone: phone ?? '' };
      const { id: complaintId } = done(await lodgeComplaint(on(story.lodged), form, 'fa'));
      for (const [who, name, daysAgo, reason] of story.steps) {
        const doing = { ...on(daysAgo), by: cast[who] };
        const [complaint] = await listComplaints(tx, { provinceId, caseId: complaintId, limit: 1 });
        const order = {
          id: newId(doing.clock.now().getTime()),
          caseId: name === 'answer' ? must(complaint?.answerId, 'a question to the agency') : complaintId,
          act: name,
          seenVersion: null,
          facts: {},
          reason,
          happenedOn: addDays(today, -daysAgo),
        };
        done(await actOnComplaint(doing, order));
      }
      return ok();
    });
}

const idOf = ({ clock }: Doing): Id => newId(clock.now().getTime());

/** In the demonstration nothing may be refused: its own data would be wrong. */
function done<Done>(result: Result<Done, AnyRefusal | ComplaintRefusal | AppointmentRefusal>): Done {
  assert(result.ok, `the demonstration was refused: ${result.ok ? '' : JSON.stringify(result.refusal)}`);
  return result.value;
}

/** A made-up national id with its right check digit. */
function nationalIdOf(count: number): string {
  const digits = String(990_000_000 + count);
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += parseInt(digits.charAt(place), 10) * (10 - place);
  const rest = sum % 11;
  return `${digits}${rest < 2 ? rest : 11 - rest}`;
}

import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { caseDesks } from '#app.ts';
import { type Actor, type ActorScope, type Role, nationwide, roles } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { type CaseKind, transitionsOf, unborn } from '#kernel/state.ts';
import { readCsv } from '#platform/csv.ts';
import { type Scope, inTransaction, noScope } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { problemShape } from '#platform/problem.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { petitionDesk } from '#testing/cases.ts';
import { openHouse } from '#testing/house.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import { act, loadCatalogue, openCase, syncTransitions } from '../actions.ts';
import { caseworkRoutes } from '../routes.ts';
import type { CaseDesk } from './actions.ts';

const house = await openHouse();
const provinceId = 5;
const county = '0501';
const newId = (): Id => must(freshIds(1)[0], 'an id');
const whole: Scope = { ...noScope, province: provinceId };

/** Every kind of the house and the sample, each act as nothing but an act: what it brings about has tests of its own. */
const desks: readonly CaseDesk[] = [...caseDesks, petitionDesk].map((desk) => ({
  ...desk,
  deed: 'plain',
  ownPageActs: [],
}));

const office = newId();
const reviewOffice = newId();
const applicant = newId();

type Place = 'here' | 'review' | 'elsewhere';

/** The scope of a role where the case lies, at its reviewing office, and where it does not lie. */
const placesOf: Readonly<
  Record<
    Role,
    {
      readonly here: Partial<ActorScope>;
      readonly review?: Partial<ActorScope>;
      readonly elsewhere: Partial<ActorScope>;
    }
  >
> = {
  administrator: { here: { province: nationwide }, elsewhere: { province: nationwide } },
  director: { here: {}, elsewhere: { province: 6 } },
  deputy: { here: {}, elsewhere: { province: 6 } },
  editor: { here: {}, elsewhere: { province: 6 } },
  county_office: { here: { county }, elsewhere: { county: '0502' } },
  agency: { here: { office }, review: { office: reviewOffice }, elsewhere: { office: newId() } },
  bank: { here: { office }, review: { office: reviewOffice }, elsewhere: { office: newId() } },
  applicant: { here: { person: applicant }, elsewhere: { person: newId() } },
  auditor: { here: { province: 'all' }, elsewhere: { province: 'all' } },
  ministry: { here: { province: 'all' }, elsewhere: { province: 'all' } },
};

const actors = new Map<string, Actor>();
function actorOf(role: Role, place: Place, person: Id): string {
  const name = `${role} ${place} ${person}`;
  const scope = { province: provinceId, county: null, office: null, person: null, ...placesOf[role][place] };
  actors.set(name, { userId: newId(), personId: person, role, name: role, scope });
  return name;
}

const app = await buildServer(house, {
  version: '0',
  mostRequestsPerMinute: 1_000_000,
  findActor: async ({ headers }) => actors.get(String(headers['x-actor'])) ?? null,
});
await app.register(caseworkRoutes(house, desks, () => Promise.resolve({ personIds: [], more: false })));

beforeAll(async () => {
  await loadPlaces(house.owner, readCsv);
  await loadCatalogue(house.owner, readCsv);
  await syncTransitions(
    house.owner,
    desks.map(({ kind }) => kind),
  );
});

type Brought = { readonly caseId: Id; readonly version: number };

/** A new case of a kind in a state, opened by a person; nobody's permission is asked on the way there. */
async function brought(kind: CaseKind, state: string, opener: Id): Promise<Brought> {
  const caseId = newId();
  const free: CaseKind = {
    ...kind,
    standing: {},
    start: { ...kind.start, may: ['deputy'] },
    may: Object.fromEntries(Object.keys(kind.may).map((name) => [name, ['deputy']])),
  };
  const by = { userId: newId(), personId: opener, role: 'deputy' };
  const common = { facts: {}, reason: 'چنین شد', happenedOn: day('1403-06-10') };
  const steps = must(wayTo(kind, state), `a way to ${state}`);
  const done = await inTransaction(house.db, whole, async (tx) => {
    const opened = await openCase(tx, free, {
      opening: {
        ...common,
        id: newId(),
        caseId,
        provinceId,
        countyCode: county,
        officeId: office,
        reviewOfficeId: reviewOffice,
        subjectId: applicant,
      },
      by,
      clock: house.clock,
    });
    if (!opened.ok) throw new Error(opened.refusal.kind);
    for (const step of steps.slice(1)) {
      const order = { ...common, id: newId(), caseId, act: step.act, seenVersion: null };
      const acted = await act(tx, free, { provinceId, order, by, clock: house.clock });
      if (!acted.ok) throw new Error(acted.refusal.kind);
    }
    return ok();
  });
  expect(done.ok).toBe(true);
  return { caseId, version: steps.length };
}

const post = (who: string, { caseId, version }: Brought, name: string) =>
  app.inject({
    method: 'POST',
    url: `/api/provinces/${provinceId}/cases/${caseId}/acts`,
    headers: { 'x-actor': who, 'idempotency-key': newId() },
    payload: { id: newId(), act: name, seenVersion: version, reason: 'به این دلیل' },
  });

type Tried = {
  readonly kind: CaseKind;
  readonly role: Role;
  readonly act: string;
  readonly state: string;
  readonly place: Place;
  readonly own: boolean;
  readonly expected: ReturnType<typeof permissionsOf>[number]['expected'];
};

/** What must come of it, by the declaration alone. */
function expectedOf({ kind, role, act: name, state, place, own, expected }: Tried): string {
  const { province, office: theirs } = placesOf[role][place] ?? {};
  if (province === 'all') return 'ReadOnly';
  if (province !== undefined) return 'OtherProvince';
  if (place === 'elsewhere') return 'CaseMissing';
  // An editor has to do with the news alone, and other cases are not there for them.
  if (role === 'editor' && !Object.values(kind.may).flat().includes(role)) return 'CaseMissing';
  if (!('to' in expected)) return expected.refusal;
  const lies = kind.waits?.[state]?.at === 'review_office' ? reviewOffice : office;
  if (theirs !== undefined && theirs !== lies) return 'ActOfOtherOffice';
  const standing = kind.standing?.[name];
  if (standing === 'opener' && !own) return 'ActOfOpener';
  if (standing === 'not_opener' && own) return 'ActNotOfOpener';
  return `to ${expected.to}`;
}

describe('every kind of case of the house', () => {
  test.each(desks.map((desk) => [desk.kind.kind, desk] as const))(
    '%s has its words',
    (_name, { kind, words }) => {
      const persian = /^[\u0600-\u06ff\s\u200c،.؛«»()0-9]+$/;
      expect(words.title.fa).toMatch(persian);
      for (const state of Object.keys(kind.table)) {
        expect(words.states[state]?.title.fa, state).toMatch(persian);
        expect(words.states[state]?.told.fa, state).toMatch(persian);
      }
      for (const name of [kind.start.act, ...Object.keys(kind.may)])
        expect(words.acts[name]?.fa, name).toMatch(persian);
    },
  );
});

type Trial = { readonly state: string; readonly wanted: string; readonly who: string; readonly act: string };

/** Every act × role × place × ownership of a kind, with what must come of each. */
function trialsOf(kind: CaseKind, persons: { readonly opener: Id; readonly stranger: Id }): Trial[] {
  const owns = kind.standing === undefined ? [true] : [true, false];
  return permissionsOf(kind, roles)
    .filter(({ state }) => state !== unborn)
    .flatMap(({ state, act: name, role: asked, expected }) => {
      const role = must(
        roles.find((known) => known === asked),
        asked,
      );
      const places = (['here', 'review', 'elsewhere'] as const).filter((place) => place in placesOf[role]);
      return places.flatMap((place) =>
        owns.map((own) => ({
          state,
          act: name,
          wanted: expectedOf({ kind, role, act: name, state, place, own, expected }),
          who: actorOf(role, place, own ? persons.opener : persons.stranger),
        })),
      );
    });
}

async function outcomeOf({ who, act: name }: Trial, file: Brought): Promise<string> {
  const response = await post(who, file, name);
  return response.statusCode === 201
    ? `to ${String(Object(response.json()).state)}`
    : problemShape.parse(response.json()).kind;
}

describe('every act × role × place × ownership over HTTP', () => {
  test.each(desks.map((desk) => [desk.kind.kind, desk] as const))(
    'of a %s',
    async (_name, { kind }) => {
      const persons = { opener: newId(), stranger: newId() };
      const trials = trialsOf(kind, persons);
      for (const [state, ofState] of Map.groupBy(trials, (trial) => trial.state)) {
        // What is refused leaves the case as it is, so many may try on one; each lawful act has its own.
        const refusedOnes = ofState.filter(({ wanted }) => !wanted.startsWith('to '));
        const file = await brought(kind, state, persons.opener);
        const came = await Promise.all(refusedOnes.map((trial) => outcomeOf(trial, file)));
        expect(came).toEqual(refusedOnes.map(({ wanted }) => wanted));
        for (const trial of ofState.filter(({ wanted }) => wanted.startsWith('to ')))
          expect(await outcomeOf(trial, await brought(kind, state, persons.opener)), trial.act).toBe(
            trial.wanted,
          );
      }
      const wanted = new Set(trials.map((trial) => trial.wanted));
      for (const refusal of ['ReadOnly', 'OtherProvince', 'CaseMissing', 'ActNotYours'])
        expect(wanted).toContain(refusal);
    },
    120_000,
  );
});

const asApp = (scope: Scope, statement: string) =>
  inTransaction(house.db, scope, async (tx) => {
    const { numAffectedRows } = await sql.raw(statement).execute(tx);
    return ok(numAffectedRows ?? 0n);
  });

const insertOf = (file: Brought, kind: string, step: { from: string; act: string; to: string }) => `
  insert into casework.act (
    province_id, id, case_id, kind, seq, prev_seq, act, from_state, to_state, by_user, by_person, by_role,
    county_code, office_id, review_office_id, subject_id, facts, happened_on, recorded_at
  ) values (
    ${provinceId}, '${newId()}', '${file.caseId}', '${kind}', ${file.version + 1}, ${file.version}, '${step.act}',
    '${step.from}', '${step.to}', '${newId()}', '${newId()}', 'deputy', '${county}', '${office}', '${reviewOffice}',
    '${applicant}', '{}', '2024-09-05', '2024-09-05'
  )`;

describe('as the serving role in SQL alone', () => {
  test.each(desks.map((desk) => [desk.kind.kind, desk] as const))(
    'no step outside the table of a %s, and none outside its place',
    async (_name, { kind }) => {
      const [state] = Object.keys(kind.table).filter((name) => !kind.closed.includes(name));
      const file = await brought(kind, must(state, 'an open state'), newId());
      const steps = transitionsOf(kind);
      const lawful = must(
        steps.find(({ from }) => from === state),
        'a lawful step',
      );
      for (const name of Object.keys(kind.may))
        for (const to of Object.keys(kind.table)) {
          const isStep = steps.some((step) => step.from === state && step.act === name && step.to === to);
          if (isStep) continue;
          await expect(
            asApp(whole, insertOf(file, kind.kind, { from: must(state, 'a state'), act: name, to })),
          ).rejects.toThrow(/act_lawful/);
        }
      for (const elsewhere of [
        { ...whole, province: 6 },
        { ...whole, county: '0502' },
        { ...whole, office: newId() },
        { ...whole, person: newId() },
        { ...whole, province: 'all' as const },
      ]) {
        await expect(asApp(elsewhere, insertOf(file, kind.kind, lawful))).rejects.toThrow(
          /row-level security/,
        );
        for (const change of [
          `update casework.case_file set state = '${lawful.to}' where id = '${file.caseId}'`,
          `update casework.task set due_on = null where case_id = '${file.caseId}'`,
          `delete from casework.task where case_id = '${file.caseId}'`,
        ])
          expect(await asApp(elsewhere, change)).toEqual({ ok: true, value: 0n });
      }
    },
  );
});

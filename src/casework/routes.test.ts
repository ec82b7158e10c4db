import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, ActorScope, Role } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { openHouse } from '#testing/house.ts';
import { openCase, syncTransitions } from './actions.ts';
import { timelineShape } from './contract.ts';
import { caseworkRoutes } from './routes.ts';

const house = await openHouse();
const provinceId = 5;
const newId = (): Id => must(freshIds(1)[0], 'an id');

const kind: CaseKind = {
  kind: 'sample',
  start: { act: 'open', state: 'open', may: ['county_office'] },
  table: { open: {} },
  may: {},
  closed: ['open'],
};

const actor = (role: Role, scope: Partial<ActorScope>): Actor => ({
  userId: newId(),
  personId: newId(),
  role,
  name: 'زهرا محمدی',
  scope: { province: provinceId, county: null, office: null, person: null, ...scope },
});
const clerk = actor('county_office', { county: '0501' });
const applicantId = newId();

/** Who may read the case of county 0501 about the applicant, and who may not. */
const readers: Readonly<Record<string, { readonly actor: Actor; readonly reads: boolean }>> = {
  'the county office': { actor: clerk, reads: true },
  'the directorate': { actor: actor('deputy', {}), reads: true },
  'the auditor of all provinces': { actor: actor('auditor', { province: 'all' }), reads: true },
  'the applicant': { actor: actor('applicant', { person: applicantId }), reads: true },
  'the office of another county': { actor: actor('county_office', { county: '0502' }), reads: false },
  'another province': { actor: actor('director', { province: 6 }), reads: false },
  'another applicant': { actor: actor('applicant', { person: newId() }), reads: false },
  'a branch that the case does not lie with': { actor: actor('bank', { office: newId() }), reads: false },
};

const app = await buildServer(house, {
  version: '0',
  findActor: async ({ headers }) => readers[decodeURI(String(headers['x-reader']))]?.actor ?? null,
});
await app.register(caseworkRoutes(house, [], () => Promise.resolve({ personIds: [], more: false })));

const caseId = newId();

beforeAll(async () => {
  await syncTransitions(house.owner, [kind]);
  await sql`
    insert into auth.user_account (id, username, name, email, created_at, updated_at)
    values (${clerk.userId}, 'zahra', ${clerk.name}, 'zahra@example.invalid', now(), now())
  `.execute(house.db);
  await sql`
    insert into access.person (person_id, identity_hash, name, entered_at)
    values (${clerk.personId}, decode(repeat('ab', 32), 'hex'), ${clerk.name}, now())
  `.execute(house.db);
  await sql`
    insert into access.account_holder (user_id, person_id) values (${clerk.userId}, ${clerk.personId})
  `.execute(house.db);
  const opening = {
    id: newId(),
    caseId,
    provinceId,
    countyCode: '0501',
    officeId: null,
    subjectId: applicantId,
    facts: { letter: '12/1403' },
    reason: null,
    happenedOn: day('1403-06-10'),
  };
  const opened = await inTransaction(house.db, { ...noScope, province: provinceId }, (tx) =>
    openCase(tx, kind, { opening, by: clerk, clock: house.clock }),
  );
  expect(opened.ok).toBe(true);
});

const get = (reader: string, of: Id = caseId) =>
  app.inject({
    url: `/api/provinces/${provinceId}/cases/${of}/acts`,
    headers: { 'x-reader': encodeURI(reader) },
  });

/** A problem without what the reader itself sent. */
const said = (body: unknown): unknown => ({ ...Object(body), instance: '', facts: {} });

describe('the timeline of a case', () => {
  test.each(Object.entries(readers))('is asked for by %s', async (reader, { reads }) => {
    const answered = await get(reader);
    if (!reads) {
      expect(answered.statusCode).toBe(404);
      expect(answered.json()).toMatchObject({ kind: 'CaseMissing' });
      return;
    }
    expect(answered.statusCode).toBe(200);
    expect(timelineShape.parse(answered.json()).acts).toMatchObject([
      {
        seq: 1,
        act: 'open',
        toState: 'open',
        byRole: 'county_office',
        byName: 'زهرا محمدی',
        happenedOn: '2024-08-31',
        at: house.clock.now().toISOString(),
        facts: { letter: '12/1403' },
      },
    ]);
  });

  test('a case that is not there and one outside the scope are answered alike', async () => {
    const hidden = await get('another province');
    const missing = await get('another province', newId());
    expect(said(hidden.json())).toEqual(said(missing.json()));
  });

  test('nobody reads it without signing in, and a wrong id is named', async () => {
    expect((await get('nobody')).statusCode).toBe(401);
    const wrong = await app.inject({
      url: `/api/provinces/${provinceId}/cases/12/acts`,
      headers: { 'x-reader': encodeURI('the directorate') },
    });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.json()).toMatchObject({ field: 'id' });
  });
});

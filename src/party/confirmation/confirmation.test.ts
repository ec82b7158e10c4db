import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newId } from '#kernel/id.ts';
import { pageShape } from '#platform/cursor.ts';
import { signInAs, type Clerk } from '#testing/desk.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { legalIdOf } from '#testing/identities.ts';
import { openJoining, type Order } from '#testing/joins.ts';
import { makeClerk, newPassword, newUser, problemKind, problemOf, sessionOf } from '#testing/people.ts';
import { personShape, type NewPerson } from '../person/contract.ts';
import { partyRoutes } from '../routes.ts';
import { identityStandingShape } from './contract.ts';

const house = await openHouse();
const wrongdoer = await openWrongdoer(house);
const joining = await openJoining(house, {
  rooms: [partyRoutes(house)],
  offices: [{ provinceId: 30, agency: newId(1), bank: newId(2) }],
});
const { applicant, ask, codeOf, desk, join, joined, messagesTo, newPhone, personOf } = joining;
const county = await desk.as('county-office-alborz');
const deputy = await desk.as('deputy-alborz');
const director = await desk.as('director-alborz');
const lorestan = await desk.as('deputy-lorestan');
const one = await desk.as('administrator-one');

const persons = (province = 'alborz') => `/api/provinces/${province}/persons`;
const path = (personId: string, province?: string) => `${persons(province)}/${personId}/identity`;
const order = (change: object = {}) => ({
  id: randomUUID(),
  cardSeen: true,
  reason: 'با کارت ملی آمد',
  ...change,
});

/** The province keeps the person, who is reached at the phone of their order. */
async function keep(of: Order, change: Partial<NewPerson> = {}, by: Clerk = county): Promise<string> {
  const person = {
    id: randomUUID(),
    form: 'natural',
    nationalId: of.nationalId,
    firstName: of.firstName,
    lastName: of.lastName,
    fatherName: null,
    bornOn: null,
    gender: null,
    countyCode: of.provinceId === 15 ? '1503' : '3001',
    settlement: null,
    phone: of.phone,
    ...change,
  };
  const answer = await by.post(persons(of.provinceId === 15 ? 'lorestan' : 'alborz'), person);
  expect(answer).toMatchObject({ status: 201 });
  return person.id;
}

/** A stranger has joined in Lorestan under the national id of somebody whom Alborz keeps. */
async function apart(change: Partial<NewPerson> = {}) {
  const owner = applicant();
  const stranger: Order = { ...owner, provinceId: 15, phone: newPhone(), firstName: 'ناشناس' };
  const { username } = await joined(stranger);
  const clerk = await signInAs(desk.app, username, newPassword);
  return { owner, stranger, clerk, username, personId: await keep(owner, change) };
}
const standing = async (personId: string, by = county) =>
  identityStandingShape.parse((await by.get(path(personId))).body);

describe('an identity that is confirmed at the desk', () => {
  test('frees its owner: refused before, joined after, and the stranger is out at once', async () => {
    const { owner, stranger, clerk, username, personId } = await apart();
    const strangersId = (await personOf(username)).person_id;
    expect((await sessionOf(clerk)).actor?.role).toBe('applicant');
    const refused = await join(owner, await codeOf(owner));
    expect(problemOf(refused)).toMatchObject({ status: 409, kind: 'PersonApart' });
    expect(await standing(personId)).toMatchObject({
      standing: 'apart',
      provinces: 1,
      phone: owner.phone,
      refusedBecause: null,
      mayConfirm: true,
    });

    expect(await county.post(path(personId), order())).toMatchObject({ status: 201 });
    expect(await sessionOf(clerk)).toMatchObject({ user: null, actor: null });
    await expect(signInAs(desk.app, username, newPassword)).rejects.toThrow();

    expect(await joined(owner)).toEqual({ username: owner.phone, outcome: 'joined' });
    const own = await sessionOf(await signInAs(desk.app, owner.phone, newPassword));
    expect(own.actor).toMatchObject({
      personId,
      role: 'applicant',
      scope: { province: 30, person: personId },
    });
    expect(own.grants).toHaveLength(1);
    expect((await personOf(username)).person_id).toBe(strangersId);
    expect(await standing(personId)).toMatchObject({
      standing: 'own',
      since: null,
      refusedBecause: 'NothingApart',
      confirmations: [{ reason: 'با کارت ملی آمد', confirmedBy: 'رئیس اداره نمونه کرج' }],
    });
    expect(stranger.phone).not.toBe(owner.phone);
  });

  test('is nobody else’s any more: no code goes to the stranger, and one that is on its way opens nothing', async () => {
    const { owner, stranger, personId } = await apart();
    const code = await codeOf(stranger);
    expect(await deputy.post(path(personId), order())).toMatchObject({ status: 201 });
    expect(problemKind(await join(stranger, code))).toBe('CodeUnusable');
    const before = messagesTo(stranger.phone).length;
    expect((await ask(stranger)).status).toBe(201);
    const another = { ...stranger, phone: newPhone(), provinceId: 12 };
    expect((await ask(another)).status).toBe(201);
    await joined(owner);
    expect(messagesTo(stranger.phone)).toHaveLength(before);
    expect(messagesTo(another.phone)).toEqual([]);
  });

  test('leaves what the stranger did where it is, and gives it to nobody', async () => {
    const { owner, stranger, username, personId } = await apart();
    const strangersId = (await personOf(username)).person_id;
    await keep(stranger, { id: strangersId }, lorestan);
    expect(await county.post(path(personId), order())).toMatchObject({ status: 201 });
    await joined(owner);
    const there = await lorestan.get(`${persons('lorestan')}/${strangersId}`);
    expect(there).toMatchObject({
      status: 200,
      body: { person: { firstName: 'ناشناس', phone: stranger.phone } },
    });
    const found = pageShape(personShape).parse(
      (await county.get(`${persons()}?search=${owner.nationalId}`)).body,
    );
    expect(found.items.map((person) => person.personId)).toEqual([personId]);
    // The stranger still has the phone that Lorestan keeps, and comes no further than the owner did.
    expect(problemKind(await join(stranger, await codeOf(stranger)))).toBe('PersonApart');
    expect((await personOf(username)).accounts).toBe(1);
  });

  test('ends no matter what an administrator opens again: the account has no role and no identity', async () => {
    const { username, personId } = await apart();
    await county.post(path(personId), order());
    const users = z.object({
      items: z.array(z.object({ userId: z.uuid(), lockedAt: z.string().nullable() })),
    });
    const { items } = users.parse((await one.get(`/api/access/users?search=${username}`)).body);
    expect(items[0]?.lockedAt).not.toBeNull();
    expect((await one.post(`/api/access/users/${items[0]?.userId}/unlock`)).status).toBe(200);
    const again = await sessionOf(await signInAs(desk.app, username, newPassword));
    expect(again).toMatchObject({ actor: null, grants: [] });
  });

  test('is done once, whoever sends it again and however many at once', async () => {
    const { personId } = await apart();
    const sent = order();
    const key = randomUUID();
    const answers = await Promise.all([
      county.post(path(personId), sent, key),
      deputy.post(path(personId), order()),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const again = await county.post(path(personId), sent, key);
    expect(again).toMatchObject({ status: answers[0].status, headers: { 'idempotency-replayed': 'true' } });
    expect((await standing(personId)).confirmations).toHaveLength(1);
  });

  test('stands in the trail by ids, in each province and in the whole', async () => {
    const { owner, stranger, username, personId } = await apart();
    const strangersId = (await personOf(username)).person_id;
    const sent = order({ reason: 'دلیلی که در رد کارها نمی‌آید' });
    await county.post(path(personId), sent);
    const shape = z.object({
      items: z.array(
        z.object({
          event: z.string(),
          subjectId: z.string().nullable(),
          facts: z.record(z.string(), z.unknown()),
        }),
      ),
    });
    const auditor = await desk.as('auditor');
    const body = (await auditor.get('/api/access/events?limit=40')).body;
    const mine = shape.parse(body).items.filter(({ facts }) => facts['confirmation'] === sent.id);
    expect(new Set(mine.map(({ event }) => event))).toEqual(
      new Set(['access.identity_confirmed', 'access.account_locked', 'access.grant_ended']),
    );
    expect(mine.find(({ event }) => event === 'access.identity_confirmed')).toMatchObject({
      subjectId: personId,
      facts: { released: strangersId },
    });
    for (const secret of [owner.nationalId, owner.phone, sent.reason])
      expect(JSON.stringify(body)).not.toContain(secret);
    expect(JSON.stringify(mine)).not.toContain(stranger.phone);
  });
});

describe('who may not', () => {
  test('every role that has no desk is refused', async () => {
    const { clerk, personId } = await apart();
    const others = [
      'director-alborz',
      'agency-alborz',
      'bank-alborz',
      'auditor',
      'ministry',
      'administrator-one',
    ];
    for (const who of others)
      expect([who, (await (await desk.as(who)).post(path(personId), order())).status]).toEqual([who, 403]);
    expect((await clerk.post(path(personId), order())).status).toBe(403);
    expect((await desk.nobody.post(path(personId), order())).status).toBe(401);
    expect((await (await desk.as('agency-alborz')).get(path(personId))).status).toBe(403);
    expect(await standing(personId, director)).toMatchObject({ standing: 'apart', mayConfirm: false });
  });

  test('another county and another province are refused', async () => {
    const { personId } = await apart();
    const grant = { role: 'county_office', provinceId: 30, countyCode: '3002' } as const;
    const { clerk } = await makeClerk(desk, one, newUser(grant));
    expect(problemKind(await clerk.post(path(personId), order()))).toBe('PersonMissing');
    expect(problemKind(await clerk.get(path(personId)))).toBe('PersonMissing');
    expect((await lorestan.post(path(personId), order())).status).toBe(403);
    expect(problemKind(await lorestan.post(path(personId, 'lorestan'), order()))).toBe('PersonMissing');
  });

  test('nobody confirms their own identity, and no office is ended at a counter', async () => {
    const user = newUser({ role: 'county_office', provinceId: 30, countyCode: '3001' });
    const { clerk } = await makeClerk(desk, one, user);
    const personId = await keep(applicant({ nationalId: user.nationalId }));
    expect(problemOf(await clerk.post(path(personId), order()))).toMatchObject({
      status: 403,
      kind: 'OwnIdentity',
    });
    expect(problemKind(await deputy.post(path(personId), order()))).toBe('HoldsOffice');
    expect((await sessionOf(clerk)).actor?.role).toBe('county_office');
  });

  test('the database says so too', async () => {
    const { owner, personId } = await apart();
    await county.post(path(personId), order());
    await joined(owner);
    const again = (confirmer: string) =>
      wrongdoer.query(`insert into access.identity_confirmation
        select kept.province_id, gen_random_uuid(), kept.person_id, released_person_id, sha256('other'), phone_hash, reason,
          confirmer.user_id, confirmer.person_id, confirmed_at
        from access.identity_confirmation kept join access.account_holder confirmer
          on confirmer.person_id = kept.${confirmer}
        where kept.person_id = '${personId}'`);
    for (const own of ['person_id', 'released_person_id'])
      await expect(again(own)).rejects.toThrow('identity_confirmation_not_by_oneself');
  });
});

describe('is refused by name', () => {
  test('where nothing stands apart', async () => {
    const owner = applicant();
    const personId = await keep(owner);
    expect(await standing(personId)).toMatchObject({ standing: 'none', refusedBecause: 'NothingApart' });
    expect(problemKind(await county.post(path(personId), order()))).toBe('NothingApart');
    await joined(owner);
    expect(problemKind(await county.post(path(personId), order()))).toBe('NothingApart');
  });

  test('where the card was not seen, the reason is missing, or no mobile phone is kept', async () => {
    const { personId } = await apart();
    const unseen = await county.post(path(personId), order({ cardSeen: false }));
    expect(problemOf(unseen)).toMatchObject({ status: 422, kind: 'CardUnseen', field: 'cardSeen' });
    expect(problemOf(await county.post(path(personId), order({ reason: ' ' })))).toMatchObject({
      field: 'reason',
    });
    for (const phone of [null, '02632700000']) {
      const without = await apart({ phone });
      expect((await standing(without.personId)).refusedBecause).toBe('MobileNeeded');
      expect(problemKind(await county.post(path(without.personId), order()))).toBe('MobileNeeded');
    }
  });

  test('of an enterprise, and of nobody', async () => {
    const legal = { form: 'legal', nationalId: legalIdOf(4_711), firstName: null } as const;
    const personId = await keep(applicant(), legal);
    expect(problemKind(await county.post(path(personId), order()))).toBe('NaturalNeeded');
    expect(problemKind(await county.post(path(randomUUID()), order()))).toBe('PersonMissing');
  });

  test('of a record that was erased, and of one that was merged', async () => {
    const erased = await apart();
    const erasure = { id: randomUUID(), reason: 'درخواست', reference: '۱۲۳' };
    expect((await director.post(`${persons()}/${erased.personId}/erasure`, erasure)).status).toBe(201);
    expect(problemKind(await county.post(path(erased.personId), order()))).toBe('PersonErased');
    const merged = await apart();
    const keptId = await keep(applicant());
    const decision = {
      id: randomUUID(),
      firstId: merged.personId,
      secondId: keptId,
      verdict: 'same',
      keptId,
    };
    expect((await director.post('/api/provinces/alborz/duplicates', decision)).status).toBe(201);
    expect(problemKind(await county.post(path(merged.personId), order()))).toBe('PersonMerged');
  });

  test('where another office saw the person: two do not take the identity from each other', async () => {
    const { owner, stranger, personId } = await apart();
    const there = await keep(stranger, {}, lorestan);
    await county.post(path(personId), order());
    await joined(owner);
    expect(problemKind(await lorestan.post(path(there, 'lorestan'), order()))).toBe('ConfirmedElsewhere');
    expect((await sessionOf(await signInAs(desk.app, owner.phone, newPassword))).actor).not.toBeNull();
  });

  test('where the id of the record is another person’s among the accounts', async () => {
    const other = await joined(applicant());
    const { personId } = await apart({ id: (await personOf(other.username)).person_id });
    expect(problemKind(await county.post(path(personId), order()))).toBe('RecordOfAnother');
  });
});

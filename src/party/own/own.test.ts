import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { codeAnswerShape, joinedShape } from '#access/join/contract.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { requestPageShape } from '#licence/contract.ts';
import { signInAs, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf, openLicences, samanu } from '#testing/licences.ts';
import { nationalId, newPassword } from '#testing/people.ts';
import { personPageShape } from '../person/contract.ts';
import { partyRoutes } from '../routes.ts';
import { ownFields, ownPath, ownRecordShape } from './contract.ts';
import { mendableOf } from './rules.ts';

const house = await openHouse();
const { desk, asked, form, get, page, post } = await openLicences(house, [partyRoutes(house)]);
const requests = '/api/provinces/alborz/licence-requests';

let count = 0;
const newPhone = (): string => `0912555${String((count += 1)).padStart(4, '0')}`;

/** Opens an account by the code that a demonstration tells, and signs in. */
async function join(theirs: string, phone: string): Promise<Clerk> {
  const who = { provinceId: alborz, firstName: 'مریم', lastName: 'نمونه‌پور', phone, nationalId: theirs };
  house.clock.advance(10 * 60_000);
  const { code } = codeAnswerShape.parse((await desk.nobody.post('/api/access/join-codes', who)).body);
  const order = { ...who, code: must(code, 'a code'), password: newPassword };
  const { username } = joinedShape.parse((await desk.nobody.post('/api/access/applicants', order)).body);
  return signInAs(desk.app, username, newPassword);
}

const today = (): string => isoOf(dayOfInstant(house.clock.now().getTime()));

const ownOf = async (clerk: Clerk) => ownRecordShape.parse((await clerk.get(ownPath('alborz'))).body);
const nothing = { nationalId: null, firstName: null, lastName: null, bornOn: null, countyCode: null };
const bornOn = '1985-04-21';

test('an applicant is shown their own record, and may tell what it lacks once', async () => {
  const phone = newPhone();
  const own = form();
  const mine = await join(own.holder.nationalId, phone);
  expect(await ownOf(mine)).toEqual({
    record: { ...nothing, phone },
    mendable: ownFields.filter((field) => field !== 'phone'),
  });

  expect(kindOf(await mine.post(requests, own))).toBe('ok');
  const { firstName, lastName, nationalId: theirs } = own.holder;
  const record = { nationalId: theirs, firstName, lastName, countyCode: '3001' };
  expect(await ownOf(mine)).toEqual({
    record: { ...record, bornOn: null, phone },
    mendable: ['bornOn', 'countyCode'],
  });

  const again = form({ holder: { ...own.holder, bornOn, phone }, occupationId: samanu });
  expect(kindOf(await mine.post(requests, again))).toBe('ok');
  const whole = { record: { ...record, bornOn, phone }, mendable: ['countyCode'] };
  expect(await ownOf(mine)).toEqual(whole);

  // A later request that types something else does not move what stands.
  const third = form({ holder: { ...own.holder, bornOn: '1990-01-01' }, occupationId: 55 });
  expect(kindOf(await mine.post(requests, third))).toBe('ok');
  expect(await ownOf(mine)).toEqual(whole);
});

test('another person’s record is refused: by id, of another province, and to whoever is no applicant', async () => {
  const known = form();
  await asked([], { holder: { ...known.holder, bornOn, phone: newPhone() } });
  const stranger = await join(nationalId(), newPhone());
  expect((await ownOf(stranger)).record).toMatchObject(nothing);
  const kept = await get('director', `persons?search=${known.holder.nationalId}`);
  const personId = String(Object(kept.body).items[0].personId);
  for (const path of [`persons/${personId}`, `persons?search=${known.holder.nationalId}`])
    expect(kindOf(await stranger.get(`/api/provinces/alborz/${path}`)), path).toBe('RoleMayNot');
  expect(kindOf(await stranger.get(ownPath('lorestan')))).toBe('OtherProvince');
  for (const who of ['director', 'deputy', 'county-office', 'agency'])
    expect(kindOf(await get(who, 'persons/own')), who).toBe('RoleMayNot');
  expect(kindOf(await desk.nobody.get(ownPath('alborz')))).toBe('NotSignedIn');
});

test('whom an office entered after they opened an account is shown it at the same phone, and to no other', async () => {
  for (const isReached of [true, false]) {
    const [phone, { holder }] = [newPhone(), form()];
    const mine = await join(holder.nationalId, phone);
    await asked([], { holder: { ...holder, phone: isReached ? phone : newPhone() } });
    expect((await ownOf(mine)).record.nationalId).toBe(isReached ? holder.nationalId : null);
  }
});

test('what was lawfully erased is shown to nobody', async () => {
  const own = form();
  const mine = await join(own.holder.nationalId, newPhone());
  await mine.post(requests, own);
  const kept = await get('director', `persons?search=${own.holder.nationalId}`);
  const personId = String(Object(kept.body).items[0].personId);
  const order = { id: freshId(), reason: 'به حکم دادگاه', reference: '۱۲۳' };
  expect(kindOf(await post('director', `persons/${personId}/erasure`, order))).toBe('ok');
  expect((await ownOf(mine)).record).toMatchObject(nothing);
});

test('what an office types of a known person fills what the record lacks, as a fact that they declared', async () => {
  const first = await asked();
  const again = { holder: { ...first.holder, phone: newPhone() }, occupationId: samanu };
  await asked([], again);
  const kept = await get('director', `persons?search=${first.holder.nationalId}`);
  const { body } = await get('director', `persons/${String(Object(kept.body).items[0].personId)}`);
  expect(personPageShape.parse(body).facts).toContainEqual(
    expect.objectContaining({ kind: 'phone', value: again.holder.phone, source: 'declared' }),
  );
});

/** Whether a code goes out to this phone for somebody. */
async function isReachedAt(theirs: string, phone: string): Promise<boolean> {
  const who = { provinceId: alborz, firstName: 'مریم', lastName: 'نمونه‌پور', phone, nationalId: theirs };
  house.clock.advance(10 * 60_000);
  const { body } = await desk.nobody.post('/api/access/join-codes', who);
  return codeAnswerShape.parse(body).code !== null;
}

const notJoined = { kind: 'PhoneNotAsJoined', field: 'holder.phone' };

test('a phone that was proved by a code of joining gives way to none that a request merely types', async () => {
  const [proved, typed] = [newPhone(), newPhone()];
  const own = form();
  const { nationalId: theirs } = own.holder;
  const mine = await join(theirs, proved);
  for (const phone of [typed, 'no phone', '02612345678'])
    expect((await mine.post(requests, { ...own, holder: { ...own.holder, phone } })).body).toMatchObject(
      notJoined,
    );
  expect(kindOf(await mine.post(requests, own))).toBe('ok');
  const found = await get('director', `persons?search=${theirs}`);
  expect(Object(found.body).items[0].phone).toBe(proved);
  const later = form({ holder: { ...own.holder, phone: typed }, occupationId: samanu });
  expect((await mine.post(requests, later)).body).toMatchObject(notJoined);
  expect(await isReachedAt(theirs, typed)).toBe(false);
  expect(await isReachedAt(theirs, proved)).toBe(true);

  // Moved by an office on the person's own page, it is the one that codes go to, and a request may repeat it.
  const order = {
    id: newId(house.clock.now().getTime()),
    kind: 'phone',
    value: typed,
    sinceOn: today(),
    source: 'declared',
  };
  const facts = `persons/${String(Object(found.body).items[0].personId)}/facts`;
  expect(kindOf(await post('director', facts, { ...order, inquiredOn: null }))).toBe('ok');
  expect(await isReachedAt(theirs, proved)).toBe(false);
  expect(await isReachedAt(theirs, typed)).toBe(true);
  expect(kindOf(await mine.post(requests, later))).toBe('ok');
});

test('nor does an office’s request put another phone into a record of whoever joined', async () => {
  const [proved, typed] = [newPhone(), newPhone()];
  const first = await asked();
  const { holder } = first;
  await join(holder.nationalId, proved);
  const again = form({ holder: { ...holder, phone: typed }, occupationId: samanu });
  expect((await post('county-office', 'licence-requests', again)).body).toMatchObject(notJoined);
  expect(await isReachedAt(holder.nationalId, typed)).toBe(false);
  const right = { ...again, holder: { ...holder, phone: proved } };
  expect(kindOf(await post('county-office', 'licence-requests', right))).toBe('ok');
  expect(await isReachedAt(holder.nationalId, proved)).toBe(true);
});

test('a record that has the typed phone from before sends no code there', async () => {
  const [proved, typed] = [newPhone(), newPhone()];
  const own = form();
  const mine = await join(own.holder.nationalId, proved);
  expect(kindOf(await mine.post(requests, own))).toBe('ok');
  await sql`update party.fact set value = ${typed} where kind = 'phone' and value = ${proved}`.execute(
    house.owner,
  );
  await sql`update party.person set phone = ${typed} where phone = ${proved}`.execute(house.owner);
  expect(await isReachedAt(own.holder.nationalId, typed)).toBe(false);
  expect(await isReachedAt(own.holder.nationalId, proved)).toBe(true);
});

test('a name of joining that is not the one on record is shown to officers, and to no applicant', async () => {
  for (const [firstName, expected] of [
    ['بهمن', 'مریم نمونه‌پور'],
    ['مریم', null],
  ] as const) {
    const own = form();
    const mine = await join(own.holder.nationalId, newPhone());
    expect(kindOf(await mine.post(requests, { ...own, holder: { ...own.holder, firstName } }))).toBe('ok');
    for (const who of ['county-office', 'director'])
      expect((await page(own.id, who)).joinedAs).toBe(expected);
    const { body } = await mine.get(`${requests}/${own.id}`);
    expect(requestPageShape.parse(body).joinedAs).toBeNull();
  }
});

test('a phone that stands is never to be told in a form, nor who somebody is', () => {
  const record = { nationalId: '1', firstName: 'a', lastName: 'b', bornOn: null, countyCode: '3001' };
  const phone = '09120000000';
  expect(mendableOf({ ...record, phone }, null)).toEqual(['bornOn', 'countyCode']);
  expect(mendableOf({ ...record, phone: null }, null)).toEqual(['bornOn', 'countyCode', 'phone']);
  expect(mendableOf({ ...record, phone: null }, phone)).toEqual(['bornOn', 'countyCode']);
});

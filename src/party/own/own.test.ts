import { expect, test } from 'vitest';
import { codeAnswerShape, joinedShape } from '#access/join/contract.ts';
import { must } from '#kernel/result.ts';
import { signInAs, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf, openLicences, samanu } from '#testing/licences.ts';
import { nationalId, newPassword } from '#testing/people.ts';
import { personPageShape } from '../person/contract.ts';
import { partyRoutes } from '../routes.ts';
import { ownFields, ownPath, ownRecordShape } from './contract.ts';
import { mendableOf } from './rules.ts';

const house = await openHouse();
const { desk, asked, form, get, post } = await openLicences(house, [partyRoutes(house)]);
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

const ownOf = async (clerk: Clerk) => ownRecordShape.parse((await clerk.get(ownPath('alborz'))).body);
const nothing = { nationalId: null, firstName: null, lastName: null, bornOn: null, countyCode: null };
const told = { bornOn: '1985-04-21', phone: newPhone() };

test('an applicant is shown their own record, and may tell what it lacks once', async () => {
  const phone = newPhone();
  const own = form();
  const mine = await join(own.holder.nationalId, phone);
  expect(await ownOf(mine)).toEqual({ record: { ...nothing, phone }, mendable: [...ownFields] });

  expect(kindOf(await mine.post(requests, own))).toBe('ok');
  const { firstName, lastName, nationalId: theirs } = own.holder;
  const record = { nationalId: theirs, firstName, lastName, countyCode: '3001' };
  expect(await ownOf(mine)).toEqual({
    record: { ...record, bornOn: null, phone },
    mendable: ['bornOn', 'countyCode', 'phone'],
  });

  const again = form({ holder: { ...own.holder, ...told }, occupationId: samanu });
  expect(kindOf(await mine.post(requests, again))).toBe('ok');
  const whole = { record: { ...record, ...told }, mendable: ['countyCode'] };
  expect(await ownOf(mine)).toEqual(whole);

  // Neither a later request nor an office that types something else moves what stands.
  const other = { bornOn: '1990-01-01', phone: newPhone() };
  const third = form({ holder: { ...own.holder, ...other }, occupationId: 55 });
  expect(kindOf(await mine.post(requests, third))).toBe('ok');
  expect(await ownOf(mine)).toEqual(whole);
});

test('another person’s record is refused: by id, of another province, and to whoever is no applicant', async () => {
  const known = form();
  await asked([], { holder: { ...known.holder, ...told } });
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

test('a phone that stands is never to be told in a form, nor who somebody is', () => {
  const record = { nationalId: '1', firstName: 'a', lastName: 'b', bornOn: null, countyCode: '3001' };
  expect(mendableOf({ ...record, phone: '09120000000' })).toEqual(['bornOn', 'countyCode']);
});

import { expect, test } from 'vitest';
import { recordBackup } from '#platform/backup.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { problemKind } from '#testing/people.ts';
import { backupsShape } from '../contract.ts';
import { isBackupOld, oldAfterDays } from './contract.ts';

const house = await openHouse();
const desk = await openDesk(house);
const path = '/api/installation/backups';
const day = 24 * 3_600_000;

test('a backup that was not found right does not count, and a good one counts for its days', async () => {
  const director = await desk.as('director-alborz');
  const backups = async () => backupsShape.parse((await director.get(path)).body);
  expect(await backups()).toMatchObject({ schedule: 'none', lastGoodAt: null, backups: [] });
  const made = { path: '/elsewhere/one.tar.zst', byteCount: 9, madeAt: house.clock.now() };
  await recordBackup(house.db, { ...made, verifiedAt: null });
  const unchecked = await backups();
  expect(unchecked).toMatchObject({ lastGoodAt: null, backups: [{ name: 'one.tar.zst', verifiedAt: null }] });
  house.clock.advance(1_000);
  const madeAt = house.clock.now();
  await recordBackup(house.db, { ...made, path: '/elsewhere/two.tar.zst', madeAt, verifiedAt: madeAt });
  const { lastGoodAt } = await backups();
  expect(lastGoodAt).toBe(madeAt.toISOString());
  expect(isBackupOld(null, madeAt.getTime())).toBe(true);
  expect(isBackupOld(lastGoodAt, madeAt.getTime() + oldAfterDays * day)).toBe(false);
  expect(isBackupOld(lastGoodAt, madeAt.getTime() + oldAfterDays * day + 1)).toBe(true);
});

test('is shown to those who answer for the installation and to nobody else', async () => {
  for (const name of ['administrator-one', 'auditor'])
    expect((await (await desk.as(name)).get(path)).status).toBe(200);
  for (const name of ['deputy-alborz', 'applicant-alborz'])
    expect(problemKind(await (await desk.as(name)).get(path))).toBe('RoleMayNot');
  expect(problemKind(await desk.nobody.get(path))).toBe('NotSignedIn');
});

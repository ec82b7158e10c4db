import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { findLastBackup, recordBackup } from './backup.ts';
import { runWhenDue, startJobs, type Job, type Runner } from './jobs.ts';

const house = await openHouse();
const runner = (): Runner => ({
  holder: newId(house.clock.now().getTime()),
  signal: new AbortController().signal,
  heldUntil: 0,
});

let named = 0;
function counting(every: number): { readonly job: Job; readonly count: () => number } {
  let count = 0;
  named += 1;
  const run = (): Promise<void> => {
    count += 1;
    return Promise.resolve();
  };
  return { job: { name: `job ${named}`, every, run }, count: () => count };
}

test('of two processes one runs a job, until it is killed and its lease falls', async () => {
  const { job, count } = counting(1_000);
  const [first, second] = [runner(), runner()];
  expect(await runWhenDue(house, job, first)).toBe(true);
  house.clock.advance(1_000);
  expect(await runWhenDue(house, job, second)).toBe(false);
  expect(await runWhenDue(house, job, first)).toBe(true);
  house.clock.advance(29_500);
  expect(await runWhenDue(house, job, second)).toBe(true);
  expect(await runWhenDue(house, job, { ...first, heldUntil: 0 })).toBe(false);
  expect(count()).toBe(3);
});

test('a daily job is due once a day, over restarts', async () => {
  const { job, count } = counting(86_400_000);
  expect(await runWhenDue(house, job, runner())).toBe(true);
  house.clock.advance(3_600_000);
  expect(await runWhenDue(house, job, runner())).toBe(false);
  house.clock.advance(86_400_000);
  expect(await runWhenDue(house, job, runner())).toBe(true);
  expect(count()).toBe(2);
});

test('a failure is written down, and the job is tried again when it is due next', async () => {
  let fails = true;
  const run = (): Promise<void> => (fails ? Promise.reject(new Error('disk full')) : Promise.resolve());
  const job: Job = { name: 'failing', every: 1_000, run };
  const office = { ...house };
  const me = runner();
  expect(await runWhenDue(office, job, me)).toBe(true);
  const stored = async () =>
    (
      await sql<{ failure: string | null }>`select failure from platform.job where name = 'failing'`.execute(
        house.db,
      )
    ).rows[0]?.failure;
  expect(await stored()).toBe('disk full');
  fails = false;
  house.clock.advance(20_000);
  expect(await runWhenDue(office, job, me)).toBe(true);
  expect(await stored()).toBeNull();
});

test('stopping waits for what is being done, tells it, and frees the lease', async () => {
  const begun = Promise.withResolvers<void>();
  const told: string[] = [];
  const job: Job = {
    name: 'long',
    every: 60_000,
    run: async (signal) => {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      told.push('told');
    },
  };
  const jobs = startJobs(house, [job]);
  await begun.promise;
  await jobs.stop();
  expect(told).toEqual(['told']);
  const { rows } = await sql<{ holder: string | null; done: boolean }>`
    select holder, done_at is not null as done from platform.job where name = 'long'
  `.execute(house.db);
  expect(must(rows[0], 'the job')).toEqual({ holder: null, done: true });
});

test('the last good backup is the newest that was found right', async () => {
  expect(await findLastBackup(house.db)).toBeNull();
  const madeAt = house.clock.now();
  const file = { path: '/backups/one', byteCount: 5_000_000_000, madeAt };
  await recordBackup(house.db, { ...file, verifiedAt: house.clock.now() });
  house.clock.advance(1_000);
  await recordBackup(house.db, { ...file, madeAt: house.clock.now(), verifiedAt: null });
  expect(await findLastBackup(house.db)).toEqual(madeAt);
});

import { sql } from 'kysely';
import { newId, type Id } from '#kernel/id.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db.ts';
import type { Log } from './log.ts';
import { reasonOf } from './obstacle.ts';

/** Work that is done again and again in the background of the serving process. */
export type Job = {
  readonly name: string;
  /** From one beginning to the next, in milliseconds. */
  readonly every: number;
  /**
   * Does what is due now and comes to an end soon after `signal` is aborted. It may be cut off by a kill at any
   * point and, when the clocks of two machines disagree, run twice at once: it must bear both.
   */
  readonly run: (signal: AbortSignal) => Promise<unknown>;
};

export type Jobs = {
  /** Begins nothing any more, and waits for what is being done. */
  readonly stop: () => Promise<void>;
};

type Office = {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
};

/** A lease that is not renewed falls after this time: its holder was killed. */
const leaseTime = 30_000;
/** How often a process that does not hold a job looks whether it is free. */
const longestRest = 10_000;

/**
 * Runs each job in one process at a time, over all processes that serve the same database: whoever takes the
 * lease in `platform.job` runs it, the others look again now and then. A job that fails is written down and tried
 * again when it is due next.
 */
export function startJobs(office: Office, jobs: readonly Job[]): Jobs {
  const holder = newId(office.clock.now().getTime());
  const ending = new AbortController();
  const running = jobs.map((job) =>
    keepRunning(office, job, { holder, signal: ending.signal, heldUntil: 0 }),
  );
  return {
    stop: async () => {
      ending.abort();
      await Promise.all(running);
    },
  };
}

export type Runner = {
  readonly holder: Id;
  readonly signal: AbortSignal;
  /** Until when the lease is known to be ours. */
  heldUntil: number;
};

async function keepRunning(office: Office, job: Job, runner: Runner): Promise<void> {
  const { log } = office;
  const { signal } = runner;
  while (!signal.aborted) {
    try {
      await runWhenDue(office, job, runner);
    } catch (error) {
      // The database is away: whoever asks it for anything else says so; the job is tried again.
      log.warn({ job: job.name, error: reasonOf(error) }, 'background work could not be begun');
    }
    await rest(Math.min(job.every, longestRest), signal);
  }
  await release(office.db, job, runner.holder).catch(() => {
    // It falls by itself.
  });
}

/** Ends early when the runner is to stop. */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}

/**
 * Runs the job when it is due and nobody else holds it; gives back whether it ran. A job of every second writes
 * about its lease only as often as that must be renewed, so that an idle house leaves the disk alone.
 */
export async function runWhenDue({ db, clock, log }: Office, job: Job, runner: Runner): Promise<boolean> {
  const { holder, signal } = runner;
  const ours = job.every < leaseTime && runner.heldUntil - clock.now().getTime() > leaseTime / 2;
  if (!ours) {
    if (!(await take(db, job, holder, clock))) return false;
    runner.heldUntil = clock.now().getTime() + leaseTime;
  }
  const renewing = setInterval(() => {
    void renew(db, job, holder, clock).catch(() => {
      // Lost in the end if the database stays away, and then somebody else may run it: jobs bear that.
    });
  }, leaseTime / 3);
  let failure: string | null = null;
  try {
    await job.run(signal);
  } catch (error) {
    failure = reasonOf(error);
    log.error({ job: job.name, error }, 'background work failed');
  } finally {
    clearInterval(renewing);
  }
  if (!ours || failure !== null) await writeDown(db, job, { holder, failure, at: clock.now() });
  return true;
}

/** Takes the lease when it is free or ours, and the job is due. */
async function take(db: Database, { name, every }: Job, holder: Id, clock: Clock): Promise<boolean> {
  const now = clock.now();
  // Half a beat early is due, so that a job of every second does not slip to every other one.
  const due = new Date(now.getTime() - every + Math.min(every / 2, 60_000));
  const until = new Date(now.getTime() + leaseTime);
  await sql`insert into platform.job (name) values (${name}) on conflict (name) do nothing`.execute(db);
  const { rows } = await sql`
    update platform.job set holder = ${holder}, held_until = ${until}, started_at = ${now}
    where name = ${name}
      and (holder is null or holder = ${holder} or held_until < ${now})
      and (started_at is null or started_at <= ${due})
    returning name
  `.execute(db);
  return rows.length === 1;
}

async function renew(db: Database, { name }: Job, holder: Id, clock: Clock): Promise<void> {
  const until = new Date(clock.now().getTime() + leaseTime);
  await sql`
    update platform.job set held_until = ${until} where name = ${name} and holder = ${holder}
  `.execute(db);
}

type Done = { readonly holder: Id; readonly failure: string | null; readonly at: Date };

async function writeDown(db: Database, { name }: Job, { holder, failure, at }: Done): Promise<void> {
  await (failure === null
    ? sql`
        update platform.job set done_at = ${at}, failed_at = null, failure = null
        where name = ${name} and holder = ${holder}
      `.execute(db)
    : sql`
        update platform.job set failed_at = ${at}, failure = ${failure}
        where name = ${name} and holder = ${holder}
      `.execute(db));
}

async function release(db: Database, { name }: Job, holder: Id): Promise<void> {
  await sql`
    update platform.job set holder = null, held_until = null
    where name = ${name} and holder = ${holder}
  `.execute(db);
}

export type JobState = {
  readonly name: string;
  readonly startedAt: Date | null;
  readonly doneAt: Date | null;
  readonly failedAt: Date | null;
};

/** Every kind of background work that was ever begun, and how its last time ended. */
export async function listJobs(db: Database): Promise<JobState[]> {
  const { rows } = await sql<JobState>`
    select name, started_at as "startedAt", done_at as "doneAt", failed_at as "failedAt"
    from platform.job order by name
  `.execute(db);
  return rows;
}

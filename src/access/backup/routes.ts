import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { findLastBackup, listBackups } from '#platform/backup.ts';
import type { House } from '#platform/http.ts';
import { listJobs } from '#platform/jobs.ts';
import { problemResponses } from '#platform/problem.ts';
import { requireActor } from '#platform/session.ts';
import { backupsShape, type Backups } from '../contract.ts';

const shown = 30;

/** How the installation is kept: its backups and its background work. */
export const backupRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/installation/backups',
      {
        preHandler: requireActor('administrator', 'director', 'auditor'),
        schema: {
          summary: 'The backups with what restoring them found, and the background work',
          response: { 200: backupsShape, ...problemResponses },
        },
      },
      () => describeBackups(house),
    );
  };

const wire = (at: Date | null): string | null => at?.toISOString() ?? null;

async function describeBackups({ db, config }: House): Promise<Backups> {
  const backups = await listBackups(db, shown);
  const jobs = await listJobs(db);
  const scheduled = config.backupFolder === undefined ? 'none' : 'daily';
  return {
    schedule: config.databaseUrl === undefined ? scheduled : 'server',
    kept: config.backupsKept,
    lastGoodAt: wire(await findLastBackup(db)),
    backups: backups.map(({ madeAt, name, byteCount, verifiedAt }) => ({
      madeAt: madeAt.toISOString(),
      name,
      byteCount: byteCount.toString(),
      verifiedAt: wire(verifiedAt),
    })),
    jobs: jobs.map(({ name, startedAt, doneAt, failedAt }) => ({
      name,
      startedAt: wire(startedAt),
      doneAt: wire(doneAt),
      failedAt: wire(failedAt),
    })),
  };
}

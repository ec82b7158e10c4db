import { z } from 'zod';

/** A good backup older than this, or none, is told to directors and administrators on every page. */
export const oldAfterDays = 2;

/** Whether the last good backup is too old to be relied on, or there is none. */
export const isBackupOld = (lastGoodAt: string | null, now: number): boolean =>
  lastGoodAt === null || now - Date.parse(lastGoodAt) > oldAfterDays * 24 * 3_600_000;

export const backupsShape = z.object({
  /** `daily` where a folder is set for them, `none` where not, `server` where DATABASE_URL is backed up elsewhere. */
  schedule: z.enum(['daily', 'none', 'server']),
  kept: z.int(),
  lastGoodAt: z.iso.datetime().nullable(),
  backups: z.array(
    z.object({
      madeAt: z.iso.datetime(),
      name: z.string(),
      byteCount: z.string(),
      /** When a copy restored from it was found right; null where it was not, or was not looked at. */
      verifiedAt: z.iso.datetime().nullable(),
    }),
  ),
  jobs: z.array(
    z.object({
      name: z.string(),
      startedAt: z.iso.datetime().nullable(),
      doneAt: z.iso.datetime().nullable(),
      failedAt: z.iso.datetime().nullable(),
    }),
  ),
});
export type Backups = z.infer<typeof backupsShape>;

import { z } from 'zod';

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

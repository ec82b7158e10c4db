/** A good backup older than this, or none, is told to directors and administrators on every page. */
export const oldAfterDays = 2;

/** Whether the last good backup is too old to be relied on, or there is none. */
export const isBackupOld = (lastGoodAt: string | null, now: number): boolean =>
  lastGoodAt === null || now - Date.parse(lastGoodAt) > oldAfterDays * 24 * 3_600_000;

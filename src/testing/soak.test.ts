import { describe, expect, test } from 'vitest';
import { soak, type SoakReport } from './soak.ts';

describe('the ledger under faults', () => {
  // A sample of `npm run soak`.
  test(
    'acknowledged is kept and acts once, with connections cut and the server killed',
    { timeout: 90_000 },
    async () => {
      const reports: SoakReport[] = [];
      for await (const report of soak([1_001, 1_002], { clients: 64, commands: 4 })) reports.push(report);
      expect(reports).toHaveLength(2);
      for (const { cuts, stored, repeated, seed } of reports) {
        expect(cuts.kills, `seed ${seed}`).toBe(1);
        expect(cuts.before + cuts.after, `seed ${seed}`).toBeGreaterThan(0);
        expect(stored, `seed ${seed}`).toBeGreaterThan(20);
        expect(repeated, `seed ${seed}`).toBeGreaterThan(0);
      }
    },
  );
});

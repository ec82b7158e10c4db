import { z } from 'zod';
import { positiveSum, sum } from '#ledger/contract.ts';
import { programmes } from '../contract.ts';

/** `data/demonstration/lapse.json`: a line whose days are counted back from the day on which it is loaded. */
export const lapseDemonstrationShape = z.object({
  about: z.string(),
  province: z.string(),
  terms: z.object({
    programme: z.enum(programmes),
    note: z.string(),
    pot: z.enum(['national', 'provincial']),
    rateKind: z.enum(['fee', 'profit', 'subsidy']),
    rateHundredths: z.int(),
    graceMonths: z.int(),
    termMonths: z.int(),
    cooperativeReserve: z.int().nullable(),
    reserveReference: z.string().nullable(),
  }),
  amount: positiveSum,
  floor: sum,
  jobTarget: z.int(),
  letter: z.string(),
  resolution: z.string(),
  daysAgo: z.int(),
  daysLeft: z.int(),
  weeks: z.int(),
  /** Thousandths of its slice that a county draws in a week, county after county in the order of their codes. */
  paces: z.array(z.int()),
  zeroReason: z.string(),
  reason: z.string(),
});
export type LapseDemonstration = z.infer<typeof lapseDemonstrationShape>;

import { z } from 'zod';
import { programmes } from '../contract.ts';

/** What was awarded to one person or enterprise, as their own page shows it. Sums are whole rials. */
export const heldAwardShape = z.object({
  id: z.uuid(),
  sliceId: z.uuid(),
  programme: z.enum(programmes),
  budgetYear: z.int(),
  amount: z.string(),
  paid: z.string(),
  jobs: z.int(),
  state: z.string(),
});
export type HeldAward = z.infer<typeof heldAwardShape>;
export const heldAwardsShape = z.object({ items: z.array(heldAwardShape) });

import { z } from 'zod';
import { sealShape } from '../seal/contract.ts';

/** The last seal of a day: whoever keeps it holds every transfer and act of the province up to then. */
export const dayHeadShape = z.object({
  /** The day in Tehran, ISO. */
  day: z.iso.date(),
  seal: sealShape,
});
export type DayHead = z.infer<typeof dayHeadShape>;

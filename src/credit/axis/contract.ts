import { z } from 'zod';
import { partAxes } from '../contract.ts';

export const partKeysQuery = z.object({
  axis: z.enum(partAxes).meta({ fa: 'پایهٔ برش', en: 'Axis' }),
});

/** What may stand on an axis: the key that an order names, and what it is called. */
export const partKeysShape = z.object({
  parts: z.array(z.object({ key: z.string(), fa: z.string(), en: z.string() })),
});
export type PartKeys = z.infer<typeof partKeysShape>;

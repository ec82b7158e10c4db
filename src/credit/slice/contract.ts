import { z } from 'zod';
import { named, partAxes } from '../contract.ts';

/** A transfer of a slice, in the words of this room. */
export const movementShape = z.object({
  id: z.uuid(),
  happenedOn: z.string(),
  recordedAt: z.string(),
  kind: z.string(),
  phase: z.string(),
  fromStage: z.string(),
  toStage: z.string(),
  share: z.string(),
  amount: z.string(),
  referenceId: z.uuid(),
  direction: z.enum(['in', 'out', 'within']),
  /** The slice it came from or went to; null where there is none, or one that the reader does not see. */
  other: z.object({ axis: z.enum(partAxes), ...named }).nullable(),
});
export type Movement = z.infer<typeof movementShape>;

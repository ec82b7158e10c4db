import { z } from 'zod';
import { sealShape } from '../seal/contract.ts';

/**
 * Everything from which a reader recomputes, without trusting us, that a transfer stands in a signed seal: the row
 * as it was hashed, the hash of each row of the seal, the seal and the key.
 */
export const proofShape = z.object({
  transferId: z.uuid(),
  recordedAt: z.iso.datetime(),
  columns: z.array(z.string()),
  /** The values as PostgreSQL writes them. */
  row: z.array(z.string().nullable()),
  /** Null while the row waits for its seal, a few seconds after it was recorded. */
  sealed: z
    .object({
      seal: sealShape,
      publicKey: z.string(),
      /** The place of the row in the seal, from 0. */
      place: z.int(),
      /** The hash of each row of the seal, 64 digits each, one after the other. */
      hashes: z.string(),
    })
    .nullable(),
});
export type Proof = z.infer<typeof proofShape>;

export type ProofRefusal = { readonly kind: 'TransferMissing'; readonly transferId: string };

export const proofRefusalStatus = { TransferMissing: 404 } as const satisfies Record<
  ProofRefusal['kind'],
  number
>;

import { z } from 'zod';
import { bilingual } from '#place/contract.ts';

/** A message that did not go out, as an administrator sees it: nobody's name, address or text. */
export const undeliveredShape = z.object({
  messageId: z.uuid(),
  provinceId: z.int(),
  provinceName: bilingual,
  madeAt: z.iso.datetime(),
  triedAt: z.iso.datetime(),
  channel: z.enum(['sms', 'email', 'desk']),
  carrier: z.string(),
  state: z.enum(['refused', 'given_up']),
  reason: bilingual,
  answer: z.string().nullable(),
  tries: z.int(),
  /** The case it is about; null for another topic, and for an administrator who sees no province's cases. */
  about: z.object({ caseId: z.uuid(), number: z.string() }).nullable(),
});
export type Undelivered = z.infer<typeof undeliveredShape>;

export const againFormShape = z.strictObject({
  id: z.uuid().meta({ fa: 'شناسهٔ کار', en: 'Id of the deed' }),
});

/** How many messages wait again. */
export const sendingShape = z.object({ count: z.int() });
export type Sending = z.infer<typeof sendingShape>;

export type MessageRefusal =
  | { readonly kind: 'MessageMissing'; readonly messageId: string }
  | { readonly kind: 'MessageNotUndelivered'; readonly state: 'waiting' | 'sent' };

export const messageRefusalStatus = {
  MessageMissing: 404,
  MessageNotUndelivered: 409,
} as const satisfies Record<MessageRefusal['kind'], number>;

import type { Bilingual } from '#kernel/indicator.ts';
import type { Language } from './site.ts';

export const channels = ['sms', 'email', 'desk'] as const;
export type Channel = (typeof channels)[number];

/** Why a message did not go out: no address, no words any more, or how the other side failed. */
export type Reason =
  | 'no_phone'
  | 'no_email'
  | 'wordless'
  | 'refused'
  | 'sign_in'
  | 'encryption'
  | 'timeout'
  | 'unavailable';

/** A message on its way out. The same `id` is the same message, also when it comes twice. */
export type Letter = {
  readonly id: string;
  readonly to: string;
  readonly text: Bilingual;
  /** That of the addressee: an SMS has no room for another, a letter begins with it. */
  readonly language: Language;
};

/** How one try ended: taken by the other side, refused for good, or failed and worth another try. */
export type Delivery = {
  readonly outcome: 'sent' | 'refused' | 'failed';
  readonly reason: Reason | null;
  readonly answer: string | null;
};

/** What carries messages of a channel: an operator of SMS, a mail server. */
export type Messenger = {
  readonly name: string;
  /**
   * Ends soon after `signal` is aborted. A message may come twice when the process is killed in between: its id
   * tells. Null where nothing leaves the house: the desk shows what would have been sent.
   */
  readonly send: ((letter: Letter, signal: AbortSignal) => Promise<Delivery>) | null;
};
export type Messengers = Readonly<Record<Channel, Messenger>>;

/** Sends nothing: the desk shows what would have been sent. */
export const logMessenger: Messenger = { name: 'log', send: null };

/**
 * What the other side said, on one short line. It may repeat what it was sent: secrets do not come back from there,
 * and a phone or an address is no part of a message (L4).
 */
export function tidyAnswer(said: string, hidden: readonly string[]): string | null {
  let line = said;
  for (const part of hidden) if (part !== '') line = line.replaceAll(part, '***');
  line = line.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line === '' ? null : line.slice(0, 200);
}

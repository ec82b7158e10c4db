import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';

/** Sums on the wire, in whole rials (L13). `formFa` and `formEn` are what a refusal says of the form (platform/invalid.ts). */
export const sum = z
  .string()
  .regex(/^\d{1,18}$/)
  .meta({
    formFa: 'عدد صحیح صفر یا بیشتر به ریال، با حداکثر ۱۸ رقم',
    formEn: 'a whole number of rials, zero or more, of at most 18 digits',
  });
export const positiveSum = z
  .string()
  .regex(/^[1-9]\d{0,17}$/)
  .meta({
    formFa: 'عدد صحیح بزرگ‌تر از صفر به ریال، با حداکثر ۱۸ رقم',
    formEn: 'a whole number of rials above zero, of at most 18 digits',
  });

/**
 * The ledger knows accounts and transfers and nothing of loans. An account belongs to an owner of a later
 * room (a slice of credit, a notifier) and is named by owner, kind and share. Every account is kept
 * credit-normal: its balance is what came in (credits) less what went out (debits).
 */
export type AccountKey = {
  readonly ownerId: Id;
  /** What the account is to its owner, e.g. `available`, `paid`. Opaque here. */
  readonly kind: string;
  /** Which part of the owner's money it holds: `open`, or the key of a reserve (L3). Opaque here. */
  readonly share: string;
};

export type NewAccount = AccountKey & {
  readonly id: Id;
  readonly provinceId: number;
  readonly countyCode: string | null;
  /**
   * A bounded account never goes below zero, pending debits included (L2). Only what stands outside the
   * programme (a notifier, what a bank reports beyond its slice) is unbounded.
   */
  readonly bounded: boolean;
};

export type Account = NewAccount & {
  readonly debitsPosted: Rial;
  readonly debitsPending: Rial;
  readonly creditsPosted: Rial;
  readonly creditsPending: Rial;
  /** Counts the transfers that touched the account. */
  readonly version: bigint;
};

/**
 * `post` moves money at once; `pend` holds it on the debit side until it is confirmed or dropped;
 * `confirm` posts a pending transfer (in whole); `void` drops it.
 */
export type TransferPhase = 'post' | 'pend' | 'confirm' | 'void';

/** One transfer as its client asks for it. The id is made by the client: the same id acts once (L5). */
export type TransferOrder = {
  readonly id: Id;
  readonly phase: TransferPhase;
  /** The pending transfer that `confirm` and `void` end; null otherwise. */
  readonly pendingId: Id | null;
  readonly debitAccountId: Id;
  readonly creditAccountId: Id;
  readonly amount: Rial;
  /** The deed in the words of the later room, e.g. `refer`. Opaque here. */
  readonly kind: string;
  /** The case, award or document this transfer belongs to. */
  readonly referenceId: Id;
  /**
   * The transfer this one reverses, in whole or in part; null for a forward step. A reversal runs between the
   * same two accounts in the other direction, and all reversals of a transfer together never exceed it. What
   * `confirm` and `void` end keeps its own `reversesId`: they repeat it.
   */
  readonly reversesId: Id | null;
  /** The day on which the deed happened, which may lie before the day it is recorded. */
  readonly happenedOn: Day;
  /**
   * Only for `pend`: from this instant on it is confirmed no more and `expirePending` voids it. Absent or null:
   * it waits for as long as it takes.
   */
  readonly expiresAt?: Date | null;
};

/** What a room declares of one of its kinds of transfer. A reversal of it runs from `to` to `from`. */
export type TransferKind = {
  /** The kinds of account that the money may leave, and may reach. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly phases: readonly TransferPhase[];
};

/** The kinds of transfer of a room, by name: what is not among them is not posted. */
export type TransferKinds = { readonly [kind: string]: TransferKind };

export type TransferRefusal =
  | { readonly kind: 'AccountMissing'; readonly accountId: Id }
  | { readonly kind: 'AmountNotPositive'; readonly transferId: Id }
  | { readonly kind: 'SameAccount'; readonly transferId: Id }
  | { readonly kind: 'Overdraft'; readonly transferId: Id; readonly accountId: Id; readonly left: Rial }
  | { readonly kind: 'OtherContent'; readonly transferId: Id }
  | { readonly kind: 'NotPending'; readonly transferId: Id; readonly pendingId: Id }
  | { readonly kind: 'PendingDiffers'; readonly transferId: Id; readonly pendingId: Id }
  /** A pending transfer that is past its instant (ISO), or an order for one that would be from the start. */
  | { readonly kind: 'PendingExpired'; readonly transferId: Id; readonly expiredAt: string }
  | { readonly kind: 'ExpiryMisplaced'; readonly transferId: Id }
  | { readonly kind: 'KindDiffers'; readonly transferId: Id; readonly transferKind: string }
  | { readonly kind: 'ReversalDiffers'; readonly transferId: Id; readonly reversesId: Id }
  | {
      readonly kind: 'ReversalExceeds';
      readonly transferId: Id;
      readonly reversesId: Id;
      readonly left: Rial;
    }
  | { readonly kind: 'LinkedFailed'; readonly transferId: Id; readonly because: string };

/** Asked about an instant before which something may still be recorded: `newest` is the newest closed instant (ISO). */
export type InstantRefusal = { readonly kind: 'InstantOpen'; readonly newest: string | null };

export const transferRefusalStatus = {
  AccountMissing: 404,
  AmountNotPositive: 422,
  SameAccount: 422,
  Overdraft: 409,
  OtherContent: 409,
  NotPending: 409,
  PendingDiffers: 409,
  PendingExpired: 409,
  ExpiryMisplaced: 422,
  KindDiffers: 422,
  ReversalDiffers: 409,
  ReversalExceeds: 409,
  LinkedFailed: 409,
  InstantOpen: 422,
} as const satisfies Record<(TransferRefusal | InstantRefusal)['kind'], number>;

/** `posted` acted now; `replayed` had acted before with the same content; `refused` wrote nothing. */
export type TransferAnswer =
  | { readonly id: Id; readonly outcome: 'posted' | 'replayed' }
  | { readonly id: Id; readonly outcome: 'refused'; readonly refusal: TransferRefusal };

/**
 * All orders of a `linked` batch are accepted or none is; in an `unlinked` one each order stands for itself.
 * Within a batch an order sees what the orders before it did.
 */
export type BatchMode = 'linked' | 'unlinked';

/** A transfer as it stands in the ledger. */
export type Transfer = TransferOrder & {
  readonly expiresAt: Date | null;
  readonly provinceId: number;
  /** The version of each account after this transfer: its place in the history of both (L12). */
  readonly debitVersion: bigint;
  readonly creditVersion: bigint;
  readonly debitCountyCode: string | null;
  readonly creditCountyCode: string | null;
  readonly recordedAt: Date;
};

/** A transfer to be stored: the order, the place it takes in the history of both accounts, what they hold then. */
export type NewTransfer = TransferOrder &
  Pick<Transfer, 'debitVersion' | 'creditVersion' | 'debitCountyCode' | 'creditCountyCode'> & {
    readonly debitAfter: Sums;
    readonly creditAfter: Sums;
  };

/** A stored pending transfer that an order wants to end, and whether it was ended already. */
export type PendingFact = { readonly transfer: TransferOrder; readonly ended: boolean };

/** A stored transfer that an order wants to reverse, and how much of it is reversed or held for it. */
export type OriginalFact = { readonly transfer: TransferOrder; readonly reversed: Rial };

/** The four sums of an account. */
export type Sums = Pick<Account, 'debitsPosted' | 'debitsPending' | 'creditsPosted' | 'creditsPending'>;

/** What an account held at an instant; the sums are those of all transfers up to `version`. */
export type Balance = Sums & Pick<Account, 'version'>;

/** One line of an account's statement: the transfer, which side of it the account is, what it held after. */
export type StatementLine = {
  readonly transfer: Transfer;
  readonly side: 'debit' | 'credit';
  readonly after: Balance;
};

import type { TransferPhase } from '../contract.ts';
import type { AccountSum, SealFault, StoredAccount } from './contract.ts';

type Move = { readonly phase: TransferPhase; readonly amount: bigint; readonly side: 'debit' | 'credit' };

type Replayed = {
  readonly bounded: boolean;
  version: number;
  debitsPosted: bigint;
  debitsPending: bigint;
  creditsPosted: bigint;
  creditsPending: bigint;
  /** Moves that came before their turn, by their version. */
  waiting: Map<number, Move> | null;
};

const posts: Readonly<Record<TransferPhase, boolean>> = {
  post: true,
  pend: false,
  confirm: true,
  void: false,
};
const pends: Readonly<Record<TransferPhase, bigint>> = { post: 0n, pend: 1n, confirm: -1n, void: -1n };

/**
 * Every account of a province added up from zero in the order of its versions, whatever the order in which the
 * transfers come. The same sums as `rules.ts` makes, but in place: millions of transfers pass through here.
 */
export class Replay {
  private readonly accounts = new Map<string, Replayed>();
  private readonly provinceId: number;
  private first: SealFault | undefined;

  constructor(provinceId: number, accounts: readonly StoredAccount[]) {
    this.provinceId = provinceId;
    for (const { id, bounded } of accounts)
      this.accounts.set(id, {
        bounded,
        version: 0,
        debitsPosted: 0n,
        debitsPending: 0n,
        creditsPosted: 0n,
        creditsPending: 0n,
        waiting: null,
      });
  }

  /** One end of a transfer: what it does to the account, as the version of the account that it makes. */
  take(accountId: string, version: number, move: Move): void {
    const account = this.accounts.get(accountId);
    if (account === undefined) {
      this.first ??= { kind: 'AccountMissing', provinceId: this.provinceId, accountId };
      return;
    }
    if (version !== account.version + 1) {
      account.waiting ??= new Map();
      account.waiting.set(version, move);
      return;
    }
    this.apply(accountId, account, move);
    if (account.waiting !== null) this.drain(accountId, account, account.waiting);
  }

  private drain(accountId: string, account: Replayed, waiting: Map<number, Move>): void {
    for (;;) {
      const next = waiting.get(account.version + 1);
      if (next === undefined) break;
      waiting.delete(account.version + 1);
      this.apply(accountId, account, next);
    }
    if (waiting.size === 0) account.waiting = null;
  }

  private apply(accountId: string, account: Replayed, { phase, amount, side }: Move): void {
    account.version += 1;
    const posted = posts[phase] ? amount : 0n;
    const pending = phase === 'post' ? 0n : pends[phase] * amount;
    if (side === 'debit') {
      account.debitsPosted += posted;
      account.debitsPending += pending;
    } else {
      account.creditsPosted += posted;
      account.creditsPending += pending;
    }
    if (!account.bounded || side === 'credit') return;
    const left = account.creditsPosted - account.debitsPosted - account.debitsPending;
    if (left >= 0n) return;
    this.first ??= {
      kind: 'BelowZero',
      provinceId: this.provinceId,
      accountId,
      version: String(account.version),
      left: left.toString(),
    };
  }

  /** What is wrong first, with each account compared with its row. */
  fault(stored: readonly StoredAccount[]): SealFault | undefined {
    if (this.first !== undefined) return this.first;
    for (const { id, sums } of stored) {
      const account = this.accounts.get(id);
      if (account === undefined) continue;
      const missing = account.waiting === null ? sums.version > BigInt(account.version) : true;
      if (missing) return this.versionMissing(id, account);
      const replayed = {
        debits_posted: account.debitsPosted,
        debits_pending: account.debitsPending,
        credits_posted: account.creditsPosted,
        credits_pending: account.creditsPending,
        version: BigInt(account.version),
      };
      for (const sum of sumNames)
        if (sums[sum] !== replayed[sum])
          return {
            kind: 'BalanceDiffers',
            provinceId: this.provinceId,
            accountId: id,
            sum,
            stored: sums[sum].toString(),
            replayed: replayed[sum].toString(),
          };
    }
    return undefined;
  }

  private versionMissing(accountId: string, account: Replayed): SealFault {
    const version = String(account.version + 1);
    return { kind: 'VersionMissing', provinceId: this.provinceId, accountId, version };
  }
}

const sumNames: readonly AccountSum[] = [
  'debits_posted',
  'debits_pending',
  'credits_posted',
  'credits_pending',
  'version',
];

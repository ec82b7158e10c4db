import { z } from 'zod';

/**
 * Appended rows that are sealed, as their room hands them over: a `read_…` view with `province_id`, and of each
 * row the columns that its bytes are made of. A later version of the columns is another format at the end of the
 * list; those before stay as they are, because what was sealed by them must be found again.
 */
export type SealSource = {
  /** What the rows are called in a seal. */
  readonly name: string;
  readonly view: string;
  /** The instant of recording and the id: the order in which rows are sealed, and the name of a row. */
  readonly order: { readonly instant: string; readonly id: string };
  /** Formats 1, 2, …: the columns in their order. */
  readonly formats: readonly (readonly string[])[];
};

export const transferSource: SealSource = {
  name: 'transfer',
  view: 'ledger.read_transfer',
  order: { instant: 'recorded_at', id: 'id' },
  formats: [
    [
      'province_id',
      'id',
      'phase',
      'kind',
      'debit_account_id',
      'credit_account_id',
      'debit_version',
      'credit_version',
      'debit_county_code',
      'credit_county_code',
      'amount',
      'reference_id',
      'pending_id',
      'reverses_id',
      'happened_on',
      'expires_at',
      'recorded_at',
      'debit_debits_posted',
      'debit_debits_pending',
      'debit_credits_posted',
      'debit_credits_pending',
      'credit_debits_posted',
      'credit_debits_pending',
      'credit_credits_posted',
      'credit_credits_pending',
      'content_hash',
    ],
  ],
};

/** What the head of a seal is made of. Hashes are lower-case hexadecimal. */
export type SealContent = {
  readonly provinceId: number;
  /** 1, 2, … in each province. */
  readonly number: bigint;
  readonly source: string;
  readonly format: number;
  /** Rows of all sources count together, from 1 in each province. */
  readonly firstPosition: bigint;
  readonly lastPosition: bigint;
  readonly rowCount: number;
  readonly rowsHash: string;
  readonly previousHead: string;
  readonly sealedAt: Date;
};

export type Seal = SealContent & {
  readonly head: string;
  readonly signature: string;
  readonly keyId: string;
};

/** The head before the first. */
export const noHead = '0'.repeat(64);

export type SealKey = { readonly keyId: string; readonly publicKey: string };

/** A head that was written down elsewhere: paper, another machine, a newspaper. */
export const keptHeadShape = z.object({
  provinceId: z.int(),
  number: z.string().regex(/^\d{1,18}$/),
  head: z.string().regex(/^[0-9a-f]{64}$/),
});
export type KeptHead = z.infer<typeof keptHeadShape>;

/** What `verify` found wrong; `words.ts` has a sentence for each. */
export type SealFault =
  | { readonly kind: 'RowAltered'; readonly row: RowName; readonly part: AlteredPart }
  | { readonly kind: 'RowMissing'; readonly row: RowName }
  | { readonly kind: 'RowNotSealed'; readonly row: Omit<RowName, 'position'> }
  | { readonly kind: 'SealMissing'; readonly provinceId: number; readonly number: string }
  | {
      readonly kind: 'SealAltered';
      readonly provinceId: number;
      readonly number: string;
      readonly part: SealPart;
    }
  | { readonly kind: 'HeadDiffers'; readonly provinceId: number; readonly number: string }
  | {
      readonly kind: 'BalanceDiffers';
      readonly provinceId: number;
      readonly accountId: string;
      readonly sum: AccountSum;
      readonly stored: string;
      readonly replayed: string;
    }
  | {
      readonly kind: 'VersionMissing';
      readonly provinceId: number;
      readonly accountId: string;
      readonly version: string;
    }
  | {
      readonly kind: 'BelowZero';
      readonly provinceId: number;
      readonly accountId: string;
      readonly version: string;
      readonly left: string;
    }
  | { readonly kind: 'AccountMissing'; readonly provinceId: number; readonly accountId: string };

/** A row by its table, its province and its id, and where it stands in the chain. */
export type RowName = {
  readonly table: string;
  readonly provinceId: number;
  readonly id: string;
  readonly position: string;
};

/**
 * Which part of a row differs from what was sealed, as far as it can be told: `content` no longer agrees with the
 * row's own hash, `place` does (versions, counties, instant), `row` is any of its columns.
 */
export type AlteredPart = 'content' | 'place' | 'row';
export type SealPart = 'number' | 'position' | 'rows' | 'previous' | 'head' | 'signature' | 'key';
export type AccountSum =
  | 'debits_posted'
  | 'debits_pending'
  | 'credits_posted'
  | 'credits_pending'
  | 'version';

/** An account as its row has it. */
export type StoredAccount = {
  readonly id: string;
  readonly bounded: boolean;
  readonly sums: Readonly<Record<AccountSum, bigint>>;
};

export const sealShape = z.object({
  provinceId: z.int(),
  number: z.string(),
  source: z.string(),
  format: z.int(),
  firstPosition: z.string(),
  lastPosition: z.string(),
  rowCount: z.int(),
  rowsHash: z.string(),
  previousHead: z.string(),
  sealedAt: z.iso.datetime(),
  head: z.string(),
  signature: z.string(),
  keyId: z.string(),
});

export const sealsShape = z.object({
  keys: z.array(z.object({ keyId: z.string(), publicKey: z.string() })),
  /** The newest seal of each province. */
  heads: z.array(sealShape),
});

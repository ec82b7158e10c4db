/** What breaks a law of the ledger; sums are whole rials as decimal strings. */
export type LedgerBreach =
  | {
      readonly kind: 'AccountApart';
      readonly provinceId: number;
      readonly id: string;
      readonly due: string;
      readonly found: string;
    }
  | { readonly kind: 'LedgerNotZero'; readonly provinceId: number; readonly found: string };

import type { BeneficiaryKind } from '../contract.ts';

export type AwardBreach = {
  readonly kind: 'OverCeiling' | 'OverCap' | 'AwardApart';
  readonly provinceId: number;
  readonly id: string;
  readonly due: string;
  readonly found: string;
};

/** An award of whom the registry does not know, or knows in a form that such an award is not for. */
export type BeneficiaryBreach = {
  readonly kind: 'BeneficiaryApart';
  readonly provinceId: number;
  readonly id: string;
  /** The kind that the award says. */
  readonly due: BeneficiaryKind;
  /** Null where nobody of that id is entered. */
  readonly found: 'natural' | 'legal' | null;
};

/** A paper of which the record says another thing than the sealed act that brought it. */
export type PaperBreach = {
  readonly kind: 'PaperApart';
  readonly provinceId: number;
  readonly id: string;
  /** The table that was changed. */
  readonly of:
    | 'notification'
    | 'revision'
    | 'line'
    | 'parameter'
    | 'bank_list'
    | 'bank_list_confirmation'
    | 'correction'
    | 'intake'
    | `${'slicing' | 'reallocation' | 'release' | 'redivision' | 'share_rule' | 'opening' | 'takeback'}_approval`;
  readonly part:
    | 'letterNumber'
    | 'letterDay'
    | 'resolutionNumber'
    | 'day'
    | 'amount'
    | 'deadline'
    | 'term'
    | 'value'
    | 'validFrom'
    | 'legalReference'
    | 'statedCount'
    | 'statedSum'
    | 'signedNumber'
    | 'signedDay'
    | 'signedCount'
    | 'signedSum';
  /** What the sealed act says. */
  readonly due: string;
  readonly found: string;
};

/**
 * A record that breaks a law of money; `words.ts` has the sentence. Sums are whole rials as decimal strings; reports are
 * counted: made / confirmed / dropped / expired.
 */
export type CreditBreach =
  | {
      readonly kind:
        | 'LineNotConserved'
        | 'ReserveNotLocked'
        | 'PartsNotWhole'
        | 'HandedBackApart'
        | 'ClosedNotEmpty'
        | 'ReleasedApart'
        | 'ReportApart';
      readonly provinceId: number;
      readonly id: string;
      readonly due: string;
      readonly found: string;
    }
  | AwardBreach
  | BeneficiaryBreach
  | {
      /** Four sums: notified/referred/contracted/paid. */
      readonly kind: 'FunnelWidens';
      readonly provinceId: number;
      readonly id: string;
      readonly found: string;
    }
  | {
      readonly kind: 'OpeningApart';
      readonly provinceId: number;
      readonly id: string;
      readonly due: string;
      readonly found: string;
    }
  | { readonly kind: 'OpenedTwice'; readonly provinceId: number; readonly id: string }
  | { readonly kind: 'Unruled'; readonly provinceId: number; readonly id: string }
  | {
      readonly kind: 'OneEye';
      readonly provinceId: number;
      readonly id: string;
      readonly of:
        | 'slicing'
        | 'reallocation'
        | 'release'
        | 'redivision'
        | 'share_rule'
        | 'correction'
        | 'opening'
        | 'takeback'
        | 'bank_list';
    }
  | PaperBreach;

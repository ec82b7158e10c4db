/** What a figure is. `range` keeps the kind of its two ends in `baseKind`. */
export type FigureKind =
  | 'count'
  | 'money'
  | 'percent'
  | 'range'
  | 'date_year'
  | 'legal_reference'
  | 'ordinal'
  | 'other';

/** How exactly the text states a figure: «حدود» about, «بیش از» at least, «زیر» at most. */
export type Approximation = 'exact' | 'about' | 'at_least' | 'at_most';

/** Whether the text says that the figure is, or results from, a rise or a fall. */
export type Change = 'none' | 'increase' | 'decrease';

/** A piece of the text; `start` and `end` count Unicode code points of the input, `end` is exclusive. */
export type Span = { readonly start: number; readonly end: number; readonly text: string };

/**
 * One figure of a Persian text. Numbers are plain decimal strings in base units («۹۷ میلیارد تومان» is
 * `97000000000`); a figure read out of a text is a claim, so nothing here is branded as Rial.
 */
export type Figure = {
  /** Where it stands: cue, number, unit and up to three words of its noun. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Only the number itself, with its unit, without cue and noun. */
  readonly number: Span;
  readonly value: string;
  /** The upper end of a range. */
  readonly upper: string | null;
  /**
   * The worth of the last digit that is printed, in the unit of `value`, as a plain decimal string: «۹۷ میلیارد»
   * is stated to the billion, «۹۷٫۴ میلیارد» to the hundred million, «۷ هزار و ۱۰۹» to one, «۸۰ درصد» to one.
   * Of a range, the finer of its two ends. What is checked against a record is rounded to it.
   */
  readonly lastDigit: string;
  /** Money in rials (toman × 10); null for what is not money, or for a foreign currency. */
  readonly valueRial: string | null;
  readonly upperRial: string | null;
  readonly kind: FigureKind;
  /** The kind of a range's ends, otherwise null. */
  readonly baseKind: FigureKind | null;
  /** درصد، تومان، نفر، ماه، برابر، کسر …; null where the noun itself is counted. */
  readonly unit: string | null;
  readonly currency: string | null;
  readonly approx: Approximation;
  /** The cue that `approx` follows, or null. */
  readonly qualifier: Span | null;
  /** What is counted or measured, in normal spelling with half-spaces, or null when the text does not say. */
  readonly noun: string | null;
  /** `1395-04-25`, `1402-07`, `1393`, `--06-11` without a year, `T20:09` for a clock, otherwise null. */
  readonly date: string | null;
  readonly change: Change;
  /** Set beside another period or place («نسبت به سال ۹۲»). */
  readonly compare: boolean;
  /** False for dates, references, ranks, labels, codes and names: they hold numbers and measure nothing. */
  readonly isQuantity: boolean;
  /** The exact fraction «1/3» when `value` is rounded to 12 places, otherwise null. */
  readonly fraction: string | null;
  /** Other numbers of the same reference or list of labels («تبصره یک ماده ۴۹» is 49, also 1). */
  readonly also: readonly string[];
  /** The other defensible reading of the same print («۷/۱۲ درصد» may be 12.7), or null. */
  readonly alternative: string | null;
  /** For `other` that is no quantity: what the number labels. */
  readonly label: 'code' | 'phone' | 'name' | null;
};

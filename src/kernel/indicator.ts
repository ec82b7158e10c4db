/**
 * The shape in which a room declares the figures it answers for. Data only: `evidence` turns a declaration
 * into a value, the list behind it and the words by which a press statement names it (L8: a figure is its
 * records).
 */
export type Bilingual = { readonly fa: string; readonly en: string };

/**
 * A `read_…` view that other rooms may read. Every such view has the columns `province_id`, `county_code`,
 * `budget_year`, `happened_on`, `recorded_at` and `record_id`, so that place, time and list are asked alike.
 */
export type RecordsView = `${string}.read_${string}`;

/** Fixed conditions: column of the view → the values it may have. */
export type Condition = Readonly<Record<string, readonly string[]>>;

export type Measure =
  | {
      /** Adds up a signed column of whole numbers. */
      readonly kind: 'sum';
      readonly view: RecordsView;
      readonly column: string;
      readonly where: Condition;
      /**
       * Tallies of it are kept: its records are transfers of the ledger, and none of the columns it looks at ever
       * changes (whether a category is open may).
       */
      readonly tallied?: true;
      /** Of records that are transfers of the ledger: of which kinds they can be, so that no others are read. */
      readonly kinds?: readonly string[];
    }
  | {
      /** Counts the different values of `distinct` whose signed records add up above zero. */
      readonly kind: 'count';
      readonly view: RecordsView;
      readonly distinct: string;
      readonly column: string;
      readonly where: Condition;
      /** Of records that are transfers of the ledger: of which kinds they can be, so that no others are read. */
      readonly kinds?: readonly string[];
    }
  | {
      /** Percent points: one indicator of the room over another. */
      readonly kind: 'ratio';
      readonly numerator: string;
      readonly denominator: string;
    };

/**
 * Which year a statement means when it names one: the year of the budget law (an allocation), or the year
 * in which the deed happened (a payment); the two differ in practice by up to two years. `standing`: what there is at
 * the end of the year, by all that happened until then. By itself it says no deed: its noun is enough («۵۲۱ رشته است»).
 */
export const yearsMeant = ['budget_year', 'happened', 'standing'] as const;
export type YearMeant = (typeof yearsMeant)[number];

export type Indicator = {
  /** `room.name`, stable for ever. */
  readonly id: string;
  readonly version: number;
  readonly title: Bilingual;
  readonly definition: Bilingual;
  readonly unit: 'rial' | 'percent' | 'count';
  readonly measure: Measure;
  readonly year: YearMeant;
  /** Whether the figure is of a whole province, of one county, or can be either. */
  readonly place: 'province' | 'county' | 'either';
  /** Persian words in normal spelling that say the deed («پرداخت»): one of them must stand with the figure. */
  readonly verbs: readonly string[];
  /** For rates, which are a share of nothing: words that stand right beside the number («تسهیلات ۴ درصدی»). */
  readonly rateWords?: readonly string[];
  /** For counts: the Persian nouns of what is counted. Empty for money and percent. */
  readonly nouns: readonly string[];
  /** Dimensions by which a statement may narrow the figure. Any other narrowing means another figure. */
  readonly narrowedBy: readonly string[];
  /** Values of dimensions that a statement must name, or this figure is not meant. */
  readonly needs: Readonly<Record<string, readonly string[]>>;
  /**
   * How a statement says it in Persian, for the composer: slots in braces are `{value}`, `{year}`, `{province}`,
   * `{county}`, `{where}` (the county or else the province) and the dimensions of `narrowedBy`; `{before|slot|after}` stands only where the slot is filled.
   */
  readonly sentence?: string;
  /** Nothing but a part of a ratio: told with it alone. */
  readonly partOnly?: true;
  /** Reports set it side by side for each county, or each province. */
  readonly compared?: true;
  /** Indicators that tell how far a promise of this figure has come, in the order in which they are told. */
  readonly progress: readonly string[];
};

/** A column of the view with the Persian names by which a statement tells its values apart. */
export type Dimension = {
  readonly id: string;
  readonly column: string;
  /** Whether a statement says it once and means it until it says another («مشاغل خانگی … این اعتبارات»). */
  readonly carried: boolean;
  readonly values: readonly { readonly value: string; readonly names: readonly string[] }[];
  /** Values that records have and no statement names. */
  readonly unnamed?: readonly string[];
  /** A catalogue whose own names are added: a view of an earlier room, its key column and its names. */
  readonly catalogue?: {
    readonly view: RecordsView;
    readonly key: string;
    readonly nameFa: string;
    readonly nameEn: string;
  };
};

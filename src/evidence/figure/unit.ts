/** What follows a number and says what kind of quantity it is. */
export type Unit = {
  readonly kind: 'percent' | 'money' | 'other' | 'count';
  readonly name: string;
  /** Rials in one of a domestic currency; null for a foreign one. */
  readonly rials: bigint | null;
  /** Extra power of ten: «همت» is a thousand billion tomans. */
  readonly power: number;
  /** The counted thing itself is the noun («نفر»), not what follows it. */
  readonly isNoun: boolean;
};

const unit = (kind: Unit['kind'], name: string, more: Partial<Unit> = {}): Unit => ({
  kind,
  name,
  rials: null,
  power: 0,
  isNoun: false,
  ...more,
});

const table: readonly (readonly [Unit, string])[] = [
  [unit('percent', 'درصد'), 'درصد درصدی درصدش درصدشان پرسنت'],
  [unit('money', 'تومان', { rials: 10n }), 'تومان تومن تومانی تومنی تومانیها تومانها'],
  [unit('money', 'ریال', { rials: 1n }), 'ریال ریالی'],
  [unit('money', 'تومان', { rials: 10n, power: 12 }), 'همت همتی'],
  [unit('money', 'دلار'), 'دلار دلاری'],
  [unit('money', 'یورو'), 'یورو یورویی'],
  [unit('money', 'درهم'), 'درهم درهمی'],
  [unit('money', 'پوند'), 'پوند پوندی'],
  [unit('money', 'یوان'), 'یوان یوانی'],
  [unit('other', 'سال'), 'سال ساله سالگی سالهای سالهی سالی'],
  [unit('other', 'ماه'), 'ماه ماهه ماهگی ماههی'],
  [unit('other', 'هفته'), 'هفته هفتهای هفتگی'],
  [unit('other', 'روز'), 'روز روزه روزهی شبانهروز شبانهروزی'],
  [unit('other', 'ساعت'), 'ساعت ساعته ساعتی'],
  [unit('other', 'دقیقه'), 'دقیقه دقیقهای'],
  [unit('other', 'ثانیه'), 'ثانیه ثانیهای'],
  [unit('other', 'دهه'), 'دهه'],
  [unit('other', 'قرن'), 'قرن'],
  [unit('other', 'برابر'), 'برابر برابری'],
  [unit('count', 'نفر', { isNoun: true }), 'نفر نفره نفری نفرهای نفرساعت نفرروز نفرات'],
  [unit('count', 'مورد'), 'مورد موردی'],
  [unit('count', 'فقره'), 'فقره فقرهای'],
  [unit('count', 'قطعه'), 'قطعه قطعهای'],
  [unit('count', 'راس'), 'راس راسی'],
  [unit('count', 'عدد'), 'عدد عددی'],
  [unit('count', 'تن'), 'تن تنی'],
  [unit('count', 'کیلوگرم'), 'کیلوگرم کیلوگرمی کیلو کیلویی'],
  [unit('count', 'گرم'), 'گرم گرمی'],
  [unit('count', 'هکتار'), 'هکتار هکتاری'],
  [unit('count', 'متر'), 'متر متری'],
  [unit('count', 'متر مربع'), 'مترمربع مترمربعی'],
  [unit('count', 'متر مکعب'), 'مترمکعب مترمکعبی'],
  [unit('count', 'کیلومتر'), 'کیلومتر کیلومتری'],
  [unit('count', 'لیتر'), 'لیتر لیتری'],
  [unit('count', 'مگاوات'), 'مگاوات مگاواتی'],
  [unit('count', 'کیلووات'), 'کیلووات کیلوواتی'],
  [unit('count', 'جلد'), 'جلد'],
  [unit('count', 'باب'), 'باب'],
  [unit('count', 'اصله'), 'اصله'],
  [unit('count', 'تخته'), 'تخته'],
  [unit('count', 'دانگ'), 'دانگ'],
];

export const UNITS: ReadonlyMap<string, Unit> = new Map(
  table.flatMap(([each, words]) => words.split(' ').map((word): [string, Unit] => [word, each])),
);

export const PERCENT: Unit = unit('percent', 'درصد');
export const FRACTION: Unit = unit('other', 'کسر');
/** Signs that stand for a unit. */
export const SIGNS: ReadonlyMap<string, Unit> = new Map([
  ['%', PERCENT],
  ['٪', PERCENT],
  ['﹪', PERCENT],
  ['％', PERCENT],
  ['$', unit('money', 'دلار')],
  ['€', unit('money', 'یورو')],
  ['﷼', unit('money', 'ریال', { rials: 1n })],
]);

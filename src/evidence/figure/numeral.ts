/** Number words: what each is worth and which may follow which («صد و بیست و یک»). */
export type Numeral = { readonly value: number; readonly rank: Rank };

/** 4 hundreds, 3 tens, 2 ten to nineteen, 1 one to nine, 0 zero: a composite only descends. */
export type Rank = 0 | 1 | 2 | 3 | 4;

const rows: readonly (readonly [Rank, number, string])[] = [
  [0, 0, 'صفر'],
  [1, 1, 'یک'],
  [1, 2, 'دو'],
  [1, 3, 'سه'],
  [1, 4, 'چهار چار'],
  [1, 5, 'پنج'],
  [1, 6, 'شش شیش'],
  [1, 7, 'هفت'],
  [1, 8, 'هشت'],
  [1, 9, 'نه'],
  [2, 10, 'ده'],
  [2, 11, 'یازده'],
  [2, 12, 'دوازده'],
  [2, 13, 'سیزده'],
  [2, 14, 'چهارده'],
  [2, 15, 'پانزده پونزده'],
  [2, 16, 'شانزده شونزده'],
  [2, 17, 'هفده هیفده'],
  [2, 18, 'هجده هیجده هژده هیژده'],
  [2, 19, 'نوزده'],
  [3, 20, 'بیست'],
  [3, 30, 'سی'],
  [3, 40, 'چهل'],
  [3, 50, 'پنجاه'],
  [3, 60, 'شصت شست'],
  [3, 70, 'هفتاد'],
  [3, 80, 'هشتاد'],
  [3, 90, 'نود'],
  [4, 100, 'صد یکصد'],
  [4, 200, 'دویست'],
  [4, 300, 'سیصد'],
  [4, 400, 'چهارصد چارصد'],
  [4, 500, 'پانصد پونصد'],
  [4, 600, 'ششصد شیشصد'],
  [4, 700, 'هفتصد'],
  [4, 800, 'هشتصد'],
  [4, 900, 'نهصد'],
];

export const NUMERALS: ReadonlyMap<string, Numeral> = new Map(
  rows.flatMap(([rank, value, words]) => words.split(' ').map((word) => [word, { value, rank }])),
);

/** Powers of ten of the scale words; «همت» is a currency (unit.ts). */
export const SCALES: ReadonlyMap<string, number> = new Map([
  ['هزار', 3],
  ['میلیون', 6],
  ['ملیون', 6],
  ['میلیارد', 9],
  ['ملیارد', 9],
  ['میلیاد', 9],
  ['تریلیون', 12],
  ['تیلیارد', 12],
]);

/** A half that stands alone: «نیمی از کارگران», «نصف اعتبار». */
export const HALVES: readonly string[] = ['نیمی', 'نصف'];

/** Words of an unsaid many («هزاران نفر»): not figures. */
export const MANY: readonly string[] = ['هزاران', 'هزارها', 'صدها', 'دهها', 'میلیونها', 'میلیاردها'];

export type Ordinal = { readonly value: number; readonly rank: Rank; readonly before: boolean };

const irregular: readonly (readonly [string, Ordinal])[] = [
  ['اول', { value: 1, rank: 1, before: false }],
  ['نخست', { value: 1, rank: 1, before: false }],
  ['اولین', { value: 1, rank: 1, before: true }],
  ['نخستین', { value: 1, rank: 1, before: true }],
  ['سوم', { value: 3, rank: 1, before: false }],
  ['سومین', { value: 3, rank: 1, before: true }],
  ['سیام', { value: 30, rank: 3, before: false }],
  ['سیامین', { value: 30, rank: 3, before: true }],
  ['هزارم', { value: 1000, rank: 4, before: false }],
  ['هزارمین', { value: 1000, rank: 4, before: true }],
];

/** «سیم» is a wire, «سهم» a share and «صفرم» nothing: they stay out. */
const NOT_ORDINAL = new Set(['سیم', 'سهم', 'سهمین', 'صفرم', 'صفرمین', 'سیمین', 'شستم', 'شستمین']);

export const ORDINALS: ReadonlyMap<string, Ordinal> = new Map(
  [
    ...[...NUMERALS].flatMap(([word, { value, rank }]): [string, Ordinal][] => [
      [`${word}م`, { value, rank, before: false }],
      [`${word}مین`, { value, rank, before: true }],
    ]),
    ...irregular,
  ].filter(([word]) => !NOT_ORDINAL.has(word)),
);

import type { Bilingual } from '#kernel/indicator.ts';

/** Where the tile of a province lies, about as on a map with the north above and the west at the left. */
type Tile = { readonly column: number; readonly row: number; readonly short: Bilingual };

const grid: Readonly<Record<string, readonly [column: number, row: number, fa: string, en: string]>> = {
  'west-azerbaijan': [0, 0, 'آذ. غربی', 'W Azar.'],
  'east-azerbaijan': [1, 0, 'آذ. شرقی', 'E Azar.'],
  ardabil: [2, 0, 'اردبیل', 'Ardabil'],
  kurdistan: [0, 1, 'کردستان', 'Kurdist.'],
  zanjan: [1, 1, 'زنجان', 'Zanjan'],
  gilan: [2, 1, 'گیلان', 'Gilan'],
  mazandaran: [4, 1, 'مازندران', 'Mazand.'],
  golestan: [5, 1, 'گلستان', 'Golestan'],
  'north-khorasan': [6, 1, 'خ. شمالی', 'N Khor.'],
  kermanshah: [0, 2, 'کرمانشاه', 'Kermansh.'],
  hamadan: [1, 2, 'همدان', 'Hamadan'],
  qazvin: [2, 2, 'قزوین', 'Qazvin'],
  alborz: [3, 2, 'البرز', 'Alborz'],
  tehran: [4, 2, 'تهران', 'Tehran'],
  semnan: [5, 2, 'سمنان', 'Semnan'],
  'razavi-khorasan': [6, 2, 'خ. رضوی', 'R Khor.'],
  ilam: [0, 3, 'ایلام', 'Ilam'],
  lorestan: [1, 3, 'لرستان', 'Lorestan'],
  markazi: [2, 3, 'مرکزی', 'Markazi'],
  qom: [3, 3, 'قم', 'Qom'],
  isfahan: [4, 3, 'اصفهان', 'Isfahan'],
  'south-khorasan': [6, 3, 'خ. جنوبی', 'S Khor.'],
  khuzestan: [1, 4, 'خوزستان', 'Khuzest.'],
  'chaharmahal-and-bakhtiari': [3, 4, 'چهارمحال', 'Chahar.'],
  yazd: [5, 4, 'یزد', 'Yazd'],
  'kohgiluyeh-and-boyer-ahmad': [2, 5, 'کهگیلویه', 'Kohgil.'],
  fars: [3, 5, 'فارس', 'Fars'],
  kerman: [5, 5, 'کرمان', 'Kerman'],
  'sistan-and-baluchestan': [6, 5, 'سیستان', 'Sistan'],
  bushehr: [3, 6, 'بوشهر', 'Bushehr'],
  hormozgan: [5, 6, 'هرمزگان', 'Hormoz.'],
};

export const tiles = { columns: 7, rows: 7 } as const;

/** The addresses of all provinces that have a tile. */
export const tiledProvinces: readonly string[] = Object.keys(grid);

export function tileOf(slug: string): Tile | undefined {
  const found = grid[slug];
  if (found === undefined) return undefined;
  const [column, row, fa, en] = found;
  return { column, row, short: { fa, en } };
}

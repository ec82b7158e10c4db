/**
 * Persons and enterprises that nobody is: drawn of common names by a fixed seed. Their ids begin with 999, which
 * no registry office gives out, and have right check digits, so that every form takes them.
 */
const women = 'زهرا فاطمه مریم معصومه طاهره نرگس لیلا پروین صغری سمیه اعظم راضیه الهام شهناز کبری منیژه'.split(
  ' ',
);
const men = 'محمد علی حسین رضا مهدی احمد یوسف بهزاد جواد ابراهیم صفر نصرالله کیومرث داریوش قاسم ایرج'.split(
  ' ',
);
const families =
  'صادقی کاظمی قاسمی طاهری ذاکری یزدانی گودرزی چگنی بیرانوند پاپی سگوند میرزایی رستمی چراغی خدایی نظری مرادی سلیمانی هاشمی عزیزی کرمی ملکی شریفی فتحی'.split(
    ' ',
  );
const streets = 'گلستان بهار آزادی شهید مطهری امام‌زاده ولیعصر'.split(' ');
const works: readonly (readonly [name: string, work: string])[] = [
  ['تعاونی دوخت', 'دوخت پوشاک'],
  ['تعاونی چرم', 'محصولات چرمی'],
  ['تعاونی چوب', 'صنایع چوب'],
  ['تعاونی گلیم', 'بافت گلیم و جاجیم'],
  ['شرکت فرآوری عسل', 'فرآوری عسل'],
  ['تعاونی گیاهان دارویی', 'گیاهان دارویی'],
  ['شرکت سفال', 'سفال و سرامیک'],
  ['تعاونی بوم‌گردی', 'بوم‌گردی'],
  ['شرکت بسته‌بندی خشکبار', 'بسته‌بندی خشکبار'],
  ['تعاونی قالی', 'قالی‌بافی'],
];
const places = 'البرز سپید مهر آفتاب نگین رویش همت بهاران سرو دماوند'.split(' ');

/** xorshift32. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function naturalId(number: number): string {
  const digits = String(number).padStart(9, '0');
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += parseInt(digits.charAt(place), 10) * (10 - place);
  return `${digits}${sum % 11 < 2 ? sum % 11 : 11 - (sum % 11)}`;
}

function legalId(number: number): string {
  const digits = String(number).padStart(10, '0');
  const tens = parseInt(digits.charAt(9), 10) + 2;
  let sum = 0;
  for (const [place, weight] of [29, 27, 23, 19, 17, 29, 27, 23, 19, 17].entries())
    sum += (tens + parseInt(digits.charAt(place), 10)) * weight;
  return `${digits}${(sum % 11) % 10}`;
}

export type Stage = { readonly provinceId: number; readonly counties: readonly string[] };

const listOf = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join(',')).join('\n');

/** A list of persons as a support body would send it; four rows of it are wrong, as they would be. */
export function personList({ provinceId, counties }: Stage, count: number): string {
  const random = seeded(7_000_000 + provinceId);
  const pick = (names: readonly string[]): string => names[random(names.length)] ?? '';
  const rows: string[][] = [];
  let family = '';
  let home: readonly string[] = [];
  for (let at = 0; at < count; at += 1) {
    // Households of one to four: members share family, county, number, address, and some a phone.
    if (at % 3 === 0) {
      family = pick(families);
      home = [
        counties[at % 5 === 0 ? random(counties.length) : 0] ?? '',
        random(3) === 0 ? 'روستا' : 'شهر',
        String(700_000 + at),
        `خیابان ${pick(streets)}، پلاک ${random(180) + 1}`,
        String(1 + random(7)),
        `0990${String(1_000_000 + random(8_999_999))}`,
      ];
    }
    const [county = '', settlement = '', household = '', address = '', decile = '', phone = ''] = home;
    const isWoman = random(2) === 0;
    rows.push([
      naturalId(999_000_000 + provinceId * 10_000 + at),
      pick(isWoman ? women : men),
      family,
      pick(men),
      `13${40 + random(40)}/${1 + random(12)}/${1 + random(29)}`,
      isWoman ? 'زن' : 'مرد',
      county,
      settlement,
      decile,
      household,
      at % 3 === 2 ? '' : phone,
      pick(['امداد', 'بهزیستی', 'هیچ‌یک', 'هیچ‌یک', 'بسیج']),
      isWoman && at % 3 === 0 ? 'بله' : 'خیر',
      pick(['جویای کار', 'جویای کار', 'خانه‌دار', 'شاغل', 'خویش‌فرما']),
      address.replace('،', ' '),
    ]);
  }
  // The same person under an id with one digit mistyped that has a right check digit too.
  const first = rows[4];
  if (first !== undefined) rows.push([naturalId(999_900_000 + provinceId), ...first.slice(1)]);
  const second = rows[9];
  if (second !== undefined)
    rows.push([naturalId(999_910_000 + provinceId), second[1] ?? '', `${second[2]} `, ...second.slice(3)]);
  const sample = rows[20] ?? [];
  const wrong = (place: number, value: string): string[] => [
    naturalId(999_920_000 + provinceId * 10 + place),
    ...sample.slice(1, place),
    value,
    ...sample.slice(place + 1),
  ];
  rows.push(['9990000000', ...sample.slice(1)], wrong(6, 'آبادان‌شهر'), wrong(8, '12'), wrong(10, '0990'));
  return listOf([
    'کد ملی,نام,نام خانوادگی,نام پدر,تاریخ تولد,جنسیت,شهرستان,شهر یا روستا,دهک,شمارهٔ خانوار,تلفن,نهاد حمایتی,زن سرپرست خانوار,وضع اشتغال,نشانی'.split(
      ',',
    ),
    ...rows,
  ]);
}

export function enterpriseList({ provinceId, counties }: Stage, count: number): string {
  const random = seeded(9_000_000 + provinceId);
  const rows = Array.from({ length: count }, (_, at) => {
    const [name, work] = works[at % works.length] ?? ['', ''];
    return [
      legalId(9_990_000_000 + provinceId * 1_000 + at),
      `${name} ${places[(at * 3 + provinceId + Math.floor(at / works.length)) % places.length]}`,
      `13${80 + random(20)}/${1 + random(12)}/${1 + random(29)}`,
      counties[random(counties.length)] ?? '',
      random(4) === 0 ? 'روستا' : 'شهر',
      `0990${String(1_000_000 + random(8_999_999))}`,
      work,
    ];
  });
  return listOf([
    ['شناسه ملی', 'نام بنگاه', 'تاریخ ثبت', 'شهرستان', 'شهر یا روستا', 'تلفن', 'زمینهٔ کار'],
    ...rows,
  ]);
}

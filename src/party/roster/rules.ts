import { dayFromIso, type Day } from '#kernel/day.ts';
import { comparable } from '#kernel/persian.ts';
import { firstIsoDay } from '#place/contract.ts';
import type { FactKind, PersonForm } from '../person/contract.ts';
import { readers, readIdOf } from '../person/rules.ts';
import { rosterKeys, type RosterColumn, type RosterKey } from './contract.ts';

const both: readonly PersonForm[] = ['natural', 'legal'];
const natural: readonly PersonForm[] = ['natural'];
const legal: readonly PersonForm[] = ['legal'];

/** The columns that a list may have; a heading is found in any order, in either language and under these names. */
const columns: readonly RosterColumn[] = [
  {
    key: 'national_id',
    title: { fa: 'کد ملی', en: 'National id' },
    also: ['کدملی', 'شماره ملی', 'شناسه ملی', 'national_id'],
    kind: 'code',
    needed: true,
    forms: both,
  },
  {
    key: 'first_name',
    title: { fa: 'نام', en: 'First name' },
    kind: 'text',
    needed: true,
    longest: 80,
    forms: natural,
  },
  {
    key: 'last_name',
    title: { fa: 'نام خانوادگی', en: 'Last name' },
    also: ['نام‌خانوادگی', 'فامیل', 'نام بنگاه', 'نام شرکت', 'name'],
    kind: 'text',
    needed: true,
    longest: 160,
    forms: both,
  },
  {
    key: 'father_name',
    title: { fa: 'نام پدر', en: 'Father’s name' },
    kind: 'text',
    longest: 80,
    forms: natural,
  },
  {
    key: 'born_on',
    title: { fa: 'تاریخ تولد', en: 'Born on' },
    also: ['تاریخ ثبت', 'registered on'],
    kind: 'day',
    forms: both,
  },
  { key: 'gender', title: { fa: 'جنسیت', en: 'Gender' }, kind: 'text', forms: natural },
  { key: 'county_code', title: { fa: 'شهرستان', en: 'County' }, kind: 'text', needed: true, forms: both },
  {
    key: 'settlement',
    title: { fa: 'شهر یا روستا', en: 'Settlement' },
    also: ['محل سکونت'],
    kind: 'text',
    forms: both,
  },
  { key: 'decile', title: { fa: 'دهک', en: 'Decile' }, kind: 'count', forms: natural },
  {
    key: 'household',
    title: { fa: 'شمارهٔ خانوار', en: 'Household' },
    also: ['کد خانوار'],
    kind: 'code',
    forms: natural,
  },
  {
    key: 'phone',
    title: { fa: 'تلفن', en: 'Phone' },
    also: ['تلفن همراه', 'همراه', 'موبایل'],
    kind: 'code',
    forms: both,
  },
  {
    key: 'email',
    title: { fa: 'رایانامه', en: 'E-mail' },
    also: ['ایمیل', 'پست الکترونیک', 'پست الکترونیکی', 'نشانی رایانامه', 'email'],
    kind: 'code',
    longest: 254,
    forms: both,
  },
  {
    key: 'client_of',
    title: { fa: 'نهاد حمایتی', en: 'Support body' },
    also: ['تحت پوشش'],
    kind: 'text',
    forms: natural,
  },
  { key: 'woman_head', title: { fa: 'زن سرپرست خانوار', en: 'Woman head' }, kind: 'text', forms: natural },
  { key: 'disability', title: { fa: 'معلولیت', en: 'Disability' }, kind: 'text', forms: natural },
  { key: 'veteran', title: { fa: 'ایثارگر', en: 'Veteran' }, kind: 'text', forms: natural },
  { key: 'employment', title: { fa: 'وضع اشتغال', en: 'Employment' }, kind: 'text', forms: natural },
  {
    key: 'address',
    title: { fa: 'نشانی', en: 'Address' },
    also: ['آدرس'],
    kind: 'text',
    longest: 500,
    forms: both,
  },
  { key: 'account', title: { fa: 'شبا', en: 'Sheba' }, also: ['شماره شبا'], kind: 'code', forms: both },
  {
    key: 'activity',
    title: { fa: 'زمینهٔ کار', en: 'Line of work' },
    kind: 'text',
    longest: 160,
    forms: legal,
  },
];

export const columnsOf = (form: PersonForm): readonly RosterColumn[] =>
  columns.filter(({ forms }) => forms.includes(form));

/** What offices write for the values of a kind, folded by `comparable`; the codes themselves are read too. */
const spoken: Readonly<Partial<Record<FactKind, Readonly<Record<string, string>>>>> = {
  gender: { زن: 'woman', مونث: 'woman', خانم: 'woman', مرد: 'man', مذکر: 'man', آقا: 'man' },
  settlement: {
    شهر: 'urban',
    شهری: 'urban',
    روستا: 'rural',
    روستایی: 'rural',
    عشایر: 'nomad',
    عشایری: 'nomad',
  },
  employment: {
    'جویای کار': 'unemployed',
    بیکار: 'unemployed',
    شاغل: 'employed',
    خویشفرما: 'self_employed',
    آزاد: 'self_employed',
    بیمهپرداز: 'insured',
    خانهدار: 'homemaker',
    دانشجو: 'student',
    محصل: 'student',
    بازنشسته: 'retired',
  },
  client_of: {
    هیچیک: 'none',
    ندارد: 'none',
    امداد: 'emdad',
    'کمیته امداد': 'emdad',
    بهزیستی: 'behzisti',
    علوی: 'alavi',
    'بنیاد علوی': 'alavi',
    برکت: 'barakat',
    'بنیاد برکت': 'barakat',
    بسیج: 'basij',
    'بنیاد شهید': 'martyrs',
  },
};
const yesNo: Readonly<Record<string, string>> = {
  بله: 'yes',
  بلی: 'yes',
  دارد: 'yes',
  هست: 'yes',
  '1': 'yes',
  خیر: 'no',
  نه: 'no',
  ندارد: 'no',
  نیست: 'no',
  '0': 'no',
};

const codeOf = (kind: FactKind, text: string): string => {
  const table = spoken[kind] ?? (['woman_head', 'disability', 'veteran'].includes(kind) ? yesNo : {});
  const written = comparable(text);
  return (Object.hasOwn(table, written) ? table[written] : undefined) ?? text;
};

export type RowFacts = {
  readonly form: PersonForm;
  readonly cells: Readonly<Partial<Record<RosterKey, string | null>>>;
  /** Names and codes of the province's counties, folded by `comparable`, to their codes. */
  readonly counties: ReadonlyMap<string, string>;
  readonly today: Day;
  /** The day of which the list tells. */
  readonly toldOn: Day;
};

export type RowValues = { readonly nationalId: string } & Readonly<Partial<Record<FactKind, string>>>;

export type WrongCell = {
  readonly column: RosterKey;
  readonly rule: 'national_id' | 'legal_id' | 'county' | 'future' | 'after_list' | 'too_early' | 'form';
};

/** What a row says, each value in its one writing, or every cell of it that is wrong. */
export type RowRead = { readonly values: RowValues } | { readonly wrong: readonly WrongCell[] };

export function readRow({ form, cells, counties, today, toldOn }: RowFacts): RowRead {
  const wrong: WrongCell[] = [];
  const values: Partial<Record<FactKind, string>> = {};
  const nationalId = readIdOf(form, cells.national_id ?? '');
  if (nationalId === null)
    wrong.push({ column: 'national_id', rule: form === 'natural' ? 'national_id' : 'legal_id' });
  for (const column of rosterKeys) {
    const written = cells[column];
    if (column === 'national_id' || written === null || written === undefined) continue;
    const text =
      column === 'county_code' ? (counties.get(comparable(written)) ?? '') : codeOf(column, written);
    const value = readers[column](text);
    if (value === null) wrong.push({ column, rule: column === 'county_code' ? 'county' : 'form' });
    else if (column === 'born_on' && dayFromIso(value) > today) wrong.push({ column, rule: 'future' });
    else if (column === 'born_on' && form === 'natural' && dayFromIso(value) > toldOn)
      wrong.push({ column, rule: 'after_list' });
    else if (column === 'born_on' && value < firstIsoDay) wrong.push({ column, rule: 'too_early' });
    else values[column] = value;
  }
  return wrong.length > 0 || nationalId === null ? { wrong } : { values: { nationalId, ...values } };
}

const identifying = ['national_id', 'first_name', 'last_name', 'father_name', 'born_on', 'gender'];

/** The kinds that are kept as facts of their own day; the others tell who the person is. */
export const toldKinds: readonly FactKind[] = rosterKeys
  .filter((key) => key !== 'national_id')
  .filter((kind) => !identifying.includes(kind));

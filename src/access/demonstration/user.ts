import type { Role } from '#kernel/actor.ts';

/** The demonstration's one password, for every demonstration user. */
export const demonstrationPassword = 'karsaz-demo';

/** A made-up user of the demonstration. Nobody is called so, and every name says that it is a sample. */
export type DemonstrationUser = {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly provinceId: number | null;
  readonly countyCode: string | null;
  /** Which of the offices handed over the user works in. */
  readonly office: 'agency' | 'bank' | 'agriculture' | 'health' | null;
};

type Province = {
  readonly provinceId: number;
  readonly slug: string;
  readonly name: string;
  readonly county: { readonly code: string; readonly name: string };
};

/** Where the demonstration plays: the provinces of the two press statements. Codes of the Statistical Centre. */
const provinces: readonly Province[] = [
  { provinceId: 30, slug: 'alborz', name: 'البرز', county: { code: '3001', name: 'کرج' } },
  { provinceId: 15, slug: 'lorestan', name: 'لرستان', county: { code: '1503', name: 'خرم‌آباد' } },
];

const nowhere = { provinceId: null, countyCode: null, office: null };

const ofInstallation: readonly DemonstrationUser[] = [
  { username: 'administrator-one', name: 'مدیر سامانهٔ نمونه یک', role: 'administrator', ...nowhere },
  { username: 'administrator-two', name: 'مدیر سامانهٔ نمونه دو', role: 'administrator', ...nowhere },
  { username: 'ministry', name: 'کارشناس نمونه وزارتخانه', role: 'ministry', ...nowhere },
  { username: 'auditor', name: 'حسابرس نمونه', role: 'auditor', ...nowhere },
];

function ofProvince({ provinceId, slug, name, county }: Province): DemonstrationUser[] {
  const there = { provinceId, countyCode: null, office: null };
  return [
    { username: `director-${slug}`, name: `مدیرکل نمونه ${name}`, role: 'director', ...there },
    { username: `deputy-${slug}`, name: `معاون اشتغال نمونه ${name}`, role: 'deputy', ...there },
    { username: `deputy-two-${slug}`, name: `معاون تعاون نمونه ${name}`, role: 'deputy', ...there },
    {
      username: `county-office-${slug}`,
      name: `رئیس اداره نمونه ${county.name}`,
      role: 'county_office',
      ...there,
      countyCode: county.code,
    },
    {
      username: `agency-${slug}`,
      name: `کارشناس نمونه دستگاه اجرایی ${name}`,
      role: 'agency',
      ...there,
      office: 'agency',
    },
    {
      username: `agriculture-${slug}`,
      name: `کارشناس نمونه جهاد کشاورزی ${name}`,
      role: 'agency',
      ...there,
      office: 'agriculture',
    },
    {
      username: `health-${slug}`,
      name: `کارشناس نمونه بهداشت ${name}`,
      role: 'agency',
      ...there,
      office: 'health',
    },
    { username: `bank-${slug}`, name: `کارشناس نمونه بانک ${name}`, role: 'bank', ...there, office: 'bank' },
    { username: `applicant-${slug}`, name: `متقاضی نمونه ${name}`, role: 'applicant', ...there },
    { username: `editor-${slug}`, name: `ویراستار نمونه ${name}`, role: 'editor', ...there },
  ];
}

/** Two administrators first: each proposes, the other approves. */
export const demonstrationUsers: readonly DemonstrationUser[] = [
  ...ofInstallation,
  ...provinces.flatMap(ofProvince),
];

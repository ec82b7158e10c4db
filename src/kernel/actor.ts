import type { Bilingual } from './indicator.ts';
import type { Id } from './id.ts';

/** The roles of the programme, one word each; PRODUCT names what each comes for. */
export const roles = [
  'administrator',
  'director',
  'deputy',
  'county_office',
  'agency',
  'bank',
  'applicant',
  'auditor',
  'editor',
  'ministry',
] as const;
export type Role = (typeof roles)[number];

/** What a role is called wherever somebody reads of it. */
export const roleTitles = {
  administrator: { fa: 'مدیر سامانه', en: 'Administrator' },
  director: { fa: 'مدیرکل', en: 'Director-general' },
  deputy: { fa: 'معاون', en: 'Deputy' },
  county_office: { fa: 'اداره شهرستان', en: 'County office' },
  agency: { fa: 'دستگاه اجرایی', en: 'Executive agency' },
  bank: { fa: 'بانک عامل', en: 'Agent bank' },
  applicant: { fa: 'متقاضی', en: 'Applicant' },
  auditor: { fa: 'حسابرس', en: 'Auditor' },
  editor: { fa: 'روابط عمومی', en: 'Public relations' },
  ministry: { fa: 'وزارتخانه', en: 'Ministry' },
} as const satisfies Record<Role, Bilingual>;

/**
 * The province of what belongs to no province: the installation's own users, grants and commands. It stands in
 * the same column as the codes of the Statistical Centre (0 to 30), because every key begins with a province.
 */
export const nationwide = -1;

/**
 * What an actor may see (L9). `province` is `all` for those who read every
 * province and write in none, and `nationwide` for administrators of the installation, who see no province's rows;
 * `office` is a provincial office of an agency or the branch of a bank; `person` is set where somebody sees
 * only what is their own.
 */
export type ActorScope = {
  readonly province: number | 'all';
  readonly county: string | null;
  readonly office: Id | null;
  readonly person: Id | null;
};

/** Who acts: the account, the person behind it (four eyes compare persons, L6), and the role chosen now. */
export type Actor = {
  readonly userId: Id;
  readonly personId: Id;
  readonly role: Role;
  readonly name: string;
  readonly scope: ActorScope;
};

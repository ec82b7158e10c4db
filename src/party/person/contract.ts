import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Id } from '#kernel/id.ts';
import { bilingual, countyCode, isoDay, nameText, provinceSlug, writtenText } from '#place/contract.ts';

/** A natural person («حقیقی»), or a legal one («حقوقی»): an enterprise. */
export const personForms = ['natural', 'legal'] as const;
export type PersonForm = (typeof personForms)[number];

export const genders = ['woman', 'man'] as const;
export const settlements = ['urban', 'rural', 'nomad'] as const;
export const employments = [
  'unemployed',
  'employed',
  'self_employed',
  'insured',
  'homemaker',
  'student',
  'retired',
] as const;
/** Support bodies by their key in the catalogue of agencies; `none` ends a cover. */
export const supportBodies = ['none', 'emdad', 'behzisti', 'alavi', 'barakat', 'basij', 'martyrs'] as const;
export const yesNo = ['yes', 'no'] as const;

/** What is told of a person, each dated, with source and the day of the inquiry. */
export const factKinds = [
  'first_name',
  'last_name',
  'father_name',
  'born_on',
  'gender',
  'county_code',
  'settlement',
  'decile',
  'woman_head',
  'disability',
  'veteran',
  'employment',
  'client_of',
  'household',
  'address',
  'phone',
  'email',
  'account',
  'activity',
] as const;
export type FactKind = (typeof factKinds)[number];

/** Where what a person types may come from; what a simulated register told says so itself. */
export const toldSources = ['declared', 'document', 'inquiry', 'visit', 'list'] as const;
export const factSources = [...toldSources, 'simulated'] as const;
export type FactSource = (typeof factSources)[number];

/** The values of the kinds that have a list; the others are typed. */
export const factChoices = {
  gender: genders,
  settlement: settlements,
  decile: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
  woman_head: yesNo,
  disability: yesNo,
  veteran: yesNo,
  employment: employments,
  client_of: supportBodies,
} as const satisfies Partial<Record<FactKind, readonly string[]>>;

/** What is told of an enterprise; the rest is of natural persons. */
export const legalKinds: readonly FactKind[] = [
  'last_name',
  'born_on',
  'county_code',
  'settlement',
  'address',
  'phone',
  'email',
  'account',
  'activity',
];
export const naturalKinds: readonly FactKind[] = factKinds.filter((kind) => kind !== 'activity');

const label = (fa: string, en: string): Bilingual => ({ fa, en });
const typed = (most: number) => writtenText(1, most);

/** Digits of any script; the checksum is a rule. */
const nationalId = z.string().trim().min(8).max(20).meta(label('کد یا شناسهٔ ملی', 'National id'));

export const newFactShape = z.strictObject({
  id: z.uuid(),
  kind: z.enum(factKinds).meta(label('نوع اطلاع', 'Kind of fact')),
  value: typed(500).meta(label('مقدار', 'Value')),
  sinceOn: isoDay.meta(label('از روز', 'Since')),
  source: z.enum(toldSources).meta(label('منبع', 'Source')),
  inquiredOn: isoDay.nullable().meta(label('روز استعلام', 'Day of the inquiry')),
});
export type NewFact = z.infer<typeof newFactShape>;

export const newPersonShape = z.strictObject({
  id: z.uuid(),
  form: z.enum(personForms).meta(label('نوع شخص', 'Form')),
  nationalId,
  firstName: nameText(1, 80).nullable().meta(label('نام', 'First name')),
  lastName: nameText(1, 160).meta(label('نام خانوادگی یا نام بنگاه', 'Last name, or name of the enterprise')),
  fatherName: nameText(1, 80).nullable().meta(label('نام پدر', 'Father’s name')),
  bornOn: isoDay.nullable().meta(label('تاریخ تولد یا ثبت', 'Day of birth or registration')),
  gender: z.enum(genders).nullable().meta(label('جنسیت', 'Gender')),
  countyCode: countyCode.meta(label('شهرستان', 'County')),
  settlement: z.enum(settlements).nullable().meta(label('شهر یا روستا', 'Town or village')),
  phone: typed(20).nullable().meta(label('تلفن همراه', 'Mobile phone')),
  email: typed(254).nullable().default(null).meta(label('رایانامه', 'E-mail address')),
});
export type NewPerson = z.infer<typeof newPersonShape>;

export const erasureShape = z.strictObject({
  id: z.uuid(),
  reason: typed(500).meta(label('دلیل', 'Reason')),
  reference: typed(100).meta(label('شمارهٔ نامه', 'Number of the letter')),
});
export type ErasureOrder = z.infer<typeof erasureShape>;

export const reachShape = z.strictObject({
  countyCode: countyCode.nullable().meta(label('شهرستان', 'County')),
  officeId: z.uuid().nullable().meta(label('دستگاه یا شعبه', 'Office or branch')),
  reason: typed(200).meta(label('دلیل', 'Reason')),
});
export type ReachOrder = z.infer<typeof reachShape>;

const text = z.string().nullable();

/** A person as lists show them. An erased one has neither name nor id. */
export const personShape = z.object({
  personId: z.uuid(),
  provinceId: z.int(),
  form: z.enum(personForms),
  nationalId: text,
  firstName: text,
  lastName: text,
  fatherName: text,
  bornOn: z.iso.date().nullable(),
  gender: z.enum(genders).nullable(),
  countyCode: z.string(),
  countyName: bilingual,
  settlement: z.enum(settlements).nullable(),
  decile: text,
  womanHead: text,
  disability: text,
  veteran: text,
  employment: text,
  clientOf: text,
  household: text,
  address: text,
  phone: text,
  email: text,
  account: text,
  activity: text,
  enteredAt: z.iso.datetime(),
  mergedInto: z.uuid().nullable(),
  erased: z.boolean(),
});
export type Person = z.infer<typeof personShape>;

export const factShape = z.object({
  factId: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(factKinds),
  /** Null once erased. */
  value: z.string().nullable(),
  sinceOn: z.iso.date(),
  source: z.enum(factSources),
  inquiredOn: z.iso.date().nullable(),
  recordedAt: z.iso.datetime(),
  inForce: z.boolean(),
});
export type Fact = z.infer<typeof factShape>;

export const personPageShape = z.object({
  person: personShape,
  facts: z.array(factShape),
  /** Those of the same household whom the reader may see. */
  household: z.array(personShape),
  /** Records that were merged into this one. */
  merged: z.array(personShape),
  /** In how many other provinces the same person is kept; never in which. */
  otherProvinces: z.int(),
  reaches: z.array(z.object({ reader: z.string(), reason: z.string(), givenAt: z.iso.datetime() })),
  erasure: z.object({ reason: z.string(), reference: z.string(), erasedAt: z.iso.datetime() }).nullable(),
  /** What the reader's role may do here. */
  may: z.object({ change: z.boolean(), erase: z.boolean(), reach: z.boolean() }),
});
export type PersonPage = z.infer<typeof personPageShape>;

export const personFilter = z.object({
  form: z.enum(personForms).default('natural').meta(label('نوع شخص', 'Form')),
  search: z.string().trim().max(80).optional().meta(label('جست‌وجو', 'Search')),
  county: countyCode.optional().meta(label('شهرستان', 'County')),
  decile: z.enum(factChoices.decile).optional().meta(label('تا دهک', 'Up to decile')),
  settlement: z.enum(settlements).optional().meta(label('شهر یا روستا', 'Town or village')),
  clientOf: z.enum(supportBodies).optional().meta(label('زیر پوشش', 'Client of')),
  employment: z.enum(employments).optional().meta(label('وضع اشتغال', 'Employment')),
  womanHead: z.enum(['yes']).optional().meta(label('زن سرپرست خانوار', 'Woman head of household')),
  sort: z.enum(['name', 'newest']).default('name').meta(label('ترتیب', 'Order')),
});
export type PersonFilter = z.infer<typeof personFilter>;

export const provinceAddress = z.object({ province: provinceSlug.meta(label('استان', 'Province')) });
export const personAddress = provinceAddress.extend({ person: z.uuid() });

export const workplacesShape = z.object({
  offices: z.array(z.object({ officeId: z.uuid(), nameFa: z.string(), nameEn: z.string().nullable() })),
});
export const doneShape = z.object({ id: z.uuid() });
export const enteredShape = z.object({
  id: z.uuid(),
  /** `known` when the person stood here already and was opened to who asked. */
  outcome: z.enum(['entered', 'known']),
});
export type Entered = { readonly id: Id; readonly outcome: 'entered' | 'known' };

export type PersonRefusal =
  | { readonly kind: 'PersonMissing' }
  | { readonly kind: 'NationalIdWrong'; readonly field: 'nationalId' }
  | { readonly kind: 'LegalIdWrong'; readonly field: 'nationalId' }
  | { readonly kind: 'FirstNameNeeded'; readonly field: 'firstName' }
  | { readonly kind: 'PersonKnown'; readonly personId: Id }
  | { readonly kind: 'PersonNotAsKept'; readonly field: 'lastName' | 'holder.lastName' }
  | { readonly kind: 'PersonErased' }
  | { readonly kind: 'PersonMerged'; readonly personId: Id }
  | { readonly kind: 'FactNotOfForm'; readonly factKind: FactKind; readonly field: 'kind' }
  | { readonly kind: 'FactUnreadable'; readonly factKind: FactKind; readonly field: string }
  | { readonly kind: 'FactInFuture'; readonly field: string }
  | { readonly kind: 'FactBeforeBirth'; readonly bornOn: Day; readonly field: 'sinceOn' | 'inquiredOn' }
  | { readonly kind: 'BirthTooEarly'; readonly field: 'value' }
  | { readonly kind: 'FactOtherContent'; readonly field: 'id' }
  | { readonly kind: 'CountyElsewhere'; readonly countyCode: string; readonly field: string }
  | { readonly kind: 'ReachNeedsOne'; readonly field: 'officeId' }
  | { readonly kind: 'OfficeUnknown'; readonly field: 'officeId' };

export const personRefusalStatus = {
  PersonMissing: 404,
  NationalIdWrong: 422,
  LegalIdWrong: 422,
  FirstNameNeeded: 422,
  PersonKnown: 409,
  PersonNotAsKept: 409,
  PersonErased: 409,
  PersonMerged: 409,
  FactNotOfForm: 422,
  FactUnreadable: 422,
  FactInFuture: 422,
  FactBeforeBirth: 422,
  BirthTooEarly: 422,
  FactOtherContent: 409,
  CountyElsewhere: 422,
  ReachNeedsOne: 422,
  OfficeUnknown: 422,
} as const satisfies Record<PersonRefusal['kind'], number>;

/** Where persons or enterprises within the reader's scope are sought by a part of their name or national id. */
export const personsSought =
  (province: string, form: PersonForm) =>
  (search: string): `/api/${string}` =>
    `/api/provinces/${province}/persons?${new URLSearchParams({ form, search, limit: '8' }).toString()}`;

/** By the name to show, with what tells of which groups they are; whoever was erased is found by none. */
export const personFound = (person: Person) => ({
  key: person.personId,
  code: person.nationalId,
  settlement: person.settlement,
  decile: person.decile === null ? null : Number.parseInt(person.decile, 10),
  clientOf: person.clientOf === 'none' ? null : person.clientOf,
  name: [person.firstName, person.lastName].filter((part) => part !== null).join(' '),
});
export type PersonFound = ReturnType<typeof personFound>;

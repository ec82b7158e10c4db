import { z } from 'zod';
import type { Bilingual } from '#kernel/indicator.ts';
import { bilingual, isoDay } from '#place/contract.ts';
import { personForms, provinceAddress, type FactKind, type PersonForm } from '../person/contract.ts';

/** The columns of a list of persons; those that are not facts tell who the person is. */
export const rosterKeys = [
  'national_id',
  'first_name',
  'last_name',
  'father_name',
  'born_on',
  'gender',
  'county_code',
  'settlement',
  'decile',
  'household',
  'phone',
  'email',
  'client_of',
  'woman_head',
  'disability',
  'veteran',
  'employment',
  'address',
  'account',
  'activity',
] as const satisfies readonly ('national_id' | FactKind)[];
export type RosterKey = (typeof rosterKeys)[number];

export type RosterColumn = {
  readonly key: RosterKey;
  readonly title: Bilingual;
  readonly also?: readonly string[];
  readonly kind: 'text' | 'code' | 'count' | 'day';
  readonly needed?: boolean;
  readonly longest?: number;
  readonly forms: readonly PersonForm[];
};

export const mostRows = 120_000;
export const mostBytes = 40 * 1_048_576;

/** One «no» about a cell: whose field, by which rule, in both languages. */
export const faultShape = bilingual.extend({ column: z.string(), rule: z.string() });
export type RowFault = z.infer<typeof faultShape>;

/** A fault as it is kept: the sentence of a sheet's own rule, or what the room's words need to say theirs. */
export type StoredFault = {
  readonly column: RosterKey;
  readonly rule: string;
  readonly written: string;
  readonly sentence: Bilingual | null;
};

export const rosterStates = ['received', 'checked', 'waiting', 'taken', 'dropped', 'unreadable'] as const;
export type RosterState = (typeof rosterStates)[number];

export const sampleRowShape = z.record(z.string(), z.string().nullable());

export const rosterShape = z.object({
  rosterId: z.uuid(),
  form: z.enum(personForms),
  fileName: z.string(),
  toldOn: z.iso.date(),
  state: z.enum(rosterStates),
  totalRows: z.int(),
  badRows: z.int(),
  /** Good rows that are done; with `badRows` it comes to `totalRows` at the end. */
  passedRows: z.int(),
  enteredPersons: z.int(),
  knownPersons: z.int(),
  addedFacts: z.int(),
  problem: bilingual.nullable(),
  sentAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type Roster = z.infer<typeof rosterShape>;

export const rosterPageShape = z.object({
  roster: rosterShape,
  /** The first good rows, as they were read, while the list is not taken in. */
  sample: z.array(sampleRowShape),
  /** The first bad rows. */
  faults: z.array(z.object({ line: z.int(), cells: sampleRowShape, faults: z.array(faultShape) })),
});
export type RosterPage = z.infer<typeof rosterPageShape>;
export const rosterListShape = z.object({ items: z.array(rosterShape) });

/** Beside the file; in the address, because a file is sent as a form of several parts. */
export const rosterQuery = z.object({
  id: z.uuid(),
  form: z.enum(personForms).meta({ fa: 'نوع شخص', en: 'Form' }),
  toldOn: isoDay.meta({ fa: 'روز فهرست', en: 'Day of the list' }),
});
export const rosterAddress = provinceAddress.extend({ roster: z.uuid() });
export const sheetQuery = z.object({
  format: z.enum(['xlsx', 'csv']).default('xlsx').meta({ fa: 'قالب', en: 'Format' }),
  form: z.enum(personForms).default('natural').meta({ fa: 'نوع شخص', en: 'Form' }),
});

export type RosterRefusal =
  | { readonly kind: 'RosterMissing' }
  | { readonly kind: 'RosterNotChecked'; readonly state: RosterState }
  | { readonly kind: 'RosterEmpty' }
  | { readonly kind: 'RosterInFuture'; readonly field: 'toldOn' }
  | { readonly kind: 'RosterOtherContent'; readonly field: 'id' };

export const rosterRefusalStatus = {
  RosterMissing: 404,
  RosterNotChecked: 409,
  RosterEmpty: 422,
  RosterInFuture: 422,
  RosterOtherContent: 409,
} as const satisfies Record<RosterRefusal['kind'], number>;

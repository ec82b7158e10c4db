import { z } from 'zod';
import type { Id } from '#kernel/id.ts';
import { isoDay } from '#place/contract.ts';

export const outcomes = ['read', 'did', 'refused'] as const;
export type Outcome = (typeof outcomes)[number];

/** What narrows the trail. A person is named by an account, a record (case, account, slice …) by its id. */
export const trailFilter = {
  search: z.string().trim().max(80).optional().meta({ fa: 'جست‌وجوی نام', en: 'Search for a name' }),
  user: z.uuid().optional().meta({ fa: 'کاربر', en: 'User' }),
  record: z.uuid().optional().meta({ fa: 'شناسهٔ رکورد', en: 'Id of a record' }),
  outcome: z.enum(outcomes).optional().meta({ fa: 'نتیجه', en: 'Outcome' }),
  from: isoDay.optional().meta({ fa: 'از روز', en: 'From' }),
  until: isoDay.optional().meta({ fa: 'تا روز', en: 'Until' }),
};

export const trailExportQuery = z.object({
  ...trailFilter,
  language: z.enum(['fa', 'en']).default('fa').meta({ fa: 'زبان', en: 'Language' }),
});

export const trailEventShape = z.object({
  eventId: z.uuid(),
  at: z.iso.datetime(),
  event: z.string(),
  outcome: z.enum(outcomes),
  /** Method and route of the request; null for what was not asked by one. */
  route: z.string().nullable(),
  status: z.int().nullable(),
  provinceId: z.int().nullable(),
  provinceName: z.object({ fa: z.string(), en: z.string() }).nullable(),
  userId: z.uuid().nullable(),
  username: z.string().nullable(),
  byName: z.string().nullable(),
  byRole: z.string().nullable(),
  subject: z.string().nullable(),
  subjectId: z.string().nullable(),
  recordIds: z.array(z.uuid()),
  facts: z.record(z.string(), z.unknown()),
});
export type TrailEvent = z.infer<typeof trailEventShape>;

/** What a request came to, as it waits to be written down. */
export type Told = {
  readonly eventId: Id;
  readonly at: Date;
  readonly by: { readonly userId: Id; readonly personId: Id; readonly role: string };
  readonly outcome: Outcome;
  readonly route: string;
  readonly status: number | null;
  /** The province that the address names, by its slug or code; null where it names none. */
  readonly place: string | null;
  /** Where the asker stands: the province of what names no other. */
  readonly home: number;
  readonly recordIds: readonly string[];
  readonly facts: Readonly<Record<string, string | number>>;
};

import { z } from 'zod';
import type { Id } from '#kernel/id.ts';
import { bilingual, writtenText } from '#place/contract.ts';

/** What a list of cases shows: in my hands, waiting for my role, all open here, late here, all with closed ones. */
export const tabs = ['mine', 'role', 'open', 'late', 'all'] as const;
export type Tab = (typeof tabs)[number];

const word = z.string().regex(/^[a-z][a-z_]{0,59}$/);

export const caseFilterShape = z.object({
  tab: z.enum(tabs).default('role').meta({ fa: 'فهرست', en: 'List' }),
  kind: word.optional().meta({ fa: 'نوع پرونده', en: 'Kind' }),
  state: word.optional().meta({ fa: 'وضعیت', en: 'State' }),
  county: z.string().max(4).optional().meta({ fa: 'شهرستان', en: 'County' }),
  /** Cases about this person, closed ones too. */
  subject: z.uuid().optional().meta({ fa: 'شخص', en: 'Person' }),
  /** A tracking number, a national id or the beginning of a name; looks through all cases, closed ones too. */
  search: z.string().trim().max(80).optional().meta({ fa: 'جست‌وجو', en: 'Search' }),
});
export type CaseFilter = z.infer<typeof caseFilterShape>;

/** A list is asked for by kinds that there are, so that a slip is not taken for an empty list. */
export type ListRefusal = {
  readonly kind: 'KindUnknown';
  readonly asked: string;
  readonly field: 'kind';
  readonly rule: 'known';
};
export const listRefusalStatus = { KindUnknown: 422 } as const satisfies Record<ListRefusal['kind'], number>;

export const deadlineShape = z.object({
  dueOn: z.iso.date(),
  workingDaysLeft: z.int(),
  late: z.boolean(),
  foreseen: z.boolean(),
});

export const caseRowShape = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.object({ key: z.string(), title: bilingual }),
  state: z.object({ key: z.string(), title: bilingual }),
  version: z.int(),
  county: bilingual.nullable(),
  /** Whom the case is about, where the reader may see that person. */
  subject: z.string().nullable(),
  openedAt: z.iso.datetime(),
  movedAt: z.iso.datetime(),
  deadline: deadlineShape.nullable(),
  holder: z.object({ name: z.string().nullable(), isMe: z.boolean() }).nullable(),
});
export type CaseRow = z.infer<typeof caseRowShape>;

export const caseListShape = z.object({
  items: z.array(caseRowShape),
  next: z.string().nullable(),
  /** More people fit the search than were looked at: it wants to be narrower. */
  narrow: z.boolean(),
});

const countShape = z.object({ count: z.int(), more: z.boolean() });
export const countsShape = z.object({
  mine: countShape,
  role: countShape,
  open: countShape,
  late: countShape,
});
export type Counts = z.infer<typeof countsShape>;

export const kindsShape = z.object({
  kinds: z.array(
    z.object({
      key: z.string(),
      title: bilingual,
      states: z.array(z.object({ key: z.string(), title: bilingual })),
      /** Acts that can be done on many cases at once, each with the states in which it can be. */
      acts: z.array(
        z.object({
          key: z.string(),
          title: bilingual,
          needsReason: z.boolean(),
          states: z.array(z.string()),
        }),
      ),
    }),
  ),
});

export const viewShape = z.object({
  id: z.uuid().meta({ fa: 'شناسهٔ نما', en: 'View id' }),
  name: writtenText(1, 60).meta({ fa: 'نام نما', en: 'Name' }),
  query: z.string().max(500).meta({ fa: 'پالایه‌ها', en: 'Filters' }),
});
export type SavedView = z.infer<typeof viewShape>;
export const viewsShape = z.object({ views: z.array(viewShape) });

/** Finds persons by what was typed, within the reader's scope; handed over by `app.ts`, for `party` knows how. */
export type SoughtPersons = { readonly personIds: readonly Id[]; readonly more: boolean };

import { z } from 'zod';
import type { ActorScope } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { SealSource } from '#ledger/seal/contract.ts';

/** A case as every room has it: a list of acts from which its state is derived. */
export type Case = {
  readonly provinceId: number;
  readonly id: Id;
  readonly kind: string;
  readonly state: string;
  /** The number of acts so far; an act names the one it saw, so that a second officer cannot act unseen. */
  readonly version: number;
  /**
   * The county the case belongs to for as long as it lives; null is a matter of the province, which county
   * offices do not see. A case that moves to another county is closed, and a new one is opened there.
   */
  readonly countyCode: string | null;
  /** The agency or branch the case lies with; null is the directorate, which no outside office sees. */
  readonly officeId: Id | null;
  /** The office whose further approval the case needs: it sees the case, and acts where the case lies with it. */
  readonly reviewOfficeId: Id | null;
  /** The person or body the case is about, by its id in `party`: the one who may see it as their own. */
  readonly subjectId: Id | null;
};

/** Who acts: the account and the person behind it; four eyes compare persons, never accounts (L6). */
export type ActBy = { readonly userId: Id; readonly personId: Id; readonly role: string };

/** Who asks for an act: an actor of an office acts only where the case lies with that office. */
export type Doer = ActBy & { readonly scope?: Pick<ActorScope, 'office'> };

/** One act to be done on a case. Facts hold ids, sums as strings and hashes only (L4). */
export type ActOrder = {
  readonly id: Id;
  readonly caseId: Id;
  readonly act: string;
  /** The version of the case that the officer saw; null where a machine acts in its own order. */
  readonly seenVersion: number | null;
  readonly facts: ActFacts;
  readonly reason: string | null;
  /** The day on which the deed happened, which may lie before the day it is recorded. */
  readonly happenedOn: Day;
};

export type ActFacts = Readonly<Record<string, string | null>>;

/** The first act of a case, which brings it into being. */
export type Opening = Omit<ActOrder, 'act' | 'seenVersion'> &
  Pick<Case, 'provinceId' | 'countyCode' | 'officeId' | 'subjectId'> &
  Partial<Pick<Case, 'reviewOfficeId'>>;

/** An act as it stands in the case. */
export type Act = Pick<
  Case,
  'provinceId' | 'kind' | 'countyCode' | 'officeId' | 'reviewOfficeId' | 'subjectId'
> & {
  readonly id: Id;
  readonly caseId: Id;
  /** Its place in the case, from 1; the case's version after it. */
  readonly seq: number;
  readonly act: string;
  readonly fromState: string;
  readonly toState: string;
  readonly by: ActBy;
  readonly facts: ActFacts;
  readonly reason: string | null;
  readonly happenedOn: Day;
  readonly recordedAt: Date;
};

/** What an act led to. A replayed one answers with the case as it stood right after it (L5). */
export type Acted = { readonly case: Case; readonly act: Act; readonly outcome: 'acted' | 'replayed' };

/** The days on which offices are closed, by the number of the day (`dayNumber`). */
export type Calendar = {
  readonly holidays: ReadonlySet<number>;
  readonly weekends: readonly {
    /** ISO 8601: Friday is 5. */
    readonly weekday: number;
    readonly first: number;
    readonly last: number | null;
  }[];
  /** The last Jalali year whose holidays are listed. */
  readonly knownUntil: number;
};

/** A limit that runs: nobody types how late a case is. */
export type Deadline = {
  readonly dueOn: Day;
  /** Working days from today to the last one; below zero once it has passed. */
  readonly workingDaysLeft: number;
  readonly late: boolean;
  /** Beyond the years whose holidays are known, so it may move. */
  readonly foreseen: boolean;
};

/** Where a case stands beside its state: whose it is, since when, until when, and what day it is. */
export type CaseStand = {
  readonly openerId: Id;
  readonly sinceOn: Day;
  readonly dueOn: Day | null;
  readonly today: Day;
};

/** Messages and files about a case. */
export const caseTopic = 'case';

const clockId = id('00000000-0000-7000-8000-000000000001');
/** The clock acts when a limit passes; no person has this account or this role. */
export const clockBy: ActBy = { userId: clockId, personId: clockId, role: 'clock' };

const citizenId = id('00000000-0000-7000-8000-000000000002');
/** Whoever opens a case without an account and stays unnamed; no person has this account or this role. */
export const citizenBy: ActBy = { userId: citizenId, personId: citizenId, role: 'citizen' };

/** A tracking number as people read it: «4821-7390-6». */
export const showTrackingNumber = (number: string): string =>
  `${number.slice(0, 4)}-${number.slice(4, 8)}-${number.slice(8)}`;

/** What was done since an officer looked, for the officer whose act is refused by it. */
export type Meanwhile = {
  readonly act: string;
  readonly toState: string;
  readonly byRole: string;
  readonly byName: string | null;
  readonly at: string;
};

export type CaseRefusal =
  | { readonly kind: 'CaseMissing'; readonly caseId: Id }
  | {
      readonly kind: 'ActUnlawful';
      readonly state: string;
      readonly act: string;
      /** The states in which the act is lawful: reaching one of them is the nearest change (L10). */
      readonly lawfulIn: readonly string[];
    }
  | {
      readonly kind: 'ActNotYours';
      readonly act: string;
      readonly role: string;
      readonly may: readonly string[];
    }
  | {
      readonly kind: 'CaseMovedOn';
      readonly seen: number;
      readonly now: number;
      readonly meanwhile?: readonly Meanwhile[];
    }
  | { readonly kind: 'ActOfOpener'; readonly act: string }
  | { readonly kind: 'ActNotOfOpener'; readonly act: string }
  | { readonly kind: 'ActOfOtherOffice'; readonly act: string }
  | { readonly kind: 'ActReasonMissing'; readonly act: string; readonly field: 'reason' }
  | { readonly kind: 'LimitPassed'; readonly act: string; readonly dueOn: string }
  | { readonly kind: 'LimitRuns'; readonly act: string; readonly dueOn: string | null }
  | { readonly kind: 'ActOtherContent'; readonly actId: Id };

export const caseRefusalStatus = {
  CaseMissing: 404,
  ActUnlawful: 409,
  ActNotYours: 403,
  CaseMovedOn: 409,
  ActOfOpener: 403,
  ActNotOfOpener: 403,
  ActOfOtherOffice: 403,
  ActReasonMissing: 422,
  LimitPassed: 409,
  LimitRuns: 409,
  ActOtherContent: 409,
} as const satisfies Record<CaseRefusal['kind'], number>;

/** What a state is called, and what the one whom the case is about is told of it in plain words. */
export type StateWords = {
  readonly title: Bilingual;
  readonly told: Bilingual;
  /** Told instead where this act led into the state: a refusal that became final is told by how it did. */
  readonly after?: Readonly<Record<string, Bilingual>>;
};

/** What a state means for the applicant, after the act that led into it. */
export const toldAfter = ({ told, after }: StateWords, act: string | null | undefined): Bilingual =>
  after?.[act ?? ''] ?? told;

/** What became of the matter of a case after the case was closed, from which day, and until when it binds. */
export type Aftermath = { readonly state: string; readonly on: Day; readonly until: Day | null };

/** The words of a kind of case, beside its table: `app.ts` collects both. */
export type CaseWords = {
  readonly title: Bilingual;
  readonly states: Readonly<Record<string, StateWords>>;
  /** The opening act included. */
  readonly acts: Readonly<Record<string, Bilingual>>;
  /** Facts of acts that are shown, by their key; the others stay in the sealed act. */
  readonly facts?: Readonly<Record<string, Bilingual>>;
  /** Said in place of the words of the last state, once that is no longer the whole truth. */
  readonly aftermath?: (facts: Aftermath) => StateWords;
};

/** An act in the timeline on the wire; `byName` is null where the account is not known any more. */
export const actShape = z.object({
  id: z.uuid(),
  seq: z.int(),
  act: z.string(),
  fromState: z.string(),
  toState: z.string(),
  byRole: z.string(),
  byName: z.string().nullable(),
  happenedOn: z.iso.date(),
  at: z.iso.datetime(),
  facts: z.record(z.string(), z.string().nullable()),
  reason: z.string().nullable(),
});

/** An act that the table of a kind knows, and whether a role may do it in a state. */
export type ActChoice = {
  readonly act: string;
  readonly lawful: boolean;
  readonly because: ActHindrance | null;
};

/** Why a button is grey. */
export type ActHindrance = Extract<
  CaseRefusal,
  {
    kind:
      | 'ActUnlawful'
      | 'ActNotYours'
      | 'ActOfOpener'
      | 'ActNotOfOpener'
      | 'ActOfOtherOffice'
      | 'LimitPassed'
      | 'LimitRuns';
  }
>;

export const timelineShape = z.object({ acts: z.array(actShape) });

/** Acts are sealed like transfers (L14); the ledger is handed this by `app.ts` and knows no cases. */
export const actSource: SealSource = {
  name: 'act',
  view: 'casework.read_act',
  order: { instant: 'recorded_at', id: 'id' },
  formats: [
    [
      'province_id',
      'id',
      'case_id',
      'kind',
      'seq',
      'act',
      'from_state',
      'to_state',
      'by_user',
      'by_person',
      'by_role',
      'county_code',
      'office_id',
      'subject_id',
      'facts',
      'reason',
      'happened_on',
      'recorded_at',
    ],
  ],
};

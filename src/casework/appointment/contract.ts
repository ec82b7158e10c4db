import { z } from 'zod';
import type { Id } from '#kernel/id.ts';
import { isoDay, writtenText } from '#place/contract.ts';
import type { ActBy } from '../contract.ts';

/** Within these hours of a working day somebody is called to an office; the last visit begins before the end. */
export const officeHours = { from: '07:30', until: '14:00' } as const;

/** Nobody is called for a day later than this. */
export const mostDaysAhead = 365;

export const appointmentEntries = ['set', 'moved', 'asked', 'cancelled', 'came', 'absent'] as const;
export type AppointmentEntry = (typeof appointmentEntries)[number];

/** How an appointment ends. */
export const appointmentEnds = ['cancelled', 'came', 'absent'] as const;

/** One row of what was said about the appointments of a case; the last one says how they stand. */
export type Entry = {
  readonly id: Id;
  readonly appointmentId: Id;
  /** Of the case, from 1; who follows up names the one they saw. */
  readonly seq: number;
  readonly entry: AppointmentEntry;
  readonly isOpen: boolean;
  readonly meetsAt: Date;
  readonly place: string;
  readonly purpose: string;
  readonly bring: string;
  readonly reason: string | null;
  readonly by: ActBy;
  readonly at: Date;
};

const id = z.uuid().meta({ fa: 'شناسهٔ ثبت', en: 'Entry id' });
const seen = z.int().min(1).meta({ fa: 'نسخهٔ دیده‌شده', en: 'Version seen' });
const reason = writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' });

export const appointmentFormShape = z.strictObject({
  id,
  on: isoDay.meta({ fa: 'روز', en: 'Day' }),
  time: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
    .meta({ fa: 'ساعت', en: 'Hour' }),
  place: writtenText(3, 300).meta({ fa: 'نشانی', en: 'Address' }),
  purpose: writtenText(3, 500).meta({ fa: 'برای چه', en: 'What for' }),
  bring: writtenText(0, 500).meta({ fa: 'همراه بیاورد', en: 'To bring' }),
});
export type AppointmentForm = z.infer<typeof appointmentFormShape>;

export const moveFormShape = appointmentFormShape.extend({ seen });
export type MoveForm = z.infer<typeof moveFormShape>;

export const endFormShape = z.strictObject({
  id,
  seen,
  end: z.enum(appointmentEnds).meta({ fa: 'سرانجام', en: 'Outcome' }),
  reason: reason.nullable(),
});
export type EndForm = z.infer<typeof endFormShape>;

export const wishFormShape = z.strictObject({ id, seen, reason });
export type WishForm = z.infer<typeof wishFormShape>;

const appointmentFields = {
  appointmentId: z.uuid(),
  seq: z.int(),
  standing: z.enum(appointmentEntries),
  isOpen: z.boolean(),
  on: z.iso.date(),
  time: z.string(),
  place: z.string(),
  purpose: z.string(),
  bring: z.string(),
  reason: z.string().nullable(),
};

/** The appointment of a case as it stands, and what this reader may do with it. */
export const caseAppointmentShape = z.object({
  appointment: z
    .object({ ...appointmentFields, hasBegun: z.boolean(), isAsked: z.boolean(), file: z.string() })
    .nullable(),
  entries: z.array(
    z.object({
      id: z.uuid(),
      entry: z.enum(appointmentEntries),
      on: z.iso.date(),
      time: z.string(),
      reason: z.string().nullable(),
      byName: z.string().nullable(),
      /** The role's word. */
      byRole: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  /** The first day for which somebody can be called. */
  firstOn: z.iso.date(),
  may: z.object({ set: z.boolean(), move: z.boolean(), end: z.boolean(), ask: z.boolean() }),
});
export type CaseAppointment = z.infer<typeof caseAppointmentShape>;

export const appointmentFilterShape = z.object({
  /** That day only; without it from today on, or every day of those who ask. */
  on: isoDay.optional().meta({ fa: 'روز', en: 'Day' }),
  /** Only those who ask for another time in a case that is open: to them the office owes one, also past the day. */
  standing: z.enum(['asked']).optional().meta({ fa: 'وضعیت', en: 'State' }),
});

/** An appointment in the list of an office. */
export const appointmentRowShape = z.object({
  ...appointmentFields,
  /** Whether its hour has come. */
  hasBegun: z.boolean(),
  provinceId: z.int(),
  caseId: z.uuid(),
  number: z.string(),
  subjectName: z.string().nullable(),
  kind: z.object({ fa: z.string(), en: z.string() }),
});
export type AppointmentRow = z.infer<typeof appointmentRowShape>;

/** Each names the input it speaks of and the rule that said no. */
export type AppointmentRefusal =
  | { readonly kind: 'CaseMissing'; readonly field: 'case'; readonly rule: 'in_scope' }
  | { readonly kind: 'AppointmentMissing'; readonly field: 'appointment'; readonly rule: 'of_case' }
  | {
      readonly kind: 'AppointmentNotYours';
      readonly field: 'role';
      readonly rule: 'waits_for';
      readonly may: readonly string[];
    }
  | { readonly kind: 'AppointmentOfOtherOffice'; readonly field: 'office'; readonly rule: 'lies_with' }
  | { readonly kind: 'NobodyToCall'; readonly field: 'case'; readonly rule: 'about_somebody' }
  | { readonly kind: 'CaseIsClosed'; readonly field: 'case'; readonly rule: 'open_case' }
  | {
      readonly kind: 'AppointmentOpen';
      readonly field: 'case';
      readonly rule: 'one_open';
      readonly on: string;
      readonly time: string;
    }
  | {
      readonly kind: 'AppointmentPast';
      readonly field: 'on' | 'time';
      readonly rule: 'not_past';
      readonly first: string;
    }
  | {
      readonly kind: 'AppointmentFar';
      readonly field: 'on';
      readonly rule: 'within_a_year';
      readonly last: string;
    }
  | {
      readonly kind: 'OfficeClosed';
      readonly field: 'on';
      readonly rule: 'working_day';
      /** Names of the holiday; none on a weekend. */
      readonly holidays: readonly string[];
      readonly next: string;
    }
  | {
      readonly kind: 'OutsideHours';
      readonly field: 'time';
      readonly rule: 'working_hours';
      readonly from: string;
      readonly until: string;
    }
  | {
      readonly kind: 'AppointmentEnded';
      readonly field: 'appointment';
      readonly rule: 'still_open';
      readonly standing: AppointmentEntry;
    }
  | { readonly kind: 'AppointmentMovedOn'; readonly field: 'seen'; readonly rule: 'as_seen' }
  | {
      readonly kind: 'AppointmentNotBegun';
      readonly field: 'end';
      readonly rule: 'from_the_hour';
      readonly on: string;
      readonly time: string;
    }
  | { readonly kind: 'CancelReasonMissing'; readonly field: 'reason'; readonly rule: 'reasoned' }
  | { readonly kind: 'WishAfterHour'; readonly field: 'appointment'; readonly rule: 'before_the_hour' }
  | { readonly kind: 'WishedAlready'; readonly field: 'appointment'; readonly rule: 'asked_once' }
  | { readonly kind: 'WishNotYours'; readonly field: 'role'; readonly rule: 'whom_it_calls' }
  | { readonly kind: 'EntryOtherContent'; readonly field: 'id'; readonly rule: 'same_content' };

export const appointmentRefusalStatus = {
  CaseMissing: 404,
  AppointmentMissing: 404,
  AppointmentNotYours: 403,
  AppointmentOfOtherOffice: 403,
  NobodyToCall: 409,
  CaseIsClosed: 409,
  AppointmentOpen: 409,
  AppointmentPast: 422,
  AppointmentFar: 422,
  OfficeClosed: 422,
  OutsideHours: 422,
  AppointmentEnded: 409,
  AppointmentMovedOn: 409,
  AppointmentNotBegun: 409,
  CancelReasonMissing: 422,
  WishAfterHour: 409,
  WishedAlready: 409,
  WishNotYours: 403,
  EntryOtherContent: 409,
} as const satisfies Record<AppointmentRefusal['kind'], number>;

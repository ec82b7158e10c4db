import { readPhone } from '#kernel/persian.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import {
  directorateKey,
  type AnswerAct,
  type AnswerState,
  type ComplaintAct,
  type ComplaintRefusal,
  type ComplaintState,
} from './contract.ts';

const no = {
  accept: 'refused',
  send_to_agency: 'refused',
  answer: 'refused',
  uphold: 'refused',
  dismiss: 'refused',
} as const;
/** A decision waits for no answer: no source gives an agency a time, and its silence must not stop a complaint. */
const decidable = { ...no, uphold: 'upheld', dismiss: 'dismissed' } as const;

/** No source states a time within which a complaint is dealt with, so none runs. */
export const complaintKind = {
  kind: 'complaint',
  start: { act: 'lodge', state: 'lodged', may: ['citizen'] },
  table: {
    lodged: { ...no, accept: 'under_review' },
    under_review: { ...decidable, send_to_agency: 'with_agency' },
    with_agency: { ...decidable, answer: 'answered' },
    answered: decidable,
    upheld: no,
    dismissed: no,
  } as const satisfies CaseTable<ComplaintState, ComplaintAct>,
  may: {
    accept: ['county_office', 'deputy'],
    send_to_agency: ['county_office', 'deputy'],
    answer: ['agency'],
    uphold: ['deputy', 'director'],
    dismiss: ['deputy', 'director'],
  },
  closed: ['upheld', 'dismissed'],
  waits: { with_agency: { on: ['agency'] } },
  reasoned: ['answer', 'uphold', 'dismiss'],
} as const satisfies CaseKind<ComplaintState, ComplaintAct>;

/**
 * What the office that is complained of sees and works on. A case keeps its office for life, so the complaint itself,
 * with the notes of the directorate on it, never lies with that office.
 */
export const answerKind = {
  kind: 'complaint_answer',
  start: { act: 'ask', state: 'asked', may: ['county_office', 'deputy'] },
  table: {
    asked: { answer: 'answered', recall: 'recalled' },
    answered: { answer: 'refused', recall: 'refused' },
    recalled: { answer: 'refused', recall: 'refused' },
  } as const satisfies CaseTable<AnswerState, AnswerAct>,
  may: { answer: ['agency'], recall: ['deputy', 'director'] },
  closed: ['answered', 'recalled'],
  waits: { asked: { on: ['agency'] } },
  reasoned: ['answer'],
} as const satisfies CaseKind<AnswerState, AnswerAct>;

export type LodgingFacts = {
  readonly hasCounty: boolean;
  readonly isAgencyListed: boolean;
  /** Undefined: a number was typed and no licence of the province bears it. */
  readonly licence: { readonly licenceId: string } | null | undefined;
  readonly phone: string;
};

/** Whether a complaint can be taken in as it was typed; the number to call is given back as it is stored. */
export function decideLodging(facts: LodgingFacts): Result<string | null, ComplaintRefusal> {
  if (!facts.hasCounty) return refused({ kind: 'CountyNotThere', field: 'countyCode' });
  if (!facts.isAgencyListed) return refused({ kind: 'AgencyNotListed', field: 'agencyKey' });
  if (facts.licence === undefined) return refused({ kind: 'LicenceNotThere', field: 'licenceNumber' });
  if (facts.phone === '') return ok(null);
  const phone = readPhone(facts.phone);
  return phone === null ? refused({ kind: 'PhoneUnreadable', field: 'phone' }) : ok(phone);
}

/** Longer than this, a message is cut: the page by the number has the whole. */
const mostTold = 300;

export type OutcomeFacts = {
  readonly state: string;
  readonly reason: string | null;
  /** Null where none was left, or where it was erased. */
  readonly phone: string | null;
};

/**
 * The reason that whoever complained is told by a message; null where none goes: before the decision, without a
 * number, or with one that takes no messages, which an officer calls.
 */
export function decideTelling({ state, reason, phone }: OutcomeFacts): string | null {
  const isDecided = complaintKind.closed.some((closed) => closed === state);
  if (!isDecided || reason === null || phone === null || !/^09\d{9}$/.test(phone)) return null;
  const line = reason.replace(/\s+/g, ' ').trim();
  if (line.length <= mostTold) return line;
  // Never half a word, nor half of a sign that takes two places.
  const cut = line.slice(0, mostTold - 1).replace(/ [^ ]*$|[\ud800-\udbff]$/, '');
  return `${cut}…`;
}

export type SendingFacts = {
  readonly agencyKey: string;
  readonly office: { readonly officeId: string | null; readonly shortFa: string; readonly shortEn: string };
};

/** Whether there is an office that can be asked about a complaint. */
export function decideSending({ agencyKey, office }: SendingFacts): Result<undefined, ComplaintRefusal> {
  if (agencyKey === directorateKey) return refused({ kind: 'AboutDirectorate' });
  if (office.officeId !== null) return ok();
  return refused({ kind: 'AgencyWithoutOffice', agencyFa: office.shortFa, agencyEn: office.shortEn });
}

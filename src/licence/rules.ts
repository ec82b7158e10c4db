import { addDays, addMonths, day, type Day } from '#kernel/day.ts';
import { typedNumberName } from '#kernel/persian.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import type { CaseKind, CaseTable, Limit } from '#kernel/state.ts';
import type {
  InquiryAnswer,
  InquiryKind,
  Lapse,
  LicenceRefusal,
  LicenceState,
  RequestAct,
  RequestOrder,
  RequestState,
} from './contract.ts';

type Verdict = Result<undefined, LicenceRefusal>;

const no = {
  pass_inquiry: 'refused',
  send_to_review: 'refused',
  confirm_review: 'refused',
  sign_first: 'refused',
  sign_second: 'refused',
  return: 'refused',
  resubmit: 'refused',
  refuse: 'refused',
  object: 'refused',
  reopen: 'refused',
  uphold: 'refused',
  withdraw: 'refused',
  close_unobjected: 'refused',
} as const;
/** What may be done with any request that is under way. */
const underWay = { ...no, return: 'returned', refuse: 'turned_down', withdraw: 'withdrawn' } as const;

/** Two weeks are promised for the whole; how they are parted among the hands is our reading. */
const within = (days: number): Limit => ({
  days,
  of: 'working_days',
  basis: {
    fa: 'وعدهٔ دوهفته‌ای صدور مجوز',
    en: 'the promise of two weeks',
  },
});
/** The time is our reading: no source states one. */
const objecting: Limit = {
  days: 10,
  of: 'working_days',
  basis: {
    fa: 'مهلت اعتراض',
    en: 'the time to object',
  },
};

/** A request that was refused is `turned_down`: `refused` is the table's own word for an unlawful act. */
export const requestKind = {
  kind: 'licence_request',
  start: { act: 'submit', state: 'submitted', may: ['applicant', 'county_office', 'deputy'] },
  table: {
    submitted: { ...underWay, pass_inquiry: 'agency_review' },
    agency_review: { ...underWay, send_to_review: 'extra_review', sign_first: 'first_signed' },
    extra_review: { ...underWay, confirm_review: 'reviewed' },
    reviewed: { ...underWay, sign_first: 'first_signed' },
    first_signed: { ...underWay, sign_second: 'issued' },
    issued: no,
    returned: { ...no, resubmit: 'submitted', withdraw: 'withdrawn' },
    turned_down: { ...no, object: 'objected', close_unobjected: 'upheld' },
    objected: { ...no, reopen: 'agency_review', uphold: 'upheld', withdraw: 'withdrawn' },
    upheld: no,
    withdrawn: no,
  } as const satisfies CaseTable<RequestState, RequestAct>,
  may: {
    pass_inquiry: ['county_office', 'deputy'],
    send_to_review: ['agency'],
    confirm_review: ['agency'],
    sign_first: ['agency'],
    sign_second: ['director'],
    return: ['agency', 'county_office', 'deputy', 'director'],
    resubmit: ['applicant', 'county_office', 'deputy'],
    refuse: ['agency', 'county_office', 'deputy', 'director'],
    object: ['applicant', 'county_office', 'deputy'],
    reopen: ['director'],
    uphold: ['director'],
    withdraw: ['applicant', 'county_office', 'deputy'],
    close_unobjected: [],
  },
  closed: ['issued', 'upheld', 'withdrawn'],
  waits: {
    submitted: { on: ['county_office', 'deputy'], limit: within(2), escalateTo: ['director'] },
    agency_review: { on: ['agency'], limit: within(3), escalateTo: ['director'] },
    extra_review: { on: ['agency'], at: 'review_office', limit: within(3), escalateTo: ['director'] },
    reviewed: { on: ['agency'], limit: within(1), escalateTo: ['director'] },
    first_signed: { on: ['director'], limit: within(1) },
    returned: { on: ['applicant', 'county_office'] },
    turned_down: { on: ['applicant', 'county_office'], limit: objecting },
    objected: { on: ['director'], limit: objecting },
  },
  // Not `lapse`: the request repeats the state of its case, so that the room closes both at once (`expiry/`).
  clocked: ['close_unobjected'],
  reasoned: ['refuse', 'reopen', 'uphold'],
  parts: {
    returns: { act: 'return', resubmit: 'resubmit' },
    withdrawal: 'withdraw',
    objection: 'object',
  },
} as const satisfies CaseKind<RequestState, RequestAct>;

type LicenceAct = 'cancel' | 'annul';
/** The life of a licence after its issue. That it comes near its end, expires or is renewed are no acts on it. */
export const licenceKind = {
  kind: 'licence',
  start: { act: 'issue', state: 'standing', may: ['director', 'deputy'] },
  table: {
    standing: { cancel: 'cancelled', annul: 'annulled' },
    cancelled: { cancel: 'refused', annul: 'refused' },
    annulled: { cancel: 'refused', annul: 'refused' },
  } as const satisfies CaseTable<'standing' | 'cancelled' | 'annulled', LicenceAct>,
  may: { cancel: ['director', 'deputy'], annul: ['director'] },
  closed: ['cancelled', 'annulled'],
  waits: { standing: null },
  reasoned: ['cancel', 'annul'],
} as const satisfies CaseKind;

const numberForm = /^(\d{2})(\d{4})(\d{6})(\d{4})$/;

/**
 * A number of a licence as somebody typed it from a certificate, in any digits and with or without its hyphens, and
 * the province that it names.
 */
export function numberTyped(
  typed: string,
): { readonly number: string; readonly provinceId: number } | undefined {
  const parts = numberForm.exec(typedNumberName(typed))?.slice(1);
  if (parts === undefined) return undefined;
  return { number: parts.join('-'), provinceId: parseInt(must(parts[0], 'a number names its province'), 10) };
}

/** Where no agency is confirmed: industry signs for general production and services. */
export const usualAgency = 'industry';

/** The service promises two weeks at most (service desk of Qazvin). */
export const promisedDays = 14;
/** How long a licence holds is not confirmed by any source; each licence keeps its own day of expiry. */
export const validityMonths = 24;
/** From so many days before its end a licence is told to be near it and may be renewed. */
export const renewalDays = 90;
/** The first day on which a licence may be renewed. */
export const renewableFrom = (expiresOn: Day): Day => addDays(expiresOn, -renewalDays);
export const barMonths = 24;
export const mostLicences = 10;

export const promisedOn = (submittedOn: Day): Day => addDays(submittedOn, promisedDays);
export const barredUntil = (annulledOn: Day): Day => addMonths(annulledOn, barMonths);

export type Validity = { readonly validFrom: Day; readonly expiresOn: Day };

/** A renewal begins where the licence before it ends, so that no two of a chain hold on one day. */
export function validityOf(issuedOn: Day, renewed: { readonly expiresOn: Day } | null): Validity {
  const next = renewed === null ? issuedOn : addDays(renewed.expiresOn, 1);
  const validFrom = next > issuedOn ? next : issuedOn;
  return { validFrom, expiresOn: addMonths(validFrom, validityMonths) };
}

export type LicenceDays = Validity & {
  readonly ending: 'cancelled' | 'annulled' | null;
  readonly renewed: boolean;
};

export function stateOf({ validFrom, expiresOn, ending, renewed }: LicenceDays, on: Day): LicenceState {
  if (ending !== null) return ending;
  if (on < validFrom) return 'coming';
  if (on > expiresOn) return renewed ? 'renewed' : 'expired';
  return on >= renewableFrom(expiresOn) ? 'near_expiry' : 'valid';
}

export type Ended = LicenceDays & { readonly endedOn: Day | null; readonly barredUntil: Day | null };

/** How a licence came to hold no longer; null while it does, or has not begun. */
export function lapseOf(licence: Ended, on: Day): Lapse | null {
  const state = stateOf(licence, on);
  if (state === 'expired' || state === 'renewed') return { state, on: licence.expiresOn, until: null };
  if (state !== 'cancelled' && state !== 'annulled') return null;
  return { state, on: must(licence.endedOn, 'an ending has its day'), until: licence.barredUntil };
}

export type HeldLicence = LicenceDays & {
  readonly licenceId: string;
  readonly number: string;
  readonly personId: string | null;
  readonly occupationId: number;
};

/**
 * From which age somebody may ask, by the day from which the rule holds: nobody below is put to work (Labour Act of
 * 1369, article 79). That it binds one's own work at home is our reading; no source of the programme names an age.
 */
const leastAges: readonly { readonly from: Day; readonly years: number }[] = [
  { from: day('1369-12-14'), years: 15 },
];

/** Whether somebody is old enough to ask. Who told no day of birth is asked for it by the inquiry of identity. */
export function decideAge(bornOn: Day | null, today: Day): Verdict {
  const least = leastAges.findLast(({ from }) => from <= today)?.years;
  if (bornOn === null || least === undefined) return ok();
  const from = addMonths(bornOn, 12 * least);
  return today < from ? refused({ kind: 'HolderTooYoung', least, from, field: 'holder.bornOn' }) : ok();
}

export type RequestFacts = {
  readonly personId: string;
  readonly occupationId: number;
  readonly today: Day;
  readonly barredUntil: Day | null;
  /** Licences of the person for this occupation. */
  readonly held: readonly HeldLicence[];
  readonly openRequest: { readonly submittedOn: Day } | undefined;
  /** The licence that is to be renewed; undefined: none of that id in sight. */
  readonly renews: HeldLicence | null | undefined;
};

/** Whether somebody may ask for a licence, or for the renewal of one. */
export function decideRequest(facts: RequestFacts): Verdict {
  const { today, openRequest, renews, held } = facts;
  // On the day itself the bar has run out.
  if (facts.barredUntil !== null && today < facts.barredUntil)
    return refused({ kind: 'HolderBarred', until: facts.barredUntil });
  if (openRequest !== undefined)
    return refused({ kind: 'RequestStands', submittedOn: openRequest.submittedOn });
  if (renews === undefined) return refused({ kind: 'LicenceMissing' });
  if (renews !== null) return decideRenewal(facts, renews);
  const standing = held.find((one) => one.ending === null && today <= one.expiresOn);
  if (standing === undefined) return ok();
  const { number, expiresOn } = standing;
  return refused({ kind: 'LicenceStands', number, renewableFrom: renewableFrom(expiresOn) });
}

const wrong = (reason: 'other_holder' | 'other_occupation' | 'ended' | 'renewed') =>
  refused({ kind: 'NotRenewable', reason } as const);

function decideRenewal({ personId, occupationId, today }: RequestFacts, renews: HeldLicence): Verdict {
  if (renews.personId !== personId) return wrong('other_holder');
  if (renews.occupationId !== occupationId) return wrong('other_occupation');
  if (renews.ending !== null) return wrong('ended');
  if (renews.renewed) return wrong('renewed');
  const from = renewableFrom(renews.expiresOn);
  return today < from ? refused({ kind: 'RenewalTooEarly', from }) : ok();
}

export type ActFacts = {
  readonly order: RequestOrder;
  readonly state: string;
  readonly request: {
    readonly subjectId: string;
    readonly personId: string;
    readonly extraCheck: string | null;
  };
  readonly by: { readonly personId: string };
  readonly firstSignedBy: string | null;
  readonly conditionInForce: boolean;
  readonly body: { readonly fa: string; readonly en: string };
};

/** Government employees are barred by the condition of this number; who is not who they say, by that one. */
export const conditionOfInquiry: Readonly<Record<InquiryKind, string>> = {
  identity: '8',
  government_employment: '6',
};

export function decideInquiry(answers: RequestOrder['inquiry']): Verdict {
  if (answers === null) return refused({ kind: 'InquiryNeeded', field: 'inquiry' });
  const asked: readonly (readonly [InquiryKind, InquiryAnswer])[] = [
    ['identity', answers.identity],
    ['government_employment', answers.government_employment],
  ];
  for (const [inquiry, answer] of asked)
    if (answer === 'conflict')
      return refused({ kind: 'InquiryConflict', inquiry, conditionNumber: conditionOfInquiry[inquiry] });
  const unknown = asked.find(([, answer]) => answer === 'unknown');
  return unknown === undefined ? ok() : refused({ kind: 'InquiryUnknown', inquiry: unknown[0] });
}

/** What beside state and role an act needs. */
export function decideOnAct(facts: ActFacts): Verdict {
  const { order, request } = facts;
  if (order.act === 'pass_inquiry') return decideInquiry(order.inquiry);
  if (order.act === 'refuse' && !facts.conditionInForce)
    return refused({
      kind: 'ConditionNotInForce',
      field: 'conditionNumber',
      conditionNumber: order.conditionNumber ?? '',
    });
  if (order.act === 'send_to_review' && request.extraCheck === null) return refused({ kind: 'NotStarred' });
  return order.act === 'sign_first' || order.act === 'sign_second' ? decideSignature(facts) : ok();
}

function decideSignature({ order, state, request, by, firstSignedBy, body }: ActFacts): Verdict {
  if (by.personId === request.subjectId || by.personId === request.personId)
    return refused({ kind: 'OwnRequest' });
  if (order.act === 'sign_first' && request.extraCheck !== null && state === 'agency_review')
    return refused({ kind: 'ReviewNeeded', bodyFa: body.fa, bodyEn: body.en });
  return order.act === 'sign_second' && firstSignedBy === by.personId
    ? refused({ kind: 'SecondPersonNeeded' })
    : ok();
}

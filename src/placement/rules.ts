import { dayFromIso, type Day } from '#kernel/day.ts';
import { readPhone } from '#kernel/persian.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import type {
  AgencyAct,
  AgencyChannel,
  AgencyOrder,
  AgencyState,
  Contact,
  Correction,
  PermitDays,
  PlacementRefusal,
} from './contract.ts';

type Verdict = Result<undefined, PlacementRefusal>;

const no = {
  approve: 'refused',
  return: 'refused',
  resubmit: 'refused',
  refuse: 'refused',
  withdraw: 'refused',
  change_contact: 'refused',
  propose_renewal: 'refused',
  accept_renewal: 'refused',
  reject_renewal: 'refused',
  suspend: 'refused',
  resume: 'refused',
  annul: 'refused',
  end: 'refused',
} as const;

const ofOffices = ['county_office', 'deputy'] as const;
const ofDirectorate = ['director', 'deputy'] as const;

/** From the entry of a placement agency to its end. That its permit runs out is no act: the day decides it. */
export const agencyKind = {
  kind: 'placement_agency',
  start: { act: 'enter', state: 'entered', may: ofOffices },
  table: {
    entered: { ...no, approve: 'valid', return: 'returned', refuse: 'turned_down', withdraw: 'withdrawn' },
    returned: { ...no, resubmit: 'entered', withdraw: 'withdrawn' },
    valid: {
      ...no,
      change_contact: 'valid',
      propose_renewal: 'renewal_proposed',
      suspend: 'suspended',
      annul: 'annulled',
      end: 'ended',
    },
    // The law's hand does not wait for paper: a renewal that waits falls with a suspension or an end.
    renewal_proposed: {
      ...no,
      accept_renewal: 'valid',
      reject_renewal: 'valid',
      suspend: 'suspended',
      annul: 'annulled',
      end: 'ended',
    },
    suspended: { ...no, resume: 'valid', annul: 'annulled', end: 'ended' },
    annulled: no,
    ended: no,
    turned_down: no,
    withdrawn: no,
  } as const satisfies CaseTable<AgencyState, AgencyAct>,
  may: {
    approve: ofDirectorate,
    return: ofDirectorate,
    resubmit: ofOffices,
    refuse: ofDirectorate,
    withdraw: ofOffices,
    change_contact: ofOffices,
    propose_renewal: ofOffices,
    accept_renewal: ofDirectorate,
    reject_renewal: ofDirectorate,
    suspend: ofDirectorate,
    resume: ofDirectorate,
    annul: ofDirectorate,
    end: ofDirectorate,
  },
  closed: ['annulled', 'ended', 'turned_down', 'withdrawn'],
  waits: {
    entered: { on: ofDirectorate, escalateTo: ['director'] },
    valid: null,
    renewal_proposed: { on: ofDirectorate, escalateTo: ['director'] },
    suspended: null,
  },
  reasoned: ['refuse', 'reject_renewal', 'suspend', 'annul', 'end'],
  // Who entered an agency never approves it (L6; a constraint repeats it).
  standing: { approve: 'not_opener' },
  parts: { returns: { act: 'return', resubmit: 'resubmit' }, withdrawal: 'withdraw' },
} as const satisfies CaseKind<AgencyState, AgencyAct>;

type Field = (name: string) => string;

/** How people find the agency: one with an office has an address, each has a phone that can be called. */
export function decideContact(
  { address, phone }: Contact,
  { channel, field }: { readonly channel: AgencyChannel; readonly field: Field },
): Verdict {
  if (channel === 'office' && address === null)
    return refused({ kind: 'AddressMissing', field: field('address') });
  return readPhone(phone) === null ? refused({ kind: 'PhoneWrong', field: field('phone') }) : ok();
}

export type PermitFacts = {
  readonly days: PermitDays;
  /** The last day of the latest permit that was approved. */
  readonly lastUntil: Day | null;
  readonly today: Day;
  readonly field: Field;
};

/** Whether a permit of such days may stand: in order, not over, and a renewal beyond what stands already. */
export function decidePermit({ days, lastUntil, today, field }: PermitFacts): Verdict {
  const [validFrom, validUntil] = [dayFromIso(days.validFrom), dayFromIso(days.validUntil)];
  if (validUntil < validFrom)
    return refused({ kind: 'PermitDaysReversed', validFrom, field: field('validUntil') });
  if (validUntil < today)
    return refused({ kind: 'PermitOver', validUntil, today, field: field('validUntil') });
  return lastUntil !== null && validUntil <= lastUntil
    ? refused({ kind: 'RenewalNotLater', validUntil: lastUntil, field: field('validUntil') })
    : ok();
}

export type EntryFacts = {
  readonly form: Correction;
  /** Whether another agency that is not closed has the number, wherever in the province. */
  readonly isNumberTaken: boolean;
  readonly today: Day;
  readonly field: Field;
};

/** What an entry and its correction need. */
export function decideEntry({ form, isNumberTaken, today, field }: EntryFacts): Verdict {
  const { permitNumber, channel } = form;
  if (isNumberTaken)
    return refused({ kind: 'PermitNumberTaken', permitNumber, field: field('permitNumber') });
  const permit = decidePermit({ days: form, lastUntil: null, today, field });
  return permit.ok ? decideContact(form, { channel, field }) : permit;
}

export type AgencyActFacts = {
  readonly order: Pick<AgencyOrder, 'act' | 'correction' | 'contact' | 'permit'>;
  readonly byPerson: string;
  readonly agency: {
    readonly channel: AgencyChannel;
    readonly permitProposedBy: string;
    /** Of the permit that waits. */
    readonly proposed: PermitDays | undefined;
    readonly lastUntil: Day | null;
  };
  readonly isNumberTaken: boolean;
  readonly today: Day;
};

const within =
  (part: string): Field =>
  (name) =>
    `${part}.${name}`;

/** What beside state and role an act needs: what it brings, and that nobody approves a permit of their own. */
export function decideOnAgency({ order, byPerson, agency, isNumberTaken, today }: AgencyActFacts): Verdict {
  const { act, correction, contact, permit } = order;
  const { channel, lastUntil, proposed } = agency;
  if (act === 'resubmit')
    return correction === null
      ? refused({ kind: 'CorrectionMissing', field: 'correction' })
      : decideEntry({ form: correction, isNumberTaken, today, field: within('correction') });
  if (act === 'change_contact')
    return contact === null
      ? refused({ kind: 'ContactMissing', field: 'contact' })
      : decideContact(contact, { channel, field: within('contact') });
  if (act === 'propose_renewal')
    return permit === null
      ? refused({ kind: 'PermitMissing', field: 'permit' })
      : decidePermit({ days: permit, lastUntil, today, field: within('permit') });
  if (act !== 'approve' && act !== 'accept_renewal') return ok();
  // Four eyes over each permit, whoever opened the file (L6; a constraint repeats it).
  if (byPerson === agency.permitProposedBy) return refused({ kind: 'OwnPermit' });
  // Asked again: it may have run out while it waited.
  return proposed === undefined
    ? refused({ kind: 'PermitMissing', field: 'permit' })
    : decidePermit({ days: proposed, lastUntil, today, field: (name) => name });
}

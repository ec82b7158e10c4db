import { dayFromIso, type Day } from '#kernel/day.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import type {
  CapacityForm,
  CapacityUse,
  CapacityVersion,
  SupporterAct,
  SupporterForm,
  SupporterRefusal,
  SupporterState,
} from './contract.ts';

type Verdict = Result<undefined, SupporterRefusal>;

const no = {
  approve: 'refused',
  return: 'refused',
  resubmit: 'refused',
  refuse: 'refused',
  withdraw: 'refused',
  propose_capacity: 'refused',
  accept_capacity: 'refused',
  reject_capacity: 'refused',
  change_listing: 'refused',
  suspend: 'refused',
  resume: 'refused',
  end: 'refused',
} as const;

const ofOffices = ['county_office', 'deputy'] as const;
const ofDirectorate = ['director', 'deputy'] as const;

/** From the entry of a supporter to its end; what is refused is `turned_down`, since `refused` is the table's word. */
export const supporterKind = {
  kind: 'supporter',
  start: { act: 'enter', state: 'entered', may: ofOffices },
  table: {
    entered: { ...no, approve: 'active', return: 'returned', refuse: 'turned_down', withdraw: 'withdrawn' },
    returned: { ...no, resubmit: 'entered', withdraw: 'withdrawn' },
    active: {
      ...no,
      propose_capacity: 'capacity_proposed',
      change_listing: 'active',
      suspend: 'suspended',
      end: 'ended',
    },
    // A capacity that waits falls with a suspension or an end, which do not wait for it.
    capacity_proposed: {
      ...no,
      accept_capacity: 'active',
      reject_capacity: 'active',
      suspend: 'suspended',
      end: 'ended',
    },
    suspended: { ...no, resume: 'active', end: 'ended' },
    ended: no,
    turned_down: no,
    withdrawn: no,
  } as const satisfies CaseTable<SupporterState, SupporterAct>,
  may: {
    approve: ofDirectorate,
    return: ofDirectorate,
    resubmit: ofOffices,
    refuse: ofDirectorate,
    withdraw: ofOffices,
    propose_capacity: ofOffices,
    accept_capacity: ofDirectorate,
    reject_capacity: ofDirectorate,
    change_listing: ofOffices,
    suspend: ofDirectorate,
    resume: ofDirectorate,
    end: ofDirectorate,
  },
  closed: ['ended', 'turned_down', 'withdrawn'],
  waits: {
    entered: { on: ofDirectorate, escalateTo: ['director'] },
    active: null,
    capacity_proposed: { on: ofDirectorate, escalateTo: ['director'] },
    suspended: null,
  },
  reasoned: ['refuse', 'reject_capacity', 'suspend', 'end'],
  // The officer who entered a supporter never approves it (L6; a constraint repeats it).
  standing: { approve: 'not_opener' },
  parts: { returns: { act: 'return', resubmit: 'resubmit' }, withdrawal: 'withdraw' },
} as const satisfies CaseKind<SupporterState, SupporterAct>;

/** Three years' record with contracts and invoices are asked of a supporter. */
export const leastRecordYears = 3;

/** Versions of one category and county in the order of their days; of one day the one approved last stands last. */
export type Versions = readonly CapacityVersion[];

/** The version in force on a day. */
export const capacityOn = <Version extends CapacityVersion>(
  versions: readonly Version[],
  on: Day,
): Version | undefined => versions.findLast(({ fromOn }) => fromOn <= on);

/** The version in force on a day and all that follow: a link has no end, so it needs its place on every day to come. */
const aheadOf = (versions: Versions, on: Day): Versions => {
  const last = new Map(versions.map((version) => [version.fromOn, version]));
  const now = capacityOn(versions, on);
  return [...(now === undefined ? [] : [now]), ...[...last.values()].filter(({ fromOn }) => fromOn > on)];
};

export type Room = { readonly jobs: number; readonly orders: bigint | null };

/** The least of today and of every day to come; undefined when nothing is in force today. */
export function roomFrom(versions: Versions, on: Day): Room | undefined {
  if (capacityOn(versions, on) === undefined) return undefined;
  const ahead = aheadOf(versions, on);
  const bounded = ahead.flatMap(({ orders }) => (orders === null ? [] : [orders]));
  return {
    jobs: ahead.reduce((least, { jobs }) => Math.min(least, jobs), Infinity),
    orders:
      bounded.length === 0 ? null : bounded.reduce((least, orders) => (orders < least ? orders : least)),
  };
}

/** Places that stay open on every day to come. */
export const freeFrom = (versions: Versions, use: CapacityUse, on: Day): number =>
  Math.max(0, (roomFrom(versions, on)?.jobs ?? 0) - use.links);

/** The first later day from which so many places stay open, by the versions known today. */
export const opensOn = (versions: Versions, links: number, on: Day): Day | null =>
  aheadOf(versions, on).find(({ fromOn }) => fromOn > on && (roomFrom(versions, fromOn)?.jobs ?? 0) > links)
    ?.fromOn ?? null;

export type EntryFacts = {
  readonly form: Pick<SupporterForm, 'kind' | 'recordYears'>;
  /** Undefined: the doer's office does not know the person. */
  readonly person: { readonly form: 'natural' | 'legal' } | undefined;
  /** The person's file as a supporter that is not closed. */
  readonly standing: { readonly enteredOn: Day } | undefined;
};

export function decideEntry({ form, person, standing }: EntryFacts): Verdict {
  if (person === undefined) return refused({ kind: 'PersonNotKnown', field: 'personId' });
  if (form.kind === 'driver' && person.form !== 'legal')
    return refused({ kind: 'DriverNotFirm', field: 'kind' });
  if (standing !== undefined)
    return refused({ kind: 'SupporterStands', enteredOn: standing.enteredOn, field: 'personId' });
  const { recordYears } = form;
  return recordYears < leastRecordYears
    ? refused({ kind: 'RecordTooShort', least: leastRecordYears, given: recordYears, field: 'recordYears' })
    : ok();
}

export type CapacityFacts = {
  readonly proposed: readonly CapacityForm[];
  /** Null: all counties of the province. */
  readonly countyOfDoer: string | null;
  readonly counties: ReadonlySet<string>;
  readonly categories: ReadonlySet<string>;
  readonly versionsOf: (row: { readonly categoryKey: string; readonly countyCode: string }) => Versions;
  readonly useOf: (row: { readonly categoryKey: string; readonly countyCode: string }) => CapacityUse;
  readonly today: Day;
};

/** Whether versions may be proposed: each for a category and county once, from today on, never below what is taken. */
export function decideProposal(facts: CapacityFacts): Verdict {
  const { proposed, countyOfDoer, counties, categories, today } = facts;
  if (proposed.length === 0) return refused({ kind: 'CapacityMissing', field: 'capacities' });
  const seen = new Set<string>();
  for (const [at, row] of proposed.entries()) {
    const field = (name: string): string => `capacities.${at}.${name}`;
    const { categoryKey, countyCode } = row;
    if (!categories.has(categoryKey))
      return refused({ kind: 'CategoryUnknown', field: field('categoryKey') });
    if (!counties.has(countyCode) || (countyOfDoer !== null && countyOfDoer !== countyCode))
      return refused({ kind: 'CountyNotYours', field: field('countyCode') });
    const key = `${categoryKey} ${countyCode}`;
    if (seen.has(key)) return refused({ kind: 'CapacityTwice', field: field('categoryKey') });
    seen.add(key);
    const fromOn = dayFromIso(row.fromOn);
    if (fromOn < today) return refused({ kind: 'CapacityBackdated', fromOn, today, field: field('fromOn') });
    const version = { jobs: row.jobs, orders: row.orders === null ? null : BigInt(row.orders), fromOn };
    const decided = decideVersion({
      version,
      versions: facts.versionsOf(row),
      use: facts.useOf(row),
      field,
    });
    if (!decided.ok) return decided;
  }
  return ok();
}

export type VersionFacts = {
  readonly version: CapacityVersion;
  readonly versions: Versions;
  readonly use: CapacityUse;
  readonly field: (name: string) => string;
};

/** Asked at the proposal and again at the approval, when more may have been linked. */
export function decideVersion({ version, versions, use, field }: VersionFacts): Verdict {
  const { jobs, orders, fromOn } = version;
  const latestOn = versions.at(-1)?.fromOn;
  if (latestOn !== undefined && fromOn < latestOn)
    return refused({ kind: 'CapacityBeforeLater', latestOn, field: field('fromOn') });
  if (jobs < use.links)
    return refused({ kind: 'CapacityBelowLinks', jobs, links: use.links, field: field('jobs') });
  if (orders !== null && orders < use.orders)
    return refused({ kind: 'OrdersBelowPromised', orders, promised: use.orders, field: field('orders') });
  return ok();
}

export type SupporterActFacts = {
  readonly act: SupporterAct;
  readonly listed: boolean | null;
  readonly byPerson: string;
  readonly supporter: { readonly personId: string; readonly proposedByPerson: string };
  /** Links in force over all categories and counties. */
  readonly links: number;
};

/** What beside state, role and capacity an act needs. */
export function decideOnSupporter({ act, listed, byPerson, supporter, links }: SupporterActFacts): Verdict {
  const decides = act === 'approve' || act === 'accept_capacity';
  if (decides && byPerson === supporter.personId) return refused({ kind: 'OwnFile' });
  // Four eyes over each version, whoever opened the file (L6; a constraint repeats it).
  if (decides && byPerson === supporter.proposedByPerson) return refused({ kind: 'OwnCapacity' });
  if (act === 'change_listing' && listed === null)
    return refused({ kind: 'ListingMissing', field: 'listed' });
  return act === 'end' && links > 0 ? refused({ kind: 'LinksStand', links }) : ok();
}

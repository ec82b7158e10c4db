import type { Day } from '#kernel/day.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import type { CapacityUse, SupporterState } from '../contract.ts';
import { opensOn, roomFrom, type Versions } from '../rules.ts';
import type { ContractAct, ContractRefusal, ContractState, Holding, Party } from './contract.ts';

type Verdict = Result<undefined, ContractRefusal>;

const no = {
  sign_supporter: 'refused',
  sign_worker: 'refused',
  sign_agency: 'refused',
  decline: 'refused',
  cancel: 'refused',
  end: 'refused',
} as const;
const open = { ...no, decline: 'declined', cancel: 'cancelled' } as const;
const ofOffices = ['county_office', 'deputy'] as const;
const ofAgency = ['agency'] as const;

/** Three signatures in any order; the last of them brings the contract into force. */
export const contractKind = {
  kind: 'support_contract',
  start: { act: 'draft', state: 'drafted', may: ofOffices },
  table: {
    drafted: {
      ...open,
      sign_supporter: 'supporter_signed',
      sign_worker: 'worker_signed',
      sign_agency: 'agency_signed',
    },
    supporter_signed: { ...open, sign_worker: 'agency_missing', sign_agency: 'worker_missing' },
    worker_signed: { ...open, sign_supporter: 'agency_missing', sign_agency: 'supporter_missing' },
    agency_signed: { ...open, sign_supporter: 'worker_missing', sign_worker: 'supporter_missing' },
    agency_missing: { ...open, sign_agency: 'in_force' },
    worker_missing: { ...open, sign_worker: 'in_force' },
    supporter_missing: { ...open, sign_supporter: 'in_force' },
    in_force: { ...no, end: 'ended' },
    declined: no,
    cancelled: no,
    ended: no,
  } as const satisfies CaseTable<ContractState, ContractAct>,
  may: {
    sign_supporter: ofOffices,
    sign_worker: ofOffices,
    sign_agency: ofAgency,
    decline: ['county_office', 'deputy', 'agency'],
    cancel: ofOffices,
    end: ['county_office', 'deputy', 'director'],
  },
  closed: ['declined', 'cancelled', 'ended'],
  waits: {
    drafted: { on: ['county_office', 'deputy', 'agency'] },
    supporter_signed: { on: ['county_office', 'deputy', 'agency'] },
    worker_signed: { on: ['county_office', 'deputy', 'agency'] },
    agency_signed: { on: ofOffices },
    agency_missing: { on: ofAgency },
    worker_missing: { on: ofOffices },
    supporter_missing: { on: ofOffices },
    in_force: null,
  },
  reasoned: ['decline', 'cancel', 'end'],
} as const satisfies CaseKind<ContractState, ContractAct>;

const partyOfAct: Readonly<Partial<Record<ContractAct, Party>>> = {
  sign_supporter: 'supporter',
  sign_worker: 'worker',
  sign_agency: 'agency',
};
/** Whose signature an act is; undefined for the others. */
export const partyOf = (act: ContractAct): Party | undefined => partyOfAct[act];

/** Whether an act is the third signature. */
export const isLast = (state: ContractState, act: ContractAct): boolean =>
  contractKind.table[state][act] === 'in_force';

/** States in which home workers may be linked: a proposed change takes nothing from what is in force. */
const linkingStates: readonly SupporterState[] = ['active', 'capacity_proposed'];

const isHeldOn = ({ validFrom, expiresOn, endedOn }: Holding, on: Day): boolean =>
  validFrom <= on && (expiresOn === null || on <= expiresOn) && endedOn === null;

export type LinkFacts = {
  readonly supporter: { readonly state: SupporterState; readonly personId: string };
  readonly workerId: string;
  /** Undefined: nothing of that id is held, or not within sight. */
  readonly holding: Holding | undefined;
  readonly orders: bigint;
  readonly versions: Versions;
  readonly use: CapacityUse;
  readonly today: Day;
};

/** Whether a worker may be linked today: asked at the draft, and again, decisively, at the third signature. */
export function decideLink(facts: LinkFacts): Verdict {
  const { supporter, holding, workerId, today } = facts;
  if (!linkingStates.includes(supporter.state)) return refused({ kind: 'SupporterNotActive' });
  if (workerId === supporter.personId) return refused({ kind: 'WorkerIsSupporter', field: 'workerId' });
  if (holding === undefined || !isHeldOn(holding, today))
    return refused({ kind: 'NothingHeld', field: 'workerId' });
  return decidePlace(facts);
}

function decidePlace({ versions, use, orders, today }: LinkFacts): Verdict {
  const room = roomFrom(versions, today);
  if (room === undefined) return refused({ kind: 'NoCapacityThere' });
  if (use.links >= room.jobs)
    return refused({
      kind: 'PlacesFull',
      jobs: room.jobs,
      links: use.links,
      opensOn: opensOn(versions, use.links, today),
    });
  if (room.orders !== null && use.orders + orders > room.orders)
    return refused({
      kind: 'OrdersFull',
      left: room.orders > use.orders ? room.orders - use.orders : 0n,
      asked: orders,
      field: 'orders',
    });
  return ok();
}

/** The lowest number of a place that nobody has. */
export function freePlace(taken: readonly number[]): number {
  const held = new Set(taken);
  let place = 1;
  while (held.has(place)) place += 1;
  return place;
}

export type SignatureFacts = {
  readonly party: Party;
  readonly byPerson: string;
  readonly signed: readonly { readonly party: Party; readonly byPerson: string }[];
  readonly supporterPersonId: string;
  readonly workerId: string;
};

/** Nobody signs for two: each of the three signatures is the act of another person (constraints repeat it). */
export function decideSignature(facts: SignatureFacts): Verdict {
  const { party, byPerson, signed, supporterPersonId, workerId } = facts;
  const own = signed.find((one) => one.byPerson === byPerson);
  if (own !== undefined) return refused({ kind: 'SignedForAnother', party: own.party });
  const isOther =
    (byPerson === supporterPersonId && party !== 'supporter') ||
    (byPerson === workerId && party !== 'worker');
  return isOther ? refused({ kind: 'OtherPartySigns' }) : ok();
}

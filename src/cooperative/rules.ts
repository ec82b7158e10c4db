import { addDays, addMonths, dayFromIso, type Day } from '#kernel/day.ts';
import { comparable } from '#kernel/persian.ts';
import { fits, largestSum, least, plus, rial, shareUp, total, zero, type Rial } from '#kernel/rial.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import type {
  Alike,
  CooperativeAct,
  CooperativeOrder,
  CooperativeRefusal,
  CooperativeRule,
  CooperativeState,
  Membership,
  MemberStand,
  RuleKey,
} from './contract.ts';

type Verdict = Result<undefined, CooperativeRefusal>;

const no = {
  agree: 'refused',
  return: 'refused',
  resubmit: 'refused',
  refuse: 'refused',
  pay: 'refused',
  constitute: 'refused',
  register: 'refused',
  start: 'refused',
  change_capital: 'refused',
  elect_board: 'refused',
  stagnate: 'refused',
  revive: 'refused',
  dissolve: 'refused',
  withdraw: 'refused',
} as const;

const ofOffices = ['county_office', 'deputy'] as const;
const ofDirectorate = ['director', 'deputy'] as const;

/** From the founders' request to the dissolution; what is refused is `turned_down`, since `refused` is the table's word. */
export const cooperativeKind = {
  kind: 'cooperative',
  start: { act: 'found', state: 'founding', may: ofOffices },
  table: {
    founding: { ...no, agree: 'agreed', return: 'returned', refuse: 'turned_down', withdraw: 'withdrawn' },
    returned: { ...no, resubmit: 'founding', withdraw: 'withdrawn' },
    agreed: { ...no, pay: 'paid_up', withdraw: 'withdrawn' },
    paid_up: { ...no, constitute: 'constituted', withdraw: 'withdrawn' },
    constituted: { ...no, register: 'registered', withdraw: 'withdrawn' },
    registered: { ...no, start: 'active', dissolve: 'dissolved' },
    active: {
      ...no,
      change_capital: 'active',
      elect_board: 'active',
      stagnate: 'stagnant',
      dissolve: 'dissolved',
    },
    stagnant: { ...no, revive: 'revived', dissolve: 'dissolved' },
    revived: {
      ...no,
      change_capital: 'revived',
      elect_board: 'revived',
      stagnate: 'stagnant',
      dissolve: 'dissolved',
    },
    dissolved: no,
    turned_down: no,
    withdrawn: no,
  } as const satisfies CaseTable<CooperativeState, CooperativeAct>,
  may: {
    agree: ofDirectorate,
    return: ofDirectorate,
    resubmit: ofOffices,
    refuse: ofDirectorate,
    pay: ofOffices,
    constitute: ofOffices,
    register: ofDirectorate,
    start: ofOffices,
    change_capital: ofOffices,
    elect_board: ofOffices,
    stagnate: ofDirectorate,
    revive: ofDirectorate,
    dissolve: ['director'],
    withdraw: ofOffices,
  },
  closed: ['dissolved', 'turned_down', 'withdrawn'],
  waits: {
    founding: {
      on: ofDirectorate,
      limit: {
        days: 7,
        of: 'calendar_days',
        basis: { fa: 'وعدهٔ هفت‌روزهٔ موافقت‌نامه', en: 'the promise of seven days for the agreement' },
      },
      escalateTo: ['director'],
    },
    active: null,
    revived: null,
    stagnant: null,
  },
  reasoned: ['refuse', 'stagnate', 'revive', 'dissolve'],
  // The officer who entered the founders never grants them the agreement (L6; a constraint repeats it).
  standing: { agree: 'not_opener' },
  parts: { returns: { act: 'return', resubmit: 'resubmit' }, withdrawal: 'withdraw' },
} as const satisfies CaseKind<CooperativeState, CooperativeAct>;

export type Rules = readonly CooperativeRule[];
type RuleAsked = { readonly ruleKey: RuleKey; readonly membership?: Membership; readonly on: Day };

/** The rule that decides on a day. */
export function ruleOn(rules: Rules, { ruleKey, membership, on }: RuleAsked): CooperativeRule {
  return must(
    rules
      .filter(
        (rule) =>
          rule.ruleKey === ruleKey &&
          (rule.membership === null || rule.membership === membership) &&
          rule.validFrom <= on &&
          (rule.validUntil === null || on <= rule.validUntil),
      )
      .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0],
    `the rule ${ruleKey} in force on ${on}`,
  );
}

export const leastMembers = (rules: Rules, membership: Membership, on: Day): number =>
  ruleOn(rules, { ruleKey: 'least_members', membership, on }).value;

const priceOf = (shares: number, sharePrice: Rial): Rial => rial(BigInt(shares) * sharePrice);

/** Shares at their price; null where an account could not hold it. */
export function heldPrice(shares: number, sharePrice: Rial): Rial | null {
  const price = priceOf(shares, sharePrice);
  return fits(price) ? price : null;
}

/** The database counts the shares of a cooperative in four bytes. */
export const mostShares = 2_147_483_647;

const sharesOf = (rows: readonly { readonly shares: number }[]): number =>
  rows.reduce((sum, { shares }) => sum + shares, 0);

/** The pooled capital of the members, and how much of it is paid. */
export const capitalOf = (members: readonly MemberStand[], sharePrice: Rial): Rial =>
  total(members.map(({ shares }) => priceOf(shares, sharePrice)));
export const paidOf = (members: readonly MemberStand[]): Rial => total(members.map(({ paid }) => paid));

/** How much of the capital is paid before the cooperative is formed: one third, rounded up to the rial. */
export function neededToPay(rules: Rules, capital: Rial, on: Day): Rial {
  const { value, divisor } = ruleOn(rules, { ruleKey: 'paid_part', on });
  return shareUp(capital, { numerator: BigInt(value), denominator: BigInt(divisor) });
}

/** What so many members may be given of a locked sum, a ceiling for each of them. */
export const reachableOf = (locked: Rial, members: number, ceiling: Rial | null): Rial =>
  ceiling === null ? locked : least(locked, priceOf(members, ceiling));

const twice = (ids: readonly string[]): string | undefined => ids.find((one, at) => ids.indexOf(one) !== at);

export type FoundingFacts = {
  readonly founders: readonly { readonly personId: string; readonly shares: number }[];
  readonly sharePrice: Rial;
  readonly name: string;
  /** What the same founders, all of them and nobody else, asked for and is not closed. */
  readonly alike: readonly Alike[];
  /** Persons of the founders whom the doer's office knows. */
  readonly known: ReadonlySet<string>;
  readonly rules: Rules;
  readonly today: Day;
};

/** A name however it is typed: blanks, half-spaces and Arabic letters make no other name of it. */
const spelt = (name: string): string => comparable(name).replace(/\s/g, '');

/** Three representatives may ask; the legal number of members is asked for at the agreement. */
export function decideFounding(facts: FoundingFacts): Verdict {
  const { founders, sharePrice, known, rules, today } = facts;
  const given = founders.length;
  const { value } = ruleOn(rules, { ruleKey: 'representatives', on: today });
  if (given < value) return refused({ kind: 'TooFewFounders', least: value, given, field: 'founders' });
  const repeated = twice(founders.map(({ personId }) => personId));
  if (repeated !== undefined) return refused({ kind: 'PersonTwice', personId: repeated, field: 'founders' });
  const stranger = founders.find(({ personId }) => !known.has(personId));
  if (stranger !== undefined)
    return refused({ kind: 'FounderUnknown', personId: stranger.personId, field: 'founders' });
  const same = facts.alike.find(({ name }) => spelt(name) === spelt(facts.name));
  return same === undefined
    ? decideFirstCapital(founders, sharePrice)
    : refused({ kind: 'FoundedAlready', ...same, rule: 'once', field: 'founders' });
}

/** The capital that founders ask for is a sum of money: where it is none, the price or the first row that is too much is named. */
function decideFirstCapital(founders: FoundingFacts['founders'], sharePrice: Rial): Verdict {
  const tooLarge = { kind: 'CapitalTooLarge', most: largestSum, rule: 'too_big' } as const;
  if (heldPrice(founders.length, sharePrice) === null) return refused({ ...tooLarge, field: 'sharePrice' });
  const at = founders.findIndex(
    (_, index) => heldPrice(sharesOf(founders.slice(0, index + 1)), sharePrice) === null,
  );
  return at === -1 ? ok() : refused({ ...tooLarge, field: `founders.${at}.shares` });
}

export type ActFacts = {
  readonly order: CooperativeOrder;
  readonly membership: Membership;
  readonly sharePrice: Rial;
  readonly members: readonly MemberStand[];
  /** Persons of the entries whom the doer's office knows. */
  readonly known: ReadonlySet<string>;
  readonly rules: Rules;
  readonly today: Day;
  /** The day on which the founders’ request was agreed to; null before that. */
  readonly agreedOn: Day | null;
  /** The national legal id in eleven digits; null when what was typed is none. */
  readonly legalId: string | null;
};

/** Acts by which a cooperative goes on with the capital it has; out of it there is always a way. */
const goesOn: readonly CooperativeAct[] = ['agree', 'resubmit', 'pay', 'constitute', 'register', 'start'];

/** What beside state and role an act needs. */
export function decideCooperativeAct(facts: ActFacts): Verdict {
  const { order, members, membership, rules, today } = facts;
  const { act, registration } = order;
  if (goesOn.includes(act) && heldPrice(sharesOf(members), facts.sharePrice) === null)
    return refused({ kind: 'CapitalTooLarge', most: largestSum, rule: 'too_big', field: null });
  if (act === 'agree') return enough(members.length, leastMembers(rules, membership, today), null);
  if (act === 'pay' || act === 'change_capital') return decideEntries(facts);
  if (act === 'constitute' || act === 'elect_board') return decideBoard(facts);
  if (act !== 'register') return ok();
  if (registration === null) return refused({ kind: 'RegistrationMissing', field: 'registration' });
  return facts.legalId === null
    ? refused({ kind: 'RegistrationLegalIdWrong', field: 'registration.legalId' })
    : ok();
}

const enough = (members: number, wanted: number, field: 'entries' | null): Verdict =>
  members < wanted ? refused({ kind: 'TooFewMembers', least: wanted, members, field }) : ok();

/** The members after entries; who holds no share any more is none. */
export function standAfter(
  members: readonly MemberStand[],
  entries: CooperativeOrder['entries'],
): MemberStand[] {
  const after = new Map(members.map((one) => [one.personId, one]));
  for (const { personId, shares, paid } of entries) {
    const before = after.get(personId) ?? { personId, shares: 0, paid: zero };
    after.set(personId, {
      personId,
      shares: before.shares + shares,
      paid: plus(before.paid, rial(paid)),
    });
  }
  return [...after.values()].filter(({ shares, paid }) => shares !== 0 || paid !== zero);
}

function decideEntries(facts: ActFacts): Verdict {
  const { order, members, sharePrice, membership, rules, today, known } = facts;
  const { entries } = order;
  if (entries.length === 0) return refused({ kind: 'EntriesMissing', field: 'entries' });
  const repeated = twice(entries.map(({ personId }) => personId));
  if (repeated !== undefined) return refused({ kind: 'PersonTwice', personId: repeated, field: 'entries' });
  const stranger = entries.find(
    ({ personId }) => !known.has(personId) && !members.some((one) => one.personId === personId),
  );
  if (stranger !== undefined)
    return refused({ kind: 'FounderUnknown', personId: stranger.personId, field: 'entries' });
  if (order.act === 'pay' && entries.some(({ shares }) => shares !== 0))
    return refused({ kind: 'SharesNotPaidFor', field: 'entries' });
  const after = standAfter(members, entries);
  const capital = decideNewCapital(after, facts);
  if (!capital.ok) return capital;
  for (const { personId, shares, paid } of after) {
    if (shares < 0 || paid < zero) return refused({ kind: 'SharesBelowNone', personId, field: 'entries' });
    const most = priceOf(shares, sharePrice);
    if (paid > most) return refused({ kind: 'PaidBeyondShares', personId, most, field: 'entries' });
  }
  const wanted = leastMembers(rules, membership, today);
  if (after.length < wanted) return enough(after.length, wanted, 'entries');
  const needed = neededToPay(rules, capitalOf(after, sharePrice), today);
  const paid = paidOf(after);
  return paid < needed ? refused({ kind: 'PaidTooLittle', needed, paid, field: 'entries' }) : ok();
}

/** Shares and their price after entries; the row that takes the most is named. */
function decideNewCapital(after: readonly MemberStand[], { order, sharePrice }: ActFacts): Verdict {
  const most = order.entries.reduce(
    (at, { shares }, index, all) => (shares > (all[at]?.shares ?? 0) ? index : at),
    0,
  );
  const field = `entries.${most}.shares` as const;
  const shares = sharesOf(after);
  if (shares > mostShares)
    return refused({ kind: 'SharesTooMany', most: mostShares, rule: 'too_big', field });
  return heldPrice(shares, sharePrice) === null
    ? refused({ kind: 'CapitalTooLarge', most: largestSum, rule: 'too_big', field })
    : ok();
}

function decideBoard({ order, members, rules, today, agreedOn }: ActFacts): Verdict {
  const { board } = order;
  if (board === null) return refused({ kind: 'BoardMissing', field: 'board' });
  const heldOn = dayFromIso(board.heldOn);
  if (heldOn > today) return refused({ kind: 'AssemblyAhead', heldOn, today, field: 'board.heldOn' });
  if (agreedOn !== null && heldOn < agreedOn)
    return refused({ kind: 'AssemblyTooEarly', heldOn, agreedOn, field: 'board.heldOn' });
  const seats = board.seats.filter(({ office }) => office === 'chair' || office === 'member');
  const { value } = ruleOn(rules, { ruleKey: 'board_seats', on: today });
  if (seats.length < value)
    return refused({ kind: 'BoardTooSmall', least: value, seats: seats.length, field: 'board.seats' });
  const repeated = twice(board.seats.map(({ personId }) => personId));
  if (repeated !== undefined)
    return refused({ kind: 'PersonTwice', personId: repeated, field: 'board.seats' });
  const stranger = seats.find(({ personId }) => !members.some((one) => one.personId === personId));
  return stranger === undefined
    ? ok()
    : refused({ kind: 'BoardNotMember', personId: stranger.personId, field: 'board.seats' });
}

/** The last day of a board that was elected on a day. */
export const boardUntil = (rules: Rules, heldOn: Day): Day =>
  addDays(addMonths(heldOn, ruleOn(rules, { ruleKey: 'board_term_months', on: heldOn }).value), -1);

import type { AwardAct, BeneficiaryKind, PartAxis } from '#credit/contract.ts';
import { must } from '#kernel/result.ts';

// A naive credit line: a tree of purses, every question answered by adding up. It shares no code with the rules
// but the names of acts and refusals.

export type Purse = Map<string, bigint>;
export type NaiveSlice = {
  id: string;
  parent: NaiveSlice | null;
  axis: string;
  place: string;
  purse: Purse;
  received: Map<string, bigint>;
};
export type NaiveProposal = {
  id: string;
  node: NaiveSlice;
  axis: PartAxis;
  amount: bigint;
  parts: [string, bigint][];
  state: string;
};
export type NaiveAward = {
  id: string;
  node: NaiveSlice;
  share: string;
  amount: bigint;
  released: bigint;
  paid: bigint;
  reported: bigint | null;
  state: string;
  version: number;
};

export const put = (purse: Purse, key: string, amount: bigint): void => {
  purse.set(key, (purse.get(key) ?? 0n) + amount);
};
export const has = (node: NaiveSlice, key: string): bigint => node.purse.get(key) ?? 0n;
export const rest = (node: NaiveSlice): bigint =>
  has(node, 'available open') + has(node, 'available cooperative');

/** Cuts `whole` by weights, each part rounded down, and what is left one by one to the greatest remainders. */
export function cut(whole: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  const parts = weights.map((weight) => (whole * weight) / sum);
  const order = weights
    .map((weight, place) => ({ place, over: (whole * weight) % sum }))
    .sort((a, b) => (a.over === b.over ? a.place - b.place : a.over > b.over ? -1 : 1));
  let left = whole - parts.reduce((a, b) => a + b, 0n);
  for (const { place } of order) {
    if (left === 0n) break;
    parts[place] = must(parts[place], 'a part') + 1n;
    left -= 1n;
  }
  return parts;
}

/** Slices in the order of their places: what bears nothing on an axis stands before what bears something. */
const nameOf = (node: NaiveSlice): string => {
  const places = new Map<string, string>();
  for (let at: NaiveSlice | null = node; at !== null; at = at.parent) places.set(at.axis, at.place);
  const axes = ['county', 'agency', 'bank', 'beneficiary_kind', 'category', 'round'];
  return axes.map((axis) => places.get(axis) ?? '').join(' ');
};

export class NaiveLine {
  nodes: NaiveSlice[] = [];
  proposals: NaiveProposal[] = [];
  awards: NaiveAward[] = [];
  /** All letters; and what of them was neither cut nor handed back by a cut. */
  notified = 0n;
  net = 0n;
  /** What all letters locked; and what of it no cut took. */
  lockedAtRoot = 0n;
  lockedNet = 0n;
  deadline = '2024-03-19';
  state = 'open';
  version = 3;
  readonly percent: bigint;

  constructor(percent: bigint) {
    this.percent = percent;
  }

  children = (node: NaiveSlice): NaiveSlice[] => this.nodes.filter(({ parent }) => parent === node);

  notify(amount: bigint, rootId: string): void {
    const root = this.nodes[0] ?? this.add({ id: rootId, parent: null, axis: 'province', place: '' });
    this.notified += amount;
    this.net += amount;
    const locked = this.shareOfNet() - this.lockedNet;
    this.receive(root, amount - locked, locked);
    this.lockedAtRoot += locked;
    this.lockedNet += locked;
  }

  shareOfNet = (): bigint => (this.net * this.percent + 99n) / 100n;

  all = (key: string): bigint => this.nodes.reduce((sum, node) => sum + has(node, key), 0n);

  /** The open and the locked part of a cut, or undefined where it would touch what is committed. */
  partsOfCut(amount: bigint): [bigint, bigint] | undefined {
    if (amount > this.net) return undefined;
    const locked = this.lockedNet - ((this.net - amount) * this.percent + 99n) / 100n;
    const fits = locked <= this.all('available cooperative') && amount - locked <= this.all('available open');
    return fits ? [amount - locked, locked] : undefined;
  }

  /** Takes from the root's rest first, then from every slice in proportion; the slices above shrink along. */
  takeBack(amount: bigint): void {
    const [open, locked] = must(this.partsOfCut(amount), 'a cut that fits');
    const [root, ...others] = this.nodes.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const [share, whole] of [['open', open] as const, ['cooperative', locked] as const]) {
      const key = `available ${share}`;
      const first = must(root, 'a root');
      const fromRoot = has(first, key) < whole ? has(first, key) : whole;
      const left = whole - fromRoot;
      const parts =
        left === 0n
          ? others.map(() => 0n)
          : cut(
              left,
              others.map((node) => has(node, key)),
            );
      for (const [index, node] of others.entries()) {
        const part = must(parts[index], 'a part');
        put(node.purse, key, -part);
        for (let up: NaiveSlice | null = node; up?.parent; up = up.parent) put(up.received, share, -part);
      }
      put(first.purse, key, -fromRoot);
      put(first.purse, `handed_back ${share}`, whole);
    }
    this.net -= amount;
    this.lockedNet -= locked;
  }

  close(): void {
    for (const node of this.nodes) {
      for (const share of ['open', 'cooperative']) {
        const left = has(node, `available ${share}`);
        put(node.purse, `available ${share}`, -left);
        put(node.purse, `handed_back ${share}`, left);
      }
    }
    this.state = 'closed';
  }

  add(node: Pick<NaiveSlice, 'id' | 'parent' | 'axis' | 'place'>): NaiveSlice {
    const added = { ...node, purse: new Map(), received: new Map() };
    this.nodes.push(added);
    return added;
  }

  receive(node: NaiveSlice, open: bigint, locked: bigint): void {
    for (const [share, amount] of [['open', open] as const, ['cooperative', locked] as const]) {
      put(node.purse, `available ${share}`, amount);
      put(node.received, share, amount);
    }
  }

  axisFits(node: NaiveSlice, axis: string): boolean {
    const there = this.children(node)[0]?.axis;
    if (there !== undefined) return there === axis;
    for (let at: NaiveSlice | null = node; at !== null; at = at.parent) if (at.axis === axis) return false;
    return true;
  }

  approval(proposal: NaiveProposal): string {
    if (proposal.state !== 'proposed') return 'CaseMovedOn';
    if (this.state === 'closed') return 'LineNotOpen';
    if (!this.axisFits(proposal.node, proposal.axis)) return 'AxisNotHere';
    return proposal.amount > rest(proposal.node) ? 'RestTooSmall' : 'ok';
  }

  approve(proposal: NaiveProposal, idOf: (parent: NaiveSlice, place: string) => string): void {
    const { node } = proposal;
    const parts = proposal.parts.filter(([, amount]) => amount > 0n);
    const left = rest(node) - proposal.amount;
    const locked = cut(has(node, 'available cooperative'), [...parts.map(([, amount]) => amount), left]);
    for (const [index, [place, amount]] of parts.entries()) {
      const child =
        this.children(node).find((one) => one.place === place) ??
        this.add({ id: idOf(node, place), parent: node, axis: proposal.axis, place });
      const part = must(locked[index], 'a locked part');
      put(node.purse, 'available open', part - amount);
      put(node.purse, 'available cooperative', -part);
      this.receive(child, amount - part, part);
    }
    proposal.state = 'approved';
  }

  awardShare(node: NaiveSlice, amount: bigint, kind: BeneficiaryKind): string {
    if (this.children(node).length > 0) return 'SliceNotLeaf';
    for (let at: NaiveSlice | null = node; at !== null; at = at.parent)
      if (at.axis === 'beneficiary_kind' && at.place !== kind) return 'AwardNotOfSlice';
    if (kind === 'cooperative' && has(node, 'available cooperative') >= amount) return 'cooperative';
    return has(node, 'available open') >= amount ? 'open' : 'SliceExhausted';
  }

  /** What an act leads to: a new state, or a refusal. */
  act(award: NaiveAward, act: AwardAct, amount: bigint | null): string {
    const { state, reported } = award;
    const left = award.amount - award.released - award.paid;
    const paying = state === 'contracted' || state === 'part_paid';
    const unlawful =
      (act === 'refer' && state !== 'reserved') ||
      (act === 'contract' && state !== 'referred') ||
      (act === 'release' && !['reserved', 'referred', 'contracted', 'part_paid'].includes(state)) ||
      (!['refer', 'contract', 'release'].includes(act) && !paying);
    if (unlawful) return 'ActUnlawful';
    if (act === 'report_payment') {
      if (reported !== null) return 'ReportOpen';
      return must(amount, 'a sum') > left ? 'ReportBeyondContract' : state;
    }
    if (act === 'refer') return 'referred';
    if (act === 'contract') return 'contracted';
    if (act === 'release') {
      if (reported !== null) return 'ReportOpen';
      return state === 'part_paid' ? 'ended' : 'released';
    }
    if (reported === null) return 'ReportMissing';
    if (act === 'decline_report') return state;
    if (act === 'confirm_part_payment') return reported === left ? 'NothingLeft' : 'part_paid';
    return reported === left ? 'paid' : 'NotTheLast';
  }

  doAct(award: NaiveAward, act: AwardAct, amount: bigint | null, state: string): void {
    const go = (from: string, to: string, sum: bigint): void => {
      put(award.node.purse, `${from} ${award.share}`, -sum);
      put(award.node.purse, `${to} ${award.share}`, sum);
    };
    if (act === 'refer') go('reserved', 'referred', award.amount);
    if (act === 'contract') go('referred', 'contracted', award.amount);
    if (act === 'release') {
      const left = award.amount - award.released - award.paid;
      const from = award.state === 'part_paid' ? 'contracted' : award.state;
      go(from, this.state === 'closed' ? 'handed_back' : 'available', left);
      award.released += left;
    }
    if (act === 'report_payment') award.reported = amount;
    if (act.startsWith('confirm')) {
      const paid = must(award.reported, 'a report');
      go('contracted', 'paid', paid);
      award.paid += paid;
    }
    if (act.startsWith('confirm') || act === 'decline_report') award.reported = null;
    award.state = state;
    award.version += 1;
  }
}

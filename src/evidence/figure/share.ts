import { dayOf } from './date.ts';
import { isLess, shift } from './decimal.ts';
import type { Draft } from './draft.ts';
import { sharedScale } from './number.ts';
import type { Token } from './token.ts';
import { PERCENT } from './unit.ts';

type Tokens = readonly Token[];

const CONNECTORS = new Set([
  'و',
  '،',
  ',',
  'از',
  'به',
  'یا',
  '/',
  '-',
  '–',
  'تا',
  'الی',
  'در',
  'برابر',
  'مقابل',
  'کل',
  'مجموع',
]);
const MOST_BETWEEN = 3;

/**
 * Figures printed in a list share what is printed once: «۱۰۰ میلیارد از ۲۵۶ میلیارد تومان» are both tomans,
 * «۸۸ هزار و ۳۹۰، شش هزار و ۹۲۵ و سه هزار نفر» are all persons. Two passes, each over neighbours only.
 */
export function shareUnits(tokens: Tokens, drafts: readonly Draft[]): Draft[] {
  const shared = [...drafts];
  for (let at = shared.length - 2; at >= 0; at -= 1) {
    const [one, next] = [shared[at], shared[at + 1]];
    if (one?.pending && next !== undefined && isListed(tokens, one, next)) shared[at] = fromNext(one, next);
  }
  const after = moneyAfter(tokens, shared);
  let money: Draft | undefined;
  let token = 0;
  for (const [at, one] of shared.entries()) {
    for (; token < one.from; token += 1) if (tokens[token]?.kind === 'break') money = undefined;
    if (isUnnamedMoney(tokens, one)) shared[at] = asMoney(one, money ?? after[at]);
    else if (one.pending) shared[at] = asRate(fromBefore(tokens, one, shared[at - 1]));
    if (shared[at]?.unit?.kind === 'money') money = shared[at];
  }
  return shared;
}

/** For each figure the next sum on its line that names its currency. */
function moneyAfter(tokens: Tokens, drafts: readonly Draft[]): (Draft | undefined)[] {
  const found: (Draft | undefined)[] = [];
  let money: Draft | undefined;
  let token = tokens.length - 1;
  for (let at = drafts.length - 1; at >= 0; at -= 1) {
    const one = drafts[at];
    if (one === undefined) continue;
    for (; token >= one.next; token -= 1) if (tokens[token]?.kind === 'break') money = undefined;
    found[at] = money;
    if (one.unit?.kind === 'money') money = one;
  }
  return found;
}

function isListed(tokens: Tokens, one: Draft, next: Draft): boolean {
  const gap = next.from - one.next;
  if (gap > MOST_BETWEEN) return false;
  if (gap < 1) return next.cue !== null && next.from === one.next;
  for (let place = one.next; place < next.from; place += 1) {
    if (!CONNECTORS.has(tokens[place]?.text ?? '')) return false;
  }
  return true;
}

function fromNext(one: Draft, next: Draft): Draft {
  if (next.kind === 'date_year' || next.baseKind === 'date_year') return asDay(one, next);
  if (!next.isQuantity || next.fraction !== null) return one;
  const base = next.kind === 'range' ? next.baseKind : next.kind;
  if (base === null || (one.kind !== 'count' && one.kind !== 'range')) return one;
  // A bare number before a sum of money is that sum only in its scale: «۵۰ و ۱۰۰ میلیون تومان».
  const scale =
    one.read !== null && next.read !== null && one.kind === 'count' ? sharedScale(one.read, next.read) : 0;
  const power = scale + (next.unit?.power ?? 0);
  return {
    ...one,
    kind: one.kind === 'range' ? 'range' : base,
    baseKind: one.kind === 'range' ? base : null,
    value: shift(one.value, power),
    last: one.last + power,
    unit: next.unit,
    noun: one.noun ?? next.noun,
    pending: next.pending,
  };
}

function asDay(one: Draft, next: Draft): Draft {
  const day =
    one.read === null || next.date === null || one.kind !== 'count' ? undefined : dayOf(one.read, next.date);
  if (day === undefined) return one;
  return {
    ...one,
    kind: 'date_year',
    date: day.date,
    noun: 'تاریخ',
    isQuantity: false,
    approx: 'exact',
    pending: false,
  };
}

/** «از ۱۲٫۷ درصد به ۱۰٫۲ رسید»: what a share comes to is a share. */
function fromBefore(tokens: Tokens, one: Draft, before: Draft | undefined): Draft {
  const linked = tokens[one.from - 1]?.text === 'به' && before?.next === one.from - 1;
  if (!linked || before.unit?.kind !== 'percent' || !before.isQuantity) return one;
  if (!isLess(one.value, shift(before.value, 2))) return one;
  return { ...one, kind: 'percent', unit: before.unit, noun: before.noun, pending: false };
}

/** «نرخ بیکاری از ۸٫۹ به ۸٫۲»: a rate that is no whole number is one of percent. */
const asRate = (one: Draft): Draft =>
  one.kind === 'count' && one.value.places > 0 && RATES.has(one.noun ?? '')
    ? { ...one, kind: 'percent', unit: PERCENT }
    : one;
const RATES = new Set(['نرخ', 'نرخ بیکاری', 'بیکاری', 'تورم', 'سود', 'کارمزد']);

const MONEY_NOUNS = new Set(
  'تسهیلات اعتبار وام سرمایه بودجه مستمری خسارت بدهی قرض‌الحسنه هزینه حقوق یارانه درآمد مبلغ'.split(' '),
);

/** Billions without a unit are money here («۷ میلیارد رسید»); millions only beside a word that says so. */
function isUnnamedMoney(tokens: Tokens, one: Draft): boolean {
  const power = one.read?.power ?? 0;
  if (power < 6 || one.unit !== null || (one.kind !== 'count' && one.baseKind !== 'count')) return false;
  if (one.noun === 'جمعیت' || one.fraction !== null) return false;
  if (MONEY_NOUNS.has(one.noun ?? '') || MONEY_NOUNS.has(tokens[one.from - 1]?.text ?? '')) return true;
  const countsPieces = tokens[one.numberNext]?.entry?.noun !== undefined;
  return power >= 9 ? !countsPieces : one.pending;
}

const asMoney = (one: Draft, money: Draft | undefined): Draft => ({
  ...one,
  kind:
    one.kind === 'range'
      ? 'range'
      : money === undefined && one.pending && !isMoneyNoun(one)
        ? 'count'
        : 'money',
  baseKind: one.kind === 'range' ? 'money' : null,
  unit: money?.unit ?? null,
  pending: false,
});

const isMoneyNoun = (one: Draft): boolean => MONEY_NOUNS.has(one.noun ?? '') || (one.read?.power ?? 0) >= 9;

import { hash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { comparable } from '#kernel/persian.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { headInForce } from '#ledger/seal/actions.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import type { PdfSeal } from '#platform/pdf.ts';
import { type Catalogue, checkStatement, conditionText, isHidden } from '../actions.ts';
import type { CompositionItem } from '../composition/contract.ts';
import { type EvidenceRefusal, type Told, unknownIndicator } from '../contract.ts';
import { listProvinces, readerScope } from '../queries.ts';
import { selectionAsked, valueOf } from '../records/actions.ts';
import { decimalOf } from '../statement/judgement.ts';
import type { ReviewAnswer, ReviewOrder, ReviewRefusal } from './contract.ts';
import { type Bound, type Remembered, insertReview, listReviews } from './queries.ts';
import { decideReview, phrasesOf } from './rules.ts';

/** Two copies of one text that a keyboard or a newspaper spelt differently are one text. */
const textHash = (text: string): string => hash('sha256', comparable(text), 'hex');

type Reviewing = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly provinceId: number;
  readonly by: Actor;
};

export type Reviewed = Promise<Result<{ readonly id: Id }, ReviewRefusal | EvidenceRefusal>>;

/** Keeps what a person decided about a figure. The text is checked anew: the verdict is the check's own word. */
export async function reviewVerdict(
  { tx, clock, catalogue, provinceId, by }: Reviewing,
  order: ReviewOrder,
): Reviewed {
  const published = order.published === null ? null : dayFromIso(order.published);
  const today = dayOfInstant(clock.now().getTime());
  const told = await checkStatement(tx, catalogue, { text: order.text, provinceId, published, today });
  const decided = decideReview(order, told);
  if (!decided.ok) return decided;
  const figure = decided.value;
  const bound =
    order.bound === null ? ok(null) : await boundOf({ tx, catalogue, provinceId }, order.bound, figure);
  if (!bound.ok) return bound;
  const row = {
    provinceId,
    id: id(order.id),
    statementHash: textHash(order.text),
    start: figure.start,
    end: figure.end,
    phrase: must(phrasesOf(order.text, [figure])[0], 'a phrase for a figure'),
    figure: figure.text,
    verdict: figure.verdict,
    indicator: figure.indicator,
    decision: order.decision,
    bound: bound.value,
    reason: order.reason,
    role: by.role,
    at: clock.now(),
  };
  const fresh = await insertReview(tx, row, by);
  return fresh ? ok({ id: row.id }) : refused({ kind: 'ReviewOtherContent' });
}

type Reading = Pick<Reviewing, 'tx' | 'catalogue' | 'provinceId'>;

async function boundOf(
  { tx, catalogue, provinceId }: Reading,
  item: CompositionItem,
  { unit }: Told,
): Promise<Result<Bound, ReviewRefusal | EvidenceRefusal>> {
  const indicator = catalogue.indicators.find((one) => one.id === item.indicator);
  if (indicator === undefined) return refused(unknownIndicator(item.indicator));
  // A figure that was bound to nothing has no unit yet.
  if (unit !== null && indicator.unit !== unit) return refused({ kind: 'OtherUnit', unit: indicator.unit });
  const selected = await selectionAsked(tx, { catalogue, provinceId, query: item }, indicator);
  if (!selected.ok) return selected;
  const { county = null, only = null } = item;
  return ok({ indicator: indicator.id, year: item.year, county, only });
}

/** What persons decided before about the figures of a text, by their place in `told`; one query for all. */
export async function rememberedOf(
  { tx, catalogue, provinceId }: Reading,
  { text, told }: { readonly text: string; readonly told: readonly Told[] },
): Promise<ReviewAnswer[][]> {
  const phrases = phrasesOf(text, told);
  const reviews = await listReviews(tx, {
    provinceId,
    phrases: [...new Set(phrases.map((one) => one.text))],
  });
  if (reviews.length === 0) return told.map(() => []);
  const answers = new Map<Id, ReviewAnswer>();
  const own = textHash(text);
  for (const review of reviews)
    answers.set(review.id, await answerOf({ tx, catalogue, provinceId }, review, own));
  return phrases.map((phrase) =>
    reviews
      .filter((one) => one.phrase.text === phrase.text && one.phrase.at === phrase.at)
      .flatMap((one) => answers.get(one.id) ?? []),
  );
}

async function answerOf(reading: Reading, review: Remembered, ownHash: string): Promise<ReviewAnswer> {
  const { id: reviewId, decision, reason, verdict, byName, byRole, at } = review;
  return {
    id: reviewId,
    decision,
    reason,
    verdict,
    bound: review.bound === null ? null : await boundNow(reading, review.bound),
    byName,
    byRole,
    at: at.toISOString(),
    sameText: review.statementHash === ownHash,
  };
}

/** What a figure was bound to, with its value in the records as they are now. */
async function boundNow(
  { tx, catalogue, provinceId }: Reading,
  { indicator: indicatorId, year, county, only }: Bound,
): Promise<ReviewAnswer['bound']> {
  const indicator = catalogue.indicators.find((one) => one.id === indicatorId);
  if (indicator === undefined) return null;
  const query = { year, county: county ?? undefined, only: only ?? undefined };
  const selected = await selectionAsked(tx, { catalogue, provinceId, query }, indicator);
  const hidden = isHidden(await readerScope(tx), { provinceId, countyCode: county });
  const value =
    !selected.ok || hidden
      ? undefined
      : await valueOf(tx, catalogue, { indicator, selection: selected.value });
  const slug = (await listProvinces(tx)).find((one) => one.provinceId === provinceId)?.slug ?? '';
  const address = new URLSearchParams({ province: slug, year: String(year) });
  if (county !== null) address.set('county', county);
  if (selected.ok && only !== null) address.set('only', conditionText(selected.value.only));
  return {
    indicator: indicator.id,
    title: indicator.title,
    unit: indicator.unit,
    value: value === undefined ? null : decimalOf(value, indicator.unit === 'percent' ? 4 : 0),
    records: `/desk/evidence/records/${indicator.id}?${address.toString()}`,
  };
}

/** The head that is printed on what leaves the house (L14). */
export const sealInForce = (tx: Tx, provinceId: number): Promise<PdfSeal | null> =>
  headInForce(tx, provinceId);

import { hash } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { type Day, dayOfInstant } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import type { Indicator } from '#kernel/indicator.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import type { InstantRefusal } from '#ledger/contract.ts';
import { closedInstant } from '#ledger/watermark/actions.ts';
import type { Clock } from '#platform/clock.ts';
import type { Scope, Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { type Catalogue, checkStatement, isHidden } from '../actions.ts';
import { type EvidenceRefusal, type Told, outsideScope, unknownIndicator } from '../contract.ts';
import { least } from '../dataset/contract.ts';
import { receiverColumn } from '../dataset/rules.ts';
import { type Counted, type Selection, readerScope } from '../queries.ts';
import { sumOf } from '../tally/actions.ts';
import { type List, listsOf, selectionAsked } from '../records/actions.ts';
import { decimalOf } from '../statement/judgement.ts';
import type {
  OrderField,
  PublicationOrder,
  PublicationRefusal,
  PublicationState,
  TooFew,
  erratumOrderShape,
} from './contract.ts';
import {
  type NamedPublication,
  type PublicationRow,
  type Since,
  findPublication,
  insertDoubt,
  insertDoubtAnswer,
  insertErratum,
  insertPublication,
  listDoubts,
  listOfIndicator,
  listPublications,
  lockDoubts,
  lockFigures,
  receiversApart,
  recordedSince,
  recordsHash,
} from './queries.ts';
import {
  type Reckoned,
  dueOn,
  aheadOf,
  fieldApart,
  isSameCondition,
  isSameText,
  partedAt,
  stateOf,
  widerThan,
} from './rules.ts';

/** Who publishes, corrects or answers, in which transaction and province. */
export type Publishing = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly provinceId: number;
  readonly by: Actor;
};

async function reckon(tx: Tx, lists: readonly List[]): Promise<Reckoned> {
  const found = [];
  for (const { measure, selection } of lists)
    found.push({ ...(await sumOf(tx, measure, selection)), hash: await recordsHash(tx, measure, selection) });
  const [top, below] = found;
  return {
    value: must(top, 'a figure has a list').value,
    below: below?.value ?? null,
    records: found.reduce((count, one) => count + one.records, 0),
    hash:
      below === undefined
        ? must(top, 'a figure has a list').hash
        : hash('sha256', found.map((one) => one.hash).join(':'), 'hex'),
  };
}

/** The instant as of which a figure is to be published, or the newest that can be; asked outside the transaction. */
export async function publishableInstant(
  { db, clock }: Pick<House, 'db' | 'clock'>,
  asked: { readonly provinceId: number; readonly scope: Scope; readonly asOf: string | undefined },
): Promise<Result<Date, InstantRefusal & { readonly field: 'asOf'; readonly rule: 'closed' }>> {
  const { provinceId, scope, asOf } = asked;
  const instant = asOf === undefined ? null : new Date(asOf);
  const closed = await closedInstant(db, { provinceId, scope, clock, instant });
  return closed.ok ? closed : refused({ ...closed.refusal, field: 'asOf', rule: 'closed' });
}

export type Published = Promise<Result<{ readonly id: Id }, PublicationRefusal | EvidenceRefusal>>;

/** Freezes a figure as of a closed instant under its own address. The same order again answers the same (L5). */
export async function publishFigure(
  { tx, clock, catalogue, provinceId, by }: Publishing,
  { order, asOf }: { readonly order: PublicationOrder; readonly asOf: Date },
): Published {
  const indicator = catalogue.indicators.find((one) => one.id === order.indicator);
  if (indicator === undefined) return refused(unknownIndicator(order.indicator));
  const place = { provinceId, countyCode: order.county ?? null };
  const scope = await readerScope(tx);
  if (isHidden(scope, place)) return refused(outsideScope(scope));
  const selected = await selectionAsked(tx, { catalogue, provinceId, query: order }, indicator);
  if (!selected.ok) return selected;
  const before = await findPublication(tx, order.id);
  if (before !== undefined)
    return isSameOrder(before, { order, asOf, selection: selected.value })
      ? ok({ id: before.id })
      : refused(otherContent(order.id));
  const asked = { indicator, selection: { ...selected.value, recordedUntil: asOf } };
  const lists = listsOf(catalogue, indicator, asked.selection);
  const today = dayOfInstant(clock.now().getTime());
  const unlawful = orderRefusal({ order, indicator, selection: selected.value, today });
  if (unlawful !== null) return refused(unlawful);
  const parted = partedAt(selected.value, today);
  if (parted !== null && tellsOfMoney(catalogue, indicator, lists))
    return refused({ kind: 'PeriodNotMonths', field: parted, rule: 'whole_months' });
  const reckoned = await reckon(tx, lists);
  if (reckoned.records === 0 || reckoned.below === 0n)
    return refused(nothingToPublish(order, selected.value));
  const few = await fewToldBy(tx, catalogue, asked);
  if (few !== null) {
    const field = isOfYear(order, few.field) ? 'year' : few.field;
    return refused({ kind: 'TooFewReceivers', ...few, field });
  }
  const { countyCode, budgetYear, from, until, only, without } = selected.value;
  if (order.sentence !== null) {
    const published = dayOfInstant(asOf.getTime());
    const said = await checkStatement(tx, catalogue, { text: order.sentence, provinceId, published });
    const unborne = sentenceRefusal(said, { indicator, value: shownValue(reckoned) });
    if (unborne !== null) return refused(unborne);
  }
  const row: PublicationRow = {
    ...reckoned,
    provinceId,
    id: id(order.id),
    indicator: indicator.id,
    definitionVersion: indicator.version,
    countyCode,
    budgetYear,
    from,
    until,
    only,
    without,
    asOf,
    sentence: order.sentence,
    publishedAt: new Date(Math.max(clock.now().getTime(), asOf.getTime())),
    publishedRole: by.role,
  };
  const fresh = await insertPublication(tx, row, by);
  return fresh ? ok({ id: row.id }) : refused(otherContent(order.id));
}

/** The same figure asked for again, whatever has been recorded since (L5). */
function isSameOrder(
  { indicator, countyCode, budgetYear, from, until, only, without, sentence, asOf }: PublicationRow,
  asked: { readonly order: PublicationOrder; readonly asOf: Date; readonly selection: Selection },
): boolean {
  const { order, selection } = asked;
  return (
    indicator === order.indicator &&
    countyCode === selection.countyCode &&
    budgetYear === selection.budgetYear &&
    from === selection.from &&
    until === selection.until &&
    isSameCondition(only, selection.only) &&
    isSameCondition(without, selection.without) &&
    sentence === order.sentence &&
    (order.asOf === undefined || asOf.getTime() === asked.asOf.getTime())
  );
}

/** Whether the records bear out a figure of a sentence, and it is the one that is published under it. */
const isBorneOut = (told: Told, figure: { readonly indicator: string; readonly value: string }): boolean =>
  told.verdict === 'supported' && told.indicator === figure.indicator && told.actual === figure.value;

type Ordered = {
  readonly order: PublicationOrder;
  readonly indicator: Indicator;
  readonly selection: Selection;
  readonly today: Day;
};

/** Why an order is none of the place of its figure, or of a time that has come; null where it is. */
function orderRefusal({ order, indicator, selection, today }: Ordered): PublicationRefusal | null {
  if (indicator.place === 'province' && selection.countyCode !== null)
    return { kind: 'OfProvince', field: 'county', rule: 'whole_province' };
  const ahead = aheadOf(selection, today);
  return ahead === null
    ? null
    : { kind: 'PeriodAhead', ...ahead, field: isOfYear(order, ahead.field) ? 'year' : ahead.field };
}

/** Whether an end of a period is that of the year that was named: it is not what was typed. */
const isOfYear = (order: PublicationOrder, field: OrderField): boolean =>
  order.year !== undefined && (field === 'from' || field === 'until') && order[field] === undefined;

const nothing = { countyCode: null, budgetYear: null, from: null, until: null, only: {}, without: {} };

/** Names what narrows a figure that has no records, where anything does. */
function nothingToPublish(order: PublicationOrder, selection: Selection): PublicationRefusal {
  const apart = fieldApart(selection, nothing);
  const field = isOfYear(order, apart) ? 'year' : apart === 'asOf' ? 'indicator' : apart;
  return { kind: 'NothingToPublish', field, rule: 'has_records' };
}

/** The id of a command that was used for another one. */
export const otherContent = (publicationId: string) =>
  ({ kind: 'PublicationOtherContent', field: 'id', rule: 'same_content', publicationId }) as const;

/** Why a sentence cannot stand under a figure; null where the records bear out this very figure in it. */
function sentenceRefusal(
  said: readonly Told[],
  { indicator, value }: { readonly indicator: Indicator; readonly value: string },
): PublicationRefusal | null {
  const wrong = said.find(({ verdict }) => !['supported', 'not_a_claim'].includes(verdict));
  if (wrong !== undefined)
    return wrong.verdict === 'contradicted'
      ? { kind: 'SentenceContradicted', field: 'sentence', rule: 'borne_out', figure: wrong.text }
      : { kind: 'SentenceUnproven', field: 'sentence', rule: 'borne_out', figure: wrong.text };
  return said.some((one) => isBorneOut(one, { indicator: indicator.id, value }))
    ? null
    : { kind: 'SentenceOfAnother', field: 'sentence', rule: 'borne_out', value, unit: indicator.unit };
}

/** How the receivers behind a list are counted, as the open data counts them; null where it tells of none. */
function receiversOf(
  { indicators }: Catalogue,
  { measure }: List,
): Extract<Counted, { kind: 'count' }> | null {
  const distinct = receiverColumn(indicators, measure);
  if (distinct === null) return null;
  const { view, column, where, kinds } = measure;
  return { view, column, where, kind: 'count', distinct, ...(kinds === undefined ? {} : { kinds }) };
}

/** Whether a figure is of money or of persons, whose single days would tell of somebody. */
const tellsOfMoney = (catalogue: Catalogue, { unit }: Indicator, lists: readonly List[]): boolean =>
  unit === 'rial' || lists.some((list) => receiversOf(catalogue, list) !== null);

type Figure = { readonly indicator: Indicator; readonly selection: Selection };

/**
 * Of whom so few stand behind a figure, behind what it leaves of a wider one, or behind what lies between it and
 * another of its indicator that is published already, that it tells of persons as the open data would not.
 */
async function fewToldBy(
  tx: Tx,
  catalogue: Catalogue,
  { indicator, selection }: Figure,
): Promise<TooFew | null> {
  const of = { provinceId: selection.provinceId, indicator: indicator.id };
  await lockFigures(tx, of);
  const published = await listOfIndicator(tx, of);
  for (const [at, list] of listsOf(catalogue, indicator, selection).entries()) {
    const receivers = receiversOf(catalogue, list);
    if (receivers === null) continue;
    const one = list.selection;
    const isFew = async (other: Selection | null): Promise<boolean> => {
      const count = await receiversApart(tx, receivers, { one, other });
      return count > 0 && count < least;
    };
    const few = { rule: 'least_receivers', least, publicationId: null } as const;
    const [narrowed] = widerThan(one);
    if (await isFew(null)) return { ...few, field: narrowed?.field ?? 'indicator', of: 'figure' };
    for (const { field, wider } of widerThan(one))
      if (await isFew(wider)) return { ...few, field, of: 'rest' };
    for (const row of published) {
      const other = listsOf(catalogue, indicator, { ...selectionOf(row), recordedUntil: row.asOf })[at];
      const field = fieldApart(selection, row);
      if (await isFew(must(other, 'the same lists').selection))
        return { ...few, field, of: 'difference', publicationId: row.id };
    }
  }
  return null;
}

export type Examined = {
  readonly state: PublicationState;
  readonly now: Reckoned;
  readonly since: Since;
};

const selectionOf = (row: PublicationRow): Selection => ({
  provinceId: row.provinceId,
  countyCode: row.countyCode,
  budgetYear: row.budgetYear,
  from: row.from,
  until: row.until,
  only: row.only,
  without: row.without,
});

/** Recomputes a published figure as of its instant and as of now. Asks as a reader of the whole province. */
export async function examine(tx: Tx, catalogue: Catalogue, row: PublicationRow): Promise<Examined> {
  const indicator = must(
    catalogue.indicators.find((one) => one.id === row.indicator),
    'an indicator that was published once',
  );
  const selection = selectionOf(row);
  const again = await reckon(tx, listsOf(catalogue, indicator, { ...selection, recordedUntil: row.asOf }));
  const parts = listsOf(catalogue, indicator, selection);
  const now = await reckon(tx, parts);
  const since = { recorded: 0, takenBack: 0 };
  for (const part of parts) {
    const found = await recordedSince(tx, part.measure, { selection: part.selection, instant: row.asOf });
    since.recorded += found.recorded;
    since.takenBack += found.takenBack;
  }
  return { state: stateOf({ published: row, again, now, takenBack: since.takenBack }), now, since };
}

async function getPublication(
  tx: Tx,
  publicationId: string,
): Promise<Result<NamedPublication, PublicationRefusal>> {
  const publication = await findPublication(tx, publicationId);
  return publication === undefined ? refused({ kind: 'PublicationMissing', publicationId }) : ok(publication);
}

/** Says in the open what a figure is now; only where it has moved. */
export async function issueErratum(
  { tx, clock, catalogue, provinceId, by }: Publishing,
  asked: { readonly publicationId: string; readonly order: z.infer<typeof erratumOrderShape> },
): Promise<Result<{ readonly id: Id }, PublicationRefusal>> {
  const publication = await getPublication(tx, asked.publicationId);
  if (!publication.ok) return publication;
  const { state, now } = await examine(tx, catalogue, publication.value);
  if (state === 'stands') return refused({ kind: 'NothingToCorrect' });
  const at = clock.now();
  const row = {
    provinceId,
    publicationId: publication.value.id,
    id: id(asked.order.id),
    value: now.value,
    below: now.below,
    asOf: at,
    note: asked.order.note,
    issuedAt: at,
  };
  const fresh = await insertErratum(tx, row, by);
  return fresh ? ok({ id: row.id }) : refused(otherContent(row.id));
}

/**
 * Keeps «this figure is wrong» of anybody, without a name, with the day on which an answer is due. The same text again
 * is the same doubt while it waits.
 */
export async function raiseDoubt(
  tx: Tx,
  clock: Clock,
  asked: { readonly publicationId: string; readonly doubtId: string; readonly claim: string },
): Promise<Result<{ readonly dueOn: Day }, PublicationRefusal>> {
  const publication = await getPublication(tx, asked.publicationId);
  if (!publication.ok) return publication;
  const raisedAt = clock.now();
  const due = dueOn(dayOfInstant(raisedAt.getTime()));
  const of = { provinceId: publication.value.provinceId, publicationId: publication.value.id };
  await lockDoubts(tx, of.publicationId);
  const waiting = (await listDoubts(tx, of)).find(
    ({ answer, claim }) => answer === null && isSameText(claim, asked.claim),
  );
  if (waiting !== undefined) return ok({ dueOn: waiting.dueOn });
  await insertDoubt(tx, {
    ...of,
    id: id(asked.doubtId),
    claim: asked.claim,
    raisedAt,
    dueOn: due,
  });
  return ok({ dueOn: due });
}

/** Answers a doubt in the open, once. */
export async function answerDoubt(
  { tx, clock, provinceId, by }: Publishing,
  asked: { readonly publicationId: string; readonly doubtId: string; readonly answer: string },
): Promise<Result<{ readonly id: Id }, PublicationRefusal>> {
  const publication = await getPublication(tx, asked.publicationId);
  if (!publication.ok) return publication;
  const doubts = await listDoubts(tx, { provinceId, publicationId: publication.value.id });
  const doubt = doubts.find((one) => one.id === asked.doubtId);
  if (doubt === undefined) return refused({ kind: 'DoubtMissing', doubtId: asked.doubtId });
  const { answer } = asked;
  const fresh = await insertDoubtAnswer(
    tx,
    { provinceId, doubtId: doubt.id, answer, answeredAt: clock.now() },
    by,
  );
  return fresh ? ok({ id: doubt.id }) : refused({ kind: 'DoubtAnswered', doubtId: doubt.id });
}

/** A published figure as it stands now, for whoever leads to its address; undefined where there is none. */
export async function figureOf(tx: Tx, catalogue: Catalogue, figureId: string) {
  const row = await findPublication(tx, figureId);
  if (row === undefined) return undefined;
  const { state } = await examine(tx, catalogue, row);
  const { title, unit } = must(
    catalogue.indicators.find((one) => one.id === row.indicator),
    'an indicator that was published once',
  );
  const county = row.countyFa === null ? null : { fa: row.countyFa, en: row.countyEn ?? row.countyFa };
  const place = county ?? { fa: row.provinceFa, en: row.provinceEn };
  return { id: row.id, title, place, unit, value: shownValue(row), state };
}

/** A value as it is shown: a whole number, or percent points to four decimals. */
export const shownValue = ({
  value,
  below,
}: {
  readonly value: bigint;
  readonly below: bigint | null;
}): string =>
  below === null || below === 0n
    ? value.toString()
    : decimalOf({ numerator: value * 100n, denominator: below }, 4);

/** Which of some addresses bear a figure, in the reader's scope. */
export async function figuresKnown(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const figureId of new Set(ids))
    if ((await findPublication(tx, figureId)) !== undefined) found.push(figureId);
  return found;
}

/** The newest figures that a province, or all of them, have published. */
export const publishedFigures = async (
  tx: Tx,
  provinceId: number | null,
  limit = 1000,
): Promise<Pick<NamedPublication, 'id' | 'indicator' | 'publishedAt'>[]> =>
  listPublications(tx, { provinceId, before: null, limit });

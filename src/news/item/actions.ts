import { hash } from 'node:crypto';
import { act, choicesFor, openCase, timelineOf } from '#casework/actions.ts';
import type { ActChoice, CaseRefusal } from '#casework/contract.ts';
import { type Catalogue, checkStatement } from '#evidence/actions.ts';
import type { Told } from '#evidence/contract.ts';
import { figureOf, figuresKnown } from '#evidence/publication/actions.ts';
import { checkLeads, checkTags, checkTranslation } from '#evidence/translation/actions.ts';
import type { Actor } from '#kernel/actor.ts';
import { type Day, dayOfInstant, isoOf } from '#kernel/day.ts';
import { type Id, id } from '#kernel/id.ts';
import { comparable, seenText } from '#kernel/persian.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { canonical } from '#platform/once.ts';
import type { Image } from '../image/contract.ts';
import { listImages } from '../image/queries.ts';
import type {
  Erratum,
  ItemAct,
  ItemActOrder,
  ItemOrder,
  ItemRefusal,
  ItemText,
  KeptFinding,
  LinkedFigure,
  PublicItem,
  RevisionOrder,
} from './contract.ts';
import { type Printed, figuresIn, plainText, printedText } from './markup.ts';
import {
  type ItemAddress,
  type ItemRow,
  dropText,
  insertApproval,
  insertItem,
  insertPublished,
  insertText,
  listErrata,
  listItems,
  moveItem,
  nextNumber,
} from './queries.ts';
import { decidePublication, decideText, foundTogether, itemKind } from './rules.ts';

/** Who writes or publishes, in which transaction and province, and what figures there are. */
export type Editing = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly provinceId: number;
  readonly by: Actor;
};
type Done = Promise<Result<{ readonly id: Id }, ItemRefusal | CaseRefusal>>;

export const caseKinds = [itemKind] as const;

export const searchTextOf = (text: ItemText): string =>
  comparable(
    [
      text.titleFa,
      text.summaryFa,
      plainText(text.bodyFa),
      text.titleEn ?? '',
      text.summaryEn ?? '',
      plainText(text.bodyEn ?? ''),
      ...text.tags,
    ].join(' '),
  )
    .replaceAll(/\s+/g, ' ')
    .toLowerCase();

/** The words of a text that anybody searches for, in the form in which texts are compared. */
export const searchedWords = (typed: string): string =>
  comparable(seenText(typed)).replaceAll(/\s+/g, ' ').trim().toLowerCase();

async function textStands({ tx, clock, provinceId }: Editing, itemId: Id, text: ItemText) {
  const linked = [...figuresIn(text.bodyFa), ...figuresIn(text.bodyEn ?? '')];
  const images = await listImages(tx, { provinceId, itemId });
  return decideText(text, {
    figures: new Set(await figuresKnown(tx, linked)),
    images: new Set(images.map(({ imageId }) => imageId)),
    today: isoOf(dayOfInstant(clock.now().getTime())),
  });
}

function textOf(order: ItemOrder): ItemText {
  const { id: _, ...text } = order;
  return text;
}

/** Writes an item as a draft. The same order again is the same item (L5). */
export async function writeItem(editing: Editing, order: ItemOrder): Done {
  const { tx, clock, provinceId, by } = editing;
  const itemId = id(order.id);
  const text = textOf(order);
  const stands = await textStands(editing, itemId, text);
  if (!stands.ok) return stands;
  const before = await timelineOf(tx, { provinceId, caseId: itemId });
  const opening = {
    id: itemId,
    caseId: itemId,
    provinceId,
    countyCode: null,
    officeId: null,
    subjectId: null,
    facts: { text: hash('sha256', canonical(text), 'hex') },
    reason: null,
    happenedOn: before[0]?.happenedOn ?? dayOfInstant(clock.now().getTime()),
  };
  const opened = await openCase(tx, itemKind, { opening, by, clock });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: itemId });
  const { recordedAt, toState: state } = opened.value.act;
  await insertItem(tx, { provinceId, itemId, state, version: 1, movedAt: recordedAt });
  const row = { provinceId, itemId, number: 1, text, searchText: searchTextOf(text), erratum: null };
  await insertText(tx, { ...row, writtenAt: recordedAt }, by);
  return ok({ id: itemId });
}

type Acting = {
  readonly itemId: Id;
  readonly name: ItemAct;
  readonly order: { readonly id: string; readonly seenVersion: number; readonly reason: string | null };
  readonly facts: Readonly<Record<string, string>>;
};

/** Does the act on the case, and lets the item stand where the case stands; null when it was done before. */
async function moved(
  { tx, clock, provinceId, by }: Editing,
  { itemId, name, order, facts }: Acting,
): Promise<Result<Date | null, CaseRefusal>> {
  const acts = await timelineOf(tx, { provinceId, caseId: itemId });
  const before = acts.find((done) => done.id === order.id);
  const acted = await act(tx, itemKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: itemId,
      act: name,
      seenVersion: order.seenVersion,
      facts,
      reason: order.reason,
      happenedOn: before?.happenedOn ?? dayOfInstant(clock.now().getTime()),
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok(null);
  const { recordedAt, toState, seq } = acted.value.act;
  await moveItem(tx, { provinceId, itemId, state: toState, version: seq, movedAt: recordedAt });
  return ok(recordedAt);
}

async function getItem(tx: Tx, address: { provinceId: number; itemId: string }) {
  const [item] = await listItems(tx, address);
  return item === undefined ? refused({ kind: 'ItemMissing', itemId: address.itemId } as const) : ok(item);
}

/** Another text: of a draft, or the correction of what is public, which then says what it puts right. */
export async function reviseItem(
  editing: Editing,
  { itemId: asked, order }: { readonly itemId: string; readonly order: RevisionOrder },
): Done {
  const { tx, provinceId, by } = editing;
  const found = await getItem(tx, { provinceId, itemId: asked });
  if (!found.ok) return found;
  const { itemId, publicNumber, state } = found.value;
  const { seenVersion, erratum, ...rest } = order;
  const text = textOf(rest);
  const isPublic = publicNumber !== null;
  if (isPublic && erratum === null) return refused({ kind: 'ItemErratumMissing', field: 'erratum' });
  const stands = await textStands(editing, itemId, text);
  if (!stands.ok) return stands;
  const name = isPublic && (state === 'published' || state === 'corrected') ? 'amend' : 'revise';
  const facts = { text: hash('sha256', canonical(text), 'hex') };
  const acting = { itemId, name, order: { id: order.id, seenVersion, reason: null }, facts } as const;
  const movedAt = await moved(editing, acting);
  if (!movedAt.ok) return movedAt;
  if (movedAt.value === null) return ok({ id: itemId });
  const number = await nextNumber(tx, { provinceId, itemId });
  const row = { provinceId, itemId, number, text, searchText: searchTextOf(text) };
  await insertText(tx, { ...row, erratum: isPublic ? erratum : null, writtenAt: movedAt.value }, by);
  return ok({ id: itemId });
}

/** A text to be checked, kept or not; without English where there is none. */
export type TextToCheck = Pick<
  ItemText,
  'titleFa' | 'summaryFa' | 'bodyFa' | 'titleEn' | 'summaryEn' | 'bodyEn'
> & {
  readonly provinceId: number;
  readonly tags: readonly string[];
  /** What a correction says it puts right. */
  readonly erratum: string | null;
  /** The day of which it speaks; null while that is not written. */
  readonly dated: Day | null;
  /** A year that has begun by now has records, whatever day the text bears. */
  readonly today: Day;
  readonly images: readonly Pick<Image, 'imageId' | 'altFa' | 'altEn'>[];
};

/** What is printed of a text in a language, and what was found of its figures. */
export type Checked = { readonly text: string; readonly found: readonly Told[] };
export type CheckedItem = { readonly persian: Checked; readonly english: Checked | null };

/**
 * Everything of a text that a page prints. The Persian part is held against the records of the province, as of the day
 * of the news; the English one, which the statement reader does not read, against the numbers of the Persian one and
 * the figures that the two lead to.
 */
export async function checkText(
  { tx, catalogue }: Pick<Editing, 'tx' | 'catalogue'>,
  asked: TextToCheck,
): Promise<CheckedItem> {
  const { provinceId, titleFa, summaryFa, bodyFa, titleEn, summaryEn, bodyEn, dated, today } = asked;
  const altOf =
    (alt: 'altFa' | 'altEn') =>
    (image: string): string =>
      asked.images.find(({ imageId }) => imageId === image)?.[alt] ?? '';
  const printed = printedText({
    title: titleFa,
    summary: summaryFa,
    body: bodyFa,
    erratum: asked.erratum ?? '',
    tags: asked.tags,
    captionOf: altOf('altFa'),
  });
  const known = await figuresKnown(tx, [...figuresIn(bodyFa), ...figuresIn(bodyEn ?? '')]);
  const figures = new Map((await linkedFigures(tx, catalogue, known)).map((one) => [one.id, one] as const));
  const leadsOf = ({ leads }: Printed) =>
    leads.flatMap(({ id: figureId, start, end }) => {
      const figure = figures.get(figureId);
      return figure === undefined ? [] : [{ start, end, figure }];
    });
  const order = { provinceId, published: dated, recordsUntil: today };
  const lines = await checkStatement(tx, catalogue, { ...order, text: printed.text });
  const readOn =
    printed.readOn === printed.text
      ? []
      : (await checkStatement(tx, catalogue, { ...order, text: printed.readOn })).map((one) => ({
          ...one,
          text: one.text.replaceAll(/\s+/g, ' '),
        }));
  const led = checkLeads(printed.text, leadsOf(printed));
  const unsaid = checkTags(printed.text, printed.tagsAt, [...figures.values()]);
  const persian = { text: printed.text, found: foundTogether(lines, { open: [...readOn, ...unsaid], led }) };
  if (titleEn === null && summaryEn === null && bodyEn === null) return { persian, english: null };
  const english = printedText({
    title: titleEn ?? '',
    summary: summaryEn ?? '',
    body: bodyEn ?? '',
    erratum: '',
    tags: [],
    captionOf: altOf('altEn'),
  });
  const found = checkTranslation({
    english: english.text,
    persian: printed.text,
    leads: leadsOf(english),
    led: [...figures.values()],
    dated,
  });
  return { persian, english: { text: english.text, found } };
}

/** What the check says of each figure of an item, as it is kept with its publication. */
async function findingsOf(
  reading: Pick<Editing, 'tx' | 'catalogue' | 'clock'>,
  item: ItemRow,
): Promise<KeptFinding[]> {
  const images = await listImages(reading.tx, item);
  const today = dayOfInstant(reading.clock.now().getTime());
  const { persian, english } = await checkText(reading, { ...item, dated: item.datedOn, today, images });
  return [...persian.found, ...(english?.found ?? [])]
    .filter(({ verdict }) => verdict !== 'not_a_claim')
    .map(({ text: said, verdict, title, unit, actual, year, facts }) => ({
      text: said,
      verdict,
      title,
      unit,
      actual,
      year,
      facts,
    }));
}

type ActAsked = { readonly itemId: string; readonly name: ItemAct; readonly order: ItemActOrder };

/** Approves, publishes, issues, drops, archives or withdraws; each of them once (L5), approval by a second person (L6). */
export async function actOnItem(editing: Editing, { itemId: asked, name, order }: ActAsked): Done {
  const { tx, provinceId, by } = editing;
  const found = await getItem(tx, { provinceId, itemId: asked });
  if (!found.ok) return found;
  const item = found.value;
  const { itemId, number } = item;
  const before = (await timelineOf(tx, { provinceId, caseId: itemId })).some((one) => one.id === order.id);
  const approves = name === 'approve' || name === 'issue';
  const publishes = name === 'publish' || name === 'issue';
  if (approves && !before && item.writtenByPerson === by.personId) return refused({ kind: 'ItemOwnText' });
  const findings = publishes && !before ? await findingsOf(editing, item) : [];
  const contradicted = findings.filter(({ verdict }) => verdict === 'contradicted').map(({ text }) => text);
  const decision = decidePublication({ contradicted, reason: order.reason });
  if (!decision.ok) return decision;
  const facts = {
    number: String(number),
    ...(publishes ? { contradicted: String(contradicted.length) } : {}),
  };
  const movedAt = await moved(editing, { itemId, name, order, facts });
  if (!movedAt.ok) return movedAt;
  const at = movedAt.value;
  if (at === null) return ok({ id: itemId });
  const address: ItemAddress & { number: number } = { provinceId, itemId, number };
  if (approves)
    await insertApproval(tx, { ...address, writtenByPerson: item.writtenByPerson, approvedAt: at }, by);
  const reason = contradicted.length === 0 ? null : order.reason;
  if (publishes)
    await insertPublished(
      tx,
      { ...address, findings, contradicted: contradicted.length, reason, role: by.role, publishedAt: at },
      by,
    );
  if (name === 'drop') await dropText(tx, address);
  return ok({ id: itemId });
}

type Preview = {
  readonly item: PublicItem;
  readonly errata: readonly Erratum[];
  readonly figures: readonly LinkedFigure[];
  readonly images: readonly Image[];
};

/** What the page of an item holds, from its newest text; what would be said of its figures is asked now. */
export async function previewOf(
  { tx, clock, catalogue }: Pick<Editing, 'tx' | 'clock' | 'catalogue'>,
  asked: { readonly provinceId: number; readonly itemId: string },
): Promise<Result<Preview, ItemRefusal>> {
  const found = await getItem(tx, asked);
  if (!found.ok) return found;
  const row = found.value;
  const now = clock.now();
  const findings = await findingsOf({ tx, catalogue, clock }, row);
  const errata = await listErrata(tx, row);
  const isCorrection = row.publicNumber !== null && row.number !== row.publicNumber && row.erratum !== null;
  return ok({
    item: {
      ...row,
      publishedAt: row.firstPublishedAt ?? now,
      changedAt: now,
      findings,
      contradicted: findings.filter(({ verdict }) => verdict === 'contradicted').length,
      // Whoever publishes it says why, and signs: until then there is no reason to show.
      reason: null,
      publishedRole: '',
    },
    errata:
      isCorrection && row.erratum !== null
        ? [...errata, { number: row.number, note: row.erratum, publishedAt: now }]
        : errata,
    figures: await linkedFigures(tx, catalogue, [row.bodyFa, row.bodyEn ?? ''].flatMap(figuresIn)),
    images: await listImages(tx, row),
  });
}

/** The buttons of an item in a state, for a role. */
export const choicesOf = (state: string, role: string): ActChoice[] => choicesFor(itemKind, state, role);

/** Published figures by their ids, each once and as it stands today. */
export async function linkedFigures(
  tx: Tx,
  catalogue: Catalogue,
  figureIds: readonly string[],
): Promise<LinkedFigure[]> {
  const found: LinkedFigure[] = [];
  for (const figureId of new Set(figureIds))
    found.push(must(await figureOf(tx, catalogue, figureId), 'a figure that a stored text leads to'));
  return found;
}

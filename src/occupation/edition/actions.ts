import { hash } from 'node:crypto';
import { act, openCase, timelineOf } from '#casework/actions.ts';
import type { CaseRefusal } from '#casework/contract.ts';
import { nationwide, type Actor } from '#kernel/actor.ts';
import { dayFromIso, dayOfInstant, type Day } from '#kernel/day.ts';
import { id, type Id } from '#kernel/id.ts';
import { assert, must, ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { canonical } from '#platform/once.ts';
import { readSheet } from '#platform/sheet.ts';
import {
  listColumns,
  listHeadings,
  type Changes,
  type EditionEntry,
  type EditionForm,
  type EditionRefusal,
  type Fault,
  type NewEdition,
  type ReadRow,
  type RowFault,
} from './contract.ts';
import {
  findEditionInForce,
  findEntryOn,
  findKnown,
  insertEdition,
  insertEntries,
  insertOccupations,
  insertPublication,
  listEditions,
  listEntries,
  nextOccupationId,
  type EditionRow,
} from './queries.ts';
import { changesBetween, editionKind, readList } from './rules.ts';
import { searchText } from '../rules.ts';

export type Doing = { readonly tx: Tx; readonly clock: Clock; readonly by: Actor };
type Done<Value> = Promise<Result<Value, EditionRefusal | CaseRefusal>>;

const sheetColumns = listColumns.map((key) => ({
  ...listHeadings[key],
  key,
  kind: key === 'code' ? ('code' as const) : ('text' as const),
  needed: key === 'title' || key === 'category',
  longest: 200,
}));

/** A fault of a cell: of the sheet, which comes with its sentences, or of ours, which has them in `words.ts`. */
export type FoundFault = RowFault | Fault;
type ReadFile = { readonly rows: readonly ReadRow[]; readonly faults: readonly FoundFault[] };

/** The rows of a file with what is wrong with each cell, by the rules of the sheet and then by ours. */
async function readFile(tx: Tx, file: string): Promise<ReadFile> {
  const sheet = await readSheet(Buffer.from(file, 'base64'), { columns: sheetColumns });
  const whole = sheet.filter(({ faults }) => faults.length === 0);
  const read = readList(whole, await findKnown(tx));
  const ofSheet = sheet.flatMap(({ line, written, faults }) =>
    faults.map(({ column, rule, fa, en }): Fault => ({
      row: line,
      column,
      value: written[column],
      kind: rule,
      fa,
      en,
    })),
  );
  return { rows: read.rows, faults: [...ofSheet, ...read.faults].toSorted((a, b) => a.row - b.row) };
}

export type Previewed = {
  readonly rows: number;
  readonly faults: readonly FoundFault[];
  readonly changes: Changes | null;
};

/** Reads a list without writing anything: what is wrong with it, row by row, or what it would change. */
export async function previewEdition(
  tx: Tx,
  asked: { readonly file: string; readonly on: Day },
): Promise<Previewed> {
  const { rows, faults } = await readFile(tx, asked.file);
  if (faults.length > 0) return { rows: rows.length, faults, changes: null };
  const inForce = await findEditionInForce(tx, asked.on);
  const before = inForce === undefined ? [] : await listEntries(tx, inForce.editionId);
  return { rows: rows.length, faults, changes: changesBetween(before, numbered(rows, 1_000_000)) };
}

/** Entries of rows; an occupation that nobody knew gets the next id. */
function numbered(rows: readonly ReadRow[], next: number): EditionEntry[] {
  let free = next;
  return rows.map((row) => ({ ...row, occupationId: row.occupationId ?? free++ }));
}

/** An entry with its titles as the search compares them. */
export const searchable = (entry: EditionEntry) => ({
  ...entry,
  searchText: searchText(`${entry.titleFa} ${entry.titleEn}`),
});

/** Proposes an edition out of a file. It holds for nobody before a second person has published it (L6). */
export async function proposeEdition(doing: Doing, form: EditionForm, sourceKey: string): Done<{ id: Id }> {
  const { tx } = doing;
  const { rows, faults } = await readFile(tx, form.file);
  const first = faults[0];
  if (first !== undefined)
    return refused({ kind: 'EditionFileWrong', faults: faults.length, firstRow: first.row });
  const edition = { ...form, editionId: id(form.id), inForceFrom: dayFromIso(form.inForceFrom), sourceKey };
  return enterEdition(doing, edition, { rows, content: form });
}

/**
 * The deed beneath: rows that are right become an edition that waits. `content` is what was sent, by which the
 * same order is known again after its new occupations have got their ids (L5).
 */
export async function enterEdition(
  { tx, clock, by }: Doing,
  edition: NewEdition,
  { rows, content }: { readonly rows: readonly ReadRow[]; readonly content: unknown },
): Done<{ id: Id }> {
  const { editionId } = edition;
  const contentHash = hash('sha256', canonical(content), 'hex');
  const before = await timelineOf(tx, { provinceId: nationwide, caseId: editionId });
  const opening = {
    id: editionId,
    caseId: editionId,
    provinceId: nationwide,
    countyCode: null,
    officeId: null,
    subjectId: null,
    facts: { content: contentHash, occupations: String(rows.length) },
    reason: null,
    happenedOn: before[0]?.happenedOn ?? dayOfInstant(clock.now().getTime()),
  };
  const opened = await openCase(tx, editionKind, { opening, by, clock });
  if (!opened.ok) return opened;
  if (opened.value.outcome === 'replayed') return ok({ id: editionId });
  await insertEdition(tx, {
    ...edition,
    contentHash,
    proposedByPerson: by.personId,
    proposedByUser: by.userId,
  });
  const next = rows.some((row) => row.occupationId === null) ? await nextOccupationId(tx) : null;
  const entries = numbered(rows, next ?? 0).map(searchable);
  const unknown = next === null ? [] : entries.filter(({ occupationId }) => occupationId >= next);
  await insertOccupations(
    tx,
    unknown.map((entry) => ({ ...entry, titleKind: 'list_item' })),
    edition.sourceKey,
  );
  await insertEntries(tx, editionId, entries);
  return ok({ id: editionId });
}

export type EditionOrder = {
  readonly editionId: string;
  readonly actId: string;
  readonly seenVersion: number;
};

async function findEdition(tx: Tx, editionId: string): Promise<EditionRow | undefined> {
  return (await listEditions(tx, editionId))[0];
}

/** The second person publishes: from its day on the edition is the list in force. */
export async function publishEdition(doing: Doing, order: EditionOrder): Done<{ id: Id }> {
  const { tx, clock, by } = doing;
  const edition = await findEdition(tx, order.editionId);
  if (edition === undefined) return refused({ kind: 'EditionMissing', editionId: order.editionId });
  if (edition.proposedByPerson === by.personId) return refused({ kind: 'EditionNeedsSecondPerson' });
  const acted = await actOn(doing, order, 'publish');
  if (!acted.ok) return acted;
  if (acted.value === 'replayed') return ok({ id: edition.editionId });
  const published = await insertPublication(tx, {
    editionId: edition.editionId,
    inForceFrom: edition.inForceFrom,
    proposedByPerson: edition.proposedByPerson,
    publishedByPerson: by.personId,
    publishedByUser: by.userId,
    publishedAt: clock.now(),
  });
  if (published) return ok({ id: edition.editionId });
  const standing = (await listEditions(tx, null)).find(
    (other) => other.published && other.inForceFrom >= edition.inForceFrom,
  );
  const { inForceFrom, nameFa } = must(standing, 'the edition that was in the way');
  return refused({ kind: 'EditionOfDayStands', inForceFrom, nameFa });
}

/** Takes a waiting edition back; its proposer may, too. */
export async function withdrawEdition(doing: Doing, order: EditionOrder): Done<{ id: Id }> {
  const edition = await findEdition(doing.tx, order.editionId);
  if (edition === undefined) return refused({ kind: 'EditionMissing', editionId: order.editionId });
  const acted = await actOn(doing, order, 'withdraw');
  return acted.ok ? ok({ id: edition.editionId }) : acted;
}

async function actOn(
  { tx, clock, by }: Doing,
  { editionId, actId, seenVersion }: EditionOrder,
  name: 'publish' | 'withdraw',
): Done<'acted' | 'replayed'> {
  const acts = await timelineOf(tx, { provinceId: nationwide, caseId: id(editionId) });
  const before = acts.find((done) => done.id === actId);
  const acted = await act(tx, editionKind, {
    provinceId: nationwide,
    by,
    clock,
    order: {
      id: id(actId),
      caseId: id(editionId),
      act: name,
      seenVersion,
      facts: {},
      reason: null,
      happenedOn: before?.happenedOn ?? dayOfInstant(clock.now().getTime()),
    },
  });
  if (!acted.ok) return acted;
  assert(acted.value.case.id === editionId, 'the case of an edition bears its id');
  return ok(acted.value.outcome);
}

/** What the list in force on a day says of an occupation; undefined when it is not in that list. */
export const occupationOn = (
  tx: Tx,
  asked: { readonly occupationId: number; readonly on: Day },
): Promise<EditionEntry | undefined> => findEntryOn(tx, asked.occupationId, asked.on);

/** The kinds of case of this room, for the reference table of lawful steps. */
export const caseKinds = [editionKind] as const;

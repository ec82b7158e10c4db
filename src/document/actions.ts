import { hash } from 'node:crypto';
import type { Role } from '#kernel/actor.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { id } from '#kernel/id.ts';
import type { Id } from '#kernel/id.ts';
import { assert, must, ok, refused } from '#kernel/result.ts';
import type { Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { ReadCsv } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import {
  type Document,
  type DocumentAddress,
  type DocumentBy,
  type DocumentOrder,
  type DocumentPlace,
  type DocumentRefusal,
  type ErasureOrder,
  type SubjectAddress,
  chunkBytes,
  visibleName,
} from './contract.ts';
import {
  eraseContent,
  findDocument,
  insertChunk,
  insertDocument,
  insertErasure,
  listChunks,
  listDocuments,
  listErasures,
  listRetentions,
  lockDocument,
  upsertRetentions,
} from './queries.ts';
import { decideErasure, decideFile, keptUntil } from './rules.ts';

/**
 * A kind of thing that files may be attached to, as the room that holds it hands it over (`app.ts` collects them):
 * this room stands before them all and knows none.
 */
export type DocumentSubject = {
  readonly kind: string;
  /** Roles that attach files to such a thing. */
  readonly attach: readonly Role[];
  /** Where the thing is and whose it is; undefined when there is none in the reader's scope. */
  readonly findPlace: (
    tx: Tx,
    of: { readonly provinceId: number; readonly subjectId: Id },
  ) => Promise<DocumentPlace | undefined>;
};

/** Brings the classes of retention; a second load writes nothing. `owner` is the database as `karsaz_owner`. */
export const loadCatalogue = (owner: Database, readCsv: ReadCsv): Promise<void> =>
  upsertRetentions(owner, readCsv('retention.csv'));

export type DocumentDeed = { readonly by: DocumentBy; readonly clock: Clock };

/**
 * Attaches a file in the caller's transaction: it is stored with the deed that needs it or not at all. The same file
 * under the same id again is the same document (L5).
 */
export async function attachDocument(
  tx: Tx,
  order: DocumentOrder,
  { by, clock }: DocumentDeed,
): Promise<Result<Document, DocumentRefusal>> {
  const { bytes, ...asked } = order;
  const rest = { ...asked, name: visibleName(asked.name) };
  const decision = decideFile({ name: rest.name, bytes });
  if (!decision.ok) return decision;
  const retention = (await listRetentions(tx)).find(({ key }) => key === order.retention);
  if (retention === undefined)
    return refused({ kind: 'RetentionUnknown', field: 'retention', retention: order.retention });
  const enteredAt = clock.now();
  const document: Document = {
    ...rest,
    mediaType: decision.value,
    byteCount: bytes.length,
    sha256: hash('sha256', bytes, 'hex'),
    keptUntil: keptUntil(dayOfInstant(enteredAt.getTime()), retention.years),
    by: { userId: by.userId, personId: by.personId, role: by.role },
    enteredAt,
    erasureId: null,
  };
  if (!(await insertDocument(tx, document))) return sameDocument(tx, document);
  for (let at = 0; at < bytes.length; at += chunkBytes)
    await insertChunk(tx, document, {
      ...placeOf(document),
      number: at / chunkBytes + 1,
      bytes: bytes.subarray(at, at + chunkBytes),
    });
  return ok(document);
}

/** The place of a thing in the reader's scope, where it is of a kind that files are attached to. */
export async function placeIn(
  tx: Tx,
  subject: DocumentSubject | undefined,
  asked: SubjectAddress,
): Promise<Result<DocumentPlace, DocumentRefusal>> {
  const place = await subject?.findPlace(tx, asked);
  if (place !== undefined) return ok(place);
  return refused({ kind: 'SubjectMissing', subjectKind: asked.subjectKind, subjectId: asked.subjectId });
}

/** Attaches a file to a thing of a kind, where the role of whoever sends it may. */
export async function attachTo(
  tx: Tx,
  subject: DocumentSubject | undefined,
  order: Omit<DocumentOrder, keyof DocumentPlace>,
  deed: DocumentDeed,
): Promise<Result<Document, DocumentRefusal>> {
  const place = await placeIn(tx, subject, order);
  if (!place.ok) return place;
  const { attach } = must(subject, 'what has a place has its kind');
  const { role } = deed.by;
  if (!attach.some((may) => may === role)) return refused({ kind: 'AttachNotYours', role, may: attach });
  return attachDocument(tx, { ...order, ...place.value }, deed);
}

const placeOf = ({ countyCode, officeId, reviewOfficeId, personId }: DocumentPlace): DocumentPlace => ({
  countyCode,
  officeId,
  reviewOfficeId: reviewOfficeId ?? null,
  personId,
});

async function sameDocument(tx: Tx, asked: Document): Promise<Result<Document, DocumentRefusal>> {
  const stored = await findDocument(tx, asked);
  const same =
    stored !== undefined &&
    stored.subjectKind === asked.subjectKind &&
    stored.subjectId === asked.subjectId &&
    stored.sha256 === asked.sha256 &&
    stored.by.userId === asked.by.userId;
  return same ? ok(stored) : refused({ kind: 'DocumentOtherContent', documentId: asked.documentId });
}

/** The documents of a thing in the order in which they came, erased ones included. */
export const documentsOf = (tx: Tx, subject: SubjectAddress): Promise<Document[]> =>
  listDocuments(tx, subject);

/** A document within the reader's scope. */
export const documentOf = (tx: Tx, address: DocumentAddress): Promise<Document | undefined> =>
  findDocument(tx, address);

export type Content = { readonly document: Document; readonly name: string; readonly bytes: Buffer };

/** A document with its content, found whole by its hash, or why there is none. */
export async function contentOf(tx: Tx, address: DocumentAddress): Promise<Result<Content, DocumentRefusal>> {
  const document = await findDocument(tx, address);
  if (document === undefined) return refused({ kind: 'DocumentMissing', documentId: address.documentId });
  if (document.name === null) return erased(tx, document);
  const bytes = Buffer.concat(await listChunks(tx, address));
  assert(
    hash('sha256', bytes, 'hex') === document.sha256,
    `the content of document ${document.documentId} is not what was stored`,
  );
  return ok({ document, name: document.name, bytes });
}

async function erased(tx: Tx, { provinceId, documentId }: Document): Promise<Result<never, DocumentRefusal>> {
  const erasures = await listErasures(tx, { provinceId, documentIds: [documentId] });
  const { erasedAt } = must(erasures.get(documentId), 'a name goes by an erasure');
  return refused({
    kind: 'ContentErased',
    documentId,
    erasedOn: isoOf(dayOfInstant(erasedAt.getTime())),
  });
}

/**
 * Erases the content and the name of a document lawfully, for ever; its hash, its place and the erasure itself stay
 * (L4). The same erasure again answers the same (L5).
 */
export async function eraseDocument(
  tx: Tx,
  { address, order }: { readonly address: DocumentAddress; readonly order: ErasureOrder },
  { by, clock }: DocumentDeed,
): Promise<Result<Document, DocumentRefusal>> {
  const document = await lockDocument(tx, address);
  if (document === undefined) return refused({ kind: 'DocumentMissing', documentId: address.documentId });
  const erasureId = id(order.id);
  if (document.erasureId === erasureId) return ok(document);
  if (document.erasureId !== null) return erased(tx, document);
  const now = clock.now();
  const decision = decideErasure({
    document,
    personId: by.personId,
    basis: order.basis,
    today: dayOfInstant(now.getTime()),
  });
  if (!decision.ok) return decision;
  await insertErasure(tx, {
    ...address,
    ...placeOf(document),
    erasureId,
    enteredBy: document.by.personId,
    by: { userId: by.userId, personId: by.personId, role: by.role },
    basis: order.basis,
    letterNumber: order.letterNumber,
    reason: order.reason,
    erasedAt: now,
  });
  await eraseContent(tx, { ...address, erasureId });
  return ok({ ...document, name: null, erasureId });
}

import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Role } from '#kernel/actor.ts';
import { type CatalogueRow, recordset } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import {
  type Document,
  type DocumentAddress,
  type DocumentPlace,
  type ErasureBasis,
  type MediaType,
  type SubjectAddress,
  chunkBytes,
} from './contract.ts';

/** The second fence beside the policies (L9). */
const inScope = sql`
  (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
`;

type DocumentRow = {
  province_id: number;
  document_id: Id;
  subject_kind: string;
  subject_id: Id;
  county_code: string | null;
  office_id: Id | null;
  review_office_id: Id | null;
  person_id: Id | null;
  name: string | null;
  media_type: MediaType;
  byte_count: number;
  sha256: string;
  retention_key: string;
  kept_until: Day | null;
  entered_by_user: Id;
  entered_by_person: Id;
  entered_by_role: Role;
  entered_at: Date;
  erasure_id: Id | null;
};

const columns = sql`
  province_id, document_id, subject_kind, subject_id, county_code, office_id, review_office_id, person_id, name,
  media_type, byte_count, encode(sha256, 'hex') as sha256, retention_key, kept_until, entered_by_user, entered_by_person,
  entered_by_role, entered_at, erasure_id
`;

const documentOf = (row: DocumentRow): Document => ({
  provinceId: row.province_id,
  documentId: row.document_id,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  countyCode: row.county_code,
  officeId: row.office_id,
  reviewOfficeId: row.review_office_id,
  personId: row.person_id,
  name: row.name,
  mediaType: row.media_type,
  byteCount: row.byte_count,
  sha256: row.sha256,
  retention: row.retention_key,
  keptUntil: row.kept_until,
  by: { userId: row.entered_by_user, personId: row.entered_by_person, role: row.entered_by_role },
  enteredAt: row.entered_at,
  erasureId: row.erasure_id,
});

export async function findDocument(
  tx: Tx,
  { provinceId, documentId }: DocumentAddress,
): Promise<Document | undefined> {
  const { rows } = await sql<DocumentRow>`
    select ${columns} from document.document
    where province_id = ${provinceId} and document_id = ${documentId} and ${inScope}
  `.execute(tx);
  return rows.map(documentOf)[0];
}

/** As `findDocument`, and nobody else erases it before this transaction ends. */
export async function lockDocument(
  tx: Tx,
  { provinceId, documentId }: DocumentAddress,
): Promise<Document | undefined> {
  const { rows } = await sql<DocumentRow>`
    select ${columns} from document.document
    where province_id = ${provinceId} and document_id = ${documentId} and ${inScope}
    for update
  `.execute(tx);
  return rows.map(documentOf)[0];
}

export async function listDocuments(
  tx: Tx,
  { provinceId, subjectKind, subjectId }: SubjectAddress,
): Promise<Document[]> {
  const { rows } = await sql<DocumentRow>`
    select ${columns} from document.document
    where province_id = ${provinceId} and subject_kind = ${subjectKind} and subject_id = ${subjectId}
      and ${inScope}
    order by entered_at, document_id
  `.execute(tx);
  return rows.map(documentOf);
}

/** Whatever is attached to something about this person, the newest first. */
export async function listOfPerson(
  tx: Tx,
  asked: { readonly provinceId: number; readonly personId: string; readonly limit: number },
): Promise<Document[]> {
  const { rows } = await sql<DocumentRow>`
    select ${columns} from document.document
    where province_id = ${asked.provinceId} and person_id = ${asked.personId}::uuid and ${inScope}
    order by entered_at desc, document_id desc
    limit ${asked.limit}
  `.execute(tx);
  return rows.map(documentOf);
}

export async function findProvinceId(tx: Tx, slug: string): Promise<number | undefined> {
  const { rows } = await sql<{ provinceId: number }>`
    select province_id as "provinceId" from place.read_province where slug = ${slug}
  `.execute(tx);
  return rows[0]?.provinceId;
}

/** Adds a document without its content. False when one with this id is there already. */
export async function insertDocument(tx: Tx, document: Document): Promise<boolean> {
  const { by } = document;
  const { rows } = await sql<{ document_id: Id }>`
    insert into document.document (
      province_id, document_id, subject_kind, subject_id, county_code, office_id, review_office_id, person_id,
      name, media_type, byte_count, chunk_count, sha256, retention_key, kept_until, entered_by_user, entered_by_person,
      entered_by_role, entered_at
    ) values (
      ${document.provinceId}, ${document.documentId}, ${document.subjectKind}, ${document.subjectId},
      ${document.countyCode}, ${document.officeId}, ${document.reviewOfficeId ?? null}, ${document.personId},
      ${document.name}, ${document.mediaType}, ${document.byteCount}, ${Math.ceil(document.byteCount / chunkBytes)},
      decode(${document.sha256}, 'hex'), ${document.retention},
      ${document.keptUntil === null ? null : isoOf(document.keptUntil)}, ${by.userId}, ${by.personId},
      ${by.role}, ${document.enteredAt}
    )
    on conflict (province_id, document_id) do nothing
    returning document_id
  `.execute(tx);
  return rows.length === 1;
}

export async function insertChunk(
  tx: Tx,
  { provinceId, documentId }: DocumentAddress,
  chunk: DocumentPlace & { readonly number: number; readonly bytes: Uint8Array },
): Promise<void> {
  await sql`
    insert into document.chunk (
      province_id, document_id, number, county_code, office_id, review_office_id, person_id, bytes
    ) values (
      ${provinceId}, ${documentId}, ${chunk.number}, ${chunk.countyCode}, ${chunk.officeId},
      ${chunk.reviewOfficeId ?? null}, ${chunk.personId},
      ${Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength)}
    )
  `.execute(tx);
}

/** The parts of a content in their order; none of an erased one. */
export async function listChunks(tx: Tx, { provinceId, documentId }: DocumentAddress): Promise<Buffer[]> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from document.chunk
    where province_id = ${provinceId} and document_id = ${documentId} and bytes is not null and ${inScope}
    order by number
  `.execute(tx);
  return rows.map(({ bytes }) => bytes);
}

export type ErasureRow = DocumentAddress &
  DocumentPlace & {
    readonly erasureId: Id;
    readonly enteredBy: Id;
    readonly by: Document['by'];
    readonly basis: ErasureBasis;
    readonly letterNumber: string;
    readonly reason: string;
    readonly erasedAt: Date;
  };

export async function insertErasure(tx: Tx, row: ErasureRow): Promise<void> {
  await sql`
    insert into document.erasure (
      province_id, erasure_id, document_id, county_code, office_id, review_office_id, person_id, entered_by_person,
      by_user, by_person, by_role, basis, letter_number, reason, erased_at
    ) values (
      ${row.provinceId}, ${row.erasureId}, ${row.documentId}, ${row.countyCode}, ${row.officeId},
      ${row.reviewOfficeId ?? null}, ${row.personId}, ${row.enteredBy}, ${row.by.userId}, ${row.by.personId},
      ${row.by.role}, ${row.basis}, ${row.letterNumber}, ${row.reason}, ${row.erasedAt}
    )
  `.execute(tx);
}

/** Takes the content and the name of a document away under an erasure that stands. */
export async function eraseContent(
  tx: Tx,
  { provinceId, documentId, erasureId }: DocumentAddress & { readonly erasureId: Id },
): Promise<void> {
  await sql`
    update document.chunk set bytes = null, erasure_id = ${erasureId}
    where province_id = ${provinceId} and document_id = ${documentId}
  `.execute(tx);
  await sql`
    update document.document set name = null, erasure_id = ${erasureId}
    where province_id = ${provinceId} and document_id = ${documentId}
  `.execute(tx);
}

export type ErasureNote = Pick<ErasureRow, 'documentId' | 'basis' | 'letterNumber' | 'erasedAt'> & {
  readonly erasureId: Id;
};

export async function listErasures(
  tx: Tx,
  { provinceId, documentIds }: { readonly provinceId: number; readonly documentIds: readonly Id[] },
): Promise<ReadonlyMap<Id, ErasureNote>> {
  const { rows } = await sql<ErasureNote>`
    select
      document_id as "documentId", erasure_id as "erasureId", basis, letter_number as "letterNumber",
      erased_at as "erasedAt"
    from document.erasure
    where province_id = ${provinceId} and document_id = any(${documentIds}::uuid[]) and ${inScope}
  `.execute(tx);
  return new Map(rows.map((row) => [row.documentId, row]));
}

/** The names of accounts; one that is gone is left out. */
export async function findNames(tx: Tx, userIds: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const { rows } = await sql<{ user_id: Id; name: string }>`
    select user_id, name from access.read_user where user_id = any(${userIds}::uuid[])
  `.execute(tx);
  return new Map(rows.map((row) => [row.user_id, row.name]));
}

export type Retention = {
  readonly key: string;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly years: number | null;
};

export async function listRetentions(tx: Tx): Promise<Retention[]> {
  const { rows } = await sql<Retention>`
    select retention_key as key, name_fa as "nameFa", name_en as "nameEn", years
    from document.retention order by years desc nulls last, retention_key
  `.execute(tx);
  return rows;
}

export async function upsertRetentions(db: Database, rows: readonly CatalogueRow[]): Promise<void> {
  await sql`
    insert into document.retention as kept (retention_key, name_fa, name_en, years, confirmed)
    select retention_key, name_fa, name_en, years, confirmed
    from json_to_recordset(${recordset(rows)}::json)
      as file (retention_key text, name_fa text, name_en text, years smallint, confirmed boolean)
    on conflict (retention_key) do update set
      name_fa = excluded.name_fa,
      name_en = excluded.name_en,
      years = excluded.years,
      confirmed = excluded.confirmed
    where (kept.name_fa, kept.name_en, kept.years, kept.confirmed)
      is distinct from (excluded.name_fa, excluded.name_en, excluded.years, excluded.confirmed)
  `.execute(db);
}

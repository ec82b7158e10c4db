import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { roles } from '#kernel/actor.ts';
import { isoOf } from '#kernel/day.ts';
import { type Id, id, isId } from '#kernel/id.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { placeRefusalStatus } from '#place/contract.ts';
import { placeRefusalWords } from '#place/words.ts';
import { type Scope, type Tx, noScope, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { readUpload, type UploadKind } from '#platform/upload.ts';
import { attachTo, contentOf, documentOf, documentsOf, eraseDocument, placeIn } from './actions.ts';
import type { Content, DocumentSubject } from './actions.ts';
import {
  documentListShape,
  documentRefusalStatus,
  documentShape,
  erasureShape,
  mostBytes,
  personAddress,
  personDocumentsShape,
  subjectShape,
  uploadShape,
} from './contract.ts';
import type { Document, DocumentAnswer, DocumentRefusal } from './contract.ts';
import { fileNameOf } from './media.ts';
import {
  type ErasureNote,
  type Retention,
  findNames,
  findProvinceId,
  listErasures,
  listOfPerson,
  listRetentions,
} from './queries.ts';
import { documentRefusalWords, erasureBasisWords } from './words.ts';

const province = z.coerce.number().int().min(-1).max(99).meta({
  fa: 'کد استان',
  en: 'Province code',
  description: 'Number of the province, e.g. 30; /api/provinces lists them',
});
const provinceAddress = z.object({ province });
const documentAddress = z.object({
  province,
  id: z.uuid().refine(isId).meta({ fa: 'شناسهٔ سند', en: 'Document id' }),
});

const accepts: readonly UploadKind[] = ['pdf', 'jpeg', 'png', 'xlsx', 'csv'];

/** Files of whatever the rooms hand over as `subjects`. */
export const documentRoutes =
  (house: House, subjects: readonly DocumentSubject[]): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(subjectRoutes(house, subjects));
    await app.register(fileRoutes(house));
    await app.register(personRoutes(house));
  };

type Asked = { readonly provinceId: number; readonly subjectKind: string; readonly subjectId: Id };

/** The kind of a subject that is within the reader's scope. */
async function findSubject(
  tx: Tx,
  subjects: readonly DocumentSubject[],
  asked: Asked,
): Promise<Result<DocumentSubject, DocumentRefusal>> {
  const subject = subjects.find(({ kind }) => kind === asked.subjectKind);
  const place = await placeIn(tx, subject, asked);
  return place.ok ? ok(must(subject, 'what has a place has its kind')) : place;
}

const askedOf = (
  provinceId: number,
  { subjectKind, subjectId }: { readonly subjectKind: string; readonly subjectId: string },
): Asked => ({ provinceId, subjectKind, subjectId: id(subjectId) });

/** Papers of cases and persons are for whoever works on them or oversees them; an editor of news does neither. */
const readersOfDocuments = requireActor(...roles.filter((role) => role !== 'editor'));

/** Nor has an applicant the page of a person: their own papers stand on their cases. */
const readersOfPersonDocuments = requireActor(
  ...roles.filter((role) => role !== 'editor' && role !== 'applicant' && role !== 'administrator'),
);

const subjectRoutes =
  (house: House, subjects: readonly DocumentSubject[]): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/documents',
      {
        preHandler: readersOfDocuments,
        schema: {
          summary: 'The documents of a case, person or other subject, in the order in which they came',
          params: provinceAddress,
          querystring: subjectShape,
          response: { 200: documentListShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const asked = askedOf(request.params.province, request.query);
        const found = await read(house.db, actor.scope, async (tx) => {
          const subject = await findSubject(tx, subjects, asked);
          if (!subject.ok) return subject;
          const mayAttach = subject.value.attach.includes(actor.role);
          return ok({ ...(await findList(tx, asked)), mayAttach, mostBytes });
        });
        return answer(reply, found, documentRefusalStatus, documentRefusalWords);
      },
    );

    app.post(
      '/api/provinces/:province/documents',
      {
        preHandler: requireActor(),
        schema: {
          summary: 'Attaches a file: a multipart form with one part, the file',
          consumes: ['multipart/form-data'],
          params: provinceAddress,
          querystring: uploadShape,
          response: { 201: documentShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const scope = scopeIn(actor, request.params.province);
        const { query } = request;
        const asked = askedOf(request.params.province, query);
        const wish = { accepts, mostBytes, mostName: 2_000 };
        const { fileName: name, bytes, hash } = await readUpload(request, wish);
        const sent = { ...query, name, sha256: hash };
        const by = { scope, route: 'POST documents', body: sent };
        const done = await command(house, request, by, async (tx) => {
          const subject = subjects.find(({ kind }) => kind === asked.subjectKind);
          const order = { ...asked, documentId: id(query.id), name, retention: query.retention, bytes };
          const attached = await attachTo(tx, subject, order, { by: actor, clock: house.clock });
          return attached.ok ? ok(await onTheWire(tx, attached.value)) : attached;
        });
        return answer(reply, done, documentRefusalStatus, documentRefusalWords, 201);
      },
    );
  };

const fileRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/documents/:id',
      {
        preHandler: readersOfDocuments,
        schema: {
          summary: 'A document without its content',
          params: documentAddress,
          response: { 200: documentShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { scope } = await actingOf(request);
        const address = addressOf(request.params);
        const found = await read(house.db, scope, async (tx) => {
          const document = await documentOf(tx, address);
          return document === undefined
            ? refused({ kind: 'DocumentMissing', documentId: address.documentId })
            : ok(await onTheWire(tx, document));
        });
        return answer(reply, found, documentRefusalStatus, documentRefusalWords);
      },
    );

    app.get(
      '/api/provinces/:province/documents/:id/content',
      {
        preHandler: readersOfDocuments,
        schema: {
          summary: 'The content of a document as a download',
          params: documentAddress,
        },
      },
      async (request, reply) => {
        const { scope } = await actingOf(request);
        const content = await findContent(house, scope, addressOf(request.params));
        const { bytes } = answer(reply, content, documentRefusalStatus, documentRefusalWords);
        return reply.headers(downloadHeaders(content)).send(bytes);
      },
    );

    app.post(
      '/api/provinces/:province/documents/:id/erasure',
      {
        preHandler: requireActor('director'),
        schema: {
          summary: 'Erases the content of a document lawfully; its hash stays',
          params: documentAddress,
          body: erasureShape,
          response: { 201: documentShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const scope = scopeIn(actor, request.params.province);
        const asked = { scope, route: 'POST documents/erasure', body: request.body };
        const erasure = { address: addressOf(request.params), order: request.body };
        const done = await command(house, request, asked, async (tx) => {
          const erased = await eraseDocument(tx, erasure, { by: actor, clock: house.clock });
          return erased.ok ? ok(await onTheWire(tx, erased.value)) : erased;
        });
        return answer(reply, done, documentRefusalStatus, documentRefusalWords, 201);
      },
    );
  };

const mostOfPerson = 100;

/** What is attached to whatever is about a person, for their page. */
const personRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/persons/:person/documents',
      {
        preHandler: readersOfPersonDocuments,
        schema: {
          summary: 'Documents attached to cases about a person, within the reader’s scope, the newest first',
          params: personAddress,
          response: { 200: personDocumentsShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const actor = await actingOf(request);
        const { province: slug, person: personId } = request.params;
        const known = await read(house.db, noScope, (tx) => findProvinceId(tx, slug));
        const result = known === undefined ? refused({ kind: 'ProvinceUnknown', slug } as const) : ok(known);
        const provinceId = answer(reply, result, placeRefusalStatus, placeRefusalWords);
        return read(house.db, scopeIn(actor, provinceId), async (tx) => {
          const found = await listOfPerson(tx, { provinceId, personId, limit: mostOfPerson + 1 });
          const documents = found.slice(0, mostOfPerson);
          const retentions = await listRetentions(tx);
          const shown = await allOnTheWire(tx, { provinceId, documents, retentions });
          return {
            provinceId,
            documents: documents.flatMap(({ documentId, subjectKind, subjectId }) =>
              shown
                .filter(({ id: one }) => one === documentId)
                .map((one) => ({ ...one, subjectKind, subjectId })),
            ),
            more: found.length > mostOfPerson,
          };
        });
      },
    );
  };

const addressOf = (params: { readonly province: number; readonly id: string }) => ({
  provinceId: params.province,
  documentId: id(params.id),
});

const findContent = (
  { db }: House,
  scope: Scope,
  address: { readonly provinceId: number; readonly documentId: Id },
): Promise<Result<Content, DocumentRefusal>> => read(db, scope, (tx) => contentOf(tx, address));

/**
 * A download and nothing else: never drawn as a page of ours, never guessed to be another type, never kept by a
 * cache that others share.
 */
function downloadHeaders(content: Result<Content, DocumentRefusal>): Record<string, string> {
  if (!content.ok) return {};
  const { document, name } = content.value;
  const fileName = fileNameOf(name, document.mediaType);
  const plain = `${document.documentId}.${fileName.split('.').at(-1) ?? ''}`;
  return {
    'content-type': document.mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    etag: `"${document.sha256}"`,
  };
}

async function findList(tx: Tx, asked: Asked) {
  const documents = await documentsOf(tx, asked);
  const retentions = await listRetentions(tx);
  return {
    documents: await allOnTheWire(tx, { provinceId: asked.provinceId, documents, retentions }),
    retentions: retentions.map(({ key, nameFa, nameEn, years }) => ({
      key,
      title: { fa: nameFa, en: nameEn },
      years,
    })),
  };
}

async function onTheWire(tx: Tx, document: Document): Promise<DocumentAnswer> {
  const retentions = await listRetentions(tx);
  const { provinceId } = document;
  const [shown] = await allOnTheWire(tx, { provinceId, documents: [document], retentions });
  if (shown === undefined) throw new Error('one document is shown as one');
  return shown;
}

type Shown = {
  readonly provinceId: number;
  readonly documents: readonly Document[];
  readonly retentions: readonly Retention[];
};

async function allOnTheWire(tx: Tx, shown: Shown): Promise<DocumentAnswer[]> {
  const { provinceId, documents } = shown;
  const names = await findNames(
    tx,
    documents.map(({ by }) => by.userId),
  );
  const documentIds = documents.filter(({ name }) => name === null).map(({ documentId }) => documentId);
  const erasures = await listErasures(tx, { provinceId, documentIds });
  return documents.map((document) => {
    const retention = shown.retentions.find(({ key }) => key === document.retention);
    const { documentId, name, mediaType, byteCount, sha256, keptUntil } = document;
    return {
      id: documentId,
      name,
      mediaType,
      byteCount,
      sha256,
      retention: {
        key: document.retention,
        title: { fa: retention?.nameFa ?? document.retention, en: retention?.nameEn ?? document.retention },
      },
      keptUntil: keptUntil === null ? null : isoOf(keptUntil),
      byRole: document.by.role,
      byName: names.get(document.by.userId) ?? null,
      at: document.enteredAt.toISOString(),
      content: name === null ? null : `/api/provinces/${provinceId}/documents/${documentId}/content`,
      erased: erasureOf(erasures.get(documentId)),
    };
  });
}

const erasureOf = (erasure: ErasureNote | undefined): DocumentAnswer['erased'] =>
  erasure === undefined
    ? null
    : {
        at: erasure.erasedAt.toISOString(),
        basis: erasure.basis,
        title: erasureBasisWords[erasure.basis],
        letterNumber: erasure.letterNumber,
      };

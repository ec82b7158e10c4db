import * as fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor, ActorScope, Role } from '#kernel/actor.ts';
import { addDays, addMonths, dayOfInstant, startOfDay } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { type Scope, inTransaction, noScope, read } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { problemShape } from '#platform/problem.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { openHouse } from '#testing/house.ts';
import { pdf as pdfOf } from '#testing/pictures.ts';
import {
  type DocumentSubject,
  attachDocument,
  contentOf,
  documentsOf,
  eraseDocument,
  loadCatalogue,
} from './actions.ts';
import {
  type DocumentOrder,
  type DocumentPlace,
  chunkBytes,
  documentListShape,
  documentShape,
  mostBytes,
  personDocumentsShape,
} from './contract.ts';
import { documentRoutes } from './routes.ts';

const house = await openHouse();
const provinceId = 5;
const newId = (): Id => must(freshIds(1)[0], 'an id');

const actor = (role: Role, scope: Partial<ActorScope> = {}): Actor => ({
  userId: newId(),
  personId: newId(),
  role,
  name: role,
  scope: { province: provinceId, county: null, office: null, person: null, ...scope },
});

const applicant = newId();
const branch = newId();
const clerk = actor('county_office', { county: '0501' });
const director = actor('director');

/** Who sees what is of county 0501, lies with the branch and is about the applicant. */
const readers: Readonly<Record<string, { readonly actor: Actor; readonly reads: boolean }>> = {
  'the county office': { actor: clerk, reads: true },
  'the director': { actor: director, reads: true },
  'the auditor of all provinces': { actor: actor('auditor', { province: 'all' }), reads: true },
  'the applicant': { actor: actor('applicant', { person: applicant }), reads: true },
  'the branch': { actor: actor('bank', { office: branch }), reads: true },
  'the office of another county': { actor: actor('county_office', { county: '0502' }), reads: false },
  'another province': { actor: actor('director', { province: 6 }), reads: false },
  'another applicant': { actor: actor('applicant', { person: newId() }), reads: false },
  'another branch': { actor: actor('bank', { office: newId() }), reads: false },
};

const places = new Map<Id, DocumentPlace>();
const sample: DocumentSubject = {
  kind: 'sample',
  attach: ['county_office', 'applicant', 'director'],
  findPlace: async (tx, { subjectId }) => {
    const place = places.get(subjectId);
    const { rows } = await sql<{ seen: boolean }>`
      select (platform.reads_all() or platform.scope_province() = ${provinceId})
        and (platform.scope_county() is null or platform.scope_county() = ${place?.countyCode ?? null}::text)
        and (platform.scope_office() is null or platform.scope_office() = ${place?.officeId ?? null}::text)
        and (platform.scope_person() is null or platform.scope_person() = ${place?.personId ?? null}::text)
        as seen
    `.execute(tx);
    return rows[0]?.seen ? place : undefined;
  },
};

const app = await buildServer(house, {
  version: '0',
  findActor: async ({ headers }) => readers[decodeURI(String(headers['x-reader']))]?.actor ?? null,
});
await app.register(documentRoutes(house, [sample]));

beforeAll(async () => {
  await loadPlaces(house.owner, readCsv);
  await loadCatalogue(house.owner, readCsv);
});

function subjectAt(place: Partial<DocumentPlace> = {}): Id {
  const subjectId = newId();
  places.set(subjectId, { countyCode: '0501', officeId: branch, personId: applicant, ...place });
  return subjectId;
}

const pdf = (length = 40): Buffer => pdfOf('x'.repeat(length));

type Sending = {
  readonly subjectId: Id;
  readonly id?: Id;
  readonly bytes?: Buffer;
  readonly name?: string;
  readonly retention?: string;
  readonly key?: Id;
};

function send(reader: string, sending: Sending) {
  const { subjectId, id = newId(), bytes = pdf(), name = 'شناسنامه.pdf', key = newId() } = sending;
  const query = new URLSearchParams({ id, subjectKind: 'sample', subjectId });
  if (sending.retention !== undefined) query.set('retention', sending.retention);
  const form = Buffer.concat([
    Buffer.from(
      `--border\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n` +
        'content-type: application/octet-stream\r\n\r\n',
    ),
    bytes,
    Buffer.from('\r\n--border--\r\n'),
  ]);
  return app.inject({
    method: 'POST',
    url: `/api/provinces/${provinceId}/documents?${query.toString()}`,
    headers: {
      'x-reader': encodeURI(reader),
      'idempotency-key': key,
      'content-type': 'multipart/form-data; boundary=border',
    },
    payload: form,
  });
}

const get = (reader: string, path: string) =>
  app.inject({
    url: `/api/provinces/${provinceId}/documents${path}`,
    headers: { 'x-reader': encodeURI(reader) },
  });

const kindOf = (answered: { json: () => unknown }): string => problemShape.parse(answered.json()).kind;

async function sent(sending: Sending, reader = 'the county office') {
  const answered = await send(reader, sending);
  expect(answered.statusCode, answered.body).toBe(201);
  return documentShape.parse(answered.json());
}

describe('a file attached to a subject', () => {
  test('comes back byte by byte, as a download that no browser draws', async () => {
    const subjectId = subjectAt();
    const bytes = pdf(chunkBytes * 2);
    const { id, content } = await sent({ subjectId, bytes });
    const answered = await get('the applicant', `/${id}/content`);
    expect(content).toBe(`/api/provinces/${provinceId}/documents/${id}/content`);
    expect(answered.rawPayload.equals(bytes)).toBe(true);
    expect(answered.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^attachment; .*filename\*=UTF-8''%D8%B4/),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  test('of any size is the same after it was cut into chunks', async () => {
    const around = fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -9, max: 2 }))
      .map(([chunks, more]) => Math.max(0, chunks * chunkBytes + more - 9));
    await fc.assert(
      fc.asyncProperty(around, async (length) => {
        const bytes = pdf(length);
        const order = orderOf({ bytes });
        const stored = await inTransaction(house.db, scopeOf(clerk), async (tx) => {
          const attached = await attachDocument(tx, order, { by: clerk, clock: house.clock });
          return attached.ok ? contentOf(tx, attached.value) : attached;
        });
        expect(stored.ok && stored.value.bytes.equals(bytes)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  test.each(Object.entries(readers))('is asked for by %s', async (reader, { reads }) => {
    const subjectId = subjectAt();
    const { id } = await sent({ subjectId });
    const query = `?subjectKind=sample&subjectId=${subjectId}`;
    const [list, one, content] = await Promise.all([
      get(reader, query),
      get(reader, `/${id}`),
      get(reader, `/${id}/content`),
    ]);
    const status = reads ? 200 : 404;
    expect([list.statusCode, one.statusCode, content.statusCode]).toEqual([status, status, status]);
    if (reads) expect(documentListShape.parse(list.json()).documents).toMatchObject([{ id }]);
    const seen = await read(house.db, readers[reader]?.actor.scope ?? noScope, async (tx) => {
      const { rows } = await sql<{ count: bigint }>`
        select count(*) as count from document.read_document where document_id = ${id}
        union all select count(*) from document.chunk where document_id = ${id}
      `.execute(tx);
      return rows.map(({ count }) => Number(count));
    });
    expect(seen).toEqual(reads ? [1, 1] : [0, 0]);
  });

  test('is listed on the page of the person it concerns for who may open it, and for nobody else', async () => {
    const personId = newId();
    const subjectId = subjectAt({ personId });
    const first = await sent({ subjectId });
    const second = await sent({ subjectId });
    await sent({ subjectId: subjectAt() });
    for (const [reader, { actor: who, reads }] of Object.entries(readers)) {
      const found = await app.inject({
        url: `/api/provinces/kermanshah/persons/${personId}/documents`,
        headers: { 'x-reader': encodeURI(reader) },
      });
      const inProvince = who.scope.province === 'all' || who.scope.province === provinceId;
      expect(found.statusCode, reader).toBe(who.role === 'applicant' || !inProvince ? 403 : 200);
      if (found.statusCode !== 200) continue;
      const { documents } = personDocumentsShape.parse(found.json());
      expect(documents.map(({ id }) => id).toSorted(), reader).toEqual(
        reads ? [first.id, second.id].toSorted() : [],
      );
      for (const one of documents) expect(one).toMatchObject({ subjectKind: 'sample', subjectId });
    }
  });

  test('has a name that can be seen and is no longer than a page bears', async () => {
    const subjectId = subjectAt();
    const named = await send('the county office', {
      subjectId,
      name: ' \u202eنقشهٔ\u200f\u2066 آشپزخانه\u200c.pdf\u2069 ',
    });
    expect(documentShape.parse(named.json()).name).toBe('نقشهٔ آشپزخانه\u200c.pdf');
    const longest = await send('the county office', { subjectId, name: `${'ن'.repeat(196)}.pdf` });
    expect(longest.statusCode).toBe(201);
    for (const [name, kind, rule] of [
      ['\u202e', 'FileNameEmpty', 'named'],
      ['\u200c \u200f', 'FileNameEmpty', 'named'],
      [`${'ن'.repeat(197)}.pdf`, 'FileNameTooLong', 'name_length'],
      [`${'n'.repeat(400)}.pdf`, 'FileNameTooLong', 'name_length'],
    ] as const) {
      const answer = await send('the county office', { subjectId, name });
      expect(answer.statusCode, name).toBe(422);
      expect(problemShape.parse(answer.json()), name).toMatchObject({ kind, field: 'file', rule });
    }
  });

  test('is attached by the roles that the subject names, and by nobody to what they do not see', async () => {
    const subjectId = subjectAt();
    expect((await send('the applicant', { subjectId })).statusCode).toBe(201);
    expect(kindOf(await send('the branch', { subjectId }))).toBe('AttachNotYours');
    expect(kindOf(await send('the office of another county', { subjectId }))).toBe('SubjectMissing');
    expect(kindOf(await send('another province', { subjectId }))).toBe('OtherProvince');
    expect(kindOf(await send('nobody', { subjectId }))).toBe('NotSignedIn');
  });

  test('T1: 20 parallel sendings attach it once; another body under its key or id is refused', async () => {
    const subjectId = subjectAt();
    const sending = { subjectId, id: newId(), key: newId() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('the county office', sending)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 201));
    expect(kindOf(await send('the county office', { ...sending, bytes: pdf(7) }))).toBe('KeyReused');
    const other = { ...sending, key: newId(), bytes: pdf(7) };
    expect(kindOf(await send('the county office', other))).toBe('DocumentOtherContent');
    expect((await send('the county office', { ...sending, key: newId() })).statusCode).toBe(201);
    const list = await read(house.db, scopeOf(clerk), (tx) =>
      documentsOf(tx, { provinceId, subjectKind: 'sample', subjectId }),
    );
    expect(list).toHaveLength(1);
  });

  test.each([
    ['empty', { bytes: Buffer.alloc(0) }, 422, 'FileMissing'],
    ['too large', { bytes: pdf(mostBytes) }, 413, 'FileTooLarge'],
    ['a page of HTML called PDF', { bytes: Buffer.from('<html>') }, 415, 'MediaUnknown'],
    ['a PDF called a picture', { name: 'a.png' }, 415, 'MediaOtherThanNamed'],
    ['of an unknown retention', { retention: 'never' }, 422, 'RetentionUnknown'],
  ] as const)('that is %s is refused and nothing is stored', async (_, change, status, kind) => {
    const subjectId = subjectAt();
    const answered = await send('the county office', { subjectId, ...change });
    expect([answered.statusCode, kindOf(answered)]).toEqual([status, kind]);
    const list = documentListShape.parse(
      (await get('the county office', `?subjectKind=sample&subjectId=${subjectId}`)).json(),
    );
    expect(list).toMatchObject({ documents: [], mayAttach: true, mostBytes });
  });

  test('a form without a file and a body that is no form are told apart from a fault', async () => {
    const url = `/api/provinces/${provinceId}/documents?id=${newId()}&subjectKind=sample&subjectId=${subjectAt()}`;
    const headers = { 'x-reader': encodeURI('the county office'), 'idempotency-key': newId() };
    const json = await app.inject({ method: 'POST', url, headers, payload: { file: 'x' } });
    expect(kindOf(json)).toBe('NotMultipart');
    const broken = await app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=border' },
      payload: '--border\r\ncontent-disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-',
    });
    expect([broken.statusCode, kindOf(broken)]).toEqual([400, 'UploadBroken']);
  });
});

const scopeOf = ({ scope }: Actor): Scope => scope;

const orderOf = (change: Partial<DocumentOrder> = {}): DocumentOrder => ({
  provinceId,
  documentId: newId(),
  subjectKind: 'sample',
  subjectId: newId(),
  countyCode: '0501',
  officeId: branch,
  personId: applicant,
  name: 'a.pdf',
  retention: 'case_paper',
  bytes: pdf(),
  ...change,
});

const erasureOrder = (change: object = {}) => ({
  id: newId(),
  basis: 'court_order' as const,
  letterNumber: '۱۲/۳۴',
  reason: 'به دستور شعبهٔ ۳',
  ...change,
});

const erase = (id: string, order: object, reader = 'the director') =>
  app.inject({
    method: 'POST',
    url: `/api/provinces/${provinceId}/documents/${id}/erasure`,
    headers: { 'x-reader': encodeURI(reader), 'idempotency-key': newId() },
    payload: order,
  });

describe('a lawful erasure', () => {
  test('takes content and name and leaves hash, place and the act', async () => {
    const subjectId = subjectAt();
    const { id, sha256 } = await sent({ subjectId });
    const order = erasureOrder();
    expect((await erase(id, order)).statusCode).toBe(201);
    // Under another key it is still the same erasure.
    expect((await erase(id, order)).statusCode).toBe(201);
    const again = await erase(id, erasureOrder());
    expect([again.statusCode, kindOf(again)]).toEqual([410, 'ContentErased']);
    const [shown] = documentListShape.parse(
      (await get('the applicant', `?subjectKind=sample&subjectId=${subjectId}`)).json(),
    ).documents;
    expect(shown).toMatchObject({
      sha256,
      name: null,
      content: null,
      erased: { basis: 'court_order', letterNumber: '۱۲/۳۴' },
    });
    expect(kindOf(await get('the applicant', `/${id}/content`))).toBe('ContentErased');
    const { rows } = await read(house.db, director.scope, (tx) =>
      sql`select bytes from document.chunk where document_id = ${id}`.execute(tx),
    );
    expect(rows).toEqual([{ bytes: null }]);
  });

  test('is of the director alone, and never of the one who entered the file', async () => {
    const { id } = await sent({ subjectId: subjectAt() });
    expect(kindOf(await erase(id, erasureOrder(), 'the county office'))).toBe('RoleMayNot');
    expect(kindOf(await erase(id, erasureOrder(), 'another province'))).toBe('OtherProvince');
    const own = await sent({ subjectId: subjectAt() }, 'the director');
    expect(kindOf(await erase(own.id, erasureOrder()))).toBe('OwnFile');
  });

  test('for the end of a retention waits for it; what lasts has none', async () => {
    const order = orderOf();
    const lasting = orderOf({ retention: 'lasting' });
    const over = erasureOrder({ basis: 'retention_over' as const });
    const start = dayOfInstant(house.clock.now().getTime());
    const tried = (documentId: Id, at: number) =>
      inTransaction(house.db, director.scope, (tx) =>
        eraseDocument(
          tx,
          { address: { provinceId, documentId }, order: over },
          { by: director, clock: { now: () => new Date(at) } },
        ),
      );
    for (const each of [order, lasting])
      await inTransaction(house.db, clerk.scope, (tx) =>
        attachDocument(tx, each, { by: clerk, clock: house.clock }),
      );
    const last = addMonths(start, 120);
    expect(await tried(order.documentId, startOfDay(last))).toMatchObject({
      refusal: { kind: 'RetentionRuns' },
    });
    expect(await tried(lasting.documentId, startOfDay(addMonths(last, 1200)))).toMatchObject({
      refusal: { kind: 'RetentionRuns', keptUntil: null },
    });
    expect((await tried(order.documentId, startOfDay(addDays(last, 1)))).ok).toBe(true);
  });
});

const asApp = (statement: string, scope: Scope = director.scope) =>
  inTransaction(house.db, scope, async (tx) => {
    await sql.raw(statement).execute(tx);
    return ok();
  });

describe('what the database itself refuses to the serving role', () => {
  test('T16: to delete, to change a content, to erase without an act or one that one entered oneself', async () => {
    const { id } = await sent({ subjectId: subjectAt() });
    for (const table of ['document', 'chunk', 'erasure'])
      for (const deed of [`delete from document.${table}`, `truncate document.${table}`])
        await expect(asApp(deed)).rejects.toThrow(/permission denied/);
    await expect(asApp(`update document.erasure set reason = 'x'`)).rejects.toThrow(/permission denied/);
    await expect(asApp(`update document.document set sha256 = '\\x00'`)).rejects.toThrow(/permission denied/);
    await expect(asApp(`update document.chunk set bytes = 'x' where document_id = '${id}'`)).rejects.toThrow(
      /row-level security/,
    );
    await expect(asApp(`update document.chunk set bytes = null where document_id = '${id}'`)).rejects.toThrow(
      /chunk_goes_by_erasure/,
    );
    const erasure = (enteredBy: string, by: string) => `
      insert into document.erasure (
        province_id, erasure_id, document_id, entered_by_person, by_user, by_person, by_role, basis,
        letter_number, reason, erased_at
      ) values (
        ${provinceId}, '${newId()}', '${id}', '${enteredBy}', '${newId()}', '${by}', 'director', 'court_order',
        '1', 'why', now()
      )`;
    await expect(asApp(erasure(clerk.personId, clerk.personId))).rejects.toThrow(/erasure_four_eyes/);
    await expect(asApp(erasure(newId(), clerk.personId))).rejects.toThrow(/erasure_repeats_who_entered/);
    await expect(asApp(erasure(clerk.personId, director.personId), clerk.scope)).rejects.toThrow(
      /row-level security/,
    );
  });

  test('a county office enters nothing into another county', async () => {
    const elsewhere = orderOf({ countyCode: '0502' });
    await expect(
      inTransaction(house.db, clerk.scope, (tx) =>
        attachDocument(tx, elsewhere, { by: clerk, clock: house.clock }),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});

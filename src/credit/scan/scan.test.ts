import { provinceFinder } from '#place/routes.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadCatalogue as loadRetentions } from '#document/actions.ts';
import { documentListShape, documentShape, mostBytes } from '#document/contract.ts';
import { documentRoutes } from '#document/routes.ts';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { readCsv } from '#platform/csv.ts';
import { noScope, read } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { problemShape } from '#platform/problem.ts';
import {
  type Name,
  alborz,
  byCategories,
  byCounties,
  closingOrder,
  cutOrder,
  done,
  extensionOrder,
  freshId,
  karaj,
  letterOrder,
  names,
  openCredits,
} from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import { pdf as pdfOf } from '#testing/pictures.ts';
import { listSlices } from '../queries.ts';
import { scanSubjects } from './actions.ts';
import type { ScanKind } from './contract.ts';

const house = await openHouse();
const credits = await openCredits(house);
await loadRetentions(house.owner, readCsv);
const app = await buildServer(house, {
  findProvince: provinceFinder(house),
  version: 'test',
  findActor: async ({ headers }) => {
    const name = names.find((one) => one === headers['x-actor']);
    return name === undefined ? null : credits.actor(name);
  },
});
await app.register(documentRoutes(house, scanSubjects));
afterAll(() => app.close());

const pdf = pdfOf();
type Paper = { readonly kind: ScanKind; readonly id: string };
type File = { readonly id?: Id; readonly name?: string; readonly bytes?: Buffer; readonly key?: Id };
const urlOf = ({ kind, id }: Paper): string =>
  `/api/provinces/${alborz}/documents?subjectKind=${kind}&subjectId=${id}`;

async function attach(by: Name, paper: Paper, file: File = {}) {
  const { id = freshId(), name = 'نامه.pdf', bytes = pdf, key = freshId() } = file;
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  const body = new Response(form);
  return app.inject({
    method: 'POST',
    url: `${urlOf(paper)}&id=${id}&retention=money`,
    headers: {
      'x-actor': by,
      'idempotency-key': key,
      'content-type': body.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await body.arrayBuffer()),
  });
}

const listOf = async (by: Name, paper: Paper) => {
  const said = await app.inject({ url: urlOf(paper), headers: { 'x-actor': by } });
  return said.statusCode === 200 ? documentListShape.parse(said.json()) : said.statusCode;
};

const letters = new Map<string, Paper>();
let ofProvince: Paper;
let ofKaraj: Paper;
let waiting: Paper;
beforeAll(async () => {
  const lineId = await credits.openedLine(1_000_000n);
  const slices = () =>
    read(house.db, { ...noScope, province: alborz }, (tx) =>
      listSlices(tx, { provinceId: alborz, lineId, id: null }),
    );
  const root = must((await slices())[0], 'a root').id;
  const [counties, categories, proposed] = [
    byCounties(500_000n),
    byCategories({ wood: 100n }),
    byCounties(9n),
  ];
  await credits.divided(root, counties);
  const inKaraj = (await slices()).find(({ countyCode }) => countyCode === karaj);
  await credits.divided(must(inKaraj, 'Karaj').id, categories);
  done(await credits.propose(root, proposed));
  ofProvince = { kind: 'credit_resolution', id: counties.id };
  ofKaraj = { kind: 'credit_resolution', id: categories.id };
  waiting = { kind: 'credit_resolution', id: proposed.id };

  const [topUp, extension, cut, closing] = [
    letterOrder(10n),
    extensionOrder(4),
    cutOrder(5, 10n),
    closingOrder(6),
  ];
  done(await credits.notify(lineId, topUp));
  done(await credits.extend(lineId, extension));
  done(await credits.cut(lineId, cut));
  done(await credits.close(lineId, closing));
  const { versions } = z
    .object({ versions: z.array(z.object({ id: z.string(), act: z.string() })) })
    .parse((await credits.http.get('director', `lines/${lineId}/history`)).body);
  for (const { id, act } of versions) letters.set(act, { kind: 'credit_letter', id });
});
const letter = (act = 'notify'): Paper => must(letters.get(act), act);

describe('the scan of a letter', () => {
  test.each(['notify', 'top_up', 'extend', 'cut', 'close'])(
    'comes after the letter of %s, with its name, size and hash, and is downloaded as it was sent',
    async (act) => {
      const said = await attach('deputy', letter(act));
      expect(said.statusCode).toBe(201);
      const { name, byteCount, sha256, content } = documentShape.parse(said.json());
      expect([name, byteCount]).toEqual(['نامه.pdf', pdf.length]);
      expect(await listOf('auditor', letter(act))).toMatchObject({
        documents: [{ name: 'نامه.pdf', sha256 }],
        mayAttach: false,
      });
      const file = await app.inject({ url: content ?? '', headers: { 'x-actor': 'auditor' } });
      expect(file.rawPayload.equals(pdf)).toBe(true);
      expect(file.headers['content-disposition']).toMatch(/^attachment;/);
    },
  );

  test('is added to and never replaced; the same file sent again is the same scan', async () => {
    const paper = letter('top_up');
    const before = await listOf('director', paper);
    const id = freshId();
    const other = Buffer.concat([pdf, Buffer.from('%\n')]);
    for (const key of [freshId(), freshId()])
      expect((await attach('director', paper, { id, bytes: other, key })).statusCode).toBe(201);
    const replacing = await attach('director', paper, { id });
    expect([replacing.statusCode, problemShape.parse(replacing.json()).kind]).toEqual([
      409,
      'DocumentOtherContent',
    ]);
    const after = await listOf('director', paper);
    expect(after).toMatchObject({ mayAttach: true });
    expect([before, after].map((list) => (typeof list === 'number' ? list : list.documents.length))).toEqual([
      1, 2,
    ]);
  });

  test.each([
    ['auditor', 403, 'ReadOnly'],
    ['editor', 403, 'AttachNotYours'],
    ['karajOffice', 404, 'SubjectMissing'],
    ['lorestanDirector', 403, 'OtherProvince'],
    ['bank', 404, 'SubjectMissing'],
  ] as const)('is not attached by %s', async (by, status, kind) => {
    const said = await attach(by, letter());
    expect([said.statusCode, problemShape.parse(said.json()).kind]).toEqual([status, kind]);
    if (by !== 'auditor' && by !== 'editor') expect(await listOf(by, letter())).toBe(404);
  });

  test('a wrong, misnamed, empty or too large file is refused with what to do', async () => {
    const refusals = [
      { name: 'نامه.docx', bytes: Buffer.from('PK not a letter'), status: 415, kind: 'MediaUnknown' },
      { name: 'نامه.png', bytes: pdf, status: 415, kind: 'MediaOtherThanNamed' },
      { name: 'نامه.pdf', bytes: Buffer.alloc(0), status: 422, kind: 'FileMissing' },
      { name: 'نامه.pdf', bytes: Buffer.alloc(mostBytes + 1, '%'), status: 413, kind: 'FileTooLarge' },
    ];
    for (const { status, kind, ...file } of refusals) {
      const said = await attach('deputy', letter('close'), file);
      const { kind: told, fa } = problemShape.parse(said.json());
      expect([said.statusCode, told, fa.length > 20]).toEqual([status, kind, true]);
    }
    expect(await listOf('deputy', letter('close'))).toMatchObject({ documents: [{}] });
  });
});

describe('the scan of a resolution', () => {
  test('of the province is hidden from a county, one of a county is seen by its own office alone', async () => {
    for (const paper of [ofProvince, ofKaraj]) expect((await attach('director', paper)).statusCode).toBe(201);
    expect(await listOf('karajOffice', ofProvince)).toBe(404);
    expect(await listOf('karajOffice', ofKaraj)).toMatchObject({ documents: [{}], mayAttach: false });
    expect(await listOf('fardisOffice', ofKaraj)).toBe(404);
    expect((await attach('karajOffice', ofKaraj)).statusCode).toBe(403);
    expect((await attach('fardisOffice', ofKaraj)).statusCode).toBe(404);
  });

  test('waits for the approval: a proposal has no resolution yet', async () => {
    const said = await attach('director', waiting);
    expect([said.statusCode, problemShape.parse(said.json()).kind]).toEqual([404, 'SubjectMissing']);
  });
});

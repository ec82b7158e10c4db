import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fewRows, jpeg, pdf, png } from '#testing/pictures.ts';
import { readConfig } from './config.ts';
import { systemClock } from './clock.ts';
import { openDatabase } from './db.ts';
import { buildServer, type Server } from './http.ts';
import { openLog } from './log.ts';
import { problemShape } from './problem.ts';
import { readUpload } from './upload.ts';

/** No statement reaches a database in these tests; the pool is never connected. */
async function openServer(): Promise<Server> {
  const db = openDatabase({ connection: { host: '/nowhere' }, role: null, most: 1, name: 'test' });
  const house = { db, config: readConfig({}), log: openLog('silent'), clock: systemClock };
  const app = await buildServer(house, { version: '0', findActor: async () => null });
  const wish = { accepts: ['csv', 'pdf', 'png', 'jpeg'], mostBytes: 2_000_000 } as const;
  app.post('/upload', (request) =>
    readUpload(request, wish).then(({ bytes, ...rest }) => ({
      ...rest,
      size: bytes.length,
      key: request.formKey,
    })),
  );
  await app.ready();
  return app;
}

type Sent = {
  readonly files: readonly (readonly [name: string, content: string | Buffer])[];
  readonly fields?: Record<string, string>;
};

async function send(app: Server, { files, fields = {} }: Sent) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, content] of files)
    form.append('file', new Blob([new Uint8Array(Buffer.from(content))]), name);
  const request = new Request('http://localhost/upload', { method: 'POST', body: form });
  const response = await app.inject({
    method: 'POST',
    url: '/upload',
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  return { status: response.statusCode, body: JSON.parse(response.body) as unknown };
}

describe('an uploaded file', () => {
  let app: Server;
  beforeAll(async () => {
    app = await openServer();
  });
  afterAll(() => app.close());

  it('is read whole, past the limit of other bodies, with its hash and the other inputs', async () => {
    const { status, body } = await send(app, {
      files: [['../../etc/list.csv', 'a,b\n'.repeat(400_000)]],
      fields: { total: '12', idempotency_key: '019aaaaa-0000-7000-8000-000000000001' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      fileName: 'list.csv',
      kind: 'csv',
      size: 1_600_000,
      fields: { total: '12' },
      key: '019aaaaa-0000-7000-8000-000000000001',
    });
    expect(body).toHaveProperty('hash', expect.stringMatching(/^[0-9a-f]{64}$/));
  });

  it.each([
    ['too large', [['a.csv', 'a'.repeat(2_000_001)]], 413, 'FileTooLarge'],
    [
      'two files',
      [
        ['a.csv', 'a'],
        ['b.csv', 'b'],
      ],
      422,
      'SeveralFiles',
    ],
    ['no file', [], 422, 'FileMissing'],
    ['an empty file', [['a.csv', '']], 422, 'FileMissing'],
    [
      'a program that calls itself a list',
      [['a.csv', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0])]],
      415,
      'OtherKindOfFile',
    ],
    ['an archive that is no sheet', [['a.xlsx', 'PK\x03\x04 word/document.xml']], 415, 'OtherKindOfFile'],
    [
      'a page with the first bytes of a JPEG',
      [['x.jpg', Buffer.from('\xff\xd8\xff<html><script>', 'latin1')]],
      415,
      'ImageBroken',
    ],
    ['a JPEG that was cut off', [['x.jpg', jpeg(16, 8).subarray(0, -1)]], 415, 'ImageBroken'],
    ['a PNG that was cut off', [['x.png', png(9, 9).subarray(0, 60)]], 415, 'ImageBroken'],
    ['a PNG with 3 of its 600 rows', [['x.png', fewRows(800, 600, 3)]], 415, 'ImageBroken'],
    ['a picture to exhaust a reader', [['x.png', png(60_000, 60_000)]], 422, 'ImageTooWide'],
    ['a page with the first bytes of a PDF', [['y.pdf', '%PDF-<html>']], 415, 'PdfBroken'],
    ['a page with the name and the end of a PDF', [['y.pdf', '%PDF-1.7<html>%%EOF']], 415, 'PdfBroken'],
    ['a PDF that was cut off', [['y.pdf', pdf().subarray(0, -9)]], 415, 'PdfBroken'],
    [
      'a PDF of no known edition',
      [['y.pdf', pdf().toString('latin1').replace('1.7', '9.0')]],
      415,
      'PdfBroken',
    ],
  ] as const)('refuses %s', async (_name, files, status, kind) => {
    const answer = await send(app, { files, fields: { total: '1' } });
    expect(answer.status).toBe(status);
    const problem = problemShape.parse(answer.body);
    expect(problem).toMatchObject({ kind, field: 'file' });
    expect(problem.fa).not.toBe('');
    expect(problem.en).not.toBe('');
  });

  it.each([
    ['jpeg', jpeg(16, 8)],
    ['jpeg', Buffer.concat([jpeg(16, 8), jpeg(8, 8)])],
    ['png', png(640, 360)],
    ['pdf', pdf()],
  ])('takes a whole %s byte for byte', async (kind, bytes) => {
    const { status, body } = await send(app, { files: [['paper', bytes]] });
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind, size: bytes.length, hash });
  });

  it('refuses a body that is no form', async () => {
    const response = await app.inject({ method: 'POST', url: '/upload', payload: { a: 1 } });
    expect(problemShape.parse(JSON.parse(response.body)).kind).toBe('NotMultipart');
  });
});

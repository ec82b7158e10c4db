import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { counterLabels as caseWords } from '#casework/counter/words.ts';
import { receiptLabels } from '#casework/receipt/words.ts';
import { documentRefusalWords } from '#document/words.ts';
import { isId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { counterWith } from '#testing/counter.ts';
import { openHouse } from '#testing/house.ts';
import { freshId, openLicences, tailoring } from '#testing/licences.ts';
import { nationalId } from '#testing/people.ts';
import { png } from '#testing/pictures.ts';
import { dayWords } from '#web/typed-day.ts';
import { requestLabels } from '../request/words.ts';
import { requestStateWords } from '../words.ts';
import { counterLabels as words } from './words.ts';

const house = await openHouse();
const { desk } = await openLicences(house);
const applicant = counterWith(desk.app, (await desk.as('applicant-alborz')).cookie);
const nobody = counterWith(desk.app);
const clerk = counterWith(desk.app, (await desk.as('county-office-alborz')).cookie);

const theirId = nationalId();
const filled = (change: object = {}) => ({
  id: randomUUID(),
  occupationId: String(tailoring),
  nationalId: theirId,
  firstName: 'مریم',
  lastName: 'نمونه‌پور',
  bornOn: '۱۳۶۵/۰۴/۱۲',
  countyCode: '3001',
  phone: '',
  ...change,
});
const ask = (change: object = {}, key?: string | null) =>
  applicant.post('/apply/request', { fields: filled(change), ...(key === undefined ? {} : { key }) });

/** What a page carries in its forms. */
const hiddenIn = (body: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [
        name,
        value.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<'),
      ],
    ),
  );

test('who is not signed in is led to the door from every page and form, and another role is told whose it is', async () => {
  for (const path of [
    '/apply/request',
    '/apply/cases',
    `/apply/cases/${freshId()}`,
    '/apply/cases/x/acts/withdraw',
  ]) {
    expect(await nobody.look(path)).toMatchObject({ status: 303, to: '/apply' });
    expect(await nobody.look(`/en${path}`)).toMatchObject({ status: 303, to: '/en/apply' });
    expect((await clerk.look(path)).status).toBe(403);
  }
  expect((await clerk.post('/apply/request', { fields: filled() })).status).toBe(403);
});

test('a form that is sent after the session has ended is not lost, and is taken once its writer has signed in', async () => {
  const fields = filled({ bornOn: '"><دیروز' });
  const ended = await nobody.post('/en/apply/request', { fields });
  const [, shown = ''] = /<ul>(.*?)<\/ul>/su.exec(ended.body) ?? [];
  const told = [...shown.matchAll(/<li>(.*?)<\/li>/gsu)].map(([, line = '']) => line.replace(/<[^>]*>/g, ''));
  expect(told).toEqual([theirId, 'مریم', 'نمونه‌پور', '&quot;&gt;&lt;دیروز']);
  expect(ended.body).toContain('with the same account');
  expect([ended.status, ended.body.includes('action="/en/apply/request"')]).toEqual([401, true]);
  const { idempotency_key: key, ...typed } = hiddenIn(ended.body);
  expect(typed).toEqual(fields);
  expect(isId(must(key, 'a key of its own'))).toBe(true);
  const again = await applicant.post('/en/apply/request', { fields: typed });
  expect([again.status, again.body.includes(dayWords.unreadable.en)]).toEqual([422, true]);
});

test('a paper that is sent after the session has ended is said not to be taken, and leads to the door', async () => {
  const paper = { name: 'a.png', bytes: Buffer.from('a') };
  for (const [prefix, said] of [
    ['', 'فایل آن را دوباره بفرستید'],
    ['/en', 'The file you sent was not taken.'],
  ] as const) {
    const ended = await nobody.upload(`${prefix}/apply/cases/${freshId()}/papers`, { fields: {} }, paper);
    expect([ended.status, ended.body.includes(said)]).toEqual([401, true]);
    expect(ended.body).toContain(`href="${prefix}/apply"`);
    expect(ended.body).not.toContain('<form');
  }
});

test('a form of another site is not done', async () => {
  const answer = await applicant.post(
    '/apply/request',
    { fields: filled() },
    { 'sec-fetch-site': 'cross-site' },
  );
  expect(answer.status).toBe(403);
});

test('an occupation is found by what it is called, slips forgiven; one that is gone is said to be', async () => {
  const found = await applicant.look(`/apply/request?search=${encodeURIComponent('خياطي')}`);
  expect(found.body).toContain(`/apply/request?occupation=${tailoring}"`);
  expect((await applicant.look('/apply/request?search=qqqqqqqq')).body).toContain(
    requestLabels.nothingFound.fa,
  );
  expect((await applicant.look('/apply/request?occupation=32000')).body).toContain(words.gone.fa);
});

test('a form with an occupation that is none is refused, and its words go along to the next one', async () => {
  for (const occupationId of ['0', '32000', '99999', 'abc', '']) {
    const refused = await ask({ occupationId, firstName: 'زهرا' });
    expect([occupationId, refused.status]).toEqual([occupationId, 422]);
    expect(refused.body).toContain(words.gone.fa);
    expect(hiddenIn(refused.body)).toMatchObject({ firstName: 'زهرا', nationalId: theirId });
  }
  const { body } = await ask({ occupationId: 'abc', firstName: 'زهرا' });
  const post = (more: object) => applicant.post('/apply/request', { fields: { ...hiddenIn(body), ...more } });
  const found = await post({ search: 'خیاطی' });
  expect([found.status, found.body.includes(`name="occupation" value="${tailoring}"`)]).toEqual([200, true]);
  expect(hiddenIn(found.body)).toMatchObject({ firstName: 'زهرا', nationalId: theirId });
  const drawn = await applicant.post('/apply/request', {
    fields: { ...hiddenIn(found.body), occupation: String(tailoring) },
  });
  expect(drawn.status).toBe(200);
  for (const part of ['value="زهرا"', `value="${theirId}"`, `name="occupationId" value="${tailoring}"`])
    expect(drawn.body).toContain(part);
  expect(drawn.body).not.toContain('role="alert"');
});

test('each wrong field comes back by its name with every word that was typed', async () => {
  const day = await ask({ bornOn: 'دیروز', firstName: 'زهرا' });
  expect(day.status).toBe(422);
  for (const part of [dayWords.unreadable.fa, 'value="زهرا"', 'value="دیروز"', 'href="#request-bornOn"'])
    expect(day.body).toContain(part);
  const empty = await ask({ firstName: '', countyCode: '' });
  expect(empty.status).toBe(422);
  for (const field of ['firstName', 'countyCode']) expect(empty.body).toContain(`href="#request-${field}"`);
  const other = await ask({ nationalId: '1234567890' });
  expect(other.status).toBe(422);
  expect(other.body).toContain('href="#request-nationalId"');
  const young = await ask({ bornOn: '1400/01/01' });
  expect([young.status, young.body.includes('href="#request-bornOn"')]).toEqual([422, true]);
  const keyless = await ask({}, null);
  expect([keyless.status, keyless.body.includes('Idempotency-Key')]).toEqual([400, true]);
});

test('a request is recorded once, has its receipt, its state, its papers and its end', async () => {
  const form = filled();
  const key = randomUUID();
  const sent = await applicant.post('/apply/request', { fields: form, key });
  expect(sent.body).toBe('');
  expect(sent.to).toBe(`/apply/cases/${form.id}/receipt?sent=1`);
  expect((await applicant.post('/apply/request', { fields: form, key })).to).toBe(sent.to);
  const reused = await applicant.post('/apply/request', { fields: { ...form, countyCode: '3002' }, key });
  expect([reused.status, reused.body.includes('role="alert"')]).toEqual([409, true]);
  const twice = await ask();
  expect([twice.status, twice.body.includes('role="alert"')]).toEqual([409, true]);

  const receipt = await applicant.look(sent.to);
  expect(receipt.body).toContain(receiptLabels.sent.fa);
  expect(receipt.body).toMatch(/>\s*http:\/\/localhost(:80)?\/track\s*</);
  const path = `/apply/cases/${form.id}`;
  expect((await applicant.look('/apply/cases')).body).toContain(`href="${path}"`);
  const upload = (
    name: string,
    bytes: Buffer,
    fields: Readonly<Record<string, string>> = { id: randomUUID() },
  ) => applicant.upload(`${path}/papers`, { fields }, { name, bytes });
  const picture = png(9, 9);
  for (const [name, bytes, status] of [
    ['note.txt', Buffer.from('text'), 415],
    ['card.png', Buffer.alloc(0), 422],
    ['card.png', picture.subarray(0, 60), 415],
    ['card.jpg', Buffer.from('\xff\xd8\xff<html><script>', 'latin1'), 415],
    ['card.pdf', picture, 415],
  ] as const) {
    const refused = await upload(name, bytes);
    expect([name, refused.status, refused.body.includes('href="#paper-file"')]).toEqual([name, status, true]);
  }
  expect((await upload('card.pdf', picture)).body).toContain(
    documentRefusalWords.MediaOtherThanNamed({
      kind: 'MediaOtherThanNamed',
      field: 'file',
      extension: 'pdf',
      found: 'image/png',
    }).fa,
  );
  expect((await upload('card.png', picture, { id: 'x' })).status).toBe(422);
  expect((await upload('card.png', picture)).to).toBe(`${path}#papers`);
  expect((await applicant.look(path)).body).toContain('card.png');

  const act = `${path}/acts/withdraw`;
  expect((await applicant.look(act)).body).toContain(caseWords.givesUp.fa);
  const stale = await applicant.post(act, { fields: { id: randomUUID(), seenVersion: '7' } });
  expect([stale.status, stale.body.includes('role="alert"')]).toEqual([409, true]);
  expect((await applicant.post(act, { fields: { id: 'x', seenVersion: '1' } })).status).toBe(422);
  expect((await applicant.look(`${path}/acts/sign_first`)).status).toBe(404);
  expect((await applicant.post(act, { fields: { id: randomUUID(), seenVersion: '1' } })).to).toBe(path);
  expect((await applicant.look(path)).body).toContain(requestStateWords.withdrawn.fa);
  const after = await applicant.look(act);
  expect(after.body).not.toContain('name="seenVersion"');
});

test('a case of another is not there, nor is what is no case', async () => {
  for (const id of [freshId(), 'x'])
    for (const path of ['', '/receipt', '/acts/withdraw'])
      expect((await applicant.look(`/apply/cases/${id}${path}`)).status).toBe(404);
  const body = { fields: { id: randomUUID(), seenVersion: '1' } };
  expect((await applicant.post(`/apply/cases/${freshId()}/acts/withdraw`, body)).status).toBe(404);
  const file = {
    name: 'card.png',
    bytes: png(9, 9),
  };
  expect((await applicant.upload(`/apply/cases/${freshId()}/papers`, body, file)).status).toBe(404);
});

test('nothing of it is kept by a browser or found by a search', async () => {
  const answer = await desk.app.inject({
    url: '/apply/cases',
    headers: { cookie: (await desk.as('applicant-alborz')).cookie },
  });
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(answer.body).toContain('noindex');
});

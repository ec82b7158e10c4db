import { describe, expect, test } from 'vitest';
import { caseSubject } from '#casework/actions.ts';
import { bulkDoneShape, casePageShape } from '#casework/act/contract.ts';
import { sayMessage } from '#casework/words.ts';
import { caseListShape, kindsShape } from '#casework/inbox/contract.ts';
import { ownCasesShape } from '#casework/own/contract.ts';
import { receiptShape } from '#casework/receipt/contract.ts';
import { attachDocument, contentOf } from '#document/actions.ts';
import { documentListShape } from '#document/contract.ts';
import { id, type Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { inTransaction, noScope, read, type Tx } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import { openHouse } from '#testing/house.ts';
import { closeUnobjected } from '../expiry/actions.ts';
import { licenceCaseWords } from './words.ts';
import { alborz, freshId, kindOf, openLicences, samanu, toIssue, toIssueStarred } from '#testing/licences.ts';

const house = await openHouse();
const { act, asked, desk, form, offices, page, post } = await openLicences(house);
const at = async (who: string, path: string) => (await desk.as(`${who}-alborz`)).get(path);

const attachPaper = async (tx: Tx, caseId: Id) => {
  const subject = { provinceId: alborz, subjectKind: 'case', subjectId: caseId };
  const place = must(await caseSubject.findPlace(tx, subject), 'its place');
  const bytes = Buffer.from('%PDF-1.7\nplan of the kitchen');
  const order = {
    ...subject,
    ...place,
    documentId: freshId(),
    name: 'plan.pdf',
    retention: 'case_paper',
    bytes,
  };
  const by = { userId: freshId(), personId: freshId(), role: 'county_office' as const };
  return attachDocument(tx, order, { by, clock: house.clock });
};

test('a request is in the hands of its reviewing office while that approval is awaited, papers included', async () => {
  const sent = await asked(toIssueStarred.slice(0, 2), { occupationId: samanu });
  const waiting = async (who: string, tab: string) => {
    const { body } = await at(who, `${cases}?tab=${tab}`);
    return caseListShape.parse(body).items.map((one) => one.id);
  };
  const file = async (who: string) => casePageShape.parse((await at(who, `${cases}/${sent.id}`)).body);
  const attached = await inTransaction(house.db, { ...noScope, province: alborz, county: '3001' }, (tx) =>
    attachPaper(tx, sent.id),
  );
  expect(attached.ok).toBe(true);
  for (const tab of ['role', 'all']) expect(await waiting('health', tab), tab).toContain(sent.id);
  expect(await waiting('agriculture', 'role')).not.toContain(sent.id);
  expect(await waiting('agriculture', 'all')).toContain(sent.id);
  for (const [who, lawful, takes] of [
    ['health', true, true],
    ['agriculture', false, false],
  ] as const) {
    const { choices, mayHold, acts } = await file(who);
    expect(acts).toHaveLength(3);
    expect(mayHold).toBe(takes);
    for (const { choices: shown } of [{ choices }, await page(sent.id, who)])
      expect(shown.find(({ act: name }) => name === 'confirm_review')).toMatchObject({ lawful });
    const papers = await at(who, `/api/provinces/${alborz}/documents?subjectKind=case&subjectId=${sent.id}`);
    const { documents } = documentListShape.parse(papers.body);
    expect(documents).toHaveLength(1);
    const scope = { ...noScope, province: alborz, office: offices[who] };
    const address = { provinceId: alborz, documentId: id(must(documents[0], 'the paper').id) };
    expect((await read(house.db, scope, (tx) => contentOf(tx, address))).ok).toBe(true);
  }
  expect((await at('agency', `${cases}/${sent.id}`)).status).toBe(404);
  expect(await waiting('agency', 'all')).not.toContain(sent.id);
  expect(kindOf(await act('health', sent.id, 'confirm_review'))).toBe('ok');
  expect(await waiting('health', 'role')).not.toContain(sent.id);
  expect(await waiting('agriculture', 'role')).toContain(sent.id);
  expect(kindOf(await act('health', sent.id, 'sign_first'))).toBe('ActOfOtherOffice');
});

test('who asked for themselves has a card and a receipt of it under their own name, and so has the office', async () => {
  const sent = form();
  expect(kindOf(await post('applicant', 'licence-requests', sent))).toBe('ok');
  const cases = `/api/provinces/${alborz}/cases`;
  const { items, begins } = ownCasesShape.parse((await at('applicant', `${cases}/own`)).body);
  expect(begins).toMatchObject([{ kind: 'licence_request', href: '/licences/new' }]);
  const card = must(
    items.find((one) => one.id === sent.id),
    'their card',
  );
  const itsPage = `/licences/requests/${sent.id}`;
  expect(card).toMatchObject({
    about: { fa: 'خیاطی' },
    turn: false,
    deadline: { promise: 'answer' },
    page: itsPage,
    acts: [{ act: 'withdraw', href: `/cases/30/${sent.id}`, givesUp: true }],
  });
  for (const who of ['applicant', 'county-office', 'director']) {
    const receipt = receiptShape.parse((await at(who, `${cases}/${sent.id}/receipt`)).body);
    expect(receipt, who).toMatchObject({ number: card.number, about: { fa: 'خیاطی' }, due: {} });
    expect(receipt.subject, who).toBe('مریم نمونه‌پور');
  }
  // One that the county entered for somebody else is none of theirs.
  const other = await asked();
  const mine = ownCasesShape.parse((await at('applicant', `${cases}/own`)).body).items;
  expect(mine.map((one) => one.id)).not.toContain(other.id);
  expect((await at('applicant', `${cases}/${other.id}/receipt`)).status).toBe(404);
  expect((await at('director', `${cases}/${other.id}/receipt`)).body).toMatchObject({
    subject: 'مریم نمونه‌پور',
  });
});

const told = async (requestId: string) => {
  const { tracking } = await page(requestId);
  const { body } = await desk.app.inject({ url: `/track?number=${tracking}` });
  const { body: file } = await at('county-office', `/api/provinces/${alborz}/cases/${requestId}`);
  return [body, casePageShape.parse(file).letter.fa];
};

test('a refusal that became final is told by how it did: objected to and turned down, or never objected to', async () => {
  const refusedFirst = [
    ['county-office', 'pass_inquiry'],
    ['county-office', 'refuse'],
  ] as const;
  const objected = await asked([...refusedFirst, ['county-office', 'object'], ['director', 'uphold']]);
  for (const text of await told(objected.id)) {
    expect(text).toContain('اعتراض شما بررسی شد و پذیرفته نشد');
    expect(text).toContain('درخواست تازه هم رد می‌شود');
    expect(text).not.toContain('اعتراضی نرسید');
  }
  const silent = await asked(refusedFirst);
  house.clock.advance(90 * 86_400_000);
  await closeUnobjected({ db: house.db, clock: house.clock });
  for (const text of await told(silent.id)) {
    expect(text).toContain('در مهلت اعتراضی نرسید');
    expect(text).not.toContain('پذیرفته نشد');
  }
  const facts = { kind: 'licence_request', act: 'uphold', state: 'upheld', reason: null, number: null };
  expect(sayMessage(facts, () => licenceCaseWords.licence_request)?.fa).toContain('اعتراض شما بررسی شد');
});

const cases = `/api/provinces/${alborz}/cases`;
const send = async (who: string, path: string, body: object) =>
  (await desk.as(`${who}-alborz`)).post(path, body, freshId());
const bulk = async (who: string, name: string, rows: readonly { id: string; version: number }[]) => {
  const body = {
    act: name,
    reason: 'به دلیل آزمایش',
    cases: rows.map(({ id: caseId, version }) => ({ id: freshId(), caseId, seenVersion: version })),
  };
  const done = await send(who, `${cases}/acts`, body);
  expect(done.status).toBe(201);
  return bulkDoneShape
    .parse(done.body)
    .rows.map(({ done: isDone, state, refusal }) => (isDone ? state : refusal?.kind));
};
const number = async (requestId: string) => (await page(requestId)).licence?.number ?? null;

describe('requests dealt with from the page of the case', () => {
  test('many second signatures issue a licence each, and a row that is refused takes nothing from the others', async () => {
    const signed = [
      await asked(toIssue.slice(0, 2)),
      await asked(toIssue.slice(0, 1)),
      await asked(toIssue.slice(0, 2)),
    ];
    const [first, second, third] = signed.map(({ id: requestId }) => requestId);
    const rows = await bulk('director', 'sign_second', [
      { id: must(first, 'first'), version: 3 },
      { id: must(second, 'second'), version: 2 },
      { id: must(third, 'third'), version: 3 },
    ]);
    expect(rows).toEqual(['issued', 'ActUnlawful', 'issued']);
    const numbers = await Promise.all(signed.map(({ id: requestId }) => number(requestId)));
    expect(numbers[1]).toBeNull();
    expect(new Set(numbers).size).toBe(3);
    expect((await page(must(second, 'second'))).request.state).toBe('agency_review');
  });

  test('the rules of the room hold there too, and are said in its words', async () => {
    const starred = await asked([['county-office', 'pass_inquiry']], { occupationId: samanu });
    const plain = await asked([['county-office', 'pass_inquiry']]);
    const order = { id: freshId(), act: 'sign_first', seenVersion: 2 };
    const answer = await send('agriculture', `${cases}/${starred.id}/acts`, order);
    expect([answer.status, kindOf(answer)]).toEqual([409, 'ReviewNeeded']);
    expect(problemShape.parse(answer.body).fa).toContain('ستاره‌دار');
    // Done row by row within the doer's own office, however wide the deed before looked.
    expect(
      await bulk('agency', 'sign_first', [
        { id: plain.id, version: 2 },
        { id: starred.id, version: 2 },
      ]),
    ).toEqual(['first_signed', 'CaseMissing']);
    expect((await page(starred.id)).request.state).toBe('agency_review');
  });

  test('go back, come again and are withdrawn in bulk', async () => {
    const two = [await asked(), await asked()];
    const seen = (version: number) => two.map(({ id: caseId }) => ({ id: caseId, version }));
    expect(await bulk('deputy', 'return', seen(1))).toEqual(['returned', 'returned']);
    expect(await bulk('county-office', 'resubmit', seen(2))).toEqual(['submitted', 'submitted']);
    expect(await bulk('county-office', 'withdraw', seen(3))).toEqual(['withdrawn', 'withdrawn']);
    expect((await page(must(two[1], 'the second').id)).request.state).toBe('withdrawn');
  });

  test('what needs more than a reason stays on its own page, and is offered for nothing else', async () => {
    const sent = await asked();
    const file = casePageShape.parse((await at('county-office', `${cases}/${sent.id}`)).body);
    const elsewhere = file.choices.filter((choice) => choice.elsewhere).map(({ act: name }) => name);
    expect(elsewhere.sort()).toEqual(['pass_inquiry', 'refuse']);
    for (const name of elsewhere)
      expect(await bulk('county-office', name, [{ id: sent.id, version: 1 }])).toEqual(['ActElsewhere']);
    const { kinds } = kindsShape.parse((await at('county-office', '/api/cases/kinds')).body);
    const acts = kinds.find(({ key }) => key === 'licence_request')?.acts ?? [];
    expect(acts.map(({ key }) => key).sort()).toEqual(['object', 'resubmit', 'return', 'withdraw']);
    expect(acts.find(({ key }) => key === 'object')).toMatchObject({ states: ['turned_down'] });
  });
});

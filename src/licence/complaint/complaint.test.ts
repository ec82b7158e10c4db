import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { persianDigits } from '#kernel/persian.ts';
import { must, ok } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { openComplaints } from '#testing/complaints.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf } from '#testing/licences.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import { complaintPageShape, complaintShape, offences } from './contract.ts';
import { answerKind, complaintKind } from './rules.ts';
import { complaintLabels, complaintRefusalWords, complaintStateWords, neededWords } from './words.ts';

const house = await openHouse();
const complaints = await openComplaints(house);
const { act, answerCase, get, lodge, lodged, look, page, post, typed } = complaints;

const list = async (who: string, query = '') => {
  const { body } = await get(who, `alborz/complaints${query}`);
  return complaintShape.array().parse(Object(body).items);
};
const shown = async (who: string, id: string) =>
  complaintPageShape.parse((await get(who, `alborz/complaints/${id}`)).body);
const asServing = <Row>(province: number, statement: ReturnType<typeof sql<Row>>) =>
  inTransaction(house.db, { ...noScope, province }, async (tx) => ok((await statement.execute(tx)).rows));

test('who names no province, or two, is asked for one', async () => {
  for (const query of ['', '?province=', '?province=alborz&province=lorestan'])
    expect(await look(`/complaints${query}`), query).toMatchObject({
      statusCode: 200,
      body: expect.stringContaining('<select name="province" required>'),
    });
});

describe('a complaint', () => {
  test('about an extra fee is lodged without a name, sent to the agency, answered, upheld, and followed by its number', async () => {
    const { number, caseId } = await lodged({ phone: '۰۹۱۲ ۳۴۵ ۶۷۸۹' });
    const receipt = await look(`/complaints/received?number=${number}`);
    expect([receipt.statusCode, receipt.body.includes(persianDigits(number))]).toEqual([200, true]);
    const stage = async () => (await look(`/track?number=${number}`)).body;
    expect(await stage()).toContain(complaintStateWords.lodged.fa);
    expect((await page('deputy', caseId)).waitsFor.map(({ en }) => en)).toEqual(['County office', 'Deputy']);
    expect(kindOf(await act('county-office', caseId, 'accept'))).toBe('ok');
    expect(kindOf(await act('county-office', caseId, 'send_to_agency'))).toBe('ok');
    const answer = await answerCase(number);
    const inbox = Object((await get('agency', `${alborz}/cases`)).body).items;
    expect(inbox.map(({ id }: { id: string }) => id)).toContain(answer);
    expect(kindOf(await act('agency', answer, 'answer', { reason: 'هزینه برگردانده شد.' }))).toBe('ok');
    expect(await stage()).toContain(complaintStateWords.answered.fa);
    expect(kindOf(await act('deputy', caseId, 'uphold', { reason: 'گرفتن هزینه درست نبود.' }))).toBe('ok');
    const told = await stage();
    expect(told).toContain(complaintStateWords.upheld.fa);
    expect(told).toContain('گرفتن هزینه درست نبود.');
    for (const secret of [typed.body, 'هزینه برگردانده شد.', '09123456789', caseId])
      expect(told).not.toContain(secret);
    const { acts } = await page('director', caseId);
    expect(
      acts.map(({ title, byName, byRole }) => [title.en, byName === null ? byRole.en : 'named']),
    ).toEqual([
      ['Lodge', 'a citizen'],
      ['Take in', 'named'],
      ['Send to the agency', 'named'],
      ['Answer of the agency', 'named'],
      ['Uphold', 'named'],
    ]);
    expect(await shown('director', caseId)).toMatchObject({ body: typed.body, phone: '09123456789' });
  });

  test('is one however often the form is sent; the same form with another text comes back and writes nothing', async () => {
    const before = (await list('director')).length;
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 6 }, () => lodge({}, { key })));
    expect(
      new Set(answers.map(({ statusCode, headers }) => `${statusCode} ${String(headers.location)}`)).size,
    ).toBe(1);
    expect(answers[0]?.statusCode).toBe(303);
    expect((await list('director')).length).toBe(before + 1);
    const other = await lodge({ body: 'متنی دیگر که با همان فرم فرستاده شده است' }, { key });
    expect([other.statusCode, other.body.includes(complaintLabels.again.fa)]).toEqual([422, true]);
    expect(other.body).toContain('متنی دیگر که با همان فرم فرستاده شده است');
    expect((await list('director')).length).toBe(before + 1);
  });

  test.each([
    ['an empty form', { offence: '', countyCode: '', agencyKey: '', body: '' }, neededWords.offence],
    ['no county', { countyCode: '' }, neededWords.countyCode],
    ['a county of another province', { countyCode: '1503' }, complaintRefusalWords.CountyNotThere()],
    ['an agency that signs nothing', { agencyKey: 'governor' }, complaintRefusalWords.AgencyNotListed()],
    ['an agency that is none', { agencyKey: 'x' }, complaintRefusalWords.AgencyNotListed()],
    [
      'a licence that is none',
      { licenceNumber: '30-1403-000001-0000' },
      complaintRefusalWords.LicenceNotThere(),
    ],
    ['a number that is none', { licenceNumber: 'مجوز' }, complaintRefusalWords.LicenceNotThere()],
    [
      'a licence of another province',
      { licenceNumber: '15-1393-000001-0000' },
      complaintRefusalWords.LicenceNotThere(),
    ],
    ['a phone that is none', { phone: '123' }, complaintRefusalWords.PhoneUnreadable()],
    ['nothing to read', { body: '\u200b'.repeat(30) }, { fa: 'شرح شکایت', en: 'What happened' }],
  ])('with %s comes back in both languages with every word that was typed', async (_what, change, words) => {
    const before = (await list('director')).length;
    for (const [prefix, language] of [
      ['', 'fa'],
      ['/en', 'en'],
    ] as const) {
      const back = await lodge({ body: 'سطر نخست\nسطر دوم', phone: '۰۹۱۲ نوشته', ...change }, { prefix });
      expect(back.statusCode).toBe(422);
      if (!('body' in change)) expect(back.body).toContain('سطر نخست\nسطر دوم');
      if (!('phone' in change)) expect(back.body).toContain('۰۹۱۲ نوشته');
      const phone = await lodge(change, { prefix });
      expect([phone.statusCode, phone.body.includes(words[language])]).toEqual([422, true]);
    }
    expect((await list('director')).length).toBe(before);
  });

  test('about a licence that stands names it, however its digits were typed, and is found by it', async () => {
    const number = await complaints.licence();
    const { caseId } = await lodged({ licenceNumber: ` ${persianDigits(number)} ` });
    expect((await shown('director', caseId)).complaint.licenceNumber).toBe(number);
    expect((await list('county-office', `?search=${number}`)).map(({ complaintId }) => complaintId)).toEqual([
      caseId,
    ]);
  });

  test('holds a script as text and nothing else, on the form that comes back and for the officer', async () => {
    const script = '</textarea><script>alert(1)</script> "><img src=x onerror=alert(1)>';
    const back = await lodge({ body: script, phone: '"><script>' });
    expect(back.statusCode).toBe(422);
    expect(back.body).not.toMatch(/<script>|<img/);
    expect(back.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const { number, caseId } = await lodged({ body: script });
    expect((await shown('director', caseId)).body).toBe(script);
    expect((await look(`/track?number=${number}`)).body).not.toContain('alert(1)');
    const wrong = await look(`/complaints/received?number=${encodeURIComponent('<script>')}`);
    expect([wrong.statusCode, wrong.body.includes('<script>')]).toEqual([404, false]);
  });

  test('cannot be lodged without end from one address, nor in a province that there is none of', async () => {
    expect((await look('/complaints/atlantis')).statusCode).toBe(404);
    expect((await look('/complaints?province=atlantis')).statusCode).toBe(404);
    expect((await look('/complaints')).body).toMatch(
      /<select name="province" required>(\s*<option [^]*?){32}/,
    );
    expect((await look('/complaints?province=alborz')).body).toContain('action="/complaints/alborz"');
    let last = 303;
    for (let count = 0; count < 25 && last === 303; count += 1)
      last = (await lodge({}, { from: '10.9.9.9' })).statusCode;
    expect(last).toBe(429);
  });
});

describe('on the desk', () => {
  test('the register is narrowed by state, offence, county and number, and paged to its end', async () => {
    const made = [];
    for (const offence of offences) {
      house.clock.advance(1_000);
      made.push(await lodged({ offence, countyCode: '3002' }));
    }
    const query = '?county=3002&state=lodged';
    expect((await list('deputy', query)).map(({ offence }) => offence)).toEqual(offences.toReversed());
    expect(await list('deputy', `${query}&offence=overdue`)).toHaveLength(1);
    expect(await list('deputy', `?search=${persianDigits(must(made[0], 'one').number)}`)).toHaveLength(1);
    expect(await list('deputy', '?search=nothing')).toEqual([]);
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await get(
        'deputy',
        `alborz/complaints${query}&limit=4${next === '' ? '' : `&cursor=${next}`}`,
      );
      const answer: { readonly items: readonly { readonly number: string }[]; readonly next: string | null } =
        Object(body);
      seen.push(...answer.items.map(({ number }) => number));
      next = answer.next;
    }
    expect(seen).toEqual(made.map(({ number }) => number).toReversed());
    expect(kindOf(await get('applicant', 'alborz/complaints'))).toBe('RoleMayNot');
    expect((await complaints.desk.nobody.get('/api/provinces/alborz/complaints')).status).toBe(401);
    expect(kindOf(await get('director', 'lorestan/complaints'))).toBe('OtherProvince');
    // The office of Karaj sees what is of Karaj.
    const county = new Set((await list('county-office')).map(({ countyCode }) => countyCode));
    expect([...county]).toEqual(['3001']);
  });

  test('an office sees the complaint from the day it is asked, and never the number to call nor the notes on it', async () => {
    const { number, caseId } = await lodged({ phone: '09121112233' });
    await post('deputy', `${alborz}/cases/${caseId}/notes`, { id: freshId(), body: 'یادداشت اداره کل' });
    await act('county-office', caseId, 'accept');
    expect(await list('agency', `?search=${number}`)).toEqual([]);
    expect(kindOf(await get('agency', `alborz/complaints/${caseId}`))).toBe('ComplaintMissing');
    await act('deputy', caseId, 'send_to_agency');
    const answer = await answerCase(number);
    expect(await shown('agency', answer)).toMatchObject({ body: typed.body, phone: null, mayErase: false });
    expect((await page('agency', answer)).notes).toEqual([]);
    expect(kindOf(await get('agency', `${alborz}/cases/${caseId}`))).toBe('CaseMissing');
    expect(await list('agriculture', `?search=${number}`)).toEqual([]);
    expect(
      kindOf(
        await post('agriculture', `${alborz}/cases/${answer}/acts`, {
          id: freshId(),
          act: 'answer',
          seenVersion: 1,
          reason: 'نه',
        }),
      ),
    ).toBe('CaseMissing');
    expect(kindOf(await act('agency', answer, 'answer', { reason: null }))).toBe('ActReasonMissing');
    expect((await page('director', caseId)).state.key).toBe('with_agency');
  });

  test('many answers at once open nothing to the office that it does not see', async () => {
    const sent = [];
    for (const agencyKey of ['industry', 'agriculture']) {
      const { number, caseId } = await lodged({ agencyKey });
      await act('deputy', caseId, 'accept');
      await act('deputy', caseId, 'send_to_agency');
      sent.push(await answerCase(number, agencyKey === 'industry' ? 'agency' : agencyKey));
    }
    const cases = sent.map((caseId) => ({ id: freshId(), caseId, seenVersion: 1 }));
    const order = { act: 'answer', reason: 'پاسخ ما', cases };
    const { body } = await post('agency', `${alborz}/cases/acts`, order);
    expect(
      Object(body).rows.map(({ done, refusal }: { done: boolean; refusal: { kind: string } | null }) => [
        done,
        refusal?.kind,
      ]),
    ).toEqual([
      [true, undefined],
      [false, 'CaseMissing'],
    ]);
  });

  test('is sent to nobody where it is about the directorate itself, or where the agency has no office', async () => {
    for (const [agencyKey, refusal] of [
      ['labour', 'AboutDirectorate'],
      ['veterinary', 'AgencyWithoutOffice'],
    ] as const) {
      const { caseId } = await lodged({ agencyKey });
      await act('deputy', caseId, 'accept');
      expect(kindOf(await act('deputy', caseId, 'send_to_agency'))).toBe(refusal);
      expect((await page('deputy', caseId)).state.key).toBe('under_review');
      expect(kindOf(await act('director', caseId, 'dismiss'))).toBe('ok');
    }
  });

  test('is decided while the agency is silent, and its question is closed; an answer and a decision that race leave both cases in step', async () => {
    for (let run = 0; run < 4; run += 1) {
      const { number, caseId } = await lodged();
      await act('deputy', caseId, 'accept');
      await act('deputy', caseId, 'send_to_agency');
      const answer = await answerCase(number);
      const deeds = [
        () => act('agency', answer, 'answer', { seenVersion: 1 }),
        () =>
          post('deputy', `${alborz}/cases/${caseId}/acts`, {
            id: freshId(),
            act: 'dismiss',
            seenVersion: 3,
            reason: 'نه',
          }),
      ];
      const [first, second] = run % 2 === 0 ? deeds : deeds.toReversed();
      const done = await Promise.all([must(first, 'one')(), must(second, 'another')()]);
      const states = [(await page('director', caseId)).state.key, (await page('agency', answer)).state.key];
      expect([
        ['answered', 'answered'],
        ['dismissed', 'recalled'],
      ]).toContainEqual(states);
      expect(done.map(kindOf).filter((kind) => kind === 'ok')).toHaveLength(1);
    }
  });

  test('text and number go by the director under a letter, once; the case stays', async () => {
    const { caseId } = await lodged({ phone: '02632000000' });
    const order = { letterNumber: '۱۲/۳۴' };
    expect(kindOf(await post('deputy', `alborz/complaints/${caseId}/erasure`, order))).toBe('RoleMayNot');
    expect(kindOf(await post('director', `alborz/complaints/${freshId()}/erasure`, order))).toBe(
      'ComplaintMissing',
    );
    expect(kindOf(await post('director', `alborz/complaints/${caseId}/erasure`, order))).toBe('ok');
    expect(kindOf(await post('director', `alborz/complaints/${caseId}/erasure`, order))).toBe(
      'ComplaintErased',
    );
    expect(await shown('director', caseId)).toMatchObject({ body: null, phone: null, mayErase: false });
    const kept = await asServing(alborz, sql`select facts::text from casework.act where case_id = ${caseId}`);
    expect(JSON.stringify(kept)).not.toMatch(/02632000000|خیاطی/);
    expect((await page('director', caseId)).acts).toHaveLength(1);
  });
});

describe('who may do what, in each state', () => {
  const states = [...new Set(transitionsOf(complaintKind).map(({ to }) => to))];
  const userOf: Readonly<Record<string, string>> = {
    county_office: 'county-office',
    deputy: 'deputy',
    director: 'director',
  };
  const doers: Readonly<Record<string, string>> = {
    accept: 'county-office',
    send_to_agency: 'deputy',
    uphold: 'director',
    dismiss: 'deputy',
  };

  test('every state is reached', () =>
    expect(states.sort()).toEqual(Object.keys(complaintKind.table).sort()));

  test.each(states)('%s', async (state) => {
    const tried = permissionsOf(complaintKind, Object.keys(userOf)).filter(
      (one) => one.state === state && one.state !== unborn,
    );
    const make = async () => {
      const { number, caseId } = await lodged();
      for (const step of must(wayTo(complaintKind, state), state).slice(1)) {
        const done =
          step.act === 'answer'
            ? await act('agency', await answerCase(number), 'answer')
            : await act(must(doers[step.act], step.act), caseId, step.act);
        expect(kindOf(done), step.act).toBe('ok');
      }
      return caseId;
    };
    let caseId = await make();
    for (const { act: name, role, expected } of tried) {
      const answer = await act(must(userOf[role], role), caseId, name);
      expect([name, role, kindOf(answer)]).toEqual([
        name,
        role,
        'refusal' in expected ? expected.refusal : 'ok',
      ]);
      if ('to' in expected) {
        expect((await page('director', caseId)).state.key).toBe(expected.to);
        caseId = await make();
      }
    }
  });

  test('nobody with an account lodges one, and the answer is the agency’s alone', async () => {
    const roles = ['applicant', 'county_office', 'agency', 'deputy', 'director', 'citizen'];
    const opens = (kind: typeof complaintKind | typeof answerKind) =>
      permissionsOf(kind, roles)
        .filter((one) => one.state === unborn && 'to' in one.expected)
        .map(({ role }) => role);
    expect([opens(complaintKind), opens(answerKind)]).toEqual([['citizen'], ['county_office', 'deputy']]);
    expect(answerKind.may.answer).toEqual(['agency']);
  });
});

test('another province sees nothing of it, and no text comes back once it went', async () => {
  for (const table of ['complaint', 'complaint_phone'])
    expect(await asServing(15, sql`select 1 from ${sql.table(`licence.${table}`)}`)).toEqual(ok([]));
  for (const statement of [
    sql`delete from licence.complaint`,
    sql`truncate licence.complaint_phone`,
    sql`update licence.complaint set offence = 'overdue'`,
  ])
    await expect(asServing(alborz, statement)).rejects.toThrow(/permission denied/);
  await expect(
    asServing(alborz, sql`update licence.complaint set body = 'متنی که کسی ننوشته' where body is null`),
  ).rejects.toThrow(/complaint_goes_by_erasure/);
});

test('the README shows the states of both cases', () => {
  for (const kind of [complaintKind, answerKind])
    expect(readmeHasDiagram(new URL('../README.md', import.meta.url), kind)).toBe(true);
});

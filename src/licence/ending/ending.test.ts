import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { casePageShape } from '#casework/act/contract.ts';
import { must } from '#kernel/result.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf, openLicences, toIssue } from '#testing/licences.ts';
import { drawPdf } from '#testing/paper.ts';

const house = await openHouse();
const { asked, desk, page, post } = await openLicences(house);

const certificateOf = async (licenceId: string) =>
  desk.app.inject({
    url: `/api/provinces/alborz/licences/${licenceId}/certificate.pdf`,
    headers: { cookie: (await desk.as('county-office-alborz')).cookie },
  });
/** The text of the code on a certificate, as a camera reads it. */
const scanned = async (pdf: Buffer): Promise<string> => {
  const { pixels, width, height } = await drawPdf(pdf);
  return Buffer.from(must(jsqr(pixels, width, height), 'a code').binaryData).toString('utf8');
};
const issued = async () => {
  const { id } = await asked(toIssue);
  const { licence, tracking } = await page(id);
  const { licenceId, number } = must(licence, 'a licence');
  return {
    id,
    tracking,
    licenceId,
    number,
    code: await scanned((await certificateOf(licenceId)).rawPayload),
  };
};
type Issued = Awaited<ReturnType<typeof issued>>;

const caseOf = async (caseId: string): Promise<string> => {
  const clerk = await desk.as('county-office-alborz');
  const { state, letter } = casePageShape.parse(
    (await clerk.get(`/api/provinces/${alborz}/cases/${caseId}`)).body,
  );
  return `${state.title.fa} ${letter.fa}`;
};
const look = async (url: string): Promise<string> => (await desk.app.inject({ url })).body;

/** What each place tells of the licence: the page of the request, the two cases, and the public pages. */
async function told({ id, tracking, number, code, licenceId }: Issued, hasCase: boolean) {
  const { licence } = await page(id, 'county-office');
  return {
    request: `${licence?.lapse?.title.fa} ${licence?.lapse?.told.fa}`,
    case: await caseOf(id),
    ...(hasCase ? { licence: await caseOf(licenceId) } : {}),
    track: await look(`/track?number=${tracking}`),
    check: await look(`/licences/check?number=${number}`),
    verify: await look(`/licences/verify?code=${encodeURIComponent(code)}`),
  };
}

const end = async (kind: 'cancelled' | 'annulled', licenceId: string) =>
  kindOf(await post('director', `licences/${licenceId}/ending`, { id: freshId(), kind, reason: 'آزمایش' }));

test('an annulled licence is told so everywhere, with its day and the bar, and is printed no more', async () => {
  const licence = await issued();
  for (const [where, text] of Object.entries(await told(licence, false)))
    expect(text, where).not.toContain('ابطال شد');
  house.clock.advance(86_400_000);
  expect(await end('annulled', licence.licenceId)).toBe('ok');
  house.clock.advance(86_400_000);
  for (const [where, text] of Object.entries(await told(licence, true))) {
    expect(text, where).toContain('مجوز در ۱۴۰۳/۰۶/۱۶ ابطال شد');
    expect(text, where).toContain('از ۱۴۰۵/۰۶/۱۶ می‌تواند دوباره درخواست بدهد');
    expect(text, where).toContain('ابطال‌شده');
    expect(text, where).not.toContain('گواهی را بگیرید');
  }
  const refused = await certificateOf(licence.licenceId);
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({ kind: 'CertificateLapsed', field: 'licence', rule: 'in_force' });
  expect(refused.json().fa).toContain('ابطال شد');
});

test('a cancelled licence is told so with its day and no bar', async () => {
  const licence = await issued();
  expect(await end('cancelled', licence.licenceId)).toBe('ok');
  for (const [where, text] of Object.entries(await told(licence, true))) {
    expect(text, where).toContain('مجوز در ۱۴۰۳/۰۶/۱۷ لغو شد');
    expect(text, where).not.toContain('می‌تواند دوباره درخواست بدهد');
  }
  expect((await certificateOf(licence.licenceId)).statusCode).toBe(409);
});

test('an expired licence is told so from the day after its last, and is printed until then', async () => {
  const licence = await issued();
  house.clock.set('2026-09-08T08:00:00.000Z');
  expect((await certificateOf(licence.licenceId)).statusCode).toBe(200);
  house.clock.set('2026-09-09T08:00:00.000Z');
  for (const [where, text] of Object.entries(await told(licence, false)))
    expect(text, where).toContain('اعتبار مجوز در ۱۴۰۵/۰۶/۱۷ به پایان رسید');
  expect((await certificateOf(licence.licenceId)).statusCode).toBe(409);
});

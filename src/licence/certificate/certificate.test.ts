import fc from 'fast-check';
import jsqr from 'jsqr';
import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { signingKey } from '#platform/signature.ts';
import { openHouse } from '#testing/house.ts';
import { openLicences, toIssue } from '#testing/licences.ts';
import { drawPdf, keepSheet, readPdf } from '#testing/paper.ts';
import { must } from '#kernel/result.ts';
import { dayText } from '#web/format.ts';
import { qrOf, signCertificate, verifyPayload } from './actions.ts';
import type { Certificate } from './contract.ts';
import { readPayload } from './rules.ts';

const house = await openHouse();
const { desk, asked, page, get } = await openLicences(house);
const pair = generateKeyPairSync('ed25519');
const key = signingKey(pair.privateKey);
const text = fc.string({ unit: fc.constantFrom(...Array.from('مریم نمونه‌پور|۱۲/۳ABz9')) });
const isoDay = fc.constantFrom('2024-09-05', '2026-09-06');
const certificate: fc.Arbitrary<Certificate> = fc.record({
  number: fc.constantFrom('30-1403-000001-4821', '15-1393-000007-0001'),
  holder: text,
  titleFa: text,
  county: text,
  province: text,
  issuedOn: isoDay,
  validFrom: isoDay,
  expiresOn: isoDay,
});

describe('the text of the code on a certificate', () => {
  test('is genuine as it was signed, and read back without loss but for bars', () => {
    fc.assert(
      fc.property(certificate, (given) => {
        const verified = verifyPayload(signCertificate(given, key), key.publicKey);
        expect(verified).toMatchObject({ verdict: 'genuine', certificate: { number: given.number } });
        if (verified.verdict === 'genuine')
          expect(verified.certificate.holder).toBe(given.holder.replaceAll('|', '/'));
      }),
    );
  });

  test('is false with any letter changed, and with another key', () => {
    fc.assert(
      fc.property(certificate, fc.nat(), fc.constantFrom('X', 'م', '|', '9'), (given, at, letter) => {
        const payload = signCertificate(given, key);
        const place = at % payload.length;
        const forged = payload.slice(0, place) + letter + payload.slice(place + 1);
        fc.pre(forged !== payload);
        expect(verifyPayload(forged, key.publicKey).verdict).not.toBe('genuine');
        const other = signingKey(generateKeyPairSync('ed25519').privateKey);
        expect(verifyPayload(payload, other.publicKey).verdict).toBe('forged');
      }),
      { numRuns: 60 },
    );
  });

  test('is false when a letter of its signature is another to the eye and the same to a decoder', () => {
    const payload = signCertificate(
      must(fc.sample(certificate, { seed: 7, numRuns: 1 })[0], 'a certificate'),
      key,
    );
    const signature = payload.slice(payload.lastIndexOf('|') + 1);
    for (const [letter, likeness] of [
      ['E', '\u0645'],
      ['-', '+'],
      ['_', '/'],
    ] as const) {
      const forged = payload.replace(signature, signature.replaceAll(letter, likeness));
      expect(verifyPayload(forged, key.publicKey).verdict).toBe(forged === payload ? 'genuine' : 'forged');
    }
    const last = must(signature.at(-1), 'a letter');
    const next = String.fromCodePoint(must(last.codePointAt(0), 'a code') + 1);
    expect(verifyPayload(payload.slice(0, -1) + next, key.publicKey).verdict).not.toBe('genuine');
  });

  test('is verified with nothing but the public key', () => {
    const given = must(fc.sample(certificate, { seed: 7, numRuns: 1 })[0], 'a certificate');
    const read = must(readPayload(signCertificate(given, key)), 'readable');
    const signature = Buffer.from(read.signature, 'base64url');
    expect(verify(null, Buffer.from(read.signed), pair.publicKey, signature)).toBe(true);
  });

  test('that is none is called unreadable', () => {
    for (const none of ['', 'KARSAZ1', 'http://example.invalid', 'KARSAZ2|a|b|c|d|e|f|g|h|i'])
      expect(verifyPayload(none, key.publicKey)).toEqual({ verdict: 'unreadable' });
  });
});

/** Draws the strokes of the code's SVG, each module four pixels wide, as RGBA. */
function drawn(svg: string): { readonly pixels: Uint8ClampedArray; readonly side: number } {
  const modules = parseInt(must(/viewBox="0 0 (\d+)/.exec(svg)?.[1], 'a side'), 10);
  const side = modules * 4;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  const path = must(/stroke="#000000" d="([^"]+)"/.exec(svg)?.[1], 'strokes');
  let [x, y] = [0, 0];
  for (const [, name = '', first = '', second = '0'] of path.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
    const [a, b] = [parseInt(first, 10), parseInt(second, 10)];
    if (name === 'M') [x, y] = [a, b];
    else if (name === 'm') [x, y] = [x + a, y + b];
    else {
      for (let row = y * 4; row < y * 4 + 4; row += 1)
        for (let column = x * 4; column < (x + a) * 4; column += 1)
          pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
      x += a;
    }
  }
  return { pixels, side };
}

test('the code that is drawn is read back as its text, signature included', async () => {
  const given = must(fc.sample(certificate, { seed: 11, numRuns: 1 })[0], 'a certificate');
  const payload = signCertificate(given, key);
  const { pixels, side } = drawn(await qrOf(payload));
  const read = must(jsqr(pixels, side, side), 'a code that can be read');
  expect(Buffer.from(read.binaryData).toString('utf8')).toBe(payload);
  expect(verifyPayload(Buffer.from(read.binaryData).toString('utf8'), key.publicKey).verdict).toBe('genuine');
});

describe('the public check', () => {
  test('shows by number what the certificate shows, in both languages, and nothing of a wrong one', async () => {
    const sent = await asked(toIssue);
    const licence = must((await page(sent.id)).licence, 'a licence');
    const look = async (url: string) => {
      const { statusCode, body } = await desk.app.inject({ url });
      return { statusCode, body };
    };
    const persian = licence.number.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'.charAt(parseInt(digit, 10)));
    const shown = await look(`/licences/check?number=${encodeURIComponent(persian)}`);
    expect(shown.statusCode).toBe(200);
    for (const word of ['مریم نمونه‌پور', 'خیاطی', 'معتبر', 'کرج']) expect(shown.body).toContain(word);
    expect(shown.body).not.toContain(sent.holder.nationalId);
    const english = (await look(`/en/licences/check?number=${licence.number}`)).body;
    expect(english).toContain('Tailoring');
    expect(english).toContain(`to ${dayText(licence.expiresOn, 'en')}</bdi>`);
    expect(english).not.toContain(licence.expiresOn);
    const bare = licence.number.replaceAll('-', '');
    for (const typed of [bare, `${bare.slice(0, 6)} ${bare.slice(6)}`, persian.replaceAll('-', '–')])
      expect((await look(`/licences/check?number=${encodeURIComponent(typed)}`)).body).toContain('خیاطی');
    const wrong = licence.number.replace(/\d$/, (digit) => String((parseInt(digit, 10) + 1) % 10));
    expect((await look(`/licences/check?number=${wrong}`)).statusCode).toBe(404);
    expect((await look('/licences/check?number=%00')).statusCode).toBe(400);
    expect((await look('/licences/check')).body).toContain('<form');
    const pdf = await desk.app.inject({
      url: `/api/provinces/alborz/licences/${licence.licenceId}/certificate.pdf`,
      headers: { cookie: (await desk.as('county-office-alborz')).cookie },
    });
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    // In letters too: a code tells whoever has no camera nothing of where to look.
    const printed = await readPdf(pdf.rawPayload);
    keepSheet(await drawPdf(pdf.rawPayload), 'licence-certificate');
    // What reads the letters back turns a line of Persian round, the address of the house of the tests within it.
    expect(printed).toContain('check/licences:80/localhost://http');
    expect((await get('applicant', `licences/${licence.licenceId}`)).status).toBe(404);
    let last = 200;
    for (let count = 0; count < 40 && last !== 429; count += 1)
      last = (await look(`/licences/check?number=${wrong}`)).statusCode;
    expect(last).toBe(429);
  }, 60_000);
});

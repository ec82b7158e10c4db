import type { Certificate, ReadCertificate } from './contract.ts';

/**
 * The text in the QR code: `KARSAZ1|number|holder|…|signature`. The signature (Ed25519, base64url) is of everything
 * before its bar, in UTF-8, so that whoever has the installation's public key can verify it without us.
 */
const mark = 'KARSAZ1';
const fields = [
  'number',
  'holder',
  'titleFa',
  'county',
  'province',
  'issuedOn',
  'validFrom',
  'expiresOn',
] as const satisfies readonly (keyof Certificate)[];

/** A bar in a title would move the fields behind it. */
const plain = (text: string): string => text.replaceAll('|', '/');

export const signedText = (certificate: Certificate): string =>
  [mark, ...fields.map((field) => plain(certificate[field]))].join('|');

export const payloadOf = (signed: string, signature: Buffer): string =>
  `${signed}|${signature.toString('base64url')}`;

/** Takes a payload apart; undefined when it is none. Whether it is genuine the signature says. */
export function readPayload(payload: string): ReadCertificate | undefined {
  const parts = payload.trim().split('|');
  if (parts.length !== fields.length + 2 || parts[0] !== mark) return undefined;
  const [number = '', holder = '', titleFa = '', county = '', province = ''] = parts.slice(1);
  const [issuedOn = '', validFrom = '', expiresOn = '', signature = ''] = parts.slice(6);
  return {
    certificate: { number, holder, titleFa, county, province, issuedOn, validFrom, expiresOn },
    signed: parts.slice(0, -1).join('|'),
    signature,
  };
}

import QRCode from 'qrcode';
import { isoOf } from '#kernel/day.ts';
import { isSigned, type SigningKey } from '#platform/signature.ts';
import type { NamedLicence } from '../queries.ts';
import type { Certificate } from './contract.ts';
import { payloadOf, readPayload, signedText } from './rules.ts';

/** What a certificate of the licence says; a licence taken over from an earlier register has no known holder. */
export const certificateOf = (licence: NamedLicence): Certificate => ({
  number: licence.number,
  holder: licence.holderName ?? '—',
  titleFa: licence.titleFa,
  county: licence.countyFa,
  province: licence.provinceFa,
  issuedOn: isoOf(licence.issuedOn),
  validFrom: isoOf(licence.validFrom),
  expiresOn: isoOf(licence.expiresOn),
});

/** The text of the QR code, signed with the key of this installation. */
export function signCertificate(certificate: Certificate, key: SigningKey): string {
  const signed = signedText(certificate);
  return payloadOf(signed, key.sign(Buffer.from(signed, 'utf8')));
}

export type Verified =
  | { readonly verdict: 'unreadable' | 'forged' }
  | { readonly verdict: 'genuine'; readonly certificate: Certificate };

/** Whether a payload was signed with this key. Whether the licence still stands, only the register says. */
export function verifyPayload(payload: string, publicKey: Buffer): Verified {
  const read = readPayload(payload);
  if (read === undefined) return { verdict: 'unreadable' };
  const signature = Buffer.from(read.signature, 'base64url');
  // The decoder forgives: a signature in another writing than its own is not the one that was given.
  const isGenuine =
    signature.toString('base64url') === read.signature &&
    isSigned({ publicKey, bytes: Buffer.from(read.signed, 'utf8'), signature });
  return isGenuine ? { verdict: 'genuine', certificate: read.certificate } : { verdict: 'forged' };
}

export const qrOf = (payload: string): Promise<string> =>
  QRCode.toString(payload, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });

import { assert } from './result.ts';

declare const idBrand: unique symbol;

/** A UUIDv7 (RFC 9562), made by the application: sorts by the millisecond in which it was made. */
export type Id = string & { readonly [idBrand]: true };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isId = (value: string): value is Id => uuid.test(value);

/** An id as it stands on the wire. Throws when it is not a lower-case UUID. */
export function id(value: string): Id {
  assert(isId(value), `not an id: ${value.slice(0, 40)}`);
  return value;
}

/** The two hexadecimal digits of each byte. */
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A new id for the instant `epochMilliseconds`, from Web Crypto: the same code runs in a browser. */
export function newId(epochMilliseconds: number): Id {
  const ends = 2 ** 48;
  assert(epochMilliseconds >= 0 && epochMilliseconds < ends, `no id for the instant ${epochMilliseconds}`);
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(epochMilliseconds / 2 ** 32));
  view.setUint32(2, epochMilliseconds % 2 ** 32);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  let text = '';
  for (const [place, byte] of bytes.entries()) {
    if (place === 4 || place === 6 || place === 8 || place === 10) text += '-';
    text += hexOf[byte] ?? '';
  }
  return id(text);
}

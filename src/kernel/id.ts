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

const randomBytes = 10;
/** Chance for some hundred ids at a time: asking for it costs more than all the rest of an id. */
const chance = new Uint8Array(randomBytes * 400);
let spent = chance.length;

/** A new id for the instant `epochMilliseconds`, from Web Crypto: the same code runs in a browser. */
export function newId(epochMilliseconds: number): Id {
  const ends = 2 ** 48;
  assert(epochMilliseconds >= 0 && epochMilliseconds < ends, `no id for the instant ${epochMilliseconds}`);
  if (spent === chance.length) {
    crypto.getRandomValues(chance);
    spent = 0;
  }
  const at = spent;
  spent += randomBytes;
  const byte = (place: number): number => chance[at + place] ?? 0;
  const hex = (place: number): string => hexOf[byte(place)] ?? '';
  const time = Math.floor(epochMilliseconds).toString(16).padStart(12, '0');
  const version = hexOf[(byte(0) & 0x0f) | 0x70] ?? '';
  const variant = hexOf[(byte(2) & 0x3f) | 0x80] ?? '';
  const last = `${hex(4)}${hex(5)}${hex(6)}${hex(7)}${hex(8)}${hex(9)}`;
  return id(`${time.slice(0, 8)}-${time.slice(8)}-${version}${hex(1)}-${variant}${hex(3)}-${last}`);
}

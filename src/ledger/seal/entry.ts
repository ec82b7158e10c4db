import { assert } from '#kernel/result.ts';

/** An id (16 bytes) and the hash of the row (32). */
export const entryBytes = 48;
const idBytes = 16;

/** The value of the hexadecimal digit with this code; other codes give nonsense, which matches no id. */
const digit = (code: number): number => (code <= 57 ? code - 48 : code - 87);

/** Where the pairs of digits stand in the text of a UUID. */
const pairs = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/** Writes the bytes of the UUID whose text begins at `at` into `into`. */
export function readId(text: Uint8Array, at: number, into: Uint8Array): void {
  for (let byte = 0; byte < idBytes; byte += 1) {
    const place = at + (pairs[byte] ?? 0);
    into[byte] = (digit(text[place] ?? 0) << 4) | digit(text[place + 1] ?? 0);
  }
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function idText(bytes: Uint8Array): string {
  const hex = Array.from(bytes.subarray(0, idBytes), (byte) => hexOf[byte]).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * Every sealed row of one source by its id: 48 bytes of content and 8 of table each, so that ten million rows fit
 * into memory where a map of strings would not.
 */
export class EntryIndex {
  readonly count: number;
  private readonly entries: Uint8Array;
  private readonly words: DataView;
  private readonly slots: Int32Array;
  private readonly seen: Uint8Array;

  /** `entries` is those of all seals of the source, one after the other. */
  constructor(entries: Uint8Array) {
    assert(entries.length % entryBytes === 0, 'entries are whole');
    this.entries = entries;
    this.count = entries.length / entryBytes;
    this.words = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
    let size = 16;
    while (size < this.count * 2) size *= 2;
    this.slots = new Int32Array(size).fill(-1);
    this.seen = new Uint8Array(this.count);
    for (let index = 0; index < this.count; index += 1) this.place(index);
  }

  private slotOf(bytes: DataView, at: number): number {
    // The end of a UUIDv7 is chance; the middle is mixed in for ids that were chosen badly.
    return (
      (bytes.getUint32(at + 12) ^ Math.imul(bytes.getUint32(at + 8), 0x9e37_79b1)) & (this.slots.length - 1)
    );
  }

  private place(index: number): void {
    let slot = this.slotOf(this.words, index * entryBytes);
    while (this.slots[slot] !== -1) slot = (slot + 1) & (this.slots.length - 1);
    this.slots[slot] = index;
  }

  private same(index: number, id: DataView): boolean {
    const at = index * entryBytes;
    return (
      this.words.getUint32(at + 12) === id.getUint32(12) &&
      this.words.getUint32(at) === id.getUint32(0) &&
      this.words.getUint32(at + 4) === id.getUint32(4) &&
      this.words.getUint32(at + 8) === id.getUint32(8)
    );
  }

  /** The place of the row among all entries, or -1; a row that is found counts as seen. */
  find(id: DataView): number {
    let slot = this.slotOf(id, 0);
    for (;;) {
      const index = this.slots[slot] ?? -1;
      if (index === -1) return -1;
      if (this.same(index, id)) {
        this.seen[index] = 1;
        return index;
      }
      slot = (slot + 1) & (this.slots.length - 1);
    }
  }

  hasHash(index: number, hash: Uint8Array): boolean {
    const at = index * entryBytes + idBytes;
    for (let byte = 0; byte < hash.length; byte += 1)
      if (this.entries[at + byte] !== hash[byte]) return false;
    return true;
  }

  idAt(index: number): string {
    return idText(this.entries.subarray(index * entryBytes));
  }

  /** The first entry that no row was found for, or -1. An id that is there twice is unseen in its second place. */
  firstUnseen(): number {
    return this.seen.indexOf(0);
  }
}

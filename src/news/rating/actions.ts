import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { dayOfInstant } from '#kernel/day.ts';
import { type Id, isId } from '#kernel/id.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { type ItemAddress, findPublicPlaces } from '../item/queries.ts';
import { type RatingRefusal, mostOfNetwork } from './contract.ts';
import { type RatingRow, findReaders, upsertRatings } from './queries.ts';

/** Keyed SHA-256 of the installation. */
export type KeyedHash = (fact: string) => Promise<Buffer>;

const cookieName = 'karsaz_reader';
/** Half a year: who comes back later may rate again. */
const cookieSeconds = 180 * 24 * 60 * 60;

const signatureOf = async (keyedHash: KeyedHash, reader: string): Promise<Buffer> =>
  (await keyedHash(`news reader ${reader}`)).subarray(0, 16);

const valueIn = (cookies: string | undefined): string | undefined =>
  cookies
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);

/**
 * The reader of a request: by the signed cookie, or a new one by the key of the form that was drawn for them, so that
 * a double click of somebody without a cookie is one vote too (L5).
 */
export async function readerOf(
  keyedHash: KeyedHash,
  given: { readonly cookies: string | undefined; readonly formKey: Id },
): Promise<Result<Id, RatingRefusal>> {
  const value = valueIn(given.cookies);
  if (value === undefined) return ok(given.formKey);
  const [reader = '', signature = ''] = value.split('.');
  if (!isId(reader) || !/^[0-9a-f]{32}$/.test(signature)) return refused({ kind: 'RatingForged' });
  const right = await signatureOf(keyedHash, reader);
  return timingSafeEqual(right, Buffer.from(signature, 'hex'))
    ? ok(reader)
    : refused({ kind: 'RatingForged' });
}

/** The cookie that makes a reader known again here, and nowhere else. */
export async function cookieOf(keyedHash: KeyedHash, reader: Id, secure: boolean): Promise<string> {
  const signature = (await signatureOf(keyedHash, reader)).toString('hex');
  return `${cookieName}=${reader}.${signature}; Path=/; Max-Age=${cookieSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

export const noCookie = `${cookieName}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`;

/** The first three numbers of an IPv4 address, the first three groups of an IPv6 one. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return (mapped ?? address).split('.').slice(0, 3).join('.');
  const [head = '', tail = ''] = address.split('::');
  const heads = head === '' ? [] : head.split(':');
  const tails = tail === '' ? [] : tail.split(':');
  const gap = address.includes('::')
    ? Array.from({ length: 8 - heads.length - tails.length }, () => '0')
    : [];
  return [...heads, ...gap, ...tails].slice(0, 3).join(':');
}

/**
 * How many new votes an item got from each network today. Only in memory and only as a hash under a key that is drawn
 * for the day and forgotten with it: nobody, we included, can say later who read what.
 */
export class Networks {
  private readonly clock: Clock;
  private day = '';
  private key = randomBytes(32);
  private readonly counts = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Takes a place for a new vote; false when the network has none left today. */
  take(itemId: string, address: string): boolean {
    const hash = this.hashOf(itemId, address);
    const taken = this.counts.get(hash) ?? 0;
    if (taken >= mostOfNetwork) return false;
    this.counts.set(hash, taken + 1);
    return true;
  }

  private hashOf(itemId: string, address: string): string {
    const today = dayOfInstant(this.clock.now().getTime());
    if (today !== this.day) {
      this.day = today;
      this.key = randomBytes(32);
      this.counts.clear();
    }
    return createHmac('sha256', this.key)
      .update(`${itemId} ${networkOf(address)}`)
      .digest('base64');
  }
}

export type Vote = ItemAddress & { readonly reader: Id; readonly stars: number; readonly address: string };

type Polling = {
  readonly tx: Tx;
  readonly clock: Clock;
  readonly keyedHash: KeyedHash;
  readonly networks: Networks;
};

type Counted = Result<{ readonly stars: number }, RatingRefusal>;

/** Votes of one province, in their order: one vote for a reader of an item; the last one counts. */
export async function rateItems(
  { tx, clock, keyedHash, networks }: Polling,
  votes: readonly Vote[],
): Promise<Counted[]> {
  const places = await findPublicPlaces(tx, [...new Set(votes.map(({ itemId }) => itemId))]);
  const states = new Map(places.map(({ itemId, state }) => [String(itemId), state]));
  // Another hash under each item: nobody can put together what one reader rated.
  const hashes = await Promise.all(
    votes.map(({ itemId, reader }) => keyedHash(`news rating ${itemId} ${reader}`)),
  );
  const hashOf = (at: number): Buffer => must(hashes[at], 'a hash each');
  const known = await findReaders(
    tx,
    votes.map(({ provinceId, itemId }, at) => ({ provinceId, itemId, readerHash: hashOf(at) })),
  );
  const counting = new Map<string, RatingRow>();
  const results = votes.map(({ provinceId, itemId, stars, address }, at): Counted => {
    const state = states.get(itemId);
    if (state === undefined) return refused({ kind: 'ItemMissing', itemId });
    if (state === 'archived') return refused({ kind: 'ItemClosed' });
    const readerHash = hashOf(at);
    const name = readerHash.toString('base64');
    if (!known.has(name) && !counting.has(name) && !networks.take(itemId, address))
      return refused({ kind: 'RatingNetworkFull', most: mostOfNetwork });
    counting.set(name, { provinceId, itemId, readerHash, stars, ratedAt: clock.now() });
    return ok({ stars });
  });
  await upsertRatings(tx, [...counting.values()]);
  return results;
}

import { timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { type Day, dayOfInstant } from '#kernel/day.ts';
import { type Id, isId } from '#kernel/id.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { type ItemAddress, findPublicPlaces } from '../item/queries.ts';
import { type RatingRefusal, mostOfNetwork } from './contract.ts';
import {
  type Heap,
  type RatingRow,
  addNetworkVotes,
  findReaders,
  forgetNetworks,
  holdNetworks,
  starsOf,
  upsertRatings,
} from './queries.ts';

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

/** Who rates, and whether they are known by a cookie of ours. */
export type Reader = { readonly id: Id; readonly known: boolean };

/**
 * The reader of a request: by the signed cookie, or a new one by the key of the form that was drawn for them, so that
 * a double click of somebody without a cookie is one vote too (L5).
 */
export async function readerOf(
  keyedHash: KeyedHash,
  given: { readonly cookies: string | undefined; readonly formKey: Id },
): Promise<Result<Reader, RatingRefusal>> {
  const value = valueIn(given.cookies);
  if (value === undefined) return ok({ id: given.formKey, known: false });
  const [reader = '', signature = ''] = value.split('.');
  if (!isId(reader) || !/^[0-9a-f]{32}$/.test(signature)) return refused({ kind: 'RatingForged' });
  const right = await signatureOf(keyedHash, reader);
  return timingSafeEqual(right, Buffer.from(signature, 'hex'))
    ? ok({ id: reader, known: true })
    : refused({ kind: 'RatingForged' });
}

/** The stars that the reader with this signed cookie gave an item; null for whoever has none or gave none. */
export async function starsOfReader(
  tx: Tx,
  keyedHash: KeyedHash,
  { provinceId, itemId, cookies }: ItemAddress & { readonly cookies: string | undefined },
): Promise<number | null> {
  if (valueIn(cookies) === undefined) return null;
  const reader = await readerOf(keyedHash, { cookies, formKey: itemId });
  if (!reader.ok) return null;
  const readerHash = await readerHashOf(keyedHash, { itemId, reader: reader.value.id });
  return starsOf(tx, { provinceId, itemId, readerHash });
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
  const groups = [...heads, ...gap, ...tails].slice(0, 3);
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

/** So few that some ten networks of the country lie in each, and so many that two crowded ones seldom meet. */
const heapCount = 4_096;

/**
 * The heap of networks in which a vote is counted, another one under each item and on each day. It is no hash of an
 * address: thousands of networks have the same, and nobody who reads the counts can say which of them voted.
 */
export async function heapOf(
  keyedHash: KeyedHash,
  { itemId, day, address }: { readonly itemId: string; readonly day: Day; readonly address: string },
): Promise<number> {
  return (await keyedHash(`news network ${day} ${itemId} ${networkOf(address)}`)).readUInt16BE(0) % heapCount;
}

export type Vote = ItemAddress & { readonly reader: Id; readonly stars: number; readonly address: string };

type Polling = { readonly tx: Tx; readonly clock: Clock; readonly keyedHash: KeyedHash };

type Counted = Result<{ readonly stars: number }, RatingRefusal>;

// Another hash under each item: nobody can put together what one reader rated.
const readerHashOf = (keyedHash: KeyedHash, { itemId, reader }: Pick<Vote, 'itemId' | 'reader'>) =>
  keyedHash(`news rating ${itemId} ${reader}`);

type Ballot = { readonly row: RatingRow; readonly name: string; readonly heap: Heap };

async function ballotOf({ clock, keyedHash }: Polling, vote: Vote): Promise<Ballot> {
  const { provinceId, itemId, stars, address } = vote;
  const at = clock.now();
  const day = dayOfInstant(at.getTime());
  const readerHash = await readerHashOf(keyedHash, vote);
  return {
    row: { provinceId, itemId, readerHash, stars, ratedAt: at },
    name: readerHash.toString('base64'),
    heap: { provinceId, itemId, day, heap: await heapOf(keyedHash, { itemId, day, address }) },
  };
}

/** Votes of one province, in their order: one vote for a reader of an item; the last one counts. */
export async function rateItems(polling: Polling, votes: readonly Vote[]): Promise<Counted[]> {
  const { tx } = polling;
  const places = await findPublicPlaces(tx, [...new Set(votes.map(({ itemId }) => itemId))]);
  const states = new Map(places.map(({ itemId, state }) => [itemId, state]));
  const ballots = await Promise.all(votes.map((vote) => ballotOf(polling, vote)));
  const known = await findReaders(
    tx,
    ballots.map(({ row }) => row),
  );
  const networks = await openNetworks(
    tx,
    ballots.filter(({ row, name }) => states.has(row.itemId) && !known.has(name)).map(({ heap }) => heap),
  );
  const counting = new Map<string, RatingRow>();
  const results = ballots.map(({ row, name, heap }): Counted => {
    const { itemId, stars } = row;
    const state = states.get(itemId);
    if (state === undefined) return refused({ kind: 'ItemMissing', itemId });
    if (state === 'archived') return refused({ kind: 'ItemClosed' });
    if (!known.has(name) && !counting.has(name) && !networks.take(heap))
      return refused({ kind: 'RatingNetworkFull', most: mostOfNetwork });
    counting.set(name, row);
    return ok({ stars });
  });
  await upsertRatings(tx, [...counting.values()]);
  await addNetworkVotes(tx, networks.taken());
  return results;
}

/** How many new votes the heaps have; they are held, so that two processes do not both give the last place away. */
async function openNetworks(tx: Tx, heaps: readonly Heap[]) {
  const [first] = heaps;
  const distinct = [...new Map(heaps.map((heap) => [heapName(heap), heap])).values()];
  if (first !== undefined) await forgetNetworks(tx, first);
  const held = first === undefined ? [] : await holdNetworks(tx, distinct);
  const before = new Map(held.map((heap) => [heapName(heap), heap.votes]));
  const added = new Map<string, Heap & { votes: number }>();
  return {
    /** Takes a place for a new vote; false when the heap has none left today. */
    take: (heap: Heap): boolean => {
      const name = heapName(heap);
      const votes = added.get(name)?.votes ?? 0;
      if ((before.get(name) ?? 0) + votes >= mostOfNetwork) return false;
      added.set(name, { ...heap, votes: votes + 1 });
      return true;
    },
    taken: () => [...added.values()],
  };
}

const heapName = ({ itemId, heap }: Pick<Heap, 'itemId' | 'heap'>): string => `${itemId} ${heap}`;

/** The stars that a reader has given an item; null where there are none. */
export const starsGiven = async (
  tx: Tx,
  keyedHash: KeyedHash,
  vote: Pick<Vote, 'provinceId' | 'itemId' | 'reader'>,
): Promise<number | null> => starsOf(tx, { ...vote, readerHash: await readerHashOf(keyedHash, vote) });

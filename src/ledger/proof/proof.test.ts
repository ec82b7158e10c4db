import { generateKeyPairSync, hash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Id } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import { isSigned, signingKey } from '#platform/signature.ts';
import { booksOf, order, provinceId } from '#testing/books.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { problemKind } from '#testing/people.ts';
import { beginSealing, sealRecorded } from '../seal/actions.ts';
import { transferSource } from '../seal/contract.ts';
import { rowText, sealText } from '../seal/rules.ts';
import { proofShape } from './contract.ts';
import { proofRoutes } from './routes.ts';

const house = await openHouse();
const desk = await openDesk(house, { rooms: [proofRoutes(house)] });
const key = signingKey(generateKeyPairSync('ed25519').privateKey);
const sealed: Id[] = [];
const fresh: Id[] = [];

beforeAll(async () => {
  const { openSet, post } = booksOf(house);
  const [notifier, a, b] = await openSet();
  for (let run = 0; run < 3; run += 1) {
    const orders = [order(notifier, a), order(notifier, b), order(a, b)];
    await post(orders);
    sealed.push(...orders.map(({ id }) => id));
    house.clock.advance(3_000);
    await sealRecorded({ ...house, key, sources: [transferSource] }, beginSealing());
  }
  const late = order(notifier, a);
  await post([late]);
  fresh.push(late.id);
});

const urlOf = (id: string, province = provinceId): string =>
  `/api/seals/proof?province=${province}&transfer=${id}`;

test('each sealed transfer is proved from its bytes up to the signature, and no other row passes for it', async () => {
  const auditor = await desk.as('auditor');
  for (const id of sealed) {
    const proof = proofShape.parse((await auditor.get(urlOf(id))).body);
    const { seal, publicKey, place, hashes } = must(proof.sealed, 'a seal');
    expect(proof.row[proof.columns.indexOf('id')]).toBe(id);
    expect(hashes.slice(place * 64, place * 64 + 64)).toBe(hash('sha256', rowText(proof.row), 'hex'));
    expect(hash('sha256', Buffer.from(hashes, 'hex'), 'hex')).toBe(seal.rowsHash);
    const content = {
      ...seal,
      number: BigInt(seal.number),
      firstPosition: BigInt(seal.firstPosition),
      lastPosition: BigInt(seal.lastPosition),
      sealedAt: new Date(seal.sealedAt),
    };
    expect(hash('sha256', sealText(content), 'hex')).toBe(seal.head);
    const [bytes, signature] = [seal.head, seal.signature].map((digits) => Buffer.from(digits, 'hex'));
    expect(
      isSigned({
        publicKey: Buffer.from(publicKey, 'hex'),
        bytes: must(bytes, 'a head'),
        signature: must(signature, 'a signature'),
      }),
    ).toBe(true);
    const altered = proof.row.map((value, index) => (proof.columns[index] === 'amount' ? '101' : value));
    expect(hashes).not.toContain(hash('sha256', rowText(altered), 'hex'));
  }
});

test('a transfer of the last seconds says that it waits for its seal', async () => {
  const auditor = await desk.as('auditor');
  const proof = proofShape.parse((await auditor.get(urlOf(must(fresh[0], 'a fresh one')))).body);
  expect(proof.sealed).toBeNull();
});

test('who sees no accounts gets no proof, nor a director one of another province', async () => {
  const id = must(sealed[0], 'a sealed one');
  for (const name of ['applicant-alborz', 'administrator-one'])
    expect(problemKind(await (await desk.as(name)).get(urlOf(id)))).toBe('RoleMayNot');
  expect(problemKind(await desk.nobody.get(urlOf(id)))).toBe('NotSignedIn');
  const director = await desk.as('director-alborz');
  expect(problemKind(await director.get(urlOf(id)))).toBe('OtherProvince');
  expect(problemKind(await director.get(urlOf(id, 30)))).toBe('TransferMissing');
});

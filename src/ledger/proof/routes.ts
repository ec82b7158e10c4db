import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '#kernel/actor.ts';
import { isId } from '#kernel/id.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { transferSource } from '../seal/contract.ts';
import { entryBytes, idText, readId } from '../seal/entry.ts';
import { listKeys, listRowsById } from '../seal/queries.ts';
import { everybody, ofProvince, onTheWire } from '../seal/routes.ts';
import { proofRefusalStatus, proofShape, type Proof, type ProofRefusal } from './contract.ts';
import { findSealOf } from './queries.ts';
import { proofRefusalWords } from './words.ts';

/** Those who see accounts; agencies, banks and applicants see no account of the ledger. */
const readers = [
  'director',
  'deputy',
  'county_office',
  'auditor',
  'editor',
  'ministry',
] as const satisfies Role[];

const proofQuery = ofProvince.extend({
  transfer: z.uuid().refine(isId).meta({ fa: 'شناسهٔ انتقال', en: 'Id of the transfer' }),
});
type ProofAsked = z.infer<typeof proofQuery>;

export const proofRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/seals/proof',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'From which anybody recomputes that a transfer stands in a signed seal',
          querystring: proofQuery,
          response: { 200: proofShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const scope = scopeIn(await actingOf(request), request.query.province);
        const found = await findProof(house, request.query, scope);
        return answer(reply, found, proofRefusalStatus, proofRefusalWords);
      },
    );
  };

const columnsIn = (format: number) => [...must(transferSource.formats[format - 1], 'a format')];

type Scope = ReturnType<typeof scopeIn>;

/** The row is read as the asker may see it; its seal is for everybody, of the other rows their hashes only. */
async function findProof(
  { db }: House,
  { province: provinceId, transfer }: ProofAsked,
  scope: Scope,
): Promise<Result<Proof, ProofRefusal>> {
  const newest = transferSource.formats.length;
  const rowIn = (format: number) =>
    read(db, scope, (tx) =>
      listRowsById(tx, { provinceId, source: transferSource, ids: [transfer], format }),
    );
  const [row] = await rowIn(newest);
  if (row === undefined) return refused({ kind: 'TransferMissing', transferId: transfer });
  const id = Buffer.alloc(16);
  readId(Buffer.from(transfer, 'latin1'), 0, id);
  const { found, keys } = await read(db, everybody, async (tx) => ({
    found: await findSealOf(tx, { provinceId, source: transferSource.name, id, at: row.at }),
    keys: await listKeys(tx),
  }));
  const about = { transferId: transfer, recordedAt: row.at.toISOString() };
  if (found === undefined)
    return ok({ ...about, columns: columnsIn(newest), row: row.columns, sealed: null });
  const { seal, entries } = found;
  const asSealed = seal.format === newest ? row : must((await rowIn(seal.format))[0], 'the same row');
  const hashes = Array.from({ length: entries.length / entryBytes }, (_, index) =>
    entries.subarray(index * entryBytes + 16, (index + 1) * entryBytes).toString('hex'),
  );
  const place = hashes.findIndex((_, index) => idText(entries.subarray(index * entryBytes)) === transfer);
  const { publicKey } = must(
    keys.find(({ keyId }) => keyId === seal.keyId),
    'the key of a seal',
  );
  return ok({
    ...about,
    columns: columnsIn(seal.format),
    row: asSealed.columns,
    sealed: { seal: onTheWire(seal), publicKey, place, hashes: hashes.join('') },
  });
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Role } from '#kernel/actor.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor } from '#platform/session.ts';
import { openSignIn } from '#platform/signin.ts';
import type { Tx } from '#platform/db.ts';
import { doneShape } from '../person/contract.ts';
import { mixedLetters } from '../person/name.ts';
import { listByIds, type PersonRow } from '../person/queries.ts';
import { doer, keepersOfPersons, personOf, readAt } from '../person/routes.ts';
import { decideDuplicate } from './actions.ts';
import {
  decisionShape,
  duplicateAddress,
  duplicateRefusalStatus,
  duplicatesShape,
  type DuplicateRefusal,
  type Duplicates,
} from './contract.ts';
import { listCandidates, listMergedPairs } from './queries.ts';
import { likenessOf } from './rules.ts';
import { duplicateRefusalWords } from './words.ts';

const mayRead: readonly Role[] = [...keepersOfPersons, 'auditor', 'ministry'];
const base = '/api/provinces/:province/duplicates';

export const duplicateRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const once = doer<DuplicateRefusal>(house, openSignIn(house).keyedHash, {
      status: duplicateRefusalStatus,
      words: duplicateRefusalWords,
    });
    app.get(
      base,
      {
        preHandler: requireActor(...mayRead),
        schema: {
          summary: 'Records that may be one person, with reasons, and merges that stand',
          params: duplicateAddress,
          response: { 200: duplicatesShape, ...problemResponses },
        },
      },
      async (request, _reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, place, (tx) => findDuplicates(tx, place.provinceId));
      },
    );

    app.post(
      base,
      {
        preHandler: requireActor(...keepersOfPersons),
        schema: {
          summary: 'Decides that two records are one person, are two, or takes a merge back',
          params: duplicateAddress,
          body: decisionShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      (request, reply) =>
        once({ request, reply, route: `POST ${base}` }, request.params.province, (doing) =>
          decideDuplicate(doing, request.body),
        ),
    );
  };

const mostCandidates = 2_000;
const mostShown = 100;

async function findDuplicates(tx: Tx, provinceId: number): Promise<Duplicates> {
  const pairs = await listCandidates(tx, { provinceId, mixed: mixedLetters, limit: mostCandidates });
  const merges = await listMergedPairs(tx, { provinceId, limit: mostShown });
  const asked = [
    ...pairs.flatMap(({ firstId, secondId }) => [firstId, secondId]),
    ...merges.flatMap(({ keptId, otherId }) => [keptId, otherId]),
  ];
  const rows = new Map<string, PersonRow>(
    (await listByIds(tx, { provinceId, personIds: [...new Set(asked)] })).map((row) => [row.personId, row]),
  );
  const two = (one: string, other: string) => {
    const [a, b] = [rows.get(one), rows.get(other)];
    return a === undefined || b === undefined ? [] : [[personOf(a), personOf(b)] as const];
  };
  const proposals = pairs
    .flatMap(({ firstId, secondId }) => two(firstId, secondId))
    .map(([first, second]) => ({ first, second, reasons: [...likenessOf(first, second)] }))
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((a, b) => b.reasons.length - a.reasons.length);
  const merged = merges
    .flatMap(({ keptId, otherId }) => two(keptId, otherId))
    .map(([kept, other]) => ({ kept, other }));
  return { proposals: proposals.slice(0, mostShown), merged };
}

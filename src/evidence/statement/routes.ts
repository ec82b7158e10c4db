import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '#kernel/actor.ts';
import { ok, refused } from '#kernel/result.ts';
import { placeRefusalStatus } from '#place/contract.ts';
import { placeRefusalWords } from '#place/words.ts';
import { noScope, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { readDemonstration } from '#platform/installation.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { requireActor } from '#platform/session.ts';
import { type FindingAnswer, type SampleStatements, type Told, sampleStatementsShape } from '../contract.ts';
import { listProvinces } from '../queries.ts';
import { sayReason, sayWhy } from '../words.ts';

/** Applicants see their own case and administrators no province: neither has records to hold a statement against. */
export const mayCheck = [
  'director',
  'deputy',
  'county_office',
  'agency',
  'bank',
  'auditor',
  'editor',
  'ministry',
] as const satisfies readonly Role[];

/** Texts to try the check on. */
export const statementRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/sample-statements',
      {
        preHandler: requireActor(...mayCheck),
        schema: {
          summary: 'Texts to try the check on; none outside a demonstration',
          response: { 200: sampleStatementsShape, ...problemResponses },
        },
      },
      async () => {
        const isDemonstration = (await readDemonstration(house.db)) === 'loaded';
        return { statements: isDemonstration ? await sampleStatements(house.config.root) : [] };
      },
    );
  };

/** `statement-<province>.txt` of the demonstration, the files that `karsaz check` is tried on too. */
async function sampleStatements(root: string): Promise<SampleStatements['statements']> {
  const folder = join(root, 'data', 'demonstration');
  const statements: SampleStatements['statements'] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const [, province] = /^statement-([a-z-]+)\.txt$/.exec(name) ?? [];
    if (province === undefined) continue;
    statements.push({ province, text: (await readFile(join(folder, name), 'utf8')).trimEnd() });
  }
  return statements;
}

export async function provinceOf({ db }: House, reply: FastifyReply, slug: string): Promise<number> {
  const found = (await read(db, noScope, listProvinces)).find((province) => province.slug === slug);
  const result =
    found === undefined ? refused({ kind: 'ProvinceUnknown', slug } as const) : ok(found.provinceId);
  return answer(reply, result, placeRefusalStatus, placeRefusalWords);
}

export function findingOf(told: Told): FindingAnswer {
  const { year: _, facts: __, ...rest } = told;
  return { ...rest, reason: sayReason(told), why: sayWhy(told) };
}

import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { persianDigits } from '#kernel/persian.ts';
import { ok } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { roundKeys } from '../axis.ts';
import { type PartAxis, beneficiaryKinds } from '../contract.ts';
import { provinceAddress, readAt } from '../line/routes.ts';
import { type NamedKey, listAgencies, listBanks, listCategories, listCounties } from '../queries.ts';
import { partKeysQuery, partKeysShape } from './contract.ts';
import { axisWords, beneficiaryWords } from './words.ts';

/** What the parts of a division may be called on each axis. */
export const axisRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/part-keys',
      {
        schema: {
          summary: 'What may stand on an axis of a division, by key and name',
          params: provinceAddress,
          querystring: partKeysQuery,
          response: { 200: partKeysShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, async (tx) =>
          ok({ parts: await partsOn(tx, place.provinceId, request.query.axis) }),
        );
      },
    );
  };

async function partsOn(tx: Tx, provinceId: number, axis: PartAxis): Promise<NamedKey[]> {
  switch (axis) {
    case 'county':
      return listCounties(tx, provinceId);
    case 'agency':
      return listAgencies(tx);
    case 'bank':
      return listBanks(tx);
    case 'category':
      return listCategories(tx);
    case 'beneficiary_kind':
      return beneficiaryKinds.map((key) => ({ key, ...beneficiaryWords[key] }));
    case 'round':
      return roundKeys.map((key) => ({
        key,
        fa: `${axisWords.round.fa} ${persianDigits(key)}`,
        en: `${axisWords.round.en} ${key}`,
      }));
  }
}

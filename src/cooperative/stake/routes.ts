import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn } from '#platform/session.ts';
import type { Cooperative } from '../contract.ts';
import { readers } from '../finder/routes.ts';
import { listBoard, listCooperatives, type NamedCooperative } from '../queries.ts';
import { stakeholderAddress, stakesShape, type Stakes } from './contract.ts';
import { listStakes } from './queries.ts';

const most = 200;

/** Of which cooperatives a person is or was a member, for their page. */
export const stakeRoutes =
  (house: House, onWire: (row: NamedCooperative) => Cooperative): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/persons/:person/cooperatives',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'The cooperatives that a person founded or joined, within the reader’s scope',
          params: stakeholderAddress,
          response: { 200: stakesShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const asked = { provinceId, personId: request.params.person };
        return reply.send(
          await read(house.db, scopeIn(actor, provinceId), (tx) => findStakes(tx, asked, onWire)),
        );
      },
    );
  };

async function findStakes(
  tx: Tx,
  { provinceId, personId }: { readonly provinceId: number; readonly personId: string },
  onWire: (row: NamedCooperative) => Cooperative,
): Promise<Stakes> {
  const items: Stakes['items'] = [];
  for (const { cooperativeId, shares, paid } of await listStakes(tx, { provinceId, personId, limit: most })) {
    const [row] = await listCooperatives(tx, { provinceId, cooperativeId, limit: 1 });
    if (row === undefined) continue;
    const board = await listBoard(tx, { provinceId, cooperativeId });
    const office = board.find((seat) => seat.personId === personId)?.office ?? null;
    items.push({ cooperative: onWire(row), shares, paid: paid.toString(), office });
  }
  return { items };
}

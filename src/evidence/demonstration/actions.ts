import { z } from 'zod';
import { newId } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import type { House } from '#platform/http.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import type { Catalogue } from '../actions.ts';
import { publishFigure, publishableInstant } from '../publication/actions.ts';
import { listProvinces } from '../queries.ts';
import { findUser } from './queries.ts';

const demonstrationShape = z.array(
  z.strictObject({
    province: z.string(),
    indicator: z.string(),
    year: z.int(),
    only: z.string(),
    sentence: z.string().nullable(),
  }),
);

/** Publishes the sample figures, each by the editor of its province. */
export async function loadDemonstration(
  house: Pick<House, 'db' | 'clock'>,
  catalogue: Catalogue,
  given: unknown,
): Promise<void> {
  const { db, clock } = house;
  const provinces = await read(db, noScope, listProvinces);
  for (const { province, ...order } of demonstrationShape.parse(given)) {
    const { provinceId } = must(
      provinces.find(({ slug }) => slug === province),
      `the province ${province}`,
    );
    const scope = { province: provinceId, county: null, office: null, person: null };
    const asOf = await publishableInstant(house, { provinceId, scope, asOf: undefined });
    if (!asOf.ok) throw new Error('the newest closed instant is never refused');
    await inTransaction<undefined, never>(db, scope, async (tx) => {
      const user = must(await findUser(tx, `editor-${province}`), `the editor of ${province}`);
      const by = { ...user, role: 'editor' as const, scope };
      const id = newId(clock.now().getTime());
      const done = await publishFigure(
        { tx, clock, catalogue, provinceId, by },
        { order: { ...order, id }, asOf: asOf.value },
      );
      if (!done.ok) throw new Error(`the demonstration publishes ${order.indicator}: ${done.refusal.kind}`);
      return ok();
    });
  }
}

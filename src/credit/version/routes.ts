import { placeOf, type Place } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { isoOf } from '#kernel/day.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import type { AnyRefusal } from '../actions.ts';
import { sealInForce } from '../export/actions.ts';
import { type Table, exportQuery, lineName, sendTable, wishOf } from '../export/routes.ts';
import type { Language } from '../export/words.ts';
import { findLinePage, readAt, sliceAddress } from '../line/routes.ts';
import { dividedSlice } from '../redivision/actions.ts';
import { partName } from '../axis/words.ts';
import { type VersionsAnswer, versionsQuery, versionsShape } from './contract.ts';
import { listDeeds, listDeltas } from './queries.ts';
import { type PartStand, divisionState, nothing, standOf, totalOf } from './rules.ts';
import { versionLabels } from './words.ts';

type Asked = { readonly sliceId: string } & z.infer<typeof versionsQuery>;

/** The versions of a division, any two of them side by side. */
export const versionRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/slices/:slice/versions',
      {
        schema: {
          summary: 'The versions of how a slice is divided, and two of them compared part by part',
          params: sliceAddress,
          querystring: versionsQuery,
          response: { 200: versionsShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const asked = { sliceId: request.params.slice, ...request.query };
        return readAt(house, reply, place, (tx) => compare(house, tx, place, asked));
      },
    );

    app.get(
      '/api/provinces/:province/credit/slices/:slice/versions/export',
      {
        schema: {
          summary: 'Two versions of a division as a spreadsheet, CSV or PDF',
          params: sliceAddress,
          querystring: exportQuery.extend(versionsQuery.shape),
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { from, to, ...query } = request.query;
        const wish = wishOf(request, query);
        const asked = { sliceId: request.params.slice, from, to };
        const found = await readAt(house, reply, place, async (tx) => {
          const compared = await compare(house, tx, place, asked);
          if (!compared.ok) return compared;
          return ok({ compared: compared.value, seal: await sealInForce(tx, place.provinceId) });
        });
        const table = tableOf(found.compared, wish.language);
        return sendTable(reply, wish, { table, at: house.clock.now(), seal: found.seal });
      },
    );
  };

const onWire = ({ amount, locked, jobTarget }: PartStand) => ({
  amount: amount.toString(),
  locked: locked.toString(),
  jobTarget,
});

async function compare(
  house: House,
  tx: Tx,
  { provinceId }: Place,
  asked: Asked,
): Promise<Result<VersionsAnswer, AnyRefusal>> {
  const divided = await dividedSlice({ tx, provinceId }, asked.sliceId);
  if (divided === undefined) return refused({ kind: 'SliceMissing', sliceId: asked.sliceId });
  const { slice, parts } = divided;
  const page = await findLinePage(house, tx, { provinceId, lineId: slice.lineId });
  if (!page.ok) return page;
  const deeds = await listDeeds(tx, { provinceId, sliceId: slice.id });
  const deltas = await listDeltas(tx, { provinceId, sliceId: slice.id });
  const last = deeds.length;
  const to = asked.to ?? last;
  const from = asked.from ?? Math.max(0, Math.min(to, last) - 1);
  for (const number of [from, to])
    if (number > last) return refused({ kind: 'VersionMissing', number, last });
  const deedIds = deeds.map(({ deedId }) => deedId);
  const at = (number: number) => standOf(deedIds, deltas, number);
  const [before, after] = [at(from), at(to)];
  return ok({
    line: page.value.line,
    sliceId: slice.id,
    state: divisionState(
      deeds.map(({ deed }) => deed),
      page.value.line.state,
    ),
    versions: deeds.map(({ day, ...deed }, place) => ({
      ...deed,
      number: place + 1,
      day: isoOf(day),
      amount: totalOf(at(place + 1).values()).amount.toString(),
    })),
    from,
    to,
    parts: parts
      .filter(({ id }) => before.has(id) || after.has(id))
      .map(({ id, name }) => ({
        sliceId: id,
        name: partName(name),
        before: onWire(before.get(id) ?? nothing),
        after: onWire(after.get(id) ?? nothing),
      })),
    totals: { before: onWire(totalOf(before.values())), after: onWire(totalOf(after.values())) },
  });
}

const cellsOf = ({ before, after }: VersionsAnswer['totals']) => ({
  before: before.amount,
  after: after.amount,
  change: (BigInt(after.amount) - BigInt(before.amount)).toString(),
  lockedBefore: before.locked,
  lockedAfter: after.locked,
  jobsBefore: String(before.jobTarget),
  jobsAfter: String(after.jobTarget),
});

function tableOf(compared: VersionsAnswer, language: Language): Table<string> {
  const { line, from, to, parts, totals } = compared;
  return {
    name: versionLabels.sheet,
    fileName: `versions-${from}-${to}`,
    subtitle: {
      fa: `${lineName(line, 'fa')}، ${line.provinceFa}`,
      en: `${lineName(line, 'en')}, ${line.provinceEn}`,
    },
    columns: [
      { key: 'part', title: versionLabels.part, kind: 'text' },
      ...(['before', 'after', 'change', 'lockedBefore', 'lockedAfter'] as const).map((key) => ({
        key,
        title: versionLabels[key],
        kind: 'rial' as const,
      })),
      { key: 'jobsBefore', title: versionLabels.jobsBefore, kind: 'count' },
      { key: 'jobsAfter', title: versionLabels.jobsAfter, kind: 'count' },
    ],
    rows: parts.map((part) => ({ part: part.name[language], ...cellsOf(part) })),
    totals: cellsOf(totals),
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseRefusalStatus } from '#casework/contract.ts';
import type { Actor } from '#kernel/actor.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { type Result, byKind, must, ok, refused } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import { transferRefusalStatus } from '#ledger/contract.ts';
import { provinceSlug } from '#place/contract.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { type Tx, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { type Place, placeOf, scopeIn } from '#platform/session.ts';
import { type AnyRefusal, type Doing, choices } from '../actions.ts';
import {
  type Choice,
  type CreditRefusal,
  type Line,
  type LinePageAnswer,
  type Slice,
  type SlicePageAnswer,
  type Standing,
  cooperativeShare,
  creditRefusalStatus,
  formulaRunShape,
  linePageShape,
  lineShape,
  newLineShape,
  notificationShape,
  openingShape,
  slicePageShape,
} from '../contract.ts';
import {
  type LinePage,
  type MovementRow,
  type NamedSlice,
  type RowId,
  isSliceSeen,
  listAccountSums,
  listLines,
  listMovements,
  listSlices,
  listTurnovers,
} from '../queries.ts';
import { beneficiaryRefusalStatus, signatureRefusalStatus } from '../award/contract.ts';
import { beneficiaryRefusalWords, signatureRefusalWords } from '../award/words.ts';
import { correctionRefusalStatus } from '../correction/contract.ts';
import { correctionRefusalWords } from '../correction/words.ts';
import { openingRefusalStatus } from '../opening/contract.ts';
import { openingRefusalWords } from '../opening/words.ts';
import { parameterRefusalStatus } from '../parameter/contract.ts';
import { parameterRefusalWords } from '../parameter/words.ts';
import { reallocationRefusalStatus } from '../reallocation/contract.ts';
import { reallocationRefusalWords } from '../reallocation/words.ts';
import { releaseRefusalStatus } from '../release/contract.ts';
import { releaseRefusalWords } from '../release/words.ts';
import { redivisionRefusalStatus } from '../redivision/contract.ts';
import { redivisionRefusalWords } from '../redivision/words.ts';
import { type ShareRule, ruleRefusalStatus } from '../share/contract.ts';
import { listShareRules } from '../share/queries.ts';
import { rulesOn } from '../share/rules.ts';
import { ruleRefusalWords } from '../share/words.ts';
import { revisionRefusalStatus } from '../revision/contract.ts';
import { revisionRefusalWords } from '../revision/words.ts';
import { timePassed } from '../rules.ts';
import { type Movement, movementShape } from '../slice/contract.ts';
import { listPartsOf, listSlicings } from '../slicing/queries.ts';
import { type Lock, locksOf, standingOfLine, standingsOf } from '../standing.ts';
import { versionRefusalStatus } from '../version/contract.ts';
import { versionRefusalWords } from '../version/words.ts';
import { creditRefusalWords } from '../words.ts';
import { draftLine, notifyLine, openLine } from './actions.ts';

export const refusalStatus = {
  ...creditRefusalStatus,
  ...correctionRefusalStatus,
  ...beneficiaryRefusalStatus,
  ...signatureRefusalStatus,
  ...reallocationRefusalStatus,
  ...redivisionRefusalStatus,
  ...versionRefusalStatus,
  ...revisionRefusalStatus,
  ...parameterRefusalStatus,
  ...ruleRefusalStatus,
  ...releaseRefusalStatus,
  ...openingRefusalStatus,
  ...caseRefusalStatus,
  ...transferRefusalStatus,
};
export const refusalWords = {
  ...creditRefusalWords,
  ...correctionRefusalWords,
  ...beneficiaryRefusalWords,
  ...signatureRefusalWords,
  ...reallocationRefusalWords,
  ...redivisionRefusalWords,
  ...versionRefusalWords,
  ...revisionRefusalWords,
  ...parameterRefusalWords,
  ...ruleRefusalWords,
  ...releaseRefusalWords,
  ...openingRefusalWords,
};

const province = { province: provinceSlug.meta({ fa: 'استان', en: 'Province' }) };
export const provinceAddress = z.object(province);
export const lineAddress = z.object({ ...province, line: z.uuid() });
export const sliceAddress = z.object({ ...province, slice: z.uuid() });

/** Reads in the actor's scope; a refusal becomes its problem. */
export async function readAt<Found>(
  house: House,
  reply: FastifyReply,
  place: Place,
  work: (tx: Tx) => Promise<Result<Found, AnyRefusal>>,
): Promise<Found> {
  const found = await read(house.db, scopeIn(place.actor, place.provinceId), work);
  return answer(reply, found, refusalStatus, refusalWords);
}

type Deed<Done> = (doing: Doing) => Promise<Result<Done, AnyRefusal>>;

/** Does a deed once, in the actor's scope. */
export async function doAt<Done>(
  house: House,
  at: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly route: string },
  place: Place,
  deed: Deed<Done>,
): Promise<Done> {
  const { actor, provinceId } = place;
  const asked = { scope: scopeIn(actor, provinceId), route: at.route, body: at.request.body };
  const done = await command(house, at.request, asked, (tx) =>
    deed({ tx, clock: house.clock, provinceId, by: actor }),
  );
  return answer(at.reply, done, refusalStatus, refusalWords, 201);
}

/** The buttons of a case, each unlawful one with its reason in words (L10). */
export const buttonsOf = (kind: CaseKind, state: string, actor: Actor): Choice[] =>
  choices(kind, state, actor.role).map(({ act, lawful, because }) => ({
    act,
    lawful,
    because: because === null ? null : byKind(because, creditRefusalWords),
  }));

export const doneShape = z.object({ id: z.uuid() });

export const lineRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(house));
    await app.register(writingRoutes(house));
  };

const readingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines',
      {
        schema: {
          summary: 'The credit lines of a province with where their money stands',
          params: provinceAddress,
          response: { 200: z.object({ items: z.array(lineShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) => findLines(house, tx, place));
      },
    );

    app.get(
      '/api/provinces/:province/credit/lines/:line',
      {
        schema: {
          summary: 'A credit line with its tree of slices',
          params: lineAddress,
          response: { 200: linePageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) =>
          findLinePage(house, tx, { ...place, lineId: request.params.line }),
        );
      },
    );

    app.get(
      '/api/provinces/:province/credit/slices/:slice',
      {
        schema: {
          summary: 'A slice: where its money stands and how its number was made',
          params: sliceAddress,
          response: { 200: slicePageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readAt(house, reply, place, (tx) =>
          findSlicePage(house, tx, { ...place, sliceId: request.params.slice }),
        );
      },
    );

    app.get(
      '/api/provinces/:province/credit/slices/:slice/transfers',
      {
        schema: {
          summary: 'The transfers that touch a slice, the newest first',
          params: sliceAddress,
          querystring: pageQuery,
          response: { 200: pageShape(movementShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { limit, cursor } = request.query;
        const [before] = decodeCursor(cursor, [sortValue.id]) ?? [null];
        const asked = { provinceId: place.provinceId, id: request.params.slice, before };
        return readAt(house, reply, place, (tx) => findMovements(tx, { ...asked, limit }));
      },
    );
  };

const writingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/credit/lines',
      {
        schema: {
          summary: 'Drafts a credit line',
          params: provinceAddress,
          body: newLineShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines' };
        return doAt(house, at, place, (doing) => draftLine(doing, request.body));
      },
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/notifications',
      {
        schema: {
          summary: 'Records the letter that notifies a line or tops it up',
          params: lineAddress,
          body: notificationShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines/notifications' };
        const order = { lineId: request.params.line, order: request.body };
        return doAt(house, at, place, (doing) => notifyLine(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/opening',
      {
        schema: {
          summary: 'Opens a notified line for slicing and awards',
          params: lineAddress,
          body: openingShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines/opening' };
        const order = { lineId: request.params.line, actId: request.body.id };
        return doAt(house, at, place, (doing) => openLine(doing, order));
      },
    );
  };

export async function findLines(
  house: House,
  tx: Tx,
  { provinceId }: Place,
): Promise<Result<{ items: Line[] }, CreditRefusal>> {
  const lines = await listLines(tx, { provinceId, id: null });
  const items: Line[] = [];
  for (const line of lines) {
    items.push(lineOf(house, line, await treeOf(tx, { provinceId, lineId: line.id })));
  }
  return ok({ items });
}

type Tree = {
  readonly slices: readonly NamedSlice[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly locks: ReadonlyMap<string, readonly Lock[]>;
  readonly rules: readonly ShareRule[];
};

async function treeOf(
  tx: Tx,
  asked: { readonly provinceId: number; readonly lineId: string },
): Promise<Tree> {
  const slices = await listSlices(tx, { ...asked, id: null });
  const sums = await listAccountSums(tx, { ...asked, id: null });
  const turnovers = await listTurnovers(tx, asked);
  const rules = await listShareRules(tx, asked);
  return { slices, standings: standingsOf(slices, sums, turnovers), locks: locksOf(slices, sums), rules };
}

function lineOf(house: House, line: LinePage, { slices, standings, rules }: Tree): Line {
  const today = dayOfInstant(house.clock.now().getTime());
  const { slug, notifiedOn, deadline, ...rest } = line;
  const reserve = rulesOn(rules, today, line.budgetYear).find(
    ({ type, share }) => type === 'reserve' && share === cooperativeShare,
  );
  return {
    ...rest,
    province: slug,
    deadline: isoOf(deadline),
    notifiedOn: notifiedOn === null ? null : isoOf(notifiedOn),
    reserveNumerator: reserve?.numerator ?? null,
    reserveDenominator: reserve?.denominator ?? null,
    reserveReference: reserve?.legalReference ?? null,
    timePassed: notifiedOn === null ? 0 : timePassed({ from: notifiedOn, until: deadline, today }),
    cut: line.cut.toString(),
    standing: standingOfLine(slices, standings),
  };
}

const sliceOf = (slice: NamedSlice, { standings, locks }: Tree): Slice => ({
  ...slice,
  standing: must(standings.get(slice.id), 'a standing for each slice'),
  locks: [...must(locks.get(slice.id), 'the locks of each slice')],
});

export async function findLinePage(
  house: House,
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: string },
): Promise<Result<LinePageAnswer, CreditRefusal>> {
  const line = (await listLines(tx, { provinceId, id: lineId }))[0];
  if (line === undefined) return refused({ kind: 'LineMissing', lineId });
  const tree = await treeOf(tx, { provinceId, lineId });
  const proposals = await listSlicings(tx, { provinceId, id: null, lineId });
  return ok({
    line: lineOf(house, line, tree),
    slices: tree.slices.map((slice) => sliceOf(slice, tree)),
    proposals: proposals.map(({ id: slicingId, sliceId, axis, amount, state, proposedOn }) => ({
      id: slicingId,
      sliceId,
      axis,
      amount: amount.toString(),
      state,
      proposedOn: isoOf(proposedOn),
    })),
  });
}

export async function findSlicePage(
  house: House,
  tx: Tx,
  { provinceId, sliceId }: { readonly provinceId: number; readonly sliceId: string },
): Promise<Result<SlicePageAnswer, CreditRefusal>> {
  const found = (await listSlices(tx, { provinceId, lineId: null, id: sliceId }))[0];
  if (found === undefined) return refused({ kind: 'SliceMissing', sliceId });
  const line = (await listLines(tx, { provinceId, id: found.lineId }))[0];
  if (line === undefined) return refused({ kind: 'SliceMissing', sliceId });
  const tree = await treeOf(tx, { provinceId, lineId: found.lineId });
  const { slices } = tree;
  const parts = await listPartsOf(tx, { provinceId, id: sliceId });
  return ok({
    line: lineOf(house, line, tree),
    slice: sliceOf(found, tree),
    path: pathTo(slices, found).map((slice) => sliceOf(slice, tree)),
    children: slices.filter((slice) => slice.parentId === found.id).map((slice) => sliceOf(slice, tree)),
    divisions: parts.map((part) => ({
      ...part,
      happenedOn: isoOf(part.happenedOn),
      amount: part.amount.toString(),
      formula: part.formula === null ? null : formulaRunShape.parse(part.formula),
    })),
  });
}

function pathTo(slices: readonly NamedSlice[], slice: NamedSlice): NamedSlice[] {
  const parent = slices.find((one) => one.id === slice.parentId);
  return parent === undefined ? [] : [...pathTo(slices, parent), parent];
}

async function findMovements(
  tx: Tx,
  asked: RowId & { readonly before: Id | null; readonly limit: number },
): Promise<Result<{ items: Movement[]; next: string | null }, CreditRefusal>> {
  if (!(await isSliceSeen(tx, asked))) return refused({ kind: 'SliceMissing', sliceId: asked.id });
  const rows = await listMovements(tx, { ...asked, limit: asked.limit + 1 });
  return ok(pageOf(rows, asked.limit, { item: movementOf, position: (row) => [row.recordId] }));
}

const movementOf = ({
  recordId,
  happenedOn,
  recordedAt,
  amount,
  otherAxis,
  ...row
}: MovementRow): Movement => ({
  ...row,
  // The province's root is named to nobody: a county does not see it.
  other: otherAxis === null || otherAxis === 'province' ? null : { ...row, axis: otherAxis },
  id: recordId,
  happenedOn: isoOf(happenedOn),
  recordedAt: recordedAt.toISOString(),
  amount: amount.toString(),
});

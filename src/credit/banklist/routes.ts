import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { plus, zero } from '#kernel/rial.ts';
import { type Result, byKind, ok, refused } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { type Tx, read } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, languageOf, problemResponses } from '#platform/problem.ts';
import { type Place, placeOf, scopeIn } from '#platform/session.ts';
import { readSheet, sheetMedia } from '#platform/sheet.ts';
import { readFields, readUpload } from '#platform/upload.ts';
import type { AnyRefusal, Doing } from '../actions.ts';
import { confirmList, signedTally } from '../confirmation/actions.ts';
import { type ExcessRefusal, excessRefusalStatus } from '../excess/contract.ts';
import { excessRefusalWords } from '../excess/words.ts';
import {
  buttonsOf,
  doneShape,
  lineAddress,
  provinceAddress,
  refusalStatus,
  refusalWords,
} from '../line/routes.ts';
import { discardList, findList, judgedRows, recordList, uploadList } from './actions.ts';
import {
  type BankListRefusal,
  type ListHead,
  type ListPage,
  type ListRowAnswer,
  type Progress,
  type Tally,
  bankListRefusalStatus,
  confirmationShape,
  discardShape,
  listFormShape,
  listHeadShape,
  listPageShape,
  listRowShape,
  progressShape,
  recordShape,
  rowGroups,
} from './contract.ts';
import { type ListHeadRow, listFamily, listLists, listReferrals, listReports } from './queries.ts';
import {
  type JudgedRow,
  bankListKind,
  decideSomeNew,
  decideStated,
  isOwnList,
  talliesOf,
  tallyOf,
  unreadOf,
} from './rules.ts';
import { columns, errorSheet, faultsOf, referralSheet, rowOf } from '../sheet/routes.ts';
import { bankListRefusalWords } from './words.ts';

const listAddress = provinceAddress.extend({ list: z.uuid() });
const stateShape = z.object({ id: z.uuid(), state: z.string() });

type ListRefusal = AnyRefusal | BankListRefusal | ExcessRefusal;
const status = { ...refusalStatus, ...bankListRefusalStatus, ...excessRefusalStatus };
const words = { ...refusalWords, ...bankListRefusalWords, ...excessRefusalWords };

type At = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly route: string;
  readonly body: unknown;
};

/** Does a deed of bank lists once, in the actor's scope. */
export async function doList<Done>(
  house: House,
  at: At,
  place: Place,
  deed: (doing: Doing) => Promise<Result<Done, ListRefusal>>,
): Promise<Done> {
  const { actor, provinceId } = place;
  const asked = { scope: scopeIn(actor, provinceId), route: at.route, body: at.body };
  const done = await command(house, at.request, asked, (tx) =>
    deed({ tx, clock: house.clock, provinceId, by: actor }),
  );
  return answer(at.reply, done, status, words, 201);
}

export async function readList<Found>(
  house: House,
  reply: FastifyReply,
  place: Place,
  work: (tx: Tx) => Promise<Result<Found, ListRefusal>>,
): Promise<Found> {
  return answer(reply, await read(house.db, scopeIn(place.actor, place.provinceId), work), status, words);
}

/** Lists of banks: brought, looked through, recorded, and confirmed by another person. */
export const bankListRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(house));
    await app.register(rowRoutes(house));
    await app.register(uploadRoutes(house));
    await app.register(actingRoutes(house));
  };

/** How far each list that is being recorded has come; one process serves a house. */
const underWay = new Map<string, Progress>();

const readingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/bank-lists',
      {
        schema: {
          summary: 'The lists that banks have sent, the newest first',
          params: provinceAddress,
          response: { 200: z.object({ items: z.array(listHeadShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readList(house, reply, place, async (tx) => {
          const lists = await listLists(tx, { provinceId: place.provinceId, id: null, limit: 200 });
          return ok({ items: lists.map(headOf) });
        });
      },
    );

    app.get(
      '/api/provinces/:province/credit/bank-lists/:list',
      {
        schema: {
          summary: 'A list with its control totals and what recording it would do',
          params: listAddress,
          response: { 200: listPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readList(house, reply, place, (tx) => findPage(house, tx, place, request.params.list));
      },
    );
  };

const rowRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/bank-lists/:list/rows/:group',
      {
        schema: {
          summary: 'The rows of one group of a list, each with why it is there',
          params: listAddress.extend({ group: z.enum(rowGroups) }),
          querystring: pageQuery,
          response: { 200: pageShape(listRowShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { limit, cursor } = request.query;
        const { group } = request.params;
        const [after] = decodeCursor(cursor, [sortValue.whole]) ?? [0n];
        return readList(house, reply, place, async (tx) => {
          const judged = await judgedOf(house, tx, place, request.params.list);
          if (!judged.ok) return judged;
          const rows = judged.value.filter((one) => one.group === group && one.row.line > after);
          return ok(pageOf(rows, limit, { item: rowAnswer, position: ({ row }) => [String(row.line)] }));
        });
      },
    );

    app.get(
      '/api/provinces/:province/credit/bank-lists/:list/errors',
      { schema: { summary: 'The rows to be mended, with their reasons, as a sheet', params: listAddress } },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const judged = await readList(house, reply, place, (tx) =>
          judgedOf(house, tx, place, request.params.list),
        );
        const wrong = judged.filter(({ group }) => group === 'bad' || group === 'contradicting');
        const sheet = await errorSheet(wrong, languageOf(request));
        void reply
          .type(sheetMedia.xlsx)
          .header('content-disposition', 'attachment; filename="bank-list-errors.xlsx"');
        return reply.send(sheet);
      },
    );

    app.get(
      '/api/provinces/:province/credit/bank-lists/:list/progress',
      {
        schema: {
          summary: 'How far the recording of a list has come; null when none is under way',
          params: listAddress,
          response: { 200: z.object({ progress: progressShape.nullable() }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        return readList(house, reply, place, async (tx) => {
          const found = await findList({ tx, provinceId: place.provinceId }, request.params.list);
          return found.ok ? ok({ progress: underWay.get(request.params.list) ?? null }) : found;
        });
      },
    );
  };

const uploadRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/referrals',
      {
        schema: {
          summary: 'The awards that wait for a bank, as the sheet that it fills in and sends back',
          params: provinceAddress,
          querystring: z.object({ language: z.enum(['fa', 'en']).optional() }),
        },
      },
      async (request, reply) => {
        const { provinceId, ...place } = await placeOf(request, request.params.province);
        const rows = await readList(house, reply, { provinceId, ...place }, async (tx) =>
          ok(await listReferrals(tx, { provinceId, limit: 50_000 })),
        );
        void reply
          .type(sheetMedia.xlsx)
          .header('content-disposition', 'attachment; filename="referrals.xlsx"');
        return reply.send(await referralSheet(rows, request.query.language ?? languageOf(request)));
      },
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/bank-lists',
      {
        schema: {
          summary:
            'Brings the list of a bank as a multipart form: file, id, bank, its letter and stated total',
          params: lineAddress,
          response: { 201: doneShape.extend({ isNew: z.boolean() }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const upload = await readUpload(request, { accepts: ['xlsx', 'csv'] });
        const order = readFields(upload, listFormShape);
        const rows = (await readSheet(upload.bytes, { columns })).map(rowOf);
        const file = { name: upload.fileName, hash: upload.hash, rows };
        const body = { fields: upload.fields, file: upload.hash };
        const at = { request, reply, route: 'POST credit/lines/bank-lists', body };
        return doList(house, at, place, (doing) =>
          uploadList(doing, { lineId: request.params.line, order, file }),
        );
      },
    );
  };

const actingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/credit/bank-lists/:list/recording',
      {
        schema: {
          summary: 'Records the new rows of a list, all of them or none; payments as reported',
          params: listAddress,
          body: recordShape,
          response: { 201: stateShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/bank-lists/recording', body: request.body };
        const given = { listId: request.params.list, order: request.body };
        return told(given.listId, (tell) =>
          doList(house, at, place, (doing) => recordList(doing, { ...given, tell })),
        );
      },
    );

    app.post(
      '/api/provinces/:province/credit/bank-lists/:list/confirmation',
      {
        schema: {
          summary: 'Confirms the payments of a list by the bank’s signed list, as another person',
          params: listAddress,
          body: confirmationShape,
          response: { 201: stateShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/bank-lists/confirmation', body: request.body };
        const given = { listId: request.params.list, order: request.body };
        return told(given.listId, (tell) =>
          doList(house, at, place, (doing) => confirmList(doing, { ...given, tell })),
        );
      },
    );

    app.post(
      '/api/provinces/:province/credit/bank-lists/:list/discarding',
      {
        schema: {
          summary: 'Lays a list aside that nobody recorded',
          params: listAddress,
          body: discardShape,
          response: { 201: stateShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/bank-lists/discarding', body: request.body };
        const given = { listId: request.params.list, order: request.body };
        return doList(house, at, place, (doing) => discardList(doing, given));
      },
    );
  };

async function told<Done>(
  listId: string,
  work: (tell: (step: string, done: number, of: number) => void) => Promise<Done>,
): Promise<Done> {
  try {
    return await work((step, done, of) => void underWay.set(listId, { step, done, of }));
  } finally {
    underWay.delete(listId);
  }
}

// ---- answers

const rowAnswer = (one: JudgedRow): ListRowAnswer => ({
  line: one.row.line,
  group: one.group,
  stage: one.row.stage,
  awardId: one.row.awardId,
  tracking: one.row.tracking,
  branchCode: one.row.branchCode,
  amount: one.row.amount?.toString() ?? null,
  happenedOn: one.row.happenedOn === null ? null : isoOf(one.row.happenedOn),
  beyond: (one.deed?.beyond ?? zero).toString(),
  faults: faultsOf(one),
});

const headOf = ({
  uploadedByPerson: _person,
  recordedByPerson: _recorder,
  letterDay,
  statedSum,
  ...list
}: ListHeadRow): ListHead => ({
  ...list,
  letterDay: isoOf(letterDay),
  statedSum: statedSum.toString(),
});

async function judgedOf(
  house: House,
  tx: Tx,
  { provinceId }: Place,
  listId: string,
): Promise<Result<JudgedRow[], ListRefusal>> {
  const found = await findList({ tx, provinceId }, listId);
  if (!found.ok) return found;
  const today = dayOfInstant(house.clock.now().getTime());
  return ok(await judgedRows(tx, { provinceId, today }, found.value));
}

const onWire = ({ count, sum }: Tally) => ({ count, sum: sum.toString() });

async function findPage(
  house: House,
  tx: Tx,
  place: Place,
  listId: string,
): Promise<Result<ListPage, ListRefusal>> {
  const { provinceId, actor } = place;
  const found = await findList({ tx, provinceId }, listId);
  if (!found.ok) return found;
  const list = found.value;
  const judged = await judgedRows(tx, { provinceId, today: dayOfInstant(house.clock.now().getTime()) }, list);
  const rows = judged.map(({ row }) => row);
  const { count, sum } = tallyOf(rows);
  const unread = unreadOf(rows);
  const groups = talliesOf(judged);
  const reports = await listReports(tx, {
    provinceId,
    listIds: await listFamily(tx, { provinceId, id: list.id }),
  });
  // A button that the table lets through may still be refused for what the list holds, or for who presses it.
  const decide = (act: string): Result<undefined, BankListRefusal> => {
    if (act === 'confirm' && isOwnList(list, actor.personId)) return refused({ kind: 'OwnList', listId });
    if (act !== 'record') return ok();
    const stated = decideStated(list, rows);
    return stated.ok ? decideSomeNew(groups.new) : stated;
  };
  return ok({
    ...headOf(list),
    control: {
      count,
      sum: sum.toString(),
      unread,
      agrees: unread === 0 && count === list.statedCount && sum === list.statedSum,
    },
    groups: {
      new: onWire(groups.new),
      known: onWire(groups.known),
      contradicting: onWire(groups.contradicting),
      bad: onWire(groups.bad),
    },
    beyond: judged.reduce((all, { deed }) => plus(all, deed?.beyond ?? zero), zero).toString(),
    reported: onWire(signedTally(reports)),
    confirmed: onWire(signedTally(reports.filter(({ ended }) => ended === 'confirm'))),
    choices: buttonsOf(bankListKind, list.state, actor).map((choice) => {
      const decided = choice.lawful ? decide(choice.act) : ok();
      return decided.ok ? choice : { ...choice, lawful: false, because: byKind(decided.refusal, words) };
    }),
  });
}

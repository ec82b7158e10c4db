import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '#kernel/actor.ts';
import { isoOf } from '#kernel/day.ts';
import { ok, recordOf, refused } from '#kernel/result.ts';
import type { House } from '#platform/http.ts';
import { answer, languageOf, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor } from '#platform/session.ts';
import { sheetMedia, writeSheet, type SheetFormat } from '#platform/sheet.ts';
import { openSignIn } from '#platform/signin.ts';
import { readUpload } from '#platform/upload.ts';
import { doneShape, provinceAddress, type PersonForm } from '../person/contract.ts';
import { doer, readAt } from '../person/routes.ts';
import { dropRoster, receiveRoster, takeRoster } from './actions.ts';
import {
  mostBytes,
  rosterAddress,
  rosterKeys,
  rosterListShape,
  rosterPageShape,
  rosterQuery,
  rosterRefusalStatus,
  sampleRowShape,
  sheetQuery,
  type Roster,
  type RosterKey,
  type RosterRefusal,
  type RowFault,
  type StoredFault,
} from './contract.ts';
import { findRoster, listFaults, listRosters, readSample, type BadRow, type RosterRow } from './queries.ts';
import { columnsOf } from './rules.ts';
import { formFault, rosterLabels, rosterRefusalWords, rowFaultWords } from './words.ts';

const may: readonly Role[] = ['director', 'deputy'];
const mayRead: readonly Role[] = ['director', 'deputy', 'auditor', 'ministry'];
const base = '/api/provinces/:province/rosters';

export const rosterRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(house));
    await app.register(sheetRoutes(house));
    await app.register(deedRoutes(house));
  };

const shownFaults = 200;

const readingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      base,
      {
        preHandler: requireActor(...mayRead),
        schema: {
          summary: 'The lists that were sent, the newest first',
          params: provinceAddress,
          response: { 200: rosterListShape, ...problemResponses },
        },
      },
      async (request, _reply) => {
        const place = await placeOf(request, request.params.province);
        const rows = await readAt(house, place, (tx) => listRosters(tx, place.provinceId));
        return { items: rows.map(rosterOf) };
      },
    );

    app.get(
      `${base}/:roster`,
      {
        preHandler: requireActor(...mayRead),
        schema: {
          summary: 'A list: how far it is, a preview, and its first bad rows',
          params: rosterAddress,
          response: { 200: rosterPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { provinceId: place.provinceId, rosterId: request.params.roster };
        const found = await readAt(house, place, async (tx) => {
          const roster = await findRoster(tx, at);
          if (roster === undefined) return refused({ kind: 'RosterMissing' });
          const faults = await listFaults(tx, at, shownFaults);
          const sample =
            z
              .array(sampleRowShape)
              .nullable()
              .parse(await readSample(tx, at)) ?? [];
          return ok({
            roster: rosterOf(roster),
            sample,
            faults: faults.map((row) => ({
              ...row,
              faults: row.faults.map((fault) => sayFault(roster.form, fault)),
            })),
          });
        });
        return answer(reply, found, rosterRefusalStatus, rosterRefusalWords);
      },
    );
  };

const deedRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const once = doer<RosterRefusal>(house, openSignIn(house).keyedHash, {
      status: rosterRefusalStatus,
      words: rosterRefusalWords,
    });
    app.post(
      base,
      {
        preHandler: requireActor(...may),
        schema: {
          summary: 'Sends a list of persons to be checked: a multipart form with one part, the file',
          consumes: ['multipart/form-data'],
          params: provinceAddress,
          querystring: rosterQuery,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { query } = request;
        const { bytes, hash, fileName } = await readUpload(request, { accepts: ['xlsx', 'csv'], mostBytes });
        const order = { ...query, fileName, fileHash: hash, content: bytes };
        const at = { request, reply, route: `POST ${base}`, body: { ...query, hash } };
        return once(at, request.params.province, (doing) => receiveRoster(doing, order));
      },
    );

    for (const [deed, act, summary] of [
      ['take', takeRoster, 'Takes the good rows of a checked list in'],
      ['drop', dropRoster, 'Drops a checked list'],
    ] as const)
      app.post(
        `${base}/:roster/${deed}`,
        {
          preHandler: requireActor(...may),
          schema: { summary, params: rosterAddress, response: { 201: doneShape, ...problemResponses } },
        },
        (request, reply) => {
          const { province, roster } = request.params;
          const at = { request, reply, route: `POST ${base}/${deed}`, body: { roster } };
          return once(at, province, (doing) => act(doing, roster));
        },
      );
  };

/** Two columns before the list's own, which reading such a file again passes over. */
const extraColumns = [
  { key: 'line', title: rosterLabels.lineColumn, kind: 'text' },
  { key: 'reason', title: rosterLabels.reasonColumn, kind: 'text' },
] as const;

const sheetRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/rosters/sample',
      {
        preHandler: requireActor(...may),
        schema: { summary: 'An empty list with every heading', querystring: sheetQuery },
      },
      async (request, reply) => {
        const { format, form } = request.query;
        const columns = columnsOf(form);
        const bytes = await writeSheet({
          format,
          name: rosterLabels.template,
          language: languageOf(request),
          columns,
          rows: [],
        });
        return reply.headers(sheetHeaders('persons', format)).send(bytes);
      },
    );

    app.get(
      `${base}/:roster/faults`,
      {
        preHandler: requireActor(...mayRead),
        schema: {
          summary: 'Every bad row as it was written, with its reasons: to mend and send again',
          params: rosterAddress,
          querystring: sheetQuery.pick({ format: true }),
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { provinceId: place.provinceId, rosterId: request.params.roster };
        const found = await readAt(house, place, async (tx) => {
          const roster = await findRoster(tx, at);
          if (roster === undefined) return refused({ kind: 'RosterMissing' });
          return ok({ form: roster.form, rows: await listFaults(tx, at, null) });
        });
        const { form, rows } = answer(reply, found, rosterRefusalStatus, rosterRefusalWords);
        const language = languageOf(request);
        const { format } = request.query;
        const columns = columnsOf(form);
        const bytes = await writeSheet<RosterKey | 'line' | 'reason'>({
          format,
          name: rosterLabels.errorFile,
          language,
          // As text: what is wrong must come back as it was written.
          columns: [...extraColumns, ...columns.map((column) => ({ ...column, kind: 'text' as const }))],
          rows: rows.map((row) => faultLine(form, row, language)),
        });
        return reply.headers(sheetHeaders('errors', format)).send(bytes);
      },
    );
  };

const sheetHeaders = (name: string, format: SheetFormat) => ({
  'content-type': sheetMedia[format],
  'content-disposition': `attachment; filename="${name}.${format}"`,
  'cache-control': 'no-store',
});

type FaultLine = Readonly<Record<RosterKey | 'line' | 'reason', string | null>>;

function faultLine(form: PersonForm, { line, cells, faults }: BadRow, language: 'fa' | 'en'): FaultLine {
  const reason = faults.map((fault) => sayFault(form, fault)[language]).join(' ');
  return { line: String(line), reason, ...recordOf(rosterKeys, (key) => cells[key] ?? null) };
}

function sayFault(form: PersonForm, { column, rule, written, sentence }: StoredFault): RowFault {
  const title = columnsOf(form).find(({ key }) => key === column)?.title ?? rosterLabels.line;
  const told = { title, written };
  if (sentence !== null) return { column, rule, ...sentence };
  if (rule in rowFaultWords) {
    const words: Readonly<Record<string, (about: typeof told) => { fa: string; en: string }>> = rowFaultWords;
    return { column, rule, ...(words[rule]?.(told) ?? title) };
  }
  return { column, rule, ...(column === 'national_id' ? title : formFault(column, told)) };
}

const rosterOf = (row: RosterRow): Roster => ({
  rosterId: row.rosterId,
  form: row.form,
  fileName: row.fileName,
  toldOn: isoOf(row.toldOn),
  state: row.state,
  totalRows: row.totalRows,
  badRows: row.badRows,
  passedRows: row.passedRows,
  enteredPersons: row.enteredPersons,
  knownPersons: row.knownPersons,
  addedFacts: row.addedFacts,
  problem: row.problemFa === null ? null : { fa: row.problemFa, en: row.problemEn ?? row.problemFa },
  sentAt: row.sentAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
});

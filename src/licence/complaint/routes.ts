import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { showTrackingNumber } from '#casework/contract.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { comparable } from '#kernel/persian.ts';
import { byKind, ok, refused } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, pageShape, sortValue } from '#platform/cursor.ts';
import { noScope, read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { invalidForm } from '#platform/invalid.ts';
import { command, commandIn } from '#platform/once.ts';
import { ProblemError, answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn } from '#platform/session.ts';
import { pathIn, sendPage, servePage, type Language } from '#platform/site.ts';
import { provinceAddress } from '../contract.ts';
import { eraseComplaint, lodgeComplaint } from './actions.ts';
import {
  complaintAddress,
  complaintErasure,
  complaintFields,
  complaintFilter,
  complaintForm,
  complaintPageShape,
  complaintRefusalStatus,
  complaintShape,
  directorateKey,
  type Complaint,
  type Typed,
} from './contract.ts';
import {
  chooseProvince,
  complaintPage,
  receivedPage,
  type Drawn,
  type FieldProblem,
  type Offered,
} from './public.ts';
import {
  isReceived,
  listAgencies,
  listComplaints,
  listCountyNames,
  listProvinces,
  type ComplaintRow,
} from './queries.ts';
import {
  complaintLabels,
  complaintRefusalWords,
  complaintStateWords,
  neededWords,
  offenceWords,
} from './words.ts';

/** Many may share one address; nobody writes so many in a minute by hand. */
const mostPerMinute = 20;
const readers = ['director', 'deputy', 'county_office', 'agency', 'auditor', 'ministry'] as const;

export const complaintRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    servePublic(app, house);
    await app.register(registerRoutes(house));
    serveErasure(app, house);
  };

/** The public pages: made on the server, whole without JavaScript. */
function servePublic(site: Server, house: House): void {
  const { db } = house;
  servePage(site, '/complaints', async ({ query }, language) => {
    const { province } = z.object({ province: z.string().catch('') }).parse(query);
    if (province === '') return chooseProvince(await read(db, noScope, listProvinces), language);
    return complaintPage(await findOffered(house, province), { typed: {}, problems: [] }, language);
  });
  servePage(
    site,
    '/complaints/received',
    async ({ query }, language) => {
      const { number } = z.object({ number: z.string().max(40).catch('') }).parse(query);
      const digits = comparable(number).replace(/\D/g, '');
      const isOurs = await read(db, { ...noScope, province: 'all' }, (tx) => isReceived(tx, digits));
      return receivedPage(isOurs ? showTrackingNumber(digits) : null, language);
    },
    mostPerMinute,
  );
  servePage<{ province: string }>(site, '/complaints/:province', async ({ params }, language) => {
    const offered = await findOffered(house, params.province);
    return complaintPage(offered, { typed: {}, problems: [] }, language);
  });
  for (const language of ['fa', 'en'] as const)
    site.post<{ Params: { province: string } }>(
      pathIn(language, '/complaints/:province'),
      {
        config: { rateLimit: { max: mostPerMinute, timeWindow: 60_000 } },
        schema: { hide: true, params: provinceAddress, body: z.record(z.string(), z.string()) },
      },
      (request, reply) => takeComplaint(house, request, reply, language),
    );
}

async function findOffered({ db }: House, slug: string): Promise<Offered> {
  const found = await read(db, noScope, async (tx) => {
    const province = (await listProvinces(tx)).find(({ key }) => key === slug);
    if (province === undefined) return undefined;
    return {
      province,
      counties: await listCountyNames(tx, province.provinceId),
      agencies: await listAgencies(tx, directorateKey),
    };
  });
  if (found !== undefined) return found;
  throw new ProblemError({ status: 404, kind: 'ProvinceUnknown', words: complaintLabels.noProvince });
}

type Posted = FastifyRequest<{ Params: { province: string } }>;

/** Whatever is wrong with a complaint comes back with every word that was typed. */
async function takeComplaint(
  house: House,
  request: Posted,
  reply: FastifyReply,
  language: Language,
): Promise<FastifyReply> {
  const offered = await findOffered(house, request.params.province);
  const typed = typedIn(request.body);
  const back = (problems: readonly FieldProblem[]): Promise<FastifyReply> =>
    drawAgain({ offered, typed, problems }, request, reply, language);
  // A field that was left empty counts as not sent: what is needed is then asked for by its name.
  const given = Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim() !== ''));
  const parsed = complaintForm.safeParse(given);
  if (!parsed.success) return back(problemsOf(given, parsed.error));
  const { provinceId } = offered.province;
  const asked = {
    scope: { ...noScope, province: provinceId },
    route: 'POST complaints',
    body: parsed.data,
    by: 'everybody',
  };
  try {
    const lodged = await command(house, request, asked, (tx) =>
      lodgeComplaint({ tx, clock: house.clock, provinceId }, parsed.data, language),
    );
    if (lodged.ok)
      return await reply.redirect(
        pathIn(language, `/complaints/received?number=${showTrackingNumber(lodged.value.number)}`),
        303,
      );
    const { refusal } = lodged;
    const said = byKind<typeof refusal, Bilingual>(refusal, complaintRefusalWords);
    return await back([{ field: 'field' in refusal ? refusal.field : null, ...said }]);
  } catch (error) {
    if (error instanceof ProblemError && error.facts.kind === 'KeyReused')
      return back([{ field: null, ...complaintLabels.again }]);
    throw error;
  }
}

/** One problem a field, the first; what is needed and missing is asked for in its own words. */
function problemsOf(given: Typed, error: z.ZodError): FieldProblem[] {
  const found = new Map<string, FieldProblem>();
  for (const { field, rule, fa, en } of invalidForm(complaintForm, given, error)) {
    const [, needed] = Object.entries(neededWords).find(([name]) => name === field) ?? [];
    if (!found.has(field))
      found.set(field, { field, ...(rule === 'required' && needed !== undefined ? needed : { fa, en }) });
  }
  return [...found.values()];
}

function typedIn(body: unknown): Typed {
  const sent = z.record(z.string(), z.string()).parse(body);
  return Object.fromEntries(complaintFields.map((field) => [field, sent[field] ?? '']));
}

const drawAgain = (
  { offered, ...drawn }: Drawn & { readonly offered: Offered },
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
): Promise<FastifyReply> =>
  sendPage(request, reply, { page: complaintPage(offered, drawn, language), language });

const registerRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/complaints',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'Complaints within the reader’s scope, the newest first',
          params: provinceAddress,
          querystring: pageQuery.extend(complaintFilter.shape),
          response: { 200: pageShape(complaintShape), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { cursor, limit, county, search, ...only } = request.query;
        const rows = await read(house.db, scopeIn(actor, provinceId), (tx) =>
          listComplaints(tx, {
            provinceId,
            ...only,
            countyCode: county,
            search: search === undefined ? undefined : comparable(search),
            after: decodeCursor(cursor, [sortValue.instant, sortValue.id]),
            limit: limit + 1,
          }),
        );
        return reply.send(
          pageOf(rows, limit, {
            item: (row) => complaintOf(row, actor.role === 'agency'),
            position: ({ lodgedAt, complaintId }) => [lodgedAt.toISOString(), complaintId],
          }),
        );
      },
    );

    app.get(
      '/api/provinces/:province/complaints/:complaint',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'A complaint, by its case or by that of the answer to it',
          params: complaintAddress,
          response: { 200: complaintPageShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const asked = { provinceId, caseId: request.params.complaint, limit: 1 };
        const [row] = await read(house.db, scopeIn(actor, provinceId), (tx) => listComplaints(tx, asked));
        const found =
          row === undefined
            ? refused({ kind: 'ComplaintMissing' } as const)
            : ok({
                complaint: complaintOf(row, actor.role === 'agency'),
                body: row.body,
                phone: row.phone,
                mayErase: actor.role === 'director' && row.body !== null,
              });
        return answer(reply, found, complaintRefusalStatus, complaintRefusalWords);
      },
    );
  };

function serveErasure(app: Server, house: House): void {
  app.post(
    '/api/provinces/:province/complaints/:complaint/erasure',
    {
      preHandler: requireActor('director'),
      schema: {
        summary: 'Erases text and telephone number of a complaint, under the letter that orders it',
        params: complaintAddress,
        body: complaintErasure,
        response: { 201: z.object({ id: z.uuid() }), ...problemResponses },
      },
    },
    async (request, reply) => {
      const { params, body } = request;
      const at = { province: params.province, route: 'POST complaints/erasure' };
      const done = await commandIn(house, request, at, (doing) =>
        eraseComplaint(doing, { complaintId: params.complaint, ...body }),
      );
      return answer(reply, done, complaintRefusalStatus, complaintRefusalWords, 201);
    },
  );
}

const named = (fa: string, en: string): Bilingual => ({ fa, en });

/** An office works on its own case, in which it answers. */
const complaintOf = (row: ComplaintRow, isOffice: boolean): Complaint => ({
  complaintId: row.complaintId,
  caseId: isOffice ? (row.answerId ?? row.complaintId) : row.complaintId,
  provinceId: row.provinceId,
  number: showTrackingNumber(row.number),
  offence: row.offence,
  offenceName: offenceWords[row.offence],
  countyCode: row.countyCode,
  countyName: named(row.countyFa, row.countyEn),
  agencyName: named(row.agencyFa, row.agencyEn),
  licenceNumber: row.licenceNumber,
  state: row.state,
  stateName: complaintStateWords[row.state],
  lodgedAt: row.lodgedAt.toISOString(),
  movedAt: row.movedAt.toISOString(),
});

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseReceiptPath } from '#casework/counter/contract.ts';
import { recordOf } from '#kernel/result.ts';
import { ownFields, type OwnRecord } from '#party/own/contract.ts';
import { type AtCounter, counter, serveCounter, takeCounter } from '#platform/counter.ts';
import { type Drawn, type Typed, blank, readForm } from '#platform/form.ts';
import { noScope, read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { ProblemError, answer } from '#platform/problem.ts';
import { openSignIn } from '#platform/signin.ts';
import type { SitePage } from '#platform/site.ts';
import { directorateKey } from '../complaint/contract.ts';
import { listAgencies, listCountyNames } from '../complaint/queries.ts';
import { requestForm, type RequestForm } from '../contract.ts';
import { submitRequest } from '../request/actions.ts';
import { status, todayOf } from '../request/routes.ts';
import { allRefusalWords } from '../words.ts';
import { findAsked, findFitting, ownRecord } from './actions.ts';
import { bornOnIn, requestPage, searchPage } from './public.ts';

const mostFound = 20;
const none = Promise.resolve(undefined);

/** What cannot be meant is as if it was not asked. */
const queryShape = z.object({
  search: z.string().trim().max(200).catch(''),
  occupation: z.coerce.number().int().min(1).max(32_767).optional().catch(undefined),
});

/** A request for a licence at the counter: the work is looked for, then who asks is told. */
export const counterRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    const { keyedHash } = openSignIn(house);
    const look = (at: AtCounter<unknown>, asked: unknown, drawn: Drawn) => {
      const { search, occupation } = queryShape.parse(asked);
      return draw(house, at, { search, occupationId: occupation, drawn });
    };
    serveCounter(site, counter.request, (at) => look(at, at.request.query, blank));
    takeCounter(site, counter.request, {
      unsaid: ['occupation', 'occupationId', 'countyCode'],
      take: async (at, typed) => {
        // Another occupation is looked for with what was typed before.
        if ('search' in typed || 'occupation' in typed) return look(at, typed, { ...blank, typed });
        const { request, actor: by, provinceId } = at;
        const own = await ownOf(house, at);
        const form = formIn(typed, own);
        const asked = { scope: by.scope, route: 'POST licence-requests', body: form };
        const done = await command(house, request, asked, (tx) =>
          submitRequest({ tx, clock: house.clock, provinceId, by, keyedHash }, form),
        );
        const sent = answer({ statusCode: 201 }, done, status, allRefusalWords);
        return `${caseReceiptPath(sent.id)}?sent=1`;
      },
      draw: (at, drawn) => look(at, { occupation: drawn.typed['occupationId'] }, drawn),
    });
  };

const ownOf = ({ db }: House, { actor: by, provinceId }: AtCounter<unknown>): Promise<OwnRecord> =>
  read(db, by.scope, (tx) => ownRecord(tx, { provinceId, by }));

type ToDraw = {
  readonly search: string;
  readonly occupationId: number | undefined;
  readonly drawn: Drawn;
};

async function draw(
  house: House,
  at: AtCounter<unknown>,
  { search, occupationId, drawn }: ToDraw,
): Promise<SitePage> {
  const { language, provinceId } = at;
  const on = todayOf(house);
  const { asked, found, counties, agencies } = await read(house.db, noScope, async (tx) => ({
    asked: await (occupationId === undefined ? none : findAsked(tx, { occupationId, on })),
    found: search === '' ? null : await findFitting(tx, { search, on, most: mostFound }),
    counties: await listCountyNames(tx, provinceId),
    agencies: await listAgencies(tx, directorateKey),
  }));
  if (asked === undefined)
    return searchPage(
      { search, found, isGone: occupationId !== undefined || drawn.status !== 200, drawn },
      language,
    );
  const named = (key: string | null) => agencies.find((agency) => agency.key === key) ?? null;
  return requestPage(
    {
      occupation: asked,
      seen: { agency: named(asked.agencyKey), extraCheck: named(asked.extraCheck) },
      counties,
      own: await ownOf(house, at),
      drawn,
    },
    language,
  );
}

/** The order of a request: what was typed, and of what the record tells that alone, whatever was sent. */
function formIn(typed: Typed, { record, mendable }: OwnRecord): RequestForm {
  const told = recordOf(ownFields, (field) =>
    mendable.includes(field) ? (typed[field] ?? '').trim() : (record[field] ?? ''),
  );
  const born = mendable.includes('bornOn') ? bornOnIn(told.bornOn) : { iso: record.bornOn };
  if ('says' in born)
    throw new ProblemError({
      status: 422,
      kind: 'InvalidInput',
      field: 'bornOn',
      rule: 'day',
      words: born.says,
    });
  const needed = Object.entries(told).filter(([, value]) => value !== '');
  return readForm(requestForm, {
    id: typed['id'] ?? '',
    occupationId: Number.parseInt(typed['occupationId'] ?? '', 10),
    renews: null,
    holder: {
      ...Object.fromEntries(needed),
      bornOn: born.iso,
      phone: told.phone === '' ? null : told.phone,
    },
  });
}

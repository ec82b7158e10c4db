import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor, Role } from '#kernel/actor.ts';
import { isoOf, dayOfInstant } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import { transferRefusalStatus } from '#ledger/contract.ts';
import { ledgerRefusalWords } from '#ledger/words.ts';
import { provinceSlug } from '#place/contract.ts';
import { decodeCursor, pageOf, pageQuery, sortValue } from '#platform/cursor.ts';
import { type Scope, type Tx, noScope, read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { invalidForm } from '#platform/invalid.ts';
import { command } from '#platform/once.ts';
import { ProblemError, answer, problemResponses } from '#platform/problem.ts';
import { actorOf, placeOf, requireActor } from '#platform/session.ts';
import { type Language, pathIn, sendPage, servePage } from '#platform/site.ts';
import type { Catalogue } from '../actions.ts';
import { evidenceRefusalStatus } from '../contract.ts';
import { provinceOf } from '../statement/routes.ts';
import { evidenceRefusalWords } from '../words.ts';
import {
  answerDoubt,
  examine,
  issueErratum,
  otherContent,
  publishFigure,
  publishableInstant,
  raiseDoubt,
  shownValue,
} from './actions.ts';
import {
  type LookAtDoubt,
  type PublicationAnswer,
  type PublicationRefusal,
  doubtAnswerOrderShape,
  doubtOrderShape,
  erratumOrderShape,
  figurePath,
  publicationListShape,
  publicationOrderShape,
  publicationRefusalStatus,
  publicationShape,
} from './contract.ts';
import { figurePage, figuresPage, missingPage } from './public.ts';
import {
  type NamedPublication,
  findPublication,
  listDoubts,
  listErrata,
  listPublications,
} from './queries.ts';
import { contactIn, wholeYear } from './rules.ts';
import { publicationLabels, publicationRefusalWords } from './words.ts';

const mayPublish = ['director', 'deputy', 'editor'] as const satisfies readonly Role[];
const mayReadDoubts: readonly Role[] = [...mayPublish, 'auditor', 'ministry'];

const statuses = {
  ...publicationRefusalStatus,
  ...evidenceRefusalStatus,
  InstantOpen: transferRefusalStatus.InstantOpen,
};
const words = {
  ...publicationRefusalWords,
  ...evidenceRefusalWords,
  InstantOpen: ledgerRefusalWords.InstantOpen,
};

/** What is published is recomputed for everybody over the whole province: only the sum leaves the server. */
const everybody: Scope = { ...noScope, province: 'all' };

const provinceAddress = z.object({ province: provinceSlug.meta({ fa: 'استان', en: 'Province' }) });
const publicationAddress = provinceAddress.extend({ publication: z.uuid() });
const doneShape = z.object({ id: z.uuid() });
const addressShape = doneShape.extend({ address: z.string() });

type Desk = {
  readonly house: House;
  readonly catalogue: Catalogue;
  readonly lookAtDoubt: LookAtDoubt;
};

/** Publishing a figure under its permanent address, its errata, and what readers doubt. */
export const publicationRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    const { house, catalogue } = desk;
    readPublications(app, desk);
    answerReaders(app, desk);
    servePublic(app, desk);
    const { clock } = house;
    app.post(
      '/api/provinces/:province/publications',
      {
        preHandler: requireActor(...mayPublish),
        schema: {
          summary:
            'Publishes a figure under a permanent address, frozen as of a closed instant, by default the newest',
          params: provinceAddress,
          body: publicationOrderShape,
          response: { 201: addressShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
        const taken = await read(house.db, everybody, (tx) => findPublication(tx, request.body.id));
        if (taken !== undefined && taken.provinceId !== provinceId) {
          const other = refused(otherContent(taken.id));
          return answer(reply, other, statuses, words, 201);
        }
        const closed = await publishableInstant(house, { provinceId, scope, asOf: request.body.asOf });
        const asOf = answer(reply, closed, statuses, words);
        const asked = { scope, route: 'POST evidence/publications', body: request.body };
        const result = await command(house, request, asked, (tx) =>
          publishFigure({ tx, clock, catalogue, provinceId, by }, { order: request.body, asOf }),
        );
        const done = answer(reply, result, statuses, words, 201);
        return { ...done, address: figurePath(done.id) };
      },
    );
  };

function readPublications(app: Server, desk: Desk): void {
  const { house } = desk;
  const { db } = house;
  app.get(
    '/api/provinces/:province/publications',
    {
      schema: {
        summary: 'Published figures of a province, the newest first, each with what has become of it',
        params: provinceAddress,
        querystring: pageQuery,
        response: { 200: publicationListShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const provinceId = await provinceOf(house, reply, request.params.province);
      const by = await actorOf(request);
      const asked = { by, provinceId, ...request.query };
      return read(db, everybody, (tx) => publicationsPage(tx, desk, asked));
    },
  );

  app.get(
    '/api/publications/:publication',
    {
      schema: {
        summary: 'A published figure, recomputed now; for everybody',
        params: publicationAddress.omit({ province: true }),
        response: { 200: publicationShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const by = await actorOf(request);
      const { publication } = request.params;
      const found = await read(db, everybody, (tx) => examined(tx, desk, publication, by));
      return answer(reply, found, publicationRefusalStatus, publicationRefusalWords);
    },
  );
}

/** What the directorate says afterwards: errata, and answers to doubts. */
function answerReaders(app: Server, { house, catalogue }: Desk): void {
  const { clock } = house;
  app.post(
    '/api/provinces/:province/publications/:publication/errata',
    {
      preHandler: requireActor(...mayPublish),
      schema: {
        summary: 'Says in the open what a published figure is now, and why',
        params: publicationAddress,
        body: erratumOrderShape,
        response: { 201: doneShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const asked = { scope, route: 'POST evidence/errata', body: request.body };
      const order = { publicationId: request.params.publication, order: request.body };
      const result = await command(house, request, asked, (tx) =>
        issueErratum({ tx, clock, catalogue, provinceId, by }, order),
      );
      return answer(reply, result, statuses, words, 201);
    },
  );

  app.post(
    '/api/provinces/:province/publications/:publication/doubts/:doubt/answer',
    {
      preHandler: requireActor(...mayPublish),
      schema: {
        summary: 'Answers a doubt in the open, once',
        params: publicationAddress.extend({ doubt: z.uuid() }),
        body: doubtAnswerOrderShape,
        response: { 201: doneShape, ...problemResponses },
      },
    },
    async (request, reply) => {
      const { actor: by, provinceId, scope } = await placeOf(request, request.params.province);
      const { publication, doubt } = request.params;
      const asked = { scope, route: 'POST evidence/doubts/answer', body: request.body };
      const order = { publicationId: publication, doubtId: doubt, answer: request.body.answer };
      const result = await command(house, request, asked, (tx) =>
        answerDoubt({ tx, clock, catalogue, provinceId, by }, order),
      );
      return answer(reply, result, statuses, words, 201);
    },
  );
}

/** The pages for everybody: the list, a figure under its address, and the form of doubt. */
function servePublic(app: Server, desk: Desk): void {
  const { house } = desk;
  const { db } = house;
  servePage<Record<string, never>>(app, '/figures', async ({ query }, language) => {
    const { cursor } = z.object({ cursor: z.string().max(500).optional().catch(undefined) }).parse(query);
    const page = await read(db, everybody, (tx) =>
      publicationsPage(tx, desk, { provinceId: null, cursor, limit: 20 }),
    );
    return figuresPage(page, language);
  });
  servePage<{ id: string }>(app, '/f/:id', async ({ params, query }, language) => {
    const usual = params.id.toLowerCase();
    if (isId(usual) && usual !== params.id) return { movedTo: figurePath(usual) };
    const found = isId(params.id)
      ? await read(db, everybody, (tx) => examined(tx, desk, params.id))
      : refused({ kind: 'PublicationMissing', publicationId: params.id } as const);
    if (!found.ok) return missingPage(language);
    const sent = z.object({ sent: z.literal('1').optional() }).safeParse(query).data?.sent === '1';
    return figurePage({ today: todayIn(house), publication: found.value, language, sent });
  });
  for (const language of ['fa', 'en'] as const)
    app.post<{ Params: { id: string } }>(
      pathIn(language, '/f/:id/doubts'),
      {
        config: { rateLimit: { max: 10, timeWindow: 60_000 } },
        schema: {
          hide: true,
          params: z.object({ id: z.uuid() }),
          body: z.record(z.string(), z.string()),
        },
      },
      (request, reply) => takeDoubt({ desk, language }, request, reply),
    );
}

type Taking = { readonly desk: Desk; readonly language: Language };
type DoubtRequest = FastifyRequest<{ Params: { id: string } }>;

/** A form as text, so that whatever is wrong with it comes back with every word that was typed. */
async function takeDoubt(
  { desk, language }: Taking,
  request: DoubtRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { house, lookAtDoubt } = desk;
  const typed = z.record(z.string(), z.string()).parse(request.body);
  const publicationId = request.params.id;
  const figure = async (): Promise<PublicationAnswer> => {
    const found = await read(house.db, everybody, (tx) => examined(tx, desk, publicationId));
    return answer(reply, found, publicationRefusalStatus, publicationRefusalWords);
  };
  const back = async (problem: Bilingual): Promise<FastifyReply> => {
    const publication = await figure();
    const returned = { claim: typed['claim'] ?? '', problem };
    const page = figurePage({ today: todayIn(house), publication, language, sent: false, returned });
    return sendPage(request, reply, { page, language });
  };
  const parsed = doubtOrderShape.safeParse(typed);
  if (!parsed.success) {
    const fields = invalidForm(doubtOrderShape, typed, parsed.error);
    return back({ fa: fields.map(({ fa }) => fa).join(' '), en: fields.map(({ en }) => en).join(' ') });
  }
  // Before the command: what is refused here is kept nowhere, not even in the answer to its key.
  const contact = contactIn(parsed.data.claim);
  if (contact !== null) return back(publicationRefusalWords.DoubtHolds(contact));
  const { claim } = parsed.data;
  const clear = lookAtDoubt({ figure: textOf(await figure()), claim }).find((hint) => hint.clear);
  if (clear !== undefined) return back(publicationRefusalWords.DoubtUnfit(clear));
  try {
    await keepDoubt(house, request, reply, parsed.data);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    if (error.facts.kind === 'KeyReused') return back(publicationLabels.again);
    if (error.facts.field === 'Idempotency-Key') return back(error.facts.words);
    throw error;
  }
  return reply.redirect(`${pathIn(language, figurePath(publicationId))}?sent=1#doubts`, 303);
}

async function keepDoubt(
  house: House,
  request: DoubtRequest,
  reply: FastifyReply,
  { id: doubtId, claim }: z.infer<typeof doubtOrderShape>,
): Promise<void> {
  const { db, clock } = house;
  const publicationId = request.params.id;
  const found = await read(db, everybody, (tx) => findPublication(tx, publicationId));
  const publication = answer(
    reply,
    found === undefined ? refused({ kind: 'PublicationMissing', publicationId } as const) : ok(found),
    publicationRefusalStatus,
    publicationRefusalWords,
  );
  const scope = { ...noScope, province: publication.provinceId };
  const asked = { scope, route: 'POST f/doubts', body: { id: doubtId, claim }, by: 'everybody' };
  const result = await command(house, request, asked, (tx) =>
    raiseDoubt(tx, clock, { publicationId: publication.id, doubtId, claim }),
  );
  answer(reply, result, publicationRefusalStatus, publicationRefusalWords);
}

/** What the form of a drawn page is sent with, and the day on which it is drawn. */
const todayIn = ({ clock }: House): string => isoOf(dayOfInstant(clock.now().getTime()));

type PageAsked = {
  readonly by?: Actor | null;
  readonly provinceId: number | null;
  readonly cursor?: string | undefined;
  readonly limit: number;
};

async function publicationsPage(tx: Tx, desk: Desk, { by = null, provinceId, cursor, limit }: PageAsked) {
  const rows = await listPublications(tx, {
    provinceId,
    before: decodeCursor(cursor, [sortValue.instant, sortValue.id]),
    limit: limit + 1,
  });
  const { items, next } = pageOf(rows, limit, {
    item: (row) => row,
    position: (row) => [row.publishedAt.toISOString(), row.id],
  });
  const answers: PublicationAnswer[] = [];
  for (const row of items) answers.push(await answerOf(tx, desk, { row, by }));
  return { items: answers, next };
}

async function examined(
  tx: Tx,
  desk: Desk,
  publicationId: string,
  by: Actor | null = null,
): Promise<Result<PublicationAnswer, PublicationRefusal>> {
  const found = await findPublication(tx, publicationId);
  return found === undefined
    ? refused({ kind: 'PublicationMissing', publicationId })
    : ok(await answerOf(tx, desk, { row: found, by }));
}

const listOf = (condition: Readonly<Record<string, readonly string[]>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(condition).map(([column, values]) => [column, [...values]]));

/** Whoever works on the figures of its province reads a doubt before it is answered; others read it with its answer. */
const readsWaiting = (by: Actor | null, provinceId: number): boolean =>
  by !== null &&
  mayReadDoubts.includes(by.role) &&
  (by.scope.province === 'all' || by.scope.province === provinceId);

/** What a figure says of itself, beside which a doubt of it is looked at. */
const textOf = ({
  title,
  definition,
  place,
  sentence,
}: Pick<PublicationAnswer, 'title' | 'definition' | 'place' | 'sentence'>): string =>
  [title.fa, definition.fa, place.fa, sentence ?? '', title.en, definition.en, place.en].join('\n');

type Answering = { readonly row: NamedPublication; readonly by: Actor | null };

async function answerOf(tx: Tx, desk: Desk, { row, by }: Answering): Promise<PublicationAnswer> {
  const { catalogue, lookAtDoubt } = desk;
  const { state, now, since } = await examine(tx, catalogue, row);
  const of = { provinceId: row.provinceId, publicationId: row.id };
  const errata = await listErrata(tx, of);
  const doubts = await listDoubts(tx, of);
  const { title, definition, unit } = must(
    catalogue.indicators.find((one) => one.id === row.indicator),
    'an indicator that was published once',
  );
  const county = row.countyFa === null ? null : { fa: row.countyFa, en: row.countyEn ?? row.countyFa };
  const reads = readsWaiting(by, row.provinceId);
  const place = county ?? { fa: row.provinceFa, en: row.provinceEn };
  const figure = textOf({ title, definition, place, sentence: row.sentence });
  return {
    id: row.id,
    province: row.slug,
    place,
    indicator: row.indicator,
    title,
    definition,
    definitionVersion: row.definitionVersion,
    unit,
    budgetYear: row.budgetYear,
    year: wholeYear(row),
    from: row.from === null ? null : isoOf(row.from),
    until: row.until === null ? null : isoOf(row.until),
    only: listOf(row.only),
    without: listOf(row.without),
    sentence: row.sentence,
    value: shownValue(row),
    records: row.records,
    recordsHash: row.hash,
    asOf: row.asOf.toISOString(),
    publishedAt: row.publishedAt.toISOString(),
    publishedRole: row.publishedRole,
    state,
    valueNow: shownValue(now),
    recordedSince: since.recorded,
    takenBack: since.takenBack,
    errata: errata.map((one) => ({
      value: shownValue(one),
      note: one.note,
      issuedAt: one.issuedAt.toISOString(),
    })),
    doubts: doubts.map((one) => ({
      id: one.id,
      claim: one.answer !== null || reads ? one.claim : null,
      raisedAt: one.raisedAt.toISOString(),
      dueOn: isoOf(one.dueOn),
      answer: one.answer,
      answeredAt: one.answeredAt?.toISOString() ?? null,
      hints:
        reads && one.answer === null ? lookAtDoubt({ figure, claim: one.claim }).map(({ says }) => says) : [],
    })),
  };
}

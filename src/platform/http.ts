import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db.ts';
import type { Log } from './log.ts';
import { believes, isOfOtherSite } from './origin.ts';
import { problemOfError, ProblemError, sendProblem, titleOf, type ProblemFacts } from './problem.ts';
import type { FindActor, FindProvince } from './session.ts';
import { readDemonstration } from './installation.ts';
import { type SiteLink, isEnglish, problemPage, sendPage, wantsPage } from './site.ts';
import { serveSite } from './style.ts';
import type { Trail } from './trail.ts';

/** What every room is handed; `app.ts` builds the only one, tests their own. */
export type House = {
  readonly db: Database;
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
};

export type Server = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export type ServerOptions = {
  /** Who acts in a request; `access` finds it out of the session. */
  readonly findActor: FindActor;
  /** Which province an address names; `place` knows. A server without it has no routes of a province. */
  readonly findProvince?: FindProvince;
  readonly version: string;
  /** Who keeps the trail of what was read, done and refused. */
  readonly trail?: Trail;
  /** Requests of one address in a minute; an office of fifty behind one address stays far below it. */
  readonly mostRequestsPerMinute?: number;
  /** The sections of the public pages. */
  readonly siteLinks?: readonly SiteLink[];
};

declare module 'fastify' {
  interface FastifyRequest {
    /** The hidden field `idempotency_key` of a posted form. */
    formKey: string | undefined;
    /** Set by `command` when the answer is a stored one. */
    replayed: boolean;
  }
}

const nowhere: FindProvince = () => Promise.reject(new Error('the server was built without `findProvince`'));

const mostBodyBytes = 1_048_576;
const usualMostRequests = 3000;

/**
 * The server without any room: rooms are registered by `app.ts` as plugins `xRoutes(house)`. Every problem of
 * the transport is answered as RFC 9457 in both languages, and no page may load anything from another host.
 */
export async function buildServer(house: House, options: ServerOptions): Promise<Server> {
  const protection = new Protection();
  const app = Fastify({
    loggerInstance: house.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: mostBodyBytes,
    // «/laws/», as some hand an address on, is «/laws».
    routerOptions: { ignoreTrailingSlash: true },
    // A proxy that is believed tells the address and protocol of the client; usually one on the same machine.
    trustProxy: believes(house.config.trustedProxies),
    // No hook has run by then: a page is protected here, by what was kept of the first answer.
    frameworkErrors: (error, request, reply) => {
      const facts = problemOfError(request, error);
      if (protection.headers === null) return void sendProblem(reply, facts);
      void tellProblem(request, reply.headers(protection.headers), facts);
    },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('formKey', undefined);
  app.decorateRequest('replayed', false);
  app.decorateRequest('knownActor', undefined);
  app.decorate('findActor', options.findActor);
  app.decorate('findProvince', options.findProvince ?? nowhere);
  app.decorate('publicAddress', house.config.publicAddress);
  leaveTrail(app, options.trail ?? null);
  answerProblems(app);
  readForms(app);
  refuseOtherSites(app);
  refuseUnstorable(app);
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (request.replayed) void reply.header('idempotency-replayed', 'true');
    done();
  });
  markFiles(app);
  await app.register(helmet, { ...protectionRules, global: false });
  app.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(protection.headersOf(reply));
    done();
  });
  await app.register(multipart);
  await app.register(rateLimit, {
    max: options.mostRequestsPerMinute ?? usualMostRequests,
    timeWindow: 60_000,
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.ceil(ttl / 1000)),
  });
  await describeInterface(app, options.version);
  serveSite(app, {
    root: house.config.root,
    links: options.siteLinks ?? [],
    isDemonstration: demonstrationKnown(house),
  });
  return app;
}

/** A file of made-up records says so in its name: in a folder there is nothing else to tell it by. */
function markFiles(app: FastifyInstance): void {
  app.addHook('onSend', async (_request, reply) => {
    const disposition = reply.getHeader('content-disposition');
    if (typeof disposition !== 'string' || !(await app.isDemonstration())) return;
    void reply.header(
      'content-disposition',
      disposition.replace(/(filename="|UTF-8'')/g, '$1demonstration-'),
    );
  });
}

/** Whether the records are made up, asked for at most once a second; what was loaded once stays so. */
function demonstrationKnown({ db, clock }: House): () => Promise<boolean> {
  let known = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.now().getTime();
    if (known || now - askedAt < 1_000) return known;
    known = (await readDemonstration(db)) === 'loaded';
    askedAt = now;
    return known;
  };
}

/** Nothing from another host, ever; inline style attributes only, which charts and the overlay kit set. */
const protectionRules = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' as const },
  // Whoever puts a proxy with TLS in front decides about it there: on plain HTTP in an office it would lock out.
  strictTransportSecurity: false,
};

/**
 * The plugin works its headers out anew with each request, though they never differ: those of the first are kept, and
 * handed to the answer, which writes all its headers at once; set one by one each would be checked again.
 */
class Protection {
  /** Null before the first answer. */
  headers: Readonly<Record<string, string>> | null = null;

  headersOf({ helmet: protect, raw }: FastifyReply): Readonly<Record<string, string>> {
    if (this.headers !== null) return this.headers;
    protect();
    this.headers = Object.fromEntries(
      Object.entries(raw.getHeaders()).map(([name, value]) => [name, String(value)]),
    );
    for (const name of Object.keys(this.headers)) raw.removeHeader(name);
    return this.headers;
  }
}

function leaveTrail(app: FastifyInstance, trail: Trail | null): void {
  app.decorate('trail', trail);
  app.decorateRequest('told', false);
  app.decorateRequest('problemKind', null);
  if (trail === null) return;
  app.addHook('onResponse', async (request, reply) => trail.tellAnswer(request, reply));
  app.addHook('onClose', () => trail.close());
}

function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof ProblemError) void reply.headers(error.headers);
    return tellProblem(request, reply, problemOfError(request, error));
  });
  app.setNotFoundHandler((request, reply) => tellProblem(request, reply, unknownAddress));
}

/** To a person with a browser a problem is a page, to everything else RFC 9457. */
function tellProblem(request: FastifyRequest, reply: FastifyReply, facts: ProblemFacts) {
  if (!wantsPage(request)) return sendProblem(reply, facts);
  request.problemKind = facts.kind;
  const language = isEnglish(request.url.split('?')[0] ?? '') ? 'en' : 'fa';
  const told = { status: facts.status, title: titleOf(facts.status), words: facts.words };
  return sendPage(request, reply, { page: problemPage(told, language), language });
}

const unknownAddress: ProblemFacts = {
  status: 404,
  kind: 'UnknownAddress',
  words: { fa: 'چنین نشانی‌ای در سامانه نیست.', en: 'There is no such address here.' },
};

function tooMany(seconds: number): ProblemError {
  const wait = new Intl.NumberFormat('fa-IR').format(seconds);
  return new ProblemError({
    status: 429,
    kind: 'TooManyRequests',
    words: {
      fa: `از این نشانی درخواست‌های بسیاری رسیده است؛ ${wait} ثانیهٔ دیگر دوباره بکوشید.`,
      en: `Too many requests from this address; try again in ${seconds} seconds.`,
    },
    facts: { waitSeconds: seconds },
  });
}

/** Forms of pages that work without JavaScript; their hidden key is taken before the route's schema strips it. */
function readForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, text, done) => done(null, Object.fromEntries(new URLSearchParams(text.toString()))),
  );
  app.addHook('preValidation', (request, _reply, done) => {
    const { body } = request;
    if (typeof body === 'object' && body !== null && 'idempotency_key' in body) {
      const { idempotency_key: key, ...rest } = body;
      if (typeof key === 'string') request.formKey = key;
      request.body = rest;
    }
    done();
  });
}

/** A page of another site must not act with our cookie, even where the browser would send it along. */
function refuseOtherSites(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    done(reads || !isOfOtherSite(request) ? undefined : otherSite);
  });
}

const otherSite = new ProblemError({
  status: 403,
  kind: 'OtherSite',
  words: {
    fa: 'این درخواست از سایت دیگری آمده است و انجام نشد.',
    en: 'The request came from another site and was not done.',
  },
});

/** Deeper than any form of ours; a body of a hundred thousand brackets would exhaust the stack of a walk. */
const deepest = 40;

/** Whether a value holds a NUL, which PostgreSQL's text cannot, or is nested deeper than any form of ours. */
function isUnstorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= deepest) return true;
  return Object.entries(value).some(([key, part]) => key.includes('\0') || isUnstorable(part, depth + 1));
}

/** What no column could hold is refused before a statement of the database has to. */
function refuseUnstorable(app: FastifyInstance): void {
  app.addHook('preValidation', ({ body, query, params }, _reply, done) => {
    done([body, query, params].some((part) => isUnstorable(part)) ? unstorable : undefined);
  });
}

const unstorable = new ProblemError({
  status: 400,
  kind: 'Unstorable',
  words: {
    fa: 'در آنچه فرستادید نویسهٔ تهی (NUL) یا ساختاری تودرتوتر از اندازه است؛ آن را بردارید و دوباره بفرستید.',
    en: 'What you sent holds a NUL character or is nested too deeply; take that out and send it again.',
  },
});

async function describeInterface(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Karsaz',
        version,
        description:
          'Sums are decimal strings of whole rials; days are ISO dates. Every write bears an Idempotency-Key. ' +
          'A "no" is a problem (RFC 9457) in Persian and English. ' +
          'The province of an address is named in one of two ways, and each parameter says in which: by its slug ' +
          '(`alborz`) for persons, licences, cooperatives, support and credit, by its number (`30`) for cases and ' +
          'documents; `/api/provinces` lists both.',
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    void reply.type('application/json; charset=utf-8');
    return JSON.stringify(app.swagger(), problemsAsSuch);
  });
}

/** The type provider describes every answer as plain JSON; problems have a media type of their own. */
function problemsAsSuch(key: string, value: unknown): unknown {
  if (key !== '4XX' || typeof value !== 'object' || value === null || !('content' in value)) return value;
  const { content } = value;
  if (typeof content !== 'object' || content === null || !('application/json' in content)) return value;
  return { description: 'A problem', content: { 'application/problem+json': content['application/json'] } };
}

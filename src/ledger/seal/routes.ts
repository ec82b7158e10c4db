import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nationwide } from '#kernel/actor.ts';
import { must } from '#kernel/result.ts';
import { noScope, read, type Scope } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor, scopeIn } from '#platform/session.ts';
import { sealsShape, type Seal, type SealSource } from './contract.ts';
import { entryBytes, idText } from './entry.ts';
import { findEntries, listHeads, listKeys, listRowsById, listSeals } from './queries.ts';

/** The nation has a chain of its own, for what belongs to no province. */
export const ofProvince = z.object({
  province: z.coerce.number().int().min(nationwide).max(99).meta({ fa: 'کد استان', en: 'Province code' }),
});

/** Heads are for everybody: the more places keep them, the less can be changed behind them. */
export const everybody: Scope = { ...noScope, province: 'all' };

/** Heads for everybody, sealed rows for auditors, and the page that verifies them without us. */
export const sealRoutes =
  (house: House, sources: readonly SealSource[]): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = house;
    app.get(
      '/api/seals',
      {
        schema: {
          summary: 'The newest seal of each province, and the keys that signed',
          response: { 200: sealsShape, ...problemResponses },
        },
      },
      () =>
        read(db, everybody, async (tx) => ({
          keys: await listKeys(tx),
          heads: (await listHeads(tx)).map(onTheWire),
        })),
    );

    app.get(
      '/api/seals/heads',
      {
        schema: {
          summary: 'All heads of a province as JSON lines, to be kept elsewhere for karsaz verify --heads',
          querystring: ofProvince,
        },
      },
      (request, reply) => reply.type(lines).send(Readable.from(headLines(house, request.query.province))),
    );

    app.get(
      '/api/seals/export',
      {
        preHandler: requireActor('auditor', 'ministry', 'director'),
        schema: {
          summary: 'Sealed rows of a province with their seals, as JSON lines for the page /seals/verify',
          querystring: ofProvince,
        },
      },
      async (request, reply) => {
        const { province: provinceId } = request.query;
        const scope = scopeIn(await actingOf(request), provinceId);
        const name = `karsaz-seals-${provinceId}.jsonl`;
        void reply.type(lines).header('content-disposition', `attachment; filename="${name}"`);
        return reply.send(Readable.from(exportLines(house, { provinceId, scope, sources })));
      },
    );
    servePage(app, house);
  };

export const lines = 'application/x-ndjson; charset=utf-8';

export const onTheWire = (seal: Seal) => ({
  ...seal,
  number: seal.number.toString(),
  firstPosition: seal.firstPosition.toString(),
  lastPosition: seal.lastPosition.toString(),
  sealedAt: seal.sealedAt.toISOString(),
});

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

const pageLength = 200;

async function* sealsOf({ db }: House, asked: { readonly provinceId: number; readonly scope: Scope }) {
  const { provinceId, scope } = asked;
  for (let after = 0n; ;) {
    const seals = await read(db, scope, (tx) => listSeals(tx, { provinceId, after, most: pageLength }));
    yield* seals;
    after = seals.at(-1)?.number ?? after;
    if (seals.length < pageLength) return;
  }
}

async function* headLines(house: House, provinceId: number): AsyncGenerator<string> {
  for await (const seal of sealsOf(house, { provinceId, scope: everybody })) yield line(onTheWire(seal));
}

type Export = {
  readonly provinceId: number;
  readonly scope: Scope;
  readonly sources: readonly SealSource[];
};

/** What the file is, then each seal followed by its rows in their order; a row that is gone says so. */
async function* exportLines(house: House, asked: Export): AsyncGenerator<string> {
  const { provinceId, scope, sources } = asked;
  const keys = await read(house.db, scope, listKeys);
  const formats = Object.fromEntries(sources.map((source) => [source.name, source.formats]));
  yield line({ karsaz: 'seals', version: 1, provinceId, exportedAt: house.clock.now(), formats, keys });
  for await (const seal of sealsOf(house, asked)) {
    yield line({ seal: onTheWire(seal) });
    const source = must(
      sources.find(({ name }) => name === seal.source),
      `rows called ${seal.source}`,
    );
    yield await read(house.db, scope, async (tx) => {
      const entries = await findEntries(tx, seal);
      const ids = Array.from({ length: entries.length / entryBytes }, (_, index) =>
        idText(entries.subarray(index * entryBytes)),
      );
      const rows = await listRowsById(tx, { provinceId, source, ids, format: seal.format });
      const byId = new Map(rows.map((row) => [row.id, row.columns]));
      return ids.map((id) => line(byId.has(id) ? { row: byId.get(id) } : { missing: id })).join('');
    });
  }
}

/**
 * One document with everything in it, so that it also works from a disk: saved once and kept, it does not ask the
 * server whose word it checks. Its script and style are allowed by their hashes.
 */
function servePage(app: Parameters<FastifyPluginAsyncZod>[0], { config }: House): void {
  const bare = readFileSync(join(config.root, 'src', 'web', 'verifier.html'), 'utf8');
  let whole: Promise<string> | undefined;
  app.get('/seals/verify', { schema: { hide: true } }, async (_request, reply) => {
    whole ??= app.siteFont().then((font) => withFont(bare, font));
    const page = await whole;
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policyOf(page))
      .header('cache-control', 'no-cache')
      .send(page);
  });
}

const withFont = (page: string, font: Buffer): string =>
  page.replace(
    /\/\* font: .*? \*\//,
    `@font-face{font-family:Vazirmatn;font-weight:400 700;src:url(data:font/woff2;base64,${font.toString('base64')})}`,
  );

function policyOf(page: string): string {
  const hashesOf = (tag: string): string =>
    [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))]
      .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
      .join(' ');
  return `default-src 'none'; script-src ${hashesOf('script')}; style-src ${hashesOf('style')}; font-src data:; base-uri 'none'; frame-ancestors 'none'`;
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { dayOfInstant } from '#kernel/day.ts';
import { noScope, read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { openSigningKey } from '#platform/signature.ts';
import { servePage } from '#platform/site.ts';
import { lapsed } from '../actions.ts';
import { checkPage, keyPage, otherCodePage, verifyPage, type Shown } from '../public.ts';
import { listLicences } from '../queries.ts';
import { numberTyped, stateOf } from '../rules.ts';
import type { CodeReader } from './contract.ts';
import { keyPath, verifyPath } from './words.ts';
import { certificateOf, verifyPayload } from './actions.ts';

/** A number is long and ends in digits that nobody can count up to; trying them through stays slow. */
const mostPerMinute = 30;

/** A text in the address. */
const asked = (query: unknown, name: string): string | undefined => {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 2000) : undefined;
};

/** The public check: made on the server, without sign-in and without JavaScript. */
export const checkRoutes =
  (house: House, readers: readonly CodeReader[]): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    site.sitePlaces.push(verifyPath, keyPath);
    servePage(
      site,
      '/licences/check',
      async ({ query }, language) => {
        const number = asked(query, 'number');
        if (number === undefined) return checkPage(null, language);
        return checkPage({ number, found: await findShown(house, number) }, language);
      },
      mostPerMinute,
    );
    servePage(
      site,
      verifyPath,
      async ({ query }, language) => {
        const payload = asked(query, 'code');
        if (payload === undefined) return verifyPage(null, language);
        for (const readCode of readers) {
          const other = await readCode(payload);
          if (other !== undefined) return otherCodePage({ payload, other }, language);
        }
        const verified = verifyPayload(payload, openSigningKey(house.config).publicKey);
        const certificate = verified.verdict === 'genuine' ? verified.certificate : null;
        const found = certificate === null ? undefined : await findShown(house, certificate.number);
        const asking = { payload, verdict: verified.verdict, certificate, standing: found ?? null };
        return verifyPage(asking, language);
      },
      mostPerMinute,
    );
    servePage(site, keyPath, async (_request, language) => {
      const { keyId, publicKey } = openSigningKey(house.config);
      return keyPage({ keyId, key: publicKey.toString('base64url') }, language);
    });
  };

/** What anybody may see of a licence by its number: no more than its certificate shows. */
async function findShown({ db, clock }: House, typed: string): Promise<Shown | undefined> {
  const named = numberTyped(typed);
  if (named === undefined) return undefined;
  const [found] = await read(db, { ...noScope, province: named.provinceId }, (tx) =>
    listLicences(tx, { ...named, limit: 1 }),
  );
  if (found === undefined) return undefined;
  const today = dayOfInstant(clock.now().getTime());
  return {
    ...certificateOf(found),
    titleEn: found.titleEn,
    placeEn: `${found.countyEn}, ${found.provinceEn}`,
    state: stateOf({ ...found, renewed: found.renewedByNumber !== null }, today),
    lapse: lapsed(found, today),
    isHistory: found.origin === 'history',
  };
}

import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { counter, seeOther, takeAtDoor } from '#platform/counter.ts';
import { type Typed, blank, readForm } from '#platform/form.ts';
import { noScope, read } from '#platform/db.ts';
import type { Server } from '#platform/http.ts';
import { answer } from '#platform/problem.ts';
import { actorOf } from '#platform/session.ts';
import { type SitePage, servePage } from '#platform/site.ts';
import type { AccessHouse } from '../actions.ts';
import { accessRefusalStatus, signInShape } from '../contract.ts';
import { codeOrderShape, joinOrderShape, joinRefusalStatus } from '../join/contract.ts';
import { askCode, join, senderOf } from '../join/routes.ts';
import { joinRefusalWords } from '../join/words.ts';
import { close, open } from '../session/routes.ts';
import { accessRefusalWords } from '../words.ts';
import { codePage, doorPage, doorPaths, elsewherePage, whoFields } from './public.ts';
import { listProvinces } from './queries.ts';
import { counterWords } from './words.ts';

/** The door of the counter: an applicant signs in, or joins by a code, without JavaScript. */
export const counterRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    const provinces = () => read(house.db, noScope, listProvinces);
    servePage(site, counter.door, async (request, language, reply): Promise<SitePage | null> => {
      const actor = await actorOf(request);
      if (actor?.role === 'applicant') {
        void seeOther(reply, counter.cases, language);
        return null;
      }
      if (actor !== null) return elsewherePage(counterWords.otherRole, language);
      if ((await house.signIn.find(request)) !== null) return elsewherePage(counterWords.noRole, language);
      return doorPage({ provinces: await provinces() }, language);
    });
    serveSignIn(site, house, provinces);
    serveJoining(site, house, provinces);
  };

type Provinces = () => ReturnType<typeof listProvinces>;

function serveSignIn(site: Server, house: AccessHouse, provinces: Provinces): void {
  takeAtDoor(site, doorPaths.signIn, {
    take: async ({ request, reply }, { username = '', password = '' }) => {
      const opened = await open(house, request, reply, readForm(signInShape, { username, password }));
      if (!opened.ok) reply.removeHeader('set-cookie');
      answer({ statusCode: 200 }, opened, accessRefusalStatus, accessRefusalWords);
      // Which knows where each role works.
      return counter.door;
    },
    draw: async ({ language }, drawn) => doorPage({ provinces: await provinces(), signIn: drawn }, language),
  });
  takeAtDoor(site, counter.signOut, {
    take: async ({ request, reply }) => {
      await close(house, request, reply);
      return counter.door;
    },
    draw: async ({ language }) => doorPage({ provinces: await provinces() }, language),
  });
}

/** What step one asked, out of everything that was sent. */
const whoIn = (typed: Typed): Typed =>
  Object.fromEntries(whoFields.map((field) => [field, typed[field] ?? '']));
const orderIn = ({ provinceId = '', ...who }: Typed) => ({
  ...who,
  ...(provinceId === '' ? {} : { provinceId: Number.parseInt(provinceId, 10) }),
});

function serveJoining(site: Server, house: AccessHouse, provinces: Provinces): void {
  const send = senderOf(house, site);
  takeAtDoor(site, doorPaths.code, {
    take: async ({ request, language }, typed) => {
      const who = whoIn(typed);
      const given = readForm(codeOrderShape, orderIn(who));
      const asked = await askCode(house, request, { given, send, language });
      const { code } = answer({ statusCode: 200 }, asked, joinRefusalStatus, joinRefusalWords);
      return codePage({ drawn: blank, who, code }, language);
    },
    draw: async ({ language }, drawn) => doorPage({ provinces: await provinces(), who: drawn }, language),
  });
  takeAtDoor(site, doorPaths.account, {
    take: async ({ request, reply }, typed) => {
      const { code = '', password = '' } = typed;
      const order = readForm(joinOrderShape, { ...orderIn(whoIn(typed)), code, password });
      const joined = await join(house, request, order);
      const { username } = answer({ statusCode: 200 }, joined, joinRefusalStatus, joinRefusalWords);
      const opened = await open(house, request, reply, { username, password });
      if (!opened.ok) reply.removeHeader('set-cookie');
      answer({ statusCode: 200 }, opened, accessRefusalStatus, accessRefusalWords);
      return counter.cases;
    },
    draw: async ({ language }, drawn) => codePage({ drawn, who: whoIn(drawn.typed), code: null }, language),
  });
}

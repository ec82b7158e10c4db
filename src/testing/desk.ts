import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import { loadDemonstrationUsers, type DemonstrationOffices } from '#access/demonstration/actions.ts';
import { demonstrationPassword } from '#access/demonstration/user.ts';
import type { AccessHouse } from '#access/actions.ts';
import { accessRoutes } from '#access/routes.ts';
import { actorFinder } from '#access/session/actions.ts';
import { keepTrail } from '#access/trail/actions.ts';
import { loadCatalogue } from '#place/actions.ts';
import { provinceFinder } from '#place/routes.ts';
import { readCsv } from '#platform/csv.ts';
import { buildServer, type Server } from '#platform/http.ts';
import { logMessenger } from '#platform/messenger.ts';
import { openSignIn } from '#platform/signin.ts';
import type { House } from './house.ts';

/** One signed-in person: asks the server over HTTP with their cookie, each write under a key of its own. */
export type Clerk = {
  readonly get: (url: string) => Promise<Answer>;
  readonly post: (url: string, body?: unknown, key?: string) => Promise<Answer>;
  readonly cookie: string;
};

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The parsed JSON; let a zod shape of the contract read it. */
  readonly body: unknown;
};

export type TestDesk = {
  readonly app: Server;
  /** Signs in as a demonstration user, e.g. `director-alborz`; once per name. */
  readonly as: (username: string) => Promise<Clerk>;
  /** Somebody who is not signed in. */
  readonly nobody: Clerk;
};

export type Furniture = {
  /** The routes of the rooms under test. */
  readonly rooms?: readonly FastifyPluginAsyncZod[];
  readonly offices?: DemonstrationOffices;
  /** False for a house without the demonstration's users. */
  readonly demonstration?: boolean;
  /** Whom `party` knows, and who carries an SMS; nobody and the log unless it says so. */
  readonly parts?: Partial<Pick<AccessHouse, 'findKnownPerson' | 'messengers' | 'isDemonstration' | 'log'>>;
};

/**
 * A server on the test house with places, demonstration users and `access`, and the rooms that are handed
 * over. Call it once, at the top level of a test file; it is closed after the file's last test.
 */
export async function openDesk(
  house: House,
  { rooms = [], offices = [], demonstration = true, parts = {} }: Furniture = {},
): Promise<TestDesk> {
  await loadCatalogue(house.owner, readCsv);
  if (demonstration) await loadDemonstrationUsers({ ...house, offices });
  const signIn = openSignIn(house);
  const findActor = actorFinder({ ...house, signIn });
  const findProvince = provinceFinder(house);
  const app = await buildServer(house, { version: 'test', findActor, findProvince, trail: keepTrail(house) });
  await app.register(
    accessRoutes({
      ...house,
      signIn,
      version: 'test',
      isDemonstration: () => Promise.resolve(demonstration),
      listOffices: ({ provinceId, role }) =>
        Promise.resolve(
          offices
            .filter((office) => office.provinceId === provinceId)
            .map((office) => ({ officeId: office[role], name: `${role} ${provinceId}`, countyCode: null })),
        ),
      findKnownPerson: () => Promise.resolve(undefined),
      messengers: () => Promise.resolve({ sms: logMessenger, email: logMessenger, desk: logMessenger }),
      ...parts,
    }),
  );
  for (const room of rooms) await app.register(room);
  await app.ready();
  afterAll(() => app.close());
  const known = new Map<string, Promise<Clerk>>();
  return {
    app,
    nobody: clerkWith(app, ''),
    as: (username) => {
      const clerk = known.get(username) ?? signInAs(app, username, demonstrationPassword);
      known.set(username, clerk);
      return clerk;
    },
  };
}

/** Signs in by name and password; throws with the problem's words when that is refused. */
export async function signInAs(app: Server, username: string, password: string): Promise<Clerk> {
  const response = await app.inject({ method: 'POST', url: '/api/session', payload: { username, password } });
  if (response.statusCode !== 200) throw new Error(`${username} cannot sign in: ${response.body}`);
  return clerkWith(
    app,
    response.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '),
  );
}

function clerkWith(app: Server, cookie: string): Clerk {
  const headers = cookie === '' ? {} : { cookie };
  return {
    cookie,
    get: async (url) => answerOf(await app.inject({ url, headers })),
    post: async (url, body, key = randomUUID()) =>
      answerOf(
        await app.inject({
          method: 'POST',
          url,
          headers: { ...headers, 'idempotency-key': key },
          ...(body === undefined
            ? {}
            : {
                payload: JSON.stringify(body),
                headers: { ...headers, 'idempotency-key': key, 'content-type': 'application/json' },
              }),
        }),
      ),
  };
}

type Injected = { readonly statusCode: number; readonly headers: object; readonly body: string };

const answerOf = ({ statusCode, headers, body }: Injected): Answer => ({
  status: statusCode,
  headers: { ...headers },
  body: body === '' ? null : JSON.parse(body),
});

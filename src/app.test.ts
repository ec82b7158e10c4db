import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { loadDemonstrationUsers } from '#access/demonstration/actions.ts';
import { demonstrationPassword } from '#access/demonstration/user.ts';
import { newId } from '#kernel/id.ts';
import { must } from '#kernel/result.ts';
import type { sortValue } from '#platform/cursor.ts';
import { problemShape } from '#platform/problem.ts';
import { signInAs } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { buildApp, catalogue, furnish } from './app.ts';

const house = await openHouse();
await furnish(house.owner);
const app = await buildApp(house);
await app.ready();
afterAll(() => app.close());

const schemaShape = z.looseObject({
  format: z.string().optional(),
  const: z.unknown().optional(),
  get properties() {
    return z.record(z.string(), schemaShape).optional();
  },
  get items() {
    return schemaShape.optional();
  },
  get anyOf() {
    return z.array(schemaShape).optional();
  },
  get oneOf() {
    return z.array(schemaShape).optional();
  },
});
type Schema = z.infer<typeof schemaShape>;
const operationShape = z.looseObject({
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), schema: z.looseObject({}).optional() }))
    .optional(),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: schemaShape })) }).optional(),
});
const documentShape = z.object({ paths: z.record(z.string(), z.record(z.string(), operationShape)) });

/** Where a day stands in what is sent, and the least of a body that holds this one there. */
type Place = { readonly path: string; readonly holding: (value: string) => unknown };

function placesOf(schema: Schema, formats: readonly string[]): Place[] {
  if (schema.format !== undefined && formats.includes(schema.format))
    return [{ path: '', holding: (value) => value }];
  const fixed = Object.entries(schema.properties ?? {}).filter(([, one]) => one.const !== undefined);
  return [
    ...(schema.anyOf ?? []).flatMap((one) => placesOf(one, formats)),
    ...(schema.oneOf ?? []).flatMap((one) => placesOf(one, formats)),
    ...(schema.items === undefined ? [] : placesOf(schema.items, formats)).map(({ path, holding }) => ({
      path: `0.${path}`,
      holding: (value: string) => [holding(value)],
    })),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
      placesOf(one, formats).map(({ path, holding }) => ({
        path: `${key}.${path}`,
        holding: (value: string) => ({
          ...Object.fromEntries(fixed.map(([name, { const: said }]) => [name, said])),
          [key]: holding(value),
        }),
      })),
    ),
  ];
}

/** Values for what stands in an address: an id, the province in its two spellings, a code. */
const sampleId = '01a220a4-e14e-70d7-93fb-e3f45e0e21c5';
const samples = [sampleId, 'alborz', '30', 'industry', '012', '3001', '1403', 'new'];
const sampleFor = (schema: object): string =>
  must(
    samples.find((sample) =>
      [sample, Number(sample)].some(
        (value) =>
          z
            .fromJSONSchema({ ...schema, $schema: 'https://json-schema.org/draft/2020-12/schema' })
            .safeParse(value).success,
      ),
    ),
    `a sample of ${JSON.stringify(schema)}`,
  );

const formats = ['date', 'date-time'];
const far: Readonly<Record<string, readonly string[]>> = {
  date: ['0001-01-01', '1178-12-29', '1900-03-20', '2200-03-21', '9999-12-31'],
  'date-time': ['0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'],
};

test('every day that a form or an address holds is refused out of the days in use, by its field and rule', async () => {
  const { paths } = documentShape.parse((await app.inject('/api/openapi.json')).json());
  const asked: string[] = [];
  for (const [address, operations] of Object.entries(paths))
    for (const [method, { parameters = [], requestBody }] of Object.entries(operations)) {
      const given = parameters.filter((one) => one.in === 'path');
      const dayOf = (schema: object | undefined) =>
        formats.find((format) => JSON.stringify(schema ?? {}).includes(`"format":"${format}"`));
      const send = async (place: string, value: string, query: string, payload?: object) => {
        const [, part = ''] = place.split(' ');
        const url = given.reduce(
          (written, { name, schema = {} }) =>
            written.replace(`{${name}}`, name === part ? value : sampleFor(schema)),
          address,
        );
        const answer = await app.inject({
          method: method === 'get' ? 'GET' : 'POST',
          url: `${url}${query}`,
          ...(payload === undefined ? {} : { payload }),
        });
        const told = `${method} ${address} ${place} ${value}: ${answer.statusCode} ${answer.body.slice(0, 300)}`;
        asked.push(`${method} ${address} ${place}`);
        expect([400, 422], told).toContain(answer.statusCode);
        const { fields } = problemShape.parse(answer.json());
        expect(fields, told).toContainEqual(expect.objectContaining({ field: part, rule: 'day_in_use' }));
      };
      for (const { name, in: where, schema } of parameters) {
        const format = dayOf(schema);
        for (const value of far[format ?? ''] ?? [])
          await send(`${where} ${name}`, value, where === 'query' ? `?${name}=${value}` : '');
      }
      for (const { schema } of Object.values(requestBody?.content ?? {}))
        for (const format of formats)
          for (const { path, holding } of placesOf(schema, [format]))
            for (const value of far[format] ?? [])
              await send(`body ${path.replace(/\.$/, '')}`, value, '', Object(holding(value)));
    }
  expect(new Set(asked).size).toBeGreaterThan(40);
});

type Kind = keyof typeof sortValue | 'standing';

/** A lawful value of each kind by which lists are sorted, and values that are none; a text is anything but NUL. */
const sortValues: Readonly<Record<Kind, { readonly lawful: string; readonly forged: readonly string[] }>> = {
  id: { lawful: sampleId, forged: ['x', '01a220a4-e14e-70d7-93fb', '9'.repeat(30)] },
  day: {
    lawful: '2024-09-05',
    forged: ['x', '2024-02-30', '0000-01-01', '0001-01-01', '9999-12-31', '-infinity', '9'.repeat(30)],
  },
  instant: {
    lawful: '2024-09-05T08:30:00.000Z',
    forged: [
      'x',
      '2024-02-30T00:00:00.000Z',
      '0000-01-01T00:00:00.000Z',
      'infinity',
      '9'.repeat(30),
      `2024-09-05T08:30:00.${'9'.repeat(200)}Z`,
    ],
  },
  whole: { lawful: '3', forged: ['x', '9'.repeat(30), '-1', '1.5', ''] },
  text: { lawful: '2024-02-30 %', forged: [] },
  standing: { lawful: 'open', forged: ['x', ''] },
};

/** Every list of the interface that goes on by a cursor: who reads it, with what else is asked, and what it is sorted by. */
const lists: readonly (readonly [string, string, string, readonly Kind[]])[] = [
  ['/api/access/users', 'administrator-one', '', ['text']],
  ['/api/access/events', 'auditor', '', ['id']],
  ['/api/banks/{bankCode}/branches', 'director-alborz', '', ['text', 'id']],
  ['/api/agencies/{agencyKey}/offices', 'director-alborz', '', ['text', 'id']],
  ['/api/provinces/{province}/persons', 'deputy-alborz', 'sort=name', ['text', 'id']],
  ['/api/provinces/{province}/persons', 'deputy-alborz', 'sort=newest', ['text', 'id']],
  ['/api/provinces/{province}/persons', 'deputy-alborz', 'search=zahra', ['text', 'id']],
  ['/api/seals/days', 'auditor', 'province=30', ['instant']],
  ['/api/provinces/{province}/cases', 'director-alborz', 'tab=mine', ['day', 'id']],
  ['/api/provinces/{province}/cases', 'director-alborz', 'tab=all', ['instant', 'id']],
  ['/api/provinces/{province}/cases/own', 'applicant-alborz', '', ['standing', 'instant', 'id']],
  ['/api/provinces/{province}/appointments', 'director-alborz', '', ['instant', 'id', 'id']],
  ['/api/messages', 'administrator-one', '', ['instant', 'id']],
  ['/api/occupations', 'auditor', '', ['whole']],
  ['/api/provinces/{province}/credit/slices/{slice}/transfers', 'director-alborz', '', ['id']],
  ['/api/provinces/{province}/credit/slices/{slice}/awards', 'director-alborz', '', ['id']],
  ['/api/provinces/{province}/credit/accounts/{account}/statement', 'director-alborz', '', ['whole']],
  ['/api/provinces/{province}/credit/bank-lists/{list}/rows/{group}', 'director-alborz', '', ['whole']],
  ['/api/provinces/{province}/complaints', 'director-alborz', '', ['instant', 'id']],
  ['/api/provinces/{province}/supporters', 'director-alborz', 'sort=name', ['text', 'id']],
  ['/api/provinces/{province}/supporters', 'director-alborz', 'sort=links', ['text', 'id']],
  ['/api/provinces/{province}/support-contracts', 'director-alborz', '', ['day', 'id']],
  ['/api/provinces/{province}/placement-agencies', 'auditor', 'sort=name', ['text', 'id']],
  ['/api/provinces/{province}/placement-agencies', 'auditor', 'sort=newest', ['text', 'id']],
  ['/api/provinces/{province}/comments', 'editor-alborz', 'state=held', ['instant', 'id']],
  ['/api/provinces/{province}/comments', 'editor-alborz', 'state=published&search=a', ['instant', 'id']],
  ['/api/provinces/{province}/publications', 'director-alborz', '', ['instant', 'id']],
  ['/api/records/{indicator}', 'auditor', 'province=alborz', ['day', 'id']],
];

/** The same of the pages for everybody. */
const pages: typeof lists = [
  ['/news', '', '', ['instant', 'id']],
  ['/figures', '', '', ['instant', 'id']],
  ['/occupations', '', '', ['whole']],
  ['/cooperatives', '', 'province=alborz', ['day', 'id']],
  ['/placement-agencies', '', 'province=alborz', ['text', 'id']],
];

const written = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString('base64url');

/** What no list takes: signs that are no position, and a position with one value wrong, missing or too many. */
function forgeriesOf(order: readonly Kind[]): string[] {
  const lawful = order.map((kind) => sortValues[kind].lawful);
  return [
    '!',
    'nonsense',
    'A'.repeat(500),
    Buffer.from('\0{').toString('base64url'),
    ...[{}, [], null, order.map(() => 1), [...lawful, 'x'], lawful.slice(1)].map(written),
    ...order.flatMap((kind, at) =>
      [...sortValues[kind].forged, '\0'].map((forged) => written(lawful.with(at, forged))),
    ),
  ];
}

const patient = { timeout: 60_000 };

test(
  'a cursor that somebody wrote is refused by every list, and a lawful one never a fault',
  patient,
  async () => {
    await loadDemonstrationUsers({
      ...house,
      offices: [
        { provinceId: 30, agency: newId(1), bank: newId(2), agriculture: newId(3), health: newId(4) },
      ],
    });
    const { paths } = documentShape.parse((await app.inject('/api/openapi.json')).json());
    const parametersOf = (address: string) => paths[address]?.['get']?.parameters ?? [];
    const paged = Object.keys(paths).filter((address) =>
      parametersOf(address).some(({ name, in: where }) => where === 'query' && name === 'cursor'),
    );
    expect([...new Set(lists.map(([address]) => address))].sort()).toEqual(paged.sort());
    const knownOf: Readonly<Record<string, string>> = { indicator: 'credit.paid', agencyKey: 'industry' };
    const wrong: string[] = [];
    for (const [address, who, query, order] of [...lists, ...pages]) {
      const { cookie } = who === '' ? { cookie: '' } : await signInAs(app, who, demonstrationPassword);
      const url = parametersOf(address)
        .filter((one) => one.in === 'path')
        .reduce(
          (filled, { name, schema = {} }) => filled.replace(`{${name}}`, knownOf[name] ?? sampleFor(schema)),
          address,
        );
      const ask = (cursor: string) =>
        app.inject({ url: `${url}?${query}&cursor=${cursor}`, headers: { cookie } });
      const lawful = await ask(written(order.map((kind) => sortValues[kind].lawful)));
      // Where a slice or an account is named there is none yet; what matters is that the cursor passed.
      const passed = address.includes('/credit/') ? [200, 404] : [200];
      if (!passed.includes(lawful.statusCode)) wrong.push(`${address} ${query} lawful: ${lawful.body}`);
      for (const cursor of forgeriesOf(order)) {
        const answer = await ask(cursor);
        const { kind, field, rule } = Object(answer.json());
        if (answer.statusCode !== 400 || kind !== 'BadCursor' || field !== 'cursor' || rule !== 'cursor')
          wrong.push(
            `${address} ${query} ${Buffer.from(cursor, 'base64url').toString()}: ${answer.statusCode} ${kind}`,
          );
      }
    }
    expect(wrong).toEqual([]);
  },
);

/** What stands behind the question mark of any public page. */
const askedNames =
  'category code comments county cursor kind lang number province q rated search sent tag'.split(' ');

/** The addresses that anybody may open, as the server tells them; English ones are served by the same hands. */
function publicAddresses(): string[] {
  const above: string[] = [];
  const found: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \((.*)\))?$/.exec(line) ?? [];
    const depth = indent.length / 4;
    above.splice(depth, above.length, `${above[depth - 1] ?? ''}${part}`);
    if (methods.includes('GET')) found.push(must(above[depth], 'an address'));
  }
  return found.filter((address) => !/^\/(?:api|desk|public|health|en)(?:\/|$)/.test(address));
}

test('a public page takes whatever is asked of it: twice, empty, at length or forged', patient, async () => {
  const addresses = publicAddresses();
  expect(addresses).toEqual(expect.arrayContaining(['/', '/news', '/complaints/:province', '/figures']));
  const samplesOf: Readonly<Record<string, string>> = {
    province: 'alborz',
    indicator: 'credit.paid',
    id: sampleId,
  };
  const wrong: string[] = [];
  const inForms = new Set<string>();
  let askers = 0;
  for (const address of addresses) {
    const path = address.replaceAll(/:(\w+)(?:\|:\w+)*/g, (_all, name: string) => samplesOf[name] ?? 'x');
    const ask = async (query: string) => {
      // Another reader each time: one asks so many in a minute.
      const remoteAddress = `10.0.${(askers += 1) >> 8}.${askers & 255}`;
      const answer = await app.inject({ url: `${path}?${query}`, remoteAddress });
      if (answer.statusCode >= 500 || answer.statusCode === 429)
        wrong.push(`${address} ${query.slice(0, 80)}: ${answer.statusCode}`);
      return answer;
    };
    for (const place of ['', 'province=alborz&']) {
      const { body } = await ask(place);
      for (const [form] of body.matchAll(/<form[^>]*method="get"[^]*?<\/form>/g))
        for (const [, name = ''] of form.matchAll(/ name="(\w+)"/g)) inForms.add(name);
      for (const name of askedNames)
        for (const query of [
          `${name}=x&${name}=y`,
          `${name}=`,
          `${name}=${'x'.repeat(5_000)}`,
          `${name}=${written(['x', 'y'])}`,
        ])
          await ask(`${place}${query}`);
    }
  }
  expect(wrong).toEqual([]);
  // A name that a form of some page sends is asked as well.
  expect(inForms).toContain('search');
  expect([...inForms].filter((name) => !askedNames.includes(name))).toEqual([]);
});

test('the map of the site names the first page, each section, each dataset and the pages of signed codes', async () => {
  const { body } = await app.inject({ url: '/sitemap.xml', headers: { host: 'karsaz.example' } });
  const named = new Set(
    [...body.matchAll(/<loc>http:\/\/karsaz\.example([^<]*)<\/loc>/g)].map(([, path = '']) => path),
  );
  const datasets = catalogue.indicators.map(({ id: indicator }) => `/data/${indicator}`);
  const sections = app.siteLinks.map(({ path }) => path);
  for (const path of [...sections, '/licences/verify', '/licences/key', '/data/credit.allocated']) {
    expect(named, path).toContain(path);
    expect(named, path).toContain(`/en${path}`);
  }
  expect(named).toContain('/');
  expect(named).toContain('/en');
  const reader = { headers: { accept: 'text/html' } };
  // Each leads somewhere, and no dataset that is open is left out.
  for (const path of named)
    expect((await app.inject({ ...reader, url: path, remoteAddress: '10.9.9.9' })).statusCode, path).toBe(
      200,
    );
  for (const path of datasets) {
    const open = (await app.inject({ ...reader, url: path, remoteAddress: '10.9.9.8' })).statusCode === 200;
    expect(named.has(path), path).toBe(open);
  }
});

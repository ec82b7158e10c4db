import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#kernel/result.ts';
import { problemShape } from '#platform/problem.ts';
import { openHouse } from '#testing/house.ts';
import { buildApp, furnish } from './app.ts';

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
const samples = ['01a220a4-e14e-70d7-93fb-e3f45e0e21c5', 'alborz', '30', 'industry', '012', '3001', '1403'];
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

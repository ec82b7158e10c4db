import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cooperativeRoutes } from '#cooperative/routes.ts';
import { documentRoutes } from '#document/routes.ts';
import { furnish } from '#app.ts';
import { roles, type Role } from '#kernel/actor.ts';
import { must } from '#kernel/result.ts';
import { licenceRoutes } from '#licence/routes.ts';
import { partyRoutes } from '#party/routes.ts';
import { placementRoutes } from '#placement/routes.ts';
import { problemShape } from '#platform/problem.ts';
import { supportRoutes } from '#support/routes.ts';
import { openDesk } from './desk.ts';
import { openHouse } from './house.ts';
import { alborz, freshId } from './licences.ts';

// Every address under which a register of persons is read, as the interface describes itself, by every role.

const house = await openHouse();
await furnish(house.owner);
const desk = await openDesk(house, {
  offices: [
    { provinceId: alborz, agency: freshId(), bank: freshId(), agriculture: freshId(), health: freshId() },
  ],
  rooms: [
    partyRoutes(house),
    documentRoutes(house, []),
    licenceRoutes(house),
    cooperativeRoutes(house),
    supportRoutes(house),
    placementRoutes(house),
  ],
});

const userOf: Readonly<Record<Role, string>> = {
  administrator: 'administrator-one',
  director: 'director-alborz',
  deputy: 'deputy-alborz',
  county_office: 'county-office-alborz',
  agency: 'agency-alborz',
  bank: 'bank-alborz',
  applicant: 'applicant-alborz',
  auditor: 'auditor',
  editor: 'editor-alborz',
  ministry: 'ministry',
};

const overseers: readonly Role[] = ['director', 'deputy', 'county_office', 'auditor', 'ministry'];
const withAgency: readonly Role[] = [...overseers, 'agency'];
const withBank: readonly Role[] = [...withAgency, 'bank'];

/** What is read under an address, and who may; the first that fits counts. */
const registers: readonly (readonly [RegExp, readonly Role[]])[] = [
  [/^persons\/own/, ['applicant']],
  [/^persons\/\{person\}\/licences$/, withAgency],
  [/^persons\/\{person\}\/(cooperatives|support)$/, overseers],
  [/^persons\/\{person\}\/documents$/, withBank],
  [/^licen/, [...withAgency, 'applicant']],
  [/^complaints/, withAgency],
  [/^cooperative/, overseers],
  [/^supporters/, overseers],
  [/^support-contracts/, withAgency],
  [/^placement-agencies/, withBank],
];

const described = z
  .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
  .parse((await desk.nobody.get('/api/openapi.json')).body);
const base = '/api/provinces/{province}/';
const addresses = Object.entries(described.paths)
  .filter(([path, methods]) => path.startsWith(base) && 'get' in methods)
  .map(([path]) => path.slice(base.length))
  .filter((path) => /licen|complaint|cooperative|support|placement|^persons\/.+\/documents/.test(path));

const filled = (path: string): string =>
  `/api/provinces/alborz/${path.replaceAll(/\{\w+\}/g, freshId)}${
    path.endsWith('candidates') ? '?category=clothing&county=3001' : ''
  }`;

test('the interface names the addresses of the registers', () => {
  expect(addresses.length).toBeGreaterThan(15);
});

describe.each(addresses)('%s', (address) => {
  test('is read by the roles that may, and refused to all others', async () => {
    const [, may] = must(
      registers.find(([pattern]) => pattern.test(address)),
      `who reads ${address}`,
    );
    for (const role of roles) {
      const { cookie } = await desk.as(userOf[role]);
      const answer = await desk.app.inject({ url: filled(address), headers: { cookie } });
      const kind = answer.statusCode === 403 ? problemShape.parse(answer.json()).kind : null;
      if (may.includes(role)) expect([200, 404], role).toContain(answer.statusCode);
      else expect([answer.statusCode, kind], role).toEqual([403, 'RoleMayNot']);
    }
  });
});

test('each address says by what it names the province: its slug or its number', () => {
  const parameter = z.object({ name: z.string(), description: z.string().optional(), schema: z.unknown() });
  const operation = z.object({ parameters: z.array(parameter).default([]) });
  const wrong = Object.entries(described.paths)
    .filter(([path]) => path.startsWith(base))
    .flatMap(([path, methods]) =>
      Object.values(methods)
        .flatMap((one) => operation.parse(one).parameters)
        .filter(({ name }) => name === 'province')
        .map((one) => ({
          path,
          said: JSON.stringify(one),
          isNumber: JSON.stringify(one.schema).includes('integer'),
        })),
    )
    .filter(
      ({ said, isNumber }) => !said.includes(isNumber ? 'Number of the province' : 'Slug of the province'),
    );
  expect(wrong).toEqual([]);
});

test('an editor reads no person either: of persons and of what stands on their page there is one answer', async () => {
  const editor = await desk.as(userOf.editor);
  const paths = Object.entries(described.paths)
    .filter(([path, methods]) => path.startsWith(`${base}persons`) && 'get' in methods)
    .map(([path]) => path.slice(base.length));
  expect(paths.length).toBeGreaterThan(5);
  for (const path of paths) expect((await editor.get(filled(path))).status, path).toBe(403);
});

import { describe, expect, test } from 'vitest';
import { dimensions } from '#credit/axis/indicators.ts';
import { indicators } from '#credit/indicators.ts';
import { openDesk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { evidenceRoutes } from './routes.ts';

const house = await openHouse();
const desk = await openDesk(house, { rooms: [evidenceRoutes(house, { indicators, dimensions })] });
const paid = '/api/records/credit.paid?province=alborz';

describe('the records behind a figure', () => {
  test('are never a part that passes for the whole (L8, L9)', async () => {
    const county = await desk.as('county-office-alborz');
    const refused = await county.get(paid);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ kind: 'OutsideYourScope', field: 'county', rule: 'own_scope' });
    // Whoever sees no place whole is told of no field: none would help.
    const applicant = await (await desk.as('applicant-alborz')).get(paid);
    expect(applicant.body).toMatchObject({ kind: 'OutsideYourScope', field: null });
    expect((await county.get(`${paid}&county=3001`)).status).toBe(200);
    expect((await county.get(`${paid}&county=3002`)).status).toBe(403);
    expect((await (await desk.as('deputy-lorestan')).get(paid)).status).toBe(403);
    expect((await (await desk.as('applicant-alborz')).get(paid)).status).toBe(403);
  });

  test('are open to whoever sees all of them', async () => {
    for (const name of ['deputy-alborz', 'editor-alborz', 'auditor', 'ministry'])
      expect((await (await desk.as(name)).get(paid)).status, name).toBe(200);
    expect((await desk.nobody.get(paid)).status).toBe(401);
  });

  test('are asked for by conditions that a room declares, in text that a column can hold', async () => {
    const deputy = await desk.as('deputy-alborz');
    expect((await deputy.get('/api/records/credit.wealth?province=alborz')).status).toBe(404);
    expect((await deputy.get(`${paid}&only=recorded_at:1`)).status).toBe(422);
    expect((await deputy.get(`${paid}&county=%00`)).status).toBe(400);
    expect((await deputy.get(`${paid}&only=programme:home_jobs%00`)).status).toBe(400);
  });
});

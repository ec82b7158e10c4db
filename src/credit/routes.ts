import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { House } from '#platform/http.ts';
import { accountRoutes } from './account/routes.ts';
import { axisRoutes } from './axis/routes.ts';
import { awardRoutes } from './award/routes.ts';
import { beneficiaryRoutes } from './beneficiary/routes.ts';
import { bankListRoutes } from './banklist/routes.ts';
import { excessRoutes } from './excess/routes.ts';
import { correctionRoutes } from './correction/routes.ts';
import { exportRoutes } from './export/routes.ts';
import { letterRoutes } from './letter/routes.ts';
import { lineRoutes } from './line/routes.ts';
import { openingRoutes } from './opening/routes.ts';
import { parameterRoutes } from './parameter/routes.ts';
import { revisionRoutes } from './revision/routes.ts';
import { lapseRoutes } from './lapse/routes.ts';
import { reallocationRoutes } from './reallocation/routes.ts';
import { releaseRoutes } from './release/routes.ts';
import { redivisionRoutes } from './redivision/routes.ts';
import { scenarioRoutes } from './scenario/routes.ts';
import { shareRoutes } from './share/routes.ts';
import { slicingRoutes } from './slicing/routes.ts';
import { versionRoutes } from './version/routes.ts';

/** Lines and their slices, the divisions that make slices, and the awards drawn from them. */
export const creditRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(lineRoutes(house));
    await app.register(revisionRoutes(house));
    await app.register(parameterRoutes(house));
    await app.register(shareRoutes(house));
    await app.register(releaseRoutes(house));
    await app.register(axisRoutes(house));
    await app.register(slicingRoutes(house));
    await app.register(openingRoutes(house));
    await app.register(awardRoutes(house));
    await app.register(correctionRoutes(house));
    await app.register(beneficiaryRoutes(house));
    await app.register(scenarioRoutes(house));
    await app.register(accountRoutes(house));
    await app.register(bankListRoutes(house));
    await app.register(excessRoutes(house));
    await app.register(lapseRoutes(house));
    await app.register(reallocationRoutes(house));
    await app.register(redivisionRoutes(house));
    await app.register(versionRoutes(house));
    await app.register(exportRoutes(house));
    await app.register(letterRoutes(house));
  };

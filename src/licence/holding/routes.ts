import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { isoOf, type Day } from '#kernel/day.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { PersonRefusal } from '#party/person/contract.ts';
import { read, type Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn } from '#platform/session.ts';
import type { Licence } from '../contract.ts';
import { findBar, hasPerson, listLicences, widenToProvince, type NamedLicence } from '../queries.ts';
import { isUnderWay, most, requestOf, status, todayOf } from '../request/routes.ts';
import { listRequests } from '../request/queries.ts';
import { mostLicences, stateOf } from '../rules.ts';
import { allRefusalWords, licenceStateWords } from '../words.ts';
import { holderAddress, holdingShape, type Holding } from './contract.ts';

/** Licences and requests of one person, for their page. */
export const holdingRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/persons/:person/licences',
      {
        preHandler: requireActor('director', 'deputy', 'county_office', 'agency', 'auditor', 'ministry'),
        schema: {
          summary:
            'Licences of a person, their requests under way, how many hold, and until when they are barred',
          params: holderAddress,
          response: { 200: holdingShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const asked = { provinceId, personId: request.params.person, today: todayOf(house) };
        const found = await read(house.db, scopeIn(actor, provinceId), (tx) => findHolding(tx, asked));
        return answer(reply, found, status, allRefusalWords);
      },
    );
  };

type Asked = { readonly provinceId: number; readonly personId: string; readonly today: Day };

async function findHolding(
  tx: Tx,
  { provinceId, personId, today }: Asked,
): Promise<Result<Holding, PersonRefusal>> {
  if (!(await hasPerson(tx, provinceId, personId))) return refused({ kind: 'PersonMissing' });
  const ofPerson = { provinceId, personId, limit: most };
  const rows = await listLicences(tx, ofPerson);
  const all = { ...ofPerson, requestId: null, state: null, countyCode: null, agencyKey: null };
  const requests = await listRequests(tx, all);
  // Last: the bar binds every office, so each is told its day, and of the annulment nothing else.
  await widenToProvince(tx);
  const bar = await findBar(tx, provinceId, personId);
  const held = rows.filter((row) => holdsOn(row, today)).length;
  return ok({
    provinceId,
    licences: rows.map((row) => ({ ...licenceOf(row, today), requestId: row.requestId })),
    requests: requests.filter(({ state }) => isUnderWay(state)).map((row) => requestOf(row, today)),
    held,
    flagged: held > mostLicences,
    barredUntil: bar === null || bar <= today ? null : isoOf(bar),
  });
}

/** Renewed in advance or not: it holds until its own end. */
const holdsOn = ({ ending, validFrom, expiresOn }: NamedLicence, today: Day): boolean =>
  ending === null && validFrom <= today && today <= expiresOn;

export function licenceOf(row: NamedLicence, today: Day): Licence {
  const state = stateOf({ ...row, renewed: row.renewedByNumber !== null }, today);
  return {
    licenceId: row.licenceId,
    number: row.number,
    origin: row.origin,
    holderName: row.holderName,
    occupationId: row.occupationId,
    titleFa: row.titleFa,
    titleEn: row.titleEn,
    categoryKey: row.categoryKey,
    agencyKey: row.agencyKey,
    countyCode: row.countyCode,
    countyName: { fa: row.countyFa, en: row.countyEn },
    issuedOn: isoOf(row.issuedOn),
    validFrom: isoOf(row.validFrom),
    expiresOn: isoOf(row.expiresOn),
    renewsNumber: row.renewsNumber,
    renewedByNumber: row.renewedByNumber,
    state,
    stateName: licenceStateWords[state],
    endedOn: row.endedOn === null ? null : isoOf(row.endedOn),
    barredUntil: row.barredUntil === null ? null : isoOf(row.barredUntil),
  };
}

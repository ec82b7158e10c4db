import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import { read, noScope } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { originOf } from '#platform/origin.ts';
import { sendPdf } from '#platform/pdf.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor, scopeIn } from '#platform/session.ts';
import { openSigningKey } from '#platform/signature.ts';
import { lapsed, printedHead } from './actions.ts';
import { certificateOf, qrOf, signCertificate } from './certificate/actions.ts';
import { certificateText } from './certificate/public.ts';
import type { CodeReader } from './certificate/contract.ts';
import { checkRoutes } from './certificate/routes.ts';
import { checkAsk } from './certificate/words.ts';
import { counterRoutes } from './counter/routes.ts';
import { complaintRoutes } from './complaint/routes.ts';
import {
  conditionShape,
  licenceAddress,
  licenceFilter,
  licenceShape,
  provinceAddress,
  type Condition,
  type LicenceRefusal,
} from './contract.ts';
import { holdingRoutes, licenceOf } from './holding/routes.ts';
import { findNames, listConditions, listLicences, withHolders, type NamedLicence } from './queries.ts';
import { licenceRequestRoutes, most, readers, status, todayOf } from './request/routes.ts';
import { allRefusalWords } from './words.ts';

/** `readers` read the signed codes of later rooms, for the one page on which any code is verified. */
export const licenceRoutes =
  (house: House, codeReaders: readonly CodeReader[] = []): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(catalogueRoutes(house));
    await app.register(licenceRequestRoutes(house));
    await app.register(registryRoutes(house));
    await app.register(certificateRoutes(house));
    await app.register(holdingRoutes(house));
    await app.register(checkRoutes(house, codeReaders));
    await app.register(complaintRoutes(house));
    await app.register(counterRoutes(house));
  };

const catalogueRoutes =
  ({ db }: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/licence-conditions',
      {
        schema: {
          summary: 'The published conditions of a licence, each with its number and days',
          response: { 200: z.object({ conditions: z.array(conditionShape) }), ...problemResponses },
        },
      },
      async (_request, reply) => {
        const rows = await read(db, noScope, listConditions);
        const conditions = rows.map((row): Condition => ({
          conditionNumber: row.conditionNumber,
          text: { fa: row.textFa, en: row.textEn },
          inForceFrom: isoOf(row.inForceFrom),
          inForceUntil: row.inForceUntil === null ? null : isoOf(row.inForceUntil),
          sourceKeys: row.sourceKeys,
        }));
        return reply.send({ conditions });
      },
    );
  };

const registryRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/licences',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'The register of licences within the reader’s scope, the newest first',
          params: provinceAddress,
          querystring: licenceFilter,
          response: { 200: z.object({ items: z.array(licenceShape) }), ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const { county, agency, year, state } = request.query;
        const asked = {
          provinceId,
          countyCode: county ?? null,
          agencyKey: agency ?? null,
          year: year ?? null,
          limit: most,
        };
        const rows = await read(house.db, scopeIn(actor, provinceId), async (tx) =>
          withHolders(tx, provinceId, await listLicences(tx, asked)),
        );
        const items = rows.map((row) => licenceOf(row, todayOf(house)));
        return reply.send({ items: items.filter((one) => state === undefined || one.state === state) });
      },
    );

    app.get(
      '/api/provinces/:province/licences/:licence',
      {
        preHandler: requireActor(...readers),
        schema: {
          summary: 'A licence',
          params: licenceAddress,
          response: { 200: licenceShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const asked = { provinceId, licenceId: request.params.licence, limit: 1 };
        const [found] = await read(house.db, scopeIn(actor, provinceId), async (tx) =>
          withHolders(tx, provinceId, await listLicences(tx, asked)),
        );
        const result =
          found === undefined
            ? refused({ kind: 'LicenceMissing' } as const)
            : ok(licenceOf(found, todayOf(house)));
        return answer(reply, result, status, allRefusalWords);
      },
    );
  };

type Printable = Result<
  { readonly licence: NamedLicence; readonly signers: { readonly first: string; readonly second: string } },
  LicenceRefusal
>;

const certificateRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/licences/:licence/certificate.pdf',
      {
        preHandler: requireActor(...readers),
        schema: { summary: 'The certificate with its signed QR code, as PDF', params: licenceAddress },
      },
      async (request, reply) => {
        const { actor, provinceId } = await placeOf(request, request.params.province);
        const found = await read(house.db, scopeIn(actor, provinceId), async (tx): Promise<Printable> => {
          const asked = { provinceId, licenceId: request.params.licence, limit: 1 };
          const [licence] = await withHolders(tx, provinceId, await listLicences(tx, asked));
          if (licence === undefined) return refused({ kind: 'LicenceMissing' });
          const { number, origin, firstSignedByPerson, secondSignedByPerson } = licence;
          const lapse = lapsed(licence, todayOf(house));
          if (lapse !== null)
            return refused({ kind: 'CertificateLapsed', number, lapse, field: 'licence', rule: 'in_force' });
          if (origin === 'history')
            return refused({ kind: 'CertificateNotSigned', number, field: 'licence', rule: 'signed_here' });
          const names = await findNames(tx, [firstSignedByPerson, secondSignedByPerson]);
          const nameOf = (personId: Id | null): string =>
            personId === null ? '—' : (names.get(personId) ?? '—');
          return ok({
            licence,
            signers: { first: nameOf(firstSignedByPerson), second: nameOf(secondSignedByPerson) },
          });
        });
        const whole = answer(reply, found, status, allRefusalWords);
        const key = openSigningKey(house.config);
        const certificate = certificateOf(whole.licence);
        void reply.header('content-disposition', `inline; filename="licence-${whole.licence.number}.pdf"`);
        return sendPdf(
          reply,
          certificateText({
            certificate,
            signers: whole.signers,
            keyId: key.keyId,
            checkAddress: `${originOf(request)}${checkAsk.path}`,
            seal: await printedHead(house.db, provinceId),
            today: isoOf(todayOf(house)),
            svg: await qrOf(signCertificate(certificate, key)),
          }),
        );
      },
    );
  };

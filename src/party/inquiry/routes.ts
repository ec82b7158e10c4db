import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Role } from '#kernel/actor.ts';
import { dayOfInstant, type Day } from '#kernel/day.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { type Place, placeOf, requireActor } from '#platform/session.ts';
import { openSignIn } from '#platform/signin.ts';
import { doneShape } from '../person/contract.ts';
import { findPerson, isoOrNull, openFacts } from '../person/queries.ts';
import { doer, keepersOfPersons, readAt } from '../person/routes.ts';
import { askInquiry, type FindProviders, type Providers } from './actions.ts';
import {
  askShape,
  inquiriesShape,
  inquiryAddress,
  inquiryRefusalStatus,
  resultShape,
  type Inquiries,
  type InquiryRefusal,
  type InquiryResult,
} from './contract.ts';
import { listResults, listWaiting, type ResultRow } from './queries.ts';
import { isExpired, kindsOf } from './rules.ts';
import { inquiryRefusalWords } from './words.ts';

/** Debts and cheques of a person are for who decides and for who audits, not for every office of a case. */
export const readersOfInquiries: readonly Role[] = [...keepersOfPersons, 'auditor', 'ministry'];
const address = '/api/provinces/:province/persons/:person/inquiries';

export const inquiryRoutes =
  (house: House, findProviders: FindProviders): FastifyPluginAsyncZod =>
  async (app) => {
    const once = doer<InquiryRefusal>(house, openSignIn(house).keyedHash, {
      status: inquiryRefusalStatus,
      words: inquiryRefusalWords,
    });
    app.get(
      address,
      {
        preHandler: requireActor(...readersOfInquiries),
        schema: {
          summary: 'What registers answered about a person, until when it is good, and what still waits',
          params: inquiryAddress,
          response: { 200: inquiriesShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, person } = request.params;
        const place = await placeOf(request, province);
        const today = dayOfInstant(house.clock.now().getTime());
        const asked = { personId: person, today, providers: await findProviders() };
        const found = await readAt(house, place, (tx) => findInquiries(tx, place, asked));
        return answer(reply, found, inquiryRefusalStatus, inquiryRefusalWords);
      },
    );

    app.post(
      address,
      {
        preHandler: requireActor(...keepersOfPersons),
        schema: {
          summary: 'Asks a register about a person; the answer comes in the background',
          params: inquiryAddress,
          body: askShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, person } = request.params;
        const order = { personId: person, order: request.body, providers: await findProviders() };
        return once({ request, reply, route: `POST ${address} ${person}` }, province, (doing) =>
          askInquiry(doing, order),
        );
      },
    );
  };

type Asked = { readonly personId: string; readonly today: Day; readonly providers: Providers };

async function findInquiries(
  tx: Tx,
  { actor, provinceId }: Place,
  { personId, today, providers }: Asked,
): Promise<Result<Inquiries, InquiryRefusal>> {
  const at = { provinceId, personId };
  const person = await findPerson(tx, at);
  if (person === undefined) return refused({ kind: 'PersonMissing' });
  await openFacts(tx, at);
  const waiting = new Map((await listWaiting(tx, at)).map(({ kind, ...one }) => [kind, one]));
  const lines = kindsOf(person.form).map((kind) => {
    const [provider, one] = [providers[kind], waiting.get(kind)];
    return {
      kind,
      provider: provider === undefined ? null : { name: provider.name, simulated: provider.simulated },
      waiting:
        one === undefined
          ? null
          : { ...one, askedAt: one.askedAt.toISOString(), dueAt: one.dueAt.toISOString() },
    };
  });
  const results = (await listResults(tx, at)).map((row) => resultOf(row, today));
  const mayAsk =
    keepersOfPersons.includes(actor.role) && person.erasureId === null && person.mergedInto === null;
  return ok({ lines, results, mayAsk });
}

/** Read back through its own shape: what stands in the database was believed when it came. */
const resultOf = (row: ResultRow, today: Day): InquiryResult =>
  resultShape.parse({
    ...row,
    askedAt: row.askedAt.toISOString(),
    answeredAt: row.answeredAt.toISOString(),
    validUntil: isoOrNull(row.validUntil),
    expired: isExpired(row.validUntil, today),
  });

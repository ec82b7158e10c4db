import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Role } from '#kernel/actor.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { House } from '#platform/http.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { placeOf, requireActor } from '#platform/session.ts';
import { openSignIn } from '#platform/signin.ts';
import { doneShape, personAddress } from '../person/contract.ts';
import { doer, keepersOfPersons, readAt } from '../person/routes.ts';
import { confirmIdentity, findStanding, type Standing } from './actions.ts';
import {
  confirmationRefusalStatus as status,
  confirmationShape,
  identityStandingShape,
  type ConfirmationRefusal,
  type IdentityStanding,
} from './contract.ts';
import { confirmationRefusalWords as words } from './words.ts';

/** Who has people before a desk: a director decides over what a desk did and does not sit at one. */
const mayConfirm: readonly Role[] = ['county_office', 'deputy'];
const address = '/api/provinces/:province/persons/:person/identity';

export const confirmationRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { keyedHash } = openSignIn(house);
    const once = doer<ConfirmationRefusal>(house, keyedHash, { status, words });
    app.get(
      address,
      {
        preHandler: requireActor(...keepersOfPersons),
        schema: {
          summary: 'Whether an account under the national id stands apart from the record',
          params: personAddress,
          response: { 200: identityStandingShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { province, person } = request.params;
        const { actor, provinceId } = await placeOf(request, province);
        const found = await readAt(house, { actor, provinceId }, (tx) =>
          findStanding({ tx, clock: house.clock, provinceId, by: actor, keyedHash }, person),
        );
        return answer(reply, standingAnswer(found, mayConfirm.includes(actor.role)), status, words);
      },
    );

    app.post(
      address,
      {
        preHandler: requireActor(...mayConfirm),
        schema: {
          summary: 'Confirms who the person before the desk is; closes the account that stands apart',
          params: personAddress,
          body: confirmationShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      (request, reply) =>
        once({ request, reply, route: `POST ${address}` }, request.params.province, (doing) =>
          confirmIdentity(doing, { personId: request.params.person, order: request.body }),
        ),
    );
  };

const standingAnswer = (
  found: Result<Standing, ConfirmationRefusal>,
  isAtDesk: boolean,
): Result<IdentityStanding, ConfirmationRefusal> => {
  if (!found.ok) return found;
  const { since, confirmations, ...rest } = found.value;
  return ok({
    ...rest,
    since: since?.toISOString() ?? null,
    mayConfirm: isAtDesk,
    confirmations: confirmations.map((one) => ({ ...one, confirmedAt: one.confirmedAt.toISOString() })),
  });
};

import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nationwide, type Actor } from '#kernel/actor.ts';
import { isoOf } from '#kernel/day.ts';
import { id } from '#kernel/id.ts';
import { ok, refused, type No, type Ok, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor } from '#platform/session.ts';
import {
  approveGrant,
  endGrant,
  grantRole,
  installation,
  todayOf,
  type AccessHouse,
  type Desk,
  type ProvinceField,
} from '../actions.ts';
import {
  accessRefusalStatus,
  doneShape,
  endGrantShape,
  madeGrantShape,
  newGrantShape,
  officeQuery,
  officeShape,
  type AccessRefusal,
  type Grant,
  type NewGrant,
  type Office,
  type OfficesAsked,
} from '../contract.ts';
import type { GrantRow } from '../queries.ts';
import { decideApproval, isInForce, mayGrantIn } from '../rules.ts';
import { accessRefusalWords } from '../words.ts';

const userAddress = z.object({ userId: z.uuid() });
const grantAddress = userAddress.extend({
  provinceId: z.coerce.number().int().min(-1).max(99),
  grantId: z.uuid(),
});
const administrators = { preHandler: requireActor('administrator') };

/** Roles granted, approved and ended by administrators, and the offices in which they can be. */
export const roleRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(officeRoutes(house));
    await app.register(grantRoutes(house));
  };

const officeRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/access/offices',
      {
        ...administrators,
        schema: {
          summary: 'Offices of agencies or branches of banks in which a role can be granted',
          querystring: officeQuery,
          response: { 200: z.object({ items: z.array(officeShape) }), ...problemResponses },
        },
      },
      async (request, reply) =>
        answer(
          reply,
          await findOffices(house, request, request.query),
          accessRefusalStatus,
          accessRefusalWords,
        ),
    );
  };

const grantRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/access/users/:userId/grants',
      {
        ...administrators,
        schema: {
          summary: 'Grant a role, or propose it where a second administrator must approve',
          params: userAddress,
          body: newGrantShape,
          response: { 201: madeGrantShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { params, body } = request;
        const known = await checkOffice(house, request, body);
        const made = known.ok
          ? await atDesk(house, request, 'POST /api/access/users/:userId/grants', (desk) =>
              grantRole(desk, id(params.userId), body),
            )
          : known;
        return answer(reply, made, accessRefusalStatus, accessRefusalWords, 201);
      },
    );

    app.post(
      '/api/access/users/:userId/grants/:provinceId/:grantId/approval',
      {
        ...administrators,
        schema: {
          summary: 'Approve a proposed role: the second signature',
          params: grantAddress,
          response: { 200: madeGrantShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { provinceId, grantId } = request.params;
        const approved = await atDesk(house, request, 'POST /api/access/grants/approval', (desk) =>
          approveGrant(desk, provinceId, id(grantId)),
        );
        return answer(reply, approved, accessRefusalStatus, accessRefusalWords);
      },
    );

    app.post(
      '/api/access/users/:userId/grants/:provinceId/:grantId/end',
      {
        ...administrators,
        schema: {
          summary: 'Take a role back at once, or decline a proposal',
          params: grantAddress,
          body: endGrantShape,
          response: { 200: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { provinceId, grantId } = request.params;
        const { reason } = request.body;
        const ended = await atDesk(house, request, 'POST /api/access/grants/end', (desk) =>
          done(endGrant(desk, { provinceId, grantId: id(grantId), reason })),
        );
        return answer(reply, ended, accessRefusalStatus, accessRefusalWords);
      },
    );
  };

/** The offices in which the administrator may grant a role; under the scope of that province. */
async function findOffices(
  house: AccessHouse,
  request: FastifyRequest,
  asked: OfficesAsked,
  field: ProvinceField = 'provinceId',
): Promise<Result<{ items: Office[] }, AccessRefusal>> {
  const actor = await actingOf(request);
  if (!mayGrantIn(actor, asked.provinceId)) return refused({ kind: 'OutsideYourScope', field });
  return ok({
    items: [...(await house.listOffices(asked, { ...installation, province: asked.provinceId }))],
  });
}

/** Whether the office of a grant is one. `party` holds them and is built later, so no foreign key can ask it. */
export async function checkOffice(
  house: AccessHouse,
  request: FastifyRequest,
  { role, provinceId, officeId }: NewGrant,
  field: ProvinceField = 'provinceId',
): Promise<Result<undefined, AccessRefusal>> {
  if (officeId === null || provinceId === null || (role !== 'agency' && role !== 'bank')) return ok();
  const offices = await findOffices(house, request, { provinceId, role }, field);
  if (!offices.ok) return offices;
  return offices.value.items.some((office) => office.officeId === officeId)
    ? ok()
    : refused({ kind: 'OfficeUnknown' });
}

type Asked = { readonly route: string; readonly body: unknown };

/** Runs a deed of an administrator once, in a transaction of their scope. */
export async function atDesk<Value>(
  house: AccessHouse,
  request: FastifyRequest,
  asked: string | Asked,
  work: (desk: Desk) => Promise<Ok<Value> | No<AccessRefusal>>,
): Promise<Result<Value, AccessRefusal>> {
  const by = await actingOf(request);
  const { route, body } = typeof asked === 'string' ? { route: asked, body: request.body ?? null } : asked;
  return command<Value, AccessRefusal>(house, request, { scope: by.scope, route, body }, (tx) =>
    work({ tx, clock: house.clock, by }),
  );
}

/** What a deed without an answer of its own answers. */
export async function done(
  result: Promise<Result<undefined, AccessRefusal>>,
): Promise<Result<{ done: true }, AccessRefusal>> {
  const settled = await result;
  return settled.ok ? ok({ done: true }) : settled;
}

/** A grant on the wire; what is of no province has none there. */
export const grantAnswer =
  (clock: Clock, viewer: Actor | null) =>
  (grant: GrantRow): Grant => ({
    grantId: grant.grantId,
    role: grant.role,
    provinceId: grant.provinceId === nationwide ? null : grant.provinceId,
    provinceName: grant.provinceName,
    provinceSlug: grant.provinceSlug,
    countyCode: grant.countyCode,
    countyName: grant.countyName,
    officeId: grant.officeId,
    startsOn: isoOf(grant.startsOn),
    endsOn: grant.endsOn === null ? null : isoOf(grant.endsOn),
    standing: grant.standing,
    inForce: isInForce(grant, todayOf(clock)),
    needsApproval: grant.needsApproval,
    approvalRefused: approvalRefusedTo(viewer, grant),
    proposedBy: grant.proposedBy,
    proposedAt: grant.proposedAt.toISOString(),
    approvedBy: grant.approvedBy,
    approvedAt: grant.approvedAt === null ? null : grant.approvedAt.toISOString(),
  });

/** Why the reader may not approve a waiting grant; null when they may, or when it does not wait. */
function approvalRefusedTo(viewer: Actor | null, grant: GrantRow): Grant['approvalRefused'] {
  if (viewer === null || grant.standing !== 'proposed') return null;
  const decided = decideApproval({
    approverPersonId: viewer.personId,
    proposerPersonId: grant.proposerPersonId,
    holderPersonId: grant.personId,
    standing: grant.standing,
  });
  if (decided.ok) return null;
  const { kind } = decided.refusal;
  return kind === 'OwnProposal' || kind === 'OwnGrant' ? kind : null;
}

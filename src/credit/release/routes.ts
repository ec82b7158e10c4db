import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { isoOf } from '#kernel/day.ts';
import { minus } from '#kernel/rial.ts';
import { ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { openShare } from '../contract.ts';
import { buttonsOf, doAt, doneShape, lineAddress, readAt, sliceAddress } from '../line/routes.ts';
import { listAccountSums, listLines } from '../queries.ts';
import { approveRelease, proposeRelease, withdrawRelease } from './actions.ts';
import {
  type ReleasesAnswer,
  releaseApprovalShape,
  releaseShape,
  releaseWithdrawalShape,
  releasesShape,
} from './contract.ts';
import { type ReleasePage, listReleases } from './queries.ts';
import { releaseKind } from './rules.ts';
import { releaseRefusalWords } from './words.ts';

const releaseAddress = z.object({ province: provinceSlug, release: z.uuid() });

/** Releases of reserves to the open part: read, proposed, approved by another person, withdrawn. */
export const releaseRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines/:line/releases',
      {
        schema: {
          summary: 'The releases of the reserves of a line, and what of each slice may be released',
          params: lineAddress,
          response: { 200: releasesShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { line: lineId } = request.params;
        return readAt(house, reply, place, async (tx) => {
          const asked = { provinceId: place.provinceId, lineId };
          if ((await listLines(tx, { ...asked, id: lineId }))[0] === undefined)
            return refused({ kind: 'LineMissing', lineId });
          const sums = await listAccountSums(tx, { ...asked, id: null });
          const releases = await listReleases(tx, { ...asked, id: null });
          return ok({
            releasable: sums
              .filter(({ stage, share }) => stage === 'available' && share !== openShare)
              .map((sum) => ({ ...sum, free: minus(sum.balance, sum.pending) }))
              .filter(({ free }) => free > 0n)
              .map(({ sliceId, share, free }) => ({ sliceId, share, amount: free.toString() })),
            releases: releases.map((release) => releaseOf(release, place.actor)),
          });
        });
      },
    );

    app.post(
      '/api/provinces/:province/credit/slices/:slice/releases',
      {
        schema: {
          summary: 'Proposes to release a part of a reserve of a slice; another person must approve it',
          params: sliceAddress,
          body: releaseShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/slices/releases' };
        const order = { sliceId: request.params.slice, order: request.body };
        return doAt(house, at, place, (doing) => proposeRelease(doing, order));
      },
    );

    await app.register(proposalRoutes(house));
  };

const proposalRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/credit/releases/:release/approval',
      {
        schema: {
          summary:
            'Approves the release of a reserve under a resolution, as another person than its proposer',
          params: releaseAddress,
          body: releaseApprovalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/releases/approval' };
        const order = { releaseId: request.params.release, order: request.body };
        return doAt(house, at, place, (doing) => approveRelease(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/releases/:release/withdrawal',
      {
        schema: {
          summary: 'Withdraws the proposed release of a reserve',
          params: releaseAddress,
          body: releaseWithdrawalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/releases/withdrawal' };
        const order = { releaseId: request.params.release, order: request.body };
        return doAt(house, at, place, (doing) => withdrawRelease(doing, order));
      },
    );
  };

function releaseOf(release: ReleasePage, actor: Actor): ReleasesAnswer['releases'][number] {
  const own = release.proposedByPerson === actor.personId;
  const { resolutionDay } = release;
  return {
    ...release,
    amount: release.amount.toString(),
    proposedOn: isoOf(release.proposedOn),
    resolutionDay: resolutionDay === null ? null : isoOf(resolutionDay),
    choices: buttonsOf(releaseKind, release.state, actor).map((choice) =>
      own && choice.act === 'approve_release' && choice.lawful
        ? {
            ...choice,
            lawful: false,
            because: releaseRefusalWords.OwnRelease({ kind: 'OwnRelease', releaseId: release.id }),
          }
        : choice,
    ),
  };
}

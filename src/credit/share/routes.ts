import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { ok, refused } from '#kernel/result.ts';
import { provinceSlug } from '#place/contract.ts';
import type { House } from '#platform/http.ts';
import { problemResponses } from '#platform/problem.ts';
import { buttonsOf, doAt, doneShape, lineAddress, readAt } from '../line/routes.ts';
import { listLines } from '../queries.ts';
import { approveRule, proposeRule, withdrawRule } from './actions.ts';
import {
  type RulesAnswer,
  type ShareRule,
  ruleApprovalShape,
  ruleShape,
  ruleWithdrawalShape,
  rulesShape,
} from './contract.ts';
import { type ProposalRow, type Ruling, listProposals, listRulings } from './queries.ts';
import { earliestOf, rulesOn, shareRuleKind } from './rules.ts';
import { ruleRefusalWords } from './words.ts';

const ruleAddress = z.object({ province: provinceSlug, rule: z.uuid() });

/** The share rules of a line: read, proposed, put in force by another person, withdrawn. */
export const shareRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/lines/:line/rules',
      {
        schema: {
          summary: 'The share rules of a line: reserves, caps and priorities, and those that are proposed',
          params: lineAddress,
          response: { 200: rulesShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { line: lineId } = request.params;
        const today = dayOfInstant(house.clock.now().getTime());
        return readAt(house, reply, place, async (tx) => {
          const asked = { provinceId: place.provinceId, lineId };
          const [line] = await listLines(tx, { ...asked, id: lineId });
          if (line === undefined) return refused({ kind: 'LineMissing', lineId });
          const rules = await listRulings(tx, asked);
          const inForce = new Set<ShareRule>(rulesOn(rules, today, line.budgetYear));
          const proposals = await listProposals(tx, { ...asked, id: null });
          return ok({
            earliest: isoOf(earliestOf(today)),
            rules: rules.map((rule) => ({ ...rulingOnWire(rule), inForce: inForce.has(rule) })),
            proposals: proposals
              .filter(({ state }) => state === 'proposed')
              .map((row) => proposalOf(row, place.actor)),
          });
        });
      },
    );

    app.post(
      '/api/provinces/:province/credit/lines/:line/rules',
      {
        schema: {
          summary: 'Proposes a share rule; another person must put it in force',
          params: lineAddress,
          body: ruleShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/lines/rules' };
        const order = { lineId: request.params.line, order: request.body };
        return doAt(house, at, place, (doing) => proposeRule(doing, order));
      },
    );

    await app.register(proposalRoutes(house));
  };

const proposalRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/provinces/:province/credit/rules/:rule/approval',
      {
        schema: {
          summary: 'Puts a share rule in force under a resolution, as another person than its proposer',
          params: ruleAddress,
          body: ruleApprovalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/rules/approval' };
        const order = { ruleId: request.params.rule, order: request.body };
        return doAt(house, at, place, (doing) => approveRule(doing, order));
      },
    );

    app.post(
      '/api/provinces/:province/credit/rules/:rule/withdrawal',
      {
        schema: {
          summary: 'Withdraws a proposed share rule',
          params: ruleAddress,
          body: ruleWithdrawalShape,
          response: { 201: doneShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const at = { request, reply, route: 'POST credit/rules/withdrawal' };
        const order = { ruleId: request.params.rule, order: request.body };
        return doAt(house, at, place, (doing) => withdrawRule(doing, order));
      },
    );
  };

const onWire = ({ validFrom, lastDay, ...rule }: ShareRule) => ({
  ...rule,
  validFrom: isoOf(validFrom),
  lastDay: lastDay === null ? null : isoOf(lastDay),
});

const rulingOnWire = ({ resolutionDay, ...rule }: Ruling) => ({
  ...rule,
  ...onWire(rule),
  resolutionDay: resolutionDay === null ? null : isoOf(resolutionDay),
});

function proposalOf(
  { proposedByPerson, state, ...row }: ProposalRow,
  actor: Actor,
): RulesAnswer['proposals'][number] {
  const own = proposedByPerson === actor.personId;
  return {
    ...row,
    ...onWire(row),
    choices: buttonsOf(shareRuleKind, state, actor).map((choice) =>
      own && choice.act === 'approve_rule' && choice.lawful
        ? { ...choice, lawful: false, because: ruleRefusalWords.OwnRule({ kind: 'OwnRule', ruleId: row.id }) }
        : choice,
    ),
  };
}

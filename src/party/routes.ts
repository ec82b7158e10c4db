import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ActorScope } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { assert, ok, refused, type Result } from '#kernel/result.ts';
import { decodeCursor, pageOf, pageQuery, sortValue } from '#platform/cursor.ts';
import { noScope, read, type Database } from '#platform/db.ts';
import type { House } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { answer, problemResponses } from '#platform/problem.ts';
import { actingOf, requireActor } from '#platform/session.ts';
import { ownSource } from '#place/contract.ts';
import { sayNotes } from '#place/words.ts';
import { openBranch } from './actions.ts';
import {
  agencyList,
  agentBankList,
  agentBankQuery,
  bankCode,
  bankList,
  branch,
  branchFilter,
  branchForm,
  branchPage,
  officeFilter,
  officePage,
  partyRefusalStatus,
  type Agency,
  type AgencyOffice,
  type AgentBank,
  type Bank,
  type Branch,
  type PartyRefusal,
} from './contract.ts';
import { confirmationRoutes } from './confirmation/routes.ts';
import { duplicateRoutes } from './duplicate/routes.ts';
import type { FindProviders } from './inquiry/actions.ts';
import { inquiryRoutes } from './inquiry/routes.ts';
import { ownRoutes } from './own/routes.ts';
import { personRoutes } from './person/routes.ts';
import { rosterRoutes } from './roster/routes.ts';
import {
  findBank,
  hasAgency,
  listAgencies,
  listAgentBanks,
  listBanks,
  listBranches,
  listOffices,
  type AgencyRow,
  type AgentBankRow,
  type BankRow,
} from './queries.ts';
import { isOffered } from './rules.ts';
import {
  agencyRoleWords,
  bankStatusWords,
  partyNoteWords,
  partyRefusalWords,
  programmeWords,
} from './words.ts';

const agencyAddress = z.object({
  agencyKey: z
    .string()
    .regex(/^[a-z_]+$/)
    .meta({ fa: 'دستگاه', en: 'Agency' }),
});
const bankAddress = z.object({ bankCode: bankCode.meta({ fa: 'کد بانک', en: 'Bank code' }) });

/** Agencies and banks are public facts; branches, offices and agent banks are rows of a province (L9). */
export const partyRoutes =
  (house: House, findProviders: FindProviders = () => Promise.resolve({})): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(catalogueRoutes(house));
    await app.register(provinceRoutes(house));
    await app.register(ownRoutes(house));
    await app.register(personRoutes(house));
    await app.register(confirmationRoutes(house));
    await app.register(rosterRoutes(house));
    await app.register(duplicateRoutes(house));
    await app.register(inquiryRoutes(house, findProviders));
  };

const catalogueRoutes =
  ({ db }: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/agencies',
      {
        schema: {
          summary: 'Executive agencies and support bodies',
          response: { 200: agencyList, ...problemResponses },
        },
      },
      async () => ({ agencies: (await read(db, noScope, listAgencies)).map(agencyOf) }),
    );

    app.get(
      '/api/banks',
      {
        schema: {
          summary: 'The banks, closed ones marked',
          response: { 200: bankList, ...problemResponses },
        },
      },
      async () => ({ banks: (await read(db, noScope, listBanks)).map(bankOf) }),
    );
  };

const provinceRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = house;
    app.get(
      '/api/banks/:bankCode/branches',
      {
        schema: {
          summary: 'The branches of a bank that the reader may see',
          params: bankAddress,
          querystring: pageQuery.extend(branchFilter.shape),
          response: { 200: branchPage, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { scope } = await actingOf(request);
        const found = await findBranches(db, scope, { ...request.params, ...request.query });
        return answer(reply, found, partyRefusalStatus, partyRefusalWords);
      },
    );

    app.post(
      '/api/banks/:bankCode/branches',
      {
        preHandler: requireActor('director', 'deputy'),
        schema: {
          summary: 'Opens a branch of a bank in the province of who asks',
          params: bankAddress,
          body: branchForm,
          response: { 201: branch, ...problemResponses },
        },
      },
      async (request, reply) => {
        const opened = await openBranchOnce(house, request, { ...request.params, ...request.body });
        return answer(reply, opened, partyRefusalStatus, partyRefusalWords, 201);
      },
    );

    app.get(
      '/api/agencies/:agencyKey/offices',
      {
        schema: {
          summary: 'The offices of an agency that the reader may see',
          params: agencyAddress,
          querystring: pageQuery.extend(officeFilter.shape),
          response: { 200: officePage, ...problemResponses },
        },
      },
      async (request, reply) => {
        const { scope } = await actingOf(request);
        const found = await findOffices(db, scope, { ...request.params, ...request.query });
        return answer(reply, found, partyRefusalStatus, partyRefusalWords);
      },
    );

    app.get(
      '/api/agent-banks',
      {
        schema: {
          summary: 'The agent banks of a province by programme and budget year',
          querystring: agentBankQuery,
          response: { 200: agentBankList, ...problemResponses },
        },
      },
      (request) => findAgentBanks(db, request),
    );
  };

async function openBranchOnce(
  house: House,
  request: FastifyRequest,
  form: z.infer<typeof branchForm> & { readonly bankCode: string },
): Promise<Result<Branch, PartyRefusal>> {
  const { scope } = await actingOf(request);
  const asked = { scope, route: 'POST /api/banks/:bankCode/branches', body: form };
  return command(house, request, asked, (tx) => {
    assert(scope.province !== 'all', 'a command is done in one province');
    const openedAt = house.clock.now();
    const branchId = newId(openedAt.getTime());
    return openBranch(tx, { ...form, branchId, provinceId: scope.province, sourceKey: ownSource, openedAt });
  });
}

/** The province by which a statement repeats what the policies say. */
const secondFence = ({ province }: ActorScope): { scopeProvince: number | null } => ({
  scopeProvince: province === 'all' ? null : province,
});

type PageAsked = {
  readonly province?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
};
type Page<Item> = { items: Item[]; next: string | null };

function findBranches(
  db: Database,
  scope: ActorScope,
  asked: PageAsked & { readonly bankCode: string; readonly county?: string | undefined },
): Promise<Result<Page<Branch>, PartyRefusal>> {
  const { bankCode: code, limit } = asked;
  const after = decodeCursor(asked.cursor, [sortValue.text, sortValue.id]);
  return read(db, scope, async (tx) => {
    if (!(await findBank(tx, code))) return refused({ kind: 'BankUnknown', bankCode: code });
    const rows = await listBranches(tx, {
      bankCode: code,
      provinceSlug: asked.province ?? null,
      countyCode: asked.county ?? null,
      ...secondFence(scope),
      after,
      limit: limit + 1,
    });
    return ok(
      pageOf(rows, limit, {
        item: (row) => row,
        position: (row) => [row.branchCode, row.branchId],
      }),
    );
  });
}

function findOffices(
  db: Database,
  scope: ActorScope,
  asked: PageAsked & { readonly agencyKey: string },
): Promise<Result<Page<AgencyOffice>, PartyRefusal>> {
  const { agencyKey, limit } = asked;
  const after = decodeCursor(asked.cursor, [sortValue.text, sortValue.id]);
  return read(db, scope, async (tx) => {
    if (!(await hasAgency(tx, agencyKey))) return refused({ kind: 'AgencyUnknown', agencyKey });
    const rows = await listOffices(tx, {
      agencyKey,
      provinceSlug: asked.province ?? null,
      ...secondFence(scope),
      after,
      limit: limit + 1,
    });
    return ok(
      pageOf(rows, limit, {
        item: (office) => office,
        position: (office) => [office.nameFa, office.officeId],
      }),
    );
  });
}

async function findAgentBanks(
  db: Database,
  request: FastifyRequest & { readonly query: z.infer<typeof agentBankQuery> },
): Promise<z.infer<typeof agentBankList>> {
  const { scope } = await actingOf(request);
  const { province, budgetYear } = request.query;
  const asked = { provinceSlug: province, budgetYear: budgetYear ?? null, ...secondFence(scope) };
  const rows = await read(db, scope, (tx) => listAgentBanks(tx, asked));
  return { agentBanks: rows.map(agentBankOf) };
}

function agencyOf({ roles, ...row }: AgencyRow): Agency {
  return { ...row, roles: roles.map((role) => ({ role, name: agencyRoleWords[role] })) };
}

function bankOf({ note, ...row }: BankRow): Bank {
  return {
    ...row,
    offered: isOffered(row.status),
    statusName: bankStatusWords[row.status],
    notes: sayNotes(partyNoteWords, note),
  };
}

function agentBankOf({ note, ...row }: AgentBankRow): AgentBank {
  return { ...row, programmeName: programmeWords[row.programme], notes: sayNotes(partyNoteWords, note) };
}

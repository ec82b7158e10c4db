import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { documentRefusalStatus, mostBytes } from '#document/contract.ts';
import { documentRefusalWords } from '#document/words.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { type Id, id, isId } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { type AtCounter, counter, serveCounter, takeCounter } from '#platform/counter.ts';
import { type Drawn, blank, readForm } from '#platform/form.ts';
import { read } from '#platform/db.ts';
import type { House, Server } from '#platform/http.ts';
import { command } from '#platform/once.ts';
import { originOf } from '#platform/origin.ts';
import { ProblemError, answer } from '#platform/problem.ts';
import type { SitePage } from '#platform/site.ts';
import { readFields, readUpload } from '#platform/upload.ts';
import { type CaseDesk, deskOf } from '../act/actions.ts';
import { actFormShape, actRefusalStatus, type CasePage } from '../act/contract.ts';
import { actOnce, findPage } from '../act/routes.ts';
import { actRefusalWords } from '../act/words.ts';
import { wishOtherTime } from '../appointment/actions.ts';
import { appointmentRefusalStatus, wishFormShape } from '../appointment/contract.ts';
import { findOfCase } from '../appointment/routes.ts';
import { appointmentRefusalWords } from '../appointment/words.ts';
import { findOwnCases } from '../own/routes.ts';
import { receiptPage } from '../receipt/public.ts';
import { findReceipt } from '../receipt/routes.ts';
import { attachPaper, papersOf } from './actions.ts';
import { caseActPath, casePapersPath, casePath, caseReceiptPath, caseWishPath } from './contract.ts';
import { actPage, caseCounterPage, casesPage, type CaseShown, type Mended } from './public.ts';
import { counterLabels } from './words.ts';

type Parts = { readonly house: House; readonly desks: readonly CaseDesk[] };
type OfCase = { readonly id: string };
type OfAct = OfCase & { readonly act: string };

const mostCases = 20;

/** The cases of an applicant at the counter: read, added to, and acted on as from the desk. */
export const counterRoutes =
  (house: House, desks: readonly CaseDesk[]): FastifyPluginAsyncZod =>
  async (app) => {
    const site: Server = app;
    const parts = { house, desks };
    serveCounter(site, counter.cases, async ({ request, language, actor, provinceId }) => {
      const { cursor } = z
        .object({ cursor: z.string().max(500).optional().catch(undefined) })
        .parse(request.query);
      const asked = { actor, provinceId, cursor, limit: mostCases };
      return casesPage(await findOwnCases(house, desks, asked), language);
    });
    serveCase(site, parts);
    takePapers(site, parts);
    takeWishes(site, parts);
    serveActs(site, parts);
  };

/** A case that is not of the reader is not there, and neither is one whose id is none. */
const caseIn = ({ request, provinceId }: AtCounter<OfCase>): { provinceId: number; caseId: Id } => {
  const { id: caseId } = request.params;
  if (isId(caseId)) return { provinceId, caseId: id(caseId) };
  throw new ProblemError({ status: 404, kind: 'CaseMissing', words: counterLabels.noCase });
};

async function loadPage({ house, desks }: Parts, at: AtCounter<OfCase>): Promise<CasePage> {
  const { actor } = at;
  const found = await read(house.db, actor.scope, (tx) => findPage(tx, { house, desks, actor }, caseIn(at)));
  return answer({ statusCode: 200 }, found, actRefusalStatus, actRefusalWords());
}

async function drawCase(parts: Parts, at: AtCounter<OfCase>, mended?: Mended): Promise<SitePage> {
  const { house, desks } = parts;
  const { actor, language } = at;
  const page = await loadPage(parts, at);
  const address = caseIn(at);
  const papers = await read(house.db, actor.scope, (tx) => papersOf(tx, address));
  const visit = await read(house.db, actor.scope, (tx) => findOfCase(tx, { house, desks, actor }, address));
  const shown: CaseShown = {
    page,
    papers: papers.map(({ documentId, name, byteCount, enteredAt }) => ({
      name,
      byteCount,
      on: isoOf(dayOfInstant(enteredAt.getTime())),
      href: name === null ? null : `/api/provinces/${at.provinceId}/documents/${documentId}/content`,
    })),
    visit: answer({ statusCode: 200 }, visit, appointmentRefusalStatus, appointmentRefusalWords),
  };
  return caseCounterPage(shown, language, mended);
}

function serveCase(site: Server, parts: Parts): void {
  const { house, desks } = parts;
  serveCounter<OfCase>(site, casePath(':id'), (at) => drawCase(parts, at));
  serveCounter<OfCase>(site, caseReceiptPath(':id'), async (at) => {
    const { actor, language, request } = at;
    const { sent } = z.object({ sent: z.string().catch('') }).parse(request.query);
    const found = await read(house.db, actor.scope, (tx) => findReceipt(tx, { desks, actor }, caseIn(at)));
    const receipt = answer({ statusCode: 200 }, found, actRefusalStatus, actRefusalWords());
    return receiptPage({ receipt, isNew: sent !== '', origin: originOf(request) }, language);
  });
}

const paperFields = z.object({ id: z.uuid() });

function takePapers(site: Server, parts: Parts): void {
  const { house } = parts;
  takeCounter<OfCase>(site, casePapersPath(':id'), {
    take: async (at) => {
      const { request, actor: by } = at;
      const address = caseIn(at);
      const upload = await readUpload(request, {
        accepts: ['jpeg', 'png', 'pdf'],
        mostBytes,
        mostName: 2_000,
      });
      const { fileName: name, bytes, hash } = upload;
      const documentId = id(readFields(upload, paperFields).id);
      const body = { documentId, ...address, name, sha256: hash };
      const asked = { scope: by.scope, route: 'POST documents', body };
      const paper = { documentId, name, bytes, retention: 'case_paper' };
      const done = await command(house, request, asked, async (tx) => {
        const attached = await attachPaper(tx, { at: address, paper }, { by, clock: house.clock });
        return attached.ok ? ok({ id: attached.value.documentId }) : attached;
      });
      answer({ statusCode: 201 }, done, documentRefusalStatus, documentRefusalWords);
      return `${casePath(address.caseId)}#papers`;
    },
    draw: (at, drawn) => drawCase(parts, at, { form: 'paper', drawn }),
  });
}

const wishShape = wishFormShape.extend({ appointmentId: z.uuid() });

function takeWishes(site: Server, parts: Parts): void {
  const { house, desks } = parts;
  takeCounter<OfCase>(site, caseWishPath(':id'), {
    unsaid: ['seen'],
    take: async (at, { id: wishId = '', seen = '', reason = '', appointmentId = '' }) => {
      const { request, actor: by } = at;
      const wished = readForm(wishShape, {
        id: wishId,
        seen: Number.parseInt(seen, 10),
        reason,
        appointmentId,
      });
      const { appointmentId: visitId, ...form } = wished;
      const visit = { ...caseIn(at), appointmentId: id(visitId) };
      const asked = { scope: by.scope, route: 'POST appointments/wishes', body: form };
      const done = await command(house, request, asked, (tx) =>
        wishOtherTime({ tx, by, clock: house.clock, kinds: desks.map(({ kind }) => kind) }, visit, form),
      );
      answer({ statusCode: 201 }, done, appointmentRefusalStatus, appointmentRefusalWords);
      return casePath(visit.caseId);
    },
    draw: (at, drawn) => drawCase(parts, at, { form: 'wish', drawn }),
  });
}

function serveActs(site: Server, parts: Parts): void {
  const { house, desks } = parts;
  const path = caseActPath(':id', ':act');
  const draw = async (at: AtCounter<OfAct>, drawn: Drawn) => {
    const page = await loadPage(parts, at);
    const choice = page.choices.find(
      ({ act, mine, elsewhere }) => act === at.request.params.act && mine && !elsewhere,
    );
    if (choice === undefined)
      throw new ProblemError({ status: 404, kind: 'ActUnknown', words: counterLabels.notNow });
    const desk = must(deskOf(desks, page.kind.key), 'a page has its desk');
    const givesUp = desk.kind.parts?.withdrawal === choice.act;
    return actPage({ page, choice, givesUp, drawn }, at.language);
  };
  serveCounter<OfAct>(site, path, (at) => draw(at, blank));
  takeCounter<OfAct>(site, path, {
    unsaid: ['seenVersion'],
    take: async (at, { id: actId = '', seenVersion = '', reason = '' }) => {
      const { request, actor: by } = at;
      const { act } = request.params;
      const { provinceId: province, caseId } = caseIn(at);
      const form = readForm(actFormShape, {
        id: actId,
        act,
        seenVersion: Number.parseInt(seenVersion, 10),
        reason,
      });
      await actOnce({ house, desks, request }, { by, at: { province, caseId }, form });
      return casePath(caseId);
    },
    draw,
  });
}

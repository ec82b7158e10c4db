import { sql } from 'kysely';
import { expect } from 'vitest';
import type { CaseDesk } from '#casework/act/actions.ts';
import { casePageShape } from '#casework/act/contract.ts';
import { loadCatalogue, openCase, rebuild, syncTransitions } from '#casework/actions.ts';
import type { CaseWords } from '#casework/contract.ts';
import { caseworkRoutes } from '#casework/routes.ts';
import { listTasks } from '#casework/task/queries.ts';
import type { Actor, ActorScope, Role } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import type { CaseKind } from '#kernel/state.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { type Scope, inTransaction, noScope, read } from '#platform/db.ts';
import { buildServer } from '#platform/http.ts';
import { problemShape } from '#platform/problem.ts';
import { freshIds } from './arbitraries.ts';
import type { House } from './house.ts';

const none = {
  send_back: 'refused',
  resubmit: 'refused',
  withdraw: 'refused',
  decide: 'refused',
  object: 'refused',
  settle: 'refused',
} as const;

/** A petition as a board knows it: sent back, withdrawn, decided, objected to in time, settled by the clock. */
export const petition = {
  kind: 'petition',
  start: { act: 'file', state: 'filed', may: ['applicant', 'county_office'] },
  table: {
    filed: { ...none, send_back: 'sent_back', withdraw: 'withdrawn', decide: 'decided' },
    sent_back: { ...none, resubmit: 'filed', withdraw: 'withdrawn' },
    decided: { ...none, object: 'filed', settle: 'final' },
    withdrawn: none,
    final: none,
  },
  may: {
    send_back: ['county_office'],
    resubmit: ['applicant', 'county_office'],
    withdraw: ['applicant', 'county_office'],
    decide: ['county_office', 'deputy'],
    object: ['applicant'],
    settle: [],
  },
  closed: ['withdrawn', 'final'],
  waits: {
    filed: {
      on: ['county_office', 'deputy'],
      limit: { days: 10, of: 'working_days', basis: { fa: 'وعدهٔ خدمت', en: 'promise of the service' } },
      escalateTo: ['director'],
    },
    decided: {
      on: ['applicant'],
      limit: {
        days: 15,
        of: 'calendar_days',
        basis: { fa: 'مادهٔ ۱۵۹ قانون کار', en: 'Labour Act, art. 159' },
      },
      lapse: 'settle',
    },
  },
  standing: { withdraw: 'opener', decide: 'not_opener' },
  parts: {
    returns: { act: 'send_back', resubmit: 'resubmit' },
    withdrawal: 'withdraw',
    objection: 'object',
  },
} as const satisfies CaseKind;

const said = (fa: string, en: string) => ({
  title: { fa, en },
  told: { fa: `${fa} است.`, en: `It is ${en}.` },
});

export const petitionWords: CaseWords = {
  title: { fa: 'دادخواست', en: 'Petition' },
  states: {
    filed: said('ثبت‌شده', 'filed'),
    sent_back: said('برگشته برای اصلاح', 'sent back'),
    decided: said('رأی‌گرفته', 'decided'),
    withdrawn: said('پس‌گرفته', 'withdrawn'),
    final: said('قطعی', 'final'),
  },
  acts: {
    file: { fa: 'ثبت دادخواست', en: 'File' },
    send_back: { fa: 'برگشت برای اصلاح', en: 'Send back' },
    resubmit: { fa: 'ارسال دوباره', en: 'Send again' },
    withdraw: { fa: 'انصراف', en: 'Withdraw' },
    decide: { fa: 'ثبت رأی', en: 'Decide' },
    object: { fa: 'اعتراض', en: 'Object' },
    settle: { fa: 'قطعی شدن', en: 'Settle' },
  },
  facts: { letter: { fa: 'شمارهٔ نامه', en: 'Letter number' } },
};

export const petitionMatter = { fa: 'مزد عقب‌افتاده', en: 'unpaid wages' };

export const petitionDesk: CaseDesk = {
  kind: petition,
  words: petitionWords,
  deed: 'plain',
  begin: '/petitions/new',
  about: (_tx, { caseIds }) => Promise.resolve(new Map(caseIds.map((caseId) => [caseId, petitionMatter]))),
};

const provinceId = 5;
const newId = (): Id => must(freshIds(1)[0], 'an id');
const whole: Scope = { ...noScope, province: provinceId };

const actor = (role: Role, scope: Partial<ActorScope> = {}): Actor => ({
  userId: newId(),
  personId: newId(),
  role,
  name: role,
  scope: { province: provinceId, county: null, office: null, person: null, ...scope },
});

/**
 * A server with petitions of one applicant in two counties, and those who deal with them. Call it once, at the top
 * level of a test file.
 */
export async function openPetitions(house: House) {
  const applicantId = newId();
  const people = {
    clerk: actor('county_office', { county: '0501' }),
    colleague: actor('county_office', { county: '0501' }),
    neighbour: actor('county_office', { county: '0502' }),
    deputy: actor('deputy'),
    director: actor('director'),
    applicant: actor('applicant', { person: applicantId }),
    /** Another applicant, whom no case is about. */
    stranger: actor('applicant', { person: newId() }),
    auditor: actor('auditor', { province: 'all' }),
  } as const;
  type Who = keyof typeof people;
  /** Whom a search finds. */
  const sought: Id[] = [];
  await loadPlaces(house.owner, readCsv);
  await loadCatalogue(house.owner, readCsv);
  await syncTransitions(house.owner, [petition]);
  const app = await buildServer(house, {
    version: '0',
    findActor: async ({ headers }) =>
      Object.entries(people).find(([name]) => name === headers['x-actor'])?.[1] ?? null,
  });
  await app.register(
    caseworkRoutes(house, [petitionDesk], () => Promise.resolve({ personIds: [...sought], more: false })),
  );
  const url = (path: string): string => `/api/provinces/${provinceId}/cases${path}`;
  const get = (who: Who | 'nobody', path: string) =>
    app.inject({ url: url(path), headers: { 'x-actor': who } });
  const send = (method: 'POST' | 'DELETE', who: Who, path: string, payload: object, key: Id = newId()) =>
    app.inject({
      method,
      url: url(path),
      headers: { 'x-actor': who, 'idempotency-key': key },
      payload,
    });
  const post = (who: Who, path: string, payload: object, key?: Id) => send('POST', who, path, payload, key);

  /** A petition filed by the clerk. */
  async function filed(county = '0501', happenedOn = '1403-06-10'): Promise<Id> {
    const caseId = newId();
    const opening = {
      id: newId(),
      caseId,
      provinceId,
      countyCode: county,
      officeId: null,
      subjectId: applicantId,
      facts: { letter: '12/1403', order: 'ab' },
      reason: null,
      happenedOn: day(happenedOn),
    };
    const opened = await inTransaction(house.db, whole, (tx) =>
      openCase(tx, petition, { opening, by: people.clerk, clock: house.clock }),
    );
    expect(opened.ok).toBe(true);
    return caseId;
  }

  /** The projections of a case written anew from its acts are what they were. */
  async function replayed(caseId: Id): Promise<void> {
    const stand = () =>
      read(house.db, whole, async (tx) => {
        const { rows } = await sql`
          select state, version, since_on, due_on, opener_id, moved_at from casework.case_file where id = ${caseId}
        `.execute(tx);
        return { rows, tasks: await listTasks(tx, { provinceId, caseId }) };
      });
    const before = await stand();
    await inTransaction(house.db, whole, async (tx) =>
      ok(await rebuild(tx, petition, { provinceId, caseId })),
    );
    expect(await stand()).toEqual(before);
  }

  return {
    /** A page for everybody. */
    look: (path: string) => app.inject({ url: path }),
    provinceId,
    whole,
    applicantId,
    people,
    sought,
    get,
    send,
    post,
    filed,
    replayed,
    actBy: (who: Who, caseId: Id, name: string, seenVersion: number, reason: string | null = null) =>
      post(who, `/${caseId}/acts`, { id: newId(), act: name, seenVersion, reason }),
    pageOf: async (who: Who, caseId: Id) => casePageShape.parse((await get(who, `/${caseId}`)).json()),
    kindOf: (response: { json: () => unknown }): string => problemShape.parse(response.json()).kind,
  };
}

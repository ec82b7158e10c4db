import { provinceFinder } from '#place/routes.ts';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { openAccount } from '#access/user/actions.ts';
import { syncTransitions } from '#casework/actions.ts';
import { type AnyRefusal, type Doing } from '#credit/actions.ts';
import { actOnAward, reserveAward } from '#credit/award/actions.ts';
import { listAwards } from '#credit/award/queries.ts';
import type { AwardAct, BeneficiaryKind, PartAxis } from '#credit/contract.ts';
import { draftLine, notifyLine, openLine } from '#credit/line/actions.ts';
import { setParameter } from '#credit/parameter/actions.ts';
import type { ParameterOrder } from '#credit/parameter/contract.ts';
import { closeLine, cutLine, extendLine } from '#credit/revision/actions.ts';
import { creditRoutes } from '#credit/routes.ts';
import { creditKinds } from '#credit/rules.ts';
import { approveRule, proposeRule, withdrawRule } from '#credit/share/actions.ts';
import type { ruleShape } from '#credit/share/contract.ts';
import { approveSlicing, proposeSlicing, withdrawSlicing } from '#credit/slicing/actions.ts';
import type { Actor, ActorScope, Role } from '#kernel/actor.ts';
import { type Id, id, newId } from '#kernel/id.ts';
import { type Result, must } from '#kernel/result.ts';
import { loadCatalogue as loadOccupations } from '#occupation/actions.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { type Server, buildServer } from '#platform/http.ts';
import { type Registered, enterBeneficiary } from './beneficiaries.ts';
import type { House } from './house.ts';

export const alborz = 30;
export const karaj = '3001';
export const fardis = '3006';
const lorestan = 15;

export const freshId = (): Id => newId(Date.parse('2024-09-05T08:30:00Z'));

/** Everybody who ever comes near a credit: role, province, county, office or own person. */
const cast = {
  director: ['director', {}],
  deputy: ['deputy', {}],
  otherDeputy: ['deputy', {}],
  /** Another account of the person who is `deputy`. */
  deputyAgain: ['director', {}],
  karajOffice: ['county_office', { county: karaj }],
  fardisOffice: ['county_office', { county: fardis }],
  lorestanOffice: ['county_office', { province: lorestan, county: '1503' }],
  lorestanDirector: ['director', { province: lorestan }],
  bank: ['bank', { office: freshId() }],
  agency: ['agency', { office: freshId() }],
  auditor: ['auditor', { province: 'all' }],
  ministry: ['ministry', { province: 'all' }],
  applicant: ['applicant', { person: freshId() }],
  editor: ['editor', {}],
  administrator: ['administrator', { province: -1 }],
} as const satisfies Record<string, readonly [Role, Partial<ActorScope>]>;
export type Name = keyof typeof cast;
export const isName = (text: string): text is Name => Object.hasOwn(cast, text);
export const names: readonly Name[] = Object.keys(cast).filter(isName);

type Sent = { readonly url: string; readonly body?: unknown; readonly key?: Id };
export type Said = { readonly status: number; readonly body: unknown; readonly replayed: boolean };

/** A house with its catalogues, the cast, and every deed of `credit` as one call, in Alborz. */
export async function openCredits(house: House) {
  await loadPlaces(house.owner, readCsv);
  await loadParties(house.owner, readCsv);
  await loadOccupations(house.owner, readCsv);
  await syncTransitions(house.owner, creditKinds);
  const actors = new Map<Name, Actor>();
  for (const name of names) actors.set(name, await enter(house, name));
  const actor = (name: Name): Actor => must(actors.get(name), `nobody is ${name}`);

  const deed = <Done>(
    name: Name,
    work: (doing: Doing) => Promise<Result<Done, AnyRefusal>>,
  ): Promise<Result<Done, AnyRefusal>> => {
    const by = actor(name);
    return inTransaction(house.db, by.scope, (tx) =>
      work({ tx, clock: house.clock, provinceId: alborz, by }),
    );
  };
  const app = await buildServer(house, {
    findProvince: provinceFinder(house),
    findActor: ({ headers }) => {
      const name = String(headers['x-actor']);
      return Promise.resolve((isName(name) ? actors.get(name) : undefined) ?? null);
    },
    version: 'test',
    mostRequestsPerMinute: 1_000_000,
  });
  await app.register(creditRoutes(house));
  await app.ready();
  return { ...deedsOf(deed, house), ...linesOf(deed, house), actor, deed, http: httpOf(app, house), house };
}

async function enter(house: House, name: Name): Promise<Actor> {
  const [role, scope] = cast[name];
  const person = name === 'deputyAgain' ? 'deputy' : name;
  const opened = await inTransaction(house.db, { ...noScope, province: -1 }, (tx) =>
    openAccount(
      { tx, clock: house.clock },
      { username: name.toLowerCase(), name, identityHash: createHash('sha256').update(person).digest() },
    ),
  );
  const holder = must(opened.ok ? opened.value : undefined, `${name} has an account`);
  return {
    ...holder,
    role,
    name,
    scope: { province: alborz, county: null, office: null, person: null, ...scope },
  };
}

type Deed = <Done>(
  name: Name,
  work: (doing: Doing) => Promise<Result<Done, AnyRefusal>>,
) => Promise<Result<Done, AnyRefusal>>;

export type Line = Parameters<typeof draftLine>[1];

/** A home-job line of 1402, but for what `change` says. */
export const lineOrder = (change: Partial<Line> = {}): Line => ({
  id: freshId(),
  budgetYear: 1402,
  note: '16',
  paragraph: 'الف',
  item: null,
  pot: 'national',
  programme: 'home_jobs',
  rateKind: 'fee',
  rateHundredths: 400,
  graceMonths: 6,
  termMonths: 60,
  deadline: '2024-03-19',
  cooperativeReserve: 25,
  reserveReference: 'مادهٔ ۵ آیین‌نامه',
  ...change,
});

export const letterOrder = (amount: bigint, change: Record<string, unknown> = {}) => {
  const letterId = freshId();
  const letter = { id: letterId, amount: String(amount), letterNumber: letterId, letterDay: '2023-06-11' };
  return { ...letter, ...change };
};

/** A letter that closes a line, seen at a version; the other two say what they change besides. */
export const closingOrder = (seenVersion: number, change: Record<string, unknown> = {}) => {
  const letterId = freshId();
  const letter = {
    id: letterId,
    seenVersion,
    letterNumber: letterId,
    letterDay: '2024-02-01',
    reason: 'نامهٔ وزارت',
  };
  return { ...letter, ...change };
};
export const cutOrder = (seenVersion: number, amount: bigint, change: Record<string, unknown> = {}) => ({
  ...closingOrder(seenVersion, change),
  amount: String(amount),
});
export const extensionOrder = (
  seenVersion: number,
  deadline = '2024-07-21',
  change: Record<string, unknown> = {},
) => ({ ...closingOrder(seenVersion, change), deadline });

/** A ceiling for persons from the day on which the clock of the tests stands. */
export const ceilingOrder = (
  seenVersion: number,
  amount: bigint,
  change: Partial<ParameterOrder> = {},
): ParameterOrder => ({
  id: freshId(),
  seenVersion,
  term: { name: 'ceiling_per_beneficiary', beneficiaryKind: 'person', amount: String(amount) },
  validFrom: '2024-09-05',
  legalReference: 'بخشنامهٔ ۱۲',
  ...change,
});

/** A division over the counties by population of 1395; Chaharbagh was part of Savojbolagh then. */
export const byCounties = (amount: bigint, change: Record<string, unknown> = {}) => ({
  id: freshId(),
  amount: String(amount),
  jobTarget: 100,
  by: {
    axis: 'county' as const,
    formula: {
      indicators: [{ key: 'population', weight: 100 }],
      year: 1395,
      floor: '0',
      cap: null,
      unit: '1',
      zeroBecause: [{ countyCode: '3007', reason: 'در سرشماری بخشی از ساوجبلاغ بود' }],
      adjustments: [],
    },
  },
  ...change,
});

export const byCategories = (parts: Readonly<Record<string, bigint>>, change: Record<string, unknown> = {}) =>
  byKeys('category', Object.entries(parts), change);

/** A division along any axis but the counties', by the keys of its parts. */
export const byKeys = (
  axis: Exclude<PartAxis, 'county'>,
  parts: readonly (readonly [string, bigint])[],
  change: Record<string, unknown> = {},
) => ({
  id: freshId(),
  amount: String(parts.reduce((sum, [, amount]) => sum + amount, 0n)),
  jobTarget: 10,
  by: { axis, parts: parts.map(([key, amount]) => ({ key, amount: String(amount) })) },
  ...change,
});

export const awardOrder = (
  amount: bigint,
  beneficiaryKind: BeneficiaryKind = 'person',
  change: Record<string, unknown> = {},
) => ({
  id: freshId(),
  amount: String(amount),
  beneficiaryKind,
  beneficiaryId: freshId(),
  jobs: 1,
  happenedOn: '2024-01-01',
  ...change,
});

export const actOrder = (act: AwardAct, seenVersion: number, change: Record<string, unknown> = {}) => ({
  id: freshId(),
  act,
  seenVersion,
  happenedOn: '2024-01-05',
  amount: null as string | null,
  reason: act === 'release' ? 'انصراف متقاضی' : null,
  /** Left out, it is what the branch has reported. */
  signed: undefined as Signature | null | undefined,
  ...change,
});

/** A cap of a fifth on supporters from the day after the tests' today, but for what `change` says. */
export const ruleOrder = (change: Partial<z.infer<typeof ruleShape>> = {}): z.infer<typeof ruleShape> => ({
  id: freshId(),
  share: ['supporter'],
  type: 'cap',
  numerator: 1,
  denominator: 5,
  validFrom: '2024-09-06',
  lastDay: null,
  legalReference: 'مصوبهٔ کارگروه',
  ...change,
});

const ruleApproval = () => ({
  id: freshId(),
  resolutionNumber: '۱۲',
  resolutionDay: '2024-09-05',
  seenVersion: 1,
});

export const approvalOrder = (change: Record<string, unknown> = {}) => ({
  id: freshId(),
  resolutionNumber: '7',
  resolutionDay: '2023-07-01',
  seenVersion: 1,
  ...change,
});

/** What a bank signs of the report that waits, unless the order says what it signed. */
async function signedBy({ tx, provinceId }: Doing, awardId: string, order: ReturnType<typeof actOrder>) {
  if (!order.act.startsWith('confirm') || order.signed !== undefined)
    return { ...order, signed: order.signed ?? null };
  const asked = { provinceId, id: awardId, sliceId: null, before: null, limit: 1 };
  const reported = (await listAwards(tx, asked))[0]?.reported ?? 1n;
  return { ...order, signed: signature(reported) };
}
type Signature = { readonly number: string; readonly sum: string };
export const signature = (sum: bigint): Signature => ({ number: 'ب/۱۲', sum: String(sum) });

/** Every deed by somebody, with its order. */
const deedsOf = (deed: Deed, house: House) => ({
  draft: (order: Line, by: Name = 'director') => deed(by, (doing) => draftLine(doing, order)),
  notify: (lineId: string, order: ReturnType<typeof letterOrder>, by: Name = 'director') =>
    deed(by, (doing) => notifyLine(doing, { lineId, order })),
  open: (lineId: string, actId: string = freshId(), by: Name = 'director') =>
    deed(by, (doing) => openLine(doing, { lineId, actId })),
  extend: (lineId: string, order: ReturnType<typeof extensionOrder>, by: Name = 'director') =>
    deed(by, (doing) => extendLine(doing, { lineId, order })),
  cut: (lineId: string, order: ReturnType<typeof cutOrder>, by: Name = 'director') =>
    deed(by, (doing) => cutLine(doing, { lineId, order })),
  close: (lineId: string, order: ReturnType<typeof closingOrder>, by: Name = 'director') =>
    deed(by, (doing) => closeLine(doing, { lineId, order })),
  setTerm: (lineId: string, order: ParameterOrder, by: Name = 'director') =>
    deed(by, (doing) => setParameter(doing, { lineId, order })),
  proposeRule: (lineId: string, order: z.infer<typeof ruleShape>, by: Name = 'deputy') =>
    deed(by, (doing) => proposeRule(doing, { lineId, order })),
  approveRule: (ruleId: string, by: Name = 'director', order = ruleApproval()) =>
    deed(by, (doing) => approveRule(doing, { ruleId, order })),
  withdrawRule: (ruleId: string, by: Name = 'deputy') =>
    deed(by, (doing) =>
      withdrawRule(doing, { ruleId, order: { id: freshId(), seenVersion: 1, reason: 'اشتباه' } }),
    ),
  propose: (
    sliceId: string,
    order: ReturnType<typeof byCounties> | ReturnType<typeof byKeys>,
    by: Name = 'deputy',
  ) => deed(by, (doing) => proposeSlicing(doing, { sliceId, order })),
  approve: (slicingId: string, order = approvalOrder(), by: Name = 'director') =>
    deed(by, (doing) => approveSlicing(doing, { slicingId, order })),
  withdraw: (slicingId: string, by: Name = 'deputy') =>
    deed(by, (doing) =>
      withdrawSlicing(doing, { slicingId, order: { id: freshId(), seenVersion: 1, reason: 'اشتباه' } }),
    ),
  reserve: async (
    sliceId: string,
    order: ReturnType<typeof awardOrder>,
    by: Name = 'deputy',
    facts: Registered = {},
  ) => {
    await enterBeneficiary(house, order, facts);
    return deed(by, (doing) => reserveAward(doing, { sliceId, order }));
  },
  /** What one deputy reports another confirms. */
  actOn: (
    awardId: string,
    order: ReturnType<typeof actOrder>,
    by: Name = order.act.startsWith('confirm') ? 'otherDeputy' : 'deputy',
  ) =>
    deed(by, async (doing) => actOnAward(doing, { awardId, order: await signedBy(doing, awardId, order) })),
});

/** Whole stretches of the way, for tests that begin further on. Each throws when it is refused. */
function linesOf(deed: Deed, house: House) {
  const deeds = deedsOf(deed, house);
  async function openedLine(amount: bigint, change: Partial<Line> = {}): Promise<Id> {
    const order = lineOrder(change);
    done(await deeds.draft(order));
    done(await deeds.notify(order.id, letterOrder(amount)));
    done(await deeds.open(order.id));
    return id(order.id);
  }
  async function divided(
    sliceId: string,
    order: ReturnType<typeof byCounties> | ReturnType<typeof byKeys>,
  ): Promise<void> {
    done(await deeds.propose(sliceId, order));
    done(await deeds.approve(order.id));
  }
  return { openedLine, divided };
}

export function done<Done>(result: Result<Done, AnyRefusal>): Done {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.refusal, (_, one: unknown) => String(one))}`);
}

/** What came of a deed: `ok`, or the kind of the refusal. */
export const outcome = (result: Result<unknown, AnyRefusal>): string =>
  result.ok ? 'ok' : result.refusal.kind;

const base = '/api/provinces/alborz/credit/';

type SentFile = {
  readonly url: string;
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fields: Readonly<Record<string, string>>;
  readonly key?: Id;
};

const httpOf = (app: Server, house: House) => ({
  close: () => app.close(),
  /** A file as its bytes. */
  file: async (by: Name, url: string): Promise<Buffer> =>
    (await app.inject({ url: base + url, headers: { 'x-actor': by } })).rawPayload,
  /** Under which name a file is handed over. */
  fileName: async (by: Name, url: string): Promise<string> => {
    const { headers } = await app.inject({ url: base + url, headers: { 'x-actor': by } });
    return /filename="(.*)"/.exec(String(headers['content-disposition']))?.[1] ?? '';
  },
  /** A file for which another one was sent. */
  uploadFor: async (by: Name, url: string, form: FormData): Promise<Buffer> => {
    const body = new Response(form);
    const headers = { 'x-actor': by, 'content-type': body.headers.get('content-type') ?? '' };
    const payload = Buffer.from(await body.arrayBuffer());
    return (await app.inject({ method: 'POST', url: base + url, headers, payload })).rawPayload;
  },
  upload: async (by: Name | 'nobody', sent: SentFile): Promise<Said> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(sent.fields)) form.append(name, value);
    form.append('file', new Blob([sent.bytes]), sent.name);
    const body = new Response(form);
    const answer = await app.inject({
      method: 'POST',
      url: base + sent.url,
      headers: {
        'x-actor': by,
        'idempotency-key': sent.key ?? freshId(),
        'content-type': body.headers.get('content-type') ?? '',
      },
      payload: Buffer.from(await body.arrayBuffer()),
    });
    return {
      status: answer.statusCode,
      body: JSON.parse(answer.body),
      replayed: answer.headers['idempotency-replayed'] === 'true',
    };
  },
  get: async (by: Name | 'nobody', url: string): Promise<Said> => {
    const { statusCode, body } = await app.inject({ url: base + url, headers: { 'x-actor': by } });
    return { status: statusCode, body: JSON.parse(body), replayed: false };
  },
  post: async (by: Name | 'nobody', { url, body, key = freshId() }: Sent): Promise<Said> => {
    if (url.endsWith('/awards')) await enterBeneficiary(house, body);
    const headers = { 'x-actor': by, 'idempotency-key': key, 'content-type': 'application/json' };
    const sent = { method: 'POST' as const, url: base + url, headers, payload: JSON.stringify(body) };
    const answer = await app.inject(sent);
    return {
      status: answer.statusCode,
      body: JSON.parse(answer.body),
      replayed: answer.headers['idempotency-replayed'] === 'true',
    };
  },
});

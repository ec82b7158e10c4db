import { setTimeout as wait } from 'node:timers/promises';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { id, newId, type Id } from '#kernel/id.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, noScope, read, type Database, type Tx } from '#platform/db.ts';
import type { Job } from '#platform/jobs.ts';
import { insertFacts, refreshInForce } from '../fact/queries.ts';
import { findChangeable, noteDeed, todayAt, type Doing } from '../person/actions.ts';
import { isoOrNull, lockPerson, widenToProvince } from '../person/queries.ts';
import type { InquiryFailure, InquiryKind, InquiryOrder, InquiryRefusal, Question } from './contract.ts';
import {
  endWaiting,
  insertInquiry,
  insertResult,
  listDue,
  noteFailure,
  takeTry,
  type DueInquiry,
} from './queries.ts';
import { decideAsk, mostTries, pauseAfter, readReply, validUntil, type BelievedReply } from './rules.ts';
import { simulatedReply, wrongReplies, type Simulation } from './simulation.ts';

/** Who answers for a register: sends the question and gives back whatever came, or throws. */
export type Provider = {
  readonly name: string;
  /** Made up: nobody outside is asked. */
  readonly simulated: boolean;
  readonly ask: (question: Question, signal: AbortSignal) => Promise<unknown>;
};

/** Who is connected for each kind; a kind without one cannot be asked. */
export type Providers = Readonly<Partial<Record<InquiryKind, Provider>>>;
export type FindProviders = () => Promise<Providers>;

export type AskOrder = {
  readonly personId: string;
  readonly order: InquiryOrder;
  readonly providers: Providers;
};

/** Writes down that a register is to be asked; the background asks it. One question of a kind waits at a time. */
export async function askInquiry(
  doing: Doing,
  { personId, order, providers }: AskOrder,
): Promise<Result<{ id: Id }, InquiryRefusal>> {
  const { tx, provinceId, by, clock } = doing;
  const found = await findChangeable(doing, personId);
  if (!found.ok) return found;
  const { kind } = order;
  const provider = providers[kind];
  const decided = decideAsk({ form: found.value.form, kind, connected: provider !== undefined });
  if (!decided.ok) return decided;
  await widenToProvince(tx);
  const inquiry = {
    provinceId,
    personId,
    inquiryId: id(order.id),
    kind,
    provider: must(provider, 'decided'),
  };
  const recorder = { userId: by.userId, personId: by.personId, at: clock.now() };
  if (!(await insertInquiry(tx, inquiry, recorder))) return refused({ kind: 'InquiryWaits', inquiry: kind });
  await noteDeed(doing, 'party.inquiry_asked', personId, { inquiry: order.id, kind });
  return ok({ id: inquiry.inquiryId });
}

// ---- in the background

export type InquiryDesk = {
  readonly db: Database;
  readonly clock: Clock;
  readonly providers: FindProviders;
  /** Milliseconds after which an answer is not waited for any more. */
  readonly patience?: number;
};

const usualPatience = 10_000;
/** Longer than any try lasts: after it the one who asked was killed, and the same question is asked again. */
const longestTry = 60_000;
const askedAtOnce = 20;

/** Asks what is due, every two seconds. No transaction is open while a register takes its time. */
export const inquiryJob = (desk: InquiryDesk): Job => ({
  name: 'inquiry',
  every: 2_000,
  run: (signal) => workInquiries(desk, signal),
});

export async function workInquiries(desk: InquiryDesk, signal: AbortSignal): Promise<void> {
  const providers = await desk.providers();
  const asked = { now: desk.clock.now(), limit: askedAtOnce };
  const due = await read(desk.db, { ...noScope, province: 'all' }, (tx) => listDue(tx, asked));
  await Promise.all(due.map((inquiry) => workInquiry(desk, { inquiry, providers, signal })));
}

type Asking = {
  readonly inquiry: DueInquiry;
  readonly providers: Providers;
  readonly signal: AbortSignal;
};

const within = (desk: InquiryDesk, { provinceId }: DueInquiry, work: (tx: Tx) => Promise<unknown>) =>
  inTransaction(desk.db, { ...noScope, province: provinceId }, async (tx) => {
    await work(tx);
    return ok();
  });

async function workInquiry(desk: InquiryDesk, { inquiry, providers, signal }: Asking): Promise<void> {
  const { tries } = inquiry;
  const until = new Date(desk.clock.now().getTime() + longestTry);
  let taken = false;
  await within(desk, inquiry, async (tx) => (taken = await takeTry(tx, inquiry, { tries, until })));
  if (!taken) return;
  const provider = providers[inquiry.kind];
  // An answer is never put under the name of somebody else than who was to be asked.
  const right = provider !== undefined && provider.name === inquiry.provider ? provider : null;
  const reply = right === null ? 'down' : await tryOnce(desk, { provider: right, inquiry, signal });
  if (signal.aborted && typeof reply === 'string') return;
  if (typeof reply !== 'string')
    await within(desk, inquiry, (tx) =>
      storeReply(tx, desk, { inquiry, reply, simulated: right?.simulated }),
    );
  else await within(desk, inquiry, (tx) => storeFailure(tx, desk, { inquiry, failure: reply }));
}

async function tryOnce(
  desk: InquiryDesk,
  { provider, inquiry, signal }: Pick<Asking, 'inquiry' | 'signal'> & { readonly provider: Provider },
): Promise<BelievedReply | InquiryFailure> {
  const { nationalId, lastName } = inquiry;
  if (nationalId === null || lastName === null) return 'malformed';
  const { inquiryId, kind, firstName } = inquiry;
  const question = { inquiryId, kind, nationalId, firstName, lastName, bornOn: isoOrNull(inquiry.bornOn) };
  const late = AbortSignal.timeout(desk.patience ?? usualPatience);
  const ending = AbortSignal.any([late, signal]);
  try {
    const sent = await Promise.race([provider.ask(question, ending), ended(ending)]);
    return readReply(question, sent) ?? 'malformed';
  } catch {
    // Whatever a register's connection throws comes to one of two things for who waits.
    return late.aborted ? 'slow' : 'down';
  }
}

/** Also a provider that does not listen to its signal is left behind. */
const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => reject(new Error('not waited for any longer'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });

async function storeFailure(
  tx: Tx,
  { clock }: InquiryDesk,
  { inquiry, failure }: { readonly inquiry: DueInquiry; readonly failure: InquiryFailure },
): Promise<void> {
  const tries = inquiry.tries + 1;
  const now = clock.now();
  if (tries < mostTries) {
    await noteFailure(tx, inquiry, { failure, dueAt: new Date(now.getTime() + pauseAfter(tries)) });
    return;
  }
  if (!(await endWaiting(tx, inquiry))) return;
  const nothing = { answer: null, reference: null, validUntil: null, factId: null };
  await insertResult(tx, { ...inquiry, ...nothing, verdict: 'unknown', failure, tries, answeredAt: now });
}

async function storeReply(
  tx: Tx,
  { clock }: InquiryDesk,
  given: {
    readonly inquiry: DueInquiry;
    readonly reply: BelievedReply;
    readonly simulated: boolean | undefined;
  },
): Promise<void> {
  const { inquiry, reply, simulated = false } = given;
  const { provinceId, personId } = inquiry;
  await lockPerson(tx, inquiry);
  // An erasure meanwhile, or whoever was quicker after a lost lease, has taken it away.
  if (!(await endWaiting(tx, inquiry))) return;
  const now = clock.now();
  const today = dayOfInstant(now.getTime());
  const factId = reply.kind === 'decile' ? newId(now.getTime()) : null;
  await insertResult(tx, {
    ...inquiry,
    ...reply,
    failure: null,
    tries: inquiry.tries + 1,
    answeredAt: now,
    validUntil: validUntil(reply.kind, today),
    factId,
  });
  if (reply.kind !== 'decile' || factId === null) return;
  const told = {
    factId,
    personId,
    kind: 'decile',
    value: String(reply.answer.decile),
    sinceOn: isoOf(today),
    source: simulated ? 'simulated' : 'inquiry',
    inquiredOn: isoOf(today),
  } as const;
  const by = { userId: inquiry.askerUserId, personId: inquiry.askerPersonId, at: now };
  await insertFacts(tx, provinceId, { entries: [told], by });
  await refreshInForce(tx, { provinceId, personIds: [personId], today: todayAt(clock) });
}

// ---- the simulated registers

const simulatedDelay = 400;
const simulatedSlowness = 120_000;

/** Registers that are made up, each of them behaving as `how` says. */
export function simulatedProviders(how: Simulation): Providers {
  const provider: Provider = {
    name: 'simulated',
    simulated: true,
    ask: async (question, signal) => {
      await wait(how === 'simulated-slow' ? simulatedSlowness : simulatedDelay, undefined, { signal });
      if (how === 'simulated-down') throw new Error('connection refused');
      const wrong = wrongReplies(question);
      return how === 'simulated-wrong'
        ? wrong[question.inquiryId.charCodeAt(35) % wrong.length]
        : simulatedReply(question);
    },
  };
  return {
    civil_registry: provider,
    decile: provider,
    tax: provider,
    bounced_cheque: provider,
    other_loan: provider,
  };
}

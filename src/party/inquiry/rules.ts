import { addDays, type Day } from '#kernel/day.ts';
import { refused, ok, type Result } from '#kernel/result.ts';
import type { PersonForm } from '../person/contract.ts';
import {
  answerShapes,
  inquiryKinds,
  replyShape,
  type InquiryAnswers,
  type InquiryKind,
  type InquiryRefusal,
  type InquiryVerdict,
  type Question,
} from './contract.ts';

const ofNaturals: readonly InquiryKind[] = ['civil_registry', 'decile'];

/** What can be asked of a form of person: a firm has neither birth nor decile. */
export const kindsOf = (form: PersonForm): readonly InquiryKind[] =>
  form === 'natural' ? inquiryKinds : inquiryKinds.filter((kind) => !ofNaturals.includes(kind));

/** For how many days an answer is evidence. What moves from day to day is soon old. */
export const validDays: Readonly<Record<InquiryKind, number>> = {
  civil_registry: 180,
  decile: 90,
  tax: 30,
  bounced_cheque: 30,
  other_loan: 30,
};

export const validUntil = (kind: InquiryKind, answeredOn: Day): Day => addDays(answeredOn, validDays[kind]);

/** Good to the end of its last day. */
export const isExpired = (until: Day | null, today: Day): boolean => until !== null && today > until;

export function decideAsk({
  form,
  kind,
  connected,
}: {
  readonly form: PersonForm;
  readonly kind: InquiryKind;
  readonly connected: boolean;
}): Result<undefined, InquiryRefusal> {
  if (!kindsOf(form).includes(kind))
    return refused({ kind: 'InquiryNotOfForm', inquiry: kind, field: 'kind' });
  return connected ? ok() : refused({ kind: 'InquiryNotConnected', inquiry: kind });
}

export type BelievedReply = {
  readonly [Kind in InquiryKind]: {
    readonly kind: Kind;
    readonly answer: InquiryAnswers[Kind];
    readonly verdict: InquiryVerdict;
    readonly reference: string;
  };
}[InquiryKind];

/** What a register sent, or null when it is no answer to this question: of such a reply nothing is kept. */
export function readReply(question: Question, sent: unknown): BelievedReply | null {
  const reply = replyShape.safeParse(sent);
  if (!reply.success) return null;
  const { kind, inquiryId, nationalId, reference, answer } = reply.data;
  const isAbout =
    kind === question.kind && inquiryId === question.inquiryId && nationalId === question.nationalId;
  return isAbout ? believe(kind, reference, answer) : null;
}

function believe(kind: InquiryKind, reference: string, sent: unknown): BelievedReply | null {
  switch (kind) {
    case 'civil_registry': {
      const { success, data } = answerShapes[kind].safeParse(sent);
      return success ? { kind, reference, answer: data, verdict: clearIf(data.alive && data.agrees) } : null;
    }
    case 'decile': {
      const { success, data } = answerShapes[kind].safeParse(sent);
      return success ? { kind, reference, answer: data, verdict: 'told' } : null;
    }
    case 'tax': {
      const { success, data } = answerShapes[kind].safeParse(sent);
      return success ? { kind, reference, answer: data, verdict: clearIf(data.debt === '0') } : null;
    }
    case 'bounced_cheque': {
      const { success, data } = answerShapes[kind].safeParse(sent);
      return success ? { kind, reference, answer: data, verdict: clearIf(data.count === 0) } : null;
    }
    case 'other_loan': {
      const { success, data } = answerShapes[kind].safeParse(sent);
      return success ? { kind, reference, answer: data, verdict: clearIf(data.loans.length === 0) } : null;
    }
  }
}

const clearIf = (holds: boolean): InquiryVerdict => (holds ? 'clear' : 'conflict');

/** After so many tries without an answer the question ends unknown, and somebody asks again. */
export const mostTries = 6;
const firstPause = 30_000;

/** Milliseconds until the next try: twice as long after each, about half an hour over all. */
export const pauseAfter = (tries: number): number => firstPause * 2 ** (tries - 1);

import type { InquiryKind, Question, Reply } from './contract.ts';

/** How a simulated register behaves: `wrong` answers what no register may. */
export const simulations = ['simulated', 'simulated-slow', 'simulated-down', 'simulated-wrong'] as const;
export type Simulation = (typeof simulations)[number];

/** A number below `most` that is the same for a person and a kind each time. */
function numberOf({ nationalId, kind }: Question, most: number): number {
  let sum = 7;
  for (const letter of `${nationalId}${kind}`) sum = (sum * 31 + letter.charCodeAt(0)) % 1_000_003;
  return sum % most;
}

const answers: Readonly<Record<InquiryKind, (question: Question) => unknown>> = {
  civil_registry: (question) => ({ alive: true, agrees: numberOf(question, 12) > 0 }),
  decile: (question) => ({ decile: 1 + numberOf(question, 10) }),
  tax: (question) => ({ debt: numberOf(question, 5) > 0 ? '0' : '184500000' }),
  bounced_cheque: (question) =>
    numberOf(question, 6) > 0 ? { count: 0, amount: '0' } : { count: 2, amount: '950000000' },
  other_loan: (question) => ({
    loans:
      numberOf(question, 5) > 0
        ? []
        : [{ body: 'صندوق کارآفرینی امید', amount: '2000000000', grantedOn: '2023-02-20' }],
  }),
};

const referenceOf = ({ inquiryId }: Question): string => `SIM-${inquiryId.slice(-8)}`;

/** What a simulated register answers: made up, and the same for the same person each time. */
export const simulatedReply = (question: Question): Reply => ({
  inquiryId: question.inquiryId,
  kind: question.kind,
  nationalId: question.nationalId,
  reference: referenceOf(question),
  answer: answers[question.kind](question),
});

/** What must never be believed: a page instead of an answer, somebody else's answer, a value that cannot be. */
export const wrongReplies = (question: Question): readonly unknown[] => {
  const right = simulatedReply(question);
  return [
    '<html>502 Bad Gateway</html>',
    null,
    {},
    { ...right, nationalId: '0000000000' },
    { ...right, inquiryId: '01900000-0000-7000-8000-000000000000' },
    { ...right, answer: undefined },
    { ...right, answer: { decile: 11, debt: -1, count: -1, alive: 'yes', loans: null } },
    { ...right, reference: '' },
  ];
};

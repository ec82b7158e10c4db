/** The kinds of transfer that add to the turnover of a stage or take from it, as `credit.effect` has them. */
export const kindsOfStage = {
  allocated: ['notify', 'cut'],
  sliced: ['slice', 'unslice', 'redivide_back', 'redivide', 'reallocate_out', 'reallocate_in'],
  referred: ['refer', 'release', 'pay_opening', 'take_back_opening', 'take_in'],
  contracted: ['contract', 'release', 'pay_opening', 'take_back_opening', 'take_in'],
  paid: ['pay', 'correct', 'pay_opening', 'take_back_opening', 'take_in'],
} as const;
/** The stages of which figures are told. */
export type CountedStage = keyof typeof kindsOfStage;

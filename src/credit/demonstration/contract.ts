import { z } from 'zod';
import { beneficiaryKinds, programmes } from '../contract.ts';

const jalali = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const sum = z.string().regex(/^\d+$/);
const letter = { day: jalali, number: z.string(), reason: z.string() };
const weights = z.record(z.string(), z.int().positive());

/** `data/demonstration/credit.json`: days are Jalali, sums whole rials. */
export const demonstrationShape = z.object({
  about: z.string(),
  reasons: z.object({ open: z.string(), withdrawal: z.string() }),
  /** For how long a branch's report waits: years, so that the reports of the played past still stand today. */
  reportTerm: z.object({
    term: z.object({ name: z.literal('report_days'), days: z.int() }),
    legalReference: z.string(),
  }),
  lines: z.array(
    z.object({
      province: z.string(),
      budgetYear: z.int(),
      programme: z.enum(programmes),
      note: z.string(),
      pot: z.enum(['national', 'provincial']),
      rateKind: z.enum(['fee', 'profit', 'subsidy']),
      rateHundredths: z.int(),
      graceMonths: z.int(),
      termMonths: z.int(),
      deadline: jalali,
      reserve: z.object({ percent: z.int(), reference: z.string() }).nullable(),
      letters: z.array(z.object({ number: z.string(), day: jalali, amount: sum })),
      counties: z
        .object({
          day: jalali,
          /** The rest stays with the province, so that a visitor can divide it. */
          amount: sum,
          resolution: z.string(),
          year: z.int(),
          indicators: z.array(z.object({ key: z.string(), weight: z.int() })),
          floor: sum,
          cap: sum,
          unit: sum,
          jobTarget: z.int(),
          zeroBecause: z.string(),
          adjustment: z.object({ county: z.string(), amount: sum, reason: z.string() }),
        })
        .nullable(),
      categories: z.object({
        day: jalali,
        resolution: z.string(),
        open: z.object({ amount: sum, weights }),
        closed: z.object({ amount: sum, weights, reason: z.string() }).nullable(),
      }),
      /** Awards to cooperatives, supporters and persons: percents of what each leaf has, most of them paid. */
      awards: z
        .object({
          from: jalali,
          kinds: z.array(z.enum(['cooperative', 'supporter', 'person'])),
          shares: z.array(z.int()),
          paidPercent: z.int(),
        })
        .optional(),
      /** Ceilings, each set on the day on which it begins. */
      ceilings: z
        .array(
          z.object({
            day: jalali,
            name: z.enum(['ceiling_per_beneficiary', 'ceiling_per_job']),
            kind: z.enum(beneficiaryKinds),
            amount: sum,
            reference: z.string(),
          }),
        )
        .optional(),
      /** The letters after the notification, after all awards. */
      revisions: z
        .array(
          z.discriminatedUnion('act', [
            z.object({ act: z.literal('extend'), ...letter, deadline: jalali }),
            z.object({ act: z.literal('cut'), ...letter, amount: sum }),
            z.object({ act: z.literal('close'), ...letter }),
          ]),
        )
        .optional(),
      /** So many receivers, enterprises unless said, that were paid so much altogether, and some that still wait. */
      receivers: z
        .object({
          from: jalali,
          kind: z.enum(beneficiaryKinds).default('enterprise'),
          count: z.int(),
          paid: sum,
          waiting: z.int(),
        })
        .optional(),
      /** The list of a bank: awards, of which the first ones were paid, and a payment for which nothing was awarded. */
      bankList: z
        .object({
          from: jalali,
          bank: z.string(),
          branch: z.string(),
          letter: z.object({ number: z.string(), day: jalali }),
          signed: z.object({ number: z.string(), day: jalali }),
          awards: z.array(sum),
          payments: z.array(sum),
          withoutAward: sum,
        })
        .optional(),
      /** What banks had paid before the beginning: of the open part of so many slices, the first ones first. */
      opening: z
        .object({
          paidUntil: jalali,
          source: z.object({ number: z.string(), day: jalali, title: z.string() }),
          proposed: jalali,
          resolution: z.object({ number: z.string(), day: jalali }),
          paid: z.array(z.object({ amount: sum, loans: z.int(), jobs: z.int() })),
        })
        .optional(),
    }),
  ),
});
export type DemonstrationLine = z.infer<typeof demonstrationShape>['lines'][number];
/** What the made-up records give as their reasons, and the term that all of them have. */
export type DemonstrationCommon = Omit<z.infer<typeof demonstrationShape>, 'about' | 'lines'>;

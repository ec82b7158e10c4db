import { z } from 'zod';
import { lineShape } from '../contract.ts';
import { formulaShape } from '../slicing/contract.ts';

/** The census whose county figures every province has. */
export const figuresYear = 1395;

const figureShape = z.object({ countyCode: z.string(), indicator: z.string(), value: z.string() });

const countyShape = z.object({ countyCode: z.string(), nameFa: z.string(), nameEn: z.string() });

/** All that a working group needs to try weights and bounds on one line without asking the server again. */
export const scenarioPageShape = z.object({
  line: lineShape,
  rootSliceId: z.uuid(),
  /** What of the line stands in no slice yet: only that can be proposed. */
  rest: z.object({ open: z.string(), locked: z.string() }),
  jobsLeft: z.int(),
  counties: z.array(
    countyShape.extend({
      /** What the county holds by the version in force; null where it has no slice. */
      inForce: z.string().nullable(),
    }),
  ),
  figures: z.array(figureShape),
  /** The formula of the latest division; null where the line is not divided over counties. */
  formula: formulaShape.nullable(),
});
export type ScenarioAnswer = z.infer<typeof scenarioPageShape>;

/** The figures of every county of the country: public facts, no money. */
export const scenarioCountryShape = z.object({
  provinces: z.array(
    z.object({
      slug: z.string(),
      nameFa: z.string(),
      nameEn: z.string(),
      counties: z.array(countyShape),
    }),
  ),
  figures: z.array(figureShape),
});
export type ScenarioCountry = z.infer<typeof scenarioCountryShape>;

import { z } from 'zod';
import { licenceShape, provinceAddress, requestShape } from '../contract.ts';

export const holderAddress = provinceAddress.extend({
  person: z.uuid().meta({ fa: 'شخص', en: 'Person' }),
});

/** What the page of a person says of their licences; lists and number are those of the reader's scope. */
export const holdingShape = z.object({
  /** By which pages of cases name the province. */
  provinceId: z.int(),
  licences: z.array(licenceShape.extend({ requestId: z.uuid().nullable() })),
  /** Those under way. */
  requests: z.array(requestShape),
  /** Of the list, those that hold today. */
  held: z.int(),
  /** More than ten. */
  flagged: z.boolean(),
  /** From which day they may ask again after an annulment, wherever in the province that was; null: no bar. */
  barredUntil: z.iso.date().nullable(),
});
export type Holding = z.infer<typeof holdingShape>;

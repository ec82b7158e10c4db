import { z } from 'zod';

/** What a form asks of a person and the record may know already. */
export const ownFields = ['nationalId', 'firstName', 'lastName', 'bornOn', 'countyCode', 'phone'] as const;
export type OwnField = (typeof ownFields)[number];

const text = z.string().nullable();

/** What the province keeps of whoever asks for it; a field is null where nothing is known. */
export const ownRecordShape = z.object({
  record: z.object({
    nationalId: text,
    firstName: text,
    lastName: text,
    bornOn: z.iso.date().nullable(),
    countyCode: text,
    phone: text,
  }),
  /** Which of them the person may tell in a form; the others are changed at an office, against the card. */
  mendable: z.array(z.enum(ownFields)),
});
export type OwnRecord = z.infer<typeof ownRecordShape>;

/** Where an applicant asks for their own record: there is no other address, and it takes nobody's id. */
export const ownPath = (province: string): `/api/${string}` => `/api/provinces/${province}/persons/own`;

import { z } from 'zod';
import { writtenText } from '#place/contract.ts';

export const newNoteShape = z.strictObject({
  id: z.uuid().meta({ fa: 'شناسهٔ یادداشت', en: 'Note id' }),
  body: writtenText(1, 4000).meta({ fa: 'یادداشت', en: 'Note' }),
});
export type NewNote = z.infer<typeof newNoteShape>;

export const noteErasureShape = z.strictObject({
  letterNumber: writtenText(1, 60).meta({ fa: 'شمارهٔ نامه', en: 'Letter number' }),
});

export const noteShape = z.object({
  id: z.uuid(),
  /** Null once it was erased. */
  body: z.string().nullable(),
  byName: z.string().nullable(),
  byRole: z.string(),
  at: z.iso.datetime(),
});

export type NoteRefusal =
  | { readonly kind: 'CaseMissing'; readonly caseId: string }
  | { readonly kind: 'NoteMissing'; readonly noteId: string }
  | { readonly kind: 'NoteOtherContent'; readonly noteId: string }
  | { readonly kind: 'OwnNote'; readonly noteId: string };

export const noteRefusalStatus = {
  CaseMissing: 404,
  NoteMissing: 404,
  NoteOtherContent: 409,
  OwnNote: 403,
} as const satisfies Record<NoteRefusal['kind'], number>;

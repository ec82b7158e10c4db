import { ok, refused, type Result } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { caseOf } from '../actions.ts';
import type { ActBy } from '../contract.ts';
import type { CaseId } from '../queries.ts';
import type { NewNote, NoteRefusal } from './contract.ts';
import { eraseBody, findNote, insertNote, type NoteRow } from './queries.ts';

export type NoteDoing = { readonly tx: Tx; readonly by: ActBy; readonly clock: Clock };

/** Adds a note to a case; the same note again is the same one (L5). */
export async function addNote(
  { tx, by, clock }: NoteDoing,
  at: CaseId,
  note: NewNote,
): Promise<Result<undefined, NoteRefusal>> {
  const file = await caseOf(tx, at);
  if (file === undefined) return refused({ kind: 'CaseMissing', caseId: at.caseId });
  if (await insertNote(tx, file, { ...note, by, at: clock.now() })) return ok();
  const stored = await findNote(tx, { provinceId: at.provinceId, noteId: note.id });
  const same = stored?.caseId === at.caseId && stored.body === note.body && stored.byUser === by.userId;
  return same ? ok() : refused({ kind: 'NoteOtherContent', noteId: note.id });
}

/** Erases what a note says, for ever and under a letter; that it was there stays. */
export async function eraseNote(
  { tx, by, clock }: NoteDoing,
  at: { readonly provinceId: number; readonly noteId: string },
  letterNumber: string,
): Promise<Result<undefined, NoteRefusal>> {
  const note: NoteRow | undefined = await findNote(tx, at);
  if (note === undefined) return refused({ kind: 'NoteMissing', noteId: at.noteId });
  if (note.byPerson === by.personId) return refused({ kind: 'OwnNote', noteId: at.noteId });
  await eraseBody(tx, at, { by, at: clock.now(), under: letterNumber });
  return ok();
}

import { type Day, addMonths, isoOf } from '#kernel/day.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import {
  type Document,
  type DocumentRefusal,
  type ErasureBasis,
  type MediaType,
  mediaTypes,
  mostBytes,
  mostNameLetters,
  visibleName,
} from './contract.ts';
import { extensionOf, fitsName, mediaTypeOf } from './media.ts';

/** What a file is, or why it is not taken. */
export function decideFile(file: {
  readonly name: string;
  readonly bytes: Uint8Array;
}): Result<MediaType, DocumentRefusal> {
  const { name, bytes } = file;
  const letters = visibleName(name).length;
  if (letters === 0) return refused({ kind: 'FileNameEmpty', field: 'file', rule: 'named' });
  if (letters > mostNameLetters) {
    const tooLong = { kind: 'FileNameTooLong', field: 'file', rule: 'name_length' } as const;
    return refused({ ...tooLong, most: mostNameLetters, given: letters });
  }
  if (bytes.length === 0) return refused({ kind: 'FileEmpty', field: 'file' });
  if (bytes.length > mostBytes) return refused({ kind: 'FileTooLarge', field: 'file', mostBytes });
  const found = mediaTypeOf(bytes, name);
  if (found === undefined) return refused({ kind: 'MediaUnknown', field: 'file', accepted: mediaTypes });
  if (!fitsName(found, name))
    return refused({ kind: 'MediaOtherThanNamed', field: 'file', extension: extensionOf(name), found });
  return ok(found);
}

/** The last day of a retention of whole years; null is for ever. */
export const keptUntil = (from: Day, years: number | null): Day | null =>
  years === null ? null : addMonths(from, years * 12);

/**
 * Whether a content may be erased now. Only the end of its retention needs no one's order; every other basis names
 * the letter under which it is done. Whoever entered a file never erases it (L6).
 */
export function decideErasure(asked: {
  readonly document: Document;
  readonly personId: string;
  readonly basis: ErasureBasis;
  readonly today: Day;
}): Result<undefined, DocumentRefusal> {
  const { document, today, basis } = asked;
  if (document.by.personId === asked.personId)
    return refused({ kind: 'OwnFile', documentId: document.documentId });
  const isOver = document.keptUntil !== null && document.keptUntil < today;
  if (basis === 'retention_over' && !isOver)
    return refused({
      kind: 'RetentionRuns',
      field: 'basis',
      keptUntil: document.keptUntil === null ? null : isoOf(document.keptUntil),
    });
  return ok();
}

import { z } from 'zod';
import type { Role } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { bilingual, provinceSlug, writtenText } from '#place/contract.ts';

/** What is accepted, told by the content and never by the name or by what the sender says. */
export const mediaTypes = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/csv',
] as const;
export type MediaType = (typeof mediaTypes)[number];

/** Ten mebibytes: a scanned page has one tenth of it, and a backup carries every byte. */
export const mostBytes = 10 * 1024 * 1024;
export const chunkBytes = 256 * 1024;

/**
 * What a file is attached to: a word of the room that holds it (`case`, `person`) and an id. Place and person are
 * those of the subject: whoever sees it sees its files (L9).
 */
export type DocumentPlace = {
  readonly countyCode: string | null;
  readonly officeId: Id | null;
  /** An office that sees it beside that one. */
  readonly reviewOfficeId?: Id | null;
  /** The person who may see it as their own. */
  readonly personId: Id | null;
};

export type DocumentAddress = { readonly provinceId: number; readonly documentId: Id };
export type SubjectAddress = {
  readonly provinceId: number;
  readonly subjectKind: string;
  readonly subjectId: Id;
};

export type DocumentBy = { readonly userId: Id; readonly personId: Id; readonly role: Role };

export type Document = SubjectAddress &
  DocumentAddress &
  DocumentPlace & {
    /** Null once its content was erased. */
    readonly name: string | null;
    readonly mediaType: MediaType;
    readonly byteCount: number;
    /** Hexadecimal. */
    readonly sha256: string;
    readonly retention: string;
    /** The last day of its retention; null is for ever. */
    readonly keptUntil: Day | null;
    readonly by: DocumentBy;
    readonly enteredAt: Date;
    readonly erasureId: Id | null;
  };

/** A file to be attached. The id is made where it is chosen, so that a retry brings the same one (L5). */
export type DocumentOrder = SubjectAddress &
  DocumentPlace & {
    readonly documentId: Id;
    readonly name: string;
    readonly retention: string;
    readonly bytes: Uint8Array;
  };

export const erasureBases = ['retention_over', 'court_order', 'subject_request', 'wrong_file'] as const;
export type ErasureBasis = (typeof erasureBases)[number];

/** The longest name that a page and a download can bear. */
export const mostNameLetters = 200;
/** A name without signs that nobody sees: control signs, marks of direction, joiners at its ends. */
export const visibleName = (name: string): string =>
  name.replaceAll(/(?!\u200c)[\p{Cc}\p{Cf}]/gu, '').replaceAll(/^[\s\u200c]+|[\s\u200c]+$/g, '');

export type DocumentRefusal =
  | { readonly kind: 'DocumentMissing'; readonly documentId: string }
  | { readonly kind: 'SubjectMissing'; readonly subjectKind: string; readonly subjectId: string }
  | { readonly kind: 'AttachNotYours'; readonly role: string; readonly may: readonly string[] }
  | { readonly kind: 'FileEmpty'; readonly field: 'file' }
  | { readonly kind: 'FileNameEmpty'; readonly field: 'file'; readonly rule: 'named' }
  | {
      readonly kind: 'FileNameTooLong';
      readonly field: 'file';
      readonly rule: 'name_length';
      readonly most: number;
      readonly given: number;
    }
  | {
      readonly kind: 'FileTooLarge';
      readonly field: 'file';
      readonly mostBytes: number;
    }
  | { readonly kind: 'MediaUnknown'; readonly field: 'file'; readonly accepted: readonly string[] }
  | {
      readonly kind: 'MediaOtherThanNamed';
      readonly field: 'file';
      readonly extension: string;
      readonly found: MediaType;
    }
  | { readonly kind: 'RetentionUnknown'; readonly field: 'retention'; readonly retention: string }
  | { readonly kind: 'DocumentOtherContent'; readonly documentId: string }
  | { readonly kind: 'ContentErased'; readonly documentId: string; readonly erasedOn: string }
  | { readonly kind: 'RetentionRuns'; readonly field: 'basis'; readonly keptUntil: string | null }
  | { readonly kind: 'OwnFile'; readonly documentId: string };

export const documentRefusalStatus = {
  DocumentMissing: 404,
  SubjectMissing: 404,
  AttachNotYours: 403,
  FileEmpty: 422,
  FileNameEmpty: 422,
  FileNameTooLong: 422,
  FileTooLarge: 413,
  MediaUnknown: 415,
  MediaOtherThanNamed: 415,
  RetentionUnknown: 422,
  DocumentOtherContent: 409,
  ContentErased: 410,
  RetentionRuns: 409,
  OwnFile: 403,
} as const satisfies Record<DocumentRefusal['kind'], number>;

const word = z.string().regex(/^[a-z][a-z_]{0,39}$/);
export const subjectKindShape = word.meta({ fa: 'نوع موضوع', en: 'Kind of subject' });

export const subjectShape = z.object({
  subjectKind: subjectKindShape,
  subjectId: z.uuid().meta({ fa: 'شناسهٔ موضوع', en: 'Subject id' }),
});

/** What stands in the address of an upload; the body is the file alone. */
export const uploadShape = subjectShape.extend({
  id: z.uuid().meta({ fa: 'شناسهٔ سند', en: 'Document id' }),
  retention: word.default('case_paper').meta({ fa: 'ردهٔ نگهداری', en: 'Retention' }),
});

export const erasureShape = z.strictObject({
  id: z.uuid().meta({ fa: 'شناسهٔ امحا', en: 'Erasure id' }),
  basis: z.enum(erasureBases).meta({ fa: 'مبنای امحا', en: 'Basis' }),
  letterNumber: writtenText(1, 60).meta({ fa: 'شمارهٔ نامه', en: 'Letter number' }),
  reason: writtenText(3, 500).meta({ fa: 'دلیل', en: 'Reason' }),
});
export type ErasureOrder = z.infer<typeof erasureShape>;

export const documentShape = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  mediaType: z.enum(mediaTypes),
  byteCount: z.int(),
  sha256: z.string(),
  retention: z.object({ key: z.string(), title: bilingual }),
  keptUntil: z.iso.date().nullable(),
  byRole: z.string(),
  byName: z.string().nullable(),
  at: z.iso.datetime(),
  /** Where the content is; null once it was erased. */
  content: z.string().nullable(),
  erased: z
    .object({ at: z.iso.datetime(), basis: z.enum(erasureBases), title: bilingual, letterNumber: z.string() })
    .nullable(),
});
export type DocumentAnswer = z.infer<typeof documentShape>;

export const documentListShape = z.object({
  documents: z.array(documentShape),
  /** Whether the reader's role attaches files to this subject. */
  mayAttach: z.boolean(),
  mostBytes: z.int(),
  retentions: z.array(z.object({ key: z.string(), title: bilingual, years: z.int().nullable() })),
});

export const personAddress = z.object({
  province: provinceSlug.meta({ fa: 'استان', en: 'Province' }),
  person: z.uuid().meta({ fa: 'شخص', en: 'Person' }),
});
export const personDocumentsShape = z.object({
  /** By which pages of cases name the province. */
  provinceId: z.int(),
  documents: z.array(documentShape.extend(subjectShape.shape)),
  /** There are older ones than these. */
  more: z.boolean(),
});
export type PersonDocuments = z.infer<typeof personDocumentsShape>;

import { type DocumentDeed, attachTo, documentsOf } from '#document/actions.ts';
import type { Document, DocumentOrder, DocumentPlace, DocumentRefusal } from '#document/contract.ts';
import type { Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import { caseSubject } from '../actions.ts';
import type { CaseId } from '../queries.ts';

const subjectOf = ({ provinceId, caseId }: CaseId) => ({
  provinceId,
  subjectKind: caseSubject.kind,
  subjectId: caseId,
});

/** The papers of a case within the reader's scope. */
export const papersOf = (tx: Tx, at: CaseId): Promise<Document[]> => documentsOf(tx, subjectOf(at));

type Paper = Pick<DocumentOrder, 'documentId' | 'name' | 'bytes' | 'retention'>;

/** Attaches a paper to a case, as the interface does. */
export const attachPaper = (
  tx: Tx,
  { at, paper }: { readonly at: CaseId; readonly paper: Paper },
  deed: DocumentDeed,
): Promise<Result<Document, DocumentRefusal>> =>
  attachTo(
    tx,
    caseSubject,
    { ...subjectOf(at), ...paper } satisfies Omit<DocumentOrder, keyof DocumentPlace>,
    deed,
  );

import type { DocumentSubject } from '#document/actions.ts';
import { lineKind, slicingKind } from '../rules.ts';
import type { ScanKind } from './contract.ts';
import { findResolution, isLetterSeen } from './queries.ts';

type ScanSubject = DocumentSubject & { readonly kind: ScanKind };

const matterOfNobody = { officeId: null, personId: null };

const letterSubject: ScanSubject = {
  kind: 'credit_letter',
  attach: lineKind.may.notify,
  findPlace: async (tx, { provinceId, subjectId: id }) =>
    (await isLetterSeen(tx, { provinceId, id })) ? { ...matterOfNobody, countyCode: null } : undefined,
};

const resolutionSubject: ScanSubject = {
  kind: 'credit_resolution',
  attach: slicingKind.may.approve,
  findPlace: async (tx, { provinceId, subjectId: id }) => {
    const found = await findResolution(tx, { provinceId, id });
    return found === undefined ? undefined : { ...matterOfNobody, ...found };
  },
};

/** The papers of the room whose scans `document` keeps: seen by who sees them, attached by who records them. */
export const scanSubjects: readonly DocumentSubject[] = [letterSubject, resolutionSubject];

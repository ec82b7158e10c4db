import { hash } from 'node:crypto';
import { choicesOn, timelineOf, trackingOf } from '#casework/actions.ts';
import type { ActChoice, Aftermath, CaseRefusal } from '#casework/contract.ts';
import { dayOfInstant, fiscalYear, type Day } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import type { Result } from '#kernel/result.ts';
import { currentHead } from '#ledger/head/actions.ts';
import type { KeyedHash } from '#party/person/actions.ts';
import type { PersonRefusal } from '#party/person/contract.ts';
import type { ReadCsv } from '#platform/csv.ts';
import type { Database, Tx } from '#platform/db.ts';
import type { Doing as DoingAnywhere } from '#platform/once.ts';
import { answerKind, complaintKind } from './complaint/rules.ts';
import type { Lapse, LicenceRefusal } from './contract.ts';
import {
  insertLicences,
  listHolders,
  listLicences,
  takeSerials,
  upsertConditions,
  widenToProvince,
  type LicenceRow,
  type NamedLicence,
} from './queries.ts';
import { lapseOf, licenceKind, requestKind, validityOf } from './rules.ts';

/** In which transaction, province and name a deed is done, and how ids become hashes. */
export type Doing = DoingAnywhere & { readonly keyedHash: KeyedHash };
export type AnyRefusal = LicenceRefusal | CaseRefusal | PersonRefusal;
export type Done<Value> = Promise<Result<Value, AnyRefusal>>;

export const caseKinds = [requestKind, licenceKind, complaintKind, answerKind] as const;

/** Brings the published conditions of `data/licence_conditions.csv`; a second load writes nothing. */
export async function loadCatalogue(owner: Database, readCsv: ReadCsv): Promise<void> {
  await upsertConditions(owner, readCsv('licence_conditions.csv'));
}

export const today = ({ clock }: Pick<Doing, 'clock'>): Day => dayOfInstant(clock.now().getTime());
export const fresh = ({ clock }: Pick<Doing, 'clock'>): Id => newId(clock.now().getTime());

/** The acts of a request in their order. */
export const actsOf = timelineOf;
/** The number by which people follow a request. */
export const requestNumberOf = trackingOf;
/** The buttons of a request as it stands, for this actor. */
export const choicesOf = (
  { tx, clock, provinceId, by }: Omit<Doing, 'keyedHash'>,
  requestId: Id,
): Promise<ActChoice[]> => choicesOn(tx, requestKind, { provinceId, caseId: requestId, by, clock });
/** Who holds a licence on a day, by occupation and county. */
export const holdersOn = listHolders;
/** How a licence came to hold no longer; null while it does. */
export const lapsed = (licence: NamedLicence, on: Day): Lapse | null =>
  lapseOf({ ...licence, renewed: licence.renewedByNumber !== null }, on);

type CaseAsked = { readonly provinceId: number; readonly caseId: Id; readonly today: Day };
const lapseFound =
  (by: 'requestId' | 'licenceId') =>
  async (tx: Tx, { provinceId, caseId, today: on }: CaseAsked): Promise<Aftermath | undefined> => {
    await widenToProvince(tx);
    const [licence] = await listLicences(tx, { provinceId, [by]: caseId, limit: 1 });
    return licence === undefined ? undefined : (lapsed(licence, on) ?? undefined);
  };
/** What became of the licence that a request led to, and of a licence itself: for the page of any case. */
export const lapses = { licence_request: lapseFound('requestId'), licence: lapseFound('licenceId') } as const;

/** The newest seal of a province, printed under a certificate (L14). */
export const printedHead = currentHead;

const digitsOf = (text: string): string =>
  String(parseInt(hash('sha256', text, 'hex').slice(0, 8), 16) % 10_000).padStart(4, '0');

/**
 * «۱۵-۱۳۹۳-۰۰۰۱۲۳-۴۸۲۱»: province, year, serial, and four digits that nobody can count up to, so that the public
 * check does not hand out the register.
 */
const numberOf = (row: { provinceId: number; year: number; serial: number; licenceId: Id }): string =>
  [
    String(row.provinceId).padStart(2, '0'),
    String(row.year),
    String(row.serial).padStart(6, '0'),
    digitsOf(row.licenceId),
  ].join('-');

export type NewLicence = Omit<LicenceRow, 'number' | 'issueYear' | 'validFrom' | 'expiresOn' | 'recordedAt'>;

/** Gives each licence its number and days, and stores them. All of one year. */
export async function issueLicences(
  { tx, clock, provinceId }: Pick<Doing, 'tx' | 'clock' | 'provinceId'>,
  licences: readonly NewLicence[],
): Promise<void> {
  const [first] = licences;
  if (first === undefined) return;
  const year = fiscalYear(first.issuedOn);
  const start = await takeSerials(tx, { provinceId, year, count: licences.length });
  const rows = licences.map((licence, index): LicenceRow => ({
    ...licence,
    ...validityOf(
      licence.issuedOn,
      licence.renewsExpiresOn === null ? null : { expiresOn: licence.renewsExpiresOn },
    ),
    issueYear: year,
    number: numberOf({ provinceId, year, serial: start + index, licenceId: licence.licenceId }),
    recordedAt: clock.now(),
  }));
  await insertLicences(tx, provinceId, rows);
}

/** A licence of an earlier register: of its signatures we know nothing, of its holder only where the register names one. */
export type HistoryRow = {
  readonly issuedOn: Day;
  readonly personId?: Id;
  readonly countyCode: string;
  readonly occupationId: number;
  readonly categoryKey: string;
  readonly agencyKey: string;
};

/** Takes over licences of one year from an earlier register, with where they come from; they are never signed here. */
export const importHistory = (
  doing: Pick<Doing, 'tx' | 'clock' | 'provinceId'>,
  { rows, sourceKey }: { readonly rows: readonly HistoryRow[]; readonly sourceKey: string },
): Promise<void> =>
  issueLicences(
    doing,
    rows.map((row) => ({
      ...row,
      licenceId: fresh(doing),
      origin: 'history',
      requestId: null,
      personId: row.personId ?? null,
      subjectId: null,
      officeId: null,
      firstSignatureId: null,
      firstSignedByPerson: null,
      secondSignedByPerson: null,
      secondSignedByUser: null,
      renewsLicenceId: null,
      renewsExpiresOn: null,
      sourceKey,
    })),
  );

import type { Seal, SealContent, SealFault, SealPart } from './contract.ts';
import { noHead } from './contract.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/**
 * The text of a row whose UTF-8 bytes are hashed: its columns as PostgreSQL writes them (days and instants in
 * ISO, UTC), parted by tabs, in the escapes of `COPY … TO STDOUT`; nothing is `\N`. So an auditor gets the same
 * bytes from the server itself, without us.
 */
export const rowText = (values: readonly (string | null)[]): string =>
  values
    .map((value) =>
      value === null ? '\\N' : value.replace(/[\\\b\f\n\r\t\v]/g, (mark) => escapes[mark] ?? mark),
    )
    .join('\t');

/** The text of a seal whose SHA-256 is its head. The head itself (32 bytes) is what is signed. */
export const sealText = (seal: SealContent): string =>
  [
    'karsaz seal 1',
    seal.provinceId,
    seal.number,
    seal.source,
    seal.format,
    seal.firstPosition,
    seal.lastPosition,
    seal.rowCount,
    seal.rowsHash,
    seal.previousHead,
    seal.sealedAt.toISOString(),
  ].join('\t');

export type RecomputedSeal = {
  readonly seal: Seal;
  readonly rowsHash: string;
  readonly head: string;
  /** Undefined when the key is not known. */
  readonly signed: boolean | undefined;
};

/** What is wrong with a seal that stands after `before`, each thing of it recomputed; undefined when nothing is. */
export function faultOfSeal(before: Seal | undefined, found: RecomputedSeal): SealFault | undefined {
  const { seal } = found;
  const due = (before?.number ?? 0n) + 1n;
  if (seal.number > due) return { kind: 'SealMissing', provinceId: seal.provinceId, number: due.toString() };
  const parts: readonly (readonly [SealPart, boolean])[] = [
    ['number', seal.number === due],
    ['previous', seal.previousHead === (before?.head ?? noHead)],
    [
      'position',
      seal.firstPosition === (before?.lastPosition ?? 0n) + 1n &&
        seal.lastPosition - seal.firstPosition + 1n === BigInt(seal.rowCount),
    ],
    ['rows', seal.rowsHash === found.rowsHash],
    ['head', seal.head === found.head],
    ['key', found.signed !== undefined],
    ['signature', found.signed === true],
  ];
  const wrong = parts.find(([, right]) => !right);
  return wrong === undefined
    ? undefined
    : {
        kind: 'SealAltered',
        provinceId: seal.provinceId,
        number: seal.number.toString(),
        part: wrong[0],
      };
}

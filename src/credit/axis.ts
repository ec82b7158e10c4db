import {
  type Axis,
  type BeneficiaryKind,
  type Coordinates,
  type PartAxis,
  beneficiaryKinds,
  partAxes,
} from './contract.ts';

/** The axes of a tree of slices: what a slice bears on each, and along which it may still be divided. */

/** The root's: the whole province, nothing named. */
export const nowhere: Coordinates = {
  countyCode: null,
  agencyKey: null,
  bankCode: null,
  beneficiaryKind: null,
  categoryKey: null,
  roundNumber: null,
};

/** What stands on an axis, as the key of a part; null where the axis is not used. */
export function coordinateOf(at: Coordinates, axis: PartAxis): string | null {
  switch (axis) {
    case 'county':
      return at.countyCode;
    case 'agency':
      return at.agencyKey;
    case 'bank':
      return at.bankCode;
    case 'beneficiary_kind':
      return at.beneficiaryKind;
    case 'category':
      return at.categoryKey;
    case 'round':
      return at.roundNumber === null ? null : String(at.roundNumber);
  }
}

const kindOf = (key: string): BeneficiaryKind | null => beneficiaryKinds.find((kind) => kind === key) ?? null;

/** The coordinates alone of whatever stands somewhere. */
export const coordinatesOf = (at: Coordinates): Coordinates => ({
  countyCode: at.countyCode,
  agencyKey: at.agencyKey,
  bankCode: at.bankCode,
  beneficiaryKind: at.beneficiaryKind,
  categoryKey: at.categoryKey,
  roundNumber: at.roundNumber,
});

/** The coordinates of a part of `at` that bears `key` on `axis`. */
export function partAt(at: Coordinates, axis: PartAxis, key: string): Coordinates {
  const above = coordinatesOf(at);
  switch (axis) {
    case 'county':
      return { ...above, countyCode: key };
    case 'agency':
      return { ...above, agencyKey: key };
    case 'bank':
      return { ...above, bankCode: key };
    case 'beneficiary_kind':
      return { ...above, beneficiaryKind: kindOf(key) };
    case 'category':
      return { ...above, categoryKey: key };
    case 'round':
      return { ...above, roundNumber: parseInt(key, 10) };
  }
}

/** Rounds are numbered; nobody pays a slice out in more of them than this. */
const mostRounds = 24;
export const roundKeys: readonly string[] = Array.from({ length: mostRounds }, (_, index) =>
  String(index + 1),
);

/** Along which axes a slice may be divided: those not used above it; one only, once it has parts. */
export function axesHere(parent: Coordinates, childAxis: Axis | null): readonly PartAxis[] {
  if (childAxis !== null) return partAxes.filter((axis) => axis === childAxis);
  return partAxes.filter((axis) => coordinateOf(parent, axis) === null);
}

export const isSamePlace = (one: Coordinates, other: Coordinates): boolean =>
  partAxes.every((axis) => coordinateOf(one, axis) === coordinateOf(other, axis));

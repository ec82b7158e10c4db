import { comparable, cooperativeWord } from '#kernel/persian.ts';
import { type Rial, minus, rial } from '#kernel/rial.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { AwardAct, BeneficiaryKind } from '../contract.ts';
import type { Beneficiary } from '../rules.ts';
import type { AwardOrder, BeneficiaryRefusal, Entered, SignatureRefusal } from './contract.ts';

/** What was awarded, what of it was released again, and what was paid. */
export type AwardSums = { readonly amount: Rial; readonly released: Rial; readonly paid: Rial };

/** What of an award is neither released nor paid: what can still be paid of it. */
export const leftOf = ({ amount, released, paid }: AwardSums): Rial => minus(minus(amount, released), paid);

/** Whether an act says that a report was paid, and not only handed over (L11). */
export const isConfirmation = (act: AwardAct): boolean =>
  act === 'confirm_part_payment' || act === 'confirm_last_payment';

/** A report is confirmed by what the bank has signed, to the rial; no other act takes a signed list. */
export function decideSignature(
  { act, signed }: Pick<AwardOrder, 'act' | 'signed'>,
  reported: Rial,
): Result<undefined, SignatureRefusal> {
  if (!isConfirmation(act))
    return signed === null ? ok() : refused({ kind: 'SignatureNotAsked', field: 'signed', act });
  if (signed === null) return refused({ kind: 'SignatureMissing', field: 'signed.number', reported });
  const sum = rial(signed.sum);
  return sum === reported
    ? ok()
    : refused({ kind: 'SignedSumDiffers', field: 'signed.sum', reported, signed: sum });
}

/** As the registry of persons tells them apart. */
type Form = Entered['form'];
export const formsOf: Readonly<Record<BeneficiaryKind, readonly Form[]>> = {
  person: ['natural'],
  cooperative: ['legal'],
  enterprise: ['legal'],
  supporter: ['natural', 'legal'],
};

/**
 * Of which groups the registry knows whom an award is for: whoever enters an award opens no reserve by a word of their
 * own (L3). A target group is the clients of support bodies.
 */
export const knownGroups = (
  entered: Pick<Entered, 'settlement' | 'decile' | 'clientOf'>,
): Pick<Beneficiary, 'targetGroup' | 'rural' | 'decile'> => ({
  targetGroup: entered.clientOf !== null,
  rural: entered.settlement === 'rural',
  decile: entered.decile,
});

/**
 * Whether whom an award names is in the registry, and may be what the award says. The name of a cooperative bears the
 * word (Cooperative Sector Act of 1370, as we read it): no other enterprise draws on its reserve (L3).
 */
export function decideBeneficiary(
  beneficiaryKind: BeneficiaryKind,
  entered: { readonly form: Form; readonly name: string | null } | undefined,
): Result<undefined, BeneficiaryRefusal> {
  if (entered === undefined) return refused({ kind: 'BeneficiaryUnknown', field: 'beneficiaryId' });
  const isNamed =
    beneficiaryKind !== 'cooperative' || comparable(entered.name ?? '').includes(comparable(cooperativeWord));
  return formsOf[beneficiaryKind].includes(entered.form) && isNamed
    ? ok()
    : refused({ kind: 'BeneficiaryOtherForm', field: 'beneficiaryKind', beneficiaryKind });
}

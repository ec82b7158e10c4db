import { comparable } from '#kernel/persian.ts';

/** In what two persons are near to each other, as the law of four eyes counts it (L6). */
export const kinships = ['same_person', 'household', 'address', 'phone', 'account', 'board'] as const;
export type Kinship = (typeof kinships)[number];

/** What is known of a person when something is decided; stored with the approval, so that it can be checked again. */
export type KinFacts = {
  /** The keyed hash of the national id: two accounts of one person are one person. */
  readonly identityHash: string;
  readonly household: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly account: string | null;
  /** Enterprises on whose boards the person sits; who keeps boards hands them in. */
  readonly boards: readonly string[];
};

/** Streets are written with and without their marks: «خیابان گلستان، پلاک ۵» is «خیابان گلستان پلاک 5». */
const placeOf = (address: string): string => comparable(address).replace(/[^\p{L}\p{N}]+/gu, '');

const shares = (one: string | null, other: string | null): boolean => one !== null && one === other;

/**
 * Why one must not decide over the other; empty when nothing is known that forbids it. The same both ways. What is
 * not known is no kinship: who may decide is asked for their facts before, not after.
 */
export function kinshipOf(one: KinFacts, other: KinFacts): readonly Kinship[] {
  const isNear: Readonly<Record<Kinship, boolean>> = {
    same_person: one.identityHash === other.identityHash,
    household: shares(one.household, other.household),
    address:
      one.address !== null && other.address !== null && shares(placeOf(one.address), placeOf(other.address)),
    phone: shares(one.phone, other.phone),
    account: shares(one.account, other.account),
    board: one.boards.some((board) => other.boards.includes(board)),
  };
  return kinships.filter((kind) => isNear[kind]);
}

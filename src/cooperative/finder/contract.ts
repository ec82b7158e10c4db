import { z } from 'zod';
import { ownId } from '#credit/contract.ts';
import { bilingual, countyCode } from '#place/contract.ts';
import { reserveShape } from '../contract.ts';

/** A licence that holds today, and the person who holds it. */
export type Holding = {
  readonly personId: string;
  readonly occupationId: number;
  readonly countyCode: string;
};
/** Somebody who is a member of a cooperative of this occupation already, or is founding one. */
export type Bound = { readonly personId: string; readonly occupationId: number | null };

/** Holders of one occupation in one county who could form a cooperative. */
export type Cluster = {
  readonly occupationId: number;
  readonly countyCode: string;
  readonly personIds: readonly string[];
};

export const proposalShape = z.object({
  occupationId: z.int(),
  occupation: bilingual,
  countyCode: z.string(),
  countyName: bilingual,
  holders: z.array(
    z.object({ personId: z.uuid(), name: z.string().nullable(), invitedOn: z.iso.date().nullable() }),
  ),
  reserves: z.array(reserveShape),
});
export type Proposal = z.infer<typeof proposalShape>;

export const proposalsShape = z.object({
  least: z.int(),
  on: z.iso.date(),
  proposals: z.array(proposalShape),
});
export type Proposals = z.infer<typeof proposalsShape>;

export const invitationForm = z.strictObject({
  id: ownId,
  occupationId: z.int().min(1).max(32_767).meta({ fa: 'رشته', en: 'Occupation' }),
  countyCode: countyCode.meta({ fa: 'شهرستان', en: 'County' }),
});
export type InvitationForm = z.infer<typeof invitationForm>;
export const invitedShape = z.object({ id: z.uuid(), invited: z.int() });

/** The word of a message that invites; its facts say to what. */
export const invitationTopic = 'cooperative_invitation';

export type FinderRefusal =
  | { readonly kind: 'ClusterGone'; readonly least: number }
  | { readonly kind: 'InvitationOtherContent'; readonly field: 'id' }
  | { readonly kind: 'InvitedAlready'; readonly holders: number };

export const finderRefusalStatus = {
  ClusterGone: 409,
  InvitationOtherContent: 409,
  InvitedAlready: 409,
} as const satisfies Record<FinderRefusal['kind'], number>;

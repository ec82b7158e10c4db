/**
 * Whose account stands under a person's national id: nobody's, that of the person as the province keeps them, or one
 * that was opened apart from them.
 */
export const accountStandings = ['none', 'own', 'apart'] as const;
export type AccountStanding = (typeof accountStandings)[number];

export type IdentityRefusal =
  | { readonly kind: 'NothingApart' }
  | { readonly kind: 'OwnIdentity' }
  | { readonly kind: 'HoldsOffice' }
  | { readonly kind: 'ConfirmedElsewhere' }
  | { readonly kind: 'RecordOfAnother' };

export const identityRefusalStatus = {
  NothingApart: 409,
  OwnIdentity: 403,
  HoldsOffice: 409,
  ConfirmedElsewhere: 409,
  RecordOfAnother: 409,
} as const satisfies Record<IdentityRefusal['kind'], number>;

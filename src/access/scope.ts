import type { Role } from '#kernel/actor.ts';

/** The parts of a scope that a role is granted in; `nationwide` roles are of no province. */
export type ScopeNeed = {
  readonly province: 'none' | 'needed' | 'may';
  readonly county: 'none' | 'needed' | 'may';
  readonly office: 'none' | 'needed';
};

/** One table for the form, the server and (as a check of its own) the database. */
export const scopeNeeds = {
  administrator: { province: 'may', county: 'none', office: 'none' },
  director: { province: 'needed', county: 'none', office: 'none' },
  deputy: { province: 'needed', county: 'none', office: 'none' },
  county_office: { province: 'needed', county: 'needed', office: 'none' },
  agency: { province: 'needed', county: 'may', office: 'needed' },
  bank: { province: 'needed', county: 'may', office: 'needed' },
  applicant: { province: 'needed', county: 'none', office: 'none' },
  auditor: { province: 'none', county: 'none', office: 'none' },
  editor: { province: 'needed', county: 'none', office: 'none' },
  ministry: { province: 'none', county: 'none', office: 'none' },
} as const satisfies Record<Role, ScopeNeed>;

/**
 * Roles that a second administrator must approve: they decide over money and over access. One alone who makes two
 * deputies would be both who proposes and who approves (L6).
 */
export const powerfulRoles: readonly Role[] = ['administrator', 'director', 'deputy'];

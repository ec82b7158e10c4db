import { verifyIranianNationalId } from '@persian-tools/persian-tools';
import { nationwide, type Actor, type ActorScope, type Role } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { latinDigits } from '#kernel/persian.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { AccessRefusal } from './contract.ts';
import { powerfulRoles } from './scope.ts';
import { scopeNeeds } from './scope.ts';

export type GrantScope = {
  readonly provinceId: number | null;
  readonly countyCode: string | null;
  readonly officeId: string | null;
};

export type GrantFacts = {
  readonly role: Role;
  readonly provinceId: number;
  readonly countyCode: string | null;
  readonly officeId: Id | null;
  readonly startsOn: Day;
  readonly endsOn: Day | null;
  readonly standing: 'proposed' | 'granted' | 'ended';
};

export const isPowerful = (role: Role): boolean => powerfulRoles.includes(role);

/** In force: granted, begun, and not over. */
export const isInForce = (grant: GrantFacts, today: Day): boolean =>
  grant.standing === 'granted' && grant.startsOn <= today && (grant.endsOn === null || today <= grant.endsOn);

/** Whether the parts of the scope are those the role asks for. */
export function decideScope(role: Role, scope: GrantScope): Result<undefined, AccessRefusal> {
  const needs = scopeNeeds[role];
  const given = {
    province: scope.provinceId !== null,
    county: scope.countyCode !== null,
    office: scope.officeId !== null,
  };
  for (const part of ['province', 'county', 'office'] as const) {
    const need = needs[part];
    if (need === 'needed' && !given[part]) return refused({ kind: 'ScopeNotFitting', role, part, need });
    if (need === 'none' && given[part]) return refused({ kind: 'ScopeNotFitting', role, part, need });
  }
  if (given.county && !given.province) {
    return refused({ kind: 'ScopeNotFitting', role, part: 'province', need: 'needed' });
  }
  return ok();
}

/** An administrator of the installation grants everywhere, one of a province only there. */
export const mayGrantIn = (administrator: Actor, provinceId: number): boolean =>
  administrator.scope.province === nationwide || administrator.scope.province === provinceId;

type Approval = {
  readonly approverPersonId: Id;
  readonly proposerPersonId: Id;
  readonly holderPersonId: Id;
  readonly standing: 'proposed' | 'granted' | 'ended';
};

/** Four eyes (L6): neither who proposed nor who is to hold the role approves it. The database says the same. */
export function decideApproval(facts: Approval): Result<undefined, AccessRefusal> {
  if (facts.standing !== 'proposed') return refused({ kind: 'GrantNotWaiting', standing: facts.standing });
  if (facts.approverPersonId === facts.proposerPersonId) return refused({ kind: 'OwnProposal' });
  if (facts.approverPersonId === facts.holderPersonId) return refused({ kind: 'OwnGrant' });
  return ok();
}

/** What an account may see under a grant (L9). */
export function scopeUnder(grant: GrantFacts, personId: Id): ActorScope {
  const everywhere = grant.role === 'ministry' || grant.role === 'auditor';
  return {
    province: everywhere ? 'all' : grant.provinceId,
    county: grant.countyCode,
    office: grant.officeId,
    person: grant.role === 'applicant' ? personId : null,
  };
}

/** Tries to sign in within one window of time; a clerk who mistypes five times waits, a whole office does not. */
export const tryWindowSeconds = 15 * 60;
export const mostTries = { nameAtAddress: 5, name: 50, address: 100 } as const;

type Tries = {
  readonly tries: number;
  readonly most: number;
  readonly sinceMs: number;
  readonly nowMs: number;
  /** Of the window; that of signing in unless it says otherwise. */
  readonly windowSeconds?: number;
};

/** How long to wait until the window is over; null when the try is allowed. */
export function waitSeconds({
  tries,
  most,
  sinceMs,
  nowMs,
  windowSeconds = tryWindowSeconds,
}: Tries): number | null {
  if (tries <= most) return null;
  return Math.max(1, Math.ceil((sinceMs + windowSeconds * 1000 - nowMs) / 1000));
}

/**
 * The national id in ten Latin digits, or null when its check digit does not agree. The first three digits are
 * not looked up: no list of the registry's codes is published in full, and a real person must not be refused.
 */
export function readNationalId(given: string): string | null {
  const digits = latinDigits(given)
    .replace(/[\s\u200c-]/g, '')
    .padStart(10, '0');
  return /^\d{10}$/.test(digits) && verifyIranianNationalId(digits, { checkPrefix: false }) ? digits : null;
}

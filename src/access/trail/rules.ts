import { isId } from '#kernel/id.ts';
import type { Outcome } from './contract.ts';

/** What the desk asks of itself on every page: who is signed in, and what this installation is. */
const unrecorded = /^\/api\/(?:session|installation|openapi\.json)$/;
/** Rooms whose deeds note themselves, with more than the address says. */
const tellsItself = /^[A-Z]+ \/(?:api\/(?:access|session)|(?:en\/)?apply\/(?:code|account))\b/;

export const isDeedTold = (route: string, refusal: string | null): boolean =>
  refusal === null && tellsItself.test(route);

/** What an answered request was; null when the trail does not keep it. Every deed is a command and told before. */
export function outcomeOf(url: string, status: number): Outcome | null {
  if (status >= 400) return 'refused';
  return unrecorded.test(url) ? null : 'read';
}

const mostIds = 8;

/** The ids in an address and at the top of a body: which records a request named. No other value is kept (L4). */
export function recordsOf(...parts: readonly unknown[]): string[] {
  const values = parts.flatMap((part) =>
    typeof part === 'object' && part !== null ? Object.values<unknown>({ ...part }) : [],
  );
  const ids = values.filter((value) => typeof value === 'string' && isId(value));
  return [...new Set(ids.map(String))].slice(0, mostIds);
}

/** A text of an address part called `name`, whatever the route's schema made of it. */
export function partOf(name: string, ...parts: readonly unknown[]): string | null {
  for (const part of parts) {
    if (typeof part !== 'object' || part === null) continue;
    const value = new Map<string, unknown>(Object.entries(part)).get(name);
    if (typeof value === 'string' || typeof value === 'number') return String(value).slice(0, 60);
  }
  return null;
}

/** The least id that could be made at an instant: ids of events sort by time, so a day is a stretch of them. */
export function leastIdAt(epochMilliseconds: number): string {
  const hex = Math.max(0, epochMilliseconds).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

import { createContext, use } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Role } from '#kernel/actor.ts';

/** Who sits at the desk, as app.web.tsx reads it from the room `access`. */
export type DeskUser = {
  readonly name: string;
  /** Null when none of the person's roles is in force: nothing is open but signing out. */
  readonly role: Role | null;
  readonly roleTitle: Bilingual;
  /** What this role may see: «استان البرز», «شهرستان نظرآباد», «همهٔ استان‌ها». */
  readonly scopeTitle: Bilingual;
  /** The province of this role; null where it sees them all. */
  readonly provinceId: number | null;
  /** The other roles of the same person, for changing over without signing out. */
  readonly otherRoles: readonly { readonly key: string; readonly title: Bilingual }[];
};

export type DeskSession = {
  /** The data folder holds demonstration data: every page says so. */
  readonly demonstration: boolean;
  readonly user: DeskUser | null;
  /** What the user must know on every page, with the page that says more. */
  readonly notice: { readonly text: Bilingual; readonly href: string } | null;
};

/** What the shell needs of the room `access`; app.web.tsx gives it, because the web floor knows no rooms. */
export type SessionDoor = {
  readonly load: () => Promise<DeskSession>;
  readonly changeRole: (key: string) => Promise<unknown>;
  readonly signOut: () => Promise<unknown>;
  /** The bare page that signs in, e.g. `/sign-in`. */
  readonly signInPath: `/${string}`;
};

export const SessionContext = createContext<DeskSession | null>(null);

/** The session of the page: the demonstration mark and the user (null on bare pages before signing in). */
export function useSession(): DeskSession {
  const session = use(SessionContext);
  if (session === null) throw new Error('useSession outside the desk');
  return session;
}

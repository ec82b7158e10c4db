import type { ComponentType } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Role } from '#kernel/actor.ts';
import type { IconName } from './kit/icon.tsx';

/** A screen of the desk, as a room's `page.tsx` hands it over: `export const pages: readonly Page[]`. */
export type Page = {
  /** Under /desk, parameters with a dollar: `/credit/lines/$lineId`. */
  readonly path: `/${string}`;
  /** For the browser's title; the page draws its own heading with `<PageHead>`. */
  readonly title: Bilingual;
  /** A place in the side navigation. `order` sorts over all rooms: 10 credit, 20 cases, 80 evidence, 90 users. */
  readonly nav?: {
    readonly label: Bilingual;
    /** Roles that know the same place by another name. */
    readonly labelFor?: Readonly<Partial<Record<Role, Bilingual>>>;
    readonly order: number;
    readonly icon: IconName;
  };
  /** Who may open it; without it every signed-in user. The server holds the door, this only spares the walk. */
  readonly roles?: readonly Role[];
  /** `desk` (default) is drawn in the shell, for signed-in users; `bare` stands alone and is open to all. */
  readonly frame?: 'desk' | 'bare';
  readonly component: ComponentType;
};

/** How app.web.tsx names a room: its pages are a chunk of their own, fetched beside the session. */
export type RoomPages = () => Promise<{ readonly pages: readonly Page[] }>;

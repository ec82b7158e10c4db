import '@fontsource-variable/vazirmatn/wght.css';
import './tokens.css';
import './base.css';
import './kit.css';
import './shell.css';
import './pictures/pictures.css';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  RouterProvider,
} from '@tanstack/react-router';
import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem, problemIn } from './api.ts';
import { CrashPage, HomePage, NoPermissionPage, NotFoundPage } from './fallbacks.tsx';
import { LanguageProvider } from './language.tsx';
import type { Page, RoomPages } from './page.tsx';
import { PanelsContext, type RoomPanels } from './panel.tsx';
import { SessionContext, useSession, type DeskSession, type SessionDoor } from './session.tsx';
import { BareFrame, DeskFrame, mayOpen, navigationOf } from './shell.tsx';
import { DoorContext } from './switches.tsx';
import { showKeptTheme } from './theme.tsx';

export type DeskOrder = {
  /** Each room's pages, a chunk each. */
  readonly rooms: readonly RoomPages[];
  /** Sections of rooms on the pages of earlier ones. */
  readonly panels: readonly RoomPanels[];
  readonly door: SessionDoor;
};

/** One try more after silence or a fault; a refusal is an answer and is not asked again. */
const worthAsking = (failures: number, error: Error): boolean => {
  const { status } = problemIn(error);
  return failures < 1 && error instanceof ApiProblem && (status === 0 || status >= 500);
};

/** The address of the desk's pages, `/desk`, as the browser has it before a page's own path. */
const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/**
 * A session that ended while its page stood open: the page begins anew at the door. A deed does not lead away,
 * because its form would be lost: its refusal says that the session has ended, and the next reading leads here.
 */
function leaveForDoor(door: SessionDoor): void {
  const here = location.pathname.slice(base.length);
  if (here === door.signInPath) return;
  location.assign(
    `${base}${door.signInPath}?${new URLSearchParams({ to: here + location.search }).toString()}`,
  );
}

const newCache = (door: SessionDoor): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (problemIn(error).status === 401) leaveForDoor(door);
      },
    }),
    defaultOptions: {
      queries: { retry: worthAsking, staleTime: 10_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

/** The page's own component behind its door: another role sees why not instead of a broken screen. */
function guarded(page: Page): () => ReactNode {
  const Component = page.component;
  return function GuardedPage() {
    const { user } = useSession();
    if (page.frame !== 'bare' && !mayOpen(page, user?.role)) return <NoPermissionPage />;
    return <Component />;
  };
}

type Asked = { readonly location: { readonly pathname: string; readonly searchStr: string } };

/**
 * Whoever is not signed in is led to the door, which knows where they wanted to go (`?to=`). It is decided before
 * anything is drawn: a drawn `<Navigate>` follows its own changed address and never arrives.
 */
const doorBefore =
  (session: DeskSession, door: SessionDoor) =>
  ({ location: { pathname, searchStr } }: Asked): void => {
    if (session.user !== null) return;
    const search = pathname === '/' ? {} : { to: pathname + searchStr };
    redirect({ to: door.signInPath, search, replace: true, throw: true });
  };

/** `/` leads to the first section of the role; only who has none sees a page there, which says so. */
const firstSectionBefore = (pages: readonly Page[], session: DeskSession) => (): void => {
  const first = navigationOf(pages, session.user?.role)[0];
  if (first !== undefined) redirect({ to: first.path, replace: true, throw: true });
};

function routerOf(pages: readonly Page[], session: DeskSession, door: SessionDoor) {
  const root = createRootRoute({ notFoundComponent: NotFoundPage });
  const framed = pages.filter((page) => page.frame !== 'bare');
  const desk = createRoute({
    getParentRoute: () => root,
    id: 'desk',
    beforeLoad: doorBefore(session, door),
    component: () => <DeskFrame pages={framed} />,
    notFoundComponent: NotFoundPage,
  });
  const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: BareFrame });
  const routeOf = (page: Page) =>
    createRoute({
      getParentRoute: () => (page.frame === 'bare' ? bare : desk),
      path: page.path,
      component: guarded(page),
    });
  const home = framed.some((page) => page.path === '/')
    ? []
    : [
        createRoute({
          getParentRoute: () => desk,
          path: '/',
          beforeLoad: firstSectionBefore(framed, session),
          component: HomePage,
        }),
      ];
  // The gallery shows the kit with sample figures, so it stands only where all figures are samples.
  const gallery = session.demonstration
    ? [
        createRoute({
          getParentRoute: () => desk,
          path: '/gallery',
          component: lazyRouteComponent(() => import('./gallery/gallery.tsx'), 'GalleryPage'),
        }),
      ]
    : [];
  const anywhere = createRoute({ getParentRoute: () => desk, path: '$', component: NotFoundPage });
  return createRouter({
    routeTree: root.addChildren([
      desk.addChildren([...home, ...framed.map(routeOf), ...gallery, anywhere]),
      bare.addChildren(pages.filter((page) => page.frame === 'bare').map(routeOf)),
    ]),
    basepath: import.meta.env.BASE_URL,
    defaultErrorComponent: CrashPage,
    defaultPreload: false,
    scrollRestoration: true,
  });
}

/** Starts the desk in `#desk`: session and rooms' pages are fetched side by side, then the first page is drawn. */
export async function startDesk({ rooms, panels, door }: DeskOrder): Promise<void> {
  showKeptTheme();
  const place = document.getElementById('desk');
  if (place === null) throw new Error('index.html has no #desk');
  const root = createRoot(place);
  const cache = newCache(door);
  try {
    const [session, ...parts] = await Promise.all([door.load(), ...rooms.map((load) => load())]);
    const pages = parts.flatMap((part) => part.pages);
    const router = routerOf(pages, session, door);
    root.render(
      <StrictMode>
        <LanguageProvider>
          <DoorContext value={door}>
            <SessionContext value={session}>
              <QueryClientProvider client={cache}>
                <PanelsContext value={panels}>
                  <RouterProvider router={router} />
                </PanelsContext>
              </QueryClientProvider>
            </SessionContext>
          </DoorContext>
        </LanguageProvider>
      </StrictMode>,
    );
  } catch (error) {
    root.render(
      <LanguageProvider>
        <div className="s-bare-main">
          <div className="s-page">
            <CrashPage error={error} reset={() => location.reload()} />
          </div>
        </div>
      </LanguageProvider>,
    );
  }
}

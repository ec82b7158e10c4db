import { Link as RouterLink, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useAsOf } from './as-of.tsx';
import { IconButton } from './kit/button.tsx';
import { DayText } from './kit/day.tsx';
import { Icon } from './kit/icon.tsx';
import { Link } from './kit/link.tsx';
import { useSpeech } from './language.tsx';
import type { Page } from './page.tsx';
import { useSession } from './session.tsx';
import { LanguageSwitch, ThemeSwitch, UserMenu } from './switches.tsx';

/** The pages that stand in the side navigation, for this role, in order. */
export function navigationOf(pages: readonly Page[], role: string | null | undefined): readonly Page[] {
  return pages
    .filter((page) => page.nav !== undefined && mayOpen(page, role))
    .toSorted((a, b) => (a.nav?.order ?? 0) - (b.nav?.order ?? 0));
}

export const mayOpen = (page: Page, role: string | null | undefined): boolean =>
  page.roles === undefined || page.roles.some((may) => may === role);

function Brand(): ReactNode {
  const { word } = useSpeech();
  return (
    <RouterLink to="/" className="s-brand">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" fill="var(--lapis)" />
        <path d="M6 10h20M6 16h20M6 22h20" stroke="var(--on-lapis)" strokeOpacity="0.35" strokeWidth="1.5" />
        <path
          d="M26 10H13M26 16h-8M26 22h-4"
          stroke="var(--on-lapis)"
          strokeWidth="3"
          strokeLinecap="round"
        />
      </svg>
      {word('brand')}
    </RouterLink>
  );
}

/** The entry that a page belongs to: all its steps are in the address in their order, and no longer one's are. */
function entryOf(path: string, entries: readonly Page[]): Page | undefined {
  const steps = path.split('/').filter((step) => step !== '');
  const holds = (entry: readonly string[]): boolean => {
    let at = 0;
    return entry[0] === steps[0] && entry.every((step) => (at = steps.indexOf(step, at) + 1) > 0);
  };
  return entries
    .map((page) => ({ page, entry: page.path.split('/').filter((step) => step !== '') }))
    .filter(({ entry }) => holds(entry))
    .toSorted((one, other) => one.entry.length - other.entry.length)
    .at(-1)?.page;
}

function Navigation({ pages }: { readonly pages: readonly Page[] }): ReactNode {
  const { word, say } = useSpeech();
  const { user } = useSession();
  const shown = navigationOf(pages, user?.role);
  const here = entryOf(useRouterState({ select: ({ location }) => location.pathname }), shown);
  return (
    <nav className="s-nav" aria-label={word('navigation')}>
      <Brand />
      <ul>
        {shown.map((page, index) => {
          const nav = page.nav;
          if (nav === undefined) return null;
          const before = shown[index - 1]?.nav?.order ?? nav.order;
          const gap = Math.floor(before / 40) !== Math.floor(nav.order / 40);
          return (
            <li key={page.path} className={gap ? 'is-gap' : undefined}>
              <RouterLink
                to={page.path}
                activeOptions={{ exact: true }}
                aria-current={page === here ? 'page' : undefined}
              >
                <Icon name={nav.icon} size={17} />
                {say((user?.role == null ? undefined : nav.labelFor?.[user.role]) ?? nav.label)}
              </RouterLink>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Side({ pages }: { readonly pages: readonly Page[] }): ReactNode {
  return (
    <div className="s-side">
      <Navigation pages={pages} />
      <div className="s-foot">
        <UserMenu />
        <div className="s-tools">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </div>
    </div>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}

function Banners(): ReactNode {
  const { word, say } = useSpeech();
  const { demonstration, notice } = useSession();
  const online = useOnline();
  const asOf = useAsOf();
  const here = useRouterState({ select: (state) => state.location.pathname });
  return (
    <section className="s-banners" aria-label={word('announcements')}>
      {demonstration ? (
        <div className="s-banner is-demonstration">
          <span>
            <Icon name="info" size={14} /> {word('demonstration')}
          </span>
        </div>
      ) : null}
      {notice === null ? null : (
        <div className="s-banner is-offline">
          <span>
            <Icon name="warning" size={14} /> {say(notice.text)}
          </span>
          <Link href={notice.href}>{word('readMore')}</Link>
        </div>
      )}
      {asOf === null ? null : (
        <div className="s-banner is-past">
          <span>
            <Icon name="time" size={14} /> {word('asOfBanner')} <DayText iso={asOf} style="weekday" />
          </span>
          <Link href={here}>{word('backToToday')}</Link>
        </div>
      )}
      <div role="status">
        {online ? null : (
          <div className="s-banner is-offline">
            <span>
              <Icon name="offline" size={14} /> {word('offline')}
            </span>
          </div>
        )}
      </div>
    </section>
  );
}

/** The page moves its focus to its beginning when the address changes, so that a screen reader follows. */
function usePageFocus(): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const here = useRouterState({ select: (state) => state.location.pathname });
  const before = useRef(here);
  useEffect(() => {
    if (before.current === here) return;
    before.current = here;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [here]);
  return main;
}

function SkipLink(): ReactNode {
  const { word } = useSpeech();
  return (
    <a className="s-skip" href="#page">
      {word('skip')}
    </a>
  );
}

function Drawer({ pages }: { readonly pages: readonly Page[] }): ReactNode {
  const { word } = useSpeech();
  const here = useRouterState({ select: (state) => state.location.pathname });
  // Open on one page only: going to another closes it.
  const [openOn, setOpenOn] = useState<string | null>(null);
  const setOpen = (open: boolean): void => setOpenOn(open ? here : null);
  return (
    <>
      <IconButton icon="menu" label={word('openNavigation')} onPress={() => setOpen(true)} />
      <ModalOverlay className="s-drawer-veil" isOpen={openOn === here} onOpenChange={setOpen} isDismissable>
        <Modal className="s-drawer">
          <Dialog aria-label={word('navigation')}>
            <Side pages={pages} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

/** The frame of a signed-in user: banners, sections at the side (a drawer on a phone), the page. */
export function DeskFrame({ pages }: { readonly pages: readonly Page[] }): ReactNode {
  const main = usePageFocus();
  return (
    <div className="s-desk">
      <SkipLink />
      <Banners />
      <header className="s-top">
        <Drawer pages={pages} />
        <Brand />
        <ThemeSwitch short />
      </header>
      <Side pages={pages} />
      <main id="page" className="s-main" ref={main} tabIndex={-1}>
        <div className="s-page">
          <Outlet />
        </div>
      </main>
    </div>
  );
}

/** The frame of pages that need no session: signing in, first users. */
export function BareFrame(): ReactNode {
  const main = usePageFocus();
  return (
    <div className="s-bare">
      <SkipLink />
      <Banners />
      <header className="s-bare-top">
        <Brand />
      </header>
      <main id="page" className="s-bare-main" ref={main} tabIndex={-1}>
        <div className="s-page">
          <Outlet />
        </div>
      </main>
      <footer className="s-bare-foot">
        <LanguageSwitch />
        <ThemeSwitch />
      </footer>
    </div>
  );
}

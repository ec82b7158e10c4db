import { useQuery } from '@tanstack/react-query';
import { createContext, use, type ComponentType, type ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Role } from '#kernel/actor.ts';
import { Section } from './kit/head.tsx';
import { ProblemNotice } from './kit/problem.tsx';
import { Skeleton } from './kit/skeleton.tsx';
import { useSpeech } from './language.tsx';
import { useSession } from './session.tsx';

/** Whose page a section stands on, and who or which case is looked at there. */
export type PanelSubject = { readonly province: string; readonly subjectId: string };

/**
 * A section that a room adds to a page of an earlier room, as its `panels.tsx` hands it over:
 * `export const panels: readonly Panel[]`. What it shows, the room's own routes hold to the reader's scope.
 */
export type Panel = {
  readonly on: 'person' | 'case';
  /** The kinds of case on whose pages it stands; only for a section `on` a case. */
  readonly of?: readonly string[];
  readonly title: Bilingual;
  /** Over all rooms: 10 credit, 20 cases, 30 licences. */
  readonly order: number;
  /** Who sees the section; without it everybody who may open the page. */
  readonly roles?: readonly Role[];
  readonly component: ComponentType<PanelSubject>;
};

/** How app.web.tsx names a room's panels: fetched when a page with panels is first opened. */
export type RoomPanels = () => Promise<{ readonly panels: readonly Panel[] }>;

export const PanelsContext = createContext<readonly RoomPanels[]>([]);

/** The sections that later rooms add to this page, in order. */
export function Panels({
  on,
  of,
  ...subject
}: PanelSubject & { readonly on: Panel['on']; readonly of?: string }): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const rooms = use(PanelsContext);
  const found = useQuery({
    queryKey: ['panels'],
    staleTime: Infinity,
    queryFn: async () => (await Promise.all(rooms.map((load) => load()))).flatMap(({ panels }) => panels),
  });
  if (found.error !== null) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton rows={3} />;
  const stands = (panel: Panel): boolean =>
    panel.on === on && (panel.of === undefined || panel.of.some((kind) => kind === of));
  const shown = found.data
    .filter((panel) => stands(panel) && (panel.roles?.some((role) => role === user?.role) ?? true))
    .toSorted((a, b) => a.order - b.order);
  return (
    <>
      {shown.map(({ title, component: Component }) => (
        <Section key={title.en} title={say(title)}>
          <Component {...subject} />
        </Section>
      ))}
    </>
  );
}

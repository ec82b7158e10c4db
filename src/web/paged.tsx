import { useInfiniteQuery } from '@tanstack/react-query';
import { call, type CallOrder } from './api.ts';
import type { Path } from './command.tsx';
import { useSpeech } from './language.tsx';

/** What a list route answers: so many items, and where the next page begins; null at the end. */
export type PageOf<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** A list as far as it was fetched. */
export type Pages<Item, Answer extends PageOf<Item> = PageOf<Item>> = {
  /** Undefined until the first page is there. */
  readonly rows: readonly Item[] | undefined;
  /** The first page, for what a list tells beside its items. */
  readonly first: Answer | undefined;
  readonly hasMore: boolean;
  /** The next page is on its way. */
  readonly isFetching: boolean;
  /** Why there is no list; a next page that failed leaves it standing and is told by `moreError`. */
  readonly error: Error | null;
  readonly moreError: Error | null;
  readonly fetchMore: () => void;
  readonly refetch: () => void;
};

/** The address of a page of the list; `cursor` empty is the first. */
function pathOf(path: Path, cursor: string): Path {
  if (cursor === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`;
}

/**
 * Reads a list page by page: `const pages = usePages<Row>('/api/…')`, with `DataTable rows={pages.rows}
 * pages={pages}` or `PagesFoot` under it. Where the first page tells more than its items, name its whole shape:
 * `usePages<Row, Answer>`. `path` null asks nothing yet. A command that `changes` the path renews all its pages.
 */
export function usePages<Item, Answer extends PageOf<Item> = PageOf<Item>>(
  path: Path | null,
): Pages<Item, Answer> {
  const { language } = useSpeech();
  const asked = useInfiniteQuery({
    // Not the key of `useAnswer`, which keeps one answer and no list of pages under the same path.
    queryKey: [path, 'pages'],
    enabled: path !== null,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call<Answer>(pathOf(path ?? '/api/', pageParam), { signal, language }),
    getNextPageParam: ({ next }) => next,
  });
  return {
    rows: asked.data?.pages.flatMap(({ items }) => items),
    first: asked.data?.pages[0],
    hasMore: asked.hasNextPage,
    isFetching: asked.isFetchingNextPage,
    error: asked.isFetchNextPageError ? null : asked.error,
    moreError: asked.isFetchNextPageError ? asked.error : null,
    fetchMore: () => void asked.fetchNextPage(),
    refetch: () => void asked.refetch(),
  };
}

/** The items of all pages at once, for a file; a page that fails throws, so that no file is half of its list. */
export async function fetchEvery<Item>(
  path: Path,
  { language }: Required<Pick<CallOrder, 'language'>>,
): Promise<readonly Item[]> {
  const rows: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: PageOf<Item> = await call<PageOf<Item>>(pathOf(path, cursor), { language });
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

import type { ReactNode } from 'react';
import { useSpeech } from '../language.tsx';
import type { Pages } from '../paged.tsx';
import { Button } from './button.tsx';
import { ProblemNotice } from './problem.tsx';

/** What the foot of a list asks of `usePages`. */
export type Going = Pick<Pages<unknown>, 'hasMore' | 'isFetching' | 'moreError' | 'fetchMore'>;

/** Fetches the next page; nothing at the end of the list. */
export function MoreButton({ pages }: { readonly pages: Going }): ReactNode {
  const { word } = useSpeech();
  if (!pages.hasMore) return null;
  return (
    <Button kind="quiet" icon="down" busy={pages.isFetching} onPress={pages.fetchMore}>
      {word('more')}
    </Button>
  );
}

/** The foot of a list that is no table (`DataTable pages={…}` has its own): the next page, and why it did not come. */
export function PagesFoot({ pages }: { readonly pages: Going }): ReactNode {
  return (
    <>
      <MoreButton pages={pages} />
      <ProblemNotice error={pages.moreError} onRetry={pages.fetchMore} />
    </>
  );
}

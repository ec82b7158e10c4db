import type { ReactNode } from 'react';
import { useSpeech } from '../language.tsx';

/** The place of what is coming, in its size, so that nothing jumps. `rows` lines of text, or a block of `height` px. */
export function Skeleton({
  rows = 3,
  height,
}: {
  readonly rows?: number;
  readonly height?: number;
}): ReactNode {
  const { word } = useSpeech();
  const lines = Array.from({ length: rows }, (_, row) => row);
  return (
    <div className="k-skeleton" role="status">
      <span className="visually-hidden">{word('loading')}</span>
      {height === undefined ? (
        lines.map((line) => <span key={line} className="k-skeleton-line" />)
      ) : (
        <span className="k-skeleton-block" style={{ blockSize: `${height}px` }} />
      )}
    </div>
  );
}

import type { ReactNode } from 'react';
import { useSpeech } from '../language.tsx';
import { DayText } from './day.tsx';

/** The day at whose end what is shown stood: «در پایان ۱۵ دی ۱۴۰۲». Beside the title of a page. */
export function AsOf({ iso }: { readonly iso: string }): ReactNode {
  const { word } = useSpeech();
  return (
    <span className="k-as-of">
      {word('asOf')} <DayText iso={iso} />
    </span>
  );
}

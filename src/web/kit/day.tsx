import type { ReactNode } from 'react';
import { dayText, gregorianText, instantText, type DayStyle } from '../format.ts';
import { useSpeech } from '../language.tsx';

/** A Jalali day from its ISO date; the Gregorian one stands on hover. */
export function DayText({
  iso,
  style = 'long',
}: {
  readonly iso: string;
  readonly style?: DayStyle;
}): ReactNode {
  const { language } = useSpeech();
  return (
    <time className="k-day" dateTime={iso} title={gregorianText(iso, language)}>
      {dayText(iso, language, style)}
    </time>
  );
}

/** An instant (ISO with its offset) at Tehran's clock: «شنبه ۲ دی ۱۴۰۲، ۲۱:۱۴». */
export function InstantText({ iso }: { readonly iso: string }): ReactNode {
  const { language } = useSpeech();
  return (
    <time className="k-day" dateTime={iso}>
      {instantText(iso, language)}
    </time>
  );
}

import type { ReactNode } from 'react';
import { grouped } from '../format.ts';
import { useSpeech } from '../language.tsx';

/** A whole number in the script of the page, with separators; `plain` leaves them out (years, numbers of letters). */
export function Digits({
  value,
  plain = false,
}: {
  readonly value: bigint | number | string;
  readonly plain?: boolean;
}): ReactNode {
  const { language, digits } = useSpeech();
  const text = plain || typeof value === 'string' ? digits(value) : grouped(value, language);
  return <bdi className="k-digits">{text}</bdi>;
}

/** A code, an id, a Latin word or a name of unknown direction inside a sentence. */
export function Bidi({
  children,
  code = false,
}: {
  readonly children: ReactNode;
  readonly code?: boolean;
}): ReactNode {
  return <bdi className={code ? 'k-code' : undefined}>{children}</bdi>;
}

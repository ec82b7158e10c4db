import type { ReactNode } from 'react';
import { FileLink } from '#web/kit/file.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { useSpeech } from '#web/language.tsx';
import { apiOf } from '../province/page.tsx';
import { exportLabels } from './words.ts';

/** The same table as a spreadsheet and as a page with the seal in force, in the reader's language. */
export function Exports({
  province,
  path,
  filter = {},
}: {
  readonly province: string;
  readonly path: string;
  /** What the screen shows of it; null and '' restrict nothing. */
  readonly filter?: Readonly<Record<string, string | null>>;
}): ReactNode {
  const { say, language } = useSpeech();
  const href = (format: string): string => {
    const query = new URLSearchParams({ format, language });
    for (const [key, value] of Object.entries(filter))
      if (value !== null && value.trim() !== '') query.set(key, value);
    return `${apiOf(province, path)}?${query.toString()}`;
  };
  return (
    <div className="k-row">
      <FileLink href={href('xlsx')}>{say(exportLabels.sheet)}</FileLink>
      <FileLink href={href('pdf')}>{say(exportLabels.pdf)}</FileLink>
      <PrintButton />
    </div>
  );
}

import type { ReactNode } from 'react';
import { FileLink } from '#web/kit/file.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { useSpeech } from '#web/language.tsx';
import { apiOf } from '../province/page.tsx';
import { exportLabels } from './words.ts';

/** The same table as a spreadsheet and as a page with the seal in force, in the reader's language. */
export function Exports({ province, path }: { readonly province: string; readonly path: string }): ReactNode {
  const { say, language } = useSpeech();
  const href = (format: string): string => `${apiOf(province, path)}?format=${format}&language=${language}`;
  return (
    <div className="k-row">
      <FileLink href={href('xlsx')}>{say(exportLabels.sheet)}</FileLink>
      <FileLink href={href('pdf')}>{say(exportLabels.pdf)}</FileLink>
      <PrintButton />
    </div>
  );
}

import type { ReactNode } from 'react';
import { useSpeech } from '../language.tsx';
import { Link } from './link.tsx';

export type Crumb = { readonly label: string; readonly href?: string };

export function Breadcrumb({ path }: { readonly path: readonly Crumb[] }): ReactNode {
  const { word } = useSpeech();
  return (
    <nav className="k-path" aria-label={word('path')}>
      <ol>
        {path.map((crumb) => (
          <li key={`${crumb.href ?? ''} ${crumb.label}`}>
            {crumb.href === undefined ? (
              <span>{crumb.label}</span>
            ) : (
              <Link href={crumb.href}>{crumb.label}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

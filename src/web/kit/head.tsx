import { useEffect, type ReactNode } from 'react';
import { useSpeech } from '../language.tsx';
import { Breadcrumb, type Crumb } from './breadcrumb.tsx';

export type PageHeadProps = {
  readonly title: string;
  /** The pages above this one. */
  readonly path?: readonly Crumb[];
  /** Beside the title: state, deadline, as-of day (`<Sign>`, `<AsOf>`). */
  readonly aside?: ReactNode;
  /** Buttons, the primary one last. */
  readonly actions?: ReactNode;
  /** One or two sentences under the title. */
  readonly children?: ReactNode;
};

/** The head of every screen: path, title (also the browser's), state, buttons. */
export function PageHead({ title, path = [], aside, actions, children }: PageHeadProps): ReactNode {
  const { word } = useSpeech();
  const brand = word('brand');
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
  return (
    <header className="k-head">
      {path.length === 0 ? null : <Breadcrumb path={path} />}
      <div className="k-head-line">
        <div className="k-head-title">
          <h1>{title}</h1>
          {aside}
        </div>
        {actions === undefined ? null : <div className="k-row no-print">{actions}</div>}
      </div>
      {children === undefined ? null : <div className="k-lead">{children}</div>}
    </header>
  );
}

/** A part of a page under its own heading. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="k-section">
      <div className="k-section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

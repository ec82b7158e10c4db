import type { ReactNode } from 'react';

/** Nothing yet: `title` says so, the text what will appear here and how, `actions` the way to the first one. */
export function Empty({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}): ReactNode {
  return (
    <div className="k-empty">
      <strong>{title}</strong>
      {children === undefined ? null : <p>{children}</p>}
      {actions === undefined ? null : <div className="k-row">{actions}</div>}
    </div>
  );
}

import { Link as RouterLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A number as the router reads it back: left a string it would stand in the address in quotation marks. */
export const searchOf = (query: readonly (readonly [string, string])[]): object =>
  Object.fromEntries(
    query.map(([name, value]) => [
      name,
      /^(?:0|[1-9]\d{0,14})$/.test(value) ? Number.parseInt(value, 10) : value,
    ]),
  );

/**
 * A link to a screen of the desk (`/credit/lines/…`, without /desk), with its query, or to a file or
 * public page when it begins with `/api/` or `https:`.
 */
export function Link({
  href,
  children,
  className,
  title,
}: {
  readonly href: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly title?: string;
}): ReactNode {
  const named = { className, ...(title === undefined ? {} : { title }) };
  if (/^(?:\/api\/|https?:|#)/.test(href)) {
    return (
      <a href={href} {...named}>
        {children}
      </a>
    );
  }
  const [path = href, query] = href.split('?');
  // The router knows no routes by their types here, and so of no query either.
  const search: object = query === undefined ? {} : { search: searchOf([...new URLSearchParams(query)]) };
  // Only the page itself is the current one, not every page above it.
  return (
    <RouterLink to={path} {...search} {...named} activeOptions={{ exact: true }}>
      {children}
    </RouterLink>
  );
}

import { useSearch } from '@tanstack/react-router';

/** `?as_of=2024-01-05` in the address: every page under it looks at the past, and says so. */
export function useAsOf(): string | null {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const asked = search['as_of'];
  return typeof asked === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : null;
}

/**
 * Small wishes kept in this browser (language, brightness, drafts). A browser that forbids storage forgets
 * them; nothing depends on them.
 */
const prefix = 'karsaz.';

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, value);
  } catch {
    // Storage is full or forbidden: the wish holds until the page is closed.
  }
}

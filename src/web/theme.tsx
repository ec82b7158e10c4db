import { useState } from 'react';
import { keep, kept } from './kept.tsx';

export type Theme = 'system' | 'light' | 'dark';

const themeOf = (value: string | null): Theme => (value === 'light' || value === 'dark' ? value : 'system');

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Before the first drawing, so that a dark page never flashes white. */
export const showKeptTheme = (): void => show(themeOf(kept('theme')));

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => themeOf(kept('theme')));
  const choose = (chosen: Theme): void => {
    setTheme(chosen);
    show(chosen);
    keep('theme', chosen === 'system' ? null : chosen);
  };
  return [theme, choose];
}

import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import type { Bilingual } from '#kernel/indicator.ts';
import { digits, type Language } from './format.ts';
import { kept, keep } from './kept.tsx';
import { words, type Word } from './words.ts';

export type Speech = {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  /** A text in the language of the page. */
  readonly say: (text: Bilingual) => string;
  /** A text of the shell or the kit, by its name in `words.ts`. */
  readonly word: (name: Word) => string;
  /** Digits of the page's script in a text or number. */
  readonly digits: (text: string | number | bigint) => string;
};

const SpeechContext = createContext<Speech | null>(null);

/** `?lang=en` in the address wins and is kept; then what was kept; then Persian. */
function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  const language = asked ?? kept('language');
  return language === 'en' ? 'en' : 'fa';
}

export function LanguageProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setState] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'fa' ? 'rtl' : 'ltr';
    keep('language', language);
  }, [language]);
  const speech = useMemo<Speech>(
    () => ({
      language,
      setLanguage: setState,
      say: (text) => text[language],
      word: (name) => words[name][language],
      digits: (text) => digits(text, language),
    }),
    [language],
  );
  return (
    <SpeechContext value={speech}>
      <I18nProvider locale={language === 'fa' ? 'fa-IR' : 'en-US'}>{children}</I18nProvider>
    </SpeechContext>
  );
}

/** The language of the page and what speaks it. */
export function useSpeech(): Speech {
  const speech = use(SpeechContext);
  if (speech === null) throw new Error('useSpeech outside LanguageProvider');
  return speech;
}

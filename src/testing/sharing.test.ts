import { expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { pictureHash, readDrawn, readTokens, sourceHash } from './sharing.ts';

const drawn = readDrawn();
const languages = ['fa', 'en'] as const;

test.each(languages)(
  'the picture that pages share in %s has the words and colours of today: else run `npm run sharing`',
  (language) => {
    const { source, picture } = drawn[language];
    expect(source).toBe(sourceHash(language));
    expect(picture).toBe(pictureHash(language));
  },
);

test.each(languages)(
  'a colour that the picture in %s shows makes it an old one, and no other does',
  (language) => {
    const tokens = readTokens();
    const changed = (token: string): string => {
      const [line, value = ''] = must(
        new RegExp(`^  --${token}: (.+);$`, 'm').exec(tokens) ?? undefined,
        token,
      );
      return tokens.replace(line, line.replace(value, 'light-dark(#123456, #654321)'));
    };
    for (const shown of ['lapis', 'ink', 'stage-paid'])
      expect(sourceHash(language, changed(shown)), shown).not.toBe(sourceHash(language));
    expect(sourceHash(language, changed('red'))).toBe(sourceHash(language));
  },
);

test('each language has a picture of its own', () => {
  expect(pictureHash('fa')).not.toBe(pictureHash('en'));
  expect(sourceHash('fa')).not.toBe(sourceHash('en'));
});

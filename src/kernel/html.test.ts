import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escaped, html } from './html.ts';

const read = (markup: string): string =>
  markup
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

test('text neither opens an element nor leaves an attribute, and reads as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { markup } = html`<a title="${text}">${text}</a>`;
      expect(markup).toBe(`<a title="${escaped(text)}">${escaped(text)}</a>`);
      expect(escaped(text)).not.toMatch(/[<>"']/);
      expect(read(escaped(text))).toBe(text);
    }),
  );
});

test('pieces and lists of pieces go in as they are, nothing leaves nothing', () => {
  const items = ['<ا>', 'ب'].map((text) => html`<li>${text}</li>`);
  const { markup } = html`<p>${items}${null}${undefined}${7n}</p>`;
  expect(markup).toBe('<p><li>&lt;ا&gt;</li><li>ب</li>7</p>');
});

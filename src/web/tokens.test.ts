import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** Contrast as WCAG 2.2 computes it: AA asks 4.5 of text and 3 of what is drawn to be understood. */
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const colours = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

type Theme = 'light' | 'dark';

function channel(hex: string): number {
  const share = parseInt(hex, 16) / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function luminance(name: string, theme: Theme): number {
  const colour = colours.get(name)?.[theme];
  if (colour === undefined) throw new Error(`no token --${name} with two themes`);
  const [red, green, blue] = [1, 3, 5].map((at) => channel(colour.slice(at, at + 2)));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrast(one: string, other: string, theme: Theme): number {
  const [low = 0, high = 0] = [luminance(one, theme), luminance(other, theme)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'sheet', 'sunk'];
const texts: readonly (readonly [string, readonly string[]])[] = [
  ['ink', [...grounds, 'lapis-wash', 'turquoise-wash', 'green-wash', 'amber-wash', 'red-wash']],
  ['ink-2', [...grounds, 'lapis-wash']],
  ['ink-3', grounds],
  ['lapis', [...grounds, 'lapis-wash']],
  ['lapis-strong', [...grounds, 'lapis-wash']],
  ['turquoise', [...grounds, 'turquoise-wash']],
  ['green', [...grounds, 'green-wash']],
  ['amber', [...grounds, 'amber-wash']],
  ['red', [...grounds, 'red-wash']],
  ['on-lapis', ['lapis', 'lapis-strong']],
  ['on-red', ['red']],
];

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const pairs = texts.flatMap(([text, on]) => on.map((ground) => [text, ground] as const));

  test.each(pairs)('%s on %s can be read', (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(grounds)('the edge of a field and the focus are seen on %s', (ground) => {
    expect(contrast('edge', ground, theme)).toBeGreaterThanOrEqual(3);
    expect(contrast('lapis', ground, theme)).toBeGreaterThanOrEqual(3);
  });

  test('what has moved stands out from what is free, and the lock from its own hatching', () => {
    for (const stage of ['stage-paid', 'stage-repaid']) {
      expect(contrast(stage, 'stage-available', theme)).toBeGreaterThanOrEqual(3);
    }
    expect(contrast('turquoise', 'sheet', theme)).toBeGreaterThanOrEqual(3);
    expect(contrast('turquoise', 'turquoise-pale', theme)).toBeGreaterThanOrEqual(2);
  });
});

test('a pair that cannot be read is noticed', () => {
  expect(contrast('line', 'paper', 'light')).toBeLessThan(4.5);
});

test('no other style sheet names a colour', () => {
  for (const sheet of ['base.css', 'kit.css', 'shell.css', 'pictures/pictures.css']) {
    const text = readFileSync(new URL(`./${sheet}`, import.meta.url), 'utf8');
    const named = text.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi) ?? [];
    expect({ sheet, named }).toEqual({ sheet, named: [] });
  }
});

test('styles know no left and no right but where digits stand', () => {
  for (const sheet of ['base.css', 'kit.css', 'shell.css', 'pictures/pictures.css']) {
    const text = readFileSync(new URL(`./${sheet}`, import.meta.url), 'utf8');
    const sided = text.match(/(?:margin|padding|border|inset)-(?:left|right)|^\s*(?:left|right):/gm) ?? [];
    expect({ sheet, sided }).toEqual({ sheet, sided: [] });
  }
});

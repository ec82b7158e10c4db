import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import { root } from '#platform/config.ts';
import { sharingPicture, type Language } from '#platform/site.ts';
import { openBrowser } from './browser.ts';

const stages: readonly (readonly [string, Bilingual])[] = [
  ['available', { fa: 'ابلاغ', en: 'Notified' }],
  ['referred', { fa: 'معرفی به بانک', en: 'Referred' }],
  ['contracted', { fa: 'عقد قرارداد', en: 'Contracted' }],
  ['paid', { fa: 'پرداخت', en: 'Paid' }],
  ['repaid', { fa: 'بازپرداخت', en: 'Repaid' }],
];

const languages = ['fa', 'en'] as const satisfies readonly Language[];
const read = (...names: readonly string[]): Buffer => readFileSync(join(root, ...names));

/** The sizes and colours of the house. */
export const readTokens = (): string => read('src', 'web', 'tokens.css').toString('utf8');

const fontFiles = ['latin', 'arabic'].map((letters) => [
  'node_modules',
  '@fontsource-variable',
  'vazirmatn',
  'files',
  `vazirmatn-${letters}-wght-normal.woff2`,
]);

/** The tokens that the drawing names and no other, so that a change of another asks for no new picture. */
function tokensOf(drawing: string, tokens: string): string {
  const names = new Set([...drawing.matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name = '']) => name));
  const valueOf = (name: string): string =>
    must(new RegExp(`^  ${name}: (.+);$`, 'm').exec(tokens)?.[1], `a value of ${name}`);
  return [...names].map((name) => `${name}: ${valueOf(name)};`).join('\n');
}

/** The stages of a rial in their colours, each with its word: the house's one picture of itself. */
function drawingIn(language: Language, tokens: string): string {
  const { markup } = html`<style>
      * {
        box-sizing: border-box;
        margin: 0;
      }
      body {
        inline-size: 1200px;
        block-size: 630px;
        padding: 76px 88px 70px;
        display: flex;
        flex-direction: column;
        font-family: Vazirmatn0, Vazirmatn1;
        color: var(--ink);
        background: var(--paper);
        border-block-start: 14px solid var(--lapis);
      }
      h1 {
        font-size: 168px;
        font-weight: 700;
        line-height: 1.3;
        color: var(--lapis);
      }
      p {
        font-size: 44px;
        line-height: 1.45;
      }
      p::first-letter {
        text-transform: uppercase;
      }
      ol {
        margin-block-start: auto;
        padding: 0;
        display: flex;
        gap: 10px;
        list-style: none;
        font-size: 27px;
        color: var(--ink-2);
      }
      li {
        flex: 1;
      }
      i {
        display: block;
        block-size: 26px;
        margin-block-end: 10px;
        border: 1px solid var(--edge);
        border-radius: var(--radius);
      }
    </style>
    <h1>${sharingPicture.name[language]}</h1>
    <p>${sharingPicture.about[language]}</p>
    <ol>
      ${stages.map(([key, word]) => html`<li><i style="background: var(--stage-${key})"></i>${word[language]}</li>`)}
    </ol>`;
  const direction = language === 'fa' ? 'rtl' : 'ltr';
  return `<!doctype html><html lang="${language}" dir="${direction}"><meta charset="utf-8" />
    <style>:root { color-scheme: light; ${tokensOf(markup, tokens)} }</style>${markup}</html>`;
}

const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** Changes with whatever a picture is drawn from: words, colours, measures and letters. */
export const sourceHash = (language: Language, tokens = readTokens()): string =>
  hashOf(drawingIn(language, tokens), ...fontFiles.map((names) => read(...names)));

/** Of the picture as it stands in the house. */
export const pictureHash = (language: Language): string => hashOf(read(...sharingPicture.files[language]));

const drawnFile = ['src', 'web', 'sharing.json'];
const drawnShape = z.record(z.enum(languages), z.strictObject({ source: z.string(), picture: z.string() }));

/** What each picture was drawn from when it was drawn, and what came of it. */
export const readDrawn = (): z.infer<typeof drawnShape> =>
  drawnShape.parse(JSON.parse(read(...drawnFile).toString('utf8')));

/** Draws the pictures of the public pages anew, after a change of their words, colours or letters. */
export async function drawSharing(): Promise<void> {
  const fonts = fontFiles
    .map((names) => read(...names).toString('base64'))
    .map(
      (font, at) => `@font-face { font-family: Vazirmatn${at}; font-weight: 400 700;
        src: url(data:font/woff2;base64,${font}); }`,
    )
    .join('');
  const { width, height, files } = sharingPicture;
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
    for (const language of languages) {
      await page.setContent(`${drawingIn(language, readTokens())}<style>${fonts}</style>`);
      await page.evaluate('document.fonts.ready');
      writeFileSync(join(root, ...files[language]), await page.screenshot({ type: 'png' }));
    }
  } finally {
    await browser.close();
  }
  const drawn = Object.fromEntries(
    languages.map((language) => [language, { source: sourceHash(language), picture: pictureHash(language) }]),
  );
  writeFileSync(join(root, ...drawnFile), `${JSON.stringify(drawn, null, 2)}\n`);
}

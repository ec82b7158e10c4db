import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { html } from '#kernel/html.ts';
import { root } from '#platform/config.ts';
import { sharingPicture } from '#platform/site.ts';
import { openBrowser } from './browser.ts';

const stages = [
  ['available', 'ابلاغ'],
  ['referred', 'معرفی به بانک'],
  ['contracted', 'عقد قرارداد'],
  ['paid', 'پرداخت'],
  ['repaid', 'بازپرداخت'],
] as const;

/** The stages of a rial in their colours, each with its word: the house's one picture of itself. */
const drawing = (font: string) =>
  html`<!doctype html>
    <html lang="fa" dir="rtl" data-theme="light">
      <meta charset="utf-8" />
      <style>
        @font-face {
          font-family: Vazirmatn;
          font-weight: 400 700;
          src: url(data:font/woff2;base64,${font});
        }
        ${{ markup: readFileSync(join(root, 'src', 'web', 'tokens.css'), 'utf8') }} * {
          box-sizing: border-box;
          margin: 0;
        }
        body {
          inline-size: 1200px;
          block-size: 630px;
          padding: 76px 88px 70px;
          display: flex;
          flex-direction: column;
          font-family: Vazirmatn;
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
          line-height: 1.7;
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
      <h1>${sharingPicture.name.fa}</h1>
      <p>${sharingPicture.about.fa}</p>
      <ol>
        ${stages.map(([key, word]) => html`<li><i style="background: var(--stage-${key})"></i>${word}</li>`)}
      </ol>
    </html>`;

/** Draws the picture of the public pages anew, after a change of its words, colours or letters. */
export async function drawSharing(): Promise<void> {
  const files = join(root, 'node_modules', '@fontsource-variable', 'vazirmatn', 'files');
  const font = readFileSync(join(files, 'vazirmatn-arabic-wght-normal.woff2')).toString('base64');
  const browser = await openBrowser();
  try {
    const { width, height } = sharingPicture;
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
    await page.setContent(drawing(font).markup);
    await page.evaluate('document.fonts.ready');
    writeFileSync(join(root, ...sharingPicture.file), await page.screenshot({ type: 'png' }));
  } finally {
    await browser.close();
  }
}

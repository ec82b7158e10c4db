import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { bytesFrom, isKnown, sendBytes } from './bytes.ts';
import type { Server } from './http.ts';
import { type Language, type SiteLink, fontPath, sharingPicture } from './site.ts';

/** Persian text needs no more of the font than these letters, digits and signs, in weights from 400 to 700. */
const letters: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xab, 0xab],
  [0xbb, 0xbb],
  [0x60c, 0x60c],
  [0x61b, 0x61f],
  [0x621, 0x63a],
  [0x640, 0x655],
  [0x66a, 0x66c],
  [0x670, 0x670],
  [0x67e, 0x67e],
  [0x686, 0x686],
  [0x698, 0x698],
  [0x6a9, 0x6af],
  [0x6c0, 0x6cc],
  [0x6f0, 0x6f9],
  [0x200c, 0x200f],
  [0x2013, 0x2026],
];

const lettersText = letters
  .flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)),
  )
  .join('');

declare module 'fastify' {
  interface FastifyInstance {
    /** The sections that every public page leads to; `app.ts` names them. */
    siteLinks: readonly SiteLink[];
    /** Pages below the sections that the map of the site names too; rooms add theirs. */
    sitePlaces: string[];
    siteStyle: string;
    siteSharing: Readonly<Record<Language, string>>;
    /** Vazirmatn with the letters of the public pages alone. */
    siteFont: () => Promise<Buffer>;
    /** Whether the records are made up: every page says so. */
    isDemonstration: () => Promise<boolean>;
  }
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

/** The style, the pictures and the font of the public pages, made once when the server is built. */
export function serveSite(
  app: Server,
  {
    root,
    links,
    isDemonstration,
  }: {
    readonly root: string;
    readonly links: readonly SiteLink[];
    readonly isDemonstration: () => Promise<boolean>;
  },
): void {
  const read = (...names: string[]): Buffer => readFileSync(join(root, ...names));
  const style = Buffer.concat([read('src', 'web', 'tokens.css'), read('src', 'web', 'public.css')]);
  const sharing = { fa: read(...sharingPicture.files.fa), en: read(...sharingPicture.files.en) };
  app.decorate('siteLinks', links);
  app.decorate('sitePlaces', []);
  app.decorate('isDemonstration', isDemonstration);
  app.decorate('siteStyle', `/public/style-${hashOf(style)}.css`);
  app.decorate('siteSharing', {
    fa: `/public/sharing-${hashOf(sharing.fa)}.png`,
    en: `/public/sharing-${hashOf(sharing.en)}.png`,
  });
  let font: Promise<Buffer> | undefined;
  const hidden = { schema: { hide: true } };
  const styleBytes = bytesFrom([style.toString()]);
  app.get(app.siteStyle, hidden, (request, reply) => {
    void reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=31536000, immutable');
    return sendBytes(request, reply, styleBytes);
  });
  for (const language of ['fa', 'en'] as const)
    app.get(app.siteSharing[language], hidden, (_request, reply) =>
      reply
        .type('image/png')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(sharing[language]),
    );
  app.decorate('siteFont', () => {
    font ??= subsetFont(
      read(
        'node_modules',
        '@fontsource-variable',
        'vazirmatn',
        'files',
        'vazirmatn-arabic-wght-normal.woff2',
      ),
      lettersText,
      { targetFormat: 'woff2', variationAxes: { wght: { min: 400, max: 700 } } },
    );
    return font;
  });
  app.get(fontPath, hidden, async (request, reply) => {
    const bytes = await app.siteFont();
    const tag = `"${hashOf(bytes)}"`;
    void reply.header('cache-control', 'public, max-age=604800').header('etag', tag);
    return isKnown(request, tag) ? reply.code(304).send() : reply.type('font/woff2').send(bytes);
  });
}

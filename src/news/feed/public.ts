import { escaped } from '#kernel/html.ts';
import { type Language, alternates, pathIn } from '#platform/site.ts';
import { type PublicItem, itemPath } from '../item/contract.ts';
import { wordsOf } from '../item/public.ts';
import { categoryWords, itemLabels } from '../item/words.ts';
import type { Place } from './contract.ts';

/** The newest items as an Atom feed (RFC 4287); `origin` is the scheme and host under which it was asked for. */
export function atomFeed(items: readonly PublicItem[], origin: string, language: Language): string {
  const address = `${origin}${pathIn(language, '/news')}`;
  const updated = items[0]?.changedAt ?? new Date(0);
  const newest = items.reduce((at, { changedAt }) => (changedAt > at ? changedAt : at), updated);
  const entries = items.map((item) => {
    const { title, summary, lang } = wordsOf(item, language);
    const link = `${origin}${pathIn(language, itemPath(item.itemId))}`;
    return (
      `<entry xml:lang="${lang}"><id>urn:uuid:${item.itemId}</id><title>${escaped(title)}</title>` +
      `<link rel="alternate" type="text/html" href="${escaped(link)}"/>` +
      `<published>${item.publishedAt.toISOString()}</published><updated>${item.changedAt.toISOString()}</updated>` +
      `<author><name>${escaped(language === 'en' ? item.provinceEn : item.provinceFa)}</name></author>` +
      `<category term="${item.category}" label="${escaped(categoryWords[item.category][language])}"/>` +
      `<summary>${escaped(summary)}</summary></entry>`
    );
  });
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">` +
    `<id>${escaped(address)}</id><title>${escaped(itemLabels.news[language])}</title>` +
    `<link rel="self" type="application/atom+xml" href="${escaped(`${address}/feed.xml`)}"/>` +
    `<link rel="alternate" type="text/html" href="${escaped(address)}"/>` +
    `<updated>${newest.toISOString()}</updated>${entries.join('')}</feed>\n`
  );
}

/** Every public address in both languages for search engines, each with its fellows in the other ones. */
export function siteMap(places: readonly Place[], origin: string): string {
  const urls = places.flatMap(({ path, changedAt }) => {
    const changed = changedAt === null ? '' : `<lastmod>${changedAt.toISOString()}</lastmod>`;
    const fellows = alternates(path)
      .map(([name, at]) => `<xhtml:link rel="alternate" hreflang="${name}" href="${escaped(origin + at)}"/>`)
      .join('');
    return (['fa', 'en'] as const).map(
      (language) =>
        `<url><loc>${escaped(`${origin}${pathIn(language, path)}`)}</loc>${changed}${fellows}</url>`,
    );
  });
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" ' +
    `xmlns:xhtml="http://www.w3.org/1999/xhtml">${urls.join('')}</urlset>\n`
  );
}

/** The desk and the interface are nothing for search engines; the rest is public. */
export const robotsText = (origin: string): string =>
  `User-agent: *\nDisallow: /desk\nDisallow: /api\nDisallow: /comments\nDisallow: /en/comments\nSitemap: ${origin}/sitemap.xml\n`;

import { roleWords } from '#access/words.ts';
import { figurePath } from '#evidence/publication/contract.ts';
import { stateWords as figureStateWords } from '#evidence/publication/words.ts';
import { sayReason, verdictWords } from '#evidence/words.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type SitePage, pathIn } from '#platform/site.ts';
import { type Language, dayText, grouped, instantText, moneyText, pointsOf } from '#web/format.ts';
import type { Comment } from '../comment/contract.ts';
import { commentsPart } from '../comment/public.ts';
import type { Image } from '../image/contract.ts';
import type { Rating } from '../rating/contract.ts';
import { ratingPart, ratingText } from '../rating/public.ts';
import {
  type Erratum,
  type KeptFinding,
  type LinkedFigure,
  type PublicItem,
  categories,
  itemPath,
} from './contract.ts';
import { type Inline, blocksOf } from './markup.ts';
import { averageOf, longestSearch, toldOnce } from './rules.ts';
import { categoryWords, itemLabels as label, signedWords } from './words.ts';

const said =
  (language: Language) =>
  (text: Bilingual): string =>
    text[language];

/** The words of an item in a language; an item without English is read in Persian there too. */
export function wordsOf(item: PublicItem, language: Language) {
  if (language === 'en' && item.titleEn !== null && item.summaryEn !== null && item.bodyEn !== null)
    return { title: item.titleEn, summary: item.summaryEn, body: item.bodyEn, lang: 'en' as const };
  return { title: item.titleFa, summary: item.summaryFa, body: item.bodyFa, lang: 'fa' as const };
}
/** The title above the window and where the address is shared: neither can say its language but in words. */
function titleOf(item: PublicItem): Bilingual {
  const { title, lang } = wordsOf(item, 'en');
  return { fa: item.titleFa, en: lang === 'en' ? title : `${title} (${label.inPersian.en})` };
}
const placeOf = ({ provinceFa, provinceEn }: PublicItem): Bilingual => ({ fa: provinceFa, en: provinceEn });

/** The direction of a text, where it is not that of the page. */
const spoken = (lang: Language, language: Language): Html | null =>
  lang === language ? null : html` lang="${lang}" dir="${lang === 'fa' ? 'rtl' : 'ltr'}"`;

/** Beside an item that is read in Persian on an English page, so that a reader knows before they open it. */
const languageMark = (lang: Language, language: Language): Html | null =>
  lang === language ? null : html` · <strong>${label.inPersian[language]}</strong>`;

export type ItemDrawn = {
  readonly item: PublicItem;
  readonly errata: readonly Erratum[];
  readonly figures: readonly LinkedFigure[];
  readonly images: readonly Image[];
  readonly related: readonly PublicItem[];
  readonly rating: Rating;
  readonly comments: readonly Comment[];
  readonly commentCount: number;
  readonly publishes: boolean;
  readonly next: string | null;
  readonly language: Language;
  /** Scheme and host under which the page was asked for: paper needs whole addresses. */
  readonly origin: string;
  /** Stars that the reader has just given. */
  readonly yours: number | null;
};

/** What an item says for itself, without stars, comments and other items. */
type TextDrawn = Pick<ItemDrawn, 'item' | 'errata' | 'figures' | 'images' | 'language' | 'origin'> & {
  /** Where its pictures are; without it where everybody sees them. */
  readonly picturesAt?: string;
};

const inlines = (
  parts: readonly Inline[],
  { language, origin }: Pick<ItemDrawn, 'language' | 'origin'>,
): Html[] =>
  parts.map((part) =>
    part.kind === 'text'
      ? html`${part.text}`
      : html`<a class="linked" href="${pathIn(language, figurePath(part.id))}">${part.text}</a
          ><span class="paper" dir="ltr"> (${origin}${pathIn(language, figurePath(part.id))})</span>`,
  );

function bodyOf(drawn: TextDrawn): Html {
  const { item, images, language, picturesAt } = drawn;
  const { body, lang } = wordsOf(item, language);
  const blocks = blocksOf(body).map((block) => {
    switch (block.kind) {
      case 'heading':
        return html`<h2>${inlines(block.parts, drawn)}</h2>`;
      case 'paragraph':
        return html`<p>${inlines(block.parts, drawn)}</p>`;
      case 'list':
        return html`<ul>
          ${block.items.map((parts) => html`<li>${inlines(parts, drawn)}</li>`)}
        </ul>`;
      case 'image': {
        const image = images.find(({ imageId }) => imageId === block.id);
        if (image === undefined) return html``;
        const alt = lang === 'en' ? image.altEn : image.altFa;
        return html`<figure>
          <img
            src="${picturesAt ?? `${itemPath(item.itemId)}/images`}/${image.imageId}"
            alt="${alt}"
            width="${image.width}"
            height="${image.height}"
            loading="lazy"
          />
          <figcaption class="small">${alt}</figcaption>
        </figure>`;
      }
    }
  });
  return html`<div class="text" ${spoken(lang, language)}>${blocks}</div>`;
}

function valueText({ unit, value }: LinkedFigure, language: Language): string {
  if (unit === 'rial') return moneyText(BigInt(value), language);
  return unit === 'percent' ? pointsOf(value, language) : grouped(BigInt(value), language);
}

const roleNames: Readonly<Record<string, Bilingual>> = roleWords;

/** What the records say against a figure, and why the text is public nonetheless. */
function dissent({ item, language }: TextDrawn): Html | null {
  const tell = said(language);
  if (item.contradicted === 0) return null;
  const against = item.findings.filter(({ verdict }) => verdict === 'contradicted');
  return html`<div class="note red" role="note">
    <p><strong>${tell(label.contradicted)}</strong></p>
    <ul>
      ${against.map((one) => html`<li>«<bdi>${one.text}</bdi>»: ${tell(reasonOf(one))}</li>`)}
    </ul>
    ${
      item.reason === null
        ? null
        : html`<p>
            ${tell(label.nonetheless)}
            (${tell(signedWords(item.publishedRole, roleNames[item.publishedRole] ?? label.news))}):
            <span dir="auto">${item.reason}</span>
          </p>`
    }
  </div>`;
}

const reasonOf = (one: KeptFinding): Bilingual =>
  sayReason({ ...one, start: 0, end: 0, indicator: null, stated: null, records: null });

function errataPart({ errata, language }: TextDrawn): Html | null {
  const tell = said(language);
  if (errata.length === 0) return null;
  return html`<aside class="note amber" aria-label="${tell(label.errata)}">
    <p><strong>${tell(label.corrected)}</strong></p>
    <ul>
      ${errata.map((one) => html`<li>${instantText(one.publishedAt.toISOString(), language)}: <span dir="auto">${one.note}</span></li>`)}
    </ul>
  </aside>`;
}

const comma: Bilingual = { fa: '،', en: ',' };

/** The figures that the text leads to as they stand today, and what the check said of every figure. */
function evidencePart({ item, figures, language, origin }: TextDrawn): Html {
  const tell = said(language);
  const list =
    figures.length === 0
      ? null
      : html`<h2>${tell(label.figures)}</h2>
          <ul>
            ${figures.map(
              (one) =>
                html`<li>
                  <a href="${pathIn(language, figurePath(one.id))}"
                    >${tell(one.title)}${tell(comma)} ${tell(one.place)}</a
                  >:
                  <strong>${valueText(one, language)}</strong>
                  (${tell(figureStateNames[one.state] ?? label.figures)})
                  <span class="paper" dir="ltr">${origin}${pathIn(language, figurePath(one.id))}</span>
                </li>`,
            )}
          </ul>`;
  const findings = toldOnce(item.findings);
  const checked =
    findings.length === 0
      ? null
      : html`<details>
          <summary>${tell(label.findings)} (${grouped(findings.length, language)})</summary>
          <ul>
            ${findings.map((one) => html`<li>«<bdi>${one.text}</bdi>»: <strong>${tell(verdictWords[one.verdict])}</strong>. ${tell(reasonOf(one))}</li>`)}
          </ul>
        </details>`;
  return html`${list}${checked}`;
}
const figureStateNames: Readonly<Record<string, Bilingual>> = figureStateWords;

function metaLine({ item, errata, language }: TextDrawn): Html {
  const tell = said(language);
  const time = (at: Date): Html =>
    html`<time datetime="${at.toISOString()}">${instantText(at.toISOString(), language)}</time>`;
  return html`<p class="small">
      ${tell(placeOf(item))} ·
      <a href="${pathIn(language, '/news')}?category=${item.category}"
        >${tell(categoryWords[item.category])}</a
      >
      · ${tell(label.day)}
      <time datetime="${isoOf(item.datedOn)}">${dayText(isoOf(item.datedOn), language)}</time>
      · ${tell(label.published)}
      ${time(item.publishedAt)}${errata.length === 0 ? null : html` · ${tell(label.changed)} ${time(item.changedAt)}`}
    </p>
    ${
      item.tags.length === 0
        ? null
        : html`<p class="tags">
            ${item.tags.map((tag) => html`<a href="${pathIn(language, '/news')}?tag=${encodeURIComponent(tag)}" dir="auto">${tag}</a> `)}
          </p>`
    }`;
}

/** JSON in a script element: no text can end the element. */
const dataOf = (value: unknown): Html => ({
  markup: `<script type="application/ld+json">${JSON.stringify(value).replaceAll('<', String.raw`\u003c`)}</script>`,
});

function headOf({ item, rating, commentCount, language }: ItemDrawn): Html {
  const { title, summary, lang } = wordsOf(item, language);
  const average = averageOf(rating);
  return html`<meta property="og:type" content="article" />
    <meta property="article:published_time" content="${item.publishedAt.toISOString()}" />
    <meta property="article:modified_time" content="${item.changedAt.toISOString()}" />
    <link
      rel="alternate"
      type="application/atom+xml"
      href="${pathIn(language, '/news/feed.xml')}"
      title="${label.feed[language]}"
    />
    ${dataOf({
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      headline: title,
      description: summary,
      inLanguage: lang,
      datePublished: item.publishedAt.toISOString(),
      dateModified: item.changedAt.toISOString(),
      articleSection: categoryWords[item.category][language],
      keywords: item.tags,
      commentCount,
      contentLocation: { '@type': 'Place', name: placeOf(item)[language] },
      ...(average === null
        ? {}
        : {
            aggregateRating: {
              '@type': 'AggregateRating',
              ratingValue: average,
              ratingCount: rating.count,
              bestRating: 5,
              worstRating: 1,
            },
          }),
    })}`;
}

/** The first picture that stands in the text. */
function pictureOf({ item, images }: ItemDrawn): Pick<SitePage, 'picture'> {
  const shown = images
    .map((image) => ({ image, at: item.bodyFa.indexOf(image.imageId) }))
    .filter(({ at }) => at !== -1)
    .toSorted((one, other) => one.at - other.at)[0]?.image;
  if (shown === undefined) return {};
  const { imageId, altFa, altEn, width, height } = shown;
  const path = `${itemPath(item.itemId)}/images/${imageId}`;
  return { picture: { path, says: { fa: altFa, en: altEn }, width, height } };
}

function articlePart(drawn: TextDrawn): Html {
  const { item, language } = drawn;
  const tell = said(language);
  const { title, summary, lang } = wordsOf(item, language);
  const open = item.state !== 'archived';
  return html`<article class="item">
    <h1 ${spoken(lang, language)}>${title}</h1>
    ${metaLine(drawn)} ${lang === language ? null : html`<p class="note">${tell(label.persianOnly)}</p>`}
    ${open ? null : html`<p class="note amber">${tell(label.archived)}</p>`} ${errataPart(drawn)}
    <p class="lead" ${spoken(lang, language)}>${summary}</p>
    ${dissent(drawn)} ${bodyOf(drawn)} ${evidencePart(drawn)}
    <p class="paper small">
      ${tell(label.address)}: <bdi dir="ltr">${drawn.origin}${pathIn(language, itemPath(item.itemId))}</bdi>
    </p>
  </article>`;
}

/** An item as everybody will read it, for those who read it before; nothing on it can be sent. */
export function previewPage(drawn: Required<TextDrawn> & { readonly other: string }): SitePage {
  const { item, language, other } = drawn;
  const tell = said(language);
  return {
    title: titleOf(item),
    description: label.previewed,
    hidden: true,
    path: itemPath(item.itemId),
    other,
    body: html`<p class="note amber" role="note">
        <strong>${tell(label.preview)}.</strong> ${tell(label.previewed)}
      </p>
      ${articlePart(drawn)}`,
  };
}

/** A published item with its figures, stars and comments. */
export function itemPage(drawn: ItemDrawn): SitePage {
  const { item, language, related } = drawn;
  const tell = said(language);
  const open = item.state !== 'archived';
  return {
    title: titleOf(item),
    description: { fa: item.summaryFa, en: item.summaryEn ?? item.summaryFa },
    head: headOf(drawn),
    ...pictureOf(drawn),
    body: html`${articlePart(drawn)}
      ${ratingPart({ itemId: item.itemId, rating: drawn.rating, language, yours: drawn.yours, open })}
      ${commentsPart({ itemId: item.itemId, comments: drawn.comments, count: drawn.commentCount, next: drawn.next, publishes: drawn.publishes, language, open })}
      ${
        related.length === 0
          ? null
          : html`<section>
              <h2>${tell(label.related)}</h2>
              <ul>
                ${related.map((other) => html`<li>${linkTo(other, language)}${languageMark(wordsOf(other, language).lang, language)}</li>`)}
              </ul>
            </section>`
      }
      <p><a href="${pathIn(language, '/news')}">${tell(label.all)}</a></p>`,
  };
}

function linkTo(item: PublicItem, language: Language): Html {
  const { title, lang } = wordsOf(item, language);
  return html`<a href="${pathIn(language, itemPath(item.itemId))}" ${spoken(lang, language)}>${title}</a>`;
}

export type Listed = { readonly item: PublicItem; readonly rating: Rating; readonly comments: number };

export type ListDrawn = {
  readonly items: readonly Listed[];
  readonly next: string | null;
  readonly asked: { readonly q: string; readonly category: string; readonly tag: string };
  /** Why nothing was looked for. */
  readonly fault: 'long' | 'unreadable' | null;
  /** Whether it is a later page of the list. */
  readonly later: boolean;
  readonly language: Language;
};

/** An item in a list, under a heading of the level that the page has for it. */
export function listedPart(
  { item, rating, comments }: Listed,
  language: Language,
  level: 'h2' | 'h3' = 'h2',
): Html {
  const { summary, lang } = wordsOf(item, language);
  const stars = ratingText(rating, language);
  return html`<li>
    ${level === 'h2' ? html`<h2>${linkTo(item, language)}</h2>` : html`<h3>${linkTo(item, language)}</h3>`}
    <p ${spoken(lang, language)}>${summary}</p>
    <p class="small">
      ${placeOf(item)[language]} · ${categoryWords[item.category][language]} · ${label.published[language]}
      ${dayText(isoOf(dayOfInstant(item.publishedAt.getTime())), language)}${languageMark(lang, language)}${stars === null ? null : html` · ${stars}`}${comments === 0 ? null : html` · ${grouped(comments, language)} ${comments === 1 ? label.comment[language] : label.comments[language]}`}
    </p>
  </li>`;
}

function searchForm({ asked, language }: ListDrawn): Html {
  const tell = said(language);
  return html`<form class="form find" method="get" action="${pathIn(language, '/news')}" role="search">
    <label
      >${tell(label.search)}<input
        name="q"
        type="search"
        maxlength="${longestSearch}"
        value="${asked.q}"
        dir="auto"
    /></label>
    <label
      >${tell(label.category)}<select name="category">
        <option value="">${tell(label.allCategories)}</option>
        ${categories.map((key) => html`<option value="${key}" ${asked.category === key ? html` selected` : null}>${tell(categoryWords[key])}</option>`)}
      </select></label
    >
    ${asked.tag === '' ? null : html`<input type="hidden" name="tag" value="${asked.tag}" />`}
    <button type="submit">${tell(label.find)}</button>
  </form>`;
}

const isAskedFor = ({ q, category, tag }: ListDrawn['asked']): boolean =>
  q.trim() !== '' || category !== '' || tag !== '';

/** Why the list is empty: the search was not made, nothing was found, or there is no news yet. */
function emptyNote({ fault, asked, later, language }: ListDrawn): Html {
  const tell = said(language);
  if (fault !== null)
    return html`<div class="note red" role="alert">
      <p>${tell(fault === 'long' ? label.searchLong : label.searchUnreadable)}</p>
    </div>`;
  const [none, help] =
    isAskedFor(asked) || later ? [label.none, label.noneHelp] : [label.noneYet, label.noneYetHelp];
  return html`<div class="note">
    <p><strong>${tell(none)}.</strong> ${tell(help)}</p>
  </div>`;
}

/** The list of news with its search. */
export function newsPage(drawn: ListDrawn): SitePage {
  const { items, next, asked, fault, language } = drawn;
  const tell = said(language);
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  if (next !== null) query.set('cursor', next);
  return {
    title: label.news,
    description: label.newsHelp,
    hidden: isAskedFor(asked) || fault !== null,
    ...(fault === null ? {} : { status: 400 }),
    head: html`<link
      rel="alternate"
      type="application/atom+xml"
      href="${pathIn(language, '/news/feed.xml')}"
      title="${tell(label.feed)}"
    />`,
    body: html`<h1>${tell(label.news)}</h1>
      <p class="lead">${tell(label.newsHelp)}</p>
      ${searchForm(drawn)}
      ${asked.tag === '' ? null : html`<p>${tell(label.tag)}: <strong dir="auto">${asked.tag}</strong> · <a href="${pathIn(language, '/news')}">${tell(label.all)}</a></p>`}
      ${
        items.length === 0
          ? emptyNote(drawn)
          : html`<ul class="plain">
              ${items.map((one) => listedPart(one, language))}
            </ul>`
      }
      ${next === null ? null : html`<p><a href="${pathIn(language, '/news')}?${query.toString()}">${tell(label.older)}</a></p>`}
      <p class="small"><a href="${pathIn(language, '/news/feed.xml')}">${tell(label.feed)}</a></p>`,
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Bytes, bytesFrom, sendBytes } from './bytes.ts';
import type { Server } from './http.ts';
import { originOf } from './origin.ts';
import { ProblemError } from './problem.ts';

/**
 * The frame of the pages that anybody may read: made on the server, whole without JavaScript, in Persian at an
 * address and in English at the same one under `/en`. Nothing is loaded from another host.
 */
export type Language = 'fa' | 'en';

/** An address that a page has left, or never had but by another spelling: the reader is led to the one it stands at. */
export type Moved = { readonly movedTo: string };

export type SitePage = {
  readonly title: Bilingual;
  /** One sentence for search engines and for whoever shares the address. */
  readonly description: Bilingual;
  readonly body: Html;
  readonly status?: number;
  /** For a page that is not to be found by search engines: a status, a search. */
  readonly hidden?: boolean;
  /** For a page of one reader: nothing between us keeps it, nor their browser for who sits there next. */
  readonly personal?: boolean;
  /** The address to which the page belongs, where the one that was asked for has no page of its own. */
  readonly path?: string;
  /** Where the page stands in the other language, where that is not the same address under `/en`. */
  readonly other?: string;
  /** What else stands in the head: feeds, structured data. */
  readonly head?: Html;
  /** The picture beside the address where somebody shares it. */
  readonly picture?: {
    readonly path: string;
    readonly says: Bilingual;
    readonly width: number;
    readonly height: number;
  };
};

/**
 * Where a key of a form is to stand: each sent page draws its own, so that a page may be made once for many readers
 * and every form still acts once (L5). No text can hold this sign: it is refused at the door.
 */
export const formKey: Html = { markup: '\0' };

/** A form of one field, `number`, by which something is asked for at an address. */
export type Ask = {
  readonly path: string;
  readonly label: Bilingual;
  readonly button: Bilingual;
};

/** A section of the public pages. What it `asks` the front page asks as well. */
export type SiteLink = {
  readonly path: string;
  readonly label: Bilingual;
  /** What it is called at the head of each page, where the label is longer than that. */
  readonly brief?: Bilingual;
  readonly about: Bilingual;
  readonly asks?: Ask;
  /** Named at the foot of each page and not at its head. */
  readonly foot?: boolean;
  /** One of the registers: at the head of each page they are one section, and beside one another on their own pages. */
  readonly register?: boolean;
};

const words = {
  name: { fa: 'کارساز', en: 'Karsaz' },
  whose: {
    fa: 'اعتبار اشتغال، از ابلاغ تا پرداخت، با سند هر رقم',
    en: 'employment credit from notification to payment, each figure with its records',
  },
  skip: { fa: 'به متن صفحه', en: 'To the text' },
  other: { fa: 'English', en: 'فارسی' },
  sections: { fa: 'بخش‌ها', en: 'Sections' },
  registers: { fa: 'فهرست‌ها', en: 'Registers' },
  desk: { fa: 'میز کار', en: 'Desk' },
  foot: { fa: 'پیوندهای پایین صفحه', en: 'Links at the foot' },
  front: { fa: 'به صفحهٔ نخست', en: 'To the first page' },
  records: { fa: 'دربارهٔ این داده‌ها', en: 'About these records' },
  demonstration: {
    fa: 'این داده‌ها نمایشی است؛ هیچ رقمی در آن واقعی نیست.',
    en: 'These are made-up records; no figure here is real.',
  },
} as const satisfies Record<string, Bilingual>;

/** Where the font of the public pages is served. */
export const fontPath = '/public/vazirmatn.woff2';

/** The pictures of pages that have none of their own; `npm run sharing` draws them, because drawing takes a browser. */
export const sharingPicture = {
  name: words.name,
  about: words.whose,
  files: { fa: ['src', 'web', 'sharing-fa.png'], en: ['src', 'web', 'sharing-en.png'] },
  width: 1200,
  height: 630,
} as const;
const sharingSays: Bilingual = {
  fa: `${words.name.fa}: ${words.whose.fa}`,
  en: `${words.name.en}: ${words.whose.en}`,
};

/** Where a page stands in a language, from its Persian address. */
export const pathIn = (language: Language, path: string): string =>
  language === 'fa' ? path : path === '/' ? '/en' : `/en${path}`;
/** The address in each language, itself included, and where whoever speaks neither is led: to the Persian one. */
export const alternates = (path: string): readonly (readonly [language: string, path: string])[] => [
  ['fa', pathIn('fa', path)],
  ['en', pathIn('en', path)],
  ['x-default', pathIn('fa', path)],
];
export const isEnglish = (path: string): boolean => /^\/en(?:\/|$)/.test(path);

/** The form of an `Ask`, with what was typed; where several stand on a page, each says whose it is. */
export function askForm(
  { path, label, button }: Ask,
  asked: { readonly language: Language; readonly typed?: string; readonly whose?: Bilingual },
): Html {
  const { language, typed = '', whose } = asked;
  return html`<form
    class="form"
    method="get"
    action="${pathIn(language, path)}"
    ${whose === undefined ? null : html` aria-label="${whose[language]}"`}
  >
    <label
      >${label[language]}
      <input
        name="number"
        required
        dir="ltr"
        inputmode="numeric"
        autocomplete="off"
        maxlength="40"
        value="${typed}"
      />
    </label>
    <button class="button" type="submit">${button[language]}</button>
  </form>`;
}

type Framed = {
  readonly page: SitePage;
  readonly language: Language;
  /** The Persian address of the page. */
  readonly path: string;
  /** Where the page was asked for, for whoever shares its address. */
  readonly origin: string;
  readonly links: readonly SiteLink[];
  readonly style: string;
  /** Where the picture of pages without one is served. */
  readonly sharing: string;
  readonly demonstration: boolean;
};

/** What a messenger or a network shows of the page where somebody shares its address; it wants whole addresses. */
function sharedPart({ page, language, path, origin, sharing }: Framed): Html {
  const { width, height } = sharingPicture;
  const picture = page.picture ?? { path: sharing, says: sharingSays, width, height };
  return html`<meta property="og:site_name" content="${words.name[language]}" />
    <meta property="og:title" content="${page.title[language]}" />
    <meta property="og:description" content="${page.description[language]}" />
    <meta property="og:locale" content="${language === 'fa' ? 'fa_IR' : 'en'}" />
    <meta property="og:url" content="${origin}${pathIn(language, path)}" />
    <meta name="twitter:card" content="summary_large_image" />
    <meta property="og:image" content="${origin}${picture.path}" />
    <meta property="og:image:alt" content="${picture.says[language]}" />
    <meta property="og:image:width" content="${picture.width}" />
    <meta property="og:image:height" content="${picture.height}" />`;
}

/** The sections at the head of a page, the one it belongs to marked; on a page of a register the others stand below. */
function headPart({ language, path, links }: Framed): Html {
  const heads = links.filter(({ foot, register }) => foot !== true && register !== true);
  const registers = links.filter(({ register }) => register === true);
  const isRegister = registers.some((link) => path === link.path || path.startsWith(`${link.path}/`));
  const anchor = (link: Pick<SiteLink, 'path' | 'label' | 'brief'>, current: 'page' | 'true' | null): Html =>
    html`<a
      href="${pathIn(language, link.path)}"
      ${current === null ? null : html` aria-current="${current}"`}
      >${(link.brief ?? link.label)[language]}</a
    >`;
  const own = (link: SiteLink): Html => anchor(link, path === link.path ? 'page' : null);
  const [first] = registers;
  return html`<nav aria-label="${words.sections[language]}">
      ${heads.map(own)}
      ${first === undefined ? null : anchor({ path: first.path, label: words.registers }, isRegister ? 'true' : null)}
    </nav>
    ${isRegister ? html`<nav class="registers" aria-label="${words.registers[language]}">${registers.map(own)}</nav>` : null}`;
}

function framed(asked: Framed): string {
  const { page, language, path, origin, links, style, demonstration } = asked;
  const say = (text: Bilingual): string => text[language];
  const other = language === 'fa' ? 'en' : 'fa';
  const otherPath = page.other ?? pathIn(other, path);
  const feet = links.filter((link) => link.foot === true);
  return html`<!doctype html>
    <html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${say(page.title)} · ${say(words.name)}</title>
        <meta name="description" content="${say(page.description)}" />
        ${sharedPart(asked)} ${page.hidden === true ? html`<meta name="robots" content="noindex" />` : null}
        ${page.head ?? null}
        <link rel="canonical" href="${origin}${pathIn(language, path)}" />
        ${alternates(path).map(([name, at]) => html`<link rel="alternate" hreflang="${name}" href="${origin}${at}" />`)}
        <link rel="preload" href="${fontPath}" as="font" type="font/woff2" crossorigin />
        <link rel="stylesheet" href="${style}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#text">${say(words.skip)}</a>
        ${demonstration ? html`<aside class="made-up" aria-label="${say(words.records)}">${say(words.demonstration)}</aside>` : null}
        <header class="head">
          <a class="name" href="${pathIn(language, '/')}">${say(words.name)}</a>
          ${headPart(asked)}
          <a class="other" href="${otherPath}" lang="${other}" hreflang="${other}">${say(words.other)}</a>
        </header>
        <main id="text">${page.body}</main>
        <footer class="foot">
          <p>${say(words.name)}: ${say(words.whose)}</p>
          <nav aria-label="${say(words.foot)}">
            ${feet.map((link) => html`<a href="${pathIn(language, link.path)}">${say(link.label)}</a>`)}
            <a href="/desk/">${say(words.desk)}</a>
          </nav>
        </footer>
      </body>
    </html>`.markup;
}

/** Answers a page at its address and, in English, under `/en`. The handler gives back the page, or null when it has answered. */
export function servePage<Params>(
  app: Server,
  path: string,
  draw: (
    request: FastifyRequest<{ Params: Params }>,
    language: Language,
    reply: FastifyReply,
  ) => Promise<SitePage | Moved | null>,
  /** Requests of one address in a minute, where a page must not be asked through number by number. */
  mostPerMinute?: number,
): void {
  for (const language of ['fa', 'en'] as const) {
    const address = pathIn(language, path);
    app.get<{ Params: Params }>(
      address,
      {
        schema: { hide: true },
        ...(mostPerMinute === undefined
          ? {}
          : { config: { rateLimit: { max: mostPerMinute, timeWindow: 60_000 } } }),
      },
      async (request, reply) => {
        const drawn = await draw(request, language, reply);
        if (drawn === null) return reply;
        if (!('movedTo' in drawn)) return sendPage(request, reply, { page: drawn, language });
        const [, query] = request.url.split('?');
        const to = pathIn(language, drawn.movedTo);
        return reply.redirect(query === undefined ? to : `${to}?${query}`, 301);
      },
    );
    refuseOtherMethods(app, address);
  }
}

/** A page is only read: whoever would put or take away something at its address is told what can be done there. */
function refuseOtherMethods(app: Server, address: string): void {
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: address,
    schema: { hide: true },
    // Before the body is looked at, which may be of any kind.
    onRequest: (_request, reply, done) => {
      const allowed = ['GET', 'HEAD', ...(app.hasRoute({ method: 'POST', url: address }) ? ['POST'] : [])];
      void reply.header('allow', allowed.join(', '));
      done(otherMethod);
    },
    handler: () => {
      throw otherMethod;
    },
  });
}

const otherMethod = new ProblemError({
  status: 405,
  kind: 'OtherMethod',
  words: {
    fa: 'این نشانی صفحه‌ای خواندنی است؛ با این روش کاری با آن نمی‌شود کرد.',
    en: 'This address is a page to be read; nothing can be done with it by this method.',
  },
});

/** A page in its frame, at the address under which it was asked for. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { page, language }: { readonly page: SitePage; readonly language: Language },
): Promise<FastifyReply> {
  const { server } = request;
  const [whole = ''] = request.url.split('?');
  const asked = whole.length > 1 ? whole.replace(/\/$/, '') : whole;
  const own = isEnglish(asked) ? asked.slice('/en'.length) || '/' : asked;
  const bytes = bytesOf({
    page,
    language,
    path: page.path ?? own,
    origin: originOf(request),
    links: server.siteLinks,
    style: server.siteStyle,
    sharing: server.siteSharing[language],
    demonstration: await server.isDemonstration(),
  });
  void reply
    .code(page.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('cache-control', page.personal === true ? 'private, no-store' : keeping(bytes));
  return sendBytes(request, reply, bytes);
}

/** What may be kept on the way to many readers: no page whose forms are one reader's. */
const keeping = ({ plain }: Bytes): string => (plain.keysAt.length === 0 ? 'no-cache' : 'private, no-cache');

type Kept = { readonly framed: Omit<Framed, 'links' | 'style' | 'sharing'>; readonly bytes: Bytes };

/** The bytes of pages that are sent more than once, as long as the page itself is kept by its room. */
const kept = new WeakMap<SitePage, Kept>();

function bytesOf(asked: Framed): Bytes {
  const { page, language, path, origin, demonstration } = asked;
  const found = kept.get(page);
  if (
    found !== undefined &&
    found.framed.language === language &&
    found.framed.path === path &&
    found.framed.origin === origin &&
    found.framed.demonstration === demonstration
  )
    return found.bytes;
  const bytes = bytesFrom(framed(asked).split(formKey.markup));
  kept.set(page, { framed: { page, language, path, origin, demonstration }, bytes });
  return bytes;
}

const notPages = /^\/(?:api|desk|public)(?:\/|$)/;

/** Whether a browser asked for a public page, so that a problem is to be read by a person. */
export const wantsPage = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').includes('text/html') && !notPages.test(request.url.split('?')[0] ?? '');

/** A problem as a page: what happened and what to do. */
export const problemPage = (
  told: {
    readonly status: number;
    readonly title: Bilingual;
    readonly words: Bilingual;
  },
  language: Language,
): SitePage => ({
  title: told.title,
  description: told.words,
  status: told.status,
  hidden: true,
  body: html`<h1>${told.title[language]}</h1>
    <div class="note red" role="alert"><p>${told.words[language]}</p></div>
    <p><a href="${pathIn(language, '/')}">${words.front[language]}</a></p>`,
});

import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Drawn, type Typed, drawnAgain } from './form.ts';
import type { Server } from './http.ts';
import { provinceOf } from './once.ts';
import { ProblemError } from './problem.ts';
import { actorOf, mustBe } from './session.ts';
import { type Language, type SitePage, formKey, pathIn, sendPage, servePage } from './site.ts';

/**
 * The counter of an applicant: what the desk does for them, as pages that are whole without JavaScript. Each room
 * serves its own, in this frame.
 */
export const counter = {
  door: '/apply',
  signOut: '/apply/sign-out',
  cases: '/apply/cases',
  request: '/apply/request',
} as const;

const words = {
  sections: { fa: 'میز متقاضی', en: 'Applicant’s counter' },
  cases: { fa: 'پرونده‌های من', en: 'My cases' },
  request: { fa: 'درخواست تازه', en: 'A new request' },
  signOut: { fa: 'خروج', en: 'Sign out' },
  ended: { fa: 'نشست شما پایان یافته است', en: 'Your session has ended' },
  kept: {
    fa: 'آنچه نوشتید از دست نرفته است: در برگه‌ای تازه وارد شوید، سپس به همین صفحه برگردید و دوباره بفرستید.',
    en: 'What you wrote is not lost: sign in on a new tab, then come back to this page and send again.',
  },
  signIn: { fa: 'ورود در برگهٔ تازه', en: 'Sign in on a new tab' },
  sendAgain: { fa: 'فرستادن دوباره', en: 'Send again' },
} as const satisfies Record<string, Bilingual>;

/** A page of the counter for who is signed in: nobody else’s to find, and kept by no browser after its reader left. */
export const counterPage = (
  page: Pick<SitePage, 'title' | 'description' | 'body' | 'status' | 'path'>,
  language: Language,
): SitePage => ({
  ...page,
  hidden: true,
  personal: true,
  body: html`<div class="counter">
      <nav aria-label="${words.sections[language]}">
        <a href="${pathIn(language, counter.cases)}">${words.cases[language]}</a>
        <a href="${pathIn(language, counter.request)}">${words.request[language]}</a>
      </nav>
      <form method="post" action="${pathIn(language, counter.signOut)}">
        <button class="plain" type="submit">${words.signOut[language]}</button>
      </form>
    </div>
    ${page.body}`,
});

/** The hidden fields of a form: its key, and what it carries from the page before. */
export const hiddenPart = (carried: Typed = {}): Html =>
  html`<input type="hidden" name="idempotency_key" value="${formKey}" />${Object.entries(carried).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}`;

/** A form is drawn with the id of what it will make, so that a retry brings the same one (L5). */
export const newIdPart: Html = html`<input type="hidden" name="id" value="${formKey}" />`;

export type AtCounter<Params> = {
  readonly request: FastifyRequest<{ Params: Params }>;
  readonly language: Language;
  readonly actor: Actor;
  readonly provinceId: number;
};

/** Who stands at the counter; null where nobody is signed in. Other roles have the desk. */
async function atCounter<Params>(
  request: FastifyRequest<{ Params: Params }>,
  language: Language,
): Promise<AtCounter<Params> | null> {
  const actor = await actorOf(request);
  if (actor === null) return null;
  mustBe(actor, 'applicant');
  return { request, language, actor, provinceId: provinceOf(actor.scope) };
}

/** Leads whoever asks to the page that is theirs, as long as they are who they are. */
export const seeOther = (reply: FastifyReply, path: string, language: Language): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(pathIn(language, path), 303);

/** Answers a page to an applicant at its address and, in English, under `/en`; who is not signed in is led to the door. */
export function serveCounter<Params>(
  app: Server,
  path: string,
  draw: (at: AtCounter<Params>) => Promise<SitePage>,
): void {
  servePage<Params>(app, path, async (request, language, reply) => {
    const at = await atCounter(request, language);
    if (at !== null) return draw(at);
    void seeOther(reply, counter.door, language);
    return null;
  });
}

/** The fields of a form that was posted without files. */
export const typedIn = (body: unknown): Typed =>
  z
    .record(z.string(), z.string())
    .catch({})
    .parse(body ?? {});

/** Nobody writes so many forms in a minute by hand; many may share one address. */
const mostPerMinute = 40;

type Taking<Asked> = {
  /** Does what was asked, and says at which address it is seen, or gives back the next page. */
  readonly take: (asked: Asked, typed: Typed) => Promise<string | SitePage>;
  /** The page of the form with what is to be mended. */
  readonly draw: (asked: Asked, drawn: Drawn) => Promise<SitePage>;
};

async function answered<Asked>(
  { take, draw }: Taking<Asked>,
  asked: Asked,
  { request, reply, language }: { request: FastifyRequest; reply: FastifyReply; language: Language },
): Promise<FastifyReply> {
  const typed = typedIn(request.body);
  try {
    const done = await take(asked, typed);
    if (typeof done === 'string') return await reply.redirect(pathIn(language, done), 303);
    return await sendPage(request, reply, { page: done, language });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    request.problemKind = error.facts.kind;
    const page = await draw(asked, drawnAgain(error, typed));
    return sendPage(request, reply, { page, language });
  }
}

const limits = { config: { rateLimit: { max: mostPerMinute, timeWindow: 60_000 } }, schema: { hide: true } };

/** A form that was sent after the session had ended waits here, word by word, until its writer has signed in. */
function keptPage(
  { path, typed }: { readonly path: string; readonly typed: Typed },
  language: Language,
): SitePage {
  const tell = (text: Bilingual): string => text[language];
  return {
    title: words.ended,
    description: words.kept,
    path: counter.door,
    status: 401,
    hidden: true,
    personal: true,
    body: html`<h1>${tell(words.ended)}</h1>
      <p class="note amber" role="alert">${tell(words.kept)}</p>
      <p>
        <a class="button" href="${pathIn(language, counter.door)}" target="_blank">${tell(words.signIn)}</a>
      </p>
      <form class="form" method="post" action="${path}">
        ${hiddenPart(typed)}
        <button type="submit">${tell(words.sendAgain)}</button>
      </form>`,
  };
}

/** Who is not signed in is led to the door; what they typed into a form stays with them. */
function notSignedIn(request: FastifyRequest, reply: FastifyReply, language: Language) {
  const typed = typedIn(request.body);
  if (Object.keys(typed).length === 0) return seeOther(reply, counter.door, language);
  const [path = ''] = request.url.split('?');
  return sendPage(request, reply, { page: keptPage({ path, typed }, language), language });
}

/** Takes a form of an applicant; whatever is wrong with it comes back with every word that was typed. */
export function takeCounter<Params>(app: Server, path: string, taking: Taking<AtCounter<Params>>): void {
  for (const language of ['fa', 'en'] as const)
    app.post<{ Params: Params }>(pathIn(language, path), limits, async (request, reply) => {
      const at = await atCounter(request, language);
      return at === null
        ? notSignedIn(request, reply, language)
        : answered(taking, at, { request, reply, language });
    });
}

export type AtDoor = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly language: Language;
};

/** The same before anybody is signed in. */
export function takeAtDoor(app: Server, path: string, taking: Taking<AtDoor>): void {
  for (const language of ['fa', 'en'] as const)
    app.post(pathIn(language, path), limits, (request, reply) => {
      const at = { request, reply, language };
      return answered(taking, at, at);
    });
}

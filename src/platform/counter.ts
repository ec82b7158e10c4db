import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { type Html, html } from '#kernel/html.ts';
import { isId } from '#kernel/id.ts';
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
    fa: 'آنچه نوشتید از دست نرفته است: در برگه‌ای تازه با همان حساب وارد شوید، سپس به همین صفحه برگردید و دوباره بفرستید.',
    en: 'What you wrote is not lost: sign in with the same account on a new tab, then come back to this page and send again.',
  },
  holds: { fa: 'آنچه فرستاده می‌شود', en: 'What will be sent' },
  notTaken: {
    fa: 'مدرکی که فرستادید گرفته نشد. با همان حساب وارد شوید و فایل آن را دوباره بفرستید.',
    en: 'The file you sent was not taken. Sign in with the same account and send it again.',
  },
  toDoor: { fa: 'ورود', en: 'Sign in' },
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

export type AtDoor = {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly language: Language;
};

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

/** A form that was sent after the session had ended; `values` are those that its writer can read. */
type Kept = { readonly path: string; readonly typed: Typed; readonly values: readonly string[] };

const endedPage = (said: Bilingual, body: Html, language: Language): SitePage => ({
  title: words.ended,
  description: said,
  path: counter.door,
  status: 401,
  hidden: true,
  personal: true,
  body: html`<h1>${words.ended[language]}</h1>
    <p class="note amber" role="alert">${said[language]}</p>
    ${body}`,
});

/** It waits here, word by word, until its writer has signed in, who sees what is sent. */
const keptPage = ({ path, typed, values }: Kept, language: Language): SitePage =>
  endedPage(
    words.kept,
    html`<p>
        <a class="button" href="${pathIn(language, counter.door)}" target="_blank"
          >${words.signIn[language]}</a
        >
      </p>
      ${
        values.length === 0
          ? null
          : html`<h2>${words.holds[language]}</h2>
              <ul>
                ${values.map((value) => html`<li><bdi class="said">${value}</bdi></li>`)}
              </ul>`
      }
      <form class="form" method="post" action="${path}">
        ${hiddenPart(typed)}
        <button type="submit">${words.sendAgain[language]}</button>
      </form>`,
    language,
  );

/** A file cannot wait: no page may fill in the field of one. */
const notTakenPage = (language: Language): SitePage =>
  endedPage(
    words.notTaken,
    html`<p>
      <a class="button" href="${pathIn(language, counter.door)}">${words.toDoor[language]}</a>
    </p>`,
    language,
  );

/** Who is not signed in is led to the door; what they typed into a form stays with them. */
function notSignedIn(
  { request, reply, language }: AtDoor,
  unsaid: readonly string[],
): FastifyReply | Promise<FastifyReply> {
  if (request.isMultipart()) return sendPage(request, reply, { page: notTakenPage(language), language });
  const typed = typedIn(request.body);
  if (Object.keys(typed).length === 0) return seeOther(reply, counter.door, language);
  const [path = ''] = request.url.split('?');
  const values = Object.entries(typed)
    .filter(([name, value]) => !unsaid.includes(name) && value.trim() !== '' && !isId(value))
    .map(([, value]) => value);
  return sendPage(request, reply, { page: keptPage({ path, typed, values }, language), language });
}

type TakingHere<Asked> = Taking<Asked> & {
  /** Fields whose values tell a reader nothing: keys, codes and versions. */
  readonly unsaid?: readonly string[];
};

/** Takes a form of an applicant; whatever is wrong with it comes back with every word that was typed. */
export function takeCounter<Params>(
  app: Server,
  path: string,
  { unsaid = [], ...taking }: TakingHere<AtCounter<Params>>,
): void {
  for (const language of ['fa', 'en'] as const)
    app.post<{ Params: Params }>(pathIn(language, path), limits, async (request, reply) => {
      const at = await atCounter(request, language);
      return at === null
        ? notSignedIn({ request, reply, language }, unsaid)
        : answered(taking, at, { request, reply, language });
    });
}

/** The same before anybody is signed in. */
export function takeAtDoor(app: Server, path: string, taking: Taking<AtDoor>): void {
  for (const language of ['fa', 'en'] as const)
    app.post(pathIn(language, path), limits, (request, reply) => {
      const at = { request, reply, language };
      return answered(taking, at, at);
    });
}

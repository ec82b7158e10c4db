import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type SitePage, formKey, pathIn } from '#platform/site.ts';
import { type Language, grouped, instantText } from '#web/format.ts';
import { itemPath } from '../item/contract.ts';
import type { Hint } from '../moderation/contract.ts';
import { hintWords } from '../moderation/words.ts';
import { type Comment, type CommentForm, type RulingRow, mostLetters, rules } from './contract.ts';
import { hintedText, stretchesOf } from './hint.ts';
import {
  commentRefusalWords,
  commentLabels as label,
  commentStateWords,
  ruleSentences,
  ruleWords,
  rulingWords,
} from './words.ts';

const say =
  (language: Language) =>
  (text: Bilingual): string =>
    text[language];

/** A text with the places that hints speak of marked; places that overlap become one. */
export const marked = (text: string, hints: readonly Pick<Hint, 'start' | 'end'>[]): Html =>
  html`${stretchesOf(text, hints).map((one) => (one.hinted ? html`<mark>${one.text}</mark>` : html`${one.text}`))}`;

const hintText = (hint: Hint, body: string, language: Language): string =>
  hintWords[hint.rule](hintedText(body, hint))[language];

/** What is drawn of a form that came back: the words as they were typed, and what to mend. */
export type FormDrawn = {
  readonly form: Pick<CommentForm, 'penName' | 'body'>;
  readonly hints: readonly Hint[];
  readonly penHints: readonly Hint[];
  readonly problem: Bilingual | null;
  /** Of the answer with which it comes back. */
  readonly status: number;
};

const emptyForm: FormDrawn = {
  form: { penName: '', body: '' },
  hints: [],
  penHints: [],
  problem: null,
  status: 200,
};

/** Where a form stands: under which item, and whether a comment without any hint appears at once. */
type Place = { readonly itemId: string; readonly publishes: boolean; readonly language: Language };

function complaint({ form, hints, penHints, problem }: FormDrawn, language: Language): Html | null {
  const tell = say(language);
  if (problem !== null) return html`<div class="note red" role="alert"><p>${tell(problem)}</p></div>`;
  if (hints.length + penHints.length === 0) return null;
  return html`<div class="note red" role="alert">
    <p>${tell(label.repair)}</p>
    <ul>
      ${penHints.map((hint) => html`<li>${tell(label.pen)}: ${hintText(hint, form.penName, language)}</li>`)}
      ${hints.map((hint) => html`<li><strong>${tell(ruleWords[hint.rule])}.</strong> ${hintText(hint, form.body, language)}</li>`)}
    </ul>
    <blockquote dir="auto">${marked(form.body, hints)}</blockquote>
  </div>`;
}

/** The four rules and the form under them. */
export function commentForm({ itemId, publishes, language }: Place, drawn: FormDrawn = emptyForm): Html {
  const tell = say(language);
  return html`<section id="write" class="screen">
    <h2>${tell(label.write)}</h2>
    ${complaint(drawn, language)}
    <p>${tell(label.fourRules)}:</p>
    <ol>
      ${rules.map((rule) => html`<li>${tell(ruleSentences[rule])}</li>`)}
    </ol>
    <p class="small">
      ${tell(publishes ? label.atOnce : label.looked)}
      <a href="${pathIn(language, '/comments')}">${tell(label.follow)}</a>
    </p>
    <form class="form" method="post" action="${pathIn(language, itemPath(itemId))}/comments">
      <input type="hidden" name="idempotency_key" value="${formKey}" /><input
        type="hidden"
        name="id"
        value="${formKey}"
      />
      <label
        >${tell(label.penName)}<input
          name="penName"
          maxlength="60"
          autocomplete="nickname"
          value="${drawn.form.penName}"
      /></label>
      <label
        >${tell(label.comment)}<textarea
          name="body"
          rows="5"
          minlength="3"
          maxlength="${mostLetters}"
          required
          dir="auto"
        >
${drawn.form.body}</textarea>
      </label>
      <button type="submit">${tell(label.send)}</button>
    </form>
  </section>`;
}

const one = (comment: Comment, language: Language): Html =>
  html`<li id="c-${comment.commentId}">
    <p class="small">
      <bdi>${comment.penName ?? label.anonymous[language]}</bdi> ·
      ${instantText(comment.sentAt.toISOString(), language)}
    </p>
    <p class="said" dir="auto">${comment.body}</p>
  </li>`;

/** The published comments of an item. */
export function commentsPart(
  drawn: Place & {
    readonly comments: readonly Comment[];
    readonly count: number;
    readonly next: string | null;
    readonly open: boolean;
  },
): Html {
  const { itemId, comments, count, next, language, open } = drawn;
  const tell = say(language);
  return html`<section id="comments">
      <h2>${tell(label.comments)} (${grouped(count, language)})</h2>
      ${
        comments.length === 0
          ? html`<p>${tell(label.none)}</p>`
          : html`<ul class="plain">
              ${comments.map((comment) => one(comment, language))}
            </ul>`
      }
      ${next === null ? null : html`<p><a href="${pathIn(language, itemPath(itemId))}?comments=${next}#comments">${tell(label.older)}</a></p>`}
    </section>
    ${open ? commentForm(drawn) : html`<p class="note">${tell(label.closed)}</p>`}`;
}

/** The form on a page of its own, when it came back to its author. */
export function returnedPage(
  place: Place & { readonly title: Bilingual; readonly open: boolean },
  drawn: FormDrawn,
): SitePage {
  const { itemId, title, open, language } = place;
  return {
    title: label.write,
    description: label.repair,
    path: itemPath(itemId),
    hidden: true,
    status: drawn.status,
    body: html`<h1>${label.write[language]}</h1>
      <p class="lead">
        ${label.under[language]}
        <a href="${pathIn(language, itemPath(itemId))}" dir="auto">${title[language]}</a>
      </p>
      ${open ? commentForm(place, drawn) : unsentPart(drawn, language)}`,
  };
}

/** What was written under an item that takes no more comments: nothing of it is lost, and it cannot be sent. */
const unsentPart = (drawn: FormDrawn, language: Language): Html =>
  html`${complaint(drawn, language)}
    <div class="form">
      <label
        >${label.typed[language]}<textarea rows="5" readonly dir="auto">${drawn.form.body}</textarea>
      </label>
    </div>`;

const comma: Bilingual = { fa: '،', en: ',' };

function ruled(ruling: RulingRow, language: Language): Html {
  const tell = say(language);
  const { rule, note } = ruling;
  return html`<li>
    <strong>${tell(rulingWords[ruling.ruling])}</strong>
    ${ruling.byName === null ? tell(label.byRules) : tell(label.byPerson)}${tell(comma)}
    ${instantText(ruling.at.toISOString(), language)}${
      rule === null ? null : html`: ${tell(ruleWords[rule])}. ${tell(ruleSentences[rule])}`
    }${note === null ? null : html` <span dir="auto">«${note}»</span>`}
  </li>`;
}

const tones = { held: 'amber', published: 'green', rejected: 'red', removed: 'red' } as const;

/** What became of a comment, for whoever has its code; without one the form that asks for it. */
export function followPage(
  asked: {
    readonly code: string;
    readonly found: { readonly comment: Comment; readonly rulings: readonly RulingRow[] } | null;
    readonly fresh: boolean;
  } | null,
  language: Language,
): SitePage {
  const tell = say(language);
  const found = asked?.found ?? null;
  const missing = commentRefusalWords.CommentMissing();
  return {
    title: label.follow,
    description: label.followHelp,
    hidden: asked !== null,
    status: asked !== null && found === null ? 404 : 200,
    body: html`<h1>${tell(label.follow)}</h1>
      ${asked !== null && found === null ? html`<p class="note red" role="alert">${tell(missing)}</p>` : null}
      ${asked?.fresh === true && found !== null ? html`<p class="note green" role="status">${tell(label.keep)}</p>` : null}
      ${found === null ? null : followed(found, language)}
      ${
        found === null
          ? html`<form class="form" method="get" action="${pathIn(language, '/comments')}">
              <label
                >${tell(label.code)}<input
                  name="code"
                  required
                  dir="ltr"
                  maxlength="40"
                  autocomplete="off"
                  value="${asked?.code ?? ''}"
              /></label>
              <p class="small">${tell(label.followHelp)}</p>
              <button type="submit">${tell(label.look)}</button>
            </form>`
          : null
      }`,
  };
}

function followed(
  { comment, rulings }: { readonly comment: Comment; readonly rulings: readonly RulingRow[] },
  language: Language,
): Html {
  const tell = say(language);
  const title = language === 'en' ? (comment.titleEn ?? comment.titleFa) : comment.titleFa;
  return html`<p class="note ${tones[comment.state]}">
      ${tell(label.state)}: <strong>${tell(commentStateWords[comment.state])}</strong>
    </p>
    <dl class="facts">
      <dt>${tell(label.code)}</dt>
      <dd><code>${comment.code}</code></dd>
      <dt>${tell(label.under)}</dt>
      <dd><a href="${pathIn(language, itemPath(comment.itemId))}" dir="auto">${title}</a></dd>
      <dt>${tell(label.sentAt)}</dt>
      <dd>${instantText(comment.sentAt.toISOString(), language)}</dd>
    </dl>
    <blockquote dir="auto">${comment.body}</blockquote>
    <h2>${tell(label.history)}</h2>
    ${
      rulings.length === 0
        ? html`<p>${tell(label.waitsYet)}</p>`
        : html`<ol>
            ${rulings.map((ruling) => ruled(ruling, language))}
          </ol>`
    }`;
}

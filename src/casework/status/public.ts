import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Language, type SitePage, askForm } from '#platform/site.ts';
import { statusAsk, statusWords as words } from './words.ts';

/** What anybody who has the number is told of a case. */
export type Tracked = {
  readonly kind: Bilingual;
  readonly province: Bilingual;
  readonly stage: Bilingual;
  /** What the stage means for whom the case is about. */
  readonly told: Bilingual;
  /** Why it was decided so, as it was written; null where it is not told by the number. */
  readonly reason: string | null;
};

type Asked = { readonly typed: string; readonly found: readonly Tracked[] | 'wrong_number' };

function answerPart({ found }: Asked, language: Language): Html {
  const say = (text: Bilingual): string => text[language];
  if (found === 'wrong_number') return html`<p class="note red" role="alert">${say(words.wrongNumber)}</p>`;
  if (found.length === 0) return html`<p class="note red" role="alert">${say(words.notFound)}</p>`;
  return html`${found.map(
    ({ kind, province, stage, told, reason }) =>
      html`<section>
        <dl class="facts">
          <dt>${say(words.kind)}</dt>
          <dd>${say(kind)}</dd>
          <dt>${say(words.province)}</dt>
          <dd>${say(province)}</dd>
          <dt>${say(words.stage)}</dt>
          <dd><strong>${say(stage)}</strong></dd>
          ${
            reason === null
              ? null
              : html`<dt>${say(words.reason)}</dt>
                  <dd lang="fa" dir="auto">${reason}</dd>`
          }
        </dl>
        <p class="note">${say(told)}</p>
      </section>`,
  )}`;
}

/** The form, and below it the stage of what was asked for. */
export function statusPage(asked: Asked | null, language: Language): SitePage {
  const say = (text: Bilingual): string => text[language];
  const isMissing = asked !== null && (asked.found === 'wrong_number' || asked.found.length === 0);
  return {
    title: words.track,
    description: words.lead,
    hidden: asked !== null,
    status: isMissing ? 404 : 200,
    body: html`<h1>${say(words.track)}</h1>
      <p class="lead">${say(words.lead)}</p>
      ${askForm(statusAsk, { language, typed: asked?.typed ?? '' })}
      ${asked === null ? null : answerPart(asked, language)}`,
  };
}

import { joinWords } from '#access/join/words.ts';
import { html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type Language, type SiteLink, type SitePage, askForm, pathIn } from '#platform/site.ts';
import { type Listed, listedPart } from '../item/public.ts';
import { itemLabels } from '../item/words.ts';
import { frontWords as words } from './words.ts';

/** The first page for everybody: a case or licence by its number, the news, and what else there is. */
export function frontPage(order: {
  readonly items: readonly Listed[];
  readonly links: readonly SiteLink[];
  readonly language: Language;
}): SitePage {
  const { items, links, language } = order;
  const say = (text: Bilingual): string => text[language];
  return {
    title: words.front,
    description: words.lead,
    body: html`<h1>${say(words.front)}</h1>
      <p class="lead">${say(words.lead)}</p>
      <section>
        <h2>${say(words.ask)}</h2>
        <div class="asks">
          ${links.flatMap(({ asks, label }) => (asks === undefined ? [] : [askForm(asks, { language, whose: label })]))}
        </div>
      </section>
      ${
        items.length === 0
          ? null
          : html`<section>
              <h2>${say(words.latest)}</h2>
              <ul class="plain">
                ${items.map((item) => listedPart(item, language, 'h3'))}
              </ul>
              <p><a href="${pathIn(language, '/news')}">${say(itemLabels.all)}</a></p>
            </section>`
      }
      <section>
        <h2>${say(words.sections)}</h2>
        <dl class="facts">
          ${links.map(
            ({ path, label, about }) =>
              html`<dt><a href="${pathIn(language, path)}">${say(label)}</a></dt>
                <dd>${say(about)}</dd>`,
          )}
          <dt><a href="/desk/join">${say(joinWords.title)}</a></dt>
          <dd>${say(joinWords.toJoinHelp)}</dd>
          <dt><a href="/desk/">${say(words.desk)}</a></dt>
          <dd>${say(words.deskHelp)}</dd>
        </dl>
      </section>`,
  };
}

import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Language, SiteLink, SitePage } from '#platform/site.ts';
import { type Listed, listedPart } from '../item/public.ts';
import { itemLabels } from '../item/words.ts';
import { frontWords as words } from './words.ts';

const pathIn = (language: Language, path: string): string => (language === 'en' ? `/en${path}` : path);

function askPart({ path, asks, label }: SiteLink, language: Language): Html[] {
  if (asks === undefined) return [];
  const say = (text: Bilingual): string => text[language];
  return [
    html`<form class="form" method="get" action="${pathIn(language, path)}" aria-label="${say(label)}">
      <label
        >${say(asks.label)}
        <input name="${asks.name}" required dir="ltr" inputmode="numeric" autocomplete="off" maxlength="40" />
      </label>
      <button class="button" type="submit">${say(asks.button)}</button>
    </form>`,
  ];
}

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
        <div class="asks">${links.flatMap((link) => askPart(link, language))}</div>
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
          <dt><a href="/desk/">${say(words.desk)}</a></dt>
          <dd>${say(words.deskHelp)}</dd>
        </dl>
      </section>`,
  };
}

import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type SitePage, formKey, pathIn } from '#platform/site.ts';
import { type Language, digits, grouped } from '#web/format.ts';
import { itemPath } from '../item/contract.ts';
import { averageOf } from '../item/rules.ts';
import type { Rating } from './contract.ts';
import { ratingLabels as label } from './words.ts';

const choices = [1, 2, 3, 4, 5] as const;

const pointed = (average: string, language: Language): string =>
  language === 'fa' ? digits(average.replace('.', '٫'), 'fa') : average;

/** «۴٫۳ از ۵ (۱۲ رأی)»; null without a vote. */
export function ratingText(rating: Rating, language: Language): string | null {
  const average = averageOf(rating);
  if (average === null) return null;
  return `${pointed(average, language)} ${label.outOf[language]} (${grouped(rating.count, language)} ${(rating.count === 1 ? label.vote : label.votes)[language]})`;
}

/** The form that gives stars; `chosen` are those that are marked in it. */
const ratingForm = (itemId: string, language: Language, chosen: number | null): Html =>
  html`<form class="rate" method="post" action="${pathIn(language, itemPath(itemId))}/rating">
    <input type="hidden" name="idempotency_key" value="${formKey}" />
    <fieldset>
      <legend>${label.yours[language]}</legend>
      ${choices.map(
        (stars) =>
          html`<label
            ><input
              type="radio"
              name="stars"
              value="${stars}"
              required
              ${chosen === stars ? html` checked` : null}
            />${digits(stars, language)} ${(stars === 1 ? label.star : label.stars)[language]}</label
          >`,
      )}
    </fieldset>
    <button type="submit">${label.send[language]}</button>
    <p class="small">${label.privacy[language]}</p>
  </form>`;

/** The stars of an item and the form that gives them; `yours` is what the reader has just given. */
export function ratingPart(drawn: {
  readonly itemId: string;
  readonly rating: Rating;
  readonly language: Language;
  readonly yours: number | null;
  readonly open: boolean;
}): Html {
  const { itemId, rating, language, yours, open } = drawn;
  const say = (text: Bilingual): string => text[language];
  return html`<section id="rating">
    <h2>${say(label.rating)}</h2>
    <p><strong>${ratingText(rating, language) ?? say(label.none)}</strong></p>
    ${yours === null ? null : html`<div class="note green" role="status"><p>${say(label.thanks)}</p></div>`}
    ${open ? ratingForm(itemId, language, yours) : null}
  </section>`;
}

/** Stars that were not counted: why, the form with what was chosen, and the way back to the item. */
export const returnedRatingPage = (
  item: { readonly itemId: string; readonly title: Bilingual; readonly open: boolean },
  returned: { readonly problem: Bilingual; readonly status: number; readonly chosen: number | null },
  language: Language,
): SitePage => ({
  title: label.yours,
  description: returned.problem,
  path: itemPath(item.itemId),
  hidden: true,
  status: returned.status,
  body: html`<h1>${label.yours[language]}</h1>
    <div class="note red" role="alert"><p>${returned.problem[language]}</p></div>
    <p>
      ${label.back[language]}
      <a href="${pathIn(language, itemPath(item.itemId))}#rating" dir="auto">${item.title[language]}</a>
    </p>
    ${item.open ? ratingForm(item.itemId, language, returned.chosen) : null}`,
});

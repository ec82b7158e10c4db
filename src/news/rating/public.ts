import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { formKey, pathIn } from '#platform/site.ts';
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
    ${
      open
        ? html`<form class="rate" method="post" action="${pathIn(language, itemPath(itemId))}/rating">
            <input type="hidden" name="idempotency_key" value="${formKey}" />
            <fieldset>
              <legend>${say(label.yours)}</legend>
              ${choices.map(
                (stars) =>
                  html`<label
                    ><input
                      type="radio"
                      name="stars"
                      value="${stars}"
                      required
                      ${yours === stars ? html` checked` : null}
                    />${digits(stars, language)} ${say(stars === 1 ? label.star : label.stars)}</label
                  >`,
              )}
            </fieldset>
            <button type="submit">${say(label.send)}</button>
            <p class="small">${say(label.privacy)}</p>
          </form>`
        : null
    }
  </section>`;
}

import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { type Language, type SitePage, pathIn } from '#platform/site.ts';
import type { SupporterKind } from './contract.ts';
import { directoryWords as words, supporterKindWords } from './words.ts';

/** A supporter who opted in: what anybody may see of it. */
export type Listed = {
  readonly name: string;
  readonly kind: SupporterKind;
  readonly county: Bilingual;
  readonly categories: readonly Bilingual[];
  readonly free: number;
};
export type ProvinceChoice = { readonly slug: string; readonly name: Bilingual };

type Directory = {
  readonly provinces: readonly ProvinceChoice[];
  readonly chosen: ProvinceChoice | undefined;
  readonly listed: readonly Listed[];
};

/** Supporters whom a home worker may turn to, province by province; whole without JavaScript. */
export function directoryPage({ provinces, chosen, listed }: Directory, language: Language): SitePage {
  const say = (text: Bilingual): string => text[language];
  const digits = (value: number): string =>
    language === 'fa' ? persianDigits(String(value)) : String(value);
  const table: Html =
    listed.length === 0
      ? html`<p class="note amber">${say(words.none)}</p>`
      : html`<table class="cards">
          <thead>
            <tr>
              <th>${say(words.name)}</th>
              <th>${say(words.kind)}</th>
              <th>${say(words.fields)}</th>
              <th>${say(words.free)}</th>
            </tr>
          </thead>
          <tbody>
            ${listed.map(
              (one) =>
                html`<tr>
                  <th scope="row"><bdi>${one.name}</bdi></th>
                  <td>${say(supporterKindWords[one.kind])} · ${say(one.county)}</td>
                  <td data-label="${say(words.fields)}">
                    ${one.categories.map(say).join(language === 'fa' ? '، ' : ', ')}
                  </td>
                  <td data-label="${say(words.free)}">
                    ${one.free > 0 ? digits(one.free) : say(words.full)}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>`;
  return {
    title: words.title,
    description: words.lead,
    body: html`<h1>${say(words.title)}</h1>
      <p class="lead">${say(words.lead)}</p>
      <form class="form" method="get" action="${pathIn(language, '/supporters')}">
        <label
          >${say(words.province)}
          <select name="province">
            ${provinces.map(
              ({ slug, name }) =>
                html`<option value="${slug}" ${slug === chosen?.slug ? html` selected` : null}>
                  ${say(name)}
                </option>`,
            )}
          </select>
        </label>
        <button class="button" type="submit">${say(words.look)}</button>
      </form>
      ${chosen === undefined ? null : table}`,
  };
}

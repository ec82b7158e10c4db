import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { type Language, type SitePage, pathIn } from '#platform/site.ts';
import type { Occupation } from '../contract.ts';
import type { Named } from './contract.ts';
import { catalogueWords as words } from './words.ts';

/** What was asked of the catalogue, and what stands in it. */
export type Catalogue = {
  readonly asked: {
    readonly search: string;
    readonly category: string;
    readonly province: string;
    readonly isFirst: boolean;
  };
  readonly year: number;
  readonly categories: readonly Named[];
  readonly provinces: readonly Named[];
  readonly agencies: readonly Named[];
  readonly items: readonly Occupation[];
  readonly total: number;
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
};

/** What one may do at home, what it needs and whether there are loans for it; whole without JavaScript. */
export function cataloguePage(catalogue: Catalogue, language: Language): SitePage {
  const { asked, categories, provinces, items, total } = catalogue;
  const say = (text: Bilingual): string => text[language];
  const digits = (value: number): string =>
    language === 'fa' ? persianDigits(String(value)) : String(value);
  const options = (list: readonly Named[], chosen: string): Html[] =>
    list.map(
      ({ key, name }) =>
        html`<option value="${key}" ${key === chosen ? html` selected` : null}>${say(name)}</option>`,
    );
  return {
    title: words.title,
    description: words.lead,
    body: html`<h1>${say(words.title)}</h1>
      <p class="lead">${say(words.lead)}</p>
      <form class="form" method="get" action="${pathIn(language, '/occupations')}">
        <label
          >${say(words.search)}
          <input type="search" name="search" value="${asked.search}" maxlength="200" dir="auto" />
        </label>
        <label
          >${say(words.category)}
          <select name="category">
            <option value="">${say(words.every)}</option>
            ${options(categories, asked.category)}
          </select>
        </label>
        <label
          >${say(words.province)}
          <select name="province">
            <option value="">${say(words.noProvince)}</option>
            ${options(provinces, asked.province)}
          </select>
        </label>
        <button class="button" type="submit">${say(words.look)}</button>
      </form>
      ${
        items.length === 0
          ? html`<p class="note amber">${say(words.none)}</p>`
          : html`<p class="small">${digits(total)} ${say(words.count)}</p>
              ${tableOf(catalogue, language)} ${onward(catalogue, language)}`
      }`,
  };
}

function tableOf({ asked, year, categories, agencies, items }: Catalogue, language: Language): Html {
  const say = (text: Bilingual): string => text[language];
  const named = (list: readonly Named[], key: string | null): string => {
    const found = list.find((one) => one.key === key);
    return found === undefined ? say(words.unknown) : say(found.name);
  };
  const loans = `${say(words.loans)} ${language === 'fa' ? persianDigits(String(year)) : String(year)}`;
  const withLoans = asked.province !== '';
  // Where the province has said nothing, an occupation is open.
  const loanOf = ({ loan }: Occupation): Html =>
    loan === null || loan.open
      ? html`${say(words.open)}`
      : html`${say(words.closed)}: <bdi lang="fa">${loan.reasonFa}</bdi>`;
  return html`<table class="cards">
    <thead>
      <tr>
        <th>${say(words.occupation)}</th>
        <th>${say(words.agency)}</th>
        <th>${say(words.extra)}</th>
        ${withLoans ? html`<th>${loans}</th>` : null}
      </tr>
    </thead>
    <tbody>
      ${items.map(
        (one) =>
          html`<tr>
            <th scope="row">
              ${language === 'fa' ? one.titleFa : one.titleEn}
              <br /><span class="small">${named(categories, one.categoryKey)}</span>
            </th>
            <td data-label="${say(words.agency)}">${named(agencies, one.agencyKey)}</td>
            <td data-label="${say(words.extra)}">
              ${one.extraCheck === null ? say(words.noExtra) : named(agencies, one.extraCheck)}
            </td>
            ${withLoans ? html`<td data-label="${loans}">${loanOf(one)}</td>` : null}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function onward({ asked, next }: Catalogue, language: Language): Html | null {
  const href = (more: Readonly<Record<string, string>>): string => {
    const { search, category, province } = asked;
    return `${pathIn(language, '/occupations')}?${new URLSearchParams({ search, category, province, ...more }).toString()}`;
  };
  const first = asked.isFirst ? null : html`<a href="${href({})}">${words.first[language]}</a>`;
  const further =
    next === null ? null : html`<a rel="next" href="${href({ cursor: next })}">${words.more[language]}</a>`;
  return first === null && further === null ? null : html`<p>${first} ${further}</p>`;
}

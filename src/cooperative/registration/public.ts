import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type SitePage, pathIn } from '#platform/site.ts';
import { type Language, dayText } from '#web/format.ts';
import { cooperativeKinds } from '../contract.ts';
import { cooperativeStateWords, kindWords } from '../words.ts';
import type { NamedProvince, Registered } from './contract.ts';
import { directoryWords as words } from './words.ts';

type Directory = {
  readonly asked: { readonly search: string; readonly kind: string; readonly isFirst: boolean };
  readonly provinces: readonly NamedProvince[];
  readonly chosen: NamedProvince | undefined;
  readonly items: readonly Registered[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
};

const path = '/cooperatives';
const stateWords = new Map<string, Bilingual>(Object.entries(cooperativeStateWords));

/** Which cooperatives are registered in a province; whole without JavaScript. */
export function directoryPage(directory: Directory, language: Language): SitePage {
  const { asked, provinces, chosen, items } = directory;
  const say = (text: Bilingual): string => text[language];
  const option = (key: string, name: Bilingual, isChosen: boolean): Html =>
    html`<option value="${key}" ${isChosen ? html` selected` : null}>${say(name)}</option>`;
  const found =
    items.length === 0
      ? html`<p class="note amber">${say(words.none)}</p>`
      : html`${tableOf(items, language)} ${onward(directory, language)}`;
  return {
    title: words.title,
    description: words.lead,
    body: html`<h1>${say(words.title)}</h1>
      <p class="lead">${say(words.lead)}</p>
      <form class="form" method="get" action="${pathIn(language, path)}">
        <label
          >${say(words.province)}
          <select name="province">
            ${provinces.map(({ key, name }) => option(key, name, key === chosen?.key))}
          </select>
        </label>
        <label
          >${say(words.search)}
          <input type="search" name="search" value="${asked.search}" maxlength="100" dir="auto" />
        </label>
        <label
          >${say(words.kind)}
          <select name="kind">
            <option value="">${say(words.every)}</option>
            ${cooperativeKinds.map((kind) => option(kind, kindWords[kind], kind === asked.kind))}
          </select>
        </label>
        <button class="button" type="submit">${say(words.look)}</button>
      </form>
      ${chosen === undefined ? html`<p>${say(words.choose)}</p>` : found}`,
  };
}

function tableOf(items: readonly Registered[], language: Language): Html {
  const say = (text: Bilingual): string => text[language];
  const cell = (label: Bilingual, text: string): Html => html`<td data-label="${say(label)}">${text}</td>`;
  return html`<table class="cards">
    <thead>
      <tr>
        ${[words.name, words.kind, words.county, words.registeredOn, words.state].map(
          (label) => html`<th>${say(label)}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${items.map(
        ({ name, kind, county, registeredOn, state }) =>
          html`<tr>
            <th scope="row"><bdi>${name}</bdi></th>
            ${cell(words.kind, say(kindWords[kind]))} ${cell(words.county, say(county))}
            ${cell(words.registeredOn, dayText(registeredOn, language))}
            ${cell(words.state, say((state === null ? undefined : stateWords.get(state)) ?? words.earlier))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function onward({ asked, chosen, next }: Directory, language: Language): Html | null {
  const href = (more: Readonly<Record<string, string>>): string => {
    const { search, kind } = asked;
    const query = new URLSearchParams({ province: chosen?.key ?? '', search, kind, ...more });
    return `${pathIn(language, path)}?${query.toString()}`;
  };
  const first = asked.isFirst ? null : html`<a href="${href({})}">${words.first[language]}</a>`;
  const further =
    next === null ? null : html`<a rel="next" href="${href({ cursor: next })}">${words.more[language]}</a>`;
  return first === null && further === null ? null : html`<p>${first} ${further}</p>`;
}

import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { pathIn, type SitePage } from '#platform/site.ts';
import { dayText, digits, type Language } from '#web/format.ts';
import { agencyKinds, type AgencyChannel, type AgencyKind } from './contract.ts';
import { agencyChannelWords, agencyKindWords, directoryWords as words } from './words.ts';

/** An agency that opted in: what anybody may see of it. No person stands in it. */
export type Listed = {
  readonly name: string;
  readonly kind: AgencyKind;
  readonly channel: AgencyChannel;
  readonly county: Bilingual;
  readonly permitNumber: string;
  /** ISO. */
  readonly validUntil: string;
  readonly address: string | null;
  readonly phone: string;
};
type ProvinceChoice = { readonly slug: string; readonly name: Bilingual };
type CountyChoice = { readonly countyCode: string; readonly name: Bilingual };

type Directory = {
  readonly asked: {
    readonly search: string;
    readonly county: string;
    readonly kind: string;
    readonly isFirst: boolean;
  };
  readonly provinces: readonly ProvinceChoice[];
  readonly chosen: ProvinceChoice | undefined;
  /** Of the chosen province. */
  readonly counties: readonly CountyChoice[];
  readonly items: readonly Listed[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
};

const path = '/placement-agencies';

/** Which placement agencies of a province are valid today; whole without JavaScript. */
export function directoryPage(directory: Directory, language: Language): SitePage {
  const { chosen, items } = directory;
  const say = (text: Bilingual): string => text[language];
  const found =
    items.length === 0
      ? html`<p class="note amber">${say(words.none)}</p>`
      : html`${tableOf(items, language)} ${onward(directory, language)}`;
  return {
    title: words.title,
    description: words.lead,
    body: html`<h1>${say(words.title)}</h1>
      <p class="lead">${say(words.lead)}</p>
      ${formOf(directory, language)} ${chosen === undefined ? html`<p>${say(words.choose)}</p>` : found}`,
  };
}

function formOf({ asked, provinces, chosen, counties }: Directory, language: Language): Html {
  const say = (text: Bilingual): string => text[language];
  const option = (key: string, name: Bilingual, isChosen: boolean): Html =>
    html`<option value="${key}" ${isChosen ? html` selected` : null}>${say(name)}</option>`;
  const county = html`<label
    >${say(words.county)}
    <select name="county">
      <option value="">${say(words.every)}</option>
      ${counties.map(({ countyCode, name }) => option(countyCode, name, countyCode === asked.county))}
    </select>
  </label>`;
  return html`<form class="form" method="get" action="${pathIn(language, path)}">
    <label
      >${say(words.province)}
      <select name="province">
        ${provinces.map(({ slug, name }) => option(slug, name, slug === chosen?.slug))}
      </select>
    </label>
    ${chosen === undefined ? null : county}
    <label
      >${say(words.search)}
      <input type="search" name="search" value="${asked.search}" maxlength="80" dir="auto" />
    </label>
    <label
      >${say(words.kind)}
      <select name="kind">
        <option value="">${say(words.every)}</option>
        ${agencyKinds.map((kind) => option(kind, agencyKindWords[kind], kind === asked.kind))}
      </select>
    </label>
    <button class="button" type="submit">${say(words.look)}</button>
  </form>`;
}

function tableOf(items: readonly Listed[], language: Language): Html {
  const say = (text: Bilingual): string => text[language];
  const cell = (label: Bilingual, content: Html | string): Html =>
    html`<td data-label="${say(label)}">${content}</td>`;
  return html`<table class="cards">
    <thead>
      <tr>
        ${[words.name, words.kind, words.county, words.permit, words.until, words.contact].map(
          (label) => html`<th>${say(label)}</th>`,
        )}
      </tr>
    </thead>
    <tbody>
      ${items.map(
        (one) =>
          html`<tr>
            <th scope="row"><bdi>${one.name}</bdi></th>
            ${cell(words.kind, `${say(agencyKindWords[one.kind])} · ${say(agencyChannelWords[one.channel])}`)}
            ${cell(words.county, say(one.county))}
            ${cell(words.permit, html`<bdi>${digits(one.permitNumber, language)}</bdi>`)}
            ${cell(words.until, dayText(one.validUntil, language))}
            ${cell(words.contact, contactOf(one, language))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const contactOf = ({ address, phone }: Listed, language: Language): Html =>
  html`${address === null ? null : html`<bdi>${digits(address, language)}</bdi><br />`}<a
      href="tel:${phone}"
      dir="ltr"
      >${digits(phone, language)}</a
    >`;

function onward({ asked, chosen, next }: Directory, language: Language): Html | null {
  const href = (more: Readonly<Record<string, string>>): string => {
    const { search, county, kind } = asked;
    const query = new URLSearchParams({ province: chosen?.slug ?? '', county, search, kind, ...more });
    return `${pathIn(language, path)}?${query.toString()}`;
  };
  const first = asked.isFirst ? null : html`<a href="${href({})}">${words.first[language]}</a>`;
  const further =
    next === null ? null : html`<a rel="next" href="${href({ cursor: next })}">${words.more[language]}</a>`;
  return first === null && further === null ? null : html`<p>${first} ${further}</p>`;
}

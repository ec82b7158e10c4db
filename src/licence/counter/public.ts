import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { ownFields, type OwnField, type OwnRecord } from '#party/own/contract.ts';
import { counter, counterPage, hiddenPart, newIdPart } from '#platform/counter.ts';
import {
  type Drawing,
  type Drawn,
  type Option,
  type Typed,
  selectRow,
  textRow,
  wrongPart,
} from '#platform/form.ts';
import { type Language, type SitePage, pathIn } from '#platform/site.ts';
import { dayText, digits } from '#web/format.ts';
import { dayWords, typedDay } from '#web/typed-day.ts';
import { requestLabels as labels } from '../request/words.ts';
import { counterLabels as words } from './words.ts';

/** The ISO day that was typed, null for an empty field, or the sentence of one that cannot be read. */
export function bornOnIn(typed: string): { readonly iso: string | null } | { readonly says: Bilingual } {
  if (typed.trim() === '') return { iso: null };
  const iso = typedDay(typed);
  return iso === undefined ? { says: dayWords.unreadable } : { iso };
}

type Titled = { readonly occupationId: number; readonly titleFa: string; readonly titleEn: string };
const titleOf = ({ titleFa, titleEn }: Titled, language: Language): string =>
  language === 'fa' ? titleFa : titleEn;

/** What was typed of who asks, before another occupation had to be looked for. */
const carriedIn = ({ typed }: Drawn): Typed =>
  Object.fromEntries(ownFields.flatMap((field) => (field in typed ? [[field, typed[field] ?? '']] : [])));

export type Searched = {
  readonly search: string;
  /** Null while nothing was asked. */
  readonly found: readonly Titled[] | null;
  readonly isGone: boolean;
  readonly drawn: Drawn;
};

/** Step one: the work is looked for. What was typed is carried along in posted forms, never in an address. */
export function searchPage({ search, found, isGone, drawn }: Searched, language: Language): SitePage {
  const path = pathIn(language, counter.request);
  const carried = carriedIn(drawn);
  const carries = Object.keys(carried).length > 0;
  return counterPage(
    {
      title: labels.ask,
      description: words.lead,
      path: counter.request,
      status: drawn.status,
      body: html`<h1>${labels.ask[language]}</h1>
        <p class="lead">${words.lead[language]}</p>
        ${isGone ? html`<p class="note red" role="alert">${words.gone[language]}</p>` : null}
        ${carries ? html`<p class="note">${words.carried[language]}</p>` : null}
        <h2>${digits(1, language)}. ${labels.stepOccupation[language]}</h2>
        <form class="form" method="${carries ? 'post' : 'get'}" action="${path}">
          ${carries ? hiddenPart(carried) : null}
          <label for="search">${labels.searchOccupation[language]}</label>
          <p class="small" id="search-help">${labels.searchHint[language]}</p>
          <input
            id="search"
            name="search"
            type="search"
            required
            maxlength="200"
            aria-describedby="search-help"
            value="${search}"
          />
          <button type="submit">${words.find[language]}</button>
        </form>
        ${found === null ? null : foundPart(found, carries ? hiddenPart(carried) : null, language)}`,
    },
    language,
  );
}

function foundPart(found: readonly Titled[], carried: Html | null, language: Language): Html {
  if (found.length === 0) return html`<p class="note" role="status">${labels.nothingFound[language]}</p>`;
  const path = pathIn(language, counter.request);
  const choice = (one: Titled): Html =>
    carried === null
      ? html`<a href="${path}?occupation=${one.occupationId}">${titleOf(one, language)}</a>`
      : html`<button class="plain" type="submit" name="occupation" value="${one.occupationId}">
          ${titleOf(one, language)}
        </button>`;
  const list = html`<ul class="plain">
    ${found.map((one) => html`<li>${choice(one)}</li>`)}
  </ul>`;
  return html`<h2>${words.found[language]}</h2>
    ${carried === null ? list : html`<form method="post" action="${path}">${carried} ${list}</form>`}`;
}

/** Which bodies see a request, by their names. */
export type Seen = { readonly agency: Bilingual | null; readonly extraCheck: Bilingual | null };

export type RequestShown = {
  readonly occupation: Titled;
  readonly seen: Seen;
  readonly counties: readonly Option[];
  readonly own: OwnRecord;
  readonly drawn: Drawn;
};

const labelOf = (field: OwnField): Bilingual => labels[field === 'countyCode' ? 'county' : field];

/** What stands in the applicant's own record, to be read and not typed. */
function toldPart({ own }: RequestShown, language: Language): Html | null {
  const told = ownFields.filter((field) => !own.mendable.includes(field));
  if (told.length === 0) return null;
  const said = (field: OwnField): string => {
    const value = own.record[field] ?? '';
    if (field === 'bornOn') return value === '' ? '—' : dayText(value, language);
    return field === 'nationalId' || field === 'phone' ? digits(value, language) : value;
  };
  return html`<dl class="facts">
      ${told.map(
        (field) =>
          html`<dt>${labelOf(field)[language]}</dt>
            <dd><bdi>${said(field)}</bdi></dd>`,
      )}
    </dl>
    <p class="small">${labels.toldLead[language]}</p>`;
}

function askedPart({ own, counties }: RequestShown, drawing: Drawing): Html {
  const { language } = drawing;
  const text = (field: Exclude<OwnField, 'countyCode' | 'bornOn'>, optional = false): Html | null =>
    own.mendable.includes(field)
      ? textRow(drawing, {
          name: field,
          label: labelOf(field),
          optional,
          type: field === 'nationalId' || field === 'phone' ? 'tel' : 'text',
          code: field === 'nationalId' || field === 'phone',
          most: field === 'lastName' ? 160 : field === 'firstName' ? 80 : 20,
          value: own.record[field] ?? '',
        })
      : null;
  const born = own.record.bornOn;
  return html`${text('nationalId')} ${text('firstName')} ${text('lastName')}
  ${
    own.mendable.includes('bornOn')
      ? textRow(drawing, {
          name: 'bornOn',
          label: labels.bornOn,
          help: words.dayHint,
          optional: true,
          code: true,
          most: 40,
          value: born === null ? '' : dayText(born, language, 'numeric'),
        })
      : null
  }
  ${selectRow(drawing, {
    name: 'countyCode',
    label: labels.county,
    options: counties,
    value: own.record.countyCode ?? '',
  })}
  ${text('phone', true)}`;
}

/** Step two: who asks, with what their record knows already. */
export function requestPage(shown: RequestShown, language: Language): SitePage {
  const { occupation, seen, drawn } = shown;
  const drawing = { ...drawn, language, form: 'request' };
  const path = pathIn(language, counter.request);
  return counterPage(
    {
      title: labels.ask,
      description: words.lead,
      path: counter.request,
      status: drawn.status,
      body: html`<h1>${labels.ask[language]}</h1>
        <div class="note green">
          <p><strong>${labels.occupation[language]}: ${titleOf(occupation, language)}</strong></p>
          ${seen.agency === null ? null : html`<p>${labels.seenBy[language]} ${seen.agency[language]}</p>`}
          ${seen.extraCheck === null ? null : html`<p>${labels.starredNote[language]} ${seen.extraCheck[language]}</p>`}
          <p><a href="${path}">${words.other[language]}</a></p>
        </div>
        <h2>${digits(2, language)}. ${labels.stepWho[language]}</h2>
        ${wrongPart(drawing, ownFields)} ${toldPart(shown, language)}
        <form class="form" method="post" action="${path}" novalidate>
          ${hiddenPart({ occupationId: String(occupation.occupationId) })} ${newIdPart}
          ${askedPart(shown, drawing)}
          <p>${labels.promise[language]}</p>
          <button type="submit">${labels.send[language]}</button>
        </form>`,
    },
    language,
  );
}

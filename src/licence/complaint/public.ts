import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { formKey, pathIn, type Language, type SitePage } from '#platform/site.ts';
import { complaintFields, offences, type ComplaintForm, type Typed } from './contract.ts';
import { complaintLabels as label, offenceHelp, offenceWords } from './words.ts';

type Named = Bilingual & { readonly key: string };
/** What can be chosen from in a province. */
export type Offered = {
  readonly province: Named & { readonly provinceId: number };
  readonly counties: readonly Named[];
  readonly agencies: readonly Named[];
};

/** What is wrong with a field, or with the whole where it has none. */
export type FieldProblem = Bilingual & { readonly field: string | null };
/** A form as it is drawn: the words that were typed, and what to mend. */
export type Drawn = { readonly typed: Typed; readonly problems: readonly FieldProblem[] };

const complaintsPath = '/complaints';

/** In the order of the alphabet in which they are read. */
const inOrder = (list: readonly Named[], language: Language): Named[] =>
  list.toSorted((a, b) => a[language].localeCompare(b[language], language));

/** Where a complaint begins: its province. */
export const chooseProvince = (provinces: readonly Named[], language: Language): SitePage => ({
  title: label.title,
  description: label.lead,
  body: html`<h1>${label.title[language]}</h1>
    <p class="lead">${label.lead[language]}</p>
    <h2>${label.choose[language]}</h2>
    <form class="form" method="get" action="${pathIn(language, complaintsPath)}">
      <label
        >${label.province[language]}
        <select name="province" required>
          <option value="">${label.pick[language]}</option>
          ${inOrder(provinces, language).map(
            (province) => html`<option value="${province.key}">${province[language]}</option>`,
          )}
        </select>
      </label>
      <button class="button" type="submit">${label.begin[language]}</button>
    </form>`,
});

type Field = keyof ComplaintForm;
type Drawing = Drawn & { readonly language: Language };

const idOf = (field: Field): string => `complaint-${field}`;
const problemOf = ({ problems }: Drawn, field: Field): FieldProblem | undefined =>
  problems.find((one) => one.field === field);

/** What a control says of itself to a reader of the screen: its help, and what is wrong with it. */
function saidOf(drawing: Drawing, field: Field, hasHelp: boolean): Html {
  const wrong = problemOf(drawing, field) !== undefined;
  const by = [...(hasHelp ? [`${idOf(field)}-help`] : []), ...(wrong ? [`${idOf(field)}-wrong`] : [])];
  return html`${by.length === 0 ? null : html` aria-describedby="${by.join(' ')}"`}${
    wrong ? html` aria-invalid="true"` : null
  }`;
}

type Row = {
  readonly field: Field;
  readonly title: Bilingual;
  readonly help?: Bilingual;
  readonly optional?: boolean;
  readonly control: Html;
};

function row(drawing: Drawing, { field, title, help, optional = false, control }: Row): Html {
  const { language } = drawing;
  const wrong = problemOf(drawing, field);
  return html`<div>
    <label for="${idOf(field)}"
      ><span
        >${title[language]}${optional ? html` <span class="small">(${label.optional[language]})</span>` : null}</span
      ></label
    >
    ${help === undefined ? null : html`<p class="small" id="${idOf(field)}-help">${help[language]}</p>`}
    ${wrong === undefined ? null : html`<p class="note red" id="${idOf(field)}-wrong">${wrong[language]}</p>`}
    ${control}
  </div>`;
}

type Option = { readonly key: string; readonly title: string };

const choose = (drawing: Drawing, field: Field, options: readonly Option[]): Html =>
  html`<select id="${idOf(field)}" name="${field}" ${saidOf(drawing, field, false)}>
    <option value="">${label.pick[drawing.language]}</option>
    ${options.map(
      ({ key, title }) =>
        html`<option value="${key}" ${drawing.typed[field] === key ? html` selected` : null}>
          ${title}
        </option>`,
    )}
  </select>`;

const line = (drawing: Drawing, field: 'licenceNumber' | 'phone', hasHelp: boolean): Html =>
  html`<input
    id="${idOf(field)}"
    name="${field}"
    dir="ltr"
    ${field === 'phone' ? html` type="tel" autocomplete="tel"` : html` autocomplete="off"`}
    maxlength="${field === 'phone' ? 30 : 40}"
    value="${drawing.typed[field] ?? ''}"
    ${saidOf(drawing, field, hasHelp)}
  />`;

/** What is wrong, above the form, each with the way to its field. */
function wrongPart({ problems, language }: Drawing): Html | null {
  if (problems.length === 0) return null;
  return html`<div class="note red" role="alert">
    <p>${label.repair[language]}</p>
    <ul>
      ${problems.map((problem) => {
        const field = complaintFields.find((name) => name === problem.field);
        return html`<li>
          ${field === undefined ? problem[language] : html`<a href="#${idOf(field)}">${problem[language]}</a>`}
        </li>`;
      })}
    </ul>
  </div>`;
}

/** The offences of the portal, each with what it means. */
function offencePart(drawing: Drawing): Html {
  const { language, typed } = drawing;
  const wrong = problemOf(drawing, 'offence');
  return html`<fieldset
    class="choices"
    ${wrong === undefined ? null : html` aria-describedby="${idOf('offence')}-wrong"`}
  >
    <legend>${label.offence[language]}</legend>
    ${wrong === undefined ? null : html`<p class="note red" id="${idOf('offence')}-wrong">${wrong[language]}</p>`}
    ${offences.map(
      (key, at) =>
        html`<label>
          <input
            type="radio"
            name="offence"
            value="${key}"
            ${at === 0 ? html` id="${idOf('offence')}"` : null}
            ${typed.offence === key ? html` checked` : null}
          />
          <span
            ><strong>${offenceWords[key][language]}</strong><br /><span class="small"
              >${offenceHelp[key][language]}</span
            ></span
          >
        </label>`,
    )}
  </fieldset>`;
}

function fields(drawing: Drawing, { counties, agencies }: Offered): Html {
  const { language, typed } = drawing;
  const options = (list: readonly Named[]): Option[] =>
    list.map((one) => ({ key: one.key, title: one[language] }));
  const sorted = inOrder(counties, language);
  return html`${offencePart(drawing)}
  ${row(drawing, {
    field: 'countyCode',
    title: label.county,
    control: choose(drawing, 'countyCode', options(sorted)),
  })}
  ${row(drawing, {
    field: 'agencyKey',
    title: label.agency,
    control: choose(drawing, 'agencyKey', options(agencies)),
  })}
  ${row(drawing, {
    field: 'licenceNumber',
    title: label.licenceNumber,
    optional: true,
    control: line(drawing, 'licenceNumber', false),
  })}
  ${row(drawing, {
    field: 'body',
    title: label.body,
    help: label.bodyHelp,
    control: html`<textarea
      id="${idOf('body')}"
      name="body"
      rows="7"
      maxlength="4000"
      dir="auto"
      ${saidOf(drawing, 'body', true)}
    >
${typed.body ?? ''}</textarea>`,
  })}
  ${row(drawing, {
    field: 'phone',
    title: label.phone,
    help: label.phoneHelp,
    optional: true,
    control: line(drawing, 'phone', true),
  })}`;
}

/** The form of a province, new or with what is to be mended. */
export function complaintPage(offered: Offered, drawn: Drawn, language: Language): SitePage {
  const path = `${complaintsPath}/${offered.province.key}`;
  const drawing = { ...drawn, language };
  const hasProblems = drawn.problems.length > 0;
  return {
    title: label.title,
    description: label.lead,
    path,
    hidden: hasProblems,
    status: hasProblems ? 422 : 200,
    body: html`<h1>${label.title[language]}</h1>
      <p class="lead">${label.lead[language]}</p>
      <p>
        ${label.province[language]}: <strong>${offered.province[language]}</strong> ·
        <a href="${pathIn(language, complaintsPath)}">${label.otherProvince[language]}</a>
      </p>
      ${wrongPart(drawing)}
      <form class="form" method="post" action="${pathIn(language, path)}" novalidate>
        <input type="hidden" name="idempotency_key" value="${formKey}" />
        ${fields(drawing, offered)}
        <p class="small">${label.who[language]}</p>
        <button type="submit">${label.send[language]}</button>
      </form>`,
  };
}

/** The receipt: the number, and the way to the page on which the stage stands. Null where no complaint bears it. */
export function receivedPage(number: string | null, language: Language): SitePage {
  const shown = number === null ? '' : language === 'fa' ? persianDigits(number) : number;
  return {
    title: label.received,
    description: label.keep,
    hidden: true,
    status: number === null ? 404 : 200,
    body:
      number === null
        ? html`<h1>${label.title[language]}</h1>
            <p class="note red" role="alert">${label.notReceived[language]}</p>
            <p><a href="${pathIn(language, complaintsPath)}">${label.send[language]}</a></p>`
        : html`<h1>${label.received[language]}</h1>
            <p>${label.number[language]}</p>
            <p class="figure"><bdi>${shown}</bdi></p>
            <p class="note green" role="status">${label.keep[language]}</p>
            <p>
              <a class="button" href="${pathIn(language, `/track?number=${number}`)}"
                >${label.follow[language]}</a
              >
            </p>`,
  };
}

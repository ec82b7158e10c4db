import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { counterPage } from '#platform/counter.ts';
import { type Language, type SitePage, pathIn } from '#platform/site.ts';
import { dayText, digits, instantText } from '#web/format.ts';
import { casePath, caseReceiptPath } from '../counter/contract.ts';
import { counterLabels } from '../counter/words.ts';
import { caseLabels } from '../words.ts';
import type { Receipt } from './contract.ts';
import { receiptLabels as labels } from './words.ts';

type Fact = readonly [label: Bilingual, value: string];

const factsPart = (facts: readonly Fact[], language: Language): Html =>
  html`<dl class="facts">
    ${facts.map(
      ([label, value]) =>
        html`<dt>${label[language]}</dt>
          <dd><bdi>${value}</bdi></dd>`,
    )}
  </dl>`;

function nextPart({ next, waitsFor, due }: Receipt, language: Language): Html {
  const roles = waitsFor.map((role) => role[language]).join(language === 'fa' ? '، ' : ', ');
  const facts: Fact[] = [
    ...(roles === '' ? [] : [[labels.with, roles] as const]),
    ...(due === null
      ? []
      : [
          [labels.byWhen, dayText(due.on, language, 'weekday')] as const,
          [labels.basis, due.basis[language]] as const,
        ]),
  ];
  return html`<section>
    <h2>${labels.next[language]}</h2>
    <p>${next[language]}</p>
    ${factsPart(facts, language)} ${due === null ? html`<p>${labels.noDue[language]}</p>` : null}
    ${due?.foreseen === true ? html`<p class="small">${caseLabels.foreseen[language]}</p>` : null}
  </section>`;
}

export type ReceiptShown = {
  readonly receipt: Receipt;
  readonly isNew: boolean;
  /** Of whole addresses: paper has no links. */
  readonly origin: string;
};

/** The receipt of a case at the counter: what stands on it is what the desk prints. */
export function receiptPage({ receipt, isNew, origin }: ReceiptShown, language: Language): SitePage {
  const { id, number, kind, about, subject, byRole, province, county, recordedAt, happenedOn, track } =
    receipt;
  const facts: Fact[] = [
    [labels.kind, kind[language]],
    ...(about === null ? [] : [[labels.about, about[language]] as const]),
    ...(subject === null ? [] : [[labels.who, subject] as const]),
    [labels.by, byRole[language]],
    [labels.at, instantText(recordedAt, language)],
    ...(happenedOn === null ? [] : [[labels.happenedOn, dayText(happenedOn, language, 'weekday')] as const]),
    [labels.county, (county ?? labels.wholeProvince)[language]],
  ];
  return counterPage(
    {
      title: labels.receipt,
      description: labels.lead,
      path: caseReceiptPath(id),
      body: html`${
          isNew
            ? html`<div class="note green screen" role="status">
                <p><strong>${labels.sent[language]}</strong></p>
                <p>
                  ${counterLabels.attachNow[language]}
                  <a href="${pathIn(language, casePath(id))}#papers">${counterLabels.attach[language]}</a>
                </p>
              </div>`
            : null
        }
        <h1>${labels.receipt[language]}</h1>
        ${province === null ? null : html`<p>${labels.office[language]} ${province[language]}</p>`}
        <p class="lead screen">${labels.lead[language]}</p>
        <p>${labels.number[language]}</p>
        <p class="figure"><bdi>${digits(number, language)}</bdi></p>
        ${factsPart(facts, language)} ${nextPart(receipt, language)}
        <section>
          <h2>${labels.follow[language]}</h2>
          ${
            track === null
              ? null
              : html`<p>
                  ${labels.followPublic[language]}
                  <a class="code" href="${pathIn(language, `/track?number=${track}`)}"
                    >${origin}${pathIn(language, '/track')}</a
                  >
                </p>`
          }
          <p>${labels.followOffice[language]}</p>
        </section>
        <p class="small">${labels.notYet[language]}</p>
        <p class="screen">
          <a class="button" href="${pathIn(language, casePath(id))}">${caseLabels.case[language]}</a>
        </p>`,
    },
    language,
  );
}

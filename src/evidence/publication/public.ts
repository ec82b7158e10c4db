import { roleWords } from '#access/words.ts';
import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { type SitePage, formKey, pathIn } from '#platform/site.ts';
import {
  type Language,
  dayText,
  digits,
  exactRials,
  grouped,
  instantText,
  moneyText,
  pointsOf,
} from '#web/format.ts';
import { type DoubtAnswer, type PublicationAnswer, type PublicationList, figurePath } from './contract.ts';
import {
  conditionsText,
  ofWhat,
  periodText,
  publicationLabels,
  publicationRefusalWords,
  stateReasons,
  stateTones,
  stateWords,
} from './words.ts';

/** A value for people. */
function valueText({ unit }: Pick<PublicationAnswer, 'unit'>, value: string, language: Language): string {
  switch (unit) {
    case 'rial':
      return moneyText(BigInt(value), language);
    case 'count':
      return grouped(BigInt(value), language);
    case 'percent':
      return pointsOf(value, language);
  }
}

const comma: Bilingual = { fa: '،', en: ',' };
const semicolon: Bilingual = { fa: '؛', en: ';' };

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const fact = (label: string, value: Html | string): Html =>
  html`<dt>${label}</dt>
    <dd>${value}</dd>`;

const roleNames: Readonly<Record<string, Bilingual>> = roleWords;
const roleText = (role: string, language: Language): string => roleNames[role]?.[language] ?? role;

function facts(publication: PublicationAnswer, language: Language): Html {
  const say = (text: Bilingual): string => text[language];
  const label = publicationLabels;
  const only = conditionsText(publication.only, language);
  const without = conditionsText(publication.without, language);
  return html`<dl class="facts">
    ${fact(say(label.definition), `${capital(say(publication.definition))}.`)}
    ${fact(say(label.place), say(publication.place))}
    ${fact(say(label.period), periodText(publication, { language, dayText }))}
    ${only === '' ? null : fact(say(label.narrowed), only)}
    ${without === '' ? null : fact(say(label.without), without)}
    ${publication.unit === 'rial' ? fact(say(label.exactly), exactRials(BigInt(publication.value), language)) : null}
    ${fact(say(label.records), grouped(publication.records, language))}
    ${fact(say(label.asOf), instantText(publication.asOf, language))}
    ${fact(say(label.publishedAt), instantText(publication.publishedAt, language))}
    ${fact(say(label.by), roleText(publication.publishedRole, language))}
    ${fact(say(label.version), digits(publication.definitionVersion, language))}
    ${fact(say(label.hash), html`<code>${publication.recordsHash}</code>`)}
  </dl>`;
}

function standing(publication: PublicationAnswer, language: Language): Html {
  const say = (text: Bilingual): string => text[language];
  const { state } = publication;
  const label = publicationLabels;
  const now = html`<p>
    ${say(label.valueNow)}:
    <strong>${valueText(publication, publication.valueNow, language)}</strong> (${say(label.since)}:
    ${grouped(publication.recordedSince, language)}${
      publication.takenBack === 0
        ? null
        : html`${comma[language]} ${say(label.takenBack)} ${grouped(publication.takenBack, language)}`
    })
  </p>`;
  return html`<div class="note ${stateTones[state]}" role="status">
    <p><strong>${say(stateWords[state])}.</strong> ${say(stateReasons[state])}</p>
    ${state === 'stands' ? null : now}
  </div>`;
}

function errata(publication: PublicationAnswer, language: Language): Html | null {
  if (publication.errata.length === 0) return null;
  return html`<h2>${publicationLabels.errata[language]}</h2>
    <ul>
      ${publication.errata.map(
        (one) =>
          html`<li>
            ${instantText(one.issuedAt, language)}:
            <strong>${valueText(publication, one.value, language)}</strong>. ${one.note}
          </li>`,
      )}
    </ul>`;
}

function doubt(one: DoubtAnswer, language: Language, today: string): Html {
  const say = (text: Bilingual): string => text[language];
  const label = publicationLabels;
  const late = one.answer === null && one.dueOn < today;
  return html`<li>
    ${
      one.claim === null || one.answer === null
        ? html`<p>${say(label.waiting)}</p>`
        : html`<p class="said" dir="auto">${one.claim}</p>`
    }
    <p class="small">
      ${say(label.raised)}
      ${instantText(one.raisedAt, language)}${
        one.answer === null
          ? html`${semicolon[language]} ${say(label.due)}
            ${dayText(one.dueOn, language)}${late ? html` <strong>(${say(label.overdue)})</strong>` : null}`
          : null
      }
    </p>
    ${
      one.answer === null
        ? null
        : html`<div class="note green">
            <p><strong>${say(label.answer)}:</strong> ${one.answer}</p>
          </div>`
    }
  </li>`;
}

/** A form that came back: what was typed, and why. */
export type DoubtReturned = { readonly claim: string; readonly problem: Bilingual };

type FigureDrawn = {
  readonly publication: PublicationAnswer;
  readonly language: Language;
  readonly sent: boolean;
  readonly returned?: DoubtReturned;
  /** ISO, in Tehran. */
  readonly today: string;
};

function doubts({ publication, language, sent, returned, today }: FigureDrawn): Html {
  const say = (text: Bilingual): string => text[language];
  const label = publicationLabels;
  return html`<section id="doubts">
    <h2>${say(label.doubts)}</h2>
    ${sent ? html`<div class="note green" role="status"><p>${say(label.thanks)}</p></div>` : null}
    ${
      publication.doubts.length === 0
        ? null
        : html`<ul>
            ${publication.doubts.map((one) => doubt(one, language, today))}
          </ul>`
    }
    <p class="screen">${say(label.doubtHelp)}</p>
    ${returned === undefined ? null : html`<div class="note red" role="alert"><p>${say(returned.problem)}</p></div>`}
    <form class="form" method="post" action="${pathIn(language, `${figurePath(publication.id)}/doubts`)}">
      <input type="hidden" name="idempotency_key" value="${formKey}" /><input
        type="hidden"
        name="id"
        value="${formKey}"
      />
      <label
        >${say(label.claim)}<textarea name="claim" rows="4" maxlength="1000" required dir="auto">
${returned?.claim ?? ''}</textarea>
      </label>
      <button type="submit">${say(label.send)}</button>
    </form>
  </section>`;
}

/** A published figure under its permanent address. */
export function figurePage(drawn: FigureDrawn): SitePage {
  const { publication, language } = drawn;
  const say = (text: Bilingual): string => text[language];
  const value = valueText(publication, publication.value, language);
  const about = (of: Language): string =>
    `${capital(publication.title[of])}${comma[of]} ${publication.place[of]}: ${valueText(publication, publication.value, of)}`;
  return {
    title: { fa: about('fa'), en: about('en') },
    description: {
      fa: `${about('fa')}؛ تا ${instantText(publication.asOf, 'fa')}، با ${grouped(publication.records, 'fa')} سند.`,
      en: `${about('en')}, as of ${instantText(publication.asOf, 'en')}, with ${grouped(publication.records, 'en')} records.`,
    },
    body: html`<h1>${capital(say(publication.title))}</h1>
      <p class="lead">${say(publication.place)} · ${ofWhat(publication, { language, dayText })}</p>
      <p class="figure">${value}</p>
      ${publication.sentence === null ? null : html`<blockquote class="note" lang="fa" dir="rtl"><p>${publication.sentence}</p></blockquote>`}
      ${standing(publication, language)} ${facts(publication, language)} ${errata(publication, language)}
      ${doubts(drawn)}`,
    ...(drawn.returned === undefined ? {} : { status: 422, hidden: true, path: figurePath(publication.id) }),
  };
}

/** All published figures, the newest first. */
export function figuresPage({ items, next }: PublicationList, language: Language): SitePage {
  const say = (text: Bilingual): string => text[language];
  const label = publicationLabels;
  const row = (one: PublicationAnswer): Html =>
    html`<tr>
      <td>
        <a href="${pathIn(language, figurePath(one.id))}">${capital(say(one.title))}</a><br /><span
          class="small"
          >${say(one.place)} · ${ofWhat(one, { language, dayText })}</span
        >
      </td>
      <td class="number">${valueText(one, one.value, language)}</td>
      <td>${say(stateWords[one.state])}</td>
      <td>${instantText(one.publishedAt, language)}</td>
    </tr>`;
  return {
    title: label.figures,
    description: label.figuresHelp,
    body: html`<h1>${say(label.figures)}</h1>
      <p class="lead">${say(label.figuresHelp)}</p>
      ${
        items.length === 0
          ? html`<div class="note">
              <p><strong>${say(label.none)}.</strong> ${say(label.noneHelp)}</p>
            </div>`
          : html`<div class="scroll">
              <table class="cards">
                <thead>
                  <tr>
                    <th>${say(label.figure)}</th>
                    <th class="number">${say(label.value)}</th>
                    <th>${say(label.state)}</th>
                    <th>${say(label.publishedAt)}</th>
                  </tr>
                </thead>
                <tbody>
                  ${items.map(row)}
                </tbody>
              </table>
            </div>`
      }
      ${next === null ? null : html`<p><a href="${pathIn(language, '/figures')}?cursor=${next}">${say(label.more)}</a></p>`}`,
  };
}

export function missingPage(language: Language): SitePage {
  const missing = publicationRefusalWords.PublicationMissing();
  return {
    title: publicationLabels.figure,
    description: missing,
    status: 404,
    hidden: true,
    body: html`<h1>${publicationLabels.figure[language]}</h1>
      <div class="note red"><p>${missing[language]}</p></div>
      <p><a href="${pathIn(language, '/figures')}">${publicationLabels.figures[language]}</a></p>`,
  };
}

import { sizeOf } from '#document/words.ts';
import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { counter, counterPage, hiddenPart, newIdPart } from '#platform/counter.ts';
import { type Drawing, type Drawn, blank, formRow, linesRow, wrongPart } from '#platform/form.ts';
import { type Language, type SitePage, pathIn } from '#platform/site.ts';
import { dayText, digits } from '#web/format.ts';
import type { CasePage } from '../act/contract.ts';
import type { CaseAppointment } from '../appointment/contract.ts';
import { appointmentLabels } from '../appointment/words.ts';
import type { OwnCase, OwnCases } from '../own/contract.ts';
import { ownLabels, promiseWords } from '../own/words.ts';
import { receiptLabels } from '../receipt/words.ts';
import { caseLabels } from '../words.ts';
import { caseActPath, casePapersPath, casePath, caseReceiptPath, caseWishPath } from './contract.ts';
import { counterLabels as words } from './words.ts';

const rolesIn = (roles: readonly Bilingual[], language: Language): string =>
  roles.map((role) => role[language]).join(language === 'fa' ? '، ' : ', ');

type Named = { readonly kind: { readonly title: Bilingual }; readonly about: Bilingual | null };
const nameOf = ({ kind, about }: Named): Bilingual =>
  about === null ? kind.title : { fa: `${kind.title.fa}: ${about.fa}`, en: `${kind.title.en}: ${about.en}` };

/** Whose turn it is and until when, as a sentence. */
function standingPart({ ended, deadline, turn, waitsFor }: OwnCase, language: Language): Html | null {
  if (ended) return null;
  const promise =
    deadline === null
      ? null
      : html`<p>
          ${promiseWords[deadline.promise].before[language]}
          <strong>${dayText(deadline.dueOn, language, 'weekday')}</strong>
          ${promiseWords[deadline.promise].after[language]}
        </p>`;
  if (turn)
    return html`<div class="note amber">
      <p><strong>${ownLabels.turn[language]}</strong></p>
      ${promise}
    </div>`;
  return html`${promise}
  ${waitsFor.length === 0 ? null : html`<p class="small">${ownLabels.now[language]}: ${rolesIn(waitsFor, language)}</p>`}`;
}

function cardPart(one: OwnCase, language: Language): Html {
  const { id, number, state, reason, ended, sinceOn } = one;
  return html`<li>
    <h3><a href="${pathIn(language, casePath(id))}">${nameOf(one)[language]}</a></h3>
    <p><strong>${state.title[language]}</strong> · ${state.told[language]}</p>
    ${reason === null ? null : html`<p>${ownLabels.reason[language]}: <bdi class="said">${reason}</bdi></p>`}
    ${standingPart(one, language)}
    <p class="small">
      ${ownLabels.number[language]} <bdi>${digits(number, language)}</bdi> ·
      ${(ended ? ownLabels.endedOn : ownLabels.since)[language]} ${dayText(sinceOn, language)}
    </p>
    <p class="small screen">
      <a href="${pathIn(language, caseReceiptPath(id))}">${receiptLabels.short[language]}</a>
    </p>
  </li>`;
}

/** The cases of whoever asks, open ones first. */
export function casesPage({ items, next }: OwnCases, language: Language): SitePage {
  const parts = [
    { title: ownLabels.open, cases: items.filter(({ ended }) => !ended) },
    { title: ownLabels.ended, cases: items.filter(({ ended }) => ended) },
  ].filter(({ cases }) => cases.length > 0);
  return counterPage(
    {
      title: ownLabels.mine,
      description: ownLabels.lead,
      body: html`<h1>${ownLabels.mine[language]}</h1>
        <p class="lead">${ownLabels.lead[language]}</p>
        ${
          items.length === 0
            ? html`<h2>${ownLabels.empty[language]}</h2>
                <p>${words.empty[language]}</p>`
            : null
        }
        ${parts.map(
          ({ title, cases }) =>
            html`<section>
              <h2>${title[language]}</h2>
              <ul class="plain">
                ${cases.map((one) => cardPart(one, language))}
              </ul>
            </section>`,
        )}
        ${
          next === null
            ? null
            : html`<p class="screen">
                <a href="${pathIn(language, counter.cases)}?cursor=${encodeURIComponent(next)}"
                  >${words.older[language]}</a
                >
              </p>`
        }
        <p class="screen">
          <a class="button" href="${pathIn(language, counter.request)}">${words.begin[language]}</a>
        </p>`,
    },
    language,
  );
}

/** A paper that was attached. */
export type Paper = {
  readonly name: string | null;
  readonly byteCount: number;
  readonly on: string;
  /** Where its content is; null once it was erased. */
  readonly href: string | null;
};

export type CaseShown = {
  readonly page: CasePage;
  readonly papers: readonly Paper[];
  readonly visit: CaseAppointment;
};
type Shown = CaseShown & { readonly language: Language };

function actsPart({ page, language }: Shown): Html {
  const mine = page.choices.filter(({ lawful, mine: isMine }) => lawful && isMine);
  const here = mine.filter(({ elsewhere }) => !elsewhere);
  const away = mine.filter(({ elsewhere }) => elsewhere);
  return html`<section>
    <h2>${words.yours[language]}</h2>
    ${page.turn ? html`<p class="note amber">${ownLabels.turn[language]}</p>` : html`<p>${words.nothing[language]}</p>`}
    ${
      here.length === 0
        ? null
        : html`<p class="choice screen">
            ${here.map(
              ({ act, title }) =>
                html`<a href="${pathIn(language, caseActPath(page.id, act))}">${title[language]}</a> `,
            )}
          </p>`
    }
    ${
      away.length === 0
        ? null
        : html`<p>
            ${words.onDesk[language]}
            ${rolesIn(
              away.map(({ title }) => title),
              language,
            )}
          </p>`
    }
  </section>`;
}

function factsPart({ page, language }: Shown): Html {
  const { deadline, county } = page;
  const fact = (label: Bilingual, value: string): Html =>
    html`<dt>${label[language]}</dt>
      <dd><bdi>${value}</bdi></dd>`;
  return html`<dl class="facts">
    ${fact(ownLabels.number, digits(page.number, language))}
    ${page.waitsFor.length === 0 ? null : fact(ownLabels.now, rolesIn(page.waitsFor, language))}
    ${fact(caseLabels.county, (county ?? caseLabels.provinceMatter)[language])}
    ${deadline === null ? null : fact(caseLabels.deadline, dayText(deadline.dueOn, language, 'weekday'))}
    ${deadline === null ? null : fact(ownLabels.basis, deadline.basis[language])}
  </dl>`;
}

const donePart = ({ page, language }: Shown): Html =>
  html`<section>
    <h2>${words.done[language]}</h2>
    <ol>
      ${page.acts.map(
        ({ title, byRole, happenedOn, reason }) =>
          html`<li>
            <strong>${title[language]}</strong> · ${byRole[language]} · ${dayText(happenedOn, language)}
            ${reason === null ? null : html`<br /><bdi class="said">${reason}</bdi>`}
          </li>`,
      )}
    </ol>
  </section>`;

function visitPart({ page, visit, language }: Shown, drawn: Drawn): Html | null {
  const { appointment, may } = visit;
  if (appointment === null || (!appointment.isOpen && appointment.standing !== 'cancelled')) return null;
  const { on, time, place, purpose, bring, isOpen, isAsked } = appointment;
  const drawing: Drawing = { ...drawn, language, form: 'wish' };
  const label = appointmentLabels;
  const fact = (title: Bilingual, value: string): Html | null =>
    value === ''
      ? null
      : html`<dt>${title[language]}</dt>
          <dd><bdi>${value}</bdi></dd>`;
  return html`<section>
    <h2>${label.appointment[language]}</h2>
    ${isOpen ? null : html`<p class="note">${label.none[language]}</p>`}
    ${
      isOpen
        ? html`<dl class="facts">
            ${fact(label.on, dayText(on, language, 'weekday'))} ${fact(label.time, digits(time, language))}
            ${fact(label.place, place)} ${fact(label.purpose, purpose)} ${fact(label.bring, bring)}
          </dl>`
        : null
    }
    ${isOpen && isAsked ? html`<p class="note amber">${label.wished[language]}</p>` : null}
    ${wrongPart(drawing, ['reason'])}
    ${
      may.ask
        ? html`<form
            class="form"
            method="post"
            action="${pathIn(language, caseWishPath(page.id))}"
            novalidate
          >
            ${hiddenPart({ seen: String(appointment.seq), appointmentId: appointment.appointmentId })}
            ${newIdPart}
            ${linesRow(drawing, { name: 'reason', label: label.ask, help: label.askHint, most: 500 })}
            <button type="submit">${label.send[language]}</button>
          </form>`
        : null
    }
  </section>`;
}

function papersPart({ page, papers, language }: Shown, drawn: Drawn): Html {
  const drawing: Drawing = { ...drawn, language, form: 'paper' };
  return html`<section id="papers">
    <h2>${words.papers[language]}</h2>
    ${
      papers.length === 0
        ? html`<p>${words.noPapers[language]}</p>`
        : html`<ul>
            ${papers.map(({ name, byteCount, on, href }) => {
              const size = sizeOf(byteCount);
              return html`<li>
                ${href === null ? words.erased[language] : html`<a href="${href}"><bdi>${name ?? ''}</bdi></a>`}
                <span class="small"
                  >${digits(size.value, language)} ${size.unit[language]} · ${dayText(on, language)}</span
                >
              </li>`;
            })}
          </ul>`
    }
    ${wrongPart(drawing, ['file'])}
    <form
      class="form"
      method="post"
      enctype="multipart/form-data"
      action="${pathIn(language, casePapersPath(page.id))}"
    >
      ${hiddenPart()} ${newIdPart}
      ${formRow(
        drawing,
        { name: 'file', label: words.paper, help: words.paperHelp },
        (attributes) =>
          html`<input ${attributes} type="file" accept="image/jpeg,image/png,application/pdf" />`,
      )}
      <button type="submit">${words.attach[language]}</button>
    </form>
  </section>`;
}

/** The form that comes back with what is to be mended. */
export type Mended = { readonly form: 'paper' | 'wish'; readonly drawn: Drawn };

/** A case: what it is, what is asked of its reader, the appointment, its papers and what was done. */
export function caseCounterPage(shown: CaseShown, language: Language, mended?: Mended): SitePage {
  const told = { ...shown, language };
  const { page } = shown;
  const drawnOf = (form: Mended['form']): Drawn => (mended?.form === form ? mended.drawn : blank);
  const name = nameOf(page);
  return counterPage(
    {
      title: name,
      description: page.state.told,
      path: casePath(page.id),
      status: mended?.drawn.status ?? 200,
      body: html`<h1>${name[language]}</h1>
        <p class="note"><strong>${page.state.title[language]}</strong> · ${page.state.told[language]}</p>
        ${factsPart(told)} ${actsPart(told)} ${visitPart(told, drawnOf('wish'))}
        ${papersPart(told, drawnOf('paper'))} ${donePart(told)}
        <p class="screen">
          <a href="${pathIn(language, caseReceiptPath(page.id))}">${receiptLabels.receipt[language]}</a>
        </p>`,
    },
    language,
  );
}

/** One act, asked for once more before it is done. */
export function actPage(
  told: {
    readonly page: CasePage;
    readonly choice: CasePage['choices'][number];
    readonly givesUp: boolean;
    readonly drawn: Drawn;
  },
  language: Language,
): SitePage {
  const { page, choice, givesUp, drawn } = told;
  const drawing: Drawing = { ...drawn, language, form: 'act' };
  const path = caseActPath(page.id, choice.act);
  return counterPage(
    {
      title: choice.title,
      description: page.state.told,
      path,
      status: drawn.status,
      body: html`<h1>${choice.title[language]}</h1>
        <p>${nameOf(page)[language]} · <bdi>${digits(page.number, language)}</bdi></p>
        <p class="note">${page.state.title[language]} · ${page.state.told[language]}</p>
        ${wrongPart(drawing, ['reason'])}
        ${
          choice.lawful
            ? html`${givesUp ? html`<p class="note amber">${words.givesUp[language]}</p>` : null}
                <p><strong>${words.confirm[language]}</strong></p>
                <form class="form" method="post" action="${pathIn(language, path)}" novalidate>
                  ${hiddenPart({ seenVersion: String(page.version) })} ${newIdPart}
                  ${choice.needsReason ? linesRow(drawing, { name: 'reason', label: caseLabels.reason, most: 1000 }) : null}
                  <button type="submit">${choice.title[language]}</button>
                </form>`
            : html`<p class="note red">${(choice.because ?? words.notNow)[language]}</p>`
        }
        <p class="screen"><a href="${pathIn(language, casePath(page.id))}">${words.back[language]}</a></p>`,
    },
    language,
  );
}

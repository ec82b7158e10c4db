import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { SitePage } from '#platform/site.ts';
import { type Language, grouped, instantText } from '#web/format.ts';
import type { LawBoard } from './contract.ts';
import { lawLabels, lawStateWords } from './words.ts';

type Row = LawBoard['laws'][number];

const tones = { holds: 'green', broken: 'red', not_asked: '' } as const;
const strokes = {
  holds: 'M3 8.5l3.2 3.2L13 4.8',
  broken: 'M4 4l8 8M12 4l-8 8',
  not_asked: 'M3 8h.01M8 8h.01M13 8h.01',
} as const;

/** Never colour alone; drawn, since no letter of the font is such a sign. */
const sign = (state: Row['state']): Html =>
  html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d="${strokes[state]}" /></svg>`;

/** Every law, green or red, for everybody: whole without JavaScript. */
export function lawsPage({ askedAt, laws }: LawBoard, language: Language): SitePage {
  const say = (text: Bilingual): string => text[language];
  const label = lawLabels;
  const broken = laws.filter(({ state }) => state === 'broken').length;
  const summary =
    askedAt === null
      ? html`<div class="note" role="status"><p>${say(label.notYet)}</p></div>`
      : html`<div class="note ${broken === 0 ? 'green' : 'red'}" role="status">
          <p>
            <strong
              >${sign(broken === 0 ? 'holds' : 'broken')}
              ${say(broken === 0 ? label.allHold : label.someBroken)}.</strong
            >
            ${say(label.askedAt)}: ${instantText(askedAt, language)}
          </p>
        </div>`;
  return {
    title: label.board,
    description: label.boardHelp,
    body: html`<h1>${say(label.board)}</h1>
      <p class="lead">${say(label.boardHelp)}</p>
      ${summary}
      <div class="scroll">
        <table class="cards">
          <thead>
            <tr>
              <th>${say(label.law)}</th>
              <th>${say(label.state)}</th>
              <th class="number">${say(label.breaches)}</th>
            </tr>
          </thead>
          <tbody>
            ${laws.map((law) => row(law, language))}
          </tbody>
        </table>
      </div>
      <p class="small">${say(label.private)}</p>`,
  };
}

function row({ title, state, breaches, since, provinces }: Row, language: Language): Html {
  const say = (text: Bilingual): string => text[language];
  const comma = language === 'fa' ? '، ' : ', ';
  const names = provinces.map(({ name, breaches: count }) => `${say(name)} (${grouped(count, language)})`);
  return html`<tr>
    <td>${say(title)}</td>
    <td class="${tones[state]}">
      <strong>${sign(state)} ${say(lawStateWords[state])}</strong>${
        since === null
          ? null
          : html`<br /><span class="small">${say(lawLabels.since)} ${instantText(since, language)}</span>`
      }
    </td>
    <td class="number">
      ${state === 'not_asked' ? '—' : `${grouped(breaches, language)} ${say(lawLabels.records)}`}${
        names.length === 0
          ? null
          : html`<br /><span class="small">${say(lawLabels.where)} ${names.join(comma)}</span>`
      }
    </td>
  </tr>`;
}

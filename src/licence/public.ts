import { dayFromIso, englishDay } from '#kernel/day.ts';
import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { type Language, type SitePage, askForm, pathIn } from '#platform/site.ts';
import type { Certificate, OtherCode } from './certificate/contract.ts';
import { checkAsk, checkWords as words, keyPath, verifyPath } from './certificate/words.ts';
import { complaintLabels } from './complaint/words.ts';
import type { Lapse, LicenceState } from './contract.ts';
import { lapseWords, licenceStateWords } from './words.ts';

/** What the public check shows: the certificate, its English names, and what holds of it today. */
export type Shown = Certificate & {
  readonly titleEn: string;
  readonly placeEn: string;
  readonly state: LicenceState;
  readonly isHistory: boolean;
  /** Why it holds no longer; null while it does. */
  readonly lapse: Lapse | null;
};

const inLanguage = (language: Language) => ({
  say: (text: Bilingual): string => text[language],
  digits: (text: string): string => (language === 'fa' ? persianDigits(text) : text),
  day: (iso: string): string =>
    language === 'fa' ? persianDigits(dayFromIso(iso).replaceAll('-', '/')) : englishDay(dayFromIso(iso)),
});

const tones: Readonly<Record<LicenceState, string>> = {
  coming: 'amber',
  valid: 'green',
  near_expiry: 'green',
  expired: 'red',
  renewed: 'amber',
  cancelled: 'red',
  annulled: 'red',
};

function factsOf(certificate: Certificate, place: string, title: string, language: Language): Html {
  const { say, digits, day } = inLanguage(language);
  const rows: readonly (readonly [Bilingual, string])[] = [
    [words.number, digits(certificate.number)],
    [words.holder, certificate.holder],
    [words.occupation, title],
    [words.place, place],
    [words.issuedOn, day(certificate.issuedOn)],
    [words.validity, `${day(certificate.validFrom)} ${say(words.to)} ${day(certificate.expiresOn)}`],
  ];
  return html`<dl class="facts">
    ${rows.map(
      ([label, value]) =>
        html`<dt>${say(label)}</dt>
          <dd><bdi>${value}</bdi></dd>`,
    )}
  </dl>`;
}

const faPlace = ({ county, province }: Certificate): string => `${county}، ${province}`;

type Asked = { readonly number: string; readonly found: Shown | undefined };

/** The check by number; without a number only the form. */
export function checkPage(asked: Asked | null, language: Language): SitePage {
  const { say } = inLanguage(language);
  const found = asked?.found;
  const answer =
    asked === null
      ? null
      : found === undefined
        ? html`<p class="note red">${say(words.notFound)}</p>`
        : html`<p class="note ${tones[found.state]}">
              ${say(words.state)}: <strong>${say(licenceStateWords[found.state])}</strong>
              ${found.lapse === null ? null : say(lapseWords(found.lapse))}
            </p>
            ${factsOf(
              found,
              language === 'fa' ? faPlace(found) : found.placeEn,
              language === 'fa' ? found.titleFa : found.titleEn,
              language,
            )}
            ${found.isHistory ? html`<p class="small">${say(words.history)}</p>` : null}`;
  return {
    title: words.check,
    description: words.checkLead,
    hidden: asked !== null,
    status: asked !== null && found === undefined ? 404 : 200,
    body: html`<h1>${say(words.check)}</h1>
      <p class="lead">${say(words.checkLead)}</p>
      ${askForm(checkAsk, { language, typed: asked?.number ?? '' })} ${answer}
      <p class="small"><a href="${pathIn(language, verifyPath)}">${say(words.verify)}</a></p>
      <p class="small"><a href="${pathIn(language, '/complaints')}">${say(complaintLabels.title)}</a></p>`,
  };
}

export type Verdict = {
  readonly payload: string;
  readonly verdict: 'genuine' | 'forged' | 'unreadable';
  readonly certificate: Certificate | null;
  /** How the licence of a genuine certificate stands today, where the register has it. */
  readonly standing: Pick<Shown, 'state' | 'lapse'> | null;
};

/** A true signature of a licence that has ended is the dangerous one: it is told in red beside it. */
function standingNote(standing: Verdict['standing'], language: Language): Html | null {
  const { say } = inLanguage(language);
  if (standing === null) return null;
  return html`<p class="note ${tones[standing.state]}">
    ${say(words.state)}: <strong>${say(licenceStateWords[standing.state])}</strong>
    ${standing.lapse === null ? null : say(lapseWords(standing.lapse))}
  </p>`;
}

/** The signature of a certificate, from the text of its QR code. */
export function verifyPage(asked: Verdict | null, language: Language): SitePage {
  const { say } = inLanguage(language);
  const answer =
    asked === null
      ? null
      : asked.certificate === null
        ? verdictNote(asked.verdict, language)
        : html`${verdictNote(asked.verdict, language)} ${standingNote(asked.standing, language)}
            ${factsOf(asked.certificate, faPlace(asked.certificate), asked.certificate.titleFa, language)}
            <p>
              <a
                href="${pathIn(language, `/licences/check?number=${encodeURIComponent(asked.certificate.number)}`)}"
                >${say(words.check)}</a
              >
            </p>`;
  return codePage(asked?.payload ?? null, answer, language);
}

/** The answer about a code of another room: its signature, how its matter stands today, and what it says. */
export function otherCodePage(
  { payload, other }: { readonly payload: string; readonly other: OtherCode | 'forged' | 'unreadable' },
  language: Language,
): SitePage {
  const { say } = inLanguage(language);
  if (typeof other === 'string') return codePage(payload, verdictNote(other, language), language);
  const answer = html`${verdictNote('genuine', language)}
    <p class="note ${other.isInForce ? 'green' : 'red'}">
      ${say(words.state)}: <strong>${say(other.state)}</strong>
    </p>
    <dl class="facts">
      ${other.facts.map(
        ([label, value]) =>
          html`<dt>${say(label)}</dt>
            <dd><bdi>${value}</bdi></dd>`,
      )}
    </dl>`;
  return codePage(payload, answer, language);
}

function verdictNote(verdict: Verdict['verdict'], language: Language): Html {
  const { say } = inLanguage(language);
  if (verdict === 'unreadable') return html`<p class="note amber">${say(words.unreadable)}</p>`;
  const [tone, title, help] =
    verdict === 'genuine'
      ? (['green', words.genuine, words.genuineHelp] as const)
      : (['red', words.forged, words.forgedHelp] as const);
  return html`<p class="note ${tone}"><strong>${say(title)}.</strong> ${say(help)}</p>`;
}

/** The form for the text of a code, and the answer under it. */
function codePage(payload: string | null, answer: Html | null, language: Language): SitePage {
  const { say } = inLanguage(language);
  return {
    title: words.verify,
    description: words.verifyLead,
    hidden: payload !== null,
    body: html`<h1>${say(words.verify)}</h1>
      <p class="lead">${say(words.verifyLead)}</p>
      <form class="form" method="get" action="${pathIn(language, verifyPath)}">
        <label
          >${say(words.payload)}
          <textarea name="code" rows="5" required maxlength="2000">${payload ?? ''}</textarea>
        </label>
        <button class="button" type="submit">${say(words.look)}</button>
      </form>
      ${answer}
      <p class="small"><a href="${pathIn(language, keyPath)}">${say(words.key)}</a></p>`,
  };
}

export type PublicKey = { readonly keyId: string; readonly key: string };

export function keyPage({ keyId, key }: PublicKey, language: Language): SitePage {
  const { say } = inLanguage(language);
  return {
    title: words.key,
    description: words.keyLead,
    body: html`<h1>${say(words.key)}</h1>
      <p class="lead">${say(words.keyLead)}</p>
      <dl class="facts">
        <dt>${say(words.keyId)}</dt>
        <dd><span class="code">${keyId}</span></dd>
        <dt>${say(words.keyText)}</dt>
        <dd><span class="code">${key}</span></dd>
      </dl>`,
  };
}

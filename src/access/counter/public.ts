import { html, type Html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { counter, hiddenPart } from '#platform/counter.ts';
import {
  type Drawing,
  type Drawn,
  type Option,
  type Typed,
  blank,
  selectRow,
  textRow,
  wrongPart,
} from '#platform/form.ts';
import { type Language, type SitePage, pathIn } from '#platform/site.ts';
import { accessWords } from '../words.ts';
import { joinWords } from '../join/words.ts';
import { counterWords as words } from './words.ts';

/** What step one asks; step two carries it along, so that nothing of it is kept in between. */
export const whoFields = ['provinceId', 'nationalId', 'firstName', 'lastName', 'phone'] as const;

export const doorPaths = {
  signIn: `${counter.door}/sign-in`,
  code: `${counter.door}/code`,
  account: `${counter.door}/account`,
} as const;

const page = (
  { status }: Drawn,
  body: Html,
): Pick<SitePage, 'title' | 'description' | 'body' | 'status' | 'path' | 'hidden' | 'personal'> => ({
  title: words.title,
  description: words.lead,
  path: counter.door,
  status,
  body,
  ...(status === 200 ? {} : { hidden: true, personal: true }),
});

function signInPart(drawing: Drawing): Html {
  const { language } = drawing;
  return html`<section class="screen">
    <h2>${words.haveAccount[language]}</h2>
    ${wrongPart(drawing, ['username', 'password'])}
    <form class="form" method="post" action="${pathIn(language, doorPaths.signIn)}" novalidate>
      ${textRow(drawing, {
        name: 'username',
        label: accessWords.username,
        help: words.byPhone,
        code: true,
        most: 80,
        autocomplete: 'username',
      })}
      ${textRow(drawing, {
        name: 'password',
        label: accessWords.password,
        type: 'password',
        code: true,
        most: 128,
        autocomplete: 'current-password',
      })}
      <button type="submit">${accessWords.signIn[language]}</button>
    </form>
  </section>`;
}

function whoPart(drawing: Drawing, provinces: readonly Option[]): Html {
  const { language } = drawing;
  const text = (name: 'firstName' | 'lastName', autocomplete: string): Html =>
    textRow(drawing, { name, label: joinWords[name], most: 40, autocomplete });
  return html`<section class="screen">
    <h2>${words.noAccount[language]}</h2>
    <p>${joinWords.stepOne[language]}</p>
    ${wrongPart(drawing, whoFields)}
    <form class="form" method="post" action="${pathIn(language, doorPaths.code)}" novalidate>
      ${hiddenPart()}
      ${selectRow(drawing, { name: 'provinceId', label: joinWords.province, options: provinces })}
      ${textRow(drawing, {
        name: 'nationalId',
        label: joinWords.nationalId,
        help: joinWords.nationalIdHint,
        type: 'tel',
        code: true,
        most: 12,
      })}
      ${text('firstName', 'given-name')} ${text('lastName', 'family-name')}
      ${textRow(drawing, {
        name: 'phone',
        label: joinWords.phone,
        help: joinWords.phoneHint,
        type: 'tel',
        code: true,
        most: 20,
        autocomplete: 'tel',
      })}
      <button type="submit">${joinWords.sendCode[language]}</button>
    </form>
  </section>`;
}

/** The door: to sign in, or to ask for a code. Each form comes back with what is to be mended in it alone. */
export function doorPage(
  told: {
    readonly provinces: readonly Option[];
    readonly signIn?: Drawn;
    readonly who?: Drawn;
  },
  language: Language,
): SitePage {
  const { provinces, signIn = blank, who = blank } = told;
  return page(
    signIn.status === 200 ? who : signIn,
    html`<h1>${words.title[language]}</h1>
      <p class="lead">${words.lead[language]}</p>
      ${signInPart({ ...signIn, language, form: 'sign-in' })}
      ${whoPart({ ...who, language, form: 'who' }, provinces)}`,
  );
}

/** Step two: the code that came and a password. `code` is told in a demonstration only. */
export function codePage(
  told: { readonly drawn: Drawn; readonly who: Typed; readonly code: string | null },
  language: Language,
): SitePage {
  const { drawn, who, code } = told;
  const drawing = { ...drawn, language, form: 'code' };
  const shown =
    code === null
      ? null
      : html`<div class="note amber">
          <p><strong>${joinWords.demonstrationTitle[language]}</strong> <bdi class="code">${code}</bdi></p>
          <p>${joinWords.demonstrationBody[language]}</p>
        </div>`;
  return {
    ...page(
      drawn,
      html`<h1>${joinWords.stepTwo[language]}</h1>
        <div class="note">
          <p><strong>${joinWords.sentTitle[language]}</strong></p>
          <p>${joinWords.sentBody[language]}</p>
        </div>
        ${shown} ${wrongPart(drawing, ['code', 'password'])}
        <form class="form" method="post" action="${pathIn(language, doorPaths.account)}" novalidate>
          ${hiddenPart(who)}
          ${textRow(drawing, {
            name: 'code',
            label: joinWords.code,
            type: 'tel',
            code: true,
            most: 12,
            autocomplete: 'one-time-code',
          })}
          ${textRow(drawing, {
            name: 'password',
            label: accessWords.newPassword,
            help: accessWords.passwordHint,
            type: 'password',
            code: true,
            most: 128,
            autocomplete: 'new-password',
          })}
          <button type="submit">${joinWords.finish[language]}</button>
        </form>
        <form class="form" method="post" action="${pathIn(language, doorPaths.code)}">
          ${hiddenPart(who)}
          <button class="plain" type="submit">${joinWords.again[language]}</button>
        </form>`,
    ),
    hidden: true,
    personal: true,
  };
}

/** Who is signed in under another role, or under none that is in force, is told so. */
export function elsewherePage(said: Bilingual, language: Language): SitePage {
  return {
    ...page(
      blank,
      html`<h1>${words.title[language]}</h1>
        <p class="note amber">${said[language]}</p>
        <p><a class="button" href="/desk/">${words.desk[language]}</a></p>
        <form method="post" action="${pathIn(language, counter.signOut)}">
          <button class="plain" type="submit">${words.signOut[language]}</button>
        </form>`,
    ),
    hidden: true,
    personal: true,
  };
}

import type { z } from 'zod';
import { type Html, html } from '#kernel/html.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { invalidForm } from './invalid.ts';
import { invalidInput, ProblemError } from './problem.ts';
import type { Language } from './site.ts';

/** What is wrong with a field, or with the whole where it has none. */
export type FieldProblem = Bilingual & { readonly field: string | null };

export type Typed = Readonly<Record<string, string>>;

/** A form as it is drawn: the words that were typed, and what to mend. */
export type Drawn = {
  readonly typed: Typed;
  readonly problems: readonly FieldProblem[];
  readonly status: number;
};
export const blank: Drawn = { typed: {}, problems: [], status: 200 };

/** The form once more, with what the problem says of each of its fields, in the words that the interface has for it. */
export function drawnAgain({ facts }: ProblemError, typed: Typed): Drawn {
  const { status, words, field = null, fields } = facts;
  const found = new Map<string | null, FieldProblem>();
  // What is nested in an order stands in a form by its own name.
  for (const one of fields ?? [{ field, ...words }]) {
    const name = one.field?.split('.').at(-1) ?? null;
    if (!found.has(name)) found.set(name, { field: name, fa: one.fa, en: one.en });
  }
  return { typed, problems: [...found.values()], status };
}

/** What was typed as its schema has it, or a problem 422; a field that was left empty counts as not sent. */
export function readForm<Shape extends z.ZodType>(
  shape: Shape,
  given: Readonly<Record<string, unknown>>,
): z.infer<Shape> {
  const sent = Object.fromEntries(
    Object.entries(given).filter(([, value]) => typeof value !== 'string' || value.trim() !== ''),
  );
  const parsed = shape.safeParse(sent);
  if (parsed.success) return parsed.data;
  throw new ProblemError(invalidInput(422, invalidForm(shape, sent, parsed.error)));
}

const words = {
  mend: { fa: 'ثبت نشد. این‌ها را اصلاح کنید:', en: 'Not recorded. Mend this:' },
  optional: { fa: 'اختیاری', en: 'optional' },
  pick: { fa: 'برگزینید', en: 'Choose' },
} as const satisfies Record<string, Bilingual>;

/** A form being drawn; `form` begins the id of each control, so that several may stand on one page. */
export type Drawing = Drawn & { readonly language: Language; readonly form: string };

export type Field = {
  readonly name: string;
  readonly label: Bilingual;
  readonly help?: Bilingual;
  readonly optional?: boolean;
};

const idOf = ({ form }: Drawing, name: string): string => `${form}-${name}`;

/** A label with its help, what is wrong, and the control, which is given its attributes. */
export function formRow(
  drawing: Drawing,
  { name, label, help, optional = false }: Field,
  control: (attributes: Html) => Html,
): Html {
  const { language, problems } = drawing;
  const id = idOf(drawing, name);
  const wrong = problems.find(({ field }) => field === name);
  const by = [...(help === undefined ? [] : [`${id}-help`]), ...(wrong === undefined ? [] : [`${id}-wrong`])];
  return html`<div>
    <label for="${id}"
      ><span
        >${label[language]}${optional ? html` <span class="small">(${words.optional[language]})</span>` : null}</span
      ></label
    >
    ${help === undefined ? null : html`<p class="small" id="${id}-help">${help[language]}</p>`}
    ${wrong === undefined ? null : html`<p class="note red" id="${id}-wrong">${wrong[language]}</p>`}
    ${control(
      html`id="${id}"
      name="${name}"${by.length === 0 ? null : html` aria-describedby="${by.join(' ')}"`}${wrong === undefined ? null : html` aria-invalid="true"`}${optional ? null : html` aria-required="true"`}`,
    )}
  </div>`;
}

export type TextField = Field & {
  readonly type?: 'text' | 'tel' | 'password';
  /** Numbers and names of accounts run from left to right in either language. */
  readonly code?: boolean;
  readonly most?: number;
  readonly autocomplete?: string;
  /** What stands in the field before anybody typed. */
  readonly value?: string;
};

/** A line of text. What was typed as a password is never sent back. */
export const textRow = (drawing: Drawing, field: TextField): Html =>
  formRow(
    drawing,
    field,
    (attributes) =>
      html`<input
        ${attributes}
        type="${field.type ?? 'text'}"
        dir="${field.code === true ? 'ltr' : 'auto'}"
        maxlength="${field.most ?? 200}"
        autocomplete="${field.autocomplete ?? 'off'}"
        value="${field.type === 'password' ? '' : (drawing.typed[field.name] ?? field.value ?? '')}"
      />`,
  );

/** Several lines of text. */
export const linesRow = (drawing: Drawing, field: Field & { readonly most: number }): Html =>
  formRow(
    drawing,
    field,
    (attributes) =>
      html`<textarea ${attributes} rows="4" maxlength="${field.most}" dir="auto">
${drawing.typed[field.name] ?? ''}</textarea>`,
  );

export type Option = Bilingual & { readonly key: string };

/** One of a list, in the order of the alphabet in which it is read. */
export const selectRow = (
  drawing: Drawing,
  field: Field & { readonly value?: string; readonly options: readonly Option[] },
): Html => {
  const { language, typed } = drawing;
  const chosen = typed[field.name] ?? field.value ?? '';
  const options = field.options.toSorted((a, b) => a[language].localeCompare(b[language], language));
  return formRow(
    drawing,
    field,
    (attributes) =>
      html`<select ${attributes}>
        <option value="">${words.pick[language]}</option>
        ${options.map(
          (option) =>
            html`<option value="${option.key}" ${option.key === chosen ? html` selected` : null}>
              ${option[language]}
            </option>`,
        )}
      </select>`,
  );
};

/** What is wrong, above the form, each with the way to its field. */
export function wrongPart(drawing: Drawing, names: readonly string[]): Html | null {
  const { problems, language } = drawing;
  if (problems.length === 0) return null;
  return html`<div class="note red" role="alert">
    <p>${words.mend[language]}</p>
    <ul>
      ${problems.map(
        (problem) =>
          html`<li>
            ${
              problem.field !== null && names.includes(problem.field)
                ? html`<a href="#${idOf(drawing, problem.field)}">${problem[language]}</a>`
                : problem[language]
            }
          </li>`,
      )}
    </ul>
  </div>`;
}

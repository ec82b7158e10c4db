import type { FastifyRequest } from 'fastify';
import type { ZodFastifySchemaValidationError } from 'fastify-type-provider-zod';
import { $ZodType, globalRegistry, type $ZodError } from 'zod/v4/core';
import type { Bilingual } from '#kernel/indicator.ts';

/** One wrong field of an input: which, what it broke, and both sentences for it. */
export type InvalidField = {
  readonly field: string;
  readonly rule: string;
  readonly fa: string;
  readonly en: string;
};

type Saying = { readonly rule: string; readonly words: (label: Bilingual) => Bilingual };
type Issue = {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly given: boolean;
  /** What the field itself says of its form, such as that a sum is whole rials. */
  readonly form: Bilingual | undefined;
};

const persianNumber = new Intl.NumberFormat('fa-IR');
const englishNumber = new Intl.NumberFormat('en-US');

const typeNames: Readonly<Record<string, Bilingual>> = {
  string: { fa: 'متن', en: 'text' },
  number: { fa: 'عدد', en: 'a number' },
  int: { fa: 'عدد درست', en: 'a whole number' },
  boolean: { fa: 'آری یا نه', en: 'yes or no' },
  array: { fa: 'فهرست', en: 'a list' },
  object: { fa: 'مجموعهٔ فیلدها', en: 'a set of fields' },
  record: { fa: 'مجموعهٔ فیلدها', en: 'a set of fields' },
  null: { fa: 'خالی', en: 'empty' },
};

const formatNames: Readonly<Record<string, Bilingual>> = {
  uuid: { fa: 'شناسهٔ یکتا (UUID)', en: 'a unique id (UUID)' },
  date: { fa: 'روز به شکل ۲۰۲۴-۰۳-۲۰', en: 'a day such as 2024-03-20' },
  datetime: { fa: 'زمان به شکل ISO 8601', en: 'an instant in ISO 8601' },
  email: { fa: 'نشانی رایانامه', en: 'an e-mail address' },
  url: { fa: 'نشانی وب', en: 'a web address' },
};

/**
 * Refinements of rooms say their own sentences: `.refine(test, { params: { rule, fa, en } })`; `{label}` in
 * them is how the field is called.
 */
function ownWords(params: Readonly<Record<string, unknown>>): Saying | undefined {
  const own = params['params'];
  if (typeof own !== 'object' || own === null || !('fa' in own) || !('en' in own)) return undefined;
  const said = { fa: String(own.fa), en: String(own.en) };
  return {
    rule: 'rule' in own ? String(own.rule) : 'custom',
    words: (label) => ({
      fa: said.fa.replaceAll('{label}', label.fa),
      en: said.en.replaceAll('{label}', label.en),
    }),
  };
}

function tooSmall({ params }: Issue): Saying {
  const least = Number(params['minimum']);
  const [fa, en] = [persianNumber.format(least), englishNumber.format(least)];
  if (params['origin'] === 'string' && least === 1) return empty;
  const unit = sizeUnit(params['origin']);
  return {
    rule: 'too_small',
    words: (label) => ({
      fa: `«${label.fa}» دست‌کم ${fa}${unit.fa} است.`,
      en: `${label.en}: at least ${en}${unit.en}.`,
    }),
  };
}

function tooBig({ params }: Issue): Saying {
  const most = Number(params['maximum']);
  const [fa, en] = [persianNumber.format(most), englishNumber.format(most)];
  const unit = sizeUnit(params['origin']);
  return {
    rule: 'too_big',
    words: (label) => ({
      fa: `«${label.fa}» دست‌بالا ${fa}${unit.fa} است.`,
      en: `${label.en}: at most ${en}${unit.en}.`,
    }),
  };
}

function sizeUnit(origin: unknown): Bilingual {
  if (origin === 'string') return { fa: ' نویسه', en: ' characters' };
  if (origin === 'array' || origin === 'set') return { fa: ' مورد', en: ' items' };
  return { fa: '', en: '' };
}

const empty: Saying = {
  rule: 'required',
  words: (label) => ({ fa: `«${label.fa}» لازم است؛ آن را بنویسید.`, en: `${label.en} is required.` }),
};

function wrongType({ params, given, form }: Issue): Saying {
  if (!given) return empty;
  const expected = String(params['expected']);
  const name = (expected === 'string' ? form : undefined) ??
    typeNames[expected] ?? { fa: expected, en: expected };
  return {
    rule: 'type',
    words: (label) => ({ fa: `«${label.fa}» باید ${name.fa} باشد.`, en: `${label.en} must be ${name.en}.` }),
  };
}

function wrongFormat({ params, form }: Issue): Saying {
  const format = String(params['format']);
  const name = form ?? formatNames[format] ?? { fa: 'به شکل خواسته‌شده', en: 'in the form that is asked for' };
  return {
    rule: format === 'regex' ? 'format' : format,
    words: (label) => ({
      fa: `«${label.fa}» درست نیست؛ باید ${name.fa} باشد.`,
      en: `${label.en} must be ${name.en}.`,
    }),
  };
}

function wrongValue({ params, given }: Issue): Saying {
  if (!given) return empty;
  const values = Array.isArray(params['values']) ? params['values'].map(String) : [];
  return {
    rule: 'one_of',
    words: (label) => ({
      // The keys are for programs: in the Persian sentence stands how many there are to choose from.
      fa: `«${label.fa}» از ${persianNumber.format(values.length)} گزینهٔ خود نیست؛ یکی از آن‌ها را برگزینید.`,
      en: `${label.en} is one of: ${values.join(', ')}.`,
    }),
  };
}

function unknownKeys({ params }: Issue): Saying {
  const keys = Array.isArray(params['keys']) ? params['keys'].map(String) : [];
  return {
    rule: 'unknown',
    words: () => ({
      fa: 'فیلدی فرستاده شد که این درخواست ندارد؛ آن را بردارید.',
      en: `Unknown field: ${keys.join(', ')}.`,
    }),
  };
}

const anythingElse: Saying = {
  rule: 'invalid',
  words: (label) => ({ fa: `«${label.fa}» درست نیست.`, en: `${label.en} is not valid.` }),
};

function sayingOf(issue: Issue): Saying {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return tooBig(issue);
    case 'invalid_format':
      return wrongFormat(issue);
    case 'invalid_value':
    case 'invalid_union':
      return wrongValue(issue);
    case 'unrecognized_keys':
      return unknownKeys(issue);
    case 'custom':
      return ownWords(issue.params) ?? anythingElse;
    default:
      return anythingElse;
  }
}

/**
 * How a field is called: contracts name it with `.meta({ fa, en })`; without that its name on the wire. The
 * label may stand on the field or on what it wraps (`optional`, `nullable`, `pipe`).
 */
function labelOf(schema: $ZodType | undefined, path: readonly string[]): Bilingual {
  let here = schema;
  let label: Bilingual = { fa: 'درخواست', en: 'The request' };
  for (const part of path) {
    here = childOf(here, part);
    // An item of a list is called as its list is.
    label = metaOf(here, nameKeys) ?? (isIndex(part) ? label : unnamed(here, part));
  }
  return label;
}

/** A field without a name of its own: an id is one, whatever it is called on the wire. */
const unnamed = (schema: $ZodType | undefined, part: string): Bilingual => ({
  fa: part === 'id' || partOf(unwrap(schema), 'format') === 'uuid' ? 'شناسه' : part,
  en: part,
});

/** The form that a field asks for, where its contract says one with `.meta({ formFa, formEn })`. */
const formOf = (schema: $ZodType | undefined, path: readonly string[]): Bilingual | undefined =>
  metaOf(
    path.reduce((here, part) => childOf(here, part), schema),
    formKeys,
  );

const nameKeys: Bilingual = { fa: 'fa', en: 'en' };
const formKeys: Bilingual = { fa: 'formFa', en: 'formEn' };

const isIndex = (part: string): boolean => /^\d+$/.test(part);

const asSchema = (value: unknown): $ZodType | undefined => (value instanceof $ZodType ? value : undefined);

/** A part of a schema's definition, such as the inner type of an optional one. */
function partOf(schema: $ZodType | undefined, name: string): unknown {
  const definition: Readonly<Record<string, unknown>> = { ...schema?._zod.def };
  return definition[name];
}

const wrapped = (schema: $ZodType | undefined): $ZodType | undefined =>
  asSchema(partOf(schema, 'innerType') ?? partOf(schema, 'in'));

function unwrap(schema: $ZodType | undefined): $ZodType | undefined {
  const inner = wrapped(schema);
  return inner === undefined ? schema : unwrap(inner);
}

function childOf(schema: $ZodType | undefined, part: string): $ZodType | undefined {
  const bare = unwrap(schema);
  const shape = partOf(bare, 'shape');
  if (typeof shape === 'object' && shape !== null)
    return asSchema(Object.entries(shape).find(([key]) => key === part)?.[1]);
  return asSchema(partOf(bare, 'element'));
}

function metaOf(schema: $ZodType | undefined, keys: Bilingual): Bilingual | undefined {
  if (schema === undefined) return undefined;
  const meta: Readonly<Record<string, unknown>> = { ...globalRegistry.get(schema) };
  const [fa, en] = [meta[keys.fa], meta[keys.en]];
  return typeof fa === 'string' && typeof en === 'string' ? { fa, en } : metaOf(wrapped(schema), keys);
}

function isGiven(input: unknown, path: readonly string[]): boolean {
  let here: unknown = input;
  for (const part of path) {
    if (typeof here !== 'object' || here === null) return false;
    here = Object.entries(here).find(([key]) => key === part)?.[1];
  }
  return here !== undefined;
}

const inputParts = ['body', 'querystring', 'params', 'headers'] as const;
export type InputPart = (typeof inputParts)[number];

export const inputPart = (name: string | undefined): InputPart =>
  inputParts.find((part) => part === name) ?? 'body';

/** What each failed check of zod says, field by field, in both languages and without its English. */
export function invalidFields(
  request: FastifyRequest,
  part: InputPart,
  issues: readonly ZodFastifySchemaValidationError[],
): InvalidField[] {
  const input = {
    body: request.body,
    querystring: request.query,
    params: request.params,
    headers: request.headers,
  }[part];
  const schema = asSchema(request.routeOptions.schema?.[part]);
  const plain = issues.map(({ keyword, instancePath, params }) => ({
    code: keyword,
    path: instancePath.split('/').filter((step) => step !== ''),
    params,
  }));
  return fieldsOf({ schema, input }, plain);
}

/** The same for what no route's schema has parsed: the fields beside an uploaded file. */
export const invalidForm = (schema: $ZodType, input: unknown, error: $ZodError): InvalidField[] =>
  fieldsOf(
    { schema, input },
    error.issues.map(({ code, path, ...params }) => ({
      code: code ?? 'custom',
      path: path.map(String),
      params: { ...params },
    })),
  );

/** A field that is not known stands below the one that holds it: the answer names the first of them. */
const unknownKey = (code: string, { keys }: Issue['params']): string[] =>
  code === 'unrecognized_keys' && Array.isArray(keys) ? keys.slice(0, 1).map(String) : [];

type PlainIssue = Omit<Issue, 'given' | 'form'> & { readonly path: readonly string[] };

/** A test without words of its own adds nothing where its field was refused already: one sentence is said once. */
const saysMore = ({ code, path, params }: PlainIssue, at: number, all: readonly PlainIssue[]): boolean =>
  code !== 'custom' ||
  ownWords(params) !== undefined ||
  !all.slice(0, at).some((one) => one.path.join('.') === path.join('.'));

function fieldsOf(
  { schema, input }: { readonly schema: $ZodType | undefined; readonly input: unknown },
  issues: readonly PlainIssue[],
): InvalidField[] {
  return issues.filter(saysMore).map(({ code, path, params }) => {
    const { rule, words } = sayingOf({
      code,
      params,
      given: isGiven(input, path),
      form: formOf(schema, path),
    });
    const field = [...path, ...unknownKey(code, params)].join('.');
    return { field, rule, ...words(labelOf(schema, path)) };
  });
}

import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  type ZodFastifySchemaValidationError,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Bilingual } from '#kernel/indicator.ts';
import { must, type Refused, type Result } from '#kernel/result.ts';
import { isConnectionLost, reasonOf } from './obstacle.ts';
import { inputPart, invalidFields, type InputPart, type InvalidField } from './invalid.ts';

/**
 * RFC 9457, with both languages in every problem. `kind` is the rule that said no, `field` the input it
 * speaks of, `rule` what that input broke; `title` and `detail` are in the language of Accept-Language.
 */
export const problemShape = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    kind: z.string(),
    field: z.string().nullable(),
    rule: z.string().nullable(),
    fa: z.string(),
    en: z.string(),
    /** Every field that was wrong, so that a form can mark them all at once. */
    fields: z
      .array(z.object({ field: z.string(), rule: z.string(), fa: z.string(), en: z.string() }))
      .optional(),
    /** The facts of the refusal as the rule gave them; sums are decimal strings. */
    facts: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemShape>;

/** For the `response` of every route's schema: what is answered when the answer is no. */
export const problemResponses = { '4xx': problemShape } as const;

/** One sentence per refusal kind; the facts of the refusal are at hand. Rooms write theirs in `words.ts`. */
export type RefusalWords<Refusal extends Refused> = {
  readonly [Kind in Refusal['kind']]: (refusal: Extract<Refusal, { kind: Kind }>) => Bilingual;
};

export type ProblemFacts = {
  readonly status: number;
  readonly kind: string;
  readonly words: Bilingual;
  readonly field?: string;
  readonly rule?: string;
  readonly fields?: Problem['fields'];
  readonly facts?: Problem['facts'];
};

/**
 * A "no" of the transport: a missing key, a wrong type, an unknown address. Thrown, because it ends the
 * request before any rule of a room was asked; a lawful "no" of a room is a `Result` instead.
 */
export class ProblemError extends Error {
  readonly facts: ProblemFacts;
  readonly headers: Readonly<Record<string, string>>;
  constructor(facts: ProblemFacts, headers: Readonly<Record<string, string>> = {}) {
    super(facts.words.en);
    this.name = 'ProblemError';
    this.facts = facts;
    this.headers = headers;
  }
}

/** Persian unless English is asked for before it. */
export function languageOf(request: {
  readonly headers: { readonly 'accept-language'?: string | undefined };
}): 'fa' | 'en' {
  const wishes = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
      const quality = parameters.map(
        (parameter) => /^\s*q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.exec(parameter)?.[1],
      );
      return { language: tag.split('-')[0], order: quality.find((found) => found !== undefined) ?? '1' };
    })
    .filter(({ language, order }) => (language === 'fa' || language === 'en') && !/^0(\.0*)?$/.test(order));
  // Text compares qualities rightly: each is «0.ddd» or «1».
  const best = wishes.toSorted((a, b) => (a.order < b.order ? 1 : a.order > b.order ? -1 : 0))[0];
  return best?.language === 'en' ? 'en' : 'fa';
}

const titles: Readonly<Record<number, Bilingual>> = {
  400: { fa: 'درخواست درست نیست', en: 'The request is not right' },
  401: { fa: 'وارد نشده‌اید', en: 'You are not signed in' },
  403: { fa: 'این کار در اختیار شما نیست', en: 'This is not yours to do' },
  404: { fa: 'پیدا نشد', en: 'Not found' },
  405: { fa: 'این روش پذیرفته نیست', en: 'This method is not accepted' },
  409: { fa: 'با وضع کنونی سازگار نیست', en: 'It does not agree with how things stand' },
  410: { fa: 'دیگر اعتبار ندارد', en: 'No longer valid' },
  413: { fa: 'بیش از اندازه بزرگ است', en: 'Too large' },
  415: { fa: 'این نوع داده پذیرفته نیست', en: 'This kind of data is not accepted' },
  422: { fa: 'پذیرفته نشد', en: 'Not accepted' },
  429: { fa: 'درخواست‌ها بیش از اندازه است', en: 'Too many requests' },
  500: { fa: 'خطایی در سامانه رخ داد', en: 'Something went wrong on our side' },
  503: { fa: 'سامانه آماده نیست', en: 'Not ready yet' },
};
const otherTitle: Bilingual = { fa: 'انجام نشد', en: 'Not done' };

export const titleOf = (status: number): Bilingual => titles[status] ?? otherTitle;

function problemOf(request: FastifyRequest, facts: ProblemFacts): Problem {
  const language = languageOf(request);
  const title = titleOf(facts.status);
  return {
    type: `urn:karsaz:problem:${facts.kind}`,
    title: title[language],
    status: facts.status,
    detail: facts.words[language],
    // The path only: a query may hold what somebody searched for.
    instance: request.url.split('?')[0] ?? request.url,
    kind: facts.kind,
    field: facts.field ?? null,
    rule: facts.rule ?? null,
    fa: facts.words.fa,
    en: facts.words.en,
    ...(facts.fields ? { fields: facts.fields } : {}),
    ...(facts.facts ? { facts: facts.facts } : {}),
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The kind of the problem that was answered, for the trail. */
    problemKind: string | null;
  }
}

/** Answers a problem, whatever the route's own schema says of answers. */
export function sendProblem(reply: FastifyReply, facts: ProblemFacts): FastifyReply {
  reply.request.problemKind = facts.kind;
  return reply
    .code(facts.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('vary', 'accept-language')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problemOf(reply.request, facts));
}

/** What of a reply `answer` needs; the reply of every route has it, whatever its schema. */
type StatusHolder = { statusCode: number };

/**
 * The value of a Result for the wire, or the problem of its refusal: by the room's total table from kind to
 * status, with the room's words; a fact called `field` marks that input of the form, and one called `rule` what it broke. The problem is thrown to
 * the one place that writes problems, so that the type of a route's answer stays the type of its schema.
 */
export function answer<Done, Refusal extends Refused>(
  reply: StatusHolder,
  result: Result<Done, Refusal>,
  statusTable: Readonly<Record<Refusal['kind'], number>>,
  words: RefusalWords<Refusal>,
  doneStatus = 200,
): Done {
  if (result.ok) {
    reply.statusCode = doneStatus;
    return result.value;
  }
  throw refusalProblem(result.refusal, statusTable, words);
}

/** The problem that a refusal is answered with. */
export function refusalProblem<Refusal extends Refused>(
  refusal: Refusal,
  statusTable: Readonly<Record<Refusal['kind'], number>>,
  words: RefusalWords<Refusal>,
): ProblemError {
  const kind: Refusal['kind'] = refusal.kind;
  // The compiler cannot see that this sentence belongs to this refusal; the mapped type of the words does.
  const sentence: Bilingual = Reflect.apply(words[kind], undefined, [refusal]);
  const { kind: _, ...facts } = refusal;
  const field = 'field' in facts && typeof facts.field === 'string' ? { field: facts.field } : {};
  const rule = 'rule' in facts && typeof facts.rule === 'string' ? { rule: facts.rule } : {};
  return new ProblemError({
    status: statusTable[kind],
    kind,
    words: sentence,
    ...field,
    ...rule,
    facts: wireFacts(facts),
  });
}

/** Sums are bigint inside and decimal strings on the wire. */
function wireFacts(facts: object): Problem['facts'] {
  const text = JSON.stringify(facts, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Of the database: a day before 1800, which no calendar of ours turns into a Persian one. */
const dayTooEarly: ProblemFacts = {
  status: 422,
  kind: 'DayTooEarly',
  words: {
    fa: 'روزی پیش از سال ۱۱۷۹ خورشیدی نوشته شده است؛ روزها باید میان ۱۲۷۹/۰۱/۰۱ و ۱۵۷۸/۱۲/۲۹ باشند. چیزی ثبت نشد.',
    en: 'A day before the year 1800 was written: days lie between 1900-03-21 and 2200-03-20. Nothing was recorded.',
  },
  rule: 'day_in_use',
};

const transport: Readonly<Record<string, ProblemFacts>> = {
  // Of the database: a sum beyond nineteen digits.
  '22003': {
    status: 422,
    kind: 'NumberTooLarge',
    words: {
      fa: 'حاصل از بزرگ‌ترین مبلغی که دفتر نگه می‌دارد (حدود ۹ میلیارد میلیارد ریال) بیشتر می‌شود؛ مبلغ را با سند بسنجید. چیزی ثبت نشد.',
      en: 'The result would pass the largest sum the ledger holds (about 9 × 10¹⁸ rials): compare the sum with its paper. Nothing was recorded.',
    },
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    kind: 'BadJson',
    words: { fa: 'متن درخواست JSON درستی نیست.', en: 'The body is not valid JSON.' },
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    kind: 'EmptyBody',
    words: { fa: 'درخواست بی‌متن است.', en: 'The body is empty.' },
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    kind: 'BodyTooLarge',
    words: { fa: 'آنچه فرستادید بیش از اندازه بزرگ است.', en: 'What you sent is too large.' },
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    kind: 'UnsupportedMedia',
    words: {
      fa: 'داده را به صورت JSON یا فرم بفرستید.',
      en: 'Send the data as JSON or as a form.',
    },
  },
  FST_ERR_BAD_URL: {
    status: 400,
    kind: 'BadAddress',
    words: { fa: 'نشانی درست نوشته نشده است.', en: 'The address is not well formed.' },
  },
};

const ourFault: ProblemFacts = {
  status: 500,
  kind: 'Fault',
  words: {
    fa: 'خطایی در سامانه رخ داد و ثبت شد؛ چیزی ذخیره نشد. کمی بعد دوباره بکوشید.',
    en: 'Something went wrong on our side and was logged; nothing was saved. Please try again shortly.',
  },
};

const databaseAway: ProblemFacts = {
  status: 503,
  kind: 'DatabaseAway',
  words: {
    fa: 'پایگاه داده برای لحظه‌ای در دسترس نیست. کمی بعد همان را دوباره بفرستید؛ آنچه انجام شده باشد دوبار انجام نمی‌شود.',
    en: 'The database is away for a moment. Send the same again shortly: what was done is not done twice.',
  },
};

const badRequest: ProblemFacts = {
  status: 400,
  kind: 'BadRequest',
  words: { fa: 'درخواست درست نیست.', en: 'The request is not right.' },
};

function invalidProblem(
  request: FastifyRequest,
  part: InputPart,
  issues: readonly ZodFastifySchemaValidationError[],
): ProblemFacts {
  return invalidInput(part === 'body' ? 422 : 400, invalidFields(request, part, issues));
}

export function invalidInput(status: number, fields: readonly InvalidField[]): ProblemFacts {
  const first = must(fields[0], 'a validation error has an issue');
  return {
    status,
    kind: 'InvalidInput',
    words: {
      fa: fields.map(({ fa }) => fa).join(' '),
      en: fields.map(({ en }) => en).join(' '),
    },
    field: first.field,
    rule: first.rule,
    fields: [...fields],
  };
}

/** The problem of whatever was thrown on the way of a request; what is not foreseen is our fault and logged. */
export function problemOfError(request: FastifyRequest, error: FastifyError): ProblemFacts {
  if (error instanceof ProblemError) return error.facts;
  if (hasZodFastifySchemaValidationErrors(error)) {
    return invalidProblem(request, inputPart(error.validationContext), error.validation);
  }
  const known = transport[error.code];
  if (known !== undefined) return known;
  if ('constraint' in error && error.constraint === 'day_is_not_jalali') return dayTooEarly;
  if (isConnectionLost(error)) {
    request.log.warn({ error: reasonOf(error) }, 'a request lost its connection to the database');
    return databaseAway;
  }
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { ...badRequest, status };
  request.log.error({ err: error }, 'a request failed');
  return ourFault;
}

/** A file of the tree as the walls see it: its path from the project's root, with `/`, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/** One breach: which wall, where, and what to do instead. */
export type Violation = {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly says: string;
};

export type Literal = {
  /** Between the quotes, as written; a template keeps its `${…}`. */
  readonly text: string;
  readonly at: number;
  /** The word before a template, e.g. `sql`; empty otherwise. */
  readonly tag: string;
};

/** TypeScript read as text. Both masks are as long as the text, so that places stay places. */
export type Source = {
  /** Comments and the inside of literals are blank. */
  readonly code: string;
  /** Only comments are blank. */
  readonly spoken: string;
  readonly literals: readonly Literal[];
};

export type Import = { readonly target: string; readonly at: number };

export const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The end of a quoted string that opens at `at`; a string that is not closed ends with its line. */
function endOfString(text: string, at: number): number {
  const quote = text[at];
  let i = at + 1;
  while (i < text.length && text[i] !== quote && text[i] !== '\n') i += text[i] === '\\' ? 2 : 1;
  return Math.min(i, text.length);
}

/** The end of a regular expression that opens at `at`, or undefined when the slash divides. */
function endOfPattern(text: string, at: number): number | undefined {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  if (!/(?:^|=>|[(,=:[!&|?{;+*%~^]|\b(?:return|case|typeof|of|in))$/.test(before)) return undefined;
  let inClass = false;
  for (let i = at + 1; i < text.length && text[i] !== '\n'; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '[') inClass = true;
    else if (text[i] === ']') inClass = false;
    else if (text[i] === '/' && !inClass) return i;
  }
  return undefined;
}

type Reader = {
  readonly text: string;
  code: string;
  spoken: string;
  readonly literals: Literal[];
};

function take(reader: Reader, from: number, to: number, as: 'code' | 'comment' | 'quoted'): number {
  const part = reader.text.slice(from, to);
  reader.code += as === 'code' ? part : blank(part);
  reader.spoken += as === 'comment' ? blank(part) : part;
  return to;
}

/**
 * Tells code, comments and literals apart. Not a parser: a small reader that is right for the TypeScript that
 * `oxfmt` writes, and that gives up at the end of the line where it is wrong.
 */
export function read(text: string): Source {
  const reader: Reader = { text, code: '', spoken: '', literals: [] };
  readCode(reader, 0, false);
  return { code: reader.code, spoken: reader.spoken, literals: reader.literals };
}

/** Reads code from `at` to the end, or to the brace that closes a template's expression; answers where it stopped. */
function readCode(reader: Reader, at: number, inTemplate: boolean): number {
  const { text } = reader;
  let depth = 0;
  let i = at;
  while (i < text.length) {
    const c = text[i];
    if (c === '{') depth += 1;
    if (c === '}' && inTemplate && depth === 0) return i;
    if (c === '}') depth -= 1;
    i = readPiece(reader, i);
  }
  return i;
}

/** Reads one comment, literal or character from `at`; answers where the next piece begins. */
function readPiece(reader: Reader, at: number): number {
  const { text } = reader;
  if (text.startsWith('//', at)) {
    const end = text.indexOf('\n', at);
    return take(reader, at, end < 0 ? text.length : end, 'comment');
  }
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    return take(reader, at, end < 0 ? text.length : end + 2, 'comment');
  }
  const c = text[at];
  if (c === '`') return readTemplate(reader, at);
  const end = c === '"' || c === "'" ? endOfString(text, at) : c === '/' ? endOfPattern(text, at) : undefined;
  if (end === undefined) return take(reader, at, at + 1, 'code');
  if (c !== '/') reader.literals.push({ text: text.slice(at + 1, end), at, tag: '' });
  take(reader, at, at + 1, 'code');
  take(reader, at + 1, end, 'quoted');
  return take(reader, end, end + 1, 'code');
}

/** Reads a template from its opening backtick; what stands in `${…}` is read as code. */
function readTemplate(reader: Reader, at: number): number {
  const { text } = reader;
  const tag = /([\w$]+)$/.exec(text.slice(Math.max(0, at - 30), at))?.[1] ?? '';
  let i = take(reader, at, at + 1, 'code');
  while (i < text.length && text[i] !== '`') {
    if (text.startsWith('${', i)) {
      const end = readCode(reader, take(reader, i, i + 2, 'code'), true);
      i = take(reader, end, end + 1, 'code');
    } else {
      i = take(reader, i, i + (text[i] === '\\' ? 2 : 1), 'quoted');
    }
  }
  reader.literals.push({ text: text.slice(at + 1, i), at, tag });
  return take(reader, i, i + 1, 'code');
}

const importForms = [
  /\b(?:import|export)\s+(?:type\s+)?[\w\s{},*$]+?\bfrom\s*(?=['"])/g,
  /\bimport\s*\(?\s*(?=['"])/g,
];

/** Everything a file imports or re-exports, type-only and dynamic imports included. */
export function importsOf(source: Source): Import[] {
  return importForms
    .flatMap((form) => [...source.code.matchAll(form)])
    .map((match) => {
      const at = match.index + match[0].length;
      const literal = source.literals.find((candidate) => candidate.at === at);
      return { target: literal?.text ?? '', at: match.index };
    })
    .filter(({ target }) => target !== '')
    .sort((a, b) => a.at - b.at);
}

/** Reports every match of `pattern` in `mask` as one violation of `rule`. */
export function matches(
  file: SourceFile,
  mask: string,
  finding: { readonly rule: string; readonly pattern: RegExp; readonly says: string },
): Violation[] {
  return [...mask.matchAll(finding.pattern)].map((match) => ({
    rule: finding.rule,
    path: file.path,
    line: lineAt(mask, match.index),
    says: `${match[0].trim().slice(0, 60)}: ${finding.says}`,
  }));
}

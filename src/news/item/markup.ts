import { seenText } from '#kernel/persian.ts';

/**
 * How a text of an item is written: paragraphs apart by an empty line, `## ` before a heading, `- ` before each line
 * of a list, `[words](f/<id>)` for a figure under its permanent address, `![](<id>)` alone on a line for a picture.
 * Everything else is text; there is no way to write HTML.
 */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'figure'; readonly text: string; readonly id: string };

export type Block =
  | { readonly kind: 'heading' | 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'image'; readonly id: string };

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const figureLink = new RegExp(`\\[([^\\[\\]]{1,300})\\]\\(f/(${uuid})\\)`, 'g');
const imageLine = new RegExp(`^!\\[\\]\\((${uuid})\\)$`);

function inlinesOf(text: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(figureLink)) {
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    parts.push({ kind: 'figure', text: match[1] ?? '', id: match[2] ?? '' });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

function blockOf(text: string): Block {
  const image = imageLine.exec(text)?.[1];
  if (image !== undefined) return { kind: 'image', id: image };
  if (text.startsWith('## '))
    return { kind: 'heading', parts: inlinesOf(text.slice(3).trim().replaceAll('\n', ' ')) };
  const lines = text.split('\n');
  if (lines.every((line) => line.startsWith('- ')))
    return { kind: 'list', items: lines.map((line) => inlinesOf(line.slice(2).trim())) };
  return { kind: 'paragraph', parts: inlinesOf(lines.join(' ')) };
}

export const blocksOf = (body: string): Block[] =>
  body
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(blockOf);

/** The ids of the figures that a text leads to, in their order, each once. */
export const figuresIn = (body: string): string[] => [
  ...new Set([...body.matchAll(figureLink)].map((match) => match[2] ?? '')),
];

export const imagesIn = (body: string): string[] => [
  ...new Set(blocksOf(body).flatMap((block) => (block.kind === 'image' ? [block.id] : []))),
];

/** Where words of a text lead, in code points of that text. */
export type Leading = { readonly id: string; readonly start: number; readonly end: number };

/** A text as a page prints it: `leads` says where its words lead to figures. */
export type Printed = {
  readonly text: string;
  readonly leads: readonly Leading[];
  /** The same text, sign for sign, read on over the lines of each list. */
  readonly readOn: string;
  /** Where the tags begin, in code points. */
  readonly tagsAt: number;
};

/** What stands before a line of a list, and what stands there when the list is read on as one sentence. */
const nextLine = '\n- ';
const goesOn = '   ';

const rightFigure = /(?:رقم|عدد|آمار|مبلغ)\s(?:درست|واقعی|صحیح)/g;

/** As a reader reads it, sign for sign: «②» and «𝟐» are digits, and asterisks around a number are no part of it. */
const asRead = (text: string): string =>
  text.replaceAll(/[\p{Nd}\p{No}*]/gu, (sign) => {
    const plain = sign.normalize('NFKC');
    return /^[0-9]$/.test(plain) ? plain : sign === '*' ? ' ' : sign;
  });

/** Puts together what is printed, and keeps count of it in code points. */
class Press {
  private text = '';
  private readOn = '';
  private length = 0;
  private readonly leads: Leading[] = [];

  paragraph(parts: readonly Inline[]): void {
    if (this.length > 0) this.put('\n\n');
    this.inlines(parts);
  }

  /** A correction that says which figure is right claims it, where elsewhere such words take another one back. */
  correction(text: string): void {
    if (this.length > 0) this.put('\n\n');
    this.put(
      text,
      text.replaceAll(rightFigure, (said) => ' '.repeat(said.length)),
    );
  }

  list(items: readonly (readonly Inline[])[]): void {
    if (this.length > 0) this.put('\n');
    for (const [at, parts] of items.entries()) {
      // A line that ends in a full stop is a sentence of its own.
      const ends = at === 0 || /[.!?؟؛:]\s*$/.test(this.text);
      this.put(nextLine, ends ? nextLine : goesOn);
      this.inlines(parts);
    }
  }

  printed(): Omit<Printed, 'tagsAt'> {
    return { text: this.text, leads: this.leads, readOn: this.readOn };
  }

  get reached(): number {
    return this.length;
  }

  private inlines(parts: readonly Inline[]): void {
    for (const part of parts) {
      const start = this.length;
      this.put(part.text);
      if (part.kind === 'figure') this.leads.push({ id: part.id, start, end: this.length });
    }
  }

  private put(text: string, readOn = text): void {
    this.text += asRead(text);
    this.readOn += asRead(readOn);
    this.length += Array.from(text).length;
  }
}

const oneLine = (text: string): Inline[] => [{ kind: 'text', text: text.replaceAll(/\s+/g, ' ').trim() }];

/**
 * Everything of a text that a page prints, without the signs that nobody sees: title, summary, body with the
 * descriptions of its pictures, what a correction says of itself, tags. What the check reads is what everybody reads.
 */
export function printedText(asked: {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly erratum: string;
  readonly tags: readonly string[];
  /** What stands under a picture of the body. */
  readonly captionOf: (imageId: string) => string;
}): Printed {
  const { title, summary, body, erratum, tags, captionOf } = asked;
  const press = new Press();
  for (const line of [title, summary]) press.paragraph(oneLine(seenText(line)));
  for (const block of blocksOf(seenText(body)))
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        press.paragraph(block.parts);
        break;
      case 'list':
        press.list(block.items);
        break;
      case 'image':
        press.paragraph(oneLine(seenText(captionOf(block.id))));
    }
  if (erratum !== '') press.correction(seenText(erratum).replaceAll(/\s+/g, ' ').trim());
  const tagsAt = press.reached;
  for (const tag of tags) press.paragraph(oneLine(seenText(tag)));
  return { ...press.printed(), tagsAt };
}

/** The words as they are printed, without links and pictures. */
export const plainText = (body: string): string =>
  body
    .replaceAll(figureLink, '$1')
    .split('\n')
    .filter((line) => !imageLine.test(line.trim()))
    .map((line) => line.replace(/^(?:## |- )/, ''))
    .join('\n');

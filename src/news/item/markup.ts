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
  if (text.startsWith('## ')) return { kind: 'heading', parts: inlinesOf(text.slice(3).trim()) };
  const lines = text.split('\n');
  if (lines.every((line) => line.startsWith('- ')))
    return { kind: 'list', items: lines.map((line) => inlinesOf(line.slice(2).trim())) };
  return { kind: 'paragraph', parts: inlinesOf(lines.join(' ')) };
}

export const blocksOf = (body: string): Block[] =>
  body
    .replaceAll('\r\n', '\n')
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

/** The words as they are printed, without links and pictures: what the check reads. */
export const plainText = (body: string): string =>
  body
    .replaceAll(figureLink, '$1')
    .split('\n')
    .filter((line) => !imageLine.test(line.trim()))
    .map((line) => line.replace(/^(?:## |- )/, ''))
    .join('\n');

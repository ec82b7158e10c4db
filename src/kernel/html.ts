/**
 * HTML as a value that cannot be confused with text: whatever text is put into a template is escaped, and only
 * another piece of HTML goes in as it is.
 */
export type Html = { readonly markup: string };

type Part = string | number | bigint | Html | readonly Html[] | null | undefined;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in an element or between the quotation marks of an attribute. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

function markupOf(part: Part): string {
  if (part === null || part === undefined) return '';
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(markupOf).join('');
  return escaped(String(part));
}

/** `` html`<p>${text}</p>` ``: null and undefined leave nothing, a list of pieces stands one after another. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: strings.reduce((markup, string, at) => `${markup}${markupOf(parts[at - 1])}${string}`),
});

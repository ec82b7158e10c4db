import { readFileSync } from 'node:fs';
import { diagramOf } from '#kernel/state.ts';
import type { CaseKind } from '#kernel/state.ts';

const mermaidBlocks = (text: string): string[] =>
  [...text.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].map((match) => match[1] ?? '');

/**
 * True when the README at `path` shows the state diagram of the kind as it is declared. Throws with the block
 * that belongs there when it does not, so that the failing test says what to paste.
 */
export function readmeHasDiagram(path: string | URL, kind: CaseKind): true {
  const wanted = diagramOf(kind);
  if (mermaidBlocks(readFileSync(path, 'utf8')).includes(wanted)) return true;
  throw new Error(`${String(path)} lacks the diagram of ${kind.kind}:\n\`\`\`mermaid\n${wanted}\n\`\`\``);
}

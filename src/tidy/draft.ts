import type { Room } from '#map.ts';
import type { SourceFile } from './source.ts';

const nounOf = ({ name }: Room): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** The first files of a room: one refusal with its status, its words, its rule and the rule's test. */
export function draftRoom(room: Room): SourceFile[] {
  const at = (file: string, text: string): SourceFile => ({ path: `src/${room.name}/${file}`, text });
  return [
    at('README.md', readme(room)),
    at('contract.ts', contract(room)),
    at('words.ts', words(room)),
    at('rules.ts', rules(room)),
    at('rules.test.ts', rulesTest(room)),
  ];
}

const readme = ({ name, title, holds }: Room): string => `# ${name} (${title.fa})

Holds ${holds}.

**Law.** Which act and clause this room follows.

**States.** None yet.

**Who may.** Nobody yet: the room has no routes.

**Never.** What this room leaves to others.
`;

const contract = (room: Room): string => `import type { Id } from '#kernel/id.ts';

export type ${nounOf(room)}Refusal = { readonly kind: '${nounOf(room)}Missing'; readonly ${room.name}Id: Id };

export const ${room.name}RefusalStatus = {
  ${nounOf(room)}Missing: 404,
} as const satisfies Record<${nounOf(room)}Refusal['kind'], number>;
`;

const words = (room: Room): string => `import type { Bilingual } from '#kernel/indicator.ts';
import type { ${nounOf(room)}Refusal } from './contract.ts';

export const ${room.name}RefusalWords = {
  ${nounOf(room)}Missing: () => ({
    fa: 'چنین ${room.title.fa} در این استان نیست؛ نشانی را بررسی کنید.',
    en: 'There is no such ${room.name} in this province: check the address.',
  }),
} as const satisfies {
  [Kind in ${nounOf(room)}Refusal['kind']]: (refusal: Extract<${nounOf(room)}Refusal, { kind: Kind }>) => Bilingual;
};
`;

const rules = (room: Room): string => `import type { Id } from '#kernel/id.ts';
import { ok, refused, type Result } from '#kernel/result.ts';
import type { ${nounOf(room)}Refusal } from './contract.ts';

/** What was found, or the refusal that says it is not there. */
export const decideFound = <Found>(
  ${room.name}Id: Id,
  found: Found | undefined,
): Result<Found, ${nounOf(room)}Refusal> =>
  found === undefined ? refused({ kind: '${nounOf(room)}Missing', ${room.name}Id }) : ok(found);
`;

const rulesTest = (room: Room): string => `import fc from 'fast-check';
import { expect, it } from 'vitest';
import { id } from '#kernel/id.ts';
import { decideFound } from './rules.ts';

it('refuses exactly what is not there', () => {
  fc.assert(
    fc.property(fc.uuid({ version: 7 }), fc.option(fc.string(), { nil: undefined }), (asked, found) => {
      const result = decideFound(id(asked), found);
      if (result.ok) expect(result.value).toBe(found);
      else expect(result.refusal).toEqual({ kind: '${nounOf(room)}Missing', ${room.name}Id: asked });
      expect(result.ok).toBe(found !== undefined);
    }),
  );
});
`;

/** The map with a planned room marked built, or undefined when the map has no such planned room. */
export function markBuilt(map: string, name: string): string | undefined {
  const row = new RegExp(`(name: '${name}',(?:(?!name: ')[\\s\\S])*?built: )false`);
  return row.test(map) ? map.replace(row, '$1true') : undefined;
}

/** The row of a room in ARCHITECTURE.md; planned rooms stand there in brackets. */
export const rowOf = ({ name, title, built }: Room): string =>
  `| ${built ? `\`${name}\`` : `(\`${name}\`)`} | ${title.fa} |`;

/** ARCHITECTURE.md with a room no longer in brackets. */
export const withoutBrackets = (paper: string, room: Room): string =>
  paper.replace(rowOf({ ...room, built: false }), rowOf({ ...room, built: true }));

/** Where a file stands in the house. */
export type Standing =
  | { readonly floor: 'kernel' | 'platform' | 'web' | 'testing' | 'tidy' }
  | { readonly floor: 'top'; readonly name: string }
  | { readonly floor: 'room'; readonly room: string; readonly inside: string; readonly kind: Kind }
  | { readonly floor: 'outside' };

/** The kinds of file a room is made of. A `noun` is a pure part of the rules, named by a word of the domain. */
export type Kind =
  | 'contract'
  | 'words'
  | 'rules'
  | 'noun'
  | 'indicators'
  | 'queries'
  | 'actions'
  | 'routes'
  | 'command'
  | 'page'
  | 'panels'
  | 'public'
  | 'test'
  | 'other';

const files: Readonly<Record<string, Kind>> = {
  'contract.ts': 'contract',
  'words.ts': 'words',
  'rules.ts': 'rules',
  'indicators.ts': 'indicators',
  'queries.ts': 'queries',
  'actions.ts': 'actions',
  'routes.ts': 'routes',
  'command.ts': 'command',
  'page.tsx': 'page',
  'panels.tsx': 'panels',
  'public.ts': 'public',
};

export const kindFiles: readonly string[] = Object.keys(files);

/** What decides and describes: no database, no clock, no network, the same in the browser. */
export const pureKinds: readonly Kind[] = ['contract', 'words', 'rules', 'noun', 'indicators'];

export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export function kindOf(path: string): Kind {
  if (isTest(path)) return 'test';
  const name = baseName(path);
  return files[name] ?? (/^[a-z][a-z-]*\.ts$/.test(name) ? 'noun' : 'other');
}

export function standingOf(path: string): Standing {
  const [top, unit, ...rest] = path.split('/');
  if (top !== 'src' || unit === undefined) return { floor: 'outside' };
  if (rest.length === 0) return { floor: 'top', name: unit };
  switch (unit) {
    case 'kernel':
    case 'platform':
    case 'web':
    case 'testing':
    case 'tidy':
      return { floor: unit };
    default:
      return { floor: 'room', room: unit, inside: rest.join('/'), kind: kindOf(path) };
  }
}

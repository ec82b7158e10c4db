import { posix } from 'node:path';
import type { Room } from '#map.ts';
import { importsOf, lineAt, read, type SourceFile, type Violation } from './source.ts';
import { isTest, pureKinds, standingOf, type Kind, type Standing } from './standing.ts';

/** What a kind of file may see: kinds of its own room, kinds of earlier rooms, floors. */
type Sight = {
  readonly own: readonly Kind[];
  readonly earlier: readonly Kind[];
  readonly floors: readonly ('kernel' | 'platform' | 'web')[];
};

const page: Sight = {
  own: ['contract', 'words', 'rules', 'noun'],
  earlier: ['contract', 'words'],
  floors: ['kernel', 'web'],
};

/** The table of ARCHITECTURE.md, "One room, all rooms alike". */
const sights = {
  contract: { own: [], earlier: ['contract'], floors: ['kernel'] },
  words: { own: ['contract'], earlier: ['contract', 'words'], floors: ['kernel'] },
  rules: { own: ['contract', 'noun'], earlier: ['contract'], floors: ['kernel'] },
  noun: { own: ['contract'], earlier: ['contract'], floors: ['kernel'] },
  indicators: { own: ['contract', 'words'], earlier: ['contract'], floors: ['kernel'] },
  queries: { own: ['contract'], earlier: ['contract'], floors: ['kernel', 'platform'] },
  actions: {
    own: ['contract', 'rules', 'noun', 'queries'],
    earlier: ['contract', 'actions'],
    floors: ['kernel', 'platform'],
  },
  routes: {
    own: ['contract', 'words', 'rules', 'noun', 'queries', 'actions', 'public'],
    earlier: ['contract', 'words'],
    floors: ['kernel', 'platform'],
  },
  command: {
    own: ['contract', 'words', 'rules', 'noun', 'queries', 'actions'],
    earlier: ['contract', 'words', 'actions'],
    floors: ['kernel', 'platform'],
  },
  page,
  panels: page,
  public: {
    own: ['contract', 'words', 'rules', 'noun'],
    earlier: ['contract', 'words'],
    floors: ['kernel', 'platform', 'web'],
  },
} as const satisfies Record<Exclude<Kind, 'test' | 'other'>, Sight>;

/** Inner files of a room that even the top of the house leaves alone. */
const innermost: readonly Kind[] = ['queries', 'rules', 'noun'];

/** Packages that a pure file may use: they compute, and neither read nor write. */
const purePackages: Readonly<Record<string, readonly Kind[]>> = {
  zod: ['contract'],
  '@persian-tools/persian-tools': ['rules', 'noun'],
};

/** Who may import whom. */
export function checkImports(tree: readonly SourceFile[], rooms: readonly Room[]): Violation[] {
  const order = rooms.map(({ name }) => name);
  return tree
    .filter(({ path }) => /^src\/.*\.tsx?$/.test(path))
    .flatMap((file) => {
      const source = read(file.text);
      return importsOf(source).flatMap(({ target, at }) => {
        const fault = faultOf({ path: file.path, target, order });
        if (fault === undefined) return [];
        const [rule, says] = fault;
        return [{ rule, path: file.path, line: lineAt(file.text, at), says: `${target}: ${says}` }];
      });
    });
}

type Step = { readonly path: string; readonly target: string; readonly order: readonly string[] };
type Fault = readonly [rule: string, says: string];

function faultOf(step: Step): Fault | undefined {
  const from = standingOf(step.path);
  const target = step.target.replace(/\?.*$/, '');
  if (!/^[.#]/.test(target)) return faultOfPackage(from, step.path, target);
  const path = target.startsWith('#')
    ? `src/${target.slice(1)}`
    : posix.join(posix.dirname(step.path), target);
  return (
    faultOfSpelling(step.path, target, path) ??
    faultOfSight({ ...step, from, to: standingOf(path), seen: path })
  );
}

function faultOfPackage(from: Standing, path: string, target: string): Fault | undefined {
  if (isTest(path)) return undefined;
  if (from.floor === 'kernel') return ['kernel-sees', floors.kernel.says];
  if (from.floor !== 'room' || !pureKinds.includes(from.kind)) return undefined;
  return purePackages[target]?.includes(from.kind)
    ? undefined
    : ['impure', `${from.kind} files are pure: load it in queries.ts or actions.ts and hand over the facts`];
}

const unitOf = (path: string): string => {
  const [top, unit, ...rest] = path.split('/');
  return top === 'src' && rest.length > 0 ? `src/${unit}` : (top ?? '');
};

/** Inside a room or floor `./file.ts`, from elsewhere `#room/file.ts`: a path tells at a glance whether it leaves. */
function faultOfSpelling(from: string, target: string, path: string): Fault | undefined {
  if (!/\.(?:tsx?|json|css|svg|png|woff2|ttf)$/.test(target))
    return ['import-spelling', 'write the extension'];
  const stays = unitOf(from) === unitOf(path);
  if (unitOf(from) === 'src' || (isTest(from) && unitOf(path) === 'bench')) return undefined;
  if (target.startsWith('#') && stays)
    return ['import-spelling', 'inside a room or floor an import starts with ./'];
  if (target.startsWith('.') && !stays)
    return ['import-spelling', 'over a wall an import is written #room/file.ts, never with ..'];
  return undefined;
}

type Look = Step & { readonly from: Standing; readonly to: Standing; readonly seen: string };

function faultOfSight(look: Look): Fault | undefined {
  const { from, to } = look;
  if (isTest(look.path) || from.floor === 'testing' || from.floor === 'outside') return undefined;
  if (isTest(look.seen) || to.floor === 'testing')
    return ['product-sees-tests', 'tests see the product, never the other way round'];
  if (to.floor === 'outside' && from.floor === 'top' && look.seen.startsWith('bench/')) return undefined;
  if (to.floor === 'outside')
    return ['import-spelling', 'nothing outside src is imported: read data through the platform'];
  if (from.floor === 'room') return faultOfRoom(look, from, to);
  if (from.floor === 'top')
    return to.floor === 'room' && innermost.includes(to.kind)
      ? ['not-a-door', `${to.kind} files are inner rooms: enter by a door of ${to.room}`]
      : undefined;
  const { sees, says } = floors[from.floor];
  return to.floor === from.floor || sees.includes(to.floor) ? undefined : [`${from.floor}-sees`, says];
}

/** What a floor may see besides itself. */
const floors: Readonly<
  Record<
    'kernel' | 'platform' | 'web' | 'tidy',
    { readonly sees: readonly Standing['floor'][]; readonly says: string }
  >
> = {
  kernel: { sees: [], says: 'the kernel imports only itself' },
  platform: { sees: ['kernel'], says: 'the platform sees only the kernel: let app.ts hand it over' },
  web: { sees: ['kernel'], says: 'the web floor sees only the kernel: let app.web.tsx hand it over' },
  tidy: { sees: ['kernel', 'top'], says: 'the walls read the tree as text and import none of it' },
};

function faultOfRoom(look: Look, from: Standing & { floor: 'room' }, to: Standing): Fault | undefined {
  const sight: Sight | undefined =
    from.kind === 'test' || from.kind === 'other' ? undefined : sights[from.kind];
  if (sight === undefined) return undefined;
  if (to.floor === 'top')
    return ['room-sees-top', 'only main, app, app.web, cli and map name rooms; a room names none of them'];
  if (to.floor === 'kernel' || to.floor === 'platform' || to.floor === 'web')
    return sight.floors.includes(to.floor)
      ? undefined
      : ['wrong-floor', `a ${from.kind} file sees ${sight.floors.join(' and ')} only`];
  if (to.floor !== 'room') return ['wrong-floor', `a room does not see ${to.floor}`];
  if (to.room === from.room)
    return to.kind === from.kind || sight.own.includes(to.kind) || look.seen.endsWith('.css')
      ? undefined
      : ['wrong-file', `in its room a ${from.kind} file sees ${sight.own.join(', ') || 'nothing'}`];
  if (look.order.indexOf(to.room) > look.order.indexOf(from.room) || !look.order.includes(to.room))
    return [
      'later-room',
      `${to.room} is built after ${from.room}: hand the fact down, or subscribe to the event there`,
    ];
  return sight.earlier.includes(to.kind)
    ? undefined
    : ['not-a-door', `of an earlier room a ${from.kind} file sees ${sight.earlier.join(', ')}`];
}

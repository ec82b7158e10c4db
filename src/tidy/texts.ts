import { lineAt, matches, read, type Source, type SourceFile, type Violation } from './source.ts';
import { baseName, isTest, pureKinds, standingOf, type Standing } from './standing.ts';

/** A file that may turn text or a bigint into a number, with the reason. An entry that is not needed is a violation. */
export type NumberExceptions = Readonly<Record<string, string>>;

type Look = { readonly file: SourceFile; readonly source: Source; readonly standing: Standing };
type Finding = { readonly rule: string; readonly pattern: RegExp; readonly says: string };

/** What no line of the product says: floats for money, clocks and chance in rules, texts outside words.ts. */
export function checkTexts(tree: readonly SourceFile[], exceptions: NumberExceptions): Violation[] {
  return [
    ...tree.flatMap(checkPlaces),
    ...tree
      .filter(({ path }) => /^src\/.*\.tsx?$/.test(path) && standingOf(path).floor !== 'tidy')
      .flatMap((file) => {
        const look = { file, source: read(file.text), standing: standingOf(file.path) };
        return [
          ...checkMoney(look, exceptions),
          ...checkSurroundings(look),
          ...checkPretence(look),
          ...checkPage(look),
        ];
      }),
    ...tree.filter(({ path }) => /^src\/.*\.(?:css|tsx)$/.test(path)).flatMap(checkSides),
    ...checkExceptions(tree, exceptions),
    ...checkRefusalWords(tree),
  ];
}

const machinePlaces = /\.\.\/shared\b|(?<![\w.])\/work\/|\/home\/[a-z]|\/Users\/[a-z]|(?<![\w/])\/root\//g;

/** The project stands alone: it names no neighbour folder and no machine. Tests may read a neighbour's examples. */
function checkPlaces(file: SourceFile): Violation[] {
  if (isTest(file.path) || file.path.startsWith('src/tidy/')) return [];
  return matches(file, file.text, {
    rule: 'foreign-place',
    pattern: machinePlaces,
    says: 'carry the fact into the project; only a test may look beyond its root',
  });
}

const numbers: readonly Finding[] = [
  {
    rule: 'money-number',
    pattern: /(?<![\w.])Number\s*\(|\bparseFloat\s*\(|\.toFixed\s*\(/g,
    says: 'money is a bigint from end to end: use kernel/rial.ts; a bounded count asks for an exception with a reason in tidy.ts',
  },
];
const floats: Finding = {
  rule: 'money-float',
  pattern: /(?<![\w.])\d+\.\d+\s*\*|\*\s*\d+\.\d+(?![\w.])/g,
  says: 'a share is an exact fraction { numerator, denominator }: shareOut or shareUp of kernel/rial.ts',
};

const draws = ({ file, standing }: Look): boolean => file.path.endsWith('.tsx') || standing.floor === 'web';

function checkMoney(look: Look, exceptions: NumberExceptions): Violation[] {
  const { file, source, standing } = look;
  if (isTest(file.path) || standing.floor === 'testing') return [];
  const asNumbers =
    file.path in exceptions ? [] : numbers.flatMap((finding) => matches(file, source.code, finding));
  return [...asNumbers, ...(draws(look) ? [] : matches(file, source.code, floats))];
}

function checkExceptions(tree: readonly SourceFile[], exceptions: NumberExceptions): Violation[] {
  return Object.keys(exceptions).flatMap((path) => {
    const file = tree.find((candidate) => candidate.path === path);
    const needed =
      file !== undefined && numbers.some(({ pattern }) => read(file.text).code.search(pattern) >= 0);
    const says = `${path} needs no exception any more: take it out of the list in tidy.ts`;
    return needed ? [] : [{ rule: 'stale-exception', path: 'src/tidy.ts', line: 1, says }];
  });
}

const clock: Finding = {
  rule: 'surroundings',
  pattern: /\bDate\.now\s*\(|\bnew Date\s*\(\s*\)|\bTemporal\.Now\b|\bperformance\.now\s*\(/g,
  says: 'time is handed in: ctx.now or platform/clock.ts in the caller',
};
const environment: Finding = {
  rule: 'surroundings',
  pattern: /\bprocess\.(?:env|cwd|argv)\b|\bimport\.meta\.env\b/g,
  says: 'what the surroundings decide is read once, in platform/config.ts',
};

function checkSurroundings({ file, source, standing }: Look): Violation[] {
  if (isTest(file.path)) return [];
  const inside = standing.floor === 'kernel' || standing.floor === 'room';
  if (!inside) return [];
  const command = standing.floor === 'room' && standing.kind === 'command';
  const pure =
    standing.floor === 'kernel' || (standing.floor === 'room' && pureKinds.includes(standing.kind));
  const pureOnly: Finding = {
    rule: 'impure',
    pattern: /\bconsole\.|\bfetch\s*\(|\bsetTimeout\s*\(|\bawait\b/g,
    says: 'this file is pure: facts in, decision out',
  };
  return [
    ...(file.path.endsWith('.tsx') ? [] : matches(file, source.code, clock)),
    ...(command ? [] : matches(file, source.code, environment)),
    ...(pure ? matches(file, source.code, pureOnly) : []),
  ];
}

const pretence: readonly Finding[] = [
  { rule: 'pretence', pattern: /\b(?:it|test|describe)\.only\s*\(/g, says: 'the other tests would not run' },
  {
    rule: 'pretence',
    pattern: /\bvi\.(?:mock|doMock|stubGlobal)\s*\(/g,
    says: 'no mocks: a real database and a fixed clock',
  },
  {
    rule: 'pretence',
    pattern: /\btoMatch(?:Inline)?Snapshot\s*\(/g,
    says: 'a snapshot agrees with any bug: say what must hold',
  },
  {
    rule: 'pretence',
    pattern: /\bMath\.random\s*\(/g,
    says: 'chance comes from a seed (fast-check) or from Web Crypto',
  },
];
const silencers: Finding = {
  rule: 'silencer',
  pattern: /@ts-(?:ignore|expect-error|nocheck)|\b(?:eslint|oxlint)-disable|\b(?:TODO|FIXME|XXX)\b/g,
  says: 'solve it here, or write an issue',
};

const checkPretence = ({ file, source }: Look): Violation[] => [
  ...pretence.flatMap((finding) => matches(file, source.code, finding)),
  ...matches(file, file.text, silencers),
];

/** Letters, not the marks of a number: those are signs and stand where numbers are drawn. */
const persian = /^.*[\u0621-\u064A\u067E-\u06D3].*$/gm;
const words = 'texts stand in words.ts, in both languages';

/** No text for a reader stands in a page or in a deed: words.ts has them all, in both languages. */
function checkPage({ file, source, standing }: Look): Violation[] {
  if (isTest(file.path) || standing.floor === 'testing') return [];
  const deed = standing.floor === 'room' && ['actions', 'routes', 'queries'].includes(standing.kind);
  if (!file.path.endsWith('.tsx') && !deed) return [];
  // The label of a field stands beside its shape, in both languages: .meta({ fa: …, en: … }).
  const unlabelled = source.spoken.replace(/\.meta\(\{[^}]*\}\)/g, (label) => label.replace(/[^\n]/g, ' '));
  const found = matches(file, unlabelled, { rule: 'hard-text', pattern: persian, says: words });
  if (!file.path.endsWith('.tsx')) return found;
  return [
    ...found,
    ...matches(file, source.spoken, {
      rule: 'hard-text',
      pattern: /(?<=[\w"'}/]>)[^<>{}=;()]*[A-Za-z]{2}[^<>{}=;()]*(?=<\/[a-z])/g,
      says: words,
    }),
    ...matches(file, source.spoken, {
      rule: 'hard-text',
      pattern: /\b(?:aria-label|placeholder|title|alt|label|description)="[^"]*[A-Za-z]{2}[^"]*"/g,
      says: words,
    }),
  ];
}

/** Persian runs from right to left and English the other way: a side is a start or an end. */
const checkSides = (file: SourceFile): Violation[] =>
  matches(
    file,
    file.path.endsWith('.css')
      ? file.text.replace(/\/\*[\s\S]*?\*\//g, (part) => part.replace(/[^\n]/g, ' '))
      : read(file.text).spoken,
    {
      rule: 'physical-side',
      pattern:
        /\b(?:margin|padding|border)-(?:left|right)\b|\b(?:margin|padding|border)(?:Left|Right)\b|\bfloat:\s*(?:left|right)\b/g,
      says: 'write the logical side: margin-inline-start, paddingInlineEnd',
    },
  );

/** Every refusal of a contract has its sentence in the words of the room. */
function checkRefusalWords(tree: readonly SourceFile[]): Violation[] {
  return tree
    .filter(({ path }) => standingOf(path).floor === 'room' && baseName(path) === 'contract.ts')
    .flatMap((contract) => {
      const kinds = refusalKinds(contract.text);
      const path = contract.path.replace(/contract\.ts$/, 'words.ts');
      const spoken = read(tree.find((file) => file.path === path)?.text ?? '').spoken;
      return kinds
        .filter(({ kind }) => !saysTwice(spoken, kind))
        .map(({ kind, at }) => ({
          rule: 'refusal-words',
          path: contract.path,
          line: lineAt(contract.text, at),
          says: `${kind}: one sentence in Persian and one in English in ${path} (L10)`,
        }));
    });
}

function refusalKinds(text: string): { kind: string; at: number }[] {
  const { spoken } = read(text);
  return [...spoken.matchAll(/\btype \w*Refusal\b[^=]*=([\s\S]*?);\n(?=\n|$|export|type|const)/g)].flatMap(
    (type) =>
      [...type[0].matchAll(/\bkind: '([A-Z]\w*)'/g)].map((match) => ({
        kind: match[1] ?? '',
        at: type.index + match.index,
      })),
  );
}

/** A key for each language, or one key whose text holds both `fa` and `en`. */
function saysTwice(spoken: string, kind: string): boolean {
  const keys = [...spoken.matchAll(new RegExp(`(?<![\\w.])${kind}\\b\\s*[:(]`, 'g'))];
  const [only] = keys;
  if (keys.length !== 1 || only === undefined) return keys.length >= 2;
  const entry = spoken.slice(only.index, only.index + 900);
  return /\bfa\b/.test(entry) && /\ben\b/.test(entry);
}

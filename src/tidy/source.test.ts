import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importsOf, read } from './source.ts';

/** Text full of what opens and closes things, so that most of it is broken TypeScript. */
const broken = fc
  .array(
    fc.constantFrom(
      '`',
      '${',
      '}',
      '{',
      '"',
      "'",
      '/',
      '//',
      '/*',
      '*/',
      '\\',
      '\n',
      'import',
      ' ',
      'ا',
      'x',
      '=',
      '(',
    ),
  )
  .map((pieces) => pieces.join(''));

const linesOf = (mask: string): number[] => mask.split('\n').map((line) => line.length);

describe('the reader of source', () => {
  it('keeps every place, whatever the text', () => {
    fc.assert(
      fc.property(broken, (text) => {
        const { code, spoken } = read(text);
        expect(linesOf(code)).toEqual(linesOf(text));
        expect(linesOf(spoken)).toEqual(linesOf(text));
      }),
    );
  });

  it('tells code, comments and literals apart', () => {
    const { code, spoken, literals } = read(
      "const a = 'b // c'; // d\nconst e = sql`f ${g('h')} i`; /* j */ const k = /['\"]/.test(l);",
    );
    expect(code.replace(/\s+/g, ' ')).toBe(
      "const a = ' '; const e = sql` ${g(' ')} `; const k = / /.test(l);",
    );
    expect(spoken).toContain('b // c');
    expect(spoken).not.toMatch(/\bd\b|\bj\b/);
    expect(literals.map(({ text, tag }) => [text, tag])).toEqual([
      ['b // c', ''],
      ['h', ''],
      ["f ${g('h')} i", 'sql'],
    ]);
  });

  it('finds imports over several lines, of types, for effect and at run time, and none in a text', () => {
    const source = read(
      `import a from './a.ts';\nimport type {\n  B,\n  C,\n} from './b.ts';\nimport './c.css';\n` +
        `export const d = () => import('./d.ts');\nconst text = "import e from './e.ts'";\n// import f from './f.ts';\n`,
    );
    expect(importsOf(source).map(({ target }) => target)).toEqual(['./a.ts', './b.ts', './c.css', './d.ts']);
  });
});

import { describe } from 'vitest';
import { catches, clean } from './model.ts';

describe('the walls of texts', () => {
  catches([
    [
      'money as a number',
      'money-number',
      () => ({ 'src/credit/rules.ts': `\nexport const x = Number(paid);` }),
      2,
    ],
    [
      'money as a float',
      'money-number',
      () => ({ 'src/credit/rules.ts': `export const x = parseFloat(paid);` }),
    ],
    [
      'money cut to two places',
      'money-number',
      () => ({ 'src/credit/rules.ts': `export const x = paid.toFixed(2);` }),
    ],
    ['a rate as a float', 'money-float', () => ({ 'src/credit/rules.ts': `export const x = paid * 1.04;` })],
    [
      'a rule that reads the clock',
      'surroundings',
      () => ({ 'src/credit/rules.ts': `export const today = () => new Date();` }),
    ],
    [
      'a deed that reads the clock',
      'surroundings',
      () => ({ 'src/credit/actions.ts': `const at = Date.now();` }),
    ],
    [
      'a room that reads the environment',
      'surroundings',
      () => ({ 'src/credit/actions.ts': `const port = process.env['PORT'];` }),
    ],
    [
      'a rule that waits',
      'impure',
      () => ({ 'src/credit/rules.ts': `export const x = async () => await load();` }),
    ],
    ['a mock', 'pretence', () => ({ 'src/credit/rules.test.ts': `vi.mock('#platform/db.ts');` })],
    ['chance without a seed', 'pretence', () => ({ 'src/credit/rules.test.ts': `const x = Math.random();` })],
    [
      'one test that hides the others',
      'pretence',
      () => ({ 'src/credit/rules.test.ts': `it.only('x', () => {});` }),
    ],
    ['a snapshot', 'pretence', () => ({ 'src/credit/rules.test.ts': `expect(x).toMatchSnapshot();` })],
    ['a silenced compiler', 'silencer', () => ({ 'src/credit/rules.ts': ['// @ts', 'ignore'].join('-') })],
    [
      'a promise to do it later',
      'silencer',
      () => ({ 'src/credit/rules.ts': ['// TO', 'DO: round'].join('') }),
    ],
    [
      'Persian in a page',
      'hard-text',
      () => ({ 'src/credit/page.tsx': `export const p = () => <p>اعتبار</p>;` }),
    ],
    [
      'English in a page',
      'hard-text',
      () => ({ 'src/credit/page.tsx': `export const p = () => <p className="wide">Credit line</p>;` }),
    ],
    [
      'a hard label',
      'hard-text',
      () => ({ 'src/credit/page.tsx': `export const p = () => <input aria-label="Amount" />;` }),
    ],
    [
      'a refusal’s sentence in a deed',
      'hard-text',
      () => ({ 'src/credit/actions.ts': `throw new Error('اعتبار نیست');` }),
    ],
    [
      'a left side',
      'physical-side',
      () => ({ 'src/credit/page.tsx': `export const style = { marginLeft: 4 };` }),
    ],
    [
      'a left side in a style sheet',
      'physical-side',
      () => ({ 'src/web/base.css': `p {\n  padding-right: 4px;\n}` }),
      2,
    ],
    [
      'a refusal without words',
      'refusal-words',
      () => ({
        'src/credit/contract.ts': `export type CreditRefusal =\n  | { readonly kind: 'SliceExhausted' };\n`,
      }),
      2,
    ],
    [
      'a refusal with English words only',
      'refusal-words',
      () => ({
        'src/ledger/contract.ts': clean['src/ledger/contract.ts'] ?? '',
        'src/ledger/words.ts': `export const refusals = {\n  Overdraft: { fa: 'ن', en: 'n' },\n  SameAccount: 'one account',\n};\n`,
      }),
    ],
    ['a neighbour folder', 'foreign-place', () => ({ 'README.md': 'See ../shared/DOMAIN.md.' })],
    [
      'a place of one machine',
      'foreign-place',
      () => ({ 'bench/run.ts': `const at = '/home/someone/karsaz';` }),
    ],
  ]);
});

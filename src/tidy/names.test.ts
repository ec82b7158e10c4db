import { describe } from 'vitest';
import { catches } from './model.ts';

describe('the walls of names', () => {
  catches([
    ['a file of no kind', 'unknown-place', () => ({ 'src/credit/sorting.ts': '' })],
    ['a page part that is no kind', 'unknown-place', () => ({ 'src/credit/share.tsx': '' })],
    [
      'a folder that is no noun of the glossary',
      'unknown-place',
      () => ({ 'src/credit/stuff/rules.ts': '' }),
    ],
    ['a folder in a folder', 'unknown-place', () => ({ 'src/credit/share/instalment/rules.ts': '' })],
    ['a room that the map does not know', 'unknown-place', () => ({ 'src/tax/contract.ts': '' })],
    ['a file at the top that starts nothing', 'unknown-place', () => ({ 'src/money.ts': '' })],
    ['a test named for nothing', 'unknown-place', () => ({ 'src/credit/various.test.ts': '' })],
    ['a migration without a verb', 'unknown-place', () => ({ 'src/credit/migrations/0004_slice.sql': '' })],
    [
      'two migrations of one number',
      'migration-number',
      () => ({ 'src/loan/migrations/0003_create_loan.sql': '' }),
    ],
    ['a drawer for everything', 'empty-name', () => ({ 'src/platform/utils.ts': '' })],
    ['a barrel by name', 'empty-name', () => ({ 'src/platform/index.ts': '' })],
    [
      'a barrel by content',
      'barrel',
      () => ({ 'src/platform/all.ts': `\nexport { zero } from '#kernel/rial.ts';\n` }),
      2,
    ],
    ['a file of 451 lines', 'too-long', () => ({ 'src/credit/rules.ts': 'export {};\n'.repeat(451) }), 451],
  ]);
});

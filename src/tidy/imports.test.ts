import { describe } from 'vitest';
import { catches } from './model.ts';

describe('the walls of imports', () => {
  catches([
    [
      'a later room',
      'later-room',
      () => ({ 'src/ledger/contract.ts': `import type { Slice } from '#credit/contract.ts';` }),
    ],
    [
      'a room that reads another room’s tables',
      'not-a-door',
      () => ({ 'src/credit/actions.ts': `\nimport { post } from '#ledger/queries.ts';` }),
      2,
    ],
    [
      'a page that calls a deed of an earlier room',
      'not-a-door',
      () => ({ 'src/credit/page.tsx': `import { post } from '#ledger/actions.ts';` }),
    ],
    [
      'the top of the house inside a room',
      'not-a-door',
      () => ({ 'src/app.ts': `import { one } from '#credit/queries.ts';` }),
    ],
    [
      'rules that ask the database',
      'wrong-file',
      () => ({ 'src/credit/rules.ts': `import { one } from './queries.ts';` }),
    ],
    [
      'rules that see the platform',
      'wrong-floor',
      () => ({ 'src/credit/rules.ts': `import { sql } from '#platform/db.ts';` }),
    ],
    [
      'a page that sees the platform',
      'wrong-floor',
      () => ({ 'src/credit/page.tsx': `import { sql } from '#platform/db.ts';` }),
    ],
    [
      'a dynamic import over a wall',
      'wrong-floor',
      () => ({ 'src/credit/rules.ts': `export const late = () => import('#platform/db.ts');` }),
    ],
    [
      'an import over several lines',
      'wrong-file',
      () => ({ 'src/credit/rules.ts': `import {\n  one,\n} from './queries.ts';` }),
    ],
    ['a kernel with a package', 'kernel-sees', () => ({ 'src/kernel/rial.ts': `import { z } from 'zod';` })],
    [
      'a kernel that knows a room',
      'kernel-sees',
      () => ({ 'src/kernel/rial.ts': `import { z } from '#credit/contract.ts';` }),
    ],
    [
      'a platform that knows a room',
      'platform-sees',
      () => ({ 'src/platform/db.ts': `import { z } from '#credit/contract.ts';` }),
    ],
    [
      'a kit that knows a room',
      'web-sees',
      () => ({ 'src/web/button.tsx': `import { z } from '#credit/contract.ts';` }),
    ],
    [
      'walls that lean on the house',
      'tidy-sees',
      () => ({ 'src/tidy/sql.ts': `import { z } from '#credit/contract.ts';` }),
    ],
    [
      'a room that names the app',
      'room-sees-top',
      () => ({ 'src/credit/routes.ts': `import { app } from '#app.ts';` }),
    ],
    [
      'a product that sees its tests',
      'product-sees-tests',
      () => ({ 'src/credit/actions.ts': `import { house } from '#testing/house.ts';` }),
    ],
    [
      'a rule with a package that acts',
      'impure',
      () => ({ 'src/credit/share.ts': `import { readFileSync } from 'node:fs';` }),
    ],
    [
      'a way out by two dots',
      'import-spelling',
      () => ({ 'src/credit/routes.ts': `import { z } from '../ledger/contract.ts';` }),
    ],
    [
      'the long way home',
      'import-spelling',
      () => ({ 'src/credit/routes.ts': `import { z } from '#credit/contract.ts';` }),
    ],
    [
      'an import without its extension',
      'import-spelling',
      () => ({ 'src/credit/routes.ts': `import { z } from './contract';` }),
    ],
    [
      'data taken from beside the house',
      'import-spelling',
      () => ({ 'src/app.ts': `import rows from '../data/rows.json';` }),
    ],
  ]);
});

import { describe } from 'vitest';
import { catches } from './model.ts';

describe('the walls of SQL', () => {
  catches([
    [
      'a platform that reads a room',
      'sql-schema',
      () => ({ 'src/platform/db.ts': 'sql`select id from credit.read_slice`' }),
    ],
    [
      'SQL in a deed',
      'sql-place',
      () => ({ 'src/credit/actions.ts': `const x = 1;\nconst y = sql\`select id from credit.slice\`;` }),
      2,
    ],
    [
      'SQL in a plain string',
      'sql-place',
      () => ({ 'src/credit/routes.ts': `run("update credit.slice set amount = 1");` }),
    ],
    [
      'the query builder in a route',
      'sql-place',
      () => ({ 'src/credit/routes.ts': `db.selectFrom('credit.slice');` }),
    ],
    [
      'a table of an earlier room',
      'sql-schema',
      () => ({ 'src/credit/queries.ts': `sql\`\n  select id from ledger.account\`` }),
      2,
    ],
    [
      'a view of a later room',
      'sql-schema',
      () => ({ 'src/credit/queries.ts': `sql\`select id from loan.read_loan\`` }),
    ],
    [
      'a table of another room in the builder',
      'sql-schema',
      () => ({ 'src/credit/queries.ts': `db.selectFrom('ledger.account as a');` }),
    ],
    ['a star', 'sql-star', () => ({ 'src/credit/queries.ts': `sql\`select * from credit.slice\`` })],
    [
      'a lock over all provinces',
      'sql-lock',
      () => ({ 'src/credit/queries.ts': `sql\`select id from credit.slice where id = 1 for update\`` }),
    ],
    [
      'the same by the builder',
      'sql-lock',
      () => ({ 'src/credit/queries.ts': `db.selectFrom('credit.slice').where('id', '=', 1).forUpdate();` }),
    ],
    [
      'an upsert with the clock',
      'sql-upsert',
      () => ({
        'src/credit/queries.ts': `sql\`insert into credit.slice (id) values (1) on conflict (id) do update set at = now()\``,
      }),
    ],
  ]);
});

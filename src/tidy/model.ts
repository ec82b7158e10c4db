import { expect, it } from 'vitest';
import type { Room } from '#map.ts';
import { tidy, type Walls } from '#tidy.ts';
import type { SourceFile } from './source.ts';

export const room = (name: string, built = true): Room => ({
  name,
  title: { fa: name, en: name },
  holds: name,
  built,
});
export const walls: Walls = {
  rooms: [room('place'), room('ledger'), room('credit'), room('loan')],
  numberExceptions: {},
};

/** Four small rooms that keep every wall; each case below breaks one of them in one place. */
export const clean: Readonly<Record<string, string>> = {
  'GLOSSARY.md': '| بخش | share | `share` |\n| وام | loan | `loan` |\n| قسط | instalment | `instalment` |\n',
  'src/kernel/README.md': 'Pure.',
  'src/platform/README.md': 'Impure.',
  'src/place/README.md': 'Provinces.',
  'src/ledger/README.md': 'Accounts.',
  'src/credit/README.md': 'Credit lines.',
  'src/loan/README.md': 'Loans.',
  'src/kernel/rial.ts': `import { assert } from './result.ts';\nexport const zero = 0n;\n`,
  'src/platform/db.ts': `import { Pool } from 'pg';\nimport { zero } from '#kernel/rial.ts';\nawait pool.query('select 1 from pg_roles');\n`,
  'src/web/button.tsx': `import { useState } from 'react';\nexport const Button = ({ text }) => <button>{text}</button>;\n`,
  'src/app.ts': `import { routes } from './credit/routes.ts';\nimport { open } from '#platform/db.ts';\n`,
  'src/ledger/contract.ts': `import { z } from 'zod';\nexport type TransferRefusal =\n  | { readonly kind: 'Overdraft'; readonly left: Rial }\n  | { readonly kind: 'SameAccount' };\n`,
  'src/ledger/words.ts': `export const refusals = {\n  Overdraft: ({ left }) => ({ fa: 'مانده کافی نیست', en: 'not enough is left' }),\n  SameAccount: () => ({ fa: 'یک حساب', en: 'one account' }),\n};\n`,
  'src/ledger/actions.ts': `import { decideTransfer } from './rules.ts';\nimport { insertTransfer } from './queries.ts';\n`,
  'src/ledger/rules.ts': `export const decideTransfer = () => true;\n`,
  'src/ledger/queries.ts': `import { sql } from '#platform/db.ts';\nexport const insertTransfer = sql\`insert into ledger.transfer (province_id) values (1)\`;\n`,
  'src/credit/contract.ts': `import { z } from 'zod';\nimport type { Account } from '#ledger/contract.ts';\n`,
  'src/credit/words.ts': `import type { CreditRefusal } from './contract.ts';\nexport const words = { title: { fa: 'اعتبار', en: 'Credit' } };\n`,
  'src/credit/share.ts': `import { rial } from '#kernel/rial.ts';\n// A regular expression with a quote: it must not open a string.\nexport const quote = /['"\`]/;\n`,
  'src/credit/rules.ts': `import { lock } from './share.ts';\nimport { z } from './contract.ts';\n`,
  'src/credit/indicators.ts': `import { words } from './words.ts';\n`,
  'src/credit/queries.ts': `import { sql } from '#platform/db.ts';\nexport const one = sql\`select slice.id from credit.slice join place.read_county c on true where province_id = 1 for update\`;\n`,
  'src/credit/actions.ts': `import { transfer } from '#ledger/actions.ts';\nimport { decide } from './rules.ts';\nimport { one } from './queries.ts';\n// select id from credit.slice: a comment is no SQL.\n`,
  'src/credit/routes.ts': `import { slice } from './actions.ts';\nimport { one } from './queries.ts';\nimport { serve } from '#platform/http.ts';\n`,
  'src/credit/page.tsx': `import { Button } from '#web/button.tsx';\nimport { words } from './words.ts';\nexport const page = () => <p title={words.title.fa}>{words.title.fa} <Button text="" /></p>;\n`,
  'src/credit/rules.test.ts': `import { house } from '#testing/house.ts';\nimport { loan } from '#loan/queries.ts';\nconst file = '../shared/example.txt';\n`,
  'src/loan/instalment/rules.ts': `import { due } from './contract.ts';\nimport { total } from '../contract.ts';\n`,
  'src/place/migrations/0001_create_place.sql': `create schema place;
create table place.county (county_code text, constraint county_pkey primary key (county_code));
comment on table place.county is 'kept: reference. Counties.';`,
  'src/ledger/migrations/0002_create_ledger.sql': `create schema ledger;
create table ledger.account (
  province_id smallint not null, id uuid not null, county_code text, -- a comment; with a semicolon
  constraint account_pkey primary key (province_id, id),
  constraint account_county foreign key (county_code) references place.county (county_code)
);
comment on table ledger.account is 'kept: accounts; their sums';
alter table ledger.account enable row level security;
alter table ledger.account force row level security;
grant select, insert, update (balance) on ledger.account to karsaz_app;`,
  'src/credit/migrations/0003_create_credit.sql': `create schema credit;
create table credit.slice (
  province_id smallint not null,
  id uuid not null,
  amount bigint not null,
  made_at timestamptz(3) not null,
  constraint slice_pkey primary key (province_id, id),
  constraint slice_once unique (province_id, amount),
  constraint slice_account foreign key (province_id, id) references ledger.account (province_id, id)
);
comment on table credit.slice is 'appended: slices';
alter table credit.slice enable row level security;
alter table credit.slice force row level security;
create policy slice_read on credit.slice for select using (province_id = platform.scope_province());
create unique index slice_amount on credit.slice (province_id, amount);
grant select, insert on credit.slice to karsaz_app;
create view credit.read_slice with (security_invoker = true) as
  select s.province_id, s.id from credit.slice s join place.read_county c on c.county_code = '';`,
};

export const treeOf = (files: Readonly<Record<string, string>>): SourceFile[] =>
  Object.entries(files).map(([path, text]) => ({ path, text }));

const found = (files: Readonly<Record<string, string>>) => tidy(treeOf({ ...clean, ...files }), walls);

const credit = 'src/credit/migrations/0003_create_credit.sql';
/** The credit migration with one thing said otherwise. */
export const otherwise = (from: string, to: string): Readonly<Record<string, string>> => {
  const text = clean[credit] ?? '';
  expect(text).toContain(from);
  return { [credit]: text.replace(from, to) };
};
/** A room's migration with one more statement. */
export const moreSql = (statement: string) => ({
  'src/credit/migrations/0004_add_slice.sql': `\n${statement};`,
});

export type Case = readonly [
  what: string,
  rule: string,
  files: () => Readonly<Record<string, string>>,
  line?: number,
];

/** Each case plants one breach into the model house; it must be caught by that rule and in that file. */
export function catches(cases: readonly Case[]): void {
  for (const [what, rule, files, line] of cases) {
    it(`catches ${what}`, () => {
      const planted = files();
      const caught = found(planted).filter((violation) => violation.rule === rule);
      expect(caught.map(({ path }) => path)).toContain(Object.keys(planted)[0] ?? '');
      if (line !== undefined) expect(caught.map((violation) => violation.line)).toContain(line);
    });
  }
}

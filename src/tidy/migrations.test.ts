import { describe } from 'vitest';
import { catches, moreSql, otherwise } from './model.ts';

describe('the walls of the database', () => {
  catches([
    [
      'a table without a comment',
      'table-comment',
      () => otherwise(`comment on table credit.slice is 'appended: slices';`, ''),
    ],
    [
      'a comment that does not say how rows live',
      'table-comment',
      () => otherwise(`'appended: slices'`, `'slices'`),
    ],
    [
      'a primary key that does not begin with the province',
      'province-first',
      () => otherwise('primary key (province_id, id)', 'primary key (id, province_id)'),
    ],
    [
      'a table without a primary key',
      'province-first',
      () => otherwise('constraint slice_pkey primary key (province_id, id),', ''),
    ],
    [
      'a unique constraint without the province',
      'province-first',
      () => otherwise('unique (province_id, amount)', 'unique (amount)'),
    ],
    [
      'a unique column',
      'province-first',
      () => otherwise('amount bigint not null,', 'amount bigint not null unique,'),
    ],
    [
      'a foreign key without the province',
      'province-first',
      () =>
        otherwise(
          '(province_id, id) references ledger.account (province_id, id)',
          '(id) references ledger.account (id)',
        ),
    ],
    [
      'a foreign key whose far side does not begin with it',
      'province-first',
      () =>
        otherwise(
          'references ledger.account (province_id, id)',
          'references ledger.account (id, province_id)',
        ),
    ],
    [
      'a unique index without the province',
      'province-first',
      () => otherwise('credit.slice (province_id, amount)', 'credit.slice (amount)'),
    ],
    [
      'a key added later',
      'province-first',
      () => moreSql('alter table credit.slice add constraint slice_amount_once unique (amount)'),
      2,
    ],
    [
      'row security that is not enabled',
      'row-security',
      () => otherwise('alter table credit.slice enable row level security;', ''),
    ],
    [
      'row security that the owner escapes',
      'row-security',
      () => otherwise('alter table credit.slice force row level security;', ''),
    ],
    [
      'a right to change what is appended',
      'appended-grant',
      () => otherwise('grant select, insert on credit.slice', 'grant select, insert, update on credit.slice'),
    ],
    [
      'all rights on what is appended',
      'appended-grant',
      () => otherwise('grant select, insert on credit.slice', 'grant all on table credit.slice'),
    ],
    [
      'rights on a whole schema',
      'blanket-grant',
      () => moreSql('grant select on all tables in schema credit to karsaz_app'),
    ],
    [
      'a trigger',
      'trigger',
      () =>
        moreSql('create trigger slice_changed after update on credit.slice execute function platform.f()'),
    ],
    ['a serial', 'serial', () => otherwise('amount bigint not null', 'amount bigserial not null')],
    [
      'an identity',
      'serial',
      () => otherwise('amount bigint not null', 'amount bigint generated always as identity'),
    ],
    [
      'an id made by the database',
      'made-id',
      () => otherwise('id uuid not null', 'id uuid not null default gen_random_uuid()'),
    ],
    [
      'a row that takes others along',
      'cascade',
      () =>
        otherwise(
          'references ledger.account (province_id, id)',
          'references ledger.account (province_id, id) on delete set null',
        ),
    ],
    [
      'a key that follows',
      'cascade',
      () =>
        otherwise(
          'references ledger.account (province_id, id)',
          'references ledger.account (province_id, id) on update cascade',
        ),
    ],
    [
      'a seed with the clock',
      'sql-upsert',
      () =>
        moreSql('insert into credit.slice (id) values (1) on conflict (id) do update set made_at = now()'),
    ],
    [
      'a policy with a subquery',
      'policy-subquery',
      () =>
        otherwise(
          'using (province_id = platform.scope_province())',
          'using (province_id in (select province_id from place.read_county))',
        ),
    ],
    [
      'a view that sees past the reader',
      'view-invoker',
      () => otherwise('with (security_invoker = true) ', ''),
    ],
    [
      'a view of everything',
      'sql-star',
      () => otherwise('select s.province_id, s.id from', 'select s.* from'),
    ],
    [
      'a table of another room in a view',
      'sql-schema',
      () => otherwise('join place.read_county', 'join place.county'),
    ],
    [
      'a table in another room',
      'own-schema',
      () =>
        moreSql(
          `create view ledger.read_slice with (security_invoker = true) as select id from credit.slice`,
        ),
    ],
    [
      'a foreign key to a later room',
      'later-room',
      () => otherwise('references ledger.account', 'references loan.loan'),
    ],
    ['money as a float', 'column-type', () => otherwise('amount bigint', 'amount double precision')],
    ['an instant without its zone', 'column-type', () => otherwise('timestamptz(3)', 'timestamp')],
    [
      'a table that nobody can spread',
      'no-province',
      () =>
        moreSql(
          `create table credit.note (note text primary key); comment on table credit.note is 'kept: notes'`,
        ),
    ],
  ]);
});

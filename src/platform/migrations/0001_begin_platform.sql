-- The floor of the database: how row-level security reads the scope of a transaction, and what this
-- installation is. The migrator has made the schema and its two tables before this file runs.

grant usage on schema platform to karsaz_app;

comment on table platform.migration is 'kept: the migrations that have run, written by the migrator';
comment on table platform.migration_lock is 'kept: one row, so that two migrators do not run at once';

-- A domain, because a Jalali day that reached a date column by mistake (1402-05-31) is a valid date of the
-- fifteenth century and would be stored without a word.
create domain platform.day as date
  constraint day_is_not_jalali check (value >= date '1800-01-01');

create function platform.scope_province() returns smallint
  language sql stable parallel safe
  return nullif(nullif(current_setting('app.province', true), ''), 'all')::smallint;

create function platform.reads_all() returns boolean
  language sql stable parallel safe
  return coalesce(current_setting('app.province', true) = 'all', false);

create function platform.scope_county() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.county', true), '');

create function platform.scope_office() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.office', true), '');

create function platform.scope_person() returns text
  language sql stable parallel safe
  return nullif(current_setting('app.person', true), '');

create table platform.installation (
  installation_id smallint not null default 1,
  demonstration text not null default 'undecided',
  marked_at timestamptz(3),
  constraint installation_pkey primary key (installation_id),
  constraint installation_is_one check (installation_id = 1),
  constraint installation_demonstration_known check (demonstration in ('undecided', 'none', 'loading', 'loaded'))
);

comment on table platform.installation is
  'kept: reference. One row that says what this installation is; with the demonstration in it every page says so.';

grant select on platform.installation to karsaz_app;

insert into platform.installation (installation_id) values (1);

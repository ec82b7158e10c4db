-- Work in the background: who does it now, when it was last done, and the backups that were made.

create table platform.job (
  name text not null,
  holder uuid,
  held_until timestamptz(3),
  started_at timestamptz(3),
  done_at timestamptz(3),
  failed_at timestamptz(3),
  failure text,
  constraint job_pkey primary key (name),
  constraint job_held_by_somebody check ((holder is null) = (held_until is null))
);
comment on table platform.job is
  'kept: coordinator. Each kind of background work: its lease, and when it was last done or failed';
grant select, insert, update on platform.job to karsaz_app;

create table platform.backup (
  backup_id uuid not null,
  made_at timestamptz(3) not null,
  path text not null,
  byte_count bigint not null,
  verified_at timestamptz(3),
  constraint backup_pkey primary key (backup_id)
);
comment on table platform.backup is
  'kept: coordinator. Backups as they were made; verified_at says that a copy restored from it was found right';
grant select, insert on platform.backup to karsaz_app;

-- L5, once: what was asked under which key, and what was answered. The row is written in the transaction of
-- the deed, so there is no instant at which one stands without the other.

create table platform.command (
  province_id smallint not null,
  user_id text not null,
  route text not null,
  command_key uuid not null,
  body_hash bytea not null,
  -- json and not jsonb: a replay gives the answer back as it was written, the order of its fields included.
  answer json,
  asked_at timestamptz(3) not null,
  constraint command_pkey primary key (province_id, user_id, route, command_key),
  constraint command_body_hash_is_sha256 check (octet_length(body_hash) = 32)
);

comment on table platform.command is
  'kept: each command by its key with the hash of its body and its answer; may be emptied of old keys';

alter table platform.command enable row level security;
alter table platform.command force row level security;
create policy command_of_province on platform.command
  using (province_id = platform.scope_province())
  with check (province_id = platform.scope_province());

grant select, insert, update on platform.command to karsaz_app;

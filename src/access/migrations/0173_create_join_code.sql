-- An applicant opens an account of their own by a code that comes as SMS. What they typed is not kept: the person, the
-- phone and the code are keyed hashes, the names are sent again with the code.
create table access.join_code (
  province_id smallint not null,
  identity_hash bytea not null,
  phone_hash bytea not null,
  code_id uuid not null,
  code_hash bytea not null,
  tries_left smallint not null,
  made_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint join_code_pkey primary key (province_id, identity_hash, phone_hash),
  constraint join_code_identity_is_sha256 check (octet_length(identity_hash) = 32),
  constraint join_code_phone_is_sha256 check (octet_length(phone_hash) = 32),
  constraint join_code_code_is_sha256 check (octet_length(code_hash) = 32),
  constraint join_code_tries check (tries_left between 0 and 5),
  constraint join_code_expires check (expires_at > made_at)
);
comment on table access.join_code is
  'kept: the newest code of an identity and a phone, until it is used or its time is over. Where no code went out stands one that nobody knows, so that both are answered alike.';
create index join_code_by_expiry on access.join_code (province_id, expires_at);
alter table access.join_code enable row level security;
alter table access.join_code force row level security;
create policy join_code_of_province on access.join_code
  using (province_id = platform.scope_province() or platform.scope_province() = -1)
  with check (province_id = platform.scope_province() or platform.scope_province() = -1);
grant select, insert, update, delete on access.join_code to karsaz_app;

-- Who can sign in. better-auth reads and writes these tables through `platform/session.ts`; the schema is ours
-- and stays on the coordinator: an account is not of a province, its roles are.
create schema auth;
grant usage on schema auth to karsaz_app;

create table auth.user_account (
  id uuid not null,
  username text not null,
  name text not null,
  -- better-auth wants an address; we send no mail, so it is made of the username under a domain that cannot be.
  email text not null,
  email_verified boolean not null default false,
  image text,
  locked_at timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint user_account_pkey primary key (id),
  constraint user_account_username_once unique (username),
  constraint user_account_email_once unique (email),
  constraint user_account_username_form check (username ~ '^[a-z0-9][a-z0-9._-]{2,39}$')
);
comment on table auth.user_account is
  'kept: coordinator. The accounts; locked_at closes one. Whose it is and what it may do stand in access.';
grant select, insert, update on auth.user_account to karsaz_app;

create table auth.session (
  id uuid not null,
  user_id uuid not null,
  token text not null,
  expires_at timestamptz(3) not null,
  ip_address text,
  user_agent text,
  chosen_grant_id uuid,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint session_pkey primary key (id),
  constraint session_token_once unique (token),
  constraint session_of_user foreign key (user_id) references auth.user_account (id)
);
comment on table auth.session is
  'kept: coordinator. Open sessions, each with the role chosen in it; a row ends with its session.';
create index session_by_user on auth.session (user_id);
grant select, insert, update, delete on auth.session to karsaz_app;

create table auth.credential (
  id uuid not null,
  user_id uuid not null,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz(3),
  refresh_token_expires_at timestamptz(3),
  scope text,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint credential_pkey primary key (id),
  constraint credential_once unique (provider_id, account_id),
  constraint credential_of_user foreign key (user_id) references auth.user_account (id)
);
comment on table auth.credential is
  'kept: coordinator. What an account signs in with: the argon2id hash of its password.';
create index credential_by_user on auth.credential (user_id);
grant select, insert, update on auth.credential to karsaz_app;

create table auth.verification (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamptz(3) not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  constraint verification_pkey primary key (id)
);
comment on table auth.verification is
  'kept: coordinator. Short-lived values of better-auth; none is written by what we use of it today.';
create index verification_by_identifier on auth.verification (identifier);
grant select, insert, update, delete on auth.verification to karsaz_app;

create table auth.secret (
  secret_id smallint not null default 1,
  value text not null,
  made_at timestamptz(3) not null,
  constraint secret_pkey primary key (secret_id),
  constraint secret_is_one check (secret_id = 1),
  constraint secret_long_enough check (length(value) >= 43)
);
comment on table auth.secret is
  'kept: coordinator. One random secret, made at the first start: it signs cookies and keys the hashes of persons.';
grant select, insert on auth.secret to karsaz_app;

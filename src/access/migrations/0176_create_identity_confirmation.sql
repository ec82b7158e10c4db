-- An office confirms who a person is whose national id somebody else opened an account under. The account's person
-- gives the identity up, the person whom the province keeps bears it from then on.
create table access.identity_confirmation (
  province_id smallint not null,
  confirmation_id uuid not null,
  person_id uuid not null,
  released_person_id uuid not null,
  identity_hash bytea not null,
  phone_hash bytea not null,
  reason text not null,
  confirmer_user_id uuid not null,
  confirmer_person_id uuid not null,
  confirmed_at timestamptz(3) not null,
  constraint identity_confirmation_pkey primary key (province_id, confirmation_id),
  constraint identity_confirmation_once unique (province_id, identity_hash),
  constraint identity_confirmation_person foreign key (person_id) references access.person (person_id),
  constraint identity_confirmation_released foreign key (released_person_id) references access.person (person_id),
  constraint identity_confirmation_confirmer foreign key (confirmer_user_id, confirmer_person_id)
    references access.account_holder (user_id, person_id),
  constraint identity_confirmation_of_two check (person_id <> released_person_id),
  constraint identity_confirmation_not_by_oneself
    check (confirmer_person_id <> person_id and confirmer_person_id <> released_person_id),
  constraint identity_confirmation_identity_is_sha256 check (octet_length(identity_hash) = 32),
  constraint identity_confirmation_phone_is_sha256 check (octet_length(phone_hash) = 32),
  constraint identity_confirmation_has_reason check (length(reason) between 1 and 500)
);
comment on table access.identity_confirmation is
  'appended: that an office saw a person with their card: who bears the identity from then on, who gave it up, at which phone the person is reached, by whom and why. Ids and keyed hashes only (L4).';
create index identity_confirmation_by_person on access.identity_confirmation (province_id, person_id);
alter table access.identity_confirmation enable row level security;
alter table access.identity_confirmation force row level security;
create policy identity_confirmation_read on access.identity_confirmation for select
  using (province_id = platform.scope_province() or platform.scope_province() = -1 or platform.reads_all());
create policy identity_confirmation_add on access.identity_confirmation for insert
  with check (province_id = platform.scope_province());
revoke update, delete, truncate on access.identity_confirmation from karsaz_app;
grant select, insert on access.identity_confirmation to karsaz_app;

-- What a person gives up is their identity and nothing else; which one it was stands in the confirmation.
grant update (identity_hash) on access.person to karsaz_app;
comment on table access.person is
  'kept: coordinator. The persons behind accounts, told apart by a keyed hash of the national id, which is not stored. Under a confirmation a person gives the identity up and bears a hash of no national id.';

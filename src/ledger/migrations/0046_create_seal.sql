-- Seals (L14): what was appended is sealed in runs, each bound to the one before it by its hash and signed. The
-- exact bytes stand in docs/decisions/0012.

create table ledger.seal_key (
  key_id text not null,
  public_key bytea not null,
  made_at timestamptz(3) not null,
  constraint seal_key_pkey primary key (key_id),
  constraint seal_key_is_ed25519 check (octet_length(public_key) = 32)
);
comment on table ledger.seal_key is
  'appended: reference. The public keys that heads were signed with; the private ones stand in data folders';
grant select, insert on ledger.seal_key to karsaz_app;
revoke update, delete, truncate on ledger.seal_key from karsaz_app;

create table ledger.seal (
  province_id smallint not null,
  number bigint not null,
  source text not null,
  format smallint not null,
  first_position bigint not null,
  last_position bigint not null,
  row_count integer not null,
  -- For each row its id (16 bytes) and the hash of its bytes (32), in their order: so that a wrong row has a name.
  entries bytea not null,
  rows_hash bytea not null,
  previous_number bigint,
  previous_head bytea not null,
  head bytea not null,
  signature bytea not null,
  key_id text not null,
  sealed_at timestamptz(3) not null,
  -- How far this source is sealed: the next run begins after this row.
  through_at timestamptz(3) not null,
  through_id uuid not null,
  constraint seal_pkey primary key (province_id, number),
  constraint seal_head_of_number unique (province_id, number, head),
  constraint seal_first_position_once unique (province_id, first_position),
  constraint seal_number_positive check (number > 0),
  constraint seal_names_the_one_before check (previous_number is not distinct from nullif(number - 1, 0)),
  constraint seal_of_rows check (
    row_count > 0
    and last_position - first_position + 1 = row_count
    and octet_length(entries) = 48 * row_count
  ),
  constraint seal_hashes_whole check (
    octet_length(rows_hash) = 32 and octet_length(previous_head) = 32 and octet_length(head) = 32
    and octet_length(signature) = 64
  ),
  constraint seal_follows foreign key (province_id, previous_number, previous_head)
    references ledger.seal (province_id, number, head),
  constraint seal_signed_with foreign key (key_id) references ledger.seal_key (key_id)
);
comment on table ledger.seal is
  'appended: the chain of seals of each province over its transfers and acts (L14)';
create index seal_by_source on ledger.seal (province_id, source, number);
-- Hashes do not get smaller.
alter table ledger.seal alter column entries set storage external;

grant select, insert on ledger.seal to karsaz_app;
revoke update, delete, truncate on ledger.seal from karsaz_app;

alter table ledger.seal enable row level security;
alter table ledger.seal force row level security;

-- A seal covers a whole province: whoever sees a part of it only neither reads nor makes one.
create policy seal_read on ledger.seal for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and platform.scope_county() is null
  and platform.scope_office() is null
  and platform.scope_person() is null
);
create policy seal_append on ledger.seal for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null
  and platform.scope_office() is null
  and platform.scope_person() is null
);

-- A thousandth of a tree's size and cost, and enough to find what was recorded lately.
create index transfer_recorded on ledger.transfer using brin (recorded_at) with (pages_per_range = 32);
